//! The likelihood of daily censuses given admissions.

use core::ops::Range;

use crate::census::pathway::Presence;
use crate::numeric::cholesky::Cholesky;

/// Mean and covariance of the counts on some days, given the admissions before them.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// By count.
    pub mean: Vec<f64>,
    /// By count, up to the diagonal.
    pub covariance: Vec<Vec<f64>>,
}

/// Patients admitted per day, as far as they were counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Admissions {
    /// Patients by day, counted or expected.
    pub by_day: Vec<f64>,
    /// Days on which nobody counted.
    pub uncounted: Vec<Uncounted>,
}

/// Days whose patients are expected: a Poisson number on each, times a level that all of them share.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncounted {
    /// Positions of these days.
    pub days: Range<usize>,
    /// Variance of the level, whose mean is 1.
    pub level_variance: f64,
}

/// A way that patients take, and who of them.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// By day of admission: the part of the patients who take it, each by chance; all of them when `None`.
    pub parts: Option<&'a [f64]>,
    /// When these are present.
    pub presence: &'a Presence,
}

/// How well counts fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Logarithm of the likelihood, with the dispersion that fits best.
    pub log_likelihood: f64,
    /// Variance in excess of what chance of single patients explains: at least 1.
    pub dispersion: f64,
}

/// Variance of a count that is rounded to whole patients.
const ROUNDING: f64 = 1.0 / 12.0;

/// Mean and covariance of the counts on `days` (ascending positions in the admissions), exactly:
/// with p(k) the probability of being there at the k-th count after admission and p(k, l) of being
/// there at both, a counted patient adds p(k) to the mean and p(k, l) - p(k) p(l) to the covariance. For
/// patients who leave for good p(k, l) = p(l), the formula of an infinite-server queue. A patient who is expected
/// adds p(k, l): the numbers of a Poisson process are independent. No patient takes two of the `ways`.
pub fn moments(admissions: &Admissions, ways: &[Way<'_>], days: &[usize]) -> Moments {
    let by_day = &admissions.by_day;
    let mut covariance = Covariance::zero(days.len());
    let mut counted = by_day.clone();
    for run in &admissions.uncounted {
        let of_run = by_day[run.days.clone()].iter().copied();
        let alone: Vec<f64> = vec![0.0; run.days.start]
            .into_iter()
            .chain(of_run)
            .collect();
        covariance.add_product(&expected(&alone, ways, days), run.level_variance);
        counted[run.days.clone()].fill(0.0);
    }
    for (s, n) in by_day.iter().enumerate() {
        for way in ways {
            covariance.add_both(days, (s, way.part(s) * n), way.presence);
        }
        covariance.add_product(&present(ways, s, days), -counted[s]);
    }
    Moments {
        mean: expected(by_day, ways, days),
        covariance: covariance.lower(),
    }
}

/// A covariance of counts while it is summed up: by count, that with itself and later ones.
struct Covariance(Vec<Vec<f64>>);

impl Covariance {
    fn zero(n: usize) -> Self {
        Self((0..n).map(|at| vec![0.0; n - at]).collect())
    }

    /// Adds `factor` times the products of the numbers of two counts.
    fn add_product(&mut self, numbers: &[f64], factor: f64) {
        for (at, (row, number)) in self.0.iter_mut().zip(numbers).enumerate() {
            let own = factor * number;
            if own == 0.0 {
                continue;
            }
            let pairs = row.iter_mut().zip(&numbers[at..]);
            pairs.for_each(|(sum, other)| *sum += own * other);
        }
    }

    /// Adds what `n` patients admitted on day `s` give who are present at two counts.
    fn add_both(&mut self, days: &[usize], (s, n): (usize, f64), presence: &Presence) {
        for (at, (row, day)) in self.0.iter_mut().zip(days).enumerate() {
            let Some(both) = day.checked_sub(s).and_then(|k| presence.both.get(k)) else {
                continue;
            };
            for (sum, later) in row.iter_mut().zip(&days[at..]) {
                let Some(both) = both.get(later - day) else {
                    break;
                };
                *sum += n * both;
            }
        }
    }

    /// The same by count with itself and earlier ones.
    fn lower(&self) -> Vec<Vec<f64>> {
        let row = |n: usize| (0..=n).map(|m| self.0[m][n - m]).collect();
        (0..self.0.len()).map(row).collect()
    }
}

/// The expected counts on `days`.
fn expected(by_day: &[f64], ways: &[Way<'_>], days: &[usize]) -> Vec<f64> {
    let mut mean = vec![0.0; days.len()];
    for (s, n) in by_day.iter().enumerate() {
        let present = present(ways, s, days);
        (mean.iter_mut().zip(present)).for_each(|(sum, p)| *sum += n * p);
    }
    mean
}

/// The probabilities that a patient admitted on day `s` is present on `days`.
fn present(ways: &[Way<'_>], s: usize, days: &[usize]) -> Vec<f64> {
    let at = |way: &Way<'_>, day: &usize| {
        let one = day.checked_sub(s).and_then(|k| way.presence.one.get(k));
        way.part(s) * one.copied().unwrap_or(0.0)
    };
    let on = |day| ways.iter().map(|way| at(way, day)).sum();
    days.iter().map(on).collect()
}

impl Way<'_> {
    /// The part of patients admitted on day `s` who take it.
    fn part(&self, s: usize) -> f64 {
        self.parts.map_or(1.0, |parts| parts[s])
    }
}

impl Moments {
    /// The Gaussian likelihood of `counts`, given the first of them: what was there at the start
    /// is taken as it was, with what follows from it for later days. The covariance is multiplied by
    /// the dispersion that fits best, at least 1 (quasi-likelihood, `McCullagh` and Nelder 1989, §9).
    ///
    /// `None` when the covariance is degenerate, as without any admission.
    pub fn fit(&self, counts: &[f64]) -> Option<Fit> {
        let mut covariance = self.covariance.clone();
        for (n, row) in covariance.iter_mut().enumerate() {
            row[n] += ROUNDING;
        }
        let factor = Cholesky::of(&covariance)?;
        let residuals: Vec<f64> = counts.iter().zip(&self.mean).map(|(y, m)| y - m).collect();
        // The factor goes from day to day, so leaving out its first row is conditioning on that day.
        let innovations = factor.solve_lower(&residuals);
        let n = counts.len().saturating_sub(1) as f64;
        let squares: f64 = innovations.iter().skip(1).map(|z| z * z).sum();
        let log_volume: f64 = factor.diagonal().skip(1).map(libm::log).sum();
        let dispersion = (squares / n.max(1.0)).max(1.0);
        let log_likelihood = -log_volume
            - 0.5 * n * libm::log(core::f64::consts::TAU * dispersion)
            - 0.5 * squares / dispersion;
        Some(Fit {
            log_likelihood,
            dispersion,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(got: f64, expected: f64, what: &str) {
        assert!(
            (got - expected).abs() < 1e-9,
            "{what}: {got} is not {expected}"
        );
    }

    fn counted(by_day: &[f64]) -> Admissions {
        Admissions {
            by_day: by_day.to_vec(),
            uncounted: Vec::new(),
        }
    }

    fn all(presence: &Presence) -> Way<'_> {
        Way {
            parts: None,
            presence,
        }
    }

    fn falling(n: i32) -> Presence {
        Presence::lasting((0..n).map(|k| libm::exp(-f64::from(k) / 10.0)).collect())
    }

    #[test]
    fn mean_and_covariance_are_those_of_an_infinite_server_queue() {
        let found = moments(&counted(&[5.0, 8.0, 12.0]), &[all(&falling(3))], &[1, 2]);
        assert_close(found.mean[0], 12.524_187_090_2, "mean on day 1");
        assert_close(found.mean[1], 23.332_353_109_7, "mean on day 2");
        assert_close(found.covariance[1][1], 1.430_906_854_9, "variance on day 2");
        assert_close(found.covariance[1][0], 0.389_562_662_0, "covariance");
    }

    #[test]
    fn whoever_is_never_present_by_chance_adds_to_the_variance() {
        let presence = falling(3);
        let of = |admissions: f64, parts| {
            let way = Way {
                parts,
                presence: &presence,
            };
            moments(&counted(&[admissions]), &[way], &[0])
        };
        let quarter = of(40.0, Some(&[0.25][..]));
        assert_close(quarter.mean[0], 10.0, "a quarter of forty");
        assert_close(quarter.covariance[0][0], 7.5, "a binomial number");
        assert_close(of(10.0, None).covariance[0][0], 0.0, "all of ten");
    }

    #[test]
    fn patients_who_take_one_of_two_ways_are_one_trial_each() {
        let [short, long] = [falling(2), falling(30)];
        let ways = [(&short, 0.25), (&long, 0.75)];
        let parts = ways.map(|(_, part)| [part; 3]);
        let ways: Vec<Way<'_>> = (ways.iter().zip(&parts))
            .map(|((presence, _), parts)| Way {
                parts: Some(parts),
                presence,
            })
            .collect();
        let found = moments(&counted(&[8.0, 0.0, 0.0]), &ways, &[2]);
        // Only who takes the long way is there two days later.
        let p = 0.75 * libm::exp(-0.2);
        assert_close(found.mean[0], 8.0 * p, "mean");
        assert_close(found.covariance[0][0], 8.0 * p * (1.0 - p), "variance");
    }

    #[test]
    fn expected_patients_are_poisson_at_a_level_of_their_own() {
        let mut admissions = counted(&[5.0, 8.0, 12.0]);
        admissions.uncounted.push(Uncounted {
            days: 0..2,
            level_variance: 0.1,
        });
        let presence = falling(3);
        let found = moments(&admissions, &[all(&presence)], &[1, 2]);
        let p = |k: i32| libm::exp(-f64::from(k) / 10.0);
        let before = [5.0 * p(1) + 8.0 * p(0), 5.0 * p(2) + 8.0 * p(1)];
        assert_close(
            found.mean[1],
            before[1] + 12.0,
            "the mean knows no counting",
        );
        // Everyone who is there on the first day and stays is there on the second.
        let of_level = 0.1 * before[0] * before[1];
        assert_close(found.covariance[1][0], before[1] + of_level, "covariance");
        let variance = before[1] + 0.1 * before[1] * before[1];
        assert_close(
            found.covariance[1][1],
            variance,
            "the counted twelve are there for sure",
        );
    }

    #[test]
    fn a_better_fit_has_a_larger_likelihood_and_scatter_shows_as_dispersion() {
        let presence = falling(40);
        let days: Vec<usize> = (20..40).collect();
        let moments = moments(&counted(&[20.0; 40]), &[all(&presence)], &days);
        let good = moments.fit(&moments.mean).expect("a fit");
        let scattered: Vec<f64> = moments
            .mean
            .iter()
            .enumerate()
            .map(|(n, mean)| mean + if n % 2 == 0 { 40.0 } else { -40.0 })
            .collect();
        let bad = moments.fit(&scattered).expect("a fit");
        assert!(good.log_likelihood > bad.log_likelihood, "{good:?} {bad:?}");
        assert_close(good.dispersion, 1.0, "no more than chance");
        assert!(bad.dispersion > 10.0, "{bad:?}");
    }
}
