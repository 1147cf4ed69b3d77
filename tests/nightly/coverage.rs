//! Coverage of every published interval: exact where enumeration is possible, else by
//! macro-experiments with known truth and a fixed seed.
//!
//! Opt-in, because it takes a minute: `cargo test --release --features nightly --test nightly`.
//! Add `-- --nocapture` for the tables.
#![expect(
    clippy::print_stdout,
    reason = "the tables are the product of these experiments"
)]

mod controlled;
mod derived;
mod fit;
mod stays;

use std::ops::RangeInclusive;

use zorgdruk::numeric::{Tail, beta, normal, poisson};
use zorgdruk::statistics::accumulate::{PairSums, PowerSums};
use zorgdruk::statistics::best::{Best, SystemSums, against_best};
use zorgdruk::statistics::confidence::Confidence;
use zorgdruk::statistics::interval::{Interval, Status};
use zorgdruk::statistics::mean::{mean, student_t, willink_t};
use zorgdruk::statistics::paired::{PairedBits, bonett_price};
use zorgdruk::statistics::proportion::{clopper_pearson, jeffreys, wilson};
use zorgdruk::statistics::ratio::{delta, delta_willink, fieller, jackknife};
use zorgdruk::statistics::selection::{KimNelson, SelectionGoal, Verdict, Zone};
use zorgdruk::statistics::stopping::{Decision, Precision, Target, decide, next_look};

const LEVEL: Confidence = Confidence::P95;

/// `SplitMix64` (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014).
struct Uniforms(u64);

impl Uniforms {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        normal::quantile(Tail::Lower(self.next()))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "model values stay far inside the range"
)]
fn whole(x: f64) -> i64 {
    x.round() as i64
}

/// Probability of `x` events in `n` trials.
fn binomial(x: u64, n: u64, p: f64) -> f64 {
    let (x, n) = (x as f64, n as f64);
    let ways = libm::lgamma(n + 1.0) - libm::lgamma(x + 1.0) - libm::lgamma(n - x + 1.0);
    libm::exp(ways + x * libm::log(p) + (n - x) * libm::log1p(-p))
}

fn zeros_and_ones(events: u64, n: u64) -> Interval {
    let ones = (0..n).map(|i| i64::from(i < events));
    student_t(&ones.collect::<PowerSums>().moments(), LEVEL)
}

/// Exact coverage of the four proportion intervals for every `p` in a list, in the order t, Wilson,
/// Jeffreys, Clopper-Pearson.
fn exact_coverage(n: u64, probabilities: &[f64]) -> Vec<[f64; 4]> {
    let mut coverage = vec![[0.0; 4]; probabilities.len()];
    for x in 0..=n {
        let intervals = [
            zeros_and_ones(x, n),
            wilson(x, n, LEVEL),
            jeffreys(x, n, LEVEL),
            clopper_pearson(x, n, LEVEL),
        ];
        for (found, &p) in coverage.iter_mut().zip(probabilities) {
            let weight = binomial(x, n, p);
            for (sum, interval) in found.iter_mut().zip(intervals) {
                *sum += if interval.contains(p) { weight } else { 0.0 };
            }
        }
    }
    coverage
}

#[test]
fn proportion_intervals_have_their_exact_coverage() {
    println!("p, n: t on 0-1, Wilson, Jeffreys, Clopper-Pearson");
    let table = [
        (0.01, 100, [0.633, 0.921, 0.982, 0.982]),
        (0.01, 500, [0.871, 0.962, 0.929, 0.980]),
        (0.05, 100, [0.878, 0.966, 0.935, 0.983]),
        (0.002, 1000, [0.864, 0.948, 0.984, 0.984]),
    ];
    for (p, n, expected) in table {
        let found = exact_coverage(n, &[p])[0];
        println!("{p}, {n}: {found:.3?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 6e-4,
                "p={p}, n={n}: {found} not {expected}"
            );
        }
    }
}

#[test]
fn proportion_intervals_cover_on_average() {
    let grid: Vec<f64> = (4..=200).map(|i| f64::from(i) / 2000.0).collect();
    let coverage = exact_coverage(200, &grid);
    let of = |method: usize| coverage.iter().map(move |row| row[method]);
    let average = |method| of(method).sum::<f64>() / grid.len() as f64;
    let minimum = |method| of(method).fold(1.0, f64::min);
    let averages = [0, 1, 2, 3].map(average);
    println!(
        "mean {averages:.3?}, minimum {:.3?}",
        [0, 1, 2, 3].map(minimum)
    );
    for (found, expected) in averages.iter().zip([0.901, 0.953, 0.950, 0.969]) {
        assert!(
            (found - expected).abs() < 4e-3,
            "mean coverage {found}, not {expected}"
        );
    }
    assert!(minimum(0) < 0.4, "t on 0-1 fails badly for rare events");
    // On a fine grid Jeffreys dips to .878 next to the jumps of its lower end at few events.
    assert!(
        minimum(1) > 0.90 && minimum(2) > 0.87,
        "Wilson and Jeffreys hold"
    );
    assert!(minimum(3) >= 0.95, "Clopper-Pearson never undercovers");
}

#[test]
fn paired_bits_have_their_exact_coverage() {
    for (n, p10, p01, expected) in [
        (400, 0.01, 0.001, 0.976),
        (100, 0.03, 0.001, 0.952),
        (1000, 0.05, 0.01, 0.951),
    ] {
        let mut coverage = 0.0;
        for n10 in 0..=n {
            let outer = binomial(n10, n, p10);
            if outer < 1e-14 {
                continue;
            }
            for n01 in 0..=(n - n10).min(80) {
                let bits = PairedBits {
                    n11: 0,
                    n10,
                    n01,
                    n00: n - n10 - n01,
                };
                let weight = outer * binomial(n01, n - n10, p01 / (1.0 - p10));
                coverage += if bonett_price(&bits, LEVEL).contains(p10 - p01) {
                    weight
                } else {
                    0.0
                };
            }
        }
        println!("Bonett-Price {n}, {p10}, {p01}: {coverage:.4}");
        assert!(
            (coverage - expected).abs() < 6e-4,
            "{coverage}, not {expected}"
        );
    }
}

/// A rare, skewed count: zero, or with probability `rate` a geometric number with mean near 20.
struct RareCount {
    rate: f64,
}

impl RareCount {
    const SCALE: f64 = 20.0;

    /// The floor of an exponential variable is geometric with mean `1 / (e^(1/scale) - 1)`.
    fn mean(&self) -> f64 {
        self.rate / libm::expm1(1.0 / Self::SCALE)
    }

    fn draw(&self, uniforms: &mut Uniforms) -> i64 {
        let u = uniforms.next();
        if u >= self.rate {
            return 0;
        }
        whole((-Self::SCALE * libm::log(u / self.rate)).floor())
    }
}

/// Share of `macros` samples of size `n` whose t and Willink intervals hold the truth, and the same of
/// Willink among samples that the sufficiency rule passes (with their number).
fn mean_coverage(model: &RareCount, n: usize, macros: u32) -> ([f64; 2], f64, u32) {
    let mut uniforms = Uniforms(0x0051_ab1e + n as u64);
    let (mut hits, mut sufficient, mut sufficient_hits) = ([0, 0], 0, 0);
    for _ in 0..macros {
        let sums: PowerSums = (0..n).map(|_| model.draw(&mut uniforms)).collect();
        let moments = sums.moments();
        let covered = [student_t(&moments, LEVEL), willink_t(&moments, LEVEL)]
            .map(|interval| u32::from(interval.contains(model.mean())));
        hits = [hits[0] + covered[0], hits[1] + covered[1]];
        if mean(&sums, LEVEL).status == Status::Ok {
            sufficient += 1;
            sufficient_hits += covered[1];
        }
    }
    let share = |count: u32, of: u32| f64::from(count) / f64::from(of);
    (
        hits.map(|count| share(count, macros)),
        share(sufficient_hits, sufficient),
        sufficient,
    )
}

#[test]
fn willink_covers_where_student_does_not() {
    println!("rate, n: [t, Willink], Willink when sufficient (number of samples)");
    for (rate, t_at_100) in [(0.15, 0.86..=0.92), (0.03, 0.70..=0.82)] {
        let model = RareCount { rate };
        for n in [10, 30, 100, 400, 1600] {
            let macros = if n > 400 { 4_000 } else { 10_000 };
            let ([t, willink], checked, sufficient) = mean_coverage(&model, n, macros);
            println!("{rate}, {n}: [{t:.3}, {willink:.3}], {checked:.3} ({sufficient})");
            if n == 100 {
                assert!(t_at_100.contains(&t), "t covers {t} at n=100, rate {rate}");
                assert!(willink > t, "Willink {willink} against t {t}");
            }
            if rate * n as f64 >= 40.0 {
                assert!(
                    willink >= 0.93,
                    "Willink covers {willink} at n={n}, rate {rate}"
                );
                assert!(
                    checked >= 0.93,
                    "sufficient samples cover {checked}, n={n}, rate {rate}"
                );
            }
        }
    }
}

/// Worlds with Poisson(12) patients, each displaced with a probability that the world sets: 64 equally
/// likely values from a beta distribution with mean 0.115.
struct ClusteredWorlds {
    probabilities: Vec<f64>,
}

impl ClusteredWorlds {
    fn new() -> Self {
        let middle = |i: i32| (f64::from(i) + 0.5) / 64.0;
        let quantile = |i| beta::quantile(0.55, 4.25, Tail::Lower(middle(i)));
        Self {
            probabilities: (0..64).map(quantile).collect(),
        }
    }

    fn share(&self) -> f64 {
        self.probabilities.iter().sum::<f64>() / self.probabilities.len() as f64
    }

    fn draw(&self, uniforms: &mut Uniforms) -> (i64, i64) {
        let demand = i64::from(poisson::poisson_quantile(12.0, uniforms.next()));
        let world = usize::try_from(whole((uniforms.next() * 64.0).floor())).unwrap_or(0);
        let p = self.probabilities[world];
        let displaced = (0..demand).map(|_| i64::from(uniforms.next() < p)).sum();
        (displaced, demand)
    }
}

#[test]
fn ratio_intervals_cover_and_pooled_patients_do_not() {
    let worlds = ClusteredWorlds::new();
    let truth = worlds.share();
    println!("n: delta, Fieller, jackknife, pooled Wilson, delta + Willink (truth {truth:.5})");
    for (n, macros) in [(10, 10_000), (20, 10_000), (100, 10_000), (400, 4_000)] {
        let mut uniforms = Uniforms(0x00c0_ffee + n);
        let mut hits = [0_u32; 5];
        for _ in 0..macros {
            let pairs: Vec<(i64, i64)> = (0..n).map(|_| worlds.draw(&mut uniforms)).collect();
            let mut sums = PairSums::default();
            for &(displaced, demand) in &pairs {
                sums.add(displaced, demand);
            }
            let count = |sum: i128| u64::try_from(sum).unwrap_or(0);
            let pooled = wilson(count(sums.x().sum()), count(sums.y().sum()), LEVEL);
            let covered = [
                delta(&sums, LEVEL).contains(truth),
                fieller(&sums, LEVEL).contains(truth),
                jackknife(&pairs).is_some_and(|j| j.interval(LEVEL).contains(truth)),
                pooled.contains(truth),
                delta_willink(&sums, LEVEL).contains(truth),
            ];
            for (hit, covered) in hits.iter_mut().zip(covered) {
                *hit += u32::from(covered);
            }
        }
        let coverage = hits.map(|hit| f64::from(hit) / f64::from(macros));
        println!("{n}: {coverage:.3?}");
        assert!(coverage[3] < 0.80, "pooled patients cover {}", coverage[3]);
        assert!(
            coverage[4] >= 0.93,
            "delta + Willink covers {}",
            coverage[4]
        );
        assert!(
            coverage[4] + 0.003 >= coverage[0],
            "the correction does not harm"
        );
    }
}

/// Correct selections and observations per system in the slippage configuration.
fn kim_nelson(correlation: f64, macros: u32) -> (f64, f64) {
    let (sigma, delta) = (4_000.0, 1_000.0);
    let goal = SelectionGoal {
        best: Best::Largest,
        indifference: Zone::Of(delta),
        confidence: LEVEL,
        first_stage: 20,
        round: 1,
    };
    let mut uniforms = Uniforms(2021);
    let (mut correct, mut observations) = (0, 0);
    for _ in 0..macros {
        let mut selection = KimNelson::new(8, goal);
        let selected = loop {
            observations += selection.survivors().count();
            let common = correlation.sqrt() * uniforms.normal();
            let row: [i64; 8] = core::array::from_fn(|idx| {
                let noise = common + (1.0 - correlation).sqrt() * uniforms.normal();
                whole(sigma * noise + if idx == 3 { delta } else { 0.0 })
            });
            if let Verdict::Selected(idx) = selection.feed(&row) {
                break idx;
            }
        };
        correct += u32::from(selected == 3);
    }
    (
        f64::from(correct) / f64::from(macros),
        observations as f64 / f64::from(macros) / 8.0,
    )
}

#[test]
fn kim_nelson_selects_the_best_and_profits_from_common_worlds() {
    println!("correlation: probability of correct selection, observations per system");
    let lowest = 0.95 - 3.0 * (0.95_f64 * 0.05 / 2_000.0).sqrt();
    for (correlation, expected) in [(0.0, 112.0), (0.9, 20.5)] {
        let (correct, observations) = kim_nelson(correlation, 2_000);
        println!("{correlation}: {correct:.4}, {observations:.1}");
        assert!(correct >= lowest, "selects correctly in {correct}");
        let error = (observations / expected - 1.0_f64).abs();
        assert!(
            error < 0.1,
            "{observations} observations per system, not {expected}"
        );
    }
}

#[test]
fn comparisons_with_the_best_hold_together() {
    let (macros, means) = (400, [0.0, 100.0, 200.0, 300.0, 400.0]);
    for (correlation, allowed) in [(0.0_f64, 0.94..=1.0), (0.7, 0.94..=1.0)] {
        let mut uniforms = Uniforms(64);
        let mut hits = 0;
        for _ in 0..macros {
            let mut sums = SystemSums::new(5);
            for _ in 0..64 {
                let common = correlation.sqrt() * uniforms.normal();
                sums.add(&means.map(|mean| {
                    let noise = common + (1.0 - correlation).sqrt() * uniforms.normal();
                    whole(mean + 1_000.0 * noise)
                }));
            }
            let truth = [-400.0, -300.0, -200.0, -100.0, 100.0];
            let compared = against_best(&sums, Best::Largest, LEVEL);
            hits += u32::from(
                compared
                    .iter()
                    .zip(truth)
                    .all(|(c, t)| c.interval.contains(t)),
            );
        }
        let coverage = f64::from(hits) / f64::from(macros);
        println!("MCB, correlation {correlation}: {coverage:.3}");
        assert!(
            allowed.contains(&coverage),
            "simultaneous coverage {coverage}"
        );
    }
}

/// Runs the default rule on one stream; the final mean and the number of replications.
fn run_until_precise(model: &RareCount, share: f64, uniforms: &mut Uniforms) -> (Interval, u64) {
    let mut sums = PowerSums::EMPTY;
    let mut look = next_look(0);
    loop {
        while sums.n() < look {
            sums.add(model.draw(uniforms));
        }
        let estimate = mean(&sums, LEVEL);
        let precision = Precision::Relative(share);
        let (nonzero, varies) = (sums.nonzero(), sums.varies());
        match decide(
            look,
            1 << 20,
            &[Target {
                precision,
                estimate,
                nonzero,
                varies,
            }],
        ) {
            Decision::Continue { next_look } => look = next_look,
            Decision::Stop | Decision::CapReached { .. } => return (estimate.interval, look),
        }
    }
}

#[test]
fn stopping_when_precise_keeps_the_coverage() {
    let macros = 2_000_u32;
    println!("rate, relative target: coverage at stopping, mean number of replications");
    let accepted: RangeInclusive<f64> = 0.93..=0.97;
    for (rate, share) in [(0.15, 0.3), (0.15, 0.2), (0.03, 0.3)] {
        let model = RareCount { rate };
        let mut uniforms = Uniforms(1_000_003);
        let (mut hits, mut replications) = (0, 0);
        for _ in 0..macros {
            let (interval, n) = run_until_precise(&model, share, &mut uniforms);
            hits += u32::from(interval.contains(model.mean()));
            replications += n;
        }
        let coverage = f64::from(hits) / f64::from(macros);
        println!(
            "{rate}, {share}: {coverage:.3}, {:.0}",
            replications as f64 / f64::from(macros)
        );
        assert!(
            accepted.contains(&coverage),
            "coverage {coverage} at rate {rate}, target {share}"
        );
    }
}
