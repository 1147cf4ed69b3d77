//! Exact sums over worlds of one policy beside the baseline, and the estimates that follow.

use crate::experiment::activation::{ActivationSums, TRIGGERS};
use crate::experiment::estimand::{ESTIMANDS, Kind, TAIL_FROM, Tail};
use crate::experiment::frame::Frame;
use crate::experiment::measure::Measure;
use crate::experiment::record::{COHORTS, PolicyRecord, REGIONAL};
use crate::experiment::series::Series;
use crate::experiment::trade_off::TRADE_OFFS;
use crate::outcome::WeekMeasure;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::confidence::Confidence;
use crate::statistics::histogram::Histogram;
use crate::statistics::interval::Estimate;
use crate::statistics::mean::{mean, p_value};
use crate::statistics::paired::{Paired, PairedBits, TradeOff};
use crate::statistics::paired_ratio::PairedRatios;
use crate::statistics::patient_quantile::PatientQuantile;
use crate::statistics::proportion::proportion;
use crate::statistics::ratio::ratio;
use crate::statistics::upper_tail::{PairedValues, Side, bonferroni_difference};
use crate::units::Day;

/// Sums of one policy; the size does not grow with the number of replications, but for the few
/// measures of which the tail is asked, and there only up to
/// [`KEPT_VALUES`](crate::experiment::record::KEPT_VALUES).
#[derive(Debug, Clone)]
pub(crate) struct PolicySums {
    /// By measure: the policy (alternative) beside the baseline.
    pub(crate) paired: Vec<Paired>,
    /// By estimand; empty where it is no ratio.
    ratios: Vec<PairedRatios>,
    /// By estimand; empty where it is no probability.
    bits: Vec<PairedBits>,
    /// By estimand; empty where no tail is asked.
    tails: Vec<PairedValues>,
    waits: PatientQuantile,
    /// Waits by third of the window.
    pub(crate) cohorts: [PatientQuantile; COHORTS],
    /// Worlds in which waits differ from those under the baseline.
    other_waits: u64,
    /// By trade-off of [`TRADE_OFFS`].
    pub(crate) trades: Vec<TradeOff>,
    /// By trigger of [`TRIGGERS`].
    pub(crate) activations: Vec<ActivationSums>,
    /// By region and study week: whether a class 3 patient became displaced.
    pub(crate) displaced_cells: Vec<PairedBits>,
    /// By region and study week: number of class 3 patients who became displaced.
    pub(crate) displaced_counts: Vec<PowerSums>,
    /// By region, study week and regional measure.
    pub(crate) regional: Vec<PowerSums>,
    /// By study week and measure.
    pub(crate) national: Vec<PowerSums>,
    /// By day and series of [`Series`].
    pub(crate) days: Vec<Histogram>,
}

/// What stands behind an estimate, for the rule that decides when there are enough replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Information {
    /// Observations that are not zero: events, or differences.
    pub(crate) nonzero: u64,
    /// Whether the observations vary at all.
    pub(crate) varies: bool,
}

impl From<&PowerSums> for Information {
    fn from(sums: &PowerSums) -> Self {
        Self {
            nonzero: sums.nonzero(),
            varies: sums.varies(),
        }
    }
}

impl PolicySums {
    /// No replications yet of the study described by `frame`.
    pub(crate) fn new(frame: &Frame) -> Self {
        let study = frame.study();
        let cells = frame.regions.len() * study.n_weeks();
        Self {
            displaced_cells: vec![PairedBits::default(); cells],
            displaced_counts: vec![PowerSums::default(); cells],
            regional: vec![PowerSums::default(); cells * REGIONAL.len()],
            national: vec![PowerSums::default(); study.n_weeks() * WeekMeasure::ALL.len()],
            days: vec![Histogram::default(); study.n_days() * Series::ALL.len()],
            ..Self::of_estimands()
        }
    }

    /// No replications yet, and nothing by region, week or day.
    pub(crate) fn of_estimands() -> Self {
        Self {
            paired: vec![Paired::default(); Measure::COUNT],
            ratios: vec![PairedRatios::default(); ESTIMANDS.len()],
            bits: vec![PairedBits::default(); ESTIMANDS.len()],
            tails: vec![PairedValues::default(); ESTIMANDS.len()],
            waits: PatientQuantile::default(),
            cohorts: Default::default(),
            other_waits: 0,
            trades: vec![TradeOff::default(); TRADE_OFFS.len()],
            activations: vec![ActivationSums::default(); TRIGGERS.len()],
            displaced_cells: Vec::new(),
            displaced_counts: Vec::new(),
            regional: Vec::new(),
            national: Vec::new(),
            days: Vec::new(),
        }
    }

    /// Adds one replication; `is_kept` says whether its single values are kept for tails.
    pub(crate) fn add(&mut self, policy: &PolicyRecord, baseline: &PolicyRecord, is_kept: bool) {
        let both = policy.measures.iter().zip(&baseline.measures);
        for (sums, (own, base)) in self.paired.iter_mut().zip(both) {
            sums.add(*own, *base);
        }
        for (position, estimand) in ESTIMANDS.iter().enumerate() {
            if is_kept || !matches!(estimand.kind, Kind::Tail(..)) {
                self.add_estimand(position, policy, baseline);
            }
        }
        for (sums, trade) in self.trades.iter_mut().zip(&TRADE_OFFS) {
            sums.add(
                baseline.measure(Measure::Displaced) - policy.measure(Measure::Displaced),
                policy.measure(trade.cost) - baseline.measure(trade.cost),
            );
        }
        for (sums, trigger) in self.activations.iter_mut().zip(&TRIGGERS) {
            sums.add(trigger, policy, baseline);
        }
        self.waits.add(&policy.all_waits());
        for (sums, waits) in self.cohorts.iter_mut().zip(&policy.waits) {
            sums.add(waits);
        }
        self.other_waits += u64::from(policy.waits != baseline.waits);
        self.add_weeks(policy, baseline);
        self.add_days(policy);
    }

    fn add_estimand(&mut self, position: usize, policy: &PolicyRecord, baseline: &PolicyRecord) {
        match ESTIMANDS[position].kind {
            Kind::Mean(..) | Kind::WaitQuantile(_) => {}
            Kind::Ratio(part, whole) => {
                let pair = |record: &PolicyRecord| (record.measure(part), record.measure(whole));
                self.ratios[position].add(pair(policy), pair(baseline));
            }
            Kind::Proportion(measure) => {
                let bit = |record: &PolicyRecord| record.measure(measure) > 0;
                self.bits[position].add(bit(policy), bit(baseline));
            }
            Kind::Tail(measure, ..) => {
                self.tails[position].add(policy.measure(measure), baseline.measure(measure));
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

    /// The estimate of an estimand, before it is scaled to its unit.
    pub(crate) fn estimate(&self, position: usize, confidence: Confidence) -> Estimate {
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => mean(self.paired[measure.idx()].both().x(), confidence),
            Kind::Ratio(..) => ratio(self.ratios[position].alternative(), confidence),
            Kind::Proportion(_) => {
                let bits = &self.bits[position];
                proportion(bits.n11 + bits.n10, bits.n(), confidence)
            }
            Kind::Tail(_, _, tail) => {
                let values = &self.tails[position];
                match tail {
                    Tail::Quantile => values.quantile(Side::Alternative, TAIL_FROM, confidence),
                    Tail::Mean => values.tail_mean(Side::Alternative, TAIL_FROM, confidence),
                }
            }
            Kind::WaitQuantile(share) => self
                .waits
                .estimate(f64::from(share.0) / 1_000.0, confidence),
        }
    }

    /// The difference to the baseline, before it is scaled to the estimand's unit. `baseline` holds
    /// the sums of the baseline itself.
    pub(crate) fn difference(
        &self,
        baseline: &Self,
        position: usize,
        confidence: Confidence,
    ) -> Estimate {
        let half = confidence.each_of(2);
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => self.paired[measure.idx()].estimate(confidence),
            Kind::Ratio(..) => self.ratios[position].estimate(confidence),
            Kind::Proportion(_) => self.bits[position].estimate(confidence),
            Kind::Tail(_, _, Tail::Mean) => {
                self.tails[position].tail_mean_difference(TAIL_FROM, confidence)
            }
            Kind::Tail(_, _, Tail::Quantile) | Kind::WaitQuantile(_) => bonferroni_difference(
                &self.estimate(position, half),
                &baseline.estimate(position, half),
                confidence,
            ),
        }
    }

    /// Two-sided p-value for "no difference to the baseline"; not a number where no test is offered.
    pub(crate) fn p_value(&self, position: usize) -> f64 {
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => {
                p_value(&self.paired[measure.idx()].difference().moments(), 0.0)
            }
            Kind::Ratio(..) => self.ratios[position].p_value(),
            Kind::Proportion(_) => self.bits[position].p_value(),
            Kind::Tail(..) | Kind::WaitQuantile(_) => f64::NAN,
        }
    }

    /// Whether policy and baseline were equal in every world, as far as the estimand sees them.
    pub(crate) fn identical(&self, position: usize) -> bool {
        match ESTIMANDS[position].kind {
            Kind::Ratio(..) => self.ratios[position].identical(),
            Kind::WaitQuantile(_) => self.paired[0].difference().n() > 0 && self.other_waits == 0,
            Kind::Proportion(_) => {
                let bits = &self.bits[position];
                bits.n() > 0 && bits.discordant() == 0
            }
            Kind::Mean(measure, _) | Kind::Tail(measure, ..) => {
                self.paired[measure.idx()].identical()
            }
        }
    }

    /// Worlds with the event under the policy only, and under the baseline only; for probabilities.
    pub(crate) fn discordant(&self, position: usize) -> Option<(u64, u64)> {
        let bits = &self.bits[position];
        matches!(ESTIMANDS[position].kind, Kind::Proportion(_)).then_some((bits.n10, bits.n01))
    }

    /// What stands behind [`Self::estimate`].
    pub(crate) fn information(&self, position: usize) -> Information {
        let bits = &self.bits[position];
        let events = bits.n11 + bits.n10;
        match ESTIMANDS[position].kind {
            Kind::Proportion(_) => Information {
                nonzero: events,
                varies: events > 0 && events < bits.n(),
            },
            _ => self.paired[ESTIMANDS[position].measure().idx()]
                .both()
                .x()
                .into(),
        }
    }

    /// What stands behind [`Self::difference`].
    pub(crate) fn information_of_difference(&self, position: usize) -> Information {
        match self.discordant(position) {
            Some((n10, n01)) => Information {
                nonzero: n10 + n01,
                varies: n10 + n01 > 0,
            },
            None => self.paired[ESTIMANDS[position].measure().idx()]
                .difference()
                .into(),
        }
    }
}
