//! Dividing whole numbers by weights, and cumulative shares.

use crate::numeric::clamp_to_u32;

/// Divides `total` in proportion to `weights` by the method of largest remainders (Hamilton);
/// equal remainders go to the first. All zeros when no weight is positive.
pub(super) fn apportion(weights: &[f64], total: u32) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let quotas: Vec<f64> = weights.iter().map(|w| w / sum * f64::from(total)).collect();
    let mut parts: Vec<u32> = quotas.iter().map(|quota| clamp_to_u32(*quota)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let remainder = |i: usize| quotas[i] - quotas[i].floor();
    order.sort_by(|a, b| remainder(*b).total_cmp(&remainder(*a)));
    let left = total.saturating_sub(parts.iter().sum());
    for i in order
        .into_iter()
        .cycle()
        .take(usize::try_from(left).unwrap_or(usize::MAX))
    {
        parts[i] += 1;
    }
    parts
}

/// Running sums of `weights` as a share of their total; exactly 1 from the last positive weight on.
pub(super) fn cumulative(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let last = weights
        .iter()
        .rposition(|weight| *weight > 0.0)
        .unwrap_or(0);
    let mut sum = 0.0;
    let running = weights.iter().enumerate().map(|(i, weight)| {
        sum += weight;
        if i >= last { 1.0 } else { sum / total }
    });
    running.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_the_total_and_follow_the_largest_remainders() {
        assert_eq!(
            apportion(&[1.5, 1.5, 0.9, 0.5, 0.5, 0.1], 5),
            [2, 2, 1, 0, 0, 0],
            "by hand"
        );
        assert_eq!(
            apportion(&[1.0, 1.0, 1.0], 1_000_000),
            [333_334, 333_333, 333_333],
            "a tie"
        );
        assert_eq!(apportion(&[0.0, 0.0], 7), [0, 0], "nothing to go by");
    }

    #[test]
    fn cumulative_shares_end_at_one_where_the_last_weight_is() {
        assert_eq!(
            cumulative(&[1.0, 0.0, 3.0, 0.0]),
            [0.25, 0.25, 1.0, 1.0],
            "zero widths"
        );
    }
}
