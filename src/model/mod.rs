//! The validated, immutable description of one study: regions, hospitals, demand, staff, clinics,
//! phases and policies.
//!
//! Every field holds a value that the rest of the program may trust without another check; a
//! [`Model`] comes into being only through a checked scenario, and nobody outside changes one. Quantities that the engine reads are
//! integers; distributions and rates, which only the world draws from, are floats.

pub mod study;
pub mod size;
pub mod vocabulary;
pub mod geography;
pub mod demand;
pub mod staff;
pub mod clinics;
pub mod clocks;
pub mod derived;
pub mod parameter_sets;
pub mod uncertainty;
pub mod validate;
pub mod remarks;

use core::ops::Deref;

use crate::name::Name;
use crate::policy::forecast::ForecastModel;
use crate::policy::levers::Policy;
use crate::policy::plan::PhasePlan;
use crate::policy::schedule::Schedule;
use clinics::Clinics;
use clocks::Clocks;
use demand::{AcuteDemand, CovidDemand, PlannedDemand, SessionDemand};
use geography::{Hospital, Region};
use staff::Staff;
use study::Study;
use vocabulary::Vocabulary;

/// One study, ready to simulate: its parts as they were checked, to read.
#[derive(Debug, Clone)]
pub struct Model(Parts);

/// What a model consists of.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Short machine name of the scenario, for example `nl-autumn-2021`.
    pub key: String,
    /// Title for reports.
    pub title: Name,
    /// What things are called in reports.
    pub words: Vocabulary,
    /// The calendar: burn-in, evaluation window, follow-up.
    pub study: Study,
    /// ROAZ regions, in the order of the scenario.
    pub regions: Vec<Region>,
    /// Hospitals, grouped by region in the order of the regions.
    pub hospitals: Vec<Hospital>,
    /// COVID admissions and their pathway through the hospital.
    pub covid: CovidDemand,
    /// Acute patients without COVID who need intensive care.
    pub acute: AcuteDemand,
    /// Planned patients who need intensive care after their operation.
    pub planned: PlannedDemand,
    /// Operations that need no intensive care, as counts per day.
    pub sessions: SessionDemand,
    /// Hospital staff: what a nurse, an operating-room team and a freed session are worth.
    pub staff: Staff,
    /// Independent clinics and the staff that they could lend.
    pub clinics: Clinics,
    /// National phases and the threat notice.
    pub phases: PhasePlan,
    /// When deciders meet.
    pub clocks: Clocks,
    /// How the LCPS forecaster turns reports into expectations.
    pub forecast: ForecastModel,
    /// The policies to compare; never empty.
    pub(crate) policies: Vec<Policy>,
    /// Position in `policies` of the baseline of all comparisons.
    pub(crate) baseline: usize,
    /// What `run` does when the command line does not say.
    pub defaults: RunDefaults,
    /// Figures that are not known exactly; no simulation reads them.
    pub uncertain: Vec<uncertainty::UncertainFigure>,
    /// Sets of these figures that fit a record together, if they were fitted; no simulation reads them.
    pub posterior: Option<parameter_sets::ParameterSets>,
}

impl Deref for Model {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Run settings that a scenario may set and the command line may override.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunDefaults {
    /// Number of replications, at least 1.
    pub n_replications: u32,
    /// Master seed of all keyed draws.
    pub seed: u64,
}

impl Model {
    /// The policies to compare, in the order of the scenario; never empty.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// Position in [`Self::policies`] of the baseline of all comparisons.
    pub const fn baseline(&self) -> usize {
        self.0.baseline
    }

    /// The same study with parts that no scenario can give it, for comparison with theory.
    pub(crate) fn changed(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(&mut self.0);
        self
    }

    /// The same study with other policies, the one at position `baseline` their baseline; `None` when
    /// there is none at that position.
    pub fn with_policies(mut self, policies: Vec<Policy>, baseline: usize) -> Option<Self> {
        policies.get(baseline)?;
        (self.0.policies, self.0.baseline) = (policies, baseline);
        Some(self)
    }

    /// The same study with the policies called `keys` only, in the order of the scenario, and its
    /// baseline in any case.
    #[must_use]
    pub fn narrowed(mut self, keys: &[String]) -> Self {
        let baseline = self.policies[self.baseline].key.clone();
        let is_baseline = |policy: &Policy| policy.key == baseline;
        (self.0.policies).retain(|policy| is_baseline(policy) || keys.contains(&policy.key));
        self.0.baseline = self.policies.iter().position(is_baseline).unwrap_or(0);
        self
    }

    /// The same study with the policies called `keys`, in this order, the first of them as the baseline;
    /// as it is when it has none of these.
    #[must_use]
    pub fn reduced_to(mut self, keys: &[String]) -> Self {
        let of_key = |key: &String| self.policies.iter().find(|policy| policy.key == *key);
        let kept: Vec<Policy> = keys.iter().filter_map(of_key).cloned().collect();
        if !kept.is_empty() {
            (self.0.policies, self.0.baseline) = (kept, 0);
        }
        self
    }

    /// The regimes of `policy` by day and phase, as the engine reads them.
    pub fn schedule(&self, policy: &Policy) -> Schedule {
        self.schedule_under(&self.phases, policy)
    }

    /// The regimes of `policy` under another scale-up plan with as many phases.
    pub fn schedule_under(&self, plan: &PhasePlan, policy: &Policy) -> Schedule {
        let report_age_days = self.forecast.information_delay_days;
        Schedule::new(policy, plan, self.regions.len(), report_age_days)
    }

    /// The hospitals of `region`, as a range of positions in [`Parts::hospitals`].
    pub fn hospitals_of(&self, region: crate::units::RegionIdx) -> core::ops::Range<usize> {
        let range = &self.regions[region.idx()].hospitals;
        usize::from(range.start)..usize::from(range.end)
    }
}
