//! The answer at one look: the share of urgent planned operations that come too late under each policy,
//! with the range of 8 in 10 worlds.

use crate::chart::ChartError;
use crate::chart::ranges::{self, RangeRow, Ranges};
use crate::experiment::Measure;
use crate::report::answer::Answer;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Figure, FigureKind, row};
use crate::report::figures::sketch::Sketch;
use crate::report::phrase::Phrase;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "answer",
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
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "{n} of {all} urgent planned operations come too late under “{baseline}”, {other_n} under “{other}”",
    "{n} van de {all} kritiek planbare operaties komen te laat onder “{baseline}”, {other_n} onder “{other}”",
);
const TITLE_ALONE: Phrase = Phrase::new(
    "{n} of {all} urgent planned operations come too late under “{baseline}”",
    "{n} van de {all} kritiek planbare operaties komen te laat onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "Percent of the planned operations that must follow within {norm} and need an ICU bed. Dot: mean; bar: 8 in 10 {seasons}",
    "Percentage van de geplande operaties die binnen {norm} moeten volgen en waarvoor een IC-bed nodig is. Stip: gemiddelde; balk: 8 op de 10 {seasons}",
);
const MARKS: Phrase = Phrase::new(
    "Means and middle 80% of the {seasons}",
    "Gemiddelden en middelste 80% van de {seasons}",
);
const PART: Phrase = Phrase::new("{n} ({share}%)", "{n} ({share}%)");

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    if !sketch.evidence.has_patients() {
        return Ok(None);
    }
    let answer = Answer::new(sketch.evidence, sketch.evidence.wording(sketch.language));
    let drawn = sketch.drawn_policies();
    let ranking = answer.ranking();
    let shown = ranking.iter().filter(|policy| drawn.contains(policy));
    let ranges = Ranges {
        words: sketch.words_of_means(title(sketch, &ranking), ABOUT, MARKS),
        rows: shown
            .map(|policy| range_row(sketch, answer, *policy))
            .collect(),
    };
    let rows = ranking.iter().map(|policy| {
        let range = answer.range(*policy);
        row![
            sketch.key(*policy),
            mean(sketch, *policy, Measure::Displaced),
            mean(sketch, *policy, Measure::Cohort),
            share(sketch, *policy),
            range.map(|range| range.low),
            range.map(|range| range.high),
        ]
    });
    let rows = rows.collect();
    let svg = ranges::draw(&ranges, sketch.theme())?;
    Ok(Some(Figure { svg, rows }))
}

fn mean(sketch: &Sketch<'_>, policy: usize, measure: Measure) -> f64 {
    sketch.analysis().measure(policy, measure).mean()
}

fn share(sketch: &Sketch<'_>, policy: usize) -> f64 {
    sketch.evidence.estimate(policy, "displaced_share").value
}

fn range_row(sketch: &Sketch<'_>, answer: Answer<'_>, policy: usize) -> RangeRow {
    let value = share(sketch, policy);
    let n = sketch.number(mean(sketch, policy, Measure::Displaced), 0);
    let percent = sketch.number(value, usize::from(value < 10.0));
    RangeRow {
        policy: sketch.label(policy).to_owned(),
        value,
        range: answer.range(policy).map(|range| (range.low, range.high)),
        text: sketch.say(PART, &[("n", &n), ("share", &percent)]),
        color: policy,
    }
}

/// The baseline beside the policy at the other end of the ranking.
fn title(sketch: &Sketch<'_>, ranking: &[usize]) -> String {
    let baseline = sketch.baseline();
    let ends = [ranking.last(), ranking.first()].into_iter().flatten();
    let other = ends.copied().find(|policy| *policy != baseline);
    let late = |policy| sketch.number(mean(sketch, policy, Measure::Displaced), 0);
    let gaps = [
        ("n", &*late(baseline)),
        (
            "all",
            &sketch.number(mean(sketch, baseline, Measure::Cohort), 0),
        ),
        ("baseline", sketch.label(baseline)),
        ("other", other.map_or("", |other| sketch.label(other))),
        ("other_n", &other.map_or(String::new(), late)),
    ];
    sketch.say(other.map_or(TITLE_ALONE, |_| TITLE), &gaps)
}
