//! The results of a run in memory.

use std::path::Path;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::experiment::estimand::Estimand;
use crate::experiment::replicate::{n_chunks, replications};
use crate::experiment::{Chunk, ReplicationRecord, StudyFrame};
use crate::report::folder::{Existing, UNCERTAIN};
use crate::report::{self, Data, Evidence, Manifest, ReportError, RowStore, RunFolder, Worlds};
use crate::run::checked::sound_manifest;
use crate::run::plan::{uncertain, write_input};
use crate::run::{
    CheckedScenario, Observer, Remarks, RunError, Simulate, simulator, write_reports,
};
use crate::scenario::Scenario;
use crate::statistics::interval::Estimate;

/// The results of a run: its worlds, and everything that follows from them.
#[derive(Debug)]
pub struct Results {
    evidence: Arc<Evidence>,
    /// What it was made from; the folder of a stored run has that.
    scenario: Option<Scenario>,
}

impl Results {
    /// Simulates the run that `plan` describes, with its worlds in memory, on the current thread pool of
    /// rayon; `None` when `observer` stopped it. Results do not depend on the number of threads.
    ///
    /// # Errors
    /// [`RunError::Usage`] when the plan is that of one shard, or of another scenario.
    pub fn simulate(
        checked: &CheckedScenario,
        plan: Manifest,
        observer: &dyn Observer,
    ) -> Result<Option<Self>, RunError> {
        Self::simulate_both(checked, plan, 0, observer)
    }

    /// As [`Self::simulate`], and `n_uncertain` more worlds beside these, in which what is not known is
    /// drawn too; with 0, none.
    ///
    /// # Errors
    /// As [`Self::simulate`], and [`RunError::Usage`] when nothing is uncertain.
    pub fn simulate_both(
        checked: &CheckedScenario,
        plan: Manifest,
        n_uncertain: u32,
        observer: &dyn Observer,
    ) -> Result<Option<Self>, RunError> {
        if n_uncertain > 0 && checked.model.uncertain.is_empty() {
            let message = "the scenario has no [uncertainty], so nothing can be drawn";
            return Err(RunError::Usage(message.to_owned()));
        }
        let beside = uncertain(&plan, n_uncertain);
        let Some(mut evidence) = simulated(checked, plan, observer)? else {
            return Ok(None);
        };
        if n_uncertain > 0 {
            let Some(beside) = simulated(checked, beside, observer)? else {
                return Ok(None);
            };
            evidence.uncertain = Some(Arc::new(beside));
        }
        Ok(Some(Self {
            evidence: Arc::new(evidence),
            scenario: Some(checked.scenario.clone()),
        }))
    }

    /// The run beside this one in which what is not known is drawn too, if there is one.
    pub fn uncertain(&self) -> Option<Self> {
        Some(Self {
            evidence: Arc::clone(self.evidence.uncertain.as_ref()?),
            scenario: None,
        })
    }

    /// Reads the results of a run that has finished from its folder.
    ///
    /// # Errors
    /// [`RunError::Usage`] when `path` is not the folder of a run or its copies have changed, and
    /// [`RunError::Report`] when a file cannot be read, or is damaged.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        let folder = RunFolder::open(path)?;
        sound_manifest(&folder)?;
        Ok(Self {
            evidence: Arc::new(Evidence::gather(&folder)?),
            scenario: None,
        })
    }

    /// What everything follows from.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// A table in memory, by the name of its file without the extension, such as `summary`; one of the
    /// worlds themselves too, such as `worlds_day`. `None` when there is no such table.
    ///
    /// # Errors
    /// [`RunError::Report`] when stored worlds cannot be read.
    pub fn table(&self, name: &str) -> Result<Option<Data>, RunError> {
        Ok(report::table(&self.evidence, name)?)
    }

    /// An estimate, by the keys of policy and estimand; `None` when there is no such policy or estimand.
    pub fn estimate(&self, policy: &str, estimand: &str) -> Option<Estimate> {
        let analysis = &self.evidence.analysis;
        let mut policies = analysis.frame().policies.iter();
        let policy = policies.position(|one| one.key == policy)?;
        Some(analysis.estimate(policy, Estimand::position(estimand)?))
    }

    /// Writes the folder that the program writes of this run, except `runtime.json`.
    ///
    /// # Errors
    /// [`RunError::Usage`] when the run has a folder already, and [`RunError::Report`] when something is in
    /// the way or cannot be written.
    pub fn save(&self, path: &Path, existing: Existing) -> Result<Remarks, RunError> {
        let Some(scenario) = &self.scenario else {
            let message =
                "these results stand in a folder, or beside others: copy that one, or save those";
            return Err(RunError::Usage(message.to_owned()));
        };
        let plan = &self.evidence.manifest;
        let folder = RunFolder::create(path, existing)?;
        write_worlds(scenario, &self.evidence, &folder)?;
        if let Some(beside) = &self.evidence.uncertain {
            let beside_it = RunFolder::create(&folder.path().join(UNCERTAIN), Existing::Keep)?;
            write_worlds(scenario, beside, &beside_it)?;
        }
        Ok(write_reports(&self.evidence, &folder, plan.language)?)
    }
}

/// Writes the copies, the plan and the worlds of a run in memory into its folder.
fn write_worlds(
    scenario: &Scenario,
    evidence: &Evidence,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    let plan = &evidence.manifest;
    write_input(scenario, plan, None, folder)?;
    let Worlds::Packed(chunks) = evidence.worlds() else {
        return Ok(());
    };
    let store = RowStore::reported(folder, plan);
    let mut numbered = (0..).zip(chunks);
    numbered.try_for_each(|(number, bytes)| store.write_packed(number, bytes))
}

/// Simulates the run that `plan` describes; `None` when `observer` stopped it.
fn simulated(
    checked: &CheckedScenario,
    plan: Manifest,
    observer: &dyn Observer,
) -> Result<Option<Evidence>, RunError> {
    if plan.shard.is_some() || plan.frame != StudyFrame::new(&checked.model) {
        let message = "a run in memory has all worlds of its own scenario";
        return Err(RunError::Usage(message.to_owned()));
    }
    let (simulator, origin) = (simulator(checked, &plan)?, plan.origin());
    let numbers = (0..n_chunks(plan.n_replications)).into_par_iter();
    let packed = |number| {
        let chunk = chunk(&*simulator, number, &plan, observer)?;
        let bytes = chunk.map(|chunk| chunk.to_bytes(&origin)).transpose();
        bytes.map_err(|source| ReportError::Rows {
            path: "memory".into(),
            source,
        })
    };
    let chunks: Vec<Option<Vec<u8>>> = numbers.map(packed).collect::<Result<_, _>>()?;
    let Some(chunks) = chunks.into_iter().collect() else {
        return Ok(None);
    };
    Ok(Some(Evidence::of_memory(chunks, plan)?))
}

/// The worlds of a chunk; `None` when the observer stopped the run.
fn chunk(
    simulator: &dyn Simulate,
    number: u32,
    plan: &Manifest,
    observer: &dyn Observer,
) -> Result<Option<Chunk>, ReportError> {
    let worlds = replications(number, plan.n_replications).into_par_iter();
    let records = worlds.map(|replication| {
        if !observer.goes_on() {
            return Ok(None);
        }
        let record = simulator.replicate(replication, observer)?;
        if record.is_some() {
            observer.step();
        }
        Ok(record)
    });
    let records: Vec<Option<ReplicationRecord>> = records.collect::<Result<_, ReportError>>()?;
    let records: Option<Vec<ReplicationRecord>> = records.into_iter().collect();
    Ok(records.map(|records| Chunk { number, records }))
}
