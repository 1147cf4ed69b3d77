//! What the program says on standard error: remarks, and progress as a bar on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::characters::shown;

const STYLE: &str = "{bar:30} {pos}/{len} worlds, {per_sec}, {eta} left";

/// Writes a remark. A closed standard error is no reason to stop.
pub(crate) fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(text));
}

/// Seconds between two lines of progress.
const PAUSE: f64 = 30.0;
/// Worlds that tell how long the rest takes.
const FIRST: u32 = 10;

/// Progress in lines.
#[derive(Debug)]
pub(crate) struct Lines {
    since: Instant,
    said_at: f64,
    done: usize,
    /// Those done that were not stored already.
    simulated: u32,
    all: u32,
}

impl Lines {
    #[expect(
        clippy::disallowed_methods,
        reason = "for readers of a log, never for a result"
    )]
    fn of(all: u32) -> Self {
        Self {
            since: Instant::now(),
            said_at: 0.0,
            done: 0,
            simulated: 0,
            all,
        }
    }

    fn step(&mut self) {
        self.done += 1;
        self.simulated += 1;
        let now = self.since.elapsed().as_secs_f64();
        let left = self
            .all
            .saturating_sub(u32::try_from(self.done).unwrap_or(u32::MAX));
        let left = now * f64::from(left) / f64::from(self.simulated);
        let is_first = self.simulated == FIRST && left >= PAUSE;
        if is_first || now - self.said_at >= PAUSE {
            self.said_at = now;
            let (done, all) = (self.done, self.all);
            remark(&format!(
                "{done} of {all} after {now:.0} s, about {left:.0} s left"
            ));
        }
    }
}

/// Shows the progress of a run; any thread may report to it.
#[derive(Debug)]
pub(crate) enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar on a terminal.
    Bar(ProgressBar),
    /// Remarks, and a line every so often: logs and pipes have no use for a bar.
    Plain(Mutex<Lines>),
}

impl Progress {
    pub(crate) fn start(n: u32, quiet: bool) -> Self {
        if quiet {
            return Self::Silent;
        }
        if !io::stderr().is_terminal() {
            return Self::Plain(Mutex::new(Lines::of(n)));
        }
        let style = ProgressStyle::with_template(STYLE);
        let bar = ProgressBar::new(u64::from(n));
        Self::Bar(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Counts replications that need not be simulated, because they are stored.
    pub(crate) fn skip(&self, n: usize) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => {
                bar.inc(n as u64);
                bar.reset_eta();
            }
            Self::Plain(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).done += n,
        }
    }

    /// Writes a remark without disturbing the bar, unless nothing is to be shown.
    pub(crate) fn remark(&self, text: &str) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.suspend(|| remark(text)),
            Self::Plain(_) => remark(text),
        }
    }

    /// Counts one more replication.
    pub(crate) fn step(&self) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.inc(1),
            Self::Plain(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).step(),
        }
    }

    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
