//! Why a report could not be written or read.

use std::io;
use std::path::PathBuf;

use crate::experiment::record::ChunkError;

/// Why a report could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The folder is not empty, or the file exists, and replacing it was not requested.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// Another process writes into the folder.
    #[error("{0}: another run is writing into this folder")]
    Locked(PathBuf),
    /// The folder or its lock was removed while it was written into.
    #[error("{0}: the folder or its .lock was removed or replaced while this run wrote into it")]
    Lost(PathBuf),
    /// What is still to be stored is far more than the disk has room for.
    #[error("{path}: the worlds that are missing take about {needed} MB, and {free} MB are free")]
    Space {
        /// The folder.
        path: PathBuf,
        /// What they take, in megabytes.
        needed: u64,
        /// What is free, in megabytes.
        free: u64,
    },
    /// The folder holds something other than a run, which is never replaced.
    #[error("{0} is not empty and holds no run of this program")]
    Foreign(PathBuf),
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The manifest is no manifest, or one of another version.
    #[error("{path}: {message}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A copy of a file of the scenario has changed.
    #[error("{0}: this copy is not the one that was run")]
    Copy(PathBuf),
    /// Worlds are asked for that were added up and not kept.
    #[error("the single worlds of this run were not kept")]
    NotKept,
    /// Stored replications cannot be used.
    #[error("{path}: {source}")]
    Rows {
        /// The stored chunk.
        path: PathBuf,
        /// What is wrong with it.
        source: ChunkError,
    },
    /// The figures that were drawn for a replication make no model.
    #[error("the figures drawn for replication {replication} are not valid: {message}")]
    Drawn {
        /// The replication.
        replication: u32,
        /// What is wrong with them.
        message: String,
    },
    /// A figure could not be drawn.
    #[cfg(feature = "charts")]
    #[error("figure {name}: {source}")]
    Figure {
        /// Name of the figure.
        name: &'static str,
        /// What is wrong with it.
        source: crate::chart::ChartError,
    },
    /// Stored replications do not belong to the manifest beside them.
    #[error("{path}: {message}")]
    Mismatch {
        /// The stored chunk.
        path: PathBuf,
        /// What does not fit.
        message: String,
    },
}

impl ReportError {
    /// What the operating system said, where a file could not be read or written.
    pub fn kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::File { source, .. } => Some(source.kind()),
            Self::Exists(_) => Some(io::ErrorKind::AlreadyExists),
            _ => None,
        }
    }

    /// Whether a file is missing.
    pub(crate) fn is_not_found(&self) -> bool {
        self.kind() == Some(io::ErrorKind::NotFound)
    }

    /// Whether a file is larger than anything that a run writes there.
    pub(crate) fn is_too_large(&self) -> bool {
        self.kind() == Some(io::ErrorKind::FileTooLarge)
    }

    /// Whether stored worlds are sound, but of another experiment than that of the manifest.
    pub const fn is_foreign_rows(&self) -> bool {
        matches!(
            self,
            Self::Rows {
                source: ChunkError::Foreign,
                ..
            }
        )
    }

    /// An error about the file at `path`.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// An error about the figure called `name`.
    #[cfg(feature = "charts")]
    pub(crate) fn figure(name: &'static str) -> impl FnOnce(crate::chart::ChartError) -> Self {
        move |source| Self::Figure { name, source }
    }
}
