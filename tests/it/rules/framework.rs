//! The framework of October 2020, as the supplement sums it up: A01 to A20.

use std::collections::BTreeSet;

use zorgdruk::experiment::Measure;
use zorgdruk::experiment::estimand::{ESTIMANDS, Kind};
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::policy::info::{Planning, Report};
use zorgdruk::policy::levers::{CriticalNeed, ScaleDownTiming};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::policy::{fair_share, scaling};
use zorgdruk::units::{Day, PerMille, UrgencyClass};

use super::{Case, IN_2D, count, decisions, measured, model, sum, total};

/// The framework alone, in phase 2D.
const FRAMEWORK: &[&str] = &["supplement_from=\"never\"", "clinic_policy_from=\"never\""];

/// The first day on which `rule` decided.
fn first_day(case: &Case, rule: Sentence) -> Option<Day> {
    case.decided(rule, "").map(|entry| entry.time.day()).min()
}

fn day_of(case: &Case, date: &str) -> Day {
    let date = date.parse().expect("a date");
    case.model.study.day_of(date).expect("a simulated day")
}

#[test]
fn a01_rules_of_the_framework_are_off_before_its_first_day() {
    let late = Case::run(&[IN_2D, &["framework_from=2021-11-29"]], 0);
    let start = day_of(&late, "2021-11-29");
    assert_eq!(first_day(&late, Sentence::A15), Some(start), "offers begin");
    let never = Case::run(&[IN_2D, FRAMEWORK, &["framework_from=\"never\""]], 0);
    assert_eq!(first_day(&never, Sentence::A15), None, "no offer is made");
    assert_eq!(never.total(WeekMeasure::TransfersWithin), 0, "no moves");
}

#[test]
fn a02_hospitals_are_told_numbers_by_beds_or_by_their_own_reports() {
    // The two hospitals on the coast have 28 and 11 beds.
    let follows_beds = |settings: &[&[&str]]| {
        let case = Case::run(settings, 0);
        let told: Vec<i64> = case
            .told("expected-published")
            .map(|entry| entry.value)
            .collect();
        assert!(told.iter().any(|milli| *milli > 1_000), "patients come");
        told.chunks(4)
            .all(|day| (day[0] * 11 - day[1] * 28).abs() <= 40)
    };
    let base = [IN_2D, &["protection=\"none\""][..]].concat();
    let by_hospital = [&base, &["forecast_granularity=\"hospital\""][..]].concat();
    assert!(follows_beds(&[&base]), "to regions, which divide by beds");
    assert!(!follows_beds(&[&by_hospital]), "by what each reported");
    let off = [&by_hospital, &["disabled_rules=[\"A02\"]"][..]].concat();
    assert!(follows_beds(&[&off]), "without the rule");
}

#[test]
fn a03_planners_act_on_the_published_number() {
    // An upper quantile of a very uncertain forecast is three times what is expected.
    let wild = [
        "forecast_level=0.999",
        "forecast.regional_sd_log_per_day=0.5",
    ];
    let staffed = |off: &[&str]| total(&[IN_2D, &wild, off], WeekMeasure::BedMinutesStaffed);
    assert!(
        staffed(&[]) > staffed(&["disabled_rules=[\"A03\"]"]),
        "a hospital that is told a large number makes more beds"
    );
}

#[test]
fn a03_beds_are_kept_for_patients_who_are_told_to_come() {
    let none = ["protection=\"none\""];
    let wild = [
        "forecast_level=0.999",
        "forecast.regional_sd_log_per_day=0.5",
    ];
    let operated = |settings: &[&str]| {
        total(
            &[IN_2D, FRAMEWORK, &none, settings],
            WeekMeasure::OperatedIcClass45,
        )
    };
    let told = operated(&wild);
    let off = [&wild[..], &["disabled_rules=[\"A03\"]"]].concat();
    assert!(
        told < operated(&[]),
        "with many patients to come fewer others are operated: {told}"
    );
    assert!(
        told < operated(&off),
        "a hospital that does not act on the number keeps no beds"
    );
}

#[test]
fn l02_hospitals_open_the_beds_that_a_phase_orders() {
    let staffed = |settings: &[&str]| {
        total(
            &[IN_2D, FRAMEWORK, settings],
            WeekMeasure::BedMinutesStaffed,
        )
    };
    let order = "phases.phase[4].ordered_ic_beds=88";
    let ordered = staffed(&[order]);
    assert!(ordered > staffed(&[]), "more than patients ask for");
    let late = "scale_down=\"late\"";
    assert_eq!(
        staffed(&[order, late]),
        staffed(&[late]),
        "who acts when beds are full does not prepare"
    );
    let off = "disabled_rules=[\"L02\"]";
    assert_eq!(staffed(&[order, off]), staffed(&[off]), "without the rule");
}

#[test]
fn l01_a_phase_limits_operations_of_hospitals_that_comply() {
    let done =
        |settings: &[&str]| total(&[IN_2D, NO_STOP, settings], WeekMeasure::OperationsClass5);
    let off = done(&["disabled_rules=[\"L01\"]"]);
    assert!(done(&[]) < off, "the phase asks for less");
    assert!(done(&["compliance=0"]) > done(&[]), "nobody does as asked");
}

#[test]
fn l03_hospitals_stop_classes_4_and_5_one_by_one_and_restart() {
    let ebb =
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"2C\"}]";
    let stop = "phases.stop={ willing_share = 1.0, lag_days = 14, restart_days = 14 }";
    let case = Case::run(&[IN_2D, &[ebb, stop, "compliance=1"]], 0);
    let days = |value| {
        let told = case.decided(Sentence::L03, "plannable-stopped");
        let days = told.filter(move |entry| entry.value == value);
        days.map(|entry| entry.time.day()).collect::<BTreeSet<_>>()
    };
    let (end, restarts) = (day_of(&case, "2021-11-22"), days(0));
    assert!(days(1).len() > 1, "on days of their own: {:?}", days(1));
    assert!(
        restarts.iter().all(|day| *day >= end),
        "not before: {restarts:?}"
    );
    let stopped = case
        .decided(Sentence::L03, "plannable-stopped")
        .map(|entry| entry.value);
    assert_eq!(
        count(stopped.filter(|value| *value == 1)),
        count(days_all(&case)),
        "all restart"
    );
    let off = ["disabled_rules=[\"L03\"]"];
    assert_eq!(
        decisions(&[IN_2D, &[stop], &off], Sentence::L03, ""),
        0,
        "without the rule"
    );
    let weeks = |settings: &[&str]| {
        total(
            &[IN_2D, &[stop], settings],
            WeekMeasure::HospitalsWithoutClass45,
        )
    };
    assert!(weeks(&[]) > weeks(&off), "they do nothing of these classes");
}

#[test]
fn l03_hospitals_restart_where_their_region_is_calm() {
    let stop = |below: f64| {
        format!(
            "phases.stop={{ willing_share = 1.0, lag_days = 3, restart_days = 3, restart_below_occupancy_share = {below:?} }}"
        )
    };
    let told = |below: f64| {
        let case = Case::run(&[IN_2D, &[&stop(below), "compliance=1"]], 0);
        let told = case.decided(Sentence::L03, "plannable-stopped");
        let told: Vec<i64> = told.map(|entry| entry.value).collect();
        let n = |value: i64| told.iter().filter(|own| **own == value).count();
        (n(1), n(0))
    };
    let (stops, restarts) = told(0.0);
    assert!(stops > 0 && restarts == 0, "the order stands: {restarts}");
    let (stops, restarts) = told(0.85);
    assert!(
        stops > 0 && restarts > 0,
        "calm from time to time: {stops}, {restarts}"
    );
    assert_eq!(told(5.0), (0, 0), "all is calm, always");
}

/// Restarts.
fn days_all(case: &Case) -> impl Iterator<Item = i64> {
    let told = case.decided(Sentence::L03, "plannable-stopped");
    told.map(|entry| entry.value).filter(|value| *value == 0)
}

/// Nobody stops classes 4 and 5.
const NO_STOP: &[&str] = &["phases.phase[4].stops_plannable=false"];

#[test]
fn a04_more_expected_patients_mean_more_beds_and_less_other_care() {
    // Protection and notice read the same numbers.
    let off = ["disabled_rules=[\"A04\", \"A20\", \"A22\"]"];
    let asked = ["compliance=0.9", "lead_days=7", "forecast_level=0.8"];
    let converted = |settings: &[&str], off: &[&str]| {
        total(
            &[IN_2D, &asked, settings, off],
            WeekMeasure::BedMinutesConverted,
        )
    };
    let wild = [
        "forecast_level=0.999",
        "forecast.regional_sd_log_per_day=0.5",
    ];
    assert!(
        converted(&wild, &[]) > converted(&[], &[]),
        "by the forecast"
    );
    let late = converted(&[], &off);
    assert_eq!(
        converted(&wild, &off),
        late,
        "without the rule by what is there"
    );
    let plannable = |settings: &[&[&str]]| {
        total(settings, WeekMeasure::OperationsClass4)
            + total(settings, WeekMeasure::OperationsClass5)
    };
    assert!(
        plannable(&[IN_2D, &asked]) < plannable(&[IN_2D, &asked, &off]),
        "care is cut"
    );
}

#[test]
fn a05_the_patient_at_highest_risk_keeps_a_place() {
    let case = Case::run(&[IN_2D, &["own_risk_share=0.5"]], 0);
    let kept: Vec<usize> = case
        .decided(Sentence::A05, "kept-for-own-risk")
        .map(|entry| usize::try_from(entry.value).expect("a patient"))
        .collect();
    assert!(!kept.is_empty(), "someone keeps a place");
    for patient in kept {
        let record = &case.world.planned[patient];
        assert_eq!(record.class, UrgencyClass::Plannable, "class 4 only");
        assert!(record.risk_mark < 500, "of high risk only");
    }
    for off in ["own_risk_share=0", "disabled_rules=[\"A05\"]"] {
        let settings: &[&[&str]] = &[IN_2D, &["own_risk_share=0.5"], &[off]];
        let n = decisions(settings, Sentence::A05, "kept-for-own-risk");
        assert_eq!(n, 0, "{off}");
    }
    // Without the order of urgency, class 5 gives no more than class 4.
    let ratio = |off: &[&str]| {
        let cut =
            |done, normal| 1_000 - total(&[IN_2D, off], done) * 1_000 / total(&[IN_2D], normal);
        cut(
            WeekMeasure::OperationsClass5,
            WeekMeasure::NormalOperationsClass5,
        ) - cut(
            WeekMeasure::OperationsClass4,
            WeekMeasure::NormalOperationsClass4,
        )
    };
    assert!(
        ratio(&[]) > ratio(&["disabled_rules=[\"A05\"]"]),
        "class 5 is cut before class 4"
    );
}

#[test]
fn a06_the_chain_keeps_patients_out_and_a_blocked_one_keeps_them_in() {
    let half = ["chain.gp_inflow_factor=0.5"];
    let kept = |settings: &[&[&str]]| total(settings, WeekMeasure::CovidKeptAtHome);
    assert!(kept(&[IN_2D, &half]) > 0, "GPs keep patients at home");
    assert_eq!(kept(&[IN_2D]), 0, "as in normal times");
    assert_eq!(
        kept(&[IN_2D, &half, &["disabled_rules=[\"A06\"]"]]),
        0,
        "off"
    );
    let needs = |case: &Case| case.total(WeekMeasure::CovidIcAdmissions);
    assert_eq!(
        sum(&[IN_2D, &half], needs),
        sum(&[IN_2D], needs),
        "who needs the IC comes anyway"
    );
    let ward = |settings: &[&[&str]]| {
        sum(settings, |case| {
            (0..case.outcome.days.n_days())
                .map(|day| Day(u16::try_from(day).expect("few days")))
                .map(|day| i64::from(case.outcome.days.get(day, DayMeasure::CovidWard)))
                .sum()
        })
    };
    let oxygen = [
        "chain.home_oxygen_share=1",
        "chain.home_oxygen_stay_share=0.5",
    ];
    assert!(ward(&[IN_2D, &oxygen]) < ward(&[IN_2D]), "home with oxygen");
    let blocked = ["chain.vvt_places_per_day=0"];
    assert!(
        ward(&[IN_2D, &blocked]) > ward(&[IN_2D]),
        "no place to go to"
    );
    let stuck = |places: &str| total(&[IN_2D, &[places]], WeekMeasure::WardExitsBlocked);
    assert!(stuck(blocked[0]) > 0, "patients wait on the ward");
    assert_eq!(
        stuck("chain.vvt_places_per_day=100000"),
        0,
        "places for all"
    );
}

#[test]
fn a07_an_old_picture_changes_what_is_asked() {
    // The wave rises until mid November; an old picture shows fewer patients.
    let asked = |off: &[&str]| {
        sum(&[IN_2D, off], |case| {
            let week = case.model.study.week(case.model.study.window_start());
            case.outcome
                .weeks
                .total(week..week + 3, WeekMeasure::CovidRequested)
        })
    };
    assert!(
        asked(&["disabled_rules=[\"A07\"]"]) < asked(&[]),
        "a week late"
    );
}

#[test]
fn a08_comfort_raises_compliance() {
    let offered = |settings: &[&str]| {
        let steep = ["compliance=0.5", "finance.log_odds_per_comfort=10"];
        total(
            &[IN_2D, FRAMEWORK, &steep, settings],
            WeekMeasure::CovidOffered,
        )
    };
    let neutral = offered(&["finance.comfort=0.5"]);
    assert!(offered(&["finance.comfort=1"]) > neutral, "full comfort");
    assert!(offered(&["finance.comfort=0"]) < neutral, "no comfort");
    assert_eq!(
        offered(&["finance.comfort=1", "disabled_rules=[\"A08\"]"]),
        neutral,
        "without the rule money is neutral"
    );
}

#[test]
fn a10_supervision_makes_regions_offer_what_is_asked() {
    let offered = |off: &[&str]| {
        let pressed = [
            "compliance=0",
            "finance.supplement_comfort=0.5",
            "escalation.after_days=[1, 1, 1]",
            "escalation.delay_days=0",
        ];
        total(&[IN_2D, &pressed, off], WeekMeasure::CovidOffered)
    };
    assert!(
        offered(&[]) > offered(&["disabled_rules=[\"A10\"]"]),
        "regions that would not comply do"
    );
}

#[test]
fn a11_rules_act_in_phase_2_only() {
    let calendar =
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"1\"}]";
    let last = |settings: &[&[&str]]| {
        let case = Case::run(settings, 0);
        let end = day_of(&case, "2021-11-22");
        let days = case
            .decided(Sentence::A15, "")
            .map(|entry| entry.time.day());
        (days.max().expect("offers"), end)
    };
    let (day, end) = last(&[IN_2D, &[calendar]]);
    assert_eq!(day.plus(1), end, "until the day before phase 1");
    let (day, end) = last(&[IN_2D, &[calendar, "disabled_rules=[\"A11\"]"]]);
    assert!(day > end, "without the rule they go on");
}

#[test]
fn a12_days_in_each_phase_add_up_to_the_window() {
    let calendar =
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2C\"}, {from=\"2021-11-22\", phase=\"2D\"}]";
    let days = |measure| measured(&[&[calendar]], measure);
    assert_eq!(days(Measure::Days2C), 28, "four weeks");
    assert_eq!(days(Measure::Days2D), 28, "and four weeks");
    assert_eq!(days(Measure::EverPhase3), 0, "phase 3 is avoided");
    assert_eq!(
        measured(
            &[&[calendar], &["phases.threat.beds=1"]],
            Measure::ThreatDays
        ),
        56,
        "under threat all along"
    );
}

#[test]
fn a13_solidarity_lets_a_region_take_more_than_its_share() {
    let report = Report {
        covid_ic: 11,
        room: 6,
        ..Report::default()
    };
    let takes = |solidarity| -fair_share::surplus(&report, 10, 10, PerMille(solidarity));
    assert_eq!(
        [takes(0), takes(500), takes(1_000)],
        [0, 3, 6],
        "of six beds"
    );
    let within = |off: &[&str]| total(&[IN_2D, off], WeekMeasure::TransfersWithin);
    assert!(within(&[]) > 0, "patients move within regions");
    assert_eq!(within(&["disabled_rules=[\"L04\"]"]), 0, "by the plan");
}

#[test]
fn l04_patients_move_by_the_plan_in_every_phase() {
    let moves = |phase: &str, transfers: &str, off: &str| {
        let settings = [
            format!("phase_calendar=[{{from=\"2021-10-25\", phase=\"{phase}\"}}]"),
            format!("phases.phase[0].transfers=\"{transfers}\""),
            format!("disabled_rules=[{off}]"),
            "staff.workforce_share=0.5".to_owned(),
        ];
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        let case = Case::run(&[&settings], 0);
        let within = case.total(WeekMeasure::TransfersWithin);
        let relieved = count(case.decided(Sentence::L04, "moved-to-relieve"));
        (within > 0, relieved > 0)
    };
    assert_eq!(
        moves("1", "regional", ""),
        (true, false),
        "within the region"
    );
    assert!(
        moves("1", "national", "").1,
        "between regions, without a key"
    );
    assert_eq!(
        moves("1", "national", "\"L04\""),
        (false, false),
        "without the rule"
    );
    assert!(!moves("2D", "regional", "").1, "a key that all regions use");
    assert!(moves("2D", "regional", "\"A15\"").1, "and without it");
}

#[test]
fn l05_where_a_phase_says_so_long_stays_are_not_admitted() {
    let phase_3 = [
        "phase_calendar=[{from=\"2021-10-25\", phase=\"3\"}]",
        "phases.phase[5].longest_ic_stay_days=14",
        "compliance=1",
    ];
    let case = Case::run(&[&phase_3], 0);
    let two_weeks = 14 * 1_440;
    let refused: Vec<i64> = case
        .decided(Sentence::L05, "covid-not-admitted")
        .map(|entry| entry.value)
        .collect();
    assert!(!refused.is_empty(), "some are refused");
    assert!(refused.iter().all(|stay| *stay > two_weeks), "{refused:?}");
    let off = ["disabled_rules=[\"L05\"]"];
    let all = Case::run(&[&phase_3, &off], 0);
    assert_eq!(
        all.total(WeekMeasure::CovidNotAdmitted),
        0,
        "without the rule"
    );
}

#[test]
fn a14_agreements_without_obligation_are_kept_less_often() {
    let offered = |off: &[&str]| total(&[IN_2D, &["compliance=1"], off], WeekMeasure::CovidOffered);
    assert!(
        offered(&["disabled_rules=[\"A14\"]"]) < offered(&[]),
        "by half"
    );
}

#[test]
fn a15_regions_above_their_share_send_and_offers_never_exceed_requests() {
    let uneven = [
        "region.coast.fair_share=0.3",
        "region.inland.fair_share=0.7",
    ];
    let case = Case::run(&[IN_2D, &uneven], 0);
    let moved = count(case.decided(Sentence::A15, "moved-for-fair-share"));
    assert!(moved > 0, "patients move");
    let (asked, offered) = (
        case.total(WeekMeasure::CovidRequested),
        case.total(WeekMeasure::CovidOffered),
    );
    assert!(offered <= asked && offered > 0, "{offered} of {asked}");
    let coast = zorgdruk::units::RegionIdx(0);
    let weeks = 0..case.model.study.n_weeks();
    let out: i64 = weeks
        .map(|week| {
            case.outcome
                .weeks
                .get(coast, week, WeekMeasure::TransfersOut)
        })
        .sum();
    assert!(out > 0, "the coast sends");
    let without = |rules: &str| {
        let off = format!("disabled_rules=[{rules}]");
        total(&[IN_2D, &uneven, &[&off]], WeekMeasure::TransfersOut)
    };
    let free = Case::run(&[IN_2D, &uneven, &["disabled_rules=[\"A15\"]"]], 0);
    let moved = count(free.decided(Sentence::A15, "moved-for-fair-share"));
    assert_eq!(moved, 0, "nobody moves for a share");
    assert_eq!(
        without("\"A15\", \"L04\""),
        0,
        "and without the plan not at all"
    );
}

#[test]
fn a16_the_headline_is_displacement_of_this_care() {
    let headline = &ESTIMANDS[0];
    assert_eq!(headline.key, "displaced_share", "the first estimand");
    assert!(
        matches!(
            headline.kind,
            Kind::Ratio(Measure::Displaced, Measure::Cohort, _)
        ),
        "of the cohort"
    );
    let case = Case::run(&[IN_2D], 0);
    let study = &case.model.study;
    let cohort = case.world.planned.iter().filter(|patient| {
        patient.class == UrgencyClass::KritiekPlanbareZorg
            && patient.waited_before.0 == 0
            && (study.window_start()..study.window_end()).contains(&patient.indicated.day())
    });
    assert_eq!(
        measured(&[IN_2D], Measure::Cohort),
        count(cohort),
        "class 3 only"
    );
}

#[test]
fn a17_late_hospitals_convert_later_and_fatigue_takes_beds() {
    let converted = |settings: &[&str]| {
        sum(&[IN_2D, settings], |case| {
            let week = case.model.study.week(case.model.study.window_start());
            case.outcome
                .weeks
                .total(week..week + 3, WeekMeasure::BedMinutesConverted)
        })
    };
    let rising = Planning {
        present: 20,
        covid_milli: 30_000,
        ..Planning::default()
    };
    let need = |timing| scaling::need_milli(timing, CriticalNeed::Excluded, &rising);
    assert_eq!(need(ScaleDownTiming::Late), 21_000, "one more than now");
    assert_eq!(need(ScaleDownTiming::Forecast), 30_000, "as expected");
    let forecast = converted(&[]);
    assert!(converted(&["scale_down=\"early\""]) > forecast, "early");
    for timing in ["late", "early"] {
        let timing = format!("scale_down=\"{timing}\"");
        assert_eq!(
            converted(&[&timing, "disabled_rules=[\"A17\"]"]),
            forecast,
            "without the rule by the forecast"
        );
    }
    let staffed = |settings: &[&str]| total(&[IN_2D, settings], WeekMeasure::BedMinutesStaffed);
    let tired = ["staff.fatigue_share_per_week=0.05"];
    assert!(staffed(&tired) < staffed(&[]), "staff drop out");
    assert_eq!(
        staffed(&[
            "staff.fatigue_share_per_week=0.05",
            "disabled_rules=[\"A17\"]"
        ]),
        staffed(&["disabled_rules=[\"A17\"]"]),
        "without the rule nobody tires"
    );
}

#[test]
fn a18_an_operation_needs_a_team_and_a_bed() {
    let operated = |setting: &str| total(&[IN_2D, &[setting]], WeekMeasure::OperatedIcClass3);
    assert!(operated("compliance=1") > 0, "with both");
    let teamless = [
        "region.*.hospital.*.or_teams=0",
        "planned.stream[0].or_time_share=0",
    ];
    let n = total(&[IN_2D, &teamless], WeekMeasure::OperatedIcClass3);
    assert_eq!(n, 0, "no team");
    assert_eq!(
        operated("region.*.hospital.*.ic_slots=[0, 0, 0, 0, 0]"),
        0,
        "no place"
    );
    let bedless = ["staff.workforce_share=0", "staff.maximum_support_share=0"];
    let n = total(&[IN_2D, &bedless], WeekMeasure::OperatedIcClass3);
    assert_eq!(n, 0, "no bed");
}

#[test]
fn a19_harm_counts_months_beyond_the_norm() {
    let harm = |per_month: &str| {
        let setting = format!("planned.stream.*.harm_per_month={per_month}");
        measured(
            &[IN_2D, &["staff.workforce_share=0.7"], &[&setting]],
            Measure::Harm,
        )
    };
    assert_eq!(harm("0"), 0, "no weight, no harm");
    let (three, six) = (harm("3"), harm("6"));
    assert!(three > 0, "some wait too long");
    assert_eq!(six, 2 * three, "in proportion");
}

#[test]
fn a20_dates_are_moved_in_time_instead_of_cancelled_on_the_day() {
    let tight = ["staff.workforce_share=0.75"];
    let events = |settings: &[&str], measure| total(&[IN_2D, &tight, settings], measure);
    let off = ["disabled_rules=[\"A20\"]"];
    let (in_time, on_the_day) = (
        WeekMeasure::MovedInTimeClass3,
        WeekMeasure::CancelledOnTheDayClass3,
    );
    assert!(events(&[], in_time) > 0, "dates are moved in time");
    assert!(events(&[], WeekMeasure::MovedLateClass3) > 0, "or late");
    assert!(
        events(&[], on_the_day) < events(&off, on_the_day),
        "and fewer on the day"
    );
    for off in [off[0], "notice_days=0"] {
        assert_eq!(events(&[off], in_time), 0, "{off}");
    }
    let spread = measured(&[IN_2D], Measure::ActivitySpread);
    let weeks = i64::from(model(&[IN_2D]).study.window_days / 7);
    assert!(
        (1..=1_000 * weeks).contains(&spread),
        "regions differ by {spread}"
    );
}

#[test]
fn decisions_that_used_to_be_silent_are_in_the_log() {
    let told = |settings: &[&[&str]], rule, what: &str| decisions(settings, rule, what) > 0;
    let base = &[IN_2D][..];
    assert!(
        told(base, Sentence::A03, "told-otherwise"),
        "another number than the own"
    );
    assert!(
        told(base, Sentence::A07, "picture-is-old"),
        "yesterday's numbers"
    );
    assert!(
        told(base, Sentence::A23, "need-counts-critical"),
        "more is needed"
    );
    let half: &[&str] = &["compliance=0.2", "disabled_rules=[\"A35\"]"];
    assert!(
        told(&[IN_2D, half], Sentence::A14, "offer-withheld"),
        "not all comply"
    );
    let early: &[&str] = &["scale_down=\"late\"", "staff.fatigue_share_per_week=0.02"];
    assert!(
        told(&[IN_2D, early], Sentence::A17, "need-by-timing"),
        "late"
    );
    assert!(told(&[IN_2D, early], Sentence::A17, "staff-tire"), "tired");
    let slow: &[&str] = &["agreement=1", "days_to_agree=5"];
    assert!(
        told(&[IN_2D, slow], Sentence::A26, "agreement-waits"),
        "five days"
    );
    for rule in [
        Sentence::A03,
        Sentence::A14,
        Sentence::A17,
        Sentence::A23,
        Sentence::A26,
    ] {
        let off = format!("disabled_rules=[\"{rule:?}\", \"A35\"]");
        let all = [half[0], early[0], early[1], slow[0], slow[1], &off];
        assert_eq!(decisions(&[IN_2D, &all], rule, ""), 0, "without {rule:?}");
    }
}

/// The log says of each cut and each lost date by which sentence it came about.
#[test]
fn a04_cuts_and_lost_dates_carry_their_sentence() {
    let case = Case::run(&[IN_2D], 0);
    let by = |words: &[&str], sentence| {
        let told = case.log.entries.iter();
        count(told.filter(|entry| words.contains(&entry.what.key()) && entry.rule == sentence))
    };
    let cuts = ["critical-cut", "plannable-cut", "deferrable-cut"];
    assert!(by(&cuts, Some(Sentence::L01)) > 0, "limits of the phase");
    assert!(by(&cuts, Some(Sentence::A05)) > 0, "capacity is shared");
    let lost = ["planned-disrupted"];
    assert_eq!(by(&lost, None), 0, "no date is lost for no reason");
    assert!(
        by(&lost, Some(Sentence::A18)) > 0,
        "bed and team are needed"
    );
    assert!(by(&lost, Some(Sentence::A04)) > 0, "beds wait for patients");
    // Without the documents nobody sets limits, and care still needs both.
    let alone = Case::run(
        &[&["framework_from=\"never\"", "supplement_from=\"never\""]],
        0,
    );
    let others = alone
        .log
        .entries
        .iter()
        .filter(|entry| lost.contains(&entry.what.key()));
    assert!(
        others
            .into_iter()
            .all(|entry| entry.rule == Some(Sentence::A18))
    );
}

#[test]
fn l06_hospitals_keep_beds_for_covid_patients_by_phase() {
    let kept = "phases.phase[4].covid_beds_share=0.9";
    let operated = |settings: &[&str]| {
        let measure = WeekMeasure::OperatedIcClass3;
        total(&[IN_2D, FRAMEWORK, NO_STOP, settings], measure)
    };
    assert!(operated(&[kept]) < operated(&[]), "fewer beds for others");
    let nobody = ["compliance=0", "fair_share=\"off\""];
    assert_eq!(
        operated(&[&[kept], &nobody[..]].concat()),
        operated(&nobody),
        "who does not comply keeps none"
    );
    let moved = |settings: &[&str]| {
        let measure = WeekMeasure::TransfersOut;
        total(&[IN_2D, FRAMEWORK, settings], measure)
    };
    assert!(moved(&[]) > 0, "regions above their share");
    let without_bed = |settings: &[&str]| {
        let measure = WeekMeasure::CovidWithoutBed;
        total(&[IN_2D, FRAMEWORK, settings], measure)
    };
    assert!(
        without_bed(&[kept]) < without_bed(&[]),
        "more beds for them"
    );
    let off = "disabled_rules=[\"L06\"]";
    assert_eq!(operated(&[kept, off]), operated(&[off]), "without the rule");
    assert_eq!(moved(&[kept, off]), moved(&[off]), "without the rule");
}
