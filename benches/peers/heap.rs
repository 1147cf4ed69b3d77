//! The textbook loop on the heap of the standard library: time as a float, then the order in which
//! events were scheduled; each arrival schedules the next one of its stream.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use crate::models::{Answer, Draws, Model};

#[derive(Clone, Copy)]
enum Kind {
    Arrival { facility: u32, class: u32 },
    Departure { facility: u32 },
}

#[derive(Clone, Copy)]
struct Event {
    time: f64,
    sequence: u64,
    kind: Kind,
}

#[derive(Default)]
struct Pending {
    heap: BinaryHeap<Event>,
    sequence: u64,
}

struct Facility {
    free: u32,
    /// Times of arrival, by class.
    lines: Vec<VecDeque<f64>>,
}

pub(crate) fn run(model: &Model, seed: u64) -> Answer {
    let mut draws = Draws::new(model, seed);
    let mut pending = Pending::default();
    let mut facilities: Vec<Facility> = (0..model.facilities).map(|_| empty(model)).collect();
    for facility in 0..model.facilities {
        for (class, stream) in (0..).zip(&model.streams) {
            pending.schedule(draws.gap(stream.rate), Kind::Arrival { facility, class });
        }
    }
    let (mut answer, mut n_arrived) = (Answer::default(), 0);
    while let Some(Event { time, kind, .. }) = pending.heap.pop() {
        let next = match kind {
            Kind::Arrival { facility, class } => {
                if n_arrived == model.customers {
                    continue;
                }
                n_arrived += 1;
                let gap = draws.gap(model.streams[class as usize].rate);
                pending.schedule(time + gap, kind);
                let place = &mut facilities[facility as usize];
                if place.free > 0 {
                    place.free -= 1;
                    Some((facility, class, time))
                } else if model.waits {
                    place.lines[class as usize].push_back(time);
                    None
                } else {
                    answer.lost += 1;
                    None
                }
            }
            Kind::Departure { facility } => {
                let place = &mut facilities[facility as usize];
                let waiting = (0..).zip(&mut place.lines).find_map(|(class, line)| {
                    let arrival = line.pop_front()?;
                    Some((facility, class, arrival))
                });
                place.free += u32::from(waiting.is_none());
                waiting
            }
        };
        if let Some((facility, class, arrival)) = next {
            answer.served += 1;
            answer.waited += time - arrival;
            let stay = f64::from(draws.stay(class as usize)) / f64::from(model.ticks);
            pending.schedule(time + stay, Kind::Departure { facility });
        }
    }
    answer
}

fn empty(model: &Model) -> Facility {
    Facility {
        free: model.beds,
        lines: vec![VecDeque::new(); model.streams.len()],
    }
}

impl Pending {
    fn schedule(&mut self, time: f64, kind: Kind) {
        self.sequence += 1;
        self.heap.push(Event {
            time,
            sequence: self.sequence,
            kind,
        });
    }
}

/// The earliest event is the greatest, since the heap gives the greatest first.
impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .time
            .total_cmp(&self.time)
            .then(other.sequence.cmp(&self.sequence))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Event {}
