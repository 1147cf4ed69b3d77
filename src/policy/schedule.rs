//! A policy as the engine has it: the regimes of all days and phases, worked out before anything is
//! simulated.

use core::ops::Range;

use crate::policy::levers::{PhaseControl, Policy};
use crate::policy::plan::{Phase, PhasePlan};
use crate::policy::regime::{Reading, Regime, Regional};
use crate::policy::sentence::SentenceSet;
use crate::policy::{clinics_2021, framework_2020, lnaz_plan, supplement_2021, without_documents};
use crate::units::{Day, RegionIdx};

/// The regimes of one policy.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Days on which something can change, earliest first; the first is day 0.
    starts: Vec<Day>,
    /// By start, then by phase.
    regimes: Vec<Regime>,
    /// By start, phase and region.
    regional: Vec<Regional>,
    n_phases: usize,
    n_regions: usize,
    /// Sentences that the policy strikes out; only the log reads them.
    pub struck: SentenceSet,
}

/// Where a regime stands in a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(usize);

impl Schedule {
    /// What `policy` means under `plan` in a country with `n_regions` regions, where reports are read
    /// after `report_age_days` in normal times.
    pub fn new(policy: &Policy, plan: &PhasePlan, n_regions: usize, report_age_days: u16) -> Self {
        let starts = starts(policy);
        let (mut regimes, mut regional) = (Vec::new(), Vec::new());
        for &day in &starts {
            for phase in plan.phases() {
                let today = Reading {
                    policy,
                    plan,
                    report_age_days,
                    day,
                    phase,
                };
                regimes.push(regime(&today));
                let regions = (0..n_regions).map(RegionIdx::at);
                regional.extend(regions.map(|region| supplement_2021::regional(&today, region)));
            }
        }
        Self {
            starts,
            regimes,
            regional,
            n_phases: plan.records.len(),
            n_regions,
            struck: policy.disabled,
        }
    }

    /// Where the regime of `day` in `phase` stands.
    pub fn position(&self, day: Day, phase: Phase) -> Position {
        let begun = self.starts.partition_point(|start| *start <= day);
        Position((begun - 1) * self.n_phases + phase.idx())
    }

    /// The regime at `position`.
    pub fn regime(&self, position: Position) -> &Regime {
        &self.regimes[position.0]
    }

    /// What the regime at `position` means to `region`.
    pub fn regional(&self, position: Position, region: RegionIdx) -> &Regional {
        &self.regional[position.0 * self.n_regions + region.idx()]
    }

    /// Whether the country can be in `phase` on one of `days`, once the policy has set its phase.
    pub fn may_enter(&self, phase: Phase, days: &Range<Day>) -> bool {
        let forced = |day| self.regime(self.position(day, phase)).forced_phase;
        let mut changes = self.changes(days);
        changes.any(|day| forced(day).is_none_or(|forced| forced == phase))
    }

    /// Whether hospitals are told to stop classes 4 and 5 in `phase` on one of `days`.
    pub fn stops_plannable(&self, phase: Phase, days: &Range<Day>) -> bool {
        let stops = |day| self.regime(self.position(day, phase)).stops_plannable;
        self.may_enter(phase, days) && self.changes(days).any(stops)
    }

    /// Whether this policy and `other` mean something else in `phase` on one of `days`.
    pub fn differs_in(&self, phase: Phase, other: &Self, days: &Range<Day>) -> bool {
        let mut changes = self.changes(days).chain(other.changes(days));
        changes.any(|day| !self.agrees_in(phase, other, day))
    }

    /// The days within `days` on which something can change, and their first.
    fn changes(&self, days: &Range<Day>) -> impl Iterator<Item = Day> {
        let (first, end) = (days.start, days.end);
        let changes = self.starts.iter().map(move |start| (*start).max(first));
        changes.filter(move |day| *day < end)
    }

    /// The first of `days` on which this policy and `other` mean something else in some phase; the end
    /// of `days` when there is none.
    pub fn parts_from(&self, other: &Self, days: Range<Day>) -> Day {
        let changes = self.changes(&days).chain(other.changes(&days));
        let phases = || (0..self.n_phases).map(Phase::at);
        let parts = |day: &Day| !phases().all(|phase| self.agrees_in(phase, other, *day));
        changes.filter(parts).min().unwrap_or(days.end)
    }

    /// Whether both mean the same on `day` in `phase`.
    fn agrees_in(&self, phase: Phase, other: &Self, day: Day) -> bool {
        let (own, others) = (self.position(day, phase), other.position(day, phase));
        let mut regions = (0..self.n_regions).map(RegionIdx::at);
        self.regime(own) == other.regime(others)
            && regions.all(|region| self.regional(own, region) == other.regional(others, region))
    }
}

/// What holds without any document, amended by the plan and then by each document in the order of their
/// dates.
fn regime(today: &Reading<'_>) -> Regime {
    let mut regime = without_documents::regime(today);
    lnaz_plan::amend(today, &mut regime);
    framework_2020::amend(today, &mut regime);
    supplement_2021::amend(today, &mut regime);
    clinics_2021::amend(today, &mut regime);
    regime
}

/// Days on which what `policy` means can change.
fn starts(policy: &Policy) -> Vec<Day> {
    let calendar = match &policy.phases {
        PhaseControl::Endogenous => &[],
        PhaseControl::Forced(calendar) => calendar.as_slice(),
    };
    let documents = [
        Some(Day(0)),
        policy.plan_from,
        policy.framework_from,
        policy.supplement_from,
        policy.clinic_policy_from,
        policy.finance.scheme_from,
    ];
    let mut starts: Vec<Day> = documents
        .into_iter()
        .flatten()
        .chain(calendar.iter().map(|(day, _)| *day))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}
