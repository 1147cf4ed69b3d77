//! Timeline: what is left of classes 3, 4 and 5 week by week, and when the first critical patients are
//! displaced; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::palette::NEUTRAL;
use crate::chart::timeline::{self, Timeline, TimelineLine, TimelinePanel};
use crate::report::activity::{ABOUT, CLASSES, percent};
use crate::report::column::{Column, POLICY, WEEK, WEEK_START};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::SHORT;
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::phrase::Phrase;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "activity",
    heading: Phrase::new("Operations by class", "Operaties per klasse"),
    file: "figures/activity.csv",
    columns: &[&[
        POLICY,
        WEEK,
        WEEK_START,
        Column("class", "", "urgency class"),
        Column(
            "percent",
            "% of normal",
            "operations without ICU done, mean over worlds",
        ),
        Column(
            "first_displacement",
            "0 or 1",
            "whether this is the first week in which a region displaces in half of the worlds",
        ),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "Under “{policy}” operations of class {c5} fall to {fifth}% of normal, of class {c4} to {fourth}% and of class {c3} to {third}%",
    "Onder “{policy}” dalen operaties van klasse {c5} tot {fifth}% van normaal, van klasse {c4} tot {fourth}% en van klasse {c3} tot {third}%",
);
const MARK: Phrase = Phrase::new(
    "in half of the {seasons} a first urgent operation is too late",
    "in de helft van de {seasons} is een eerste kritieke operatie te laat",
);

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let weeks = sketch.weeks();
    let policies = sketch.shown();
    let panels: Option<Vec<TimelinePanel>> = policies
        .iter()
        .map(|policy| panel(sketch, *policy))
        .collect();
    let Some(panels) = panels.filter(|_| weeks.len() >= 2) else {
        return Ok(Err(SHORT));
    };
    let rows = policies
        .iter()
        .zip(&panels)
        .flat_map(|(policy, panel)| rows(sketch, *policy, panel))
        .collect();
    let timeline = Timeline {
        words: sketch.words(title(sketch, &panels[0]), sketch.text(ABOUT), MEANS),
        panels,
        weeks,
    };
    let svg = timeline::draw(&timeline, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// The lowest week of each class.
fn title(sketch: &Sketch<'_>, baseline: &TimelinePanel) -> String {
    let lowest = |line: &TimelineLine| {
        let lowest = line.values.iter().copied().fold(f64::INFINITY, f64::min);
        sketch.number(lowest, 0)
    };
    let lowest: Vec<String> = baseline.lines.iter().map(lowest).collect();
    let gaps = [
        ("third", lowest[0].as_str()),
        ("fourth", &lowest[1]),
        ("fifth", &lowest[2]),
        ("policy", &baseline.title),
    ];
    sketch.say(TITLE, &gaps)
}

/// `None` when a class has no operations in some week.
fn panel(sketch: &Sketch<'_>, policy: usize) -> Option<TimelinePanel> {
    let mut lines = Vec::new();
    for (class, (_, name, ..)) in CLASSES.into_iter().enumerate() {
        lines.push(TimelineLine {
            label: sketch.text(name),
            color: NEUTRAL[class],
            values: percent(sketch.analysis(), policy, class)?,
        });
    }
    let mark = first_displacement(sketch, policy);
    Some(TimelinePanel {
        title: sketch.label(policy).to_owned(),
        lines,
        mark: mark.map(|monday| (monday, sketch.text(MARK))),
    })
}

/// Monday of the first week in which some region displaces in at least half of the worlds; `None` where it does
/// so from the start.
fn first_displacement(sketch: &Sketch<'_>, policy: usize) -> Option<Date> {
    let is_likely = |week: usize| {
        (0..sketch.frame().regions.len()).any(|region| {
            let bits = sketch.analysis().displaced_cell(policy, region, week);
            2 * (bits.n11 + bits.n10) >= bits.n()
        })
    };
    let mut weeks = sketch.frame().window_weeks().zip(sketch.weeks());
    let first = weeks.position(|(week, _)| is_likely(week))?;
    // What holds from the first week on is no turn of events.
    (first > 0).then(|| sketch.weeks()[first])
}

fn rows(sketch: &Sketch<'_>, policy: usize, panel: &TimelinePanel) -> Vec<Row> {
    let frame = sketch.frame();
    let first = panel.mark.as_ref().map(|(monday, _)| *monday);
    let mut rows = Vec::new();
    for ((class, ..), line) in CLASSES.iter().zip(&panel.lines) {
        let weeks = frame.window_weeks().zip(sketch.weeks());
        for ((week, monday), value) in weeks.zip(&line.values) {
            let week = frame.study().week_label(week);
            let is_first = i64::from(first == Some(monday));
            rows.push(row![
                sketch.key(policy),
                week,
                monday.to_string(),
                *class,
                *value,
                is_first
            ]);
        }
    }
    rows
}
