//! Agreements on IC-dependent critical plannable care: A21 to A42, and A47.

use std::collections::BTreeMap;

use zorgdruk::outcome::{DisplacementEvent, Entry, FinalStatus, WeekMeasure};
use zorgdruk::policy::admission::{MorningBeds, covid_fits};
use zorgdruk::policy::info::OwnHospital;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, PerMille, RegionIdx, SimTime, UrgencyClass};

use super::{Case, IN_2D, count, decisions, sum, total};

/// Protected beds, when they changed.
fn protections(case: &Case) -> impl Iterator<Item = &Entry> {
    case.decided(Sentence::A22, "beds-protected")
}

fn day_of(case: &Case, date: &str) -> Day {
    let date = date.parse().expect("a date");
    case.model.study.day_of(date).expect("a simulated day")
}

#[test]
fn a21_every_region_reaches_an_agreement_that_is_recorded() {
    let case = Case::run(&[IN_2D, &["agreement=1"]], 0);
    let regions: Vec<_> = case
        .decided(Sentence::A21, "agreement-reached")
        .map(|entry| entry.region)
        .collect();
    assert_eq!(
        regions,
        [Some(RegionIdx(0)), Some(RegionIdx(1))],
        "both, once"
    );
    let off = ["agreement=1", "disabled_rules=[\"A21\"]"];
    assert_eq!(
        decisions(&[IN_2D, &off], Sentence::A21, ""),
        0,
        "without the rule"
    );
}

#[test]
fn a22_an_agreement_protects_beds() {
    let kept =
        |settings: &[&[&str]]| sum(settings, |case| protections(case).map(|e| e.value).sum());
    assert!(kept(&[IN_2D]) > 0, "beds are protected");
    assert_eq!(
        kept(&[IN_2D, &["disabled_rules=[\"A22\"]"]]),
        0,
        "without the rule"
    );
    assert_eq!(
        kept(&[IN_2D, &["agreement=0", "disabled_rules=[\"A37\"]"]]),
        0,
        "no agreement"
    );
}

/// Only patients of classes 2 and 3 fill protected beds: three are protected here, one of them has one.
#[test]
fn a22_patients_of_other_classes_leave_protected_beds_empty() {
    let own = OwnHospital {
        covid: 2,
        planned: 4,
        critical: 1,
        staffed: 8,
        protected: 3,
        ..OwnHospital::default()
    };
    assert!(!covid_fits(&own), "the two free beds are protected");
    let mut beds = MorningBeds::count(&own, [PerMille(0); 3], 0);
    let took = [
        UrgencyClass::Plannable,
        UrgencyClass::KritiekPlanbareZorg,
        UrgencyClass::Deferrable,
        UrgencyClass::SemiAcute,
    ]
    .map(|class| beds.take(class));
    assert_eq!(took, [false, true, false, true], "in this order");
    let operated = OwnHospital {
        planned: 3,
        critical: 0,
        expected_planned: 1,
        expected_critical: 1,
        ..own
    };
    assert!(
        !covid_fits(&operated),
        "one more comes from the operating room"
    );
}

#[test]
fn a23_need_counts_critical_care() {
    let converted = |off: &[&str]| total(&[IN_2D, off], WeekMeasure::BedMinutesConverted);
    let off = converted(&["disabled_rules=[\"A23\"]"]);
    assert!(converted(&[]) > off, "more beds are prepared");
    assert_eq!(
        converted(&["critical_need=\"excluded\""]),
        off,
        "by the lever"
    );
}

#[test]
fn a24_protection_is_released_last_and_class_5_restarts_last() {
    let falling = [
        "agreement=1",
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"2B\"}, {from=\"2021-12-06\", phase=\"2A\"}]",
    ];
    let last = |off: &[&str]| {
        let case = Case::run(&[IN_2D, &falling, off], 0);
        let day = protections(&case).map(|entry| entry.time.day()).max();
        (day.expect("beds are protected"), case)
    };
    let (day, case) = last(&[]);
    assert_eq!(
        day,
        day_of(&case, "2021-12-07"),
        "the morning after 2A begins"
    );
    let (day, case) = last(&["disabled_rules=[\"A24\"]"]);
    assert_eq!(
        day,
        day_of(&case, "2021-11-23"),
        "the morning after 2D ends"
    );
    let tight = ["staff.ward.planned_inpatients=300"];
    let class_5 = |off: &[&str]| {
        sum(&[IN_2D, &falling, &tight, off], |case| {
            let week = case.model.study.week(day_of(case, "2021-11-22"));
            let counts = &case.outcome.weeks;
            counts.total(week..week + 3, WeekMeasure::OperationsClass5)
        })
    };
    assert!(
        class_5(&[]) < class_5(&["disabled_rules=[\"A24\"]"]),
        "class 5 comes last"
    );
}

#[test]
fn a25_the_chair_calls_a_meeting_when_many_are_overdue() {
    let none = [
        "agreement=0",
        "meet_at_overdue=1",
        "staff.workforce_share=0.7",
        "disabled_rules=[\"A37\"]",
    ];
    let case = Case::run(&[IN_2D, &none], 0);
    let mut calls = BTreeMap::new();
    for entry in case.decided(Sentence::A25, "meeting-called") {
        *calls
            .entry((entry.region, case.model.study.week(entry.time.day())))
            .or_insert(0) += 1;
    }
    assert!(!calls.is_empty(), "meetings are called");
    assert!(calls.values().all(|n| *n == 1), "at most one a week");
    let off = [&none[..3], &["disabled_rules=[\"A25\", \"A37\"]"][..]].concat();
    assert_eq!(
        decisions(&[IN_2D, &off], Sentence::A25, ""),
        0,
        "weekly only"
    );
}

#[test]
fn a26_without_the_duty_all_hospitals_must_want_the_agreement() {
    let case = Case::run(&[IN_2D, &["agreement=1", "days_to_agree=5"]], 0);
    for entry in case.decided(Sentence::A21, "agreement-reached") {
        let from = i64::from(entry.time.day().0) + 5;
        assert_eq!(entry.value, from, "in force five days later");
    }
    let reached = |settings: &[&str]| {
        let calm = [
            "finance.supplement_comfort=0.5",
            "disabled_rules=[\"A26\", \"A35\"]",
        ];
        decisions(
            &[IN_2D, &calm, settings],
            Sentence::A21,
            "agreement-reached",
        )
    };
    assert_eq!(
        reached(&["agreement=1", "compliance=0"]),
        0,
        "nobody wants it"
    );
    assert_eq!(
        reached(&["agreement=0", "compliance=1"]),
        8,
        "all want it: two regions, four worlds"
    );
}

#[test]
fn a28_each_region_protects_in_its_own_way() {
    let chosen = [
        "agreement=1",
        "region_protection=[{ region = \"coast\", protection = \"none\" }]",
    ];
    let on_the_coast = |settings: &[&[&str]]| {
        sum(settings, |case| {
            let coast = |entry: &&Entry| entry.region == Some(RegionIdx(0));
            protections(case).filter(coast).map(|e| e.value).sum()
        })
    };
    assert_eq!(
        on_the_coast(&[IN_2D, &chosen]),
        0,
        "the coast protects nothing"
    );
    let off = ["disabled_rules=[\"A28\"]"];
    assert!(on_the_coast(&[IN_2D, &chosen, &off]) > 0, "all alike");
    let rotates = Case::run(
        &[
            IN_2D,
            &["agreement=1", "protection={ rotate = { turns = 2 } }"],
        ],
        0,
    );
    let weeks: Vec<usize> = protections(&rotates)
        .filter(|entry| entry.value > 0 && entry.hospital.is_some_and(|h| h.0 == 0))
        .map(|entry| rotates.model.study.week(entry.time.day()))
        .collect();
    assert!(weeks.len() > 1, "the turn comes back");
    assert!(
        weeks.windows(2).all(|pair| (pair[1] - pair[0]) % 2 == 0),
        "every other week: {weeks:?}"
    );
}

#[test]
fn a29_concentration_shifts_patients_and_keeps_the_share_of_the_region() {
    let strong = [
        "agreement=1",
        "days_to_agree=0",
        "compliance=1",
        "protection={ concentrate = { strength_share = 1.0 } }",
    ];
    let on = Case::run(&[IN_2D, &strong], 0);
    let off = Case::run(&[IN_2D, &strong, &["disabled_rules=[\"A29\"]"]], 0);
    // Until the first concentrated numbers both runs are the same.
    let numbers = |case: &Case| -> Vec<(SimTime, i64)> {
        let told = case.decided(Sentence::A02, "expected-published");
        told.map(|entry| (entry.time, entry.value)).collect()
    };
    let (on_numbers, off_numbers) = (numbers(&on), numbers(&off));
    let differ = on_numbers.chunks(4).zip(off_numbers.chunks(4));
    let (shifted, usual) = differ
        .into_iter()
        .find(|(a, b)| a != b)
        .expect("a difference");
    let coast = |day: &[(SimTime, i64)]| day[0].1 + day[1].1;
    assert!(
        (coast(shifted) - coast(usual)).abs() <= 2,
        "the region's number stays"
    );
    assert!(shifted[0].1 < usual[0].1, "the heart center is told fewer");
    let moves =
        ["moved-to-concentrate"].map(|what| decisions(&[IN_2D, &strong], Sentence::A29, what));
    assert!(moves[0] > 0, "patients follow");
    let n = decisions(
        &[IN_2D, &strong, &["disabled_rules=[\"A29\"]"]],
        Sentence::A29,
        "",
    );
    assert_eq!(n, 0, "without the rule");
}

#[test]
fn a30_a_pooled_list_works_only_when_lists_are_shown() {
    let pooled = [
        "agreement=1",
        "protection=\"pooled-list\"",
        "lead_days=2",
        "staff.workforce_share=0.75",
        "region.coast.hospital.coast-1.ic_slots=[3, 3, 3, 3, 3]",
        "disabled_rules=[\"A42\"]",
    ];
    let offers = |settings: &[&str]| {
        decisions(
            &[IN_2D, &pooled, settings],
            Sentence::A28,
            "offered-elsewhere",
        )
    };
    assert!(offers(&["visibility=\"daily\""]) > 0, "shown daily");
    assert_eq!(offers(&["visibility=\"none\""]), 0, "not shown");
    let off = ["visibility=\"daily\"", "disabled_rules=[\"A30\", \"A42\"]"];
    assert_eq!(offers(&off), 0, "without the rule");
}

#[test]
fn a31_every_decision_is_recorded_with_its_rule() {
    let case = Case::run(&[IN_2D], 0);
    let times: Vec<SimTime> = case.log.entries.iter().map(|entry| entry.time).collect();
    assert!(times.is_sorted(), "in the order of time");
    let words = [
        "phase-entered",
        "agreement-reached",
        "beds-protected",
        "capacity-decided",
        "loan-gate",
    ];
    for what in words {
        assert!(case.told(what).count() > 0, "{what} is recorded");
        assert!(
            case.told(what).all(|entry| entry.rule.is_some()),
            "{what} has a rule"
        );
    }
}

#[test]
fn a33_compensation_makes_hospitals_go_along_with_a_shift() {
    let half = [
        "agreement=1",
        "compliance=0.5",
        "protection={ concentrate = { strength_share = 1.0 } }",
        "finance.log_odds_per_comfort=20",
        "finance.supplement_comfort=0.5",
        "finance.hospital_compensation=1",
        "disabled_rules=[\"A35\"]",
    ];
    // The heart center of the coast is told fewer patients where it goes along.
    let told = |off: &[&str]| {
        sum(&[IN_2D, &half, off], |case| {
            let first = |entry: &&Entry| entry.hospital.is_some_and(|h| h.0 == 0);
            let numbers = case.decided(Sentence::A02, "expected-published");
            numbers.filter(first).map(|entry| entry.value).sum()
        })
    };
    assert!(
        told(&[]) < told(&["disabled_rules=[\"A33\", \"A35\"]"]),
        "made up for"
    );
}

#[test]
fn a34_the_supplement_brings_its_own_comfort() {
    let offered = |settings: &[&str]| {
        let steep = [
            "compliance=0.5",
            "finance.log_odds_per_comfort=10",
            "disabled_rules=[\"A35\"]",
        ];
        total(&[IN_2D, &steep, settings], WeekMeasure::CovidOffered)
    };
    let full = ["finance.supplement_comfort=1"];
    assert!(
        offered(&full) > offered(&["finance.supplement_comfort=0"]),
        "no barriers"
    );
    assert_eq!(
        offered(&[
            "finance.supplement_comfort=1",
            "disabled_rules=[\"A34\", \"A35\"]"
        ]),
        offered(&["finance.supplement_comfort=0.5"]),
        "without the rule only the framework's neutral comfort"
    );
}

/// Pressure from the first day: nobody complies.
pub(super) const PRESSED: &[&str] = &[
    "compliance=0",
    "agreement=0",
    "finance.supplement_comfort=0.5",
    "escalation={ after_days = [5, 9, 20], overdue_per_hospital = 0, compliance_step_share = 0.05, delay_days = 3 }",
];

/// Days after the window's start on which a level was reached first.
fn reached(case: &Case, rule: Sentence) -> Option<u16> {
    let start = case.model.study.window_start().0;
    let days = case
        .decided(rule, "escalated")
        .map(|entry| entry.time.day().0 - start);
    days.min()
}

#[test]
fn a35_pressure_is_confronted_after_its_days() {
    let case = Case::run(&[IN_2D, PRESSED], 0);
    assert!(
        reached(&case, Sentence::A35).is_some_and(|day| day >= 4),
        "on the fifth day at the earliest"
    );
    let off = Case::run(&[IN_2D, PRESSED, &["disabled_rules=[\"A35\"]"]], 0);
    assert_eq!(reached(&off, Sentence::A35), None, "without the rule");
    assert_eq!(reached(&off, Sentence::A36), None, "nor anything after it");
}

#[test]
fn a36_authorities_are_told_when_it_lasts() {
    let case = Case::run(&[IN_2D, PRESSED], 0);
    let (first, second) = (reached(&case, Sentence::A35), reached(&case, Sentence::A36));
    assert!(
        second >= first.map(|day| day + 4),
        "four days later: {first:?}, {second:?}"
    );
    assert!(second.is_some(), "it lasts");
    let off = Case::run(&[IN_2D, PRESSED, &["disabled_rules=[\"A36\"]"]], 0);
    assert_eq!(reached(&off, Sentence::A36), None, "without the rule");
    assert_eq!(
        reached(&off, Sentence::A37),
        None,
        "the next level needs this one"
    );
}

#[test]
fn a37_authorities_force_an_agreement() {
    let forced =
        |off: &[&str]| decisions(&[IN_2D, PRESSED, off], Sentence::A37, "agreement-reached");
    assert!(forced(&[]) > 0, "though the region would not agree");
    assert_eq!(forced(&["disabled_rules=[\"A37\"]"]), 0, "without the rule");
}

#[test]
fn a38_overdue_patients_count_as_pressure() {
    let rows = |off: &str| {
        let tight = ["staff.workforce_share=0.7", "compliance=1"];
        decisions(
            &[IN_2D, PRESSED, &tight, &[off]],
            Sentence::A35,
            "escalated",
        )
    };
    assert!(
        rows("disabled_rules=[\"A15\"]") > 0,
        "overdue patients alone"
    );
    assert_eq!(
        rows("disabled_rules=[\"A15\", \"A38\"]"),
        0,
        "nobody counts them"
    );
    let failing = total(
        &[IN_2D, &["staff.workforce_share=0.7"]],
        WeekMeasure::HospitalsFailingNorm,
    );
    assert!(failing > 0, "hospitals that fail the norm are reported");
}

#[test]
fn a39_a_missing_report_repeats_the_last_one() {
    let lost = |p: &str| {
        Case::run(
            &[
                IN_2D,
                &[&format!("forecast.missing_report_probability={p}")],
            ],
            0,
        )
    };
    assert_eq!(
        lost("1").total(WeekMeasure::CovidRequested),
        0,
        "no report, nothing asked"
    );
    assert!(
        count(lost("0.3").decided(Sentence::A39, "report-missing")) > 0,
        "some are missing"
    );
    // Reports renewed on Mondays are read from Tuesday to Monday.
    let weekly = Case::run(
        &[
            IN_2D,
            &[
                "compliance=1",
                "forecast.missing_report_probability=0",
                "disabled_rules=[\"A39\"]",
            ],
        ],
        0,
    );
    let mut by_day: BTreeMap<Day, i64> = BTreeMap::new();
    for entry in weekly.decided(Sentence::A15, "capacity-offered") {
        *by_day.entry(entry.time.day()).or_default() += entry.value;
    }
    let days: Vec<(Day, i64)> = by_day.into_iter().collect();
    let changed = days.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let on: Vec<usize> = changed
        .map(|pair| weekly.model.study.weekday_idx(pair[1].0))
        .collect();
    assert!(
        !on.is_empty() && on.iter().all(|weekday| *weekday == 1),
        "on Tuesdays: {on:?}"
    );
}

#[test]
fn a42_mediation_moves_patients_whose_wait_would_be_too_long() {
    let tight = [
        "staff.workforce_share=0.75",
        "region.coast.hospital.coast-1.ic_slots=[3, 3, 3, 3, 3]",
        "mediation={ above_norm_days = 0, acceptance_share = 1, loss_per_tile_share = 0 }",
    ];
    let case = Case::run(&[IN_2D, &tight], 0);
    let mediated = count(case.decided(Sentence::A42, "offered-elsewhere"));
    assert!(mediated > 0, "patients are moved");
    let relocated = case.outcome.planned.iter().filter(|patient| {
        patient.events.of(DisplacementEvent::MovedHospital) > 0
            || patient.events.of(DisplacementEvent::MovedRegion) > 0
    });
    let treated = relocated.filter(|patient| patient.status.is_relocated());
    assert!(treated.count() > 0, "and treated elsewhere");
    for (record, patient) in case.world.planned.iter().zip(&case.outcome.planned) {
        let elsewhere = patient.hospital != record.hospital;
        assert!(
            elsewhere || !patient.status.is_relocated(),
            "F2, F3 and F5 are elsewhere"
        );
        let own = matches!(
            patient.status,
            FinalStatus::OnTimeOwn | FinalStatus::LateOwn
        );
        assert!(!elsewhere || !own, "F1 and F4 are in the own hospital");
    }
    let n = |setting: &str| decisions(&[IN_2D, &tight, &[setting]], Sentence::A42, "");
    assert_eq!(n("disabled_rules=[\"A42\"]"), 0, "without the rule");
    assert_eq!(n("mediation.acceptance_share=0"), 0, "nobody accepts");
}

#[test]
fn a47_rules_of_the_supplement_are_off_before_its_first_day() {
    let case = Case::run(&[IN_2D, &["supplement_from=2021-11-29", "agreement=1"]], 0);
    let start = day_of(&case, "2021-11-29");
    for rule in [Sentence::A21, Sentence::A22, Sentence::A20] {
        let first = case.decided(rule, "").map(|entry| entry.time.day()).min();
        assert!(
            first.is_some_and(|day| day >= start),
            "{rule:?} on {first:?}"
        );
    }
}

#[test]
fn a48_each_level_that_authorities_reach_is_counted_and_written_down() {
    let case = Case::run(&[IN_2D, PRESSED], 0);
    let levels = [
        WeekMeasure::EscalationsToLevel1,
        WeekMeasure::EscalationsToLevel2,
        WeekMeasure::EscalationsToLevel3,
    ];
    let counted: i64 = levels.into_iter().map(|level| case.total(level)).sum();
    assert!(counted > 0, "pressure is escalated");
    assert_eq!(counted, count(case.told("escalated")), "all are in the log");
}

#[test]
fn class_3_goes_first_on_the_way_back_and_says_so() {
    let ebb = [
        "agreement=1",
        "staff.ward.planned_inpatients=300",
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"2B\"}]",
    ];
    let n = |off: &[&str]| decisions(&[IN_2D, &ebb, off], Sentence::A24, "restart-in-order");
    assert!(n(&[]) > 0, "classes 4 and 5 wait");
    assert_eq!(n(&["disabled_rules=[\"A24\"]"]), 0, "without the rule");
    assert_eq!(
        n(&["supplement_from=\"never\""]),
        0,
        "nor before the supplement"
    );
}
