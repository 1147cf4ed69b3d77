//! The world of one replication: everything that happens whatever anyone decides.
//!
//! A world is a pure function of model, master seed and replication number. Each attribute of each
//! patient is drawn from its own key, so that all policies meet the same patients and a draw added
//! here never changes another one. Nothing in this module knows a policy.

pub mod arrivals;
mod catchment;
mod clinics;
mod covid;
mod acute;
mod order;
mod planned;
mod staffing;

use crate::model::Model;
use crate::random::Keys;
use crate::units::{Day, HospitalIdx, Minutes, SimTime, UrgencyClass};
use order::ArrivalsByDay;

pub use clinics::{Deployability, Role, Worker};
pub use covid::CovidPatient;
pub use planned::{ListExit, PlannedPatient};
pub use staffing::{AbsenceTable, ForecastError};

/// Everything that happens in one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// The replication that this world belongs to.
    pub replication: u32,
    /// All arrivals, in the order in which they happen.
    pub arrivals: Vec<Arrival>,
    /// COVID patients; [`Arrival::patient`] of kind [`ArrivalKind::Covid`] points here.
    pub covid: Vec<CovidPatient>,
    /// Acute patients without COVID.
    pub acute: Vec<AcutePatient>,
    /// IC-dependent planned patients.
    pub planned: Vec<PlannedPatient>,
    /// Staff absence with the wave.
    pub absence: AbsenceTable,
    /// Staff absence as it would be without the wave.
    pub absence_without_wave: AbsenceTable,
    /// Errors of the LCPS forecaster.
    pub forecast_error: ForecastError,
    /// Clinic workers who could be lent.
    pub workers: Vec<Worker>,
    /// Marks that decide whether parties do what they can.
    pub marks: Marks,
}

/// What kind of patient arrives. The order is the order of simultaneous arrivals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrivalKind {
    /// A COVID patient enters the hospital.
    Covid,
    /// An acute patient needs the IC.
    Acute,
    /// A planned patient is indicated and joins the waiting list.
    Planned,
}

/// One arrival. Arrivals are ordered by time, kind, a keyed mark, and position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arrival {
    /// When.
    pub time: SimTime,
    /// Who, by kind.
    pub kind: ArrivalKind,
    /// Keyed random mark below 4 096 that orders arrivals of one kind in one minute.
    pub mark: u16,
    /// Position in the list of patients of that kind.
    pub patient: u32,
}

/// An acute patient without COVID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcutePatient {
    /// Where the patient comes in.
    pub hospital: HospitalIdx,
    /// IC stay.
    pub stay: Minutes,
    /// Keyed mark below 1 000: patients with low marks can be cared for outside the IC first.
    pub substitution_mark: u16,
    /// Keyed mark below 4 096 that orders events of patients in one minute.
    pub tie: u16,
}

/// Keyed marks, each below 1 000 and uniform: a party acts when its mark is below a probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// By hospital: compliance with agreements.
    pub compliance: Vec<u16>,
    /// By region and week, region-major: whether the weekly meeting reaches agreement.
    pub agreement: Vec<u16>,
    /// By hospital and week, hospital-major: whether the hospital signs a joint loan request.
    pub signature: Vec<u16>,
    /// By region: compliance with what is asked of the region as a whole.
    pub region_compliance: Vec<u16>,
    /// By region and week, region-major: whether a meeting that the chair calls reaches agreement.
    pub called_meeting: Vec<u16>,
    /// By region and week, region-major: whether a request for staff is complete.
    pub complete_request: Vec<u16>,
    /// By hospital and day, hospital-major: whether the day's report arrives.
    pub report: Vec<u16>,
}

impl World {
    /// Draws the world of `replication` under master seed `seed`.
    ///
    /// Cost: proportional to the number of patients, some 0.2 µs each.
    pub fn draw(model: &Model, seed: u64, replication: u32) -> Self {
        let keys = Keys::new(seed, replication);
        let wave = covid::Wave::draw(model, keys);
        let [absence, absence_without_wave] = AbsenceTable::draw(model, keys, &wave);
        let mut arrivals = ArrivalsByDay::new(model.study.n_days());
        let covid = covid::draw(model, keys, &wave, &mut arrivals);
        let acute = acute::draw(model, keys, &mut arrivals);
        let planned = planned::draw(model, keys, &mut arrivals);
        Self {
            replication,
            arrivals: arrivals.in_order(),
            covid,
            acute,
            planned,
            absence,
            absence_without_wave,
            forecast_error: ForecastError::draw(model, keys),
            workers: clinics::draw(model, keys),
            marks: staffing::draw_marks(model, keys),
        }
    }

    /// The same world without the wave: no COVID patient comes, and absence stays normal.
    #[must_use]
    pub fn without_wave(&self) -> Self {
        let others = |arrival: &&Arrival| arrival.kind != ArrivalKind::Covid;
        Self {
            replication: self.replication,
            arrivals: self.arrivals.iter().filter(others).copied().collect(),
            covid: Vec::new(),
            acute: self.acute.clone(),
            planned: self.planned.clone(),
            absence: self.absence_without_wave.clone(),
            absence_without_wave: self.absence_without_wave.clone(),
            forecast_error: self.forecast_error.clone(),
            workers: self.workers.clone(),
            marks: self.marks.clone(),
        }
    }
}

/// The day on which a wait that began `waited` before day 0's midnight plus `at` reaches
/// `norm_days`; the first day when that lies before it.
fn norm_day(indicated: i64, norm_days: u16) -> Day {
    let minutes = indicated + i64::from(norm_days) * i64::from(crate::units::MINUTES_PER_DAY);
    let day = minutes.max(0) / i64::from(crate::units::MINUTES_PER_DAY);
    Day(u16::try_from(day).unwrap_or(u16::MAX))
}

/// Maps a uniform number to a position in a short cumulative distribution.
fn pick(cumulative: &[f64], u: f64) -> usize {
    // Counting all bounds takes less time than finding the first one: no branch depends on `u`.
    let below = cumulative.iter().filter(|bound| **bound <= u).count();
    below.min(cumulative.len() - 1)
}

/// The urgency class at `position` among the planned classes.
fn class_at(position: usize) -> UrgencyClass {
    UrgencyClass::PLANNED[position]
}

/// A mark below `bound` from a uniform number.
fn mark(u: f64, bound: u16) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "u lies in (0, 1), so the product lies below the bound"
    )]
    let mark = (u * f64::from(bound)) as u16;
    mark.min(bound - 1)
}
