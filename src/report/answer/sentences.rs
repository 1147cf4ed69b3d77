//! The answer in sentences.

use crate::experiment::Measure;
use crate::outcome::WeekMeasure;
use crate::report::answer::phrases as say;
use crate::report::answer::{Answer, Avoided, NO_COMPARISON, NO_PATIENTS};
use crate::statistics::interval::Estimate;

impl Answer<'_> {
    /// How often, what another policy changes, and which behave alike.
    pub(crate) fn sentences(self) -> Vec<String> {
        if !self.evidence.has_patients() {
            return vec![self.wording.say(NO_PATIENTS, &[])];
        }
        let mut sentences = vec![self.how_often()];
        sentences.push(self.wording.say(say::TOO_LATE, &[]));
        if self.evidence.analysis.frame().policies.len() < 2 {
            let gaps = [("baseline", self.label(self.baseline()))];
            sentences.push(self.wording.say(NO_COMPARISON, &gaps));
        }
        sentences.extend(self.extremes());
        sentences.extend(self.how_sure());
        sentences.extend(self.alike());
        sentences
    }

    /// What the policy that others are compared with costs; nothing without patients.
    pub(crate) fn price(self) -> Option<String> {
        self.evidence
            .has_patients()
            .then(|| self.price_of_baseline())
    }

    /// Each policy with what it is, in the order of the scenario.
    pub(crate) fn policies(self) -> Vec<(String, String)> {
        let policies = self.evidence.analysis.frame().policies.iter();
        let language = self.wording.language;
        policies
            .map(|policy| {
                let texts = [&policy.label, &policy.description];
                let [label, description] = texts.map(|text| language.name(text).to_owned());
                (label, description)
            })
            .collect()
    }

    /// Where and when most of the operations are that come too late under the baseline.
    pub(crate) fn where_and_when(self) -> Option<String> {
        let analysis = &self.evidence.analysis;
        let (frame, base) = (analysis.frame(), self.baseline());
        let became = |region, week| analysis.displaced_count(base, region, week).mean();
        let regions = 0..frame.regions.len();
        let in_region = |region: usize| frame.window_weeks().map(|week| became(region, week)).sum();
        let in_week = |week: usize| regions.clone().map(|region| became(region, week)).sum();
        let (region, n) = most(regions.clone(), in_region)?;
        let (week, in_it) = most(frame.window_weeks(), in_week)?;
        let all: f64 = regions.clone().map(in_region).sum();
        let monday = frame.study().week_start(week);
        let gaps = [
            (
                "region",
                self.wording.language.name(&frame.regions[region].name),
            ),
            ("percent", &self.whole(100.0 * n / all.max(1.0))),
            ("week", &self.wording.language.date(monday)),
            ("in_week", &self.count(in_it)),
            ("baseline", self.label(base)),
        ];
        (n > 0.0).then(|| self.wording.say(say::WHERE_AND_WHEN, &gaps))
    }

    /// What the numbers are, and what is not in them.
    pub(crate) fn explanation(self) -> String {
        let manifest = &self.evidence.manifest;
        let (n, level) = (manifest.n_replications, manifest.error_rate.level());
        let base = self.baseline();
        let share = self.estimate(base, "displaced_share");
        let gaps = [
            ("worlds", self.wording.seasons(n)),
            ("level", self.whole(100.0 * level)),
            ("baseline", self.label(base).to_owned()),
            ("low", self.percent(share.published().low)),
            ("high", self.percent(share.published().high)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        let phrase = if share.published().is_bounded() {
            say::EXPLANATION
        } else {
            say::EXPLANATION_OF_FEW
        };
        let explained = self.wording.say(phrase, &gaps);
        let inputs = self.evidence.uncertain.as_ref().map_or_else(
            || self.wording.say(say::WITHOUT_INPUTS, &[]),
            |run| {
                let n = self.whole(f64::from(run.manifest.n_replications));
                self.wording.say(say::WITH_INPUTS, &[("n", &n)])
            },
        );
        format!("{explained} {inputs}")
    }

    fn how_often(self) -> String {
        let base = self.baseline();
        let gaps = [
            ("baseline", self.label(base).to_owned()),
            ("n", self.count(self.mean(base, "displaced"))),
            ("all", self.whole(self.measure(base, Measure::Cohort))),
            ("share", self.percent(self.mean(base, "displaced_share"))),
            ("sure", self.ranges(base)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(say::HOW_OFTEN, &gaps)
    }

    /// The range over all that is uncertain if it was drawn, and the range by chance alone.
    fn ranges(self, policy: usize) -> String {
        let range = self.ends(policy);
        let Some(wide) = self.wide_range(policy) else {
            return self.wording.say(say::BY_CHANCE, &[("range", &range)]);
        };
        let gaps = [("range", &*range), ("wide", &self.said(wide))];
        self.wording.say(say::WIDE, &gaps)
    }

    /// The policies at both ends of the ranking, where they differ from the baseline.
    fn extremes(self) -> Vec<String> {
        let ranking = self.ranking();
        let ends = [(ranking.last(), say::MOST), (ranking.first(), say::FEWEST)];
        let differs = |policy: usize| policy != self.baseline() && !self.is_alike(policy);
        let ends = ends.into_iter();
        ends.filter_map(|(policy, phrase)| Some((*policy?, phrase)))
            .filter(|(policy, _)| differs(*policy) && self.differs_clearly(*policy))
            .map(|(policy, phrase)| self.extreme(policy, phrase))
            .collect()
    }

    fn differs_clearly(self, policy: usize) -> bool {
        self.avoided(policy) != Avoided::Unclear
    }

    fn extreme(self, policy: usize, phrase: crate::report::phrase::Phrase) -> String {
        let gaps = [
            ("policy", self.label(policy).to_owned()),
            ("n", self.count(self.mean(policy, "displaced"))),
            ("share", self.percent(self.mean(policy, "displaced_share"))),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        let said = self.wording.say(phrase, &gaps);
        match self.avoided(policy) {
            Avoided::Operations(n) => {
                let fewer = [
                    ("policy", self.label(policy)),
                    ("baseline", self.label(self.baseline())),
                ];
                let late = self.evidence.compare(policy, "displaced").difference.value;
                let [more, less] = if late > 0.0 {
                    [fewer[1].1, fewer[0].1]
                } else {
                    [fewer[0].1, fewer[1].1]
                };
                let gaps = [("n", &*self.count(n)), ("more", more), ("less", less)];
                format!("{said} {}", self.wording.say(say::EACH_COSTS, &gaps))
            }
            _ => said,
        }
    }

    /// In how many worlds the policy with the fewest operations too late does better than the baseline.
    fn how_sure(self) -> Option<String> {
        let best = self.evidence.least_displacing()?;
        // What is said of policies that behave alike says more.
        if self.is_alike(best) {
            return None;
        }
        let standing = self.evidence.standing(best);
        let n = u64::from(self.evidence.analysis.n());
        let (phrase, of_n) = if self.evidence.can_say_how_likely() {
            (say::BETTER, 100)
        } else {
            (say::BETTER_FEW, n)
        };
        let share_of = |worlds: u64| whole_of(worlds, n, of_n).to_string();
        let gaps = [
            ("fewer", &*share_of(standing.below)),
            ("more", &share_of(standing.above)),
            ("n", &n.to_string()),
            ("policy", self.label(best)),
            ("baseline", self.label(self.baseline())),
        ];
        Some(self.wording.say(phrase, &gaps))
    }

    /// The policies beside the baseline that behave as it does.
    pub(crate) fn all_alike(self) -> Vec<usize> {
        let others = 0..self.evidence.analysis.frame().policies.len();
        let others = others.filter(|policy| *policy != self.baseline());
        others.filter(|policy| self.is_alike(*policy)).collect()
    }

    /// The policies that behave as the baseline does, said once with the reason.
    fn alike(self) -> Option<String> {
        let alike = self.all_alike();
        let difference = |policy: &usize| self.evidence.compare(*policy, "displaced").difference;
        let size = |estimate: Estimate| estimate.value.abs();
        let sizes = alike.iter().map(|policy| size(difference(policy)));
        let largest = sizes.fold(0.0, f64::max);
        let labels: Vec<String> = (alike.iter())
            .map(|policy| format!("“{}”", self.label(*policy)))
            .collect();
        let gaps = [
            ("policies", self.joined(&labels)),
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

    fn price_of_baseline(self) -> String {
        let base = self.baseline();
        let cut = self.mean(base, "operations_cut_class_45");
        let normal = self.normal_operations();
        let gaps = [
            ("baseline", self.label(base).to_owned()),
            ("cut", self.whole(cut)),
            ("normal", self.whole(normal)),
            ("percent", self.percent(100.0 * cut / normal.max(1.0))),
            ("acute", self.count(self.mean(base, "acute_outside_ic"))),
            (
                "all_acute",
                self.whole(self.of_weeks(base, WeekMeasure::AcuteAdmissions)),
            ),
            ("covid", self.count(self.mean(base, "covid_without_bed"))),
            (
                "all_covid",
                self.whole(self.measure(base, Measure::CovidIcAdmissions)),
            ),
            ("none", self.count(self.mean(base, "covid_exported"))),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(say::PRICE, &gaps)
    }
}

/// The first of the largest, with its value.
fn most(
    all: impl DoubleEndedIterator<Item = usize>,
    value: impl Fn(usize) -> f64,
) -> Option<(usize, f64)> {
    let valued = all.rev().map(|one| (one, value(one)));
    valued.max_by(|a, b| a.1.total_cmp(&b.1))
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
