//! The IC stay of a COVID patient: how long it will be, whether it is allowed to begin, and the patient's place
//! in the list of the hospital.

use crate::engine::beds::Line;
use crate::engine::run::Run;
use crate::engine::state::CovidOnIc;
use crate::outcome::Recorder;
use crate::units::Minutes;

/// The IC stay that begins now: the first, or that of a patient who comes back.
pub(crate) fn stay_to_come<R: Recorder>(run: &Run<'_, R>, patient: u32) -> Minutes {
    let record = &run.world.covid[patient as usize];
    let is_back = run.body.covid[patient as usize].ic_stays > 0;
    let again = record.readmission.filter(|_| is_back);
    again.map_or(record.ic, |again| again.ic)
}

/// IC stay that is expected of a patient: the patient's own where it can be foreseen, or else the mean.
pub(crate) fn expected_stay<R: Recorder>(run: &Run<'_, R>, patient: u32) -> Minutes {
    let record = &run.world.covid[patient as usize];
    if u32::from(record.home_mark) < run.model.covid.foreseen_permille {
        stay_to_come(run, patient)
    } else {
        run.derived.mean_covid_ic_stay
    }
}

/// Whether the phase keeps this patient from the IC, in a hospital that does what was agreed.
pub(crate) fn is_refused<R: Recorder>(run: &Run<'_, R>, patient: u32) -> bool {
    run.regime.longest_ic_stay.is_some_and(|longest| {
        let hospital = run.body.covid[patient as usize].hospital;
        expected_stay(run, patient) > longest && run.complies(hospital)
    })
}

/// A patient takes a bed of the IC where the patient is.
pub(crate) fn add_to_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let body = &mut run.body;
    let state = &mut body.covid[patient as usize];
    let hospital = &mut body.hospitals[state.hospital.idx()];
    body.ic[state.hospital.idx()].admit(Line::Covid, now);
    state.position = u16::try_from(hospital.covid_on_ic.len()).unwrap_or(u16::MAX);
    hospital.covid_on_ic.push(CovidOnIc {
        transfer_mark: run.world.covid[patient as usize].transfer_mark,
        patient,
    });
}

/// A patient gives up the bed of the IC.
pub(crate) fn remove_from_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let body = &mut run.body;
    let state = body.covid[patient as usize];
    let hospital = &mut body.hospitals[state.hospital.idx()];
    body.ic[state.hospital.idx()].release(Line::Covid, now);
    hospital
        .covid_on_ic
        .swap_remove(usize::from(state.position));
    if let Some(moved) = hospital.covid_on_ic.get(usize::from(state.position)) {
        body.covid[moved.patient as usize].position = state.position;
    }
}
