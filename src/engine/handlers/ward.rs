//! What the wards of a hospital can do beside their COVID patients: operations with a ward bed, and patients
//! without COVID who leave the IC.

use crate::engine::run::Run;
use crate::engine::state::Leaver;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::units::{HospitalIdx, PerMille};

/// Places for planned inpatients, in thousandths: those that COVID patients and absent nurses leave, with the
/// help of teams who had nothing to do on the last weekday, and those of normal times.
fn places<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> (u64, u64) {
    let staff = &run.model.staff.ward;
    let state = &run.body.hospitals[hospital.idx()];
    let places = run.derived.hospitals[hospital.idx()].planned_inpatients_milli;
    let lent = PerMille(staff.milli_inpatients_per_nurse).of(state.loaned.ward);
    let helped = PerMille(staff.milli_inpatients_per_team).of(state.idle_milli);
    let nursed = run.presence(hospital).of(places) + lent + helped;
    let free = nursed.saturating_sub(staff.covid_weight.0 * run.body.ward[hospital.idx()].patients);
    (u64::from(free.min(places)), u64::from(places.max(1)))
}

/// Inpatient operations, in thousandths, that ward nurses have room for today.
fn capacity<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u64 {
    let usual = run.derived.hospitals[hospital.idx()].inpatient_operations_milli;
    let inpatients: u64 = usual.map(u64::from).iter().sum();
    let (free, places) = places(run, hospital);
    // Below normal pressure the ward sets no limit; above it operations shrink with the free part.
    inpatients * free / places
}

/// Of these: not taken by patients who waited on the IC.
pub(crate) fn operations_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u64 {
    let taken = run.body.hospitals[hospital.idx()].step_downs.taken_milli();
    capacity(run, hospital).saturating_sub(u64::from(taken))
}

/// Class 3 operations, in thousandths a day, for whose patients the ward has no nurses.
pub(crate) fn shortage_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u64 {
    let [critical, _, _] = run.derived.hospitals[hospital.idx()].inpatient_operations_milli;
    u64::from(critical).saturating_sub(operations_milli(run, hospital))
}

/// Whether the ward takes a patient without COVID from the IC now; otherwise the patient waits there.
pub(crate) fn takes<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    patient: Leaver,
) -> bool {
    let has_no_places = || run.derived.hospitals[hospital.idx()].planned_inpatients_milli == 0;
    if run.model.staff.ward.step_down.is_none() || has_no_places() {
        return true;
    }
    if run.body.hospitals[hospital.idx()].step_downs.take(patient) {
        return true;
    }
    let (what, subject) = match patient {
        Leaver::Acute(subject) => (Word::AcuteStepDownBlocked, subject),
        Leaver::Planned(subject) => (Word::PlannedStepDownBlocked, subject),
    };
    run.count(hospital, WeekMeasure::OtherStepDownsBlocked, 1);
    run.tell(what, hospital, Some(subject), 0);
    false
}

/// The room of a new day.
pub(crate) fn begin_day<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let Some(step_down) = run.model.staff.ward.step_down else {
        return;
    };
    let usual = step_down.of(run.derived.hospitals[hospital.idx()].step_downs_per_day_milli);
    let (free, places) = places(run, hospital);
    let room = u64::from(usual) * free / places;
    let [room, operations] =
        [room, capacity(run, hospital)].map(|milli| u32::try_from(milli).unwrap_or(u32::MAX));
    let state = &mut run.body.hospitals[hospital.idx()].step_downs;
    state.begin_day(room, operations);
}
