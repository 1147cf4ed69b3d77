//! What can be asked of the program.

mod observed;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::experiment::Shard;
use crate::report::Language;
use crate::scenario::limits;

use crate::statistics::accumulate::MAX_COUNT;
pub use observed::{BacktestArguments, CalibrateArguments};

// What may be asked for can be added up exactly.
const _: () = assert!((limits::REPLICATIONS as u64) <= MAX_COUNT);

mod bench;
mod cluster;

pub use bench::BenchArguments;
pub use cluster::{MergeArguments, SlurmArguments};

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario or observed data not valid, \
4 output exists or cannot be written, 75 terminated and to be resumed, 130 interrupted.";

const ABLATE_HELP: &str = "\
Example: zorgdruk ablate scenarios/small.toml --policy supplement-2021 --out output/ablation

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario not valid, 4 output exists or \
cannot be written, 130 interrupted.";

const REPORT_HELP: &str = "\
Examples:
  zorgdruk report output/small-1 --lang nl
  zorgdruk report output/small-1 --pdf

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 4 output cannot be written.";

const RUN_HELP: &str = "\
Examples:
  zorgdruk run scenarios/small.toml --replications 500 --out output/try
  zorgdruk run --resume output/try

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario not valid, 4 output exists or \
cannot be written, 75 terminated and to be resumed, 130 interrupted.";

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
    #[command(after_help = RUN_HELP)]
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
    #[command(after_help = REPORT_HELP)]
    Report(ReportArguments),
    /// Make one run of the parts that `run --shard` simulated
    #[command(after_help = cluster::MERGE_HELP)]
    Merge(MergeArguments),
    /// Write the scripts that simulate a scenario on a Slurm cluster, and submit them
    #[command(after_help = cluster::SLURM_HELP)]
    Slurm(SlurmArguments),
    /// Go through a grid of levers, every point in the same worlds
    #[command(after_help = AFTER_HELP)]
    Sweep(SweepArguments),
    /// Find out which uncertain figures matter
    #[command(after_help = AFTER_HELP)]
    Sensitivity(SensitivityArguments),
    /// Compare a simulated study with what was observed
    #[command(after_help = observed::BACKTEST_HELP)]
    Backtest(BacktestArguments),
    /// Fit figures of a scenario to what was observed
    #[command(after_help = observed::CALIBRATE_HELP)]
    Calibrate(CalibrateArguments),
    /// Find out what each rule of a policy does: switch it off alone, in the same worlds
    #[command(after_help = ABLATE_HELP)]
    Ablate(AblateArguments),
    /// Run models whose results theory gives exactly, and compare
    #[command(after_help = AFTER_HELP)]
    Verify(VerifyArguments),
    /// Measure how fast this program is on this machine
    #[command(after_help = bench::BENCH_HELP)]
    Bench(BenchArguments),
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The scenario; to resume a run, its own copy is enough
    #[arg(required_unless_present = "resume")]
    pub scenario: Option<PathBuf>,
    /// What is simulated.
    #[command(flatten)]
    pub study: StudyArguments,
    /// Precision instead of a number of worlds
    #[command(flatten)]
    pub precision: PrecisionArguments,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Write into this folder. Without it, into output/SCENARIO-1, -2 and so on
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the run in the folder
    #[arg(long)]
    pub force: bool,
    /// Go on with the run in this folder, which ends with the same bytes as if it had never stopped;
    /// with a scenario, begin it there if there is none yet
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "force"])]
    pub resume: Option<PathBuf>,
    /// Simulate part i of N equal parts of the worlds; `merge` makes one run of all parts
    #[arg(long, value_name = "i/N", conflicts_with = "targets")]
    pub shard: Option<Shard>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// What a run simulates of its scenario, and how it reports.
#[derive(Debug, Args)]
pub struct StudyArguments {
    /// Simulate this policy of the scenario; repeat for more. Without it, all policies
    #[arg(long = "policy", value_name = "KEY")]
    pub policies: Vec<String>,
    /// Number of possible worlds; more give narrower intervals
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
    pub replications: Option<u32>,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Change a value of the scenario, for example `staff.workforce_share=0.9`; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Language of conclusion and figures; `en` if not given
    #[arg(long, value_enum)]
    pub lang: Option<Lang>,
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
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "targets", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
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
    #[arg(long, value_name = "DELTA", allow_negative_numbers = true)]
    pub indifference: f64,
    /// Probability of selecting the best policy when it leads by at least the indifference zone
    #[arg(
        long,
        value_name = "P",
        allow_negative_numbers = true,
        default_value_t = 0.95
    )]
    pub confidence: f64,
    /// Larger is better. Without it, smaller is
    #[arg(long)]
    pub largest: bool,
    /// Most worlds to simulate
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub max_replications: u32,
    /// Master seed; the same seed gives the same worlds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1_024))]
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
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "deep", default_value_t = 256, value_parser = clap::value_parser!(u32).range(2..=i64::from(limits::REPLICATIONS)))]
    pub replications: u32,
    /// Master seed for --deep. Without it, that of the scenario
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed, requires = "deep")]
    pub seed: Option<u64>,
    /// Threads to simulate with; the results do not depend on it. Without it, all cores
    #[arg(long, value_name = "T", allow_negative_numbers = true, requires = "deep", value_parser = clap::value_parser!(u16).range(1..=1_024))]
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
    /// Print the table that traces each sentence to code, test and switch, as Markdown
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// The scenario, or the folder of an earlier run
    #[arg(value_name = "SCENARIO|RUN_DIR")]
    pub origin: PathBuf,
    /// Number of the world, from 0
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..i64::from(limits::REPLICATIONS)))]
    pub replication: u32,
    /// Key of the policy
    #[arg(long, value_name = "KEY")]
    pub policy: String,
    /// Master seed, for a scenario. Without it, that of the scenario
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Change a value of the scenario; repeat for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write the log into this file. Without it, to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace an earlier file
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Folder of an earlier run
    pub run_dir: PathBuf,
    /// Report on the worlds so far of a run that did not finish
    #[arg(long)]
    pub so_far: bool,
    /// Language of conclusion, figures and brief. Without it, that of the run
    #[arg(long, value_enum)]
    pub lang: Option<Lang>,
    /// Write brief.pdf too: two accessible pages with question, answer, policies and one figure
    #[arg(long)]
    pub pdf: bool,
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
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
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
    /// Write the table (CSV) into this file. Without it, to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace earlier files
    #[arg(long)]
    pub force: bool,
    /// Print nothing but the table and errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// The figure of a design.
#[derive(Debug, Args)]
pub struct FigureArguments {
    /// Draw what was found into this file, which ends in .svg or .png: of a sweep the response to one
    /// lever under one policy, of a sensitivity the tornado
    #[arg(long, value_name = "FILE", value_parser = crate::cli::figure::name)]
    pub figure: Option<PathBuf>,
    /// Language of the figure
    #[arg(long, value_enum, default_value_t = Lang::En, requires = "figure")]
    pub lang: Lang,
}

/// Arguments of `sweep`.
#[derive(Debug, Args)]
pub struct SweepArguments {
    /// What is simulated.
    #[command(flatten)]
    pub worlds: WorldArguments,
    /// A lever with the values that it takes, for example
    /// `policy.supplement-2021.lead_days=1,3,5`; repeat for every combination. Without it, the levers
    /// of the scenario's table sweep
    #[arg(long = "set-grid", value_name = "KEY=VALUE,VALUE")]
    pub levers: Vec<String>,
    /// What the figure shows, by its key in the data dictionary
    #[arg(
        long,
        value_name = "KEY",
        default_value = "displaced_share",
        requires = "figure"
    )]
    pub estimand: String,
    /// Its figure
    #[command(flatten)]
    pub figure: FigureArguments,
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
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub rows: Option<u32>,
    /// Its figure
    #[command(flatten)]
    pub figure: FigureArguments,
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

/// Arguments of `ablate`.
#[derive(Debug, Args)]
pub struct AblateArguments {
    /// The scenario
    pub scenario: PathBuf,
    /// Key of the policy whose rules are switched off in turn
    #[arg(long, value_name = "KEY")]
    pub policy: String,
    /// What to look at, by its key in the data dictionary
    #[arg(long, value_name = "KEY", default_value = "displaced_share")]
    pub estimand: String,
    /// Number of possible worlds, the same for every rule
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::REPLICATIONS)))]
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
    /// Write the table (ablation.csv) and the figure (SVG and PNG) into this folder too
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an earlier ablation in the folder
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Language of table and figure
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub lang: Lang,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// Spend a million replications on each hospital: tens of minutes instead of one
    #[arg(long)]
    pub thorough: bool,
    /// Master seed
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed, default_value_t = 1)]
    pub seed: u64,
    /// Write the table as CSV into this file too
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print nothing but the table
    #[arg(long, short)]
    pub quiet: bool,
}

/// A master seed.
fn seed(text: &str) -> Result<u64, String> {
    let wrong = |_| format!("allowed: a whole number from 0 to {}", u64::MAX);
    text.parse().map_err(wrong)
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

    #[test]
    fn a_negative_number_is_told_what_is_allowed() {
        for (command, option) in [
            ("run a.toml", "--replications"),
            ("run a.toml", "--seed"),
            ("run a.toml", "--threads"),
            ("sweep a.toml", "--replications"),
            ("sensitivity a.toml", "--rows"),
            ("check a.toml --deep", "--seed"),
            ("verify", "--seed"),
            ("slurm a.toml", "--tasks"),
            ("bench", "--reach"),
            ("backtest a.toml --observed o.csv", "--replications"),
            ("calibrate a.toml --observed o.csv --out o", "--sets"),
            ("replay a.toml --policy p", "--replication"),
        ] {
            let words = ["zorgdruk"].into_iter().chain(command.split(' '));
            let given = Arguments::try_parse_from(words.chain([option, "-1"]));
            let said = given.expect_err(command).to_string();
            assert!(said.contains("invalid value '-1'"), "{command}: {said}");
            let has_range = said.contains("..") || said.contains("allowed");
            assert!(has_range, "{command} {option}: {said}");
        }
    }
}
