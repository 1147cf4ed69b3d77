//! Heat map: in which region and week class 3 patients become displaced, under the baseline, and what
//! the policy that displaces least changes in it.

use crate::chart::ChartError;
use crate::chart::heat::{self, Heat, HeatCell, HeatColors, HeatPanel};
use crate::report::column::{Column, POLICY, REGION, WEEK, WEEK_START};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::Sketch;
use crate::report::phrase::Phrase;
use crate::statistics::paired::{PairedBits, bonett_price};
use crate::statistics::proportion::wilson;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "region-weeks",
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
        Column("difference", "percentage points", "policy minus baseline"),
        Column(
            "marked",
            "0 or 1",
            "whether the cell is marked in the figure",
        ),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "An urgent operation too late is most likely in {region} in {week}: in {percent}% of the {seasons} under “{baseline}”",
    "De kans op een kritieke operatie die te laat komt is het grootst in {region} in {week}: {percent}% van de {seasons} onder “{baseline}”",
);
const TITLE_TIES: Phrase = Phrase::new(
    "An urgent operation too late is most likely in {n} {area}-weeks, of which {region} in {week} is the first: in {percent}% of the {seasons} under “{baseline}”",
    "De kans op een kritieke operatie die te laat komt is het grootst in {n} {area}weken, als eerste in {region} in {week}: {percent}% van de {seasons} onder “{baseline}”",
);
const TITLE_NONE: Phrase = Phrase::new(
    "No urgent operation of any {area} comes too late in any {season} under “{baseline}”",
    "In geen enkele {season} komt in welke {area} ook een kritieke operatie te laat onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "How often an urgent operation of the {area} passes its limit in that week, % of the {seasons}",
    "Hoe vaak in die week een kritieke operatie uit de {area} te laat wordt, % van de {seasons}",
);
const MARKS: Phrase = Phrase::new(
    "Marks follow {level}% intervals, cell by cell",
    "Tekens volgen uit {level}%-intervallen, per vak",
);
const DIFFERENCE: Phrase = Phrase::new(
    "Percentage points, “{other}” minus “{baseline}”",
    "Procentpunten, “{other}” min “{baseline}”",
);
const IMPRECISE_MARK: Phrase = Phrase::new(
    "uncertain by more than 10 points",
    "onzeker: meer dan 10 punten",
);
const SIGNIFICANT_MARK: Phrase = Phrase::new("differs from 0", "verschilt van 0");

/// A probability whose interval reaches this many percentage points is marked as imprecise.
const IMPRECISE: f64 = 10.0;

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let baseline = sketch.baseline();
    let mut panels = vec![probabilities(sketch, baseline)];
    let mut table = rows(sketch, baseline, &panels[0]);
    if let Some(other) = sketch.other() {
        let panel = differences(sketch, other);
        table.extend(rows(sketch, other, &panel));
        panels.push(panel);
    }
    let regions = sketch.frame().regions.iter();
    let heat = Heat {
        words: sketch.words(title(sketch), sketch.text(ABOUT), MARKS),
        regions: regions
            .map(|region| sketch.region(region).to_owned())
            .collect(),
        weeks: sketch.weeks(),
        panels,
    };
    let svg = heat::draw(&heat, sketch.theme())?;
    Ok(Some(Figure { svg, rows: table }))
}

/// Cells of all regions and weeks from the worlds in which a patient becomes displaced.
fn grid(
    sketch: &Sketch<'_>,
    policy: usize,
    cell: impl Fn(&PairedBits) -> HeatCell,
) -> Vec<Vec<Option<HeatCell>>> {
    let (analysis, frame) = (sketch.analysis(), sketch.frame());
    let bits = |region, week| analysis.displaced_cell(policy, region, week);
    let row = |region| {
        let weeks = frame.window_weeks();
        weeks.map(|week| Some(cell(bits(region, week)))).collect()
    };
    (0..frame.regions.len()).map(row).collect()
}

fn probabilities(sketch: &Sketch<'_>, policy: usize) -> HeatPanel {
    let confidence = sketch.analysis().confidence();
    let cell = |bits: &PairedBits| {
        let value = percent(bits);
        let interval = wilson(bits.n11 + bits.n10, bits.n(), confidence);
        HeatCell {
            value,
            marked: 100.0 * interval.reach(value / 100.0) > IMPRECISE,
        }
    };
    HeatPanel {
        title: sketch.label(policy).to_owned(),
        colors: HeatColors::Probability,
        mark_name: sketch.text(IMPRECISE_MARK),
        cells: grid(sketch, policy, cell),
    }
}

fn differences(sketch: &Sketch<'_>, policy: usize) -> HeatPanel {
    let confidence = sketch.analysis().confidence();
    let cells = grid(sketch, policy, |bits| HeatCell {
        value: points(bits),
        marked: !bonett_price(bits, confidence).contains(0.0),
    });
    let sizes = cells
        .iter()
        .flatten()
        .flatten()
        .map(|cell| cell.value.abs());
    let largest = sizes.fold(0.0, f64::max);
    let gaps = [
        ("other", sketch.label(policy)),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    HeatPanel {
        title: sketch.say(DIFFERENCE, &gaps),
        colors: HeatColors::Difference {
            // Whole tens, so that the legend has round numbers.
            limit: (10.0 * (largest / 10.0).ceil()).clamp(10.0, 100.0),
        },
        mark_name: sketch.text(SIGNIFICANT_MARK),
        cells,
    }
}

/// Where and when displacement is most likely under the baseline.
fn title(sketch: &Sketch<'_>) -> String {
    let frame = sketch.frame();
    let cells = (0..frame.regions.len())
        .flat_map(|region| frame.window_weeks().map(move |week| (region, week)));
    let value = |(region, week): (usize, usize)| {
        percent(
            sketch
                .analysis()
                .displaced_cell(frame.baseline, region, week),
        )
    };
    let most = cells.clone().map(value).fold(0.0, f64::max);
    let mut likeliest = cells.filter(|cell| value(*cell) >= most);
    let (region, week) = likeliest.next().unwrap_or_default();
    let n_likeliest = 1 + likeliest.count();
    let phrase = match n_likeliest {
        _ if most <= 0.0 => TITLE_NONE,
        1 => TITLE,
        _ => TITLE_TIES,
    };
    let gaps = [
        ("n", &*n_likeliest.to_string()),
        ("percent", &sketch.number(most, 0)),
        ("region", sketch.region(&frame.regions[region])),
        ("week", &frame.study().week_label(week)),
        ("baseline", sketch.label(frame.baseline)),
    ];
    sketch.say(phrase, &gaps)
}

fn rows(sketch: &Sketch<'_>, policy: usize, panel: &HeatPanel) -> Vec<Row> {
    let (analysis, frame) = (sketch.analysis(), sketch.frame());
    let mut rows = Vec::new();
    for (region, row) in panel.cells.iter().enumerate() {
        for (week, cell) in frame.window_weeks().zip(row.iter().flatten()) {
            let bits = analysis.displaced_cell(policy, region, week);
            rows.push(row![
                sketch.key(policy),
                frame.regions[region].key.clone(),
                frame.study().week_label(week),
                frame.study().week_start(week).to_string(),
                percent(bits),
                (policy != frame.baseline).then(|| points(bits)),
                i64::from(cell.marked),
            ]);
        }
    }
    rows
}

/// Worlds with the event under the policy, in percent.
fn percent(bits: &PairedBits) -> f64 {
    100.0 * (bits.n11 + bits.n10) as f64 / bits.n().max(1) as f64
}

/// Policy minus baseline, in percentage points.
fn points(bits: &PairedBits) -> f64 {
    100.0 * (bits.n10 as f64 - bits.n01 as f64) / bits.n().max(1) as f64
}
