//! Acute patients without COVID: arrivals around the clock, all year.

use crate::model::Model;
use crate::random::{Block, Keys, Purpose, Stratum};
use crate::units::{HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime};
use crate::world::arrivals::on_day;
use crate::world::catchment::Catchment;
use crate::world::controls::{Control, Controls, Deviation};
use crate::world::draws::{keyed_normal, mark};
use crate::world::order::{Arrival, ArrivalKind, ArrivalsByDay};

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

/// Draws all acute patients of the study, region by region within each day.
pub(crate) fn draw(
    model: &Model,
    keys: Keys,
    arrivals: &mut ArrivalsByDay,
    controls: &mut Controls,
) -> Vec<AcutePatient> {
    let catchments = Catchment::all(model, &model.acute.hospital_cumulative);
    let mut patients = Vec::new();
    let window = u32::from(model.study.window_start().0)..u32::from(model.study.window_end().0);
    let mut deviation = Deviation::default();
    let z = keyed_normal(keys, Purpose::AcuteLevel, Stratum::NATIONAL, 0);
    let level = libm::exp(model.acute.level_sd_log * z);
    for (day, expected) in (0..).zip(&model.acute.daily_arrivals) {
        let national = level * expected;
        for (region, catchment) in catchments.iter().enumerate() {
            let stratum = Stratum::of_region(region);
            let stream = (Purpose::AcuteArrival, stratum);
            let rate = national * catchment.share;
            let counts = window.contains(&day);
            if counts {
                deviation.patients -= rate;
            }
            on_day(keys, stream, day, rate, |arrival| {
                let purposes = [Purpose::AcuteHospital, Purpose::AcuteStay];
                let [place, stay] = keys.blocks_for(purposes, stratum, arrival.entity);
                let patient = patient(model, catchment, place, stay);
                if counts {
                    deviation.count(stay.uniform(0));
                }
                arrivals.push(Arrival {
                    time: moment(day, arrival.moment),
                    kind: ArrivalKind::Acute,
                    mark: patient.tie,
                    patient: u32::try_from(patients.len()).unwrap_or(u32::MAX),
                });
                patients.push(patient);
            });
        }
    }
    controls.set(Control::AcuteLevel, z);
    controls.set(Control::AcuteArrivals, deviation.patients);
    controls.set(Control::AcuteStays, deviation.ranks);
    patients
}

fn patient(model: &Model, catchment: &Catchment<'_>, place: Block, stay: Block) -> AcutePatient {
    AcutePatient {
        hospital: catchment.hospital(place.uniform(0)),
        stay: Minutes(model.acute.stay.table.sample(stay.uniform(0))),
        substitution_mark: mark(stay.uniform(1), 1_000),
        tie: mark(place.uniform(1), 4_096),
    }
}

/// The minute of `day` at `moment` in (0, 1).
fn moment(day: u32, moment: f64) -> SimTime {
    let minute = u32::from(mark(moment, 1_440));
    SimTime(day * MINUTES_PER_DAY + minute)
}
