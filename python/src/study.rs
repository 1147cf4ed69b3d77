//! A checked scenario, and its runs.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;
use rayon::ThreadPoolBuilder;
use zorgdruk::model::uncertainty::Belief;
use zorgdruk::report::Manifest;
use zorgdruk::run::plan::{plan, usual_uncertain};
use zorgdruk::run::{self, CheckedScenario, Observer, RunError};

use crate::errors::exception;
use crate::results::Results;

/// How long Ctrl-C and progress wait at most.
const PATIENCE: Duration = Duration::from_millis(50);

/// A scenario that was read and checked.
#[pyclass(frozen, module = "zorgdruk._zorgdruk")]
pub(crate) struct Study(CheckedScenario);

#[pymethods]
impl Study {
    /// Reads a scenario: a file, or the name of one that the program contains.
    #[new]
    fn new(py: Python<'_>, path: PathBuf, settings: Vec<String>) -> PyResult<Self> {
        let read = py.detach(|| CheckedScenario::load(&path, &settings));
        read.map(Self).map_err(|error| exception(py, error))
    }

    /// The same scenario with more settings; no file is read again.
    fn with_settings(&self, py: Python<'_>, settings: Vec<String>) -> PyResult<Self> {
        let changed = py.detach(|| CheckedScenario::checked(self.0.scenario.with(&settings)));
        changed.map(Self).map_err(|error| exception(py, error))
    }

    /// Key and title.
    fn named(&self) -> (&str, &str) {
        (&self.0.model.key, &self.0.model.title.en)
    }

    /// Key, label and description of each policy, the baseline's position, and the number of worlds and
    /// the seed by default.
    fn asked(&self) -> (Vec<(&str, &str, &str)>, usize, u32, u64) {
        let model = &self.0.model;
        let policies = model.policies().iter();
        let policies = policies.map(|policy| {
            let (label, description) = (&policy.label.en, &policy.description.en);
            (policy.key.as_str(), label.as_str(), description.as_str())
        });
        let defaults = model.defaults;
        (
            policies.collect(),
            model.baseline(),
            defaults.n_replications,
            defaults.seed,
        )
    }

    /// Every value that a setting changes, as JSON.
    fn levers(&self) -> PyResult<String> {
        let json = serde_json::to_string(&self.0.scenario.levers());
        json.map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Path, lowest and highest value of each uncertain figure, and its values where they are listed.
    fn uncertain(&self) -> Vec<(&str, f64, f64, Option<Vec<f64>>)> {
        let figures = self.0.model.uncertain.iter();
        let figures = figures.map(|figure| {
            let listed = match &figure.belief {
                Belief::Values(values) => Some(values.clone()),
                Belief::Bounded(_) | Belief::CutOff(_) => None,
            };
            let (low, high) = (figure.value(0.0), figure.value(1.0));
            (figure.path.as_str(), low, high, listed)
        });
        figures.collect()
    }

    /// The settings of the uncertain figures at these probabilities, one for each.
    fn settings_at(&self, point: Vec<f64>) -> Vec<String> {
        let figures = self.0.model.uncertain.iter().zip(point);
        figures.map(|(figure, u)| figure.setting(u)).collect()
    }

    /// What has no effect, one line each.
    fn remarks(&self) -> Vec<String> {
        self.0.remarks()
    }

    /// Simulates, on threads of its own, while this one looks out for Ctrl-C.
    #[expect(clippy::too_many_arguments, reason = "Python has names for them")]
    #[pyo3(signature = (n, policies, threads, seed, figures, uncertain, progress))]
    fn run(
        &self,
        py: Python<'_>,
        n: Option<u32>,
        policies: Vec<String>,
        threads: usize,
        seed: Option<u64>,
        figures: bool,
        uncertain: Option<u32>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Results> {
        let mut checked = self.0.clone();
        let prepared = checked.keep_policies(&policies).and_then(|_| {
            let plan = plan(&checked)?;
            Ok(Manifest {
                n_replications: n.unwrap_or(plan.n_replications),
                seed: seed.unwrap_or(plan.seed),
                figures,
                ..plan
            })
        });
        let plan = prepared.map_err(|error| exception(py, error))?;
        let uncertain =
            uncertain.unwrap_or_else(|| usual_uncertain(&checked.model, plan.n_replications));
        simulate(py, &checked, (plan, uncertain), threads, progress.as_ref())
    }
}

fn simulate(
    py: Python<'_>,
    checked: &CheckedScenario,
    (plan, n_uncertain): (Manifest, u32),
    threads: usize,
    progress: Option<&Py<PyAny>>,
) -> PyResult<Results> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let (watched, n) = (Watched::default(), plan.n_replications + n_uncertain);
    let (sender, receiver) = channel();
    let receiver = Mutex::new(receiver);
    let wait = || {
        let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
        receiver.recv_timeout(PATIENCE)
    };
    let (simulated, interrupted) = thread::scope(|scope| {
        let watched = &watched;
        scope.spawn(move || {
            let simulated =
                pool.install(|| run::Results::simulate_both(checked, plan, n_uncertain, watched));
            // Who waits for it is in this function too.
            let _ = sender.send(simulated);
        });
        let mut interrupted = Ok(());
        loop {
            match py.detach(wait) {
                Err(RecvTimeoutError::Timeout) if interrupted.is_ok() => {
                    interrupted = watched.look_out(py, progress, n);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(simulated) => return (Some(simulated), interrupted),
                Err(RecvTimeoutError::Disconnected) => return (None, interrupted),
            }
        }
    });
    interrupted?;
    watched.look_out(py, progress, n)?;
    let bug = || RunError::Usage("this is a bug in zorgdruk: the simulation broke off".to_owned());
    let simulated = simulated.unwrap_or_else(|| Err(bug()));
    let results = simulated.map_err(|error| exception(py, error))?;
    results
        .map(Results::new)
        .ok_or_else(|| PyKeyboardInterrupt::new_err(()))
}

/// Counts worlds, and stops when it was told to.
#[derive(Debug, Default)]
struct Watched {
    is_stopped: AtomicBool,
    n_done: AtomicU32,
}

impl Watched {
    /// Calls what shows progress; an exception there, or Ctrl-C, stops the run.
    fn look_out(&self, py: Python<'_>, progress: Option<&Py<PyAny>>, n: u32) -> PyResult<()> {
        let shown = progress.map_or(Ok(()), |progress| {
            let done = self.n_done.load(Ordering::Relaxed);
            progress.call1(py, (done, n)).map(drop)
        });
        let seen = shown.and_then(|()| py.check_signals());
        if seen.is_err() {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        seen
    }
}

impl Observer for Watched {
    fn step(&self) {
        self.n_done.fetch_add(1, Ordering::Relaxed);
    }

    fn goes_on(&self) -> bool {
        !self.is_stopped.load(Ordering::Relaxed)
    }
}
