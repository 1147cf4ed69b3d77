//! Screening by elementary effects, with the noise level of an effect.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::design::bootstrap::{Resampled, resampled};
use crate::design::latin_hypercube::hypercube;
use crate::statistics::confidence::Confidence;

/// The move of one input, as a part of its range (in probability).
const STEP: f64 = 0.5;

/// Outputs around one base point; two independent keys each.
#[derive(Debug, Clone, PartialEq)]
pub struct Star<T = f64> {
    /// At the base point.
    pub base: [T; 2],
    /// By input: at the base point with this input moved.
    pub moved: Vec<[T; 2]>,
    /// By input: the signed move.
    pub steps: Vec<f64>,
}

impl<T: Copy> Star<T> {
    /// All outputs.
    pub fn outputs(&self) -> impl Iterator<Item = T> + '_ {
        self.base.iter().chain(self.moved.as_flattened()).copied()
    }

    /// The same star with each output turned into another one.
    pub fn map<U>(&self, to: impl Fn(T) -> U) -> Star<U> {
        Star {
            base: self.base.map(&to),
            moved: self.moved.iter().map(|pair| pair.map(&to)).collect(),
            steps: self.steps.clone(),
        }
    }
}

/// What one input does on its own, over many base points. Effects are in units of the output per
/// whole range of the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Mean elementary effect (Morris's mu).
    pub mean: Resampled,
    /// Mean absolute elementary effect (mu star).
    pub mean_absolute: Resampled,
    /// Standard deviation of elementary effects (sigma), Monte Carlo noise included: interaction,
    /// curvature, noise.
    pub sd: Resampled,
    /// Standard deviation that Monte Carlo noise alone gives an elementary effect.
    pub noise_sd: Resampled,
}

/// Evaluates `output` at `n_stars` base points and, for each, one move per input: the radial design
/// of Campolongo, Saltelli and Cariboni (2011), with moves of half the range.
///
/// Base points form a Latin hypercube. Star r uses the keys 2r and 2r + 1 throughout, so that a
/// difference compares the same worlds.
///
/// # Errors
/// The first error of `output`, in the order of stars.
pub fn evaluate<T: Copy + Send, E: Send>(
    n_stars: u32,
    n_inputs: usize,
    seed: u64,
    output: impl Fn(&[f64], &[u32]) -> Result<Vec<T>, E> + Sync,
) -> Result<Vec<Star<T>>, E> {
    let bases = hypercube(n_stars, n_inputs, seed, 2);
    let star = |r: u32| {
        let base = &bases[r as usize];
        let at = |point: &[f64]| -> Result<[T; 2], E> {
            let values = output(point, &[2 * r, 2 * r + 1])?;
            Ok([values[0], values[1]])
        };
        let steps: Vec<f64> = base
            .iter()
            .map(|x| if *x < STEP { STEP } else { -STEP })
            .collect();
        let moved = (0..n_inputs).map(|input| {
            let mut point = base.clone();
            point[input] += steps[input];
            at(&point)
        });
        Ok(Star {
            base: at(base)?,
            moved: moved.collect::<Result<_, E>>()?,
            steps,
        })
    };
    let stars: Vec<Result<Star<T>, E>> = (0..n_stars).into_par_iter().map(star).collect();
    stars.into_iter().collect()
}

/// The effects of all inputs (Morris 1991; absolute mean: Campolongo, Cariboni and Saltelli 2007),
/// with percentile intervals over resampled stars, keyed by `seed`.
///
/// The noise level is half the standard deviation of the difference between the effects that the two
/// keys give. An input whose `mean_absolute` is not well above `noise_sd` has no visible effect.
///
/// # Panics
/// When there are no stars.
pub fn effects(stars: &[Star], confidence: Confidence, seed: u64) -> Vec<Effect> {
    let n_inputs = stars[0].moved.len();
    (0..n_inputs)
        .map(|input| effect(stars, input, confidence, seed))
        .collect()
}

fn effect(stars: &[Star], input: usize, confidence: Confidence, seed: u64) -> Effect {
    let pairs: Vec<[f64; 2]> = stars
        .iter()
        .map(|star| [0, 1].map(|key| (star.moved[input][key] - star.base[key]) / star.steps[input]))
        .collect();
    let found = resampled(pairs.len(), confidence, seed, |rows| moments(&pairs, rows));
    Effect {
        mean: found[0],
        mean_absolute: found[1],
        sd: found[2],
        noise_sd: found[3],
    }
}

/// Mean, mean absolute, standard deviation and noise level of the effects of the chosen stars.
fn moments(pairs: &[[f64; 2]], rows: &[usize]) -> Vec<f64> {
    let n = rows.len() as f64;
    let own: Vec<f64> = rows
        .iter()
        .map(|row| f64::midpoint(pairs[*row][0], pairs[*row][1]))
        .collect();
    let mean = own.iter().sum::<f64>() / n;
    let squares: f64 = own.iter().map(|x| (x - mean) * (x - mean)).sum();
    let apart = rows.iter().map(|row| pairs[*row][0] - pairs[*row][1]);
    let noise: f64 = apart.map(|x| x * x).sum();
    vec![
        mean,
        own.iter().map(|x| x.abs()).sum::<f64>() / n,
        (squares / (n - 1.0)).sqrt(),
        (noise / n).sqrt() / 2.0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::convert::Infallible;

    fn stars(output: impl Fn(&[f64], u32) -> f64 + Sync) -> Vec<Star> {
        let each = |point: &[f64], keys: &[u32]| -> Result<Vec<f64>, Infallible> {
            Ok(keys.iter().map(|key| output(point, *key)).collect())
        };
        evaluate(40, 3, 5, each).expect("cannot fail")
    }

    #[test]
    fn a_linear_function_has_its_slopes_as_effects_and_no_spread() {
        let found = effects(&stars(|x, _| 3.0 * x[0] - 2.0 * x[1]), Confidence::P95, 1);
        for (effect, slope) in found.iter().zip([3.0, -2.0, 0.0_f64]) {
            assert!((effect.mean.value - slope).abs() < 1e-9, "{effect:?}");
            assert!(
                (effect.mean_absolute.value - slope.abs()).abs() < 1e-9,
                "{effect:?}"
            );
            assert!(
                effect.sd.value < 1e-9 && effect.noise_sd.value < 1e-9,
                "{effect:?}"
            );
        }
    }

    #[test]
    fn an_interaction_spreads_effects_and_noise_of_the_world_cancels() {
        let world = |key: u32| f64::from(key * 7_919 % 101);
        let found = effects(
            &stars(|x, key| 4.0 * x[0] * x[1] + world(key)),
            Confidence::P95,
            1,
        );
        assert!(found[0].sd.value > 0.5, "an interaction: {found:?}");
        assert!(found[0].noise_sd.value < 1e-9, "the same world: {found:?}");
        assert!(found[2].mean_absolute.value < 1e-9, "no effect: {found:?}");
    }

    #[test]
    fn noise_that_does_not_cancel_is_measured() {
        let noise = |x: &[f64], key: u32| {
            let mixed = (x.iter().sum::<f64>() * 1e6 + f64::from(key) * 37.0) % 17.0;
            mixed - 8.0
        };
        let found = effects(&stars(noise), Confidence::P95, 1);
        assert!(found[2].noise_sd.value > 1.0, "noise is seen: {found:?}");
    }
}
