//! Waiting: the share of critical patients who still wait, by days since the indication, for the first,
//! second and last third of the window; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::survival::{self, Cohort, Survival};
use crate::experiment::COHORTS;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::{NORM, SURVIVAL_ABOUT, SURVIVAL_TITLE};
use crate::report::figures::{Figure, PERCENT, Plan, Sketch, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;
use crate::units::Day;

const MONTE_CARLO_BANDS: Phrase = Phrase::new(
    "Bands: {level}\u{a0}% interval of the simulation error, day by day",
    "Banden: {level}%-interval van de simulatiefout, per dag",
);

pub(crate) const PLAN: Plan = Plan {
    name: "waiting",
    file: "figures/waiting.csv",
    columns: &[
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
    ],
    draw,
};

/// Days within which class 3 is to be treated.
const NORM_DAYS: u16 = 42;

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let days = sketch.evidence.analysis.frame().follow_up_days;
    let curves: Option<Vec<Curve>> = sketch
        .shown()
        .into_iter()
        .enumerate()
        .flat_map(|(color, policy)| (0..COHORTS).map(move |cohort| (color, policy, cohort)))
        .map(|(color, policy, cohort)| Curve::of(sketch, (color, policy), cohort, days))
        .collect();
    let Some(curves) = curves.filter(|_| days > NORM_DAYS) else {
        return Ok(None);
    };
    let figure = Survival {
        words: sketch.words_of(
            title(sketch),
            SURVIVAL_ABOUT.text(sketch.language),
            MONTE_CARLO_BANDS,
        ),
        legend: sketch
            .shown()
            .into_iter()
            .enumerate()
            .map(|(color, policy)| (sketch.label(policy).to_owned(), color))
            .collect(),
        norm: Some((f64::from(NORM_DAYS), sketch.say(NORM, &[]))),
        cohorts: curves.iter().map(|curve| curve.cohort.clone()).collect(),
    };
    let svg = survival::draw(&figure, &sketch.theme)?;
    let rows = curves.iter().flat_map(Curve::cells).collect();
    Ok(Some(Figure { svg, rows }))
}

/// How many of those who were indicated last wait longer than the norm.
fn title(sketch: &Sketch<'_>) -> String {
    let waiting = |policy| percent(sketch, policy, COHORTS - 1, NORM_DAYS);
    let (baseline, other) = (sketch.baseline(), sketch.evidence.least_displacing());
    let shares = sketch.values([baseline, other.unwrap_or(baseline)].map(waiting));
    let mut gaps = vec![
        ("share", shares[0].as_str()),
        ("baseline", sketch.label(baseline)),
    ];
    let Some(other) = other else {
        return sketch.say(SURVIVAL_TITLE.0, &gaps);
    };
    gaps.extend([("other", sketch.label(other)), ("other_share", &shares[1])]);
    sketch.say(SURVIVAL_TITLE.1, &gaps)
}

/// Percentage of a cohort that still waits after `day` days.
fn percent(sketch: &Sketch<'_>, policy: usize, cohort: usize, day: u16) -> Estimate {
    let analysis = &sketch.evidence.analysis;
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
        let points: Option<Vec<_>> = (0..=days)
            .map(|day| drawn(&percent(sketch, policy, cohort, day), PERCENT))
            .collect();
        let points = points?;
        let ends = ends(sketch, cohort);
        Some(Self {
            key: sketch.evidence.analysis.frame().policies[policy]
                .key
                .clone(),
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

    fn cells(&self) -> Vec<Vec<Cell<'static>>> {
        let days = self.cohort.waiting.iter().zip(&self.cohort.interval);
        let row = |(day, (share, (low, high))): (usize, (&f64, &(f64, f64)))| {
            vec![
                self.key.clone().into(),
                format!("{}/{}", self.ends[0], self.ends[1]).into(),
                i64::try_from(day).unwrap_or(i64::MAX).into(),
                (*share).into(),
                (*low).into(),
                (*high).into(),
            ]
        };
        days.enumerate().map(row).collect()
    }
}

/// First and last day on which patients of a cohort were indicated.
fn ends(sketch: &Sketch<'_>, cohort: usize) -> [Date; 2] {
    let study = sketch.evidence.analysis.frame().study();
    let parts = u16::try_from(COHORTS).unwrap_or(1);
    let cohort = u16::try_from(cohort).unwrap_or(0);
    let start = |part: u16| study.window_start().0 + (part * study.window_days).div_ceil(parts);
    [start(cohort), start(cohort + 1) - 1].map(|day| study.date(Day(day)))
}

/// The two days as a label, which breaks before the dates and not inside them.
fn label(sketch: &Sketch<'_>, ends: [Date; 2]) -> String {
    let [first, last] = ends.map(|date| sketch.theme.dates.day(date).replace(' ', "\u{a0}"));
    format!("{first}\u{2013}{last}")
}
