//! The gate for loans of clinic staff: trigger and criteria 0 to 4 (A43 to A45, Z13 to Z17).

use crate::policy::conditions::ByRegime;
use crate::policy::info::LoanRound;
use crate::policy::levers::{GateScope, LoanPolicy, LoanPurpose, LoanTrigger};
use crate::policy::plan::LnazFase;
use crate::policy::sentence::Sentence;
use crate::units::{Cents, PerMille};

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
pub fn gate(loans: &LoanPolicy, round: &LoanRound, has: impl Fn(Sentence) -> bool) -> Gate {
    // The criteria are for joint requests; two parties may agree on a loan of their own (A45).
    if loans.trigger == LoanTrigger::VoluntaryAnyTime && triggered(loans.trigger, round) {
        return Gate::Open;
    }
    // Each step with the rule that asks for it.
    let steps = [
        (None, triggered(loans.trigger, round), Gate::Trigger),
        (Some(Sentence::Z13), round.all_signed, Gate::Signature),
        (
            Some(Sentence::Z14),
            fully_scaled_down(loans, round),
            Gate::ScaleDown,
        ),
        (
            Some(Sentence::Z15),
            round.spare_milli < 1_000,
            Gate::Exchange,
        ),
        (Some(Sentence::Z16), round.for_hire == 0, Gate::Hire),
        (Some(Sentence::Z17), round.short_milli > 0, Gate::NoBenefit),
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
/// duty. Without the survey in phase 2D (Z22) nobody is asked again before phase 3 threatens;
/// without the clinics' favorable attitude (Z30) the threat changes nothing.
pub fn willingness(by: &ByRegime, round: &LoanRound, has: impl Fn(Sentence) -> bool) -> PerMille {
    let [before_2d, in_2d, under_threat] = *by;
    let asked_in_2d = if has(Sentence::Z22) { in_2d } else { before_2d };
    if round.threat || round.phase == LnazFase::Fase3 {
        if has(Sentence::Z30) {
            under_threat
        } else {
            asked_in_2d
        }
    } else if round.phase == LnazFase::Fase2D {
        asked_in_2d
    } else {
        before_2d
    }
}

/// Whether a worker whose deployability is clear suits the purpose of the loan (Z19, Z23).
pub fn suits(purpose: LoanPurpose, without_covid: bool) -> bool {
    match purpose {
        LoanPurpose::CovidToo => true,
        LoanPurpose::WithoutCovid => without_covid,
    }
}

/// Whether a clinic accepts a loan for its business case (Z10): what it loses and nobody makes up
/// for, per weekday, is within its bound. A team that is stopped already loses nothing more.
pub fn pays(loss: Cents, compensated: PerMille, bound: Option<Cents>) -> bool {
    let left = loss.0 * i64::from(1_000 - compensated.0.min(1_000)) / 1_000;
    bound.is_none_or(|bound| left <= bound.0)
}
