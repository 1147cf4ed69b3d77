//! Files that are being written: each appears under its name only when it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::report::ReportError;

/// Prefix of the names of unfinished files.
pub(crate) const UNFINISHED: &str = ".unfinished-";

/// An unfinished file. Dropped before it is finished, it leaves nothing behind; where the file system
/// knows files without a name, neither does a program that is killed.
#[derive(Debug)]
pub struct Unfinished {
    file: BufWriter<Draft>,
    target: PathBuf,
}

impl Unfinished {
    /// Begins the file `target`, and makes its folder if necessary.
    ///
    /// # Errors
    /// [`ReportError::File`], also when what stands there is no regular file.
    pub fn begin(target: &Path) -> Result<Self, ReportError> {
        let folder = folder_of(target);
        fs::create_dir_all(folder).map_err(ReportError::file(folder))?;
        check_replaceable(target).map_err(ReportError::file(target))?;
        let draft = Draft::begin(folder).map_err(ReportError::file(folder))?;
        Ok(Self {
            file: BufWriter::new(draft),
            target: target.to_owned(),
        })
    }

    /// Gives the file its name, replacing an earlier one.
    ///
    /// # Errors
    /// [`ReportError::File`] when not everything could be written.
    pub fn finish(self) -> Result<(), ReportError> {
        let Self { file, target } = self;
        let persist = || -> io::Result<()> {
            let draft = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            draft.file().sync_all()?;
            check_replaceable(&target)?;
            draft.persist(&target)
        };
        persist().map_err(ReportError::file(&target))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes a file with these bytes, unless there is something of that name already.
pub(crate) fn make_new(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = named().tempfile_in(folder_of(target))?;
    file.write_all(bytes)?;
    match file.persist_noclobber(target) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

/// The content of an unfinished file.
#[derive(Debug)]
enum Draft {
    #[cfg(target_os = "linux")]
    WithoutName(File),
    Named(NamedTempFile),
}

impl Draft {
    fn begin(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = without_name::open(folder) {
            return Ok(Self::WithoutName(file));
        }
        named().tempfile_in(folder).map(Self::Named)
    }

    fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::WithoutName(file) => file,
            Self::Named(file) => file.as_file(),
        }
    }

    fn persist(self, target: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::WithoutName(file) => {
                let link = |path: &Path| without_name::link(&file, path);
                // A link replaces nothing, but a renamed file does.
                let linked = named().make_in(folder_of(target), link)?;
                linked.persist(target)?;
            }
            Self::Named(file) => {
                file.persist(target)?;
            }
        }
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

/// Files that exist without standing in a folder, until they are linked into one.
#[cfg(target_os = "linux")]
mod without_name {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::{Path, PathBuf};

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_at};

    /// A new file on the file system of `folder`; `None` where there can be none.
    pub(super) fn open(folder: &Path) -> Option<File> {
        let how = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(open_at(folder, how, Mode::from_raw_mode(0o644)).ok()?);
        handle(&file).exists().then_some(file)
    }

    /// Gives the file a name that nothing has yet.
    pub(super) fn link(file: &File, path: &Path) -> io::Result<()> {
        Ok(linkat(
            CWD,
            handle(file),
            CWD,
            path,
            AtFlags::SYMLINK_FOLLOW,
        )?)
    }

    fn handle(file: &File) -> PathBuf {
        PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()))
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A device, a pipe or a link is there for a purpose that a file in its place would not serve.
fn check_replaceable(target: &Path) -> io::Result<()> {
    match fs::symlink_metadata(target) {
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => {
            let message = "no regular file, and nothing else is replaced";
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        }
        _ => Ok(()),
    }
}

/// What names a file that is being written, with the permissions of an ordinary one.
fn named() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn a_file_replaces_an_earlier_one_and_leaves_nothing_else() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let target = place.path().join("a");
        for text in ["first", "second"] {
            let mut file = Unfinished::begin(&target).expect("begun");
            file.write_all(text.as_bytes()).expect("written");
            drop(Unfinished::begin(&target).expect("begun and given up"));
            file.finish().expect("finished");
            assert_eq!(fs::read_to_string(&target).expect("read"), text, "whole");
        }
        assert_eq!(names(place.path()), ["a"], "no other file");
    }

    #[test]
    fn a_new_file_replaces_nothing() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let target = place.path().join("a");
        for text in ["first", "second"] {
            make_new(&target, text.as_bytes()).expect("there");
        }
        assert_eq!(fs::read_to_string(&target).expect("read"), "first", "kept");
        assert_eq!(names(place.path()), ["a"], "no other file");
    }

    #[cfg(unix)]
    #[test]
    fn only_a_regular_file_is_replaced() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let link = place.path().join("link");
        std::os::unix::fs::symlink("/dev/null", &link).expect("a link");
        for target in [Path::new("/dev/null"), &link, place.path()] {
            let begun = Unfinished::begin(target).map(|_| ());
            assert!(begun.is_err(), "{}", target.display());
        }
        assert!(link.is_symlink(), "the link stays");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_has_no_name_before_it_is_finished() {
        let place = tempfile::tempdir().expect("a temporary folder");
        if without_name::open(place.path()).is_none() {
            return;
        }
        let _file = Unfinished::begin(&place.path().join("a")).expect("begun");
        assert_eq!(names(place.path()), [""; 0], "a kill leaves nothing");
    }
}
