//! Cost of one keyed draw and of one sample.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use zorgdruk::numeric::poisson::poisson_quantile;
use zorgdruk::random::{Distribution, Keys, Purpose, QuantileTable, Stratum};

const KEYS: Keys = Keys::new(2021, 0);
const STRATUM: Stratum = Stratum {
    region: 3,
    class: 1,
};
const STAY: Distribution = Distribution::LogNormal {
    median: 3.0,
    sigma: 0.8,
};
/// Calls inside one measured iteration, so that the loop costs nothing.
const CALLS: u32 = 1_000;

fn keyed_draws(criterion: &mut Criterion) {
    criterion.bench_function("1000 keyed blocks", |bencher| {
        bencher.iter(|| {
            (0..CALLS).fold(0, |sum: u32, entity| {
                let block = KEYS.block(Purpose::AcuteStay, STRATUM, black_box(entity), 0);
                sum.wrapping_add(block.word(0)).wrapping_add(block.word(3))
            })
        });
    });
    criterion.bench_function("1000 keyed uniforms", |bencher| {
        bencher.iter(|| {
            (0..CALLS).fold(0.0, |sum, entity| {
                sum + KEYS
                    .block(Purpose::AcuteStay, STRATUM, black_box(entity), 0)
                    .uniform(0)
            })
        });
    });
}

fn samples(criterion: &mut Criterion) {
    let table = QuantileTable::new(&STAY, 1_440).expect("a valid distribution");
    let marks: Vec<f64> = (0..CALLS)
        .map(|entity| {
            KEYS.block(Purpose::AcuteStay, STRATUM, entity, 0)
                .uniform(0)
        })
        .collect();
    criterion.bench_function("1000 table samples", |bencher| {
        bencher.iter(|| {
            marks.iter().fold(0, |sum: u32, &u| {
                sum.wrapping_add(table.sample(black_box(u)))
            })
        });
    });
    criterion.bench_function("1000 residuals", |bencher| {
        bencher.iter(|| {
            marks.iter().fold(0, |sum: u32, &u| {
                sum.wrapping_add(table.residual(black_box(u), 2_000))
            })
        });
    });
    for mean in [0.5, 5.0, 50.0, 1_000.0] {
        criterion.bench_function(&format!("1000 poisson quantiles, mean {mean}"), |bencher| {
            bencher.iter(|| {
                marks
                    .iter()
                    .fold(0, |sum: u32, &u| sum + poisson_quantile(black_box(mean), u))
            });
        });
    }
}

fn tables(criterion: &mut Criterion) {
    for (name, distribution) in [
        ("lognormal", STAY),
        (
            "gamma",
            Distribution::Gamma {
                mean: 8.0,
                shape: 1.5,
            },
        ),
        (
            "weibull",
            Distribution::Weibull {
                mean: 8.0,
                shape: 1.5,
            },
        ),
    ] {
        criterion.bench_function(&format!("one {name} table"), |bencher| {
            bencher.iter(|| QuantileTable::new(black_box(&distribution), 1_440));
        });
    }
}

criterion_group!(benches, keyed_draws, samples, tables);
criterion_main!(benches);
