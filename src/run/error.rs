//! Why a run could not take place.

use std::io::ErrorKind;

use crate::report::ReportError;
use crate::scenario::ScenarioErrors;

/// Why a run could not take place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The scenario is not valid, or cannot be read.
    #[error(transparent)]
    Scenario(#[from] ScenarioErrors),
    /// What is asked does not fit the scenario or the run.
    #[error("{0}")]
    Usage(String),
    /// A folder or a file of a run is in the way, missing or damaged.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl RunError {
    /// What the operating system said, where a file could not be read or written.
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Scenario(errors) => errors.kind,
            Self::Usage(_) => None,
            Self::Report(error) => error.kind(),
        }
    }
}
