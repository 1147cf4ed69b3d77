//! Selection of the best policy: replications of all policies in the same worlds, until only one is
//! left that may be the best.

use crate::experiment::estimand::{ESTIMANDS, Estimand, Kind};
use crate::experiment::measure::Measure;
use crate::experiment::record::{CHUNK, Chunk};
use crate::experiment::replicate::{Experiment, n_chunks};
use crate::experiment::study_frame::StudyFrame;
use crate::statistics::best::{Best, SystemSums};
use crate::statistics::confidence::Confidence;
use crate::statistics::selection::{
    Differences, KimNelson, SelectionGoal, Verdict, Zone, not_distinguishable_from_best,
};

/// Most replications that an indifference zone is chosen for.
const TOLD_BY: u32 = 16 * CHUNK;

/// What is to be selected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contest {
    /// Position in [`ESTIMANDS`] of a mean over worlds.
    pub estimand: usize,
    /// Which end of the scale is good.
    pub best: Best,
    /// Smallest difference worth detecting, in the estimand's unit; positive. Without one, the smallest
    /// that 1024 replications are sure to tell, or as many as there may be.
    pub indifference: Option<f64>,
    /// Probability of selecting the best when it leads by at least the indifference zone.
    pub confidence: Confidence,
    /// Most replications.
    pub cap: u32,
}

impl Contest {
    /// The last number of replications within the cap after which policies may drop out, or the first
    /// one beyond it.
    fn last_screening(&self) -> u32 {
        (self.cap / CHUNK).max(1) * CHUNK
    }
}

/// A contest that cannot be held.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContestError {
    /// The estimand is a ratio, a probability or a quantile.
    #[error("{0} is not a mean over worlds; take for example displaced or displaced_region_weeks")]
    NoMean(&'static str),
    /// One policy cannot be compared.
    #[error("there is only one policy to select from")]
    OnePolicy,
}

/// A policy that dropped out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elimination {
    /// Replications after which it dropped out.
    pub n: u32,
    /// The policy.
    pub policy: usize,
}

/// How a contest went.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Replications used.
    pub n: u32,
    /// The policy selected; `None` when the cap was reached first.
    pub selected: Option<usize>,
    /// Policies in the order in which they dropped out.
    pub path: Vec<Elimination>,
    /// The indifference zone, in the estimand's unit; zero where it would follow from a first stage that
    /// is not over, and where no difference varies.
    pub indifference: f64,
    /// The smallest zone that decides within the cap between the policies that are left; `None` where the
    /// cap is below the first stage.
    pub decisive: Option<f64>,
    /// By policy: the mean over all replications used, in the estimand's unit.
    pub means: Vec<f64>,
    /// By policy: whether the same worlds leave open that it is the best, whatever the indifference
    /// zone. The best one is among them with the confidence of the contest.
    pub may_be_best: Vec<bool>,
}

/// A contest under way, fed with chunks in order.
#[derive(Debug, Clone)]
pub struct Selector {
    contest: Contest,
    measure: Measure,
    factor: f64,
    procedure: KimNelson,
    sums: SystemSums,
    differences: Differences,
    path: Vec<Elimination>,
    n: u32,
}

impl Selector {
    /// A contest between the policies of `frame`. The first stage and each round are one chunk.
    ///
    /// # Errors
    /// [`ContestError`] when the estimand is not a mean or there is one policy only.
    ///
    /// # Panics
    /// When the indifference zone is not positive.
    pub fn new(contest: Contest, frame: &StudyFrame) -> Result<Self, ContestError> {
        let estimand = &ESTIMANDS[contest.estimand];
        let Kind::Mean(measure, _) = estimand.kind else {
            return Err(ContestError::NoMean(estimand.key));
        };
        let k = frame.policies.len();
        if k < 2 {
            return Err(ContestError::OnePolicy);
        }
        let factor = estimand.factor(frame);
        let goal = SelectionGoal {
            best: contest.best,
            indifference: (contest.indifference).map_or(
                Zone::ToldBy(u64::from(contest.last_screening().min(TOLD_BY))),
                |difference| Zone::Of(difference / factor),
            ),
            confidence: contest.confidence,
            first_stage: u64::from(CHUNK),
            round: u64::from(CHUNK),
        };
        Ok(Self {
            contest,
            measure,
            factor,
            procedure: KimNelson::new(k, goal),
            sums: SystemSums::new(k),
            differences: Differences::new(k),
            path: Vec::new(),
            n: 0,
        })
    }

    /// The estimand that is contested.
    pub fn estimand(&self) -> &'static Estimand {
        &ESTIMANDS[self.contest.estimand]
    }

    /// Adds the next replications; whether more are needed.
    pub fn take(&mut self, chunk: &Chunk) -> bool {
        for record in &chunk.records {
            if self.is_over() {
                break;
            }
            let row: Vec<i64> = record
                .policies
                .iter()
                .map(|policy| policy.measure(self.measure))
                .collect();
            self.sums.add(&row);
            self.differences.add(&row);
            self.n += 1;
            self.feed(&row);
        }
        !self.is_over()
    }

    /// How the contest stands.
    pub fn selection(&self) -> Selection {
        let Contest {
            best, confidence, ..
        } = self.contest;
        Selection {
            n: self.n,
            selected: match self.procedure.verdict() {
                Verdict::Selected(policy) => Some(policy),
                Verdict::Continue => None,
            },
            path: self.path.clone(),
            indifference: self.procedure.indifference() * self.factor,
            decisive: (self.n >= CHUNK).then(|| {
                let n = u64::from(self.contest.last_screening());
                self.procedure.told_by(n) * self.factor
            }),
            means: self
                .sums
                .means()
                .into_iter()
                .map(|mean| mean * self.factor)
                .collect(),
            may_be_best: not_distinguishable_from_best(&self.differences, best, confidence),
        }
    }

    fn is_over(&self) -> bool {
        self.n >= self.contest.cap || self.procedure.verdict() != Verdict::Continue
    }

    fn feed(&mut self, row: &[i64]) {
        let before: Vec<usize> = self.procedure.survivors().collect();
        self.procedure.feed(row);
        let after: Vec<usize> = self.procedure.survivors().collect();
        let n = self.n;
        let gone = before.into_iter().filter(|policy| !after.contains(policy));
        self.path
            .extend(gone.map(|policy| Elimination { n, policy }));
    }
}

/// Holds a contest on rayon's current pool. `done` is called after each replication.
///
/// Every policy is simulated in every world, also after it dropped out, so that the statement on who
/// may be best rests on all worlds.
///
/// # Errors
/// As [`Selector::new`].
pub fn select(
    experiment: &Experiment<'_>,
    frame: &StudyFrame,
    contest: Contest,
    done: &(dyn Fn() + Sync),
) -> Result<Selection, ContestError> {
    let mut selector = Selector::new(contest, frame)?;
    for number in 0..n_chunks(contest.cap) {
        if !selector.take(&experiment.chunk(number, contest.cap, done)) {
            break;
        }
    }
    Ok(selector.selection())
}
