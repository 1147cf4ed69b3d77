//! What must stay the same, or become a part, when a scenario changes in a known way.

use std::collections::BTreeSet;

use zorgdruk::engine::Simulator;
use zorgdruk::experiment::{Experiment, Measure, PolicyRecord};
use zorgdruk::model::Model;
use zorgdruk::outcome::{DayMeasure, Outcome, WeekMeasure};
use zorgdruk::units::{Day, HospitalIdx, SimTime};
use zorgdruk::world::{ArrivalKind, CovidPatient, World};

use crate::fixture::{Sample, constant, one_hospital, small};

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
        let x = ["coast", "inland", "added"]
            .iter()
            .position(|one| *one == key);
        let x = x.expect("a region");
        format!(
            "{{ key = \"{key}\", name = \"{key}\", population = 1, covid_share = {share:?}, fair_share = {share:?}, tile = [{x}, 0], lendable_workers = 5, hospital = [{}] }}",
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
        let old = |hospital: HospitalIdx| hospital.0 < 4;
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
        for day in [0, 30, 100].map(Day) {
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
            "{{ key = \"{key}\", name = \"{key}\", population = 600_000, covid_share = 0.5, fair_share = 0.5, tile = [{tile}, 0], lendable_workers = 8, hospital = [{{ key = \"{key}-1\", regular_beds = 25, physical_beds = 41, groups = [\"heart\"] }}, {{ key = \"{key}-2\", regular_beds = 10, physical_beds = 15 }}] }}"
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
            .map(|day| record.days.get(Day(day), DayMeasure::CovidWard))
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

/// The policies of the small scenario that name a day of their own, a year later.
const A_YEAR_LATER: [&str; 8] = [
    "study.window_start=2022-10-24",
    "covid.first_week=2022-09-05",
    "policy.framework-2020.framework_from=2021-10-19",
    "policy.supplement-2021.supplement_from=2022-11-17",
    "policy.supplement-2021.clinic_policy_from=2022-12-08",
    "policy.supplement-2021.finance.scheme_from=2022-12-05",
    "policy.supplement-2021.phase_calendar=[{from=\"2022-10-31\", phase=\"2C\"}]",
    "policies=[\"framework-2020\", \"supplement-2021\"]",
];
const AS_IT_WAS: [&str; 2] = [
    "policy.supplement-2021.phase_calendar=[{from=\"2021-11-01\", phase=\"2C\"}]",
    "policies=[\"framework-2020\", \"supplement-2021\"]",
];

#[test]
fn a_study_that_begins_a_year_later_gives_the_same_numbers() {
    let (now, later) = (small(&AS_IT_WAS), small(&A_YEAR_LATER));
    assert_ne!(now.study, later.study, "the dates differ");
    for replication in 0..2 {
        assert_eq!(
            Experiment::new(&now, SEED).replicate(replication),
            Experiment::new(&later, SEED).replicate(replication),
            "52 weeks later"
        );
    }
}

fn outcome(model: &Model, world: &World, policy: usize) -> Outcome {
    let simulator = Simulator::new(model);
    let state = simulator.burn_in(world);
    simulator.simulate(world, &model.schedule(&model.policies()[policy]), &state)
}

/// The same fate for each patient, and the same nation each day.
fn assert_same_fates(own: &Outcome, other: &Outcome, what: &str) {
    for (patient, pair) in own.planned.iter().zip(&other.planned).enumerate() {
        assert_eq!(pair.0, pair.1, "patient {patient} {what}");
    }
    assert_eq!(own.days, other.days, "the nation {what}");
}

/// Which days are called burn-in changes nothing as long as no document is in force in them, and loan
/// rounds, which count from the start of the window, fall on the same days.
#[test]
fn days_of_the_burn_in_can_belong_to_the_window() {
    let documents = [
        "policy.*.framework_from=2021-11-01",
        "policy.supplement-2021.supplement_from=2021-11-18",
        "clinics.round_days=7",
        "policy.*.hardest_beds_per_nurse=1",
        NO_SPREAD,
    ];
    let cut = |parts: [&str; 3]| small(&[&documents[..], &parts[..]].concat());
    let whole = cut([
        "study.window_start=2021-10-25",
        "study.burn_in_weeks=4",
        "study.window_weeks=8",
    ]);
    let early = cut([
        "study.window_start=2021-10-11",
        "study.burn_in_weeks=2",
        "study.window_weeks=10",
    ]);
    let world = World::draw(&whole, SEED, 0);
    let same_days = World {
        // They count what comes in the window.
        controls: world.controls,
        ..World::draw(&early, SEED, 0)
    };
    assert_eq!(world, same_days, "the same days");
    for (policy, record) in whole.policies().iter().enumerate() {
        let [whole, early] = [&whole, &early].map(|model| outcome(model, &world, policy));
        assert_same_fates(&whole, &early, &format!("under {}", record.key));
    }
}

/// A hospital where nobody comes and nobody works. All that it does is to sign, or not.
#[test]
fn an_idle_hospital_changes_nothing_for_the_others() {
    let hospitals = |rest: &str| {
        format!(
            "region[1].hospital=[{{ key = \"c\", regular_beds = 22, physical_beds = 36, groups = [\"heart\"] }}, {{ key = \"d\", regular_beds = 9, physical_beds = 14 }}{rest}]"
        )
    };
    let without = "policy.*.loans.trigger=never";
    let (before, after) = (
        small(&[&hospitals(""), without]),
        small(&[
            &hospitals(", { key = \"e\", regular_beds = 0, physical_beds = 0, weight = 0 }"),
            without,
        ]),
    );
    assert_eq!(after.hospitals.len(), 5, "one more");
    for replication in 0..3 {
        let worlds = [&before, &after].map(|model| World::draw(model, SEED, replication));
        assert_eq!(worlds[0].planned, worlds[1].planned, "the same patients");
        for (policy, record) in before.policies().iter().enumerate() {
            let [with_four, with_five] = [(&before, &worlds[0]), (&after, &worlds[1])]
                .map(|(model, world)| outcome(model, world, policy));
            let what = format!("under {} in replication {replication}", record.key);
            assert_same_fates(&with_four, &with_five, &what);
        }
    }
}

/// The two hospitals of a region in one order or in the other, in a world that goes with them.
/// Nobody is absent by chance, since absence is drawn by the position of a hospital, and bed places
/// are ample, since the first of equally empty hospitals takes who cannot stay. Places in the program
/// are given, since days that have one more differ by position.
#[test]
fn hospitals_that_swap_places_swap_their_fates() {
    let hospitals =
        |first: &str, second: &str| format!("region[0].hospital=[{{ {first} }}, {{ {second} }}]");
    let large = "key = \"a\", regular_beds = 28, physical_beds = 90, groups = [\"heart\"], ic_slots = [4, 4, 4, 3, 3]";
    let little = "key = \"b\", regular_beds = 11, physical_beds = 60, ic_slots = [1, 0, 1, 1, 0]";
    let calm = "staff.absence.sd=0";
    let models = [
        small(&[&hospitals(large, little), calm]),
        small(&[&hospitals(little, large), calm]),
    ];
    let world = World::draw(&models[0], SEED, 0);
    let mut swapped = world.clone();
    let swap = |hospital: &mut HospitalIdx| {
        hospital.0 = [1, 0].get(hospital.idx()).copied().unwrap_or(hospital.0);
    };
    swapped.covid.iter_mut().for_each(|p| swap(&mut p.hospital));
    swapped.acute.iter_mut().for_each(|p| swap(&mut p.hospital));
    swapped
        .planned
        .iter_mut()
        .for_each(|p| swap(&mut p.hospital));
    swapped.marks.compliance.swap(0, 1);
    let n_days = models[0].study.n_days();
    swapped.marks.report[..2 * n_days].rotate_left(n_days);
    let [own, mut other] = [
        outcome(&models[0], &world, 0),
        outcome(&models[1], &swapped, 0),
    ];
    other.planned.iter_mut().for_each(|p| swap(&mut p.hospital));
    assert_eq!(
        models[0].policies()[0].key,
        "no-coordination",
        "nobody decides for both"
    );
    assert_same_fates(&own, &other, "in the other order");
    assert_eq!(own.weeks, other.weeks, "regions add up to the same");
}

/// Stays end before the next morning, so that nobody stands in the way of anyone later. This is no law
/// of every patient: a cancelled date gives another patient a turn, and dates bind for some days.
#[test]
fn a_bed_more_never_lets_more_planned_patients_wait_too_long() {
    let n_weeks = 9;
    let too_long = |beds: u32, replication: u32| -> usize {
        let hospital = format!(
            "region[0].hospital=[{{ key = \"h\", regular_beds = {beds}, physical_beds = {beds}, or_teams = 20, ic_slots = [6, 6, 6, 6, 6] }}]"
        );
        let model = one_hospital(&[
            &hospital,
            &constant("covid.weekly_admissions", 3.0, n_weeks),
            "planned.norm_days=[7, 14, 90, 180]",
            "planned.stream[0].weekly_indications=18",
            "planned.stream[0].ic_stay={ fixed = { days = 0.5 } }",
        ]);
        let world = World::draw(&model, SEED, replication);
        let patients = outcome(&model, &world, 0).planned;
        let late = patients
            .iter()
            .filter(|patient| patient.status.is_over_norm());
        late.count()
    };
    let mut fewer = 0;
    for replication in 0..20 {
        let late = [6, 7, 8, 12].map(|beds| too_long(beds, replication));
        assert!(
            late.is_sorted_by(|few, many| few >= many),
            "late with more beds: {late:?}"
        );
        fewer += late[0] - late[3];
    }
    assert!(fewer > 200, "beds matter: {fewer} patients");
}
