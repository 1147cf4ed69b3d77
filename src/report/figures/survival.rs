//! Waiting: the share of critical patients who still wait, by days since the indication, for the first,
//! second and last third of the window; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::survival::{self, Cohort, Survival};
use crate::experiment::COHORTS;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{PERCENT, Sketch, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;
use crate::units::Day;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "waiting",
    file: "figures/waiting.csv",
    columns: &[&[
        POLICY,
        Column(
            "cohort",
            "",
            "first and last day of indication, ISO 8601, with a slash between",
        ),
        Column("day", "days", "days since the indication"),
        Column(
            "waiting",
            "%",
            "share of the patients who still wait, over all worlds",
        ),
        Column("low", "%", "lower end of the interval"),
        Column("high", "%", "upper end of the interval"),
    ]],
    draw,
};

const TITLE_ALONE: Phrase = Phrase::new(
    "After {norm}, {share}% of the urgent patients of the last weeks still wait under “{baseline}”",
    "Na {norm} wacht {share}% van de kritieke patiënten uit de laatste weken nog onder “{baseline}”",
);
const TITLE: Phrase = Phrase::new(
    "After {norm}, {share}% of the urgent patients of the last weeks still wait under “{baseline}”, {other_share}% under “{other}”",
    "Na {norm} wacht {share}% van de kritieke patiënten uit de laatste weken nog onder “{baseline}”, {other_share}% onder “{other}”",
);
const ABOUT: Phrase = Phrase::new(
    "Class {c3} patients who need the ICU and still wait, %, by days since the decision to operate, in three parts of the period",
    "Patiënten van klasse {c3} die de IC nodig hebben en nog wachten, %, naar dagen sinds het besluit tot opereren, in drie delen van de periode",
);
const MARKS: Phrase = Phrase::new(
    "Bands: {level}% interval of the simulation error, day by day",
    "Banden: {level}%-interval van de simulatiefout, per dag",
);
const NORM: Phrase = Phrase::new("norm: {norm}", "norm: {norm}");

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let (days, norm) = (sketch.frame().follow_up_days, sketch.frame().norm_days);
    // A policy keeps its color in all figures.
    let shown = || sketch.shown().into_iter().map(|policy| (policy, policy));
    let curves: Option<Vec<Curve>> = shown()
        .flat_map(|policy| (0..COHORTS).map(move |cohort| (policy, cohort)))
        .map(|(policy, cohort)| Curve::of(sketch, policy, cohort, days))
        .collect();
    let Some(curves) = curves.filter(|_| days > norm) else {
        return Ok(None);
    };
    let legend = shown().map(|(color, policy)| (sketch.label(policy).to_owned(), color));
    let figure = Survival {
        words: sketch.words(title(sketch), sketch.text(ABOUT), MARKS),
        legend: legend.collect(),
        norm: (f64::from(norm), sketch.text(NORM)),
        cohorts: curves.iter().map(|curve| curve.cohort.clone()).collect(),
    };
    let svg = survival::draw(&figure, sketch.theme())?;
    let rows = curves.iter().flat_map(Curve::rows).collect();
    Ok(Some(Figure { svg, rows }))
}

/// How many of those who were indicated last wait longer than the norm.
fn title(sketch: &Sketch<'_>) -> String {
    let waiting = |policy| percent(sketch, policy, COHORTS - 1, sketch.frame().norm_days);
    let (baseline, other) = (sketch.baseline(), sketch.other());
    let shares = sketch.values([baseline, other.unwrap_or(baseline)].map(waiting));
    let gaps = [
        ("share", shares[0].as_str()),
        ("baseline", sketch.label(baseline)),
        ("other", other.map_or("", |other| sketch.label(other))),
        ("other_share", &shares[1]),
    ];
    sketch.say(if other.is_some() { TITLE } else { TITLE_ALONE }, &gaps)
}

/// Percentage of a cohort that still waits after `day` days.
fn percent(sketch: &Sketch<'_>, policy: usize, cohort: usize, day: u16) -> Estimate {
    let analysis = sketch.analysis();
    let waits = analysis.waits(policy, cohort);
    waits.above(day.into(), analysis.confidence()).scaled(100.0)
}

/// One cohort under one policy.
struct Curve {
    key: String,
    /// First and last day of indication.
    ends: [Date; 2],
    cohort: Cohort,
}

impl Curve {
    /// `None` when there are no patients, or too few worlds for an interval.
    fn of(
        sketch: &Sketch<'_>,
        (color, policy): (usize, usize),
        cohort: usize,
        days: u16,
    ) -> Option<Self> {
        let point = |day| drawn(&percent(sketch, policy, cohort, day), PERCENT);
        let points: Vec<_> = (0..=days).map(point).collect::<Option<_>>()?;
        let ends = ends(sketch, cohort);
        Some(Self {
            key: sketch.key(policy),
            cohort: Cohort {
                label: label(sketch, ends),
                color,
                dash: cohort,
                waiting: points.iter().map(|point| point.value).collect(),
                interval: points.iter().map(|point| (point.low, point.high)).collect(),
            },
            ends,
        })
    }

    fn rows(&self) -> Vec<Row> {
        let [first, last] = self.ends;
        let days = (0_i64..)
            .zip(&self.cohort.waiting)
            .zip(&self.cohort.interval);
        days.map(|((day, share), (low, high))| {
            row![
                self.key.clone(),
                format!("{first}/{last}"),
                day,
                *share,
                *low,
                *high
            ]
        })
        .collect()
    }
}

/// First and last day on which patients of a cohort were indicated.
fn ends(sketch: &Sketch<'_>, cohort: usize) -> [Date; 2] {
    let study = sketch.frame().study();
    let parts = u16::try_from(COHORTS).unwrap_or(1);
    let cohort = u16::try_from(cohort).unwrap_or(0);
    let start = |part: u16| study.window_start().0 + (part * study.window_days).div_ceil(parts);
    [start(cohort), start(cohort + 1) - 1].map(|day| study.date(Day(day)))
}

/// The two days as a label, which breaks before the dates and not inside them.
fn label(sketch: &Sketch<'_>, ends: [Date; 2]) -> String {
    let dates = &sketch.theme().dates;
    let [first, last] = ends.map(|date| dates.day(date).replace(' ', "\u{a0}"));
    format!("{first}\u{2013}{last}")
}
