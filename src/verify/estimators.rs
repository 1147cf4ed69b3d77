//! The estimators of designs on functions with known answers.

use core::convert::Infallible;
use core::f64::consts::PI;

use crate::design::bootstrap::Resampled;
use crate::design::latin_hypercube::hypercube;
use crate::design::{nested, sobol};
use crate::numeric::poisson::poisson_quantile;
use crate::numeric::{Tail, normal};
use crate::random::{Distribution, Keys, Purpose, Stratum};
use crate::statistics::confidence::Confidence;
use crate::verify::check::{Check, Effort, Machine};

const SPLIT: &str = "parameter and chance";
const SOBOL: &str = "Sobol' indices";

/// Variance of the Ishigami function with a = 7, b = 0.1.
const VARIANCE: f64 = 13.844_587_940_7;

/// All estimators.
pub(super) fn checks(effort: &Effort) -> Vec<Check> {
    let mut checks = split(effort);
    checks.extend(ishigami(effort, 0.0));
    checks.extend(ishigami(effort, 1.0));
    checks
}

fn check(test: &'static str, quantity: String, expected: f64, found: &Resampled) -> Check {
    Check {
        test,
        quantity,
        by: Machine::Estimator,
        expected,
        got: found.value,
        standard_error: found.standard_error,
    }
}

/// A Poisson number whose rate is an uncertain parameter, gamma with mean 20 and shape 4: five
/// sixths of the variance are due to the parameter.
fn split(effort: &Effort) -> Vec<Check> {
    const N_REPLICATIONS: u32 = 2;
    let rate = Distribution::Gamma {
        mean: 20.0,
        shape: 4.0,
    };
    let points = hypercube(effort.n_rows, 1, effort.seed, 0);
    let numbers: Vec<f64> = (0..)
        .zip(&points)
        .flat_map(|(set, point)| {
            let rate = rate.quantile(Tail::Lower(point[0]));
            (0..N_REPLICATIONS).map(move |n| {
                let u = keyed_uniform(effort.seed, set * N_REPLICATIONS + n);
                f64::from(poisson_quantile(rate, u))
            })
        })
        .collect();
    let above: Vec<f64> = numbers
        .iter()
        .map(|n| f64::from(u8::from(*n > 28.0)))
        .collect();
    let of = |values: &[f64]| nested::split(values, 2, Confidence::P95, effort.seed);
    let (count, event) = (of(&numbers), of(&above));
    let name = |what: &str| what.to_owned();
    vec![
        check(SPLIT, name("mean"), 20.0, &count.mean),
        check(SPLIT, name("variance between sets"), 100.0, &count.between),
        check(
            SPLIT,
            name("parameter share"),
            100.0 / 120.0,
            &count.parameter_share,
        ),
        check(SPLIT, name("P(N > 28)"), 0.195_774_470_8, &event.mean),
        check(
            SPLIT,
            name("parameter share of the event"),
            0.616_115_7,
            &event.parameter_share,
        ),
    ]
}

fn keyed_uniform(seed: u64, key: u32) -> f64 {
    Keys::new(seed, key)
        .block(Purpose::SplitChild, Stratum::NATIONAL, 0, 0)
        .uniform(0)
}

/// The Ishigami function, with additive noise of `noise` times its own variance.
fn ishigami(effort: &Effort, noise: f64) -> Vec<Check> {
    let sd = (noise * VARIANCE).sqrt();
    let output = |point: &[f64], keys: &[u32]| -> Result<Vec<f64>, Infallible> {
        let value = ishigami_at(point);
        let draw = |key: &u32| normal::quantile(Tail::Lower(keyed_uniform(effort.seed, *key)));
        Ok(keys.iter().map(|key| value + sd * draw(key)).collect())
    };
    let Ok(rows) = sobol::evaluate(effort.n_rows, 3, effort.seed, output);
    let found = sobol::indices(&rows, Confidence::P95, effort.seed);
    let name = |what: &str, input| {
        format!(
            "{what}, input {input}, noise share {}",
            noise / (1.0 + noise)
        )
    };
    let first = [0.313_905_191_1, 0.442_411_144_8, 0.0];
    let total = [0.557_588_855_2, 0.442_411_144_8, 0.243_683_664_1];
    let mut checks = Vec::new();
    for input in 0..3 {
        let number = input + 1;
        checks.push(check(
            SOBOL,
            name("first", number),
            first[input],
            &found.first[input],
        ));
        checks.push(check(
            SOBOL,
            name("total", number),
            total[input],
            &found.total[input],
        ));
    }
    checks.push(check(
        SOBOL,
        format!("variance of inputs, noise share {}", noise / (1.0 + noise)),
        VARIANCE,
        &found.parameter_variance,
    ));
    checks
}

/// `sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁` on (-π, π)³ (Ishigami and Homma 1990).
fn ishigami_at(point: &[f64]) -> f64 {
    let x = |input: usize| PI * (2.0 * point[input] - 1.0);
    let (first, second) = (libm::sin(x(0)), libm::sin(x(1)));
    let fourth = x(2) * x(2) * x(2) * x(2);
    first + 7.0 * second * second + 0.1 * fourth * first
}
