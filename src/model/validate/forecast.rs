//! The forecaster's tables.

use crate::model::demand::CovidDemand;
use crate::numeric::{Tail, normal};
use crate::policy::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::scenario::shape;
use crate::units::{MINUTES_PER_DAY, PerMille, millionths};

/// Largest factor on an expected census.
const MOST: PerMille = PerMille(3_000);
/// Steps per day in which the survival of a stay is summed.
const STEPS_PER_DAY: u32 = 24;

/// Tables by days ahead, and the forecaster's errors.
pub(super) fn build(file: &shape::Forecast, covid: &CovidDemand) -> ForecastModel {
    let there = days_there(|minutes| covid.ic_stay_exceeds(minutes));
    let mean = covid.ic_stay.table.mean_ticks() / f64::from(MINUTES_PER_DAY);
    ForecastModel {
        still_there: there.map(|days| still_there(days, mean)),
        admitted_and_there: there.map(PerMille::from_fraction),
        national_sd_log_per_day: file.national_sd_log_per_day,
        regional_sd_log_per_day: file.regional_sd_log_per_day,
        rho: file.rho,
        bias_millionths: millionths(file.bias),
        missing_report_probability: file.missing_report_probability,
        information_delay_days: file.information_delay_days,
    }
}

/// The factor on an expected census that gives its quantile at `level`, `days` ahead, when the log
/// of the forecast error is normal with `sd_log_per_day` per day: exp(z · sd · days), at most 3.
pub(super) fn quantile_factor(level: f64, sd_log_per_day: f64, days: usize) -> PerMille {
    let z = normal::quantile(Tail::Lower(level));
    let factor = libm::exp(z * sd_log_per_day * days as f64);
    PerMille::from_fraction(factor).min(MOST)
}

/// Days' worth of admissions that are present after 0, 1, 2, ... days of constant inflow: the
/// integral of the survival function (of minutes), by the trapezoidal rule.
fn days_there(survival: impl Fn(u32) -> f64) -> [f64; MAX_HORIZON_DAYS + 1] {
    let step = MINUTES_PER_DAY / STEPS_PER_DAY;
    let mut days = [0.0; MAX_HORIZON_DAYS + 1];
    let mut minute = 0;
    for ahead in 1..days.len() {
        let mut sum = 0.0;
        for _ in 0..STEPS_PER_DAY {
            sum += 0.5 * (survival(minute) + survival(minute + step));
            minute += step;
        }
        days[ahead] = days[ahead - 1] + sum / f64::from(STEPS_PER_DAY);
    }
    days
}

/// Part of a census that is still there when `days` days' worth of newcomers are: a patient met at
/// a random moment of a stationary stay has the residual survival 1 - ∫S/mean (renewal theory).
fn still_there(days: f64, mean: f64) -> PerMille {
    if mean > 0.0 {
        PerMille::from_fraction(1.0 - days / mean)
    } else {
        PerMille::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Distribution, QuantileTable};

    fn stay(distribution: Distribution) -> QuantileTable {
        QuantileTable::new(&distribution, MINUTES_PER_DAY).expect("valid parameters")
    }

    #[test]
    fn an_exponential_census_decays_like_its_stay() {
        let mean = 5.0;
        let stay = stay(Distribution::Exponential { mean });
        let there = days_there(|minutes| stay.survival(minutes));
        for (ahead, days) in there.iter().enumerate() {
            let survival = libm::exp(-(ahead as f64) / mean);
            assert!(
                (days - mean * (1.0 - survival)).abs() < 2e-3,
                "newcomers after {ahead} days"
            );
            let still = still_there(*days, mean).as_fraction();
            assert!(
                (still - survival).abs() < 2e-3,
                "still there after {ahead} days: {still}"
            );
        }
    }

    #[test]
    fn a_quantile_factor_grows_with_the_days_ahead_and_is_bounded() {
        assert_eq!(
            quantile_factor(0.8, 0.011, 0),
            PerMille::ONE,
            "today is known"
        );
        assert_eq!(
            quantile_factor(0.8, 0.011, 10),
            PerMille(1_097),
            "exp(0.8416 * 0.11)"
        );
        assert_eq!(quantile_factor(0.999, 0.5, 14), MOST, "bounded");
        assert_eq!(quantile_factor(0.5, 0.011, 14), PerMille::ONE, "the median");
    }
}
