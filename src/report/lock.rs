//! Two runs never write into one folder at the same time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use crate::report::ReportError;

/// Name of the file that a run locks while it writes.
pub const LOCK: &str = ".lock";
const TEXT: &[u8] = b"zorgdruk locks this file while it writes into this folder.\n";

/// The right to write into a folder; it ends with the process, also when that is killed.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
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
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(ReportError::Locked(folder.to_owned())),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Self { _file: None })
            }
            Err(TryLockError::Error(error)) => Err(ReportError::file(path)(error)),
        }
    }
}

/// The lock file, with a text that says what it is for.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let mut file = options.append(true).create(true).open(path)?;
    if file.metadata()?.len() == 0 {
        file.write_all(TEXT)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_and_free_afterwards() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let lock = Lock::take(place.path()).expect("free");
        let second = Lock::take(place.path());
        assert!(matches!(second, Err(ReportError::Locked(_))), "{second:?}");
        drop(lock);
        Lock::take(place.path()).expect("free again");
        let text = std::fs::read(place.path().join(LOCK)).expect("the file");
        assert_eq!(text, TEXT, "written once");
    }
}
