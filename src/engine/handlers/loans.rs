//! Loan rounds: hiring, and the gate.

use crate::engine::handlers::placement::Standing;
use crate::engine::handlers::planning::need_milli;
use crate::engine::handlers::staffing::planning_info;
use crate::engine::handlers::{exchange, matching};
use crate::engine::run::{Run, hospitals_of, regions};
use crate::engine::state::RAMP_DAYS;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::info::LoanRound;
use crate::policy::loans::{Gate, gate};
use crate::policy::plan::is_from;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, PerMille, RegionIdx};

/// A loan round in every region, every few days from the start of the window.
pub(crate) fn round<R: Recorder>(run: &mut Run<'_, R>) {
    let since = run.today().0.checked_sub(run.model.study.window_start().0);
    let every = run.model.clinics.round_days.max(1);
    if !since.is_some_and(|days| days.is_multiple_of(every)) {
        return;
    }
    for region in regions(run) {
        region_round(run, region);
    }
}

fn region_round<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    count_shortages(run, region);
    let info = round_info(run, region);
    if info.short_milli > 0 && run.regime.scales_down {
        hire(run, region);
    }
    if matching::is_over(run, region) {
        matching::send_back(run, region);
    }
    let (decision, criterion) = gate(&run.regime.loans, &info);
    run.count_region(region, measure(decision), 1);
    run.decided(
        Word::LoanGate,
        criterion.unwrap_or(Sentence::A44),
        (Some(region), None),
        decision as i64,
    );
    if decision == Gate::Open {
        matching::request(run, region, &info);
    }
}

/// Beds that people whom the region's hospitals could still exchange would support, in thousandths.
fn spare_milli<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> u32 {
    let people = hospitals_of(run, region).map(|hospital| exchange::spare_milli(run, hospital));
    PerMille(run.model.staff.milli_beds_per_team).of(people.sum())
}

/// Counts the beds that the region's hospitals are short of, or have beyond their need.
fn count_shortages<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    for hospital in hospitals_of(run, region) {
        let planning = planning_info(run, hospital);
        let short = i64::from(need_milli(run, &planning)) - i64::from(planning.capacity_milli());
        run.body.hospitals[hospital.idx()].short_milli = short;
    }
}

fn round_info<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> LoanRound {
    let n_weeks = run.model.study.n_weeks();
    let week = run.model.study.week(run.today());
    let signs = |hospital: HospitalIdx| {
        let mark = run.world.marks.signature[hospital.idx() * n_weeks + week];
        u32::from(mark) < run.regime.compliance().0
    };
    let hospitals = run.model.hospitals_of(region);
    let short: i64 = run.body.hospitals[hospitals.clone()]
        .iter()
        .map(|hospital| hospital.short_milli.max(0))
        .sum();
    let (done, normal, scaled_down) = plannable_activity(run, region);
    LoanRound {
        prepares: is_from(run.model.phases.clinics_prepare_from, run.body.nation.phase),
        is_heaviest: run.body.nation.phase == run.model.phases.heaviest(),
        threat: run.body.nation.threat,
        all_signed: hospitals_of(run, region).all(signs),
        hospitals: u32::try_from(hospitals.len()).unwrap_or(u32::MAX),
        scaled_down,
        activity: PerMille(u32::try_from(done * 1_000 / normal.max(1)).unwrap_or(u32::MAX)),
        short_milli: u32::try_from(short).unwrap_or(u32::MAX),
        critical_short_milli: run.body.hospitals[hospitals.clone()]
            .iter()
            .map(|hospital| hospital.critical_short_milli)
            .sum(),
        spare_milli: spare_milli(run, region),
        for_hire: run.body.regions[region.idx()].for_hire_milli / 1_000,
    }
}

/// Operations of classes 4 and 5 done on the last weekday and in normal times, and the number of
/// hospitals that had scaled them down in full.
fn plannable_activity<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> (u64, u64, u32) {
    let mut sum = (0, 0, 0);
    for h in run.model.hospitals_of(region) {
        let last = run.body.hospitals[h].last_activity_milli;
        let usual = run.derived.hospitals[h].operations_milli;
        let (done, normal) = (last[1] + last[2], usual[1] + usual[2]);
        sum.0 += u64::from(done);
        sum.1 += u64::from(normal);
        sum.2 += u32::from(done <= run.regime.loans.no_activity.of(normal));
    }
    sum
}

/// The hospital of the region that is shortest of beds, if any is short.
fn shortest<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    let short = |hospital: HospitalIdx| run.body.hospitals[hospital.idx()].short_milli;
    hospitals_of(run, region)
        .filter(|hospital| short(*hospital) > 0)
        .max_by_key(|hospital| Standing::of(run, short(*hospital), *hospital))
}

/// Hires external nurses, as far as there are any, for the hospital that is shortest. A region's part
/// of those who can start is its part of the regular beds.
fn hire<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    let Some(hospital) = shortest(run, region) else {
        return;
    };
    let hired = &run.model.staff.external_hire;
    let share: u64 = hospitals_of(run, region)
        .map(|hospital| u64::from(run.derived.hospitals[hospital.idx()].bed_share))
        .sum();
    let round_days = u64::from(run.model.clinics.round_days.max(1));
    let most = u64::from(hired.nurses_per_week) * share * round_days / 7 / 1_000;
    let begins = run.today().idx() + usize::from(hired.induction_days.max(1));
    let state = &mut run.body.regions[region.idx()];
    let n = u32::try_from(most)
        .unwrap_or(u32::MAX)
        .min(state.for_hire_milli);
    state.for_hire_milli -= n;
    run.body.hospitals[hospital.idx()].hired[begins % RAMP_DAYS] += n;
    run.decided(
        Word::ExternalHired,
        Sentence::Z16,
        (None, Some(hospital)),
        i64::from(n),
    );
}

const fn measure(gate: Gate) -> WeekMeasure {
    match gate {
        Gate::Trigger => WeekMeasure::LoanGateTrigger,
        Gate::Signature => WeekMeasure::LoanGateSignature,
        Gate::ScaleDown => WeekMeasure::LoanGateScaleDown,
        Gate::Exchange => WeekMeasure::LoanGateExchange,
        Gate::Hire => WeekMeasure::LoanGateHire,
        Gate::NoBenefit => WeekMeasure::LoanGateNoBenefit,
        Gate::Open => WeekMeasure::LoanGateOpen,
    }
}
