//! Student's t distribution.

use super::{Tail, beta, normal};

/// Degrees of freedom beyond which expansions around the normal distribution are used; their error
/// is of the order of `t^7 / df^3`.
const NEARLY_NORMAL: f64 = 1e8;
/// No probability is left beyond this distance when the distribution is nearly normal.
const FAR: f64 = 40.0;

/// Probability that a t variable with `df` degrees of freedom is at most `t`.
///
/// Relative precision about 1e-12 in the lower tail; for the upper tail ask `cdf(df, -t)`.
/// NaN unless `df >= 1e-3`. Infinite `df` is the normal distribution.
pub fn cdf(df: f64, t: f64) -> f64 {
    if !in_domain(df) || t.is_nan() {
        return f64::NAN;
    }
    if df > NEARLY_NORMAL {
        return normal::cdf(nearly_normal_score(df, t));
    }
    let (x, y) = squares(df, t);
    let outer = 0.5 * beta::lower(0.5 * df, 0.5, x, y);
    if t < 0.0 { outer } else { 1.0 - outer }
}

/// Quantile of Student's t distribution with `df` degrees of freedom.
///
/// Relative precision about 1e-13 from either tail; the ends are infinite, and so are quantiles
/// beyond about 1e150. NaN unless `df >= 1e-3` and the probability lies in [0, 1]. Infinite `df` is the
/// normal distribution.
///
/// Through the incomplete beta function: `P(|T| > t) = I_x(df/2, 1/2)` with `x = df/(df + t²)`
/// (Abramowitz and Stegun 26.7.1).
pub fn quantile(df: f64, tail: Tail) -> f64 {
    if !in_domain(df) || !tail.is_valid() {
        return f64::NAN;
    }
    if df > NEARLY_NORMAL {
        return nearly_normal_quantile(df, tail);
    }
    match tail.smaller() {
        Tail::Lower(p) => -distance(df, p),
        Tail::Upper(p) => distance(df, p),
    }
}

fn in_domain(df: f64) -> bool {
    df >= 1e-3
}

/// The positive `t` that is exceeded with probability `p` in [0, 1/2].
fn distance(df: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return f64::INFINITY;
    }
    if p >= 0.5 {
        return 0.0;
    }
    let both_tails = if p <= 0.25 {
        Tail::Lower(2.0 * p)
    } else {
        Tail::Upper(1.0 - 2.0 * p)
    };
    let logit = beta::quantile_logit(0.5 * df, 0.5, both_tails);
    if logit < beta::ZERO_LOGIT {
        f64::INFINITY
    } else {
        df.sqrt() * libm::exp(-0.5 * logit)
    }
}

/// Cornish-Fisher expansion in `1/df` (Abramowitz and Stegun 26.7.5, two terms).
fn nearly_normal_quantile(df: f64, tail: Tail) -> f64 {
    let z = normal::quantile(tail);
    if z.is_infinite() {
        return z;
    }
    let first = z * (z * z + 1.0) / 4.0;
    let second = z * (5.0 * z * z * z * z + 16.0 * z * z + 3.0) / 96.0;
    z + (first + second / df) / df
}

/// The inverse of [`nearly_normal_quantile`], by the same expansion reversed.
fn nearly_normal_score(df: f64, t: f64) -> f64 {
    if t.abs() > FAR {
        return t;
    }
    let square = t * t;
    let first = t * (square + 1.0) / 4.0;
    let second = t * (13.0 * square * square + 8.0 * square + 3.0) / 96.0;
    t - (first - second / df) / df
}

/// `df/(df + t²)` and `t²/(df + t²)` without overflow.
fn squares(df: f64, t: f64) -> (f64, f64) {
    let ratio = t / df.sqrt();
    let square = ratio * ratio;
    (1.0 / (1.0 + square), 1.0 / (1.0 + 1.0 / square))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_match_the_published_table() {
        for (df, expected) in [
            (
                1.0,
                [3.077_683_537, 6.313_751_515, 12.706_204_736, 63.656_741_163],
            ),
            (
                2.0,
                [1.885_618_083, 2.919_985_580, 4.302_652_730, 9.924_843_201],
            ),
            (
                9.0,
                [1.383_028_738, 1.833_112_933, 2.262_157_163, 3.249_835_542],
            ),
            (
                19.0,
                [1.327_728_209, 1.729_132_812, 2.093_024_054, 2.860_934_606],
            ),
            (
                29.0,
                [1.311_433_647, 1.699_127_027, 2.045_229_642, 2.756_385_904],
            ),
            (
                63.0,
                [1.295_134_294, 1.669_402_222, 1.998_340_543, 2.656_145_025],
            ),
            (
                255.0,
                [1.284_880_301, 1.650_851_092, 1.969_310_570, 2.595_246_485],
            ),
            (
                1_023.0,
                [1.282_379_662, 1.646_344_495, 1.962_285_620, 2.580_643_766],
            ),
        ] {
            for (upper, value) in [0.1, 0.05, 0.025, 0.005].into_iter().zip(expected) {
                let t = quantile(df, Tail::Upper(upper));
                assert!(
                    (t - value).abs() < 6e-10,
                    "df {df}, upper {upper}: {t}, not {value}"
                );
                let mirrored = quantile(df, Tail::Lower(upper));
                assert!(
                    (mirrored + t).abs() < 1e-12,
                    "the distribution is symmetric"
                );
            }
        }
    }

    #[test]
    fn quantiles_match_reference_values() {
        for (df, upper, expected) in [
            (0.5, 0.01, 1_028.491_010_471_62),
            (1.0, 1.0e-10, 3_183_098_861.837_91),
            (3.0, 0.3, 0.584_389_727_439_819),
            (3.0, 0.49, 0.027_211_467_049_118),
            (7.5, 1.0e-6, 13.052_169_759_815_3),
            (120.0, 0.025, 1.979_930_405_082_44),
            (1_000_000.0, 0.025, 1.959_966_356_814_11),
            (1_000_000.0, 0.005, 2.575_834_220_105_33),
            (1_000_000.0, 1.0e-6, 4.753_452_348_279_68),
        ] {
            let t = quantile(df, Tail::Upper(upper));
            assert!(
                (t / expected - 1.0_f64).abs() < 1e-11,
                "df {df}, upper {upper}: {t}"
            );
        }
    }

    #[test]
    fn the_distribution_function_matches_reference_values() {
        for (df, t, expected) in [
            (1.0, -1.0, 0.25),
            (2.5, -0.01, 0.496_381_997_178_954),
            (9.0, -2.5, 0.016_930_913_841_492_9),
            (30.0, -12.0, 2.790_092_707_599_63e-13),
            (1_000_000.0, -1.96, 0.024_998_033_792_634_9),
        ] {
            let p = cdf(df, t);
            assert!(
                (p / expected - 1.0_f64).abs() < 1e-11,
                "cdf({df}, {t}) = {p}"
            );
        }
    }

    #[test]
    fn the_expansion_joins_the_exact_function_without_a_step() {
        for upper in [0.4, 0.1, 0.025, 1e-6] {
            let exact = quantile(NEARLY_NORMAL, Tail::Upper(upper));
            let expanded = nearly_normal_quantile(NEARLY_NORMAL, Tail::Upper(upper));
            assert!(
                (exact / expanded - 1.0).abs() < 1e-12,
                "quantiles join at {upper}"
            );
            let (below, above) = (cdf(NEARLY_NORMAL, -exact), cdf(NEARLY_NORMAL + 1.0, -exact));
            assert!(
                (below / above - 1.0).abs() < 1e-11,
                "probabilities join at {upper}"
            );
        }
    }

    #[test]
    fn the_center_the_ends_and_nonsense_have_stated_values() {
        assert!(
            quantile(5.0, Tail::Lower(0.5)).abs() < 1e-300,
            "the median is zero"
        );
        assert!((cdf(5.0, 0.0) - 0.5).abs() < 1e-15, "half lies below zero");
        assert!(quantile(5.0, Tail::Upper(0.0)) > f64::MAX, "no mass above");
        assert!(quantile(1e9, Tail::Lower(0.0)) < f64::MIN, "no mass below");
        assert!(
            quantile(0.0, Tail::Lower(0.5)).is_nan(),
            "no degrees of freedom"
        );
        assert!(cdf(3.0, f64::NAN).is_nan(), "not a number");
        assert!(
            quantile(1e-3, Tail::Upper(0.025)) > f64::MAX,
            "beyond the largest number"
        );
        assert!(
            quantile(1e-4, Tail::Upper(0.025)).is_nan(),
            "degrees of freedom below the domain"
        );
        assert!(
            (cdf(1e9, 1e6) - 1.0).abs() < 1e-15,
            "everything below a far point"
        );
        assert!(
            cdf(3.0, f64::NEG_INFINITY).abs() < 1e-300,
            "nothing below minus infinity"
        );
    }
}
