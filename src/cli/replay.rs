//! `replay`: one world under one policy again, with everything that happens in it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, value_parser};

use crate::cli::arguments::{ChangeArguments, OutputArguments, QuietArguments, SeedArguments};
use crate::cli::failure::Failure;
use crate::cli::output::{check_writable, goes_to_pipe, show};
use crate::cli::terminal::remark;
use crate::experiment::record::CHUNK;
use crate::experiment::{Experiment, Measure, PolicyRecord};
use crate::model::study::Study;
use crate::outcome::Log;
use crate::report::replay_log::write_log;
use crate::report::terminal::{aligned, wrapped};
use crate::report::{Manifest, RowStore, RunFolder};
use crate::run::Draws;
use crate::run::checked::{CheckedScenario, sound_manifest};
use crate::scenario::limits;
use crate::units::Day;

/// Simulate one world under one policy again and log everything that happens
#[derive(Debug, Args)]
#[command(mut_arg("out", |out| out.value_name("FILE").help(
    "Write the log into this file. By default, a pipe gets the log and a terminal what it comes to"
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
    #[command(flatten)]
    quiet: QuietArguments,
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
    let (out, is_quiet) = (output.out.as_deref(), arguments.quiet.quiet);
    let write = |file: &mut dyn Write| write_log(&log, model, &planned, file);
    let text = format!(
        "World {} of {} under {}, seed {}\n\n{}\n{}",
        arguments.replication,
        model.key,
        arguments.policy,
        origin.seed,
        told(&log, &model.study),
        measures(&record)
    );
    show(out, is_quiet, write, || text.clone())?;
    if goes_to_pipe(out) && !is_quiet {
        remark(&text);
    }
    origin.compare(arguments.replication, policy, &record, is_quiet)
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
        let mut checked = CheckedScenario::stored(&folder, &manifest, &[])?;
        if manifest.uncertain {
            let drawn = Draws::new(&checked, &manifest)?.settings(replication);
            checked = CheckedScenario::stored(&folder, &manifest, &drawn)?;
        }
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
        is_quiet: bool,
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
            if !is_quiet {
                remark("equal to the stored row");
            }
            return Ok(());
        }
        let (version, commit) = (&manifest.version, &manifest.commit);
        Err(Failure::Unexpected(
            format!("the stored row differs: it was made by version {version} at commit {commit}")
                .into(),
        ))
    }
}

/// What happened, how often, and from when to when.
fn told(log: &Log, study: &Study) -> String {
    let mut counts: BTreeMap<&str, (u64, [Day; 2])> = BTreeMap::new();
    for entry in &log.entries {
        let day = entry.time.day();
        let (times, [_, last]) = counts.entry(entry.what.key()).or_insert((0, [day, day]));
        *times += 1;
        *last = day;
    }
    let mut rows = vec![
        ["what happened", "times", "first", "last"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for (what, (times, days)) in counts {
        let [first, last] = days.map(|day| study.date(day).to_string());
        rows.push(vec![what.to_owned(), times.to_string(), first, last]);
    }
    let n = log.entries.len();
    let sentence =
        format!("The log has {n} entries; --out FILE, or a pipe, gives them as a table (CSV).");
    format!("{}\n{}\n", aligned(&rows), wrapped(&sentence))
}

/// The measures of a record, one per line.
fn measures(record: &PolicyRecord) -> String {
    let mut rows = vec![["measure", "value", "unit"].map(str::to_owned).to_vec()];
    for (measure, value) in Measure::ALL.iter().zip(&record.measures) {
        let (name, unit, _) = measure.describe();
        rows.push(vec![name.to_owned(), value.to_string(), unit.to_owned()]);
    }
    aligned(&rows)
}
