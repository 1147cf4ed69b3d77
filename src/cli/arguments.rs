//! What can be asked of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::Language;
use crate::scenario::limits;

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 130 interrupted.";

const BACKTEST_HELP: &str = "\
Example: zorgdruk backtest scenarios/small.toml --observed scenarios/observed-example.csv

The format of the observed data is in docs/observed.md.

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 130 interrupted.";

const CALIBRATE_HELP: &str = "\
Example: zorgdruk calibrate scenarios/small.toml --observed scenarios/observed-example.csv \
--out output/fitted

Stays of COVID patients are fitted by likelihood to admissions and censuses; uncertain figures of \
staff and policy by simulation to other IC patients, hospitals that fail the norm, and operations. \
The format of the observed data, and which figure needs what, is in docs/observed.md.

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 130 interrupted.";

/// Simulates Dutch hospitals under a wave of COVID patients, and reports how often IC-dependent
/// critical plannable care is displaced under each policy.
#[derive(Debug, Parser)]
#[command(name = "zorgdruk", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate a scenario under all its policies and write tables and figures
    #[command(after_help = AFTER_HELP)]
    Run(RunArguments),
    /// Check a scenario without simulating it
    #[command(after_help = AFTER_HELP)]
    Check(CheckArguments),
    /// List the sentences of the policy documents, and what turns them
    #[command(after_help = AFTER_HELP)]
    Rules(RulesArguments),
    /// Simulate one world under one policy again and log everything that happens
    #[command(after_help = AFTER_HELP)]
    Replay(ReplayArguments),
    /// Select the best policy of a scenario, with as few worlds as that takes
    #[command(after_help = AFTER_HELP)]
    Select(SelectArguments),
    /// Make the tables and figures of an earlier run again from its stored rows
    #[command(after_help = AFTER_HELP)]
    Report(ReportArguments),
    /// Go through a grid of levers, every point in the same worlds
    #[command(after_help = AFTER_HELP)]
    Sweep(SweepArguments),
    /// Find out which uncertain figures matter
    #[command(after_help = AFTER_HELP)]
    Sensitivity(SensitivityArguments),
    /// Compare a simulated study with what was observed
    #[command(after_help = BACKTEST_HELP)]
    Backtest(BacktestArguments),
    /// Fit figures of a scenario to what was observed
    #[command(after_help = CALIBRATE_HELP)]
    Calibrate(CalibrateArguments),
    /// Run models whose results theory gives exactly, and compare
    #[command(after_help = AFTER_HELP)]
    Verify(VerifyArguments),
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// Simulate this policy of the scenario; repeat for more. Without it, all policies
    #[arg(long = "policy", value_name = "KEY")]
    pub policies: Vec<String>,
    /// Number of possible worlds; more give narrower intervals
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
    pub replications: Option<u32>,
    /// Precision instead of a number of worlds
    #[command(flatten)]
    pub precision: PrecisionArguments,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario, for example `staff.workforce_share=0.9`; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write into this folder. Without it, into output/SCENARIO-1, -2 and so on
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the run in the folder
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Language of conclusion and figures
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub lang: Lang,
    /// Draw no figures
    #[arg(long)]
    pub no_figures: bool,
}

/// How precisely a run is to know what.
#[derive(Debug, Args)]
pub struct PrecisionArguments {
    /// Simulate until this is known so precisely, for example `displaced_share:absolute=0.5`,
    /// `displaced:relative=0.05`, or for the difference to the baseline
    /// `displaced_share@supplement-2021:absolute=0.5`; repeat for more
    #[arg(
        long = "precision",
        value_name = "TARGET",
        conflicts_with = "replications"
    )]
    pub targets: Vec<String>,
    /// Most worlds to simulate for the precision asked. Without it, 20000
    #[arg(long, value_name = "N", requires = "targets", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
    pub max_replications: Option<u32>,
    /// Report on as many fresh worlds as the precision took, not on those that were looked at
    #[arg(long, requires = "targets")]
    pub confirm: bool,
}

/// Arguments of `select`.
#[derive(Debug, Args)]
pub struct SelectArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// Key of the estimand, a mean over worlds
    #[arg(long, value_name = "KEY", default_value = "displaced")]
    pub estimand: String,
    /// Smallest difference worth detecting, in the unit of the estimand
    #[arg(long, value_name = "DELTA")]
    pub indifference: f64,
    /// Probability of selecting the best policy when it leads by at least the indifference zone
    #[arg(long, value_name = "P", default_value_t = 0.95)]
    pub confidence: f64,
    /// Larger is better. Without it, smaller is
    #[arg(long)]
    pub largest: bool,
    /// Most worlds to simulate
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub max_replications: u32,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// Change a value of the scenario before it is checked; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Check too that its numbers fit together: with a bed for everyone, the simulated censuses must
    /// be those that follow from admissions and stays
    #[arg(long)]
    pub deep: bool,
    /// Worlds to simulate for --deep
    #[arg(long, value_name = "N", requires = "deep", default_value_t = 256, value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub replications: u32,
    /// Master seed for --deep. Without it, that of the scenario
    #[arg(long, value_name = "S", requires = "deep")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", requires = "deep", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct RulesArguments {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// The scenario, or the folder of an earlier run
    #[arg(value_name = "SCENARIO|RUN_DIR")]
    pub origin: PathBuf,
    /// Number of the world, from 0
    #[arg(long, value_name = "K")]
    pub replication: u32,
    /// Key of the policy
    #[arg(long, value_name = "KEY")]
    pub policy: String,
    /// Master seed, for a scenario. Without it, that of the scenario
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write the log into this file. Without it, to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Folder of an earlier run
    pub run_dir: PathBuf,
    /// Language of conclusion and figures. Without it, that of the run
    #[arg(long, value_enum)]
    pub lang: Option<Lang>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// What designs simulate.
#[derive(Debug, Args)]
pub struct WorldArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// Simulate this policy of the scenario; repeat for more
    #[arg(long = "policy", value_name = "KEY")]
    pub policies: Vec<String>,
    /// Number of possible worlds, the same for every point
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
    pub replications: Option<u32>,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write the table (CSV) into this file. Without it, to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print nothing but the table and errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `sweep`.
#[derive(Debug, Args)]
pub struct SweepArguments {
    /// What is simulated.
    #[command(flatten)]
    pub worlds: WorldArguments,
    /// A lever with the values that it takes, for example
    /// `policy.supplement-2021.lead_days=1,3,5`; repeat for every combination
    #[arg(long = "set-grid", value_name = "KEY=VALUE,VALUE", required = true)]
    pub levers: Vec<String>,
}

/// Arguments of `sensitivity`.
#[derive(Debug, Args)]
pub struct SensitivityArguments {
    /// What is simulated. Without --policy, the baseline; --replications is for a tornado only
    #[command(flatten)]
    pub worlds: WorldArguments,
    /// How to look
    #[arg(long, value_enum, default_value_t = Method::Tornado)]
    pub method: Method,
    /// What to look at, by its key in the data dictionary
    #[arg(long, value_name = "KEY", default_value = "displaced_share")]
    pub estimand: String,
    /// Subtract the same estimand under this policy, in the same worlds
    #[arg(long, value_name = "KEY")]
    pub minus: Option<String>,
    /// Rows of the design: base points of morris (20), rows of sobol (256), parameter sets of split
    /// (256)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub rows: Option<u32>,
}

/// A way to look at uncertain figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Each figure low and high, all others as written
    Tornado,
    /// Elementary effects over the whole range, beside their noise
    Morris,
    /// Shares of variance, corrected for noise
    Sobol,
    /// The variance split into parameters and chance
    Split,
}

/// Arguments of `backtest`.
#[derive(Debug, Args)]
pub struct BacktestArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// What was observed (CSV with the columns date, series, region and value)
    #[arg(long, value_name = "FILE")]
    pub observed: PathBuf,
    /// Simulate this policy of the scenario. Without it, the first one with a calendar of phases,
    /// or else the baseline
    #[arg(long, value_name = "KEY")]
    pub policy: Option<String>,
    /// Number of possible worlds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub replications: Option<u32>,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write into this folder. Without it, into output/SCENARIO-backtest-1, -2 and so on
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the run in the folder
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Language of conclusion and figures
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub lang: Lang,
    /// Draw no figures
    #[arg(long)]
    pub no_figures: bool,
}

/// Arguments of `calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// What was observed (CSV with the columns date, series, region and value)
    #[arg(long, value_name = "FILE")]
    pub observed: PathBuf,
    /// Write the fitted scenario and the table of figures into this folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Simulate this policy of the scenario. Without it, the first one with a calendar of phases,
    /// or else the baseline
    #[arg(long, value_name = "KEY")]
    pub policy: Option<String>,
    /// Fit this figure of [uncertainty] by simulation; repeat for more. Without it, those of staff
    /// and policy
    #[arg(long = "figure", value_name = "PATH", conflicts_with = "stays_only")]
    pub figures: Vec<String>,
    /// Fit stays only, without simulating
    #[arg(long)]
    pub stays_only: bool,
    /// Parameter sets to simulate; more are taken when there are many figures
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(8..=4_096))]
    pub sets: u32,
    /// Worlds to simulate each parameter set in
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = clap::value_parser!(u32).range(3..=4_096))]
    pub replications: u32,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Replace the files of an earlier fit
    #[arg(long)]
    pub force: bool,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// Spend a million replications on each hospital: tens of minutes instead of one
    #[arg(long)]
    pub thorough: bool,
    /// Master seed
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Write the table as CSV into this file too
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print nothing but the table
    #[arg(long, short)]
    pub quiet: bool,
}

/// A language, as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Dutch
    Nl,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Nl => Self::Nl,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }
}
