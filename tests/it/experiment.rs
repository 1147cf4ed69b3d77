//! Experiments: records that balance, that repeat to the bit, and that do not depend on how the
//! work is divided.

use core::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use zorgdruk::engine::Simulator;
use zorgdruk::experiment::ablation::Ablation;
use zorgdruk::experiment::estimand::{ESTIMANDS, Estimand, Kind};
use zorgdruk::experiment::record::KEPT_VALUES;
use zorgdruk::experiment::replicate::{n_chunks, replications};
use zorgdruk::experiment::stream::StreamMeasure;
use zorgdruk::experiment::{
    Analysis, Experiment, Measure, PolicyRecord, ReplicationRecord, StudyFrame, WorldValues,
};
use zorgdruk::model::Model;
use zorgdruk::outcome::{FinalStatus, Log, Outcome, Silent, WeekMeasure};
use zorgdruk::policy::levers::Policy;
use zorgdruk::policy::registry::{entries, sentences_on};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::statistics::confidence::Confidence;
use zorgdruk::units::{DAYS_PER_WEEK, UrgencyClass};
use zorgdruk::world::World;

use crate::fixture::{constant, small};

const SEED: u64 = 11;
/// Patients of the cohort by final status, F1 to F9b.
const STATUSES: [Measure; 10] = [
    Measure::OnTimeOwn,
    Measure::OnTimeInRegion,
    Measure::OnTimeElsewhere,
    Measure::LateOwn,
    Measure::LateElsewhere,
    Measure::BecameAcute,
    Measure::DiedOrUnfit,
    Measure::Withdrew,
    Measure::UntreatedOverdue,
    Measure::UntreatedNotDue,
];

fn replicate(model: &Model, replication: u32) -> ReplicationRecord {
    Experiment::new(model, SEED).replicate(replication)
}

/// Everything that must hold for the record of any policy in any world.
pub(crate) fn assert_balanced(model: &Model, record: &PolicyRecord) {
    let get = |measure: Measure| record.measures[measure.idx()];
    let sum = |measures: &[Measure]| -> i64 { measures.iter().map(|measure| get(*measure)).sum() };
    assert_eq!(
        sum(&STATUSES),
        get(Measure::Cohort),
        "each patient of the cohort has one status"
    );
    assert_eq!(
        sum(&STATUSES[..3]),
        get(Measure::TreatedInTime),
        "F1 to F3 are in time"
    );
    assert_eq!(
        sum(&STATUSES[..5]),
        get(Measure::Treated),
        "F1 to F5 are treated"
    );
    assert_displacement_follows(record);
    assert_balanced_weeks(model, record);
    assert_phases_and_gates_add_up(model, record);
    assert_parts_stay_below_their_whole(record);
    assert_streams_add_up(model, record);
}

/// All streams together are the cohort, and what was operated on is what the weeks say.
fn assert_streams_add_up(model: &Model, record: &PolicyRecord) {
    let critical = UrgencyClass::KritiekPlanbareZorg;
    let sum = |classes: &[UrgencyClass], measure| -> i64 {
        let streams = 0..model.planned.specialties.len();
        let of = |stream| classes.iter().map(move |class| (stream, *class));
        let all = streams.flat_map(of);
        all.map(|(stream, class)| record.of_stream(stream, class, measure))
            .sum()
    };
    for (of_streams, whole) in [
        (StreamMeasure::Cohort, Measure::Cohort),
        (StreamMeasure::Displaced, Measure::Displaced),
        (StreamMeasure::Disrupted, Measure::Disrupted),
        (StreamMeasure::TreatedInTime, Measure::TreatedInTime),
        (StreamMeasure::Treated, Measure::Treated),
    ] {
        let found = sum(&[critical], of_streams);
        assert_eq!(found, record.measures[whole.idx()], "{whole:?} by stream");
    }
    let days = sum(&[critical], StreamMeasure::DaysWaited);
    let minutes = record.measures[Measure::WaitMinutes.idx()];
    assert_eq!(days * 1_440, minutes, "waits by stream");
    let weeks = StudyFrame::new(model).window_weeks();
    for (classes, measures) in [
        (
            &[UrgencyClass::SemiAcute][..],
            &[WeekMeasure::OperatedIcClass2][..],
        ),
        // Weeks count patients of class 4 who became class 3 as class 3.
        (
            &UrgencyClass::PLANNED[1..],
            &[
                WeekMeasure::OperatedIcClass3,
                WeekMeasure::OperatedIcClass45,
            ],
        ),
    ] {
        let of = |week| measures.iter().map(move |one| record.national(week, *one));
        assert_eq!(
            sum(classes, StreamMeasure::Operated),
            weeks.clone().flat_map(of).sum::<i64>(),
            "{measures:?} by stream"
        );
    }
}

/// Displacement is what the final statuses say, and the norm what the waits say.
fn assert_displacement_follows(record: &PolicyRecord) {
    let get = |measure: Measure| record.measures[measure.idx()];
    let sum = |measures: &[Measure]| -> i64 { measures.iter().map(|measure| get(*measure)).sum() };
    let over_norm = sum(&[
        Measure::LateOwn,
        Measure::LateElsewhere,
        Measure::UntreatedOverdue,
    ]);
    let lost = sum(&STATUSES[5..8]);
    let displaced = get(Measure::Displaced);
    assert!(
        (over_norm..=over_norm + lost).contains(&displaced),
        "{displaced} displaced, {over_norm} late, {lost} lost"
    );
    assert!(
        (0..=displaced).contains(&get(Measure::Attributable)),
        "attributable patients are displaced"
    );
    assert_eq!(
        get(Measure::UntreatedNotDue),
        0,
        "the follow-up is as long as the norm"
    );
    assert_eq!(
        sum(&[
            Measure::OnTimeInRegion,
            Measure::OnTimeElsewhere,
            Measure::LateElsewhere
        ]),
        get(Measure::Relocated),
        "relocated"
    );
    let (late, excess) = (over_norm > 0, get(Measure::ExcessWaitMinutes) > 0);
    assert_eq!(late, excess, "who is over the norm waits too long");
}

fn assert_parts_stay_below_their_whole(record: &PolicyRecord) {
    let get = |measure: Measure| record.measures[measure.idx()];
    for (more, fewer) in [
        (Measure::CovidIcAdmissions, Measure::CovidWithoutBed),
        (Measure::CovidWithoutBed, Measure::CovidExported),
        (Measure::Workers, Measure::Asked),
        (Measure::Asked, Measure::Willing),
        (Measure::Willing, Measure::Competent),
        (Measure::Competent, Measure::InRange),
        (Measure::InRange, Measure::Inducted),
        (Measure::Inducted, Measure::Used),
        (Measure::CohortClass2, Measure::OverNormClass2),
        (Measure::CohortClass45, Measure::OverNormClass45),
    ] {
        assert!(
            get(more) >= get(fewer),
            "{fewer:?} {} of {more:?} {}",
            get(fewer),
            get(more)
        );
    }
    assert!(
        record.measures.iter().all(|measure| *measure >= 0),
        "no negative number: {:?}",
        record.measures
    );
}

fn assert_balanced_weeks(model: &Model, record: &PolicyRecord) {
    let get = |measure: Measure| record.measures[measure.idx()];
    let frame = StudyFrame::new(model);
    let weeks = frame.window_weeks();
    let cells =
        (0..model.regions.len()).flat_map(|region| weeks.clone().map(move |week| (region, week)));
    let displaced: Vec<u32> = cells
        .map(|(region, week)| record.displaced.get(region, week))
        .collect();
    let hit = displaced.iter().filter(|n| **n > 0).count();
    assert_eq!(
        get(Measure::DisplacedRegionWeeks),
        i64::try_from(hit).expect("few"),
        "region-weeks with displacement"
    );
    assert_eq!(
        get(Measure::AnyDisplaced),
        i64::from(hit > 0),
        "any displacement"
    );
    for week in 0..model.study.n_weeks() {
        let national = |measure| record.national(week, measure);
        let physical: i64 = model
            .hospitals
            .iter()
            .map(|hospital| i64::from(hospital.physical_beds.0))
            .sum();
        let whole = physical * 7 * 1_440;
        assert!(
            national(WeekMeasure::BedMinutesStaffed) <= whole,
            "staffed beds have a place, week {week}"
        );
        let n: i64 = WeekMeasure::ALL
            .iter()
            .filter(|measure| national(**measure) < 0)
            .count()
            .try_into()
            .expect("few");
        assert_eq!(n, 0, "no negative count in week {week}");
    }
}

fn assert_phases_and_gates_add_up(model: &Model, record: &PolicyRecord) {
    let get = |measure: Measure| record.measures[measure.idx()];
    let gates = [
        Measure::GateTrigger,
        Measure::GateSignature,
        Measure::GateScaleDown,
        Measure::GateExchange,
        Measure::GateHire,
        Measure::GateNoBenefit,
        Measure::GateOpen,
    ];
    let rounds = usize::from(model.study.window_days.div_ceil(model.clinics.round_days))
        * model.regions.len();
    let gates: i64 = gates.map(get).iter().sum();
    assert_eq!(
        gates,
        i64::try_from(rounds).expect("few"),
        "each region's round stops somewhere"
    );
    let days = [
        Measure::Days2A,
        Measure::Days2B,
        Measure::Days2C,
        Measure::Days2D,
        Measure::Days3,
    ];
    let days: i64 = days.map(get).iter().sum();
    assert!(
        days <= i64::from(model.study.window_days),
        "{days} days in phases 2 and 3"
    );
}

#[test]
fn records_balance_under_every_shipped_policy() {
    let model = small(&[]);
    for replication in 0..3 {
        let record = replicate(&model, replication);
        assert_eq!(record.policies.len(), 6, "all policies");
        for policy in &record.policies {
            assert_balanced(&model, policy);
            assert!(
                policy.measures[Measure::Cohort.idx()] > 80,
                "there is a cohort"
            );
        }
    }
}

/// Overrides of the small scenario that change how scarce everything is.
fn overrides() -> impl Strategy<Value = Vec<String>> {
    let scarcity = (
        0.2..1.4_f64,
        0.1..3.0_f64,
        0.3..2.0_f64,
        0..40_u32,
        0.0..1.0_f64,
        0.0..3.0_f64,
    );
    let calendar = (
        0..5_u32,
        1..6_u32,
        6..8_u32,
        0.0..30.0_f64,
        1..8_u32,
        0..60_u32,
    );
    let policies = (
        0.0..1.0_f64,
        0.0..1.0_f64,
        0..15_u32,
        0..20_u32,
        0.0..1.0_f64,
        0..30_u32,
    );
    (scarcity, calendar, policies).prop_map(|(scarcity, calendar, policies)| {
        let (workforce, wave, planned, ward, reserve, ramp) = scarcity;
        let (burn_in, window, follow_up, transfer, delay, notice) = calendar;
        let (compliance, willing, lead, moves, gate, specification) = policies;
        vec![
            format!("staff.workforce_share={workforce}"),
            constant("covid.weekly_admissions", 60.0 * wave, 24),
            format!("planned.stream[0].weekly_indications={}", 20.0 * planned),
            format!("staff.ward.covid_beds={}", ward * 5),
            format!("staff.acute_reserve_share={reserve}"),
            format!("staff.ramp_beds_per_day={ramp}"),
            format!("study.burn_in_weeks={burn_in}"),
            format!("study.window_weeks={window}"),
            format!("study.follow_up_weeks={follow_up}"),
            format!("covid.transfer_hours={transfer}"),
            format!("forecast.information_delay_days={}", delay.min(7)),
            format!("planned.shortest_notice_days={notice}"),
            format!("policy.*.compliance={compliance}"),
            format!("clinics.willing_in_2d_share={willing}"),
            format!("policy.*.lead_days={}", lead.min(14)),
            format!("policy.*.moves_per_day={moves}"),
            format!("policy.*.loans.full_scale_down_share={gate}"),
            format!("clinics.specification_days={specification}"),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, rng_seed: RngSeed::Fixed(20_211_118), ..ProptestConfig::default() })]
    #[test]
    fn records_balance_under_any_scarcity(overrides in overrides(), replication in 0..1_000_u32) {
        let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
        let model = small(&overrides);
        for policy in &replicate(&model, replication).policies {
            assert_balanced(&model, policy);
        }
    }
}

/// The study with other policies, the first of them the baseline.
fn with_policies(model: &Model, policies: Vec<Policy>) -> Model {
    let model = model.clone().with_policies(policies, 0);
    model.expect("at least one policy")
}

#[test]
fn the_same_policy_under_another_name_gives_the_same_record() {
    let model = small(&[]);
    let renamed = model.policies().iter().map(|original| Policy {
        key: format!("{}-again", original.key),
        label: "Another label".into(),
        ..original.clone()
    });
    let policies = model.policies().iter().cloned().chain(renamed).collect();
    let model = with_policies(&model, policies);
    let mut moved = 0;
    for replication in 0..3 {
        let policies = replicate(&model, replication).policies;
        assert_eq!(policies[..6], policies[6..], "replication {replication}");
        moved += u32::from(policies[0] != policies[1]);
    }
    assert!(moved > 0, "different policies do differ");
}

#[test]
fn neither_the_order_nor_the_number_of_policies_changes_a_record() {
    let model = small(&[]);
    let all = replicate(&model, 1).policies;
    let reversed = model.policies().iter().rev().cloned().collect();
    let reversed = with_policies(&model, reversed);
    let backwards = replicate(&reversed, 1).policies;
    assert!(backwards.iter().rev().eq(&all), "in the opposite order");
    for (position, policy) in model.policies().iter().enumerate() {
        let alone = with_policies(&model, vec![policy.clone()]);
        assert_eq!(
            replicate(&alone, 1).policies,
            [all[position].clone()],
            "{} alone",
            policy.key
        );
    }
}

#[test]
fn weeks_that_policies_have_in_common_can_be_simulated_once() {
    let model = small(&["policy.*.supplement_from=2021-11-18"]);
    let start = model.study.window_start();
    let supplement = model
        .policies()
        .iter()
        .find(|policy| policy.key == "supplement-2021");
    let supplement = supplement.expect("the supplement").clone();
    assert!(
        supplement.later_documents_from() > Some(start),
        "there are such weeks"
    );
    // Every switch, since what is asked of a rule before its document holds would show here.
    let without = entries().map(|entry| Policy {
        disabled: supplement.disabled.with(entry.id),
        ..supplement.clone()
    });
    let policies = model.policies().iter().cloned().chain(without).collect();
    let model = with_policies(&model, policies);
    let experiment = Experiment::new(&model, SEED);
    for replication in 0..6 {
        let apart = experiment.replicate_in_parts(replication, &mut |_| {});
        assert!(
            experiment.replicate(replication) == apart,
            "world {replication}"
        );
    }
}

#[test]
fn all_policies_meet_the_same_patients() {
    let model = small(&[]);
    for replication in 0..5 {
        let policies = replicate(&model, replication).policies;
        for measure in [
            Measure::Cohort,
            Measure::CohortClass2,
            Measure::CohortClass45,
            Measure::CovidIcAdmissions,
            Measure::Workers,
            Measure::NormalOperations,
        ] {
            let first = policies[0].measures[measure.idx()];
            let same = policies
                .iter()
                .all(|policy| policy.measures[measure.idx()] == first);
            assert!(same, "{measure:?} in replication {replication}");
        }
    }
}

#[test]
fn no_number_of_threads_and_no_repetition_changes_a_record() {
    let model = small(&[]);
    let experiment = Experiment::new(&model, SEED);
    let n = 12;
    let one_by_one: Vec<ReplicationRecord> = (0..n)
        .map(|replication| experiment.replicate(replication))
        .collect();
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let chunk = pool.install(|| experiment.chunk(0, n, &|| {}));
        assert_eq!(chunk.records, one_by_one, "{threads} threads");
    }
    for replication in (0..n).rev() {
        assert_eq!(
            experiment.replicate(replication),
            one_by_one[replication as usize],
            "again, from the last to the first"
        );
    }
}

#[test]
fn a_replication_can_be_broken_off_after_each_of_its_parts() {
    let model = small(&[]);
    let experiment = Experiment::new(&model, SEED);
    let left = |n: usize| {
        let left = Cell::new(n);
        let record =
            experiment.replicate_while(3, &|| left.replace(left.get().saturating_sub(1)) > 0);
        (record, left.get())
    };
    let whole = experiment.replicate(3);
    // World, twin and burn-in, and then two for each policy.
    let n_parts = 3 + 2 * model.policies().len();
    assert_eq!(left(n_parts), (Some(whole), 0), "nobody stops it");
    for n in 0..n_parts {
        assert_eq!(left(n), (None, 0), "stopped after {n} of {n_parts} parts");
    }
}

#[test]
fn chunks_hold_each_replication_once_whatever_the_size_of_the_experiment() {
    for n in [1, 63, 64, 65, 200] {
        let all: Vec<u32> = (0..n_chunks(n))
            .flat_map(|chunk| replications(chunk, n))
            .collect();
        assert!(all.into_iter().eq(0..n), "{n} replications");
        assert!(
            replications(n_chunks(n), n).is_empty(),
            "none beyond the last chunk"
        );
    }
    let model = small(&["study.window_weeks=1", "study.follow_up_weeks=6"]);
    let experiment = Experiment::new(&model, SEED);
    let first = experiment.chunk(0, 65, &|| {});
    let last = experiment.chunk(1, 65, &|| {});
    assert_eq!(
        (first.records.len(), last.records.len()),
        (64, 1),
        "the last chunk is short"
    );
    assert_eq!(
        last.records[0],
        experiment.replicate(64),
        "the last replication"
    );
}

#[test]
fn the_order_of_replications_does_not_change_an_analysis() {
    let model = small(&[]);
    let experiment = Experiment::new(&model, SEED);
    let records: Vec<ReplicationRecord> = (0..8)
        .map(|replication| experiment.replicate(replication))
        .collect();
    let analyze = |order: &[usize]| {
        let mut analysis = Analysis::new(StudyFrame::new(&model), Confidence::P95);
        for position in order {
            analysis.add(&records[*position]);
        }
        format!("{analysis:?}")
    };
    let forward = analyze(&[0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(forward, analyze(&[7, 2, 5, 0, 1, 6, 3, 4]), "shuffled");
    assert_ne!(
        forward,
        analyze(&[0, 1, 2, 3, 4, 5, 6]),
        "one fewer does differ"
    );
}

#[test]
fn a_replay_gives_the_record_of_the_full_run() {
    let model = small(&[]);
    let experiment = Experiment::new(&model, SEED);
    for replication in [0, 5] {
        let full = experiment.replicate(replication);
        for (policy, record) in full.policies.iter().enumerate() {
            let mut log = Log::default();
            assert_eq!(
                experiment.replay(replication, policy, &mut log),
                *record,
                "policy {policy}"
            );
            assert!(log.entries.len() > 1_000, "the log tells what happened");
            assert!(
                log.entries.is_sorted_by_key(|entry| entry.time),
                "in the order of time"
            );
            assert_eq!(
                experiment.replay(replication, policy, &mut Silent),
                *record,
                "in silence"
            );
        }
    }
}

fn outcome(model: &Model, world: &World, policy: &Policy) -> Outcome {
    let simulator = Simulator::new(model);
    let state = simulator.burn_in(world);
    simulator.simulate(world, &model.schedule(policy), &state)
}

#[test]
fn without_any_document_in_force_a_policy_is_the_burn_in_continued() {
    let mut model = small(&[
        "policy.*.framework_from=never",
        "policy.*.supplement_from=never",
        "policy.*.clinic_policy_from=never",
        "policy.*.hardest_beds_per_nurse=1",
    ]);
    let world = World::draw(&model, SEED, 0);
    let inert = outcome(&model, &world, &Policy::inert());
    for policy in model.policies() {
        assert_eq!(outcome(&model, &world, policy), inert, "{}", policy.key);
    }
    model = small(&[]);
    assert_ne!(
        outcome(&model, &world, &model.policies()[1]),
        inert,
        "the framework does act"
    );
}

#[test]
fn documents_in_force_only_after_the_study_change_nothing() {
    let later = [
        "policy.*.framework_from=2030-01-01",
        "policy.*.supplement_from=2030-01-01",
        "policy.*.clinic_policy_from=2030-01-01",
    ];
    let never = [
        "policy.*.framework_from=never",
        "policy.*.supplement_from=never",
        "policy.*.clinic_policy_from=never",
    ];
    assert_eq!(
        replicate(&small(&later), 2),
        replicate(&small(&never), 2),
        "no document"
    );
}

#[test]
fn nothing_happens_before_a_document_is_in_force() {
    let model = small(&[]);
    let supplement = model.policies()[2]
        .supplement_from
        .expect("in force within the study");
    let policies = replicate(&model, 3).policies;
    let before = model.study.week(supplement);
    for week in 0..before {
        for measure in WeekMeasure::ALL {
            let (framework, supplement) = (
                policies[1].national(week, measure),
                policies[2].national(week, measure),
            );
            assert_eq!(framework, supplement, "{measure:?} in week {week}");
        }
    }
    assert!(before > 4, "the window begins before the supplement");
}

#[test]
fn the_twin_without_the_wave_knows_no_policy() {
    // The plan bounds the beds of its first phase as well; here it leaves room.
    let room = "phases.phase[0].national_ic_beds=1000";
    let model = small(&[room]);
    let world = World::draw(&model, SEED, 4);
    let twin = Simulator::new(&model).simulate_without_wave(&world);
    let others = small(&[
        room,
        "policy.*.compliance=0",
        "policy.*.critical_need=excluded",
        "policy.*.lead_days=9",
        "policy.*.fair_share=population",
    ]);
    assert_eq!(
        Simulator::new(&others).simulate_without_wave(&world),
        twin,
        "whatever the policies"
    );
    let calm = world.without_wave();
    for policy in model.policies() {
        assert_eq!(
            outcome(&model, &calm, policy),
            twin,
            "without the wave no phase begins under {}",
            policy.key
        );
    }
    let wave = outcome(&model, &world, &Policy::inert());
    assert_ne!(wave.planned, twin.planned, "the wave does matter");
}

/// Overrides under which no bed, team, nurse or place is ever short.
pub(crate) fn ample() -> Vec<String> {
    let hospital = |key: &str, groups: &str| {
        format!(
            "{{ key = \"{key}\", regular_beds = 200, physical_beds = 200, or_teams = 50, ic_slots = [100, 100, 100, 100, 100], {groups} }}"
        )
    };
    let heart = "groups = [\"heart\"]";
    vec![
        constant("covid.weekly_admissions", 0.0, 24),
        format!(
            "region[0].hospital=[{}, {}]",
            hospital("a", heart),
            hospital("b", "")
        ),
        format!(
            "region[1].hospital=[{}, {}]",
            hospital("c", heart),
            hospital("d", "")
        ),
        "staff.workforce_share=1".to_owned(),
        "planned.stream[0].or_time_share=10".to_owned(),
    ]
}

#[test]
fn without_a_wave_and_with_ample_beds_nobody_is_displaced() {
    let ample = ample();
    let model = small(&ample.iter().map(String::as_str).collect::<Vec<_>>());
    for replication in 0..6 {
        for record in replicate(&model, replication).policies {
            assert_balanced(&model, &record);
            let get = |measure: Measure| record.measures[measure.idx()];
            assert!(get(Measure::Cohort) > 80, "there is a cohort");
            for measure in [
                Measure::Displaced,
                Measure::Attributable,
                Measure::Disrupted,
                Measure::ExcessWaitMinutes,
                Measure::DisplacedRegionWeeks,
                Measure::OverNormClass45,
                Measure::OverloadMinutes,
                Measure::HospitalWeeksFailing,
                Measure::WithE1,
            ] {
                assert_eq!(get(measure), 0, "{measure:?} in replication {replication}");
            }
            let lost =
                get(Measure::BecameAcute) + get(Measure::DiedOrUnfit) + get(Measure::Withdrew);
            assert_eq!(
                get(Measure::Treated) + lost,
                get(Measure::Cohort),
                "all others are treated"
            );
        }
    }
}

#[test]
fn against_its_own_twin_no_policy_displaces_anyone() {
    let calm = constant("covid.weekly_admissions", 0.0, 24);
    // Beds are scarce enough for patients to be late without a wave.
    let model = small(&[&calm, "staff.workforce_share=0.5"]);
    let mut late = 0;
    for replication in 0..4 {
        for record in replicate(&model, replication).policies {
            assert_eq!(
                record.measures[Measure::Attributable.idx()],
                0,
                "nothing is due to a wave"
            );
            late += record.measures[Measure::Displaced.idx()];
        }
    }
    assert!(late > 0, "patients are late all the same");
}

#[test]
fn measures_count_what_outcomes_say() {
    // Scarce enough for some patients to be late without a wave too.
    let model = small(&["staff.workforce_share=0.6"]);
    let world = World::draw(&model, SEED, 1);
    let simulator = Simulator::new(&model);
    let twin = simulator.simulate_without_wave(&world);
    let window = model.study.window_start()..model.study.window_end();
    let (mut displaced_in_all, mut attributable_in_all) = (0, 0);
    for (policy, record) in model.policies().iter().zip(replicate(&model, 1).policies) {
        let own = simulator.simulate(&world, &model.schedule(policy), &simulator.burn_in(&world));
        let (mut cohort, mut displaced, mut attributable) = (0, 0, 0);
        for (n, patient) in world.planned.iter().enumerate() {
            let in_cohort = patient.class == UrgencyClass::KritiekPlanbareZorg
                && window.contains(&patient.indicated.day())
                && patient.waited_before.0 == 0;
            let late = |status: FinalStatus| ["F4", "F5", "F9a"].contains(&status.code());
            let lost = |status: FinalStatus| ["F6", "F7", "F8"].contains(&status.code());
            let (own, twin) = (own.planned[n].status, twin.planned[n].status);
            let is_displaced = late(own) || (lost(own) && !lost(twin));
            cohort += i64::from(in_cohort);
            displaced += i64::from(in_cohort && is_displaced);
            attributable += i64::from(in_cohort && is_displaced && !late(twin));
        }
        let get = |measure: Measure| record.measures[measure.idx()];
        let found = (
            get(Measure::Cohort),
            get(Measure::Displaced),
            get(Measure::Attributable),
        );
        assert_eq!(found, (cohort, displaced, attributable), "{}", policy.key);
        displaced_in_all += displaced;
        attributable_in_all += attributable;
    }
    assert!(
        (1..displaced_in_all).contains(&attributable_in_all),
        "{attributable_in_all} of {displaced_in_all} displaced patients by the wave"
    );
}

/// With a norm of forty days many due days are Sundays, so that the day after lies in another week.
#[test]
fn displacement_is_dated_by_the_day_after_the_norm_or_by_the_loss() {
    let model = small(&[
        "planned.norm_days=[7, 40, 91, 182]",
        "staff.workforce_share=0.6",
    ]);
    let world = World::draw(&model, SEED, 2);
    let twin = Simulator::new(&model).simulate_without_wave(&world);
    let own = outcome(&model, &world, &model.policies()[1]);
    let mut expected = vec![0_u32; model.regions.len() * model.study.n_weeks()];
    let mut sundays = 0;
    for (n, patient) in world.planned.iter().enumerate() {
        let (own, twin) = (own.planned[n], twin.planned[n].status);
        if patient.class != UrgencyClass::KritiekPlanbareZorg || !own.status.is_displaced(twin) {
            continue;
        }
        let lost = own.resolved.filter(|_| own.status.is_lost());
        let week = model.study.week(lost.unwrap_or(patient.due.plus(1)));
        if week < model.study.n_weeks() {
            expected[patient.region.idx() * model.study.n_weeks() + week] += 1;
        }
        sundays += u32::from(lost.is_none() && model.study.weekday_idx(patient.due) == 6);
    }
    assert!(sundays > 3, "some norms end on a Sunday: {sundays}");
    let record = &replicate(&model, 2).policies[1];
    for (cell, expected) in expected.into_iter().enumerate() {
        let (region, week) = (cell / model.study.n_weeks(), cell % model.study.n_weeks());
        assert_eq!(
            record.displaced.get(region, week),
            expected,
            "region {region}, week {week}"
        );
    }
}

#[test]
fn a_record_has_the_shape_that_its_frame_describes() {
    let model = small(&["study.window_weeks=5"]);
    let frame = StudyFrame::new(&model);
    assert_eq!(frame.window_weeks(), 4..9, "study weeks of the window");
    assert_eq!(
        frame.study().n_days(),
        (4 + 5 + 8) * usize::from(DAYS_PER_WEEK),
        "days"
    );
    let record = &replicate(&model, 0).policies[0];
    assert_eq!(record.measures.len(), Measure::COUNT, "measures");
    assert_eq!(record.displaced.n_weeks(), 17, "weeks");
    assert_eq!(record.days.n_days(), 119, "days");
    assert_eq!(
        record.national.len(),
        17 * WeekMeasure::ALL.len(),
        "national counts"
    );
    for week in 0..17 {
        for (position, measure) in zorgdruk::experiment::record::REGIONAL
            .into_iter()
            .enumerate()
        {
            let regional: i64 = (0..2)
                .map(|region| record.regional(region, week, position))
                .sum();
            assert_eq!(
                regional,
                record.national(week, measure),
                "{measure:?} of the regions, week {week}"
            );
        }
    }
}

#[test]
fn sums_go_on_where_single_values_are_no_longer_kept() {
    let model = small(&[]);
    let frame = StudyFrame::new(&model);
    let mut record = replicate(&model, 0);
    let mut analysis = Analysis::new(frame.clone(), Confidence::P95);
    let mut spread = WorldValues::new(frame.policies.len(), frame.baseline);
    let tail = ESTIMANDS
        .iter()
        .position(|row| matches!(row.kind, Kind::Tail(..)))
        .expect("an estimand of a tail");
    let mean = Estimand::position("displaced").expect("an estimand");
    for replication in KEPT_VALUES - 2..KEPT_VALUES + 3 {
        record.replication = replication;
        analysis.add(&record);
        spread.add(&record);
    }
    assert_eq!(analysis.n(), 5, "worlds");
    assert_eq!(analysis.estimate(0, mean).n, 5, "worlds behind a mean");
    assert_eq!(analysis.estimate(0, tail).n, 2, "worlds behind a tail");
    let standing = spread.standing(0, mean);
    let n_spread = standing.below + standing.equal + standing.above;
    assert_eq!(n_spread, 2, "worlds whose values are kept");
}

#[test]
fn the_effect_of_a_rule_is_the_difference_to_the_policy_without_it() {
    let whole = small(&[
        "policies=[\"supplement-2021\"]",
        "baseline=\"supplement-2021\"",
    ]);
    let rules = sentences_on(&whole.policies()[0], whole.study.end());
    assert!(
        rules.len() > 50,
        "all that can be switched off: {}",
        rules.len()
    );
    let ablation = Ablation::new(&whole, 0, vec![Sentence::A23, Sentence::Z28]);
    let analysis = ablation.conduct(3, 6, &|| {});
    let position = Estimand::position("displaced").expect("an estimand");
    let effects = ablation.effects(&analysis, position);
    let displaced = |off: &str| -> i64 {
        let model = small(&[
            "policies=[\"supplement-2021\"]",
            "baseline=\"supplement-2021\"",
            &format!("policy.supplement-2021.disabled_rules=[{off}]"),
        ]);
        let experiment = Experiment::new(&model, 3);
        (0..6)
            .map(|n| experiment.replicate(n).policies[0].measure(Measure::Displaced))
            .sum()
    };
    let difference = (displaced("\"A23\"") - displaced("")) as f64 / 6.0;
    assert_eq!(effects[0].rule, Sentence::A23, "the largest first");
    assert!(
        (effects[0].comparison.difference.value - difference).abs() < 1e-9,
        "{difference}"
    );
    assert!(difference > 0.0, "the rule keeps displacement down");
    assert!(
        effects[1].comparison.identical,
        "no care is moved by this policy"
    );
}

#[test]
fn a_framework_alone_has_only_its_own_sentences_on() {
    let model = small(&[
        "policies=[\"framework-2020\"]",
        "baseline=\"framework-2020\"",
    ]);
    let rules = sentences_on(&model.policies()[0], model.study.end());
    let own =
        |rule: &Sentence| *rule <= Sentence::A15 || (Sentence::L01..=Sentence::L06).contains(rule);
    assert!(rules.iter().all(own), "and those of the plan: {rules:?}");
    assert!(rules.contains(&Sentence::A15), "{rules:?}");
}
