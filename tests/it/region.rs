//! A region that was cut out of its country: it checks and runs, and is as the region was there.

use std::path::Path;

use zorgdruk::design::region::{Cut, CutError, cut};
use zorgdruk::model::Model;
use zorgdruk::report::{Data, Values};
use zorgdruk::run::plan::plan;
use zorgdruk::run::{CheckedScenario, Results, Unobserved};
use zorgdruk::scenario::{self, Scenario};
use zorgdruk::units::RegionIdx;

use crate::cli::{text, zorgdruk};
use crate::place::Place;

fn shipped(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    scenario::load(&path, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

fn model(scenario: &Scenario) -> Model {
    Model::from_scenario(scenario).expect("a sound scenario")
}

fn region_of(country: &Scenario, key: &str) -> (Scenario, Cut) {
    let cut = cut(country, key).unwrap_or_else(|error| panic!("{key}: {error}"));
    let scenario = scenario::parse(&cut.text, "region.toml");
    (scenario.unwrap_or_else(|errors| panic!("{errors}")), cut)
}

fn assert_close(one: f64, other: f64, part: f64, what: &str) {
    let is_close = (one - other).abs() <= part * one.abs().max(other.abs());
    assert!(is_close, "{what}: {one} in the country and {other} alone");
}

/// Expected patients of a hospital per day: acute ones, and those of each stream by its key.
fn patients(model: &Model, hospital: usize) -> Vec<(String, f64)> {
    let width = |cumulative: &[f64]| {
        cumulative[hospital] - hospital.checked_sub(1).map_or(0.0, |at| cumulative[at])
    };
    let acute: f64 = model.acute.daily_arrivals.iter().sum();
    let mut patients = vec![(
        "acute".to_owned(),
        acute * width(&model.acute.hospital_cumulative),
    )];
    for stream in &model.planned.specialties {
        let n = stream.daily_indications * width(&stream.hospital_cumulative);
        if n > 1e-9 {
            patients.push((stream.key.clone(), n));
        }
    }
    patients
}

#[test]
fn hospitals_of_a_region_have_the_patients_and_places_that_they_have_in_the_country() {
    for (name, keys) in [
        ("small", &["coast", "inland"][..]),
        ("nl-autumn-2021", &["noord", "noordwest", "limburg"]),
    ] {
        let scenario = shipped(name);
        let country = model(&scenario);
        for key in keys {
            let region = country.regions.iter().position(|one| one.key == *key);
            let region = RegionIdx::at(region.expect("a region"));
            let (own, _) = region_of(&scenario, key);
            let own = model(&own);
            assert_eq!(own.regions.len(), 1, "{key}");
            for (alone, there) in country.hospitals_of(region).enumerate() {
                let (one, other) = (&country.hospitals[there], &own.hospitals[alone]);
                let what = format!("{} of {name}", one.key);
                assert_eq!(
                    (&one.key, one.regular_beds, one.physical_beds, one.ic_slots),
                    (
                        &other.key,
                        other.regular_beds,
                        other.physical_beds,
                        other.ic_slots
                    ),
                    "{what}"
                );
                for (one, other) in patients(&country, there).iter().zip(patients(&own, alone)) {
                    assert_eq!(one.0, other.0, "{what}");
                    assert_close(one.1, other.1, 1e-4, &format!("{} at {what}", one.0));
                }
                let [teams, others] = [one, other].map(|one| f64::from(one.or_teams_milli));
                assert_close(teams, others, 0.005, &format!("teams of {what}"));
                let [wards, others] = [one, other].map(|one| f64::from(one.covid_ward_beds.0));
                assert!((wards - others).abs() <= 1.0, "ward beds of {what}");
                for class in 0..3 {
                    let of = |model: &Model, share: u32| {
                        model.sessions.daily_operations[class] * f64::from(share)
                    };
                    let one = of(&country, one.class_share[class]);
                    let other = of(&own, other.class_share[class]);
                    assert_close(one, other, 0.001, &format!("operations of {what}"));
                }
            }
        }
    }
}

#[test]
fn the_country_of_a_region_is_scaled_with_it() {
    let scenario = shipped("nl-autumn-2021");
    let country = model(&scenario);
    let (region, cut) = region_of(&scenario, "zuidwest");
    let own = model(&region);
    let sum = |model: &Model| model.covid.daily_admissions.iter().sum::<f64>();
    assert_close(0.1671 * sum(&country), sum(&own), 5e-4, "COVID admissions");
    let beds = 142.0 / 1_050.0;
    for (one, other) in country.phases.records.iter().zip(&own.phases.records) {
        let (one, other) = (
            f64::from(one.national_ic_beds),
            f64::from(other.national_ic_beds),
        );
        assert!(
            (beds * one - other).abs() < 3.0,
            "beds of a phase: {one} and {other}"
        );
    }
    let [ramp, alone] = [&country, &own].map(|one| f64::from(one.staff.ramp_milli_beds_per_day));
    assert_close(beds * ramp, alone, 0.01, "beds that open per day");
    assert!(
        cut.remarks[0].contains("16.7%") && cut.remarks[0].contains("13.5%"),
        "{cut:?}"
    );
    // Streams keep the time that all hospitals of the region have for them together.
    let minutes = |model: &Model, hospitals: core::ops::Range<usize>, stream: usize| -> f64 {
        let of_stream = |at: usize| f64::from(model.hospitals[at].stream_minutes[stream].per_day);
        hospitals.map(of_stream).sum()
    };
    for (stream, specialty) in country.planned.specialties.iter().enumerate() {
        let one = minutes(&country, country.hospitals_of(RegionIdx::at(8)), stream);
        let other = minutes(&own, 0..own.hospitals.len(), stream);
        assert_close(one, other, 0.01, &specialty.key);
    }
    let figures = region.figures_without_source();
    assert!(figures.is_empty(), "every figure has a source: {figures:?}");
}

#[test]
fn a_region_takes_its_own_weeks_and_patients_along() {
    let scenario = shipped("be-autumn-2020");
    let country = model(&scenario);
    for key in ["namur", "brussels"] {
        let at = country.regions.iter().position(|one| one.key == key);
        let at = at.expect("a province");
        let own = model(&region_of(&scenario, key).0);
        let weekly = |days: &[f64]| {
            let weeks = days.chunks_exact(7);
            weeks.map(|week| week.iter().sum()).collect::<Vec<f64>>()
        };
        let there = weekly(&country.covid.admissions_of(at));
        for (one, other) in there.iter().zip(weekly(&own.covid.daily_admissions)) {
            assert_close(*one, other, 1e-4, key);
        }
        let there = country.covid.regional_census[at];
        assert_eq!(own.covid.census_at_start, Some(there), "{key}");
        assert_eq!(own.covid.regional_census, [there], "{key}");
    }
}

#[test]
fn sets_that_fit_the_country_are_scaled_too() {
    let scenario = shipped("nl-autumn-2021");
    let (region, _) = region_of(&scenario, "noordwest");
    let own = model(&region);
    let sets = own.posterior.as_ref().expect("sets");
    assert_eq!(sets.sets.len(), 200, "all of them");
    let at_center = region.with(&sets.center_settings()).expect("sound values");
    assert_eq!(at_center.file, region.file, "its values are their center");
    let all = model(&scenario);
    let nation = all.posterior.as_ref().expect("sets");
    let spread = |sets: &zorgdruk::model::parameter_sets::ParameterSets| {
        let values = sets
            .values("acute.weekly_arrivals")
            .expect("a fitted figure");
        values[values.len() - 1] / values[0]
    };
    assert_close(spread(nation), spread(sets), 1e-4, "acute arrivals");
    let is_absent = |path: &str| !sets.paths.iter().any(|one| one == path);
    assert!(
        is_absent("planned.stream.cardiac.or_time_share"),
        "no heart center"
    );
    let study = zorgdruk::design::Study::new(&region, &[], 1).expect("a study");
    assert!(
        study.violations().is_empty(),
        "all ranges can be drawn: {:?}",
        study.violations()
    );
}

#[test]
fn a_region_is_refused_where_there_is_none() {
    let scenario = shipped("small");
    let said = |key: &str| match cut(&scenario, key) {
        Err(CutError::Region(message)) => message,
        other => panic!("{other:?}"),
    };
    assert!(
        said("cost").contains("did you mean \"coast\""),
        "{}",
        said("cost")
    );
    let (own, _) = region_of(&scenario, "coast");
    assert!(
        matches!(cut(&own, "coast"), Err(CutError::Region(_))),
        "there is no other"
    );
}

/// Sums over the window of the weeks of a region by world, for some measures.
fn sums(scenario: &Scenario, measures: &[&str], n: u32) -> Vec<Vec<f64>> {
    let mut checked = CheckedScenario::checked(Ok(scenario.clone())).expect("a sound scenario");
    let policy = "no-coordination".to_owned();
    checked
        .keep_policies(core::slice::from_ref(&policy))
        .expect("a policy");
    let mut plan = plan(&checked).expect("a plan");
    plan.n_replications = n;
    let results = Results::simulate(&checked, plan, &Unobserved).expect("results");
    let results = results.expect("nobody stops it");
    let weeks = results
        .table("worlds_region_week")
        .expect("worlds")
        .expect("a table");
    let texts = |name: &str| match &weeks.column(name).expect("a column").values {
        Values::Text(values) => values.iter().flatten().cloned().collect::<Vec<String>>(),
        other => panic!("{other:?}"),
    };
    let (policies, regions, parts) = (texts("policy"), texts("region"), texts("part"));
    let worlds = numbers(&weeks, "replication");
    let is_meant = |row: &usize| {
        policies[*row] == policy && regions[*row] == "coast" && parts[*row] == "window"
    };
    measures
        .iter()
        .map(|measure| {
            let values = numbers(&weeks, measure);
            let mut sums = vec![0.0; n as usize];
            for row in (0..values.len()).filter(is_meant) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a number of a world"
                )]
                let world = worlds[row] as usize;
                sums[world] += values[row];
            }
            sums
        })
        .collect()
}

fn numbers(data: &Data, name: &str) -> Vec<f64> {
    match &data.column(name).expect("a column").values {
        Values::Real(values) => values.iter().flatten().copied().collect(),
        Values::Whole(values) => values.iter().flatten().map(|n| *n as f64).collect(),
        other => panic!("{other:?}"),
    }
}

/// Mean and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

#[test]
fn where_nothing_is_moved_a_region_alone_fares_as_in_its_country() {
    const MEASURES: [&str; 5] = [
        "covid_ic_admissions",
        "bed_minutes_acute",
        "bed_minutes_staffed",
        "operated_ic_class_3",
        "operations_class_3",
    ];
    let scenario = shipped("small");
    let (region, _) = region_of(&scenario, "coast");
    let [there, alone] = [&scenario, &region].map(|one| sums(one, &MEASURES, 40));
    for ((measure, there), alone) in MEASURES.iter().zip(&there).zip(&alone) {
        let ((one, se), (other, other_se)) = (mean(there), mean(alone));
        // Four standard errors, and one part in fifty for what is rounded.
        let most = 4.0 * se.hypot(other_se) + 0.02 * one;
        assert!(
            (one - other).abs() <= most,
            "{measure}: {one} and {other}, {most} at most"
        );
    }
    assert!(
        mean(&there[0]).0 > 100.0,
        "there is a wave: {:?}",
        mean(&there[0])
    );
}

#[test]
fn the_program_cuts_out_a_region_that_checks_and_runs() {
    let place = Place::new();
    let file = place.name("coast.toml");
    let output = zorgdruk(&["region", "small", "coast", "--out", &file]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for expected in ["covid.weekly_admissions x 0.6000", "fair share", "55.0%"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let checked = zorgdruk(&["check", &file]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    let folder = place.name("run");
    let run = zorgdruk(&[
        "run",
        &file,
        "--replications",
        "2",
        "--no-figures",
        "--quiet",
        "--out",
        &folder,
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let again = zorgdruk(&["region", "small", "inland", "--out", &file]);
    assert_eq!(again.status.code(), Some(4), "{}", text(&again.stderr));
    let unknown = zorgdruk(&["region", "small", "inlnd"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", text(&unknown.stderr));
    let piped = zorgdruk(&["region", "small", "inland"]);
    assert!(
        text(&piped.stdout).contains("[[region]]"),
        "without a file it is printed"
    );
}
