//! Arguments of `bench`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::seed;

pub(super) const BENCH_HELP: &str = "\
Examples:
  zorgdruk bench --quick
  zorgdruk bench scenarios/nl-autumn-2021.toml --threads 8 --out output/bench

Measure on a quiet machine: whatever else it does is measured too.

Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 scenario not valid, 4 output exists or \
cannot be written, 130 interrupted.";

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub struct BenchArguments {
    /// The scenarios. Without them, those in the folder scenarios
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Measure for seconds instead of minutes: good to a tenth or so
    #[arg(long)]
    pub quick: bool,
    /// Most threads to measure with. Without it, one per core
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub threads: Option<u16>,
    /// Key of the policy whose difference to the baseline is to be known precisely. Without it,
    /// supplement-2021 in scenarios that have it
    #[arg(long, value_name = "KEY")]
    pub policy: Option<String>,
    /// How precisely, in percentage points of region-weeks with displacement, with 95 % confidence
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, default_value_t = 0.5, value_parser = reach)]
    pub reach: f64,
    /// Master seed
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed, default_value_t = 1)]
    pub seed: u64,
    /// Write the table (bench.csv) into this folder too
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an earlier table in the folder
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print nothing but the table
    #[arg(long, short)]
    pub quiet: bool,
}

/// Half the width of an interval, from a hundredth of a point to all of them.
fn reach(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|points| (0.01..=100.0).contains(points))
        .ok_or_else(|| "allowed: 0.01 to 100 percentage points".to_owned())
}
