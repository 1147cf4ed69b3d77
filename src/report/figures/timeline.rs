//! Timeline: what is left of classes 3, 4 and 5 week by week, and when the first critical patients are
//! displaced; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::timeline::{self, Timeline, TimelineLine, TimelinePanel};
use crate::outcome::WeekMeasure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::{
    CLASS, MEANS, TIMELINE_ABOUT, TIMELINE_MARK, TIMELINE_TITLE,
};
use crate::report::figures::{Figure, Plan, Sketch};

pub(crate) const PLAN: Plan = Plan {
    name: "activity",
    file: "figures/activity.csv",
    columns: &[
        POLICY,
        Column("week", "", "ISO week"),
        Column("class", "", "urgency class"),
        Column(
            "percent",
            "% of normal",
            "operations without IC done, mean over worlds",
        ),
        Column(
            "first_displacement",
            "0 or 1",
            "whether this is the first week in which a region displaces in half of the worlds",
        ),
    ],
    draw,
};

/// Classes with what was done and what is normal.
const CLASSES: [(&str, WeekMeasure, WeekMeasure); 3] = [
    (
        "3",
        WeekMeasure::OperationsClass3,
        WeekMeasure::NormalOperationsClass3,
    ),
    (
        "4",
        WeekMeasure::OperationsClass4,
        WeekMeasure::NormalOperationsClass4,
    ),
    (
        "5",
        WeekMeasure::OperationsClass5,
        WeekMeasure::NormalOperationsClass5,
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let weeks = sketch.weeks();
    if weeks.len() < 2 {
        return Ok(None);
    }
    let policies = sketch.shown();
    let panels: Vec<TimelinePanel> = policies
        .iter()
        .map(|&policy| panel(sketch, policy))
        .collect();
    if panels.iter().any(|panel| panel.lines.is_empty()) {
        return Ok(None);
    }
    let pairs = policies.iter().zip(&panels);
    let rows = pairs
        .flat_map(|(&policy, panel)| cells(sketch, policy, panel))
        .collect();
    let timeline = Timeline {
        words: sketch.framed(title(sketch), TIMELINE_ABOUT, MEANS),
        suffix: " %".to_owned(),
        panels,
        weeks,
    };
    let svg = timeline::draw(&timeline, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// Dates of the baseline that were moved although classes 4 and 5 ran.
fn title(sketch: &Sketch<'_>) -> String {
    let baseline = sketch.baseline();
    let n = sketch
        .language
        .value(&sketch.evidence.estimate(baseline, "too_early"));
    let gaps = [("n", n.as_str()), ("policy", sketch.label(baseline))];
    sketch.say(TIMELINE_TITLE, &gaps)
}

fn panel(sketch: &Sketch<'_>, policy: usize) -> TimelinePanel {
    let line = |(idx, (class, done, normal)): (usize, &(&str, WeekMeasure, WeekMeasure))| {
        let weeks = sketch.evidence.analysis.frame().window_weeks();
        let national = |week, measure| {
            sketch
                .evidence
                .analysis
                .national(policy, week, measure)
                .mean()
        };
        let share = |week| {
            let normal = national(week, *normal);
            (normal > 0.0).then(|| 100.0 * national(week, *done) / normal)
        };
        let values: Option<Vec<f64>> = weeks.map(share).collect();
        Some(TimelineLine {
            label: sketch.say(CLASS, &[("class", class)]),
            color: idx,
            values: values?,
        })
    };
    let lines: Option<Vec<_>> = CLASSES.iter().enumerate().map(line).collect();
    TimelinePanel {
        title: sketch.label(policy).to_owned(),
        lines: lines.unwrap_or_default(),
        mark: first_displacement(sketch, policy)
            .map(|monday| (monday, sketch.say(TIMELINE_MARK, &[]))),
    }
}

/// Monday of the first week in which some region displaces in at least half of the worlds.
fn first_displacement(sketch: &Sketch<'_>, policy: usize) -> Option<Date> {
    let analysis = &sketch.evidence.analysis;
    let frame = analysis.frame();
    let is_likely = |week: usize| {
        (0..frame.regions.len()).any(|region| {
            let bits = analysis.displaced_cell(policy, region, week);
            2 * (bits.n11 + bits.n10) >= bits.n()
        })
    };
    let mut weeks = frame.window_weeks().zip(sketch.weeks());
    weeks
        .find(|(week, _)| is_likely(*week))
        .map(|(_, monday)| monday)
}

fn cells(sketch: &Sketch<'_>, policy: usize, panel: &TimelinePanel) -> Vec<Vec<Cell<'static>>> {
    let frame = sketch.evidence.analysis.frame();
    let weeks: Vec<(usize, Date)> = frame.window_weeks().zip(sketch.weeks()).collect();
    let first = panel.mark.as_ref().map(|(monday, _)| *monday);
    let lines = CLASSES.iter().zip(&panel.lines);
    lines
        .flat_map(|((class, ..), line)| {
            let row = |((week, monday), value): (&(usize, Date), &f64)| {
                vec![
                    frame.policies[policy].key.clone().into(),
                    frame.study().week_label(*week).into(),
                    (*class).into(),
                    (*value).into(),
                    i64::from(first == Some(*monday)).into(),
                ]
            };
            weeks.iter().zip(&line.values).map(row).collect::<Vec<_>>()
        })
        .collect()
}
