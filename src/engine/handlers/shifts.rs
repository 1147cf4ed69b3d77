//! The morning change of shift: who is present, how many beds that makes, and which are protected.

use crate::engine::event::{Pending, Rank};
use crate::engine::handlers::staffing::{
    own_staff_milli, planning_info, stretch_milli, support_milli, trainer,
};
use crate::engine::handlers::{covid, ward};
use crate::engine::run::{Run, hospitals};
use crate::engine::state::{Leaver, LoanStep, RAMP_DAYS, WorkerPlace};
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::agreement::Protection;
use crate::policy::info::Quota;
use crate::policy::plan::is_from;
use crate::policy::protection;
use crate::policy::sentence::Sentence;
use crate::units::{DAYS_PER_WEEK, HospitalIdx, PerMille, SimTime};
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
        let nurses = run.body.hospitals[hospital.idx()].loaned.ward;
        let per_nurse = PerMille(run.model.staff.ward.milli_inpatients_per_nurse);
        covid::set_extra_beds(run, hospital, per_nurse.of(nurses) / 1_000);
        step_down_first(run, hospital);
        count_borrowed(run, hospital);
    }
}

/// Patients who wait on the IC are the first to get the ward beds that the day's discharges free.
fn step_down_first<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    ward::begin_day(run, hospital);
    let free = SimTime::on(run.today(), run.model.clocks.ward_discharge.minute);
    while let Some(next) = run.body.hospitals[hospital.idx()]
        .step_downs
        .next_of_morning()
    {
        let (kind, who) = match next {
            Leaver::Acute(patient) => {
                let tie = run.world.acute[patient as usize].tie;
                (Pending::AcuteStepDown, (tie, patient))
            }
            Leaver::Planned(patient) => {
                let tie = run.world.planned[patient as usize].tie;
                (Pending::PlannedStepDown, (tie, patient))
            }
        };
        run.schedule(kind, free, Rank::StepDown, who);
    }
}

/// Tells each week that more of the staff stay at home, tired (A17).
fn tell_fatigue<R: Recorder>(run: &mut Run<'_, R>) {
    let value = i64::from(run.tired());
    if value > 0 && run.strained_days().is_multiple_of(DAYS_PER_WEEK) {
        run.decided(Word::StaffTire, Sentence::A17, (None, None), value);
    }
}

/// External staff leave once phases are light again; they can be hired again.
fn end_contracts<R: Recorder>(run: &mut Run<'_, R>) {
    let nation = &run.body.nation;
    if is_from(run.model.phases.measures_kept_from, nation.phase) || !nation.falling {
        return;
    }
    for hospital in hospitals(run.model.hospitals.len()) {
        let state = &mut run.body.hospitals[hospital.idx()];
        let coming: u32 = core::mem::take(&mut state.hired).iter().sum();
        let left = core::mem::take(&mut state.loaned.external) + coming;
        if left > 0 {
            let region = run.region_of(hospital);
            run.body.regions[region.idx()].for_hire_milli += left;
            run.tell(Word::ExternalLeft, hospital, None, i64::from(left));
        }
    }
}

/// Beds on converted staff that were decided some days ago open or close today, and hired nurses whose
/// induction is over begin.
fn work_ramp<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let (now, slot) = (run.now(), run.today().idx() % RAMP_DAYS);
    let state = &mut run.body.hospitals[hospital.idx()];
    let change = core::mem::take(&mut state.ramp[slot]);
    if change != 0 {
        state.converted.change(change, now);
    }
    state.loaned.external += core::mem::take(&mut state.hired[slot]);
}

fn set_beds<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let now = run.now();
    let own_staff = own_staff_milli(run, hospital);
    let converted = run.body.hospitals[hospital.idx()].converted.milli;
    let physical = run.body.ic[hospital.idx()].own.physical;
    let unstretched = own_staff + support_milli(run, hospital, converted);
    let all = unstretched + stretch_milli(run, hospital, own_staff);
    let [staffed, normally] = [all, unstretched].map(|milli| (milli / 1_000).min(physical));
    let ic = &mut run.body.ic[hospital.idx()];
    let before = [ic.own.staffed, ic.own.unstretched];
    ic.set_staffed(staffed, normally, now);
    if before != [staffed, normally] {
        run.tell(Word::BedsStaffed, hospital, None, i64::from(normally));
        let more = i64::from(staffed - normally);
        run.tell(Word::BedsToStretch, hospital, None, more);
    }
    let protected = protected(run, hospital, all);
    let own = &mut run.body.ic[hospital.idx()].own;
    if own.protected != protected {
        own.protected = protected;
        let place = (None, Some(hospital));
        run.decided(
            Word::BedsProtected,
            Sentence::A22,
            place,
            i64::from(protected),
        );
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
            end_induction(run, worker, hospital);
            let body = &mut run.body;
            body.workers[worker].place = WorkerPlace::Hospital(hospital);
            body.workers[worker].furthest = LoanStep::Used;
            body.workers[worker].knows = Some(hospital);
            let loaned = &mut body.hospitals[hospital.idx()].loaned;
            *role_count(loaned, record.role) += record.productivity.0;
            let subject = u32::try_from(worker).ok();
            run.tell(
                Word::WorkerStarts,
                hospital,
                subject,
                i64::from(record.productivity.0),
            );
        }
    }
}

/// A worker whom the hospital did not know takes no trainer any more.
pub(crate) fn end_induction<R: Recorder>(
    run: &mut Run<'_, R>,
    worker: usize,
    hospital: HospitalIdx,
) {
    if run.body.workers[worker].knows != Some(hospital) {
        let trainer = trainer(run);
        let loaned = &mut run.body.hospitals[hospital.idx()].loaned;
        loaned.trainers -= trainer;
        loaned.inductions -= 1;
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
        let nurses = i64::from(loaned.external);
        let price = run.model.staff.external_hire.price_per_day.0;
        run.count(hospital, WeekMeasure::ExternalMilliNurseDays, nurses);
        run.count(hospital, WeekMeasure::ExternalCost, nurses * price / 1_000);
    }
    let received = run.body.hospitals[hospital.idx()].received_milli;
    if received > 0 {
        let teams = i64::from(received);
        run.count(hospital, WeekMeasure::ExchangedMilliTeamDays, teams);
    }
}
