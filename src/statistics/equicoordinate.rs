//! Equicoordinate quantile of the multivariate t distribution with all correlations one half.
//!
//! The constant of comparisons of several systems with the best or with a control.

use core::f64::consts::SQRT_2;

use crate::numeric::Tail;
use crate::numeric::{normal, student_t};
use crate::statistics::confidence::Confidence;
use crate::statistics::rounding::at_least;

/// Nodes of the trapezoidal rule over the common factor. The integrand is smooth and vanishes at both
/// ends, so the rule converges geometrically.
const FACTOR_NODES: u32 = 64;
/// Step of the same rule over the log scale, times the root of the degrees of freedom.
const SCALE_STEP: f64 = 0.2;
/// The scale is integrated as far as its density exceeds `exp(-CUT)` of its peak.
const CUT: f64 = 40.0;
/// The common factor is integrated over `±FACTOR_REACH` standard deviations.
const FACTOR_REACH: f64 = 8.0;
/// From here on the scale is taken as known (normal case).
const KNOWN_SCALE: f64 = 1e8;

/// The `g` at which `P(T_1 <= g, ..., T_m <= g)` equals the confidence level, for `m` variables with
/// `df` degrees of freedom and correlations 1/2.
///
/// Precise to about 1e-8 from one degree of freedom on. `m` of zero counts as one; not a number unless
/// `df` is positive.
///
/// With `T_i = (Z_i + Z_0) / (√2 s)` the probability is the mean over the scale `s` and the common
/// factor `Z_0` of `Φ(√2 g s - Z_0)^m`; it is integrated numerically and inverted by bisection.
///
/// Source: C. W. Dunnett, JASA 50 (1955) 1096-1121; tabulated in R. E. Bechhofer, T. J. Santner and
/// D. M. Goldsman, Design and Analysis of Experiments (Wiley 1995), Table B.3.
pub(crate) fn quantile(m: usize, df: f64, confidence: Confidence) -> f64 {
    if df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let m = m.max(1) as f64;
    let upper = |alpha| student_t::quantile(df, Tail::Upper(alpha));
    // One variable alone is never further out, and Bonferroni never closer.
    let (mut low, mut high) = (upper(confidence.alpha()), upper(confidence.alpha() / m));
    let scales = scale_nodes(df);
    while high - low > 1e-10 * (1.0 + high.abs()) {
        let middle = low.midpoint(high);
        if joint_probability(middle, m, &scales) < confidence.level() {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.midpoint(high)
}

/// `P(all T_i <= g)` over the weighted `scales`.
fn joint_probability(g: f64, m: f64, scales: &[(f64, f64)]) -> f64 {
    let step = 2.0 * FACTOR_REACH / f64::from(FACTOR_NODES);
    let mut sum = 0.0;
    for node in 0..=FACTOR_NODES {
        let factor = -FACTOR_REACH + f64::from(node) * step;
        let mut inner = 0.0;
        for &(scale, weight) in scales {
            inner += weight * libm::pow(normal::cdf(SQRT_2 * g * scale - factor), m);
        }
        sum += step * normal::density(factor) * inner;
    }
    sum
}

/// Values of `s = sqrt(χ²_df / df)` with weights that add to one.
///
/// Equidistant in `x = ln s`, whose log density is `df (x - e^{2x} / 2)` up to a constant.
fn scale_nodes(df: f64) -> Vec<(f64, f64)> {
    if df >= KNOWN_SCALE {
        return vec![(1.0, 1.0)];
    }
    // Beyond these ends the log density is more than CUT below its peak at x = 0.
    let cut = CUT / df;
    let low = -(cut.sqrt() + cut);
    let high = 0.5 * libm::log1p(2.0 * (cut.sqrt() + cut));
    let steps = at_least((high - low) * df.sqrt() / SCALE_STEP);
    let step = (high - low) / steps as f64;
    let mut nodes: Vec<(f64, f64)> = (0..=steps)
        .map(|node| low + node as f64 * step)
        .map(|x| {
            (
                libm::exp(x),
                libm::exp(df * (x - 0.5 * libm::expm1(2.0 * x))),
            )
        })
        .collect();
    let total: f64 = nodes.iter().map(|&(_, weight)| weight).sum();
    for (_, weight) in &mut nodes {
        *weight /= total;
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_match_the_published_table() {
        let normal = [
            (2, 1.645),
            (3, 1.916),
            (4, 2.062),
            (5, 2.160),
            (6, 2.234),
            (8, 2.340),
            (10, 2.417),
            (13, 2.502),
            (20, 2.631),
        ];
        for (k, g) in normal {
            let found = quantile(k - 1, f64::INFINITY, Confidence::P95);
            assert!((found - g).abs() < 5.1e-4, "k={k}, known scale: {found}");
        }
        for (k, g) in [(5, 2.171), (10, 2.423), (20, 2.634)] {
            let found = quantile(k - 1, (k as f64 - 1.0) * 63.0, Confidence::P95);
            assert!((found - g).abs() < 5.1e-4, "k={k}, n=64: {found}");
        }
    }

    #[test]
    fn one_variable_alone_is_student() {
        for df in [1.0, 2.0, 9.0, 63.0, 1e6] {
            let (found, single) = (joint_probability_at_student(df), Confidence::P95.level());
            assert!(
                (found - single).abs() < 1e-9,
                "df={df}: probability {found}"
            );
        }
    }

    /// The integral at the exact single-variable quantile, which must return the level.
    fn joint_probability_at_student(df: f64) -> f64 {
        joint_probability(
            student_t::quantile(df, Tail::Upper(0.05)),
            1.0,
            &scale_nodes(df),
        )
    }

    #[test]
    fn more_variables_or_fewer_degrees_of_freedom_push_it_out() {
        let of = |m, df| quantile(m, df, Confidence::P95);
        assert!(
            of(2, 10.0) < of(3, 10.0) && of(3, 20.0) < of(3, 10.0),
            "monotone"
        );
        assert!(
            of(3, 0.0).is_nan() && of(3, f64::NAN).is_nan(),
            "no degrees of freedom"
        );
    }
}
