//! Everything that changes during a simulation.

use std::collections::VecDeque;

use crate::engine::beds::{ConvertedBeds, CovidWard, IcBeds};
use crate::engine::dates::Dates;
use crate::engine::open_days::OpenDays;
pub(crate) use crate::engine::people::{
    CovidOnIc, CovidStage, CovidState, LoanStep, PlannedStage, PlannedState, WorkerPlace,
    WorkerState,
};
pub(crate) use crate::engine::step_downs::{Leaver, StepDowns};
use crate::engine::waiting::{WaitingCount, WaitingList};
use crate::model::Model;
use crate::model::derived::Derived;
use crate::outcome::{DaySeries, EventCounts, RegionalDays, WeekCounts};
use crate::policy::info::{PublishedList, Report};
use crate::policy::plan::Phase;
use crate::units::{DAYS_PER_WEEK, Day, HospitalIdx, PerMille, RegionIdx, SimTime};
use crate::world::World;

/// Days of reports that are kept, so that a delayed one can be read.
pub(crate) const REPORT_DAYS: usize = DAYS_PER_WEEK as usize + 1;
/// Days ahead for which decided changes of capacity are kept.
pub(crate) const RAMP_DAYS: usize = 8;

/// Most days of notice for which planners expect beds, and one for today.
pub(crate) const NOTICE: usize = RAMP_DAYS;

/// The places of a hospital in the coming days, and what decides who looks for one there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenPlaces {
    pub(crate) hospital: HospitalIdx,
    pub(crate) region: RegionIdx,
    /// Days that patients are expected to wait, as others see it.
    pub(crate) wait: u16,
    /// Specialties that the hospital performs, as bits by position in the model.
    pub(crate) performs: u32,
    pub(crate) days: OpenDays,
}

/// One hospital.
#[derive(Debug, Clone)]
pub(crate) struct HospitalState {
    /// COVID patients on the IC, for choosing whom to move.
    pub(crate) covid_on_ic: Vec<CovidOnIc>,
    /// What others see of the waiting list.
    pub(crate) published: PublishedList,
    /// Patients of classes 2 and 3 operated this week and last week, and of class 3 this week.
    pub(crate) operated: [u16; 2],
    pub(crate) operated_class_3: u16,
    /// Whether it has stopped classes 4 and 5.
    pub(crate) stopped: bool,
    /// Staff who dropped out because nurses were stretched, in millionths.
    pub(crate) dropped_out: u32,
    /// Planned patients without a date.
    pub(crate) waiting: WaitingList,
    /// Planned patients with and without a date.
    pub(crate) n_waiting: WaitingCount,
    /// Planned patients with a date.
    pub(crate) dates: Dates,
    /// Beds on converted staff: working, and decided in all, in thousandths.
    pub(crate) converted: ConvertedBeds,
    pub(crate) decided_milli: u32,
    /// Planned patients for whom a bed is expected, by days ahead.
    pub(crate) expected_beds: [u8; NOTICE],
    /// Changes of working beds by day (position: day modulo length).
    pub(crate) ramp: [i32; RAMP_DAYS],
    /// Operations waiting of classes 3, 4 and 5, in thousandths.
    pub(crate) backlog_milli: [u64; 3],
    /// Places in the program earned by capped classes 4 and 5, in thousandths.
    pub(crate) place_credit: [u32; 2],
    /// Operations of classes 3, 4 and 5 on the last weekday, in thousandths.
    pub(crate) last_activity_milli: [u32; 3],
    /// Operations of classes 4 and 5 since Monday, in thousandths.
    pub(crate) plannable_this_week: u32,
    /// Part of the hospital's nurses who lent clinic staff and external staff make up.
    pub(crate) loaned: Loaned,
    /// General teams without work on the last weekday, beyond the slack of normal times, in thousandths:
    /// freed people whom the IC of the hospital does not need.
    pub(crate) idle_milli: u32,
    /// Teams from other hospitals of the region, and those lent to them, in thousandths.
    pub(crate) received_milli: u32,
    pub(crate) sent_milli: u32,
    /// Whether teams of streams of planned patients support the IC.
    pub(crate) stream_teams_away: bool,
    /// Hired nurses in induction, in thousandths, by the day on which they begin (position: day modulo
    /// length).
    pub(crate) hired: [u32; RAMP_DAYS],
    /// Class 3 operations without IC that were not done on the last weekday, in thousandths.
    pub(crate) critical_short_milli: u32,
    /// Beds short (positive) or to spare (negative) at the loan round, in thousandths.
    pub(crate) short_milli: i64,
    /// Patients without COVID on their way to the wards.
    pub(crate) step_downs: StepDowns,
}

/// What one hospital reports.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reporting {
    /// Reports by day (position: day modulo length); a missing one repeats the last one.
    pub(crate) reports: [Report; REPORT_DAYS],
    /// COVID patients who came to need the IC, by day (position: day modulo length).
    pub(crate) ic_need: [u32; REPORT_DAYS],
}

/// Work that lent and hired staff do in a hospital, in thousandths of a full-time worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Loaned {
    pub(crate) ic: u32,
    pub(crate) or: u32,
    pub(crate) ward: u32,
    pub(crate) external: u32,
    /// Own nurse time that inductions take, and how many there are.
    pub(crate) trainers: u32,
    pub(crate) inductions: u16,
}

/// One region.
#[derive(Debug, Clone)]
pub(crate) struct RegionState {
    /// Report of its hospitals, as centers read it today.
    pub(crate) reported: Report,
    /// First day of the agreement on protecting critical plannable care.
    pub(crate) agreed_from: Option<Day>,
    /// Week in which the chair last called a meeting.
    pub(crate) called_in: Option<usize>,
    /// COVID patients expected at the policy's lead, in thousandths, and relative to those reported.
    pub(crate) expected_milli: u32,
    pub(crate) growth: PerMille,
    /// COVID patients above the region's fair share this morning, less those moved since.
    pub(crate) surplus: i64,
    /// Moves within the region that its center has arranged today.
    pub(crate) moves_today: (Day, u16),
    /// COVID patients asked of the region, and offered by it, this morning.
    pub(crate) requested: u32,
    pub(crate) offered: u32,
    pub(crate) escalation: EscalationState,
    /// Day on which hospitals first asked for a loan.
    pub(crate) loan_asked: Option<Day>,
    /// Whether a class 3 patient has lost a date since classes 4 and 5 last stopped everywhere.
    pub(crate) has_disrupted: bool,
    /// Hospitals that operated on patients of classes 4 and 5 on the last weekday.
    pub(crate) n_running: u16,
    /// External nurses still for hire, in thousandths.
    pub(crate) for_hire_milli: u32,
    /// Places in nursing homes and home care left today, in thousandths; `None` before the first
    /// morning that has numbered places, when nobody waits.
    pub(crate) places_milli: Option<u32>,
    /// COVID patients who wait for such a place, first come first.
    pub(crate) awaiting_place: VecDeque<u32>,
    /// Day from which hospitals of the region have restarted although they are told to stop, while they do.
    pub(crate) calm_since: Option<Day>,
    /// Operations that clinics can take over from hospitals today, in thousandths: left, and used.
    pub(crate) moved_left_milli: u32,
    pub(crate) moved_milli: u32,
}

/// How far pressure on a region was escalated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct EscalationState {
    /// Days of pressure, and days without since.
    pub(crate) pressure_days: u16,
    pub(crate) calm_days: u16,
    /// 0 to 3.
    pub(crate) level: u8,
    pub(crate) since: Day,
    /// Added to the probability of compliance.
    pub(crate) bonus: PerMille,
}

/// The nation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nation {
    pub(crate) phase: Phase,
    pub(crate) phase_since: Day,
    pub(crate) threat: bool,
    /// Whether the last change of phase was downwards.
    pub(crate) falling: bool,
    /// Day from which phases have tired the staff, while they do.
    pub(crate) strained_since: Option<Day>,
    /// Day from which clinics have prepared for loans, while they do.
    pub(crate) prepared_since: Option<Day>,
    /// Day from which hospitals have been told to stop classes 4 and 5, while they are, and the day on which
    /// that ended.
    pub(crate) stop_ordered: Option<Day>,
    pub(crate) stop_lifted: Option<Day>,
    /// COVID IC patients expected in a week and at the threat notice's horizon.
    pub(crate) covid_in_a_week: u32,
    pub(crate) covid_at_horizon: u32,
    /// Report of all hospitals, as centers read it today.
    pub(crate) reported: Report,
}

/// All that changes, except the clock and the pending events.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) hospitals: Vec<HospitalState>,
    /// What each hospital reports: apart, since few look at it.
    pub(crate) reporting: Vec<Reporting>,
    /// The IC of each hospital, and the COVID ward: apart, since they are looked at most, so that all
    /// of them stay at hand.
    pub(crate) ic: Vec<IcBeds>,
    pub(crate) ward: Vec<CovidWard>,
    /// Operating minutes that the own teams of each stream have left, by hospital and stream; below zero
    /// the last operation went on into the time of the next.
    pub(crate) stream_minutes: Vec<i32>,
    /// Operating minutes of patients with a date, by hospital and stream.
    pub(crate) dated_minutes: Vec<u32>,
    pub(crate) regions: Vec<RegionState>,
    /// Hospitals with a place for class 3 in the coming days: for a day on which somebody looks for one.
    pub(crate) open_places: Vec<OpenPlaces>,
    pub(crate) nation: Nation,
    pub(crate) covid: Vec<CovidState>,
    /// Where each acute patient lies.
    pub(crate) acute: Vec<HospitalIdx>,
    pub(crate) planned: Vec<PlannedState>,
    pub(crate) workers: Vec<WorkerState>,
    /// Workers who are not at their clinic.
    pub(crate) n_lent: u32,
    /// Lent workers per clinic team.
    pub(crate) lent_per_block: Vec<u16>,
    /// Clinic teams in the order in which they are asked: for one loan round.
    pub(crate) block_order: Vec<(u16, u16, u32)>,
    pub(crate) weeks: WeekCounts,
    pub(crate) days: DaySeries,
    pub(crate) regional_days: RegionalDays,
}

impl Body {
    /// An empty system at the start of day 0.
    pub(crate) fn new(model: &Model, derived: &Derived, world: &World) -> Self {
        let nowhere = HospitalIdx(0);
        let covid = CovidState {
            stage: CovidStage::NotYet,
            hospital: nowhere,
            position: 0,
            moving_to: None,
            ic_stays: 0,
            moves: 0,
            first: nowhere,
            last: nowhere,
            rests_until: SimTime(0),
        };
        Self {
            hospitals: (0..model.hospitals.len())
                .map(|h| hospital(model, derived, h))
                .collect(),
            reporting: vec![Reporting::default(); model.hospitals.len()],
            ic: (model.hospitals.iter())
                .map(|hospital| IcBeds::new(u32::from(hospital.physical_beds.0)))
                .collect(),
            ward: (model.hospitals.iter())
                .map(|hospital| CovidWard::new(u32::from(hospital.covid_ward_beds.0)))
                .collect(),
            stream_minutes: (model.hospitals.iter())
                .flat_map(|hospital| &hospital.stream_minutes)
                .map(|time| i32::try_from(time.most).unwrap_or(i32::MAX))
                .collect(),
            dated_minutes: vec![0; model.hospitals.len() * model.planned.specialties.len()],
            regions: (0..model.regions.len())
                .map(|region| self::region(model, derived, region))
                .collect(),
            open_places: Vec::with_capacity(model.hospitals.len()),
            nation: Nation {
                phase: Phase::FIRST,
                phase_since: Day(0),
                threat: false,
                falling: false,
                strained_since: None,
                prepared_since: None,
                stop_ordered: None,
                stop_lifted: None,
                covid_in_a_week: 0,
                covid_at_horizon: 0,
                reported: Report::default(),
            },
            covid: vec![covid; world.covid.len()],
            acute: world.acute.iter().map(|patient| patient.hospital).collect(),
            planned: world
                .planned
                .iter()
                .map(|patient| planned(patient.hospital))
                .collect(),
            workers: vec![WorkerState::default(); world.workers.len()],
            n_lent: 0,
            lent_per_block: vec![0; derived.n_blocks()],
            block_order: Vec::with_capacity(derived.n_blocks()),
            weeks: WeekCounts::new(model.regions.len(), model.study.n_weeks()),
            days: DaySeries::new(model.study.n_days()),
            regional_days: RegionalDays::new(model.regions.len(), model.study.n_days()),
        }
    }
}

fn hospital(model: &Model, derived: &Derived, hospital: usize) -> HospitalState {
    let daily = derived.hospitals[hospital].operations_milli;
    let backlog = model.sessions.initial_backlog_days;
    HospitalState {
        covid_on_ic: Vec::new(),
        published: PublishedList::default(),
        operated: [0; 2],
        operated_class_3: 0,
        stopped: false,
        dropped_out: 0,
        waiting: WaitingList::default(),
        n_waiting: WaitingCount::new(model.study.n_days()),
        dates: Dates::default(),
        converted: ConvertedBeds::default(),
        decided_milli: 0,
        expected_beds: [u8::MAX; NOTICE],
        ramp: [0; RAMP_DAYS],
        backlog_milli: core::array::from_fn(|class| {
            u64::from(daily[class]) * u64::from(backlog[class])
        }),
        place_credit: [0; 2],
        last_activity_milli: daily,
        plannable_this_week: 0,
        loaned: Loaned::default(),
        idle_milli: 0,
        received_milli: 0,
        sent_milli: 0,
        stream_teams_away: false,
        hired: [0; RAMP_DAYS],
        critical_short_milli: 0,
        short_milli: 0,
        step_downs: StepDowns::default(),
    }
}

/// Whether there are operations of classes 4 and 5 among those of classes 3, 4 and 5.
pub(crate) const fn runs_plannable(operations_milli: [u32; 3]) -> bool {
    operations_milli[1] + operations_milli[2] > 0
}

fn region(model: &Model, derived: &Derived, region: usize) -> RegionState {
    let hospitals = &model.regions[region].hospitals;
    let hospitals = &derived.hospitals[usize::from(hospitals.start)..usize::from(hospitals.end)];
    let share: u32 = hospitals.iter().map(|hospital| hospital.bed_share).sum();
    let running = hospitals
        .iter()
        .filter(|hospital| runs_plannable(hospital.operations_milli));
    let nurses = u64::from(model.staff.external_hire.nurses) * u64::from(share) / 1_000;
    RegionState {
        reported: Report::default(),
        agreed_from: None,
        called_in: None,
        expected_milli: 0,
        growth: PerMille::ONE,
        surplus: 0,
        moves_today: (Day(0), 0),
        requested: 0,
        offered: 0,
        escalation: EscalationState::default(),
        loan_asked: None,
        has_disrupted: false,
        n_running: u16::try_from(running.count()).unwrap_or(u16::MAX),
        for_hire_milli: u32::try_from(nurses).unwrap_or(u32::MAX),
        places_milli: None,
        awaiting_place: VecDeque::new(),
        calm_since: None,
        moved_left_milli: 0,
        moved_milli: 0,
    }
}

fn planned(hospital: HospitalIdx) -> PlannedState {
    PlannedState {
        stage: PlannedStage::NotYet,
        hospital,
        events: EventCounts::default(),
        is_reclassified: false,
        first_disruption: None,
        resolved: None,
    }
}
