//! What is measured of one scenario.
//!
//! Parts are timed one replication at a time on one thread, in processor time where the system
//! reports it, so that other load changes little. Throughput is replications per second of
//! wall-clock time.

use rayon::iter::{ParallelBridge, ParallelIterator};

use crate::cli::failure::Failure;
use crate::cli::machine::{Clock, Peak, Stopwatch, pool, process_seconds};
use crate::experiment::estimand::Estimand;
use crate::experiment::replicate::n_chunks;
use crate::experiment::{Experiment, Part, StudyFrame};
use crate::model::Model;
use crate::outcome::{Entry, Recorder};
use crate::statistics::confidence::Confidence;
use crate::statistics::paired::Paired;

/// The estimand whose difference is to be known precisely: E2.
const ESTIMAND: &str = "displaced_region_weeks";

/// How long is measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Replications of which the parts are timed.
    timed: u32,
    /// Seconds of simulating with each number of threads.
    seconds: f64,
    /// Replications from which the spread of a difference is estimated.
    spread: u32,
}

impl Effort {
    /// Minutes for all shipped scenarios.
    pub(super) const FULL: Self = Self {
        timed: 25,
        seconds: 10.0,
        spread: 512,
    };
    /// Seconds.
    pub(super) const QUICK: Self = Self {
        timed: 5,
        seconds: 1.0,
        spread: 64,
    };
}

/// How to measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measuring {
    pub(super) effort: Effort,
    pub(super) seed: u64,
    /// Most threads to measure with.
    pub(super) n_threads: usize,
}

/// Measurements of one scenario. Times are medians, in seconds.
#[derive(Debug, Clone)]
pub(super) struct Findings {
    /// Key of the scenario.
    pub(super) scenario: String,
    /// Patients of a world.
    pub(super) n_patients: f64,
    pub(super) world: f64,
    pub(super) burn_in: f64,
    pub(super) twin: f64,
    /// Of one run.
    pub(super) account: f64,
    /// In the order of the scenario.
    pub(super) policies: Vec<PolicyRun>,
    pub(super) throughput: Vec<Throughput>,
    /// Most memory that the program held while it simulated, in bytes.
    pub(super) peak: Option<u64>,
    pub(super) precision: Option<Precision>,
}

/// One run under a policy, from the end of the burn-in.
#[derive(Debug, Clone)]
pub(super) struct PolicyRun {
    pub(super) policy: String,
    pub(super) seconds: f64,
    pub(super) n_events: f64,
    /// Median over worlds of a world's time by its own events.
    pub(super) seconds_per_event: f64,
}

/// How many replications were simulated with a number of threads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Throughput {
    pub(super) threads: usize,
    pub(super) replications: usize,
    /// Wall-clock time.
    pub(super) seconds: f64,
    /// Processor time of all threads, where the system reports it.
    pub(super) core_seconds: Option<f64>,
}

/// What it takes to know a difference to the baseline precisely.
#[derive(Debug, Clone)]
pub(super) struct Precision {
    pub(super) policy: String,
    pub(super) baseline: String,
    /// Half the width of the interval, in percentage points.
    pub(super) reach: f64,
    /// Standard deviation of the difference in one world, in percentage points.
    pub(super) deviation: f64,
    /// Worlds that it takes.
    pub(super) worlds: f64,
    /// Processor time of one world under both policies.
    pub(super) core_seconds: f64,
}

impl Measuring {
    /// Everything but [`Findings::precision`].
    pub(super) fn scenario(&self, model: &Model) -> Result<Findings, Failure> {
        let experiment = Experiment::new(model, self.seed);
        // A first replication warms up, so that one-time work is not measured.
        experiment.replicate(0);
        let mut findings = self.parts(&experiment, model);
        let peak = Peak::watch();
        findings.throughput = threads(self.n_threads)
            .into_iter()
            .map(|threads| self.throughput(&experiment, threads))
            .collect::<Result<_, _>>()?;
        findings.peak = peak.bytes();
        Ok(findings)
    }

    /// The parts of replications alone, and the most memory that one takes.
    pub(super) fn alone(&self, model: &Model) -> Findings {
        let experiment = Experiment::new(model, self.seed);
        let peak = Peak::watch();
        experiment.replicate(0);
        let peak = peak.bytes();
        Findings {
            peak,
            ..self.parts(&experiment, model)
        }
    }

    fn parts(&self, experiment: &Experiment<'_>, model: &Model) -> Findings {
        let timed: Vec<Timed> = (0..self.effort.timed)
            .map(|replication| Timed::replicate(experiment, replication))
            .collect();
        let policies = model.policies.iter().enumerate();
        let policies = policies.map(|(position, policy)| PolicyRun {
            policy: policy.key.clone(),
            seconds: median(timed.iter().map(|one| one.policies[position])),
            n_events: median(timed.iter().map(|one| one.n_events[position])),
            seconds_per_event: median(
                (timed.iter()).map(|one| one.policies[position] / one.n_events[position]),
            ),
        });
        Findings {
            scenario: model.key.clone(),
            n_patients: median(timed.iter().map(|one| one.n_patients)),
            world: median(timed.iter().map(|one| one.world)),
            burn_in: median(timed.iter().map(|one| one.burn_in)),
            twin: median(timed.iter().map(|one| one.twin)),
            account: median(timed.iter().flat_map(|one| one.accounts.iter().copied())),
            policies: policies.collect(),
            throughput: Vec::new(),
            peak: None,
            precision: None,
        }
    }

    fn throughput(
        &self,
        experiment: &Experiment<'_>,
        threads: usize,
    ) -> Result<Throughput, Failure> {
        let pool = pool(threads)?;
        let (clock, before) = (Clock::start(), process_seconds());
        let goes_on = |_: &u32| clock.seconds() < self.effort.seconds;
        let replications = pool.install(|| {
            let replications = (0..u32::MAX).take_while(goes_on).par_bridge();
            replications
                .map(|replication| experiment.replicate(replication))
                .count()
        });
        Ok(Throughput {
            threads,
            replications,
            seconds: clock.seconds(),
            core_seconds: difference(process_seconds(), before),
        })
    }

    /// What it takes to know the difference between the two policies of `pair` within `reach`
    /// percentage points; nothing where it does not vary.
    pub(super) fn precision(&self, pair: &Model, reach: f64) -> Result<Option<Precision>, Failure> {
        let (frame, estimand) = (StudyFrame::new(pair), Estimand::named(ESTIMAND));
        let Some(estimand) = estimand else {
            return Ok(None);
        };
        let baseline = pair.baseline;
        // The only two positions are 0 and 1.
        let policy = 1 - baseline;
        let experiment = Experiment::new(pair, self.seed);
        let pool = pool(self.n_threads)?;
        let (clock, before) = (Clock::start(), process_seconds());
        let n = self.effort.spread;
        let mut differences = Paired::default();
        for number in 0..n_chunks(n) {
            let chunk = pool.install(|| experiment.chunk(number, n, &|| {}));
            for record in &chunk.records {
                let value = |policy: usize| record.policies[policy].measure(estimand.measure());
                differences.add(value(policy), value(baseline));
            }
        }
        let spent = difference(process_seconds(), before).unwrap_or_else(|| clock.seconds());
        let deviation = differences.difference().variance().sqrt() * estimand.factor(&frame);
        if !(deviation.is_finite() && deviation > 0.0) {
            return Ok(None);
        }
        let worlds = Confidence::P95.z() * deviation / reach;
        Ok(Some(Precision {
            policy: pair.policies[policy].key.clone(),
            baseline: pair.policies[baseline].key.clone(),
            reach,
            deviation,
            worlds: (worlds * worlds).ceil(),
            core_seconds: spent / f64::from(n),
        }))
    }
}

/// The parts of one replication, in seconds.
#[derive(Debug, Clone, Default)]
struct Timed {
    n_patients: f64,
    world: f64,
    burn_in: f64,
    twin: f64,
    policies: Vec<f64>,
    accounts: Vec<f64>,
    /// Events under each policy.
    n_events: Vec<f64>,
}

impl Timed {
    fn replicate(experiment: &Experiment<'_>, replication: u32) -> Self {
        let (mut timed, mut watch) = (Self::default(), Stopwatch::start());
        experiment.replicate_in_parts(replication, &mut |part| {
            let seconds = watch.lap();
            match part {
                Part::World { n_patients } => {
                    timed.n_patients = n_patients as f64;
                    timed.world = seconds;
                }
                Part::Twin => timed.twin = seconds,
                Part::BurnIn => timed.burn_in = seconds,
                Part::Policy => timed.policies.push(seconds),
                Part::Account => timed.accounts.push(seconds),
            }
        });
        timed.n_events = (0..timed.policies.len())
            .map(|policy| n_events(experiment, replication, policy))
            .collect();
        timed
    }
}

/// Events of one world under one policy.
fn n_events(experiment: &Experiment<'_>, replication: u32, policy: usize) -> f64 {
    let mut counter = Counter::default();
    experiment.replay(replication, policy, &mut counter);
    counter.n_events as f64
}

/// Counts events without recording them.
#[derive(Debug, Default)]
struct Counter {
    n_events: u64,
}

impl Recorder for Counter {
    const LISTENS: bool = false;

    fn record(&mut self, _entry: Entry) {}

    fn event(&mut self) {
        self.n_events += 1;
    }
}

/// Powers of two, and `most`.
fn threads(most: usize) -> Vec<usize> {
    let doubled = |n: &usize| Some(2 * n);
    let mut all: Vec<usize> = core::iter::successors(Some(1), doubled)
        .take_while(|n| *n < most)
        .collect();
    all.push(most);
    all
}

fn difference(end: Option<f64>, start: Option<f64>) -> Option<f64> {
    Some(end? - start?)
}

/// The middle one of some numbers, the upper one of two.
fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_double_up_to_all() {
        assert_eq!(threads(1), [1], "one core");
        assert_eq!(threads(2), [1, 2], "two cores");
        assert_eq!(threads(6), [1, 2, 4, 6], "all of them at the end");
    }

    #[test]
    fn a_median_is_the_middle_one() {
        let of = |numbers: &[f64]| median(numbers.iter().copied());
        assert!((of(&[9.0, 1.0, 2.0]) - 2.0).abs() < 1e-12, "of three");
        assert!(of(&[]).is_nan(), "of none");
    }
}
