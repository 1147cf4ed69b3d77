//! The folder of a run. A file appears in it under its name only when it is complete.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::report::ReportError;
use crate::report::lock::{LOCK, Lock};

/// Name of the manifest, which makes a folder the folder of a run.
pub const MANIFEST: &str = "manifest.json";
/// Name of the file with facts that differ between two runs of the same thing.
pub const RUNTIME: &str = "runtime.json";
/// Folder of the scenario and the policies as they were read.
pub const INPUT: &str = "input";
/// Name of the report.
pub const REPORT: &str = "report.html";
/// Name of the brief on paper.
pub const BRIEF: &str = "brief.pdf";
/// Folder of the figures.
pub const FIGURES: &str = "figures";
/// Folder of the worlds that a run reports on.
pub const ROWS: &str = "rows";
/// Folder of the worlds that only served to find how many are needed.
pub const EXPLORED: &str = "explored";
/// The tables of a run.
pub(crate) const SUMMARY: &str = "summary.csv";
pub(crate) const COMPARISONS: &str = "comparisons.csv";
pub(crate) const BEST: &str = "best.csv";
pub(crate) const TRADE_OFFS: &str = "trade_offs.csv";
pub(crate) const ACTIVATIONS: &str = "activations.csv";
pub(crate) const WEEKLY: &str = "weekly.csv";
pub(crate) const DAILY: &str = "daily.csv";
pub(crate) const REPLICATIONS: &str = "replications.csv";
pub(crate) const DICTIONARY: &str = "dictionary.csv";
pub(crate) const PRECISION: &str = "precision.csv";
pub(crate) const SCORES: &str = "backtest.csv";
pub(crate) const SHAPES: &str = "backtest_shape.csv";
pub(crate) const OBSERVATIONS: &str = "backtest_series.csv";
/// Everything that follows from the stored replications, except the figures.
const REPORTS: [&str; 16] = [
    SUMMARY,
    COMPARISONS,
    BEST,
    TRADE_OFFS,
    ACTIVATIONS,
    WEEKLY,
    DAILY,
    REPLICATIONS,
    DICTIONARY,
    PRECISION,
    SCORES,
    SHAPES,
    OBSERVATIONS,
    REPORT,
    BRIEF,
    RUNTIME,
];
/// Prefix of the names of unfinished files.
const UNFINISHED: &str = ".unfinished-";
/// Most numbered folders of one scenario.
const MOST_RUNS: u32 = 100_000;

/// The folder of one run.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    _lock: Option<Lock>,
}

/// What happens to an earlier run in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and there is no new run.
    Keep,
    /// It is removed.
    Replace,
}

impl RunFolder {
    /// Makes the folder at `path`, or takes it over when it is empty or holds a run that ended before
    /// it had a manifest. With [`Existing::Replace`] the files of an earlier run are removed
    /// first; anything else in a folder is never touched.
    ///
    /// # Errors
    /// [`ReportError::Exists`], [`ReportError::Foreign`] or [`ReportError::Locked`] when something is
    /// in the way, and [`ReportError::File`] when the folder cannot be made or written to.
    pub fn create(path: &Path, existing: Existing) -> Result<Self, ReportError> {
        fs::create_dir_all(path).map_err(ReportError::file(path))?;
        let is_begun = path.join(LOCK).is_file();
        if is_occupied(path, is_begun)? && !Self::is_run(path) {
            return Err(ReportError::Foreign(path.to_owned()));
        }
        let folder = Self::locked(path)?;
        if Self::is_run(path) && existing == Existing::Keep {
            return Err(ReportError::Exists(path.to_owned()));
        }
        folder.clear()?;
        folder.begin("try")?;
        Ok(folder)
    }

    /// Makes the first free folder `<parent>/<key>-<n>`, counting from 1.
    ///
    /// # Errors
    /// [`ReportError::File`] when no folder can be made or written to.
    pub fn create_numbered(parent: &Path, key: &str) -> Result<Self, ReportError> {
        fs::create_dir_all(parent).map_err(ReportError::file(parent))?;
        let mut n = 1;
        loop {
            let path = parent.join(format!("{key}-{n}"));
            match fs::create_dir(&path) {
                Ok(()) => return Self::create(&path, Existing::Keep),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < MOST_RUNS => {}
                Err(error) => return Err(ReportError::file(path)(error)),
            }
            n += 1;
        }
    }

    /// The folder of an earlier run, to read.
    ///
    /// # Errors
    /// [`ReportError::File`] when there is no manifest in it.
    pub fn open(path: &Path) -> Result<Self, ReportError> {
        let manifest = path.join(MANIFEST);
        fs::metadata(&manifest).map_err(ReportError::file(manifest))?;
        Ok(Self {
            path: path.to_owned(),
            _lock: None,
        })
    }

    /// The folder of an earlier run, to write into. Unfinished files are removed.
    ///
    /// # Errors
    /// As [`Self::open`], and [`ReportError::Locked`] when another run writes into it.
    pub fn reopen(path: &Path) -> Result<Self, ReportError> {
        Self::open(path)?;
        let folder = Self::locked(path)?;
        sweep(path).map_err(ReportError::file(path))?;
        Ok(folder)
    }

    fn locked(path: &Path) -> Result<Self, ReportError> {
        Ok(Self {
            path: path.to_owned(),
            _lock: Some(Lock::take(path)?),
        })
    }

    /// Whether `path` is the folder of a run.
    pub fn is_run(path: &Path) -> bool {
        path.join(MANIFEST).is_file()
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, given by its path inside the folder.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        let mut file = self.begin(name)?;
        file.write_all(bytes).map_err(ReportError::file(name))?;
        file.finish()
    }

    /// Begins a file, which appears under its name when it is finished.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn begin(&self, name: &str) -> Result<Unfinished, ReportError> {
        Unfinished::begin(&self.path.join(name))
    }

    /// Reads a file, given by its path inside the folder.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ReportError> {
        let path = self.path.join(name);
        fs::read(&path).map_err(ReportError::file(path))
    }

    /// Removes everything that follows from the stored replications, and nothing else.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn clear_reports(&self) -> Result<(), ReportError> {
        self.remove_folders(&[FIGURES])?;
        self.remove_files(&REPORTS)
    }

    /// Removes what an earlier run wrote, and nothing else. The manifest goes last: until then the
    /// folder is still known as that of a run.
    fn clear(&self) -> Result<(), ReportError> {
        sweep(&self.path).map_err(ReportError::file(&self.path))?;
        self.remove_folders(&[ROWS, EXPLORED, INPUT])?;
        self.clear_reports()?;
        self.remove_files(&[MANIFEST])
    }

    fn remove_folders(&self, names: &[&str]) -> Result<(), ReportError> {
        names.iter().try_for_each(|name| {
            let path = self.path.join(name);
            gone(fs::remove_dir_all(&path)).map_err(ReportError::file(path))
        })
    }

    fn remove_files(&self, names: &[&str]) -> Result<(), ReportError> {
        names.iter().try_for_each(|name| {
            let path = self.path.join(name);
            gone(fs::remove_file(&path)).map_err(ReportError::file(path))
        })
    }
}

/// Whether there is something in a folder. The first files of a run do not count if one has begun.
fn is_occupied(path: &Path, is_begun: bool) -> Result<bool, ReportError> {
    let entries = fs::read_dir(path).map_err(ReportError::file(path))?;
    for entry in entries {
        let entry = entry.map_err(ReportError::file(path))?;
        let name = entry.file_name();
        let is_ours = name == LOCK || name == INPUT || is_unfinished(&name);
        if !(is_begun && is_ours) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes the unfinished files in a folder and its subfolders.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sweep(&entry.path())?;
        } else if is_unfinished(&entry.file_name()) {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    Ok(())
}

fn is_unfinished(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes())
}

/// An unfinished file. Dropped before it is finished, it leaves nothing behind.
#[derive(Debug)]
pub struct Unfinished {
    file: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl Unfinished {
    /// Begins the file `target`, and makes its folder if necessary.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn begin(target: &Path) -> Result<Self, ReportError> {
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(ReportError::file(folder))?;
        let file = unfinished_in(folder).map_err(ReportError::file(folder))?;
        Ok(Self {
            file: BufWriter::new(file),
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
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&target)?;
            Ok(())
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

/// A temporary file with the permissions of an ordinary one.
fn unfinished_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    let shared = {
        use std::os::unix::fs::PermissionsExt;
        fs::Permissions::from_mode(0o644)
    };
    #[cfg(unix)]
    builder.permissions(shared);
    builder.tempfile_in(folder)
}

/// The result of removing something that may be absent.
pub(crate) fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, RunFolder) {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = RunFolder::create(&place.path().join("run"), Existing::Keep).expect("new");
        (place, folder)
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_finished() {
        let (_place, folder) = folder();
        let mut file = folder.begin("figures/a.svg").expect("begun");
        file.write_all(b"half").expect("written");
        assert!(folder.read("figures/a.svg").is_err(), "not finished");
        drop(file);
        let left = fs::read_dir(folder.path().join(FIGURES)).expect("folder");
        assert_eq!(left.count(), 0, "nothing half-written stays");
        folder.write("figures/a.svg", b"whole").expect("written");
        assert_eq!(
            folder.read("figures/a.svg").expect("read"),
            b"whole",
            "whole"
        );
    }

    #[test]
    fn a_run_is_replaced_only_on_request_and_a_foreign_folder_never() {
        let (_place, folder) = folder();
        folder.write(MANIFEST, b"{}").expect("written");
        folder.write("notes.txt", b"mine").expect("written");
        let path = folder.path().to_owned();
        drop(folder);
        let again = |existing| RunFolder::create(&path, existing);
        let kept = again(Existing::Keep);
        assert!(matches!(kept, Err(ReportError::Exists(_))), "{kept:?}");
        let folder = again(Existing::Replace).expect("replaced");
        assert!(folder.read(MANIFEST).is_err(), "the manifest is gone");
        assert!(folder.read("notes.txt").is_ok(), "other files stay");
        drop(folder);
        let foreign = again(Existing::Replace);
        assert!(
            matches!(foreign, Err(ReportError::Foreign(_))),
            "{foreign:?}"
        );
    }

    #[test]
    fn numbered_folders_count_on() {
        let place = tempfile::tempdir().expect("a temporary folder");
        for n in 1..4 {
            let folder = RunFolder::create_numbered(place.path(), "x").expect("made");
            assert_eq!(
                folder.path(),
                place.path().join(format!("x-{n}")),
                "the next"
            );
        }
    }
}
