//! Results by stream of planned patients, such as the specialty, and by class.

use crate::experiment::cohort::{CohortPatient, is_of_cohort};
use crate::model::Model;
use crate::outcome::{Outcome, PlannedOutcome};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval};
use crate::statistics::mean::mean;
use crate::statistics::paired::Paired;
use crate::statistics::paired_ratio::PairedRatios;
use crate::statistics::ratio::ratio;
use crate::units::UrgencyClass;
use crate::units::listed::described;
use crate::world::World;

const CLASSES: usize = UrgencyClass::PLANNED.len();
/// Each class, and all of them together.
const GROUPS: usize = CLASSES + 1;
/// Numbers of one stream in a record.
pub(crate) const PER_STREAM: usize = CLASSES * StreamMeasure::COUNT;

/// A planned patient under a policy and in the twin without the wave.
struct StreamPatient {
    /// `None` for a patient who was indicated before the window or after it.
    of_cohort: Option<CohortPatient>,
    is_operated: bool,
    is_operated_without_wave: bool,
}

described! {
    /// What is counted of the planned patients of one stream and one class. Patients of the cohort were
    /// indicated in the window; operations are those of the days of the window.
    pub enum StreamMeasure, formula -> fn(&StreamPatient) -> i64 {
        Cohort("cohort", "patients", "patients of the cohort") = |one| one.count(|_| true),
        Displaced("displaced", "patients", "of these: displaced")
            = |one| one.count(CohortPatient::is_displaced),
        Disrupted("disrupted", "patients", "of these: with at least one date moved or cancelled")
            = |one| one.count(CohortPatient::is_disrupted),
        TreatedInTime("treated_in_time", "patients", "of these: treated within the norm of their class")
            = |one| one.count(CohortPatient::is_treated_in_time),
        Treated("treated", "patients", "of these: treated as planned, on time or late")
            = |one| one.count(CohortPatient::is_treated),
        DaysWaited("days_waited", "days", "sum of waits of those treated")
            = |one| one.of_cohort.map_or(0, |patient| patient.days_to_treatment()),
        Operated("operated", "patients", "operated on in the window")
            = |one| i64::from(one.is_operated),
        OperatedWithoutWave("operated_without_wave", "patients",
            "operated on in the window in the twin without the wave")
            = |one| i64::from(one.is_operated_without_wave),
    }
}

impl StreamPatient {
    fn count(&self, is: impl Fn(&CohortPatient) -> bool) -> i64 {
        i64::from(self.of_cohort.as_ref().is_some_and(is))
    }
}

/// By stream, class and [`StreamMeasure`]: an outcome beside its twin, both of the same world.
pub(crate) fn by_stream(
    model: &Model,
    world: &World,
    outcome: &Outcome,
    twin: &Outcome,
) -> Vec<i64> {
    let window = model.study.window_start()..model.study.window_end();
    let is_operated = |one: &PlannedOutcome| {
        let is_treated = !one.status.is_lost() && !one.status.is_untreated();
        is_treated && one.resolved.is_some_and(|day| window.contains(&day))
    };
    let mut counts = vec![0; model.planned.specialties.len() * PER_STREAM];
    let both = outcome.planned.iter().zip(&twin.planned);
    for (patient, (own, twin)) in world.planned.iter().zip(both) {
        let one = StreamPatient {
            of_cohort: is_of_cohort(model, patient)
                .then(|| CohortPatient::new(model, patient, own, twin)),
            is_operated: is_operated(own),
            is_operated_without_wave: is_operated(twin),
        };
        let stream = usize::from(patient.specialty);
        for measure in StreamMeasure::ALL {
            counts[position(stream, patient.class, measure)] += measure.formula()(&one);
        }
    }
    counts
}

/// Where a count stands in what [`by_stream`] gives.
pub(crate) const fn position(stream: usize, class: UrgencyClass, measure: StreamMeasure) -> usize {
    (stream * CLASSES + class.idx()) * StreamMeasure::COUNT + measure.idx()
}

/// Something to estimate of a stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StreamEstimand {
    /// Machine name.
    pub key: &'static str,
    /// Unit of the value.
    pub unit: &'static str,
    /// Exact definition.
    pub definition: &'static str,
    part: StreamMeasure,
    /// What the sum of `part` is divided by; `None` for a mean over worlds.
    whole: Option<StreamMeasure>,
    factor: f64,
}

/// Shorthand for the table below.
const fn row(
    key: &'static str,
    unit: &'static str,
    (part, whole): (StreamMeasure, Option<StreamMeasure>),
    factor: f64,
    definition: &'static str,
) -> StreamEstimand {
    StreamEstimand {
        key,
        unit,
        definition,
        part,
        whole,
        factor,
    }
}

/// All that is estimated of a stream.
#[rustfmt::skip]
pub const STREAM_ESTIMANDS: [StreamEstimand; 7] = {
    use StreamMeasure::{Cohort, DaysWaited, Disrupted, Displaced, Operated, OperatedWithoutWave, Treated, TreatedInTime};
    [
        row("patients", "patients", (Cohort, None), 1.0, "patients of the cohort: indicated in the window"),
        row("displaced_share", "%", (Displaced, Some(Cohort)), 100.0, "share of the cohort that was displaced"),
        row("disrupted_share", "%", (Disrupted, Some(Cohort)), 100.0, "share of the cohort with at least one date moved or cancelled"),
        row("in_time_share", "%", (TreatedInTime, Some(Cohort)), 100.0, "share of the cohort treated within the norm of the class, follow-up complete"),
        row("mean_wait", "days", (DaysWaited, Some(Treated)), 1.0, "mean wait from indication to treatment, over the patients of the cohort who were treated as planned"),
        row("operated", "patients", (Operated, None), 1.0, "patients operated on in the window, whenever they were indicated"),
        row("operated_share", "%", (Operated, Some(OperatedWithoutWave)), 100.0, "patients operated on in the window, as a share of those in the twin without the wave"),
    ]
};

impl StreamEstimand {
    /// The estimand named `key` as a position in [`STREAM_ESTIMANDS`].
    pub fn position(key: &str) -> Option<usize> {
        STREAM_ESTIMANDS.iter().position(|one| one.key == key)
    }
}

/// A policy in one estimand of one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamResult {
    /// Under the policy, in the estimand's unit.
    pub estimate: Estimate,
    /// Policy minus baseline, over the same worlds.
    pub difference: Estimate,
    /// Whether policy and baseline were equal in every world.
    pub identical: bool,
}

/// Exact sums by stream of one policy beside the baseline.
#[derive(Debug, Clone, Default)]
pub(crate) struct StreamSums {
    /// By stream, group and measure.
    paired: Vec<Paired>,
    /// By stream, group and estimand; empty where it is a mean.
    ratios: Vec<PairedRatios>,
}

impl StreamSums {
    /// No replications yet.
    pub(crate) fn new(n_streams: usize) -> Self {
        let n_groups = n_streams * GROUPS;
        Self {
            paired: vec![Paired::default(); n_groups * StreamMeasure::COUNT],
            ratios: vec![PairedRatios::default(); n_groups * STREAM_ESTIMANDS.len()],
        }
    }

    /// Adds one replication; sums for no stream take nothing.
    pub(crate) fn add(&mut self, policy: &[i64], baseline: &[i64]) {
        let counts = groups(policy).into_iter().zip(groups(baseline));
        let paired = self.paired.chunks_exact_mut(StreamMeasure::COUNT);
        let ratios = self.ratios.chunks_exact_mut(STREAM_ESTIMANDS.len());
        for ((own, base), (paired, ratios)) in counts.zip(paired.zip(ratios)) {
            for (measure, sums) in paired.iter_mut().enumerate() {
                sums.add(own[measure], base[measure]);
            }
            for (sums, estimand) in ratios.iter_mut().zip(&STREAM_ESTIMANDS) {
                if let Some(whole) = estimand.whole {
                    let pair = |of: &[i64]| (of[estimand.part.idx()], of[whole.idx()]);
                    sums.add(pair(&own), pair(&base));
                }
            }
        }
    }

    /// What the sums say of a stream, a class or all, and an estimand; `None` when there is no such
    /// patient in any world.
    pub(crate) fn result(
        &self,
        stream: usize,
        class: Option<UrgencyClass>,
        estimand: usize,
        confidence: Confidence,
    ) -> Option<StreamResult> {
        let group = stream * GROUPS + class.map_or(CLASSES, UrgencyClass::idx);
        let paired =
            |measure: StreamMeasure| &self.paired[group * StreamMeasure::COUNT + measure.idx()];
        let has_patients = [StreamMeasure::Cohort, StreamMeasure::Operated]
            .map(paired)
            .iter()
            .any(|both| both.both().x().sum() + both.both().y().sum() > 0);
        if !has_patients {
            return None;
        }
        let StreamEstimand {
            part,
            whole,
            factor,
            ..
        } = STREAM_ESTIMANDS[estimand];
        // A share of the cohort has its bounds, a share of what the twin did has not.
        let is_part = whole == Some(StreamMeasure::Cohort);
        let most = if is_part { factor } else { f64::INFINITY };
        let possible = |low| Interval { low, high: most };
        let (estimate, difference, identical) = if whole.is_some() {
            let sums = &self.ratios[group * STREAM_ESTIMANDS.len() + estimand];
            let own = ratio(sums.alternative(), confidence);
            (own, sums.estimate(confidence), sums.identical())
        } else {
            let sums = paired(part);
            let own = mean(sums.both().x(), confidence);
            (own, sums.estimate(confidence), sums.identical())
        };
        Some(StreamResult {
            estimate: estimate.scaled(factor).limited_to(possible(0.0)),
            difference: difference.scaled(factor).limited_to(possible(-most)),
            identical,
        })
    }
}

/// By stream and group: the counts of each class, and their sums.
fn groups(counts: &[i64]) -> Vec<[i64; StreamMeasure::COUNT]> {
    let mut groups = Vec::with_capacity(counts.len() / PER_STREAM * GROUPS);
    for stream in counts.chunks_exact(PER_STREAM) {
        let mut all = [0; StreamMeasure::COUNT];
        for class in stream.chunks_exact(StreamMeasure::COUNT) {
            let own: [i64; StreamMeasure::COUNT] = core::array::from_fn(|n| class[n]);
            all = core::array::from_fn(|n| all[n] + own[n]);
            groups.push(own);
        }
        groups.push(all);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One stream in one world: of class 3, `displaced` of 10 patients; of class 4, five more patients.
    fn world(displaced: i64) -> Vec<i64> {
        let mut counts = vec![0; PER_STREAM];
        let critical = UrgencyClass::KritiekPlanbareZorg;
        counts[position(0, critical, StreamMeasure::Cohort)] = 10;
        counts[position(0, critical, StreamMeasure::Displaced)] = displaced;
        counts[position(0, UrgencyClass::Plannable, StreamMeasure::Cohort)] = 5;
        counts
    }

    #[test]
    fn classes_are_apart_and_together_and_differences_are_paired() {
        let mut sums = StreamSums::new(1);
        for (own, base) in [(2, 3), (4, 5), (3, 4), (1, 2)] {
            sums.add(&world(own), &world(base));
        }
        let share = StreamEstimand::position("displaced_share").expect("an estimand");
        let result = |class| sums.result(0, class, share, Confidence::P95);
        let critical = result(Some(UrgencyClass::KritiekPlanbareZorg)).expect("patients");
        let all = result(None).expect("patients");
        for (found, expected) in [
            (critical.estimate.value, 25.0),
            (all.estimate.value, 100.0 * 10.0 / 60.0),
            (critical.difference.value, -10.0),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} is {expected}");
        }
        assert!(
            critical.difference.reach() < 1e-9,
            "the same difference in every world is known exactly"
        );
        assert!(!critical.identical, "they differ");
        assert_eq!(
            result(Some(UrgencyClass::SemiAcute)),
            None,
            "no such patient"
        );
    }
}
