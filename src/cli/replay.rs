//! `replay`: one world under one policy again, with everything that happens in it.

use std::io;
use std::path::Path;

use crate::cli::arguments::ReplayArguments;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::table::check_writable;
use crate::cli::{print_with, remark};
use crate::experiment::record::CHUNK;
use crate::experiment::{Experiment, Measure, PolicyRecord};
use crate::outcome::Log;
use crate::report::folder::Unfinished;
use crate::report::log::write_log;
use crate::report::{Manifest, ReportError, RowStore, RunFolder};

pub(crate) fn replay(arguments: &ReplayArguments) -> Result<(), Failure> {
    if let Some(file) = &arguments.out {
        check_writable(file, arguments.force)?;
    }
    let origin = Origin::find(arguments)?;
    let policy = origin.prepared.policy(&arguments.policy)?;
    let model = &origin.prepared.model;
    let mut log = Log::default();
    let record =
        Experiment::new(model, origin.seed).replay(arguments.replication, policy, &mut log);
    match &arguments.out {
        Some(path) => write_to(path, |file| write_log(&log, model, file))?,
        None => print_with(|out| write_log(&log, model, out))?,
    }
    remark(&measures(&record));
    origin.compare(arguments.replication, policy, &record)
}

/// Where a replay comes from: a scenario, or a run that is stored.
struct Origin {
    prepared: Prepared,
    seed: u64,
    run: Option<(RunFolder, Manifest)>,
}

impl Origin {
    fn find(arguments: &ReplayArguments) -> Result<Self, Failure> {
        if !RunFolder::is_run(&arguments.origin) {
            let prepared = Prepared::load(&arguments.origin, &arguments.set)?;
            return Ok(Self {
                seed: arguments.seed.unwrap_or(prepared.model.defaults.seed),
                prepared,
                run: None,
            });
        }
        if arguments.seed.is_some() || !arguments.set.is_empty() {
            let message = "a stored run has its own seed and settings: leave out --seed and --set";
            return Err(Failure::Usage(message.to_owned()));
        }
        Self::stored(&arguments.origin, arguments.replication)
    }

    /// The study of a run, from the copies of its files.
    fn stored(path: &Path, replication: u32) -> Result<Self, Failure> {
        let folder = RunFolder::open(path)?;
        let manifest = Manifest::read(&folder)?;
        let all = manifest.replications();
        if !all.contains(&replication) {
            let (first, last) = (all.start, all.end - 1);
            let message =
                format!("the run has replications {first} to {last}, and no {replication}");
            return Err(Failure::Usage(message));
        }
        let prepared = Prepared::stored(&folder, &manifest)?;
        Ok(Self {
            prepared,
            seed: manifest.seed,
            run: Some((folder, manifest)),
        })
    }

    /// Compares the replayed record with the stored one, if there is one.
    fn compare(
        &self,
        replication: u32,
        policy: usize,
        found: &PolicyRecord,
    ) -> Result<(), Failure> {
        let Some((folder, manifest)) = &self.run else {
            return Ok(());
        };
        let stored = RowStore::reported(folder, manifest).beginning(replication / CHUNK)?;
        let stored = stored
            .iter()
            .find(|record| record.replication == replication)
            .and_then(|record| record.policies.get(policy));
        if stored == Some(found) {
            remark("equal to the stored row");
            return Ok(());
        }
        Err(Failure::Unexpected(anyhow::anyhow!(
            "the stored row differs: it was made by version {} at commit {}",
            manifest.version,
            manifest.commit
        )))
    }
}

fn write_to(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> Result<(), ReportError>,
) -> Result<(), Failure> {
    let mut file = Unfinished::begin(path).map_err(Failure::output)?;
    write(&mut file).map_err(Failure::output)?;
    file.finish().map_err(Failure::output)
}

/// The measures of a record, one per line.
fn measures(record: &PolicyRecord) -> String {
    let lines = Measure::ALL
        .iter()
        .zip(&record.measures)
        .map(|(measure, value)| {
            let (name, unit, _) = measure.describe();
            format!("{name:<28} {value:>12} {unit}")
        });
    lines.collect::<Vec<_>>().join("\n")
}
