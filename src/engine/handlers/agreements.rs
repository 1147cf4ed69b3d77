//! Meetings of each ROAZ: agreement on protecting critical plannable care (A21, A25, A26).

use crate::engine::handlers::escalation::{INTERVENTION, overdue};
use crate::engine::run::{Run, hospitals_of, regions};
use crate::outcome::{Recorder, Word};
use crate::policy::sentence::Sentence;
use crate::units::RegionIdx;

/// The weekly meeting of all regions.
pub(crate) fn meet<R: Recorder>(run: &mut Run<'_, R>) {
    let week = run.model.study.week(run.today());
    for region in regions(run) {
        let mark = run.world.marks.agreement[region.idx() * run.model.study.n_weeks() + week];
        talk(run, region, mark);
    }
}

/// A meeting that the chair calls because access is under pressure, at most one a week (A25, A35).
pub(crate) fn meet_on_demand<R: Recorder>(run: &mut Run<'_, R>) {
    let week = run.model.study.week(run.today());
    for region in regions(run) {
        if run.body.regions[region.idx()].called_in != Some(week) && is_called(run, region) {
            run.body.regions[region.idx()].called_in = Some(week);
            run.decided(Word::MeetingCalled, Sentence::A25, (Some(region), None), 0);
            let marks = &run.world.marks.called_meeting;
            talk(
                run,
                region,
                marks[region.idx() * run.model.study.n_weeks() + week],
            );
        }
    }
}

fn is_called<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> bool {
    if !run.regime.calls_meetings || has_agreement(run, region) {
        return false;
    }
    let many = run.regime.meet_at_overdue;
    let state = &run.body.regions[region.idx()];
    state.escalation.level > 0 || many.is_some_and(|many| overdue(run, region) >= u32::from(many))
}

fn has_agreement<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> bool {
    run.body.regions[region.idx()].agreed_from.is_some()
}

/// A region without agreement reaches one with the policy's probability, by a keyed `mark`. Without
/// the duty to come to terms (A26) all hospitals must want it; authorities can force it (A37).
fn talk<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, mark: u16) {
    let Some(agreement) = run.regime.agreement else {
        return;
    };
    if has_agreement(run, region) {
        return;
    }
    let forced = run.body.regions[region.idx()].escalation.level >= INTERVENTION;
    let agrees = agreement.probability.map_or_else(
        || hospitals_of(run, region).all(|hospital| run.complies(hospital)),
        |probability| u32::from(mark) < probability.0,
    );
    if !(agrees || forced) {
        return;
    }
    let from = run.today().plus(agreement.days);
    run.body.regions[region.idx()].agreed_from = Some(from);
    let sentence = if agrees { Sentence::A21 } else { Sentence::A37 };
    let (place, value) = ((Some(region), None), i64::from(from.0));
    run.decided(Word::AgreementReached, sentence, place, value);
    if agreement.days > 0 {
        let days = i64::from(agreement.days);
        run.decided(Word::AgreementWaits, Sentence::A26, place, days);
    }
}
