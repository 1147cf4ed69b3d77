//! How hospitals and staff behave, inferred from national observations by a synthetic likelihood.
//!
//! Parameter sets spread over the beliefs of the scenario (a Latin hypercube) are simulated in the
//! same worlds, so that summaries are smooth functions of the parameters; a quadratic surface stands
//! for each. Summaries count as normal around the surface (Wood 2010), with the covariance between
//! worlds, shrunk as Schäfer and Strimmer (2005) do, the error of finitely many worlds and the misfit
//! of the surface. A large keyed sample of the beliefs is then weighed by that likelihood. A surface
//! over wide beliefs is crude, so all of this is done again for the part of the beliefs that the first
//! round leaves possible (iterative refocusing; Craig, Goldstein, Seheult and Smith 1997). When even
//! the best set lies farther from the observations than chance explains, all variances are
//! multiplied by that excess, so that a model which cannot be right does not look certain.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::calibrate::fitted::{Fitted, Method};
use crate::calibrate::quadratic_surface::n_terms;
use crate::calibrate::summary::{Summary, summaries};
use crate::calibrate::synthetic_likelihood::{Likelihood, Runs};
use crate::design::latin_hypercube::hypercube;
use crate::design::{DesignError, Study};
use crate::experiment::{Experiment, StudyFrame};
use crate::model::uncertainty::UncertainFigure;
use crate::observed::Observed;
use crate::statistics::interval::Interval;

/// Size of the sample of beliefs.
const N_SAMPLE: u32 = 32_768;
/// Number of the first Latin hypercube; each round has one for its sets and one for its sample.
const DESIGN: u32 = 11;
/// Rounds of simulation.
const N_ROUNDS: u32 = 2;
/// Part of the weighed sample beyond either end of what the next round looks at, and the part of that
/// width which is added at both ends, as the surface of this round is crude.
const TAIL: f64 = 0.005;
const MARGIN: f64 = 0.1;
/// Effective sample size below which the posterior is not well resolved.
const FEWEST_EFFECTIVE: f64 = 100.0;

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Parameter sets in each round; more are taken when the surface has more than half as many
    /// coefficients.
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
    /// Summaries that were the same in all sets and worlds, whatever was observed, and count for nothing.
    pub n_constant: usize,
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
        "{n_summaries} two-week means of beds, moves, hospitals and operations in the window cannot tell {n_figures} figures apart"
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
    /// Parameter sets that are simulated for `n_figures` figures, all rounds together.
    pub fn sets(&self, n_figures: usize) -> u32 {
        self.sets_per_round(n_figures).saturating_mul(N_ROUNDS)
    }

    fn sets_per_round(&self, n_figures: usize) -> u32 {
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
        let frame = StudyFrame::new(&study.model(&[])?);
        let summaries = summaries(&frame, observed);
        if summaries.len() < figures.len() {
            return Err(BehaviorError::TooFew {
                n_summaries: summaries.len(),
                n_figures: figures.len(),
            });
        }
        let search = Search {
            study,
            figures: &figures,
            summaries: &summaries,
            effort,
        };
        let mut region = Region::whole(figures.len());
        let mut found = search.round(&region, 0, done)?;
        for round in 1..N_ROUNDS {
            region = found.region;
            found = search.round(&region, round, done)?;
        }
        Ok(found.behavior)
    }
}

/// A part of the beliefs: from which to which probability of each.
#[derive(Debug, Clone, PartialEq)]
struct Region(Vec<(f64, f64)>);

impl Region {
    fn whole(n_figures: usize) -> Self {
        Self(vec![(0.0, 1.0); n_figures])
    }

    /// The probability in a dimension at the coordinate `u` of the unit cube.
    fn at(&self, dimension: usize, u: f64) -> f64 {
        let (low, high) = self.0[dimension];
        low + (high - low) * u
    }

    /// The part that a weighed sample of this one leaves possible.
    fn narrowed(&self, margins: &[Margin]) -> Self {
        let of_dimension = |(dimension, margin): (usize, &Margin)| {
            let (low, high) = (margin.quantile(TAIL), margin.quantile(1.0 - TAIL));
            let added = MARGIN * (high - low);
            let at = |u: f64| self.at(dimension, u.clamp(0.0, 1.0));
            (at(low - added), at(high + added))
        };
        Self(margins.iter().enumerate().map(of_dimension).collect())
    }
}

/// What is fitted to what, and with how much effort.
struct Search<'a> {
    study: &'a Study<'a>,
    figures: &'a [&'a UncertainFigure],
    summaries: &'a [Summary],
    effort: &'a Effort,
}

/// The outcome of a round, and where the next one should look.
struct Round {
    behavior: Behavior,
    region: Region,
}

impl Search<'_> {
    fn round(
        &self,
        region: &Region,
        round: u32,
        done: &(dyn Fn() + Sync),
    ) -> Result<Round, BehaviorError> {
        let n_figures = self.figures.len();
        let n_sets = self.effort.sets_per_round(n_figures);
        let number = DESIGN + 2 * round;
        let points = hypercube(n_sets, n_figures, self.effort.seed, number);
        let runs = self.simulated(region, &points, done)?;
        let likelihood =
            Likelihood::new(&points, &runs, self.summaries).ok_or(BehaviorError::NoVariation)?;
        let sample = hypercube(N_SAMPLE, n_figures, self.effort.seed, number + 1);
        Ok(self.weighed(&likelihood, region, &sample))
    }

    /// Weighs a `sample` of the unit cube, which stands for the beliefs within `region`.
    fn weighed(&self, likelihood: &Likelihood, region: &Region, sample: &[Vec<f64>]) -> Round {
        let distances: Vec<f64> = sample.iter().map(|at| likelihood.distance(at)).collect();
        let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
        let freedom = likelihood.n_summaries().saturating_sub(self.figures.len());
        let misfit = nearest / freedom.max(1) as f64;
        let dispersion = misfit.max(1.0);
        let weights: Vec<f64> = distances
            .iter()
            .map(|distance| libm::exp(-0.5 * (distance - nearest) / dispersion))
            .collect();
        let margins: Vec<Margin> = (0..self.figures.len())
            .map(|dimension| Margin::of(sample, &weights, dimension))
            .collect();
        Round {
            behavior: Behavior {
                figures: self.fitted(region, &margins, (dispersion, likelihood.n_summaries())),
                n_constant: self.summaries.len() - likelihood.n_summaries(),
                effective: effective_size(&weights),
                misfit,
            },
            region: region.narrowed(&margins),
        }
    }

    fn fitted(
        &self,
        region: &Region,
        margins: &[Margin],
        (dispersion, n): (f64, usize),
    ) -> Vec<Fitted> {
        let pairs = self.figures.iter().zip(margins).enumerate();
        let fitted = pairs.map(|(dimension, (figure, margin))| {
            let value = |p: f64| figure.value(region.at(dimension, margin.quantile(p)));
            Fitted {
                path: figure.path.clone(),
                // Unlike a mean, a median is a value that the figure can take.
                value: value(0.5),
                interval: Interval {
                    low: value(0.025),
                    high: value(0.975),
                },
                method: Method::SyntheticLikelihood,
                n,
                dispersion,
            }
        });
        fitted.collect()
    }

    fn simulated(
        &self,
        region: &Region,
        points: &[Vec<f64>],
        done: &(dyn Fn() + Sync),
    ) -> Result<Runs, DesignError> {
        let frame = StudyFrame::new(&self.study.model(&[])?);
        let of_point = |point: &Vec<f64>| {
            let settings = self.figures.iter().zip(point).enumerate();
            let settings =
                settings.map(|(dimension, (figure, u))| figure.setting(region.at(dimension, *u)));
            let model = self.study.model(&settings.collect::<Vec<_>>())?;
            let experiment = Experiment::new(&model, self.effort.seed);
            let worlds = (0..self.effort.n_worlds).map(|replication| {
                let record = &experiment.replicate(replication).policies[0];
                let summaries = self.summaries.iter();
                summaries.map(|one| one.simulated(&frame, record)).collect()
            });
            let worlds = worlds.collect();
            done();
            Ok(worlds)
        };
        let sets: Vec<Result<Vec<Vec<f64>>, DesignError>> =
            points.into_par_iter().map(of_point).collect();
        sets.into_iter().collect()
    }
}

/// One coordinate of a weighed sample, ascending.
struct Margin {
    weighed: Vec<(f64, f64)>,
    sum: f64,
}

impl Margin {
    fn of(sample: &[Vec<f64>], weights: &[f64], dimension: usize) -> Self {
        let coordinates = sample.iter().map(|point| point[dimension]);
        let mut weighed: Vec<(f64, f64)> = coordinates.zip(weights.iter().copied()).collect();
        weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            sum: weights.iter().sum(),
            weighed,
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        let mut below = 0.0;
        let reached = self.weighed.iter().find(|(_, weight)| {
            below += weight;
            below >= p * self.sum
        });
        reached
            .or(self.weighed.last())
            .map_or(f64::NAN, |(x, _)| *x)
    }
}

/// The number of equal weights that say as much (Kish 1965).
fn effective_size(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    sum * sum / squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_region_stays_within_the_one_before() {
        let region = Region(vec![(0.2, 0.6)]);
        let sample: Vec<Vec<f64>> = (0..=100).map(|n| vec![f64::from(n) / 100.0]).collect();
        let upper_half: Vec<f64> = sample.iter().map(|at| f64::from(at[0] >= 0.5)).collect();
        let narrowed = region.narrowed(&[Margin::of(&sample, &upper_half, 0)]);
        let (low, high) = narrowed.0[0];
        assert!((low - (0.2 + 0.4 * 0.45)).abs() < 1e-9, "{narrowed:?}");
        assert!((high - 0.6).abs() < 1e-9, "{narrowed:?}");
    }

    #[test]
    fn weighed_quantiles_follow_the_weights() {
        let sample = [vec![3.0], vec![1.0], vec![2.0]];
        let margin = Margin::of(&sample, &[0.02, 0.3, 0.68], 0);
        for (p, expected) in [(0.025, 1.0), (0.5, 2.0), (0.975, 2.0), (0.99, 3.0)] {
            let found = margin.quantile(p);
            assert!((found - expected).abs() < 1e-12, "{p}: {found}");
        }
    }
}
