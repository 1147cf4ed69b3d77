//! What the program says on standard error: remarks, and progress as a bar on a terminal.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::characters::shown;

const STYLE: &str = "{bar:30} {pos}/{len} worlds, {per_sec}, {eta} left";

/// Writes a remark. A closed standard error is no reason to stop.
pub(crate) fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(text));
}

/// Shows the progress of a run; any thread may report to it.
#[derive(Debug)]
pub(crate) enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar on a terminal.
    Bar(ProgressBar),
    /// Only remarks: logs and pipes have no use for a bar.
    Plain,
}

impl Progress {
    pub(crate) fn start(n: u32, quiet: bool) -> Self {
        if quiet {
            return Self::Silent;
        }
        if !io::stderr().is_terminal() {
            return Self::Plain;
        }
        let style = ProgressStyle::with_template(STYLE);
        let bar = ProgressBar::new(u64::from(n));
        Self::Bar(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Counts replications that need not be simulated, because they are stored.
    pub(crate) fn skip(&self, n: usize) {
        if let Self::Bar(bar) = self {
            bar.inc(n as u64);
            bar.reset_eta();
        }
    }

    /// Writes a remark without disturbing the bar, unless nothing is to be shown.
    pub(crate) fn remark(&self, text: &str) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.suspend(|| remark(text)),
            Self::Plain => remark(text),
        }
    }

    /// Counts one more replication.
    pub(crate) fn step(&self) {
        if let Self::Bar(bar) = self {
            bar.inc(1);
        }
    }

    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
