//! The engine against a second one that is slow and plain: the same log, entry by entry, and the
//! same outcome, for small countries and policies at random.

mod dice;

use std::collections::BTreeSet;

use zorgdruk::engine::Simulator;
use zorgdruk::model::Model;
use zorgdruk::outcome::{DayMeasure, Entry, Log, Outcome, WeekMeasure, Word};
use zorgdruk::policy::levers::Policy;
use zorgdruk::policy::registry::entries;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, RegionIdx};
use zorgdruk::world::World;

use crate::fixture::small;
use crate::naive;

use dice::Dice;

const SEED: u64 = 5;
/// Names of the phases.
const NAMES: [&str; 6] = ["1", "2A", "2B", "2C", "2D", "3"];
/// Countries, each with a world and a policy of its own.
const COUNTRIES: u64 = 400;
/// Countries that are simulated without the wave as well.
const TWINS: u64 = 20;
/// Weeks of the series of the small scenario.
const N_WEEKS: usize = 24;

/// One to three regions with one to three hospitals each, short of everything.
fn regions(dice: &mut Dice) -> String {
    let n = dice.whole(1, 3);
    let names = ["a", "b", "c"];
    let regions: Vec<String> = names
        .iter()
        .zip((0..).step_by(2))
        .take(usize::try_from(n).expect("few"))
        .map(|(name, row)| {
            let share = 1.0 / n as f64;
            let n_hospitals = dice.whole(1, if n == 1 { 3 } else { 2 });
            let hospitals: Vec<String> = (0..n_hospitals)
                .map(|h| hospital(dice, &format!("{name}{h}"), h == 0))
                .collect();
            // Rows of their own, so that no two regions share a tile.
            let (x, y) = (dice.whole(0, 2), row + dice.whole(0, 1));
            let (people, workers) = (dice.whole(1, 9) * 100_000, dice.whole(0, 30));
            format!(
                "{{ key = \"{name}\", name = \"{name}\", population = {people}, covid_share = {share:.6}, fair_share = {share:.6}, tile = [{x}, {y}], lendable_workers = {workers}, hospital = [{}] }}",
                hospitals.join(",")
            )
        })
        .collect();
    format!("region=[{}]", regions.join(","))
}

fn hospital(dice: &mut Dice, key: &str, is_heart_center: bool) -> String {
    let regular = dice.whole(3, 10);
    let physical = regular + dice.whole(0, 8);
    let ward = dice.whole(2, 12);
    let slots = dice.list(5, |dice| dice.whole(0, 3).to_string());
    let teams = dice.whole(10, 60) as f64 / 10.0;
    let groups = if is_heart_center { "\"heart\"" } else { "" };
    format!(
        "{{ key = \"{key}\", regular_beds = {regular}, physical_beds = {physical}, covid_ward_beds = {ward}, ic_slots = {slots}, or_teams = {teams:?}, groups = [{groups}] }}"
    )
}

/// Few patients, so that the plain engine is quick enough, and fewer beds.
fn country(dice: &mut Dice) -> Vec<String> {
    let groups = [
        vec![regions(dice)],
        patients(dice),
        staff(dice),
        clinics(dice),
        phases(dice),
        clocks(dice),
    ];
    groups.concat()
}

fn patients(dice: &mut Dice) -> Vec<String> {
    let peak = dice.whole(4, 24);
    let admissions = dice.list(N_WEEKS, |dice| dice.whole(1, peak).to_string());
    let ic_shares = dice.list(N_WEEKS, |dice| format!("0.{}", dice.whole(2, 9)));
    let operations = dice.list(3, |dice| dice.whole(5, 120).to_string());
    let [lost, withdrawn] = [dice.share() / 4.0, dice.share() / 4.0];
    vec![
        format!("study.burn_in_weeks={}", dice.whole(1, 3)),
        format!("study.window_weeks={}", dice.whole(1, 4)),
        "study.follow_up_weeks=6".to_owned(),
        format!("covid.weekly_admissions={admissions}"),
        format!("covid.weekly_ic_share={ic_shares}"),
        format!("covid.transfer_hours={}", dice.whole(0, 30)),
        format!(
            "covid.transport_hours=[{}, {}]",
            dice.whole(0, 10),
            dice.whole(14, 24)
        ),
        format!("forecast.bias={:?}", dice.share() - 0.5),
        format!("covid.vvt_share={:?}", dice.share()),
        format!("covid.transferable_share={:?}", dice.share()),
        format!("covid.death_stay_ratio={:?}", 0.3 + 2.0 * dice.share()),
        format!(
            "covid.ward_after_ic={{ fixed = {{ days = {} }} }}",
            dice.whole(0, 6)
        ),
        format!(
            "covid.readmission={{ share = {:?}, ward_stay = {{ fixed = {{ days = {} }} }}, ic_stay = {{ exponential = {{ mean_days = 3 }} }} }}",
            dice.share(),
            dice.whole(0, 3)
        ),
        format!("acute.weekly_arrivals={}", dice.whole(0, 10)),
        format!("planned.stream[0].weekly_indications={}", dice.whole(1, 6)),
        format!("planned.stream[1].weekly_indications={}", dice.whole(1, 6)),
        format!("planned.stream[0].weekly_deterioration_share={lost:?}"),
        format!("planned.stream[1].weekly_withdrawal_share={withdrawn:?}"),
        format!(
            "planned.stream[0].weekly_reclassification_share={:?}",
            dice.share() / 2.0
        ),
        format!(
            "planned.stream[1].weekly_reclassification_share={:?}",
            dice.share() / 2.0
        ),
        format!("planned.shortest_notice_days={}", dice.whole(1, 4)),
        format!("sessions.weekly_operations={operations}"),
        "sessions.mix=[{ group = \"heart\", factors = [1.5, 0.5, 0.3] }]".to_owned(),
        format!("planned.stream[0].or_time_share={:?}", 0.3 + dice.share()),
        format!("planned.stream[0].or_time_spread={:?}", dice.share()),
        format!(
            "planned.stream[0].or_weekday_factors={}",
            dice.list(5, |dice| dice.whole(1, 3).to_string())
        ),
        format!("covid.stay_foreseen_share={:?}", dice.share()),
        format!("covid.days_without_ic={}", dice.whole(0, 6)),
        format!("planned.slot_slack_spread={:?}", dice.share()),
    ]
}

fn staff(dice: &mut Dice) -> Vec<String> {
    let missing = dice.share() / 3.0;
    vec![
        format!("staff.workforce_share=0.{}", dice.whole(5, 9)),
        format!("staff.ramp_beds_per_day={}", dice.whole(0, 8)),
        format!("staff.ramp_down_beds_per_day={}", dice.whole(0, 8)),
        format!("staff.ramp_delay_days={}", dice.whole(1, 7)),
        format!("staff.maximum_support_share={:?}", dice.share()),
        format!("staff.ward.step_down_share={:?}", 0.5 + 2.0 * dice.share()),
        format!("staff.external_hire.induction_days={}", dice.whole(0, 7)),
        "staff.external_hire.euros_per_day=400".to_owned(),
        format!("staff.unit_beds={}", dice.one_of(&[1, 1, 2, 3])),
        format!(
            "staff.nursing={{ covid_share = {:?}, planned_share = {:?} }}",
            0.5 + dice.share(),
            0.5 + dice.share()
        ),
        format!(
            "staff.strain={{ dropout_share = {:?}, recovery_share = {:?} }}",
            dice.share() / 2.0,
            dice.share() / 2.0
        ),
        format!("staff.fatigue_share_per_week={:?}", dice.share() / 10.0),
        format!("forecast.information_delay_days={}", dice.whole(1, 3)),
        format!("forecast.missing_report_probability={missing:?}"),
    ]
}

fn clinics(dice: &mut Dice) -> Vec<String> {
    let induction = dice.list(3, |dice| dice.whole(0, 5).to_string());
    let [complete, listed] = [0.5 + dice.share() / 2.0, 0.5 + dice.share() / 2.0];
    vec![
        "clinics.ic_role_share=0.3".to_owned(),
        "clinics.or_role_share=0.5".to_owned(),
        format!("clinics.complete_request_share={complete:?}"),
        format!("clinics.round_days={}", dice.whole(1, 5)),
        format!("clinics.inductions_per_hospital={}", dice.whole(1, 4)),
        format!("clinics.specification_days={}", dice.whole(0, 3)),
        format!("clinics.procedure_days={}", dice.whole(0, 3)),
        format!("clinics.induction_days={induction}"),
        format!("clinics.workers_per_block={}", dice.whole(1, 5)),
        format!("clinics.ic_role_share={:?}", dice.share() / 2.0),
        format!("clinics.or_role_share={:?}", dice.share() / 2.0),
        format!("clinics.willing_before_2d_share={:?}", dice.share()),
        format!("clinics.willing_in_2d_share={:?}", dice.share()),
        format!("clinics.willing_under_threat_share={:?}", dice.share()),
        format!("clinics.listed_share={listed:?}"),
        format!("clinics.not_clear_share={:?}", dice.share()),
    ]
}

/// Deciders who meet at other hours and on other days.
fn clocks(dice: &mut Dice) -> Vec<String> {
    let deciders = [
        "shift",
        "ward_discharge",
        "operating_rooms",
        "national_center",
        "national_meeting",
        "regional_meeting",
        "regional_center",
        "loan_round",
    ];
    let moved = deciders.into_iter().filter(|_| dice.whole(0, 9) == 0);
    let moved: Vec<&str> = moved.collect();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let clock = |decider: &str, dice: &mut Dice| {
        let hour = dice.whole(7, 20);
        let days = dice.list(3, |dice| format!("\"{}\"", dice.one_of(&days)));
        match decider {
            "shift" => return "clocks.shift={ at = \"05:30\" }".to_owned(),
            "operating_rooms" | "ward_discharge" => {
                return format!("clocks.{decider}={{ at = \"{hour:02}:00\" }}");
            }
            _ => {}
        }
        format!("clocks.{decider}={{ at = \"{hour:02}:00\", days = {days} }}")
    };
    moved
        .into_iter()
        .map(|decider| clock(decider, dice))
        .collect()
}

/// Phases that a few patients more or less begin and end.
fn phases(dice: &mut Dice) -> Vec<String> {
    let step = dice.whole(1, 3);
    let regional = "transfers = \"regional\"";
    let national = "transfers = \"national\"";
    let stretched = "transfers = \"national\", beds_per_nurse = 1.2";
    let stopping = format!("{stretched}, stops_plannable = {}", dice.whole(0, 1) == 1);
    let records = [
        ("1", 0, "[1, 1, 1]", regional),
        ("2A", 1, "[1, 1, 1]", regional),
        ("2B", 2, "[1, 1, 0.8]", national),
        ("2C", 3, "[1, 0.8, 0.5]", national),
        ("2D", 5, "[0.9, 0.5, 0.2]", &stopping),
        ("3", 12, "[0.5, 0.1, 0]", stretched),
    ];
    let refuses = dice.whole(0, 2) == 0;
    let records = records.map(|(name, steps, activity, rest)| {
        let (enter, beds) = (steps * step, dice.whole(10, 60));
        let longest = dice.whole(3, 20);
        let refused = if refuses && name > "2B" {
            format!(", longest_ic_stay_days = {longest}")
        } else {
            String::new()
        };
        let ordered = dice.whole(0, beds);
        let kept = dice.share() / 2.0;
        let documents = ["framework", "supplement", "clinics"];
        let bound = documents.iter().filter(|_| dice.whole(0, 5) > 0);
        let bound: Vec<String> = bound.map(|name| format!("\"{name}\"")).collect();
        let binds = format!("[{}]", bound.join(","));
        format!(
            "{{ phase = \"{name}\", binds = {binds}, enter_at_covid_ic = {enter}, national_ic_beds = {beds}, ordered_ic_beds = {ordered}, covid_beds_share = {kept:?}, maximum_activity_share = {activity}, {rest}{refused} }}"
        )
    });
    vec![
        format!("phases.minimum_dwell_days={}", dice.whole(0, 14)),
        format!("phases.phase=[{}]", records.join(",")),
        format!(
            "phases.stop={{ willing_share = {:?}, willing_per_occupancy = {}, from_occupancy_share = 0.7, lag_days = {}, restart_days = {}, restart_below_occupancy_share = {:?} }}",
            dice.share(),
            dice.whole(0, 3),
            dice.whole(0, 12),
            dice.whole(0, 20),
            dice.share()
        ),
        format!("phases.staff_tire_from=\"{}\"", dice.one_of(&NAMES)),
        format!("phases.measures_kept_from=\"{}\"", dice.one_of(&NAMES)),
        format!("phases.clinics_prepare_from=\"{}\"", dice.one_of(&NAMES)),
        format!(
            "phases.threat={{ horizon_days = {}, beds = {}, probability = 0.2 }}",
            dice.whole(3, 14),
            dice.whole(10, 60)
        ),
    ]
}

/// A policy at random: each setting is turned, or left as written.
fn policy(dice: &mut Dice) -> Vec<String> {
    let settings = [
        documents(dice),
        coordination(dice),
        agreements(dice),
        loans(dice),
    ]
    .concat();
    let turned = settings.into_iter().filter(|_| dice.whole(0, 3) > 0);
    turned
        .map(|setting| format!("policy.supplement-2021.{setting}"))
        .collect()
}

fn documents(dice: &mut Dice) -> Vec<String> {
    let calendar: Vec<String> = ["2021-10-25", "2021-11-08", "2021-11-22"]
        .iter()
        .map(|day| format!("{{from=\"{day}\", phase=\"{}\"}}", dice.one_of(&NAMES)))
        .collect();
    let n_off = usize::try_from(dice.whole(0, 6)).expect("few");
    let all: Vec<Sentence> = entries().map(|entry| entry.id).collect();
    let off = dice.list(n_off, |dice| format!("\"{}\"", dice.one_of(&all)));
    vec![
        "framework_from=2021-10-25".to_owned(),
        format!("plan_from=2021-10-{}", dice.whole(25, 31)),
        format!("supplement_from=2021-10-{}", dice.whole(25, 31)),
        format!("clinic_policy_from=2021-11-0{}", dice.whole(1, 9)),
        format!("phase_calendar=[{}]", calendar.join(",")),
        format!("disabled_rules={off}"),
    ]
}

fn coordination(dice: &mut Dice) -> Vec<String> {
    let word = |dice: &mut Dice, key: &str, choices: &[&str]| {
        format!("{key}=\"{}\"", dice.one_of(choices))
    };
    let shares = ["off", "population", "regular-beds", "agreed"];
    vec![
        word(dice, "scale_down", &["late", "forecast", "early"]),
        word(dice, "scaling_order", &["urgency-order", "pro-rata"]),
        word(dice, "fair_share", &shares),
        word(dice, "forecast_granularity", &["region", "hospital"]),
        word(dice, "critical_need", &["excluded", "included"]),
        format!("compliance={:?}", dice.share()),
        format!("solidarity_share={:?}", dice.share()),
        format!("own_risk_share={:?}", dice.share()),
        format!("notice_days={}", dice.whole(0, 7)),
        format!("notice_margin={}", dice.whole(0, 2)),
        format!("lead_days={}", dice.whole(0, 7)),
        format!("kept_days={}", dice.whole(0, 4)),
        format!("exchange_share={:?}", dice.share()),
        format!("hardest_beds_per_nurse={:?}", 1.0 + dice.share()),
        format!("moves_per_patient={}", dice.whole(0, 3)),
        format!("moves_per_day={}", dice.whole(0, 5)),
        format!("regional_moves_per_day={}", dice.whole(0, 5)),
        format!(
            "chain={{ gp_inflow_factor = {:?}, home_oxygen_share = {:?}, vvt_places_per_day = {} }}",
            dice.share(),
            dice.share(),
            dice.whole(0, 4)
        ),
    ]
}

fn agreements(dice: &mut Dice) -> Vec<String> {
    let protection = dice.one_of(&[
        "\"none\"",
        "\"pro-rata\"",
        "\"pooled-list\"",
        "{ ring-fence = { part_share = 0.7 } }",
        "{ concentrate = { strength_share = 0.8 } }",
        "{ rotate = { turns = 2 } }",
        "{ weekly-quota = { places = 2 } }",
    ]);
    let visibility = dice.one_of(&["none", "weekly", "daily"]);
    vec![
        format!("protection={protection}"),
        format!("visibility=\"{visibility}\""),
        format!("agreement={:?}", dice.share()),
        format!("days_to_agree={}", dice.whole(0, 9)),
        format!("meet_at_overdue={}", dice.whole(1, 9)),
        format!(
            "escalation.after_days=[{}, {}, {}]",
            dice.whole(1, 3),
            dice.whole(3, 6),
            dice.whole(6, 14)
        ),
        format!("escalation.delay_days={}", dice.whole(0, 9)),
        format!("mediation.acceptance_share={:?}", dice.share()),
    ]
}

fn loans(dice: &mut Dice) -> Vec<String> {
    // Patients who owe an operation to lent staff are few: the trigger that asks least comes most.
    let trigger = dice.one_of(&[
        "never",
        "voluntary-any-time",
        "voluntary-any-time",
        "voluntary-any-time",
        "from-phase-2d",
        "threat-notice",
        "phase-3",
    ]);
    let scope = dice.one_of(&["all-hospitals", "region-aggregate"]);
    let purpose = dice.one_of(&["covid-too", "without-covid"]);
    let staff = dice.one_of(&["as-surveyed", "as-surveyed", "all"]);
    vec![
        format!("moved_care_share={:?}", dice.share()),
        format!("finance.most_uncompensated_euros={}", dice.whole(0, 20_000)),
        format!("loans.trigger=\"{trigger}\""),
        format!("loans.no_activity_share={:?}", dice.share()),
        format!("loans.scope=\"{scope}\""),
        format!("loans.purpose=\"{purpose}\""),
        format!("loans.staff=\"{staff}\""),
    ]
}

fn quiet_weeks(dice: &mut Dice) -> String {
    let share = dice.share();
    format!("sessions.quiet=[{{from=\"2021-11-01\", weeks=2, program_share={share:?}}}]")
}

fn drawn(number: u64) -> (Vec<String>, Model) {
    let mut dice = Dice(number);
    let mut settings = vec![
        "policies=[\"supplement-2021\"]".to_owned(),
        "baseline=\"supplement-2021\"".to_owned(),
        "uncertainty={}".to_owned(),
    ];
    settings.extend(country(&mut dice));
    settings.extend(policy(&mut dice));
    settings.push(quiet_weeks(&mut dice));
    let overrides: Vec<&str> = settings.iter().map(String::as_str).collect();
    let model = small(&overrides);
    (settings, model)
}

fn quick(model: &Model, world: &World, policy: &Policy) -> (Outcome, Vec<Entry>) {
    let simulator = Simulator::new(model);
    let state = simulator.burn_in(world);
    let mut log = Log::default();
    let outcome = simulator.simulate_recorded(world, &model.schedule(policy), &state, &mut log);
    (outcome, log.entries)
}

/// What differs first, with the entries before it.
fn assert_same_log(quick: &[Entry], plain: &[Entry], settings: &[String]) {
    let n = quick.len().max(plain.len());
    if let Some(first) = (0..n).find(|n| quick.get(*n) != plain.get(*n)) {
        let before = &quick[first.saturating_sub(12)..first];
        panic!(
            "entry {first}: engine {:?}, plain engine {:?}\nafter {before:#?}\nunder {settings:#?}",
            quick.get(first),
            plain.get(first)
        );
    }
}

/// The first number that differs.
fn assert_same_outcome(model: &Model, quick: &Outcome, plain: &Outcome, settings: &[String]) {
    for (patient, pair) in quick.planned.iter().zip(&plain.planned).enumerate() {
        assert_eq!(pair.0, pair.1, "patient {patient} under {settings:#?}");
    }
    for region in (0..model.regions.len()).map(RegionIdx::at) {
        for (week, measure) in (0..model.study.n_weeks())
            .flat_map(|week| WeekMeasure::ALL.map(|measure| (week, measure)))
        {
            let [quick, plain] = [quick, plain].map(|run| run.weeks.get(region, week, measure));
            assert_eq!(
                quick, plain,
                "{measure:?} of {region:?} in week {week} under {settings:#?}"
            );
        }
    }
    for (day, measure) in
        (0..model.study.end().0).flat_map(|day| DayMeasure::ALL.map(|measure| (Day(day), measure)))
    {
        let [quick, plain] = [quick, plain].map(|run| run.days.get(day, measure));
        assert_eq!(quick, plain, "{measure:?} on {day:?} under {settings:#?}");
    }
    assert_eq!(quick.funnel, plain.funnel, "workers under {settings:#?}");
    assert!(quick == plain, "nothing else is in an outcome");
}

#[test]
fn a_plain_engine_tells_the_same_story() {
    let mut told = BTreeSet::new();
    for number in 0..COUNTRIES {
        let (settings, model) = drawn(number);
        let world = World::draw(&model, SEED, 0);
        let policy = &model.policies()[0];
        let (quick, quick_log) = quick(&model, &world, policy);
        let (plain, plain_log) = naive::simulate(&model, &world, policy);
        assert_same_log(&quick_log, &plain_log, &settings);
        assert_same_outcome(&model, &quick, &plain, &settings);
        told.extend(quick_log.iter().map(|entry| entry.what));
    }
    let untold: Vec<Word> = (Word::ALL.into_iter())
        .filter(|word| !told.contains(word))
        .collect();
    assert!(untold.is_empty(), "never happened: {untold:?}");
}

#[test]
fn a_plain_engine_gives_the_same_twins_without_the_wave() {
    for number in 0..TWINS {
        let (settings, model) = drawn(number);
        let world = World::draw(&model, SEED, 1);
        let quick = Simulator::new(&model).simulate_without_wave(&world);
        let inert = Policy::inert();
        let (plain, _) = naive::simulate(&model, &world.without_wave(), &inert);
        assert_same_outcome(&model, &quick, &plain, &settings);
    }
}
