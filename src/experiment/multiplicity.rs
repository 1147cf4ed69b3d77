//! Statements about several policies, or several region-weeks, that hold together.

use crate::experiment::analysis::Analysis;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::experiment::measure::Measure;
use crate::experiment::rivals::Rivals;
use crate::statistics::best::{AgainstBest, Best, against_best};
use crate::statistics::interval::Interval;
use crate::statistics::multiple::{benjamini_hochberg, holm};
use crate::statistics::paired::{PairedBits, bonett_price};
use crate::statistics::selection::Differences;
use crate::units::listed::named;

/// Estimands in which every policy is compared with the best of the others: E5, E4 and E2.
pub const HEADLINE_KEYS: [&str; 3] = ["displaced_share", "displaced", "displaced_region_weeks"];

/// Largest ratio between variances of pairwise differences at which they are still pooled.
const MAX_VARIANCE_RATIO: f64 = 4.0;

named! {
    /// How the allowance of a comparison with the best was computed.
    pub enum Allowance, name {
        /// One allowance from the pooled variance of differences, after Nelson and Matejcik.
        Pooled = "mcb_pooled",
        /// One for each pair, after Bonferroni, because the variances of differences are too unequal.
        Pairwise = "mcb_pairwise",
    }
}

/// Every policy against the best of the others in one estimand.
#[derive(Debug, Clone, PartialEq)]
pub struct BestComparison {
    /// The estimand; less is better.
    pub estimand: &'static Estimand,
    /// By policy, in the estimand's unit; all intervals hold together. Empty below two policies or
    /// two replications.
    pub policies: Vec<AgainstBest>,
    /// How the intervals were computed.
    pub allowance: Allowance,
}

/// Compares every policy with the best of the others in the estimand `key` of [`HEADLINE_KEYS`];
/// `None` for any other.
///
/// The share (E5) is ranked by the number displaced over the mean size of the cohort, which is the
/// same for all policies.
pub fn with_the_best(analysis: &Analysis, key: &str) -> Option<BestComparison> {
    let position = HEADLINE_KEYS.iter().position(|known| *known == key)?;
    let estimand = &ESTIMANDS[Estimand::position(key)?];
    let cohort = analysis.measure(0, Measure::Cohort).mean();
    let (rivals, factor) = match position {
        0 => (analysis.rivals(0), 100.0 / cohort),
        1 => (analysis.rivals(0), 1.0),
        _ => (analysis.rivals(1), estimand.factor(analysis.frame())),
    };
    let (policies, allowance) = compared(rivals, analysis);
    Some(BestComparison {
        estimand,
        policies: policies
            .into_iter()
            .map(|found| scaled(found, factor))
            .collect(),
        allowance,
    })
}

fn compared(rivals: &Rivals, analysis: &Analysis) -> (Vec<AgainstBest>, Allowance) {
    let k = analysis.frame().policies.len();
    if k < 2 || rivals.differences.n() < 2 {
        return (Vec::new(), Allowance::Pooled);
    }
    if variances_are_alike(&rivals.differences, k) {
        let pooled = against_best(&rivals.sums, Best::Smallest, analysis.confidence());
        return (pooled, Allowance::Pooled);
    }
    let each = analysis.confidence().each_of(k * (k - 1) / 2);
    let n = rivals.differences.n() as f64;
    let t = each.t(n - 1.0);
    let pairwise = (0..k)
        .map(|policy| pairwise(&rivals.differences, policy, k, t / n.sqrt()))
        .collect();
    (pairwise, Allowance::Pairwise)
}

fn variances_are_alike(differences: &Differences, k: usize) -> bool {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for a in 0..k {
        for b in 0..a {
            let variance = differences.variance(a, b);
            (least, most) = (least.min(variance), most.max(variance));
        }
    }
    most <= MAX_VARIANCE_RATIO * least
}

/// The largest of the simultaneous intervals for the lead of the others over a policy. As in the
/// pooled comparison, the interval always holds zero, possibly as its end.
fn pairwise(differences: &Differences, policy: usize, k: usize, scale: f64) -> AgainstBest {
    let mut found = [f64::NEG_INFINITY; 3];
    for rival in (0..k).filter(|rival| *rival != policy) {
        let lead = differences.mean(policy, rival);
        let reach = scale * differences.variance(policy, rival).sqrt();
        for (end, value) in found.iter_mut().zip([lead - reach, lead, lead + reach]) {
            *end = end.max(value);
        }
    }
    let [low, difference, high] = found;
    AgainstBest {
        difference,
        interval: Interval {
            low: low.min(0.0),
            high: high.max(0.0),
        },
        may_be_best: low <= 0.0,
    }
}

fn scaled(found: AgainstBest, factor: f64) -> AgainstBest {
    AgainstBest {
        difference: found.difference * factor,
        interval: Interval {
            low: found.interval.low * factor,
            high: found.interval.high * factor,
        },
        may_be_best: found.may_be_best,
    }
}

/// By policy: the p-value of "no difference to the baseline" in an estimand (by position), adjusted
/// after Holm for all policies that are compared in it. `None` for the baseline, and where no test is
/// offered.
pub fn holm_p_values(analysis: &Analysis, estimand: usize) -> Vec<Option<f64>> {
    let frame = analysis.frame();
    let p_value = |policy: usize| analysis.comparison(policy, estimand).p_value;
    let tested: Vec<(usize, f64)> = (0..frame.policies.len())
        .filter(|policy| *policy != frame.baseline)
        .map(|policy| (policy, p_value(policy)))
        .filter(|(_, p)| !p.is_nan())
        .collect();
    let raw: Vec<f64> = tested.iter().map(|&(_, p)| p).collect();
    let mut adjusted = vec![None; frame.policies.len()];
    for ((policy, _), p) in tested.iter().zip(holm(&raw)) {
        adjusted[*policy] = Some(p);
    }
    adjusted
}

/// Which error the marks of region-weeks keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRule {
    /// The probability of any false mark, by Bonferroni intervals over all cells.
    Simultaneous,
    /// The expected share of false marks, after Benjamini and Hochberg.
    DiscoveryRate,
}

named! {
    /// What the data say of one region-week, compared with the baseline.
    pub enum Mark, name {
        /// Nothing for sure.
        Open = "",
        /// Displacement is less likely than under the baseline.
        Less = "less",
        /// Displacement is more likely.
        More = "more",
    }
}

/// Marks the region-weeks of the window in which displacement under a policy is more or less likely
/// than under the baseline; by region and week of the window.
pub fn mark_cells(analysis: &Analysis, policy: usize, rule: CellRule) -> Vec<Vec<Mark>> {
    let weeks = analysis.frame().window_weeks();
    let n_regions = analysis.frame().regions.len();
    let cells: Vec<PairedBits> = (0..n_regions)
        .flat_map(|region| weeks.clone().map(move |week| (region, week)))
        .map(|(region, week)| *analysis.displaced_cell(policy, region, week))
        .collect();
    let marks = match rule {
        CellRule::Simultaneous => simultaneous(&cells, analysis),
        CellRule::DiscoveryRate => discoveries(&cells, analysis),
    };
    marks
        .chunks(weeks.len().max(1))
        .map(<[Mark]>::to_vec)
        .collect()
}

fn simultaneous(cells: &[PairedBits], analysis: &Analysis) -> Vec<Mark> {
    let each = analysis.confidence().each_of(cells.len());
    cells
        .iter()
        .map(|bits| match bonett_price(bits, each) {
            interval if interval.high < 0.0 => Mark::Less,
            interval if interval.low > 0.0 => Mark::More,
            _ => Mark::Open,
        })
        .collect()
}

fn discoveries(cells: &[PairedBits], analysis: &Analysis) -> Vec<Mark> {
    let p_values: Vec<f64> = cells.iter().map(PairedBits::p_value).collect();
    let adjusted = benjamini_hochberg(&p_values);
    cells
        .iter()
        .zip(adjusted)
        .map(|(bits, p)| match bits.n10.cmp(&bits.n01) {
            core::cmp::Ordering::Less if p <= analysis.confidence().alpha() => Mark::Less,
            core::cmp::Ordering::Greater if p <= analysis.confidence().alpha() => Mark::More,
            _ => Mark::Open,
        })
        .collect()
}
