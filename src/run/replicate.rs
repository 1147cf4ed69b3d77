//! Simulates and stores the missing replications of a run, until its observer stops it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelBridge, ParallelIterator};

use crate::experiment::{Chunk, ReplicationRecord};
use crate::report::rows::Journal;
use crate::report::{ReportError, RowStore};
use crate::run::{Observer, Simulate};

/// A chunk of which replications are still missing.
#[derive(Debug)]
struct Unfinished {
    number: u32,
    journal: Journal,
    n_replications: usize,
    /// The replications so far, in order of completion.
    records: Mutex<Vec<ReplicationRecord>>,
}

impl Unfinished {
    /// Adds a replication. Returns the chunk, in order, when this was the last one.
    fn add(&self, record: ReplicationRecord) -> Option<Chunk> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record);
        if records.len() < self.n_replications {
            return None;
        }
        let mut records = core::mem::take(&mut *records);
        records.sort_unstable_by_key(|record| record.replication);
        Some(Chunk {
            number: self.number,
            records,
        })
    }
}

/// One replication that is still to be simulated, and the chunk that it belongs to.
type Task = (Arc<Unfinished>, u32);

/// Simulates the replications that a store does not hold.
#[expect(
    missing_debug_implementations,
    reason = "an observer need not say what it is"
)]
pub struct Replicator<'a> {
    simulator: &'a dyn Simulate,
    store: &'a RowStore<'a>,
    observer: &'a dyn Observer,
}

impl<'a> Replicator<'a> {
    /// Who stores what `simulator` simulates into `store`.
    pub const fn new(
        simulator: &'a dyn Simulate,
        store: &'a RowStore<'a>,
        observer: &'a dyn Observer,
    ) -> Self {
        Self {
            simulator,
            store,
            observer,
        }
    }

    /// Completes all chunks of the store, and says whether it did: false when the observer stopped it
    /// before that.
    ///
    /// # Errors
    /// When rows cannot be stored, or those that are stored are of another experiment.
    pub fn complete(&self) -> Result<bool, ReportError> {
        let missing: Vec<u32> = (self.store.chunks())
            .into_par_iter()
            .filter_map(|number| match self.stored(number) {
                Ok(None) => Some(Ok(number)),
                Ok(Some(_)) => None,
                Err(error) => Some(Err(error)),
            })
            .collect::<Result<_, _>>()?;
        let n_whole = AtomicUsize::new(0);
        self.simulate(&missing, &|_| {
            n_whole.fetch_add(1, Ordering::Relaxed);
        })?;
        Ok(n_whole.into_inner() == missing.len())
    }

    /// A chunk from the store, or simulated and stored; `None` when the observer stopped that.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub fn chunk(&self, number: u32) -> Result<Option<Chunk>, ReportError> {
        let found = Mutex::new(self.stored(number)?);
        let slot = || found.lock().unwrap_or_else(PoisonError::into_inner);
        if slot().is_none() {
            self.simulate(&[number], &|chunk| *slot() = Some(chunk))?;
        }
        let chunk = slot().take();
        Ok(chunk)
    }

    /// A chunk that is complete in the store.
    fn stored(&self, number: u32) -> Result<Option<Chunk>, ReportError> {
        match self.store.read(number) {
            Ok(chunk) => {
                self.store.remove_journal(number)?;
                self.observer.skip(chunk.records.len());
                Ok(Some(chunk))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) if error.is_foreign_rows() => Err(error),
            Err(error @ (ReportError::Rows { .. } | ReportError::Mismatch { .. })) => {
                self.observer.remark(&format!("{error}: simulated again"));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Simulates the missing replications of chunks in order, and stores each at once; `done` gets
    /// each chunk that is complete and stored.
    ///
    /// No thread waits for another: each takes the next replication, and the thread that simulates
    /// the last one of a chunk writes the chunk while the others continue.
    fn simulate(&self, numbers: &[u32], done: &(dyn Fn(Chunk) + Sync)) -> Result<(), ReportError> {
        let has_measured = AtomicBool::new(false);
        let worlds = |number: &u32| self.store.replications(*number).len();
        let n_missing: usize = numbers.iter().map(worlds).sum();
        let tasks = numbers
            .iter()
            .flat_map(|number| match self.open(*number, done) {
                Ok(tasks) => tasks.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            })
            .take_while(|_| self.observer.goes_on());
        tasks.par_bridge().try_for_each(|task| {
            let (chunk, replication) = task?;
            let Some(record) = self.simulator.replicate(replication, self.observer)? else {
                return Ok(());
            };
            self.store.check_held()?;
            let bytes = chunk.journal.add(&record)?;
            // Worlds take about the same, so the first one tells what all of them take.
            if !has_measured.swap(true, Ordering::Relaxed) {
                self.store.check_room(n_missing, bytes)?;
            }
            self.observer.step();
            match chunk.add(record) {
                Some(whole) => self.finish(whole, done),
                None => Ok(()),
            }
        })
    }

    /// The missing replications of a chunk. If its journal is complete, the chunk is written.
    fn open(&self, number: u32, done: &(dyn Fn(Chunk) + Sync)) -> Result<Vec<Task>, ReportError> {
        let (records, journal) = self.store.journal(number)?;
        self.observer.skip(records.len());
        let all = self.store.replications(number);
        let is_missing = |replication: &u32| {
            let found = records.binary_search_by_key(replication, |record| record.replication);
            found.is_err()
        };
        let missing: Vec<u32> = all.clone().filter(is_missing).collect();
        if missing.is_empty() {
            self.finish(Chunk { number, records }, done)?;
            return Ok(Vec::new());
        }
        let unfinished = Arc::new(Unfinished {
            number,
            journal,
            n_replications: all.len(),
            records: Mutex::new(records),
        });
        let task = |replication| (Arc::clone(&unfinished), replication);
        Ok(missing.into_iter().map(task).collect())
    }

    /// Stores a chunk and removes its journal.
    fn finish(&self, chunk: Chunk, done: &(dyn Fn(Chunk) + Sync)) -> Result<(), ReportError> {
        self.store.write(&chunk)?;
        self.store.remove_journal(chunk.number)?;
        done(chunk);
        Ok(())
    }
}
