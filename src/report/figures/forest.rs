//! Forest: how each policy differs from the baseline in the same worlds, in gains and in price.

use crate::chart::ChartError;
use crate::chart::forest::{self, Difference, Forest, ForestPanel, ForestRow};
use crate::report::column::{Column, ESTIMAND, POLICY, UNIT};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::{ONE_POLICY, TOO_FEW};
use crate::report::figures::sketch::{ANY, Sketch, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "differences",
    heading: Phrase::new("Differences from the baseline", "Verschillen met de basis"),
    file: "figures/differences.csv",
    columns: &[&[
        POLICY,
        ESTIMAND,
        UNIT,
        Column("difference", "see unit", "policy minus baseline"),
        Column("low", "see unit", "lower end of the interval"),
        Column("high", "see unit", "upper end of the interval"),
        Column(
            "identical",
            "0 or 1",
            "whether policy and baseline are equal in every world",
        ),
    ]],
    draw,
};

const TITLE_LESS: Phrase = Phrase::new(
    "Under “{other}” {points} percentage points fewer urgent operations come too late than under “{baseline}”",
    "Onder “{other}” komen {points} procentpunt minder kritieke operaties te laat dan onder “{baseline}”",
);
const TITLE_SAME: Phrase = Phrase::new(
    "Under no policy does the number of urgent operations too late differ from “{baseline}”",
    "Onder geen enkel beleid komen er meer of minder kritieke operaties te laat dan onder “{baseline}”",
);
const TITLE_UNCLEAR: Phrase = Phrase::new(
    "Under no policy do clearly fewer urgent operations come too late than under “{baseline}”",
    "Onder geen enkel beleid komen er duidelijk minder kritieke operaties te laat dan onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "Differences from the baseline in the same {seasons}; the title is adjusted for the number of policies (Holm)",
    "Verschillen met de basis in dezelfde {seasons}; de titel houdt rekening met het aantal beleidsvarianten (Holm)",
);
const IDENTICAL: Phrase = Phrase::new("equal in every {season}", "gelijk in elke {season}");

/// Estimands with the headings of their panels: what is gained, then its price.
const PANELS: [(&str, Phrase); 4] = [
    (
        "displaced_share",
        Phrase::new(
            "Urgent operations too late, percentage points",
            "Kritieke operaties te laat, procentpunten",
        ),
    ),
    (
        "disrupted_share",
        Phrase::new(
            "Date moved or cancelled, percentage points",
            "Datum verplaatst of afgezegd, procentpunten",
        ),
    ),
    (
        "covid_without_bed",
        Phrase::new(
            "COVID patients above the staffed ICU beds",
            "COVID-patiënten boven de bemenste IC-bedden",
        ),
    ),
    (
        "operations_cut_class_4",
        Phrase::new(
            "Class {c4} operations not done",
            "Operaties van klasse {c4} die niet doorgingen",
        ),
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let Some(best) = sketch.evidence.least_displacing() else {
        return Ok(Err(ONE_POLICY));
    };
    let panels = PANELS.map(|(key, heading)| panel(sketch, key, heading));
    let Some(panels) = panels.into_iter().collect() else {
        return Ok(Err(TOO_FEW));
    };
    let forest = Forest {
        words: sketch.words_of_rows(title(sketch, best), sketch.text(ABOUT)),
        panels,
    };
    let svg = forest::draw(&forest, sketch.theme())?;
    let rows = PANELS
        .iter()
        .flat_map(|(key, _)| rows(sketch, key))
        .collect();
    Ok(Ok(Figure { svg, rows }))
}

fn title(sketch: &Sketch<'_>, best: usize) -> String {
    let comparison = sketch.evidence.compare(best, "displaced_share");
    let points = comparison.difference;
    let phrase = if comparison.identical {
        TITLE_SAME
    } else if sketch.evidence.clearly_less("displaced_share")[best] {
        TITLE_LESS
    } else {
        TITLE_UNCLEAR
    };
    let gaps = [
        ("other", sketch.label(best)),
        ("baseline", sketch.label(sketch.baseline())),
        (
            "points",
            &sketch.number(points.value.abs(), decimals(&points)),
        ),
    ];
    sketch.say(phrase, &gaps)
}

/// The policies other than the baseline that are drawn.
fn others(sketch: &Sketch<'_>) -> impl Iterator<Item = usize> {
    let baseline = sketch.baseline();
    let drawn = sketch.drawn_policies().into_iter();
    drawn.filter(move |policy| *policy != baseline)
}

fn panel(sketch: &Sketch<'_>, key: &str, heading: Phrase) -> Option<ForestPanel> {
    let mut rows = Vec::new();
    let mut supported = 0;
    for policy in others(sketch) {
        let comparison = sketch.evidence.compare(policy, key);
        let difference = if comparison.identical {
            Difference::Identical(sketch.text(IDENTICAL))
        } else {
            supported = supported.max(decimals(&comparison.difference));
            Difference::Estimated(drawn(&comparison.difference, ANY)?)
        };
        rows.push(ForestRow {
            policy: sketch.label(policy).to_owned(),
            difference,
            color: policy,
        });
    }
    Some(ForestPanel {
        title: sketch.text(heading),
        decimals: supported,
        rows,
    })
}

fn rows(sketch: &Sketch<'_>, key: &'static str) -> Vec<Row> {
    let row = |policy| {
        let comparison = sketch.evidence.compare(policy, key);
        let difference = &comparison.difference;
        row![
            sketch.key(policy),
            key,
            comparison.estimand.unit,
            difference.value,
            difference.interval.low,
            difference.interval.high,
            i64::from(comparison.identical),
        ]
    };
    others(sketch).map(row).collect()
}
