//! The gate for loans of clinic staff: trigger and criteria 0 to 4 (A43 to A45, Z13 to Z17).

use crate::model::clinics::Willingness;
use crate::model::phase::LnazFase;
use crate::model::policy::{GateScope, LoanPolicy, LoanTrigger};
use crate::model::rule::RuleId;
use crate::policy::info::LoanRound;
use crate::units::PerMille;

/// What a loan round of one region comes to: the first step that stopped it, or open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Loans are not yet to be talked about (A43, A44).
    Trigger,
    /// Criterion 0: not all hospitals of the region sign (Z13).
    Signature,
    /// Criterion 1: classes 4 and 5 are not fully scaled down (Z14).
    ScaleDown,
    /// Criterion 2: exchange within the region is still possible (Z15).
    Exchange,
    /// Criterion 3: external staff can still be hired (Z16).
    Hire,
    /// Criterion 4: the loan would prevent no scale-down and no break in COVID care (Z17).
    NoBenefit,
    /// All criteria are met.
    Open,
}

/// Decides a loan round. `has` tells which rules are on; a criterion that is off is passed.
pub fn gate(loans: &LoanPolicy, round: &LoanRound, has: impl Fn(RuleId) -> bool) -> Gate {
    // The criteria are for joint requests; two parties may agree on a loan of their own (A45).
    if loans.trigger == LoanTrigger::VoluntaryAnyTime && triggered(loans.trigger, round) {
        return Gate::Open;
    }
    // Each step with the rule that asks for it.
    let steps = [
        (None, triggered(loans.trigger, round), Gate::Trigger),
        (Some(RuleId::Z13), round.all_signed, Gate::Signature),
        (
            Some(RuleId::Z14),
            fully_scaled_down(loans, round),
            Gate::ScaleDown,
        ),
        (Some(RuleId::Z15), round.spare_milli < 1_000, Gate::Exchange),
        (Some(RuleId::Z16), round.for_hire == 0, Gate::Hire),
        (Some(RuleId::Z17), round.short_milli > 0, Gate::NoBenefit),
    ];
    let stopped = steps
        .into_iter()
        .find(|(rule, met, _)| !met && rule.is_none_or(&has));
    stopped.map_or(Gate::Open, |(_, _, gate)| gate)
}

/// Whether loans may be talked about now (A43 to A45; the texts leave the moment open).
pub fn triggered(trigger: LoanTrigger, round: &LoanRound) -> bool {
    match trigger {
        LoanTrigger::Never => false,
        LoanTrigger::VoluntaryAnyTime => round.short_milli > 0,
        LoanTrigger::FromPhase2D => round.phase >= LnazFase::Fase2D,
        LoanTrigger::ThreatNotice => round.threat || round.phase == LnazFase::Fase3,
        LoanTrigger::Phase3 => round.phase == LnazFase::Fase3,
    }
}

fn fully_scaled_down(loans: &LoanPolicy, round: &LoanRound) -> bool {
    match loans.scope {
        GateScope::AllHospitals => {
            round.scaled_down * 1_000 >= loans.full_scale_down.0 * round.hospitals
        }
        GateScope::RegionAggregate => round.activity <= loans.no_activity,
    }
}

/// Probability that a worker is willing when asked now (Z22, Z29): never a certainty, and never a
/// duty.
pub fn willingness(by: &Willingness, round: &LoanRound) -> PerMille {
    let probability = if round.threat || round.phase == LnazFase::Fase3 {
        by.under_threat
    } else if round.phase == LnazFase::Fase2D {
        by.in_2d
    } else {
        by.before_2d
    };
    PerMille::from_fraction(probability)
}
