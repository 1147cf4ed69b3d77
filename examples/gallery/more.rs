//! Cases of the figures of activity, phases, loans, levers, rules and regions.

use jiff::civil::Date;
use zorgdruk::chart::Estimate;
use zorgdruk::chart::dose::{self, Dose};
use zorgdruk::chart::forest::{self, Difference, Forest, ForestPanel, ForestRow};
use zorgdruk::chart::funnel::{self, Funnel, FunnelPanel};
use zorgdruk::chart::phases::{self, PhaseCalendar, PhasePanel};
use zorgdruk::chart::theme::Theme;
use zorgdruk::chart::tile_map::{self, Tile, TileMap, TilePanel};
use zorgdruk::chart::timeline::{self, Timeline, TimelineLine, TimelinePanel};
use zorgdruk::chart::tornado::{self, Tornado, TornadoRow};
use zorgdruk::chart::transfers::{self, TransferPanel, TransferRow, Transfers};
use zorgdruk::chart::waterfall::{self, Waterfall, WaterfallPanel};

use crate::{Case, REGIONS, policy, season, wave, words};

pub(crate) fn cases(dutch: &Theme, english: &Theme) -> Vec<Case> {
    vec![
        (
            "timeline_one",
            timeline::draw(&timeline_of(1, 17, 1.0), english),
        ),
        (
            "timeline_four",
            timeline::draw(&timeline_of(4, 30, 1.0), dutch),
        ),
        (
            "timeline_zero",
            timeline::draw(&timeline_of(2, 2, 0.0), english),
        ),
        ("phases_two", phases::draw(&phases_of(2, 17), dutch)),
        ("phases_season", phases::draw(&phases_of(4, 30), english)),
        ("phases_one_week", phases::draw(&phases_of(1, 1), english)),
        ("funnel_one", funnel::draw(&funnel_of(1, 812.0), english)),
        ("funnel_four", funnel::draw(&funnel_of(4, 812.0), dutch)),
        ("funnel_zero", funnel::draw(&funnel_of(1, 0.0), english)),
        (
            "waterfall_two",
            waterfall::draw(&waterfall_of(2, 1.0), dutch),
        ),
        (
            "waterfall_zero",
            waterfall::draw(&waterfall_of(1, 0.0), english),
        ),
        ("dose_ten", dose::draw(&dose_of(10, 1.0), english)),
        ("dose_two", dose::draw(&dose_of(2, 0.0), dutch)),
        ("tornado_eight", tornado::draw(&tornado_of(8, 1.0), dutch)),
        ("tornado_zero", tornado::draw(&tornado_of(2, 0.0), english)),
        ("ablation", forest::draw(&ablation_of(9), english)),
        (
            "transfers_one",
            transfers::draw(&transfers_of(1, 1.0), english),
        ),
        (
            "transfers_two",
            transfers::draw(&transfers_of(2, 1000.0), dutch),
        ),
        (
            "transfers_zero",
            transfers::draw(&transfers_of(1, 0.0), english),
        ),
        (
            "tile_map_one",
            tile_map::draw(&tile_map_of(1, 1.0), english),
        ),
        ("tile_map_four", tile_map::draw(&tile_map_of(4, 1.0), dutch)),
        (
            "tile_map_zero",
            tile_map::draw(&tile_map_of(2, 0.0), english),
        ),
    ]
}

fn weeks(n: usize) -> Vec<Date> {
    season().into_iter().step_by(7).take(n).collect()
}

fn timeline_of(panels: usize, n: usize, level: f64) -> Timeline {
    let weeks = weeks(n);
    let line = |class: usize, depth: f64| TimelineLine {
        label: format!("class {class}"),
        color: class - 3,
        values: (0..n)
            .map(|t| level * 100.0 * (1.0 - depth * wave(t as f64 / n as f64, 0.5)))
            .collect(),
    };
    let panel = |idx: usize| TimelinePanel {
        title: policy(idx),
        lines: vec![
            line(3, 0.15),
            line(4, 0.5),
            line(5, 0.72 - 0.1 * idx as f64),
        ],
        mark: (idx != 1).then(|| {
            let words = "first displacement in half of the winters".to_owned();
            (weeks[(3 * idx).min(n - 1)], words)
        }),
    };
    Timeline {
        words: words(
            "The first critical operations are displaced five weeks before class 5 stops",
            "Operations without IC by class, % of normal, weekly mean",
        ),
        panels: (0..panels).map(panel).collect(),
        weeks,
    }
}

fn phases_of(panels: usize, n: usize) -> PhaseCalendar {
    let share = |week: usize, phase: usize, panel: usize| {
        let height = 5.0 * wave(week as f64 / n as f64, 0.5 + 0.05 * panel as f64);
        let distance = (phase as f64 - height).abs();
        (1.2 - distance).max(0.0)
    };
    let panel = |idx: usize| {
        let week = |week: usize| {
            let raw: Vec<f64> = (0..6).map(|phase| share(week, phase, idx)).collect();
            let total: f64 = raw.iter().sum();
            raw.iter().map(|one| 100.0 * one / total).collect()
        };
        PhasePanel {
            title: policy(idx),
            shares: (0..n).map(week).collect(),
        }
    };
    PhaseCalendar {
        words: words(
            "Phase 2D is very likely in December under every policy",
            "Probability of each phase of the national plan on the Monday of the week, %",
        ),
        weeks: weeks(n),
        phases: ["phase 1", "2A", "2B", "2C", "2D", "phase 3"]
            .map(str::to_owned)
            .to_vec(),
        panels: (0..panels).map(panel).collect(),
    }
}

fn funnel_of(panels: usize, level: f64) -> Funnel {
    let steps = [
        ("workers of clinics", 1.0),
        ("asked", 0.84),
        ("willing", 0.31),
        ("competent for the IC or the theater", 0.22),
        ("in range", 0.12),
        ("inducted", 0.07),
        ("used", 0.002),
    ];
    let left = |tilt: f64| {
        let estimate = |(_, share): &(&str, f64)| {
            let value = level * share * tilt;
            Estimate::new(value, 0.94 * value, 1.08 * value)
        };
        steps.iter().map(estimate).collect()
    };
    Funnel {
        words: words(
            "Of 800 clinic workers, two ever work in a hospital",
            "Clinic workers left after each step, mean per winter with its interval",
        ),
        steps: steps.map(|(name, _)| name.to_owned()).to_vec(),
        decimals: 1,
        panels: (0..panels)
            .map(|idx| FunnelPanel {
                title: policy(idx),
                left: left(1.0 - 0.1 * idx as f64),
            })
            .collect(),
    }
}

fn waterfall_of(panels: usize, level: f64) -> Waterfall {
    let gates = [
        ("loans not yet to be talked about", 61.0),
        ("0: not all hospitals signed", 12.0),
        ("1: classes 4 and 5 not fully scaled down", 88.0),
        ("2: exchange within the region possible", 4.0),
        ("3: external staff could be hired", 0.0),
        ("4: would prevent no scale-down", 7.0),
    ];
    Waterfall {
        words: words(
            "The gate opens in 3 of 187 region-weeks; full scale-down of classes 4 and 5 blocks most",
            "Loan rounds by region and week, mean per winter, by the criterion that stopped them",
        ),
        whole: "loan rounds".to_owned(),
        gates: gates.map(|(name, _)| name.to_owned()).to_vec(),
        passed: "gate open".to_owned(),
        decimals: 1,
        panels: (0..panels)
            .map(|idx| WaterfallPanel {
                title: policy(idx),
                stopped: gates.map(|(_, stopped)| level * stopped).to_vec(),
                passed: level * 3.0 * (idx + 1) as f64,
            })
            .collect(),
    }
}

fn dose_of(n: usize, level: f64) -> Dose {
    let at = |idx: usize| 12.0 * level / (1.0 + 0.4 * idx as f64);
    Dose {
        words: words(
            "More than four protected beds per region buys little",
            "Same worlds along the lever",
        ),
        x_title: "protected beds per region".to_owned(),
        y_title: "displaced, % of the cohort".to_owned(),
        settings: (0..n).map(|idx| idx as f64).collect(),
        response: (0..n)
            .map(|idx| Estimate::new(at(idx), 0.9 * at(idx), 1.1 * at(idx)))
            .collect(),
    }
}

fn tornado_of(n: usize, level: f64) -> Tornado {
    let inputs = [
        "Nurse absence (4–12 %)",
        "COVID length of stay on the IC (12–18 days)",
        "Imbalance between regions",
        "Clinic staff willing to be lent (5–40 %)",
    ];
    let row = |idx: usize| {
        let reach = 4.0 * level / (idx + 1) as f64;
        TornadoRow {
            input: format!("{} {}", inputs[idx % 4], idx / 4 + 1),
            low: 16.5 * level - reach,
            high: 16.5 * level + if idx == 2 { -0.4 * reach } else { 1.3 * reach },
        }
    };
    Tornado {
        words: words(
            "Absence of nurses moves the outcome most",
            "Displaced, % of the cohort, with one input at the ends of its range",
        ),
        low_name: "input at its low end".to_owned(),
        high_name: "input at its high end".to_owned(),
        center: 16.5 * level,
        decimals: 1,
        rows: (0..n).map(row).collect(),
    }
}

fn ablation_of(n: usize) -> Forest {
    let row = |idx: usize| {
        let value = 2.4 - 0.5 * idx as f64;
        let estimated = Difference::Estimated(Estimate::new(value, value - 0.6, value + 0.5));
        ForestRow {
            policy: format!("R{:02} \u{b7} rule number {}", idx + 1, idx + 1),
            difference: if idx == 3 {
                Difference::Identical("identical in all 1,000 worlds".to_owned())
            } else {
                estimated
            },
        }
    };
    Forest {
        words: words(
            "Without the fair-share rule more is displaced; without three others, less",
            "Each rule switched off alone; right of zero the rule prevents displacement",
        ),
        panels: vec![ForestPanel {
            title: "Displaced, percentage points".to_owned(),
            decimals: 1,
            rows: (0..n).map(row).collect(),
        }],
    }
}

fn transfers_of(panels: usize, level: f64) -> Transfers {
    let row = |(idx, name): (usize, &&str)| TransferRow {
        region: (*name).to_owned(),
        sent: level * [120.0, 3.0, 0.0, 44.0][idx % 4],
        received: level * [4.0, 55.0, 31.0, 44.0][(idx + idx / 4) % 4],
    };
    Transfers {
        words: words(
            "The west sends, the north receives",
            "COVID IC patients moved between regions, mean per winter; balance printed",
        ),
        sent_name: "sent".to_owned(),
        received_name: "received".to_owned(),
        panels: (0..panels)
            .map(|idx| TransferPanel {
                title: policy(idx),
                rows: REGIONS.iter().enumerate().map(row).collect(),
            })
            .collect(),
    }
}

fn tile_map_of(panels: usize, level: f64) -> TileMap {
    let places = [
        (2, 0),
        (3, 1),
        (2, 1),
        (3, 2),
        (2, 2),
        (1, 1),
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 3),
        (2, 4),
    ];
    let tile = |(name, (column, row)): (&&str, (u8, u8))| Tile {
        name: (*name).to_owned(),
        column,
        row,
    };
    let value = |idx: usize| (level < 0.5 || idx != 5).then_some(level * 9.5 * idx as f64);
    TileMap {
        words: words(
            "Displacement is most frequent in the south",
            "Weeks of the window with a displaced class 3 patient, %",
        ),
        regions: REGIONS.iter().zip(places).map(tile).collect(),
        panels: (0..panels)
            .map(|idx| TilePanel {
                title: policy(idx),
                values: (0..11).map(value).collect(),
            })
            .collect(),
    }
}
