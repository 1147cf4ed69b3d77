//! `verify`: known answers, side by side with what this program gives.

use core::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::arguments::{JsonArguments, QuietArguments, SeedArguments};
use crate::cli::csv_table::CsvTable;
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::output::{check_writable, print};
use crate::cli::terminal::remark;
use crate::verify::{Check, Effort, LIMIT, NOT_APPLICABLE, verify as run};

/// Compare this program with models whose results follow from theory
#[derive(Debug, Args)]
#[command(mut_arg("seed", |seed| seed.help("Master seed").default_value("1")))]
pub(crate) struct VerifyArguments {
    /// Spend a million replications on each hospital: tens of minutes instead of one
    #[arg(long)]
    thorough: bool,
    #[command(flatten)]
    seed: SeedArguments,
    /// Write the table as CSV into this file too
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Replace an earlier table
    #[arg(long, requires = "csv")]
    force: bool,
    #[command(flatten)]
    quiet: QuietArguments,
    #[command(flatten)]
    json: JsonArguments,
}

pub(crate) fn verify(arguments: &VerifyArguments) -> Result<(), Failure> {
    let clock = Clock::start();
    if let Some(path) = &arguments.csv {
        check_writable(path, arguments.force)?;
    }
    let effort = Effort {
        seed: arguments.seed.seed.unwrap_or(1),
        ..if arguments.thorough {
            Effort::THOROUGH
        } else {
            Effort::QUICK
        }
    };
    if !arguments.quiet.quiet {
        let how_long = if arguments.thorough {
            "tens of minutes"
        } else {
            "about a minute"
        };
        remark(&format!("this takes {how_long} on two cores"));
    }
    let checks = run(&effort, |part| {
        if !arguments.quiet.quiet {
            remark(&format!("{part}: done after {:.0} s", clock.seconds()));
        }
    });
    if let Some(path) = &arguments.csv {
        csv(&checks).write(Some(path))?;
    }
    if arguments.json.json {
        let checks: Vec<Value> = checks.iter().map(as_json).collect();
        print(&format!("{:#}\n", Value::from(checks)))?;
    } else {
        print(&table(&checks))?;
    }
    conclusion(&checks)
}

fn conclusion(checks: &[Check]) -> Result<(), Failure> {
    let failed = checks.iter().filter(|check| !check.passes()).count();
    if failed == 0 {
        return Ok(());
    }
    let n = checks.len();
    Err(Failure::Disagreement(format!(
        "{failed} of {n} known answers did not come out"
    )))
}

fn table(checks: &[Check]) -> String {
    let mut text = rows(checks);
    let passed = checks.iter().filter(|check| check.passes()).count();
    let _ = writeln!(
        text,
        "\n{passed} of {} known answers come out within {LIMIT} standard errors.\n\nNot checked:",
        checks.len()
    );
    for left_out in NOT_APPLICABLE {
        let _ = writeln!(text, "- {}: {}", left_out.test, left_out.reason);
    }
    text
}

/// One line per check, under a heading.
pub(crate) fn rows(checks: &[Check]) -> String {
    let mut text = format!(
        "{:<22} {:<58} {:<9} {:>12} {:>12} {:>10} {:>6}\n",
        "test", "quantity", "by", "expected", "got", "std error", "z"
    );
    for check in checks {
        let _ = writeln!(
            text,
            "{:<22} {:<58} {:<9} {:>12.6} {:>12.6} {:>10.6} {:>6.2} {}",
            check.test,
            check.quantity,
            check.by.name(),
            check.expected,
            check.got,
            check.standard_error,
            check.z(),
            verdict(check)
        );
    }
    text
}

/// A known answer for programs.
fn as_json(check: &Check) -> Value {
    json!({
        "test": check.test,
        "quantity": check.quantity,
        "by": check.by.name(),
        "expected": check.expected,
        "got": check.got,
        "standard_error": check.standard_error,
        "z": check.z(),
        "passes": check.passes(),
    })
}

fn csv(checks: &[Check]) -> CsvTable {
    let mut table = CsvTable::new("test quantity by expected got standard_error z verdict");
    for check in checks {
        table.push(vec![
            check.test.into(),
            check.quantity.clone().into(),
            check.by.name().into(),
            check.expected.into(),
            check.got.into(),
            check.standard_error.into(),
            check.z().into(),
            verdict(check).into(),
        ]);
    }
    table
}

fn verdict(check: &Check) -> &'static str {
    match (check.passes(), check.is_doubtful()) {
        (false, _) => "FAIL",
        (true, true) => "doubtful",
        (true, false) => "pass",
    }
}
