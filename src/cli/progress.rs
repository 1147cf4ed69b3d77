//! Progress of a run on standard error: a bar on a terminal, otherwise a line now and then.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::machine::Clock;
use crate::cli::remark;

/// Seconds between two lines when standard error is no terminal.
const LINE_SECONDS: f64 = 30.0;
const STYLE: &str = "{bar:30} {pos}/{len} worlds, {per_sec}, {eta} left";

/// Shows how far a run is; can be told so from any thread.
#[derive(Debug)]
pub(crate) enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar on a terminal.
    Bar(ProgressBar),
    /// A line now and then.
    Lines(Lines),
}

/// Lines now and then.
#[derive(Debug)]
pub(crate) struct Lines {
    clock: Clock,
    n: u32,
    done: AtomicU32,
    skipped: AtomicU32,
    last: Mutex<f64>,
}

impl Progress {
    pub(crate) fn start(n: u32, quiet: bool) -> Self {
        if quiet {
            return Self::Silent;
        }
        if !io::stderr().is_terminal() {
            return Self::Lines(Lines {
                clock: Clock::start(),
                n,
                done: AtomicU32::new(0),
                skipped: AtomicU32::new(0),
                last: Mutex::new(0.0),
            });
        }
        let style = ProgressStyle::with_template(STYLE);
        let bar = ProgressBar::new(u64::from(n));
        Self::Bar(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Replications that need not be simulated, because they are stored.
    pub(crate) fn skip(&self, n: usize) {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        match self {
            Self::Silent => {}
            Self::Bar(bar) => {
                bar.inc(u64::from(n));
                bar.reset_eta();
            }
            Self::Lines(lines) => {
                lines.skipped.fetch_add(n, Ordering::Relaxed);
            }
        }
    }

    /// Says something in between, unless nothing is to be shown.
    pub(crate) fn say(&self, text: &str) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.suspend(|| remark(text)),
            Self::Lines(_) => remark(text),
        }
    }

    /// One more replication is done.
    pub(crate) fn step(&self) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.inc(1),
            Self::Lines(lines) => lines.step(),
        }
    }

    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Lines {
    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let now = self.clock.seconds();
        // Another thread that holds the lock is about to print the same.
        let Ok(mut last) = self.last.try_lock() else {
            return;
        };
        if now - *last >= LINE_SECONDS {
            *last = now;
            let there = done + self.skipped.load(Ordering::Relaxed);
            let left = now / f64::from(done) * f64::from(self.n.saturating_sub(there));
            remark(&format!(
                "{there} of {} worlds, about {left:.0} s left",
                self.n
            ));
        }
    }
}
