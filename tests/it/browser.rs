//! The report in a browser, where there is one.

use std::io::Write;
use std::process::Command;

use crate::html::{SCRIPT, reported};

/// Exit code of the check when something that it needs is not installed.
const NOT_INSTALLED: i32 = 2;

/// Says so plainly: what is printed otherwise is kept back for a test that passes.
fn skipped(why: &str) {
    let message = format!("\nNOT CHECKED in a browser: {}\n", why.trim());
    std::io::stderr()
        .write_all(message.as_bytes())
        .expect("standard error");
}

#[test]
fn a_browser_sorts_filters_switches_language_and_asks_for_nothing() {
    let (place, _) = reported(true);
    let report = place.path().join("report.html");
    let label = format!("{SCRIPT} </svg></main>");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/check.mjs");
    let mut check = Command::new("node");
    let Ok(output) = check.arg(script).arg(report).args(["-", &label]).output() else {
        return skipped("node is not installed (apt-get install nodejs chromium poppler-utils)");
    };
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(NOT_INSTALLED) {
        return skipped(&format!("{said} (apt-get install chromium poppler-utils)"));
    }
    assert!(output.status.success(), "{said}");
}
