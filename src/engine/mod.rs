//! The simulation: a deterministic function of model, world and policy.
//!
//! The engine draws nothing, reads no clock, does no input or output, and cannot fail: everything
//! that could go wrong was refused when the scenario was checked.

pub mod calendar;
mod event;
mod beds;
mod dates;
mod fetch;
mod open_days;
mod state;
mod waiting;
mod handlers;
pub mod simulation;

pub use simulation::{Simulator, State};
