//! Phase calendar: how likely each phase of the national plan is, week by week; under the baseline and
//! the policy that displaces least.

use crate::chart::ChartError;
use crate::chart::phases::{self, PhaseCalendar, PhasePanel};
use crate::experiment::analysis::Series;
use crate::report::column::{Column, POLICY, WEEK, WEEK_START};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::likelihood::likelihood;
use crate::report::phrase::Phrase;
use crate::units::{DAYS_PER_WEEK, Day};

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "phases",
    heading: Phrase::new("Phases", "Fasen"),
    file: "figures/phases.csv",
    columns: &[&[
        POLICY,
        WEEK,
        WEEK_START,
        Column("phase", "", "phase of the national plan"),
        Column(
            "percent",
            "%",
            "share of the week's days in the phase, over worlds",
        ),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "Phase {phase} is {likelihood} under “{baseline}”: it is reached in {n} of every 100 {seasons}",
    "Fase {phase} is {likelihood} onder “{baseline}”: zij wordt bereikt in {n} van elke 100 {seasons}",
);
const TITLE_FEW: Phrase = Phrase::new(
    "Phase {phase} is reached in {n}% of the simulated {seasons} under “{baseline}”; too few {seasons} to say how likely it is",
    "Fase {phase} wordt bereikt in {n}% van de gesimuleerde {seasons} onder “{baseline}”; te weinig {seasons} om te zeggen hoe waarschijnlijk dat is",
);
const TITLE_OTHER: Phrase = Phrase::new(
    "Phase {phase} is reached in {n} of every 100 {seasons} under “{baseline}”, in {m} under “{other}”",
    "Fase {phase} wordt bereikt in {n} van elke 100 {seasons} onder “{baseline}”, in {m} onder “{other}”",
);
const ABOUT: Phrase = Phrase::new(
    "Share of days in each phase of the national plan, % over {seasons}, by week",
    "Deel van de dagen in elke fase van het landelijke plan, % over {seasons}, per week",
);
const SAME: Phrase = Phrase::new(
    "{title}; so it is under “{other}”",
    "{title}; onder “{other}” is dat net zo",
);
const PHASE: Phrase = Phrase::new("phase {phase}", "fase {phase}");

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let mut policies = sketch.shown();
    let mut panels: Vec<PhasePanel> = policies
        .iter()
        .map(|policy| panel(sketch, *policy))
        .collect();
    let mut title = title(sketch);
    if let [own, other] = &panels[..]
        && is_same(own, other)
    {
        title = sketch.say(SAME, &[("title", &title), ("other", &other.title)]);
        policies.truncate(1);
        panels.truncate(1);
    }
    let rows = policies
        .iter()
        .zip(&panels)
        .flat_map(|(policy, panel)| rows(sketch, *policy, panel))
        .collect();
    let names = sketch.phases().into_iter();
    let calendar = PhaseCalendar {
        words: sketch.words(title, sketch.text(ABOUT), MEANS),
        weeks: sketch.weeks(),
        phases: names
            .map(|name| sketch.say(PHASE, &[("phase", name)]))
            .collect(),
        panels,
    };
    let svg = phases::draw(&calendar, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// Whether two policies look the same to the eye.
fn is_same(one: &PhasePanel, other: &PhasePanel) -> bool {
    let pairs = one
        .shares
        .iter()
        .flatten()
        .zip(other.shares.iter().flatten());
    pairs
        .into_iter()
        .all(|(one, other)| (one - other).abs() < 1.0)
}

/// How often the last phase is reached.
fn title(sketch: &Sketch<'_>) -> String {
    let baseline = sketch.baseline();
    let ever = |policy| sketch.evidence.estimate(policy, "phase_3_ever").value;
    let of_100 = |policy| sketch.number(ever(policy), 0);
    let n = of_100(baseline);
    let other = sketch.other();
    let other = other.filter(|other| of_100(*other) != n);
    let phrase = match other {
        _ if !sketch.evidence.can_say_how_likely() => TITLE_FEW,
        Some(_) => TITLE_OTHER,
        None => TITLE,
    };
    let gaps = [
        ("phase", sketch.phases().last().copied().unwrap_or_default()),
        ("baseline", sketch.label(baseline)),
        (
            "likelihood",
            &sketch.text(likelihood(ever(baseline) / 100.0)),
        ),
        ("n", &n),
        ("m", &other.map_or(String::new(), of_100)),
        ("other", other.map_or("", |other| sketch.label(other))),
    ];
    sketch.say(phrase, &gaps)
}

fn panel(sketch: &Sketch<'_>, policy: usize) -> PhasePanel {
    let weeks = sketch.frame().window_weeks();
    PhasePanel {
        title: sketch.label(policy).to_owned(),
        shares: weeks.map(|week| shares(sketch, policy, week)).collect(),
    }
}

/// Percentage of the days of a week, over all worlds, in each phase.
fn shares(sketch: &Sketch<'_>, policy: usize, week: usize) -> Vec<f64> {
    let first = week * usize::from(DAYS_PER_WEEK);
    let days = (first..first + usize::from(DAYS_PER_WEEK)).flat_map(u16::try_from);
    let inside = days
        .map(Day)
        .filter(|day| *day < sketch.frame().study().end());
    let mut counts = vec![0_u64; sketch.phases().len()];
    let last = counts.len() - 1;
    let worlds = |day| sketch.analysis().day(policy, day, Series::Phase).iter();
    for (phase, n) in inside.flat_map(worlds) {
        let phase = usize::try_from(phase).unwrap_or_default();
        counts[phase.min(last)] += n;
    }
    let all = counts.iter().sum::<u64>().max(1) as f64;
    counts.iter().map(|n| 100.0 * *n as f64 / all).collect()
}

fn rows(sketch: &Sketch<'_>, policy: usize, panel: &PhasePanel) -> Vec<Row> {
    let frame = sketch.frame();
    let mut rows = Vec::new();
    for (week, shares) in frame.window_weeks().zip(&panel.shares) {
        for (phase, share) in sketch.phases().iter().zip(shares) {
            let study = frame.study();
            let (label, start) = (study.week_label(week), study.week_start(week).to_string());
            rows.push(row![
                sketch.key(policy),
                label,
                start,
                (*phase).to_owned(),
                *share
            ]);
        }
    }
    rows
}
