//! A run on a terminal: progress is shown, and a signal stops it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::stop::Stop;
use crate::cli::terminal::Progress;
use crate::report::{Decimal, RunFolder};
use crate::run::Observer;

/// Where a run takes place.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) folder: &'a RunFolder,
    pub(crate) stop: &'a Stop,
    pub(crate) is_quiet: bool,
    /// How its tables write numbers.
    pub(crate) decimal: Decimal,
    /// How to go on when the run is stopped.
    pub(crate) advice: String,
}

/// Shows progress, and stops at a signal.
#[derive(Debug)]
pub(crate) struct Watched<'a> {
    stop: &'a Stop,
    progress: &'a Progress,
    has_announced: AtomicBool,
}

impl<'a> Watched<'a> {
    pub(crate) const fn new(stop: &'a Stop, progress: &'a Progress) -> Self {
        Self {
            stop,
            progress,
            has_announced: AtomicBool::new(false),
        }
    }
}

impl Observer for Watched<'_> {
    fn skip(&self, n: usize) {
        self.progress.skip(n);
    }

    fn step(&self) {
        self.progress.step();
    }

    fn remark(&self, text: &str) {
        self.progress.remark(text);
    }

    fn goes_on(&self) -> bool {
        let goes_on = self.stop.signal().is_none();
        if !goes_on && !self.has_announced.swap(true, Ordering::Relaxed) {
            self.progress
                .remark("stopping; interrupt again to stop at once");
        }
        goes_on
    }
}
