//! A figure that was fitted, with its interval.

use crate::statistics::interval::Interval;
use crate::units::listed::named;

/// A figure that was fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Path of the figure, as an override takes it.
    pub path: String,
    /// The value that fits best, or the median of those that fit.
    pub value: f64,
    /// Where the figure lies with a probability of 95 %, as far as the data and the model can tell.
    pub interval: Interval,
    /// How it was fitted.
    pub method: Method,
    /// Number of observations.
    pub n: usize,
    /// Variance in excess of what chance explains; the interval is that much wider, as a variance.
    pub dispersion: f64,
}

named! {
    /// How a figure was fitted.
    pub enum Method, name {
        /// Likelihood of censuses given admissions.
        Likelihood = "likelihood",
        /// An ensemble of simulated parameter sets that was moved towards the record.
        EnsembleSmoother = "ensemble_smoother",
    }
}

impl Fitted {
    /// The override that sets the figure, in four significant digits.
    pub fn setting(&self) -> String {
        format!("{}={}", self.path, significant(self.value))
    }
}

/// A number in four significant digits, without trailing zeros.
pub fn significant(x: f64) -> String {
    let rounded: f64 = format!("{x:.3e}").parse().unwrap_or(x);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn numbers_have_four_significant_digits() {
        let cases = [
            (14.904_4, "14.9"),
            (0.123_456, "0.1235"),
            (1_090.4, "1090"),
            (123_456.0, "123500"),
            (0.9, "0.9"),
        ];
        for (x, text) in cases {
            assert_eq!(significant(x), text, "{x}");
        }
    }
}
