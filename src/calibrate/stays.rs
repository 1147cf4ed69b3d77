//! Stays of COVID patients from daily admissions and censuses.
//!
//! Admissions are taken as they were; each patient then is an independent trial, so mean and
//! covariance of the censuses are known exactly (see [`crate::census::likelihood`]). The maximum of
//! the likelihood is found by a simplex search over the logarithms of the parameters, and their
//! intervals from its profile.

use crate::calibrate::counts::{Counts, Filled, counts};
use crate::calibrate::expected_flow::ic_shares;
use crate::calibrate::fitted::{Fitted, Method};
use crate::calibrate::profile::Profile;
use crate::calibrate::stay_error::StayError;
use crate::census::likelihood::{Fit, Way, moments};
use crate::census::{Pathway, Presence};
use crate::model::Model;
use crate::model::demand::CovidDemand;
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
/// Size of the first simplex, on the log scale, and how close the likelihoods at its corners are at the end.
const SEARCH: (f64, f64) = (0.1, 1e-7);

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
        let way = Way {
            parts: None,
            presence: &presence,
        };
        moments(&counts.admissions, &[way], &counts.days).fit(&counts.census)
    };
    fitted("covid.ic_stay", &model.covid.ic_stay.days, &counts, fit)
}

fn ic_stay_in_hospital(model: &Model, observed: &Observed) -> Result<StayFit, StayError> {
    let pair = (ObservedSeries::HospitalAdmissions, ObservedSeries::CovidIc);
    let counts = counts(model, observed, pair)?;
    let parts = ic_shares(model, counts.first, counts.admissions.by_day.len());
    let fit = |stay: &Distribution| {
        let pathway = Pathway::with_ic_stay(&model.covid, stay, FOLLOWED, STEPS);
        let way = Way {
            parts: Some(&parts),
            presence: &pathway.ic_presence(FOLLOWED, MORNING),
        };
        moments(&counts.admissions, &[way], &counts.days).fit(&counts.census)
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
    let with = ic_shares(model, counts.first, counts.admissions.by_day.len());
    let without: Vec<f64> = with.iter().map(|share| 1.0 - share).collect();
    let [_, with_ic] = Pathway::new(&model.covid, FOLLOWED, STEPS).ward_presence(FOLLOWED, MORNING);
    let fit = |stay: &Distribution| {
        let without_ic = Presence::of_stay(stay, FOLLOWED, count_moment());
        let ways = [(&without, &without_ic), (&with, &with_ic)];
        let ways = ways.map(|(parts, presence)| Way {
            parts: Some(parts),
            presence,
        });
        moments(&counts.admissions, &ways, &counts.days).fit(&counts.census)
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
    let best = minimum(&logs, SEARCH, cost);
    let undetermined = |path: &str| StayError::Undetermined(path.to_owned());
    let at_best = fit(&with_parameters(stay, &exponents(&best)));
    let dispersion = at_best.ok_or_else(|| undetermined(path))?.dispersion;
    let profile = Profile::new(&best, cost, rise(counts.census.len(), best.len()));
    let one = |at: usize| {
        let range = Interval {
            low: libm::log(ranges[at].low),
            high: libm::log(ranges[at].high),
        };
        let interval = profile.interval(at, range);
        let interval = interval.ok_or_else(|| undetermined(&paths[at]))?;
        Ok(Fitted {
            path: paths[at].clone(),
            value: libm::exp(best[at]),
            interval: Interval {
                low: libm::exp(interval.low),
                high: libm::exp(interval.high),
            },
            method: Method::Likelihood,
            n: counts.census.len(),
            dispersion,
        })
    };
    Ok(StayFit {
        figures: (0..paths.len()).map(one).collect::<Result<_, _>>()?,
        filled: counts.filled,
    })
}

/// By how much the log-likelihood may fall from its maximum within an interval of 95 %. With the variance unknown, as
/// the dispersion makes it, twice the fall is n ln(1 + t²/(n - p)) for a t with n - p degrees of freedom, exactly
/// for a linear model (Bates and Watts 1988, §6.1); with many days it is the chi-squared of Wilks (1938). The first of the
/// `n_days` counts is not fitted.
fn rise(n_days: usize, n_parameters: usize) -> f64 {
    let n = n_days.saturating_sub(1) as f64;
    let freedom = n - n_parameters as f64;
    let t = Confidence::P95.t(freedom);
    0.5 * n * libm::log1p(t * t / freedom)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_days_give_the_interval_of_wilks_and_few_a_wider_one() {
        let chi = 0.5 * 3.841_458_821;
        assert!(
            (rise(100_001, 2) - chi).abs() < 1e-3,
            "{}",
            rise(100_001, 2)
        );
        // t(12) at 97.5 % is 2.17881.
        let few = 0.5 * 14.0 * libm::log(1.0 + 2.178_81 * 2.178_81 / 12.0);
        assert!((rise(15, 2) - few).abs() < 1e-4, "{}", rise(15, 2));
    }
}
