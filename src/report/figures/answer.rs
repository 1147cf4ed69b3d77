//! The answer at one look: the share of urgent planned operations that come too late under each policy,
//! with the range of 8 in 10 worlds, once with all that is uncertain and once by chance alone.

use crate::chart::ChartError;
use crate::chart::ranges::{self, RangeRow, Ranges};
use crate::experiment::Measure;
use crate::report::answer::Answer;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, row};
use crate::report::figures::reasons::NO_PATIENTS;
use crate::report::figures::sketch::Sketch;
use crate::report::phrase::Phrase;
use crate::statistics::interval::Interval;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "answer",
    heading: Phrase::new("The answer", "Het antwoord"),
    file: "figures/answer.csv",
    columns: &[&[
        POLICY,
        Column(
            "displaced",
            "patients",
            "operations that come too late, mean",
        ),
        Column("cohort", "patients", "all of these operations, mean"),
        Column("displaced_share", "%", "share that comes too late"),
        Column("p10", "%", "share of the world with fewer in one of ten"),
        Column("p90", "%", "share of the world with more in one of ten"),
        Column(
            "uncertain_p10",
            "%",
            "as p10, with all that is uncertain; empty where it was not drawn",
        ),
        Column("uncertain_p90", "%", "as p90, with all that is uncertain"),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "{n} of {all} urgent planned operations come too late under “{baseline}”, {other_n} under “{other}”",
    "{n} van de {all} kritiek planbare operaties komen te laat onder “{baseline}”, {other_n} onder “{other}”",
);
const TITLE_ALIKE: Phrase = Phrase::new(
    "{n} of {all} urgent planned operations come too late under “{baseline}”, and about as many under every other policy",
    "{n} van de {all} kritiek planbare operaties komen te laat onder “{baseline}”, en ongeveer evenveel onder elk ander beleid",
);
const TITLE_ALONE: Phrase = Phrase::new(
    "{n} of {all} urgent planned operations come too late under “{baseline}”",
    "{n} van de {all} kritiek planbare operaties komen te laat onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "Planned operations that must follow within {norm} and need an ICU bed: percentage too late, and patients",
    "Geplande operaties die binnen {norm} moeten volgen en waarvoor een IC-bed nodig is: percentage te laat, en aantal",
);
const MARKS: Phrase = Phrase::new(
    "Means, and the middle 80%",
    "Gemiddelden, en de middelste 80%",
);
const WIDE_MARKS: Phrase = Phrase::new(
    "Means, and the middle 80%; the light bars from {n} more {seasons}, each with its own values of the uncertain inputs",
    "Gemiddelden, en de middelste 80%; de lichte balken uit nog {n} {seasons}, elk met eigen waarden van de onzekere invoer",
);
const MEAN: Phrase = Phrase::new("average {season}", "gemiddelde {season}");
const WIDE: Phrase = Phrase::new(
    "8 in 10 {seasons}, inputs uncertain",
    "8 op de 10 {seasons}, invoer onzeker",
);
const BY_CHANCE: Phrase = Phrase::new(
    "8 in 10 {seasons}, by chance alone",
    "8 op de 10 {seasons}, door toeval alleen",
);
const PART: Phrase = Phrase::new("{n} ({share}%)", "{n} ({share}%)");

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    if !sketch.evidence.has_patients() {
        return Ok(Err(NO_PATIENTS));
    }
    let answer = sketch.answer();
    let drawn = sketch.drawn_policies();
    let ranking = answer.ranking();
    let shown = ranking.iter().filter(|policy| drawn.contains(policy));
    let shown: Vec<usize> = shown.copied().collect();
    let ranges = Ranges {
        words: sketch.words_of_means(title(sketch, &shown), sketch.text(ABOUT), marks(sketch)),
        mean_name: sketch.text(MEAN),
        range_names: [WIDE, BY_CHANCE].map(|name| sketch.text(name)),
        rows: shown
            .iter()
            .map(|policy| range_row(sketch, answer, *policy))
            .collect(),
    };
    let rows = ranking.iter().map(|policy| {
        let [wide, narrow] = both(answer, *policy);
        row![
            sketch.key(*policy),
            late(sketch, *policy),
            all(sketch, *policy),
            share(sketch, *policy),
            narrow.map(|range| range.low),
            narrow.map(|range| range.high),
            wide.map(|range| range.low),
            wide.map(|range| range.high),
        ]
    });
    let rows = rows.collect();
    let svg = ranges::draw(&ranges, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

fn marks(sketch: &Sketch<'_>) -> String {
    let uncertain = sketch.evidence.uncertain.as_ref();
    uncertain.map_or_else(
        || sketch.text(MARKS),
        |run| {
            let n = sketch.number(f64::from(run.manifest.n_replications), 0);
            sketch.say(WIDE_MARKS, &[("n", &n)])
        },
    )
}

fn late(sketch: &Sketch<'_>, policy: usize) -> f64 {
    sketch.evidence.estimate(policy, "displaced").value
}

fn all(sketch: &Sketch<'_>, policy: usize) -> f64 {
    sketch.analysis().measure(policy, Measure::Cohort).mean()
}

fn share(sketch: &Sketch<'_>, policy: usize) -> f64 {
    sketch.evidence.estimate(policy, "displaced_share").value
}

/// The range with all that is uncertain, and the range by chance alone.
fn both(answer: Answer<'_>, policy: usize) -> [Option<Interval>; 2] {
    [answer.wide_range(policy), answer.range(policy)]
}

fn range_row(sketch: &Sketch<'_>, answer: Answer<'_>, policy: usize) -> RangeRow {
    let value = share(sketch, policy);
    let n = sketch.answer().count(late(sketch, policy));
    let percent = sketch.number(value, usize::from(value < 10.0));
    let ends = |range: Interval| (range.low, range.high);
    RangeRow {
        policy: sketch.label(policy).to_owned(),
        value,
        ranges: both(answer, policy).map(|range| range.map(ends)),
        text: sketch.say(PART, &[("n", &n), ("share", &percent)]),
        color: policy,
    }
}

/// The baseline beside the policy at the other end of the ranking, where that differs from it.
fn title(sketch: &Sketch<'_>, ranking: &[usize]) -> String {
    let (baseline, answer) = (sketch.baseline(), sketch.answer());
    let other = answer.far_end(ranking);
    let late = |policy| answer.count(late(sketch, policy));
    let gaps = [
        ("n", &*late(baseline)),
        ("all", &sketch.number(all(sketch, baseline), 0)),
        ("baseline", sketch.label(baseline)),
        ("other", other.map_or("", |other| sketch.label(other))),
        ("other_n", &other.map_or(String::new(), late)),
    ];
    let phrase = match other {
        Some(_) => TITLE,
        None if ranking.len() > 1 => TITLE_ALIKE,
        None => TITLE_ALONE,
    };
    sketch.say(phrase, &gaps)
}
