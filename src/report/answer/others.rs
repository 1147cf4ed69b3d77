//! What the other policies do, beside the one that they are compared with.

use crate::experiment::Measure;
use crate::report::Evidence;
use crate::report::answer::phrases as say;
use crate::report::answer::{Answer, Exchange};
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;

/// Other policies that are told each; of more, those at both ends.
const MOST_TOLD: usize = 3;

impl Answer<'_> {
    /// What the policies do that are told each.
    pub(super) fn others(self) -> Vec<String> {
        let others = self.told().into_iter();
        others.map(|policy| self.other(policy)).collect()
    }

    /// The policies that differ from the baseline: all if they are few, else those at both ends of the ranking.
    fn told(self) -> Vec<usize> {
        let mut others = self.ranking();
        others.retain(|policy| self.differs(*policy));
        if others.len() > MOST_TOLD {
            others = vec![others[0], others[others.len() - 1]];
        }
        others
    }

    fn other(self, policy: usize) -> String {
        let gaps = [
            ("policy", self.label(policy).to_owned()),
            ("n", self.count(self.mean(policy, "displaced"))),
            ("share", self.percent(self.mean(policy, "displaced_share"))),
            ("ends", self.widest_ends(policy)),
            ("direction", self.direction(self.is_worse(policy))),
            ("how_often", self.how_sure(policy)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(say::OTHER, &gaps) + &self.exchange_told(policy)
    }

    /// Whether more come too late than under the baseline.
    fn is_worse(self, policy: usize) -> bool {
        self.evidence.compare(policy, "displaced").difference.value > 0.0
    }

    fn direction(self, is_more: bool) -> String {
        let phrase = if is_more { say::MORE } else { say::FEWER };
        self.wording.say(phrase, &[])
    }

    /// In how many worlds more, or fewer, come too late than under the baseline.
    fn how_sure(self, policy: usize) -> String {
        let is_more = self.is_worse(policy);
        let counts = |run: &Evidence| {
            let standing = run.standing(policy);
            let (most, least) = if is_more {
                (standing.above, standing.below)
            } else {
                (standing.below, standing.above)
            };
            (most, least, u64::from(run.analysis.n()))
        };
        let (most, least, n) = counts(self.evidence);
        let wide = self.evidence.uncertain.as_deref().map(counts);
        let (phrase, of_n) = if most == n && wide.is_some_and(|(most, _, n)| most == n) {
            (say::ALWAYS_IN_BOTH, n)
        } else if most == n {
            (say::ALWAYS, n)
        } else if self.evidence.can_say_how_likely() {
            (say::USUALLY, 100)
        } else {
            (say::USUALLY_OF_FEW, n)
        };
        let gaps = [
            ("most", whole_of(most, n, of_n).to_string()),
            ("least", whole_of(least, n, of_n).to_string()),
            ("n", self.whole(n as f64)),
            (
                "wide_n",
                wide.map_or(String::new(), |(.., n)| n.to_string()),
            ),
            ("opposite", self.direction(!is_more)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(phrase, &gaps)
    }

    /// What a patient more or fewer who comes too late changes in other operations.
    fn exchange_told(self, policy: usize) -> String {
        let of = |phrase: Phrase, price: Estimate| {
            let n = self.change(&price);
            self.wording.say(phrase, &[("n", &n)])
        };
        match self.exchange(policy) {
            Exchange::Baseline | Exchange::Same | Exchange::Unclear => String::new(),
            Exchange::Free => self.wording.say(say::COSTS_NOTHING, &[]),
            Exchange::Worse => self.wording.say(say::SAVES_NOTHING, &[]),
            Exchange::Costs(price) => of(say::EACH_COSTS, price),
            Exchange::Saves(price) => of(say::EACH_SAVES, price),
        }
    }

    /// The policies beside the baseline that behave as it does.
    pub(crate) fn all_alike(self) -> Vec<usize> {
        let others = 0..self.evidence.analysis.frame().policies.len();
        let others = others.filter(|policy| *policy != self.baseline());
        others.filter(|policy| self.is_alike(*policy)).collect()
    }

    /// The policies that behave as the baseline does, said once with the reason.
    pub(super) fn alike(self) -> Option<String> {
        let alike = self.all_alike();
        let difference = |policy: &usize| self.evidence.compare(*policy, "displaced").difference;
        let size = |estimate: Estimate| estimate.value.abs();
        let sizes = alike.iter().map(|policy| size(difference(policy)));
        let largest = sizes.fold(0.0, f64::max);
        let labels: Vec<String> = (alike.iter())
            .map(|policy| format!("“{}”", self.label(*policy)))
            .collect();
        // Where every other policy has a sentence of its own, the rest need no names.
        let (all, told) = (
            self.evidence.analysis.frame().policies.len(),
            self.told().len(),
        );
        let policies = if alike.len() > 1 && alike.len() + told + 1 == all {
            let n = self.whole(alike.len() as f64);
            self.wording.say(say::ALL_OTHERS, &[("n", &n)])
        } else {
            self.joined(&labels)
        };
        let gaps = [
            ("policies", policies),
            ("baseline", self.label(self.baseline()).to_owned()),
            ("n", self.count(largest)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        let phrase = if alike.len() == 1 {
            say::ALIKE_ONE
        } else {
            say::ALIKE
        };
        let said = self.wording.say(phrase, &gaps);
        (!alike.is_empty()).then(|| said + &self.reason(&alike, largest))
    }

    /// Names with commas between them, and a word before the last.
    fn joined(self, names: &[String]) -> String {
        match names {
            [first @ .., last] if !first.is_empty() => {
                let gaps = [("first", &*first.join(", ")), ("last", last)];
                self.wording.say(say::AND, &gaps)
            }
            one => one.concat(),
        }
    }

    /// Why policies behave alike, where that is what clinics do; `changed` is the largest difference.
    fn reason(self, alike: &[usize], changed: f64) -> String {
        let most = |measure| {
            let values = alike.iter().map(|policy| self.measure(*policy, measure));
            values.fold(0.0, f64::max)
        };
        if most(Measure::Used) <= 0.0 && most(Measure::OperationsMoved) <= 0.0 {
            return String::new();
        }
        let possible = most(Measure::ProtectedByLoans);
        let all = self.measure(self.baseline(), Measure::Cohort);
        let gaps = [("n", &*self.count(possible)), ("all", &self.whole(all))];
        let said = self.wording.say(say::CLINICS_DO_LITTLE, &gaps);
        let in_time_anyway = if 2.0 * changed < possible {
            self.wording.say(say::IN_TIME_ANYWAY, &[])
        } else {
            String::new()
        };
        format!(" {said}{in_time_anyway}")
    }

    /// The name that stands for a policy in a figure: empty where it is one of those `alike`, for which the name of
    /// the baseline stands.
    #[cfg(feature = "charts")]
    pub(crate) fn name_of_group(self, policy: usize, alike: &[usize]) -> String {
        let label = self.label(policy);
        if alike.contains(&policy) {
            return String::new();
        }
        if policy != self.baseline() || alike.is_empty() {
            return label.to_owned();
        }
        let n = alike.len().to_string();
        self.wording
            .say(say::GROUP, &[("policy", label), ("n", &n)])
    }
}

/// `worlds` of `n`, scaled to `of_n`; 0 and `of_n` only where `worlds` is 0 or `n`.
fn whole_of(worlds: u64, n: u64, of_n: u64) -> u64 {
    let rounded = (worlds * of_n + n / 2) / n.max(1);
    if worlds == 0 || worlds == n {
        rounded
    } else {
        rounded.clamp(1, of_n.saturating_sub(1).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_hundred_is_all_only_when_it_is_all() {
        assert_eq!(whole_of(999, 1_000, 100), 99, "nearly all");
        assert_eq!(whole_of(1_000, 1_000, 100), 100, "all");
        assert_eq!(whole_of(1, 1_000, 100), 1, "nearly none");
        assert_eq!(whole_of(0, 1_000, 100), 0, "none");
        assert_eq!(whole_of(61, 100, 100), 61, "as it is");
        assert_eq!(whole_of(1, 1, 1), 1, "one of one");
    }
}
