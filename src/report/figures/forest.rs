//! Forest: how each policy differs from the baseline in the same worlds, in gains and in price.

use crate::chart::ChartError;
use crate::chart::forest::{self, Difference, Forest, ForestPanel, ForestRow};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY, UNIT};
use crate::report::figures::{ANY, Figure, Plan, Sketch, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::report::summary::KEY;

const FOREST_ABOUT: Phrase = Phrase::new(
    "Differences to the baseline in the same winters",
    "Verschillen met de basis in dezelfde winters",
);
const FOREST_TITLE_LESS: Phrase = Phrase::new(
    "“{other}” displaces {points} percentage points fewer critical patients than “{baseline}”",
    "“{other}” verdringt {points} procentpunt minder kritieke patiënten dan “{baseline}”",
);
const FOREST_TITLE_SAME: Phrase = Phrase::new(
    "No policy differs from “{baseline}” in the critical patients whom it displaces",
    "Geen beleid verschilt van “{baseline}” in de kritieke patiënten die het verdringt",
);
const FOREST_TITLE_UNCLEAR: Phrase = Phrase::new(
    "No policy clearly displaces fewer critical patients than “{baseline}”",
    "Geen beleid verdringt duidelijk minder kritieke patiënten dan “{baseline}”",
);
const IDENTICAL_SENTENCE: Phrase = Phrase::new("equal in every winter", "gelijk in elke winter");

pub(crate) const PLAN: Plan = Plan {
    name: "differences",
    file: "figures/differences.csv",
    columns: &[
        POLICY,
        KEY,
        UNIT,
        Column("difference", "see unit", "policy minus baseline"),
        Column("low", "see unit", "lower end of the interval"),
        Column("high", "see unit", "upper end of the interval"),
        Column(
            "identical",
            "0 or 1",
            "whether policy and baseline are equal in every world",
        ),
    ],
    draw,
};

/// Estimands with the headings of their panels: what is gained, then its price.
const PANELS: [(&str, Phrase); 4] = [
    (
        "displaced_share",
        Phrase::new("Displaced, percentage points", "Verdrongen, procentpunten"),
    ),
    (
        "disrupted_share",
        Phrase::new(
            "Date moved or cancelled, percentage points",
            "Datum verzet of afgezegd, procentpunten",
        ),
    ),
    (
        "covid_without_bed",
        Phrase::new(
            "COVID patients without a staffed IC bed",
            "COVID-patiënten zonder bemenst IC-bed",
        ),
    ),
    (
        "operations_cut_class_4",
        Phrase::new(
            "Class 4 operations not done",
            "Operaties van klasse 4 die niet doorgingen",
        ),
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let Some(best) = sketch.evidence.least_displacing() else {
        return Ok(None);
    };
    let panels: Option<Vec<ForestPanel>> = PANELS
        .iter()
        .map(|panel| panel_of(sketch, *panel))
        .collect();
    let Some(panels) = panels else {
        return Ok(None);
    };
    let rows = PANELS
        .iter()
        .flat_map(|(key, _)| cells(sketch, key))
        .collect();
    let forest = Forest {
        words: sketch.words_of_some(title(sketch, best), FOREST_ABOUT),
        discordant_title: String::new(),
        panels,
    };
    let svg = forest::draw(&forest, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

fn title(sketch: &Sketch<'_>, best: usize) -> String {
    let baseline = sketch.evidence.analysis.frame().baseline;
    let comparison = sketch.evidence.compare(best, "displaced_share");
    let points = comparison.difference;
    let word = if comparison.identical {
        FOREST_TITLE_SAME
    } else if points.interval.high < 0.0 {
        FOREST_TITLE_LESS
    } else {
        FOREST_TITLE_UNCLEAR
    };
    let fewer = sketch
        .language
        .number(points.value.abs(), decimals(&points));
    sketch.say(
        word,
        &[
            ("other", sketch.label(best)),
            ("baseline", sketch.label(baseline)),
            ("points", &fewer),
        ],
    )
}

/// The policies other than the baseline that are drawn.
fn others(sketch: &Sketch<'_>) -> impl Iterator<Item = usize> {
    let baseline = sketch.baseline();
    let drawn = sketch.drawn_policies().into_iter();
    drawn.filter(move |policy| *policy != baseline)
}

fn panel_of(sketch: &Sketch<'_>, (key, heading): (&str, Phrase)) -> Option<ForestPanel> {
    let rows: Option<Vec<ForestRow>> = others(sketch)
        .map(|policy| {
            let comparison = sketch.evidence.compare(policy, key);
            let difference = if comparison.identical {
                Difference::Identical(sketch.say(IDENTICAL_SENTENCE, &[]))
            } else {
                Difference::Estimated {
                    estimate: drawn(&comparison.difference, ANY)?,
                    discordant: None,
                }
            };
            Some(ForestRow {
                policy: sketch.label(policy).to_owned(),
                difference,
            })
        })
        .collect();
    let supported = others(sketch)
        .map(|policy| sketch.evidence.compare(policy, key))
        .filter(|comparison| !comparison.identical)
        .map(|comparison| decimals(&comparison.difference));
    Some(ForestPanel {
        title: sketch.say(heading, &[]),
        indifference: None,
        decimals: supported.max().unwrap_or(0),
        rows: rows?,
    })
}

fn cells(sketch: &Sketch<'_>, key: &'static str) -> Vec<Vec<Cell<'static>>> {
    others(sketch)
        .map(|policy| {
            let comparison = sketch.evidence.compare(policy, key);
            let difference = &comparison.difference;
            let name = &sketch.evidence.analysis.frame().policies[policy].key;
            vec![
                name.clone().into(),
                key.into(),
                comparison.estimand.unit.into(),
                difference.value.into(),
                difference.interval.low.into(),
                difference.interval.high.into(),
                i64::from(comparison.identical).into(),
            ]
        })
        .collect()
}
