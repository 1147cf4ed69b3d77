//! Draws every figure with made-up data, in ordinary and in awkward cases.
//!
//! `cargo run --example gallery -- <folder>`: one SVG and one PNG per case. The numbers mean
//! nothing; they only show what a figure looks like.

use std::error::Error;
use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use zorgdruk::chart::fan::{self, Band, Capacity, Fan, FanPanel, PhaseSpan};
use zorgdruk::chart::numbers::{DateWords, NumberStyle};
use zorgdruk::chart::svg::Svg;
use zorgdruk::chart::theme::Theme;
use zorgdruk::chart::{ChartError, Words};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery <folder>")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let dutch = Theme::new(NumberStyle::Dutch, DateWords::dutch())?;
    let english = Theme::new(NumberStyle::English, DateWords::english())?;
    let mut faults = Vec::new();
    for (name, svg) in cases(&dutch, &english) {
        let svg = svg?;
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

fn season() -> Vec<Date> {
    (0..126).map(|day| date(2021, 9, 27) + day.days()).collect()
}

fn fan_of(panels: usize, height: f64) -> Fan {
    let dates = season();
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
    let phase = |label: &str, from: usize, until: usize| PhaseSpan {
        label: label.to_owned(),
        from: dates[from],
        until: dates[until],
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
        phases: vec![
            phase("phase 1", 0, 28),
            phase("2A", 28, 42),
            phase("2B", 42, 50),
            phase("2C", 50, 58),
            phase("2D", 58, 100),
            phase("2C", 100, 125),
        ],
        dates,
    }
}
