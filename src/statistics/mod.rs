//! Estimators: exact accumulators, intervals, paired comparisons, multiplicity, stopping, selection,
//! and scores of forecasts.
//!
//! The only independent unit is the replication; every function here works on one integer
//! observation per replication (or on a pair of them). Sums are exact integers until the last
//! division, or run over slices in index order, so a result does not depend on threads or shards.
//! Nothing here draws random numbers, prints, or knows what a policy is, except that one side of a
//! comparison is called the baseline.

mod rounding;
mod binomial;
pub mod accumulate;
pub mod confidence;
mod equicoordinate;
pub mod interval;
pub mod histogram;
pub mod mean;
pub mod proportion;
pub mod ratio;
pub mod paired;
pub mod paired_ratio;
pub mod control;
pub mod multiple;
pub mod best;
pub mod selection;
pub mod stopping;
pub mod patient_quantile;
pub mod upper_tail;
pub mod score;
pub mod slope;
