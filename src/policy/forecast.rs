//! The LCPS forecast of COVID patients on the IC for the coming days (A02, A03).

use crate::model::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::policy::info::Report;

/// COVID IC patients expected `days_ahead`, in thousandths: those who are there and stay, and those
/// who will have come, times one plus the forecaster's error.
///
/// `error_per_day` is the relative error per day ahead in millionths.
pub fn expected_covid_milli(
    forecast: &ForecastModel,
    report: &Report,
    days_ahead: u16,
    error_per_day: i32,
) -> u32 {
    let days = usize::from(days_ahead).min(MAX_HORIZON_DAYS);
    let staying = u64::from(report.covid_ic) * u64::from(forecast.still_there[days].0);
    let coming =
        u64::from(report.covid_ic_week) * u64::from(forecast.admitted_and_there[days].0) / 7;
    let factor = 1_000_000 + i64::from(error_per_day) * i64::from(days_ahead);
    let factor = u64::try_from(factor.max(0)).unwrap_or(0);
    u32::try_from((staying + coming) * factor / 1_000_000).unwrap_or(u32::MAX)
}
