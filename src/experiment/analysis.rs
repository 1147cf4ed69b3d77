//! From records to estimates: one pass, exact sums, memory that does not grow with replications.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::experiment::accumulator::PolicySums;
use crate::experiment::activation::{Activation, TRIGGERS};
use crate::experiment::adjustment::Controls;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::experiment::measure::Measure;
use crate::experiment::record::{REGIONAL, ReplicationRecord};
use crate::experiment::replicate::{Experiment, n_chunks, replications};
use crate::experiment::rivals::{HEADLINE, Rivals};
use crate::experiment::stream::StreamResult;
use crate::experiment::study_frame::StudyFrame;
use crate::experiment::trade_off::{Rate, TRADE_OFFS};
use crate::outcome::WeekMeasure;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::confidence::Confidence;
use crate::statistics::control::{Adjusted, Regression};
use crate::statistics::histogram::Histogram;
use crate::statistics::interval::{Estimate, IntervalKind, Method};
use crate::statistics::paired::{Paired, PairedBits};
use crate::statistics::patient_quantile::PatientQuantile;
use crate::statistics::stopping::{Precision, Target};
use crate::units::{Day, UrgencyClass};

pub use crate::experiment::daily_series::Series;

/// Everything that tables and charts are made of.
#[derive(Debug, Clone)]
pub struct Analysis {
    frame: StudyFrame,
    n: u32,
    confidence: Confidence,
    is_plain: bool,
    controls: Controls,
    policies: Vec<PolicySums>,
    /// By measure of [`HEADLINE`]: all policies beside each other.
    rivals: [Rivals; HEADLINE.len()],
}

/// How a policy differs from the baseline in one estimand.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The estimand.
    pub estimand: &'static Estimand,
    /// Policy minus baseline, in the estimand's unit, over the same worlds.
    pub difference: Estimate,
    /// Whether policy and baseline were equal in every world.
    pub identical: bool,
    /// For 0-1 estimands: worlds with the event under the policy only, and the baseline only.
    pub discordant: Option<(u64, u64)>,
    /// Correlation between policy and baseline over worlds.
    pub correlation: Option<f64>,
    /// How many times fewer worlds the same precision takes than with independent worlds.
    pub variance_reduction: Option<f64>,
    /// Two-sided p-value for "no difference", not adjusted for the number of policies; not a number
    /// for quantiles and tails, of which only an interval is given.
    pub p_value: f64,
}

impl Comparison {
    /// Whether simulating both in the same worlds widens the interval instead of narrowing it.
    pub fn pairing_harms(&self) -> bool {
        self.variance_reduction.is_some_and(|factor| factor < 1.0)
    }
}

impl Analysis {
    /// An analysis without records, for the study described by `frame`.
    pub fn new(frame: StudyFrame, confidence: Confidence) -> Self {
        let sums = PolicySums::new(&frame);
        Self::of(sums, frame, confidence)
    }

    /// As [`Self::new`], for estimands only: it is small whatever the number of policies, takes records
    /// without numbers by week and day, and has nothing to say about regions, weeks and days.
    pub fn of_estimands(frame: StudyFrame, confidence: Confidence) -> Self {
        Self::of(PolicySums::of_estimands(), frame, confidence)
    }

    /// As [`Self::of_estimands`], of the first `n_replications` of an experiment, simulated on rayon's current
    /// pool. `done` is called after each.
    pub fn of_experiment(
        experiment: &Experiment<'_>,
        frame: StudyFrame,
        n_replications: u32,
        confidence: Confidence,
        done: &(dyn Fn() + Sync),
    ) -> Self {
        let mut analysis = Self::of_estimands(frame, confidence);
        for number in 0..n_chunks(n_replications) {
            let records: Vec<ReplicationRecord> = replications(number, n_replications)
                .into_par_iter()
                .map(|replication| {
                    let record = experiment.replicate(replication).of_estimands();
                    done();
                    record
                })
                .collect();
            for record in &records {
                analysis.add(record);
            }
        }
        analysis
    }

    fn of(sums: PolicySums, frame: StudyFrame, confidence: Confidence) -> Self {
        let policies = vec![sums; frame.policies.len()];
        let rivals = HEADLINE.map(|_| Rivals::new(frame.policies.len()));
        Self {
            frame,
            n: 0,
            confidence,
            is_plain: false,
            controls: Controls::default(),
            policies,
            rivals,
        }
    }

    /// The same without control variates: means over the worlds as they are.
    #[must_use]
    pub fn plain(self) -> Self {
        Self {
            is_plain: true,
            ..self
        }
    }

    /// Adds a replication. The result does not depend on the order of replications.
    ///
    /// # Panics
    /// When the record does not have the shape that the frame describes.
    pub fn add(&mut self, record: &ReplicationRecord) {
        for (position, sums) in self.policies.iter_mut().enumerate() {
            sums.add(record, position, self.frame.baseline);
        }
        self.controls.add(&record.controls);
        for (rivals, measure) in self.rivals.iter_mut().zip(HEADLINE) {
            rivals.add(record, measure);
        }
        self.n += 1;
    }

    /// The study.
    pub const fn frame(&self) -> &StudyFrame {
        &self.frame
    }

    /// Number of replications.
    pub const fn n(&self) -> u32 {
        self.n
    }

    /// The confidence of all intervals.
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The estimate of an estimand (by position in [`ESTIMANDS`]) under a policy, in its unit.
    pub fn estimate(&self, policy: usize, estimand: usize) -> Estimate {
        let plain = self.policies[policy].estimate(estimand, self.confidence);
        let estimate = self.with(&plain, self.adjusted(policy, estimand, &plain));
        let estimand = &ESTIMANDS[estimand];
        let scaled = estimate.scaled(self.factor(estimand));
        scaled.limited_to(estimand.possible())
    }

    /// How many times more worlds a plain estimate of this precision takes than the adjusted one; `None` where
    /// the estimate is plain.
    pub fn variance_reduction(&self, policy: usize, estimand: usize) -> Option<f64> {
        let plain = self.policies[policy].estimate(estimand, self.confidence);
        let adjusted = self.adjusted(policy, estimand, &plain);
        adjusted.map(|adjusted| adjusted.variance_reduction)
    }

    fn adjusted(&self, policy: usize, estimand: usize, plain: &Estimate) -> Option<Adjusted> {
        let averaged = self.policies[policy].averaged(estimand, &self.controls)?;
        averaged.adjust(plain, &self.regression()?)
    }

    fn regression(&self) -> Option<Regression> {
        let controls = (!self.is_plain).then_some(&self.controls)?;
        Regression::on(controls)
    }

    /// An estimate, adjusted if it can be.
    fn with(&self, plain: &Estimate, adjusted: Option<Adjusted>) -> Estimate {
        adjusted.map_or(*plain, |adjusted| Estimate {
            value: adjusted.mean,
            interval: adjusted.interval(self.confidence),
            kind: IntervalKind::monte_carlo(self.confidence, Method::ControlVariates),
            ..*plain
        })
    }

    /// How a policy differs from the baseline in an estimand.
    pub fn comparison(&self, policy: usize, estimand: usize) -> Comparison {
        let sums = &self.policies[policy];
        let baseline = &self.policies[self.frame.baseline];
        let record = &ESTIMANDS[estimand];
        let plain = sums.difference(baseline, estimand, self.confidence);
        let averaged = sums.averaged_difference(baseline, estimand, &self.controls);
        let regression = self.regression();
        let adjusted = averaged
            .zip(regression.as_ref())
            .and_then(|(averaged, regression)| averaged.adjust(&plain, regression));
        let difference = self.with(&plain, adjusted);
        let paired = &sums.paired[record.measure().idx()];
        Comparison {
            estimand: record,
            difference: difference
                .scaled(self.factor(record))
                .limited_to(record.possible_differences()),
            identical: sums.identical(estimand),
            discordant: sums.discordant(estimand),
            correlation: paired.correlation(),
            variance_reduction: paired.variance_reduction(),
            p_value: adjusted.map_or_else(|| sums.p_value(estimand), |adjusted| adjusted.p_value()),
        }
    }

    /// One target of precision as the replications so far leave it: of the estimate under a policy,
    /// or of its difference to the baseline.
    pub(crate) fn target(
        &self,
        policy: usize,
        estimand: usize,
        of_difference: bool,
        precision: Precision,
    ) -> Target {
        let sums = &self.policies[policy];
        let (estimate, information) = if of_difference {
            (
                self.comparison(policy, estimand).difference,
                sums.information_of_difference(estimand),
            )
        } else {
            (self.estimate(policy, estimand), sums.information(estimand))
        };
        Target {
            precision,
            estimate,
            nonzero: information.nonzero,
            varies: information.varies,
        }
    }

    /// All policies beside each other in a measure of [`HEADLINE`], by position.
    pub(crate) const fn rivals(&self, headline: usize) -> &Rivals {
        &self.rivals[headline]
    }

    /// What a policy saves against what it costs, by trade-off of [`TRADE_OFFS`].
    pub fn trade_offs(&self, policy: usize) -> Vec<Rate> {
        let all = TRADE_OFFS.iter().zip(&self.policies[policy].trades);
        all.map(|(trade_off, sums)| Rate::new(trade_off, sums, self.confidence))
            .collect()
    }

    /// What triggers do under a policy, by trigger of [`TRIGGERS`].
    pub fn activations(&self, policy: usize) -> Vec<Activation> {
        let all = TRIGGERS.iter().zip(&self.policies[policy].activations);
        all.map(|(trigger, sums)| Activation::new(trigger, sums, self.confidence))
            .collect()
    }

    /// The policy beside the baseline in a measure.
    pub fn paired(&self, policy: usize, measure: Measure) -> &Paired {
        &self.policies[policy].paired[measure.idx()]
    }

    /// The factor that brings a measure's sums into the estimand's unit.
    pub fn factor(&self, estimand: &Estimand) -> f64 {
        estimand.factor(&self.frame)
    }

    /// Exact sums of a measure under a policy.
    pub fn measure(&self, policy: usize, measure: Measure) -> &PowerSums {
        self.policies[policy].paired[measure.idx()].both().x()
    }

    /// Worlds in which at least one class 3 patient became displaced, for a region and study week;
    /// the policy beside the baseline.
    pub fn displaced_cell(&self, policy: usize, region: usize, week: usize) -> &PairedBits {
        &self.policies[policy].displaced_cells[self.cell(region, week)]
    }

    /// Class 3 patients who became displaced, for a region and study week.
    pub fn displaced_count(&self, policy: usize, region: usize, week: usize) -> &PowerSums {
        &self.policies[policy].displaced_counts[self.cell(region, week)]
    }

    /// A regional week measure (by position in [`REGIONAL`]).
    pub fn regional(
        &self,
        policy: usize,
        region: usize,
        week: usize,
        measure: usize,
    ) -> &PowerSums {
        &self.policies[policy].regional[self.cell(region, week) * REGIONAL.len() + measure]
    }

    /// A national week measure.
    pub fn national(&self, policy: usize, week: usize, measure: WeekMeasure) -> &PowerSums {
        &self.policies[policy].national[week * WeekMeasure::ALL.len() + measure.idx()]
    }

    /// Waits of the class 3 patients who were indicated in a third of the window, by whole days; see
    /// [`PolicyRecord::waits`](crate::experiment::record::PolicyRecord::waits).
    pub fn waits(&self, policy: usize, cohort: usize) -> &PatientQuantile {
        &self.policies[policy].cohorts[cohort]
    }

    /// The distribution over worlds of a national series on a day.
    pub fn day(&self, policy: usize, day: Day, series: Series) -> &Histogram {
        &self.policies[policy].days[day.idx() * Series::ALL.len() + series as usize]
    }

    /// A policy in a stream, for one class or all, and an estimand by position in
    /// [`STREAM_ESTIMANDS`](crate::experiment::stream::STREAM_ESTIMANDS); `None` when no world has such a
    /// patient.
    pub fn stream(
        &self,
        policy: usize,
        stream: usize,
        class: Option<UrgencyClass>,
        estimand: usize,
    ) -> Option<StreamResult> {
        let sums = &self.policies[policy].streams;
        sums.result(stream, class, estimand, self.confidence)
    }

    fn cell(&self, region: usize, week: usize) -> usize {
        region * self.frame.study().n_weeks() + week
    }
}
