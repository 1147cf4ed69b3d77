//! Small sums that a log gives and that the engine's own numbers must equal.

use std::collections::BTreeMap;

use zorgdruk::engine::Simulator;
use zorgdruk::model::Model;
use zorgdruk::outcome::{Entry, Log, Outcome, WeekMeasure};
use zorgdruk::units::{Day, HospitalIdx, RegionIdx, SimTime};
use zorgdruk::world::World;

use crate::fixture::{constant, regions, small};

const SEED: u64 = 5;
const SHIFT: u32 = 7 * 60;

/// One policy in force from the first day of a study that begins empty.
fn model(settings: &[&str]) -> Model {
    let mut overrides = vec![
        "policies=[\"supplement-2021\"]",
        "baseline=\"supplement-2021\"",
        "study.burn_in_weeks=0",
        "policy.supplement-2021.supplement_from=2021-10-25",
        "policy.supplement-2021.phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}]",
        "policy.supplement-2021.compliance=1",
    ];
    overrides.extend(settings);
    small(&overrides)
}

fn recorded(model: &Model, replication: u32) -> (World, Outcome, Log) {
    let world = World::draw(model, SEED, replication);
    let simulator = Simulator::new(model);
    let mut log = Log::default();
    let state = simulator.burn_in(&world);
    let outcome = simulator.simulate_recorded(
        &world,
        &model.schedule(&model.policies()[0]),
        &state,
        &mut log,
    );
    (world, outcome, log)
}

/// Changes of converted beds, in thousandths: the day from which each works, and where.
fn conversions(model: &Model, log: &Log) -> Vec<(Day, HospitalIdx, i64)> {
    let delay = model.staff.ramp_delay_days;
    let decided = log
        .entries
        .iter()
        .filter(|e| e.what.key() == "capacity-decided");
    decided
        .map(|entry| {
            let hospital = entry.hospital.expect("a hospital");
            (entry.time.day().plus(delay), hospital, entry.value)
        })
        .collect()
}

/// Minutes of converted beds by region and week.
fn converted_minutes(model: &Model, log: &Log) -> BTreeMap<(usize, usize), i64> {
    let conversions = conversions(model, log);
    let mut minutes = BTreeMap::new();
    for hospital in (0..model.hospitals.len()).map(HospitalIdx::at) {
        let region = model.hospitals[hospital.idx()].region.idx();
        let own = conversions.iter().filter(|(_, at, _)| *at == hospital);
        for week in 0..model.study.n_weeks() {
            let (from, to) = (week * 7 * 1_440, (week + 1) * 7 * 1_440);
            let milli: i64 = own
                .clone()
                .map(|(day, _, beds)| {
                    let starts = SimTime::on(*day, SHIFT).0 as usize;
                    let span = to - to.min(starts.max(from));
                    beds * i64::try_from(span).expect("less than a week")
                })
                .sum();
            *minutes.entry((region, week)).or_insert(0) += milli / 1_000;
        }
    }
    minutes
}

/// Absence can take as many beds in the morning as converted staff bring, and then the number of
/// beds stays the same while fewer of them rest on own staff.
#[test]
fn converted_beds_are_booked_from_the_morning_on_which_they_work() {
    let model = model(&["staff.absence.sd=0.05", "staff.workforce_share=0.7"]);
    let (_, outcome, log) = recorded(&model, 0);
    let own = converted_minutes(&model, &log);
    assert!(
        own.values().any(|minutes| *minutes > 0),
        "beds are converted"
    );
    for region in regions(&model) {
        for week in 0..model.study.n_weeks() {
            assert_eq!(
                outcome
                    .weeks
                    .get(region, week, WeekMeasure::BedMinutesConverted),
                own[&(region.idx(), week)],
                "{region:?} in week {week}"
            );
        }
    }
}

/// Minutes of teams in a region's week, at normal presence, less those of teams that support the IC.
fn team_minutes(model: &Model, log: &Log, region: RegionIdx, week: usize) -> i64 {
    let conversions = conversions(model, log);
    let weekdays = (7 * week..7 * week + 5).map(|day| Day(u16::try_from(day).expect("few days")));
    let on = |day: Day, hospital: usize| {
        let own = conversions
            .iter()
            .filter(|(from, at, _)| at.idx() == hospital && *from <= day);
        let converted: i64 = own.map(|(_, _, beds)| beds).sum();
        let teams = i64::from(model.hospitals[hospital].or_teams_milli);
        let on_ic = converted * 1_000 / i64::from(model.staff.milli_beds_per_team);
        (teams - on_ic).max(0) * i64::from(model.staff.team_minutes_per_day) / 1_000
    };
    let region = model.hospitals_of(region);
    weekdays
        .map(|day| region.clone().map(|h| on(day, h)).sum::<i64>())
        .sum()
}

const DONE: [WeekMeasure; 3] = [
    WeekMeasure::OperationsClass3,
    WeekMeasure::OperationsClass4,
    WeekMeasure::OperationsClass5,
];

/// Normal activity is allowed and wished for, so that teams are what limits operations.
#[test]
fn teams_that_support_the_ic_do_not_operate() {
    let model = model(&[
        "policy.supplement-2021.phase_calendar=[{from=\"2021-10-25\", phase=\"2A\"}]",
        "staff.workforce_share=0.6",
        "policy.supplement-2021.exchange_share=0",
        "policy.supplement-2021.loans.trigger=\"never\"",
        "planned.stream.*.performed_in=[\"heart\"]",
        "staff.absence={ normal_share = 0, share_per_thousand_weekly_admissions = 0, maximum_share = 0, rho = 0, sd = 0 }",
    ]);
    let (_, outcome, log) = recorded(&model, 0);
    let mut least_left = i64::MAX;
    for region in regions(&model) {
        for week in 0..model.study.n_weeks() {
            // Patients who need the IC are operated on by teams of their own.
            let left = team_minutes(&model, &log, region, week)
                - minutes_of_operations(&model, &outcome, region, week);
            assert!(left >= 0, "{left} minutes are left in week {week}");
            least_left = least_left.min(left);
        }
    }
    assert!(least_left < 450, "teams are short: {least_left}");
}

/// Teams away from the hospitals of a region on a day, in thousandths: sent after the program of one
/// Tuesday, and back after that of the next.
fn sent_milli(model: &Model, log: &Log, region: RegionIdx, day: Day) -> i64 {
    let exchanged = |entry: &&Entry| entry.what.key() == "staff-exchanged";
    let is_away = |entry: &&Entry| {
        let place = entry.hospital.expect("a hospital");
        let sent = entry.time.day();
        model.hospitals[place.idx()].region == region && sent < day && day <= sent.plus(7)
    };
    let away = log.entries.iter().filter(exchanged).filter(is_away);
    away.map(|entry| entry.value).sum()
}

/// Phase 2D leaves teams without work on Tuesdays, who are sent to another hospital; on other days normal
/// activity is allowed, and there is work for them at home. Their time is left over there: not all of it,
/// since teams of streams stay away where so many support the IC that general teams do not suffice.
#[test]
fn teams_that_are_sent_to_another_hospital_do_not_operate_at_home() {
    let phases = [
        ["10-25", "10-26"],
        ["11-01", "11-02"],
        ["11-08", "11-09"],
        ["11-15", "11-16"],
    ];
    let phases = phases.map(|[in_2d, in_2a]| {
        format!("{{from=\"2021-{in_2d}\", phase=\"2D\"}}, {{from=\"2021-{in_2a}\", phase=\"2A\"}}")
    });
    let calendar = format!(
        "policy.supplement-2021.phase_calendar=[{}]",
        phases.join(", ")
    );
    let model = model(&[
        &calendar,
        "staff.workforce_share=0.8",
        "policy.supplement-2021.exchange_share=1",
        "policy.supplement-2021.loans.trigger=\"never\"",
        "policy.supplement-2021.disabled_rules=[\"A24\"]",
        "phases.phase[4].stops_plannable=false",
        "planned.stream.*.performed_in=[\"heart\"]",
        "staff.absence={ normal_share = 0, share_per_thousand_weekly_admissions = 0, maximum_share = 0, rho = 0, sd = 0 }",
    ]);
    let (_, outcome, log) = recorded(&model, 0);
    let (mut left, mut sent) = (0, 0);
    for region in regions(&model) {
        for week in 1..5 {
            left += team_minutes(&model, &log, region, week)
                - minutes_of_operations(&model, &outcome, region, week);
            let days =
                (7 * week..7 * week + 5).map(|day| Day(u16::try_from(day).expect("few days")));
            let teams: i64 = days.map(|day| sent_milli(&model, &log, region, day)).sum();
            sent += teams * i64::from(model.staff.team_minutes_per_day) / 1_000;
        }
    }
    assert!(sent > 0, "teams are sent");
    assert!(
        2 * left > sent,
        "{left} minutes are left, and {sent} were sent"
    );
}

/// Minutes of teams in the operations of a region's week.
fn minutes_of_operations(model: &Model, outcome: &Outcome, region: RegionIdx, week: usize) -> i64 {
    let minutes = (0..3).map(|class| {
        let done = outcome.weeks.get(region, week, DONE[class]);
        done * i64::from(model.sessions.or_minutes[class])
    });
    minutes.sum::<i64>() / 1_000
}

/// From admission to death, or to the moment when the ward could take the patient.
#[test]
fn a_stay_is_as_long_as_drawn_wherever_it_is_spent() {
    let model = model(&["covid.transfer_hours=20", "staff.workforce_share=0.7"]);
    let mut ended = [0, 0];
    for replication in 0..4 {
        let (world, _, log) = recorded(&model, replication);
        let mut admitted: BTreeMap<u32, (SimTime, bool)> = BTreeMap::new();
        for entry in &log.entries {
            let patient = entry.subject.unwrap_or(u32::MAX);
            match entry.what.key() {
                "covid-ic-admitted" => drop(admitted.insert(patient, (entry.time, false))),
                "covid-transferred" => {
                    admitted.entry(patient).and_modify(|stay| stay.1 = true);
                }
                "covid-died" | "covid-stepped-down" | "step-down-blocked" => {
                    let Some((from, was_moved)) = admitted.remove(&patient) else {
                        continue;
                    };
                    let stay = world.covid[patient as usize].ic;
                    assert_eq!(
                        entry.time,
                        from + stay,
                        "{} of patient {patient}",
                        entry.what.key()
                    );
                    ended[usize::from(was_moved)] += 1;
                }
                _ => {}
            }
        }
    }
    assert!(
        ended[0] > 50 && ended[1] > 20,
        "stays without and with a move: {ended:?}"
    );
}

#[test]
fn loan_rounds_begin_with_the_window() {
    let model = small(&[]);
    let (_, outcome, _) = recorded(&model, 0);
    let rounds = |weeks| outcome.weeks.total(weeks, WeekMeasure::LoanGateTrigger);
    let start = model.study.week(model.study.window_start());
    assert_eq!(rounds(0..start), 0, "none before the window");
    assert!(rounds(start..model.study.n_weeks()) > 0, "some in it");
}

/// A region of 0.58 of the people gets 0.58 of one place a day: the first after two mornings.
#[test]
fn the_first_morning_with_numbered_places_begins_with_none_left_over() {
    let one_place = "policy.supplement-2021.chain.vvt_places_per_day=1";
    let model = model(&[one_place, "covid.vvt_share=1"]);
    let share = model.regions[0].fair_share.population;
    assert!(
        share < 1_000_000 - 295_000,
        "less than a place a day: {share}"
    );
    let (_, _, log) = recorded(&model, 0);
    let leaves = |entry: &&Entry| {
        let is_there = entry.region.is_some_and(|region| region.idx() == 0);
        is_there
            && entry.what.key() == "covid-discharged"
            && entry.time >= SimTime::on(Day(0), SHIFT)
    };
    let mut left = 0;
    for entry in log.entries.iter().filter(leaves) {
        left += 1;
        let mornings = (entry.time.0 + 1_440 - SHIFT) / 1_440;
        let places = u64::from(mornings) * u64::from(share) / 1_000_000;
        assert!(
            left <= places,
            "{left} left by {:?}: {places} places",
            entry.time
        );
    }
    assert!(left > 20, "many waited for a place: {left}");
}

/// Nobody comes to the ward but from the IC, so that a ward never holds more than it has beds, and
/// nobody is in the queue of a ward with a free bed.
#[test]
fn who_is_moved_while_waiting_for_the_ward_waits_for_the_new_one() {
    let n_weeks = 24;
    let model = model(&[
        &constant("covid.weekly_ic_share", 1.0, n_weeks),
        &constant("covid.weekly_admissions", 30.0, n_weeks),
        "covid.ic_survival_share=1",
        "covid.vvt_share=0",
        "covid.transferable_share=1",
        "covid.transfer_hours=30",
        "covid.ward_before_ic={ fixed = { days = 0 } }",
        "policy.*.loans.trigger=\"never\"",
        "staff.ward.covid_beds=30",
    ]);
    let mut moved_while_blocked = 0;
    for replication in 0..6 {
        let (world, _, log) = recorded(&model, replication);
        let mut wards: Vec<Ward> = model.hospitals.iter().map(Ward::of).collect();
        for entry in &log.entries {
            let (Some(patient), Some(hospital)) = (entry.subject, entry.hospital) else {
                continue;
            };
            let ward = &mut wards[hospital.idx()];
            match entry.what.key() {
                "step-down-blocked" => ward.queue.push(patient),
                "covid-transferred" => {
                    let from = &mut wards[usize::try_from(entry.value).expect("a hospital")];
                    if let Some(place) = from.queue.iter().position(|other| *other == patient) {
                        from.queue.remove(place);
                        wards[hospital.idx()].queue.push(patient);
                        moved_while_blocked += 1;
                    }
                }
                "covid-stepped-down" => ward.take(patient),
                "covid-discharged" if world.covid[patient as usize].needs_ic => {
                    ward.patients -= 1;
                }
                _ => {}
            }
        }
    }
    assert!(moved_while_blocked > 3, "it happens: {moved_while_blocked}");
}

/// A ward and its queue on the IC.
struct Ward {
    beds: i64,
    patients: i64,
    queue: Vec<u32>,
}

impl Ward {
    fn of(hospital: &zorgdruk::model::geography::Hospital) -> Self {
        Self {
            beds: i64::from(hospital.covid_ward_beds.0),
            patients: 0,
            queue: Vec::new(),
        }
    }

    /// The first of the queue comes, or anyone when nobody waits.
    fn take(&mut self, patient: u32) {
        if !self.queue.is_empty() {
            assert_eq!(self.queue.remove(0), patient, "first come, first served");
        }
        self.patients += 1;
        assert!(
            self.patients <= self.beds,
            "{} patients in {} beds",
            self.patients,
            self.beds
        );
    }
}
