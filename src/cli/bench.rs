//! `bench`: how fast the program is on this machine, for scenarios as they are.

mod grown;
mod growth_rows;
mod measure;
mod rows;
mod scale;

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::{ExecutionArguments, OutputArguments, SeedArguments};
use crate::cli::failure::Failure;
use crate::cli::machine::{Clock, cores};
use crate::cli::output::check_free;
use crate::cli::terminal::remark;
use crate::run::CheckedScenario;
use crate::scenario::shipped;
use measure::{Effort, Findings, Measuring};
use scale::Growth;

/// Name of the table.
const FILE: &str = "bench.csv";
/// The policy that is compared with the baseline when none is named.
const POLICY: &str = "supplement-2021";

/// Measure how fast this program is on this machine
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk bench --quick
  zorgdruk bench scenarios/nl-autumn-2021.toml --threads 8 --out output/bench
  zorgdruk bench small --scale

Measure on an idle machine: whatever else it does is measured too.")]
#[command(mut_arg("seed", |seed| seed.help("Master seed").default_value("1")))]
#[command(mut_arg("out", |out| out.help("Write the table (bench.csv) into this folder too")))]
pub(crate) struct BenchArguments {
    /// The scenarios. By default, those that the program contains
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// Measure for seconds instead of minutes, to about ten percent
    #[arg(long)]
    quick: bool,
    /// Measure how time and memory grow with hospitals, patients, policies and weeks instead
    #[arg(long, conflicts_with_all = ["reach", "threads"])]
    scale: bool,
    /// Key of the policy to compare with the baseline. By default, supplement-2021 in scenarios that
    /// have it
    #[arg(long, value_name = "KEY")]
    policy: Option<String>,
    /// Precision of that comparison, in percentage points of region-weeks with displacement, with
    /// 95 % confidence
    #[arg(long, value_name = "POINTS", default_value_t = 0.5, value_parser = reach)]
    reach: f64,
    #[command(flatten)]
    seed: SeedArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    output: OutputArguments,
}

/// Half the width of an interval, from a hundredth of a point to all of them.
fn reach(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|points| (0.01..=100.0).contains(points))
        .ok_or_else(|| "allowed: 0.01 to 100 percentage points".to_owned())
}

pub(crate) fn bench(arguments: &BenchArguments) -> Result<(), Failure> {
    let table = arguments
        .output
        .out
        .as_ref()
        .map(|folder| folder.join(FILE));
    if let Some(table) = &table {
        check_free(table, arguments.output.force)?;
    }
    let scenarios = scenarios(arguments)?;
    let is_quiet = arguments.execution.is_quiet();
    if arguments.scale {
        let growths = of_each(&scenarios, arguments, |one| Ok(growth_of(one, arguments)))?;
        let text = || growth_rows::text(&growths);
        return growth_rows::csv(&growths).show(table.as_deref(), is_quiet, text);
    }
    let findings = of_each(&scenarios, arguments, |one| findings_of(one, arguments))?;
    rows::csv(&findings).show(table.as_deref(), is_quiet, || rows::text(&findings))
}

/// What `measure` finds of each scenario, with a word when one is done.
fn of_each<T>(
    scenarios: &[CheckedScenario],
    arguments: &BenchArguments,
    measure: impl Fn(&CheckedScenario) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let clock = Clock::start();
    let one = |scenario: &CheckedScenario| {
        let found = measure(scenario)?;
        if !arguments.execution.is_quiet() {
            let (key, seconds) = (&scenario.model.key, clock.seconds());
            remark(&format!("{key}: done after {seconds:.0} s"));
        }
        Ok(found)
    };
    scenarios.iter().map(one).collect()
}

/// All scenarios, read and checked before anything is measured.
fn scenarios(arguments: &BenchArguments) -> Result<Vec<CheckedScenario>, Failure> {
    let paths = if arguments.scenarios.is_empty() {
        shipped::scenarios()
            .into_iter()
            .map(PathBuf::from)
            .collect()
    } else {
        arguments.scenarios.clone()
    };
    let load = |path: &PathBuf| {
        let checked = CheckedScenario::load(path, &[])?;
        if let Some(key) = &arguments.policy {
            checked.policy(key)?;
        }
        Ok(checked)
    };
    paths.iter().map(load).collect()
}

impl BenchArguments {
    fn measuring(&self) -> Measuring {
        Measuring {
            effort: if self.quick {
                Effort::QUICK
            } else {
                Effort::FULL
            },
            seed: self.seed.seed.unwrap_or(1),
            n_threads: self.execution.threads.map_or_else(cores, usize::from),
        }
    }

    fn policy(&self) -> &str {
        self.policy.as_deref().unwrap_or(POLICY)
    }
}

fn findings_of(checked: &CheckedScenario, arguments: &BenchArguments) -> Result<Findings, Failure> {
    let measuring = arguments.measuring();
    let mut findings = measuring.scenario(&checked.model)?;
    if let Some(pair) = checked.pair(arguments.policy()) {
        findings.precision = measuring.precision(&pair, arguments.reach)?;
    }
    Ok(findings)
}

/// Under the policy that is asked for, or the baseline of a scenario that does not have it.
fn growth_of(checked: &CheckedScenario, arguments: &BenchArguments) -> Growth {
    let model = &checked.model;
    let key = match checked.policy(arguments.policy()) {
        Ok(_) => arguments.policy(),
        Err(_) => &model.policies()[model.baseline()].key,
    };
    Growth::measure(&arguments.measuring(), checked, key)
}
