//! `replay`: one world under one policy again, with everything that happens in it.

use std::path::{Path, PathBuf};

use clap::{Args, value_parser};

use crate::cli::arguments::{ChangeArguments, OutputArguments, SeedArguments};
use crate::cli::failure::Failure;
use crate::cli::output::{check_writable, write_to};
use crate::cli::scenario::{CheckedScenario, sound_manifest};
use crate::cli::terminal::remark;
use crate::experiment::record::CHUNK;
use crate::experiment::{Experiment, Measure, PolicyRecord};
use crate::outcome::Log;
use crate::report::replay_log::write_log;
use crate::report::{Manifest, RowStore, RunFolder};
use crate::scenario::limits;

/// Simulate one world under one policy again and log everything that happens
#[derive(Debug, Args)]
#[command(mut_arg("out", |out| out.value_name("FILE").help(
    "Write the log into this file. By default, to standard output"
)))]
pub(crate) struct ReplayArguments {
    /// The scenario, or the folder of an earlier run
    #[arg(value_name = "SCENARIO|RUN_DIR")]
    origin: PathBuf,
    /// Number of the world, from 0
    #[arg(long, value_name = "K", value_parser = value_parser!(u32).range(0..i64::from(limits::REPLICATIONS)))]
    replication: u32,
    /// Key of the policy
    #[arg(long, value_name = "KEY")]
    policy: String,
    #[command(flatten)]
    seed: SeedArguments,
    #[command(flatten)]
    changes: ChangeArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn replay(arguments: &ReplayArguments) -> Result<(), Failure> {
    let output = &arguments.output;
    if let Some(file) = &output.out {
        check_writable(file, output.force)?;
    }
    let origin = Origin::find(arguments)?;
    let policy = origin.checked.policy(&arguments.policy)?;
    let model = &origin.checked.model;
    let mut log = Log::default();
    let experiment = Experiment::new(model, origin.seed);
    let record = experiment.replay(arguments.replication, policy, &mut log);
    let planned = experiment.planned_patients(arguments.replication);
    write_to(output.out.as_deref(), |file| {
        write_log(&log, model, &planned, file)
    })?;
    remark(&measures(&record));
    origin.compare(arguments.replication, policy, &record)
}

/// Where a replay comes from: a scenario, or a run that is stored.
struct Origin {
    checked: CheckedScenario,
    seed: u64,
    run: Option<(RunFolder, Manifest)>,
}

impl Origin {
    fn find(arguments: &ReplayArguments) -> Result<Self, Failure> {
        if !RunFolder::is_run(&arguments.origin) {
            let checked = CheckedScenario::load(&arguments.origin, &arguments.changes.set)?;
            return Ok(Self {
                seed: arguments.seed.or_of(&checked.model),
                checked,
                run: None,
            });
        }
        if arguments.seed.seed.is_some() || !arguments.changes.set.is_empty() {
            let message = "a stored run has its own seed and settings: leave out --seed and --set";
            return Err(Failure::Usage(message.to_owned()));
        }
        Self::stored(&arguments.origin, arguments.replication)
    }

    /// The study of a run, from the copies of its files.
    fn stored(path: &Path, replication: u32) -> Result<Self, Failure> {
        let folder = RunFolder::open(path)?;
        let manifest = sound_manifest(&folder)?;
        let all = manifest.replications();
        if !all.contains(&replication) {
            let (first, last) = (all.start, all.end - 1);
            let message =
                format!("the run has replications {first} to {last}, and no {replication}");
            return Err(Failure::Usage(message));
        }
        let checked = CheckedScenario::stored(&folder, &manifest, &[])?;
        Ok(Self {
            checked,
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
        let (version, commit) = (&manifest.version, &manifest.commit);
        Err(Failure::Unexpected(
            format!("the stored row differs: it was made by version {version} at commit {commit}")
                .into(),
        ))
    }
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
