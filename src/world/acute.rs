//! Acute patients without COVID: arrivals around the clock, all year.

use crate::model::Model;
use crate::random::{Keys, Purpose, Stratum};
use crate::units::{HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime};
use crate::world::arrivals::on_day;
use crate::world::{AcutePatient, Arrival, ArrivalKind, mark, pick};

/// Draws all acute patients of the study, region by region within each day.
pub(crate) fn draw(model: &Model, keys: Keys, arrivals: &mut Vec<Arrival>) -> Vec<AcutePatient> {
    let mut patients = Vec::new();
    for (day, national) in model.acute.daily_arrivals.iter().enumerate() {
        for region in 0..model.regions.len() {
            let (from, to) = bounds(model, region);
            let stratum = Stratum::of_region(region);
            let day = u32::try_from(day).unwrap_or(u32::MAX);
            let rate = national * (to - from);
            on_day(
                keys,
                (Purpose::AcuteArrival, stratum),
                day,
                rate,
                |arrival| {
                    let patient = patient(model, keys, region, arrival.entity);
                    arrivals.push(Arrival {
                        time: moment(day, arrival.moment),
                        kind: ArrivalKind::Acute,
                        mark: patient.tie,
                        patient: u32::try_from(patients.len()).unwrap_or(u32::MAX),
                    });
                    patients.push(patient);
                },
            );
        }
    }
    patients
}

/// The part of the cumulative distribution over hospitals that belongs to `region`.
fn bounds(model: &Model, region: usize) -> (f64, f64) {
    bounds_of(
        &model.acute.hospital_cumulative,
        &model.regions[region].hospitals,
    )
}

/// Cumulative share before the first and after the last hospital of a region.
pub(crate) fn bounds_of(cumulative: &[f64], hospitals: &core::ops::Range<u16>) -> (f64, f64) {
    let up_to = |end: u16| {
        if end == 0 {
            0.0
        } else {
            cumulative[usize::from(end) - 1]
        }
    };
    (up_to(hospitals.start), up_to(hospitals.end))
}

fn patient(model: &Model, keys: Keys, region: usize, entity: u32) -> AcutePatient {
    let stratum = Stratum::of_region(region);
    let (from, to) = bounds(model, region);
    let place = keys.block(Purpose::AcuteHospital, stratum, entity, 0);
    let stay = keys.block(Purpose::AcuteStay, stratum, entity, 0);
    let hospital = pick(
        &model.acute.hospital_cumulative,
        from + place.uniform(0) * (to - from),
    );
    AcutePatient {
        hospital: HospitalIdx::at(hospital),
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
