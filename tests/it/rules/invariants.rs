//! What must hold on each day of a run, in each region and hospital, whatever the policy: read from
//! the log.

use std::collections::BTreeMap;

use crate::naive::sentences::InForce;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use zorgdruk::model::derived::Derived;
use zorgdruk::outcome::{DayMeasure, Entry, WeekMeasure};
use zorgdruk::policy::plan::Phase;
use zorgdruk::policy::registry::{entry, sentences_on};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, RegionIdx, UrgencyClass};
use zorgdruk::world::World;

use super::clinics::LENDING;
use super::properties::policies;
use super::{Case, IN_2D, SEED, model, record};
use crate::engine::{assert_lent_days_add_up, assert_the_log_accounts_for_everything};

/// Policies at random that a property is tried under.
const POLICIES: u32 = 16;
/// An empty start, so that the log tells everything.
const FROM_EMPTY: &[&str] = &["study.burn_in_weeks=0"];

/// Runs under policies at random, with settings below and on top of what is drawn; `keeps` says which
/// of the drawn ones stay.
fn cases(below: &[&[&str]], on_top: &[&[&str]], keeps: impl Fn(&str) -> bool) -> Vec<Case> {
    let config = Config {
        rng_seed: RngSeed::Fixed(11),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let mut draw = || {
        policies()
            .new_tree(&mut runner)
            .expect("settings")
            .current()
    };
    (0..POLICIES)
        .map(|n| {
            let drawn = draw();
            let drawn: Vec<&str> = drawn.iter().map(String::as_str).collect();
            let drawn: Vec<&str> = drawn.into_iter().filter(|one| keeps(one)).collect();
            let settings = [below, &[&drawn], on_top].concat();
            Case::run(&settings, n)
        })
        .collect()
}

fn all(_: &str) -> bool {
    true
}

/// Positions in the plan of the small scenario.
const PHASE_2D: Phase = Phase(4);
const PHASE_3: Phase = Phase(5);

fn phase_at_start(case: &Case) -> Phase {
    let eve = Day(case.model.study.window_start().0.saturating_sub(1));
    Phase::at(case.outcome.days.get(eve, DayMeasure::Phase) as usize)
}

/// The phase that an entry brings, if it does.
fn entered(entry: &Entry) -> Option<Phase> {
    let is_phase = entry.what.key() == "phase-entered";
    is_phase.then(|| Phase::at(usize::try_from(entry.value).expect("a phase")))
}

#[test]
fn under_any_policy_the_log_accounts_for_everyone_and_every_bed() {
    let mut lent = 0;
    for case in cases(&[], &[FROM_EMPTY], all) {
        assert_the_log_accounts_for_everything(&case.model, &case.world, &case.outcome, &case.log);
        assert_lent_days_add_up(&case.model, &case.outcome, &case.log);
        lent += case.told("worker-lent").count();
    }
    assert!(lent > 0, "some policies lend staff");
}

/// What the hospitals of a region are told to expect adds up to the region's share of the national
/// task, however they divide it (A15, A29).
#[test]
fn whatever_hospitals_trade_the_region_is_told_its_whole_share() {
    let concentrated = [
        "agreement=1",
        "days_to_agree=0",
        "finance.hospital_compensation=1",
        "protection={ concentrate = { strength_share = 1.0 } }",
    ];
    let mut days_with_shares = 0;
    for more in [&concentrated[..0], &concentrated[..]] {
        for case in cases(&[], &[more], all) {
            days_with_shares += assert_shares_are_whole(&case);
        }
    }
    assert!(days_with_shares > 200, "{days_with_shares} days");
}

/// A region whose hospitals all want to give everything away has nobody to give it to.
#[test]
fn a_region_with_one_hospital_keeps_its_share_whatever_is_agreed() {
    let alone = [
        "agreement=1",
        "days_to_agree=0",
        "compliance=1",
        "finance.hospital_compensation=1",
        "finance.log_odds_per_comfort=20",
        "region.inland.hospital=[{ key = \"inland-1\", name = \"Inland 1\", regular_beds = 31, physical_beds = 50, groups = [\"heart\"] }]",
        "protection={ concentrate = { strength_share = 1.0 } }",
    ];
    let case = Case::run(&[IN_2D, &alone], 0);
    assert!(assert_shares_are_whole(&case) > 40, "days");
}

/// Compares the regions' tasks with their shares on each day on which fair share is in force, and
/// returns how many days that were.
fn assert_shares_are_whole(case: &Case) -> u32 {
    let policy = &case.model.policies()[0];
    let mut tasks: BTreeMap<Day, [i64; 2]> = BTreeMap::new();
    for entry in case.told("expected-published") {
        let region = entry.region.expect("a region").idx();
        tasks.entry(entry.time.day()).or_default()[region] += entry.value;
    }
    let shares = [0, 1].map(|r: usize| i64::from(case.model.regions[r].fair_share.agreed));
    let mut n = 0;
    for (day, [coast, inland]) in tasks {
        let phase = Phase::at(case.outcome.days.get(day, DayMeasure::Phase) as usize);
        if !InForce::new(policy, &case.model.phases, day, phase).framework(Sentence::A15) {
            continue;
        }
        n += 1;
        // Four hospitals and two regions are rounded down, to a thousandth of a patient each, and
        // multiplied by the factor of the quantile.
        let off = (coast * shares[1] - inland * shares[0]).abs();
        assert!(
            off <= 8_000_000,
            "{coast} and {inland} for shares of {shares:?} on {day:?}"
        );
        assert!(coast > 0, "a task on {day:?}");
    }
    n
}

/// In every hospital and on every day class 5 is cut most and class 3 least, and no later class does
/// anything while an earlier one waits: 5, 4, 3 on the way down and 3, 4, 5 on the way back. All
/// operations need the same means here, so that none can go on where another cannot.
#[test]
fn classes_are_cut_from_5_and_restart_from_3_in_every_hospital() {
    let same = [
        "sessions.inpatient_share=[1, 1, 1]",
        "scaling_order=\"urgency-order\"",
        "staff.ward.planned_inpatients=300",
    ];
    let is_kept = |setting: &str| !setting.starts_with("disabled_rules");
    let (mut waited, mut returned) = ([0; 3], 0);
    for case in cases(&[], &[&same], is_kept) {
        let (n, up) = assert_order_of_classes(&case);
        waited = [0, 1, 2].map(|class| waited[class] + n[class]);
        returned += up;
    }
    assert!(
        waited.iter().all(|n| *n > 20),
        "each class waits: {waited:?}"
    );
    assert!(returned > 20, "classes come back: {returned}");
}

/// Returns the hospital-days on which each class waited, and those on which class 4 came back.
fn assert_order_of_classes(case: &Case) -> ([u32; 3], u32) {
    /// Operations are whole thousandths, and what is left of the minutes can serve one more of these.
    const ROUNDING: i64 = 4;
    let tables = Derived::new(&case.model).hospitals;
    let mut waited = [0; 3];
    let mut returned = 0;
    let mut last: BTreeMap<usize, i64> = BTreeMap::new();
    for ((_, hospital), (phase, cut)) in cuts(case) {
        let normal = tables[hospital].operations_milli.map(i64::from);
        let done = [0, 1, 2].map(|class| normal[class] - cut[class]);
        let most = case.model.phases.records[phase.idx()].max_activity;
        for class in 0..3 {
            let allowed = i64::from(most[class].of(tables[hospital].operations_milli[class]));
            let waits = done[class] + ROUNDING < allowed;
            waited[class] += u32::from(waits);
            for later in class + 1..3 {
                assert!(
                    !waits || done[later] <= ROUNDING,
                    "class {} does {} of {} while class {} waits in {phase:?}",
                    later + 3,
                    done[later],
                    normal[later],
                    class + 3
                );
                assert!(
                    cut[class] * normal[later] <= cut[later] * normal[class] + ROUNDING * 1_000,
                    "class {} is cut more than class {}: {cut:?} of {normal:?}",
                    class + 3,
                    later + 3
                );
            }
        }
        let before = last.insert(hospital, done[1]).unwrap_or(done[1]);
        returned += u32::from(done[1] > before + ROUNDING);
    }
    (waited, returned)
}

/// What each class did less than normally, by day and hospital, and the phase of that morning.
fn cuts(case: &Case) -> BTreeMap<(Day, usize), (Phase, [i64; 3])> {
    const WORDS: [&str; 3] = ["critical-cut", "plannable-cut", "deferrable-cut"];
    let mut phase = phase_at_start(case);
    let mut cuts = BTreeMap::new();
    for entry in &case.log.entries {
        phase = entered(entry).unwrap_or(phase);
        if let Some(class) = WORDS.iter().position(|word| *word == entry.what.key()) {
            let key = (entry.time.day(), entry.hospital.expect("a hospital").idx());
            let row = cuts.entry(key).or_insert((phase, [0; 3]));
            row.1[class] = entry.value;
        }
    }
    cuts
}

/// Probabilities before phase 2D, in it, and under threat; money is neutral.
const WILLING: &[&str] = &[
    "clinics.willing_before_2d_share=0.2",
    "clinics.willing_in_2d_share=0.5",
    "clinics.willing_under_threat_share=0.8",
];

/// Nobody is lent whose will is not that of the day: not before phase 2D, in it, under threat, or in
/// phase 3 (Z29).
#[test]
fn no_worker_moves_against_the_will_of_the_day_in_any_phase() {
    let mut lent = [0; 3];
    let is_kept = |setting: &str| {
        let own = [
            "loans.trigger",
            "clinics.",
            "supplement_from",
            "protection",
            "compliance",
        ];
        !own.iter().any(|prefix| setting.starts_with(prefix))
    };
    for trigger in ["voluntary-any-time", "threat-notice", "phase-3"] {
        let trigger = format!("loans.trigger=\"{trigger}\"");
        let gate = [&trigger, "loans.full_scale_down_share=0", "compliance=1"];
        for case in cases(&[LENDING], &[WILLING, &gate], is_kept) {
            let n = assert_willing(&case);
            lent = [0, 1, 2].map(|regime| lent[regime] + n[regime]);
        }
    }
    assert!(lent.iter().all(|n| *n > 0), "lent in each regime: {lent:?}");
}

/// Returns how many were lent before phase 2D, in it, and under threat.
fn assert_willing(case: &Case) -> [u32; 3] {
    let mut phase = phase_at_start(case);
    let mut threat = false;
    let mut lent = [0; 3];
    for entry in &case.log.entries {
        phase = entered(entry).unwrap_or(phase);
        if entry.what.key() == "threat-notice" {
            threat = entry.value == 1;
        }
        if entry.what.key() == "worker-lent" {
            let regime = match phase {
                PHASE_3 => 2,
                _ if threat => 2,
                PHASE_2D => 1,
                _ => 0,
            };
            let worker = entry.subject.expect("a worker") as usize;
            let mark = case.world.workers[worker].willing_mark;
            assert!(
                mark < [200, 500, 800][regime],
                "worker {worker} with mark {mark} in {phase:?}, threat {threat}"
            );
            lent[regime] += 1;
        }
    }
    lent
}

/// Clinics do what they always do through phase 2D, but for what they lost to loans; and nobody is
/// lent before what must stand in the way does (A43, A44).
#[test]
fn through_phase_2d_clinics_are_untouched_unless_help_is_asked() {
    let fixed = ["moved_care_share=0", "clinics.follow_up_share=0"];
    let (mut weeks, mut lent) = (0, 0);
    for trigger in ["never", "threat-notice", "phase-3"] {
        let trigger = format!("loans.trigger=\"{trigger}\"");
        let all_day = ["loans.full_scale_down_share=0", "compliance=1", &trigger];
        let is_kept = |setting: &str| !setting.starts_with("disabled_rules");
        for case in cases(&[LENDING], &[&fixed, &all_day], is_kept) {
            weeks += assert_clinics_go_on(&case);
            lent += assert_nobody_is_lent_before_the_trigger(&case, &trigger);
        }
    }
    assert!(weeks > 100, "weeks through phase 2D: {weeks}");
    assert!(lent > 0, "some lend once it stands in the way");
}

/// Returns the region-weeks that were compared with the first week, which knows no policy.
fn assert_clinics_go_on(case: &Case) -> u32 {
    let study = &case.model.study;
    let first = study.week(study.window_start());
    let is_through_2d = |week: usize| {
        (0..7).all(|day| {
            let day = Day(u16::try_from(week * 7 + day).expect("few days"));
            let phase = Phase::at(case.outcome.days.get(day, DayMeasure::Phase) as usize);
            phase < PHASE_3
        })
    };
    let mut weeks = 0;
    for week in (first..study.n_weeks()).filter(|week| is_through_2d(*week)) {
        for region in (0..case.model.regions.len()).map(RegionIdx::at) {
            let get = |week, measure| case.outcome.weeks.get(region, week, measure);
            let done = get(week, WeekMeasure::ClinicOperations);
            let lost = get(week, WeekMeasure::ClinicOperationsLost);
            let usual = get(1, WeekMeasure::ClinicOperations);
            assert_eq!(done + lost, usual, "week {week} of {region:?}");
            weeks += 1;
        }
    }
    weeks
}

/// Returns how many were lent.
fn assert_nobody_is_lent_before_the_trigger(case: &Case, trigger: &str) -> usize {
    let is_trigger = |entry: &&Entry| match trigger {
        "loans.trigger=\"threat-notice\"" => {
            entry.what.key() == "threat-notice" && entry.value == 1
        }
        "loans.trigger=\"phase-3\"" => entered(entry) == Some(PHASE_3),
        _ => false,
    };
    let first = case
        .log
        .entries
        .iter()
        .find(is_trigger)
        .map(|entry| entry.time);
    for entry in case.told("worker-lent") {
        assert!(first.is_some_and(|first| first < entry.time), "{trigger}");
    }
    case.told("worker-lent").count()
}

/// Documents that come into force one after the other, while nothing else changes.
const ONE_BY_ONE: &[&str] = &[
    "framework_from=2021-11-08",
    "supplement_from=2021-11-22",
    "clinic_policy_from=2021-11-29",
    "phase_calendar=[{from=\"2021-11-01\", phase=\"2D\"}]",
    "scale_down=\"early\"",
    "staff.fatigue_share_per_week=0.05",
    "moved_care_share=0.3",
];

/// What is told before `day`, whichever rule is named.
fn told_before(case: &Case, day: Day) -> Vec<Entry> {
    let before = case
        .log
        .entries
        .iter()
        .filter(|entry| entry.time < day.start());
    before
        .map(|entry| Entry {
            rule: None,
            ..*entry
        })
        .collect()
}

#[test]
fn a_rule_that_is_off_undoes_nothing_before_its_document_is_in_force() {
    let whole = Case::run(&[LENDING, ONE_BY_ONE], 0);
    let policy = &whole.model.policies()[0];
    for rule in sentences_on(policy, whole.model.study.end()) {
        let start = match rule {
            Sentence::Z01 => continue,
            rule if rule <= Sentence::A15 => policy.framework_from,
            rule if (Sentence::L01..=Sentence::L06).contains(&rule) => policy.plan_from,
            _ => policy.supplement_from,
        };
        let start = start.expect("a day");
        let off = format!("disabled_rules=[\"{rule:?}\"]");
        let without = Case::run(&[LENDING, ONE_BY_ONE, &[&off]], 0);
        let same = told_before(&whole, start) == told_before(&without, start);
        assert!(same, "{rule:?} undoes something before {start:?}");
    }
}

/// Outside phase 2 no rule of the framework or the supplement acts, so that none can be missed.
#[test]
fn a_rule_that_is_off_undoes_nothing_outside_phase_2() {
    // The calendar speaks at nine in the morning of its first day.
    let phase_1 = [
        "framework_from=2021-10-26",
        "supplement_from=2021-10-26",
        "phase_calendar=[{from=\"2021-10-25\", phase=\"1\"}]",
    ];
    let settings: &[&[&str]] = &[LENDING, ONE_BY_ONE, &phase_1, &["loans.trigger=\"never\""]];
    let whole = Case::run(settings, 0);
    let end = whole.model.study.end();
    let of_documents = sentences_on(&whole.model.policies()[0], end).into_iter();
    for rule in of_documents.filter(|rule| *rule <= Sentence::A48 && *rule != Sentence::A11) {
        let off = format!("disabled_rules=[\"{rule:?}\"]");
        let without = Case::run(&[settings, &[&[off.as_str()]]].concat(), 0);
        let same = told_before(&whole, end) == told_before(&without, end);
        assert!(same, "{rule:?} undoes something in phase 1");
    }
}

#[test]
fn no_decision_is_told_of_a_rule_that_is_off() {
    for case in cases(&[], &[], all) {
        let policy = &case.model.policies()[0];
        let named = case.log.entries.iter().filter_map(|entry| entry.rule);
        for rule in named {
            assert!(policy.has(rule) || !is_switch(rule), "{rule:?} is off");
        }
    }
}

fn is_switch(rule: Sentence) -> bool {
    entry(rule).is_some_and(zorgdruk::policy::sentence::Entry::is_switch)
}

/// A COVID patient finds no bed where only protected ones are free. Nobody else uses beds here, so
/// that nothing but this can make more of them wait (A22).
#[test]
fn covid_patients_do_not_get_beds_that_are_protected_and_empty() {
    let only_covid = [
        "framework_from=2021-10-25",
        "fair_share=\"off\"",
        "agreement=1",
        "days_to_agree=0",
        "acute.weekly_arrivals=0",
        "region.*.hospital.*.ic_slots=[0, 0, 0, 0, 0]",
        "critical_need=\"excluded\"",
        "staff.workforce_share=0.5",
    ];
    let without_bed = |protection: &str| {
        super::total(
            &[IN_2D, &only_covid, &[protection]],
            WeekMeasure::CovidWithoutBed,
        )
    };
    let none = without_bed("protection=\"none\"");
    let fenced = without_bed("protection={ ring-fence = { part_share = 1.0 } }");
    assert!(
        fenced > none,
        "{fenced} with protected beds, {none} without"
    );
}

/// Where all planned patients on the IC are of class 4, protected beds stay empty, so that a fence keeps
/// as many beds from COVID patients as it has (A22).
#[test]
fn patients_of_class_4_do_not_open_the_fence_for_covid_patients() {
    let settings = [
        "framework_from=2021-10-25",
        "fair_share=\"off\"",
        "agreement=1",
        "days_to_agree=0",
        "acute.weekly_arrivals=0",
        "critical_need=\"excluded\"",
        "phases.phase[4].maximum_activity_share=[1, 1, 1]",
        "phases.phase[4].stops_plannable=false",
        "planned.stream.*.ic_stay={ fixed = { days = 6 } }",
    ];
    let without_bed = |protection: &str| {
        let model = model(&[IN_2D, &settings, &[protection]]);
        let mut world = World::draw(&model, SEED, 0);
        for patient in &mut world.planned {
            patient.class = UrgencyClass::Plannable;
        }
        let (outcome, _) = record(&model, &world);
        let weeks = 0..model.study.n_weeks();
        outcome.weeks.total(weeks, WeekMeasure::CovidWithoutBed)
    };
    let none = without_bed("protection=\"none\"");
    let fenced = without_bed("protection={ ring-fence = { part_share = 1.0 } }");
    assert!(fenced > 2 * none, "{fenced} with a fence, {none} without");
}

/// Up to a day the whole log is the same when nobody comes after it: no forecast and no plan counts
/// patients who are still to come.
#[test]
fn what_is_told_up_to_a_day_does_not_depend_on_who_comes_after_it() {
    // Few COVID patients, so that a forecast that looks ahead sees more than one that does not.
    let quiet = [
        "covid.weekly_admissions=[20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20]",
    ];
    let case = Case::run(&[IN_2D, &quiet], 0);
    let until = case.model.study.window_start().plus(24);
    let mut empty = case.world.clone();
    empty
        .arrivals
        .retain(|arrival| arrival.time < until.start());
    assert!(
        empty.arrivals.len() < case.world.arrivals.len(),
        "who comes after"
    );
    let (_, log) = record(&case.model, &empty);
    let before = |entries: &[Entry]| -> Vec<Entry> {
        let entries = entries.iter().filter(|entry| entry.time < until.start());
        entries.copied().collect()
    };
    let (known, other) = (before(&case.log.entries), before(&log.entries));
    let first = known.iter().zip(&other).find(|(one, two)| one != two);
    assert_eq!(first, None, "the first entry that differs");
    assert_eq!(known.len(), other.len(), "entries before {until:?}");
    let forecasts = case.told("expected-in-a-week");
    assert!(forecasts.count() > 50, "the forecast is told every day");
}
