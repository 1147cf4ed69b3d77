//! The world of one replication: everything that happens whatever anyone decides.
//!
//! A world is a pure function of model, master seed and replication number. Each attribute of each
//! patient is drawn from its own key, so that all policies meet the same patients and a draw added
//! here never changes another one. Nothing in this module knows a policy.

mod draws;
pub mod controls;
pub mod arrivals;
mod order;
mod catchment;
mod wave;
mod covid_patient;
mod covid;
mod acute;
mod planned;
mod staffing;
mod clinics;

use crate::model::Model;
use crate::random::Keys;
use order::ArrivalsByDay;
use wave::Wave;

pub use acute::AcutePatient;
pub use clinics::{Deployability, Role, Worker};
pub use controls::{Control, Controls};
pub use covid_patient::{CovidPatient, SecondStay};
pub use order::{Arrival, ArrivalKind};
pub use planned::{ListExit, PlannedPatient, Reclassification};
pub use staffing::{AbsenceTable, ForecastError, Marks};

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
    /// Deviations that are zero on average over worlds.
    pub controls: Controls,
}

impl World {
    /// Draws the world of `replication` under master seed `seed`.
    ///
    /// Cost: proportional to the number of patients, some 0.2 µs each.
    pub fn draw(model: &Model, seed: u64, replication: u32) -> Self {
        let keys = Keys::new(seed, replication);
        let wave = Wave::draw(model, keys);
        let [absence, absence_without_wave] = AbsenceTable::draw(model, keys, &wave);
        let mut arrivals = ArrivalsByDay::new(model.study.n_days());
        let mut controls = wave.controls(&model.study);
        let covid = covid::draw(model, keys, &wave, &mut arrivals, &mut controls);
        let acute = acute::draw(model, keys, &mut arrivals, &mut controls);
        let planned = planned::draw(model, keys, &mut arrivals, &mut controls);
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
            controls,
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
            controls: self.controls,
        }
    }
}
