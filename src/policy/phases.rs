//! Moves between the phases of a plan, and the notice that the heaviest threatens (A11, A44, Z01).

use crate::policy::info::National;
use crate::policy::levers::PhaseControl;
use crate::policy::plan::{Phase, PhasePlan, ThreatNotice};
use crate::units::{Day, PerMille};

/// Part of the notice's threshold below which the notice is withdrawn.
const WITHDRAWN_BELOW: PerMille = PerMille(950);

/// The phase from now on, decided at a national epoch.
///
/// Up: to the heaviest phase whose threshold the expected COVID census reaches. Down: one phase at
/// a time, after the minimum dwell and when the census expected is well below the threshold, so
/// that the country does not move to and fro.
pub fn next_phase(plan: &PhasePlan, info: &National) -> Phase {
    let reached = |phase: &Phase| info.covid_in_a_week >= plan.record(*phase).enter_at_covid_ic;
    let up = plan.phases().rev().find(reached).unwrap_or(Phase::FIRST);
    if up > info.phase {
        return up;
    }
    let stayed = info.day.0.saturating_sub(info.phase_since.0) >= plan.minimum_dwell_days;
    let leave_below = plan
        .hysteresis
        .of(plan.record(info.phase).enter_at_covid_ic);
    if stayed && info.covid_in_a_week < leave_below && info.phase > Phase::FIRST {
        return Phase::at(info.phase.idx() - 1);
    }
    info.phase
}

/// The phase that a calendar prescribes on `day`; `None` when phases follow the plan.
pub fn forced_phase(control: &PhaseControl, day: Day) -> Option<Phase> {
    let PhaseControl::Forced(calendar) = control else {
        return None;
    };
    let past = calendar.iter().take_while(|(start, _)| *start <= day);
    Some(past.last().map_or(Phase::FIRST, |(_, phase)| *phase))
}

/// Whether the notice that the heaviest phase threatens is out from now on: the upper quantile of
/// expected need exceeds the beds that the country can have before it.
pub fn threat_notice(plan: &PhasePlan, notice: &ThreatNotice, info: &National) -> bool {
    let need = notice.quantile_factor.of(info.covid_at_horizon) + info.other_need;
    let limit = if info.threat {
        WITHDRAWN_BELOW.of(notice.beds)
    } else {
        notice.beds
    };
    need > limit && info.phase > Phase::FIRST && info.phase < plan.heaviest()
}
