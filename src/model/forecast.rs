//! The LCPS forecaster: how it turns reported numbers into expected numbers.
//!
//! Expected census h days ahead = part of today's patients who are still there + part of the coming
//! admissions, at the mean of the last seven days, who are. Adding the recent growth of admissions
//! made published Dutch benchmarks worse, so it is left out.

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
    /// Days after which a report is read.
    pub information_delay_days: u16,
    /// Probability that a hospital's daily report is missing, so that the last one counts.
    pub missing_report_probability: f64,
}
