//! Worlds: what is drawn lies in its range, follows its law, and meets the observed census.

use zorgdruk::model::Model;
use zorgdruk::units::{Day, HospitalIdx, MINUTES_PER_DAY, RegionIdx, SimTime, UrgencyClass};
use zorgdruk::world::{Arrival, ArrivalKind, Control, CovidPatient, PlannedPatient, World};

use crate::fixture::{Sample, constant, one_hospital, regions, small};

const SEED: u64 = 7;
/// Overrides that leave COVID patients only, so that many worlds are drawn in a short time.
const NO_OTHERS: [&str; 2] = ["acute.weekly_arrivals=0", "planned.stream=[]"];

fn worlds(model: &Model, n: u32) -> impl Iterator<Item = World> {
    (0..n).map(|replication| World::draw(model, SEED, replication))
}

fn arrivals(world: &World, kind: ArrivalKind) -> impl Iterator<Item = &Arrival> {
    world
        .arrivals
        .iter()
        .filter(move |arrival| arrival.kind == kind)
}

/// Minutes until the IC and the end of the IC stay, ward and IC of a patient at `since` minutes.
fn place_after(patient: &CovidPatient, since: u32) -> Place {
    let ic_from = patient.first_ward.0;
    let ic_until = ic_from + patient.ic.0;
    match since {
        s if s < ic_from => Place::Ward,
        s if s < ic_until => Place::Ic,
        s if s < ic_until + patient.second_ward.0 => Place::Ward,
        _ => Place::Gone,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Ward,
    Ic,
    Gone,
}

/// COVID patients who came before `moment`, each with the arrival and the place at `moment`.
fn whereabouts(world: &World, moment: SimTime) -> Vec<(Arrival, CovidPatient, Place)> {
    arrivals(world, ArrivalKind::Covid)
        .filter(|arrival| arrival.time < moment)
        .map(|arrival| {
            let patient = world.covid[arrival.patient as usize];
            (
                *arrival,
                patient,
                place_after(&patient, moment.since(arrival.time).0),
            )
        })
        .collect()
}

fn at(places: &[(Arrival, CovidPatient, Place)], place: Place) -> Vec<(SimTime, CovidPatient)> {
    let there = places.iter().filter(|entry| entry.2 == place);
    there
        .map(|(arrival, patient, _)| (arrival.time, *patient))
        .collect()
}

#[test]
fn a_world_is_a_function_of_model_seed_and_replication() {
    let model = small(&[]);
    let world = World::draw(&model, 1, 3);
    assert_eq!(world, World::draw(&model, 1, 3), "drawn twice");
    assert_ne!(world.covid, World::draw(&model, 2, 3).covid, "another seed");
    assert_ne!(
        world.covid,
        World::draw(&model, 1, 4).covid,
        "another replication"
    );
}

#[test]
fn every_arrival_lies_in_the_study_and_every_patient_arrives_once() {
    let model = small(&[]);
    for world in worlds(&model, 20) {
        assert!(
            world.arrivals.is_sorted(),
            "in the order in which they happen"
        );
        assert!(
            world
                .arrivals
                .iter()
                .all(|arrival| arrival.time < model.study.end_time()),
            "before the end"
        );
        for (kind, n) in [
            (ArrivalKind::Covid, world.covid.len()),
            (ArrivalKind::Acute, world.acute.len()),
            (ArrivalKind::Planned, world.planned.len()),
        ] {
            let mut patients: Vec<usize> = arrivals(&world, kind)
                .map(|arrival| arrival.patient as usize)
                .collect();
            patients.sort_unstable();
            assert!(
                patients.into_iter().eq(0..n),
                "{kind:?} patients arrive once each"
            );
        }
        let marks = world.arrivals.iter().map(|arrival| arrival.mark);
        assert!(marks.max() < Some(4_096), "ties fit in a key");
    }
}

#[test]
fn planned_patients_can_be_offered_a_date_within_their_norm() {
    let model = small(&[]);
    for world in worlds(&model, 20) {
        for patient in &world.planned {
            let norm = model.planned.norm_days[patient.class.idx()];
            let came = i64::from(patient.indicated.0) - i64::from(patient.waited_before.0);
            let day = came.div_euclid(i64::from(MINUTES_PER_DAY));
            let due = (day + i64::from(norm)).max(0);
            assert_eq!(
                i64::from(patient.due.0),
                due,
                "due {norm} days after day {day}"
            );
            assert!(day.rem_euclid(7) < 5, "indicated on a weekday: {day}");
            let minute = came.rem_euclid(i64::from(MINUTES_PER_DAY));
            assert!((540..1_020).contains(&minute), "in office hours: {minute}");
            let latest = norm
                .saturating_sub(model.planned.offer_days_before_norm)
                .max(1);
            assert!(
                i64::from(patient.ready.0) <= (day + i64::from(latest) + 1).max(0),
                "ready in time"
            );
            let region = &model.regions[patient.region.idx()];
            assert!(
                region.hospitals.contains(&patient.hospital.0),
                "a hospital of its region"
            );
        }
    }
}

#[test]
fn heart_surgery_is_indicated_only_in_heart_centers() {
    let model = small(&[]);
    let mut n = 0;
    for world in worlds(&model, 10) {
        for patient in world
            .planned
            .iter()
            .filter(|patient| patient.specialty == 0)
        {
            assert!(
                [0, 2].contains(&patient.hospital.0),
                "hospital {:?}",
                patient.hospital
            );
            n += 1;
        }
    }
    assert!(n > 1_000, "some heart patients: {n}");
}

#[test]
fn classes_and_hospitals_are_drawn_in_their_shares() {
    let model = small(&[]);
    let (mut heart, mut critical) = (0.0, 0.0);
    let (mut acute, mut first) = (0.0, 0.0);
    for world in worlds(&model, 60) {
        for patient in world
            .planned
            .iter()
            .filter(|patient| patient.specialty == 0 && patient.waited_before.0 == 0)
        {
            heart += 1.0;
            critical += f64::from(u8::from(patient.class == UrgencyClass::KritiekPlanbareZorg));
        }
        for patient in &world.acute {
            acute += 1.0;
            first += f64::from(u8::from(patient.hospital == HospitalIdx(0)));
        }
    }
    let z = |part: f64, whole: f64, share: f64| {
        (part - whole * share) / (whole * share * (1.0 - share)).sqrt()
    };
    assert!(
        z(critical, heart, 0.6).abs() < 5.0,
        "{critical} of {heart} in class 3"
    );
    let share = model.acute.hospital_cumulative[0];
    assert!(
        z(first, acute, share).abs() < 5.0,
        "{first} of {acute} in the first hospital, for {share}"
    );
}

#[test]
fn without_a_spread_every_day_has_its_expected_admissions() {
    let (burn_in, wave) = (
        "study.burn_in_weeks=1",
        constant("covid.weekly_admissions", 70.0, 10),
    );
    let share = constant("covid.weekly_ic_share", 1.0, 10);
    let model = one_hospital(&[burn_in, "covid.first_week=2021-09-27", &wave, &share]);
    let n = 400;
    let mut per_day = vec![0_u32; model.study.n_days()];
    for world in worlds(&model, n) {
        for arrival in arrivals(&world, ArrivalKind::Covid) {
            per_day[arrival.time.day().idx()] += 1;
        }
    }
    let expected = 10.0 * f64::from(n);
    for (day, count) in per_day.into_iter().enumerate() {
        let z = (f64::from(count) - expected) / expected.sqrt();
        assert!(z.abs() < 5.0, "{count} patients on day {day}, z {z}");
    }
}

#[test]
fn a_spread_moves_the_wave_but_not_what_came_before_the_window() {
    let size = "covid.spread={ size_sd_log = 0.5, timing_sd_days = 5, ramp_days = 14, regional_rho = 0, regional_sd_log = 0 }";
    let none = "covid.spread={ size_sd_log = 0, timing_sd_days = 0, ramp_days = 0, regional_rho = 0, regional_sd_log = 0 }";
    let (wide, narrow) = (small(&[size]), small(&[none]));
    let start = wide.study.window_start().start();
    let mut changed = 0;
    for (wide, narrow) in worlds(&wide, 10).zip(worlds(&narrow, 10)) {
        let before = |world: &World| at(&whereabouts(world, start), Place::Ic);
        assert_eq!(
            before(&wide),
            before(&narrow),
            "nothing is known of the wave before the window"
        );
        changed += u32::from(wide.covid != narrow.covid);
    }
    assert_eq!(changed, 10, "afterwards each wave differs");
}

#[test]
fn stays_drift_with_the_wave_and_from_week_to_week() {
    let spread = |level: f64, drift: f64| {
        format!(
            "covid.spread={{ size_sd_log = 0, timing_sd_days = 0, ramp_days = 0, regional_rho = 0, regional_sd_log = 0, stay_sd_log = {level:?}, stay_drift_sd_log = {drift:?}, stay_drift_rho = 0.5 }}"
        )
    };
    let fixed = "covid.ic_stay={ fixed = { days = 10 } }";
    // Log factors of IC stays by world, in the order of their patients.
    let logs = |level: f64, drift: f64| -> Vec<Vec<f64>> {
        let model = small(&[
            fixed,
            &spread(level, drift),
            "covid.census_at_start={ ic = 0, ward = 0 }",
        ]);
        let of_patient = |patient: &CovidPatient| {
            let whole = patient.needs_ic && patient.first_ward.0 > 0;
            whole.then(|| libm::log(f64::from(patient.ic.0) / 14_400.0))
        };
        let worlds = worlds(&model, 60);
        worlds
            .map(|world| world.covid.iter().filter_map(of_patient).collect())
            .collect()
    };
    assert!(
        logs(0.0, 0.0).iter().flatten().all(|log| log.abs() < 1e-4),
        "none"
    );
    let of_wave = logs(0.3, 0.0).into_iter().map(|world| {
        assert!(
            world.iter().all(|log| (log - world[0]).abs() < 1e-3),
            "one a wave"
        );
        world[0]
    });
    let of_wave = Sample(of_wave.collect());
    assert!(
        of_wave.z(0.0).abs() < 4.0,
        "the median is that of the scenario"
    );
    assert!(
        (of_wave.variance().sqrt() - 0.3).abs() < 0.1,
        "{}",
        of_wave.variance()
    );
    let weeks = logs(0.0, 0.3);
    let within = weeks
        .iter()
        .filter(|world| world.iter().any(|log| (log - world[0]).abs() > 0.05));
    assert!(within.count() > 50, "weeks differ");
}

#[test]
fn the_level_of_acute_care_differs_between_worlds() {
    let n = |sd: f64| {
        let model = small(&[&format!("acute.level_sd_log={sd:?}")]);
        Sample(
            worlds(&model, 60)
                .map(|world| world.acute.len() as f64)
                .collect(),
        )
    };
    let (alike, apart) = (n(0.0), n(0.3));
    let median = alike.mean();
    assert!(
        (apart.variance().sqrt() / median - 0.3).abs() < 0.12,
        "{}",
        apart.variance()
    );
    assert!(alike.variance().sqrt() / median < 0.06, "chance alone");
}

#[test]
fn the_census_at_the_start_is_met_exactly() {
    for (ic, ward) in [(0, 0), (1, 0), (9, 31), (14, 50)] {
        let census = format!("covid.census_at_start={{ ic = {ic}, ward = {ward} }}");
        let model = small(&[&census]);
        for world in worlds(&model, 40) {
            let places = whereabouts(&world, model.study.window_start().start());
            let found = (at(&places, Place::Ic).len(), at(&places, Place::Ward).len());
            assert_eq!(found, (ic, ward), "replication {}", world.replication);
        }
    }
}

#[test]
fn a_larger_census_adds_patients_and_changes_nobody() {
    let census = |ic: u32, ward: u32| {
        small(&[&format!(
            "covid.census_at_start={{ ic = {ic}, ward = {ward} }}"
        )])
    };
    let (few, many) = (census(8, 30), census(15, 52));
    let start = few.study.window_start().start();
    for (few, many) in worlds(&few, 20).zip(worlds(&many, 20)) {
        let (small, large) = (whereabouts(&few, start), whereabouts(&many, start));
        assert_eq!(
            at(&small, Place::Gone),
            at(&large, Place::Gone),
            "those who left do not depend on it"
        );
        for place in [Place::Ic, Place::Ward] {
            let large = at(&large, place);
            assert!(
                at(&small, place)
                    .iter()
                    .all(|patient| large.contains(patient)),
                "{place:?} of the smaller census"
            );
        }
        let after = |world: &World| -> Vec<(SimTime, CovidPatient)> {
            let later = arrivals(world, ArrivalKind::Covid).filter(|arrival| arrival.time >= start);
            later
                .map(|arrival| (arrival.time, world.covid[arrival.patient as usize]))
                .collect()
        };
        assert_eq!(
            after(&few),
            after(&many),
            "those to come do not depend on it"
        );
        assert_eq!(few.planned, many.planned, "nor do planned patients");
    }
}

/// One hospital with a constant stream onto the IC and a census to start from, after a year.
fn stationary_ic(census: u32) -> Model {
    let wave = constant("covid.weekly_admissions", 35.0, 62);
    let share = constant("covid.weekly_ic_share", 1.0, 62);
    one_hospital(&[
        "study.burn_in_weeks=1",
        "covid.first_week=2020-09-28",
        "covid.ic_stay={ gamma = { mean_days = 12, shape = 2 } }",
        &format!("covid.census_at_start={{ ic = {census}, ward = 0 }}"),
        &wave,
        &share,
    ])
}

/// Survival of a gamma stay with mean 12 and shape 2.
fn gamma_survival(days: f64) -> f64 {
    libm::exp(-days / 6.0) * (1.0 + days / 6.0)
}

/// Patients met in a stationary stream have the residual stay of renewal theory: mean
/// E S² / 2 E S, second moment E S³ / 3 E S (Cox, *Renewal Theory*, 1962).
#[test]
fn patients_present_at_the_start_have_residual_stays_not_fresh_ones() {
    let model = stationary_ic(60);
    let start = model.study.window_start().start();
    let mut residual = Sample::default();
    let mut ranks = Sample::default();
    for world in worlds(&model, 300) {
        for (came, patient) in at(&whereabouts(&world, start), Place::Ic) {
            let elapsed = start.since(came).as_days();
            let left = patient.ic.as_days() - elapsed;
            residual.0.push(left);
            if came > SimTime(0) {
                ranks
                    .0
                    .push(gamma_survival(elapsed + left) / gamma_survival(elapsed));
            }
        }
    }
    assert_eq!(residual.0.len(), 18_000, "sixty in each world");
    let z = (residual.mean() - 9.0) / (63.0 / residual.n()).sqrt();
    assert!(z.abs() < 5.0, "mean {} for 9, z {z}", residual.mean());
    let fresh = (residual.mean() - 12.0) / (72.0 / residual.n()).sqrt();
    assert!(fresh < -20.0, "fresh stays are told apart: z {fresh}");
    let still = residual.0.iter().filter(|days| **days > 7.0).count() as f64 / residual.n();
    // 1 - ∫ S from 0 to 7, divided by the mean.
    let there = 1.0 - (12.0 * -libm::expm1(-7.0 / 6.0) - 7.0 * libm::exp(-7.0 / 6.0)) / 12.0;
    let z = (still - there) / (there * (1.0 - there) / residual.n()).sqrt();
    assert!(
        z.abs() < 5.0,
        "{still} still there after a week, for {there}"
    );
    assert!(
        ranks.0.len() > 5_000,
        "patients of the last week: {}",
        ranks.0.len()
    );
    let z = (ranks.mean() - 0.5) / (1.0 / 12.0 / ranks.n()).sqrt();
    assert!(
        z.abs() < 5.0,
        "given what has elapsed, ranks are uniform: mean {}",
        ranks.mean()
    );
    let z = (ranks.variance() - 1.0 / 12.0) / (1.0 / 180.0 / ranks.n()).sqrt();
    assert!(
        z.abs() < 5.0,
        "given what has elapsed, ranks are uniform: variance {}",
        ranks.variance()
    );
}

#[test]
fn a_longer_mean_stay_lengthens_every_stay_and_changes_nothing_else() {
    let (short, long) = (
        small(&[]),
        small(&["covid.ic_stay={ gamma = { mean_days = 21, shape = 1.5 } }"]),
    );
    let start = SimTime(1);
    for (short, long) in worlds(&short, 5).zip(worlds(&long, 5)) {
        let fresh = |world: &World| -> Vec<CovidPatient> {
            let later = arrivals(world, ArrivalKind::Covid).filter(|arrival| arrival.time >= start);
            later
                .map(|arrival| world.covid[arrival.patient as usize])
                .collect()
        };
        let (short_stays, long_stays) = (fresh(&short), fresh(&long));
        assert_eq!(short_stays.len(), long_stays.len(), "the same patients");
        for (short, long) in short_stays.iter().zip(&long_stays) {
            let same = CovidPatient {
                ic: short.ic,
                ..*long
            };
            assert_eq!(*short, same, "only the IC stay differs");
            assert!(short.ic <= long.ic, "no stay gets shorter");
        }
        assert_eq!(short.acute, long.acute, "other lines are untouched");
    }
}

#[test]
fn stays_of_those_who_die_differ_and_the_mean_over_all_does_not() {
    let share = constant("covid.weekly_ic_share", 1.0, 24);
    let wave = constant("covid.weekly_admissions", 400.0, 24);
    let stay = "covid.ic_stay={ exponential = { mean_days = 12 } }";
    let model = |ratio| {
        let mut all = vec![stay, share.as_str(), wave.as_str(), ratio];
        all.extend(NO_OTHERS);
        small(&all)
    };
    let (same, differ) = (
        model("covid.death_stay_ratio=1"),
        model("covid.death_stay_ratio=0.5"),
    );
    // Those who live stay 12 days over 0.72 + 0.28 / 2, those who die half of that.
    let longer = 12.0 / 0.86;
    let (mut of_dead, mut of_living, mut of_all) =
        (Sample::default(), Sample::default(), Sample::default());
    for (same, differ) in worlds(&same, 3).zip(worlds(&differ, 3)) {
        let window = |arrival: &&Arrival| arrival.time > SimTime(0);
        let stays = |world: &World| -> Vec<CovidPatient> {
            let fresh = arrivals(world, ArrivalKind::Covid).filter(window);
            fresh
                .map(|arrival| world.covid[arrival.patient as usize])
                .collect()
        };
        for (before, after) in stays(&same).iter().zip(stays(&differ)) {
            assert_eq!(
                before.survives_ic, after.survives_ic,
                "the same patients die"
            );
            let one = if after.survives_ic {
                &mut of_living
            } else {
                &mut of_dead
            };
            one.0.push(after.ic.as_days());
            of_all.0.push(after.ic.as_days());
        }
    }
    for (found, mean) in [
        (&of_dead, longer / 2.0),
        (&of_living, longer),
        (&of_all, 12.0),
    ] {
        let z = (found.mean() - mean) / (found.variance() / found.n()).sqrt();
        assert!(z.abs() < 4.0, "{} for {mean}, z {z}", found.mean());
    }
}

/// The small scenario with `share` of those who leave the IC alive coming back to it.
fn with_returns(share: f64, settings: &[&str]) -> Model {
    let stay = "{ exponential = { mean_days = 4 } }";
    let again =
        format!("covid.readmission={{ share = {share:?}, ward_stay = {stay}, ic_stay = {stay} }}");
    small(&[&[again.as_str()], settings].concat())
}

#[test]
fn some_who_leave_the_ic_alive_come_back_and_nobody_else_changes() {
    let (without, with) = (small(&[]), with_returns(0.2, &[]));
    let (mut alive, mut back) = (0.0, 0.0);
    for (without, with) in worlds(&without, 20).zip(worlds(&with, 20)) {
        let fresh = |world: &World| -> Vec<CovidPatient> {
            let later = arrivals(world, ArrivalKind::Covid).filter(|came| came.time > SimTime(0));
            later
                .map(|arrival| world.covid[arrival.patient as usize])
                .collect()
        };
        for (before, after) in fresh(&without).into_iter().zip(fresh(&with)) {
            let same = CovidPatient {
                readmission: None,
                ..after
            };
            assert_eq!(before, same, "the same patient");
            let can = after.needs_ic && after.survives_ic;
            assert!(can || after.readmission.is_none(), "{after:?}");
            alive += f64::from(u8::from(can));
            back += f64::from(u8::from(after.readmission.is_some()));
        }
    }
    let z = (back - 0.2 * alive) / (alive * 0.2 * 0.8_f64).sqrt();
    assert!(z.abs() < 4.0, "{back} of {alive}, z {z}");
}

#[test]
fn a_census_at_the_start_is_met_with_returns_to_the_ic() {
    let model = with_returns(0.5, &["covid.census_at_start={ ic = 14, ward = 60 }"]);
    let start = model.study.window_start().start();
    for world in worlds(&model, 5) {
        let (mut ic, mut ward) = (0, 0);
        for arrival in arrivals(&world, ArrivalKind::Covid).filter(|came| came.time < start) {
            let patient = world.covid[arrival.patient as usize];
            let again = patient
                .readmission
                .map_or([0; 2], |again| [again.ward.0, again.ic.0]);
            let before = [patient.first_ward.0, patient.ic.0];
            let mut end = arrival.time.0;
            let ends = [
                before[0],
                before[1],
                again[0],
                again[1],
                patient.second_ward.0,
            ];
            let ends = ends.map(|stay| {
                end += stay;
                end
            });
            match ends.iter().position(|end| start.0 < *end) {
                Some(1 | 3) => ic += 1,
                Some(_) => ward += 1,
                None => {}
            }
        }
        assert_eq!((ic, ward), (14, 60), "world {}", world.replication);
    }
}

#[test]
fn class_4_patients_become_class_3_at_their_rate_and_nobody_else_changes() {
    let rate = "planned.stream.other.weekly_reclassification_share=0.3";
    let (without, with) = (small(&[]), small(&[rate]));
    let norm = with.planned.norm_of_critical_care();
    let (mut all, mut in_a_week) = (0.0, 0.0);
    for (without, with) in worlds(&without, 10).zip(worlds(&with, 10)) {
        for (before, after) in without.planned.iter().zip(&with.planned) {
            let same = PlannedPatient {
                reclassification: None,
                ..*after
            };
            assert_eq!(*before, same, "nothing else changes");
            let may_change = after.specialty == 1 && after.class == UrgencyClass::Plannable;
            assert_eq!(after.reclassification.is_some(), may_change, "{after:?}");
            let Some(change) = after
                .reclassification
                .filter(|_| after.indicated > SimTime(0))
            else {
                continue;
            };
            let day = (after.indicated + change.after).day();
            assert_eq!(change.due, day.plus(norm), "the norm counts from then");
            all += 1.0;
            in_a_week += f64::from(u8::from(change.after.0 < 7 * MINUTES_PER_DAY));
        }
    }
    let z = (in_a_week - 0.3 * all) / (all * 0.3 * 0.7_f64).sqrt();
    assert!(z.abs() < 4.0, "{in_a_week} of {all}, z {z}");
}

#[test]
fn the_world_without_the_wave_keeps_everyone_else_and_normal_absence() {
    let model = small(&[]);
    let world = World::draw(&model, SEED, 0);
    let twin = world.without_wave();
    assert!(
        arrivals(&world, ArrivalKind::Covid).count() > 300,
        "there is a wave"
    );
    assert_eq!(
        arrivals(&twin, ArrivalKind::Covid).count(),
        0,
        "and none without"
    );
    for kind in [ArrivalKind::Acute, ArrivalKind::Planned] {
        assert!(
            arrivals(&world, kind).eq(arrivals(&twin, kind)),
            "{kind:?} patients stay"
        );
    }
    let day = model.study.window_start().plus(30);
    let hospital = HospitalIdx(1);
    assert!(
        twin.absence.at(hospital, day) < world.absence.at(hospital, day),
        "absence is lower"
    );
    let zeros = constant("covid.weekly_admissions", 0.0, 24);
    let calm = World::draw(&small(&[&zeros]), SEED, 0);
    assert_eq!(
        calm.absence, twin.absence,
        "as in a scenario without admissions"
    );
    assert_eq!(calm.arrivals, twin.arrivals, "and the same arrivals");
}

#[test]
fn absence_rises_with_the_admissions_of_the_week_before() {
    let none = "covid.spread={ size_sd_log = 0, timing_sd_days = 0, ramp_days = 0, regional_rho = 0, regional_sd_log = 0 }";
    let high = "staff.absence.maximum_share=0.5";
    let model = small(&[
        NO_OTHERS[0],
        NO_OTHERS[1],
        none,
        high,
        "staff.absence.share_per_thousand_weekly_admissions=0.4",
    ]);
    let lookback = usize::from(model.covid.lookback_days);
    let days = [0, 20, 40, 60, 75].map(Day);
    let mut samples = vec![Sample::default(); days.len()];
    for world in worlds(&model, 800) {
        for (sample, day) in samples.iter_mut().zip(days) {
            sample
                .0
                .push(world.absence.at(HospitalIdx(2), day).as_fraction());
        }
    }
    for (sample, day) in samples.iter().zip(days) {
        let end = lookback + day.idx();
        let admissions: f64 = model.covid.daily_admissions[end - 7..end].iter().sum();
        let expected = 0.06 + 0.4 * admissions / 1_000.0;
        let z = (sample.mean() - expected) / (0.01 / sample.n().sqrt());
        assert!(
            z.abs() < 5.0,
            "{day:?}: {} for {expected}, z {z}",
            sample.mean()
        );
    }
    let least = samples
        .iter()
        .map(Sample::mean)
        .fold(f64::INFINITY, f64::min);
    let most = samples.iter().map(Sample::mean).fold(0.0, f64::max);
    assert!(most - least > 0.03, "the wave shows: {least} to {most}");
}

/// Stationary first-order autoregression: variance sd², correlation rhoᵏ at lag k.
fn assert_autoregression(series: &[Vec<f64>], sd: f64, rho: f64, what: &str) {
    let column = |day: usize| Sample(series.iter().map(|row| row[day]).collect());
    let (first, next, later) = (column(30), column(31), column(35));
    let n = first.n();
    let mean = first.mean() / (sd / n.sqrt());
    assert!(mean.abs() < 5.0, "{what}: mean {}, z {mean}", first.mean());
    let variance = (first.variance() / (sd * sd) - 1.0) / (2.0 / n).sqrt();
    assert!(
        variance.abs() < 5.0,
        "{what}: variance {}, z {variance}",
        first.variance()
    );
    let from_start = (column(0).variance() / (sd * sd) - 1.0) / (2.0 / n).sqrt();
    assert!(
        from_start.abs() < 5.0,
        "{what}: stationary from the first day, z {from_start}"
    );
    for (other, expected) in [(next, rho), (later, rho * rho * rho * rho * rho)] {
        let found = first.covariance(&other) / (first.variance() * other.variance()).sqrt();
        // Standard error of a sample correlation of normal pairs.
        let z = (found - expected) / ((1.0 - expected * expected) / n.sqrt());
        assert!(
            z.abs() < 5.0,
            "{what}: correlation {found} for {expected}, z {z}"
        );
    }
}

#[test]
fn absence_of_a_hospital_is_a_stationary_autoregression() {
    let zeros = constant("covid.weekly_admissions", 0.0, 24);
    let model = small(&[
        NO_OTHERS[0],
        NO_OTHERS[1],
        &zeros,
        "staff.absence={ normal_share = 0.3, share_per_thousand_weekly_admissions = 0, maximum_share = 0.9, rho = 0.85, sd = 0.04 }",
    ]);
    let deviation =
        |world: &World, day: u16| world.absence.at(HospitalIdx(3), Day(day)).as_fraction() - 0.3;
    let series: Vec<Vec<f64>> = worlds(&model, 1_500)
        .map(|world| (0..40).map(|day| deviation(&world, day)).collect())
        .collect();
    assert_autoregression(&series, 0.04, 0.85, "absence");
}

#[test]
fn forecast_errors_are_stationary_autoregressions_independent_between_regions() {
    let zeros = constant("covid.weekly_admissions", 0.0, 24);
    let model = small(&[
        NO_OTHERS[0],
        NO_OTHERS[1],
        &zeros,
        "forecast.national_sd_log_per_day=0.02",
        "forecast.regional_sd_log_per_day=0.05",
    ]);
    let all: Vec<World> = worlds(&model, 1_500).collect();
    let series = |error: &dyn Fn(&World, Day) -> i32| -> Vec<Vec<f64>> {
        let row = |world: &World| {
            (0..40)
                .map(|day| f64::from(error(world, Day(day))) / 1e6)
                .collect()
        };
        all.iter().map(row).collect()
    };
    let national = series(&|world, day| world.forecast_error.national(day));
    assert_autoregression(&national, 0.02, 0.9, "national error");
    let by_region: Vec<Vec<Vec<f64>>> = regions(&model)
        .map(|region: RegionIdx| series(&|world, day| world.forecast_error.regional(region, day)))
        .collect();
    for (region, series) in by_region.iter().enumerate() {
        assert_autoregression(series, 0.05, 0.9, &format!("error of region {region}"));
    }
    let on_day = |series: &[Vec<f64>]| Sample(series.iter().map(|row| row[20]).collect());
    let (first, second, nation) = (
        on_day(&by_region[0]),
        on_day(&by_region[1]),
        on_day(&national),
    );
    for (x, y) in [(&first, &second), (&first, &nation)] {
        let z = x.covariance(y) / (x.variance() * y.variance() / x.n()).sqrt();
        assert!(z.abs() < 5.0, "independent: z {z}");
    }
}

#[test]
fn workers_and_marks_follow_their_probabilities() {
    let model = small(&[]);
    let (mut ic, mut or, mut n) = (0.0, 0.0, 0.0);
    let mut marks = Sample::default();
    for world in worlds(&model, 300) {
        assert_eq!(world.workers.len(), 17, "ten and seven");
        for worker in &world.workers {
            n += 1.0;
            ic += f64::from(u8::from(worker.role == zorgdruk::world::Role::Ic));
            or += f64::from(u8::from(worker.role == zorgdruk::world::Role::Or));
        }
        let own = [
            &world.marks.compliance,
            &world.marks.agreement,
            &world.marks.signature,
        ];
        marks.0.extend(
            own.into_iter()
                .flatten()
                .map(|mark| (f64::from(*mark) + 0.5) / 1_000.0),
        );
    }
    let z = |part: f64, share: f64| (part - n * share) / (n * share * (1.0 - share)).sqrt();
    assert!(z(ic, 0.15).abs() < 5.0, "{ic} of {n} can do IC work");
    assert!(
        z(or, 0.35).abs() < 5.0,
        "{or} of {n} can do operating-room work"
    );
    let z = (marks.mean() - 0.5) / (1.0 / 12.0 / marks.n()).sqrt();
    assert!(z.abs() < 5.0, "marks are uniform: mean {}", marks.mean());
    assert!(marks.0.iter().all(|mark| *mark < 1.0), "below a thousand");
}

/// Mean over worlds of a control, in its standard errors.
fn z_of_mean(worlds: &[World], control: Control) -> f64 {
    let values: Vec<f64> = worlds
        .iter()
        .map(|world| f64::from(world.controls.get(control)))
        .collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    mean / (squares / (n - 1.0) / n).sqrt()
}

#[test]
fn controls_are_zero_on_average_and_differ_between_worlds() {
    let settings = [
        "covid.spread.size_sd_log=0.3",
        "covid.spread.timing_sd_days=5",
        "covid.spread.stay_sd_log=0.1",
        "covid.spread.stay_drift_sd_log=0.1",
        "acute.level_sd_log=0.1",
    ];
    let all: Vec<World> = worlds(&small(&settings), 1_000).collect();
    for control in Control::ALL {
        let z = z_of_mean(&all, control);
        assert!(z.abs() < 4.0, "{}: z {z}", control.key());
    }
}

#[test]
fn a_larger_wave_and_longer_stays_show_in_the_controls() {
    let model = small(&["covid.spread.size_sd_log=0.3"]);
    let all: Vec<World> = worlds(&model, 200).collect();
    let with_size = |of: &dyn Fn(&World) -> f64| {
        let sum: f64 = all
            .iter()
            .map(|world| f64::from(world.controls.get(Control::WaveSize)) * of(world))
            .sum();
        sum / all.len() as f64
    };
    let admitted = |world: &World| {
        world
            .covid
            .iter()
            .filter(|patient| patient.needs_ic)
            .count() as f64
    };
    assert!(
        with_size(&admitted) > 0.0,
        "a larger wave has more patients"
    );
    // Given the wave, who comes beyond what is expected has nothing to do with its size.
    let beyond = |world: &World| f64::from(world.controls.get(Control::CovidIcSecondHalf));
    let spread = all
        .iter()
        .map(|world| beyond(world) * beyond(world))
        .sum::<f64>()
        / all.len() as f64;
    let correlation = with_size(&beyond) / (1_000.0 * spread.sqrt());
    assert!(correlation.abs() < 0.3, "correlation {correlation}");
}
