//! The answer as a table: a row for each policy.

use crate::experiment::Measure;
use crate::outcome::WeekMeasure;
use crate::report::answer::phrases as say;
use crate::report::answer::{Answer, Exchange};
use crate::statistics::interval::{Estimate, Interval};

const CENTS_PER_MILLION: f64 = 1.0e8;
/// Position of the column of clinics.
const CLINICS: usize = 6;

impl Answer<'_> {
    /// Whether there is a column, of eight: that of clinics only where there are any.
    pub(crate) fn has_column(self, column: usize) -> bool {
        column != CLINICS || self.has_clinics()
    }

    fn in_columns(self, cells: [String; 8]) -> Vec<String> {
        let cells = cells.into_iter().enumerate();
        let cells = cells.filter(|(column, _)| self.has_column(*column));
        cells.map(|(_, cell)| cell).collect()
    }

    /// Headings, each with the number that its column is a part of.
    pub(crate) fn heads(self) -> Vec<String> {
        let base = self.baseline();
        let all = [
            0.0,
            self.measure(base, Measure::Cohort),
            0.0,
            self.normal_operations(),
            self.of_weeks(base, WeekMeasure::AcuteAdmissions),
            self.measure(base, Measure::CovidIcAdmissions),
            0.0,
            0.0,
        ];
        let mut all = all.iter().map(|all| self.whole(*all));
        let mut heads = say::HEADS;
        if self.evidence.uncertain.is_some() {
            heads[2] = say::WIDE_HEAD;
        }
        self.in_columns(heads.map(|head| {
            let all = all.next().unwrap_or_default();
            self.wording.say(head, &[("all", &all)])
        }))
    }

    /// The cells of a policy under [`Self::heads`], its name first.
    pub(crate) fn row(self, policy: usize) -> Vec<String> {
        self.in_columns(self.cells(policy))
    }

    fn cells(self, policy: usize) -> [String; 8] {
        let late = self.mean(policy, "displaced");
        let share = self.mean(policy, "displaced_share");
        let cut = self.mean(policy, "operations_cut_class_45");
        let acute = self.mean(policy, "acute_outside_ic");
        let all_acute = self.of_weeks(self.baseline(), WeekMeasure::AcuteAdmissions);
        [
            self.label(policy).to_owned(),
            self.part(late, share),
            self.both_ends(policy),
            self.part(cut, 100.0 * cut / self.normal_operations()),
            self.part(acute, 100.0 * acute / all_acute),
            self.above_beds(policy),
            self.production(policy),
            self.exchanged(policy),
        ]
    }

    /// Headings of [`Self::short_row`].
    pub(crate) fn short_heads(self) -> [String; 6] {
        let all = self.whole(self.measure(self.baseline(), Measure::Cohort));
        let mut heads = say::SHORT_HEADS;
        if self.evidence.uncertain.is_some() {
            heads[2] = say::WIDE_SHORT_HEAD;
        }
        heads.map(|head| self.wording.say(head, &[("all", &all)]))
    }

    /// The cells of a policy that fit a terminal: the last two without percentages.
    pub(crate) fn short_row(self, policy: usize) -> [String; 6] {
        let [label, late, range, cut, ..] = self.cells(policy);
        let [acute, above, none] = ["acute_outside_ic", "covid_without_bed", "covid_exported"]
            .map(|key| self.count(self.mean(policy, key)));
        [label, late, range, cut, acute, self.two(&above, &none)]
    }

    /// What stands in the columns of [`Self::short_row`], with the numbers that they are parts of.
    pub(crate) fn legend(self) -> String {
        let base = self.baseline();
        let gaps = [
            ("all", self.whole(self.measure(base, Measure::Cohort))),
            ("normal", self.whole(self.normal_operations())),
            (
                "acute",
                self.whole(self.of_weeks(base, WeekMeasure::AcuteAdmissions)),
            ),
            (
                "covid",
                self.whole(self.measure(base, Measure::CovidIcAdmissions)),
            ),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        self.wording.say(say::LEGEND, &gaps)
    }

    /// `298 (6.4%)`; only the count where there is nothing that it is a part of.
    fn part(self, count: f64, percent: f64) -> String {
        let count = self.count(count);
        if percent.is_finite() {
            format!("{count} ({}%)", self.percent(percent))
        } else {
            count
        }
    }

    /// The range of 8 in 10 worlds, after that over all that is uncertain if there is one: the widest first.
    fn both_ends(self, policy: usize) -> String {
        let wide = self.wide_range(policy).map(|range| self.said(range));
        let ends = self.ends(policy);
        wide.map_or_else(|| ends.clone(), |wide| self.two(&wide, &ends))
    }

    /// The range of 8 in 10 worlds.
    pub(super) fn ends(self, policy: usize) -> String {
        let range = self.range(policy);
        range.map_or_else(|| say::NONE.to_owned(), |range| self.said(range))
    }

    pub(super) fn said(self, range: Interval) -> String {
        let [low, high] = [range.low, range.high].map(|end| self.percent(end));
        let gaps = [("low", low.as_str()), ("high", high.as_str())];
        self.wording.say(say::RANGE, &gaps)
    }

    /// COVID patients above the staffed beds, and how many of them found no place.
    fn above_beds(self, policy: usize) -> String {
        let above = self.mean(policy, "covid_without_bed");
        let all = self.measure(self.baseline(), Measure::CovidIcAdmissions);
        let none = self.count(self.mean(policy, "covid_exported"));
        self.two(&self.part(above, 100.0 * above / all), &none)
    }

    fn two(self, first: &str, second: &str) -> String {
        let gaps = [("first", first), ("second", second)];
        self.wording.say(say::TWO, &gaps)
    }

    fn production(self, policy: usize) -> String {
        let lost = self.measure(policy, Measure::ClinicValueLost) / CENTS_PER_MILLION;
        if lost > 0.0 {
            self.wording.language.number(lost, 2)
        } else {
            "0".to_owned()
        }
    }

    fn exchanged(self, policy: usize) -> String {
        let of = |phrase, price: Estimate| {
            let n = self.count(price.value);
            self.wording.say(phrase, &[("n", &n)])
        };
        let plain = |phrase| self.wording.say(phrase, &[]);
        match self.exchange(policy) {
            Exchange::Baseline => plain(say::BASELINE),
            Exchange::Same => say::NONE.to_owned(),
            Exchange::Unclear => plain(say::UNCLEAR),
            Exchange::Free => plain(say::FREE),
            Exchange::Worse => plain(say::WORSE),
            Exchange::Costs(price) => of(say::COSTS, price),
            Exchange::Saves(price) => of(say::SAVES, price),
        }
    }
}
