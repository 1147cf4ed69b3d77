//! Replications one by one, as they are stored while their chunk is not complete.
//!
//! A journal is a sequence of entries, each with its length before it. It may end anywhere: what was
//! cut off or damaged is noticed, and only what stands before it is used. This module reads and
//! writes no files.

use crate::experiment::record::{Chunk, ChunkError, Origin, ReplicationRecord, packed};

/// Bytes of the length before an entry.
const LENGTH: usize = 4;

/// One replication of chunk `number` of the experiment `origin` as an entry of its journal.
///
/// # Errors
/// [`ChunkError::Unwritable`], also when it takes 4 GiB or more.
pub fn entry(
    number: u32,
    record: &ReplicationRecord,
    origin: &Origin,
) -> Result<Vec<u8>, ChunkError> {
    let bytes = packed(number, core::slice::from_ref(record), origin)?;
    let length = u32::try_from(bytes.len()).map_err(|_| ChunkError::Unwritable)?;
    Ok([length.to_le_bytes().as_slice(), &bytes].concat())
}

/// The replications in the journal of chunk `number`, in the order in which they were stored, and
/// how many bytes they take. What follows those bytes cannot be used. Nothing of more than `most`
/// bytes is unpacked.
///
/// # Errors
/// [`ChunkError::Foreign`] when there is a sound entry of another experiment.
pub fn entries(
    number: u32,
    journal: &[u8],
    origin: &Origin,
    most: usize,
) -> Result<(Vec<ReplicationRecord>, usize), ChunkError> {
    let mut records = Vec::new();
    let mut rest = journal;
    while let Some((bytes, after)) = first(rest) {
        match record(number, bytes, origin, most) {
            Ok(Some(record)) => records.push(record),
            Err(ChunkError::Foreign) => return Err(ChunkError::Foreign),
            Ok(None) | Err(_) => break,
        }
        rest = after;
    }
    Ok((records, journal.len() - rest.len()))
}

/// The bytes of the first entry of a journal, and what follows it.
fn first(journal: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = journal.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

/// The replication of an entry; `None` when it is not one of chunk `number`.
fn record(
    number: u32,
    bytes: &[u8],
    origin: &Origin,
    most: usize,
) -> Result<Option<ReplicationRecord>, ChunkError> {
    let mut chunk = Chunk::from_bytes(bytes, origin, most)?;
    let record = chunk.records.pop();
    Ok(record.filter(|_| chunk.number == number && chunk.records.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Origin = [3; 32];

    fn record(replication: u32) -> ReplicationRecord {
        ReplicationRecord {
            replication,
            controls: Default::default(),
            policies: Vec::new(),
        }
    }

    fn journal(replications: &[u32]) -> Vec<u8> {
        let entries = replications
            .iter()
            .map(|number| entry(2, &record(*number), &ORIGIN).expect("bytes"));
        entries.collect::<Vec<_>>().concat()
    }

    fn read(number: u32, bytes: &[u8]) -> (Vec<ReplicationRecord>, usize) {
        entries(number, bytes, &ORIGIN, 100).expect("our own")
    }

    fn numbers(bytes: &[u8]) -> Vec<u32> {
        let (records, _) = read(2, bytes);
        records.iter().map(|record| record.replication).collect()
    }

    #[test]
    fn a_journal_gives_back_what_was_stored_in_its_order() {
        assert_eq!(numbers(&journal(&[130, 128, 129])), [130, 128, 129], "all");
        assert_eq!(numbers(&[]), [0; 0], "an empty journal");
    }

    #[test]
    fn a_journal_cut_anywhere_gives_the_entries_before_the_cut() {
        let (one, all) = (journal(&[128]).len(), journal(&[128, 129]));
        for length in 0..all.len() {
            let n_whole = length / one;
            let (records, used) = read(2, &all[..length]);
            assert_eq!(records.len(), n_whole, "cut to {length} bytes");
            assert_eq!(used, n_whole * one, "bytes to keep of {length}");
        }
    }

    #[test]
    fn a_changed_byte_ends_the_journal_at_its_entry() {
        let (one, all) = (journal(&[128]).len(), journal(&[128, 129, 130]));
        for position in one..2 * one {
            let mut damaged = all.clone();
            damaged[position] ^= 0x10;
            assert_eq!(numbers(&damaged), [128], "byte {position} was changed");
        }
    }

    #[test]
    fn an_entry_of_another_chunk_is_refused() {
        let (records, used) = read(3, &journal(&[128]));
        assert_eq!((records.len(), used), (0, 0), "stored for chunk 2");
    }

    #[test]
    fn a_journal_of_another_experiment_is_refused() {
        let found = entries(2, &journal(&[128]), &[4; 32], 100);
        assert_eq!(found, Err(ChunkError::Foreign), "sound, but not ours");
    }
}
