//! How hospitals and staff behave, inferred from national observations by simulation.
//!
//! Parameter sets drawn from the beliefs of the scenario are simulated, each in worlds of its own, and move
//! towards the observations by an ensemble smoother: two-week means are regressed on
//! parameters across the sets. It was chosen over a likelihood by kernel or surface because some thirty figures are
//! fitted at once, of which most are known only together, and over a random walk because all sets of a step
//! are simulated at the same time. What comes out are sets that fit together, all equally likely.
//!
//! When a series lies farther from the sets than chance explains, the model lacks something of it: the
//! variance of that series is multiplied by the excess and all is done again from the beliefs, so that
//! a model which cannot be right does not look certain.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::backtest::Compared;
use crate::calibrate::chance::{Runs, chance, only, varying};
use crate::calibrate::ensemble::{STEPS, Target, assimilate};
use crate::calibrate::fitted::{Fitted, Method, significant};
use crate::calibrate::moments::mean;
use crate::calibrate::summary::{Summary, summaries};
use crate::design::latin_hypercube::hypercube;
use crate::design::{DesignError, Study};
use crate::experiment::{Experiment, StudyFrame};
use crate::model::parameter_sets::ParameterSets;
use crate::model::uncertainty::UncertainFigure;
use crate::numeric::{Tail, normal};
use crate::observed::Observed;
use crate::random::Keys;
use crate::statistics::interval::Interval;

/// Number of the Latin hypercube, and of the chance of the observations in each step.
const DESIGN: u32 = 11;
/// How often all is done: with chance alone, and with what the model lacks.
const PASSES: u32 = 2;
/// Sets that are handed on, the first ones.
const HANDED_ON: usize = 200;
/// Variance of what was observed as a whole number.
const OF_ROUNDING: f64 = 1.0 / 12.0;

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Parameter sets; more than there are figures and summaries, by far.
    pub n_sets: u32,
    /// Worlds of each set in each step; at least 2.
    pub n_worlds: u32,
    /// Master seed.
    pub seed: u64,
}

impl Effort {
    /// Parameter sets that are simulated, all steps together.
    pub const fn n_simulated(&self) -> u32 {
        self.n_sets.saturating_mul(PASSES * (STEPS + 1))
    }
}

/// What the observations say of behavior.
#[derive(Debug, Clone, PartialEq)]
pub struct Behavior {
    /// The figures, in the order asked: the center of the sets, and where 95 % of them lie.
    pub figures: Vec<Fitted>,
    /// The sets, 200 at the most.
    pub sets: ParameterSets,
    /// Summaries that were the same in all sets and worlds, whatever was observed, and count for nothing.
    pub n_constant: usize,
    /// How each series is fitted.
    pub fits: Vec<Fit>,
}

/// How a series is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The series.
    pub compared: Compared,
    /// Two-week means of it that were observed and vary.
    pub n: usize,
    /// Mean squared distance of the observed ones from the center of the sets, relative to the variance that sets and
    /// chance explain: about 1 when the model can be right.
    pub excess: f64,
}

/// Why behavior could not be fitted.
#[derive(Debug, thiserror::Error)]
pub enum BehaviorError {
    /// A parameter set is not valid.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// Nothing was observed that behavior shows in.
    #[error("no bed, patient, move, hospital or operation was observed in the window")]
    Nothing,
    /// The simulated summaries do not vary.
    #[error("the simulated summaries do not vary between worlds and parameter sets")]
    NoVariation,
}

impl Behavior {
    /// Fits the figures of the model's beliefs called `paths` to `observed`. `done` is called after each
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
        let model = study.model(&[])?;
        let beliefs = model.uncertain.iter();
        let frame = StudyFrame::new(&model);
        let search = Search {
            study,
            figures: paths
                .iter()
                .filter_map(|path| beliefs.clone().find(|figure| figure.path == *path))
                .collect(),
            summaries: summaries(&frame, observed),
            frame: &frame,
            effort,
            done,
        };
        if search.summaries.is_empty() {
            return Err(BehaviorError::Nothing);
        }
        let mut excess = vec![1.0; search.summaries.len()];
        let mut found = search.pass(0, &excess)?;
        for pass in 1..PASSES {
            excess = found.excess(&search.summaries);
            found = search.pass(pass, &excess)?;
        }
        Ok(search.behavior(&found, &excess))
    }
}

/// What is fitted to what, and with how much effort.
struct Search<'a> {
    study: &'a Study<'a>,
    figures: Vec<&'a UncertainFigure>,
    summaries: Vec<Summary>,
    frame: &'a StudyFrame,
    effort: &'a Effort,
    done: &'a (dyn Fn() + Sync),
}

/// The sets after a pass, as normal scores, and what they simulate.
struct Found {
    members: Vec<Vec<f64>>,
    now: Simulated,
}

/// What the sets of one step simulate, of the summaries that vary.
struct Simulated {
    /// Positions of these summaries.
    varying: Vec<usize>,
    /// By set.
    means: Vec<Vec<f64>>,
    /// Their covariance by chance, up to the diagonal.
    chance: Vec<Vec<f64>>,
}

impl Search<'_> {
    /// Moves sets from the beliefs to the observations, with variances by chance times `excess`.
    fn pass(&self, pass: u32, excess: &[f64]) -> Result<Found, BehaviorError> {
        let (n, width) = (self.effort.n_sets, self.figures.len());
        let points = hypercube(n, width, self.effort.seed, DESIGN);
        let score = |u: &f64| normal::quantile(Tail::Lower(*u));
        let scores = |point: &Vec<f64>| point.iter().map(score).collect();
        let mut members: Vec<Vec<f64>> = points.iter().map(scores).collect();
        let mut now = self.simulated(&members, pass * (STEPS + 1))?;
        for step in 0..STEPS {
            let number = pass * (STEPS + 1) + step;
            let observed: Vec<f64> = (now.varying.iter())
                .map(|at| self.summaries[*at].observed)
                .collect();
            let target = Target {
                observed: &observed,
                chance: &now.widened(excess),
                n_worlds: self.effort.n_worlds,
            };
            let keys = Keys::new(self.effort.seed, DESIGN + 1 + number);
            members = assimilate(&members, &now.means, &target, keys)
                .ok_or(BehaviorError::NoVariation)?;
            now = self.simulated(&members, number + 1)?;
        }
        Ok(Found { members, now })
    }

    /// Simulates sets, each in worlds of its own.
    fn simulated(&self, members: &[Vec<f64>], step: u32) -> Result<Simulated, BehaviorError> {
        let n_worlds = self.effort.n_worlds;
        let of_member = |(number, member): (usize, &Vec<f64>)| {
            let model = self.study.model(&self.settings(member))?;
            let experiment = Experiment::new(&model, self.effort.seed);
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let first = (step * self.effort.n_sets + number).saturating_mul(n_worlds);
            let worlds = (first..first.saturating_add(n_worlds)).map(|replication| {
                let record = &experiment.replicate(replication).policies[0];
                let summaries = self.summaries.iter();
                summaries
                    .map(|one| one.simulated(self.frame, record))
                    .collect()
            });
            let worlds = worlds.collect();
            (self.done)();
            Ok(worlds)
        };
        let runs: Vec<Result<Vec<Vec<f64>>, DesignError>> =
            members.par_iter().enumerate().map(of_member).collect();
        let runs: Runs = runs.into_iter().collect::<Result<_, _>>()?;
        let varying = varying(&runs);
        if varying.is_empty() {
            return Err(BehaviorError::NoVariation);
        }
        let runs = only(&runs, &varying);
        let means: Vec<Vec<f64>> = runs.iter().map(|worlds| mean(worlds)).collect();
        Ok(Simulated {
            chance: chance(&runs, &means, OF_ROUNDING),
            varying,
            means,
        })
    }

    /// What sets the figures to normal scores.
    fn settings(&self, scores: &[f64]) -> Vec<String> {
        let pairs = self.figures.iter().zip(scores);
        pairs
            .map(|(figure, z)| format!("{}={}", figure.path, value(figure, *z)))
            .collect()
    }

    fn behavior(&self, found: &Found, excess: &[f64]) -> Behavior {
        let values = |scores: &Vec<f64>| -> Vec<f64> {
            let pairs = self.figures.iter().zip(scores);
            pairs.map(|(figure, z)| value(figure, *z)).collect()
        };
        let sets = ParameterSets {
            paths: self
                .figures
                .iter()
                .map(|figure| figure.path.clone())
                .collect(),
            center: values(&mean(&found.members)),
            sets: found.members.iter().map(values).collect(),
        };
        let fitted = |(at, path): (usize, &String)| {
            let all = sets.values(path).unwrap_or_default();
            Fitted {
                path: path.clone(),
                value: sets.center[at],
                interval: Interval {
                    low: quantile(&all, 0.025),
                    high: quantile(&all, 0.975),
                },
                method: Method::EnsembleSmoother,
                n: found.now.varying.len(),
                dispersion: 1.0,
            }
        };
        Behavior {
            figures: sets.paths.iter().enumerate().map(fitted).collect(),
            n_constant: self.summaries.len() - found.now.varying.len(),
            fits: self.fits(&found.now.varying, excess),
            sets: ParameterSets {
                sets: sets.sets.iter().take(HANDED_ON).cloned().collect(),
                ..sets.clone()
            },
        }
    }

    /// By series, the excess that its summaries share.
    fn fits(&self, varying: &[usize], excess: &[f64]) -> Vec<Fit> {
        let of = |compared: Compared| {
            let own = varying
                .iter()
                .filter(|at| self.summaries[**at].compared == compared);
            let first = own.clone().next()?;
            Some(Fit {
                compared,
                n: own.count(),
                excess: excess[*first],
            })
        };
        Compared::ALL.into_iter().filter_map(of).collect()
    }
}

impl Simulated {
    /// The covariance by chance, with variances times `excess`, which is that of all summaries.
    fn widened(&self, excess: &[f64]) -> Vec<Vec<f64>> {
        let scale: Vec<f64> = self.varying.iter().map(|at| excess[*at].sqrt()).collect();
        let rows = self.chance.iter().zip(&scale);
        let widened = |(row, own): (&Vec<f64>, &f64)| {
            let pairs = row.iter().zip(&scale);
            pairs.map(|(c, other)| c * own * other).collect()
        };
        rows.map(widened).collect()
    }
}

impl Found {
    /// By summary: the excess of its series, at least 1.
    fn excess(&self, summaries: &[Summary]) -> Vec<f64> {
        let now = &self.now;
        let center = mean(&now.means);
        let n = now.means.len() as f64;
        let squared = |position: usize, at: usize| {
            let square = |x: f64| x * x;
            let off = |set: &Vec<f64>| square(set[position] - center[position]);
            let between = now.means.iter().map(off).sum::<f64>() / n;
            let variance = between + now.chance[position][position];
            square(summaries[at].observed - center[position]) / variance
        };
        let of_series = |compared: Compared| {
            let own = now.varying.iter().enumerate();
            let own = own.filter(|(_, at)| summaries[**at].compared == compared);
            let squares: Vec<f64> = own.map(|(position, at)| squared(position, *at)).collect();
            (squares.iter().sum::<f64>() / squares.len().max(1) as f64).max(1.0)
        };
        summaries
            .iter()
            .map(|one| of_series(one.compared))
            .collect()
    }
}

/// The value of a figure at a normal score, in four digits, as it is handed on.
fn value(figure: &UncertainFigure, score: f64) -> f64 {
    let value = figure.value(normal::cdf(score));
    significant(value).parse().unwrap_or(value)
}

/// The quantile of ascending values.
fn quantile(ascending: &[f64], p: f64) -> f64 {
    let last = ascending.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "p lies between 0 and 1"
    )]
    let at = (p * last as f64).round() as usize;
    ascending.get(at.min(last)).copied().unwrap_or(f64::NAN)
}
