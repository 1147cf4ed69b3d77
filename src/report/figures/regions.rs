//! Regions: how many operations come too late in each, on a map of tiles, and what it sends to and receives
//! from others.

use crate::chart::ChartError;
use crate::chart::tile_map::{self, Tile, TileMap, TilePanel, TileScale};
use crate::chart::transfers::{self, TransferPanel, TransferRow, Transfers};
use crate::experiment::study_frame::RegionName;
use crate::outcome::WeekMeasure;
use crate::report::column::{Column, POLICY, REGION};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::{NO_TRANSFERS, NOBODY_LATE, SAME_PLACE};
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::phrase::Phrase;

pub(crate) const MAP: FigureKind = FigureKind {
    name: "region-map",
    heading: Phrase::new("Map of {areas}", "Kaart van {areas}"),
    file: "figures/region-map.csv",
    columns: &[&[
        POLICY,
        REGION,
        Column(
            "late_per_100",
            "patients",
            "class {c3} patients who become displaced, for every 100 operated in the region in the window",
        ),
        Column(
            "difference",
            "patients",
            "the same, minus that under the baseline",
        ),
    ]],
    draw: draw_map,
};

pub(crate) const TRANSFERS: FigureKind = FigureKind {
    name: "transfers",
    heading: Phrase::new(
        "Transfers between {areas}",
        "Overplaatsingen tussen {areas}",
    ),
    file: "figures/transfers.csv",
    columns: &[&[
        POLICY,
        REGION,
        Column(
            "sent",
            "patients",
            "COVID ICU patients sent to other regions, mean over worlds",
        ),
        Column(
            "received",
            "patients",
            "received from other regions, mean over worlds",
        ),
    ]],
    draw: draw_transfers,
};

const MAP_TITLE: Phrase = Phrase::new(
    "For every 100 urgent operations done in {region} {n} come too late under “{baseline}”, in {quiet} {m}",
    "Op elke 100 kritieke operaties in {region} komen er {n} te laat onder “{baseline}”, in {quiet} {m}",
);
/// When there is one region, or all have the same rate.
const MAP_TITLE_EQUAL: Phrase = Phrase::new(
    "For every 100 urgent operations done in a {area} {n} come too late under “{baseline}”",
    "Op elke 100 kritieke operaties in een {area} komen er {n} te laat onder “{baseline}”",
);
const MAP_ABOUT: Phrase = Phrase::new(
    "Operations that come too late for every 100 done in the {area}, mean per {season}; each tile is a {area}, about where it lies",
    "Operaties die te laat komen op elke 100 die in de {area} zijn gedaan, gemiddeld per {season}; elk vak is een {area}, ongeveer waar die ligt",
);
const MAP_DIFFERENCE: Phrase =
    Phrase::new("“{other}” minus “{baseline}”", "“{other}” min “{baseline}”");
const TRANSFERS_TITLE: Phrase = Phrase::new(
    "{region} sends {n} more COVID ICU patients a {season} to other {areas} than it receives, under “{baseline}”",
    "Onder “{baseline}” gaan per {season} {n} COVID-patiënten op de IC meer van {region} naar andere {areas} dan andersom",
);
const TRANSFERS_ABOUT: Phrase = Phrase::new(
    "COVID ICU patients moved to another {area}, mean per {season}; the balance is printed",
    "COVID-patiënten op de IC die naar een andere {area} gingen, gemiddeld per {season}; met het saldo",
);
const SENT: Phrase = Phrase::new("sent", "vertrokken");
const RECEIVED: Phrase = Phrase::new("received", "ontvangen");

fn draw_map(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let (frame, baseline) = (sketch.frame(), sketch.baseline());
    let rates = |policy| -> Vec<Option<f64>> {
        let regions = 0..frame.regions.len();
        regions
            .map(|region| sketch.analysis().late_per_100(policy, region))
            .collect()
    };
    let own = rates(baseline);
    let has_rates = own.iter().flatten().any(|rate| *rate > 0.0);
    if !has_rates {
        return Ok(Err(NOBODY_LATE));
    }
    if !tiles_differ(sketch) {
        return Ok(Err(SAME_PLACE));
    }
    let mut panels = vec![TilePanel {
        title: sketch.label(baseline).to_owned(),
        scale: TileScale::UpTo(round_end(own.iter().flatten())),
        values: own.clone(),
    }];
    let mut rows = map_rows(sketch, baseline, &own, &[]);
    if let Some(other) = sketch.other() {
        let others = rates(other);
        let pairs = others.iter().zip(&own);
        let differences: Vec<Option<f64>> = pairs
            .map(|(other, own)| Some((*other)? - (*own)?))
            .collect();
        rows.extend(map_rows(sketch, other, &others, &differences));
        panels.push(difference_panel(sketch, other, differences));
    }
    let regions = frame.regions.iter().map(|region| Tile {
        name: sketch.short_region(region).to_owned(),
        column: region.tile.0,
        row: region.tile.1,
    });
    let map = TileMap {
        words: sketch.words(map_title(sketch, &own), sketch.text(MAP_ABOUT), MEANS),
        regions: regions.collect(),
        panels,
    };
    let svg = tile_map::draw(&map, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

fn difference_panel(sketch: &Sketch<'_>, other: usize, differences: Vec<Option<f64>>) -> TilePanel {
    let gaps = [
        ("other", sketch.label(other)),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    TilePanel {
        title: sketch.say(MAP_DIFFERENCE, &gaps),
        scale: TileScale::Difference(round_end(differences.iter().flatten())),
        values: differences,
    }
}

/// The largest size as 1, 2, 5 or in whole tens, so that a legend has round ends.
fn round_end<'v>(values: impl Iterator<Item = &'v f64>) -> f64 {
    let largest = values.map(|value| value.abs()).fold(0.0, f64::max);
    let small = [1.0, 2.0, 5.0].into_iter().find(|end| largest <= *end);
    small.unwrap_or(10.0 * (largest / 10.0).ceil())
}

fn map_rows(
    sketch: &Sketch<'_>,
    policy: usize,
    rates: &[Option<f64>],
    differences: &[Option<f64>],
) -> Vec<Row> {
    let regions = sketch.frame().regions.iter().zip(rates).enumerate();
    let row = |(idx, (region, rate)): (usize, (&RegionName, &Option<f64>))| {
        let difference = differences.get(idx).copied().flatten();
        row![sketch.key(policy), region.key.clone(), *rate, difference]
    };
    regions.map(row).collect()
}

/// Whether every region has a tile of its own.
fn tiles_differ(sketch: &Sketch<'_>) -> bool {
    let regions = &sketch.frame().regions;
    (0..regions.len()).all(|idx| {
        let mut earlier = regions[..idx].iter();
        earlier.all(|other| other.tile != regions[idx].tile)
    })
}

/// The regions with the most and the least.
fn map_title(sketch: &Sketch<'_>, rates: &[Option<f64>]) -> String {
    let regions = sketch.frame().regions.iter().zip(rates);
    let known: Vec<(&RegionName, f64)> = regions
        .filter_map(|(region, rate)| Some((region, (*rate)?)))
        .collect();
    let order = |a: &&(&RegionName, f64), b: &&(&RegionName, f64)| a.1.total_cmp(&b.1);
    let ends = [known.iter().rev().max_by(order), known.iter().min_by(order)];
    let name = |end: Option<&(&RegionName, f64)>| {
        end.map_or(String::new(), |(region, _)| {
            sketch.language.name(&region.name).to_owned()
        })
    };
    let rate = |end: Option<&(&RegionName, f64)>| {
        end.map_or(String::new(), |(_, rate)| {
            sketch.number(*rate, usize::from(*rate < 10.0))
        })
    };
    let ([region, quiet], [n, m]) = (ends.map(name), ends.map(rate));
    let gaps = [
        ("region", region.as_str()),
        ("quiet", &quiet),
        ("n", &n),
        ("m", &m),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    sketch.say(if n == m { MAP_TITLE_EQUAL } else { MAP_TITLE }, &gaps)
}

fn draw_transfers(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let policies = sketch.shown();
    let panels: Vec<TransferPanel> = policies
        .iter()
        .map(|policy| panel(sketch, *policy))
        .collect();
    if panels[0].rows.iter().all(|row| row.sent <= 0.0) {
        return Ok(Err(NO_TRANSFERS));
    }
    let rows = policies
        .iter()
        .zip(&panels)
        .flat_map(|(policy, panel)| rows(sketch, *policy, panel))
        .collect();
    let title = transfers_title(sketch, &panels[0]);
    let transfers = Transfers {
        words: sketch.words(title, sketch.text(TRANSFERS_ABOUT), MEANS),
        sent_name: sketch.text(SENT),
        received_name: sketch.text(RECEIVED),
        panels,
    };
    let svg = transfers::draw(&transfers, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

fn panel(sketch: &Sketch<'_>, policy: usize) -> TransferPanel {
    let mut rows = Vec::new();
    for (idx, region) in sketch.frame().regions.iter().enumerate() {
        let total = |measure| sketch.analysis().regional_total(policy, idx, measure);
        rows.push(TransferRow {
            region: sketch.short_region(region).to_owned(),
            sent: total(WeekMeasure::TransfersOut),
            received: total(WeekMeasure::TransfersIn),
        });
    }
    TransferPanel {
        title: sketch.label(policy).to_owned(),
        rows,
    }
}

/// The region with the largest balance of patients sent.
fn transfers_title(sketch: &Sketch<'_>, panel: &TransferPanel) -> String {
    let net = |row: &TransferRow| row.sent - row.received;
    let order = |a: &&TransferRow, b: &&TransferRow| net(a).total_cmp(&net(b));
    let most = panel.rows.iter().rev().max_by(order);
    let gaps = [
        ("region", most.map_or("", |row| row.region.as_str())),
        ("n", &sketch.answer().count(most.map_or(0.0, net))),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    sketch.say(TRANSFERS_TITLE, &gaps)
}

fn rows(sketch: &Sketch<'_>, policy: usize, panel: &TransferPanel) -> Vec<Row> {
    let regions = sketch.frame().regions.iter();
    let rows = regions.map(|region| region.key.clone()).zip(&panel.rows);
    rows.map(|(region, one)| row![sketch.key(policy), region, one.sent, one.received])
        .collect()
}
