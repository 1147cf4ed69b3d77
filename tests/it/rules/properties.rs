//! What must hold under any policy.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use zorgdruk::model::Model;
use zorgdruk::outcome::{DayMeasure, Entry, FinalStatus, WeekMeasure};
use zorgdruk::policy::levers::ScalingOrder;
use zorgdruk::policy::registry::entries;
use zorgdruk::policy::scaling::serve;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{DAYS_PER_WEEK, Day, RegionIdx, SimTime};
use zorgdruk::world::{Arrival, ArrivalKind, World};

use super::{Case, SEED, model, record};

/// Settings of a policy at random; every phase can occur, rules are off at random.
pub(super) fn policies() -> impl Strategy<Value = Vec<String>> {
    let protections = prop::sample::select(vec![
        "\"none\"",
        "\"pro-rata\"",
        "\"pooled-list\"",
        "{ ring-fence = { part_share = 0.7 } }",
        "{ concentrate = { strength_share = 0.8 } }",
        "{ rotate = { turns = 2 } }",
        "{ weekly-quota = { places = 3 } }",
    ]);
    let phases = prop::sample::select(vec!["by the plan", "2B", "2C", "2D", "3"]);
    let triggers = prop::sample::select(vec![
        "never",
        "voluntary-any-time",
        "from-phase-2d",
        "threat-notice",
        "phase-3",
    ]);
    let shares = (0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0);
    let all: Vec<Sentence> = entries().map(|entry| entry.id).collect();
    let off = prop::collection::vec(prop::sample::select(all), 0..8);
    let days = (0_u16..=7, 0_u16..=7, 0_u16..=60);
    (protections, phases, triggers, shares, off, days).prop_map(
        |(protection, phase, trigger, shares, off, (notice, lead, places))| {
            let off: Vec<String> = off.iter().map(|rule| format!("\"{rule:?}\"")).collect();
            let calendar = if phase == "by the plan" {
                None
            } else {
                Some(format!("phase_calendar=[{{from=\"2021-10-25\", phase=\"{phase}\"}}, {{from=\"2021-11-29\", phase=\"2B\"}}]"))
            };
            let settings = vec![
                "supplement_from=2021-10-25".to_owned(),
                "clinic_policy_from=2021-10-25".to_owned(),
                format!("protection={protection}"),
                format!("loans.trigger=\"{trigger}\""),
                format!("compliance={:.3}", shares.0),
                format!("solidarity_share={:.3}", shares.1),
                format!("moved_care_share={:.3}", shares.2),
                format!("chain={{ gp_inflow_factor = {:.3}, home_oxygen_share = 0.2, vvt_places_per_day = {places} }}", shares.3),
                format!("notice_days={notice}"),
                format!("lead_days={lead}"),
                format!("disabled_rules=[{}]", off.join(",")),
                "clinics.willing_in_2d_share=0.7".to_owned(),
                "staff.workforce_share=0.8".to_owned(),
            ];
            settings.into_iter().chain(calendar).collect()
        },
    )
}

fn case(settings: &[String], replication: u32) -> Case {
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    Case::run(&[&settings], replication)
}

fn n(case: &Case, what: &str, from: SimTime, to: SimTime) -> i64 {
    let entries = case
        .told(what)
        .filter(|entry| (from..to).contains(&entry.time));
    i64::try_from(entries.count()).expect("few entries")
}

/// Patients who came to the IC less those who left it, between two mornings, are those who are there
/// more.
fn assert_beds_balance(case: &Case) {
    let study = &case.model.study;
    let days = (study.window_start().0 + 1)..study.end().0;
    for day in days.map(Day) {
        // Numbers of the day are taken at nine, after the decisions of that minute.
        let (from, to) = (SimTime::on(Day(day.0 - 1), 541), SimTime::on(day, 541));
        let count = |what: &str| n(case, what, from, to);
        let more = |measure| {
            i64::from(case.outcome.days.get(day, measure))
                - i64::from(case.outcome.days.get(Day(day.0 - 1), measure))
        };
        let covid = count("covid-ic-admitted") - count("covid-stepped-down") - count("covid-died");
        assert_eq!(
            covid,
            more(DayMeasure::CovidIc),
            "COVID patients on {day:?}"
        );
    }
}

/// Everyone who was indicated has one end, and it fits the place where it happened.
fn assert_everyone_has_an_end(case: &Case) {
    for (record, patient) in case.world.planned.iter().zip(&case.outcome.planned) {
        let elsewhere = patient.hospital != record.hospital;
        let relocated = patient.status.is_relocated();
        assert!(
            elsewhere || !relocated,
            "relocated, yet in the own hospital"
        );
        let in_time = matches!(
            patient.status,
            FinalStatus::OnTimeOwn | FinalStatus::OnTimeInRegion | FinalStatus::OnTimeElsewhere
        );
        assert!(
            !in_time || patient.resolved.is_some_and(|day| day <= record.due),
            "in time"
        );
    }
}

/// Lent workers were willing by the highest probability that could hold, and clinics lost nothing
/// when nobody was lent.
fn assert_loans_are_voluntary(case: &Case) {
    for entry in case.told("worker-lent") {
        let worker = entry.subject.expect("a worker") as usize;
        // 0.7 in phase 2D, 0.45 under threat, both raised by the scheme's comfort of 0.75.
        assert!(
            case.world.workers[worker].willing_mark < 800,
            "worker {worker}"
        );
    }
    if case.told("worker-lent").count() == 0 {
        assert_eq!(
            case.total(WeekMeasure::ClinicOperationsLost),
            0,
            "no loan, no loss"
        );
    }
}

/// Regions offer no more than they are asked for, and numbers told to hospitals add up to whole
/// regional tasks.
fn assert_offers_are_fair(case: &Case) {
    for region in 0..case.model.regions.len() {
        let region = RegionIdx(u8::try_from(region).expect("few regions"));
        for week in 0..case.model.study.n_weeks() {
            let get = |measure| case.outcome.weeks.get(region, week, measure);
            let (asked, offered) = (
                get(WeekMeasure::CovidRequested),
                get(WeekMeasure::CovidOffered),
            );
            assert!(
                (0..=asked).contains(&offered),
                "{offered} of {asked} in week {week}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn under_any_policy_the_books_balance_and_nobody_is_forced(
        settings in policies(),
        replication in 0_u32..50,
    ) {
        let case = case(&settings, replication);
        assert_beds_balance(&case);
        assert_everyone_has_an_end(&case);
        assert_loans_are_voluntary(&case);
        assert_offers_are_fair(&case);
    }

    #[test]
    fn in_the_order_of_urgency_nothing_is_left_over_for_a_class_before_its_turn(
        wish in prop::array::uniform3(0_u32..2_000),
        cost in prop::array::uniform3(1_u32..200),
        capacity in 0_u64..200_000,
    ) {
        let done = serve(ScalingOrder::UrgencyOrder, wish, cost, capacity);
        let mut left = capacity;
        for class in 0..3 {
            prop_assert!(done[class] <= wish[class], "no more than wished");
            left -= u64::from(done[class]) * u64::from(cost[class]);
            let all = done[class] == wish[class];
            prop_assert!(all || left < u64::from(cost[class]), "class {} waits", class + 3);
        }
    }

    #[test]
    fn under_any_policy_no_decision_knows_the_future(
        settings in policies(),
        replication in 0_u32..50,
        week in 1_u16..8,
    ) {
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        let model = model(&[&settings]);
        let until = Day(model.study.window_start().0 + week * DAYS_PER_WEEK);
        let world = World::draw(&model, SEED, replication);
        let other = with_another_future(&model, &world, until);
        let told = |world: &World| -> Vec<Entry> {
            let (_, log) = record(&model, world);
            log.entries.into_iter().filter(|entry| entry.time < until.start()).collect()
        };
        let known = told(&world);
        prop_assert!(known.iter().any(|entry| entry.rule.is_some()), "something is decided");
        prop_assert!(known == told(&other), "what is told before {until:?} differs");
    }
}

/// The same world until midnight of `until`; after it the arrivals and marks of another replication.
fn with_another_future(model: &Model, world: &World, until: Day) -> World {
    let other = World::draw(model, SEED, world.replication + 1_000);
    let mut mixed = world.clone();
    let firsts = [world.covid.len(), world.acute.len(), world.planned.len()];
    mixed.covid.extend(&other.covid);
    mixed.acute.extend(&other.acute);
    mixed.planned.extend(&other.planned);
    mixed
        .arrivals
        .retain(|arrival| arrival.time < until.start());
    let later = other
        .arrivals
        .iter()
        .filter(|arrival| arrival.time >= until.start());
    mixed.arrivals.extend(later.map(|arrival| {
        let first = match arrival.kind {
            ArrivalKind::Covid => firsts[0],
            ArrivalKind::Acute => firsts[1],
            ArrivalKind::Planned => firsts[2],
        };
        let patient = arrival.patient + u32::try_from(first).expect("few patients");
        Arrival {
            patient,
            ..*arrival
        }
    }));
    mix_marks(model, &mut mixed, &other, until);
    mixed
}

/// Marks of weeks and days from `until` on, a Monday, become those of `other`.
fn mix_marks(model: &Model, mixed: &mut World, other: &World, until: Day) {
    let (marks, theirs) = (&mut mixed.marks, &other.marks);
    let week = model.study.week(until);
    for (own, their) in [
        (&mut marks.agreement, &theirs.agreement),
        (&mut marks.signature, &theirs.signature),
        (&mut marks.called_meeting, &theirs.called_meeting),
        (&mut marks.complete_request, &theirs.complete_request),
    ] {
        let all = own.iter_mut().zip(their).enumerate();
        all.filter(|(n, _)| n % model.study.n_weeks() >= week)
            .for_each(|(_, (own, their))| *own = *their);
    }
    let reports = marks.report.iter_mut().zip(&theirs.report).enumerate();
    reports
        .filter(|(n, _)| n % model.study.n_days() >= until.idx())
        .for_each(|(_, (own, their))| *own = *their);
}
