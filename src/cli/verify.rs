//! `verify`: known answers, side by side with what this program gives.

use core::fmt::Write as _;

use crate::cli::arguments::VerifyArguments;
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::table::{CsvTable, check_writable, number};
use crate::cli::{print, remark};
use crate::verify::{Check, Effort, LIMIT, NOT_APPLICABLE, verify as run};

pub(crate) fn verify(arguments: &VerifyArguments) -> Result<(), Failure> {
    let clock = Clock::start();
    if let Some(path) = &arguments.csv {
        check_writable(path, true)?;
    }
    let effort = Effort {
        seed: arguments.seed,
        ..if arguments.thorough {
            Effort::THOROUGH
        } else {
            Effort::QUICK
        }
    };
    let checks = run(&effort, |part| {
        if !arguments.quiet {
            remark(&format!("{part}: done after {:.0} s", clock.seconds()));
        }
    });
    if let Some(path) = &arguments.csv {
        csv(&checks).save(path).map_err(Failure::output)?;
    }
    print(&table(&checks))?;
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

fn csv(checks: &[Check]) -> CsvTable {
    let mut table = CsvTable::new(&[
        "test",
        "quantity",
        "by",
        "expected",
        "got",
        "standard_error",
        "z",
        "verdict",
    ]);
    for check in checks {
        let words = [check.test, &check.quantity, check.by.name()].map(str::to_owned);
        let numbers = [check.expected, check.got, check.standard_error, check.z()];
        let mut row = words.to_vec();
        row.extend(numbers.map(number));
        row.push(verdict(check).to_owned());
        table.push(row);
    }
    table
}

fn verdict(check: &Check) -> &'static str {
    if check.passes() { "pass" } else { "FAIL" }
}
