//! Simulating what is not stored yet, until somebody asks to stop.

use core::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::cli::progress::Progress;
use crate::cli::stop::{Signal, Stop};
use crate::experiment::record::CHUNK;
use crate::experiment::{Chunk, Experiment, ReplicationRecord};
use crate::report::rows::Journal;
use crate::report::{ReportError, RowStore};

/// Replications per thread that are simulated before threads wait for the last one: enough that they
/// seldom wait, few enough that memory stays small.
const SHARE: usize = 8;

/// A complete chunk.
#[derive(Debug)]
struct Whole {
    chunk: Chunk,
    /// Its journal, as long as the chunk itself is not stored.
    journal: Option<Journal>,
}

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
    ///
    /// While threads simulate the next chunks, one of them writes those that are there.
    pub(crate) fn complete(&self) -> Result<Option<Signal>, ReportError> {
        let at_once = rayon::current_num_threads() * SHARE;
        let at_once = u32::try_from(at_once).unwrap_or(u32::MAX).div_ceil(CHUNK);
        let chunks = self.store.chunks();
        let mut first = chunks.start;
        let mut unwritten = Vec::new();
        while first < chunks.end {
            let until = first.saturating_add(at_once).min(chunks.end);
            let (written, next) =
                rayon::join(|| self.write_all(unwritten), || self.get_all(first..until));
            written?;
            let next = next?;
            let n_asked = next.len();
            unwritten = next.into_iter().flatten().collect();
            if unwritten.len() < n_asked {
                self.write_all(unwritten)?;
                return Ok(self.stop.signal());
            }
            first = until;
        }
        self.write_all(unwritten).map(|()| None)
    }

    fn get_all(&self, numbers: Range<u32>) -> Result<Vec<Option<Whole>>, ReportError> {
        let chunks = numbers.into_par_iter().map(|number| self.get(number));
        chunks.collect()
    }

    fn write_all(&self, chunks: Vec<Whole>) -> Result<(), ReportError> {
        let written = chunks.into_par_iter().map(|whole| self.write(whole));
        written.try_for_each(|chunk| chunk.map(drop))
    }

    /// A chunk from the store, or simulated and stored; `None` when somebody asked to stop.
    pub(crate) fn chunk(&self, number: u32) -> Result<Option<Chunk>, ReportError> {
        let whole = self.get(number)?;
        whole.map(|whole| self.write(whole)).transpose()
    }

    /// Stores a chunk that is not stored yet, after which nobody needs its journal.
    fn write(&self, whole: Whole) -> Result<Chunk, ReportError> {
        let Whole { chunk, journal } = whole;
        if let Some(journal) = journal {
            self.store.write(&chunk)?;
            drop(journal);
            self.store.remove_journal(chunk.number)?;
        }
        Ok(chunk)
    }

    /// A chunk from the store, or simulated; `None` when somebody asked to stop.
    fn get(&self, number: u32) -> Result<Option<Whole>, ReportError> {
        match self.store.read(number) {
            Ok(chunk) => {
                self.store.remove_journal(number)?;
                self.progress.skip(chunk.records.len());
                let journal = None;
                Ok(Some(Whole { chunk, journal }))
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
    fn simulate(&self, number: u32) -> Result<Option<Whole>, ReportError> {
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
        let journal = Some(journal);
        Ok(Some(Whole { chunk, journal }))
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
