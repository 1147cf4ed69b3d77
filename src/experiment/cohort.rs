//! The cohort by which policies are judged: planned patients indicated in the window.

use crate::model::Model;
use crate::outcome::{DisplacementEvent, EventCounts, FinalStatus, Outcome, PlannedOutcome};
use crate::units::{Day, UrgencyClass};
use crate::world::{PlannedPatient, World};

/// Equally long parts of the window for which waits are kept separately.
pub const COHORTS: usize = 3;

/// Days of the month by which harm is counted.
const DAYS_PER_MONTH: i64 = 30;

/// A patient of the cohort: what happened under the policy, and what became of the same patient in the
/// twin without the wave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CohortPatient {
    class: UrgencyClass,
    indicated: Day,
    status: FinalStatus,
    events: EventCounts,
    twin: FinalStatus,
    is_reclassified: bool,
    /// `None` when the wait was lost.
    wait: Option<Wait>,
}

/// How long a patient waited, in whole days from the day of indication to the day of treatment, or to
/// the end of follow-up.
#[derive(Debug, Clone, Copy)]
struct Wait {
    days: i64,
    norm: i64,
    is_treated: bool,
    /// Harm of a month beyond the norm, in thousandths.
    harm_per_month: i64,
}

/// The patients of the cohort, of all classes, in the order of the world.
pub(crate) fn cohort<'a>(
    model: &'a Model,
    world: &'a World,
    outcome: &'a Outcome,
    twin: &'a Outcome,
) -> impl Iterator<Item = CohortPatient> {
    let both = outcome.planned.iter().zip(&twin.planned);
    (world.planned.iter().zip(both))
        .filter(|(patient, _)| is_of_cohort(model, patient))
        .map(|(patient, (own, twin))| CohortPatient::new(model, patient, own, twin))
}

/// Whether a patient was indicated in the window.
pub(crate) fn is_of_cohort(model: &Model, patient: &PlannedPatient) -> bool {
    let window = model.study.window_start()..model.study.window_end();
    window.contains(&patient.indicated.day()) && patient.waited_before.0 == 0
}

impl Wait {
    fn new(model: &Model, patient: &PlannedPatient, own: &PlannedOutcome) -> Option<Self> {
        if own.status.is_lost() {
            return None;
        }
        let indicated = i64::from(patient.indicated.day().0);
        let until = own.resolved.unwrap_or(model.study.end());
        let specialty = &model.planned.specialties[usize::from(patient.specialty)];
        Some(Self {
            days: i64::from(until.0) - indicated,
            norm: i64::from(patient.due.0) - indicated,
            is_treated: !own.status.is_untreated(),
            harm_per_month: i64::from(specialty.harm_milli_per_month),
        })
    }

    fn excess_days(&self) -> i64 {
        (self.days - self.norm).max(0)
    }
}

impl CohortPatient {
    /// A patient under a policy, and what became of the same patient in the twin.
    pub(crate) fn new(
        model: &Model,
        patient: &PlannedPatient,
        own: &PlannedOutcome,
        twin: &PlannedOutcome,
    ) -> Self {
        Self {
            class: patient.class,
            indicated: patient.indicated.day(),
            status: own.status,
            events: own.events,
            twin: twin.status,
            is_reclassified: own.is_reclassified,
            wait: Wait::new(model, patient, own),
        }
    }

    pub(crate) const fn class(&self) -> UrgencyClass {
        self.class
    }

    pub(crate) fn became(&self, status: FinalStatus) -> bool {
        self.status == status
    }

    /// Whether an event happened at least once.
    pub(crate) const fn met(&self, event: DisplacementEvent) -> bool {
        self.events.of(event) > 0
    }

    /// Whether a patient of class 4 became class 3 while waiting. The patient stays one of class 4 here, so that
    /// the cohort is the same under all policies.
    pub(crate) const fn is_reclassified(&self) -> bool {
        self.is_reclassified
    }

    pub(crate) const fn is_over_norm(&self) -> bool {
        self.status.is_over_norm()
    }

    pub(crate) const fn is_displaced(&self) -> bool {
        self.status.is_displaced(self.twin)
    }

    /// Whether the patient is displaced here and not in the twin. The twin against itself is displaced
    /// only when it is over the norm.
    pub(crate) const fn is_displaced_by_the_wave(&self) -> bool {
        self.is_displaced() && !self.twin.is_over_norm()
    }

    pub(crate) fn is_disrupted(&self) -> bool {
        self.events.is_disrupted()
    }

    pub(crate) const fn is_relocated(&self) -> bool {
        self.status.is_relocated()
    }

    pub(crate) fn is_treated(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_treated)
    }

    pub(crate) fn is_treated_in_time(&self) -> bool {
        self.is_treated() && self.excess_days() == 0
    }

    /// Whole days of waiting, treated or not; `None` when the wait was lost.
    pub(crate) fn days_waited(&self) -> Option<i64> {
        self.wait.map(|wait| wait.days)
    }

    /// Whole days from indication to treatment; zero without one.
    pub(crate) fn days_to_treatment(&self) -> i64 {
        let treated = self.wait.filter(|wait| wait.is_treated);
        treated.map_or(0, |wait| wait.days)
    }

    /// Whole days of waiting beyond the norm; zero when the wait was lost.
    pub(crate) fn excess_days(&self) -> i64 {
        self.wait.map_or(0, |wait| wait.excess_days())
    }

    /// Harm of waiting beyond the norm, in thousandths; zero when the wait was lost.
    pub(crate) fn harm(&self) -> i64 {
        let harm = |wait: Wait| wait.harm_per_month * wait.excess_days() / DAYS_PER_MONTH;
        self.wait.map_or(0, harm)
    }

    /// The part of the window, out of [`COHORTS`], in which the patient was indicated.
    pub(crate) fn part_of_window(&self, model: &Model) -> usize {
        let since_start = self.indicated.idx() - model.study.window_start().idx();
        COHORTS * since_start / usize::from(model.study.window_days)
    }
}
