//! Figures: what each one shows, its words, and the numbers behind it as a table.
//!
//! Titles state the finding with numbers of the run, in as many digits as the Monte Carlo error
//! supports. A figure that needs what a run does not have (intervals, with very few worlds) is left
//! out.

pub(crate) mod backtest;
mod ablation;
pub mod designs;
mod forest;
mod heat;
mod ladder;
mod loans;
mod occupancy;
mod phases;
mod phrases;
mod regions;
mod survival;
mod timeline;
mod tradeoff;

pub use ablation::draw_ablation;
pub use backtest::write_backtest_figures;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use jiff::civil::Date;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::chart::numbers::{DateWords, NumberStyle};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;
use crate::chart::{ChartError, Estimate as Drawn, Words};
use crate::experiment::StudyFrame;
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::figures::phrases::SOME_POLICIES;
use crate::report::folder::{FIGURES, Unfinished};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::report::tables::Rows;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, ReportError, RunFolder};
use crate::statistics::interval::Estimate;
use crate::units::{DAYS_PER_WEEK, Day};

/// The line below every figure.
const CAPTION: Phrase = Phrase::new(
    "Scenario: {scenario}. {winters}. {marks}. Seed {seed}, zorgdruk {version}.",
    "Scenario: {scenario}. {winters}. {marks}. Seed {seed}, zorgdruk {version}.",
);
/// What the intervals of most figures are.
const MONTE_CARLO_BARS: Phrase = Phrase::new(
    "Bars: {level}\u{a0}% interval of the simulation error, one comparison at a time",
    "Balken: {level}%-interval van de simulatiefout, per vergelijking",
);

/// Pixels of a PNG per logical pixel of the figure, which is 1600 wide.
const SCALE: f64 = 1.0;

/// Policies that a figure with a row for each shows at most.
const MOST_POLICIES: usize = 10;

/// A finished figure.
#[derive(Debug)]
pub struct Figure {
    /// The picture.
    pub svg: Svg,
    /// The numbers in it, one row of cells per mark.
    rows: Vec<Vec<Cell<'static>>>,
}

/// A kind of figure.
pub(crate) struct Plan {
    /// Name of its files, without extension.
    pub(crate) name: &'static str,
    /// Name of the table of its numbers.
    pub(crate) file: &'static str,
    /// Columns of that table.
    pub(crate) columns: &'static [Column],
    draw: fn(&Sketch<'_>) -> Result<Option<Figure>, ChartError>,
}

/// All figures.
pub(crate) const PLANS: [Plan; 14] = [
    ladder::PLAN,
    forest::PLAN,
    timeline::PLAN,
    occupancy::PLAN,
    heat::PLAN,
    survival::PLAN,
    tradeoff::CUT,
    tradeoff::BEDS,
    tradeoff::VALUE,
    phases::PLAN,
    regions::MAP,
    regions::TRANSFERS,
    loans::GATE,
    loans::FUNNEL,
];

/// Draws all figures, several at a time; `None` for one that needs more worlds.
///
/// # Errors
/// [`ReportError::Figure`] when a figure cannot be drawn.
pub fn draw_all(
    evidence: &Evidence<'_>,
    language: Language,
) -> Result<Vec<(&'static str, Option<Figure>)>, ReportError> {
    let sketch = Sketch::new(evidence, language).map_err(ReportError::figure("theme"))?;
    PLANS
        .par_iter()
        .map(|plan| {
            let figure = (plan.draw)(&sketch).map_err(ReportError::figure(plan.name))?;
            Ok((plan.name, figure))
        })
        .collect()
}

/// Draws the figure called `name`; `None` when it needs more worlds.
pub(crate) fn draw_one(sketch: &Sketch<'_>, name: &str) -> Result<Option<Svg>, ReportError> {
    let Some(plan) = PLANS.iter().find(|plan| plan.name == name) else {
        return Ok(None);
    };
    let figure = (plan.draw)(sketch).map_err(ReportError::figure(plan.name))?;
    Ok(figure.map(|figure| figure.svg))
}

/// What a reader of the figures should be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// Names of figures that were left out.
    pub left_out: Vec<&'static str>,
    /// Characters that the PNG figures show as empty boxes, each once.
    pub missing_characters: BTreeSet<char>,
}

/// Draws all figures into the folder of a run, each as SVG, PNG and table.
///
/// # Errors
/// [`ReportError::Figure`] when one cannot be drawn, [`ReportError::File`] when one cannot be
/// written.
pub fn write_figures(
    evidence: &Evidence<'_>,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    let drawn = draw_all(evidence, language)?;
    let mut remarks = Remarks::default();
    // One after another: pixels of two large figures at once would be most of a report's memory.
    for (plan, (name, figure)) in PLANS.iter().zip(drawn) {
        match figure {
            Some(figure) => {
                store((plan.name, plan.file), plan.columns, &figure, folder)?;
                let missing = figure.svg.missing_characters();
                remarks.missing_characters.extend(missing.chars());
            }
            None => remarks.left_out.push(name),
        }
    }
    Ok(remarks)
}

/// Writes the figure called `name` as SVG and PNG, and its numbers into the table `file`.
fn store(
    (name, file): (&'static str, &'static str),
    columns: &[Column],
    figure: &Figure,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    save_picture(&figure.svg, name, &folder.path().join(FIGURES))?;
    let mut table = folder.begin(file)?;
    let mut rows = Rows::new(&mut table, file);
    rows.header(columns)?;
    for row in &figure.rows {
        rows.push(row)?;
    }
    rows.finish()?;
    table.finish()
}

/// Writes a picture into `folder` as SVG and PNG.
fn save_picture(svg: &Svg, name: &'static str, folder: &Path) -> Result<(), ReportError> {
    let png = svg.to_png(SCALE).map_err(ReportError::figure(name))?;
    for (extension, bytes) in [("svg", svg.as_str().as_bytes()), ("png", &png)] {
        let path = folder.join(format!("{name}.{extension}"));
        let mut file = Unfinished::begin(&path)?;
        file.write_all(bytes).map_err(ReportError::file(path))?;
        file.finish()?;
    }
    Ok(())
}

/// How figures in a language write numbers and dates.
fn theme(language: Language) -> Result<Theme, ChartError> {
    let (numbers, dates) = match language {
        Language::En => (NumberStyle::English, DateWords::english()),
        Language::Nl => (NumberStyle::Dutch, DateWords::dutch()),
    };
    Theme::new(numbers, dates)
}

/// Where the numbers of a figure come from.
struct Origin<'a> {
    frame: &'a StudyFrame,
    n: u32,
    seed: u64,
    version: &'a str,
}

impl Origin<'_> {
    /// The line below a figure.
    fn caption(&self, marks: &str, language: Language) -> String {
        let wording = Wording::new(language, self.frame);
        wording.say(
            CAPTION,
            &[
                ("scenario", &self.frame.title),
                ("winters", &wording.seasons(self.n)),
                ("marks", marks),
                ("seed", &self.seed.to_string()),
                ("version", self.version),
            ],
        )
    }
}

/// What all figures of one report share.
pub(crate) struct Sketch<'a> {
    evidence: &'a Evidence<'a>,
    language: Language,
    theme: Theme,
}

impl<'a> Sketch<'a> {
    pub(crate) fn new(evidence: &'a Evidence<'a>, language: Language) -> Result<Self, ChartError> {
        Ok(Self {
            evidence,
            language,
            theme: theme(language)?,
        })
    }

    /// The look of its figures.
    pub(crate) const fn theme(&self) -> &Theme {
        &self.theme
    }

    fn say(&self, word: Phrase, gaps: &[(&str, &str)]) -> String {
        self.evidence.wording(self.language).say(word, gaps)
    }

    /// Name of a policy in reports.
    fn label(&self, policy: usize) -> &str {
        &self.evidence.analysis.frame().policies[policy].label
    }

    fn baseline(&self) -> usize {
        self.evidence.analysis.frame().baseline
    }

    /// Two estimates with the decimals that both support.
    fn values(&self, estimates: [Estimate; 2]) -> [String; 2] {
        let supported = estimates.each_ref().map(decimals).into_iter().min();
        estimates.map(|one| self.language.number(one.value, supported.unwrap_or(0)))
    }

    /// The policies that figures of time and place show: the baseline and the policy that displaces
    /// least.
    fn shown(&self) -> Vec<usize> {
        let mut shown = vec![self.baseline()];
        shown.extend(self.evidence.least_displacing());
        shown
    }

    /// The policies that figures with a row for each policy show, in order: all of them, or when there
    /// are more than fit on a page the baseline and those that displace least.
    fn drawn_policies(&self) -> Vec<usize> {
        let share = |policy: &usize| self.evidence.estimate(*policy, "displaced_share").value;
        let n_policies = self.evidence.analysis.frame().policies.len();
        let mut drawn: Vec<usize> = (0..n_policies).collect();
        drawn.sort_by(|one, other| {
            let is_other = |policy: &usize| *policy != self.baseline();
            let by_share = share(one).total_cmp(&share(other));
            is_other(one).cmp(&is_other(other)).then(by_share)
        });
        drawn.truncate(MOST_POLICIES);
        drawn.sort_unstable();
        drawn
    }

    /// A subtitle, with the rule by which policies were left out, if any were.
    fn about_some(&self, about: &str) -> String {
        let n_policies = self.evidence.analysis.frame().policies.len();
        if n_policies <= MOST_POLICIES {
            return about.to_owned();
        }
        let counts = [MOST_POLICIES - 1, n_policies].map(|n| n.to_string());
        let gaps = [("n", counts[0].as_str()), ("all", &counts[1])];
        format!("{about}. {}", self.say(SOME_POLICIES, &gaps))
    }

    /// The words around a figure with a row for each policy and an interval in each row.
    fn words_of_some(&self, title: String, about: Phrase) -> Words {
        let about = self.about_some(&self.say(about, &[]));
        self.words_of(title, &about, MONTE_CARLO_BARS)
    }

    /// Mondays of the weeks of the window.
    fn weeks(&self) -> Vec<Date> {
        let frame = self.evidence.analysis.frame();
        let first = |week: usize| {
            let day = week * usize::from(DAYS_PER_WEEK);
            frame
                .study()
                .date(Day(u16::try_from(day).unwrap_or(u16::MAX)))
        };
        frame.window_weeks().map(first).collect()
    }

    /// The words around a figure; `about` says what is shown, `marks` what its intervals are.
    fn words(&self, title: String, about: Phrase, marks: Phrase) -> Words {
        self.words_of(title, &self.say(about, &[]), marks)
    }

    /// As [`Self::words`], with the subtitle as text.
    fn words_of(&self, title: String, about: &str, marks: Phrase) -> Words {
        let level = 100.0 * self.evidence.manifest.error_rate.level();
        let level = self.language.number(level, 0);
        self.captioned(title, about, &self.say(marks, &[("level", &level)]))
    }

    /// As [`Self::words`], from phrases without gaps.
    fn framed(&self, title: String, about: Phrase, marks: Phrase) -> Words {
        self.captioned(title, about.text(self.language), marks.text(self.language))
    }

    fn captioned(&self, title: String, about: &str, marks: &str) -> Words {
        let manifest = &self.evidence.manifest;
        let origin = Origin {
            frame: &manifest.frame,
            n: manifest.n_replications,
            seed: manifest.seed,
            version: &manifest.version,
        };
        let caption = origin.caption(marks, self.language);
        Words {
            alternative: format!("{title} {about}"),
            title,
            subtitle: about.to_owned(),
            caption,
        }
    }
}

/// An estimate as a chart takes it, cut to `range`; `None` without an interval.
fn drawn(estimate: &Estimate, range: (f64, f64)) -> Option<Drawn> {
    let interval = estimate.interval;
    if !estimate.value.is_finite() || !interval.is_bounded() {
        return None;
    }
    let value = estimate.value.clamp(range.0, range.1);
    let (low, high) = (interval.low.min(value), interval.high.max(value));
    Some(Drawn::new(value, low.max(range.0), high.min(range.1)))
}

/// The fields of an estimate as it is drawn: value, and both ends where the data fix any.
fn cells(estimate: &Estimate, drawn: Drawn) -> [Cell<'static>; 3] {
    let is_fixed = estimate.published().is_bounded();
    let end = |end: f64| is_fixed.then_some(end).into();
    [drawn.value.into(), end(drawn.low), end(drawn.high)]
}

/// Percentages.
const PERCENT: (f64, f64) = (0.0, 100.0);
/// Counts and amounts.
const COUNT: (f64, f64) = (0.0, f64::MAX);
/// Differences in any unit.
const ANY: (f64, f64) = (f64::MIN, f64::MAX);
