//! Experiments: many worlds, all policies in each, collected in the order of the replications.
//!
//! A replication is simulated into a [`record::ReplicationRecord`] of whole numbers. Records are
//! what is stored; every table and chart follows from them through [`analysis::Analysis`].

pub mod frame;
mod cohort;
mod displacement;
mod policy_run;
pub mod measure;
pub mod record;
pub mod journal;
pub mod shard;
mod opening;
pub mod conduct;
pub mod estimand;
pub mod series;
pub mod trade_off;
pub mod activation;
mod rivals;
mod accumulator;
mod inference;
pub mod analysis;
pub mod multiplicity;
pub mod spread;
pub mod precision;
pub mod confirm;
pub mod select;
pub mod crn;
pub mod ablation;

pub use analysis::Analysis;
pub use cohort::COHORTS;
pub use conduct::{Experiment, Part};
pub use displacement::WeeklyDisplacement;
pub use frame::Frame;
pub use measure::Measure;
pub use record::{Chunk, PolicyRecord, ReplicationRecord};
pub use shard::Shard;
pub use spread::Spread;
