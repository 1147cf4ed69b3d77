//! Waiting times of queues against Erlang C, Cobham's priorities and the transient M/M/1 queue.

use crate::random::Keys;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::mean::standard_error;
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::closed_forms::{erlang_c, priority_waits};
use crate::verify::comparison::{batches, to_millionths};
use crate::verify::priority_queue::{Queue, TICKS};

const FIFO: &str = "M/M/c waiting";
const PRIORITY: &str = "M/M/c priority";
const TRANSIENT: &str = "M/M/1 from empty";

/// Customers of each class before those that are measured, so that the start is forgotten.
const WARM_UP: u32 = 600;
/// Customers of each class that are measured.
const MEASURED: u32 = 1_000;

/// All queues.
pub(super) fn lines(effort: &Effort) -> Vec<Check> {
    let fifo = [(1.6, 2_u32), (4.0, 5), (8.0, 10), (18.0, 20)];
    let priority: [(&[f64], u32); 3] = [(&[0.3, 0.4], 1), (&[1.5, 1.5], 4), (&[6.0, 4.0, 8.0], 20)];
    let fifo = fifo
        .iter()
        .flat_map(|(rate, servers)| first_come(effort, *rate, *servers));
    let priority = priority
        .iter()
        .flat_map(|(rates, servers)| by_class(effort, rates, *servers));
    fifo.chain(priority).chain(transient(effort)).collect()
}

fn queue(rates: &[f64], servers: u32) -> Queue {
    Queue {
        servers,
        rates: rates.to_vec(),
        warm_up: WARM_UP,
        measured: MEASURED,
        probes: Vec::new(),
    }
}

/// Mean wait, and the share that waits longer than one service.
fn first_come(effort: &Effort, rate: f64, servers: u32) -> Vec<Check> {
    let queue = queue(&[rate], servers);
    let sums = batches(effort.n_queues, 2, |replication, sums| {
        let waits = &queue.replicate(Keys::new(effort.seed, replication)).waits[0];
        sums[0].add(to_millionths(mean_wait(waits)));
        let long = waits.iter().filter(|wait| **wait > TICKS).count();
        sums[1].add(to_millionths(long as f64 / f64::from(MEASURED)));
    });
    let delayed = erlang_c(servers, rate);
    let spare = f64::from(servers) - rate;
    let name = |what: &str| format!("{what}, load {rate}, {servers} servers");
    vec![
        check(FIFO, name("mean wait"), delayed / spare, &sums[0]),
        check(
            FIFO,
            name("P(wait > 1)"),
            delayed * libm::exp(-spare),
            &sums[1],
        ),
    ]
}

fn by_class(effort: &Effort, rates: &[f64], servers: u32) -> Vec<Check> {
    let queue = queue(rates, servers);
    let sums = batches(effort.n_queues, rates.len(), |replication, sums| {
        let measured = queue.replicate(Keys::new(effort.seed, replication));
        for (sums, waits) in sums.iter_mut().zip(&measured.waits) {
            sums.add(to_millionths(mean_wait(waits)));
        }
    });
    let expected = priority_waits(servers, rates);
    (1..)
        .zip(&expected)
        .zip(&sums)
        .map(|((class, expected), sums)| {
            let name = format!("mean wait, class {class} of {rates:?}, {servers} servers");
            check(PRIORITY, name, *expected, sums)
        })
        .collect()
}

/// Customers in the system at three moments: published solutions of the transient M/M/1 queue.
fn transient(effort: &Effort) -> Vec<Check> {
    const TIMES: [u32; 3] = [1, 5, 20];
    const CASES: [(f64, [f64; 3]); 2] = [
        (0.5, [0.334_744_666_3, 0.751_083_281_7, 0.974_845_824_7]),
        (0.9, [0.626_142_538_7, 1.752_183_315_4, 3.519_709_610_9]),
    ];
    let mut checks = Vec::new();
    for (rate, expected) in CASES {
        let queue = Queue {
            measured: 0,
            probes: TIMES.map(|time| time * TICKS).to_vec(),
            ..queue(&[rate], 1)
        };
        let n = effort.n_queues.saturating_mul(50);
        let sums = batches(n, TIMES.len(), |replication, sums| {
            let measured = queue.replicate(Keys::new(effort.seed, replication));
            for (sums, n) in sums.iter_mut().zip(measured.in_system) {
                sums.add(to_millionths(f64::from(n)));
            }
        });
        for ((time, expected), sums) in TIMES.iter().zip(expected).zip(&sums) {
            let name = format!("mean number, load {rate}, time {time}");
            checks.push(check(TRANSIENT, name, expected, sums));
        }
    }
    checks
}

fn mean_wait(waits: &[u32]) -> f64 {
    let ticks: u64 = waits.iter().map(|wait| u64::from(*wait)).sum();
    ticks as f64 / waits.len() as f64 / f64::from(TICKS)
}

fn check(test: &'static str, quantity: String, expected: f64, sums: &PowerSums) -> Check {
    Check {
        test,
        quantity,
        by: Machine::Calendar,
        expected,
        got: sums.mean() / 1e6,
        standard_error: standard_error(&sums.moments()) / 1e6,
    }
}
