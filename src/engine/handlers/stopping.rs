//! Hospitals that stop classes 4 and 5 when told to, and restart, one by one (L03).

use crate::engine::handlers::pressure;
use crate::engine::run::{Run, hospitals_of, regions};
use crate::outcome::{Recorder, Word};
use crate::policy::scaling;
use crate::policy::sentence::Sentence;
use crate::units::{Day, HospitalIdx, PerMille, RegionIdx};

/// Before the day's program: who is willing and whose lag is over stops; once the order has ended, who
/// stopped restarts.
pub(crate) fn review<R: Recorder>(run: &mut Run<'_, R>) {
    hear_order(run);
    let nation = &run.body.nation;
    let (ordered, lifted) = (nation.stop_ordered, nation.stop_lifted);
    for region in regions(run) {
        if let Some(ordered) = ordered {
            follow(run, region, ordered);
        } else if let Some(lifted) = lifted {
            let calm_since = run.body.regions[region.idx()].calm_since;
            restart_in(run, region, calm_since.unwrap_or(lifted));
        }
    }
}

/// While the order stands, hospitals of a region stop, or restart as after its end where it is calm.
fn follow<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, ordered: Day) {
    let (today, occupancy) = (run.today(), pressure::occupancy(run, region));
    let is_calm = occupancy < run.model.phases.stop.restart_below.0;
    let calm_since = &mut run.body.regions[region.idx()].calm_since;
    *calm_since = calm_since.or(Some(today)).filter(|_| is_calm);
    match *calm_since {
        Some(since) => restart_in(run, region, since),
        None => stop_in(run, region, ordered, occupancy),
    }
}

/// Notes the day on which an order begins or ends.
fn hear_order<R: Recorder>(run: &mut Run<'_, R>) {
    let (today, is_ordered) = (run.today(), run.regime.stops_plannable);
    let nation = &mut run.body.nation;
    if is_ordered {
        nation.stop_ordered.get_or_insert(today);
        nation.stop_lifted = None;
    } else if nation.stop_ordered.take().is_some() {
        nation.stop_lifted = Some(today);
    }
}

fn stop_in<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, ordered: Day, occupancy: u32) {
    let terms = run.model.phases.stop;
    let willing = scaling::willing_to_stop(&terms, occupancy);
    for hospital in hospitals_of(run, region) {
        let [will, lag] = run.world.marks.stop[hospital.idx()].map(u32::from);
        let [_, plannable, deferrable] = run.derived.hospitals[hospital.idx()].operations_milli;
        let has_any = plannable + deferrable > 0;
        let is_willing = has_any && will < willing.0 && run.complies(hospital);
        if is_willing && has_passed(run, ordered, lag, terms.lag_days) {
            set_stopped(run, hospital, true);
        }
    }
}

/// Whoever stopped first restarts last.
fn restart_in<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, since: Day) {
    let days = run.model.phases.stop.restart_days;
    for hospital in hospitals_of(run, region) {
        let [_, lag] = run.world.marks.stop[hospital.idx()].map(u32::from);
        if has_passed(run, since, 1_000 - lag, days) {
            set_stopped(run, hospital, false);
        }
    }
}

/// Whether a hospital's part of `days`, in thousandths, is over since `start`.
fn has_passed<R: Recorder>(run: &Run<'_, R>, start: Day, part: u32, days: u16) -> bool {
    let own = PerMille(part).of(u32::from(days));
    u32::from(run.today().0 - start.0) >= own
}

fn set_stopped<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, stopped: bool) {
    let state = &mut run.body.hospitals[hospital.idx()];
    if state.stopped != stopped {
        state.stopped = stopped;
        let place = (None, Some(hospital));
        run.decided(
            Word::PlannableStopped,
            Sentence::L03,
            place,
            i64::from(stopped),
        );
    }
}
