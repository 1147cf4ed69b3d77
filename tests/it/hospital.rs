//! What a hospital must do if its people, beds and patients hang together: in the shipped scenario, summed
//! over a few winters.

use jiff::civil::{Date, date};
use zorgdruk::engine::Simulator;
use zorgdruk::experiment::record::{PolicyRecord, REGIONAL};
use zorgdruk::experiment::{Experiment, Measure};
use zorgdruk::model::Model;
use zorgdruk::model::staff::Strain;
use zorgdruk::outcome::{FinalStatus, Log, Outcome, WeekMeasure, Word};
use zorgdruk::units::{MINUTES_PER_DAY, PerMille, UrgencyClass};
use zorgdruk::world::World;

use crate::fixture::{shipped, small};

const SEED: u64 = 7;
const WORLDS: u32 = 4;
const WITHOUT_LOANS: &str = "supplement-2021-no-loans";

/// The shipped scenario with one policy.
fn with(policy: &str, settings: &[&str]) -> Model {
    let chosen = [
        format!("policies=[\"{policy}\"]"),
        format!("baseline=\"{policy}\""),
        "uncertainty={}".to_owned(),
    ];
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    shipped(&[&chosen, settings].concat())
}

/// Sums of a measure over the winters of a model with one policy.
fn sums<const N: usize>(model: &Model, measures: [Measure; N]) -> [i64; N] {
    let experiment = Experiment::new(model, SEED);
    let mut sums = [0; N];
    for world in 0..WORLDS {
        let record = experiment.replicate(world);
        for (sum, measure) in sums.iter_mut().zip(measures) {
            *sum += record.policies[0].measure(measure);
        }
    }
    sums
}

/// The outcomes of the winters, with their worlds.
fn winters(model: &Model) -> Vec<(World, Outcome)> {
    let simulator = Simulator::new(model);
    let schedule = model.schedule(&model.policies()[0]);
    let one = |number| {
        let world = World::draw(model, SEED, number);
        let state = simulator.burn_in(&world);
        let outcome = simulator.finish(&world, &schedule, state);
        (world, outcome)
    };
    (0..WORLDS).map(one).collect()
}

fn total(winters: &[(World, Outcome)], measure: WeekMeasure) -> i64 {
    let of = |outcome: &Outcome| outcome.weeks.total(0..outcome.weeks.n_weeks(), measure);
    winters.iter().map(|(_, outcome)| of(outcome)).sum()
}

/// Patients of a class indicated in the window, and those of them who were treated in time, by stream.
fn in_time(model: &Model, winters: &[(World, Outcome)], class: UrgencyClass) -> Vec<[i64; 2]> {
    let mut streams = vec![[0, 0]; model.planned.specialties.len()];
    let window = model.study.window_start()..model.study.window_end();
    for (world, outcome) in winters {
        for (patient, end) in world.planned.iter().zip(&outcome.planned) {
            if patient.class == class && window.contains(&patient.indicated.day()) {
                let is_in_time = matches!(
                    end.status,
                    FinalStatus::OnTimeOwn
                        | FinalStatus::OnTimeInRegion
                        | FinalStatus::OnTimeElsewhere
                );
                let stream = &mut streams[usize::from(patient.specialty)];
                stream[0] += 1;
                stream[1] += i64::from(is_in_time);
            }
        }
    }
    streams
}

/// Minutes of staffed beds up to a date, and people exchanged in all, when classes 4 and 5 may go on up to these
/// shares of normal in 2B to 2D and nobody is told to stop.
fn staffed_under(cap: &str, until: Date, settings: &[&str]) -> (i64, i64) {
    let [b, c, d] =
        [2, 3, 4].map(|phase| format!("phases.phase[{phase}].maximum_activity_share={cap}"));
    let own: [&str; 4] = [&b, &c, &d, "phases.phase[4].stops_plannable=false"];
    let model = with(WITHOUT_LOANS, &[&own, settings].concat());
    let end = model.study.day_of(until).expect("a day of the study");
    let winters = winters(&model);
    let staffed = winters.iter().map(|(_, outcome)| {
        let weeks = 0..model.study.week(end);
        outcome.weeks.total(weeks, WeekMeasure::BedMinutesStaffed)
    });
    let exchanged = total(&winters, WeekMeasure::ExchangedMilliTeamDays);
    (staffed.sum(), exchanged)
}

#[test]
fn cutting_classes_4_and_5_frees_people_who_open_beds() {
    // The limit on support does not bind, so that whoever is free can help all winter.
    let (until, ample) = (date(2022, 1, 24), ["staff.maximum_support_share=0.35"]);
    let (usual, few) = staffed_under("[1, 1, 1]", until, &ample);
    let (more, many) = staffed_under("[0.5, 0, 0]", until, &ample);
    assert!(many > few, "people are free for others: {many} and {few}");
    assert!(more > usual, "and staff beds: {more} and {usual}");
}

#[test]
fn as_fitted_cutting_classes_4_and_5_opens_beds_until_the_limit_on_support_binds() {
    let until = date(2021, 11, 22);
    let (usual, _) = staffed_under("[1, 1, 1]", until, &[]);
    let (more, _) = staffed_under("[0.5, 0, 0]", until, &[]);
    let bed_week = i64::from(MINUTES_PER_DAY) * 7 * i64::from(WORLDS);
    let opened = (more - usual) as f64 / bed_week as f64;
    assert!(opened > 5.0, "bed-weeks more by the end of W46: {opened}");
}

#[test]
fn half_the_time_of_a_streams_teams_displaces_its_own_patients_only() {
    let critical = UrgencyClass::KritiekPlanbareZorg;
    let treated = |settings: &[&str]| {
        let model = with(WITHOUT_LOANS, settings);
        in_time(&model, &winters(&model), critical)
    };
    let (usual, half) = (
        treated(&[]),
        treated(&["planned.stream[0].or_time_share=0.6"]),
    );
    let late = |streams: &[[i64; 2]], n: usize| streams[n][0] - streams[n][1];
    assert!(
        late(&half, 0) > 2 * late(&usual, 0),
        "heart surgery comes late: {half:?}, {usual:?}"
    );
    // The others share places of the program, and beds, with patients who are dated again.
    for stream in 1..usual.len() {
        let more = late(&half, stream) - late(&usual, stream);
        assert!(
            10 * more <= usual[stream][0],
            "stream {stream}: {half:?}, {usual:?}"
        );
    }
}

#[test]
fn without_a_limit_for_the_sake_of_professionals_there_are_no_fewer_beds() {
    let load = |settings: &[&str]| {
        let measures = [Measure::StretchedMinutes, Measure::OverloadMinutes];
        let model = with(WITHOUT_LOANS, settings);
        let [stretched, overload] = sums(&model, measures);
        let staffed = total(&winters(&model), WeekMeasure::BedMinutesStaffed);
        (staffed, stretched + overload)
    };
    // In no order of urgency and with nobody worn out, so that the limit alone differs.
    let order = "policy.*.scaling_order=\"pro-rata\"";
    let fresh = "staff.strain.dropout_share=0";
    let off = "policy.*.disabled_rules=[\"A05\", \"A24\"]";
    let (beds, overload) = load(&[order, fresh]);
    let (more, strain) = load(&[order, fresh, off]);
    assert!(strain >= overload, "{strain} and {overload}");
    assert!(more >= beds - beds / 200, "{more} and {beds}");
    let (worn, _) = load(&[order, off]);
    assert!(
        worn < more,
        "staff who are stretched drop out: {worn} and {more}"
    );
}

#[test]
fn a_forced_phase_3_is_never_milder_than_2d() {
    let load = |phase: &str| {
        let calendar =
            format!("policy.*.phase_calendar=[{{ from = \"2021-11-22\", phase = \"{phase}\" }}]");
        let winters = winters(&with(WITHOUT_LOANS, &[&calendar]));
        let of = |measure| total(&winters, measure);
        let [beds, moves] = [WeekMeasure::BedMinutesStaffed, WeekMeasure::TransfersOut].map(of);
        let [plannable, deferrable] =
            [WeekMeasure::OperationsClass4, WeekMeasure::OperationsClass5].map(of);
        (beds, moves, plannable + deferrable)
    };
    let (in_2d, in_3) = (load("2D"), load("3"));
    assert!(in_3.0 >= in_2d.0, "beds: {in_3:?} and {in_2d:?}");
    // With more beds fewer patients have to go.
    assert!(5 * in_3.1 >= 4 * in_2d.1, "moves: {in_3:?} and {in_2d:?}");
    assert!(in_3.2 <= in_2d.2, "other care: {in_3:?} and {in_2d:?}");
}

#[test]
fn whoever_prepares_earlier_has_more_beds_in_time_and_cuts_more() {
    let course = |timing: &str| {
        let timing = format!("policy.*.scale_down=\"{timing}\"");
        let measures = [Measure::CovidWithoutBed, Measure::OperationsCutClass45];
        sums(&with("framework-2020", &[&timing]), measures)
    };
    let [late, forecast, early] = ["late", "forecast", "early"].map(course);
    assert!(
        late[0] > forecast[0] && forecast[0] >= early[0],
        "{late:?} {forecast:?} {early:?}"
    );
    assert!(
        late[1] < forecast[1] && forecast[1] <= early[1],
        "{late:?} {forecast:?} {early:?}"
    );
}

#[test]
fn class_2_is_in_time_no_less_often_than_class_3() {
    for policy in ["no-coordination", "framework-2020", WITHOUT_LOANS] {
        let model = with(policy, &[]);
        let winters = winters(&model);
        let share = |class| {
            let streams = in_time(&model, &winters, class);
            let [all, in_time] =
                [0, 1].map(|n| streams.iter().map(|stream| stream[n]).sum::<i64>());
            1_000 * in_time / all
        };
        let [semi_acute, critical] =
            [UrgencyClass::SemiAcute, UrgencyClass::KritiekPlanbareZorg].map(share);
        assert!(
            semi_acute >= critical,
            "{semi_acute} and {critical} under {policy}"
        );
    }
}

#[test]
fn disruptions_that_come_too_early_are_some_and_not_all() {
    for policy in ["framework-2020", WITHOUT_LOANS] {
        let winters = winters(&with(policy, &[]));
        let all = total(&winters, WeekMeasure::DisruptionsClass3);
        let early = total(&winters, WeekMeasure::DisruptionsTooEarlyClass3);
        assert!(0 < early && early < all, "{early} of {all} under {policy}");
    }
}

#[test]
fn all_clinic_staff_at_work_displace_nobody_more() {
    let displaced = |policy| {
        sums(
            &with(policy, &[]),
            [Measure::Displaced, Measure::LoanedNurseDays],
        )
    };
    let [without, none] = displaced(WITHOUT_LOANS);
    let [with_all, days] = displaced("supplement-2021-all-clinic-staff");
    assert_eq!(none, 0, "nobody is lent");
    assert!(days > 0, "clinic staff work in hospitals");
    assert!(with_all <= without, "{with_all} and {without}");
}

#[test]
fn a_full_fence_without_other_pressure_displaces_nobody_for_lack_of_a_bed() {
    let model = with(
        WITHOUT_LOANS,
        &[
            "policy.*.protection={ ring-fence = { part_share = 1.0 } }",
            "policy.*.supplement_from=2021-10-04",
            "policy.*.agreement=1",
            "policy.*.days_to_agree=0",
            "planned.slot_slack_spread=0",
            "planned.stream.*.or_time_share=3",
        ],
    );
    let quiet = World::draw(&model, SEED, 0).without_wave();
    let simulator = Simulator::new(&model);
    let state = simulator.burn_in(&quiet);
    let schedule = model.schedule(&model.policies()[0]);
    let outcome = simulator.finish(&quiet, &schedule, state);
    let streams = in_time(
        &model,
        &[(quiet, outcome)],
        UrgencyClass::KritiekPlanbareZorg,
    );
    let late: i64 = streams.iter().map(|[all, in_time]| all - in_time).sum();
    let all: i64 = streams.iter().map(|[all, _]| all).sum();
    // Whoever died or withdrew was not treated in time either.
    assert!(50 * late < all, "{late} of {all}");
}

#[test]
fn nobody_is_moved_more_often_than_allowed_nor_back() {
    let model = small(&[
        "policies=[\"supplement-2021\"]",
        "baseline=\"supplement-2021\"",
    ]);
    let simulator = Simulator::new(&model);
    for number in 0..10 {
        let world = World::draw(&model, SEED, number);
        let state = simulator.burn_in(&world);
        let mut log = Log::default();
        let schedule = model.schedule(&model.policies()[0]);
        simulator.simulate_recorded(&world, &schedule, &state, &mut log);
        let mut moves = std::collections::BTreeMap::<u32, Vec<[i64; 2]>>::new();
        for entry in log
            .entries
            .iter()
            .filter(|entry| entry.what == Word::CovidTransferred)
        {
            let to = i64::from(entry.hospital.expect("a hospital").0);
            let patient = entry.subject.expect("a patient");
            moves.entry(patient).or_default().push([entry.value, to]);
        }
        for (patient, moves) in moves {
            assert!(moves.len() <= 2, "patient {patient}: {moves:?}");
            if let [[origin, _], [_, last]] = moves[..] {
                assert_ne!(origin, last, "patient {patient} comes back");
            }
        }
    }
}

#[test]
fn identical_regions_are_treated_alike_whatever_their_place_in_the_file() {
    let region = |key: &str, x: usize| {
        format!(
            "{{ key = \"{key}\", name = \"{key}\", population = 500000, covid_share = 0.25, fair_share = 0.25, tile = [{x}, 0], hospital = [{{ key = \"{key}-1\", regular_beds = 16, physical_beds = 24, groups = [\"heart\"] }}, {{ key = \"{key}-2\", regular_beds = 12, physical_beds = 18 }}] }}"
        )
    };
    let four = ["a", "b", "c", "d"]
        .iter()
        .zip(0..)
        .map(|(key, x)| region(key, x));
    let regions = format!("region=[{}]", four.collect::<Vec<_>>().join(","));
    let model = small(&[
        &regions,
        "policies=[\"framework-2020\"]",
        "baseline=\"framework-2020\"",
        "uncertainty={}",
    ]);
    let experiment = Experiment::new(&model, SEED);
    // Patients sent by the first region less those sent by the last, world by world.
    let differences: Vec<f64> = (0..80)
        .map(|world| {
            let record = experiment.replicate(world);
            let measure = REGIONAL
                .iter()
                .position(|measure| *measure == WeekMeasure::TransfersOut);
            let measure = measure.expect("kept by region");
            let sent = |region: usize| -> i64 {
                let weeks = 0..model.study.n_weeks();
                weeks
                    .map(|week| record.policies[0].regional(region, week, measure))
                    .sum()
            };
            (sent(0) - sent(3)) as f64
        })
        .collect();
    let z = crate::fixture::Sample(differences).z(0.0);
    assert!(z.abs() < 3.0, "z = {z}");
}

/// A small winter under the framework, with its log.
fn small_winter(settings: &[&str]) -> (World, Outcome, Log) {
    const POLICY: &[&str] = &[
        "policies=[\"framework-2020\"]",
        "baseline=\"framework-2020\"",
        "uncertainty={}",
    ];
    let model = small(&[POLICY, settings].concat());
    let simulator = Simulator::new(&model);
    let world = World::draw(&model, SEED, 0);
    let state = simulator.burn_in(&world);
    let mut log = Log::default();
    let schedule = model.schedule(&model.policies()[0]);
    let outcome = simulator.simulate_recorded(&world, &schedule, &state, &mut log);
    (world, outcome, log)
}

fn small_total(settings: &[&str], measure: WeekMeasure) -> i64 {
    let (_, outcome, _) = small_winter(settings);
    outcome.weeks.total(0..outcome.weeks.n_weeks(), measure)
}

#[test]
fn beds_on_support_open_by_whole_units() {
    let beds = |unit: u16| {
        let unit = format!("staff.unit_beds={unit}");
        let of = |measure| small_total(&[&unit, "policy.*.exchange_share=0"], measure);
        (
            of(WeekMeasure::BedMinutesStaffed),
            of(WeekMeasure::BedMinutesConverted),
        )
    };
    let (single, in_fours, in_twenties) = (beds(1), beds(4), beds(20));
    assert!(in_fours.0 < single.0, "{in_fours:?} and {single:?}");
    assert!(in_fours.1 > 0, "some units are whole");
    assert_eq!(
        in_twenties.1, 0,
        "nobody is freed for a unit that cannot become whole"
    );
}

#[test]
fn patients_who_take_more_nursing_leave_fewer_beds() {
    let staffed = |nursing: &str| small_total(&[nursing], WeekMeasure::BedMinutesStaffed);
    let usual = staffed("staff.nursing={ covid_share = 1 }");
    assert_eq!(
        usual,
        small_total(&[], WeekMeasure::BedMinutesStaffed),
        "alike"
    );
    assert!(staffed("staff.nursing={ covid_share = 1.3 }") < usual);
    assert!(staffed("staff.nursing={ planned_share = 0.5 }") > usual);
}

#[test]
fn teams_with_their_time_on_mondays_operate_early_in_the_week() {
    let by_weekday = |factors: &str| {
        let factors = format!("planned.stream.heart.or_weekday_factors={factors}");
        let (world, _, log) = small_winter(&[&factors, "planned.stream.heart.or_time_share=0.5"]);
        let mut days = [0; 7];
        for entry in &log.entries {
            let patient = entry.subject.map_or(0, |patient| patient as usize);
            if entry.what == Word::PlannedOperated && world.planned[patient].specialty == 0 {
                days[entry.time.day().idx() % 7] += 1;
            }
        }
        days
    };
    let (even, early) = (by_weekday("[1, 1, 1, 1, 1]"), by_weekday("[1, 0, 0, 0, 0]"));
    let share = |days: [i32; 7]| 100 * (days[0] + days[1]) / days.iter().sum::<i32>();
    assert!(share(early) > share(even) + 20, "{early:?} and {even:?}");
}

#[test]
fn hospitals_differ_in_the_time_of_a_streams_teams_as_far_as_the_spread_says() {
    let per_day = |spread: f64| -> Vec<f64> {
        let spread = format!("planned.stream[0].or_time_spread={spread:?}");
        let model = shipped(&["planned.stream[0].or_time_share=0.5", &spread]);
        let hospitals = model.hospitals.iter();
        let minutes = hospitals.map(|hospital| f64::from(hospital.stream_minutes[0].per_day));
        minutes.collect()
    };
    let (even, spread) = (per_day(0.0), per_day(0.2));
    // By at most 0.2 of 0.5, and a minute by rounding.
    let differs = |most: f64, sign: f64| {
        let mut pairs = even.iter().zip(&spread);
        pairs.any(|(even, spread)| sign * (spread - even) > most * even + 1.0)
    };
    for sign in [-1.0, 1.0] {
        assert!(differs(0.2, sign), "{even:?} and {spread:?}");
        assert!(!differs(0.4, sign), "{even:?} and {spread:?}");
    }
}

#[test]
fn a_phase_can_keep_patients_with_a_long_stay_from_the_ic() {
    const PHASE_3: &str = "policy.*.phase_calendar=[{ from = \"2021-10-25\", phase = \"3\" }]";
    let counts = |settings: &[&str]| {
        let settings = [&[PHASE_3, "policy.*.compliance=1"], settings].concat();
        let (_, outcome, _) = small_winter(&settings);
        [
            WeekMeasure::CovidNotAdmitted,
            WeekMeasure::CovidNotAdmittedSurvivors,
            WeekMeasure::BedMinutesCovid,
            WeekMeasure::CovidIcAdmissions,
        ]
        .map(|measure| outcome.weeks.total(0..outcome.weeks.n_weeks(), measure))
    };
    let longest = "phases.phase[5].longest_ic_stay_days=21";
    let [refused, survivors, beds, came] = counts(&[longest]);
    let [nobody, _, usual, all] = counts(&[]);
    assert!(
        refused > survivors && survivors > 0,
        "{survivors} of {refused}"
    );
    assert_eq!((nobody, came), (0, all), "as many need the IC");
    assert!(beds < usual, "and take fewer beds: {beds} and {usual}");
    let off = "policy.*.disabled_rules=[\"L05\"]";
    assert_eq!(counts(&[longest, off])[0], 0, "without the sentence");
    let unforeseen = counts(&[longest, "covid.stay_foreseen_share=0"]);
    assert_eq!(unforeseen[0], 0, "the mean stay is shorter");
}

#[test]
fn whoever_comes_back_to_the_ic_takes_a_bed_again() {
    let settings = "covid.readmission={ share = 0.5, ward_stay = { exponential = { mean_days = 2 } }, ic_stay = { exponential = { mean_days = 5 } } }";
    let counts = |settings: &[&str]| {
        let (_, outcome, _) = small_winter(settings);
        let of = |measure| outcome.weeks.total(0..outcome.weeks.n_weeks(), measure);
        [
            of(WeekMeasure::CovidReadmissions),
            of(WeekMeasure::CovidIcAdmissions),
            of(WeekMeasure::BedMinutesCovid),
        ]
    };
    let (without, with) = (counts(&[]), counts(&[settings]));
    assert_eq!(without[0], 0, "nobody comes back");
    assert!(with[0] > 0, "some do");
    assert_eq!(with[1], without[1] + with[0], "and count as admissions");
    assert!(with[2] > without[2], "{with:?} and {without:?}");
}

#[test]
fn patients_without_covid_wait_on_the_ic_for_a_full_ward_until_it_has_discharged_others() {
    let blocked = WeekMeasure::OtherStepDownsBlocked;
    assert_eq!(small_total(&[], blocked), 0, "the ward takes everyone");
    let evening = "clocks.ward_discharge={ at = \"18:30\" }";
    let (_, outcome, log) = small_winter(&["staff.ward.step_down_share=1", evening]);
    let n_blocked = outcome.weeks.total(0..outcome.weeks.n_weeks(), blocked);
    let of = |what: Word| log.entries.iter().filter(move |entry| entry.what == what);
    let mut n = 0;
    for (waits, leaves) in [
        (Word::AcuteStepDownBlocked, Word::AcuteLeft),
        (Word::PlannedStepDownBlocked, Word::PlannedLeft),
    ] {
        for waiting in of(waits) {
            n += 1;
            let left = of(leaves).find(|entry| entry.subject == waiting.subject);
            if let Some(left) = left {
                assert!(left.time > waiting.time, "{waiting:?} {left:?}");
                assert_eq!(left.time.0 % 1_440, 18 * 60 + 30, "{left:?}");
            }
        }
    }
    assert!(0 < n && n <= n_blocked, "{n} in the window, of {n_blocked}");
    let taken = |settings: &[&str]| {
        [WeekMeasure::BedMinutesAcute, WeekMeasure::BedMinutesPlanned]
            .map(|measure| small_total(settings, measure))
            .iter()
            .sum::<i64>()
    };
    let (free, full) = (taken(&[]), taken(&["staff.ward.step_down_share=1"]));
    assert!(full > free, "they take IC beds: {full} and {free}");
}

#[test]
fn whoever_becomes_more_urgent_is_treated_sooner_and_is_not_of_the_cohort() {
    const MORE_URGENT: &[&str] = &[
        "planned.stream.heart.weekly_reclassification_share=0.3",
        "planned.stream.other.weekly_reclassification_share=0.3",
    ];
    let (_, without, _) = small_winter(&[]);
    let (world, with, log) = small_winter(MORE_URGENT);
    let norm = i64::from(zorgdruk::model::demand::USUAL_NORM_DAYS[1]);
    for entry in &log.entries {
        if entry.what == Word::PlannedReclassified {
            let patient = entry.subject.map_or(0, |patient| patient as usize);
            let day = i64::from(entry.time.day().0);
            assert_eq!(world.planned[patient].class, UrgencyClass::Plannable);
            assert_eq!(entry.value, day + norm, "the norm counts from today");
        }
    }
    let changed = (0..with.planned.len()).filter(|patient| with.planned[*patient].is_reclassified);
    let changed: Vec<usize> = changed.collect();
    let last = |outcome: &Outcome| -> i64 {
        let day = |patient: &usize| outcome.planned[*patient].resolved.map_or(500, |day| day.0);
        changed.iter().map(day).map(i64::from).sum()
    };
    assert!(changed.len() > 20, "{}", changed.len());
    assert!(last(&with) < last(&without), "they wait less");

    let cohorts = |settings: &[&str]| {
        let record = Experiment::new(&small(settings), SEED).replicate(0);
        let cohort = |policy: &PolicyRecord| policy.measure(Measure::Cohort);
        let late = |policy: &PolicyRecord| {
            let all = policy.measure(Measure::Reclassified);
            assert!(policy.measure(Measure::OverNormReclassified) <= all);
            all
        };
        let of = |of: &dyn Fn(&PolicyRecord) -> i64| -> Vec<i64> {
            record.policies.iter().map(of).collect()
        };
        (of(&cohort), of(&late))
    };
    let (usual, nobody) = cohorts(&[]);
    let (cohort, some) = cohorts(MORE_URGENT);
    assert_eq!(cohort, usual, "the same cohort");
    assert!(cohort.iter().all(|n| *n == cohort[0]), "under all policies");
    assert!(
        nobody.iter().all(|n| *n == 0) && some.iter().all(|n| *n > 0),
        "{some:?}"
    );
}

#[test]
fn staff_drop_out_where_nurses_are_stretched_and_come_back() {
    const PHASE_3: &str = "policy.*.phase_calendar=[{ from = \"2021-10-25\", phase = \"3\" }]";
    let strain = Strain {
        dropout: 50_000,
        recovery: PerMille(100),
    };
    assert_eq!(strain.after_week(0, 1, 4), 12_500, "a quarter of the beds");
    assert_eq!(strain.after_week(12_500, 0, 4), 11_250, "a tenth is back");
    assert_eq!(strain.after_week(0, 0, 0), 0, "no beds");
    let beds = |settings: &[&str]| {
        let settings = [&[PHASE_3], settings].concat();
        small_total(&settings, WeekMeasure::BedMinutesStaffed)
    };
    let lasting = "staff.strain={ dropout_share = 0.3, recovery_share = 0 }";
    let (usual, strained) = (beds(&[]), beds(&[lasting]));
    assert!(strained < usual, "{strained} and {usual}");
    let nobody = "staff.strain={ dropout_share = 0, recovery_share = 0 }";
    assert_eq!(beds(&[nobody]), usual, "without dropping out");
}
