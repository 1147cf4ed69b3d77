//! The engine against its own log: whoever comes in is somewhere, and every bed-minute is someone's.

use std::collections::{BTreeMap, BTreeSet};

use zorgdruk::engine::Simulator;
use zorgdruk::experiment::Experiment;
use zorgdruk::model::Model;
use zorgdruk::model::derived::Derived;
use zorgdruk::outcome::{
    DayMeasure, DisplacementEvent, Entry, EventCounts, FinalStatus, Log, Outcome, WeekMeasure,
};
use zorgdruk::units::{Day, HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime, UrgencyClass};
use zorgdruk::world::{Arrival, ArrivalKind, CovidPatient, ListExit, PlannedPatient, World};

use crate::experiment::{ample, assert_balanced};
use crate::fixture::{constant, one_hospital, regions, small};

const SEED: u64 = 5;
const MINUTES_PER_WEEK: u32 = 7 * MINUTES_PER_DAY;
/// Daily numbers are taken at this minute, after its other events.
const STATISTICS: u32 = 9 * 60;

/// The line of care that a bed is taken by, in the order of [`Census::ic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Covid,
    Acute,
    Planned,
}

/// What a hospital holds, added up from the log.
#[derive(Debug, Clone, Copy, Default)]
struct Census {
    ic: [i64; 3],
    ward: i64,
    /// Beds of normal nursing, and those on top.
    staffed: i64,
    stretch: i64,
}

impl Census {
    fn occupied(&self) -> i64 {
        self.ic.iter().sum()
    }

    /// Beds that nurses look after: those of normal nursing, and those on top with a patient.
    fn in_use(&self) -> i64 {
        self.staffed + (self.occupied() - self.staffed).clamp(0, self.stretch)
    }

    fn above(&self) -> i64 {
        (self.occupied() - self.staffed - self.stretch).max(0)
    }
}

/// What was added up over a region's week: bed-minutes by line, staffed, and above the staffed.
type WeekSums = [i64; 5];

/// Books that are kept from the log alone.
struct Books<'a> {
    model: &'a Model,
    world: &'a World,
    clock: u32,
    census: Vec<Census>,
    /// Where each patient lies on the IC, by kind of patient.
    beds: BTreeMap<(Line, u32), (Line, HospitalIdx)>,
    /// Where each COVID patient lies on the ward.
    ward: BTreeMap<u32, HospitalIdx>,
    weeks: BTreeMap<(usize, u32), WeekSums>,
    /// Patients on the IC by line, on the ward, and staffed beds, by day.
    days: Vec<[i64; 5]>,
    words: BTreeMap<&'static str, i64>,
}

impl<'a> Books<'a> {
    fn keep(model: &'a Model, world: &'a World, log: &Log) -> Self {
        let mut books = Self {
            model,
            world,
            clock: 0,
            census: vec![Census::default(); model.hospitals.len()],
            beds: BTreeMap::new(),
            ward: BTreeMap::new(),
            weeks: BTreeMap::new(),
            days: Vec::new(),
            words: BTreeMap::new(),
        };
        for entry in &log.entries {
            books.advance(entry.time.0);
            books.enter(entry);
            *books.words.entry(entry.what.key()).or_default() += 1;
        }
        books.advance(model.study.end_time().0);
        books
    }

    /// Books the time up to `time`, week by week, and the daily numbers on the way.
    fn advance(&mut self, time: u32) {
        while self.clock < time {
            let snapshot =
                u32::try_from(self.days.len()).expect("few days") * MINUTES_PER_DAY + STATISTICS;
            let week = self.clock / MINUTES_PER_WEEK;
            let mut next = time.min((week + 1) * MINUTES_PER_WEEK);
            if self.clock <= snapshot {
                next = next.min(snapshot + 1);
            }
            if next == snapshot + 1 {
                self.days.push(self.totals());
            }
            self.book(week, i64::from(next - self.clock));
            self.clock = next;
        }
    }

    fn book(&mut self, week: u32, span: i64) {
        for (hospital, census) in self.census.iter().enumerate() {
            let region = self.model.hospitals[hospital].region.idx();
            let sums = self.weeks.entry((region, week)).or_default();
            let [covid, acute, planned] = census.ic;
            let rates = [covid, acute, planned, census.in_use(), census.above()];
            for (sum, rate) in sums.iter_mut().zip(rates) {
                *sum += span * rate;
            }
        }
    }

    fn totals(&self) -> [i64; 5] {
        let sum = |number: fn(&Census) -> i64| self.census.iter().map(number).sum();
        [
            sum(|c| c.ic[0]),
            sum(|c| c.ic[1]),
            sum(|c| c.ic[2]),
            sum(|c| c.ward),
            sum(Census::in_use),
        ]
    }

    fn enter(&mut self, entry: &Entry) {
        let hospital = entry.hospital.unwrap_or(HospitalIdx(u16::MAX));
        let subject = entry.subject.unwrap_or(u32::MAX);
        match entry.what.key() {
            "beds-staffed" => self.staff(hospital, entry.value),
            "beds-to-stretch" => self.census[hospital.idx()].stretch = entry.value,
            "covid-arrived" => self.covid_arrives(subject, hospital),
            "covid-ic-admitted" => {
                self.leave_ward(subject);
                self.lie_down((Line::Covid, subject), Line::Covid, hospital);
                self.assert_placed(hospital);
            }
            "covid-exported" | "covid-discharged" => self.leave_ward(subject),
            "kept-at-home" => {
                self.leave_ward(u32::try_from(entry.value).expect("a patient"));
            }
            "covid-transferred" => {
                let from = self.get_up((Line::Covid, subject));
                assert_eq!(i64::from(from.0), entry.value, "the hospital that sends");
                self.lie_down((Line::Covid, subject), Line::Covid, hospital);
            }
            "covid-stepped-down" => {
                let from = self.get_up((Line::Covid, subject));
                assert_eq!(from, hospital, "to the ward of the same hospital");
                self.take_ward_bed(subject, hospital);
            }
            "covid-died" => drop(self.get_up((Line::Covid, subject))),
            "acute-admitted" => {
                self.lie_down((Line::Acute, subject), Line::Acute, hospital);
                self.assert_placed(hospital);
            }
            "acute-left" => drop(self.get_up((Line::Acute, subject))),
            "planned-ic-admitted" => {
                self.lie_down((Line::Planned, subject), Line::Planned, hospital);
            }
            "planned-wait-ended" if entry.value == FinalStatus::BecameAcute.number() => {
                self.lie_down((Line::Planned, subject), Line::Acute, hospital);
            }
            "planned-left" => drop(self.get_up((Line::Planned, subject))),
            _ => {}
        }
    }

    fn staff(&mut self, hospital: HospitalIdx, beds: i64) {
        let physical = i64::from(self.model.hospitals[hospital.idx()].physical_beds.0);
        assert!(
            (0..=physical).contains(&beds),
            "{beds} staffed beds in {physical} places"
        );
        self.census[hospital.idx()].staffed = beds;
    }

    fn covid_arrives(&mut self, patient: u32, hospital: HospitalIdx) {
        let record = &self.world.covid[patient as usize];
        if !(record.needs_ic && record.first_ward == Minutes(0)) {
            self.take_ward_bed(patient, hospital);
        }
    }

    fn take_ward_bed(&mut self, patient: u32, hospital: HospitalIdx) {
        assert_eq!(
            self.ward.insert(patient, hospital),
            None,
            "one ward bed each"
        );
        self.census[hospital.idx()].ward += 1;
    }

    /// Leaves the ward, unless the patient needed the IC at once.
    fn leave_ward(&mut self, patient: u32) {
        if let Some(hospital) = self.ward.remove(&patient) {
            self.census[hospital.idx()].ward -= 1;
        }
    }

    fn lie_down(&mut self, who: (Line, u32), line: Line, hospital: HospitalIdx) {
        assert_eq!(
            self.beds.insert(who, (line, hospital)),
            None,
            "{who:?} has one bed"
        );
        self.census[hospital.idx()].ic[line as usize] += 1;
    }

    fn get_up(&mut self, who: (Line, u32)) -> HospitalIdx {
        let (line, hospital) = self.beds.remove(&who).expect("who leaves had a bed");
        self.census[hospital.idx()].ic[line as usize] -= 1;
        hospital
    }

    /// Who is admitted because of an emergency has a bed place. Planned patients can be above the
    /// places when exits that were expected in the morning do not come, and those who turn acute
    /// while waiting are taken in their own hospital whatever its places.
    fn assert_placed(&self, hospital: HospitalIdx) {
        let occupied: i64 = self.census[hospital.idx()].ic.iter().sum();
        let physical = i64::from(self.model.hospitals[hospital.idx()].physical_beds.0);
        assert!(
            occupied <= physical,
            "{occupied} patients in {physical} places"
        );
    }

    fn n(&self, word: &str) -> i64 {
        self.words.get(word).copied().unwrap_or(0)
    }
}

/// A small study from an empty start, so that the log tells everything.
fn from_empty(overrides: &[&str]) -> Model {
    let all: Vec<&str> = ["study.burn_in_weeks=0"]
        .into_iter()
        .chain(overrides.iter().copied())
        .collect();
    small(&all)
}

fn recorded(model: &Model, policy: usize, replication: u32) -> (World, Outcome, Log) {
    let simulator = Simulator::new(model);
    let world = World::draw(model, SEED, replication);
    let mut log = Log::default();
    let state = simulator.burn_in(&world);
    let outcome = simulator.simulate_recorded(
        &world,
        &model.schedule(&model.policies()[policy]),
        &state,
        &mut log,
    );
    (world, outcome, log)
}

/// Everything that must follow from the log of a run from an empty start; returns how often each word
/// was told.
pub(crate) fn assert_the_log_accounts_for_everything(
    model: &Model,
    world: &World,
    outcome: &Outcome,
    log: &Log,
) -> BTreeMap<&'static str, i64> {
    let books = Books::keep(model, world, log);
    assert_books_agree(model, &books, outcome);
    assert_nobody_is_lost(&books, world, outcome);
    assert_every_wait_ends_once(world, outcome, log);
    books.words
}

fn assert_books_agree(model: &Model, books: &Books<'_>, outcome: &Outcome) {
    const MINUTES: [WeekMeasure; 5] = [
        WeekMeasure::BedMinutesCovid,
        WeekMeasure::BedMinutesAcute,
        WeekMeasure::BedMinutesPlanned,
        WeekMeasure::BedMinutesStaffed,
        WeekMeasure::BedMinutesOverload,
    ];
    const CENSUS: [DayMeasure; 5] = [
        DayMeasure::CovidIc,
        DayMeasure::AcuteIc,
        DayMeasure::PlannedIc,
        DayMeasure::CovidWard,
        DayMeasure::StaffedBeds,
    ];
    for region in regions(model) {
        for week in 0..model.study.n_weeks() {
            let own = books.weeks[&(region.idx(), u32::try_from(week).expect("few weeks"))];
            let theirs = MINUTES.map(|measure| outcome.weeks.get(region, week, measure));
            assert_eq!(
                theirs,
                own,
                "bed-minutes of region {} in week {week}",
                region.idx()
            );
        }
    }
    assert_eq!(
        books.days.len(),
        model.study.n_days(),
        "a census for every day"
    );
    for (day, own) in books.days.iter().enumerate() {
        let day = Day(u16::try_from(day).expect("few days"));
        let theirs = CENSUS.map(|measure| i64::from(outcome.days.get(day, measure)));
        assert_eq!(theirs, *own, "census on {day:?}");
    }
}

fn assert_nobody_is_lost(books: &Books<'_>, world: &World, outcome: &Outcome) {
    let arrived = |kind| {
        world
            .arrivals
            .iter()
            .filter(|arrival| arrival.kind == kind)
            .count()
    };
    let count = |n: usize| i64::try_from(n).expect("few patients");
    let whole = 0..outcome.weeks.n_weeks();
    let total = |measure| outcome.weeks.total(whole.clone(), measure);
    let present = |kind: Line| count(books.beds.keys().filter(|who| who.0 == kind).count());
    let left: i64 = [
        "covid-discharged",
        "covid-died",
        "covid-exported",
        "kept-at-home",
    ]
    .map(|word| books.n(word))
    .iter()
    .sum();
    let in_house = present(Line::Covid) + count(books.ward.len());
    assert_eq!(
        count(arrived(ArrivalKind::Covid)),
        left + in_house,
        "COVID patients"
    );
    assert_eq!(
        books.n("covid-exported"),
        total(WeekMeasure::CovidExported),
        "exported COVID patients"
    );
    assert_eq!(
        books.n("covid-without-bed"),
        total(WeekMeasure::CovidWithoutBed),
        "without a bed"
    );
    let acute = books.n("acute-left") + books.n("acute-outside-ic") + books.n("acute-exported");
    assert_eq!(
        count(arrived(ArrivalKind::Acute)),
        acute + present(Line::Acute),
        "acute patients"
    );
    assert_eq!(
        total(WeekMeasure::AcuteAdmissions),
        count(arrived(ArrivalKind::Acute)),
        "acute patients who came"
    );
    let transfers = total(WeekMeasure::TransfersOut) + total(WeekMeasure::TransfersWithin);
    assert_eq!(books.n("covid-transferred"), transfers, "transfers");
    assert_eq!(
        total(WeekMeasure::TransfersOut),
        total(WeekMeasure::TransfersIn),
        "who leaves a region enters one"
    );
}

fn assert_every_wait_ends_once(world: &World, outcome: &Outcome, log: &Log) {
    let mut operated = BTreeSet::new();
    let mut ended = BTreeSet::new();
    for entry in &log.entries {
        let patient = entry.subject.unwrap_or(u32::MAX);
        let is_new = match entry.what.key() {
            "planned-operated" => operated.insert(patient),
            "planned-wait-ended" => ended.insert(patient),
            _ => true,
        };
        assert!(is_new, "{} once for patient {patient}", entry.what.key());
    }
    assert!(
        operated.is_disjoint(&ended),
        "nobody is operated on after the wait ended"
    );
    for (n, (patient, own)) in world.planned.iter().zip(&outcome.planned).enumerate() {
        let n = u32::try_from(n).expect("few patients");
        let treated = ["F1", "F2", "F3", "F4", "F5"].contains(&own.status.code());
        assert_eq!(
            operated.contains(&n),
            treated,
            "patient {n} is {:?}",
            own.status
        );
        assert_eq!(
            ended.contains(&n),
            own.status.is_lost(),
            "patient {n} is {:?}",
            own.status
        );
        assert_eq!(
            own.resolved.is_some(),
            treated || own.status.is_lost(),
            "the day of patient {n}"
        );
        let late = own.resolved.is_some_and(|day| day > patient.due);
        assert!(
            !treated || late == own.status.is_over_norm(),
            "patient {n} is {:?} on {:?}, due {:?}",
            own.status,
            own.resolved,
            patient.due
        );
        assert!(
            own.resolved
                .is_none_or(|day| !treated || day >= patient.ready),
            "not before the patient is ready"
        );
    }
}

#[test]
fn the_log_accounts_for_every_patient_and_every_bed_minute() {
    let scarce = ["staff.workforce_share=0.7", "staff.ward.covid_beds=60"];
    let mut seen = BTreeMap::new();
    for overrides in [&scarce[..0], &scarce[..]] {
        let model = from_empty(overrides);
        for policy in 0..model.policies().len() {
            let (world, outcome, log) =
                recorded(&model, policy, u32::try_from(policy).expect("few"));
            for (word, n) in assert_the_log_accounts_for_everything(&model, &world, &outcome, &log)
            {
                *seen.entry(word).or_insert(0) += n;
            }
        }
    }
    for word in [
        "covid-transferred",
        "covid-without-bed",
        "step-down-blocked",
        "acute-outside-ic",
        "planned-disrupted",
        "planned-wait-ended",
        "covid-died",
        "beds-protected",
        "phase-entered",
    ] {
        assert!(
            seen.get(word).copied() > Some(0),
            "{word} happened: {seen:?}"
        );
    }
}

#[test]
fn patients_without_any_place_leave_and_are_counted() {
    let places = |key: &str| {
        format!("{{ key = \"{key}\", regular_beds = 4, physical_beds = 5, groups = [\"heart\"] }}")
    };
    let first = format!("region[0].hospital=[{}]", places("a"));
    let second = format!("region[1].hospital=[{}]", places("b"));
    let model = from_empty(&[&first, &second]);
    for policy in 0..2 {
        let (world, outcome, log) = recorded(&model, policy, 0);
        let books = Books::keep(&model, &world, &log);
        assert_books_agree(&model, &books, &outcome);
        assert_nobody_is_lost(&books, &world, &outcome);
        assert_every_wait_ends_once(&world, &outcome, &log);
        assert!(
            books.n("covid-exported") > 20,
            "COVID patients: {:?}",
            books.words
        );
        assert!(
            books.n("acute-exported") > 20,
            "acute patients: {:?}",
            books.words
        );
    }
}

/// With beds for everyone a census follows from arrivals and stays alone.
#[test]
fn with_ample_beds_the_census_is_that_of_arrivals_and_stays() {
    let hospital = |key: &str| {
        format!(
            "{{ key = \"{key}\", regular_beds = 300, physical_beds = 300, groups = [\"heart\"] }}"
        )
    };
    let (first, second) = (
        format!("region[0].hospital=[{}]", hospital("a")),
        format!("region[1].hospital=[{}]", hospital("b")),
    );
    let model = from_empty(&[
        "staff.workforce_share=1",
        "staff.ward.covid_beds=5000",
        "planned.stream=[]",
        &first,
        &second,
    ]);
    let (world, outcome, _) = recorded(&model, 1, 0);
    for day in 0..model.study.end().0 {
        let now = SimTime::on(Day(day), STATISTICS).0;
        let mut expected = [0_u32; 3];
        for arrival in world
            .arrivals
            .iter()
            .take_while(|arrival| arrival.time.0 <= now)
        {
            let since = now - arrival.time.0;
            let [covid, acute, ward] = &mut expected;
            match arrival.kind {
                ArrivalKind::Acute => {
                    *acute += u32::from(since < world.acute[arrival.patient as usize].stay.0);
                }
                ArrivalKind::Covid => {
                    let patient = &world.covid[arrival.patient as usize];
                    let ic = patient.first_ward.0..patient.first_ward.0 + patient.ic.0;
                    let all = ic.end + patient.second_ward.0;
                    *covid += u32::from(ic.contains(&since));
                    *ward += u32::from(since < all && !ic.contains(&since));
                }
                ArrivalKind::Planned => unreachable!("there are no streams"),
            }
        }
        let found = [
            DayMeasure::CovidIc,
            DayMeasure::AcuteIc,
            DayMeasure::CovidWard,
        ]
        .map(|measure| outcome.days.get(Day(day), measure));
        // In the first hours no bed is staffed yet, and some acute patients are cared for elsewhere.
        let acute_differs = found[1].abs_diff(expected[1]);
        assert_eq!(
            [found[0], found[2]],
            [expected[0], expected[2]],
            "COVID patients on day {day}"
        );
        assert!(
            acute_differs <= 3,
            "acute patients on day {day}: {} for {}",
            found[1],
            expected[1]
        );
    }
}

/// Dates are given daily at 13:00, a day ahead for class 2 and two days for the others, and patients
/// are operated on from Monday to Friday, from 07:30 on.
#[test]
fn with_ample_places_everyone_is_operated_on_the_first_weekday_possible() {
    const PLANNING: u32 = 13 * 60;
    const PROGRAM: u32 = 7 * 60 + 30;
    let overrides = ample();
    let model = small(&overrides.iter().map(String::as_str).collect::<Vec<_>>());
    let (world, outcome, _) = recorded(&model, 1, 0);
    let (mut operated, mut lost) = (0, 0);
    for (patient, own) in world.planned.iter().zip(&outcome.planned) {
        let came = patient.indicated.day();
        let is_late = patient.indicated.0 % MINUTES_PER_DAY > PLANNING;
        let planned = came.plus(u16::from(is_late));
        let notice = if patient.class == UrgencyClass::SemiAcute {
            1
        } else {
            model.planned.shortest_notice_days
        };
        let mut date = patient.ready.max(planned.plus(notice));
        while !model.study.is_weekday(date) {
            date = date.plus(1);
        }
        let exit = u64::from(patient.indicated.0) + u64::from(patient.list_exit.1.0);
        if exit <= u64::from(SimTime::on(date, PROGRAM).0) {
            assert!(
                own.status.is_lost() || exit >= u64::from(model.study.end_time().0),
                "{patient:?} is {:?}",
                own.status
            );
            lost += 1;
        } else if date < model.study.end() {
            assert_eq!(own.resolved, Some(date), "{patient:?} is {:?}", own.status);
            operated += 1;
        }
    }
    assert!(
        operated > 500 && lost > 3,
        "{operated} operated, {lost} lost"
    );
}

/// The study begins on 27 September 2021; its sixth week is that of 1 November.
#[test]
fn a_holiday_week_without_teams_has_no_planned_operations_and_half_a_program_half_of_the_places() {
    let quiet = |share: f64| {
        format!("sessions.quiet=[{{from=2021-11-01, weeks=1, program_share={share:?}}}]")
    };
    let (off, half) = (small(&[&quiet(0.0)]), small(&[&quiet(0.5)]));
    let (week, weekdays) = (5, 35..40);
    let (_, outcome, _) = recorded(&off, 0, 0);
    for measure in [
        WeekMeasure::OperationsClass3,
        WeekMeasure::OperationsClass4,
        WeekMeasure::OperationsClass5,
    ] {
        let done = |week| outcome.weeks.total(week..week + 1, measure);
        assert_eq!(done(week), 0, "{measure:?} in the holiday week");
        assert!(done(week + 1) > 0, "{measure:?} in the week after");
    }
    let tables = Derived::new(&half).hospitals;
    for (table, hospital) in tables.iter().zip(&half.hospitals) {
        let places = |days: core::ops::Range<usize>| -> u32 {
            table.places[days].iter().map(|n| u32::from(*n)).sum()
        };
        let all: u32 = hospital.ic_slots.iter().map(|n| u32::from(*n)).sum();
        assert_eq!(places(weekdays.clone()), all.div_ceil(2), "half of {all}");
        assert_eq!(places(42..47), all, "all the week after");
        assert_eq!(places(40..42), 0, "none at the weekend");
    }
}

#[test]
fn forks_of_one_state_do_not_disturb_each_other() {
    let model = small(&[]);
    let simulator = Simulator::new(&model);
    let world = World::draw(&model, SEED, 9);
    let state = simulator.burn_in(&world);
    let first = simulator.simulate(&world, &model.schedule(&model.policies()[2]), &state);
    let other = simulator.simulate(&world, &model.schedule(&model.policies()[0]), &state);
    assert_eq!(
        simulator.simulate(&world, &model.schedule(&model.policies()[2]), &state),
        first,
        "the same again"
    );
    assert_eq!(
        simulator.simulate(
            &world,
            &model.schedule(&model.policies()[2]),
            &state.clone()
        ),
        first,
        "from a copy"
    );
    assert_ne!(first, other, "another policy differs");
}

#[test]
fn a_longer_follow_up_changes_nothing_that_came_before() {
    let (short, long) = (
        small(&["study.follow_up_weeks=6"]),
        small(&["study.follow_up_weeks=9"]),
    );
    for (policy, key) in short.policies().iter().enumerate() {
        let (_, early, _) = recorded(&short, policy, 2);
        let (_, late, _) = recorded(&long, policy, 2);
        for day in 0..short.study.end().0 {
            for measure in DayMeasure::ALL {
                let (early, late) = (
                    early.days.get(Day(day), measure),
                    late.days.get(Day(day), measure),
                );
                assert_eq!(early, late, "{measure:?} on day {day} under {}", key.key);
            }
        }
    }
}

/// Everything that a worker on loan does, told in the log, adds up to the weekly numbers.
#[test]
fn lent_workers_are_in_one_place_and_their_days_add_up() {
    let model = from_empty(&[
        "policy.*.framework_from=2020-10-20",
        "policy.*.supplement_from=2020-10-20",
        "policy.*.compliance=1",
        "policy.*.loans.trigger=voluntary-any-time",
        "policy.*.loans.full_scale_down_share=0",
        "clinics.willing_before_2d_share=1",
        "clinics.willing_in_2d_share=1",
        "clinics.willing_under_threat_share=1",
        "clinics.maximum_distance_tiles=5",
        "staff.workforce_share=0.6",
        "staff.external_hire={ nurses = 0, nurses_per_week = 0 }",
    ]);
    let (world, outcome, log) = recorded(&model, 2, 0);
    assert_lent_days_add_up(&model, &outcome, &log);
    let days = lent_days(&model, &log);
    assert!(!days.is_empty(), "someone worked in a hospital");
    let most = usize::try_from(outcome.funnel.used).expect("few workers");
    assert!((1..=world.workers.len()).contains(&most), "{most} workers");
}

/// Each lent worker is in one place at a time, and the weekly numbers are the days that they worked.
pub(crate) fn assert_lent_days_add_up(model: &Model, outcome: &Outcome, log: &Log) {
    let days = lent_days(model, log);
    for region in regions(model) {
        for week in 0..model.study.n_weeks() {
            let own = days.get(&(region.idx(), week)).copied().unwrap_or(0);
            let theirs = outcome
                .weeks
                .get(region, week, WeekMeasure::LoanedMilliNurseDays);
            assert_eq!(
                theirs,
                own,
                "work in region {} in week {week}",
                region.idx()
            );
        }
    }
}

/// Work of lent workers by region and week, from the log; each worker is in one place at a time.
fn lent_days(model: &Model, log: &Log) -> BTreeMap<(usize, usize), i64> {
    let mut working: BTreeMap<u32, (HospitalIdx, i64)> = BTreeMap::new();
    let mut away = BTreeSet::new();
    let mut days: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut entries = log
        .entries
        .iter()
        .filter(|entry| entry.what.key().starts_with("worker-"))
        .peekable();
    for day in (0..model.study.end().0).map(Day) {
        let shift = SimTime::on(day, 7 * 60);
        while let Some(entry) = entries.next_if(|entry| entry.time <= shift) {
            let worker = entry.subject.expect("a worker");
            let hospital = entry.hospital.expect("a hospital");
            match entry.what.key() {
                "worker-lent" => assert!(away.insert(worker), "worker {worker} was at the clinic"),
                "worker-starts" => {
                    assert!(away.contains(&worker), "worker {worker} was lent first");
                    assert_eq!(
                        working.insert(worker, (hospital, entry.value)),
                        None,
                        "worker {worker} works in one place"
                    );
                }
                "worker-returns" => {
                    assert!(away.remove(&worker), "worker {worker} was away");
                    working.remove(&worker);
                }
                other => panic!("no such thing as {other}"),
            }
        }
        for (hospital, work) in working.values() {
            let region = model.hospitals[hospital.idx()].region.idx();
            *days.entry((region, model.study.week(day))).or_default() += work;
        }
    }
    days
}

/// A patient with the attributes that matter here; the others come from a drawn one.
fn covid(template: CovidPatient, ic_days: u32) -> CovidPatient {
    CovidPatient {
        hospital: HospitalIdx(0),
        tie: 0,
        needs_ic: true,
        survives_ic: false,
        first_ward: Minutes(0),
        ic: Minutes::from_days(ic_days),
        second_ward: Minutes(0),
        readmission: None,
        ..template
    }
}

fn planned(template: PlannedPatient, due: u16) -> PlannedPatient {
    PlannedPatient {
        indicated: SimTime::on(Day(0), 600),
        waited_before: Minutes(0),
        hospital: HospitalIdx(0),
        specialty: 0,
        class: UrgencyClass::KritiekPlanbareZorg,
        ready: Day(1),
        due: Day(due),
        or_time: Minutes(120),
        ic_stay: Minutes::from_days(2),
        list_exit: (ListExit::Withdrawal, Minutes(u32::MAX)),
        reclassification: None,
        tie: 0,
        ..template
    }
}

/// Two staffed beds, two COVID patients, and two patients who wait for a bed after an operation.
fn hand_made(model: &Model) -> World {
    let template = World::draw(&small(&[]), SEED, 0);
    let mut world = World::draw(model, SEED, 0);
    assert!(world.arrivals.is_empty(), "nobody comes by chance");
    world.covid = vec![covid(template.covid[0], 10), covid(template.covid[0], 6)];
    world.planned = vec![
        planned(template.planned[0], 6),
        planned(template.planned[0], 42),
    ];
    let region = model.hospitals[0].region;
    world
        .planned
        .iter_mut()
        .for_each(|patient| patient.region = region);
    let arrival = |time, kind, patient| Arrival {
        time,
        kind,
        mark: 0,
        patient,
    };
    world.arrivals = vec![
        arrival(SimTime::on(Day(0), 600), ArrivalKind::Covid, 0),
        arrival(SimTime::on(Day(0), 600), ArrivalKind::Planned, 0),
        arrival(SimTime::on(Day(0), 600), ArrivalKind::Planned, 1),
        arrival(SimTime::on(Day(1), 720), ArrivalKind::Covid, 1),
    ];
    world
}

/// The weeks by hand, from Monday, day 0. One place in the program per weekday, two days' notice:
///
/// - COVID patients lie on the IC from day 0, 10:00 to day 10, 10:00 and from day 1, 12:00 to day 7,
///   12:00.
/// - The urgent patient (due on day 6) is dated for day 2, cancelled, dated for day 4, cancelled,
///   dated for day 8 (Monday has gone to the other one), and operated on then: late.
/// - The other one (due on day 42) is dated for days 3, 7, 9 and 11, and operated on day 11, after
///   the urgent patient and the first COVID patient have left on day 10 at 10:00.
#[test]
fn two_beds_and_four_patients_come_out_as_by_hand() {
    let hospital = "region[0].hospital[0]={ key = \"h\", regular_beds = 2, physical_beds = 4, or_teams = 1, ic_slots = [1, 1, 1, 1, 1] }";
    // A trace of demand, so that the stay of planned patients is known to the operating room.
    let model = one_hospital(&[hospital, "planned.stream[0].weekly_indications=0.000001"]);
    let world = hand_made(&model);
    let simulator = Simulator::new(&model);
    let mut log = Log::default();
    let state = simulator.burn_in(&world);
    let outcome = simulator.simulate_recorded(
        &world,
        &model.schedule(&model.policies()[0]),
        &state,
        &mut log,
    );
    let dates = |patient: u32| -> Vec<i64> {
        let own = log
            .entries
            .iter()
            .filter(|entry| entry.what.key() == "planned-dated" && entry.subject == Some(patient));
        own.map(|entry| entry.value).collect()
    };
    assert_eq!(dates(0), [2, 4, 8], "dates of the urgent patient");
    assert_eq!(dates(1), [3, 7, 9, 11], "dates of the other patient");
    let cancelled = |n: u8| {
        let mut events = EventCounts::default();
        (0..n).for_each(|_| events.add(DisplacementEvent::CancelledOnTheDay));
        events
    };
    let [urgent, other] = [outcome.planned[0], outcome.planned[1]];
    assert_eq!(
        (urgent.status, urgent.resolved, urgent.first_disruption),
        (FinalStatus::LateOwn, Some(Day(8)), Some(Day(2))),
        "the urgent patient"
    );
    assert_eq!(
        (other.status, other.resolved, other.first_disruption),
        (FinalStatus::OnTimeOwn, Some(Day(11)), Some(Day(3))),
        "the other patient"
    );
    assert_eq!(
        (urgent.events, other.events),
        (cancelled(2), cancelled(3)),
        "cancelled on the day"
    );
    assert_books_by_hand(&model, &outcome);
}

fn assert_books_by_hand(model: &Model, outcome: &Outcome) {
    let week = |week, measure| outcome.weeks.get(model.hospitals[0].region, week, measure);
    let covid = [0, 1].map(|n| week(n, WeekMeasure::BedMinutesCovid));
    assert_eq!(covid, [9_480 + 7_920, 4_920 + 720], "COVID bed-minutes");
    assert_eq!(
        week(1, WeekMeasure::BedMinutesPlanned),
        2 * 2_880,
        "two days each"
    );
    assert_eq!(
        week(0, WeekMeasure::HospitalsFailingNorm),
        1,
        "overdue at the end of the first week"
    );
    assert_eq!(
        week(1, WeekMeasure::HospitalsFailingNorm),
        0,
        "but not of the second"
    );
    let overdue = [6, 7, 8].map(|day| outcome.days.get(Day(day), DayMeasure::OverdueClass3));
    assert_eq!(
        overdue,
        [0, 1, 0],
        "overdue from the day after the due day until the operation"
    );
}

/// Settings at the ends of what a scenario may say.
const EXTREMES: [&[&str]; 14] = [
    &["covid.transfer_hours=0", "policy.*.moves_per_day=10000"],
    &["covid.transfer_hours=48"],
    &[
        "covid.ward_before_ic={ fixed = { days = 0 } }",
        "covid.ic_stay={ fixed = { days = 0 } }",
        "covid.ward_after_ic={ fixed = { days = 0 } }",
        "acute.stay={ fixed = { days = 0 } }",
        "planned.stream[0].ic_stay={ fixed = { days = 0 } }",
    ],
    &[
        "covid.ic_stay={ lognormal = { median_days = 1000, sd_log = 3 } }",
        "acute.stay={ gamma = { mean_days = 1000, shape = 0.05 } }",
        "planned.stream[0].ic_stay={ weibull = { mean_days = 1000, shape = 0.2 } }",
    ],
    &["staff.workforce_share=0"],
    &[
        "staff.workforce_share=2",
        "staff.ramp_beds_per_day=2000",
        "staff.ramp_down_beds_per_day=2000",
        "staff.maximum_support_share=1",
    ],
    &["staff.ward.covid_beds=0", "staff.ward.planned_inpatients=0"],
    &[
        "study.burn_in_weeks=0",
        "study.window_weeks=1",
        "study.follow_up_weeks=6",
    ],
    &[
        "staff.absence={ normal_share = 0.5, share_per_thousand_weekly_admissions = 0.5, maximum_share = 0.9, rho = 0.999, sd = 0.2 }",
    ],
    &[
        "forecast.information_delay_days=7",
        "forecast.national_sd_log_per_day=0.5",
        "forecast.regional_sd_log_per_day=0.5",
        "forecast.rho=0.999",
    ],
    &[
        "planned.planning_lead_days=30",
        "planned.shortest_notice_days=365",
        "planned.semi_acute_hold_days=365",
        "planned.offer_days_before_norm=365",
    ],
    &[
        "planned.stream.heart.weekly_indications=4000",
        "planned.stream.heart.class_shares=[0.5, 0.5, 0, 0]",
        "study.burn_in_weeks=1",
        "study.window_weeks=2",
    ],
    &[
        "planned.norm_days=[1, 1, 1, 1]",
        "planned.stream[0].weekly_deterioration_share=0.9",
        "planned.initial_list_days=365",
    ],
    &[
        "clinics.round_days=1",
        "clinics.workers_per_block=1",
        "clinics.trainer_nurses=2",
        "clinics.induction_days=[0, 0, 0]",
        "clinics.willing_before_2d_share=1",
        "policy.*.loans.full_scale_down_share=0",
    ],
];

#[test]
fn no_allowed_setting_stops_the_engine() {
    let no_beds = |key: &str| {
        format!(
            "{{ key = \"{key}\", regular_beds = 0, physical_beds = 0, weight = 1, groups = [\"heart\"] }}"
        )
    };
    let no_beds = [
        format!("region[0].hospital=[{}]", no_beds("a")),
        format!("region[1].hospital=[{}]", no_beds("b")),
    ];
    let surge = [
        &constant("covid.weekly_admissions", 1_500.0, 24),
        "phases.threat={ horizon_days = 14, beds = 0, probability = 0.001 }",
        "policy.*.loans.trigger=voluntary-any-time",
    ];
    let no_beds = no_beds.each_ref().map(String::as_str);
    let settings = EXTREMES.into_iter().chain([&no_beds[..], &surge[..]]);
    for overrides in settings {
        let model = small(overrides);
        let record = Experiment::new(&model, SEED).replicate(0);
        for policy in record.policies {
            let of_six_weeks = overrides.iter().all(|text| !text.contains("norm_days"));
            if of_six_weeks {
                assert_balanced(&model, &policy);
            }
        }
    }
}
