//! The LCPS forecaster: how it turns reported numbers into expected numbers (A02, A03).
//!
//! Expected census h days ahead = part of today's patients who are still there + part of the coming
//! admissions, at the mean of the last seven days, who are. Adding the recent growth of admissions
//! made published Dutch benchmarks worse, so it is left out.

use crate::policy::info::Report;
use crate::units::PerMille;

/// Days ahead that a forecast reaches.
pub const MAX_HORIZON_DAYS: usize = 14;

/// Tables of the forecaster, by days ahead (index 0 = today).
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastModel {
    /// Part of today's COVID IC patients who will still be there.
    pub still_there: [PerMille; MAX_HORIZON_DAYS + 1],
    /// Days' worth of admissions that will be there, in thousandths.
    pub admitted_and_there: [PerMille; MAX_HORIZON_DAYS + 1],
    /// Standard deviation of the log forecast error per day ahead, nationally.
    pub national_sd_log_per_day: f64,
    /// The same for one region.
    pub regional_sd_log_per_day: f64,
    /// Day-to-day correlation of the log error.
    pub rho: f64,
    /// Relative bias of all forecasts, in millionths.
    pub bias_millionths: i32,
    /// Days after which a report is read.
    pub information_delay_days: u16,
    /// Probability that a hospital's daily report is missing, so that the last one counts.
    pub missing_report_probability: f64,
}

/// COVID IC patients expected `days_ahead`, in thousandths: those who are there and stay, and those
/// who will have come, times one plus the forecaster's bias and error.
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
    let error = i64::from(error_per_day) * i64::from(days_ahead);
    let factor = 1_000_000 + i64::from(forecast.bias_millionths) + error;
    let factor = u64::try_from(factor.max(0)).unwrap_or(0);
    u32::try_from((staying + coming) * factor / 1_000_000).unwrap_or(u32::MAX)
}
