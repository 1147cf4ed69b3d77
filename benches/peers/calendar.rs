//! A plain loop on this package's event calendar, as a user would write it: arrivals are drawn
//! beforehand and merged with the departures that are scheduled along the way.

use std::collections::VecDeque;

use zorgdruk::engine::calendar::{EventCalendar, EventKey, Merged, Source, Timeline};

use crate::models::{Answer, Draws, Model};

const DEPARTURE: u8 = 0;
const ARRIVAL: u8 = 1;

/// All arrivals, in order.
#[derive(Default)]
struct World {
    arrivals: Vec<EventKey>,
    patients: Vec<Patient>,
}

#[derive(Clone, Copy)]
struct Patient {
    arrival: u32,
    stay: u32,
    facility: u16,
    class: u8,
}

struct Facility {
    free: u32,
    /// By class.
    lines: Vec<VecDeque<u32>>,
}

pub(crate) fn run(model: &Model, seed: u64) -> Answer {
    let world = draw(model, seed);
    let mut events = Merged::new(EventCalendar::new(), [Timeline::new(&world.arrivals)]);
    let mut facilities: Vec<Facility> = (0..model.facilities).map(|_| empty(model)).collect();
    let (mut answer, mut waited) = (Answer::default(), 0);
    while let Some((event, source)) = events.next_event() {
        let next = match source {
            Source::Timeline(_) => {
                let patient = world.patients[event.payload() as usize];
                let facility = &mut facilities[usize::from(patient.facility)];
                if facility.free > 0 {
                    facility.free -= 1;
                    Some(patient)
                } else if model.waits {
                    facility.lines[usize::from(patient.class)].push_back(event.payload());
                    None
                } else {
                    answer.lost += 1;
                    None
                }
            }
            Source::Calendar => {
                let facility = &mut facilities[event.payload() as usize];
                let waiting = facility.lines.iter_mut().find_map(VecDeque::pop_front);
                facility.free += u32::from(waiting.is_none());
                waiting.map(|who| world.patients[who as usize])
            }
        };
        if let Some(patient) = next {
            answer.served += 1;
            waited += u64::from(event.time() - patient.arrival);
            let end = event.time() + patient.stay;
            let departure = EventKey::new(end, DEPARTURE, 0, u32::from(patient.facility));
            events.calendar.push(departure);
        }
    }
    answer.waited = waited as f64 / f64::from(model.ticks);
    answer
}

fn empty(model: &Model) -> Facility {
    Facility {
        free: model.beds,
        lines: vec![VecDeque::new(); model.streams.len()],
    }
}

fn draw(model: &Model, seed: u64) -> World {
    let mut draws = Draws::new(model, seed);
    let mut world = World::default();
    let per_facility: f64 = model.streams.iter().map(|stream| stream.rate).sum();
    let mut time = 0.0;
    for number in 0..model.customers {
        time += draws.gap(per_facility * f64::from(model.facilities));
        let arrival = whole(time * f64::from(model.ticks));
        // One draw chooses the facility, and what is left of it the class.
        let place = draws.uniform() * f64::from(model.facilities);
        let class = class_at(model, (place - place.floor()) * per_facility);
        let patient = Patient {
            arrival,
            stay: draws.stay(class),
            facility: u16::try_from(whole(place)).expect("few facilities"),
            class: u8::try_from(class).expect("few classes"),
        };
        world
            .arrivals
            .push(EventKey::new(arrival, ARRIVAL, 0, number));
        world.patients.push(patient);
    }
    world
}

/// The class in whose part of the rates, laid end to end, `rate` lies.
fn class_at(model: &Model, mut rate: f64) -> usize {
    let last = model.streams.len() - 1;
    let is_here = |stream: &crate::models::Stream| {
        rate -= stream.rate;
        rate < 0.0
    };
    model.streams.iter().position(is_here).unwrap_or(last)
}

fn whole(number: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a key refuses what does not fit"
    )]
    let whole = number as u32;
    whole
}
