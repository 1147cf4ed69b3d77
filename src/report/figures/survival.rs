//! Waiting: the share of urgent patients who still wait, by days since the indication, in a panel for the first,
//! second and last third of the window; under the baseline and the policy beside it.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::survival::{self, Cohort, Curve, Survival};
use crate::experiment::COHORTS;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::SHORT_FOLLOW_UP;
use crate::report::figures::sketch::{PERCENT, Sketch, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;
use crate::units::Day;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "waiting",
    heading: Phrase::new("Waiting", "Wachten"),
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
    "Class {c3} patients who need the ICU and still wait, %, by days since the decision to operate; a panel for those decided on in each third of the period",
    "Patiënten van klasse {c3} die de IC nodig hebben en nog wachten, %, naar dagen sinds het besluit tot opereren; een vak voor elk derde deel van de periode waarin dat besluit viel",
);
const MARKS: Phrase = Phrase::new(
    "Bands: {level}% interval of the simulation error, day by day",
    "Banden: {level}%-interval van de simulatiefout, per dag",
);
const NORM: Phrase = Phrase::new("norm: {norm}", "norm: {norm}");

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let (days, norm) = (sketch.frame().follow_up_days, sketch.frame().norm_days);
    let policies = sketch.shown();
    let panel = |cohort| {
        let curves = policies.iter();
        let curves = curves.map(|policy| curve(sketch, *policy, cohort, days));
        Some(Cohort {
            title: label(sketch, ends(sketch, cohort)),
            curves: curves.collect::<Option<_>>()?,
        })
    };
    let panels: Option<Vec<Cohort>> = (0..COHORTS).map(panel).collect();
    let Some(panels) = panels.filter(|_| days > norm) else {
        return Ok(Err(SHORT_FOLLOW_UP));
    };
    let mut table = Vec::new();
    for (position, policy) in policies.iter().enumerate() {
        for (cohort, panel) in panels.iter().enumerate() {
            table.extend(rows(sketch, (*policy, cohort), &panel.curves[position]));
        }
    }
    // A policy keeps its color in all figures.
    let legend = policies.iter();
    let legend = legend.map(|policy| (sketch.label(*policy).to_owned(), *policy));
    let figure = Survival {
        words: sketch.words(title(sketch), sketch.text(ABOUT), MARKS),
        legend: legend.collect(),
        norm: (f64::from(norm), sketch.text(NORM)),
        panels,
    };
    let svg = survival::draw(&figure, sketch.theme())?;
    Ok(Ok(Figure { svg, rows: table }))
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

/// A cohort under a policy; `None` when there are no patients, or too few worlds for an interval.
fn curve(sketch: &Sketch<'_>, policy: usize, cohort: usize, days: u16) -> Option<Curve> {
    let point = |day| drawn(&percent(sketch, policy, cohort, day), PERCENT);
    let points: Vec<_> = (0..=days).map(point).collect::<Option<_>>()?;
    Some(Curve {
        waiting: points.iter().map(|point| point.value).collect(),
        interval: points.iter().map(|point| (point.low, point.high)).collect(),
    })
}

fn rows(sketch: &Sketch<'_>, (policy, cohort): (usize, usize), curve: &Curve) -> Vec<Row> {
    let [first, last] = ends(sketch, cohort);
    let days = (0_i64..).zip(&curve.waiting).zip(&curve.interval);
    days.map(|((day, share), (low, high))| {
        row![
            sketch.key(policy),
            format!("{first}/{last}"),
            day,
            *share,
            *low,
            *high
        ]
    })
    .collect()
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
