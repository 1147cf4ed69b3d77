//! The end of a simulation: last books, and what became of everyone.

use crate::engine::handlers::statistics::close_hospital_week;
use crate::engine::run::{Run, hospitals};
use crate::engine::state::{LoanStep, PlannedStage, PlannedState, WorkerState};
use crate::outcome::{
    DisplacementEvent, FinalStatus, LoanFunnel, Outcome, PlannedOutcome, Recorder,
};
use crate::units::Day;
use crate::world::PlannedPatient;

/// Closes the books and gives the outcome.
pub(crate) fn outcome<R: Recorder>(mut run: Run<'_, R>) -> Outcome {
    run.move_to(run.model.study.end_time());
    let last_week = run.model.study.n_weeks() - 1;
    for hospital in hospitals(run.model.hospitals.len()) {
        close_hospital_week(&mut run, hospital, last_week);
    }
    let end = run.model.study.end();
    let offer = run.model.planned.offer_days_before_norm;
    let world = run.world;
    let body = run.body;
    let planned = world
        .planned
        .iter()
        .zip(&body.planned)
        .map(|(patient, state)| patient_outcome(due_now(patient, state), state, end, offer))
        .collect();
    Outcome {
        planned,
        weeks: body.weeks,
        days: body.days,
        regional_days: body.regional_days,
        funnel: funnel(&body.workers),
    }
}

/// The last day within the norm, as it is at the end.
fn due_now(patient: &PlannedPatient, state: &PlannedState) -> Day {
    let change = patient.reclassification.filter(|_| state.is_reclassified);
    change.map_or(patient.due, |change| change.due)
}

fn patient_outcome(
    due: Day,
    state: &PlannedState,
    end: Day,
    offer_days_before_norm: u16,
) -> PlannedOutcome {
    let mut events = state.events;
    let (resolved, status) = match state.resolved {
        Some((day, status)) => (Some(day), status),
        None if due < end => (None, FinalStatus::UntreatedOverdue),
        None => (None, FinalStatus::UntreatedNotDue),
    };
    let never_dated = state.stage == PlannedStage::Waiting && !events.is_disrupted();
    let offer_by = due.0.saturating_sub(offer_days_before_norm);
    if never_dated && offer_by < end.0 && events.of(DisplacementEvent::NoDateOffered) == 0 {
        events.add(DisplacementEvent::NoDateOffered);
    }
    PlannedOutcome {
        status,
        events,
        first_disruption: state.first_disruption,
        resolved,
        hospital: state.hospital,
        is_reclassified: state.is_reclassified,
    }
}

fn funnel(workers: &[WorkerState]) -> LoanFunnel {
    let count = |step: LoanStep| {
        let passed = workers
            .iter()
            .filter(|worker| worker.furthest >= step)
            .count();
        u32::try_from(passed).unwrap_or(u32::MAX)
    };
    LoanFunnel {
        workers: count(LoanStep::NotAsked),
        asked: count(LoanStep::Asked),
        willing: count(LoanStep::Willing),
        competent: count(LoanStep::Competent),
        in_range: count(LoanStep::InRange),
        inducted: count(LoanStep::Inducted),
        used: count(LoanStep::Used),
    }
}
