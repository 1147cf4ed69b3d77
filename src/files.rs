//! Files that others may have put there: only regular ones are read, and never more than is asked.
//!
//! A pipe would be waited for and a device never ends, so neither is opened.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The first `most` bytes of a file, and one more if there are more.
pub(crate) fn beginning(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    check_regular(path)?;
    let most = u64::try_from(most).unwrap_or(u64::MAX - 1);
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A whole file of at most `most` bytes.
pub(crate) fn whole(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let bytes = beginning(path, most)?;
    if bytes.len() > most {
        let message = format!("larger than the {most} bytes that it can have");
        return Err(io::Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Bytes that are free on the file system of a folder; `None` where the system does not say.
#[cfg(target_os = "linux")]
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

/// Refuses what is there and no regular file.
pub(crate) fn check_regular(path: &Path) -> io::Result<()> {
    let found = fs::metadata(path)?;
    if found.is_file() {
        return Ok(());
    }
    if found.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "no regular file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_asked() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let path = place.path().join("a");
        fs::write(&path, b"12345").expect("written");
        assert_eq!(beginning(&path, 3).expect("read"), b"1234", "one more");
        assert_eq!(whole(&path, 5).expect("read"), b"12345", "all");
        let kind = whole(&path, 4).expect_err("too large").kind();
        assert_eq!(kind, ErrorKind::FileTooLarge, "one byte too many");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_has_so_much_room() {
        assert!(free_bytes(Path::new("/")).is_some(), "what the system says");
        assert_eq!(free_bytes(Path::new("/no/such/folder")), None, "nowhere");
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_not_read() {
        for (path, kind) in [
            ("/dev/zero", ErrorKind::InvalidInput),
            ("/", ErrorKind::IsADirectory),
        ] {
            let said = whole(Path::new(path), 9).expect_err("no regular file");
            assert_eq!(said.kind(), kind, "{path}");
        }
    }
}
