//! Simulating what is not stored yet, until somebody asks to stop.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::cli::progress::Progress;
use crate::cli::stop::{Signal, Stop};
use crate::experiment::record::CHUNK;
use crate::experiment::{Chunk, Experiment, ReplicationRecord};
use crate::report::{ReportError, RowStore};

/// Replications per thread that are simulated before threads wait for the last one: enough that they
/// seldom wait, few enough that memory stays small.
const SHARE: usize = 8;

/// Simulates the replications that a store does not hold.
#[derive(Debug)]
pub(crate) struct Conductor<'a> {
    experiment: &'a Experiment<'a>,
    store: &'a RowStore<'a>,
    stop: &'a Stop,
    progress: &'a Progress,
    has_said: AtomicBool,
}

impl<'a> Conductor<'a> {
    pub(crate) const fn new(
        experiment: &'a Experiment<'a>,
        store: &'a RowStore<'a>,
        stop: &'a Stop,
        progress: &'a Progress,
    ) -> Self {
        Self {
            experiment,
            store,
            stop,
            progress,
            has_said: AtomicBool::new(false),
        }
    }

    /// Completes all chunks of the store. Gives the signal that asked to stop before that.
    pub(crate) fn complete(&self) -> Result<Option<Signal>, ReportError> {
        let at_once = rayon::current_num_threads() * SHARE;
        let at_once = u32::try_from(at_once).unwrap_or(u32::MAX).div_ceil(CHUNK);
        let chunks = self.store.chunks();
        let mut first = chunks.start;
        while first < chunks.end {
            let until = first.saturating_add(at_once).min(chunks.end);
            let are_complete = (first..until)
                .into_par_iter()
                .map(|number| self.chunk(number).map(|chunk| chunk.is_some()))
                .collect::<Result<Vec<bool>, _>>()?;
            if are_complete.contains(&false) {
                return Ok(self.stop.signal());
            }
            first = until;
        }
        Ok(None)
    }

    /// A chunk from the store, or simulated and stored; `None` when somebody asked to stop.
    pub(crate) fn chunk(&self, number: u32) -> Result<Option<Chunk>, ReportError> {
        match self.store.read(number) {
            Ok(chunk) => {
                self.store.remove_journal(number)?;
                self.progress.skip(chunk.records.len());
                Ok(Some(chunk))
            }
            Err(error) if error.is_not_found() => self.simulate(number),
            Err(error) if error.is_foreign_rows() => Err(error),
            Err(error @ (ReportError::Rows { .. } | ReportError::Mismatch { .. })) => {
                self.progress.say(&format!("{error}: simulated again"));
                self.simulate(number)
            }
            Err(error) => Err(error),
        }
    }

    /// Simulates what is missing of a chunk, each replication stored as soon as it is there.
    fn simulate(&self, number: u32) -> Result<Option<Chunk>, ReportError> {
        let (mut records, journal) = self.store.journal(number)?;
        self.progress.skip(records.len());
        let all = self.store.replications(number);
        let is_missing = |replication: &u32| {
            let found = records.binary_search_by_key(replication, |record| record.replication);
            found.is_err()
        };
        let missing: Vec<u32> = all.clone().filter(is_missing).collect();
        let keep = |record: &ReplicationRecord| {
            self.progress.step();
            journal.add(record)
        };
        let goes_on = || self.goes_on();
        let fresh = self
            .experiment
            .simulate(missing.into_iter(), &goes_on, &keep)?;
        records.extend(fresh);
        if records.len() < all.len() {
            return Ok(None);
        }
        records.sort_unstable_by_key(|record| record.replication);
        let chunk = Chunk { number, records };
        self.store.write(&chunk)?;
        drop(journal);
        self.store.remove_journal(number)?;
        Ok(Some(chunk))
    }

    fn goes_on(&self) -> bool {
        let goes_on = self.stop.signal().is_none();
        if !goes_on && !self.has_said.swap(true, Ordering::Relaxed) {
            self.progress
                .say("stopping when the worlds in hand are done; ask again to stop at once");
        }
        goes_on
    }
}
