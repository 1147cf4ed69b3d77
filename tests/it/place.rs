//! A study in which a world takes little time, and a temporary folder for what is made of it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The scenario of the study, and the settings that make it short.
pub(crate) const FAST: [&str; 9] = [
    "scenarios/small.toml",
    "--no-figures",
    "--quiet",
    "--set",
    "study.burn_in_weeks=1",
    "--set",
    "study.window_weeks=2",
    "--set",
    "study.follow_up_weeks=7",
];

/// A temporary folder.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn name(&self, name: &str) -> String {
        self.path(name)
            .to_str()
            .expect("a path in UTF-8")
            .to_owned()
    }
}
