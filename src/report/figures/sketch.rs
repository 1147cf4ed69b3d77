//! What all figures of one report share: where their numbers come from, the policies that they show,
//! and the words around them.

use jiff::civil::Date;

use crate::chart::numbers::{DateWords, NumberStyle};
use crate::chart::theme::{Theme, Width};
use crate::chart::{ChartError, Estimate as Drawn, Words};
use crate::experiment::study_frame::RegionName;
use crate::experiment::{Analysis, StudyFrame};
use crate::report::answer::Answer;
use crate::report::cell::Cell;
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language};
use crate::statistics::interval::Estimate;
use crate::units::{DAYS_PER_WEEK, Day};

/// Percentages.
pub(super) const PERCENT: (f64, f64) = (0.0, 100.0);
/// Counts and amounts.
pub(super) const COUNT: (f64, f64) = (0.0, f64::MAX);
/// Differences in any unit.
pub(super) const ANY: (f64, f64) = (f64::MIN, f64::MAX);

/// Policies that a figure with a row for each shows at most.
const MOST_POLICIES: usize = 10;

const CAPTION: Phrase = Phrase::new(
    "Scenario: {scenario}. {seasons}. {marks}. Seed {seed}, zorgdruk {version}.",
    "Scenario: {scenario}. {seasons}. {marks}. Seed {seed}, zorgdruk {version}.",
);
const SOME_POLICIES: Phrase = Phrase::new(
    "{about}. Shown: the baseline and the {n} of {all} policies with fewest operations too late; all are in summary.csv",
    "{about}. Getoond: de basis en de {n} van {all} beleidsvarianten met de minste operaties te laat; alle staan in summary.csv",
);
/// What the intervals of most figures are.
pub(super) const MONTE_CARLO_BARS: Phrase = Phrase::new(
    "Bars: {level}% interval of the simulation error, one comparison at a time",
    "Balken: {level}%-interval van de simulatiefout, telkens voor één vergelijking",
);
/// For figures without intervals.
pub(super) const MEANS: Phrase = Phrase::new(
    "Means over {seasons}; no interval drawn",
    "Gemiddelden over {seasons}; zonder interval",
);
/// The middle world.
pub(super) const MEDIAN: Phrase = Phrase::new("median", "mediaan");

/// Where the numbers of a figure come from.
pub(super) struct Origin<'a> {
    pub(super) frame: &'a StudyFrame,
    pub(super) n: u32,
    pub(super) seed: u64,
    pub(super) version: &'a str,
}

impl Origin<'_> {
    /// The words around a figure: the finding, what is shown, and what its intervals are.
    pub(super) fn words(&self, language: Language, [title, about, marks]: [String; 3]) -> Words {
        let wording = Wording::new(language, self.frame);
        let gaps = [
            ("scenario", language.name(&self.frame.title)),
            ("seasons", &wording.seasons(self.n)),
            ("marks", &marks),
            ("seed", &self.seed.to_string()),
            ("version", self.version),
        ];
        Words {
            caption: wording.say(CAPTION, &gaps),
            alternative: format!("{title} {about}"),
            title,
            subtitle: about,
        }
    }
}

/// How figures in a language write numbers and dates, as wide as a page.
pub(super) fn theme(language: Language) -> Result<Theme, ChartError> {
    let (numbers, dates) = match language {
        Language::En => (NumberStyle::English, DateWords::english()),
        Language::Nl => (NumberStyle::Dutch, DateWords::dutch()),
    };
    Theme::new(numbers, dates)
}

/// What all figures of one report share.
pub(crate) struct Sketch<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) language: Language,
    theme: Theme,
}

impl<'a> Sketch<'a> {
    pub(crate) fn new(
        evidence: &'a Evidence,
        language: Language,
        figure_width: Width,
    ) -> Result<Self, ChartError> {
        let mut theme = theme(language)?;
        theme.figure_width = figure_width;
        Ok(Self {
            evidence,
            language,
            theme,
        })
    }

    /// The look of its figures.
    pub(crate) const fn theme(&self) -> &Theme {
        &self.theme
    }

    pub(super) fn analysis(&self) -> &'a Analysis {
        &self.evidence.analysis
    }

    pub(super) fn frame(&self) -> &'a StudyFrame {
        self.analysis().frame()
    }

    /// A phrase with its gaps filled, in the words of the scenario.
    pub(super) fn say(&self, phrase: Phrase, gaps: &[(&str, &str)]) -> String {
        Wording::new(self.language, self.frame()).say(phrase, gaps)
    }

    /// A phrase without gaps of its own.
    pub(super) fn text(&self, phrase: Phrase) -> String {
        self.say(phrase, &[])
    }

    pub(super) fn number(&self, value: f64, decimals: usize) -> String {
        self.language.number(value, decimals)
    }

    /// Two estimates with the decimals that both support.
    pub(super) fn values(&self, estimates: [Estimate; 2]) -> [String; 2] {
        let supported = estimates.each_ref().map(decimals).into_iter().min();
        estimates.map(|one| self.number(one.value, supported.unwrap_or(0)))
    }

    /// What the run says.
    pub(super) fn answer(&self) -> Answer<'a> {
        Answer::new(self.evidence, self.evidence.wording(self.language))
    }

    /// Name of a policy in reports.
    pub(super) fn label(&self, policy: usize) -> &'a str {
        self.language.name(&self.frame().policies[policy].label)
    }

    /// Name of a region in reports.
    pub(super) fn region(&self, region: &'a RegionName) -> &'a str {
        self.language.name(&region.name)
    }

    /// Name of a region where there is little room.
    pub(super) fn short_region(&self, region: &'a RegionName) -> &'a str {
        self.language.name(&region.short_name)
    }

    /// Key of a policy in tables.
    pub(super) fn key(&self, policy: usize) -> String {
        self.frame().policies[policy].key.clone()
    }

    pub(super) fn baseline(&self) -> usize {
        self.frame().baseline
    }

    /// Names of the phases of the plan, the lightest first.
    pub(super) fn phases(&self) -> Vec<&'a str> {
        self.frame().phases.iter().map(String::as_str).collect()
    }

    /// The policies that figures of time and place show: the baseline and the policy beside it.
    pub(super) fn shown(&self) -> Vec<usize> {
        let mut shown = vec![self.baseline()];
        shown.extend(self.other());
        shown
    }

    /// The policy that stands beside the baseline: the one that displaces least, or where that behaves as the
    /// baseline does, the one that is nearest to it and does not. `None` when there is no other.
    pub(super) fn other(&self) -> Option<usize> {
        let least = self.evidence.least_displacing()?;
        let answer = self.answer();
        let change = |policy: &usize| {
            let comparison = self.evidence.compare(*policy, "displaced");
            comparison.difference.value.abs()
        };
        let differing = (0..self.frame().policies.len()).filter(|policy| answer.differs(*policy));
        if answer.is_alike(least) {
            let nearest = differing.min_by(|a, b| change(a).total_cmp(&change(b)));
            return nearest.or(Some(least));
        }
        Some(least)
    }

    /// The policies that figures with a row for each policy show, in order: all of them, or when there
    /// are more than fit on a page the baseline and those that displace least.
    pub(super) fn drawn_policies(&self) -> Vec<usize> {
        let share = |policy: &usize| self.evidence.estimate(*policy, "displaced_share").value;
        let mut drawn: Vec<usize> = (0..self.frame().policies.len()).collect();
        drawn.sort_by(|one, other| {
            let is_other = |policy: &usize| *policy != self.baseline();
            let by_share = share(one).total_cmp(&share(other));
            is_other(one).cmp(&is_other(other)).then(by_share)
        });
        drawn.truncate(MOST_POLICIES);
        drawn.sort_unstable();
        drawn
    }

    /// Mondays of the weeks of the window.
    pub(super) fn weeks(&self) -> Vec<Date> {
        let first = |week: usize| {
            let day = week * usize::from(DAYS_PER_WEEK);
            let day = Day(u16::try_from(day).unwrap_or(u16::MAX));
            self.frame().study().date(day)
        };
        self.frame().window_weeks().map(first).collect()
    }

    /// The words around a figure: the finding, what is shown, and what its intervals are.
    pub(super) fn words(&self, title: String, about: String, marks: Phrase) -> Words {
        self.words_with(title, about, self.marks(marks))
    }

    /// Words on the marks, with the level of the run's intervals.
    fn marks(&self, marks: Phrase) -> String {
        let level = self.number(100.0 * self.evidence.manifest.error_rate.level(), 0);
        self.say(marks, &[("level", &level)])
    }

    fn words_with(&self, title: String, about: String, marks: String) -> Words {
        let manifest = &self.evidence.manifest;
        let origin = Origin {
            frame: &manifest.frame,
            n: manifest.n_replications,
            seed: manifest.seed,
            version: &manifest.version,
        };
        origin.words(self.language, [title, about, marks])
    }

    /// The words around a figure with a row for each policy and an interval in each row; they say
    /// by which rule policies were left out, if any were.
    pub(super) fn words_of_rows(&self, title: String, about: String) -> Words {
        self.words_of_means(title, about, self.marks(MONTE_CARLO_BARS))
    }

    /// The same with other words on the marks.
    pub(super) fn words_of_means(&self, title: String, mut about: String, marks: String) -> Words {
        let n_policies = self.frame().policies.len();
        if n_policies > MOST_POLICIES {
            let [n, all] = [MOST_POLICIES - 1, n_policies].map(|n| n.to_string());
            let gaps = [("about", about.as_str()), ("n", &n), ("all", &all)];
            about = self.say(SOME_POLICIES, &gaps);
        }
        self.words_with(title, about, marks)
    }
}

/// An estimate as a chart takes it, cut to `range`; `None` without an interval.
pub(super) fn drawn(estimate: &Estimate, range: (f64, f64)) -> Option<Drawn> {
    let interval = estimate.interval;
    if !estimate.value.is_finite() || !interval.is_bounded() {
        return None;
    }
    let value = estimate.value.clamp(range.0, range.1);
    let (low, high) = (interval.low.min(value), interval.high.max(value));
    Some(Drawn::new(value, low.max(range.0), high.min(range.1)))
}

/// The fields of an estimate as it is drawn: value, and both ends where the data fix any.
pub(super) fn cells(estimate: &Estimate, drawn: Drawn) -> [Cell<'static>; 3] {
    let is_fixed = estimate.published().is_bounded();
    let end = |end: f64| is_fixed.then_some(end).into();
    [drawn.value.into(), end(drawn.low), end(drawn.high)]
}
