//! How hospitals and staff behave, from what the country saw of it: a synthetic likelihood.
//!
//! Parameter sets spread over the beliefs of the scenario (a Latin hypercube) are simulated in the
//! same worlds, so that summaries are smooth functions of the parameters; a quadratic surface stands
//! for each. Summaries count as normal around the surface (Wood 2010), with the covariance between
//! worlds, shrunk as Schäfer and Strimmer (2005) do, the error of finitely many worlds and the misfit
//! of the surface. A large keyed sample of the beliefs is then weighed by that likelihood. When even
//! the best set lies farther from the observations than chance explains, all variances are
//! multiplied by that excess, so that a model which cannot be right does not look certain.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::calibrate::summary::{Summary, summaries};
use crate::calibrate::surface::{Surface, n_terms};
use crate::calibrate::{Fitted, Method};
use crate::design::latin::hypercube;
use crate::design::{DesignError, Study};
use crate::experiment::{Experiment, Frame};
use crate::model::uncertainty::UncertainFigure;
use crate::numeric::cholesky::Cholesky;
use crate::observed::Observed;
use crate::statistics::interval::Interval;

/// Size of the sample of beliefs.
const N_SAMPLE: u32 = 32_768;
/// Numbers of the Latin hypercubes.
const DESIGN: u32 = 11;
const SAMPLE: u32 = 12;
/// Effective sample size below which the posterior is not well resolved.
const FEWEST_EFFECTIVE: f64 = 100.0;

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Parameter sets; more are taken when the surface has more than half as many coefficients.
    pub n_sets: u32,
    /// Worlds, the same for every set; at least 3.
    pub n_worlds: u32,
    /// Master seed.
    pub seed: u64,
}

/// What the observations say of behavior.
#[derive(Debug, Clone, PartialEq)]
pub struct Behavior {
    /// The figures, in the order asked.
    pub figures: Vec<Fitted>,
    /// Effective size of the weighed sample (Kish 1965).
    pub effective: f64,
    /// Squared distance between observed and best simulated summaries, per summary: about 1 or less
    /// when the model can be right.
    pub misfit: f64,
}

/// Why behavior could not be fitted.
#[derive(Debug, thiserror::Error)]
pub enum BehaviorError {
    /// A parameter set is not valid.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// Fewer summaries than figures.
    #[error(
        "{n_summaries} four-week means of other_ic, hospitals_failing_norm and operations_percent \
         in the window cannot tell {n_figures} figures apart"
    )]
    TooFew {
        /// Summaries observed.
        n_summaries: usize,
        /// Figures to fit.
        n_figures: usize,
    },
    /// The simulated summaries do not vary.
    #[error("the simulated summaries do not vary between worlds and parameter sets")]
    NoVariation,
}

impl Effort {
    /// Parameter sets that are simulated for `n_figures` figures.
    pub fn sets(&self, n_figures: usize) -> u32 {
        let fewest = u32::try_from(2 * n_terms(n_figures)).unwrap_or(u32::MAX);
        self.n_sets.max(fewest)
    }
}

impl Behavior {
    /// Whether the weighed sample is too thin for its quantiles.
    pub fn is_thin(&self) -> bool {
        self.effective < FEWEST_EFFECTIVE
    }

    /// Fits the figures of `study` called `paths` to `observed`. `done` is called after each
    /// parameter set.
    ///
    /// # Errors
    /// [`BehaviorError`].
    pub fn fit(
        study: &Study<'_>,
        paths: &[String],
        observed: &Observed,
        effort: &Effort,
        done: &(dyn Fn() + Sync),
    ) -> Result<Self, BehaviorError> {
        let figures: Vec<&UncertainFigure> = paths
            .iter()
            .filter_map(|path| study.figures().iter().find(|figure| figure.path == *path))
            .collect();
        let frame = Frame::new(&study.model(&[])?);
        let summaries = summaries(&frame, observed);
        if summaries.len() < figures.len() {
            return Err(BehaviorError::TooFew {
                n_summaries: summaries.len(),
                n_figures: figures.len(),
            });
        }
        let points = hypercube(
            effort.sets(figures.len()),
            figures.len(),
            effort.seed,
            DESIGN,
        );
        let runs = simulated(study, &figures, &points, (&summaries, effort), done)?;
        let likelihood =
            Likelihood::new(&points, &runs, &summaries).ok_or(BehaviorError::NoVariation)?;
        Ok(likelihood.posterior(&figures, effort.seed))
    }
}

/// By parameter set, world and summary.
type Runs = Vec<Vec<Vec<f64>>>;

fn simulated(
    study: &Study<'_>,
    figures: &[&UncertainFigure],
    points: &[Vec<f64>],
    (summaries, effort): (&[Summary], &Effort),
    done: &(dyn Fn() + Sync),
) -> Result<Runs, DesignError> {
    let of_point = |point: &Vec<f64>| {
        let settings = figures
            .iter()
            .zip(point)
            .map(|(figure, u)| figure.setting(*u));
        let model = study.model(&settings.collect::<Vec<_>>())?;
        let experiment = Experiment::new(&model, effort.seed);
        let worlds = (0..effort.n_worlds).map(|replication| {
            let record = &experiment.replicate(replication).policies[0];
            summaries.iter().map(|one| one.simulated(record)).collect()
        });
        let worlds = worlds.collect();
        done();
        Ok(worlds)
    };
    let sets: Vec<Result<Vec<Vec<f64>>, DesignError>> =
        points.into_par_iter().map(of_point).collect();
    sets.into_iter().collect()
}

/// The normal likelihood of the observed summaries.
struct Likelihood {
    surfaces: Vec<Surface>,
    observed: Vec<f64>,
    factor: Cholesky,
}

impl Likelihood {
    fn new(points: &[Vec<f64>], runs: &Runs, summaries: &[Summary]) -> Option<Self> {
        let means: Vec<Vec<f64>> = runs.iter().map(|worlds| means(worlds)).collect();
        let surface = |at: usize| {
            let values: Vec<f64> = means.iter().map(|mean| mean[at]).collect();
            Surface::through(points, &values)
        };
        let surfaces: Vec<Surface> = (0..summaries.len()).map(surface).collect::<Option<_>>()?;
        let n_worlds = runs.first()?.len();
        let mut covariance = between_worlds(runs, &means);
        shrink(&mut covariance, n_worlds);
        for (at, row) in covariance.iter_mut().enumerate() {
            // The observed world is one draw, the simulated mean is that of finitely many.
            for c in row.iter_mut() {
                *c *= 1.0 + 1.0 / n_worlds as f64;
            }
            row[at] += surfaces[at].residual_variance;
        }
        Some(Self {
            surfaces,
            observed: summaries.iter().map(|summary| summary.observed).collect(),
            factor: Cholesky::of(&covariance)?,
        })
    }

    /// Squared distance of the observations from the surface at `point`, in covariances.
    fn distance(&self, point: &[f64]) -> f64 {
        let pairs = self.observed.iter().zip(&self.surfaces);
        let residuals: Vec<f64> = pairs.map(|(y, surface)| y - surface.at(point)).collect();
        let standardized = self.factor.solve_lower(&residuals);
        standardized.iter().map(|z| z * z).sum()
    }

    fn posterior(&self, figures: &[&UncertainFigure], seed: u64) -> Behavior {
        let sample = hypercube(N_SAMPLE, figures.len(), seed, SAMPLE);
        let distances: Vec<f64> = sample.iter().map(|point| self.distance(point)).collect();
        let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
        let freedom = self.observed.len().saturating_sub(figures.len()).max(1) as f64;
        let dispersion = (nearest / freedom).max(1.0);
        let weights: Vec<f64> = distances
            .iter()
            .map(|distance| libm::exp(-0.5 * (distance - nearest) / dispersion))
            .collect();
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        let fitted = figures.iter().enumerate().map(|(dimension, figure)| {
            let values = sample.iter().map(|point| figure.value(point[dimension]));
            let mut weighed: Vec<(f64, f64)> = values.zip(weights.iter().copied()).collect();
            weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
            Fitted {
                path: figure.path.clone(),
                // Unlike a mean, a median is a value that the figure can take.
                value: quantile(&weighed, sum, 0.5),
                interval: Interval {
                    low: quantile(&weighed, sum, 0.025),
                    high: quantile(&weighed, sum, 0.975),
                },
                method: Method::SyntheticLikelihood,
                n: self.observed.len(),
                dispersion,
            }
        });
        Behavior {
            figures: fitted.collect(),
            effective: sum * sum / squares,
            misfit: nearest / freedom,
        }
    }
}

fn means(worlds: &[Vec<f64>]) -> Vec<f64> {
    let n_summaries = worlds.first().map_or(0, Vec::len);
    let n = worlds.len() as f64;
    (0..n_summaries)
        .map(|at| worlds.iter().map(|world| world[at]).sum::<f64>() / n)
        .collect()
}

/// The covariance between worlds, up to the diagonal, averaged over parameter sets.
fn between_worlds(runs: &Runs, means: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = means.first().map_or(0, Vec::len);
    let mut sums: Vec<Vec<f64>> = (0..n).map(|i| vec![0.0; i + 1]).collect();
    let mut freedom = 0.0;
    for (worlds, mean) in runs.iter().zip(means) {
        freedom += worlds.len() as f64 - 1.0;
        for world in worlds {
            let off: Vec<f64> = world.iter().zip(mean).map(|(x, m)| x - m).collect();
            for (i, row) in sums.iter_mut().enumerate() {
                for (j, sum) in row.iter_mut().enumerate() {
                    *sum += off[i] * off[j];
                }
            }
        }
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= freedom);
    sums
}

/// Shrinks correlations towards zero by the share that minimizes the expected squared error, with
/// the large-sample variance (1 - r²)²/(n - 1) of a correlation from `n_worlds` worlds (Schäfer and
/// Strimmer 2005).
fn shrink(covariance: &mut [Vec<f64>], n_worlds: usize) {
    let variances: Vec<f64> = covariance
        .iter()
        .enumerate()
        .map(|(i, row)| row[i])
        .collect();
    let freedom = (n_worlds as f64 - 1.0).max(1.0);
    let (mut noise, mut signal) = (0.0, 0.0);
    for (i, row) in covariance.iter().enumerate() {
        for (j, c) in row[..i].iter().enumerate() {
            let r = c / (variances[i] * variances[j]).sqrt();
            let r = if r.is_finite() { r } else { 0.0 };
            noise += (1.0 - r * r) * (1.0 - r * r) / freedom;
            signal += r * r;
        }
    }
    let kept = if signal > noise {
        1.0 - noise / signal
    } else {
        0.0
    };
    for (i, row) in covariance.iter_mut().enumerate() {
        row[..i].iter_mut().for_each(|c| *c *= kept);
    }
}

/// The `p` quantile of ascending values with weights that add up to `sum`.
fn quantile(weighed: &[(f64, f64)], sum: f64, p: f64) -> f64 {
    let mut below = 0.0;
    let reached = weighed.iter().find(|(_, weight)| {
        below += weight;
        below >= p * sum
    });
    reached.or(weighed.last()).map_or(f64::NAN, |(x, _)| *x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighed_quantiles_follow_the_weights() {
        let weighed = [(1.0, 0.3), (2.0, 0.68), (3.0, 0.02)];
        for (p, expected) in [(0.025, 1.0), (0.5, 2.0), (0.975, 2.0), (0.99, 3.0)] {
            let found = quantile(&weighed, 1.0, p);
            assert!((found - expected).abs() < 1e-12, "{p}: {found}");
        }
    }

    #[test]
    fn correlations_of_few_worlds_are_shrunk_and_of_many_kept() {
        let correlated = vec![vec![4.0], vec![2.4, 4.0]];
        let mut few = correlated.clone();
        shrink(&mut few, 3);
        // r = 0.6: noise (1 - 0.36)² / 2 = 0.2048, signal 0.36.
        assert!(
            (few[1][0] - 2.4 * (1.0 - 0.2048 / 0.36)).abs() < 1e-12,
            "{few:?}"
        );
        let mut many = correlated;
        shrink(&mut many, 1_000_000);
        assert!((many[1][0] - 2.4).abs() < 1e-4, "{many:?}");
        assert!((many[0][0] - 4.0).abs() < 1e-12, "variances stay");
    }
}
