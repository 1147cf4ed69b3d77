//! `input/sources.csv`: where the figures of a scenario come from, and which are assumptions.

use crate::report::ReportError;
use crate::report::column::Column;
use crate::report::folder::RunFolder;
use crate::report::tables::Rows;

/// Name of the table in the run's folder.
pub(crate) const SOURCES: &str = "input/sources.csv";

/// Columns of the table.
pub(crate) const COLUMNS: [Column; 3] = [
    Column("path", "", "section or key of the scenario"),
    Column(
        "status",
        "",
        "sourced, measured, derived, assumption, unlabeled, or missing when no source is given",
    ),
    Column(
        "source",
        "",
        "where the figures come from, or the range of an assumption",
    ),
];

/// Where one section or key of a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Dotted path in the scenario.
    pub path: String,
    /// How well founded it is, in one word.
    pub status: &'static str,
    /// The source as it is given.
    pub source: String,
}

/// Writes the table into the folder of a run.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_sources(sources: &[Provenance], folder: &RunFolder) -> Result<(), ReportError> {
    let mut file = folder.begin(SOURCES)?;
    let mut rows = Rows::new(&mut file, SOURCES);
    rows.header(&COLUMNS)?;
    for source in sources {
        let path = source.path.as_str();
        rows.push(&[
            path.into(),
            source.status.into(),
            source.source.as_str().into(),
        ])?;
    }
    rows.finish()?;
    file.finish()
}
