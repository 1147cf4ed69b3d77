//! Replicating until estimates are precise enough: looks at fixed numbers of replications, each on
//! the complete prefix up to it.
//!
//! What is found while looking is for exploring; [`crate::experiment::confirm`] says what follows.

use core::fmt;
use core::ops::Range;
use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::experiment::analysis::Analysis;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::experiment::record::{CHUNK, Chunk};
use crate::experiment::replicate::n_chunks;
use crate::experiment::study_frame::StudyFrame;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Status};
use crate::statistics::stopping::{Decision, Precision, Target, decide, next_look};

/// Replications per thread that are simulated before they are looked at.
const SHARE: usize = 8;

/// How precisely something is to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrecisionTarget {
    /// Position in [`ESTIMANDS`].
    pub estimand: usize,
    /// The policy whose difference to the baseline is meant; without one, the estimate itself under
    /// every policy.
    pub policy: Option<usize>,
    /// How precisely: the reach of the interval, in the estimand's unit, or a share of the value.
    pub precision: Precision,
}

/// A text that asks for no precision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// The text has another form.
    #[error("{0}: expected KEY[@POLICY]:absolute=NUMBER or KEY[@POLICY]:relative=NUMBER")]
    Form(String),
    /// There is no such estimand.
    #[error("there is no estimand {0}; the column key of summary.csv lists them")]
    Estimand(String),
    /// There is no such policy.
    #[error("there is no policy {0} in this run")]
    Policy(String),
    /// The baseline does not differ from itself.
    #[error("{0} is the baseline, which does not differ from itself")]
    Baseline(String),
    /// The number is not positive.
    #[error("{0} is not a positive number")]
    Amount(String),
}

impl PrecisionTarget {
    /// Reads a target such as `displaced_share:absolute=0.5`, `displaced:relative=0.05` or, for the
    /// difference of a policy to the baseline, `displaced_region_weeks@supplement-2021:absolute=0.5`.
    ///
    /// # Errors
    /// [`TargetError`] says which part is not understood.
    pub fn parse(text: &str, frame: &StudyFrame) -> Result<Self, TargetError> {
        let form = || TargetError::Form(text.to_owned());
        let (what, precision) = text.split_once(':').ok_or_else(form)?;
        let (measure, amount) = precision.split_once('=').ok_or_else(form)?;
        let (key, policy) = match what.split_once('@') {
            Some((key, policy)) => (key, Some(policy)),
            None => (what, None),
        };
        let estimand =
            Estimand::position(key).ok_or_else(|| TargetError::Estimand(key.to_owned()))?;
        let policy = policy.map(|key| other_policy(key, frame)).transpose()?;
        let amount = positive(amount)?;
        let precision = match measure {
            "absolute" => Precision::Absolute(amount),
            "relative" => Precision::Relative(amount),
            _ => return Err(form()),
        };
        Ok(Self {
            estimand,
            policy,
            precision,
        })
    }

    /// The policies that the target is about.
    fn policies(&self, n_policies: usize) -> Range<usize> {
        match self.policy {
            Some(policy) => policy..policy + 1,
            None => 0..n_policies,
        }
    }
}

fn other_policy(key: &str, frame: &StudyFrame) -> Result<usize, TargetError> {
    let position = frame.policies.iter().position(|policy| policy.key == key);
    match position {
        None => Err(TargetError::Policy(key.to_owned())),
        Some(policy) if policy == frame.baseline => Err(TargetError::Baseline(key.to_owned())),
        Some(policy) => Ok(policy),
    }
}

fn positive(amount: &str) -> Result<f64, TargetError> {
    let number = amount.parse::<f64>().ok();
    number
        .filter(|number| number.is_finite() && *number > 0.0)
        .ok_or_else(|| TargetError::Amount(amount.to_owned()))
}

/// Where one target stands for one policy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Position in [`ESTIMANDS`].
    pub estimand: usize,
    /// The policy.
    pub policy: usize,
    /// Whether the difference to the baseline is meant.
    pub is_difference: bool,
    /// The estimate; its status says whether the target is met, or how many replications would do.
    pub estimate: Estimate,
    /// How far the interval may reach, in the estimand's unit.
    pub allowed: f64,
}

impl Standing {
    /// Whether the target is met.
    pub fn is_met(&self) -> bool {
        self.estimate.status == Status::Ok
    }

    /// The estimand and the policy, as in `displaced@supplement-2021`.
    pub fn name(&self, frame: &StudyFrame) -> String {
        let policy = &frame.policies[self.policy].key;
        let minus = if self.is_difference {
            " - baseline"
        } else {
            ""
        };
        format!("{} {policy}{minus}", ESTIMANDS[self.estimand].key)
    }
}

/// Where all targets stand after the replications in `analysis`.
pub fn standings(analysis: &Analysis, targets: &[PrecisionTarget]) -> Vec<Standing> {
    let standing = |(asked, policy, found): (&PrecisionTarget, usize, Target)| Standing {
        estimand: asked.estimand,
        policy,
        is_difference: asked.policy.is_some(),
        estimate: Estimate {
            status: found.status(),
            ..found.estimate
        },
        allowed: asked.precision.allowed_reach(found.estimate.value),
    };
    by_policy(analysis, targets).map(standing).collect()
}

/// Each target for each policy that it is about, as the replications in `analysis` leave it.
fn by_policy<'a>(
    analysis: &'a Analysis,
    targets: &'a [PrecisionTarget],
) -> impl Iterator<Item = (&'a PrecisionTarget, usize, Target)> {
    let n_policies = analysis.frame().policies.len();
    targets.iter().flat_map(move |target| {
        target.policies(n_policies).map(move |policy| {
            let of_difference = target.policy.is_some();
            let found = analysis.target(policy, target.estimand, of_difference, target.precision);
            (target, policy, found)
        })
    })
}

/// Watches replications come in and says when there are enough.
///
/// Chunks may come in any order. Only the complete prefix counts, and only up to the look at which
/// the rule ends, so the number of replications is the same for any threads, chunks and order.
#[derive(Clone)]
pub struct Watch {
    analysis: Analysis,
    targets: Vec<PrecisionTarget>,
    cap: u32,
    looks: Vec<u32>,
    next_chunk: u32,
    early: BTreeMap<u32, Chunk>,
    decision: Option<Decision>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("targets", &self.targets)
            .field("looks", &self.looks)
            .field("decision", &self.decision)
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// Nothing seen yet; at most `cap` replications, at least one.
    ///
    /// # Panics
    /// When `cap` is zero.
    pub fn new(
        frame: StudyFrame,
        confidence: Confidence,
        targets: Vec<PrecisionTarget>,
        cap: u32,
    ) -> Self {
        assert!(cap > 0, "a cap of no replications");
        Self {
            analysis: Analysis::new(frame, confidence),
            targets,
            cap,
            looks: vec![look_after(0, cap)],
            next_chunk: 0,
            early: BTreeMap::new(),
            decision: None,
        }
    }

    /// The same without control variates.
    #[must_use]
    pub fn plain(self) -> Self {
        Self {
            analysis: self.analysis.plain(),
            ..self
        }
    }

    /// Adds a chunk, and looks when the prefix reaches a look. `Some` once the rule has ended; what
    /// comes later changes nothing.
    pub fn take(&mut self, chunk: Chunk) -> Option<Decision> {
        self.early.insert(chunk.number, chunk);
        while let Some(chunk) = self.early.remove(&self.next_chunk) {
            self.next_chunk += 1;
            for record in &chunk.records {
                if self.decision.is_some() {
                    break;
                }
                self.analysis.add(record);
                self.look();
            }
        }
        self.decision
    }

    /// The number of replications at the look that is awaited, or at which the rule ended.
    pub fn next_look(&self) -> u32 {
        self.looks.last().copied().unwrap_or(self.cap)
    }

    /// The numbers of replications looked at, the last one possibly still awaited.
    pub fn looks(&self) -> &[u32] {
        &self.looks
    }

    /// The replications up to the last one that counts.
    pub const fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Where the targets stand.
    pub fn standings(&self) -> Vec<Standing> {
        standings(&self.analysis, &self.targets)
    }

    fn look(&mut self) {
        let n = self.analysis.n();
        if n < self.next_look() {
            return;
        }
        let targets: Vec<Target> = by_policy(&self.analysis, &self.targets)
            .map(|(_, _, target)| target)
            .collect();
        match decide(u64::from(n), u64::from(self.cap), &targets) {
            Decision::Continue { .. } => self.looks.push(look_after(n, self.cap)),
            ended => self.decision = Some(ended),
        }
    }
}

/// The look after `n` replications, at most the cap.
fn look_after(n: u32, cap: u32) -> u32 {
    u32::try_from(next_look(u64::from(n))).map_or(cap, |look| look.min(cap))
}

/// Gets chunks on rayon's current pool until `watch` has seen enough. `chunk` simulates the chunk of
/// a number, in an experiment of as many replications as the cap, or fetches it from where it is
/// stored; `None` ends the search without a decision.
///
/// # Errors
/// What `chunk` gives; nothing more is asked of it then.
pub fn replicate_until_precise<E: Send>(
    watch: &mut Watch,
    chunk: impl Fn(u32) -> Result<Option<Chunk>, E> + Sync,
) -> Result<Option<Decision>, E> {
    let at_once = u32::try_from(rayon::current_num_threads() * SHARE).unwrap_or(u32::MAX);
    let mut first = 0;
    loop {
        // Looks are whole chunks, so nothing is simulated beyond the next one.
        let until = (first + at_once.div_ceil(CHUNK)).min(n_chunks(watch.next_look()));
        let chunks = (first..until)
            .into_par_iter()
            .map(&chunk)
            .collect::<Result<Vec<_>, E>>()?;
        first = until;
        for chunk in chunks {
            let Some(chunk) = chunk else { return Ok(None) };
            if let Some(decision) = watch.take(chunk) {
                return Ok(Some(decision));
            }
        }
    }
}
