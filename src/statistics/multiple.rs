//! Several statements at once: adjusted p-values that keep the error of the whole family.
//!
//! For simultaneous intervals compute each at [`Confidence::each_of`] the number of statements
//! (Bonferroni); that holds whatever the dependence, so also under common random numbers.
//!
//! [`Confidence::each_of`]: crate::statistics::confidence::Confidence::each_of

/// Holm's adjusted p-values, in the order given: rejecting those at or below `alpha` keeps the
/// probability of any false rejection at most `alpha`, under any dependence.
///
/// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
///
/// # Panics
/// When a p-value is not a number.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let m = p_values.len();
    let mut adjusted = vec![0.0; m];
    let mut so_far = 0.0_f64;
    for (rank, &idx) in ascending(p_values).iter().enumerate() {
        so_far = so_far.max((m - rank) as f64 * p_values[idx]).min(1.0);
        adjusted[idx] = so_far;
    }
    adjusted
}

/// Benjamini-Hochberg adjusted p-values, in the order given: among those at or below `q`, the
/// expected share of false rejections is at most `q`, for independent or positively dependent tests.
///
/// Source: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289-300.
///
/// # Panics
/// When a p-value is not a number.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let m = p_values.len() as f64;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut so_far = 1.0_f64;
    for (rank, &idx) in ascending(p_values).iter().enumerate().rev() {
        so_far = so_far.min(p_values[idx] * m / (rank as f64 + 1.0));
        adjusted[idx] = so_far;
    }
    adjusted
}

/// Indices of the values from small to large, ties in the order given.
fn ascending(values: &[f64]) -> Vec<usize> {
    assert!(
        values.iter().all(|p| !p.is_nan()),
        "a p-value is not a number"
    );
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len(), "length");
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-12, "{found:?} instead of {expected:?}");
        }
    }

    #[test]
    fn holm_steps_down() {
        // Multipliers 4, 3, 2, 1 from the smallest up; then never decreasing.
        assert_close(&holm(&[0.01, 0.04, 0.03, 0.005]), &[0.03, 0.06, 0.06, 0.02]);
        assert_close(&holm(&[0.9, 0.8]), &[1.0, 1.0]);
        assert_close(&holm(&[]), &[]);
    }

    #[test]
    fn benjamini_hochberg_steps_up() {
        // Multipliers 4/4, 4/3, 4/2, 4/1 from the largest down; then never increasing.
        let found = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]);
        assert_close(&found, &[0.02, 0.04, 0.04, 0.02]);
    }

    #[test]
    #[should_panic(expected = "not a number")]
    fn a_p_value_must_be_a_number() {
        holm(&[0.1, f64::NAN]);
    }

    proptest! {
        #[test]
        fn adjusting_never_helps_a_p_value_and_holm_is_the_stricter(
            p in prop::collection::vec(0.0_f64..=1.0, 1..20),
        ) {
            let (strict, lenient) = (holm(&p), benjamini_hochberg(&p));
            for idx in 0..p.len() {
                prop_assert!(p[idx] <= lenient[idx] + 1e-15, "raw {} > {}", p[idx], lenient[idx]);
                prop_assert!(lenient[idx] <= strict[idx] + 1e-15, "{} > {}", lenient[idx], strict[idx]);
                prop_assert!(strict[idx] <= 1.0, "above one");
            }
        }

        #[test]
        fn adjusting_does_not_depend_on_the_order(p in prop::collection::vec(0.0_f64..=1.0, 2..20)) {
            let reversed: Vec<f64> = p.iter().rev().copied().collect();
            let mut back = holm(&reversed);
            back.reverse();
            prop_assert_eq!(holm(&p), back, "holm");
        }
    }
}
