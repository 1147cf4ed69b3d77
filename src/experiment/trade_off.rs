//! What is saved against what it costs: displaced patients avoided per unit of a price.

use crate::experiment::measure::Measure;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::paired::TradeOff;
use crate::statistics::ratio::FiellerSet;

/// Estimand E15: class 3 patients displaced under the baseline and not under the policy, over what the
/// policy costs more than the baseline, both in the same worlds.
///
/// A rate says something only where the policy saves patients and costs more. Where it saves patients
/// and costs less, the rate is negative, and there is no trade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeOffRate {
    /// Machine name, unique.
    pub key: &'static str,
    /// Unit of the rate.
    pub unit: &'static str,
    /// Exact definition.
    pub definition: &'static str,
    /// What it costs.
    pub cost: Measure,
    /// Units of the measure in one thing that is paid for: an operation, a euro, a week of a worker.
    scale: f64,
    /// Things in one unit of cost.
    per: f64,
}

/// All trade-offs.
pub const TRADE_OFFS: [TradeOffRate; 3] = [
    TradeOffRate {
        key: "avoided_per_100_operations",
        unit: "patients per 100 operations",
        definition: "displaced class {c3} patients avoided per 100 class {c4} and {c5} operations cut in \
                     hospitals beyond those of the baseline",
        cost: Measure::OperationsCutClass45,
        scale: 1_000.0,
        per: 100.0,
    },
    TradeOffRate {
        key: "avoided_per_million_euros",
        unit: "patients per million euros",
        definition: "displaced class {c3} patients avoided per million euros of clinic production value \
                     lost beyond that of the baseline",
        cost: Measure::ClinicValueLost,
        scale: 100.0,
        per: 1_000_000.0,
    },
    TradeOffRate {
        key: "avoided_per_fte_week",
        unit: "patients per FTE-week",
        definition: "displaced class {c3} patients avoided per week of one full-time clinic worker lent \
                     (7 full-time nurse-days) beyond those of the baseline",
        cost: Measure::LoanedNurseDays,
        scale: 7.0 * 1_000.0,
        per: 1.0,
    },
];

/// A trade-off as the worlds leave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Which trade-off.
    pub trade_off: &'static TradeOffRate,
    /// Mean avoided over mean cost; not finite when nothing is spent.
    pub value: f64,
    /// The rates that the data do not reject. Not always an interval.
    pub set: FiellerSet,
    /// Kind of the set.
    pub kind: IntervalKind,
    /// Number of replications.
    pub n: u64,
    /// Whether enough worlds show a difference in patients and in cost.
    pub status: Status,
}

impl Rate {
    /// What exact sums over worlds say of a trade-off.
    pub(crate) fn new(
        trade_off: &'static TradeOffRate,
        sums: &TradeOff,
        confidence: Confidence,
    ) -> Self {
        let both = sums.sums();
        let factor = trade_off.per * trade_off.scale;
        let nonzero = both.x().nonzero().min(both.y().nonzero());
        Self {
            trade_off,
            value: sums.rate() * factor,
            set: scaled(sums.set(confidence), factor),
            kind: IntervalKind::monte_carlo(confidence, Method::Fieller),
            n: both.n(),
            status: Status::of_mean(both.n(), nonzero),
        }
    }

    /// What one patient costs: operations, euros, or weeks of a worker. The set of prices is the whole line where
    /// that of rates is no interval without zero.
    pub fn price(&self) -> Estimate {
        let per = self.trade_off.per;
        let interval = match self.set {
            FiellerSet::Bounded(ends) if !ends.contains(0.0) => {
                Interval::between(per / ends.low, per / ends.high)
            }
            _ => Interval::UNBOUNDED,
        };
        Estimate {
            value: per / self.value,
            interval,
            kind: self.kind,
            n: self.n,
            status: self.status,
        }
    }

    /// What the set is, in one word: `interval`, `outside` (everything but the values between two
    /// ends), or `any` (the data reject no rate).
    pub const fn shape(&self) -> &'static str {
        match self.set {
            FiellerSet::Bounded(_) => "interval",
            FiellerSet::Outside(_) => "outside",
            FiellerSet::Line => "any",
        }
    }

    /// The two ends of the set, or of the gap in it; `None` when every rate is possible.
    pub const fn ends(&self) -> Option<Interval> {
        match self.set {
            FiellerSet::Bounded(ends) | FiellerSet::Outside(ends) => Some(ends),
            FiellerSet::Line => None,
        }
    }
}

fn scaled(set: FiellerSet, factor: f64) -> FiellerSet {
    let times = |ends: Interval| Interval {
        low: ends.low * factor,
        high: ends.high * factor,
    };
    match set {
        FiellerSet::Bounded(ends) => FiellerSet::Bounded(times(ends)),
        FiellerSet::Outside(gap) => FiellerSet::Outside(times(gap)),
        FiellerSet::Line => FiellerSet::Line,
    }
}
