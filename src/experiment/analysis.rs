//! From records to estimates: one pass, exact sums, memory that does not grow with replications.

use crate::experiment::estimand::{ESTIMANDS, Estimand, Kind};
use crate::experiment::frame::Frame;
use crate::experiment::measure::Measure;
use crate::experiment::record::{PolicyRecord, REGIONAL, ReplicationRecord};
use crate::outcome::{DayMeasure, WeekMeasure};
use crate::statistics::accumulate::{PairSums, PowerSums};
use crate::statistics::confidence::Confidence;
use crate::statistics::histogram::Histogram;
use crate::statistics::interval::Estimate;
use crate::statistics::mean::{mean, p_value};
use crate::statistics::paired::{Paired, PairedBits};
use crate::statistics::proportion::proportion;
use crate::statistics::ratio::ratio;
use crate::units::Day;

/// Everything that tables and charts are made of.
#[derive(Debug, Clone)]
pub struct Analysis {
    frame: Frame,
    n: u32,
    confidence: Confidence,
    policies: Vec<PolicySums>,
}

/// Sums of one policy.
#[derive(Debug, Clone)]
struct PolicySums {
    /// By measure: the policy (alternative) beside the baseline.
    paired: Vec<Paired>,
    /// By ratio estimand (position in [`ESTIMANDS`]): numerator and denominator.
    ratios: Vec<PairSums>,
    /// By ratio estimand: difference of numerators to the baseline, and denominator.
    ratio_differences: Vec<PairSums>,
    /// By 0-1 estimand.
    bits: Vec<PairedBits>,
    /// By region and study week: whether a class 3 patient became displaced.
    displaced_cells: Vec<PairedBits>,
    /// By region and study week: number of class 3 patients who became displaced.
    displaced_counts: Vec<PowerSums>,
    /// By region, study week and regional measure.
    regional: Vec<PowerSums>,
    /// By study week and measure.
    national: Vec<PowerSums>,
    /// By day and series of [`Series`].
    days: Vec<Histogram>,
}

/// Daily national series that fans are drawn of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// COVID patients on the IC.
    CovidIc,
    /// Other patients on the IC, acute and planned.
    OtherIc,
    /// Planned patients on the IC.
    PlannedIc,
    /// All IC patients.
    OccupiedIc,
    /// Staffed IC beds.
    StaffedBeds,
    /// COVID patients on the ward.
    CovidWard,
    /// Phase of the national plan, 0 to 5.
    Phase,
    /// IC-dependent class 3 patients waiting.
    WaitingClass3,
    /// Of these: over the norm.
    OverdueClass3,
}

impl Series {
    /// All series.
    pub const ALL: [Self; 9] = [
        Self::CovidIc,
        Self::OtherIc,
        Self::PlannedIc,
        Self::OccupiedIc,
        Self::StaffedBeds,
        Self::CovidWard,
        Self::Phase,
        Self::WaitingClass3,
        Self::OverdueClass3,
    ];

    /// Machine name, unit and meaning.
    pub const fn describe(self) -> (&'static str, &'static str, &'static str) {
        [
            ("covid_ic", "patients", "COVID patients on the IC"),
            (
                "other_ic",
                "patients",
                "other patients on the IC, acute and planned",
            ),
            ("planned_ic", "patients", "planned patients on the IC"),
            ("occupied_ic", "patients", "all patients on the IC"),
            ("staffed_beds", "beds", "staffed IC beds"),
            ("covid_ward", "patients", "COVID patients on the ward"),
            (
                "phase",
                "0 to 5",
                "phase of the national plan: 1, 2A, 2B, 2C, 2D, 3",
            ),
            (
                "waiting_class_3",
                "patients",
                "IC-dependent class 3 patients waiting",
            ),
            (
                "overdue_class_3",
                "patients",
                "of these: waiting over the norm",
            ),
        ][self as usize]
    }

    /// Machine name.
    pub const fn key(self) -> &'static str {
        self.describe().0
    }

    fn value(self, record: &PolicyRecord, day: Day) -> i64 {
        let get = |measure| i64::from(record.days.get(day, measure));
        match self {
            Self::CovidIc => get(DayMeasure::CovidIc),
            Self::OtherIc => get(DayMeasure::AcuteIc) + get(DayMeasure::PlannedIc),
            Self::PlannedIc => get(DayMeasure::PlannedIc),
            Self::OccupiedIc => Self::CovidIc.value(record, day) + Self::OtherIc.value(record, day),
            Self::StaffedBeds => get(DayMeasure::StaffedBeds),
            Self::CovidWard => get(DayMeasure::CovidWard),
            Self::Phase => get(DayMeasure::Phase),
            Self::WaitingClass3 => get(DayMeasure::WaitingClass3),
            Self::OverdueClass3 => get(DayMeasure::OverdueClass3),
        }
    }
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
    /// Two-sided p-value for "no difference", not adjusted for the number of policies.
    pub p_value: f64,
}

impl Analysis {
    /// An analysis without records, for the study described by `frame`.
    pub fn new(frame: Frame, confidence: Confidence) -> Self {
        let study = frame.study();
        let cells = frame.regions.len() * study.n_weeks();
        let sums = PolicySums {
            paired: vec![Paired::default(); Measure::COUNT],
            ratios: vec![PairSums::default(); ESTIMANDS.len()],
            ratio_differences: vec![PairSums::default(); ESTIMANDS.len()],
            bits: vec![PairedBits::default(); ESTIMANDS.len()],
            displaced_cells: vec![PairedBits::default(); cells],
            displaced_counts: vec![PowerSums::default(); cells],
            regional: vec![PowerSums::default(); cells * REGIONAL.len()],
            national: vec![PowerSums::default(); study.n_weeks() * WeekMeasure::ALL.len()],
            days: vec![Histogram::default(); study.n_days() * Series::ALL.len()],
        };
        let policies = vec![sums; frame.policies.len()];
        Self {
            frame,
            n: 0,
            confidence,
            policies,
        }
    }

    /// Adds a replication. The result does not depend on the order of replications.
    ///
    /// # Panics
    /// When the record does not have the shape that the frame describes.
    pub fn add(&mut self, record: &ReplicationRecord) {
        let baseline = &record.policies[self.frame.baseline];
        for (sums, policy) in self.policies.iter_mut().zip(&record.policies) {
            sums.add_measures(policy, baseline);
            sums.add_weeks(policy, baseline);
            sums.add_days(policy);
        }
        self.n += 1;
    }

    /// The study.
    pub const fn frame(&self) -> &Frame {
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
        let sums = &self.policies[policy];
        let record = &ESTIMANDS[estimand];
        match record.kind {
            Kind::Mean(measure, _) => {
                let estimate = mean(sums.paired[measure.idx()].both().x(), self.confidence);
                scaled(estimate, self.factor(record))
            }
            Kind::Ratio(..) => scaled(
                ratio(&sums.ratios[estimand], self.confidence),
                self.factor(record),
            ),
            Kind::Proportion(_) => {
                let bits = &sums.bits[estimand];
                let estimate = proportion(bits.n11 + bits.n10, bits.n(), self.confidence);
                scaled(estimate, self.factor(record))
            }
        }
    }

    /// How a policy differs from the baseline in an estimand.
    pub fn comparison(&self, policy: usize, estimand: usize) -> Comparison {
        let sums = &self.policies[policy];
        let record = &ESTIMANDS[estimand];
        let (measure, difference, discordant) = match record.kind {
            Kind::Mean(measure, _) => (
                measure,
                sums.paired[measure.idx()].estimate(self.confidence),
                None,
            ),
            Kind::Ratio(measure, _) => (
                measure,
                ratio(&sums.ratio_differences[estimand], self.confidence),
                None,
            ),
            Kind::Proportion(measure) => {
                let bits = &sums.bits[estimand];
                (
                    measure,
                    bits.estimate(self.confidence),
                    Some((bits.n10, bits.n01)),
                )
            }
        };
        let paired = &sums.paired[measure.idx()];
        let p_value = match record.kind {
            Kind::Proportion(_) => sums.bits[estimand].p_value(),
            Kind::Mean(..) | Kind::Ratio(..) => p_value(&paired.difference().moments(), 0.0),
        };
        Comparison {
            estimand: record,
            difference: scaled(difference, self.factor(record)),
            identical: paired.identical(),
            discordant,
            correlation: paired.correlation(),
            variance_reduction: paired.variance_reduction(),
            p_value,
        }
    }

    /// What a measure's sums are multiplied by to be in the estimand's unit.
    pub fn factor(&self, estimand: &Estimand) -> f64 {
        let weeks = self.frame.window_weeks().len();
        let hospitals: usize = self
            .frame
            .regions
            .iter()
            .map(|region| usize::from(region.n_hospitals))
            .sum();
        match estimand.kind {
            Kind::Mean(_, divisor) => {
                1.0 / divisor.value(self.frame.n_region_weeks(), hospitals * weeks)
            }
            Kind::Ratio(..) | Kind::Proportion(_) => estimand.ratio_factor(),
        }
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

    /// The distribution over worlds of a national series on a day.
    pub fn day(&self, policy: usize, day: Day, series: Series) -> &Histogram {
        &self.policies[policy].days[day.idx() * Series::ALL.len() + series as usize]
    }

    fn cell(&self, region: usize, week: usize) -> usize {
        region * self.frame.study().n_weeks() + week
    }
}

impl PolicySums {
    fn add_measures(&mut self, policy: &PolicyRecord, baseline: &PolicyRecord) {
        for (sums, (own, base)) in self
            .paired
            .iter_mut()
            .zip(policy.measures.iter().zip(&baseline.measures))
        {
            sums.add(*own, *base);
        }
        for (position, estimand) in ESTIMANDS.iter().enumerate() {
            match estimand.kind {
                Kind::Mean(..) => {}
                Kind::Ratio(numerator, denominator) => {
                    let own = policy.measures[numerator.idx()];
                    let whole = policy.measures[denominator.idx()];
                    self.ratios[position].add(own, whole);
                    let difference = own - baseline.measures[numerator.idx()];
                    self.ratio_differences[position].add(difference, whole);
                }
                Kind::Proportion(measure) => {
                    let bit = |record: &PolicyRecord| record.measures[measure.idx()] > 0;
                    self.bits[position].add(bit(policy), bit(baseline));
                }
            }
        }
    }

    fn add_weeks(&mut self, policy: &PolicyRecord, baseline: &PolicyRecord) {
        let n_weeks = policy.displaced.n_weeks();
        let cells = self
            .displaced_cells
            .iter_mut()
            .zip(&mut self.displaced_counts);
        for (cell, (bits, counts)) in cells.enumerate() {
            let count =
                |record: &PolicyRecord| record.displaced.get(cell / n_weeks, cell % n_weeks);
            bits.add(count(policy) > 0, count(baseline) > 0);
            counts.add(i64::from(count(policy)));
        }
        for (sums, x) in self.regional.iter_mut().zip(&policy.regional) {
            sums.add(*x);
        }
        for (sums, x) in self.national.iter_mut().zip(&policy.national) {
            sums.add(*x);
        }
    }

    fn add_days(&mut self, policy: &PolicyRecord) {
        for (position, histogram) in self.days.iter_mut().enumerate() {
            let day = u16::try_from(position / Series::ALL.len()).unwrap_or(u16::MAX);
            let series = Series::ALL[position % Series::ALL.len()];
            histogram.add(series.value(policy, Day(day)));
        }
    }
}

/// The estimate in another unit.
fn scaled(estimate: Estimate, factor: f64) -> Estimate {
    let mut scaled = estimate;
    scaled.value *= factor;
    scaled.interval.low *= factor;
    scaled.interval.high *= factor;
    scaled
}
