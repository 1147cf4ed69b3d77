//! A queue with several servers and priority classes, on the engine's event calendar.
//!
//! The hospital engine has no server that takes the most urgent patient at any minute: planners give
//! dates, and wards take patients in the order in which they need a bed. So its calendar runs alone.

use std::collections::VecDeque;

use crate::engine::calendar::{EventCalendar, EventKey};
use crate::numeric::{Tail, clamp_to_u32};
use crate::random::{Distribution, Keys, Purpose, Stratum};

/// Ticks per unit of time.
pub(super) const TICKS: u32 = 1_024;

/// Classes of events at one tick: a server that becomes free can serve an arrival of the same tick.
const DEPARTURE: u8 = 0;
const ARRIVAL: u8 = 1;
const PROBE: u8 = 2;

/// A queue: Poisson arrivals by class, most urgent first; exponential service of mean 1;
/// non-preemptive priority; first come, first served within a class.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    /// Servers.
    pub(super) servers: u32,
    /// By class: arrivals per unit of time.
    pub(super) rates: Vec<f64>,
    /// By class: customers before the first that is measured.
    pub(super) warm_up: u32,
    /// By class: customers that are measured.
    pub(super) measured: u32,
    /// Moments, in ticks, at which customers in the system are counted.
    pub(super) probes: Vec<u32>,
}

/// What one replication gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    /// By class: the measured customers' waits, in ticks, in the order of service.
    pub(super) waits: Vec<Vec<u32>>,
    /// By probe: customers in the system.
    pub(super) in_system: Vec<u32>,
}

impl Queue {
    /// Runs until each class has its measured customers and each probe was taken.
    pub(super) fn replicate(&self, keys: Keys) -> Measured {
        let mut run = Run {
            queue: self,
            keys,
            calendar: EventCalendar::new(),
            waiting: vec![VecDeque::new(); self.rates.len()],
            arrived: vec![0; self.rates.len()],
            served: vec![0; self.rates.len()],
            busy: 0,
            measured: Measured {
                waits: vec![Vec::new(); self.rates.len()],
                in_system: Vec::new(),
            },
        };
        for (number, time) in (0..).zip(&self.probes) {
            run.calendar.push(EventKey::new(*time, PROBE, 0, number));
        }
        for class in 0..self.rates.len() {
            run.next_arrival(0, class);
        }
        while !run.is_complete() {
            run.step();
        }
        run.measured
    }
}

struct Run<'a> {
    queue: &'a Queue,
    keys: Keys,
    calendar: EventCalendar,
    /// By class: arrival times.
    waiting: Vec<VecDeque<u32>>,
    arrived: Vec<u32>,
    served: Vec<u32>,
    busy: u32,
    measured: Measured,
}

impl Run<'_> {
    fn is_complete(&self) -> bool {
        let measured = self.queue.measured as usize;
        self.measured
            .waits
            .iter()
            .all(|waits| waits.len() >= measured)
            && self.measured.in_system.len() == self.queue.probes.len()
    }

    fn step(&mut self) {
        let Some(event) = self.calendar.pop() else {
            unreachable!("arrivals never end");
        };
        match event.class() {
            DEPARTURE => self.busy -= 1,
            ARRIVAL => {
                let class = event.payload() as usize;
                self.waiting[class].push_back(event.time());
                self.next_arrival(event.time(), class);
            }
            _ => self.probe(),
        }
        self.serve(event.time());
    }

    fn probe(&mut self) {
        let waiting: usize = self.waiting.iter().map(VecDeque::len).sum();
        let in_system = self.busy + u32::try_from(waiting).unwrap_or(u32::MAX);
        self.measured.in_system.push(in_system);
    }

    fn next_arrival(&mut self, now: u32, class: usize) {
        let number = self.arrived[class];
        self.arrived[class] += 1;
        let gap = self.exponential(Purpose::AcuteArrival, class, number);
        let ticks = clamp_to_u32((gap / self.queue.rates[class]).round());
        let payload = u32::try_from(class).unwrap_or(u32::MAX);
        self.calendar
            .push(EventKey::new(now + ticks, ARRIVAL, 0, payload));
    }

    fn serve(&mut self, now: u32) {
        while self.busy < self.queue.servers {
            let Some(class) = self.waiting.iter().position(|line| !line.is_empty()) else {
                return;
            };
            let arrived = self.waiting[class].pop_front().unwrap_or(now);
            self.busy += 1;
            self.measure(class, now - arrived);
            let service = self.exponential(Purpose::AcuteStay, class, self.served[class]);
            let end = now + clamp_to_u32(service.round());
            self.calendar.push(EventKey::new(end, DEPARTURE, 0, 0));
        }
    }

    fn measure(&mut self, class: usize, wait: u32) {
        self.served[class] += 1;
        let is_measured = self.served[class] > self.queue.warm_up
            && self.measured.waits[class].len() < self.queue.measured as usize;
        if is_measured {
            self.measured.waits[class].push(wait);
        }
    }

    /// An exponential duration of mean 1, in ticks; the n-th of a class.
    fn exponential(&self, purpose: Purpose, class: usize, n: u32) -> f64 {
        let stratum = Stratum::of_region(0).with_class(class);
        let u = self.keys.block(purpose, stratum, n, 0).uniform(0);
        Distribution::Exponential { mean: 1.0 }.quantile(Tail::Lower(u)) * f64::from(TICKS)
    }
}
