//! Draws every figure with made-up data, in ordinary and in awkward cases.
//!
//! `cargo run --example gallery -- <folder>`: one SVG and one PNG per case. The numbers mean
//! nothing; they only show what a figure looks like.

mod more;

use std::error::Error;
use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use zorgdruk::chart::fan::{self, Band, Capacity, Fan, FanPanel, PhaseSpan};
use zorgdruk::chart::forest::{self, Difference, Forest, ForestPanel, ForestRow};
use zorgdruk::chart::heat::{self, Heat, HeatCell, HeatColors, HeatPanel};
use zorgdruk::chart::ladder::{self, Ladder, LadderRow, Status, StatusFamily};
use zorgdruk::chart::numbers::{DateWords, NumberStyle};
use zorgdruk::chart::survival::{self, Cohort, Survival};
use zorgdruk::chart::svg::Svg;
use zorgdruk::chart::theme::Theme;
use zorgdruk::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use zorgdruk::chart::{ChartError, Estimate, Words};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery <folder>")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let dutch = Theme::new(NumberStyle::Dutch, DateWords::dutch())?;
    let english = Theme::new(NumberStyle::English, DateWords::english())?;
    let mut faults = Vec::new();
    let all = cases(&dutch, &english)
        .into_iter()
        .chain(more::cases(&dutch, &english));
    for (name, svg) in all {
        let svg = svg.map_err(|error| format!("{name}: {error}"))?;
        fs::write(folder.join(format!("{name}.svg")), svg.as_str())?;
        fs::write(folder.join(format!("{name}.png")), svg.to_png(1.0)?)?;
        let found = svg.validate_in_bounds().err().unwrap_or_default();
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n").into())
    }
}

type Case = (&'static str, Result<Svg, ChartError>);

fn cases(dutch: &Theme, english: &Theme) -> Vec<Case> {
    vec![
        ("fan_one", fan::draw(&fan_of(1, 640.0), english)),
        ("fan_two", fan::draw(&fan_of(2, 640.0), dutch)),
        ("fan_four", fan::draw(&fan_of(4, 640.0), dutch)),
        ("fan_twenty", fan::draw(&fan_of(20, 640.0), dutch)),
        ("ladder_one", ladder::draw(&ladder_of(1, 1.0), english)),
        ("ladder_six", ladder::draw(&ladder_of(6, 1.0), dutch)),
        ("ladder_twenty", ladder::draw(&ladder_of(20, 1.0), dutch)),
        ("ladder_zero", ladder::draw(&ladder_of(3, 0.0), english)),
        ("forest_one", forest::draw(&forest_of(1, 1), english)),
        ("forest_six", forest::draw(&forest_of(6, 2), dutch)),
        ("forest_twenty", forest::draw(&forest_of(20, 3), dutch)),
        ("heat_regions", heat::draw(&heat_of(11, 14, 1.0), dutch)),
        ("heat_season", heat::draw(&heat_of(11, 30, 1.0), english)),
        ("heat_one_region", heat::draw(&heat_of(1, 9, 1.0), english)),
        ("heat_zero", heat::draw(&heat_of(4, 3, 0.0), dutch)),
        ("survival", survival::draw(&survival_of(4), dutch)),
        ("survival_twelve", survival::draw(&survival_of(12), english)),
        ("tradeoff_six", tradeoff::draw(&tradeoff_of(6), dutch)),
        ("tradeoff_twenty", tradeoff::draw(&tradeoff_of(20), english)),
        ("fan_zero", fan::draw(&fan_of(3, 0.0), english)),
    ]
}

fn words(title: &str, subtitle: &str) -> Words {
    Words {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        caption:
            "EXAMPLE DATA, made up. 1,000 replications; pointwise 95 % intervals; seed 20211004; \
                  version 0.1.0. Nothing here describes a real hospital."
                .to_owned(),
        alternative: format!("Example figure. {title}"),
    }
}

const POLICIES: [&str; 6] = [
    "Current agreement",
    "Earlier class 4 and 5 scale-down",
    "Regional pooled waiting list",
    "Loans from independent clinics with a two-week induction & a fee",
    "Protected beds <10 %>",
    "National allocation",
];

fn policy(idx: usize) -> String {
    let round = idx / POLICIES.len();
    let name = POLICIES[idx % POLICIES.len()];
    if round == 0 {
        name.to_owned()
    } else {
        format!("{name} ({round})")
    }
}

/// A wave between 0 and 1 over `share` of the season, without random numbers.
fn wave(share: f64, peak: f64) -> f64 {
    let distance = (share - peak) / 0.28;
    1.0 / (1.0 + distance * distance * distance * distance)
}

const DAYS: i32 = 7 * 30;

fn season() -> Vec<Date> {
    (0..DAYS)
        .map(|day| date(2021, 9, 27) + day.days())
        .collect()
}

fn fan_of(panels: usize, height: f64) -> Fan {
    let dates = season()[..126].to_vec();
    let share = |idx: usize| idx as f64 / dates.len() as f64;
    let series = |level: f64, peak: f64| -> Vec<f64> {
        (0..dates.len())
            .map(|t| height * (0.25 + level * wave(share(t), peak)))
            .collect()
    };
    let panel = |idx: usize| {
        let peak = 0.55 + 0.01 * idx as f64;
        let band = |spread: f64| Band {
            lower: series(1.0 - spread, peak),
            upper: series(1.0 + spread, peak),
        };
        FanPanel {
            title: policy(idx),
            color: idx,
            bands: vec![band(0.5), band(0.32), band(0.17)],
            median: series(1.0, peak),
            observed: (0..30).map(|t| (dates[t], series(1.03, peak)[t])).collect(),
            capacities: vec![
                Capacity {
                    label: "physical beds".to_owned(),
                    values: vec![height * 1.7; 126],
                },
                Capacity {
                    label: "agreed beds".to_owned(),
                    values: vec![height * 1.62; 126],
                },
                Capacity {
                    label: "staffed beds".to_owned(),
                    values: (0..126)
                        .map(|t| height * if t < 40 { 1.2 } else { 1.35 })
                        .collect(),
                },
            ],
        }
    };
    Fan {
        words: words(
            "IC occupancy passes the staffed beds in December under every policy but one",
            "COVID patients on the IC, beds occupied at midnight, Netherlands",
        ),
        panels: (0..panels).map(panel).collect(),
        band_names: ["95 %", "80 %", "50 %"].map(str::to_owned).to_vec(),
        median_name: "median".to_owned(),
        observed_name: "observed".to_owned(),
        phases: phases(&dates),
        dates,
    }
}

fn phases(dates: &[Date]) -> Vec<PhaseSpan> {
    let starts = [
        ("phase 1", 0),
        ("2A", 28),
        ("2B", 42),
        ("2C", 50),
        ("2D", 58),
        ("2C", 100),
    ];
    let untils = starts.iter().skip(1).map(|start| start.1).chain([125]);
    let span = |(start, until): (&(&str, usize), usize)| PhaseSpan {
        label: start.0.to_owned(),
        from: dates[start.1],
        until: dates[until],
    };
    starts.iter().zip(untils).map(span).collect()
}

fn ladder_of(policies: usize, level: f64) -> Ladder {
    let row = |idx: usize| {
        let tilt = 1.0 - 0.04 * idx as f64;
        let rung = |value: f64, half: f64| {
            let value = value * level * tilt;
            Estimate::new(value, (value - half * level).max(0.0), value + half * level)
        };
        let late = 9.0 * level * tilt;
        LadderRow {
            policy: policy(idx),
            rungs: vec![
                rung(31.0, 3.2),
                rung(16.5, 2.1),
                rung(8.1, 1.4),
                rung(7.9, 1.3),
            ],
            shares: vec![
                62.0 * level,
                9.0 * level,
                4.0 * level,
                late,
                2.5 * level,
                1.5 * level,
                0.8 * level,
                1.2 * level,
                3.0 * level,
            ],
        }
    };
    let status = |label: &str, family| Status {
        label: label.to_owned(),
        family,
    };
    Ladder {
        words: words(
            "Counted strictly, one in twelve operations is displaced; counted loosely, one in three",
            "IC-dependent class 3 operations, % of the cohort indicated from October to December",
        ),
        rungs_title: "Displaced, by definition (%)".to_owned(),
        rungs: ["disrupted", "late", "displaced", "attributable"]
            .map(str::to_owned)
            .to_vec(),
        statuses_title: "Final status of every patient (%)".to_owned(),
        statuses: vec![
            status("F1 on time, own hospital", StatusFamily::OnTime),
            status("F2 on time, region", StatusFamily::OnTime),
            status("F3 on time, elsewhere", StatusFamily::OnTime),
            status("F4 late, own", StatusFamily::Late),
            status("F5 late, elsewhere", StatusFamily::Late),
            status("F6 acute", StatusFamily::Lost),
            status("F7 died or unfit", StatusFamily::Lost),
            status("F8 withdrew", StatusFamily::Lost),
            status("F9 untreated", StatusFamily::Open),
        ],
        decimals: 1,
        rows: (0..policies).map(row).collect(),
    }
}

fn forest_of(policies: usize, panels: usize) -> Forest {
    let titles = [
        "Displaced operations (percentage points)",
        "COVID patients without a bed (per 1,000)",
        "Production value lost in clinics (million \u{20ac})",
    ];
    let row = |idx: usize| {
        let value = -2.3 + 0.45 * idx as f64;
        let estimated = Difference::Estimated(Estimate::new(value, value - 0.9, value + 1.1));
        let same = idx == 4;
        ForestRow {
            policy: policy(idx + 1),
            difference: if same {
                Difference::Identical("identical in all 1,000 worlds".to_owned())
            } else {
                estimated
            },
        }
    };
    let panel = |idx: usize| ForestPanel {
        title: titles[idx].to_owned(),
        decimals: 1,
        rows: (0..policies).map(row).collect(),
    };
    Forest {
        words: words(
            "Scaling down class 4 and 5 earlier displaces fewer critical operations",
            "Difference to the current agreement in the same worlds; left of zero is fewer",
        ),
        panels: (0..panels).map(panel).collect(),
    }
}

const REGIONS: [&str; 11] = [
    "Noord Nederland",
    "Acute Zorg Euregio",
    "Zwolle",
    "Oost",
    "Midden-Nederland",
    "SpoedZorgNet",
    "Noord-Holland",
    "West",
    "Zuidwest-Nederland",
    "Brabant",
    "Limburg",
];

fn heat_of(regions: usize, weeks: usize, level: f64) -> Heat {
    let chance = |row: usize, week: usize| {
        let peak = 0.5 + 0.02 * row as f64;
        let share = week as f64 / weeks as f64;
        (level * 112.0 * (wave(share, peak) - 0.08)).clamp(0.0, 100.0)
    };
    let grid = |cell: &dyn Fn(usize, usize) -> Option<HeatCell>| {
        (0..regions)
            .map(|row| (0..weeks).map(|week| cell(row, week)).collect())
            .collect()
    };
    let probability = |row: usize, week: usize| {
        let value = chance(row, week);
        let known = level.abs() < 0.5 || !(row + 3 * week).is_multiple_of(23);
        known.then_some(HeatCell {
            value,
            marked: (30.0..60.0).contains(&value),
        })
    };
    let difference = |row: usize, week: usize| {
        let value = 0.4 * chance(row, week) * if week % 5 == 4 { 0.3 } else { -1.0 };
        Some(HeatCell {
            value,
            marked: value < -20.0,
        })
    };
    Heat {
        words: words(
            "In December every region displaces critical operations in most weeks",
            "Probability that at least one IC-dependent class 3 operation is displaced, %",
        ),
        regions: REGIONS[..regions]
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        weeks: season().into_iter().step_by(7).take(weeks).collect(),
        panels: vec![
            HeatPanel {
                title: "Current agreement".to_owned(),
                colors: HeatColors::Probability,
                mark_name: "half-width over 5 points".to_owned(),
                cells: grid(&probability),
            },
            HeatPanel {
                title: "Earlier scale-down minus current agreement (points)".to_owned(),
                colors: HeatColors::Difference { limit: 40.0 },
                mark_name: "simultaneously significant".to_owned(),
                cells: grid(&difference),
            },
        ],
    }
}

fn survival_of(cohorts: usize) -> Survival {
    let cohort = |idx: usize| {
        let speed = 30.0 + 9.0 * (idx % 4) as f64 + idx as f64;
        let share = |day: i32| {
            let waited = f64::from(day) / speed;
            100.0 / (1.0 + waited * waited * waited)
        };
        let waiting: Vec<f64> = (0..85).map(share).collect();
        Cohort {
            label: format!("indicated in month {}", idx + 1),
            color: idx,
            dash: idx,
            interval: waiting
                .iter()
                .map(|&at| (at * 0.93, (at * 1.06).min(100.0)))
                .collect(),
            waiting,
        }
    };
    Survival {
        words: words(
            "Half of those indicated in December still wait after eight weeks",
            "IC-dependent class 3 operations, % of the cohort still waiting, by days since indication",
        ),
        norm: (42.0, "norm: six weeks".to_owned()),
        legend: Vec::new(),
        cohorts: (0..cohorts).map(cohort).collect(),
    }
}

fn tradeoff_of(policies: usize) -> Tradeoff {
    let point = |idx: usize| {
        let spread = idx as f64 - 0.2 * ((idx * 7) % 5) as f64;
        let (x, y) = (
            9.0 - 0.35 * spread,
            14.0 + 6.0 * spread + 9.0 * (idx % 3) as f64,
        );
        TradeoffPoint {
            policy: policy(idx),
            x: Estimate::new(x, (x - 0.5).max(0.0), x + 0.6),
            y: Estimate::new(y, y - 4.0, y + 5.0),
            standing: [Standing::Front, Standing::Unclear, Standing::Dominated][idx % 3],
        }
    };
    Tradeoff {
        words: words(
            "Fewer displaced operations cost production in the clinics",
            "Filled: no other policy is better on both; open: not distinguishable; grey: dominated",
        ),
        x_title: "displaced, % of the cohort".to_owned(),
        y_title: "production value lost, million \u{20ac}".to_owned(),
        points: (0..policies).map(point).collect(),
    }
}
