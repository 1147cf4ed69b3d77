//! Acute patients without COVID: always admitted somewhere, above the staffed beds if need be.

use crate::engine::beds::Line;
use crate::engine::event::{Pending, Rank};
use crate::engine::handlers::placement::place_for;
use crate::engine::handlers::{pressure, ward};
use crate::engine::run::Run;
use crate::engine::state::Leaver;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::admission;

/// An acute patient needs the IC.
pub(crate) fn arrive<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let record = run.world.acute[patient as usize];
    run.count(record.hospital, WeekMeasure::AcuteAdmissions, 1);
    if is_cared_for_outside_ic(run, patient) {
        run.count(record.hospital, WeekMeasure::AcuteOutsideIc, 1);
        run.tell(Word::AcuteOutsideIc, record.hospital, Some(patient), 0);
        return;
    }
    let Some(place) = place_for(run, record.hospital) else {
        run.count(record.hospital, WeekMeasure::AcuteExported, 1);
        run.tell(Word::AcuteExported, record.hospital, Some(patient), 0);
        return;
    };
    if !admission::acute_fits(&run.body.ic[place.idx()].own) {
        run.count(place, WeekMeasure::AcuteInOverload, 1);
    }
    let now = run.now();
    run.body.acute[patient as usize] = place;
    run.body.ic[place.idx()].admit(Line::Acute, now);
    run.tell(
        Word::AcuteAdmitted,
        place,
        Some(patient),
        i64::from(record.stay.0),
    );
    let who = (record.tie, patient);
    run.schedule(Pending::AcuteExit, now + record.stay, Rank::Discharge, who);
}

/// An acute patient is ready to leave the IC.
pub(crate) fn end_stay<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.acute[patient as usize];
    if ward::takes(run, hospital, Leaver::Acute(patient)) {
        leave(run, patient);
    }
}

/// An acute patient leaves the IC.
pub(crate) fn leave<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let hospital = run.body.acute[patient as usize];
    run.body.ic[hospital.idx()].release(Line::Acute, now);
    run.tell(Word::AcuteLeft, hospital, Some(patient), 0);
}

/// Whether this patient is among those who can be cared for outside the IC, at the pressure of
/// this moment.
fn is_cared_for_outside_ic<R: Recorder>(run: &Run<'_, R>, patient: u32) -> bool {
    let demand = &run.model.acute;
    let record = &run.world.acute[patient as usize];
    let mark = u32::from(record.substitution_mark);
    if mark >= demand.substitutable_permille {
        return false;
    }
    let occupancy = pressure::occupancy(run, run.region_of(record.hospital));
    let part = admission::substituted(
        occupancy,
        demand.substitution_from_permille,
        demand.substitution_full_permille,
    );
    mark < part.of(demand.substitutable_permille)
}
