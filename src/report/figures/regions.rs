//! Regions: how often each displaces, on a map of tiles, and what it sends to and receives from others.

use crate::chart::ChartError;
use crate::chart::tile_map::{self, Tile, TileMap, TilePanel};
use crate::chart::transfers::{self, TransferPanel, TransferRow, Transfers};
use crate::experiment::record::REGIONAL;
use crate::outcome::WeekMeasure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY, REGION};
use crate::report::figures::phrases::{
    MAP_ABOUT, MAP_TITLE, MAP_TITLE_EQUAL, MEANS, RECEIVED, SENT, TRANSFERS_ABOUT, TRANSFERS_TITLE,
};
use crate::report::figures::{Figure, Plan, Sketch};

pub(crate) const MAP: Plan = Plan {
    name: "region-map",
    file: "figures/region-map.csv",
    columns: &[
        POLICY,
        REGION,
        Column(
            "percent",
            "%",
            "weeks of the window, over worlds, in which a class 3 patient becomes displaced",
        ),
    ],
    draw: draw_map,
};

pub(crate) const TRANSFERS: Plan = Plan {
    name: "transfers",
    file: "figures/transfers.csv",
    columns: &[
        POLICY,
        REGION,
        Column(
            "sent",
            "patients",
            "COVID IC patients sent to other regions, mean over worlds",
        ),
        Column(
            "received",
            "patients",
            "received from other regions, mean over worlds",
        ),
    ],
    draw: draw_transfers,
};

fn draw_map(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let frame = sketch.evidence.analysis.frame();
    if frame.n_region_weeks() == 0 || !places_differ(sketch) {
        return Ok(None);
    }
    let policies = sketch.shown();
    let values: Vec<Vec<f64>> = policies
        .iter()
        .map(|&policy| shares(sketch, policy))
        .collect();
    let regions = frame.regions.iter().map(|region| Tile {
        name: region.name.clone(),
        column: region.tile.0,
        row: region.tile.1,
    });
    let panel = |(&policy, shares): (&usize, &Vec<f64>)| TilePanel {
        title: sketch.label(policy).to_owned(),
        values: shares.iter().copied().map(Some).collect(),
    };
    let map = TileMap {
        words: sketch.framed(map_title(sketch, &values[0]), MAP_ABOUT, MEANS),
        regions: regions.collect(),
        highest: 100.0,
        decimals: 0,
        panels: policies.iter().zip(&values).map(panel).collect(),
    };
    let rows = policies.iter().zip(&values).flat_map(|(&policy, shares)| {
        let row = move |(region, share): (usize, &f64)| {
            let mut row = names(sketch, policy, region);
            row.push((*share).into());
            row
        };
        shares.iter().enumerate().map(row)
    });
    let rows = rows.collect();
    let svg = tile_map::draw(&map, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// Whether every region has a tile of its own.
fn places_differ(sketch: &Sketch<'_>) -> bool {
    let regions = &sketch.evidence.analysis.frame().regions;
    let is_first = |(idx, one): (usize, &crate::experiment::study_frame::RegionName)| {
        regions[..idx].iter().all(|other| other.tile != one.tile)
    };
    regions.iter().enumerate().all(is_first)
}

/// Percentage of weeks with displacement, by region.
fn shares(sketch: &Sketch<'_>, policy: usize) -> Vec<f64> {
    let analysis = &sketch.evidence.analysis;
    let frame = analysis.frame();
    let share = |region| {
        let cells = frame.window_weeks().map(|week| {
            let bits = analysis.displaced_cell(policy, region, week);
            (bits.n11 + bits.n10, bits.n())
        });
        let (with, all) = cells.fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        100.0 * with as f64 / all.max(1) as f64
    };
    (0..frame.regions.len()).map(share).collect()
}

/// The regions with the most and the least.
fn map_title(sketch: &Sketch<'_>, shares: &[f64]) -> String {
    let regions = &sketch.evidence.analysis.frame().regions;
    let order = |a: &usize, b: &usize| shares[*a].total_cmp(&shares[*b]);
    let most = (0..shares.len()).rev().max_by(order).unwrap_or(0);
    let least = (0..shares.len()).min_by(order).unwrap_or(0);
    let [n, m] = [most, least].map(|region| sketch.language.number(shares[region], 0));
    let gaps = [
        ("region", regions[most].name.as_str()),
        ("quiet", &regions[least].name),
        ("n", &n),
        ("m", &m),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    let phrase = if n == m { MAP_TITLE_EQUAL } else { MAP_TITLE };
    sketch.say(phrase, &gaps)
}

fn draw_transfers(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.shown();
    let panel = |&policy: &usize| {
        let regions = sketch.evidence.analysis.frame().regions.iter().enumerate();
        let row =
            |(idx, region): (usize, &crate::experiment::study_frame::RegionName)| TransferRow {
                region: region.name.clone(),
                sent: total(sketch, policy, idx, WeekMeasure::TransfersOut),
                received: total(sketch, policy, idx, WeekMeasure::TransfersIn),
            };
        TransferPanel {
            title: sketch.label(policy).to_owned(),
            rows: regions.map(row).collect(),
        }
    };
    let panels: Vec<TransferPanel> = policies.iter().map(panel).collect();
    if panels[0].rows.iter().all(|row| row.sent <= 0.0) {
        return Ok(None);
    }
    let rows = policies.iter().zip(&panels).flat_map(|(&policy, panel)| {
        let row = move |(region, one): (usize, &TransferRow)| {
            let mut row = names(sketch, policy, region);
            row.extend([one.sent.into(), one.received.into()]);
            row
        };
        panel.rows.iter().enumerate().map(row)
    });
    let rows = rows.collect();
    let transfers = Transfers {
        words: sketch.framed(transfers_title(sketch, &panels[0]), TRANSFERS_ABOUT, MEANS),
        sent_name: sketch.say(SENT, &[]),
        received_name: sketch.say(RECEIVED, &[]),
        decimals: 0,
        panels,
    };
    let svg = transfers::draw(&transfers, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// Sum over the window of a regional measure's means.
fn total(sketch: &Sketch<'_>, policy: usize, region: usize, measure: WeekMeasure) -> f64 {
    let analysis = &sketch.evidence.analysis;
    let position = REGIONAL.iter().position(|one| *one == measure);
    let of = |week| position.map(|one| analysis.regional(policy, region, week, one).mean());
    analysis.frame().window_weeks().filter_map(of).sum()
}

/// The region with the largest balance of patients sent.
fn transfers_title(sketch: &Sketch<'_>, panel: &TransferPanel) -> String {
    let net = |row: &TransferRow| row.sent - row.received;
    let order = |a: &&TransferRow, b: &&TransferRow| net(a).total_cmp(&net(b));
    let most = panel.rows.iter().rev().max_by(order);
    let n = sketch.language.number(most.map_or(0.0, net), 0);
    let gaps = [
        ("region", most.map_or("", |row| row.region.as_str())),
        ("n", &n),
        ("baseline", sketch.label(sketch.baseline())),
    ];
    sketch.say(TRANSFERS_TITLE, &gaps)
}

fn names(sketch: &Sketch<'_>, policy: usize, region: usize) -> Vec<Cell<'static>> {
    let frame = sketch.evidence.analysis.frame();
    let (policy, region) = (&frame.policies[policy].key, &frame.regions[region].key);
    vec![policy.clone().into(), region.clone().into()]
}
