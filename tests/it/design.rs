//! Uncertain figures, sweeps and sensitivity analyses, from a scenario file on.

use std::fs;
use std::path::Path;

use zorgdruk::design::study::Point;
use zorgdruk::design::{Response, Study, morris, nested, sobol, sweep, tornado};
use zorgdruk::experiment::estimand::Estimand;
use zorgdruk::model::Model;
use zorgdruk::scenario::{self, Place, Scenario};
use zorgdruk::statistics::confidence::Confidence;

/// The small scenario, with `change` made to what it says is uncertain.
fn changed(change: impl Fn(&str) -> String) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = fs::read_to_string(folder.join("small.toml")).expect("the small scenario");
    let (before, figures) = text.split_once("[uncertainty]").expect("uncertain figures");
    let text = format!("{before}[uncertainty]{}", change(figures));
    let read = |name: &str| fs::read_to_string(folder.join(name));
    scenario::parse_with(&text, "small.toml", &[], read).expect("sound")
}

fn small() -> Scenario {
    changed(str::to_owned)
}

fn policies() -> Vec<String> {
    ["supplement-2021", "framework-2020"]
        .map(str::to_owned)
        .to_vec()
}

fn displaced() -> Response {
    Response {
        estimand: Estimand::named("disrupted_share").expect("in the registry"),
        policy: 0,
        minus: None,
    }
}

#[test]
fn every_extreme_of_the_dutch_scenario_is_allowed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nl-autumn-2021.toml");
    let scenario = scenario::load(&path, &[]).expect("sound");
    let study = Study::new(&scenario, &[], 1).expect("a model");
    assert!(study.figures().len() >= 8, "figures are uncertain");
    assert_eq!(study.violations(), Vec::new(), "extremes");
}

/// The small scenario with a `[sweep]` of these lines.
fn with_sweep(lines: &str) -> Scenario {
    changed(|figures| format!("{figures}\n[sweep]\n{lines}\n"))
}

#[test]
fn a_scenario_can_name_its_levers() {
    let scenario = with_sweep(
        "\"staff.workforce_share\" = [0.9, 1]\n\
         \"policy.*.scale_down\" = [\"forecast\", \"late\"]\n\
         \"planned.stream[0].class_shares\" = [[0, 1, 0, 0]]",
    );
    let study = Study::new(&scenario, &policies(), 1).expect("a model");
    assert_eq!(sweep::violations(&study), Vec::new(), "all are allowed");
    let points = sweep::grid(&sweep::levers(&scenario)).expect("a small grid");
    let last = points.last().expect("points");
    assert_eq!(points.len(), 4, "every combination");
    assert_eq!(
        last.settings,
        [
            "planned.stream[0].class_shares=[0, 1, 0, 0]",
            "policy.*.scale_down=late",
            "staff.workforce_share=1"
        ],
        "in the order of the paths"
    );
    let model = study.model(&last.settings).expect("a point is a model");
    assert_eq!(model.staff.workforce.0, 1_000, "the last value");
}

#[test]
fn mistakes_of_a_sweep_are_reported_at_the_value() {
    let scenario = with_sweep(
        "\"staff.workforce_share\" = [0.9, 9,\n 0.9]\n\
         \"study.window_weeks\" = [3]\n\
         \"region[0].nothing\" = [1]",
    );
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let found = sweep::violations(&study);
    let said: Vec<(&str, &str)> = found
        .iter()
        .map(|violation| (violation.path.as_str(), violation.message.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("sweep.\"region[0].nothing\"[0]", "unknown key"),
            ("sweep.\"staff.workforce_share\"[1]", "out of range"),
            (
                "sweep.\"staff.workforce_share\"[2]",
                "this value stands here already"
            ),
            (
                "sweep.\"study.window_weeks\"[0]",
                "study.window_weeks=3 changes the calendar, regions, hospitals or policies, \
                 so points cannot be compared"
            ),
        ],
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .all(|violation| matches!(violation.place, Place::File { .. })),
        "each at its line: {found:#?}"
    );
}

#[test]
fn a_sweep_has_a_bound_and_no_empty_lever() {
    let values: Vec<String> = (0..100).map(|n| format!("0.{n:03}")).collect();
    let values = values.join(", ");
    let scenario = with_sweep(&format!(
        "\"staff.workforce_share\" = [{values}]\n\
         \"staff.maximum_support_share\" = [{values}]\n\
         \"staff.acute_reserve_share\" = []"
    ));
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let found = sweep::violations(&study);
    let messages: Vec<&str> = found.iter().map(|v| v.message.as_str()).collect();
    assert_eq!(messages, ["there are no values"], "an empty lever");
    let scenario = with_sweep(&format!(
        "\"staff.workforce_share\" = [{values}]\n\
         \"staff.maximum_support_share\" = [{values}]"
    ));
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let found = sweep::violations(&study);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "the grid has 10000 points (at most 4096)");
}

#[test]
fn an_extreme_out_of_range_is_reported_at_the_line_of_the_figure() {
    let scenario = changed(|text| text.replace("high = 1.0 }", "high = 7.5 }"));
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let found = study.violations();
    assert_eq!(found.len(), 2, "share and compliance: {found:#?}");
    let text = &scenario.sources()[0].text;
    for (violation, path) in found
        .iter()
        .zip(["policy.*.compliance", "staff.workforce_share"])
    {
        let quoted = format!("\"{path}\"");
        let line = text.lines().position(|line| line.starts_with(&quoted));
        let line = line.expect("the figure") + 1;
        let shown = violation.to_string();
        assert!(shown.starts_with(&format!("small.toml:{line}:")), "{shown}");
        assert!(shown.contains("at 7.5: out of range"), "{shown}");
    }
}

#[test]
fn an_unknown_figure_is_reported() {
    let scenario = changed(|text| text.replace("workforce_share", "workforce"));
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let found = study.violations();
    assert!(!found.is_empty(), "there is no such key");
    assert!(found[0].to_string().contains("unknown key"), "{}", found[0]);
}

#[test]
fn beliefs_that_make_no_sense_are_refused() {
    let cases = [
        (
            "uniform = { low = 0.8, high = 1.0 }",
            "uniform = { low = 1.0, high = 0.8 }",
            "high",
        ),
        ("values = [1, 2, 3]", "values = []", "no values"),
        ("values = [1, 2, 3]", "values = [2, 1]", "must rise"),
        (
            "values = [1, 2, 3]",
            "values = [1, 2, 3], lognormal = { median = 1, sd_log = 1 }",
            "one distribution",
        ),
    ];
    for (from, to, message) in cases {
        let scenario = changed(|text| text.replace(from, to));
        let errors = Model::from_scenario(&scenario).expect_err(to);
        assert!(errors.to_string().contains(message), "{to}: {errors}");
    }
}

#[test]
fn a_scenario_with_more_overrides_equals_the_one_loaded_with_them() {
    let scenario = small();
    let setting = "staff.workforce_share=0.7".to_owned();
    let with = scenario
        .with(std::slice::from_ref(&setting))
        .expect("sound");
    assert!((with.file.staff.workforce_share - 0.7).abs() < 1e-12, "set");
    assert_eq!(with.overrides(), [setting], "listed");
    assert_eq!(with.sources(), scenario.sources(), "no file is read again");
}

#[test]
fn points_that_are_equal_give_no_difference_and_fewer_staff_give_one() {
    let scenario = small();
    let study = Study::new(&scenario, &policies(), 1).expect("a model");
    let lever = "staff.workforce_share=0.9,0.90,0.75";
    let points = sweep::grid(&[sweep::Lever::parse(lever).expect("a lever")]).expect("a grid");
    let analyses = study
        .compare(&points, 12, Confidence::P95, &|| {})
        .expect("sound");
    assert_eq!(analyses.len(), 2, "one for each policy");
    let position = Estimand::position("disrupted_share").expect("in the registry");
    for (policy, analysis) in &analyses {
        let same = analysis.comparison(1, position);
        assert!(same.identical, "{}: the same point", policy.key);
        let fewer = analysis.comparison(2, position).difference;
        assert!(fewer.value > 0.0, "{}: {fewer:?}", policy.key);
    }
}

#[test]
fn a_point_that_changes_the_calendar_is_refused() {
    let scenario = small();
    let study = Study::new(&scenario, &[], 1).expect("a model");
    let points = ["8", "7"].map(|weeks| Point {
        name: weeks.to_owned(),
        settings: vec![format!("study.window_weeks={weeks}")],
    });
    let error = study
        .compare(&points, 1, Confidence::P95, &|| {})
        .expect_err("other weeks");
    assert!(error.to_string().contains("window_weeks=7"), "{error}");
}

#[test]
fn a_tornado_moves_one_figure_at_a_time() {
    let scenario = small();
    let study = Study::new(&scenario, &policies(), 1).expect("a model");
    let names: Vec<String> = tornado::points(&study)
        .into_iter()
        .map(|point| point.settings.join(" "))
        .collect();
    assert_eq!(names.len(), 7, "as written, and two for each of three");
    assert_eq!(names[0], "", "as written");
    assert_eq!(
        names[3..5],
        ["staff.ramp_delay_days=1", "staff.ramp_delay_days=3"]
    );
}

#[test]
fn a_figure_without_effect_on_the_world_has_no_elementary_effect() {
    let scenario = changed(|text| {
        let price = "\"clinics.price_euros\" = { values = [1000, 3000, 5000] }";
        let rest = text.split_once("\"staff.ramp").expect("other figures").0;
        format!("\n{price}\n{rest}")
    });
    let study = Study::new(&scenario, &policies()[..1], 1).expect("a model");
    let output = |point: &[f64], keys: &[u32]| study.terms(&displaced(), point, keys);
    let stars = morris::evaluate(4, 2, 1, output).expect("sound");
    let outputs = stars.iter().flat_map(morris::Star::outputs);
    let scale = displaced().scale(outputs, study.frame());
    let numbers = stars
        .iter()
        .map(|star| star.map(|world| scale.value(world)));
    let stars: Vec<morris::Star> = numbers.collect();
    let effects = morris::effects(&stars, Confidence::P95, 1);
    assert!(
        effects[0].mean_absolute.value <= 0.0,
        "a price displaces nobody: {effects:?}"
    );
    assert!(
        effects[1].mean.value < 0.0,
        "more staff, fewer moved dates: {effects:?}"
    );
}

#[test]
fn a_design_gives_the_same_numbers_on_one_thread_and_on_three() {
    let scenario = small();
    let study = Study::new(&scenario, &policies()[..1], 1).expect("a model");
    let output = |point: &[f64], keys: &[u32]| study.terms(&displaced(), point, keys);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads")
            .install(|| sobol::evaluate(3, 3, 1, output).expect("sound"))
    };
    assert_eq!(on(1), on(3), "rows");
}

/// Hardly any patients, so that most worlds have no denominator, and one figure that changes nothing.
fn hardly_any_patients() -> Scenario {
    let price = "\n\"clinics.price_euros\" = { values = [2500] }\n";
    let settings = [
        "planned.stream.heart.weekly_indications=0",
        "planned.stream.other.weekly_indications=0.1",
        "staff.workforce_share=0.5",
    ];
    let settings = settings.map(str::to_owned);
    let scenario = changed(|_| price.to_owned());
    scenario.with(&settings).expect("sound")
}

#[test]
fn a_design_adds_up_a_ratio_as_a_run_does() {
    let scenario = hardly_any_patients();
    let study = Study::new(&scenario, &policies()[1..], 1).expect("a model");
    let response = Response {
        estimand: Estimand::named("displaced_share").expect("in the registry"),
        policy: 0,
        minus: None,
    };
    let worlds: Vec<u32> = (0..40).collect();
    let terms = study.terms(&response, &[0.5], &worlds).expect("sound");
    let scale = response.scale(terms.iter().copied(), study.frame());
    let mean = terms.iter().map(|world| scale.value(*world)).sum::<f64>() / 40.0;
    let written = [Point {
        name: "as written".to_owned(),
        settings: Vec::new(),
    }];
    let run = study
        .compare(&written, 40, Confidence::P95, &|| {})
        .expect("sound");
    let position = Estimand::position("displaced_share").expect("in the registry");
    let expected = run[0].1.estimate(0, position).value;
    assert!(expected > 0.0, "some are displaced: {expected}");
    assert!((mean - expected).abs() < 1e-9, "{mean} beside {expected}");
    let without = scale.n_without_denominator();
    assert!(
        (5..35).contains(&without),
        "worlds without patients: {without}"
    );
}

#[test]
fn the_nested_design_of_a_deterministic_figure_is_all_parameter() {
    let values: Vec<f64> = (0..20).flat_map(|set| [f64::from(set); 3]).collect();
    let split = nested::split(&values, 3, Confidence::P95, 1);
    assert!(
        (split.parameter_share.value - 1.0).abs() < 1e-12,
        "{split:?}"
    );
    assert!((split.param90.low - 0.95).abs() < 1e-9, "{split:?}");
}

#[cfg(feature = "cli")]
mod program {
    use std::process::Output;

    fn zorgdruk(arguments: &[&str]) -> Output {
        std::process::Command::new(env!("CARGO_BIN_EXE_zorgdruk"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .output()
            .expect("the program starts")
    }

    /// The rows of the table that a command prints, without the header.
    fn rows(arguments: &[&str]) -> Vec<Vec<String>> {
        let output = zorgdruk(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {stderr}");
        let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
        reader
            .records()
            .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
            .collect()
    }

    fn refused(arguments: &[&str], code: i32, message: &str) {
        let output = zorgdruk(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
        assert!(stderr.contains(message), "{arguments:?}: {stderr}");
    }

    #[test]
    fn a_sweep_has_a_row_for_each_point_policy_and_estimand() {
        let rows = rows(&[
            "sweep",
            "scenarios/small.toml",
            "--policy=supplement-2021",
            "--replications=3",
            "--set-grid=staff.workforce_share=0.9,0.7",
            "--set-grid=policy.*.lead_days=2,4",
            "--quiet",
        ]);
        let n_estimands = zorgdruk::experiment::estimand::ESTIMANDS.len();
        assert_eq!(rows.len(), 4 * n_estimands, "points times estimands");
        for row in &rows[..n_estimands] {
            // What has no value in so few worlds does not differ either.
            let expected = if row[10].is_empty() { "" } else { "0" };
            assert_eq!(
                row[15], expected,
                "the first point differs from nothing: {row:?}"
            );
        }
        let settings = &rows[3 * n_estimands][4];
        assert_eq!(settings, "staff.workforce_share=0.7 policy.*.lead_days=4");
    }

    #[test]
    fn a_table_in_a_file_leaves_a_ranking_and_a_sentence_to_read() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let read = |arguments: &[&str], name: &str| {
            let file = place.path().join(name);
            let out = format!("--out={}", file.display());
            let output = zorgdruk(&[arguments, &[out.as_str()]].concat());
            assert!(output.status.success() && file.is_file(), "{arguments:?}");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let small = "scenarios/small.toml";
        let grid = "--set-grid=staff.workforce_share=0.9,0.6";
        let ranked = read(&["sweep", small, "--replications=4", grid], "sweep.csv");
        assert!(ranked.contains("rank"), "a ranking: {ranked}");
        let ends = "at staff.workforce_share=0.9, and";
        assert!(ranked.contains(ends), "the least first: {ranked}");
        let tornado = read(&["sensitivity", small, "--replications=4"], "tornado.csv");
        assert!(tornado.contains("moves it most"), "a sentence: {tornado}");
        let split = ["sensitivity", small, "--method=split", "--rows=4"];
        let split = read(&split, "split.csv");
        assert!(split.contains("of the variance"), "a sentence: {split}");
    }

    #[test]
    fn every_method_prints_a_table_about_every_figure() {
        let mut keys: Vec<Vec<String>> = Vec::new();
        for (method, n_rows) in [("morris", 12), ("sobol", 8), ("split", 5)] {
            let method = format!("--method={method}");
            let arguments = [
                "sensitivity",
                "scenarios/small.toml",
                &method,
                "--rows=2",
                "--quiet",
            ];
            let found = rows(&arguments);
            assert_eq!(found.len(), n_rows, "{method}");
            for row in found {
                let labels = ["mc95 bootstrap", "param90 order_statistic"];
                assert!(labels.contains(&row[11].as_str()), "{method}: {row:?}");
                let standing = [row[12].as_str(), &row[13]];
                let is_weak = standing == ["insufficient", "2"] || row[12] == "not_estimable";
                assert!(is_weak, "two rows are too few, {method}: {row:?}");
                keys.push(row[..3].to_vec());
            }
        }
        let tornado = [
            "sensitivity",
            "scenarios/small.toml",
            "--replications=2",
            "--quiet",
        ];
        let found = rows(&tornado);
        assert_eq!(found.len(), 7, "as written, and two for each figure");
        let as_written = found.iter().find(|row| row[4].is_empty());
        let as_written = &as_written.expect("a point without settings")[..3];
        keys.dedup();
        assert_eq!(keys, [as_written], "the run of the scenario as written");
    }

    #[test]
    fn a_ratio_to_nothing_is_not_estimable_and_nothing_at_all_has_no_interval() {
        let nobody = format!("--set=covid.weekly_admissions={:?}", [0; 24]);
        let found = |estimand: &str, method: &str| {
            rows(&[
                "sensitivity",
                "scenarios/small.toml",
                &nobody,
                "--policy=no-coordination",
                &format!("--estimand={estimand}"),
                &format!("--method={method}"),
                "--rows=3",
                "--quiet",
            ])
        };
        for (method, n_worlds) in [("morris", "24"), ("sobol", "12"), ("split", "6")] {
            for row in found("covid_moved_share", method) {
                assert_eq!(row[12], "not_estimable", "{method}: {row:?}");
                assert_eq!(row[16], n_worlds, "worlds without denominator: {row:?}");
            }
            for row in found("clinic_value_lost", method) {
                assert_eq!(row[9..11], ["", ""], "no world says anything: {row:?}");
            }
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let small = "scenarios/small.toml";
        refused(&["sweep", small, "--set-grid=a"], 2, "not a lever");
        refused(
            &["sweep", small, "--set-grid=staff.workforce_share=0.9,9"],
            3,
            "out of range",
        );
        refused(
            &["sensitivity", small, "--rows=4"],
            2,
            "a tornado takes --replications",
        );
        refused(
            &["sensitivity", small, "--estimand=displaced_shar"],
            2,
            "displaced_share",
        );
        refused(
            &[
                "sensitivity",
                small,
                "--method=morris",
                "--estimand=p90_wait",
            ],
            2,
            "no value in a single world",
        );
        let wave = "scenarios/verify/wave.toml";
        refused(&["sensitivity", wave], 2, "nothing varies");
        refused(&["sweep", wave], 2, "no [sweep]");
        let lever = "--set=sweep={ \"staff.workforce_share\" = [0.9, 7] }";
        refused(&["sweep", small, lever], 3, "out of range");
        refused(&["check", small, lever], 3, "out of range");
        let seven = "--set=uncertainty={ \"staff.workforce_share\" = { values = [1, 7] } }";
        refused(&["sensitivity", small, seven], 3, "at 7: out of range");
        refused(&["check", small, seven], 3, "at 7: out of range");
    }
}
