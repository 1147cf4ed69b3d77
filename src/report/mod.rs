//! The report of a run: from stored rows to tables, in one folder.
//!
//! Every table follows from the rows and the manifest of a run alone, so it can be made again at
//! any time, byte for byte. Files appear under their name only when they are complete. This module
//! estimates nothing itself and prints nothing.

pub mod language;
mod phrase;
pub(crate) mod wording;
pub mod ablation;
pub mod lock;
pub mod folder;
pub mod manifest;
pub mod rows;
pub mod evidence;
pub mod conclusion;
pub mod dictionary;
pub mod log;
pub mod precision;
pub mod backtest;
pub mod verdict;
pub mod sources;
#[cfg(feature = "charts")]
mod likelihood;
mod terminal;
#[cfg(feature = "charts")]
pub(crate) mod shell;
#[cfg(feature = "charts")]
pub mod figures;
#[cfg(feature = "charts")]
pub mod brief;
#[cfg(feature = "charts")]
pub mod html;

mod activations;
mod best;
pub(crate) mod cell;
mod column;
mod comparisons;
mod daily;
mod replications;
mod rule_names;
mod summary;
pub(crate) mod tables;
mod trade_offs;
mod weekly;

pub use ablation::AblationReport;
pub use backtest::write_backtest;
pub use evidence::Evidence;
pub use folder::RunFolder;
pub use language::Language;
pub use manifest::{Input, Manifest, Runtime};
pub use rows::RowStore;
pub use tables::write_tables;

use std::io;
use std::path::PathBuf;

use crate::experiment::record::ChunkError;

/// Why a report could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The folder is not empty, or the file exists, and replacing it was not asked for.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// Another process writes into the folder.
    #[error("{0}: another run is writing into this folder")]
    Locked(PathBuf),
    /// The folder holds something else than a run, which is never replaced.
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
    /// Stored replications cannot be used.
    #[error("{path}: {source}")]
    Rows {
        /// The stored chunk.
        path: PathBuf,
        /// What is wrong with it.
        source: ChunkError,
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
    /// Whether a file is missing.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::File { source, .. } if source.kind() == io::ErrorKind::NotFound)
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
