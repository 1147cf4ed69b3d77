//! Plain data of one simulation: what happened to each planned patient, and counts per week and
//! day.
//!
//! An outcome holds whole numbers only and knows nothing of how they came about.

pub mod status;
pub mod lack;
pub mod week;
pub mod day;
pub mod word;
pub mod log;

pub use day::{DayMeasure, DaySeries, RegionalDays};
pub use lack::Lack;
pub use log::{Entry, Log, Recorder, Silent};
pub use status::{DisplacementEvent, EventCounts, FinalStatus, PlannedOutcome};
pub use week::{Page, WeekCounts, WeekMeasure};
pub use word::Word;

/// What one simulation of one world under one policy gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// By planned patient, in the order of the world.
    pub planned: Vec<PlannedOutcome>,
    /// Counts by region and study week.
    pub weeks: WeekCounts,
    /// National numbers by day.
    pub days: DaySeries,
    /// COVID patients in the ICU by region and day; no row keeps them.
    pub regional_days: RegionalDays,
    /// Clinic workers along the way to a loan.
    pub funnel: LoanFunnel,
}

/// How many clinic workers passed each step towards a loan. Each number is at most the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoanFunnel {
    /// All lendable workers.
    pub workers: u32,
    /// Asked at least once, because the gate of their region or a region in range opened.
    pub asked: u32,
    /// Of these: willing when asked.
    pub willing: u32,
    /// Of these: with a competence that was asked for.
    pub competent: u32,
    /// Of these: within travel range of a hospital that asked.
    pub in_range: u32,
    /// Of these: began induction.
    pub inducted: u32,
    /// Of these: worked at least one day in a hospital.
    pub used: u32,
}
