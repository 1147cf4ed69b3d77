//! What a planned patient lacks who loses a date, and whether people could have been freed for it.

use crate::engine::handlers::staffing::{exchanged_milli, own_staff_milli, support_bound_milli};
use crate::engine::run::Run;
use crate::outcome::Recorder;
use crate::policy::sentence::Sentence;
use crate::units::HospitalIdx;

/// What a patient lacks who loses a date; the number stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// No bed is free this morning.
    Bed = 1,
    /// The beds that are free are kept for COVID patients.
    KeptBed = 2,
    /// The general teams have no time.
    Team = 3,
    /// The teams of the patient's stream have no time.
    StreamTeam = 4,
    /// The hospital has stopped the patient's class.
    Class = 5,
    /// No bed is expected on the day.
    ExpectedBed = 6,
}

impl Lack {
    /// The sentence behind it.
    pub(crate) const fn sentence(self) -> Sentence {
        match self {
            Self::Bed | Self::Team | Self::StreamTeam => Sentence::A18,
            Self::KeptBed => Sentence::A04,
            Self::Class => Sentence::L03,
            Self::ExpectedBed => Sentence::A20,
        }
    }
}

/// Whether people in the region worked on classes 4 and 5 who could have been freed for what is lacking:
/// for a bed as long as more beds can rest on support, for an operation as long as teams of the stream
/// support the IC themselves.
pub(crate) fn is_too_early<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    lack: Lack,
) -> bool {
    if run.body.regions[run.region_of(hospital).idx()].n_running == 0 {
        return false;
    }
    match lack {
        Lack::Bed | Lack::KeptBed | Lack::ExpectedBed => has_support_left(run, hospital),
        Lack::StreamTeam => run.body.hospitals[hospital.idx()].stream_teams_away,
        Lack::Team => true,
        Lack::Class => false,
    }
}

/// Whether one more bed could rest on support.
fn has_support_left<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> bool {
    let own_staff = own_staff_milli(run, hospital);
    let bound = support_bound_milli(run, hospital, own_staff);
    let decided = run.body.hospitals[hospital.idx()].decided_milli;
    bound - i64::from(decided + exchanged_milli(run, hospital)) >= 1_000
}
