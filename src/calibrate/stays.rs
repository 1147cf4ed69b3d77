//! Stays of COVID patients from daily admissions and censuses.
//!
//! Admissions are taken as they were; each patient then is an independent trial, so mean and
//! covariance of the censuses are known exactly (see [`crate::census::likelihood`]). The maximum of
//! the likelihood is found by a simplex search over the logarithms of the parameters, and their
//! intervals come from its curvature there (Laplace), widened by the dispersion.

use crate::calibrate::counts::{Counts, Filled, counts};
use crate::calibrate::fitted::{Fitted, Method};
use crate::calibrate::stay_error::StayError;
use crate::census::likelihood::{Fit, Stream, moments};
use crate::census::{Pathway, Presence};
use crate::model::Model;
use crate::model::demand::CovidDemand;
use crate::numeric::cholesky::Cholesky;
use crate::numeric::simplex::minimum;
use crate::observed::{Observed, ObservedSeries};
use crate::random::Distribution;
use crate::scenario::schema;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Interval;

/// Counts after an admission that are followed; hardly anyone stays longer.
const FOLLOWED: usize = 150;
/// Steps per day of the pathway, and the step of the morning, 09:00.
const STEPS: usize = 8;
const MORNING: usize = 3;
/// Step, on the log scale, over which curvature is measured.
const CURVATURE_STEP: f64 = 0.01;

/// What was fitted of one stay.
#[derive(Debug, Clone, PartialEq)]
pub struct StayFit {
    /// Its parameters.
    pub figures: Vec<Fitted>,
    /// Days of admissions that had to be assumed.
    pub filled: Filled,
}

/// Fits the IC stay to admissions and the COVID census of the IC in the window: to IC admissions, or where none
/// were observed to hospital admissions, of whom the scenario's share needs the IC after its ward stay before it.
///
/// # Errors
/// [`StayError`].
pub fn ic_stay(model: &Model, observed: &Observed) -> Result<StayFit, StayError> {
    let is_known = |series| observed.national(series).next().is_some();
    if !is_known(ObservedSeries::IcAdmissions) && is_known(ObservedSeries::HospitalAdmissions) {
        return ic_stay_in_hospital(model, observed);
    }
    let pair = (ObservedSeries::IcAdmissions, ObservedSeries::CovidIc);
    let counts = counts(model, observed, pair)?;
    let fit = |stay: &Distribution| {
        let presence = on_ic(&model.covid, stay);
        let stream = Stream {
            admissions: &counts.admissions,
            parts: None,
            presence: &presence,
        };
        moments(&[stream], &counts.days).fit(&counts.census)
    };
    fitted("covid.ic_stay", &model.covid.ic_stay.days, &counts, fit)
}

fn ic_stay_in_hospital(model: &Model, observed: &Observed) -> Result<StayFit, StayError> {
    let pair = (ObservedSeries::HospitalAdmissions, ObservedSeries::CovidIc);
    let counts = counts(model, observed, pair)?;
    let days = 0..counts.admissions.len();
    let parts: Vec<f64> = days.map(|day| ic_share(model, &counts, day)).collect();
    let fit = |stay: &Distribution| {
        let pathway = Pathway::with_ic_stay(&model.covid, stay, FOLLOWED, STEPS);
        let stream = Stream {
            admissions: &counts.admissions,
            parts: Some(&parts),
            presence: &pathway.ic_presence(FOLLOWED, MORNING),
        };
        moments(&[stream], &counts.days).fit(&counts.census)
    };
    fitted("covid.ic_stay", &model.covid.ic_stay.days, &counts, fit)
}

/// Fits the ward stay of patients without need of the IC to hospital admissions and the COVID
/// census of the ward in the window. The share of patients who need the IC, and the stays of these,
/// are those of `model`.
///
/// # Errors
/// [`StayError`].
pub fn ward_stay(model: &Model, observed: &Observed) -> Result<StayFit, StayError> {
    let pair = (
        ObservedSeries::HospitalAdmissions,
        ObservedSeries::CovidWard,
    );
    let counts = counts(model, observed, pair)?;
    let shares: Vec<f64> = (0..counts.admissions.len())
        .map(|day| ic_share(model, &counts, day))
        .collect();
    let part = |share: fn(f64) -> f64| -> Vec<f64> {
        let pairs = counts.admissions.iter().zip(&shares);
        pairs.map(|(n, q)| n * share(*q)).collect()
    };
    let (without, with) = (part(|q| 1.0 - q), part(|q| q));
    let [_, with_ic] = Pathway::new(&model.covid, FOLLOWED, STEPS).ward_presence(FOLLOWED, MORNING);
    let fit = |stay: &Distribution| {
        let without_ic = Presence::of_stay(stay, FOLLOWED, count_moment());
        let streams = [(&without, &without_ic), (&with, &with_ic)];
        let streams = streams.map(|(admissions, presence)| Stream {
            admissions,
            parts: None,
            presence,
        });
        moments(&streams, &counts.days).fit(&counts.census)
    };
    fitted("covid.ward_stay", &model.covid.ward_stay.days, &counts, fit)
}

/// When patients who were admitted to the IC are on it, if `stay` is their stay.
fn on_ic(covid: &CovidDemand, stay: &Distribution) -> Presence {
    if covid.readmission.is_some() {
        return Pathway::from_ic(covid, stay, FOLLOWED, STEPS).ic_presence(FOLLOWED, MORNING);
    }
    let left = |days| covid.over_ic_stays(|factor| 1.0 - stay.scaled(factor).cdf(days));
    Presence::of_survival(left, FOLLOWED, count_moment())
}

fn count_moment() -> f64 {
    MORNING as f64 / STEPS as f64
}

/// The share of patients admitted on a day who need the IC.
fn ic_share(model: &Model, counts: &Counts, day: usize) -> f64 {
    let CovidDemand {
        ic_share,
        lookback_days,
        ..
    } = &model.covid;
    let since = (counts.first - model.study.first_date).get_days();
    let position = i64::from(since) + i64::from(*lookback_days) + i64::try_from(day).unwrap_or(0);
    let last = ic_share.len() - 1;
    ic_share[usize::try_from(position).unwrap_or(0).min(last)]
}

/// Fits scale and shape of a stay that starts from `stay`.
fn fitted(
    path: &str,
    stay: &Distribution,
    counts: &Counts,
    fit: impl Fn(&Distribution) -> Option<Fit>,
) -> Result<StayFit, StayError> {
    let (names, start) = parameters(stay).ok_or(StayError::Form)?;
    let paths: Vec<String> = names.iter().map(|name| format!("{path}.{name}")).collect();
    let ranges: Vec<Interval> = paths.iter().map(|path| range(path)).collect();
    // A value that a scenario may not have fits nothing.
    let cost = |logs: &[f64]| -> f64 {
        let values = exponents(logs);
        let is_allowed = ranges
            .iter()
            .zip(&values)
            .all(|(range, x)| range.contains(*x));
        let fit = is_allowed
            .then(|| fit(&with_parameters(stay, &values)))
            .flatten();
        fit.map_or(f64::INFINITY, |fit| -fit.log_likelihood)
    };
    let logs: Vec<f64> = start.iter().map(|x| libm::log(*x)).collect();
    let best = minimum(&logs, 0.1, cost);
    let undetermined = |path: &str| StayError::Undetermined(path.to_owned());
    let errors = standard_errors(&best, cost).ok_or_else(|| undetermined(path))?;
    let stay = with_parameters(stay, &exponents(&best));
    let dispersion = fit(&stay).ok_or_else(|| undetermined(path))?.dispersion;
    let z = Confidence::P95.z();
    let one = |at: usize| {
        let figure = Fitted {
            path: paths[at].clone(),
            value: libm::exp(best[at]),
            interval: Interval {
                low: libm::exp(best[at] - z * errors[at]),
                high: libm::exp(best[at] + z * errors[at]),
            },
            method: Method::Likelihood,
            n: counts.census.len(),
            dispersion,
        };
        let range = ranges[at];
        if range.contains(figure.interval.low) && range.contains(figure.interval.high) {
            return Ok(figure);
        }
        Err(undetermined(&figure.path))
    };
    Ok(StayFit {
        figures: (0..paths.len()).map(one).collect::<Result<_, _>>()?,
        filled: counts.filled,
    })
}

/// The values that a scenario may have at a path.
fn range(path: &str) -> Interval {
    schema::range(path).map_or(Interval::UNBOUNDED, |(low, high)| Interval { low, high })
}

fn exponents(logs: &[f64]) -> Vec<f64> {
    logs.iter().map(|log| libm::exp(*log)).collect()
}

/// Names in scenario files and values of the parameters of a stay.
fn parameters(stay: &Distribution) -> Option<(Vec<&'static str>, Vec<f64>)> {
    Some(match *stay {
        Distribution::Gamma { mean, shape } => {
            (vec!["gamma.mean_days", "gamma.shape"], vec![mean, shape])
        }
        Distribution::Weibull { mean, shape } => (
            vec!["weibull.mean_days", "weibull.shape"],
            vec![mean, shape],
        ),
        Distribution::LogNormal { median, sigma } => (
            vec!["lognormal.median_days", "lognormal.sd_log"],
            vec![median, sigma],
        ),
        Distribution::Exponential { mean } => (vec!["exponential.mean_days"], vec![mean]),
        Distribution::Deterministic { .. }
        | Distribution::Uniform { .. }
        | Distribution::Triangular { .. } => return None,
    })
}

/// A stay of the same form with other parameters, in the order of [`parameters`].
fn with_parameters(stay: &Distribution, values: &[f64]) -> Distribution {
    match *stay {
        Distribution::Gamma { .. } => Distribution::Gamma {
            mean: values[0],
            shape: values[1],
        },
        Distribution::Weibull { .. } => Distribution::Weibull {
            mean: values[0],
            shape: values[1],
        },
        Distribution::LogNormal { .. } => Distribution::LogNormal {
            median: values[0],
            sigma: values[1],
        },
        Distribution::Exponential { .. } => Distribution::Exponential { mean: values[0] },
        other => other,
    }
}

/// Standard errors at a minimum: roots of the diagonal of the inverse of the matrix of second
/// differences. `None` when the function does not curve upwards in all directions.
fn standard_errors(at: &[f64], cost: impl Fn(&[f64]) -> f64) -> Option<Vec<f64>> {
    let n = at.len();
    let moved = |i: usize, j: usize, (a, b): (f64, f64)| {
        let mut x = at.to_vec();
        x[i] += a * CURVATURE_STEP;
        x[j] += b * CURVATURE_STEP;
        cost(&x)
    };
    let second = |i: usize, j: usize| {
        let same = moved(i, j, (1.0, 1.0)) + moved(i, j, (-1.0, -1.0));
        let opposite = moved(i, j, (1.0, -1.0)) + moved(i, j, (-1.0, 1.0));
        (same - opposite) / (4.0 * CURVATURE_STEP * CURVATURE_STEP)
    };
    let rows: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..=i).map(|j| second(i, j)).collect())
        .collect();
    let factor = Cholesky::of(&rows)?;
    let variance = |i: usize| {
        let unit: Vec<f64> = (0..n).map(|j| f64::from(u8::from(i == j))).collect();
        factor.solve(&unit)[i]
    };
    Some((0..n).map(|i| variance(i).sqrt()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_errors_are_those_of_a_normal_likelihood() {
        // Half of (x, y) A (x, y) with A = (2, 1; 1, 2): the inverse has 2/3 on its diagonal.
        let cost = |x: &[f64]| x[0] * x[0] + x[0] * x[1] + x[1] * x[1];
        let errors = standard_errors(&[0.0, 0.0], cost).expect("a minimum");
        for error in errors {
            assert!((error * error - 2.0 / 3.0).abs() < 1e-6, "{error}");
        }
        assert_eq!(standard_errors(&[0.0], |x| -x[0] * x[0]), None, "a top");
    }
}
