//! The gate for loans of clinic staff: trigger and criteria 0 to 4 (A43 to A45, Z13 to Z17).

use crate::policy::info::LoanRound;
use crate::policy::levers::{GateScope, LoanPurpose, LoanTrigger};
use crate::policy::sentence::Sentence;
use crate::units::{Cents, PerMille};

/// What holds for loans now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one sentence of the scheme holds"
)]
pub struct LoanTerms {
    /// Whether loans can be talked about at all.
    pub is_open: bool,
    /// When they can be.
    pub trigger: LoanTrigger,
    /// Criteria 0 to 4 that are asked for, by their sentence: signatures, scale-down, exchange, hire,
    /// benefit.
    pub criteria: [Option<Sentence>; 5],
    /// Part of a region's hospitals that must have scaled classes 4 and 5 down in full.
    pub full_scale_down: PerMille,
    /// Activity of classes 4 and 5, relative to normal, that still counts as none.
    pub no_activity: PerMille,
    /// Whether criterion 1 looks at each hospital or at the region as a whole.
    pub scope: GateScope,
    /// Whether hospitals must specify which staff they need.
    pub specifies: bool,
    /// Whether clinics prepared in phase 2D, so that steps take less time and an inventory exists.
    pub prepares: bool,
    /// Days that a request waits before anyone takes it up.
    pub wait_days: u16,
    /// Whether only workers whom an inventory lists are asked.
    pub takes_inventory: bool,
    /// Whether it must be clear for which care a worker can be deployed.
    pub checks_deployability: bool,
    /// For which care staff may be lent; any care when `None`.
    pub purpose: Option<LoanPurpose>,
    /// Probability that a worker is willing, without and under the threat of the heaviest phase.
    pub willingness: [PerMille; 2],
    /// Most uncompensated loss per lent worker and weekday that a clinic accepts; no bound when `None`.
    pub most_uncompensated: Option<Cents>,
    /// Part of lost production that insurers make up for.
    pub compensated: PerMille,
    /// Whether lent workers are inducted before they work.
    pub inducts: bool,
    /// Whether workers travel as far as they are asked to.
    pub travels_anywhere: bool,
    /// Whether a team stops that misses one worker.
    pub stops_teams: bool,
}

impl LoanTerms {
    /// Nothing is lent.
    pub const NONE: Self = Self {
        is_open: false,
        trigger: LoanTrigger::Never,
        criteria: [None; 5],
        full_scale_down: PerMille::ONE,
        no_activity: PerMille::ZERO,
        scope: GateScope::AllHospitals,
        specifies: false,
        prepares: false,
        wait_days: 0,
        takes_inventory: false,
        checks_deployability: false,
        purpose: None,
        willingness: [PerMille::ZERO; 2],
        most_uncompensated: None,
        compensated: PerMille::ZERO,
        inducts: false,
        travels_anywhere: false,
        stops_teams: false,
    };
}

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

/// Decides a loan round: the first step that stopped it, and the criterion's sentence. A criterion that
/// nobody asks for is passed.
pub fn gate(terms: &LoanTerms, round: &LoanRound) -> (Gate, Option<Sentence>) {
    if !terms.is_open || !triggered(terms.trigger, round) {
        return (Gate::Trigger, None);
    }
    // The criteria are for joint requests; two parties may agree on a loan of their own (A45).
    if terms.trigger == LoanTrigger::VoluntaryAnyTime {
        return (Gate::Open, None);
    }
    let met = [
        (round.all_signed, Gate::Signature),
        (fully_scaled_down(terms, round), Gate::ScaleDown),
        (round.spare_milli < 1_000, Gate::Exchange),
        (round.for_hire == 0, Gate::Hire),
        (
            round.short_milli > 0 || round.critical_short_milli > 0,
            Gate::NoBenefit,
        ),
    ];
    met.into_iter()
        .zip(terms.criteria)
        .find(|((met, _), criterion)| !met && criterion.is_some())
        .map_or((Gate::Open, None), |((_, gate), criterion)| {
            (gate, criterion)
        })
}

/// Whether loans may be talked about now (A43 to A45; the texts leave the moment open).
pub fn triggered(trigger: LoanTrigger, round: &LoanRound) -> bool {
    match trigger {
        LoanTrigger::Never => false,
        LoanTrigger::VoluntaryAnyTime => round.short_milli > 0,
        LoanTrigger::FromPhase2D => round.prepares,
        LoanTrigger::ThreatNotice => round.threat || round.is_heaviest,
        LoanTrigger::Phase3 => round.is_heaviest,
    }
}

fn fully_scaled_down(terms: &LoanTerms, round: &LoanRound) -> bool {
    match terms.scope {
        GateScope::AllHospitals => {
            round.scaled_down * 1_000 >= terms.full_scale_down.0 * round.hospitals
        }
        GateScope::RegionAggregate => round.activity <= terms.no_activity,
    }
}

/// Whether a worker whose deployability is clear suits the purpose of the loan (Z19, Z23).
pub fn suits(purpose: Option<LoanPurpose>, without_covid: bool) -> bool {
    purpose != Some(LoanPurpose::WithoutCovid) || without_covid
}

/// Whether a clinic accepts a loan for its business case (Z10): what it loses and nobody makes up
/// for, per weekday, is within its bound. A team that is stopped already loses nothing more.
pub fn pays(loss: Cents, compensated: PerMille, bound: Option<Cents>) -> bool {
    let left = loss.0 * i64::from(1_000 - compensated.0.min(1_000)) / 1_000;
    bound.is_none_or(|bound| left <= bound.0)
}
