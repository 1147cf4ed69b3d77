//! Latin hypercube samples with keyed draws.
//!
//! Each dimension has exactly one point in each of n equal strata (`McKay`, Beckman and Conover 1979),
//! which removes most of the error of additive effects whatever n is. A scrambled Sobol' sequence
//! converges faster for smooth functions of few variables, but the outputs here are noisy counts;
//! the maintained implementation works in single precision and stops at 65 536 points.

use crate::random::{Keys, Purpose, Stratum};

/// `n` points in the unit cube of `n_dimensions`, strictly inside; `sample` numbers independent
/// samples under one seed. Point-major: the coordinates of one point stand together.
///
/// Adding a dimension changes no coordinate of the others.
pub fn hypercube(n: u32, n_dimensions: usize, seed: u64, sample: u32) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = (0..n_dimensions)
        .map(|dimension| column(n, dimension, Keys::new(seed, sample)))
        .collect();
    (0..n as usize)
        .map(|point| columns.iter().map(|column| column[point]).collect())
        .collect()
}

/// One coordinate of all points: the strata in the order of keyed marks, with a keyed jitter.
fn column(n: u32, dimension: usize, keys: Keys) -> Vec<f64> {
    let entity = u32::try_from(dimension).unwrap_or(u32::MAX);
    let block = |point| keys.block(Purpose::ParameterDraw, Stratum::NATIONAL, entity, point);
    let mut order: Vec<(u32, u32)> = (0..n).map(|point| (block(point).word(0), point)).collect();
    order.sort_unstable();
    let mut coordinates = vec![0.0; n as usize];
    for (stratum, (_, point)) in order.into_iter().enumerate() {
        let jitter = block(point).uniform(1);
        coordinates[point as usize] = (stratum as f64 + jitter) / f64::from(n);
    }
    coordinates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_of_every_dimension_holds_one_point() {
        let points = hypercube(64, 5, 7, 0);
        for dimension in 0..5 {
            let mut strata: Vec<f64> = points
                .iter()
                .map(|point| (point[dimension] * 64.0).floor())
                .collect();
            strata.sort_by(f64::total_cmp);
            let expected: Vec<f64> = (0..64).map(f64::from).collect();
            assert_eq!(strata, expected, "dimension {dimension}");
        }
    }

    #[test]
    fn another_dimension_changes_no_coordinate_and_another_sample_changes_all() {
        let (few, more) = (hypercube(16, 2, 7, 0), hypercube(16, 3, 7, 0));
        let other = hypercube(16, 2, 7, 1);
        for point in 0..16 {
            assert_eq!(few[point], more[point][..2], "point {point}");
            assert_ne!(few[point], other[point], "point {point} of another sample");
        }
    }

    #[test]
    fn the_dimensions_of_a_sample_are_not_tied_to_each_other() {
        let points = hypercube(1_024, 2, 7, 0);
        let product: f64 = points.iter().map(|p| (p[0] - 0.5) * (p[1] - 0.5)).sum();
        let correlation = product / 1_024.0 * 12.0;
        assert!(correlation.abs() < 0.15, "correlation {correlation}");
    }
}
