//! Regions: how often each displaces, on a map of tiles, and what it sends to and receives from others.

use crate::chart::ChartError;
use crate::chart::tile_map::{self, Tile, TileMap, TilePanel};
use crate::chart::transfers::{self, TransferPanel, TransferRow, Transfers};
use crate::experiment::record::REGIONAL;
use crate::outcome::WeekMeasure;
use crate::report::column::{Column, POLICY, REGION};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{MEANS, Sketch};
use crate::report::phrase::Phrase;
use crate::report::places;

pub(crate) const MAP: FigureKind = FigureKind {
    name: "region-map",
    file: "figures/region-map.csv",
    columns: &[&[
        POLICY,
        REGION,
        Column(
            "percent",
            "%",
            "weeks of the window, over worlds, in which a class {c3} patient becomes displaced",
        ),
    ]],
    draw: draw_map,
};

pub(crate) const TRANSFERS: FigureKind = FigureKind {
    name: "transfers",
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

fn draw_map(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let frame = sketch.frame();
    if frame.n_region_weeks() == 0 || !tiles_differ(sketch) {
        return Ok(None);
    }
    let policies = sketch.shown();
    let values: Vec<Vec<f64>> = policies
        .iter()
        .map(|policy| places::shares(sketch.analysis(), *policy))
        .collect();
    let regions = frame.regions.iter().map(|region| Tile {
        name: sketch.region(region).to_owned(),
        column: region.tile.0,
        row: region.tile.1,
    });
    let panel = |(policy, shares): (&usize, &Vec<f64>)| TilePanel {
        title: sketch.label(*policy).to_owned(),
        values: shares.iter().copied().map(Some).collect(),
    };
    let wording = sketch.evidence.wording(sketch.language);
    let title = places::title(sketch.analysis(), wording, &values[0]);
    let map = TileMap {
        words: sketch.words(title, sketch.text(places::ABOUT), MEANS),
        regions: regions.collect(),
        panels: policies.iter().zip(&values).map(panel).collect(),
    };
    let mut rows = Vec::new();
    for (policy, shares) in policies.iter().zip(&values) {
        for (region, share) in frame.regions.iter().zip(shares) {
            rows.push(row![sketch.key(*policy), region.key.clone(), *share]);
        }
    }
    let svg = tile_map::draw(&map, sketch.theme())?;
    Ok(Some(Figure { svg, rows }))
}

/// Whether every region has a tile of its own.
fn tiles_differ(sketch: &Sketch<'_>) -> bool {
    let regions = &sketch.frame().regions;
    (0..regions.len()).all(|idx| {
        let mut earlier = regions[..idx].iter();
        earlier.all(|other| other.tile != regions[idx].tile)
    })
}

fn draw_transfers(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.shown();
    let panels: Vec<TransferPanel> = policies
        .iter()
        .map(|policy| panel(sketch, *policy))
        .collect();
    if panels[0].rows.iter().all(|row| row.sent <= 0.0) {
        return Ok(None);
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
    Ok(Some(Figure { svg, rows }))
}

fn panel(sketch: &Sketch<'_>, policy: usize) -> TransferPanel {
    let mut rows = Vec::new();
    for (idx, region) in sketch.frame().regions.iter().enumerate() {
        rows.push(TransferRow {
            region: sketch.region(region).to_owned(),
            sent: total(sketch, policy, idx, WeekMeasure::TransfersOut),
            received: total(sketch, policy, idx, WeekMeasure::TransfersIn),
        });
    }
    TransferPanel {
        title: sketch.label(policy).to_owned(),
        rows,
    }
}

/// Sum over the window of a regional measure's means.
fn total(sketch: &Sketch<'_>, policy: usize, region: usize, measure: WeekMeasure) -> f64 {
    let analysis = sketch.analysis();
    let position = REGIONAL.iter().position(|one| *one == measure);
    let of = |week| position.map(|one| analysis.regional(policy, region, week, one).mean());
    sketch.frame().window_weeks().filter_map(of).sum()
}

/// The region with the largest balance of patients sent.
fn transfers_title(sketch: &Sketch<'_>, panel: &TransferPanel) -> String {
    let net = |row: &TransferRow| row.sent - row.received;
    let order = |a: &&TransferRow, b: &&TransferRow| net(a).total_cmp(&net(b));
    let most = panel.rows.iter().rev().max_by(order);
    let gaps = [
        ("region", most.map_or("", |row| row.region.as_str())),
        ("n", &sketch.number(most.map_or(0.0, net), 0)),
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
