//! Escalation when agreements are not kept or access is under pressure (A35 to A38).

use crate::engine::run::{Run, hospitals_of, regions};
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::regime::EscalationTerms;
use crate::units::{DAYS_PER_WEEK, PerMille, RegionIdx};

/// What counts each level.
const REACHED: [WeekMeasure; 3] = [
    WeekMeasure::EscalationsToLevel1,
    WeekMeasure::EscalationsToLevel2,
    WeekMeasure::EscalationsToLevel3,
];
/// The level at which authorities intervene.
pub(crate) const INTERVENTION: u8 = 3;

/// Counts the days of pressure in each region, raises levels, and lets them act after their delay.
pub(crate) fn watch<R: Recorder>(run: &mut Run<'_, R>) {
    let Some(escalation) = run.regime.escalation else {
        return;
    };
    let mut has_changed = false;
    for region in regions(run) {
        let pressed = escalation.watches && is_pressed(run, region, &escalation);
        count_day(run, region, pressed);
        raise(run, region, &escalation);
        let bonus = bonus(run, region, &escalation);
        let state = &mut run.body.regions[region.idx()].escalation;
        has_changed |= state.bonus != bonus;
        state.bonus = bonus;
        let level = i64::from(state.level);
        run.count_region(region, WeekMeasure::EscalationLevelDays, level);
    }
    if has_changed {
        run.renew_standings();
    }
}

/// The region offers less than was asked of it, or its overdue patients, as the care authority
/// counts them, are many (A38).
fn is_pressed<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    escalation: &EscalationTerms,
) -> bool {
    let state = &run.body.regions[region.idx()];
    let hospitals = u32::try_from(hospitals_of(run, region).count()).unwrap_or(u32::MAX);
    let many = escalation
        .terms
        .overdue_milli_per_hospital
        .saturating_mul(hospitals);
    let counted = escalation.counts_overdue;
    state.offered < state.requested || counted && overdue(run, region) * 1_000 > many
}

/// Overdue class 3 patients that the region's hospitals published.
pub(crate) fn overdue<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> u32 {
    hospitals_of(run, region)
        .map(|hospital| run.body.hospitals[hospital.idx()].published.overdue)
        .sum()
}

/// A week without pressure ends the escalation.
fn count_day<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, pressed: bool) {
    let state = &mut run.body.regions[region.idx()].escalation;
    if pressed {
        state.pressure_days += 1;
        state.calm_days = 0;
        return;
    }
    state.calm_days = (state.calm_days + 1).min(DAYS_PER_WEEK);
    if state.calm_days == DAYS_PER_WEEK {
        state.pressure_days = 0;
        state.level = 0;
    }
}

/// Each level follows the one below after its days of pressure.
fn raise<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, escalation: &EscalationTerms) {
    let state = run.body.regions[region.idx()].escalation;
    let level = usize::from(state.level);
    let Some(sentence) = escalation.levels.get(level).copied() else {
        return;
    };
    let is_time = state.pressure_days >= escalation.terms.after_days[level];
    if is_time && sentence.is_some() {
        let today = run.today();
        let state = &mut run.body.regions[region.idx()].escalation;
        state.level += 1;
        state.since = today;
        let (reached, level) = (level, i64::from(state.level));
        run.count_region(region, REACHED[reached], 1);
        run.decided(Word::Escalated, sentence, (Some(region), None), level);
    }
}

/// What is added to compliance: a step for each of the first two levels, certainty at the third.
fn bonus<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    escalation: &EscalationTerms,
) -> PerMille {
    let state = &run.body.regions[region.idx()].escalation;
    let has_effect = run.today() >= state.since.plus(escalation.terms.delay_days);
    let level = state.level.saturating_sub(u8::from(!has_effect));
    match level {
        INTERVENTION.. => PerMille::ONE,
        level => PerMille(escalation.terms.compliance_step.0 * u32::from(level)),
    }
}
