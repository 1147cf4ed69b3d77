//! The morning change of shift: who is present, how many beds that makes, and which are protected.

use crate::engine::handlers::planning::planning_info;
use crate::engine::handlers::{covid, hospitals, matching};
use crate::engine::simulation::Run;
use crate::engine::state::{LoanStep, RAMP_DAYS, WorkerPlace};
use crate::outcome::{Recorder, WeekMeasure};
use crate::policy::agreement::Protection;
use crate::policy::info::Quota;
use crate::policy::plan::is_from;
use crate::policy::protection;
use crate::policy::sentence::Sentence;
use crate::units::{DAYS_PER_WEEK, HospitalIdx, PerMille};
use crate::world::Role;

/// Begins the day in all hospitals.
pub(crate) fn begin_day<R: Recorder>(run: &mut Run<'_, R>) {
    if R::LISTENS {
        tell_fatigue(run);
    }
    end_inductions(run);
    covid::fill_places(run);
    end_contracts(run);
    for hospital in hospitals(run.model.hospitals.len()) {
        work_ramp(run, hospital);
        set_beds(run, hospital);
        count_borrowed(run, hospital);
    }
}

/// Beds that the hospital's own nurses, and nurses who joined them, staff today, in thousandths.
pub(crate) fn own_staff_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let nursed = run.nursed_milli(hospital);
    let loaned = &run.body.hospitals[hospital.idx()].loaned;
    let joined = loaned.ic + loaned.external;
    if joined == 0 && loaned.trainers == 0 {
        return nursed;
    }
    let per_nurse = PerMille(run.model.staff.milli_beds_per_nurse);
    (nursed + per_nurse.of(joined)).saturating_sub(per_nurse.of(loaned.trainers))
}

/// Beds that the hospital's own nurses staff when so many of them are present, in thousandths: more
/// beds per nurse in heavier phases (A05).
pub(crate) fn nursed_milli<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    presence: PerMille,
) -> u32 {
    let present = presence.of(run.derived.hospitals[hospital.idx()].workforce_milli);
    run.regime.beds_per_nurse.of(present)
}

/// Staff present today relative to normal times: sick leave, and those whom fatigue keeps at home.
pub(crate) fn presence_on<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    tired: u32,
) -> PerMille {
    let absent = run.world.absence.at(hospital, run.today()).0;
    let absent = (absent + tired).min(1_000);
    PerMille((1_000 - absent) * 1_000 / run.derived.normal_presence.0)
}

/// Part of the staff whom fatigue keeps at home, in thousandths: it grows while heavy phases last
/// (A17). People tire whatever is written; the switch of the sentence takes it away where the
/// supplement is in force.
pub(crate) fn tired<R: Recorder>(run: &Run<'_, R>) -> u32 {
    if run.regime.staff_tire {
        run.model.staff.fatigue_per_week.0 * u32::from(strained_days(run) / DAYS_PER_WEEK)
    } else {
        0
    }
}

/// Days for which heavy phases have lasted.
fn strained_days<R: Recorder>(run: &Run<'_, R>) -> u16 {
    let since = run.body.nation.strained_since;
    since.map_or(0, |since| run.today().0.saturating_sub(since.0))
}

/// Tells each week that more of the staff stay at home, tired (A17).
fn tell_fatigue<R: Recorder>(run: &mut Run<'_, R>) {
    let value = i64::from(tired(run));
    if value > 0 && strained_days(run).is_multiple_of(DAYS_PER_WEEK) {
        run.decided("staff-tire", Sentence::A17, (None, None), value);
    }
}

/// External staff leave once phases are light again; they can be hired again.
fn end_contracts<R: Recorder>(run: &mut Run<'_, R>) {
    let nation = &run.body.nation;
    if is_from(run.model.phases.measures_kept_from, nation.phase) || !nation.falling {
        return;
    }
    for hospital in hospitals(run.model.hospitals.len()) {
        let loaned = &mut run.body.hospitals[hospital.idx()].loaned;
        let left = core::mem::take(&mut loaned.external);
        if left > 0 {
            let region = run.region_of(hospital);
            run.body.regions[region.idx()].for_hire_milli += left;
            run.tell("external-left", hospital, None, i64::from(left));
        }
    }
}

/// Beds on converted staff that were decided some days ago open or close today.
fn work_ramp<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let (now, slot) = (run.now(), run.today().idx() % RAMP_DAYS);
    let state = &mut run.body.hospitals[hospital.idx()];
    let change = core::mem::take(&mut state.ramp[slot]);
    if change != 0 {
        state.converted.change(change, now);
    }
}

fn set_beds<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let now = run.now();
    let own_staff = own_staff_milli(run, hospital);
    let converted = run.body.hospitals[hospital.idx()].converted.milli;
    let physical = run.body.ic[hospital.idx()].own.physical;
    let staffed = ((own_staff + converted) / 1_000).min(physical);
    let ic = &mut run.body.ic[hospital.idx()];
    let before = ic.own.staffed;
    ic.set_staffed(staffed, now);
    if before != staffed {
        run.tell("beds-staffed", hospital, None, i64::from(staffed));
    }
    let protected = protected(run, hospital, own_staff + converted);
    let own = &mut run.body.ic[hospital.idx()].own;
    if own.protected != protected {
        own.protected = protected;
        let place = (None, Some(hospital));
        run.decided("beds-protected", Sentence::A22, place, i64::from(protected));
    }
}

/// Beds kept for critical plannable care: only where the region agreed on it (A21, A22). They are
/// the last line to be given up when pressure falls: not before the phase is below 2B (A24).
fn protected<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, staffed_milli: u32) -> u32 {
    let region = run.region_of(hospital);
    let is_released = run.body.nation.falling && !run.regime.keeps_protection;
    let protection = run.regional(region).protection;
    if protection == Protection::None || !run.has_agreed(region) || is_released {
        return 0;
    }
    let first = run.model.hospitals_of(region).start;
    let quota = Quota {
        week: run.model.study.week(run.today()),
        position: hospital.idx() - first,
        operated: run.body.hospitals[hospital.idx()].operated_class_3,
        usual_per_week_milli: run.derived.hospitals[hospital.idx()].critical_per_week_milli,
        staffed_milli,
    };
    protection::protected_beds(protection, &planning_info(run, hospital), &quota)
}

/// Lent workers whose induction is over begin to work.
fn end_inductions<R: Recorder>(run: &mut Run<'_, R>) {
    if run.body.n_lent == 0 {
        return;
    }
    let today = run.today();
    for worker in 0..run.world.workers.len() {
        let WorkerPlace::Induction(until, hospital) = run.body.workers[worker].place else {
            continue;
        };
        if until <= today {
            let record = run.world.workers[worker];
            let trainer = matching::trainer(run);
            let body = &mut run.body;
            body.workers[worker].place = WorkerPlace::Hospital(hospital);
            body.workers[worker].furthest = LoanStep::Used;
            let loaned = &mut body.hospitals[hospital.idx()].loaned;
            loaned.trainers -= trainer;
            *role_count(loaned, record.role) += record.productivity.0;
            let subject = u32::try_from(worker).ok();
            run.tell(
                "worker-starts",
                hospital,
                subject,
                i64::from(record.productivity.0),
            );
        }
    }
}

/// The count of a role among borrowed staff.
pub(crate) const fn role_count(loaned: &mut crate::engine::state::Loaned, role: Role) -> &mut u32 {
    match role {
        Role::Ic => &mut loaned.ic,
        Role::Or => &mut loaned.or,
        Role::Ward => &mut loaned.ward,
    }
}

fn count_borrowed<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let loaned = run.body.hospitals[hospital.idx()].loaned;
    let clinic_staff = loaned.ic + loaned.or + loaned.ward;
    if clinic_staff > 0 {
        run.count(
            hospital,
            WeekMeasure::LoanedMilliNurseDays,
            i64::from(clinic_staff),
        );
    }
    if loaned.external > 0 {
        run.count(
            hospital,
            WeekMeasure::ExternalMilliNurseDays,
            i64::from(loaned.external),
        );
    }
}
