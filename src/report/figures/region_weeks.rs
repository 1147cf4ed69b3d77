//! Regions over the weeks, one panel for each: how often urgent operations come too late, and what is left of
//! less urgent ones, under the baseline and the policy beside it; and of each class under the baseline.

use crate::chart::palette::{NEUTRAL, Rgb, categorical};
use crate::chart::week_lines::{self, WeekLines, WeekPanel};
use crate::chart::{ChartError, Words};
use crate::experiment::region_rates::{CLASS_3, CLASS_4, CLASS_5};
use crate::report::activity::CLASSES;
use crate::report::column::{Column, POLICY, REGION, WEEK, WEEK_START};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::{NO_PATIENTS, SHORT};
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::phrase::Phrase;
use crate::statistics::proportion::wilson;

pub(crate) const LATE: FigureKind = FigureKind {
    name: "region-weeks",
    heading: Phrase::new("Too late by {area} and week", "Te laat per {area} en week"),
    file: "figures/region-weeks.csv",
    columns: &[&[
        POLICY,
        REGION,
        WEEK,
        WEEK_START,
        Column(
            "percent",
            "%",
            "worlds in which a class {c3} patient of the region becomes displaced in the week",
        ),
        Column("low", "%", "lower end of the interval"),
        Column("high", "%", "upper end of the interval"),
    ]],
    draw: draw_late,
};

pub(crate) const CUT: FigureKind = FigureKind {
    name: "scale-down",
    heading: Phrase::new("Scale-down by {area}", "Afschaling per {area}"),
    file: "figures/scale-down.csv",
    columns: &[&[
        POLICY,
        REGION,
        WEEK,
        WEEK_START,
        Column(
            "percent",
            "% of normal",
            "class {c4} and {c5} operations without ICU done, mean over worlds",
        ),
    ]],
    draw: draw_cut,
};

pub(crate) const BY_CLASS: FigureKind = FigureKind {
    name: "activity-regions",
    heading: Phrase::new(
        "Operations by class and {area}",
        "Operaties per klasse en {area}",
    ),
    file: "figures/activity-regions.csv",
    columns: &[&[
        REGION,
        WEEK,
        WEEK_START,
        Column("class", "", "urgency class"),
        Column(
            "percent",
            "% of normal",
            "operations without ICU done under the baseline, mean over worlds",
        ),
    ]],
    draw: draw_classes,
};

const LATE_TITLE: Phrase = Phrase::new(
    "An urgent operation too late is most likely in {region} in the week of {week}: in {percent}% of the {seasons} under “{baseline}”",
    "De kans op een kritieke operatie die te laat komt is het grootst in {region} in de week van {week}: {percent}% van de {seasons} onder “{baseline}”",
);
const LATE_TITLE_TIES: Phrase = Phrase::new(
    "An urgent operation too late is most likely in {n} {area}-weeks: in {percent}% of the {seasons} under “{baseline}”, first in {region} in the week of {week}",
    "De kans op een kritieke operatie die te laat komt is het grootst in {n} {area}weken: {percent}% van de {seasons} onder “{baseline}”, als eerste in {region} in de week van {week}",
);
const LATE_TITLE_NONE: Phrase = Phrase::new(
    "No urgent operation of any {area} comes too late in any {season} under “{baseline}”",
    "In geen enkele {area} komt in welke {season} ook een kritieke operatie te laat onder “{baseline}”",
);
const LATE_ABOUT: Phrase = Phrase::new(
    "How often an urgent operation of the {area} passes its limit in that week, % of the {seasons}",
    "Hoe vaak in die week een kritieke operatie uit de {area} te laat wordt, % van de {seasons}",
);
const SHARES: Phrase = Phrase::new(
    "Shares of the {seasons}; no interval drawn, the {level}% intervals are in the table",
    "Deel van de {seasons}; zonder interval, de {level}%-intervallen staan in de tabel",
);
const CUT_TITLE: Phrase = Phrase::new(
    "Class {c4} and {c5} operations fall lowest in {region}: to {percent}% of normal in the week of {week} under “{baseline}”",
    "Operaties van klasse {c4} en {c5} dalen het verst in {region}: tot {percent}% van normaal in de week van {week} onder “{baseline}”",
);
const CUT_ABOUT: Phrase = Phrase::new(
    "Class {c4} and {c5} operations without ICU done in hospitals, % of normal, mean per week",
    "Operaties van klasse {c4} en {c5} zonder IC in ziekenhuizen, % van normaal, gemiddeld per week",
);
const CLASSES_TITLE: Phrase = Phrase::new(
    "Under “{baseline}” class {c5} falls lowest in {region}: to {percent}% of normal in the week of {week}; class {c3} is at {urgent}% there then",
    "Onder “{baseline}” daalt klasse {c5} het verst in {region}: tot {percent}% van normaal in de week van {week}; klasse {c3} staat daar dan op {urgent}%",
);
const CLASSES_ABOUT: Phrase = Phrase::new(
    "Operations without ICU in hospitals by class, % of normal, mean per week, under “{baseline}”",
    "Operaties zonder IC in ziekenhuizen per klasse, % van normaal, gemiddeld per week, onder “{baseline}”",
);

/// A value for each line, region and week.
type Value<'v> = &'v dyn Fn(usize, (usize, usize)) -> Option<f64>;

fn draw_late(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    if !sketch.evidence.has_patients() {
        return Ok(Err(NO_PATIENTS));
    }
    let policies = sketch.shown();
    let percent = |policy, cell| Some(late(sketch, policy, cell).0);
    let Some(panels) = panels(sketch, policies.len(), &|line, cell| {
        percent(policies[line], cell)
    }) else {
        return Ok(Err(SHORT));
    };
    let row = |policy, cell| {
        let (percent, low, high) = late(sketch, policy, cell);
        let [region, week, start] = named(sketch, cell);
        row![sketch.key(policy), region, week, start, percent, low, high]
    };
    let rows = each(sketch, &policies, row);
    let words = sketch.words(late_title(sketch), sketch.text(LATE_ABOUT), SHARES);
    drawn(sketch, (words, legend(sketch, &policies), panels), rows)
}

fn draw_cut(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let policies = sketch.shown();
    let percent = |policy, cell| {
        let analysis = sketch.analysis();
        analysis.activity(policy, cell, &[CLASS_4, CLASS_5])
    };
    let Some(panels) = panels(sketch, policies.len(), &|line, cell| {
        percent(policies[line], cell)
    }) else {
        return Ok(Err(SHORT));
    };
    let title = lowest_title(sketch, CUT_TITLE, &|cell| percent(sketch.baseline(), cell));
    let words = sketch.words(title, sketch.text(CUT_ABOUT), MEANS);
    let row = |policy, cell| {
        let [region, week, start] = named(sketch, cell);
        row![
            sketch.key(policy),
            region,
            week,
            start,
            percent(policy, cell)
        ]
    };
    let rows = each(sketch, &policies, row);
    drawn(sketch, (words, legend(sketch, &policies), panels), rows)
}

fn draw_classes(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let (analysis, baseline) = (sketch.analysis(), sketch.baseline());
    let percent = |class: usize, cell| {
        let (.., measures) = CLASSES[class];
        analysis.activity(baseline, cell, &[measures])
    };
    let Some(panels) = panels(sketch, CLASSES.len(), &percent) else {
        return Ok(Err(SHORT));
    };
    let title = lowest_title(sketch, CLASSES_TITLE, &|cell| percent(2, cell));
    let gaps = [("baseline", sketch.label(baseline))];
    let legend = CLASSES.iter().zip(NEUTRAL);
    let legend = legend.map(|((_, name, _), color)| (sketch.text(*name), color));
    let words = sketch.words(title, sketch.say(CLASSES_ABOUT, &gaps), MEANS);
    let legend = legend.collect();
    let classes: Vec<usize> = (0..CLASSES.len()).collect();
    let row = |class: usize, cell| {
        let [region, week, start] = named(sketch, cell);
        row![region, week, start, CLASSES[class].0, percent(class, cell)]
    };
    let rows = each(sketch, &classes, row);
    drawn(sketch, (words, legend, panels), rows)
}

fn drawn(
    sketch: &Sketch<'_>,
    (words, legend, panels): (Words, Vec<(String, Rgb)>, Vec<WeekPanel>),
    rows: Vec<Row>,
) -> Result<Drawing, ChartError> {
    let figure = WeekLines {
        words,
        weeks: sketch.weeks(),
        legend,
        panels,
    };
    let svg = week_lines::draw(&figure, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// A panel for each region; `None` with fewer than two weeks, or where a value is missing.
fn panels(sketch: &Sketch<'_>, n_lines: usize, value: Value<'_>) -> Option<Vec<WeekPanel>> {
    let frame = sketch.frame();
    let line = |line, region| {
        let weeks = frame.window_weeks();
        weeks.map(|week| value(line, (region, week))).collect()
    };
    let panel = |(idx, region)| {
        let lines = (0..n_lines).map(|one| line(one, idx));
        Some(WeekPanel {
            title: sketch.short_region(region).to_owned(),
            lines: lines.collect::<Option<_>>()?,
        })
    };
    let has_weeks = frame.window_weeks().count() >= 2 && !frame.regions.is_empty();
    let panels = frame.regions.iter().enumerate().map(panel);
    has_weeks.then(|| panels.collect())?
}

/// A policy keeps its color in all figures.
fn legend(sketch: &Sketch<'_>, policies: &[usize]) -> Vec<(String, Rgb)> {
    let policies = policies.iter();
    policies
        .map(|policy| (sketch.label(*policy).to_owned(), categorical(*policy)))
        .collect()
}

/// Regions and weeks of the window.
fn cells(sketch: &Sketch<'_>) -> Vec<(usize, usize)> {
    let frame = sketch.frame();
    let regions = 0..frame.regions.len();
    regions
        .flat_map(|region| frame.window_weeks().map(move |week| (region, week)))
        .collect()
}

fn each(
    sketch: &Sketch<'_>,
    lines: &[usize],
    row: impl Fn(usize, (usize, usize)) -> Row,
) -> Vec<Row> {
    let cells = cells(sketch);
    let pairs = lines
        .iter()
        .flat_map(|line| cells.iter().map(move |cell| (line, cell)));
    pairs.map(|(line, cell)| row(*line, *cell)).collect()
}

/// Key of the region, and label and Monday of the week.
fn named(sketch: &Sketch<'_>, (region, week): (usize, usize)) -> [String; 3] {
    let frame = sketch.frame();
    let study = frame.study();
    [
        frame.regions[region].key.clone(),
        study.week_label(week),
        study.week_start(week).to_string(),
    ]
}

/// Percentage of the worlds in which an operation of the region comes too late in the week, with its interval.
fn late(sketch: &Sketch<'_>, policy: usize, (region, week): (usize, usize)) -> (f64, f64, f64) {
    let analysis = sketch.analysis();
    let bits = analysis.displaced_cell(policy, region, week);
    let (with, all) = (bits.n11 + bits.n10, bits.n());
    let interval = wilson(with, all, analysis.confidence());
    let share = 100.0 * with as f64 / all.max(1) as f64;
    (share, 100.0 * interval.low, 100.0 * interval.high)
}

/// Where and when an operation too late is most likely under the baseline.
fn late_title(sketch: &Sketch<'_>) -> String {
    let value = |cell: &(usize, usize)| late(sketch, sketch.baseline(), *cell).0;
    let cells = cells(sketch);
    let most = cells.iter().map(value).fold(0.0, f64::max);
    let mut likeliest = cells.iter().filter(|cell| value(cell) >= most);
    let cell = likeliest.next().copied().unwrap_or_default();
    let n_likeliest = 1 + likeliest.count();
    let phrase = match n_likeliest {
        _ if most <= 0.0 => LATE_TITLE_NONE,
        1 => LATE_TITLE,
        _ => LATE_TITLE_TIES,
    };
    place_title(
        sketch,
        phrase,
        cell,
        &[
            ("n", n_likeliest.to_string()),
            ("percent", sketch.number(most, 0)),
        ],
    )
}

/// Where and when least is left.
fn lowest_title(
    sketch: &Sketch<'_>,
    phrase: Phrase,
    value: &dyn Fn((usize, usize)) -> Option<f64>,
) -> String {
    let valued = cells(sketch).into_iter();
    let valued = valued.filter_map(|cell| Some((cell, value(cell)?)));
    let least = valued.min_by(|one, other| one.1.total_cmp(&other.1));
    let (cell, percent) = least.unwrap_or_default();
    let urgent = sketch
        .analysis()
        .activity(sketch.baseline(), cell, &[CLASS_3]);
    let gaps = [
        ("percent", sketch.number(percent, 0)),
        ("urgent", sketch.number(urgent.unwrap_or_default(), 0)),
    ];
    place_title(sketch, phrase, cell, &gaps)
}

fn place_title(
    sketch: &Sketch<'_>,
    phrase: Phrase,
    (region, week): (usize, usize),
    own: &[(&str, String)],
) -> String {
    let frame = sketch.frame();
    let monday = frame.study().week_start(week);
    let week = sketch.language.date(monday);
    let mut gaps: Vec<(&str, &str)> = own
        .iter()
        .map(|(gap, text)| (*gap, text.as_str()))
        .collect();
    gaps.extend([
        ("region", sketch.region(&frame.regions[region])),
        ("week", week.as_str()),
        ("baseline", sketch.label(frame.baseline)),
    ]);
    sketch.say(phrase, &gaps)
}
