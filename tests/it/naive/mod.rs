//! A second engine, written to be read: slow, and without anything clever.
//!
//! It keeps one record per patient and worker and derives everything else by counting them again
//! each time: who lies where, who waits in which order, how many places are left. It looks for the
//! next event by going through all of them. It shares no code with the engine of the package; it
//! reads the same model and world, and asks the same pure functions of `policy` what rules decide
//! (need, forecasts, shares, protected beds, phases, gates). Who gets a bed is worked out here
//! again.
//!
//! All rules are covered. What it gives is the log and the outcome, entry by entry.

mod acute;
mod beds;
mod books;
mod centers;
mod clinics;
mod covid;
mod exchange;
mod loans;
mod matching;
mod meetings;
mod morning;
mod moves;
mod notes;
mod operating;
mod planned;
mod planners;
mod places;
mod pressure;
pub(crate) mod sentences;
mod state;
mod step_down;
mod stopping;

use zorgdruk::model::Model;
use zorgdruk::model::clocks::Clock as ClockTime;
use zorgdruk::model::derived::Derived;
use zorgdruk::outcome::{DaySeries, Entry, Outcome, RegionalDays, WeekCounts};
use zorgdruk::policy::levers::Policy;
use zorgdruk::policy::plan::{Phase, PhaseRecord};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, PerMille, SimTime, UrgencyClass};
use zorgdruk::world::{Arrival, ArrivalKind, World};

use sentences::InForce;
use state::{Acute, Covid, Hospital, Nation, Planned, Region, WorkerState};

/// When something happens, and its place among other things of the same minute: minute, rank, mark,
/// kind, number of the patient.
type Key = (u32, u8, u16, u32, u32);

/// The order within a minute, as the page on simultaneous events tells it.
const CLOSE_WEEK: u8 = 0;
const DISCHARGE: u8 = 1;
const SHIFT: u8 = 2;
const STEP_DOWN: u8 = 3;
const TRANSFER_ARRIVAL: u8 = 4;
const ARRIVAL: u8 = 5;
const PLANNED_ADMISSION: u8 = 6;
const DECISION: u8 = 7;
const STATISTICS: u8 = 8;

/// What is due for a patient, in the order of equal marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    CovidStage,
    CovidTransfer,
    AcuteExit,
    PlannedCare,
    PlannedListExit,
    PlannedReclassification,
    AcuteStepDown,
    PlannedStepDown,
}

/// Who acts at a fixed hour.
#[derive(Debug, Clone, Copy)]
enum Clock {
    BooksOfTheWeek,
    ChangeOfShift,
    OperatingRooms,
    NationalCenter,
    BooksOfTheDay,
    NationalMeeting,
    RegionalMeeting,
    RegionalCenter,
    LoanRound,
}

/// Everything about one run.
pub(crate) struct Naive<'a> {
    model: &'a Model,
    world: &'a World,
    policy: &'a Policy,
    tables: Derived,
    now: SimTime,
    /// Arrivals that have happened.
    arrived: usize,
    /// Fixed hours of the whole study, and how many of them are past.
    clocks: Vec<(Key, Clock)>,
    past: usize,
    covid: Vec<Covid>,
    acute: Vec<Acute>,
    planned: Vec<Planned>,
    workers: Vec<WorkerState>,
    hospitals: Vec<Hospital>,
    regions: Vec<Region>,
    nation: Nation,
    /// Days and hospitals of COVID patients who came to need the IC.
    needs: Vec<(Day, usize)>,
    /// Days, hospitals and classes of IC-dependent operations.
    operated: Vec<(Day, usize, UrgencyClass)>,
    /// Number that the next patient in any queue draws.
    ticket: u32,
    weeks: WeekCounts,
    days: DaySeries,
    regional_days: RegionalDays,
    /// Nothing is written down before the window.
    log: Option<Vec<Entry>>,
}

/// Simulates `world` with no policy up to the window and under `policy` from then on.
pub(crate) fn simulate(model: &Model, world: &World, policy: &Policy) -> (Outcome, Vec<Entry>) {
    let inert = Policy::inert();
    let mut naive = Naive::new(model, world, &inert);
    naive.run_until(model.study.window_start().start());
    naive.policy = policy;
    naive.log = Some(Vec::new());
    naive.run_until(model.study.end_time());
    naive.outcome()
}

impl Naive<'_> {
    fn run_until(&mut self, end: SimTime) {
        loop {
            let pending = self.next_pending();
            let arrival = self.world.arrivals.get(self.arrived).copied();
            let clock = self.clocks.get(self.past).copied();
            let first = [
                pending.map(|(key, _)| key),
                arrival.as_ref().map(key_of),
                clock.map(|(key, _)| key),
            ];
            let Some(next) = first.into_iter().flatten().min() else {
                return;
            };
            if next.0 >= end.0 {
                return;
            }
            self.pass_time(SimTime(next.0));
            // When keys are equal newcomers go first.
            if let Some(arrival) = arrival.filter(|_| first[1] == Some(next)) {
                self.arrived += 1;
                self.arrival(arrival);
            } else if let Some((_, clock)) = clock.filter(|_| first[2] == Some(next)) {
                self.past += 1;
                self.clock(clock);
            } else if let Some((_, due)) = pending {
                self.happen(due, next.4 as usize);
            }
        }
    }

    /// Books the beds as they were until now, and lets the clock stand at `moment`.
    fn pass_time(&mut self, moment: SimTime) {
        let span = i64::from(moment.0 - self.now.0);
        if span > 0 {
            for h in 0..self.hospitals.len() {
                self.book_beds(h, span);
            }
        }
        self.now = moment;
    }

    fn next_pending(&self) -> Option<(Key, Due)> {
        let covid = (0..self.covid.len()).flat_map(|p| self.due_of_covid(p));
        let acute = (0..self.acute.len()).filter_map(|p| self.due_of_acute(p));
        let planned = (0..self.planned.len()).filter_map(|p| self.due_of_planned(p));
        let changes = (0..self.planned.len()).filter_map(|p| self.due_of_change(p));
        covid.chain(acute).chain(planned).chain(changes).min()
    }

    fn arrival(&mut self, arrival: Arrival) {
        let patient = arrival.patient as usize;
        match arrival.kind {
            ArrivalKind::Covid => self.covid_arrives(patient),
            ArrivalKind::Acute => self.acute_arrives(patient),
            ArrivalKind::Planned => self.planned_indicated(patient),
        }
    }

    fn happen(&mut self, due: Due, patient: usize) {
        match due {
            Due::CovidStage => self.covid_stage_ends(patient),
            Due::CovidTransfer => self.transfer_arrives(patient),
            Due::AcuteExit => self.acute_stay_ends(patient),
            Due::PlannedCare => self.planned_care_ends(patient),
            Due::PlannedListExit => self.planned_wait_ends(patient),
            Due::AcuteStepDown => self.acute_leaves(patient),
            Due::PlannedStepDown => self.planned_leaves(patient),
            Due::PlannedReclassification => self.becomes_class_3(patient),
        }
    }

    fn clock(&mut self, clock: Clock) {
        match clock {
            Clock::BooksOfTheWeek => self.close_week(),
            Clock::ChangeOfShift => self.change_shift(),
            Clock::OperatingRooms => {
                self.clinics_offer_hours();
                self.stop_and_restart();
                self.operate();
                self.clinics_produce();
            }
            Clock::NationalCenter => self.national_center(),
            Clock::BooksOfTheDay => self.close_day(),
            Clock::NationalMeeting => self.national_meeting(),
            Clock::RegionalMeeting => {
                self.regional_meetings();
                self.exchange_staff();
            }
            Clock::RegionalCenter => {
                self.called_meetings();
                self.moves_within_regions();
                self.plan_hospitals();
                self.relocate_planned();
            }
            Clock::LoanRound => self.loan_round(),
        }
    }
}

/// The fixed hours of a study, in order.
fn clocks(model: &Model) -> Vec<(Key, Clock)> {
    let mut clocks = Vec::new();
    for day in (0..model.study.end().0).map(Day) {
        let weekday = day.0 % 7;
        let mut at = |time: &ClockTime, rank: u8, clock: Clock| {
            if time.weekdays[usize::from(weekday)] {
                let time = SimTime::on(day, time.minute).0;
                clocks.push(((time, rank, 0, 0, 0), clock));
            }
        };
        let times = &model.clocks;
        let midnight = ClockTime {
            minute: 0,
            weekdays: core::array::from_fn(|weekday| weekday == 0),
        };
        at(&midnight, CLOSE_WEEK, Clock::BooksOfTheWeek);
        at(&times.shift, SHIFT, Clock::ChangeOfShift);
        at(&times.operating_rooms, DECISION, Clock::OperatingRooms);
        at(&times.national_center, DECISION, Clock::NationalCenter);
        at(&ClockTime::daily(9 * 60), STATISTICS, Clock::BooksOfTheDay);
        at(&times.national_meeting, DECISION, Clock::NationalMeeting);
        at(&times.regional_meeting, DECISION, Clock::RegionalMeeting);
        at(&times.regional_center, DECISION, Clock::RegionalCenter);
        at(&times.loan_round, DECISION, Clock::LoanRound);
    }
    // Of equal keys the one that stands first above.
    clocks.sort_by_key(|(key, _)| *key);
    clocks
}

fn key_of(arrival: &Arrival) -> Key {
    (arrival.time.0, ARRIVAL, arrival.mark, 0, arrival.patient)
}

/// What everything here asks.
impl Naive<'_> {
    fn today(&self) -> Day {
        self.now.day()
    }

    fn week(&self) -> usize {
        usize::from(self.today().0 / 7)
    }

    /// The agents' weekly marks are kept agent by agent.
    fn weekly(&self, agent: usize) -> usize {
        agent * self.model.study.n_weeks() + self.week()
    }

    fn rules(&self) -> InForce<'_> {
        InForce::new(
            self.policy,
            &self.model.phases,
            self.today(),
            self.nation.phase,
        )
    }

    fn has(&self, rule: Sentence) -> bool {
        self.policy.has(rule)
    }

    fn phase(&self) -> &PhaseRecord {
        &self.model.phases.records[self.nation.phase.idx()]
    }

    fn region_of(&self, h: usize) -> usize {
        self.model.hospitals[h].region.idx()
    }

    fn in_region(&self, r: usize) -> Vec<usize> {
        let all = 0..self.hospitals.len();
        all.filter(|h| self.region_of(*h) == r).collect()
    }

    /// Probability that a party does what was agreed.
    fn compliance(&self) -> i64 {
        let rules = self.rules();
        let money = &self.policy.finance;
        let probability = match () {
            () if rules.supplement(Sentence::A34) => money.compliance[1],
            () if rules.framework(Sentence::A08) => money.compliance[0],
            () => self.policy.compliance,
        };
        let is_free = rules.framework_without(Sentence::A14);
        let parts = if is_free { 2 } else { 1 };
        i64::from(probability.0 / parts)
    }

    fn complies(&self, h: usize) -> bool {
        let bonus = self.regions[self.region_of(h)].bonus;
        i64::from(self.world.marks.compliance[h]) < self.compliance() + bonus
    }

    fn region_complies(&self, r: usize) -> bool {
        let is_watched = self.rules().framework(Sentence::A10);
        let bonus = if is_watched { self.regions[r].bonus } else { 0 };
        i64::from(self.world.marks.region_compliance[r]) < self.compliance() + bonus
    }

    fn has_agreed(&self, r: usize) -> bool {
        let from = self.regions[r].agreed_from;
        from.is_some_and(|from| from <= self.today())
    }

    fn draw_ticket(&mut self) -> u32 {
        self.ticket += 1;
        self.ticket
    }

    /// Whether the phase is as heavy as the one that the plan names, if it names one.
    fn is_phase_at_least(&self, from: Option<Phase>) -> bool {
        from.is_some_and(|from| self.nation.phase >= from)
    }

    fn is_heaviest_phase(&self) -> bool {
        self.nation.phase.idx() + 1 == self.model.phases.names.len()
    }
}

/// This share of a number, rounded down.
fn part(share: PerMille, of: i64) -> i64 {
    of * i64::from(share.0) / 1_000
}

/// A number that is known to be small and not negative.
fn whole(n: i64) -> u32 {
    u32::try_from(n).expect("a number that is not negative")
}

fn length<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).expect("few items")
}

/// Who goes first among equals: hospitals, and regions.
impl Naive<'_> {
    fn order_of_hospital(&self, h: usize) -> u16 {
        self.world.marks.order[0][h]
    }

    fn order_of_region(&self, r: usize) -> u16 {
        self.world.marks.order[1][r]
    }
}

/// Those with a number above zero, highest first; of equal ones the lowest mark goes first.
fn ranked(candidates: Vec<(i64, u16, usize)>) -> Vec<usize> {
    let mut candidates = candidates;
    candidates.retain(|(number, ..)| *number > 0);
    candidates.sort_by_key(|(number, mark, candidate)| (-number, *mark, *candidate));
    candidates
        .into_iter()
        .map(|(.., candidate)| candidate)
        .collect()
}
