//! An ensemble smoother: parameter sets that move towards what was observed.
//!
//! Emerick and Reynolds (2013), ensemble smoother with multiple data assimilation: the observations are used
//! [`STEPS`] times with as many times their variance, each time by a regression of parameters on simulated
//! numbers across the ensemble. With normal beliefs and a linear simulation the ensemble is a sample of the
//! posterior; with others it is close to one, and never leaves the beliefs, as it works on their normal scores.

use crate::calibrate::moments::{centered, covariance};
use crate::numeric::cholesky::Cholesky;
use crate::numeric::{Tail, dot, normal};
use crate::random::{Keys, Purpose, Stratum};

/// How many times the observations are used.
pub(super) const STEPS: u32 = 4;

/// What was observed, and how far simulated numbers of the right parameters lie from it by chance.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// The observed numbers.
    pub(super) observed: &'a [f64],
    /// Their covariance by chance, up to the diagonal.
    pub(super) chance: &'a [Vec<f64>],
    /// Simulated numbers are means over so many worlds.
    pub(super) n_worlds: u32,
}

/// Moves `members`, normal scores of parameter sets, towards the observations, given the numbers that each of
/// them simulated. `keys` draws the chance of the observations. `None` when the numbers do not vary.
pub(super) fn assimilate(
    members: &[Vec<f64>],
    simulated: &[Vec<f64>],
    target: &Target<'_>,
    keys: Keys,
) -> Option<Vec<Vec<f64>>> {
    let own_chance = 1.0 / f64::from(target.n_worlds);
    let added = f64::from(STEPS) - own_chance;
    let scores = centered(members);
    let numbers = centered(simulated);
    let chance = Cholesky::of(target.chance)?;
    let freedom = (numbers.len() as f64 - 1.0).max(1.0);
    let mut spread = covariance(numbers.iter().cloned(), target.observed.len(), freedom);
    for (row, chance) in spread.iter_mut().zip(target.chance) {
        for (c, chance) in row.iter_mut().zip(chance) {
            *c += added * chance;
        }
    }
    let spread = Cholesky::of(&spread)?;
    let gains = gains(&scores, &numbers);
    let errors = errors(members.len(), target.observed.len(), keys);
    let moved = members.iter().zip(simulated).zip(&errors);
    let moved = moved.map(|((member, simulated), error)| {
        let by_chance = chance.times(error);
        let pairs = target.observed.iter().zip(simulated).zip(by_chance);
        let misfit: Vec<f64> = pairs
            .map(|((observed, simulated), error)| observed + added.sqrt() * error - simulated)
            .collect();
        let weighed = spread.solve(&misfit);
        let step = gains.iter().map(|gain| dot(gain, &weighed));
        member.iter().zip(step).map(|(z, step)| z + step).collect()
    });
    Some(moved.collect())
}

/// Standard normal numbers by member, with mean 0 over the members, so that they move no center.
fn errors(n_members: usize, n_numbers: usize, keys: Keys) -> Vec<Vec<f64>> {
    let draw = |member: usize, number: usize| {
        let [member, number] = [member, number].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let block = keys.block(Purpose::ParameterDraw, Stratum::NATIONAL, member, number);
        normal::quantile(Tail::Lower(block.uniform(0)))
    };
    let drawn: Vec<Vec<f64>> = (0..n_members)
        .map(|member| (0..n_numbers).map(|number| draw(member, number)).collect())
        .collect();
    centered(&drawn)
}

/// By parameter: its covariance with each number, shrunk by the part of the squared correlation that an
/// ensemble of this size shows by chance alone (the positive part of James and Stein's estimator), or else
/// parameters of which the record says nothing would narrow too.
fn gains(scores: &[Vec<f64>], numbers: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = scores.len() as f64;
    let (of_scores, of_numbers) = (variances(scores), variances(numbers));
    let gain = |parameter: usize, number: usize| {
        let pairs = scores.iter().zip(numbers);
        let sum: f64 = pairs
            .map(|(score, numbers)| score[parameter] * numbers[number])
            .sum();
        let covariance = sum / (n - 1.0);
        let squared = covariance * covariance / (of_scores[parameter] * of_numbers[number]);
        let by_chance = (1.0 - squared) / (n - 2.0).max(1.0);
        if squared > by_chance {
            covariance * (1.0 - by_chance / squared)
        } else {
            0.0
        }
    };
    (0..of_scores.len())
        .map(|parameter| {
            (0..of_numbers.len())
                .map(|number| gain(parameter, number))
                .collect()
        })
        .collect()
}

fn variances(rows: &[Vec<f64>]) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let freedom = (rows.len() as f64 - 1.0).max(1.0);
    let sum = |column: usize| {
        rows.iter()
            .map(|row| row[column] * row[column])
            .sum::<f64>()
    };
    (0..width).map(|column| sum(column) / freedom).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::moments::mean;
    use crate::design::latin_hypercube::hypercube;

    /// Standard normal members.
    fn members(n: u32, width: usize) -> Vec<Vec<f64>> {
        let score = |u: &f64| normal::quantile(Tail::Lower(*u));
        let points = hypercube(n, width, 3, 0);
        points
            .iter()
            .map(|point| point.iter().map(score).collect())
            .collect()
    }

    /// A linear simulation: twice the first parameter plus the second, with a standard deviation of 0.5 by chance.
    fn simulated(members: &[Vec<f64>], step: u32) -> Vec<Vec<f64>> {
        let errors = errors(members.len(), 1, Keys::new(9, step));
        let pairs = members.iter().zip(&errors);
        pairs
            .map(|(z, error)| vec![2.0 * z[0] + z[1] + 0.5 * error[0]])
            .collect()
    }

    #[test]
    fn a_linear_problem_has_its_known_posterior() {
        let (observed, chance) = ([1.5], [vec![0.25]]);
        let target = Target {
            observed: &observed,
            chance: &chance,
            n_worlds: 1,
        };
        let mut now = members(4_000, 3);
        for step in 0..STEPS {
            let keys = Keys::new(7, step);
            now = assimilate(&now, &simulated(&now, step), &target, keys).expect("it varies");
        }
        // The number has variance 4 + 1 + 0.25; its covariance with the parameters is 2, 1 and 0.
        let mean = mean(&now);
        let variances = variances(&centered(&now));
        for (at, covariance) in [2.0, 1.0, 0.0].into_iter().enumerate() {
            let (expected, left) = (
                covariance * 1.5 / 5.25,
                1.0 - covariance * covariance / 5.25,
            );
            assert!((mean[at] - expected).abs() < 0.03, "{at}: {mean:?}");
            assert!((variances[at] - left).abs() < 0.05, "{at}: {variances:?}");
        }
    }

    #[test]
    fn numbers_that_never_vary_move_nobody() {
        let (observed, chance) = ([1.5], [vec![0.0]]);
        let target = Target {
            observed: &observed,
            chance: &chance,
            n_worlds: 1,
        };
        let members = members(8, 2);
        let simulated = vec![vec![1.0]; 8];
        assert_eq!(
            assimilate(&members, &simulated, &target, Keys::new(7, 0)),
            None
        );
    }
}
