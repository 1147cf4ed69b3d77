//! Planners of a hospital: how many beds to staff in the coming days, and who gets a date.

use crate::engine::handlers::program::Outlook;
use crate::engine::handlers::shifts::own_staff_milli;
use crate::engine::handlers::{hospitals_of, program, regions};
use crate::engine::simulation::Run;
use crate::engine::state::RAMP_DAYS;
use crate::outcome::Recorder;
use crate::policy::info::Planning;
use crate::policy::levers::{CriticalNeed, ScaleDownTiming};
use crate::policy::scaling;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, PerMille};

/// Plans capacity and program in all hospitals.
pub(crate) fn plan_day<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        let outlook = (program::notice_days(run) > 0).then(|| Outlook::of_region(run, region));
        for hospital in hospitals_of(run, region) {
            let planning = planning_info(run, hospital);
            plan_capacity(run, hospital, &planning);
            program::plan(run, hospital, planning.own_staff_milli, outlook.as_ref());
        }
    }
}

/// What the planners of `hospital` know.
pub(crate) fn planning_info<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Planning {
    let state = &run.body.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let ic = &run.body.ic[hospital.idx()];
    let own = &ic.own;
    let rules = run.in_force();
    let published = rules.framework(Sentence::A02) && rules.framework(Sentence::A03);
    Planning {
        present: own.covid + own.acute,
        planned: own.planned,
        covid_milli: if published {
            ic.allocation_milli
        } else {
            own.covid * 1_000
        },
        acute_milli: table.acute_milli_beds,
        critical_milli: table.critical_milli_beds,
        own_staff_milli: own_staff_milli(run, hospital),
        converted_milli: state.decided_milli,
    }
}

/// Staffed beds that the hospital prepares for, in thousandths, under the rules in force.
pub(crate) fn need_milli<R: Recorder>(run: &Run<'_, R>, planning: &Planning) -> u32 {
    let (timing, critical) = reading(run);
    scaling::need_milli(timing, critical, planning)
}

/// When hospitals prepare, and what they count as need, under the rules in force.
fn reading<R: Recorder>(run: &Run<'_, R>) -> (ScaleDownTiming, CriticalNeed) {
    let rules = run.in_force();
    let timing = if !rules.framework(Sentence::A04) {
        ScaleDownTiming::Late
    } else if rules.supplement_without(Sentence::A17) {
        ScaleDownTiming::Forecast
    } else {
        run.policy.scale_down
    };
    let critical = if rules.supplement(Sentence::A23) {
        run.policy.critical_need
    } else {
        CriticalNeed::Excluded
    };
    (timing, critical)
}

/// Tells what moves the need away from the hospital's own census and the plain forecast: the number
/// that it was told (A03), its timing (A17), and critical plannable care (A23).
fn tell_reasons<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, planning: &Planning) {
    let (timing, critical) = reading(run);
    let need = |timing, critical| i64::from(scaling::need_milli(timing, critical, planning));
    let own = run.body.ic[hospital.idx()].own.covid * 1_000;
    let told = i64::from(planning.covid_milli) - i64::from(own);
    let decided = need(timing, critical);
    let timed = if run.in_force().supplement(Sentence::A17) {
        decided - need(ScaleDownTiming::Forecast, critical)
    } else {
        0
    };
    let counted = decided - need(timing, CriticalNeed::Excluded);
    for (what, rule, value) in [
        ("told-otherwise", Sentence::A03, told),
        ("need-by-timing", Sentence::A17, timed),
        ("need-counts-critical", Sentence::A23, counted),
    ] {
        if value != 0 {
            run.decided(what, rule, (None, Some(hospital)), value);
        }
    }
}

/// The hospital's part of the beds that the phase tells the country to open, in thousandths: none
/// once phases go down, when the hospital does not do what was agreed, or when it only acts with its
/// own beds full.
fn ordered_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let follows = !run.body.nation.falling
        && run.in_force().framework(Sentence::A04)
        && run.policy.scale_down != ScaleDownTiming::Late
        && run.complies(hospital);
    if !follows {
        return 0;
    }
    let phase = run.body.nation.phase;
    let beds = run.model.phases.records[phase.idx()].ordered_ic_beds;
    let share = run.derived.hospitals[hospital.idx()].bed_share;
    u32::try_from(u64::from(beds) * u64::from(share) / 1_000).unwrap_or(u32::MAX)
}

/// Decides on beds on converted staff, to open or close some days from now.
fn plan_capacity<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, planning: &Planning) {
    if R::LISTENS {
        tell_reasons(run, hospital, planning);
    }
    let need = need_milli(run, planning).max(ordered_milli(run, hospital));
    let change = match scaling::change_milli(need, planning) {
        0 => return,
        open @ 1.. => open.min(most_to_open(run, hospital, planning)),
        close => close.max(-most_to_close(run, hospital)),
    };
    if change == 0 {
        return;
    }
    let slot = (run.today().idx() + usize::from(run.model.staff.ramp_delay_days)) % RAMP_DAYS;
    let change = i32::try_from(change).unwrap_or(0);
    let state = &mut run.body.hospitals[hospital.idx()];
    state.decided_milli = state.decided_milli.saturating_add_signed(change);
    state.ramp[slot] += change;
    run.decided(
        "capacity-decided",
        Sentence::A04,
        (None, Some(hospital)),
        i64::from(change),
    );
}

/// Beds that can still be decided on, in thousandths: the hospital's part of the national ramp,
/// within bed places, convertible staff, freed teams and the phase's number of beds.
fn most_to_open<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, planning: &Planning) -> i64 {
    let staff = &run.model.staff;
    let record = &run.model.hospitals[hospital.idx()];
    let own = i64::from(planning.own_staff_milli);
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share);
    let of_share = |national: u64| i64::try_from(national * share / 1_000_000).unwrap_or(0);
    let ramp = of_share(u64::from(staff.ramp_milli_beds_per_day));
    let support =
        own * i64::from(staff.max_support.0) / i64::from(1_000 - staff.max_support.0.min(999));
    let teams = PerMille(staff.milli_beds_per_team).of(record.or_teams_milli);
    let mut bound = (i64::from(record.physical_beds.0) * 1_000 - own)
        .min(support)
        .min(i64::from(teams));
    if run.in_force().framework(Sentence::A04) {
        let phase = run.body.nation.phase;
        let beds = run.model.phases.records[phase.idx()].national_ic_beds;
        bound = bound.min(of_share(u64::from(beds) * 1_000) - own);
    }
    (bound - i64::from(planning.converted_milli)).clamp(0, ramp)
}

/// Beds that can be decided to close today, in thousandths.
fn most_to_close<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> i64 {
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share);
    let national = u64::from(run.model.staff.ramp_down_milli_beds_per_day);
    i64::try_from(national * share / 1_000_000).unwrap_or(0)
}
