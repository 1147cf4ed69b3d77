//! Of a hundred patients, those whose urgent planned operation comes too late, under the policies that differ.

use crate::chart::ChartError;
use crate::chart::icons::{self, IconPanel, Icons};
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, row};
use crate::report::figures::reasons::NO_PATIENTS;
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::phrase::Phrase;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "of-100",
    heading: Phrase::new("Of 100 patients", "Van 100 patiënten"),
    file: "figures/of-100.csv",
    columns: &[&[
        POLICY,
        Column(
            "of_100",
            "patients",
            "of a hundred, those whose operation comes too late, rounded",
        ),
        Column("displaced_share", "%", "share that comes too late"),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "Of every 100 urgent planned operations {n} come too late under “{baseline}”, {other_n} under “{other}”",
    "Van elke 100 kritiek planbare operaties komen er {n} te laat onder “{baseline}”, {other_n} onder “{other}”",
);
const TITLE_ALONE: Phrase = Phrase::new(
    "Of every 100 urgent planned operations {n} come too late under “{baseline}”",
    "Van elke 100 kritiek planbare operaties komen er {n} te laat onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "Each dot is one of 100 patients; filled: the operation comes too late, in an average {season}",
    "Elke stip is één van 100 patiënten; gekleurd: de operatie komt te laat, in een gemiddelde {season}",
);
const OF_100: Phrase = Phrase::new("{n} of 100", "{n} van de 100");
const LESS_THAN_ONE: Phrase = Phrase::new("fewer than 1", "minder dan 1");

/// Policies that are drawn at most.
const MOST: usize = 4;

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    if !sketch.evidence.has_patients() {
        return Ok(Err(NO_PATIENTS));
    }
    let (shown, alike) = (shown(sketch), sketch.answer().all_alike());
    let panel = |policy: &usize| IconPanel {
        policy: sketch.answer().name_of_group(*policy, &alike),
        text: sketch.say(OF_100, &[("n", &said(sketch, *policy))]),
        filled: of_100(share(sketch, *policy)),
        color: *policy,
    };
    let figure = Icons {
        words: sketch.words(title(sketch, &shown), sketch.text(ABOUT), MEANS),
        panels: shown.iter().map(panel).collect(),
    };
    let svg = icons::draw(&figure, sketch.theme())?;
    let rows = (0..sketch.frame().policies.len()).map(|policy| {
        let share = share(sketch, policy);
        row![sketch.key(policy), of_100(share) as f64, share]
    });
    let rows = rows.collect();
    Ok(Ok(Figure { svg, rows }))
}

/// The baseline and the policies that differ from it, in the order of the ranking: both ends, and what has room.
fn shown(sketch: &Sketch<'_>) -> Vec<usize> {
    let (answer, baseline) = (sketch.answer(), sketch.baseline());
    let mut ranking = answer.ranking();
    ranking.retain(|policy| *policy == baseline || !answer.is_alike(*policy));
    while ranking.len() > MOST {
        let middle = (1..ranking.len() - 1).find(|place| ranking[*place] != baseline);
        ranking.remove(middle.unwrap_or(0));
    }
    ranking
}

fn share(sketch: &Sketch<'_>, policy: usize) -> f64 {
    sketch.evidence.estimate(policy, "displaced_share").value
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and clamped to 0 to 100 first"
)]
fn of_100(share: f64) -> usize {
    share.round().clamp(0.0, 100.0) as usize
}

/// How many of a hundred, in words where it is less than one and not none.
fn said(sketch: &Sketch<'_>, policy: usize) -> String {
    let share = share(sketch, policy);
    match of_100(share) {
        0 if share > 0.0 => sketch.text(LESS_THAN_ONE),
        n => n.to_string(),
    }
}

fn title(sketch: &Sketch<'_>, shown: &[usize]) -> String {
    let baseline = sketch.baseline();
    let other = sketch.answer().far_end(shown);
    let gaps = [
        ("n", said(sketch, baseline)),
        ("baseline", sketch.label(baseline).to_owned()),
        (
            "other_n",
            other.map_or(String::new(), |other| said(sketch, other)),
        ),
        (
            "other",
            other.map_or(String::new(), |other| sketch.label(other).to_owned()),
        ),
    ];
    let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
    sketch.say(other.map_or(TITLE_ALONE, |_| TITLE), &gaps)
}
