//! The stored replications of a run: a file for each complete chunk, and a journal for each
//! incomplete one.
//!
//! A chunk that is missing, cut short or damaged is never used, but simulated again. Worlds of
//! another experiment than that of the manifest are neither used nor replaced.

use core::ops::Range;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::experiment::journal;
use crate::experiment::record::{
    CHUNK, Chunk, ChunkError, Origin, Unpacked, most_bytes, most_stored_bytes,
};
use crate::experiment::replicate::{n_chunks, replications};
use crate::experiment::{ReplicationRecord, StudyFrame};
use crate::files;
use crate::report::folder::{EXPLORED, ROWS, RunFolder, gone};
use crate::report::{Manifest, ReportError};

const BYTES_PER_MB: u64 = 1_000_000;

/// Replications of one study in one folder.
#[derive(Debug)]
pub struct RowStore<'f> {
    folder: &'f RunFolder,
    name: &'static str,
    frame: &'f StudyFrame,
    origin: Origin,
    extent: Range<u32>,
}

impl<'f> RowStore<'f> {
    /// The worlds that a run reports on: all, or those of its shard.
    pub fn reported(folder: &'f RunFolder, manifest: &'f Manifest) -> Self {
        Self {
            folder,
            name: ROWS,
            frame: &manifest.frame,
            origin: manifest.origin(),
            extent: manifest.replications(),
        }
    }

    /// At most `cap` worlds of the search for a precision, with the plan of their run.
    pub fn explored(folder: &'f RunFolder, plan: &'f Manifest, cap: u32) -> Self {
        Self {
            folder,
            name: EXPLORED,
            frame: &plan.frame,
            origin: plan.origin(),
            extent: 0..cap,
        }
    }

    /// Numbers of the chunks that hold replications.
    pub fn chunks(&self) -> Range<u32> {
        if self.extent.is_empty() {
            return 0..0;
        }
        self.extent.start / CHUNK..n_chunks(self.extent.end)
    }

    /// The replications that belong in a chunk.
    pub fn replications(&self, number: u32) -> Range<u32> {
        let whole = replications(number, self.extent.end);
        whole.start.max(self.extent.start)..whole.end
    }

    /// Stores a chunk.
    ///
    /// # Errors
    /// [`ReportError::File`] and [`ReportError::Rows`].
    pub fn write(&self, chunk: &Chunk) -> Result<(), ReportError> {
        let name = self.chunk_name(chunk.number, "bin");
        let bytes = chunk.to_bytes(&self.origin);
        let bytes = bytes.map_err(|source| ReportError::Rows {
            path: self.folder.path().join(&name),
            source,
        })?;
        self.folder.write(&name, &bytes)
    }

    /// Stores a chunk that is packed already.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn write_packed(&self, number: u32, bytes: &[u8]) -> Result<(), ReportError> {
        self.folder.write(&self.chunk_name(number, "bin"), bytes)
    }

    /// Reads a complete chunk.
    ///
    /// # Errors
    /// As [`Self::read_each`].
    pub fn read(&self, number: u32) -> Result<Chunk, ReportError> {
        let mut records = Vec::new();
        self.read_each(number, |record| {
            records.push(record);
            Ok(())
        })?;
        Ok(Chunk { number, records })
    }

    /// Whether there is a complete chunk of this number.
    pub fn has(&self, number: u32) -> bool {
        let name = self.chunk_name(number, "bin");
        self.folder.path().join(name).is_file()
    }

    /// Calls `take` with each replication of a complete chunk in order, with one at a time in memory.
    ///
    /// # Errors
    /// [`ReportError::File`] when the chunk is not there, [`ReportError::Rows`] or
    /// [`ReportError::Mismatch`] when it cannot be used, even if `take` was called before that was
    /// noticed, and whatever `take` gives.
    pub fn read_each(
        &self,
        number: u32,
        mut take: impl FnMut(ReplicationRecord) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let name = self.chunk_name(number, "bin");
        let path = || self.folder.path().join(&name);
        let unusable = |source| ReportError::Rows {
            path: path(),
            source,
        };
        let expected = self.replications(number);
        let most = most_bytes(self.frame, expected.len());
        let bytes = match self.folder.read_up_to(&name, most_stored_bytes(most)) {
            Err(error) if error.is_too_large() => return Err(unusable(ChunkError::NotAChunk)),
            read => read?,
        };
        let chunk = Unpacked::from_bytes(&bytes, &self.origin, most).map_err(unusable)?;
        drop(bytes);
        let mut following = expected.clone();
        let mut is_sound = chunk.number == number;
        for record in chunk.records() {
            let record = record.map_err(unusable)?;
            is_sound &= following.next() == Some(record.replication) && record.fits(self.frame);
            if is_sound {
                take(record)?;
            }
        }
        if is_sound && following.is_empty() {
            return Ok(());
        }
        let message =
            format!("does not hold replications {expected:?} of the study in the manifest");
        Err(ReportError::Mismatch {
            path: path(),
            message,
        })
    }

    /// The replications of a chunk from its first one on, up to the first that is missing; all when
    /// the chunk is complete.
    ///
    /// # Errors
    /// As [`Self::read`], but a chunk that is not there is no error.
    pub fn beginning(&self, number: u32) -> Result<Vec<ReplicationRecord>, ReportError> {
        match self.read(number) {
            Ok(chunk) => Ok(chunk.records),
            Err(error) if error.is_not_found() => {
                let (stored, _) = self.stored(number)?;
                let follows =
                    |(record, expected): &(ReplicationRecord, u32)| record.replication == *expected;
                let records = stored.into_iter().zip(self.replications(number));
                let records = records.take_while(follows);
                Ok(records.map(|(record, _)| record).collect())
            }
            Err(error) => Err(error),
        }
    }

    /// Number of the first replication that is not stored.
    ///
    /// # Errors
    /// As [`Self::beginning`].
    pub fn prefix(&self) -> Result<u32, ReportError> {
        for number in self.chunks() {
            let expected = self.replications(number);
            let found = u32::try_from(self.beginning(number)?.len()).unwrap_or(u32::MAX);
            if found < expected.end - expected.start {
                return Ok(expected.start + found);
            }
        }
        Ok(self.extent.end)
    }

    /// Refuses to go on when the folder is no longer that of this run.
    ///
    /// # Errors
    /// [`ReportError::Lost`].
    pub fn check_held(&self) -> Result<(), ReportError> {
        self.folder.check_held()
    }

    /// Refuses to begin what cannot be finished: `n` more replications of which one takes `bytes`. Others
    /// may take less, and chunks less than their journals, so only twice the room is too much.
    ///
    /// # Errors
    /// [`ReportError::Space`].
    pub fn check_room(&self, n: usize, bytes: usize) -> Result<(), ReportError> {
        let path = self.folder.path();
        let needed = (n as u64).saturating_mul(bytes as u64);
        match files::free_bytes(path) {
            Some(free) if needed / 2 > free => Err(ReportError::Space {
                path: path.to_owned(),
                needed: needed / BYTES_PER_MB,
                free: free / BYTES_PER_MB,
            }),
            _ => Ok(()),
        }
    }

    /// Opens the journal of a chunk that is not complete. Gives the replications in it, by number;
    /// an unusable rest is cut off.
    ///
    /// # Errors
    /// [`ReportError::File`], and [`ReportError::Rows`] when it is of another experiment.
    pub fn journal(&self, number: u32) -> Result<(Vec<ReplicationRecord>, Journal), ReportError> {
        let name = self.chunk_name(number, "part");
        let path = self.folder.path().join(&name);
        self.check_held()?;
        let (records, length) = self.stored(number)?;
        let file = opened(&path, length as u64).map_err(ReportError::file(&path))?;
        let journal = Journal {
            number,
            origin: self.origin,
            path,
            file: Mutex::new(Ok(file)),
        };
        Ok((records, journal))
    }

    /// Removes the journal of a chunk that is stored, if there is one.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn remove_journal(&self, number: u32) -> Result<(), ReportError> {
        let path = self.folder.path().join(self.chunk_name(number, "part"));
        gone(fs::remove_file(&path)).map_err(ReportError::file(path))
    }

    /// The usable replications in the journal of a chunk, by number, and how many bytes they take.
    fn stored(&self, number: u32) -> Result<(Vec<ReplicationRecord>, usize), ReportError> {
        let name = self.chunk_name(number, "part");
        let most = most_bytes(self.frame, 1);
        let all = most_stored_bytes(most).saturating_mul(2 * CHUNK as usize);
        let bytes = match self.folder.read_up_to(&name, all) {
            Err(error) if error.is_not_found() => Vec::new(),
            read => read?,
        };
        let read = journal::entries(number, &bytes, &self.origin, most);
        let (mut records, length) = read.map_err(|source| ReportError::Rows {
            path: self.folder.path().join(&name),
            source,
        })?;
        let expected = self.replications(number);
        records.retain(|record| expected.contains(&record.replication) && record.fits(self.frame));
        records.sort_by_key(|record| record.replication);
        records.dedup_by_key(|record| record.replication);
        Ok((records, length))
    }

    fn chunk_name(&self, number: u32, kind: &str) -> String {
        format!("{}/chunk-{number:05}.{kind}", self.name)
    }
}

/// The journal of an incomplete chunk: each replication is stored as soon as it is simulated.
#[derive(Debug)]
pub struct Journal {
    number: u32,
    origin: Origin,
    path: PathBuf,
    /// Open until storing fails.
    file: Mutex<Result<File, ErrorKind>>,
}

impl Journal {
    /// Stores a replication, and gives the bytes that it takes; any thread may. It survives the end of the process, but not a
    /// crash of the machine: what is lost then is noticed and simulated again.
    ///
    /// # Errors
    /// [`ReportError::File`], also for every replication after one that could not be stored: what
    /// follows an entry cut short cannot be used.
    pub fn add(&self, record: &ReplicationRecord) -> Result<usize, ReportError> {
        let entry = journal::entry(self.number, record, &self.origin);
        let entry = entry.map_err(|source| ReportError::Rows {
            path: self.path.clone(),
            source,
        })?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match file.as_mut() {
            Ok(file) => file.write_all(&entry),
            Err(kind) => Err(io::Error::from(*kind)),
        };
        written.map_err(|error| {
            *file = Err(error.kind());
            ReportError::file(&self.path)(error)
        })?;
        Ok(entry.len())
    }
}

/// A journal of which the first `length` bytes stay, ready to be added to.
fn opened(path: &Path, length: u64) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new().append(true).create(true).open(path)?;
    file.set_len(length)?;
    Ok(file)
}
