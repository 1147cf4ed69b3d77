//! The sentence behind the loss of a date, and whether people could have been freed for what was lacking.

use crate::engine::handlers::staffing::{exchanged_milli, own_staff_milli, support_bound_milli};
use crate::engine::run::Run;
use crate::outcome::{Lack, Recorder};
use crate::policy::sentence::Sentence;
use crate::units::HospitalIdx;

/// The sentence behind the loss of a date.
pub(crate) const fn sentence_behind(lack: Lack) -> Sentence {
    match lack {
        Lack::Bed | Lack::Team | Lack::StreamTeam => Sentence::A18,
        Lack::KeptBed => Sentence::A04,
        Lack::Class => Sentence::L03,
        Lack::ExpectedBed => Sentence::A20,
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
