//! The simulation: a deterministic function of model, world and policy.
//!
//! The engine draws nothing, reads no clock, does no input or output, and cannot fail: everything
//! that could go wrong was refused when the scenario was checked.

pub mod calendar;
mod event;
mod beds;
mod dates;
mod open_days;
mod waiting;
mod people;
mod step_downs;
mod state;
mod run;
mod prefetch;
mod handlers;
pub mod simulation;

pub use run::State;
pub use simulation::Simulator;
