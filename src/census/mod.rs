//! How many patients are present when there is a bed for everyone: means and covariances that
//! follow from admissions and stays alone, without simulating.
//!
//! These are the laws of infinite-server queues with a changing rate (Eick, Massey and Whitt 1993).
//! They are what a simulation without shortages must reproduce, a forecast to beat, and the
//! likelihood of stays given admissions. Nothing here knows capacity or policy.

mod grid;
mod route;
pub mod pathway;
pub mod expected;
pub mod likelihood;

pub use expected::Expected;
pub use likelihood::Moments;
pub use pathway::{Pathway, Presence};
