//! How far the summaries of one world lie from their mean by chance.

use crate::calibrate::moments::{covariance, less};

/// By parameter set, world and summary.
pub(super) type Runs = Vec<Vec<Vec<f64>>>;

/// Positions of the summaries that are not the same in all sets and worlds.
pub(super) fn varying(runs: &Runs) -> Vec<usize> {
    let first = runs.iter().flatten().next();
    let differs = |at: &usize| {
        let mut worlds = runs.iter().flatten();
        first.is_some_and(|first| worlds.any(|world| world[*at].total_cmp(&first[*at]).is_ne()))
    };
    (0..first.map_or(0, Vec::len)).filter(differs).collect()
}

/// The runs with some of their summaries.
pub(super) fn only(runs: &Runs, kept: &[usize]) -> Runs {
    let of_world = |world: &Vec<f64>| kept.iter().map(|at| world[*at]).collect();
    let of_set = |worlds: &Vec<Vec<f64>>| worlds.iter().map(of_world).collect();
    runs.iter().map(of_set).collect()
}

/// The covariance of summaries between worlds, up to the diagonal, averaged over parameter sets and shrunk.
/// `means` are those of the sets. A summary that hardly varies by chance keeps a variance of `least`.
pub(super) fn chance(runs: &Runs, means: &[Vec<f64>], least: f64) -> Vec<Vec<f64>> {
    let n_worlds: usize = runs.iter().map(Vec::len).sum();
    let freedom = n_worlds - runs.len();
    let off = runs.iter().zip(means);
    let off = off.flat_map(|(worlds, mean)| worlds.iter().map(|world| less(world, mean)));
    let width = means.first().map_or(0, Vec::len);
    let mut covariance = covariance(off, width, freedom as f64);
    shrink(&mut covariance, freedom);
    for (i, row) in covariance.iter_mut().enumerate() {
        row[i] += least;
    }
    covariance
}

/// Shrinks correlations towards zero by the share that minimizes the expected squared error, with the
/// large-sample variance (1 - r²)²/n of a correlation with `freedom` degrees (Schäfer and Strimmer 2005).
fn shrink(covariance: &mut [Vec<f64>], freedom: usize) {
    let variances: Vec<f64> = covariance
        .iter()
        .enumerate()
        .map(|(i, row)| row[i])
        .collect();
    let freedom = (freedom as f64).max(1.0);
    let (mut noise, mut signal) = (0.0, 0.0);
    for (i, row) in covariance.iter().enumerate() {
        for (j, c) in row[..i].iter().enumerate() {
            let r = c / (variances[i] * variances[j]).sqrt();
            let r = if r.is_finite() { r } else { 0.0 };
            noise += (1.0 - r * r) * (1.0 - r * r) / freedom;
            signal += r * r;
        }
    }
    let kept = if signal > noise {
        1.0 - noise / signal
    } else {
        0.0
    };
    for (i, row) in covariance.iter_mut().enumerate() {
        row[..i].iter_mut().for_each(|c| *c *= kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_that_never_varies_is_left_out() {
        let runs: Runs = vec![
            vec![vec![0.0, 1.0, 5.0], vec![0.0, 2.0, 5.0]],
            vec![vec![0.0, 1.0, 5.0], vec![0.0, 1.0, 6.0]],
        ];
        assert_eq!(varying(&runs), [1, 2], "the first is always zero");
        assert_eq!(only(&runs, &[2])[1], [[5.0], [6.0]], "the others stay");
        assert_eq!(varying(&Vec::new()), [0; 0], "nothing was simulated");
    }

    #[test]
    fn correlations_of_few_worlds_are_shrunk_and_of_many_kept() {
        let correlated = vec![vec![4.0], vec![2.4, 4.0]];
        let mut few = correlated.clone();
        shrink(&mut few, 2);
        // r = 0.6: noise (1 - 0.36)² / 2 = 0.2048, signal 0.36.
        assert!(
            (few[1][0] - 2.4 * (1.0 - 0.2048 / 0.36)).abs() < 1e-12,
            "{few:?}"
        );
        let mut many = correlated;
        shrink(&mut many, 1_000_000);
        assert!((many[1][0] - 2.4).abs() < 1e-4, "{many:?}");
        assert!((many[0][0] - 4.0).abs() < 1e-12, "variances stay");
    }
}
