//! Where patients and clinic workers are, and what happened to them.

use crate::outcome::{EventCounts, FinalStatus};
use crate::units::{Day, HospitalIdx, SimTime};

/// Where a COVID patient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CovidStage {
    #[default]
    NotYet,
    /// On the ward, until the IC is needed, for the first time or again.
    BeforeIc,
    OnIc,
    /// Ready to leave the IC, but the ward is full.
    Blocked,
    /// On the ward until discharge, after the IC or without it.
    Ward,
    /// Ready to leave the ward, but no nursing home or home care has a place.
    AwaitsPlace,
    Gone,
}

/// A COVID patient's place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CovidState {
    pub(crate) stage: CovidStage,
    pub(crate) hospital: HospitalIdx,
    /// Position in the hospital's list of COVID IC patients.
    pub(crate) position: u16,
    /// Where the patient is going, and the moment of arrival there.
    pub(crate) moving_to: Option<(HospitalIdx, SimTime)>,
    /// IC stays that have begun.
    pub(crate) ic_stays: u8,
    /// Moves behind the patient, the hospitals where the first and the last move began, or the IC stay did
    /// as long as there is none, and the moment from which the patient can be moved again.
    pub(crate) moves: u8,
    pub(crate) first: HospitalIdx,
    pub(crate) last: HospitalIdx,
    pub(crate) rests_until: SimTime,
}

/// A COVID patient on the IC. The order is that in which patients are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CovidOnIc {
    pub(crate) transfer_mark: u16,
    pub(crate) patient: u32,
}

/// Where a planned patient is on the way to treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PlannedStage {
    #[default]
    NotYet,
    Waiting,
    /// With a date.
    Scheduled(Day),
    InOperation,
    OnIc,
    /// On the IC as an acute patient, the wait having ended in deterioration.
    OnIcAcute,
    Gone,
}

/// A planned patient's place and ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlannedState {
    pub(crate) stage: PlannedStage,
    pub(crate) hospital: HospitalIdx,
    pub(crate) events: EventCounts,
    /// Whether the patient has become more urgent.
    pub(crate) is_reclassified: bool,
    pub(crate) first_disruption: Option<Day>,
    pub(crate) resolved: Option<(Day, FinalStatus)>,
}

/// A clinic worker's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum WorkerPlace {
    #[default]
    Clinic,
    /// In induction until the day, in the hospital.
    Induction(Day, HospitalIdx),
    Hospital(HospitalIdx),
}

/// A clinic worker's place, and how far the worker has come on the way to a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct WorkerState {
    pub(crate) place: WorkerPlace,
    pub(crate) furthest: LoanStep,
    /// Day on which the worker was first asked.
    pub(crate) asked: Option<Day>,
    /// The hospital that last inducted the worker.
    pub(crate) knows: Option<HospitalIdx>,
}

/// Steps of a clinic worker on the way to a loan; each implies those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum LoanStep {
    #[default]
    NotAsked,
    Asked,
    Willing,
    Competent,
    InRange,
    Inducted,
    Used,
}
