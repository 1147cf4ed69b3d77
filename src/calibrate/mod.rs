//! Fitting figures of a scenario to what was observed.
//!
//! Stays have a likelihood given admissions, which [`stays`] maximizes. How hospitals and staff
//! behave has none: [`behavior`] simulates parameter sets in the same worlds and weighs them by
//! how far their summaries lie from the observed ones. Fitting writes no file and changes no
//! scenario; it gives numbers with their intervals.

mod fitted;
mod quadratic_surface;
pub mod observed_wave;
mod stay_error;
mod counts;
pub mod stays;
mod summary;
mod synthetic_likelihood;
pub mod behavior;

pub use behavior::{Behavior, Effort};
pub use counts::{Filled, HISTORY};
pub use fitted::{Fitted, Method, significant};
pub use stay_error::StayError;
