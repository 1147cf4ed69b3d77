//! zorgdruk ("pressure on care"): how often is IC-dependent critical plannable care displaced?
pub mod units;
#[cfg(feature = "charts")]
pub mod chart;
