//! An M/M/c queue: arrivals (timeline) ─▶ waiting line ─▶ c servers ─▶ departures (calendar).
#![expect(clippy::print_stdout, reason = "an example shows its result")]
#![expect(clippy::cast_possible_truncation, reason = "draws are small")]
#![expect(clippy::cast_sign_loss, reason = "draws are not negative")]

use std::collections::VecDeque;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use zorgdruk::engine::calendar::{EventCalendar, EventKey, Merged, Source, Timeline};

const SERVERS: u32 = 5;
const LOAD: f64 = 4.0;
const TICKS_PER_SERVICE: f64 = 1_000.0;
const CUSTOMERS: u32 = 60_000;

fn main() {
    let mean = (0..30).map(mean_wait).sum::<f64>() / 30.0;
    println!("mean wait {mean:.4}, by Erlang C {:.4}", erlang_c());
}

/// Mean wait of the customers of one replication, in mean service times.
fn mean_wait(replication: u64) -> f64 {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(replication);
    let mut arrivals = vec![EventKey::new(0, 1, 0, 0)];
    for customer in 1..CUSTOMERS {
        let time = arrivals[customer as usize - 1].time() + exponential(&mut rng, 1.0 / LOAD);
        arrivals.push(EventKey::new(time, 1, 0, customer));
    }
    let mut events = Merged::new(EventCalendar::new(), [Timeline::new(&arrivals)]);
    let (mut waiting, mut busy, mut waited) = (VecDeque::new(), 0, 0);
    while let Some((event, source)) = events.next_event() {
        match source {
            Source::Timeline(_) => waiting.push_back(event.time()),
            Source::Calendar => busy -= 1,
        }
        if busy < SERVERS
            && let Some(arrival) = waiting.pop_front()
        {
            busy += 1;
            waited += u64::from(event.time() - arrival);
            let service = exponential(&mut rng, 1.0);
            events
                .calendar
                .push(EventKey::new(event.time() + service, 0, 0, 0));
        }
    }
    waited as f64 / f64::from(CUSTOMERS) / TICKS_PER_SERVICE
}

/// An exponential duration by inversion, in whole ticks; its mean is given in service times.
fn exponential(rng: &mut Xoshiro256PlusPlus, mean: f64) -> u32 {
    (-libm::log(1.0 - rng.random::<f64>()) * mean * TICKS_PER_SERVICE).round() as u32
}

/// Exact mean wait `C / (c − a)`: `C = B / (1 − ρ (1 − B))`, Erlang's loss probability `B` recursive.
fn erlang_c() -> f64 {
    let loss = (1..=SERVERS).fold(1.0, |b, k| LOAD * b / (f64::from(k) + LOAD * b));
    loss / (1.0 - LOAD / f64::from(SERVERS) * (1.0 - loss)) / (f64::from(SERVERS) - LOAD)
}
