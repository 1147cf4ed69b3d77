//! Exact sums over worlds of one policy beside the baseline.

use crate::experiment::activation::{ActivationSums, TRIGGERS};
use crate::experiment::cohort::COHORTS;
use crate::experiment::daily_series::Series;
use crate::experiment::estimand::{ESTIMANDS, Kind};
use crate::experiment::measure::Measure;
use crate::experiment::record::{KEPT_VALUES, PolicyRecord, REGIONAL, ReplicationRecord};
use crate::experiment::stream::StreamSums;
use crate::experiment::study_frame::StudyFrame;
use crate::experiment::trade_off::TRADE_OFFS;
use crate::outcome::WeekMeasure;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::control::CrossSums;
use crate::statistics::histogram::Histogram;
use crate::statistics::paired::{Paired, PairedBits, TradeOff};
use crate::statistics::paired_ratio::PairedRatios;
use crate::statistics::patient_quantile::PatientQuantile;
use crate::statistics::upper_tail::PairedValues;
use crate::units::Day;
use crate::world::Control;

/// Sums of one policy; the size does not grow with the number of replications, but for the few
/// measures of which the tail is asked, and there only up to
/// [`KEPT_VALUES`](crate::experiment::record::KEPT_VALUES).
#[derive(Debug, Clone)]
pub(crate) struct PolicySums {
    /// By measure: the policy (alternative) beside the baseline.
    pub(crate) paired: Vec<Paired>,
    /// By measure: the policy with the controls of the worlds.
    pub(crate) crossed: Vec<CrossSums<{ Control::COUNT }>>,
    /// By estimand; empty where it is not a ratio.
    pub(crate) ratios: Vec<PairedRatios>,
    /// By estimand; empty where it is not a probability.
    pub(crate) bits: Vec<PairedBits>,
    /// By estimand; empty where no tail is needed.
    pub(crate) tails: Vec<PairedValues>,
    pub(crate) waits: PatientQuantile,
    /// Waits by third of the window.
    pub(crate) cohorts: [PatientQuantile; COHORTS],
    /// Worlds in which waits differ from those under the baseline.
    pub(crate) other_waits: u64,
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
    pub(crate) streams: StreamSums,
}

impl PolicySums {
    /// No replications yet of the study described by `frame`.
    pub(crate) fn new(frame: &StudyFrame) -> Self {
        let study = frame.study();
        let cells = frame.regions.len() * study.n_weeks();
        Self {
            displaced_cells: vec![PairedBits::default(); cells],
            displaced_counts: vec![PowerSums::default(); cells],
            regional: vec![PowerSums::default(); cells * REGIONAL.len()],
            national: vec![PowerSums::default(); study.n_weeks() * WeekMeasure::ALL.len()],
            days: vec![Histogram::default(); study.n_days() * Series::ALL.len()],
            streams: StreamSums::new(frame.streams.len()),
            ..Self::of_estimands()
        }
    }

    /// No replications yet, and nothing by region, week or day.
    pub(crate) fn of_estimands() -> Self {
        Self {
            paired: vec![Paired::default(); Measure::COUNT],
            crossed: vec![CrossSums::default(); Measure::COUNT],
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
            streams: StreamSums::default(),
        }
    }

    /// Adds the policy at a position of one replication, beside the baseline.
    pub(crate) fn add(&mut self, record: &ReplicationRecord, position: usize, baseline: usize) {
        let (policy, baseline) = (&record.policies[position], &record.policies[baseline]);
        // Single values are kept for tails.
        let is_kept = record.replication < KEPT_VALUES;
        for (sums, own) in self.crossed.iter_mut().zip(&policy.measures) {
            sums.add(*own, &record.controls);
        }
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
        self.streams.add(&policy.streams, &baseline.streams);
    }

    fn add_estimand(&mut self, position: usize, policy: &PolicyRecord, baseline: &PolicyRecord) {
        match ESTIMANDS[position].kind {
            Kind::Mean(..) | Kind::WaitQuantile(_) => {}
            Kind::Ratio(part, whole, _) => {
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
}
