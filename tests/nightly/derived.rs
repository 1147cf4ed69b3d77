//! Coverage of the intervals for differences of ratios, quantiles over patients and tails over
//! worlds.

use zorgdruk::statistics::accumulate::PairSums;
use zorgdruk::statistics::interval::Interval;
use zorgdruk::statistics::paired_ratio::PairedRatios;
use zorgdruk::statistics::patient_quantile::PatientQuantile;
use zorgdruk::statistics::ratio::ratio;
use zorgdruk::statistics::upper_tail::{PairedValues, Side};

use crate::{LEVEL, RareCount, Uniforms, whole};

const TAIL_FROM: f64 = 0.95;

/// A whole number from 0 to `below - 1`.
fn pick(uniforms: &mut Uniforms, below: u32) -> i64 {
    whole((uniforms.next() * f64::from(below)).floor())
}

/// Share of `macros` samples whose interval holds the truth.
fn covered(macros: u32, truth: f64, mut interval: impl FnMut() -> Interval) -> f64 {
    let hits = (0..macros).filter(|_| interval().contains(truth)).count();
    hits as f64 / f64::from(macros)
}

/// Treated patients and the sum of their waits under two policies. A world lengthens all waits alike;
/// the alternative treats up to three patients fewer, each two days sooner.
fn waits(uniforms: &mut Uniforms) -> [(i64, i64); 2] {
    let patients = 10 + pick(uniforms, 11);
    let fewer = patients - pick(uniforms, 4);
    let shift = pick(uniforms, 21) - 10;
    let noise = |uniforms: &mut Uniforms| pick(uniforms, 41) - 20;
    let alternative = (fewer * (28 + shift) + noise(uniforms), fewer);
    let baseline = (patients * (30 + shift) + noise(uniforms), patients);
    [alternative, baseline]
}

#[test]
fn differences_of_ratios_cover_with_unequal_denominators() {
    println!("n: coverage of the paired difference, width against separate intervals");
    for n in [30, 100, 400] {
        let mut uniforms = Uniforms(77 + n);
        let (mut paired_width, mut apart_width) = (0.0, 0.0);
        let coverage = covered(4_000, -2.0, || {
            let (mut both, mut sides) = (PairedRatios::default(), [PairSums::default(); 2]);
            for _ in 0..n {
                let [alternative, baseline] = waits(&mut uniforms);
                both.add(alternative, baseline);
                sides[0].add(alternative.0, alternative.1);
                sides[1].add(baseline.0, baseline.1);
            }
            let interval = both.estimate(LEVEL).interval;
            paired_width += interval.width();
            apart_width += sides.map(|side| ratio(&side, LEVEL).interval.width())[0];
            interval
        });
        println!("{n}: {coverage:.3}, {:.3}", paired_width / apart_width);
        assert!(
            (0.93..=0.965).contains(&coverage),
            "coverage {coverage} at n={n}"
        );
        assert!(
            paired_width < 0.5 * apart_width,
            "worlds in common narrow it"
        );
    }
}

/// Probability that a wait is at most `days`: three times a number from 0 to 9 that the world sets,
/// plus a geometric number with mean near 10.
fn at_most(days: i32) -> f64 {
    let of_world = |shift: i32| {
        let rest = days - 3 * shift;
        if rest < 0 {
            0.0
        } else {
            -libm::expm1(-f64::from(rest + 1) / 10.0)
        }
    };
    (0..10).map(of_world).sum::<f64>() / 10.0
}

fn world_of_waits(uniforms: &mut Uniforms) -> Vec<u32> {
    let shift = 3 * pick(uniforms, 10);
    let mut counts = Vec::new();
    for _ in 0..5 + pick(uniforms, 11) {
        let rest = whole((-10.0 * libm::log(uniforms.next())).floor());
        let days = usize::try_from(shift + rest).expect("a wait");
        counts.resize(counts.len().max(days + 1), 0);
        counts[days] += 1;
    }
    counts
}

#[test]
fn quantiles_over_patients_cover_although_worlds_are_clusters() {
    let truth = (0..1_000)
        .find(|&days| at_most(days) >= 0.9)
        .expect("a quantile");
    println!("n: coverage of the 90 % wait (truth {truth})");
    for n in [64, 256, 1_024] {
        let mut uniforms = Uniforms(99 + n);
        let macros = if n > 300 { 500 } else { 2_000 };
        let coverage = covered(macros, f64::from(truth), || {
            let mut quantile = PatientQuantile::default();
            for _ in 0..n {
                quantile.add(&world_of_waits(&mut uniforms));
            }
            quantile.estimate(0.9, LEVEL).interval
        });
        println!("{n}: {coverage:.3}");
        // The quantile is a whole number, so that intervals cover rather more than they claim.
        assert!(coverage >= 0.93, "coverage {coverage} at n={n}");
    }
}

#[test]
fn tails_over_worlds_cover_when_enough_worlds_lie_in_them() {
    let model = RareCount { rate: 0.15 };
    // P(x > v) = rate e^{-(v+1)/20} is at most 0.05 from v = 21 on; the excess sums these.
    let excess = model.rate * libm::exp(-22.0 / 20.0) / -libm::expm1(-1.0 / 20.0);
    let truths = [21.0, 21.0 + excess / (1.0 - TAIL_FROM)];
    println!("n: coverage of the 95 % quantile, of the tail mean (truths {truths:.2?})");
    for n in [640, 1_280, 2_560] {
        let found = [0, 1].map(|statistic| {
            let mut uniforms = Uniforms(13 + n);
            covered(1_000, truths[statistic], || {
                let mut values = PairedValues::default();
                (0..n).for_each(|_| values.add(model.draw(&mut uniforms), 0));
                match statistic {
                    0 => {
                        values
                            .quantile(Side::Alternative, TAIL_FROM, LEVEL)
                            .interval
                    }
                    _ => {
                        values
                            .tail_mean(Side::Alternative, TAIL_FROM, LEVEL)
                            .interval
                    }
                }
            })
        });
        println!("{n}: {found:.3?}");
        let nominal = if n > 1_200 { 2 } else { 1 };
        assert!(
            found[..nominal].iter().all(|coverage| *coverage >= 0.93),
            "{found:?} at n={n}: the tail mean is insufficient below sixty worlds in the tail"
        );
    }
}
