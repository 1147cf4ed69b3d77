//! What can be asked about observed data.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::{Lang, seed};
use crate::scenario::limits;

pub(super) const BACKTEST_HELP: &str = "\
Example: zorgdruk backtest scenarios/small.toml --observed scenarios/observed-example.csv

The format of the observed data is in docs/observed.md.

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 75 terminated and to be resumed, 130 interrupted.";

pub(super) const CALIBRATE_HELP: &str = "\
Example: zorgdruk calibrate scenarios/small.toml --observed scenarios/observed-example.csv \
--out output/fitted

Stays of COVID patients are fitted by likelihood to admissions and censuses; uncertain figures of \
staff and policy by simulation to other IC patients, hospitals that fail the norm, and operations. \
The format of the observed data, and which figure needs what, is in docs/observed.md.

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 130 interrupted.";

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
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub replications: Option<u32>,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Change a value of the scenario; repeat for more
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
    /// Fit this figure of the table uncertainty by simulation; repeat for more. Without it, those of
    /// staff, policy and acute care
    #[arg(long = "figure", value_name = "PATH", conflicts_with = "stays_only")]
    pub figures: Vec<String>,
    /// Fit stays only, without simulating
    #[arg(long)]
    pub stays_only: bool,
    /// Parameter sets to simulate in each of two rounds; more are taken when there are many figures
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 64, value_parser = clap::value_parser!(u32).range(8..=4_096))]
    pub sets: u32,
    /// Worlds to simulate each parameter set in
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 24, value_parser = clap::value_parser!(u32).range(3..=4_096))]
    pub replications: u32,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1_024))]
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
