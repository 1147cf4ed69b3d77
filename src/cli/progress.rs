//! Progress of a run on standard error: a bar on a terminal, and nothing elsewhere.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::remark;

const STYLE: &str = "{bar:30} {pos}/{len} worlds, {per_sec}, {eta} left";

/// Shows how far a run is; can be told so from any thread.
#[derive(Debug)]
pub(crate) enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar on a terminal.
    Bar(ProgressBar),
    /// Only what happens in between: logs and pipes have no use for a bar.
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

    /// Replications that need not be simulated, because they are stored.
    pub(crate) fn skip(&self, n: usize) {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        if let Self::Bar(bar) = self {
            bar.inc(u64::from(n));
            bar.reset_eta();
        }
    }

    /// Says something in between, unless nothing is to be shown.
    pub(crate) fn say(&self, text: &str) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.suspend(|| remark(text)),
            Self::Plain => remark(text),
        }
    }

    /// One more replication is done.
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
