//! The results of a run in memory.

use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::experiment::estimand::Estimand;
use crate::experiment::replicate::{n_chunks, replications};
use crate::experiment::{Chunk, ReplicationRecord, StudyFrame};
use crate::report::folder::Existing;
use crate::report::{self, Data, Evidence, Manifest, ReportError, RowStore, RunFolder, Worlds};
use crate::run::checked::sound_manifest;
use crate::run::plan::write_input;
use crate::run::{
    CheckedScenario, Observer, Remarks, RunError, Simulate, simulator, write_reports,
};
use crate::scenario::Scenario;
use crate::statistics::interval::Estimate;

/// The results of a run: its worlds, and everything that follows from them.
#[derive(Debug)]
pub struct Results {
    evidence: Evidence,
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
        Ok(Some(Self {
            evidence: Evidence::of_memory(chunks, plan)?,
            scenario: Some(checked.scenario.clone()),
        }))
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
            evidence: Evidence::gather(&folder)?,
            scenario: None,
        })
    }

    /// What everything follows from.
    pub const fn evidence(&self) -> &Evidence {
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
        let (Some(scenario), Worlds::Packed(chunks)) = (&self.scenario, self.evidence.worlds())
        else {
            let message = "these results were read from a folder: copy that one";
            return Err(RunError::Usage(message.to_owned()));
        };
        let plan = &self.evidence.manifest;
        let folder = RunFolder::create(path, existing)?;
        write_input(scenario, plan, None, &folder)?;
        let store = RowStore::reported(&folder, plan);
        for (number, bytes) in (0..).zip(chunks) {
            store.write_packed(number, bytes)?;
        }
        Ok(write_reports(&self.evidence, &folder, plan.language)?)
    }
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
        let record = simulator.replicate(replication)?;
        observer.step();
        Ok(Some(record))
    });
    let records: Vec<Option<ReplicationRecord>> = records.collect::<Result<_, ReportError>>()?;
    let records: Option<Vec<ReplicationRecord>> = records.into_iter().collect();
    Ok(records.map(|records| Chunk { number, records }))
}
