//! Experiments: many worlds, all policies in each, collected in the order of the replications.
//!
//! A replication is simulated into a [`record::ReplicationRecord`] of whole numbers. Records are
//! what is stored; every table and chart follows from them through [`analysis::Analysis`].

pub mod study_frame;
mod cohort;
mod displacement;
mod policy_run;
pub mod measure;
pub mod stream;
pub mod record;
pub mod journal;
pub mod shard;
mod opening;
pub mod replicate;
pub mod estimand;
pub mod daily_series;
pub mod trade_off;
pub mod activation;
mod rivals;
mod accumulator;
mod inference;
mod adjustment;
pub mod analysis;
pub mod region_rates;
pub mod multiplicity;
pub mod world_values;
pub mod precision;
pub mod confirm;
pub mod select;
pub mod common_random_numbers;
pub mod ablation;

pub use analysis::Analysis;
pub use cohort::COHORTS;
pub use displacement::WeeklyDisplacement;
pub use measure::Measure;
pub use record::{Chunk, PolicyRecord, ReplicationRecord};
pub use replicate::{Experiment, Part};
pub use shard::Shard;
pub use study_frame::StudyFrame;
pub use world_values::WorldValues;
