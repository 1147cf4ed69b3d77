//! Two runs never write into one folder at the same time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::files;
use crate::report::ReportError;
use crate::report::unfinished::make_new;

/// Name of the file that a run locks while it writes.
pub const LOCK: &str = ".lock";
const TEXT: &[u8] = b"zorgdruk locks this file while it writes into this folder.\n";

/// The right to write into a folder; it ends with the process, also when that is killed.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Locks `folder`. On a file system without locks, nobody is excluded.
    ///
    /// # Errors
    /// [`ReportError::Locked`] when another process writes into the folder, [`ReportError::File`]
    /// when the file cannot be made.
    pub fn take(folder: &Path) -> Result<Self, ReportError> {
        let path = folder.join(LOCK);
        let file = opened(&path).map_err(ReportError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file, path }),
            Err(TryLockError::WouldBlock) => Err(ReportError::Locked(folder.to_owned())),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Self { file, path })
            }
            Err(TryLockError::Error(error)) => Err(ReportError::file(path)(error)),
        }
    }

    /// Whether the locked file is still the one in the folder: who removes it lets another run in.
    pub fn is_held(&self) -> bool {
        let there = fs::symlink_metadata(&self.path);
        let ours = self.file.metadata();
        matches!((there, ours), (Ok(there), Ok(ours)) if is_same(&there, &ours))
    }

    /// Whether this program has written into a folder, as its lock file says.
    pub(crate) fn marks(folder: &Path) -> bool {
        let text = files::whole(&folder.join(LOCK), TEXT.len());
        text.is_ok_and(|text| text == TEXT)
    }
}

/// The lock file, with a text that says what it is for.
fn opened(path: &Path) -> io::Result<File> {
    match files::check_regular(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_new(path, TEXT)?,
        regular => regular?,
    }
    OpenOptions::new().append(true).open(path)
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Where files have no number, one that is open cannot be removed.
#[cfg(not(unix))]
const fn is_same(_one: &fs::Metadata, _other: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_and_free_afterwards() {
        let place = tempfile::tempdir().expect("a temporary folder");
        assert!(!Lock::marks(place.path()), "nobody wrote there");
        let lock = Lock::take(place.path()).expect("free");
        let second = Lock::take(place.path());
        assert!(matches!(second, Err(ReportError::Locked(_))), "{second:?}");
        drop(lock);
        Lock::take(place.path()).expect("free again");
        assert!(Lock::marks(place.path()), "the text is written once");
        fs::write(place.path().join(LOCK), b"mine").expect("written");
        assert!(!Lock::marks(place.path()), "that of another program");
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_whose_file_was_removed_is_not_held() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let lock = Lock::take(place.path()).expect("free");
        assert!(lock.is_held(), "as it was taken");
        fs::remove_file(place.path().join(LOCK)).expect("removed");
        assert!(!lock.is_held(), "nothing is there");
        let other = Lock::take(place.path()).expect("free for another");
        assert!(other.is_held() && !lock.is_held(), "the other one has it");
    }
}
