//! The answer in sentences.

use crate::experiment::Measure;
use crate::outcome::WeekMeasure;
use crate::report::answer::phrases as say;
use crate::report::answer::{Answer, MIDDLE, NO_COMPARISON, NO_PATIENTS};
use crate::units::Day;

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
        sentences.extend(self.others());
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
        let weeks = frame.window_weeks();
        let by_week: Vec<f64> = weeks.clone().map(in_week).collect();
        let (busiest, in_it) = most(0..by_week.len(), |week| by_week[week])?;
        let all: f64 = by_week.iter().sum();
        let [first, last] = middle(&by_week).map(|week| weeks.start + week);
        let monday = |week| {
            self.wording
                .language
                .full_date(frame.study().week_start(week))
        };
        let until = frame.study().week_start(last + 1).yesterday().ok()?;
        let gaps = [
            (
                "region",
                self.wording.language.name(&frame.regions[region].name),
            ),
            ("percent", &self.whole(100.0 * n / all.max(1.0))),
            ("from", &monday(first)),
            ("until", &self.wording.language.full_date(until)),
            ("week", &monday(weeks.start + busiest)),
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
        let study = self.evidence.analysis.frame().study();
        let date = |day| self.wording.language.full_date(study.date(day));
        let gaps = [
            ("worlds", self.wording.seasons(n)),
            ("from", date(study.window_start())),
            ("until", date(Day(study.window_end().0 - 1))),
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
        let has_others = self.evidence.analysis.frame().policies.len() > 1;
        let exchange = has_others.then(|| self.wording.say(say::EXCHANGE, &[]));
        let sentences = [Some(explained), Some(inputs), exchange];
        sentences
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
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
        let said = self.wording.say(say::HOW_OFTEN, &gaps);
        if self.evidence.analysis.frame().policies.len() < 2 {
            return said;
        }
        format!("{said} {}", self.wording.say(say::REFERENCE, &[]))
    }

    /// The range over all that is uncertain, or by chance alone where nothing else was drawn.
    pub(super) fn widest_ends(self, policy: usize) -> String {
        let wide = self.wide_range(policy).map(|range| self.said(range));
        let (phrase, range) = match wide {
            Some(range) => (say::WIDE_ENDS, range),
            None => (say::ENDS, self.ends(policy)),
        };
        self.wording.say(phrase, &[("range", &range)])
    }

    /// The range over all that is uncertain if it was drawn, and the range by chance alone.
    fn ranges(self, policy: usize) -> String {
        let range = self.ends(policy);
        let uncertain = self.evidence.uncertain.as_deref();
        let (Some(wide), Some(run)) = (self.wide_range(policy), uncertain) else {
            return self.wording.say(say::BY_CHANCE, &[("range", &range)]);
        };
        let mean = run.estimate(policy, "displaced_share").value;
        let gaps = [
            ("range", &*range),
            ("wide", &self.said(wide)),
            ("mean", &self.percent(mean)),
        ];
        self.wording.say(say::WIDE, &gaps)
    }

    fn price_of_baseline(self) -> String {
        let base = self.baseline();
        let [cut, acute, covid, none] = [
            "operations_cut_class_45",
            "acute_outside_ic",
            "covid_without_bed",
            "covid_exported",
        ]
        .map(|key| self.mean(base, key));
        let normal = self.normal_operations();
        let all_acute = self.of_weeks(base, WeekMeasure::AcuteAdmissions);
        let all_covid = self.measure(base, Measure::CovidIcAdmissions);
        let percent = |part: f64, all: f64| self.percent(100.0 * part / all.max(1.0));
        let placed = if none > 0.0 {
            let n = self.count(none);
            self.wording.say(say::NOT_PLACED, &[("n", &n)])
        } else {
            self.wording.say(say::ALL_PLACED, &[])
        };
        let gaps = [
            ("baseline", self.label(base).to_owned()),
            ("cut", self.whole(cut)),
            ("normal", self.whole(normal)),
            ("percent", percent(cut, normal)),
            ("acute", self.count(acute)),
            ("all_acute", self.whole(all_acute)),
            ("acute_percent", percent(acute, all_acute)),
            ("covid", self.count(covid)),
            ("all_covid", self.whole(all_covid)),
            ("covid_percent", percent(covid, all_covid)),
            ("none", placed),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(say::PRICE, &gaps)
    }
}

/// The first and the last of the places between which the middle eight tenths of `numbers` lie.
fn middle(numbers: &[f64]) -> [usize; 2] {
    let all: f64 = numbers.iter().sum();
    MIDDLE.map(|part| {
        let mut so_far = 0.0;
        let reaches = |number: &f64| {
            so_far += number;
            so_far >= part * all
        };
        let found = numbers.iter().position(reaches);
        found.unwrap_or(numbers.len().saturating_sub(1))
    })
}

/// The first of the largest, with its value.
fn most(
    all: impl DoubleEndedIterator<Item = usize>,
    value: impl Fn(usize) -> f64,
) -> Option<(usize, f64)> {
    let valued = all.rev().map(|one| (one, value(one)));
    valued.max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_leaves_a_tenth_at_each_side() {
        assert_eq!(
            middle(&[1.0, 2.0, 4.0, 2.0, 1.0]),
            [0, 3],
            "a tenth before, a tenth after"
        );
        assert_eq!(
            middle(&[0.5, 2.0, 4.0, 2.0, 1.5]),
            [1, 4],
            "less before, more after"
        );
        assert_eq!(middle(&[0.0, 0.0, 9.0, 0.0]), [2, 2], "all in one");
        assert_eq!(middle(&[0.0, 0.0]), [0, 0], "none");
    }
}
