//! How urgent a planned patient is: the class and the due day of today, which change for who becomes more urgent
//! while waiting.

use crate::engine::run::Run;
use crate::engine::state::PlannedStage;
use crate::engine::waiting::WaitKey;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::units::UrgencyClass;
use crate::world::PlannedPatient;

/// A planned patient with the class and the due day of today.
pub(crate) fn as_now<R: Recorder>(run: &Run<'_, R>, patient: u32) -> PlannedPatient {
    let record = run.world.planned[patient as usize];
    let change = record.reclassification;
    match change.filter(|_| run.body.planned[patient as usize].is_reclassified) {
        Some(change) => PlannedPatient {
            class: UrgencyClass::KritiekPlanbareZorg,
            due: change.due,
            ..record
        },
        None => record,
    }
}

/// Where a patient stands in the order of a waiting list.
pub(crate) fn wait_key<R: Recorder>(run: &Run<'_, R>, patient: u32) -> WaitKey {
    WaitKey::of(&as_now(run, patient), patient)
}

/// A patient of class 4 who still waits becomes class 3, in dates and order; a date is kept.
pub(crate) fn reclassify<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let before = wait_key(run, patient);
    let state = &mut run.body.planned[patient as usize];
    let (stage, at) = (state.stage, state.hospital);
    if !matches!(stage, PlannedStage::Waiting | PlannedStage::Scheduled(_)) {
        return;
    }
    state.is_reclassified = true;
    let now = wait_key(run, patient);
    let hospital = &mut run.body.hospitals[at.idx()];
    if let PlannedStage::Scheduled(day) = stage {
        if let Some(position) = hospital.dates.position(day, before) {
            hospital.dates.remove(position);
            hospital.dates.insert(day, now);
        }
    } else if let Some(position) = hospital.waiting.position(before) {
        hospital.waiting.remove(before.class(), position);
        hospital.waiting.insert(now);
    }
    hospital.n_waiting.go(before.class(), before.due());
    hospital.n_waiting.come(now.class(), now.due());
    run.count(at, WeekMeasure::ReclassifiedClass3, 1);
    let due = i64::from(now.due().0);
    run.tell(Word::PlannedReclassified, at, Some(patient), due);
}
