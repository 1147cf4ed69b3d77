//! zorgdruk ("pressure on care"): a discrete-event simulation of Dutch hospitals under a wave of
//! COVID patients, that reports how often IC-dependent critical plannable care is displaced under
//! each policy.
//!
//! Data flows one way, and the modules below stand in that order: scenario file → [`model`] →
//! [`world`] → [`engine`] (per [`policy`]) → [`outcome`] → statistics → reports and charts.

mod files;
#[cfg(feature = "charts")]
mod characters;
pub mod name;
pub mod units;
pub mod numeric;
pub mod random;
pub mod policy;
pub mod scenario;
pub mod observed;
pub mod model;
pub mod census;
pub mod world;
pub mod outcome;
pub mod engine;
pub mod statistics;
pub mod experiment;
pub mod design;
pub mod verify;
pub mod backtest;
pub mod calibrate;
#[cfg(feature = "charts")]
pub mod chart;
pub mod report;
pub mod run;
#[cfg(feature = "cli")]
pub mod cli;
