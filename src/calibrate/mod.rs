//! Fitting figures of a scenario to what was observed.
//!
//! Stays have a likelihood given admissions, which [`stays`] maximizes. How hospitals and staff
//! behave has none: [`behavior`] simulates parameter sets and moves them towards what was observed. Fitting writes no file and changes no
//! scenario; it gives numbers with their intervals.

mod fitted;
mod chance;
mod ensemble;
mod moments;
pub mod observed_wave;
mod stay_error;
mod expected_flow;
mod counts;
mod profile;
pub mod stays;
mod summary;
pub mod behavior;

pub use behavior::{Behavior, Effort, Fit};
pub use counts::{Filled, HISTORY, Run};
pub use fitted::{Fitted, Method, significant};
pub use stay_error::StayError;
