//! One record per patient, worker, hospital and region.

use zorgdruk::model::Model;
use zorgdruk::model::derived::Derived;
use zorgdruk::outcome::{DaySeries, EventCounts, FinalStatus, RegionalDays, WeekCounts};
use zorgdruk::policy::info::{PublishedList, Report};
use zorgdruk::policy::levers::Policy;
use zorgdruk::policy::plan::Phase;
use zorgdruk::units::{Day, SimTime};
use zorgdruk::world::World;

use super::{Naive, clocks};

/// Where a COVID patient is, and until when, or since which ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Outside,
    FirstWard(SimTime),
    Ic(SimTime),
    /// On the IC, ready for a ward that is full.
    Blocked(u32),
    /// On the ward between two IC stays.
    BetweenStays(SimTime),
    SecondWard(SimTime),
    /// On the ward, ready for a nursing home or home care that is full.
    AwaitsOutflow(u32),
    Gone,
}

#[derive(Debug, Clone)]
pub(super) struct Covid {
    pub(super) at: Place,
    pub(super) hospital: usize,
    /// Where the patient is going, and the moment of arrival.
    pub(super) moving: Option<(usize, SimTime)>,
    /// Hospitals where the patient has been on the IC before, and the arrival of the last move.
    pub(super) been: Vec<usize>,
    pub(super) moved_at: Option<SimTime>,
    /// Whether the patient has been on the IC, and has come back to it.
    pub(super) was_on_ic: bool,
    pub(super) is_back: bool,
}

/// The hospital in whose IC an acute patient lies, and until when.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Acute {
    pub(super) on_ic: Option<(usize, SimTime)>,
    /// Since which ticket the patient waits for the ward, and when there is a place.
    pub(super) blocked: Option<u32>,
    pub(super) promised: Option<SimTime>,
}

/// Where a planned patient is on the way to treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    Outside,
    Waiting,
    Dated(Day),
    InOperation(SimTime),
    OnIc(SimTime),
    OnIcAsAcute(SimTime),
    Gone,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub(super) at: Care,
    pub(super) hospital: usize,
    pub(super) events: EventCounts,
    pub(super) first_disruption: Option<Day>,
    pub(super) resolved: Option<(Day, FinalStatus)>,
    /// Since which ticket the patient waits on the IC for the ward, and when there is a place.
    pub(super) blocked: Option<u32>,
    pub(super) promised: Option<SimTime>,
    /// Whether the patient, of class 4 at first, has become class 3.
    pub(super) is_class_3_now: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    AtClinic,
    InInduction(Day, usize),
    InHospital(usize),
}

/// A clinic worker; `furthest` counts steps: asked, willing, competent, in range, inducted, used.
#[derive(Debug, Clone, Copy)]
pub(super) struct WorkerState {
    pub(super) at: Work,
    pub(super) furthest: usize,
    pub(super) asked: Option<Day>,
    /// The hospital that last inducted the worker.
    pub(super) known_in: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Hospital {
    /// Staffed beds with nurses stretched as far as is allowed, and without.
    pub(super) staffed: i64,
    pub(super) unstretched: i64,
    /// Whether classes 4 and 5 are stopped.
    pub(super) stopped: bool,
    pub(super) protected: i64,
    /// Beds on converted staff that work, and those decided, in thousandths.
    pub(super) converted: i64,
    pub(super) decided: i64,
    /// Decided changes that do not work yet, with the day on which they will.
    pub(super) changes: Vec<(Day, i64)>,
    /// Reports by day.
    pub(super) reports: Vec<Report>,
    pub(super) published: PublishedList,
    /// Beds for planned patients expected tomorrow, the day after, and so on.
    pub(super) expected_beds: Vec<i64>,
    pub(super) allocation: i64,
    pub(super) backlog: [i64; 3],
    pub(super) credit: [i64; 2],
    /// Operations of the last weekday, and of classes 4 and 5 this week.
    pub(super) last_activity: [i64; 3],
    pub(super) plannable_this_week: i64,
    pub(super) external: i64,
    /// Hired nurses with the day on which they begin.
    pub(super) hired: Vec<(Day, i64)>,
    /// Teams, in thousandths: without work on the last weekday, from other hospitals, and lent to them.
    pub(super) idle: i64,
    pub(super) received: i64,
    pub(super) sent: i64,
    /// Whether teams of streams support the IC.
    pub(super) stream_teams_away: bool,
    /// Class 3 operations without IC not done on the last weekday.
    pub(super) critical_short: i64,
    /// Patients without COVID whom the ward can take from the IC today, and operations that give way to such
    /// patients, in thousandths.
    pub(super) ward_room: i64,
    pub(super) given_way: i64,
    /// Beds of the ward for which lent nurses care.
    pub(super) extra_ward: i64,
    /// Minutes that the own teams of each stream have left.
    pub(super) stream_minutes: Vec<i64>,
    /// Staff who dropped out where nurses were stretched, in millionths.
    pub(super) dropped_out: i64,
    /// COVID, acute, planned, staffed, stretched, overload, converted.
    pub(super) bed_minutes: [i64; 7],
}

#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) agreed_from: Option<Day>,
    pub(super) called_in: Option<usize>,
    /// Expected COVID patients relative to those reported, in thousandths.
    pub(super) growth: i64,
    /// Moves within the region that were arranged, by day.
    pub(super) arranged: Vec<Day>,
    pub(super) requested: u32,
    pub(super) offered: u32,
    pub(super) pressure_days: u16,
    pub(super) calm_days: u16,
    pub(super) stop_calm: Option<Day>,
    pub(super) level: u8,
    pub(super) level_since: Day,
    pub(super) bonus: i64,
    pub(super) loan_asked: Option<Day>,
    /// Whether a class 3 date was lost since classes 4 and 5 last stopped everywhere.
    pub(super) has_disrupted: bool,
    pub(super) for_hire: i64,
    /// Places in nursing homes and home care left today; `None` before the first numbered day.
    pub(super) places: Option<i64>,
    /// Operations that clinics can still take over today, and have taken over.
    pub(super) open_hours: i64,
    pub(super) taken_over: i64,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Nation {
    pub(super) phase: Phase,
    pub(super) phase_since: Day,
    pub(super) threat: bool,
    pub(super) falling: bool,
    pub(super) strained_since: Option<Day>,
    pub(super) prepared_since: Option<Day>,
    /// First day of an order to stop classes 4 and 5 that holds, and the day on which the last one ended.
    pub(super) stop_since: Option<Day>,
    pub(super) stop_ended: Option<Day>,
    pub(super) covid_in_a_week: u32,
    pub(super) covid_at_horizon: u32,
}

impl<'a> Naive<'a> {
    /// An empty country at the start of day 0.
    pub(super) fn new(model: &'a Model, world: &'a World, policy: &'a Policy) -> Self {
        let tables = Derived::new(model);
        let covid = Covid {
            at: Place::Outside,
            hospital: 0,
            moving: None,
            been: Vec::new(),
            moved_at: None,
            was_on_ic: false,
            is_back: false,
        };
        let worker = WorkerState {
            at: Work::AtClinic,
            furthest: 0,
            asked: None,
            known_in: None,
        };
        Self {
            now: SimTime(0),
            arrived: 0,
            clocks: clocks(model),
            past: 0,
            covid: vec![covid; world.covid.len()],
            acute: vec![Acute::default(); world.acute.len()],
            planned: world
                .planned
                .iter()
                .map(|record| planned(record.hospital.idx()))
                .collect(),
            workers: vec![worker; world.workers.len()],
            hospitals: (0..model.hospitals.len())
                .map(|h| hospital(model, &tables, h))
                .collect(),
            regions: (0..model.regions.len())
                .map(|r| region(model, &tables, r))
                .collect(),
            nation: nation(),
            needs: Vec::new(),
            operated: Vec::new(),
            ticket: 0,
            weeks: WeekCounts::new(model.regions.len(), model.study.n_weeks()),
            days: DaySeries::new(model.study.n_days()),
            regional_days: RegionalDays::new(model.regions.len(), model.study.n_days()),
            log: None,
            model,
            world,
            policy,
            tables,
        }
    }
}

fn planned(hospital: usize) -> Planned {
    Planned {
        at: Care::Outside,
        hospital,
        events: EventCounts::default(),
        first_disruption: None,
        resolved: None,
        blocked: None,
        promised: None,
        is_class_3_now: false,
    }
}

fn hospital(model: &Model, tables: &Derived, h: usize) -> Hospital {
    let daily = tables.hospitals[h].operations_milli.map(i64::from);
    let days = model.sessions.initial_backlog_days.map(i64::from);
    Hospital {
        staffed: 0,
        unstretched: 0,
        stopped: false,
        protected: 0,
        converted: 0,
        decided: 0,
        changes: Vec::new(),
        reports: Vec::new(),
        published: PublishedList::default(),
        expected_beds: Vec::new(),
        allocation: 0,
        backlog: [0, 1, 2].map(|class| daily[class] * days[class]),
        credit: [0; 2],
        last_activity: daily,
        plannable_this_week: 0,
        external: 0,
        hired: Vec::new(),
        idle: 0,
        received: 0,
        sent: 0,
        stream_teams_away: false,
        critical_short: 0,
        ward_room: 0,
        given_way: 0,
        extra_ward: 0,
        stream_minutes: (model.hospitals[h].stream_minutes.iter())
            .map(|time| i64::from(time.most))
            .collect(),
        dropped_out: 0,
        bed_minutes: [0; 7],
    }
}

fn region(model: &Model, tables: &Derived, r: usize) -> Region {
    let range = &model.regions[r].hospitals;
    let beds: i64 = tables.hospitals[usize::from(range.start)..usize::from(range.end)]
        .iter()
        .map(|table| i64::from(table.bed_share))
        .sum();
    Region {
        agreed_from: None,
        called_in: None,
        growth: 1_000,
        arranged: Vec::new(),
        requested: 0,
        offered: 0,
        pressure_days: 0,
        calm_days: 0,
        stop_calm: None,
        level: 0,
        level_since: Day(0),
        bonus: 0,
        loan_asked: None,
        has_disrupted: false,
        for_hire: i64::from(model.staff.external_hire.nurses) * beds / 1_000,
        places: None,
        open_hours: 0,
        taken_over: 0,
    }
}

fn nation() -> Nation {
    Nation {
        phase: Phase(0),
        phase_since: Day(0),
        threat: false,
        falling: false,
        strained_since: None,
        prepared_since: None,
        stop_since: None,
        stop_ended: None,
        covid_in_a_week: 0,
        covid_at_horizon: 0,
    }
}
