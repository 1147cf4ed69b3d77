//! The likelihood of daily censuses given admissions.

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

/// Admissions of one kind of patient per day.
#[derive(Debug, Clone, Copy)]
pub struct Stream<'a> {
    /// Admitted patients by day.
    pub admissions: &'a [f64],
    /// By day: the part of them who can be present at all, each by chance; all of them when `None`.
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
/// there at both, a patient adds p(k) to the mean and p(k, l) - p(k) p(l) to the covariance. For
/// patients who leave for good p(k, l) = p(l), the formula of an infinite-server queue.
pub fn moments(streams: &[Stream<'_>], days: &[usize]) -> Moments {
    let mean = days.iter().map(|t| {
        let of_stream = |stream: &Stream<'_>| sum_over(stream, *t, |p, k, part| part * p.one[k]);
        streams.iter().map(of_stream).sum()
    });
    let covariance = days.iter().enumerate().map(|(n, u)| {
        let row = days[..=n].iter().map(|t| {
            let of_stream = |stream: &Stream<'_>| {
                let gap = u - t;
                sum_over(stream, *t, |p, k, part| match p.both[k].get(gap) {
                    Some(both) => part * both - part * part * p.one[k] * p.one[k + gap],
                    None => 0.0,
                })
            };
            streams.iter().map(of_stream).sum()
        });
        row.collect()
    });
    Moments {
        mean: mean.collect(),
        covariance: covariance.collect(),
    }
}

/// Sum over those admitted up to day `t` of what one of them gives at the count k days later, when that part of
/// them can be present.
fn sum_over(stream: &Stream<'_>, t: usize, of_one: impl Fn(&Presence, usize, f64) -> f64) -> f64 {
    let last = t.min(stream.admissions.len().saturating_sub(1));
    let first = (t + 1).saturating_sub(stream.presence.one.len());
    (first..=last)
        .map(|s| {
            let part = stream.parts.map_or(1.0, |parts| parts[s]);
            stream.admissions[s] * of_one(stream.presence, t - s, part)
        })
        .sum()
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

    fn falling(n: i32) -> Presence {
        Presence::lasting((0..n).map(|k| libm::exp(-f64::from(k) / 10.0)).collect())
    }

    #[test]
    fn mean_and_covariance_are_those_of_an_infinite_server_queue() {
        let presence = falling(3);
        let stream = Stream {
            admissions: &[5.0, 8.0, 12.0],
            parts: None,
            presence: &presence,
        };
        let found = moments(&[stream], &[1, 2]);
        assert_close(found.mean[0], 12.524_187_090_2, "mean on day 1");
        assert_close(found.mean[1], 23.332_353_109_7, "mean on day 2");
        assert_close(found.covariance[1][1], 1.430_906_854_9, "variance on day 2");
        assert_close(found.covariance[1][0], 0.389_562_662_0, "covariance");
    }

    #[test]
    fn whoever_is_never_present_by_chance_adds_to_the_variance() {
        let presence = falling(3);
        let of = |admissions, parts| {
            let stream = Stream {
                admissions,
                parts,
                presence: &presence,
            };
            moments(&[stream], &[0])
        };
        let quarter = of(&[40.0], Some(&[0.25][..]));
        assert_close(quarter.mean[0], 10.0, "a quarter of forty");
        assert_close(quarter.covariance[0][0], 7.5, "a binomial number");
        assert_close(of(&[10.0], None).covariance[0][0], 0.0, "all of ten");
    }

    #[test]
    fn a_split_of_one_stream_changes_nothing() {
        let presence = falling(30);
        let stream = |admissions| Stream {
            admissions,
            parts: None,
            presence: &presence,
        };
        let whole = moments(&[stream(&[6.0, 9.0, 3.0])], &[0, 2]);
        let parts = moments(
            &[stream(&[2.0, 3.0, 1.0]), stream(&[4.0, 6.0, 2.0])],
            &[0, 2],
        );
        assert_close(whole.mean[1], parts.mean[1], "mean");
        assert_close(whole.covariance[1][0], parts.covariance[1][0], "covariance");
    }

    #[test]
    fn a_better_fit_has_a_larger_likelihood_and_scatter_shows_as_dispersion() {
        let presence = falling(40);
        let admissions = [20.0; 40];
        let stream = Stream {
            admissions: &admissions,
            parts: None,
            presence: &presence,
        };
        let days: Vec<usize> = (20..40).collect();
        let moments = moments(&[stream], &days);
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
