//! Scenario files: the shipped ones are sound, and every kind of mistake is found at its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zorgdruk::experiment::Experiment;
use zorgdruk::experiment::measure::Measure;
use zorgdruk::experiment::record::ReplicationRecord;
use zorgdruk::model::Model;
use zorgdruk::policy::registry::entries;
use zorgdruk::scenario::{self, Place, Scenario, Status, Violation};
use zorgdruk::units::Beds;
use zorgdruk::world::{Arrival, ArrivalKind, World};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn shipped() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the folder of scenarios");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut scenarios: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .collect();
    scenarios.sort();
    scenarios
}

fn small() -> String {
    fs::read_to_string(folder().join("small.toml")).expect("the small scenario")
}

/// A scenario beside the shipped policies.
fn read(text: &str, overrides: &[&str]) -> Result<Scenario, Vec<Violation>> {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    let policies = |name: &str| fs::read_to_string(folder().join(name));
    scenario::parse_with(text, "test.toml", &overrides, policies).map_err(|e| e.violations)
}

/// Everything that is wrong in a scenario, whether found on reading or on building.
fn violations(text: &str, overrides: &[&str]) -> Vec<Violation> {
    match read(text, overrides) {
        Err(violations) => violations,
        Ok(scenario) => Model::from_scenario(&scenario).map_or_else(|e| e.0, |_| Vec::new()),
    }
}

/// The small scenario with one text in place of another.
fn with(from: &str, to: &str) -> String {
    let text = small();
    assert!(text.contains(from), "the small scenario has {from:?}");
    text.replacen(from, to, 1)
}

/// The only violation, which must stand on the line of `text` that holds `marker`.
fn only(text: &str, marker: &str) -> Violation {
    let mut found = violations(text, &[]);
    assert_eq!(found.len(), 1, "one violation, not {found:#?}");
    let found = found.remove(0);
    assert_eq!(
        line(&found),
        Some(line_of(text, marker)),
        "the line of {found}"
    );
    found
}

fn line(violation: &Violation) -> Option<usize> {
    match &violation.place {
        Place::File { line, .. } => Some(*line),
        Place::Override(_) | Place::Whole(_) => None,
    }
}

fn line_of(text: &str, marker: &str) -> usize {
    let position = text.lines().position(|line| line.contains(marker));
    position.unwrap_or_else(|| panic!("no line has {marker:?}")) + 1
}

fn paths(violations: &[Violation]) -> Vec<&str> {
    violations
        .iter()
        .map(|violation| violation.path.as_str())
        .collect()
}

#[test]
fn every_shipped_scenario_builds_with_all_its_policies() {
    let scenarios = shipped();
    assert!(scenarios.len() >= 2, "some scenarios are shipped");
    for path in scenarios {
        let scenario = scenario::load(&path, &[]).unwrap_or_else(|e| panic!("{e}"));
        let model = Model::from_scenario(&scenario).unwrap_or_else(|e| panic!("{e}"));
        let baseline = &model.policies()[model.baseline()].key;
        let compares = match model.policies().len() {
            6 => baseline == "framework-2020",
            8 => baseline == "supplement-2021-no-loans",
            _ => false,
        };
        let looks_back = baseline.starts_with("in-force");
        let is_elsewhere = model.key == "elsewhere" && baseline == "shared-plan";
        let is_belgian = model.key.starts_with("be-") && baseline == "surge-plan";
        assert!(
            compares || looks_back || is_elsewhere || is_belgian,
            "policies of {}",
            path.display()
        );
        let resolved = scenario.resolved_text();
        let first = if is_elsewhere {
            "elsewhere-shared-plan"
        } else if is_belgian {
            "be-surge-plan"
        } else {
            "framework-2020"
        };
        let named = format!("# file policies/{first}.toml");
        assert!(resolved.contains(&named), "all files are named");
    }
}

#[test]
fn every_figure_of_a_shipped_scenario_has_a_source() {
    for path in shipped() {
        let scenario = scenario::load(&path, &[]).expect("a sound scenario");
        let bare = scenario.figures_without_source();
        assert!(
            bare.is_empty(),
            "no source in {}: {bare:#?}",
            path.display()
        );
        for note in &scenario.notes {
            assert_ne!(note.status, Status::Unlabeled, "no label: {note:?}");
            let has_range = note.text.contains("range");
            assert!(
                note.status != Status::Assumption || has_range,
                "no range: {note:?}"
            );
        }
    }
}

#[test]
fn the_check_for_sources_sees_a_figure_without_one() {
    let text = with("rho = 0.9\nmissing", "rho = 0.9\n#");
    let text = text.replacen("[forecast]", "[forecast] # none", 1);
    let bare = text.replace(
        "source = \"assumption: invented; range: any\"\n\n[[region]]",
        "[[region]]",
    );
    let scenario = read(&bare, &[]).expect("a sound scenario");
    let found = scenario.figures_without_source();
    assert!(
        found.contains(&"forecast.rho".to_owned()),
        "forecast has no source: {found:?}"
    );
    assert!(
        !found.contains(&"staff.fte_per_bed".to_owned()),
        "staff still has: {found:?}"
    );
}

#[test]
fn a_source_for_a_key_that_does_not_exist_is_refused() {
    let text = with(
        "[run]",
        "[run.source]\nreplicatons = \"assumption: range 1 to 2\"\n[run]",
    );
    let found = only(&text, "replicatons");
    assert_eq!(
        found.path, "run.source.replicatons",
        "the path of the stray source"
    );
}

#[test]
fn the_dutch_scenario_adds_up_to_the_published_totals() {
    let scenario = scenario::load(&folder().join("nl-autumn-2021.toml"), &[]).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    assert_eq!(model.regions.len(), 11, "ROAZ regions");
    assert_eq!(model.hospitals.len(), 74, "hospitals asked by the NZa");
    let sum = |beds: fn(&zorgdruk::model::geography::Hospital) -> Beds| -> u32 {
        model
            .hospitals
            .iter()
            .map(|hospital| u32::from(beds(hospital).0))
            .sum()
    };
    assert_eq!(
        sum(|hospital| hospital.regular_beds),
        1_050,
        "regular IC beds"
    );
    assert_eq!(
        sum(|hospital| hospital.physical_beds),
        1_700,
        "physical IC beds"
    );
    let workers: u32 = model
        .clinics
        .clinics
        .iter()
        .map(|clinic| u32::from(clinic.n_workers))
        .sum();
    assert_eq!(workers, 250, "lendable nurses");
    let population: u32 = model.regions.iter().map(|region| region.population).sum();
    assert_eq!(population, 17_590_672, "inhabitants on 1 January 2022");
}

#[test]
fn weekly_admissions_are_kept_and_start_at_the_right_day() {
    let scenario = scenario::load(&folder().join("nl-autumn-2021.toml"), &[]).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    let lookback = usize::from(model.covid.lookback_days);
    let start = lookback + model.study.window_start().idx();
    let week_47 = &model.covid.daily_admissions[start + 7 * 7..start + 8 * 7];
    let sum: f64 = week_47.iter().sum();
    assert!((sum - 2_178.0).abs() < 1e-6, "2021-W47: {sum}");
    let n_days = lookback + model.study.n_days();
    assert_eq!(
        model.covid.daily_admissions.len(),
        n_days,
        "a number for every day"
    );
}

#[test]
fn quiet_weeks_have_fewer_acute_patients() {
    let quiet = "acute.quiet=[{from=\"2021-11-01\", weeks=2, arrivals_share=0.5}]";
    let text = small();
    let weekly = |overrides: &[&str]| -> Vec<f64> {
        let scenario = read(&text, overrides).expect("sound");
        let model = Model::from_scenario(&scenario).expect("in range");
        let start = model.study.window_start().idx();
        let days = &model.acute.daily_arrivals[start..];
        days.chunks(7).map(|week| week.iter().sum()).collect()
    };
    let (usual, lowered) = (weekly(&[]), weekly(&[quiet]));
    for (week, part) in [1.0, 0.5, 0.5, 1.0].into_iter().enumerate() {
        let expected = part * usual[week];
        assert!(
            (lowered[week] - expected).abs() < 1e-9,
            "week {week}: {} for {expected}",
            lowered[week]
        );
    }
    let wrong = |wrong: &str| {
        let found = violations(&text, &[&format!("acute.quiet=[{{{wrong}}}]")]);
        found.into_iter().map(|v| v.path).collect::<Vec<String>>()
    };
    assert_eq!(
        wrong("from=\"2021-11-01\", weeks=0, arrivals_share=3"),
        ["weeks", "arrivals_share"].map(|key| format!("acute.quiet[0].{key}")),
        "each number at its place"
    );
    assert_eq!(
        wrong("from=\"2021-11-02\", weeks=1, arrivals_share=1"),
        ["acute.quiet[0].from"],
        "no Monday"
    );
}

#[test]
fn a_scenario_that_extends_another_keeps_what_it_does_not_say() {
    let load = |name: &str| {
        let scenario = scenario::load(&folder().join(name), &[]).expect("sound");
        Model::from_scenario(&scenario).expect("in range")
    };
    let (autumn, spring) = (load("nl-autumn-2021.toml"), load("nl-spring-2021.toml"));
    assert_eq!(spring.hospitals, autumn.hospitals, "the same hospitals");
    assert_eq!(
        spring.acute.substitutable_permille, autumn.acute.substitutable_permille,
        "the same behavior"
    );
    let brabant = |model: &Model| model.covid.regional_share[0][9];
    assert!((brabant(&autumn) - 0.1513).abs() < 1e-3, "autumn's share");
    assert!((brabant(&spring) - 0.1736).abs() < 1e-3, "spring's own");
}

#[test]
fn every_hospital_has_places_for_its_expected_ic_dependent_patients() {
    for path in shipped() {
        let model = Model::from_scenario(&scenario::load(&path, &[]).expect("sound"));
        let model = model.expect("in range");
        for (at, hospital) in model.hospitals.iter().enumerate() {
            let expected: f64 = model
                .planned
                .specialties
                .iter()
                .map(|stream| {
                    let below = if at == 0 {
                        0.0
                    } else {
                        stream.hospital_cumulative[at - 1]
                    };
                    stream.daily_indications * 5.0 * (stream.hospital_cumulative[at] - below)
                })
                .sum();
            let places: u32 = hospital
                .ic_slots
                .iter()
                .map(|places| u32::from(*places))
                .sum();
            assert!(
                f64::from(places) >= expected,
                "{}: {places} for {expected}",
                hospital.key
            );
        }
    }
}

#[test]
fn fair_shares_and_session_shares_sum_to_a_million_exactly() {
    for path in shipped() {
        let model = Model::from_scenario(&scenario::load(&path, &[]).expect("sound"));
        let model = model.expect("in range");
        let sum = |key: fn(&zorgdruk::policy::fair_share::FairShareWeights) -> u32| -> u32 {
            model
                .regions
                .iter()
                .map(|region| key(&region.fair_share))
                .sum()
        };
        assert_eq!(sum(|shares| shares.population), 1_000_000, "by inhabitants");
        assert_eq!(sum(|shares| shares.regular_beds), 1_000_000, "by beds");
        let agreed = sum(|shares| shares.agreed);
        assert!(
            [0, 1_000_000].contains(&agreed),
            "as agreed, if at all: {agreed}"
        );
        let sessions: u32 = model
            .hospitals
            .iter()
            .map(|hospital| hospital.session_share)
            .sum();
        assert_eq!(sessions, 1_000_000, "sessions");
        for class in 0..3 {
            let share = model
                .hospitals
                .iter()
                .map(|hospital| hospital.class_share[class]);
            assert_eq!(share.sum::<u32>(), 1_000_000, "operations of a class");
        }
    }
}

#[test]
fn a_policy_inherits_what_it_does_not_say_but_not_its_name() {
    let scenario = read(&small(), &[]).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    let by_key = |key: &str| {
        model
            .policies()
            .iter()
            .find(|policy| policy.key == key)
            .expect("a shipped policy")
    };
    let supplement = by_key("supplement-2021");
    let fenced = by_key("supplement-2021-ring-fence");
    assert_eq!(
        fenced.compliance,
        by_key("framework-2020").compliance,
        "from two levels below"
    );
    assert_eq!(
        fenced.supplement_from, supplement.supplement_from,
        "from one level below"
    );
    assert_eq!(
        fenced.loans, supplement.loans,
        "a table is merged key by key"
    );
    assert_ne!(fenced.label, supplement.label, "a label is never inherited");
}

#[test]
fn a_misspelt_key_is_reported_at_its_line_with_the_nearest_key() {
    let found = only(
        &with(
            "ic_survival_share =",
            "ic_surivval_share = 0.5\nic_survival_share =",
        ),
        "ic_surivval",
    );
    assert_eq!(found.path, "covid.ic_surivval_share", "path");
    assert!(
        found
            .message
            .contains("did you mean \"ic_survival_share\"?"),
        "{found}"
    );
}

#[test]
fn mistakes_of_several_kinds_are_all_reported_at_once() {
    let text = small()
        .replacen("weekly_arrivals = 75", "weekly_arivals = 75", 1)
        .replacen("fte_per_bed = 3.5", "fte_per_bed = \"3.5\"", 1)
        .replacen("population = 700_000", "population = 7.5", 1)
        .replacen("tile = [1, 0]", "tile = [1]", 1)
        .replacen(
            "{ gamma = { mean_days = 14,",
            "{ gama = { mean_days = 14,",
            1,
        );
    let found = violations(&text, &[]);
    let expected = [
        "covid.ic_stay",
        "acute.weekly_arivals",
        "acute.weekly_arrivals",
        "staff.fte_per_bed",
        "region[0].population",
        "region[1].tile",
    ];
    for path in expected {
        assert!(
            paths(&found).contains(&path),
            "{path} is missing from {found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "nothing else: {found:#?}");
    let choice = found
        .iter()
        .find(|violation| violation.path == "covid.ic_stay");
    let allowed = choice.and_then(|violation| violation.allowed.as_deref());
    assert!(
        allowed.is_some_and(|names| names.contains("gamma")),
        "the choices are listed"
    );
}

#[test]
fn values_out_of_range_are_all_reported_at_once_with_what_is_allowed() {
    let text = small()
        .replacen("regular_beds = 11", "regular_beds = -11", 1)
        .replacen("rho = 0.9\n", "rho = 1.5\n", 1)
        .replacen("horizon_days = 10", "horizon_days = 99", 1);
    let found = violations(&text, &[]);
    let ranges: Vec<(&str, &str)> = found
        .iter()
        .map(|violation| {
            (
                violation.path.as_str(),
                violation.allowed.as_deref().unwrap_or(""),
            )
        })
        .collect();
    let expected = [
        ("phases.threat.horizon_days", "0 to 14"),
        ("forecast.rho", "0 to 0.999"),
        ("region[0].hospital[1].regular_beds", "0 to 2000"),
    ];
    assert_eq!(ranges, expected, "paths and ranges");
    assert_eq!(
        line(&found[2]),
        Some(line_of(&text, "regular_beds = -11")),
        "the line of the beds"
    );
    assert_eq!(
        found[2].value.as_deref(),
        Some("-11"),
        "the value as it was written"
    );
}

#[test]
fn ranges_are_checked_together_with_keys_and_types() {
    let text = small()
        .replacen("regular_beds = 11", "regular_beds = -11", 1)
        .replacen("workforce_share =", "workforce_shar =", 1)
        .replacen("covid_share = 0.6", "covid_share = \"0.6\"", 1);
    assert_eq!(
        paths(&violations(&text, &[])),
        [
            "staff.workforce_shar",
            "staff.workforce_share",
            "region[0].covid_share",
            "region[0].hospital[1].regular_beds"
        ],
        "each where it stands in the file"
    );
}

#[test]
fn whatever_line_is_missing_nothing_else_is_found_out_of_range() {
    let text = small();
    let lines: Vec<&str> = text.lines().collect();
    let mut n_checked = 0;
    for missing in 0..lines.len() {
        let left = [&lines[..missing], &lines[missing + 1..]].concat();
        if let Err(found) = read(&left.join("\n"), &[]) {
            let strange = found.iter().find(|found| found.message == "out of range");
            assert_eq!(strange, None, "line {} is missing", missing + 1);
            n_checked += 1;
        }
    }
    assert!(n_checked > 50, "lines are needed, {n_checked} of them");
}

#[test]
fn a_census_that_admissions_cannot_lead_to_is_refused() {
    let with_census = |census: &str| {
        let census = format!("covid.census_at_start={census}");
        violations(&small(), &[&census])
    };
    assert_eq!(with_census("{ ic = 15, ward = 50 }"), Vec::new(), "usual");
    let found = with_census("{ ic = 400, ward = 50 }");
    assert_eq!(paths(&found), ["covid.census_at_start.ic"], "{found:?}");
    let most = found[0]
        .allowed
        .as_deref()
        .and_then(|text| text.strip_prefix("0 to "));
    let most: u32 = most.and_then(|most| most.parse().ok()).expect("a number");
    assert!((15..400).contains(&most), "at most {most}");
    let full = format!("{{ ic = {most}, ward = 50 }}");
    assert_eq!(with_census(&full), Vec::new(), "what is allowed is allowed");
    let scenario = read(&small(), &[&format!("covid.census_at_start={full}")]).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    for replication in 0..50 {
        let world = World::draw(&model, 5, replication);
        assert_eq!(on_ic_at_start(&model, &world), most, "world {replication}");
    }
}

#[test]
fn a_census_that_worlds_have_by_themselves_may_be_asked_for_and_is_met() {
    let few = "covid.weekly_ic_share=[0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, \
        0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03]";
    let model = |settings: &[&str]| {
        let scenario = read(&small(), settings).expect("sound");
        Model::from_scenario(&scenario).expect("in range")
    };
    let free = model(&[few]);
    let censuses = (0..400).map(|n| on_ic_at_start(&free, &World::draw(&free, 1, n)));
    let most = censuses.max().expect("worlds");
    let census = format!("covid.census_at_start={{ ic = {most}, ward = 40 }}");
    let asked = model(&[few, &census]);
    let n_met = (0..200)
        .filter(|n| on_ic_at_start(&asked, &World::draw(&asked, 1, *n)) == most)
        .count();
    assert!(n_met >= 198, "{most} patients in {n_met} of 200 worlds");
}

#[test]
fn a_wrong_type_is_told_with_what_is_expected() {
    for (setting, expected) in [
        (
            "policy.framework-2020.scale_down=3",
            "expected one of late, forecast, early",
        ),
        (
            "study.window_start=20211025",
            "expected a date such as 2021-11-18",
        ),
        (
            "policy.framework-2020.framework_from=7",
            "expected a date such as 2021-11-18",
        ),
    ] {
        let found = violations(&small(), &[setting]);
        assert!(
            found[0].message.starts_with(expected),
            "{setting}: {found:?}"
        );
    }
}

#[test]
fn a_misspelt_policy_is_told_with_the_one_that_was_meant() {
    let unknown = "policies=[\"framework-2021\"]".to_owned();
    let errors = scenario::load(&folder().join("small.toml"), &[unknown]).expect_err("unknown");
    let found = errors.violations;
    assert!(
        found[0].message.contains("did you mean \"framework-2020\""),
        "{found:?}"
    );
    let found = violations(&small(), &["baseline=framework-2012"]);
    assert!(
        found[0].message.contains("did you mean \"framework-2020\""),
        "{found:?}"
    );
}

#[test]
fn a_policy_by_itself_is_told_to_be_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/policies/framework-2020.toml");
    let errors = scenario::load(&path, &[]).expect_err("no scenario");
    assert_eq!(errors.violations.len(), 1, "one mistake: {errors}");
    assert!(errors.to_string().contains("is a policy"), "{errors}");
}

#[test]
fn a_whole_number_has_the_same_limits_wherever_it_is_given() {
    for (seed, is_sound) in [
        ("9223372036854775807", true),
        ("9223372036854775808", false),
        ("-1", false),
    ] {
        let found = violations(&small(), &[&format!("run.seed={seed}")]);
        assert_eq!(found.is_empty(), is_sound, "{seed}: {found:?}");
        for violation in found {
            let allowed = violation.allowed.as_deref();
            assert_eq!(allowed, Some("0 to 9223372036854775807"), "{seed}");
        }
    }
}

/// COVID patients on the IC when the window begins, every one in the bed that the world means.
fn on_ic_at_start(model: &Model, world: &World) -> u32 {
    let start = model.study.window_start().start();
    let is_there = |arrival: &&Arrival| {
        let is_covid = arrival.kind == ArrivalKind::Covid && arrival.time < start;
        is_covid && {
            let patient = &world.covid[arrival.patient as usize];
            let from = arrival.time + patient.first_ward;
            patient.needs_ic && from <= start && start < from + patient.ic
        }
    };
    u32::try_from(world.arrivals.iter().filter(is_there).count()).expect("few")
}

#[test]
fn shares_that_do_not_sum_to_one_are_refused() {
    let text = with(
        "class_shares = [0.2, 0.6, 0.2, 0.0]",
        "class_shares = [0.2, 0.6, 0.3, 0.0]",
    );
    let found = only(&text, "0.6, 0.3");
    assert_eq!(found.path, "planned.stream[0].class_shares", "path");
    assert!(found.message.contains("1.1"), "the sum is shown: {found}");
    let text = with("covid_share = 0.6", "covid_share = 0.5");
    assert_eq!(
        only(&text, "covid_share = 0.5").allowed.as_deref(),
        Some("a sum of 1"),
        "regions"
    );
}

#[test]
fn an_unknown_policy_is_reported_where_it_is_asked_for() {
    let text = with("  \"supplement-2021-ring-fence\",", "  \"suplement\",");
    let found = only(&text, "\"suplement\"");
    assert!(
        found
            .message
            .contains("policies/suplement.toml cannot be read"),
        "{found}"
    );
}

#[test]
fn a_missing_policy_file_is_reported_where_it_is_named() {
    let text = with("baseline =", "policy_files = [\n\"none.toml\"]\nbaseline =");
    let found = only(&text, "none.toml");
    assert_eq!(found.path, "policy_files", "path");
    assert!(
        found.message.contains("none.toml cannot be read"),
        "{found}"
    );
}

#[test]
fn a_policy_that_extends_itself_is_reported_with_the_circle() {
    let circle = "[[policy]]\nkey = \"a\"\nlabel = \"A\"\ndescription = \"A\"\nextends = \"b\"\n\
                  [[policy]]\nkey = \"b\"\nlabel = \"B\"\ndescription = \"B\"\nextends = \"a\"\n";
    let text = format!(
        "{}\n{circle}",
        with("  \"no-coordination\",\n", "  \"a\",\n")
    );
    let found = only(&text, "extends = \"a\"");
    assert!(found.message.contains("a -> b -> a"), "{found}");
}

#[test]
fn a_chain_of_policies_that_is_too_long_is_refused() {
    let links: Vec<String> = (0..20)
        .map(|n| {
            let next = n + 1;
            format!("[[policy]]\nkey = \"p{n}\"\nlabel = \"\"\ndescription = \"\"\nextends = \"p{next}\"\n")
        })
        .collect();
    let text = format!(
        "{}\n{}",
        with("  \"no-coordination\",\n", "  \"p0\",\n"),
        links.concat()
    );
    let found = violations(&text, &[]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].message.contains("extends more than 7"),
        "{}",
        found[0]
    );
}

#[test]
fn a_baseline_must_be_one_of_the_policies() {
    let found = only(
        &with("baseline = \"framework-2020\"", "baseline = \"nothing\""),
        "nothing",
    );
    assert!(
        found
            .allowed
            .is_some_and(|keys| keys.contains("supplement-2021")),
        "the keys"
    );
}

#[test]
fn absurd_sizes_are_refused_before_anything_is_allocated() {
    for (from, to, path) in [
        (
            "window_weeks = 8",
            "window_weeks = 1_000_000_000_000",
            "study.window_weeks",
        ),
        (
            "lendable_workers = 10",
            "lendable_workers = 99_999_999",
            "region[0].lendable_workers",
        ),
        (
            "replications = 100",
            "replications = 99_999_999",
            "run.replications",
        ),
        (
            "physical_beds = 46",
            "physical_beds = 9_999_999",
            "region[0].hospital[0].physical_beds",
        ),
        (
            "weekly_arrivals = 75",
            "weekly_arrivals = 9e9",
            "acute.weekly_arrivals",
        ),
        (
            "weekly_arrivals = 75",
            "weekly_arrivals = 35_000",
            "acute.weekly_arrivals",
        ),
        (
            "weekly_indications = 20",
            "weekly_indications = 1e300",
            "planned.stream[0].weekly_indications",
        ),
        (
            "planned_inpatients = 470",
            "planned_inpatients = 1e300",
            "staff.ward.planned_inpatients",
        ),
    ] {
        let found = violations(&with(from, to), &[]);
        let expected = to != "weekly_arrivals = 35_000";
        assert_eq!(paths(&found).contains(&path), expected, "{to}: {found:#?}");
    }
    let huge = format!("{}\n#{}", small(), "x".repeat(5 << 20));
    assert!(
        violations(&huge, &[])[0].message.contains("too large"),
        "five megabytes"
    );
    let many = with(
        "weekly_ic_share = [",
        &format!("weekly_ic_share = [{}", "0.1, ".repeat(300)),
    );
    assert!(
        paths(&violations(&many, &[])).contains(&"covid.weekly_ic_share"),
        "300 more weeks"
    );
}

#[test]
fn hostile_files_are_refused_without_much_work() {
    let keys: Vec<String> = (0..60_000).map(|n| format!("x{n} = 1\n")).collect();
    let found = violations(&format!("{}\n{}", keys.concat(), small()), &[]);
    assert_eq!(
        found.len(),
        200,
        "of many unknown keys, the first are reported"
    );

    let regions = "[[region]]\n".repeat(60_000);
    let found = violations(&format!("{}\n{regions}", small()), &[]);
    assert_eq!(
        found.len(),
        200,
        "of many empty regions, the first are reported"
    );

    let hospitals = "{ key = \"x\", regular_beds = 1, physical_beds = 1 },\n".repeat(20_000);
    let found = violations(
        &with("hospital = [", &format!("hospital = [{hospitals}")),
        &[],
    );
    assert_eq!(
        found.len(),
        1,
        "too many hospitals are not checked one by one: {found:#?}"
    );
    assert_eq!(
        found[0].allowed.as_deref(),
        Some("1 to 500"),
        "{}",
        found[0]
    );

    let values = "1,".repeat(500_000);
    let found = violations(&format!("big = [{values}]\n{}", small()), &[]);
    assert_eq!(
        found.len(),
        1,
        "too many values are not looked at: {found:#?}"
    );
}

#[test]
fn a_policy_may_not_be_so_large_that_its_heirs_fill_the_memory() {
    let rules = "\"A01\",".repeat(5_000);
    let heavy = format!(
        "[[policy]]\nkey = \"heavy\"\nlabel = \"\"\ndescription = \"\"\ndisabled_rules = [{rules}]\n"
    );
    let text = format!(
        "{}\n{heavy}",
        with("  \"no-coordination\",\n", "  \"heavy\",\n")
    );
    let found = violations(&text, &[]);
    assert!(
        found[0].message.contains("more than 2000 values"),
        "{found:#?}"
    );
}

#[test]
fn two_regions_on_one_tile_are_refused() {
    let text = small().replace("tile = [1, 0]", "tile = [0, 0] # both");
    let found = only(&text, "tile = [0, 0] # both");
    assert!(found.message.contains("coast is on this tile"), "{found}");
}

#[test]
fn a_negative_weight_is_refused() {
    let text = with("regular_beds = 11,", "weight = -1, regular_beds = 11,");
    let found = only(&text, "weight = -1");
    assert_eq!(found.allowed.as_deref(), Some("0 to 1000000"), "{found}");
}

#[test]
fn too_many_patients_in_all_are_refused() {
    let overrides = [
        "acute.weekly_arrivals=17000",
        "planned.stream.heart.weekly_indications=5000",
        "study.follow_up_weeks=8",
    ];
    let found = violations(&small(), &overrides);
    assert!(
        found.is_empty(),
        "about 470 000 patients are allowed: {found:#?}"
    );
    let overrides = [
        "acute.weekly_arrivals=34000",
        "planned.stream.*.weekly_indications=24000",
    ];
    let found = violations(&small(), &overrides);
    assert!(
        found
            .iter()
            .any(|v| v.message.contains("patients in one replication")),
        "{found:#?}"
    );
}

#[test]
fn a_follow_up_shorter_than_the_norm_is_refused() {
    let found = only(
        &with("follow_up_weeks = 8", "follow_up_weeks = 5"),
        "follow_up_weeks",
    );
    assert!(found.message.contains("42 days"), "{found}");
    assert_eq!(found.allowed.as_deref(), Some("6 to 104"), "{found}");
    for (norm, fewest) in [(28, 4), (29, 5)] {
        let norm = format!("planned.norm_days=[7, {norm}, 91, 182]");
        let found = |weeks: i32| {
            let follow_up = format!("study.follow_up_weeks={weeks}");
            violations(&small(), &[&norm, &follow_up])
        };
        let too_short = found(fewest - 1);
        assert_eq!(paths(&too_short), ["study.follow_up_weeks"], "{norm}");
        let names_the_follow_up = |v: &Violation| v.path == "study.follow_up_weeks";
        assert!(!found(fewest).iter().any(names_the_follow_up), "{norm}");
    }
}

#[test]
fn a_name_in_reports_is_a_short_text() {
    let changes = [
        "words.season={ en = \"\", nl = \"golf\" }",
        "words.classes=[\"2\", \"3\", \"4\", \"a name that does not fit in any figure\"]",
    ];
    let found = violations(&small(), &changes);
    assert_eq!(
        paths(&found),
        ["words.season.en", "words.classes[3]"],
        "both"
    );
}

#[test]
fn infinite_and_undefined_numbers_are_refused() {
    for number in ["nan", "inf", "-inf", "1e999"] {
        let text = with(
            "weekly_arrivals = 75",
            &format!("weekly_arrivals = {number}"),
        );
        let found = only(&text, "weekly_arrivals =");
        assert_eq!(found.path, "acute.weekly_arrivals", "path of {number}");
    }
}

#[test]
fn an_unknown_choice_lists_the_choices() {
    let found = violations(&small(), &["policy.supplement-2021.loans.trigger=threat"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].allowed.as_deref(),
        Some("never, voluntary-any-time, from-phase-2d, threat-notice, phase-3"),
        "all of them"
    );
}

#[test]
fn dates_must_be_real_and_weeks_start_on_monday() {
    let found = only(
        &with("window_start = 2021-10-25", "window_start = 2021-10-26"),
        "10-26",
    );
    assert_eq!(found.allowed.as_deref(), Some("a Monday"), "{found}");
    let text = with("window_start = 2021-10-25", "window_start = \"25 October\"");
    assert!(
        only(&text, "25 October").message.contains("not a date"),
        "a date in words"
    );
}

#[test]
fn syntax_errors_are_reported_with_their_line_and_nothing_else() {
    let text = with("weekly_arrivals = 75", "weekly_arrivals = = 75");
    let found = violations(&text, &[]);
    assert!(!found.is_empty(), "an error");
    let line_of_it = line_of(&text, "= = 75");
    assert!(
        found
            .iter()
            .all(|violation| line(violation) == Some(line_of_it)),
        "{found:#?}"
    );
    assert!(
        found[0].message.starts_with("not valid TOML"),
        "{}",
        found[0]
    );
}

#[test]
fn another_version_of_the_format_is_refused_at_once() {
    let found = only(
        &with("version = 1", "version = 2\nnews = true"),
        "version = 2",
    );
    assert_eq!(found.allowed.as_deref(), Some("1"), "the known version");
}

#[test]
fn an_override_changes_one_value_and_is_named_in_its_errors() {
    let overrides = [
        "staff.workforce_share=0.5",
        "policy.supplement-2021.compliance=0.7",
    ];
    let model = Model::from_scenario(&read(&small(), &overrides).expect("sound"));
    let model = model.expect("in range");
    assert_eq!(model.staff.workforce.0, 500, "a plain value");
    let compliance: Vec<u32> = model
        .policies()
        .iter()
        .map(|policy| policy.compliance.0)
        .collect();
    assert_eq!(
        compliance,
        [727, 727, 700, 727, 727, 727],
        "of one policy only"
    );
    let found = violations(&small(), &["region.coast.population=-1"]);
    assert_eq!(
        found[0].place,
        Place::Override("region.coast.population=-1".to_owned()),
        "where it comes from"
    );
    assert_eq!(found[0].path, "region[0].population", "what it changed");
    assert!(
        found[0].to_string().starts_with("from --set region.coast"),
        "{}",
        found[0]
    );
}

#[test]
fn an_override_that_names_nothing_is_refused() {
    for (text, part) in [
        ("staff.workforce", "key=value"),
        ("staff.workforce_shar=1", "did you mean"),
        ("region.nowhere.population=1", "no element"),
        ("region[7].population=1", "no element"),
        ("policy.supplement.compliance=1", "no element"),
        ("version.major=1", "nothing below"),
        ("=1", "empty"),
    ] {
        let found = violations(&small(), &[text]);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(found[0].to_string().contains(part), "{text}: {}", found[0]);
        assert!(
            matches!(found[0].place, Place::Override(_)),
            "{text}: {}",
            found[0]
        );
    }
}

#[test]
fn a_scenario_that_does_not_exist_is_named() {
    let errors = scenario::load(Path::new("no/such.toml"), &[]).expect_err("no such file");
    assert_eq!(errors.violations.len(), 1, "one violation");
    assert!(
        errors
            .to_string()
            .starts_with("no/such.toml: cannot be read"),
        "{errors}"
    );
}

#[test]
fn a_scenario_alone_can_hold_its_own_policies() {
    let inline = "[[policy]]\nkey = \"plain\"\nlabel = \"Plain\"\ndescription = \"Defaults.\"\n";
    let text = small();
    let start = text.find("policies = [").expect("a list of policies");
    let end = text.find("[study]").expect("the next section");
    let text = format!("{}{}\n{inline}", &text[..start], &text[end..]);
    let scenario = scenario::parse(&text, "alone.toml").expect("no other file is needed");
    let model = Model::from_scenario(&scenario).expect("in range");
    assert_eq!(model.policies()[0].key, "plain", "the policy");
    assert_eq!(model.baseline(), 0, "the first is the baseline");
}

/// A file with some of its lines dropped, doubled, cut off, or with another value.
fn mangled(text: &str, edits: &[(usize, u8, String)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (at, kind, value) in edits {
        let at = at % lines.len();
        match kind % 5 {
            0 => lines[at].clear(),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines[at] = lines[at].chars().take(value.len()).collect(),
            3 => lines[at] = lines[at].split('=').next().unwrap_or("").to_owned() + "= " + value,
            _ => lines[at] += value,
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_mangled_scenario_makes_reading_or_building_panic(
        edits in prop::collection::vec(
            (
                any::<usize>(),
                any::<u8>(),
                prop_oneof![
                    Just("-1".to_owned()),
                    Just("0".to_owned()),
                    Just("1e308".to_owned()),
                    Just("9223372036854775807".to_owned()),
                    Just("nan".to_owned()),
                    Just("[]".to_owned()),
                    Just("{}".to_owned()),
                    Just("\"\"".to_owned()),
                    Just("2021-11-18".to_owned()),
                    "\\PC{0,12}",
                ],
            ),
            1..6,
        ),
    ) {
        let text = mangled(&small(), &edits);
        for violation in violations(&text, &[]) {
            prop_assert!(!violation.to_string().is_empty(), "every violation can be shown");
        }
    }

    #[test]
    fn no_override_makes_reading_or_building_panic(path in "[a-z.*\\[\\]0-9_]{0,24}", value in "\\PC{0,8}") {
        let text = format!("{path}={value}");
        for violation in violations(&small(), &[&text]) {
            prop_assert!(!violation.to_string().is_empty(), "every violation can be shown");
        }
    }
}

#[test]
fn an_unreadable_policy_folder_is_an_error_and_not_a_panic() {
    let refused = |_: &str| Err(io::Error::from(io::ErrorKind::PermissionDenied));
    let errors = scenario::parse_with(&small(), "test.toml", &[], refused).expect_err("refused");
    assert_eq!(errors.violations.len(), 6, "one for each policy: {errors}");
}

#[test]
fn every_lever_of_the_rules_is_a_key_of_the_format() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reference = fs::read_to_string(root.join("docs/scenario.md")).expect("the reference");
    let words: Vec<&str> = reference
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let levers = entries().flat_map(|rule| rule.levers);
    let steps: Vec<&str> = levers.flat_map(|lever| lever.split('.')).collect();
    assert!(steps.len() > 50, "rules have levers");
    for step in steps {
        assert!(
            words.contains(&step),
            "{step} is no key in docs/scenario.md"
        );
    }
}

#[test]
fn a_degenerate_scenario_with_one_hospital_and_one_stream_of_patients_builds() {
    let text = small();
    let start = text.find("[[region]]").expect("regions");
    let one = "[[region]]\nkey = \"r\"\nname = \"R\"\npopulation = 1\ncovid_share = 1\nfair_share = 1\n\
               tile = [0, 0]\nhospital = [{ key = \"h\", regular_beds = 10, physical_beds = 10 }]\n";
    let zeros = format!("covid.weekly_admissions=[{}]", "0,".repeat(24));
    let overrides = [
        zeros.as_str(),
        "planned.stream=[]",
        "sessions.weekly_operations=[0, 0, 0]",
        "acute.stay={ exponential = { mean_days = 2 } }",
        "clinics.productivity={ low_share = 1, mode_share = 1, high_share = 1 }",
    ];
    let scenario = read(&format!("{}{one}", &text[..start]), &overrides).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    assert_eq!(model.hospitals[0].ic_slots, [0; 5], "no demand, no places");
    assert_eq!(
        model.hospitals[0].or_teams_milli, 0,
        "no operations, no teams"
    );
    assert!(
        model
            .covid
            .daily_admissions
            .iter()
            .all(|daily| *daily <= 0.0),
        "no wave"
    );
    assert_eq!(
        model.acute.hospital_cumulative,
        [1.0],
        "all to one hospital"
    );
}

#[test]
fn a_source_goes_with_the_value_that_an_override_replaced() {
    let small = folder().join("small.toml");
    let notes = |overrides: &[&str]| -> Vec<String> {
        let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
        let scenario =
            scenario::load(&small, &overrides).unwrap_or_else(|errors| panic!("{errors}"));
        let paths = scenario.notes.iter().map(|note| note.path.clone());
        paths
            .filter(|path| path.contains("ring-fence.part"))
            .collect()
    };
    assert_eq!(notes(&[]).len(), 1, "the ring fence has a source");
    let gone = notes(&["policy.*.protection=none"]);
    assert_eq!(
        gone,
        Vec::<String>::new(),
        "nothing is left that it tells of"
    );
    let kept = notes(&["policy.*.protection={ ring-fence = { part_share = 0.5 } }"]);
    assert_eq!(kept.len(), 1, "the same figure with another value");
}

#[test]
fn a_policy_may_replace_a_value_whose_source_it_inherits() {
    let text = with(
        "[run]",
        "[[policy]]\nkey = \"open\"\nlabel = \"Open\"\ndescription = \"No fence.\"\nextends = \"supplement-2021-ring-fence\"\nprotection = \"none\"\n\n[run]",
    );
    let text = text.replace(
        "\"supplement-2021-no-loans\",",
        "\"supplement-2021-no-loans\", \"open\",",
    );
    let read = |name: &str| fs::read_to_string(folder().join(name));
    let scenario = scenario::parse_with(&text, "small.toml", &[], read);
    assert!(scenario.is_ok(), "{:?}", scenario.err());
}

#[test]
fn a_key_with_a_decimal_point_is_overridden_in_quotes() {
    let key = "supplement-2021-gate-0.95";
    let overrides = [
        format!("policies=[\"{key}\"]"),
        format!("baseline={key}"),
        format!("policy.\"{key}\".compliance=0.25"),
    ];
    let scenario =
        scenario::load(&folder().join("small.toml"), &overrides).unwrap_or_else(|e| panic!("{e}"));
    let model = Model::from_scenario(&scenario).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(model.policies()[0].key, key, "found in its file");
    assert_eq!(model.policies()[0].compliance.0, 250, "overridden");
    for wrong in ["..", "a.b", ".1", "1.", "a/1.2"] {
        let overrides = [
            format!("policies=[\"{wrong}\"]"),
            format!("baseline=\"{wrong}\""),
        ];
        let errors = scenario::load(&folder().join("small.toml"), &overrides).expect_err("refused");
        assert!(
            errors.to_string().contains("is not a key"),
            "{wrong}: {errors}"
        );
    }
}

/// The invented country has another plan, other clocks, words and norm, and no clinics; what runs it is
/// the same program.
#[test]
fn another_policy_system_runs_from_its_files_alone() {
    let path = folder().join("elsewhere.toml");
    let scenario = scenario::load(&path, &[]).unwrap_or_else(|e| panic!("{e}"));
    let model = Model::from_scenario(&scenario).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(model.phases.names, ["green", "orange", "red"], "its phases");
    assert!(model.clinics.clinics.is_empty(), "no clinics");
    assert!(model.phases.threat.is_none(), "no notice");
    let experiment = Experiment::new(&model, 1);
    let records: Vec<_> = (0..8).map(|n| experiment.replicate(n)).collect();
    let sum = |policy: usize, measure: Measure| -> i64 {
        let of = |record: &ReplicationRecord| record.policies[policy].measure(measure);
        records.iter().map(of).sum()
    };
    let (alone, shared, protected) = (0, 1, 2);
    assert!(sum(shared, Measure::Days3) > 0, "red is reached");
    assert_eq!(sum(alone, Measure::TransfersBetween), 0, "each for itself");
    assert!(
        sum(shared, Measure::TransfersBetween) > 0,
        "patients are shared"
    );
    let displaced = |policy| sum(policy, Measure::Displaced);
    assert!(displaced(protected) < displaced(shared), "beds are kept");
    assert_eq!(sum(shared, Measure::Workers), 0, "nobody could be lent");
}

/// Admissions of a region of the small scenario in its 24 weeks: `n`, and in the tenth `tenth`.
fn weeks_of(region: &str, n: u32, tenth: u32) -> String {
    let weeks = (0..24).map(|week| if week == 9 { tenth } else { n });
    let weeks: Vec<String> = weeks.map(|n| n.to_string()).collect();
    format!("region.{region}.weekly_admissions=[{}]", weeks.join(","))
}

#[test]
fn regions_can_have_weeks_of_their_own_and_all_of_them_must() {
    let both = [weeks_of("coast", 30, 0), weeks_of("inland", 10, 0)];
    let both: Vec<&str> = both.iter().map(String::as_str).collect();
    let scenario = read(&small(), &both).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    let always = Model::from_scenario(&read(&small(), &[]).expect("sound")).expect("in range");
    let shares = &model.covid.regional_share;
    assert!((shares[0][0] - 0.75).abs() < 1e-9, "{:?}", shares[0]);
    assert_eq!(
        shares[9], always.covid.regional_share[9],
        "a week without patients"
    );
    let own: f64 = model.covid.admissions_of(0)[..7].iter().sum();
    let all: f64 = model.covid.daily_admissions[..7].iter().sum();
    assert!((own - 0.75 * all).abs() < 1e-9, "{own} of {all}");
    let found = violations(&small(), &both[..1]);
    assert_eq!(paths(&found), ["region[1].weekly_admissions"], "{found:?}");
    let short = ["region.coast.weekly_admissions=[1]", both[1]];
    let found = violations(&small(), &short);
    assert_eq!(paths(&found), ["region[0].weekly_admissions"], "{found:?}");
}

#[test]
fn patients_of_regions_at_the_start_add_up_to_those_of_the_country() {
    let census = |coast: &str, inland: &str, country: &str| {
        [
            format!("region.coast.census_at_start={coast}"),
            format!("region.inland.census_at_start={inland}"),
            format!("covid.census_at_start={country}"),
        ]
    };
    let found = |settings: &[String]| {
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        violations(&small(), &settings)
    };
    let (coast, inland) = ("{ ic = 9, ward = 30 }", "{ ic = 6, ward = 20 }");
    let sound = census(coast, inland, "{ ic = 15, ward = 50 }");
    assert_eq!(found(&sound), Vec::new(), "the sum");
    let wrong = found(&census(coast, inland, "{ ic = 16, ward = 50 }"));
    assert_eq!(paths(&wrong), ["covid.census_at_start"], "{wrong:?}");
    let many = census("{ ic = 300, ward = 30 }", inland, "{ ic = 306, ward = 50 }");
    let wrong = found(&many);
    assert_eq!(paths(&wrong), ["region[0].census_at_start.ic"], "{wrong:?}");
    let some = found(&[sound[0].clone(), sound[2].clone()]);
    assert!(
        paths(&some).contains(&"region[1].census_at_start"),
        "{some:?}"
    );
    let settings: Vec<&str> = sound.iter().map(String::as_str).collect();
    let scenario = read(&small(), &settings).expect("sound");
    let model = Model::from_scenario(&scenario).expect("in range");
    let start = model.study.window_start();
    for world in 0..20 {
        let days = Experiment::new(&model, 3).regional_days(world, 0);
        let on = |region| days.get(start, zorgdruk::units::RegionIdx(region));
        let both = on(0) + on(1);
        assert!(
            both.abs_diff(15) <= 8 && on(0) > on(1) / 2,
            "{both} in world {world}"
        );
    }
}

#[test]
fn beds_kept_by_phase_and_words_of_a_country_have_their_ranges() {
    for (setting, path) in [
        (
            "phases.phase[1].covid_beds_share=1.2",
            "phases.phase[1].covid_beds_share",
        ),
        (
            "words.region={ en = \"\", nl = \"streek\" }",
            "words.region.en",
        ),
        (
            "words.regions=\"a word that is much too long for any figure\"",
            "words.regions",
        ),
        (
            "words.committee={ en = \"a\", nl = \"b\", fr = \"\" }",
            "words.committee.fr",
        ),
    ] {
        let found = violations(&small(), &[setting]);
        assert_eq!(paths(&found), [path], "{found:?}");
    }
}
