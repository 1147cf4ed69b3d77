//! Arguments of the commands that spread a run over machines.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::StudyArguments;

pub(super) const MERGE_HELP: &str = "\
Example:
  zorgdruk run scenarios/small.toml --shard 1/2 --out one
  zorgdruk run scenarios/small.toml --shard 2/2 --out two
  zorgdruk merge whole one two

Exit codes: 0 done, 1 unexpected error, 2 the folders are not the shards of one run, 4 output exists \
or cannot be written.";

pub(super) const SLURM_HELP: &str = "\
Example, ten tasks of an eighth of a node each:
  zorgdruk slurm scenarios/nl-autumn-2021.toml --replications 20000 --tasks 10 --threads 16 \
--partition rome --out output/wide --submit

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario not valid, 4 output exists or \
cannot be written.";

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// Folder of the run that is made
    pub out: PathBuf,
    /// Folders of all shards, in any order
    #[arg(value_name = "DIR", required = true)]
    pub shards: Vec<PathBuf>,
    /// Replace the run in the folder
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `slurm`.
#[derive(Debug, Args)]
pub struct SlurmArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// What is simulated.
    #[command(flatten)]
    pub study: StudyArguments,
    /// Number of tasks, each one shard of the worlds; best a task takes 10 to 60 minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub tasks: u32,
    /// Threads of a task: the cores of the smallest part of a node that the cluster gives
    #[arg(long, value_name = "T", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: u16,
    /// Time limit of a task; a task that needs longer is queued again and goes on
    #[arg(long, value_name = "HH:MM:SS", default_value = "02:00:00")]
    pub time: String,
    /// Memory of a task, as Slurm takes it, for example 8G. Without it, what the cluster gives
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<String>,
    /// Partition. Without it, that of the cluster
    #[arg(long, value_name = "NAME")]
    pub partition: Option<String>,
    /// Account that pays. Without it, your own
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// Folder of scripts, shards and run. Without it, output/SCENARIO-slurm
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Submit the tasks, and the merge that waits for them
    #[arg(long)]
    pub submit: bool,
}
