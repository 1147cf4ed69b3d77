//! The standard normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, PI};

use super::Tail;

/// Probability that a standard normal variable is at most `x`; NaN for NaN.
///
/// `Φ(x) = erfc(-x/√2)/2`: full relative precision in the lower tail. For the upper tail ask
/// `cdf(-x)`.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Density of the standard normal distribution at `x`.
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// Standard normal quantile; relative error about 1e-15 in both tails.
///
/// `Lower(0)` and `Upper(1)` give minus infinity, `Lower(1)` and `Upper(0)` plus infinity;
/// probabilities outside [0, 1] give NaN.
///
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37 (1988) 477-484, routine PPND16.
pub fn quantile(tail: Tail) -> f64 {
    if !tail.is_valid() {
        return f64::NAN;
    }
    match tail.smaller() {
        Tail::Lower(p) => lower_half(p),
        Tail::Upper(p) => -lower_half(p),
    }
}

/// The quantile for a lower-tail probability of at most one half.
fn lower_half(p: f64) -> f64 {
    let centered = p - 0.5;
    if centered >= -0.425 {
        let r = 0.180_625 - centered * centered;
        return centered * polynomial(&CENTER_NUM, r) / polynomial(&CENTER_DEN, r);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let r = (-libm::log(p)).sqrt();
    if r <= 5.0 {
        -polynomial(&MIDDLE_NUM, r - 1.6) / polynomial(&MIDDLE_DEN, r - 1.6)
    } else {
        -polynomial(&FAR_NUM, r - 5.0) / polynomial(&FAR_DEN, r - 5.0)
    }
}

/// Value at `x` of the polynomial with these coefficients, constant first (Horner).
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTER_NUM: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTER_DEN: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const MIDDLE_NUM: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    0.000_774_545_014_278_341_4,
];
const MIDDLE_DEN: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    0.000_547_593_808_499_534_5,
    1.050_750_071_644_416_9e-9,
];
const FAR_NUM: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_DEN: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    0.000_786_869_131_145_613_3,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_7e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_function_matches_reference_values() {
        for (x, expected) in [
            (0.0, 0.5),
            (-37.5, 4.605_353_009_581_95e-308),
            (-8.0, 6.220_960_574_271_78e-16),
            (-3.0, 0.001_349_898_031_630_09),
            (-1.0, 0.158_655_253_931_457),
            (0.5, 0.691_462_461_274_013),
            (1.96, 0.975_002_104_851_78),
            (4.0, 0.999_968_328_758_167),
        ] {
            let error = (cdf(x) / expected - 1.0).abs();
            assert!(error < 1e-12, "cdf({x}) = {}, expected {expected}", cdf(x));
        }
    }

    #[test]
    fn quantiles_match_reference_values() {
        for (p, expected) in [
            (1.0e-300, -37.047_096_299_361_2),
            (1.0e-30, -11.464_024_688_443_6),
            (1.0e-12, -7.034_483_825_301_13),
            (1.0e-6, -4.753_424_308_822_9),
            (0.001, -3.090_232_306_167_81),
            (0.025, -1.959_963_984_540_05),
            (0.05, -1.644_853_626_951_47),
            (0.2, -0.841_621_233_572_914),
            (0.42, -0.201_893_479_141_851),
        ] {
            let lower = quantile(Tail::Lower(p));
            assert!(
                (lower / expected - 1.0).abs() < 1e-12,
                "quantile({p}) = {lower}"
            );
            let upper = quantile(Tail::Upper(p));
            assert!((upper + lower).abs() < 1e-300, "the tails mirror at {p}");
        }
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for step in -370..=370 {
            let x = f64::from(step) / 10.0;
            let tail = if x < 0.0 {
                Tail::Lower(cdf(x))
            } else {
                Tail::Upper(cdf(-x))
            };
            assert!((quantile(tail) - x).abs() < 1e-12, "round trip at {x}");
        }
    }

    #[test]
    fn the_ends_are_infinite_and_nonsense_is_not_a_number() {
        assert!(quantile(Tail::Lower(0.0)) < f64::MIN, "no mass below");
        assert!(quantile(Tail::Upper(0.0)) > f64::MAX, "no mass above");
        assert!(quantile(Tail::Lower(1.5)).is_nan(), "not a probability");
        assert!(quantile(Tail::Upper(f64::NAN)).is_nan(), "not a number");
    }

    #[test]
    fn the_density_is_the_slope_of_the_distribution_function() {
        for x in [-3.0, -0.5, 0.0, 1.25] {
            let slope = (cdf(x + 1e-5) - cdf(x - 1e-5)) / 2e-5;
            assert!((slope - density(x)).abs() < 1e-9, "density at {x}");
        }
    }
}
