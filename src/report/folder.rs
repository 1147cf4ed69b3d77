//! The folder of a run. A file appears in it under its name only when it is complete.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files;
use crate::report::ReportError;
use crate::report::layout::{is_chunk, is_figure, is_inside_input, is_unfinished, manifest};
use crate::report::lock::{LOCK, Lock};
use crate::report::unfinished::Unfinished;

pub(crate) use crate::report::layout::{
    ACTIVATIONS, BEST, COMPARISONS, DAILY, DICTIONARY, MOST_BYTES, OBSERVATIONS, OBSERVED, PACKAGE,
    POLICIES, PRECISION, REGIONS, REPLICATIONS, REPORTS, SCORES, SHAPES, SOURCES, STREAMS, SUMMARY,
    TRADE_OFFS, WEEKLY,
};
pub use crate::report::layout::{
    EXPLORED, FIGURES, INPUT, MANIFEST, REPORT, ROWS, RUNTIME, UNCERTAIN,
};

/// Most numbered folders of one scenario.
const MOST_RUNS: u32 = 100_000;

/// The folder of one run.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    lock: Option<Lock>,
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
    /// first; anything else in a folder is never touched, whatever its name.
    ///
    /// # Errors
    /// [`ReportError::Exists`], [`ReportError::Foreign`] or [`ReportError::Locked`] when something is
    /// in the way, and [`ReportError::File`] when the folder cannot be made or written to.
    pub fn create(path: &Path, existing: Existing) -> Result<Self, ReportError> {
        fs::create_dir_all(path).map_err(ReportError::file(path))?;
        if is_occupied(path)? && manifest(path).is_none() {
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
            lock: None,
        })
    }

    /// The folder of an earlier run, to write into. Unfinished files are removed.
    ///
    /// # Errors
    /// As [`Self::open`], [`ReportError::Manifest`] when the manifest is that of another program, and
    /// [`ReportError::Locked`] when another run writes into the folder.
    pub fn reopen(path: &Path) -> Result<Self, ReportError> {
        Self::open(path)?;
        if manifest(path).is_none() {
            return Err(ReportError::Manifest {
                path: path.join(MANIFEST),
                message: "not the manifest of a run of this program".to_owned(),
            });
        }
        let folder = Self::locked(path)?;
        folder.sweep()?;
        Ok(folder)
    }

    /// The same folder, to read.
    #[must_use]
    pub fn view(&self) -> Self {
        Self {
            path: self.path.clone(),
            lock: None,
        }
    }

    fn locked(path: &Path) -> Result<Self, ReportError> {
        Ok(Self {
            path: path.to_owned(),
            lock: Some(Lock::take(path)?),
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

    /// Writes a file in the place of which there may be the same one, and no other.
    ///
    /// # Errors
    /// [`ReportError::File`], and [`ReportError::Foreign`] when there is another file.
    pub fn write_once(&self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        match self.read(name) {
            Ok(there) if there == bytes => Ok(()),
            Err(error) if error.is_not_found() => self.write(name, bytes),
            Ok(_) => Err(ReportError::Foreign(self.path.clone())),
            Err(error) => Err(error),
        }
    }

    /// Begins a file, which appears under its name when it is finished.
    ///
    /// # Errors
    /// [`ReportError::File`], and [`ReportError::Lost`] as for [`Self::check_held`].
    pub fn begin(&self, name: &str) -> Result<Unfinished, ReportError> {
        self.check_held()?;
        Unfinished::begin(&self.path.join(name))
    }

    /// Refuses to write on when the folder or its lock is no longer there, or another run's.
    ///
    /// # Errors
    /// [`ReportError::Lost`].
    pub fn check_held(&self) -> Result<(), ReportError> {
        if self.lock.as_ref().is_none_or(Lock::is_held) {
            return Ok(());
        }
        Err(ReportError::Lost(self.path.clone()))
    }

    /// Reads a file, given by its path inside the folder.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ReportError> {
        self.read_up_to(name, MOST_BYTES)
    }

    /// Reads a file of at most `most` bytes, given by its path inside the folder.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn read_up_to(&self, name: &str, most: usize) -> Result<Vec<u8>, ReportError> {
        let path = self.path.join(name);
        files::whole(&path, most).map_err(ReportError::file(path))
    }

    /// Removes everything that follows from the stored replications, and nothing else.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn clear_reports(&self) -> Result<(), ReportError> {
        self.remove_in(FIGURES, is_figure)?;
        REPORTS.iter().try_for_each(|name| self.remove(name))
    }

    /// Removes what an earlier run wrote, and nothing else. The manifest goes last: until then the
    /// folder is still known as that of a run.
    fn clear(&self) -> Result<(), ReportError> {
        self.sweep()?;
        for rows in [ROWS, EXPLORED] {
            self.remove_in(rows, is_chunk)?;
        }
        let Some(manifest) = manifest(&self.path) else {
            return Ok(());
        };
        let listed = manifest["inputs"].as_array().into_iter().flatten();
        let copies = listed.filter_map(|input| input["file"].as_str());
        for copy in copies.chain([SOURCES, OBSERVED]) {
            if is_inside_input(copy) {
                self.remove(copy)?;
                self.remove_empty_above(copy);
            }
        }
        self.clear_uncertain()?;
        self.clear_reports()?;
        self.remove(MANIFEST)
    }

    /// Removes the run beside the run, and its folder if nothing else is in it.
    fn clear_uncertain(&self) -> Result<(), ReportError> {
        let path = self.path.join(UNCERTAIN);
        if manifest(&path).is_some() {
            let beside = Self::locked(&path)?;
            beside.clear()?;
            beside.remove(LOCK)?;
            let _ = fs::remove_dir(path);
        }
        Ok(())
    }

    /// Removes the files in a folder of the run that `is_ours` knows by their names, and the folder if
    /// nothing else is in it.
    fn remove_in(&self, name: &str, is_ours: fn(&str) -> bool) -> Result<(), ReportError> {
        let is_ours = |file: &OsStr| file.to_str().is_some_and(is_ours);
        remove_files(&self.path.join(name), is_ours)?;
        // What is not empty holds files of others.
        let _ = fs::remove_dir(self.path.join(name));
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), ReportError> {
        let path = self.path.join(name);
        gone(fs::remove_file(&path)).map_err(ReportError::file(path))
    }

    /// Removes the folders around a copy that are empty without it.
    fn remove_empty_above(&self, copy: &str) {
        let mut above = Path::new(copy).parent();
        while let Some(folder) = above.filter(|folder| *folder != Path::new("")) {
            let _ = fs::remove_dir(self.path.join(folder));
            above = folder.parent();
        }
    }

    /// Removes the unfinished files of a run that was killed.
    fn sweep(&self) -> Result<(), ReportError> {
        for name in ["", ROWS, EXPLORED, FIGURES] {
            remove_files(&self.path.join(name), is_unfinished)?;
        }
        sweep_below(&self.path.join(INPUT))
    }
}

/// Whether there is something in a folder. The first files of a run do not count where one has begun.
fn is_occupied(path: &Path) -> Result<bool, ReportError> {
    let is_begun = Lock::marks(path);
    let entries = fs::read_dir(path).map_err(ReportError::file(path))?;
    for entry in entries {
        let entry = entry.map_err(ReportError::file(path))?;
        let name = entry.file_name();
        let is_first = name == LOCK || name == INPUT;
        if !(is_begun && is_first || is_unfinished(&name)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes the regular files in a folder that `is_ours` knows by their names.
fn remove_files(folder: &Path, is_ours: impl Fn(&OsStr) -> bool) -> Result<(), ReportError> {
    let remove = || -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && is_ours(&entry.file_name()) {
                gone(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    };
    gone(remove()).map_err(ReportError::file(folder))
}

/// Removes the unfinished files in a folder and its subfolders.
fn sweep_below(folder: &Path) -> Result<(), ReportError> {
    remove_files(folder, is_unfinished)?;
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut folders = entries.filter(is_folder);
    folders.try_for_each(|entry| sweep_below(&entry.path()))
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

    /// What is known as the manifest of a run, with the copy `file`.
    fn marked(file: &str) -> Vec<u8> {
        let marks = r#""format": 0, "stream_version": 1, "scenario_sha256": "", "frame": {}"#;
        format!(r#"{{{marks}, "inputs": [{{"file": "{file}"}}]}}"#).into_bytes()
    }

    #[test]
    fn a_run_is_replaced_only_on_request_and_a_foreign_folder_never() {
        let (_place, folder) = folder();
        folder
            .write(MANIFEST, &marked("input/a.toml"))
            .expect("written");
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
    fn only_what_a_run_wrote_is_removed_with_it() {
        let (place, folder) = folder();
        let ours = [
            "rows/chunk-00000.bin",
            "rows/chunk-100000.part",
            "explored/chunk-00001.bin",
            "figures/trade-off.svg",
            "input/policies/a.toml",
            "input/sources.csv",
            "summary.csv",
        ];
        let theirs = [
            "rows/chunk-1.bin",
            "rows/data.txt",
            "figures/mine.svg",
            "input/thesis.txt",
            "input/policies/b.toml",
            "notes/.unfinished-thesis",
        ];
        for name in ours.iter().chain(&theirs) {
            folder.write(name, b"x").expect("written");
        }
        fs::write(place.path().join("outside"), b"x").expect("written");
        let path = folder.path().to_owned();
        for copy in ["../outside", "input/../../outside", "input/policies/a.toml"] {
            folder.write(MANIFEST, &marked(copy)).expect("written");
            folder.clear().expect("cleared");
        }
        let is_there = |name: &&&str| path.join(name).exists();
        assert_eq!(ours.iter().filter(is_there).count(), 0, "all of ours");
        assert_eq!(theirs.iter().filter(is_there).count(), theirs.len(), "kept");
        assert!(place.path().join("outside").exists(), "outside the folder");
    }

    #[test]
    fn a_manifest_or_a_lock_of_another_program_marks_no_run() {
        for (name, text) in [
            (MANIFEST, r#"{"name": "web app"}"#),
            (LOCK, "another program"),
        ] {
            let place = tempfile::tempdir().expect("a temporary folder");
            fs::create_dir(place.path().join(INPUT)).expect("made");
            fs::write(place.path().join(name), text).expect("written");
            for existing in [Existing::Keep, Existing::Replace] {
                let created = RunFolder::create(place.path(), existing);
                let is_refused = matches!(created, Err(ReportError::Foreign(_)));
                assert!(is_refused, "{name}: {created:?}");
            }
        }
    }

    #[test]
    fn a_copy_replaces_no_other_file() {
        let (_place, folder) = folder();
        folder.write_once("input/a", b"ours").expect("new");
        folder.write_once("input/a", b"ours").expect("the same");
        let other = folder.write_once("input/a", b"other");
        assert!(matches!(other, Err(ReportError::Foreign(_))), "{other:?}");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_into_a_folder_that_was_removed() {
        let (_place, folder) = folder();
        fs::remove_dir_all(folder.path()).expect("removed");
        let lost = folder.write("a", b"x");
        assert!(matches!(lost, Err(ReportError::Lost(_))), "{lost:?}");
        assert!(!folder.path().exists(), "nor is it made again");
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
