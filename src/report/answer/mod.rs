//! The answer of a run: under each policy, how many urgent planned operations come too late, how sure
//! that is, and what it costs. Terminal, page and brief say it in the same words.

mod loans;
mod others;
mod phrases;
mod sentences;
mod table;

pub(crate) use loans::{GATE_ABOUT, GATE_OPEN, GATES};
use phrases::{NO_COMPARISON, NO_PATIENTS};

use crate::experiment::Measure;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::outcome::WeekMeasure;
use crate::report::Evidence;
use crate::report::language::decimals;
use crate::report::wording::Wording;
use crate::statistics::interval::{Estimate, Interval};

/// The middle of the worlds of which a range is given.
const MIDDLE: [f64; 2] = [0.1, 0.9];
/// Counts are written with one decimal.
const LEAST: f64 = 0.1;
/// Policies behave alike when the number of operations that come too late differs by less than this part.
const ALIKE: f64 = 0.05;

/// What a run says, in the language and words of its readers.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    evidence: &'a Evidence,
    wording: Wording<'a>,
}

/// What a policy changes in other operations for each patient more or fewer who comes too late, against the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Exchange {
    /// Of the baseline itself.
    Baseline,
    /// As many come too late, or as good as.
    Same,
    /// The data do not tell whether fewer come too late.
    Unclear,
    /// Fewer come too late, and no fewer others are done.
    Free,
    /// More come too late, and no more others are done.
    Worse,
    /// Operations of classes 4 and 5 not done for each patient fewer who comes too late.
    Costs(Estimate),
    /// Operations of classes 4 and 5 done for each patient more who comes too late.
    Saves(Estimate),
}

impl<'a> Answer<'a> {
    pub(crate) const fn new(evidence: &'a Evidence, wording: Wording<'a>) -> Self {
        Self { evidence, wording }
    }

    /// The policies, the one with the fewest operations too late first.
    pub(crate) fn ranking(self) -> Vec<usize> {
        let mut ranking: Vec<usize> = (0..self.evidence.analysis.frame().policies.len()).collect();
        let share = |policy: &usize| self.estimate(*policy, "displaced_share").value;
        ranking.sort_by(|one, other| share(one).total_cmp(&share(other)));
        ranking
    }

    /// The policy at the other end of a ranking, where it differs from the baseline: the last one, or else the first.
    #[cfg(feature = "charts")]
    pub(crate) fn far_end(self, ranking: &[usize]) -> Option<usize> {
        let ends = [ranking.last(), ranking.first()].into_iter().flatten();
        ends.copied().find(|policy| self.differs(*policy))
    }

    /// Percentages of operations too late between which 8 in 10 worlds lie.
    pub(crate) fn range(self, policy: usize) -> Option<Interval> {
        Self::range_in(self.evidence, policy)
    }

    /// The same over all that is uncertain, if the run has worlds in which it is drawn.
    pub(crate) fn wide_range(self, policy: usize) -> Option<Interval> {
        Self::range_in(self.evidence.uncertain.as_deref()?, policy)
    }

    fn range_in(evidence: &Evidence, policy: usize) -> Option<Interval> {
        let position = Estimand::position("displaced_share")?;
        let end = |share| evidence.world_values.quantile(policy, position, share);
        let [low, high] = MIDDLE.map(end);
        let factor = evidence.analysis.factor(&ESTIMANDS[position]);
        Some(Interval {
            low: low? * factor,
            high: high? * factor,
        })
    }

    /// Whether a policy behaves as the baseline does: surely within a twentieth of its operations too late.
    pub(crate) fn is_alike(self, policy: usize) -> bool {
        let comparison = self.evidence.compare(policy, "displaced");
        let ends = comparison.difference.published();
        let room = ALIKE * self.mean(self.baseline(), "displaced");
        comparison.identical || (ends.is_bounded() && -room <= ends.low && ends.high <= room)
    }

    /// Whether a policy is another than the baseline and behaves otherwise.
    pub(crate) fn differs(self, policy: usize) -> bool {
        policy != self.baseline() && !self.is_alike(policy)
    }

    fn exchange(self, policy: usize) -> Exchange {
        if policy == self.baseline() {
            return Exchange::Baseline;
        }
        if self.is_alike(policy) {
            return Exchange::Same;
        }
        let difference = |key| self.evidence.compare(policy, key).difference;
        let late = difference("displaced");
        let is_fewer = late.value < 0.0;
        let cut = difference("operations_cut_class_45").value;
        let ends = late.published();
        if !ends.is_bounded() || ends.contains(0.0) {
            Exchange::Unclear
        } else if is_fewer && cut <= 0.0 {
            Exchange::Free
        } else if !is_fewer && cut >= 0.0 {
            Exchange::Worse
        } else if is_fewer {
            Exchange::Costs(self.price_of_one(policy))
        } else {
            Exchange::Saves(self.price_of_one(policy))
        }
    }

    /// Operations of classes 4 and 5 for one patient, with its set (Fieller) where that is an interval.
    fn price_of_one(self, policy: usize) -> Estimate {
        let mut rates = self.evidence.analysis.trade_offs(policy).into_iter();
        let rate = rates.find(|rate| rate.trade_off.cost == Measure::OperationsCutClass45);
        rate.expect("an entry of the registry").price()
    }

    /// Whether any clinic has staff.
    pub(crate) fn has_clinics(self) -> bool {
        self.measure(self.baseline(), Measure::Workers) > 0.0
    }

    fn baseline(self) -> usize {
        self.evidence.analysis.frame().baseline
    }

    fn label(self, policy: usize) -> &'a str {
        let policies = &self.evidence.analysis.frame().policies;
        self.wording.language.name(&policies[policy].label)
    }

    fn estimate(self, policy: usize, key: &str) -> Estimate {
        self.evidence.estimate(policy, key)
    }

    fn mean(self, policy: usize, key: &str) -> f64 {
        self.estimate(policy, key).value
    }

    /// Mean of a measure over worlds.
    fn measure(self, policy: usize, measure: Measure) -> f64 {
        self.evidence.analysis.measure(policy, measure).mean()
    }

    /// Mean of a count of weeks over worlds, summed over the window.
    fn of_weeks(self, policy: usize, measure: WeekMeasure) -> f64 {
        let analysis = &self.evidence.analysis;
        let weeks = analysis.frame().window_weeks();
        weeks
            .map(|week| analysis.national(policy, week, measure).mean())
            .sum()
    }

    /// Operations of classes 4 and 5 in normal times.
    fn normal_operations(self) -> f64 {
        let classes = [
            WeekMeasure::NormalOperationsClass4,
            WeekMeasure::NormalOperationsClass5,
        ];
        let operations = classes.map(|class| self.of_weeks(self.baseline(), class));
        operations.iter().sum::<f64>() / 1_000.0
    }

    fn whole(self, value: f64) -> String {
        self.wording.language.number(value, 0)
    }

    /// A count: in whole numbers, or with a decimal where it is small; never none where there are some.
    pub(crate) fn count(self, value: f64) -> String {
        if value > 0.0 && value < LEAST {
            return format!("<{}", self.wording.language.number(LEAST, 1));
        }
        let is_small = value.abs() < 10.0 && value.fract() != 0.0;
        self.wording.language.number(value, usize::from(is_small))
    }

    /// A change and its interval, if it has one, with a decimal where it is small.
    fn change(self, estimate: &Estimate) -> String {
        let ends = estimate.published();
        if !ends.is_bounded() {
            return self.count(estimate.value);
        }
        let decimals = decimals(estimate).max(usize::from(estimate.value.abs() < 10.0));
        let number = |value| self.wording.language.number(value, decimals);
        let level = self.evidence.manifest.error_rate.level();
        let gaps = [
            ("value", number(estimate.value)),
            ("level", self.whole(100.0 * level)),
            ("low", number(ends.low)),
            ("high", number(ends.high)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(phrases::CHANGE_OF, &gaps)
    }

    fn percent(self, value: f64) -> String {
        let decimals = usize::from(value.abs() < 10.0);
        self.wording.language.number(value, decimals)
    }
}
