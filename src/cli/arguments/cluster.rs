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
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub tasks: u32,
    /// Threads of a task: the cores of the smallest part of a node that the cluster gives
    #[arg(long, value_name = "T", allow_negative_numbers = true, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: u16,
    /// Time limit of a task; a task that needs longer is queued again and goes on
    #[arg(long, value_name = "HH:MM:SS", default_value = "02:00:00", value_parser = time)]
    pub time: String,
    /// Memory of a task, as Slurm takes it, for example 8G. Without it, what the cluster gives
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<String>,
    /// Partition. Without it, that of the cluster
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub partition: Option<String>,
    /// Account that pays. Without it, your own
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub account: Option<String>,
    /// Folder of scripts, shards and run. Without it, output/SCENARIO-slurm
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Submit the tasks, and the merge that waits for them
    #[arg(long)]
    pub submit: bool,
}

/// A time limit, in one of the forms that `sbatch` takes: minutes, minutes:seconds,
/// hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.
fn time(text: &str) -> Result<String, String> {
    let (days, rest) = text
        .split_once('-')
        .map_or((None, text), |(days, rest)| (Some(days), rest));
    let all: Vec<&str> = days.into_iter().chain(rest.split(':')).collect();
    let is_number = |part: &&str| {
        (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let most = if days.is_some() { 4 } else { 3 };
    if all.len() <= most && all.iter().all(is_number) {
        return Ok(text.to_owned());
    }
    Err("allowed: MM, MM:SS, HH:MM:SS, D-HH, D-HH:MM or D-HH:MM:SS".to_owned())
}

/// An amount of memory.
fn size(text: &str) -> Result<String, String> {
    let digits = text.trim_end_matches(['K', 'M', 'G', 'T']);
    let is_number = (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && text.len() - digits.len() <= 1 {
        return Ok(text.to_owned());
    }
    Err("allowed: a whole number, with K, M, G or T after it if need be".to_owned())
}

/// A name of the cluster, or several.
fn name(text: &str) -> Result<String, String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.,:@+-".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_allowed) {
        return Ok(text.to_owned());
    }
    Err("allowed: letters, digits and _ . , : @ + -".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_script_is_of_the_form_that_slurm_takes() {
        for text in ["90", "90:00", "02:00:00", "1-12", "1-12:30", "1-12:30:00"] {
            assert!(time(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "foo",
            "1:2:3:4",
            "1-",
            "-1",
            "1-2-3",
            "1 2",
            "1\n2",
            "1-1:1:1:1",
        ] {
            assert!(time(text).is_err(), "{text:?} is no time");
        }
        assert!(name("gpu_mig,rome:a@b.c+d-1").is_ok(), "names");
        for text in ["", "a b$(id)", "a\nb", "a;b", "\u{e9}"] {
            assert!(name(text).is_err(), "{text:?} is no name");
        }
        assert!(size("8G").is_ok() && size("4096").is_ok(), "sizes");
        for text in ["", "G", "8GB", "8 G", "8G\n", "-8G"] {
            assert!(size(text).is_err(), "{text:?} is no size");
        }
    }
}
