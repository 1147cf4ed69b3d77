//! The event calendar against the standard library's heap, in the hold model.
//!
//! One step takes the earliest event and schedules it anew, so that the number of pending events
//! stays what it was (Jones, *An empirical comparison of priority-queue and event-set
//! implementations*, Communications of the ACM 29(4), 1986). Increments are lognormal with a mean
//! of five days in minutes; compare rows of one run only, since machines differ.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::SeedableRng;
use rand::distr::Distribution;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::LogNormal;
use zorgdruk::engine::calendar::{EventCalendar, EventKey};

const STEPS: u32 = 20_000;
const PENDING: [u32; 5] = [100, 1_000, 5_000, 10_000, 100_000];
const MEAN_TICKS: f64 = 7_200.0;
const COEFFICIENT_OF_VARIATION: f64 = 1.2;

criterion_group!(benches, hold);
criterion_main!(benches);

fn hold(criterion: &mut Criterion) {
    let increments = increments();
    let mut group = criterion.benchmark_group("hold");
    group.throughput(Throughput::Elements(u64::from(STEPS)));
    for pending in PENDING {
        let mut compare = |name: &str, steps: Box<dyn Fn(&mut criterion::Bencher<'_>)>| {
            group.bench_function(BenchmarkId::new(name, pending), |bencher| steps(bencher));
        };
        compare(
            "calendar",
            measure::<EventCalendar>(pending, increments.clone()),
        );
        compare(
            "heap_integer",
            measure::<IntegerHeap>(pending, increments.clone()),
        );
        compare(
            "heap_float",
            measure::<FloatHeap>(pending, increments.clone()),
        );
    }
    group.finish();
}

/// A measurement of `STEPS` steps that starts from a pending set in its steady state.
fn measure<P: PendingSet>(
    pending: u32,
    increments: Vec<u32>,
) -> Box<dyn Fn(&mut criterion::Bencher<'_>)> {
    let mut increments = increments.into_iter().cycle();
    let mut steady = P::default();
    for payload in 0..pending {
        steady.schedule(next(&mut increments), payload);
    }
    take_steps(&mut steady, 2 * pending, &mut increments);
    Box::new(move |bencher| {
        bencher.iter_batched_ref(
            || steady.clone(),
            |set| take_steps(set, STEPS, &mut increments.clone()),
            BatchSize::LargeInput,
        );
    })
}

fn take_steps<P: PendingSet>(
    set: &mut P,
    steps: u32,
    increments: &mut impl Iterator<Item = u32>,
) -> u32 {
    let mut digest = 0_u32;
    for _ in 0..steps {
        let (time, payload) = set.take_next();
        set.schedule(time + next(increments), payload);
        digest = digest.wrapping_mul(31).wrapping_add(payload);
    }
    digest
}

fn next(increments: &mut impl Iterator<Item = u32>) -> u32 {
    increments.next().expect("a cycle does not end")
}

/// More increments than one measurement uses, in whole ticks.
fn increments() -> Vec<u32> {
    let lognormal = LogNormal::from_mean_cv(MEAN_TICKS, COEFFICIENT_OF_VARIATION)
        .expect("a positive mean and coefficient of variation");
    let rng = Xoshiro256PlusPlus::seed_from_u64(1);
    lognormal
        .sample_iter(rng)
        .take(1 << 16)
        .map(whole_ticks)
        .collect()
}

fn whole_ticks(ticks: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let whole = ticks.clamp(1.0, 1e6) as u32;
    whole
}

/// What the hold model asks of a pending set.
trait PendingSet: Default + Clone + 'static {
    fn schedule(&mut self, time: u32, payload: u32);
    fn take_next(&mut self) -> (u32, u32);
}

impl PendingSet for EventCalendar {
    fn schedule(&mut self, time: u32, payload: u32) {
        self.push(EventKey::new(time, 0, 0, payload));
    }

    fn take_next(&mut self) -> (u32, u32) {
        let key = self.pop().expect("the set never runs empty");
        (key.time(), key.payload())
    }
}

/// The usual integer heap: time, then sequence number and payload.
#[derive(Default, Clone)]
struct IntegerHeap {
    heap: BinaryHeap<Reverse<(u64, u64)>>,
    sequence: u64,
}

impl PendingSet for IntegerHeap {
    fn schedule(&mut self, time: u32, payload: u32) {
        self.sequence += 1;
        self.heap.push(Reverse((
            u64::from(time),
            self.sequence << 24 | u64::from(payload),
        )));
    }

    fn take_next(&mut self) -> (u32, u32) {
        let Reverse((time, mark)) = self.heap.pop().expect("the set never runs empty");
        (u32::try_from(time).expect("a time"), low_24_bits(mark))
    }
}

/// The textbook heap: time as a float, then sequence number and payload.
#[derive(Default, Clone)]
struct FloatHeap {
    heap: BinaryHeap<FloatEvent>,
    sequence: u64,
}

#[derive(Clone, Copy)]
struct FloatEvent {
    time: f64,
    mark: u64,
}

impl PendingSet for FloatHeap {
    fn schedule(&mut self, time: u32, payload: u32) {
        self.sequence += 1;
        let mark = self.sequence << 24 | u64::from(payload);
        self.heap.push(FloatEvent {
            time: f64::from(time),
            mark,
        });
    }

    fn take_next(&mut self) -> (u32, u32) {
        let event = self.heap.pop().expect("the set never runs empty");
        (whole_ticks(event.time), low_24_bits(event.mark))
    }
}

impl Ord for FloatEvent {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .time
            .total_cmp(&self.time)
            .then(other.mark.cmp(&self.mark))
    }
}

impl PartialOrd for FloatEvent {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for FloatEvent {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for FloatEvent {}

fn low_24_bits(mark: u64) -> u32 {
    (mark & 0xff_ffff) as u32
}
