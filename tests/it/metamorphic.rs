//! What must stay the same, or become a part, when a scenario changes in a known way.

use std::collections::BTreeSet;

use zorgdruk::experiment::{Experiment, Measure, PolicyRecord};
use zorgdruk::model::Model;
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::units::SimTime;
use zorgdruk::world::{ArrivalKind, CovidPatient, World};

use crate::fixture::{Sample, constant, small};

const SEED: u64 = 23;
/// Neither size nor timing nor regions differ between waves.
const NO_SPREAD: &str = "covid.spread={ size_sd_log = 0, timing_sd_days = 0, ramp_days = 0, regional_rho = 0, regional_sd_log = 0 }";

/// COVID patients with the moment of arrival, in the order of the world.
fn covid(world: &World) -> Vec<(SimTime, CovidPatient)> {
    let mut patients: Vec<(SimTime, CovidPatient, u32)> = world
        .arrivals
        .iter()
        .filter(|arrival| arrival.kind == ArrivalKind::Covid)
        .map(|arrival| {
            (
                arrival.time,
                world.covid[arrival.patient as usize],
                arrival.patient,
            )
        })
        .collect();
    patients.sort_unstable_by_key(|(_, _, position)| *position);
    patients
        .into_iter()
        .map(|(time, patient, _)| (time, patient))
        .collect()
}

/// The wave of the small scenario, made a fraction of what it is.
fn wave(part: f64) -> String {
    let weekly = [
        25.0, 25.0, 25.0, 25.0, 30.0, 40.0, 50.0, 75.0, 100.0, 130.0, 150.0, 160.0, 140.0, 110.0,
        80.0, 60.0, 45.0, 35.0, 30.0, 25.0, 25.0, 25.0, 25.0, 25.0,
    ];
    format!(
        "covid.weekly_admissions={:?}",
        weekly.map(|n: f64| n * part)
    )
}

#[test]
fn patients_who_are_there_at_the_start_are_no_admissions() {
    let model = |ic: u32| {
        let census = format!("covid.census_at_start={{ ic = {ic}, ward = 0 }}");
        small(&[&wave(1.0), NO_SPREAD, "study.burn_in_weeks=0", &census])
    };
    let (few, many) = (model(4), model(16));
    for replication in 0..10 {
        let first_week = |model: &Model| {
            let record = Experiment::new(model, SEED).replicate(replication);
            record.policies[0].national(0, WeekMeasure::CovidIcAdmissions)
        };
        assert_eq!(first_week(&few), first_week(&many), "world {replication}");
    }
}

#[test]
fn a_thinned_wave_is_a_subset_of_the_full_one() {
    let (full, half, tenth) = (
        small(&[&wave(1.0)]),
        small(&[&wave(0.5)]),
        small(&[&wave(0.1)]),
    );
    for replication in 0..10 {
        let [full, half, tenth] =
            [&full, &half, &tenth].map(|model| World::draw(model, SEED, replication));
        let [all, some, few] = [&full, &half, &tenth].map(covid);
        assert!(
            some.iter().all(|patient| all.contains(patient)),
            "half of the wave"
        );
        assert!(
            few.iter().all(|patient| some.contains(patient)),
            "a tenth of the wave"
        );
        let part = some.len() as f64 / all.len() as f64;
        assert!((0.4..0.6).contains(&part), "about half: {part}");
        assert_eq!(
            (&full.acute, &full.planned),
            (&half.acute, &half.planned),
            "the others stay as they are"
        );
    }
}

#[test]
fn a_thinned_stream_of_planned_patients_is_a_subset_of_the_full_one() {
    let (full, half) = (
        small(&[]),
        small(&[
            "planned.stream[0].weekly_indications=10",
            "acute.weekly_arrivals=50",
        ]),
    );
    for replication in 0..10 {
        let [full, half] = [&full, &half].map(|model| World::draw(model, SEED, replication));
        assert!(
            half.planned
                .iter()
                .all(|patient| full.planned.contains(patient)),
            "planned patients"
        );
        let other = |world: &World| {
            world
                .planned
                .iter()
                .filter(|patient| patient.specialty == 1)
                .count()
        };
        assert_eq!(other(&full), other(&half), "the other stream stays whole");
        assert!(
            half.acute.len() < full.acute.len() && half.planned.len() < full.planned.len(),
            "there are fewer"
        );
    }
}

/// The small scenario with, or without, a third region that doubles the country.
fn with_third_region(is_added: bool) -> Model {
    if !is_added {
        return small(&[NO_SPREAD]);
    }
    let hospital = |key: &str, beds: u32, groups: &str| {
        format!(
            "{{ key = \"{key}\", regular_beds = {beds}, physical_beds = {} {groups} }}",
            beds * 2
        )
    };
    let region = |key: &str, share: f64, hospitals: [String; 2]| {
        format!(
            "{{ key = \"{key}\", name = \"R\", population = 1, covid_share = {share:?}, fair_share = {share:?}, tile = [0, 0], lendable_workers = 5, hospital = [{}] }}",
            hospitals.join(",")
        )
    };
    let heart = ", groups = [\"heart\"]";
    let regions = [
        region(
            "coast",
            0.3,
            [hospital("a", 28, heart), hospital("b", 11, "")],
        ),
        region(
            "inland",
            0.2,
            [hospital("c", 22, heart), hospital("d", 9, "")],
        ),
        region(
            "added",
            0.5,
            [hospital("e", 50, heart), hospital("f", 20, "")],
        ),
    ];
    let regions = format!("region=[{}]", regions.join(","));
    let wave = wave(2.0);
    small(&[
        NO_SPREAD,
        &regions,
        &wave,
        "acute.weekly_arrivals=150",
        "planned.stream[0].weekly_indications=40",
        "planned.stream[1].weekly_indications=52",
    ])
}

#[test]
fn a_region_added_at_the_end_leaves_all_others_as_they_were() {
    let (before, after) = (with_third_region(false), with_third_region(true));
    for replication in 0..10 {
        let (before, after) = (
            World::draw(&before, SEED, replication),
            World::draw(&after, SEED, replication),
        );
        let old = |hospital: zorgdruk::units::HospitalIdx| hospital.0 < 4;
        let kept: Vec<_> = covid(&after)
            .into_iter()
            .filter(|(_, patient)| old(patient.hospital))
            .collect();
        assert_eq!(kept, covid(&before), "COVID patients");
        let kept: Vec<_> = after
            .acute
            .iter()
            .filter(|patient| old(patient.hospital))
            .collect();
        assert!(kept.iter().copied().eq(&before.acute), "acute patients");
        let kept: Vec<_> = after
            .planned
            .iter()
            .filter(|patient| old(patient.hospital))
            .collect();
        assert!(kept.iter().copied().eq(&before.planned), "planned patients");
        assert!(
            after.covid.len() > before.covid.len(),
            "the region has patients of its own"
        );
        assert_eq!(
            before.marks.compliance,
            after.marks.compliance[..4],
            "marks of hospitals"
        );
        for day in [0, 30, 100].map(zorgdruk::units::Day) {
            let region = zorgdruk::units::RegionIdx(1);
            let errors = [&before, &after].map(|world| world.forecast_error.regional(region, day));
            assert_eq!(errors[0], errors[1], "forecast errors");
            let national = [&before, &after].map(|world| world.forecast_error.national(day));
            assert_eq!(national[0], national[1], "the national forecast error");
        }
    }
}

#[test]
fn names_and_places_on_paper_change_no_number() {
    let model = small(&[]);
    let mut renamed = small(&[
        "region[0].key=north",
        "region[0].name=North",
        "region[1].name=South",
        "region[0].hospital[0].key=hospital-one",
        "region[1].hospital[1].name=Hospital four",
        "planned.stream[0].key=cardiac",
        "title=Another title",
        "key=another-key",
    ]);
    let own = Experiment::new(&model, SEED).replicate(0);
    assert_eq!(
        own,
        Experiment::new(&renamed, SEED).replicate(0),
        "other names"
    );
    renamed = small(&["staff.workforce_share=0.8"]);
    assert_ne!(
        own,
        Experiment::new(&renamed, SEED).replicate(0),
        "a number does matter"
    );
}

/// Draws are keyed by a region's position, so that regions that swap places swap their draws too:
/// records of mirrored scenarios are alike in law, not number by number. With two identical regions
/// the law says that each has the same mean.
#[test]
fn identical_regions_fare_alike() {
    let region = |key: &str, tile: u32| {
        format!(
            "{{ key = \"{key}\", name = \"R\", population = 600_000, covid_share = 0.5, fair_share = 0.5, tile = [{tile}, 0], lendable_workers = 8, hospital = [{{ key = \"{key}-1\", regular_beds = 25, physical_beds = 41, groups = [\"heart\"] }}, {{ key = \"{key}-2\", regular_beds = 10, physical_beds = 15 }}] }}"
        )
    };
    let regions = format!("region=[{}, {}]", region("a", 0), region("b", 1));
    let model = small(&[&regions]);
    let experiment = Experiment::new(&model, SEED);
    let difference = |record: &PolicyRecord, position: usize| -> f64 {
        let total = |region: usize| -> i64 {
            (0..model.study.n_weeks())
                .map(|week| record.regional(region, week, position))
                .sum()
        };
        (total(0) - total(1)) as f64
    };
    let measured = [
        WeekMeasure::BedMinutesCovid,
        WeekMeasure::BedMinutesPlanned,
        WeekMeasure::DisruptionsClass3,
        WeekMeasure::CovidIcAdmissions,
        WeekMeasure::BedMinutesStaffed,
    ];
    let records: Vec<PolicyRecord> = (0..60)
        .map(|replication| experiment.replicate(replication).policies.swap_remove(1))
        .collect();
    for measure in measured {
        let regional = zorgdruk::experiment::record::REGIONAL;
        let position = regional
            .iter()
            .position(|other| *other == measure)
            .expect("kept by region");
        let sample = Sample(
            records
                .iter()
                .map(|record| difference(record, position))
                .collect(),
        );
        assert!(sample.variance() > 0.0, "{measure:?} differs by chance");
        assert!(
            sample.z(0.0).abs() < 5.0,
            "{measure:?}: z {}",
            sample.z(0.0)
        );
    }
}

#[test]
fn nobody_needs_the_ic_when_no_share_does() {
    let model = small(&[&constant("covid.weekly_ic_share", 0.0, 24)]);
    for record in Experiment::new(&model, SEED).replicate(1).policies {
        assert_eq!(
            record.measures[Measure::PeakCovidIc.idx()],
            0,
            "no COVID patient on the IC"
        );
        assert_eq!(
            record.measures[Measure::CovidIcAdmissions.idx()],
            0,
            "none came to need it"
        );
        let on_the_ward = (0..140)
            .map(|day| {
                record
                    .days
                    .get(zorgdruk::units::Day(day), DayMeasure::CovidWard)
            })
            .max();
        assert!(
            on_the_ward > Some(50),
            "the ward has patients: {on_the_ward:?}"
        );
    }
}

/// A gradient of scarcity, not a law of each world: with fewer nurses more care is displaced.
#[test]
fn fewer_nurses_displace_more_care() {
    let displaced = |share: &str| -> i64 {
        let model = small(&[share]);
        let experiment = Experiment::new(&model, SEED);
        (0..10)
            .map(|replication| {
                experiment.replicate(replication).policies[1].measures[Measure::Displaced.idx()]
            })
            .sum()
    };
    let shares = [
        "staff.workforce_share=1.3",
        "staff.workforce_share=0.9",
        "staff.workforce_share=0.6",
    ]
    .map(displaced);
    assert!(
        shares[0] < shares[1] && shares[1] < shares[2],
        "displaced at 1.3, 0.9 and 0.6: {shares:?}"
    );
}

#[test]
fn another_seed_gives_other_worlds_and_a_replication_its_own() {
    let model = small(&["study.window_weeks=1", "study.follow_up_weeks=6"]);
    let mut seen = BTreeSet::new();
    for seed in [1, 2, u64::MAX] {
        for replication in [0, 1, 2, u32::MAX] {
            let world = World::draw(&model, seed, replication);
            let times: Vec<SimTime> = world.arrivals.iter().map(|arrival| arrival.time).collect();
            assert!(seen.insert(times), "seed {seed}, replication {replication}");
        }
    }
}
