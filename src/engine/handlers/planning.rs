//! Planners of a hospital: how many beds to staff in the coming days, and who gets a date.

use crate::engine::handlers::program;
use crate::engine::handlers::program::Outlook;
use crate::engine::handlers::staffing::{freeable_milli, planning_info, support_bound_milli};
use crate::engine::run::{Run, hospitals_of, regions};
use crate::engine::state::RAMP_DAYS;
use crate::outcome::{Recorder, Word};
use crate::policy::info::Planning;
use crate::policy::levers::{CriticalNeed, ScaleDownTiming};
use crate::policy::scaling;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, PerMille};

/// Plans capacity and program in all hospitals.
pub(crate) fn plan_day<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        let outlook = (run.regime.levers.notice_days > 0).then(|| Outlook::of_region(run, region));
        for hospital in hospitals_of(run, region) {
            let planning = planning_info(run, hospital);
            plan_capacity(run, hospital, &planning);
            let nursed = planning.own_staff_milli + planning.stretch_milli;
            program::plan(run, hospital, nursed, outlook.as_ref());
        }
    }
}

/// Staffed beds that the hospital prepares for, in thousandths.
pub(crate) fn need_milli<R: Recorder>(run: &Run<'_, R>, planning: &Planning) -> u32 {
    let regime = run.regime;
    scaling::need_milli(regime.timing.value, regime.critical_need, planning)
}

/// Tells what moves the need away from the hospital's own census and the plain forecast: the number
/// that it was told (A03), its timing (A17), and critical plannable care (A23).
fn tell_reasons<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, planning: &Planning) {
    let (timing, critical) = (run.regime.timing, run.regime.critical_need);
    let need = |timing, critical| i64::from(scaling::need_milli(timing, critical, planning));
    let own = run.body.ic[hospital.idx()].own.covid * 1_000;
    let told = i64::from(planning.covid_milli) - i64::from(own);
    let decided = need(timing.value, critical);
    let timed = timing
        .sentence
        .map_or(0, |_| decided - need(ScaleDownTiming::Forecast, critical));
    let counted = decided - need(timing.value, CriticalNeed::Excluded);
    for (what, rule, value) in [
        (Word::ToldOtherwise, Some(Sentence::A03), told),
        (Word::NeedByTiming, timing.sentence, timed),
        (Word::NeedCountsCritical, Some(Sentence::A23), counted),
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
    if run.body.nation.falling || !run.complies(hospital) {
        return 0;
    }
    let beds = run.regime.ordered_beds;
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
        Word::CapacityDecided,
        Sentence::A04,
        (None, Some(hospital)),
        i64::from(change),
    );
}

/// Beds that can still be decided on, in thousandths: the hospital's part of the national ramp, within
/// what may rest on converted staff and within the teams that it can free.
fn most_to_open<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, planning: &Planning) -> i64 {
    let staff = &run.model.staff;
    let table = &run.derived.hospitals[hospital.idx()];
    let national = u64::from(staff.ramp_milli_beds_per_day);
    let ramp = i64::try_from(national * u64::from(table.bed_share) / 1_000_000).unwrap_or(0);
    let sent = run.body.hospitals[hospital.idx()].sent_milli;
    let teams = freeable_milli(run, hospital).saturating_sub(sent);
    let teams = i64::from(PerMille(staff.milli_beds_per_team).of(teams));
    let bound = support_bound_milli(run, hospital, planning.own_staff_milli);
    let exchanged = i64::from(planning.exchanged_milli);
    // Nobody is freed for a unit that cannot become whole.
    let unit = i64::from(staff.unit_milli);
    let bound = bound.min(teams + exchanged).div_euclid(unit) * unit - exchanged;
    (bound - i64::from(planning.converted_milli)).clamp(0, ramp)
}

/// Beds that can be decided to close today, in thousandths.
fn most_to_close<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> i64 {
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share);
    let national = u64::from(run.model.staff.ramp_down_milli_beds_per_day);
    i64::try_from(national * share / 1_000_000).unwrap_or(0)
}
