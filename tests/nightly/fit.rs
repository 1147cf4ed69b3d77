//! Coverage of sets of figures that were fitted together: worlds of known figures, of which a country would
//! have seen beds, patients and operations.

use core::fmt::Write;
use std::path::Path;

use zorgdruk::calibrate::{Behavior, Effort};
use zorgdruk::design::Study;
use zorgdruk::experiment::{Experiment, PolicyRecord};
use zorgdruk::model::Model;
use zorgdruk::observed::Observed;
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::scenario::{self, Scenario};
use zorgdruk::units::Day;

use crate::Uniforms;

const REPEATS: u32 = 100;
const POLICY: &str = "framework-2020";
/// Figures with the bounds between which they are drawn.
const BELIEFS: [(&str, f64, f64); 4] = [
    ("acute.weekly_arrivals", 60.0, 90.0),
    ("acute.substitutable_share", 0.1, 0.7),
    ("staff.ward.covid_weight", 0.8, 2.0),
    ("policy.*.compliance", 0.5, 1.0),
];

/// `small.toml` with these beliefs and overrides; waves do not differ in size and time.
fn invented(overrides: &[String]) -> Scenario {
    let belief = |(path, low, high): &(&str, f64, f64)| {
        format!("\"{path}\" = {{ uniform = {{ low = {low:?}, high = {high:?} }} }}")
    };
    let beliefs: Vec<String> = BELIEFS.iter().map(belief).collect();
    let mut all = vec![
        "covid.spread.size_sd_log=0".to_owned(),
        "covid.spread.timing_sd_days=0".to_owned(),
        format!("uncertainty={{ {} }}", beliefs.join(", ")),
    ];
    all.extend_from_slice(overrides);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    scenario::load(&path, &all).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What a country would have seen in the window.
fn seen(model: &Model, record: &PolicyRecord) -> Observed {
    let mut text = "date,series,value\n".to_owned();
    let (start, end) = (model.study.window_start(), model.study.window_end());
    for day in (start.0..end.0).map(Day) {
        let get = |measure| record.days.get(day, measure);
        let other = get(DayMeasure::AcuteIc) + get(DayMeasure::PlannedIc);
        let date = model.study.date(day);
        let _ = writeln!(text, "{date},other_ic,{other}");
        let _ = writeln!(text, "{date},covid_ic,{}", get(DayMeasure::CovidIc));
        let _ = writeln!(text, "{date},staffed_beds,{}", get(DayMeasure::StaffedBeds));
    }
    for week in model.study.week(start)..model.study.week(end) {
        let monday = Day(u16::try_from(7 * week).expect("few weeks"));
        let get = |measure| record.national(week, measure) as f64;
        let done = get(WeekMeasure::OperationsClass3)
            + get(WeekMeasure::OperationsClass4)
            + get(WeekMeasure::OperationsClass5);
        let normal = get(WeekMeasure::NormalOperationsClass3)
            + get(WeekMeasure::NormalOperationsClass4)
            + get(WeekMeasure::NormalOperationsClass5);
        let date = model.study.date(monday);
        let _ = writeln!(text, "{date},operations_percent,{}", 100.0 * done / normal);
    }
    Observed::parse(&text, "world.csv", &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn fitted_sets_hold_the_truth() {
    let mut uniforms = Uniforms(20_211_004);
    let paths = BELIEFS.map(|(path, ..)| path.to_owned());
    let scenario = invented(&[]);
    let policies = [POLICY.to_owned()];
    let (mut hits, mut widths) = ([0_u32; BELIEFS.len()], [0.0; BELIEFS.len()]);
    for repeat in 0..REPEATS {
        let truth = BELIEFS.map(|(_, low, high)| low + (high - low) * uniforms.next());
        let settings: Vec<String> = (paths.iter().zip(truth))
            .map(|(path, value)| format!("{path}={value}"))
            .collect();
        let model = Model::from_scenario(&invented(&settings)).expect("a sound model");
        let policy = model
            .policies()
            .iter()
            .position(|policy| policy.key == POLICY);
        let world = Experiment::new(&model, 99).replicate(repeat);
        let observed = seen(&model, &world.policies[policy.expect("the policy")]);
        let study = Study::new(&scenario, &policies, 1).expect("a sound scenario");
        let effort = Effort {
            n_sets: 96,
            n_worlds: 2,
            seed: u64::from(repeat),
        };
        let found = Behavior::fit(&study, &paths, &observed, &effort, &|| ()).expect("a fit");
        for (at, figure) in found.figures.iter().enumerate() {
            hits[at] += u32::from(figure.interval.contains(truth[at]));
            let belief = BELIEFS[at].2 - BELIEFS[at].1;
            widths[at] += figure.interval.width() / belief / f64::from(REPEATS);
        }
    }
    println!("figure: coverage of 95 % of the sets, and their width relative to the belief");
    for (at, path) in paths.iter().enumerate() {
        println!("{path}: {} of {REPEATS}, {:.2}", hits[at], widths[at]);
    }
    // 95 % of 400 is 380, with a standard deviation of 4.4 if all were independent and about 6 as they are not.
    let all: u32 = hits.iter().sum();
    assert!(all >= 362, "{hits:?}");
}
