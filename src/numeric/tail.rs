//! A probability together with the side that it is counted from.

/// A tail probability: how much mass lies on one side of a quantile.
///
/// Asking by the upper tail keeps precision where `1 - p` has none: `Upper(1e-30)` is a perfectly
/// good question, `Lower(1.0 - 1e-30)` is `Lower(1.0)`.
///
/// ```
/// use zorgdruk::numeric::{Tail, normal};
/// let high = normal::quantile(Tail::Upper(1e-30));
/// assert_eq!(high.to_bits(), (-normal::quantile(Tail::Lower(1e-30))).to_bits());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tail {
    /// The probability of lying at or below the quantile.
    Lower(f64),
    /// The probability of lying above the quantile.
    Upper(f64),
}

impl Tail {
    /// The same question asked from the side with at most half of the mass.
    ///
    /// Exact: `1 - p` is free of rounding for `p` in [0.5, 1].
    #[must_use]
    pub fn smaller(self) -> Self {
        match self {
            Self::Lower(p) if p > 0.5 => Self::Upper(1.0 - p),
            Self::Upper(p) if p > 0.5 => Self::Lower(1.0 - p),
            small => small,
        }
    }

    /// The question about the mirrored variable: lower and upper change places.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Lower(p) => Self::Upper(p),
            Self::Upper(p) => Self::Lower(p),
        }
    }

    /// The probability, whichever side it is counted from.
    pub fn probability(self) -> f64 {
        match self {
            Self::Lower(p) | Self::Upper(p) => p,
        }
    }

    /// Whether the probability lies in [0, 1]; false for NaN.
    pub fn is_valid(self) -> bool {
        (0.0..=1.0).contains(&self.probability())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smaller_tail_asks_the_same_question() {
        assert_eq!(
            Tail::Lower(0.75).smaller(),
            Tail::Upper(0.25),
            "three quarters below"
        );
        assert_eq!(
            Tail::Upper(0.75).smaller(),
            Tail::Lower(0.25),
            "three quarters above"
        );
        assert_eq!(
            Tail::Lower(0.5).smaller(),
            Tail::Lower(0.5),
            "the median stays"
        );
    }
}
