//! `input/sources.csv`: where the figures of a scenario come from, and which are assumptions.

use crate::report::ReportError;
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::folder::{RunFolder, SOURCES};
use crate::report::table::Table;

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(SOURCES, "one section or key of the scenario with figures", &[
    &[
        Column("path", "", "section or key of the scenario"),
        Column("status", "", "sourced, measured, derived, calibrated, assumption, unlabeled, or missing when no source is given"),
        Column("source", "", "where the figures come from, or the range of an assumption"),
    ],
]);

/// Where one section or key of a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Dotted path in the scenario.
    pub path: String,
    /// The kind of foundation, in one word.
    pub status: String,
    /// The source as it is given.
    pub source: String,
}

impl Provenance {
    /// Whether it is an assumption.
    pub fn is_assumption(&self) -> bool {
        self.status == "assumption"
    }
}

/// The table as a file.
///
/// # Errors
/// [`ReportError::File`] when memory cannot be written to, which does not happen.
pub fn table(sources: &[Provenance]) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    TABLE.write(&mut bytes, |rows| {
        let mut sources = sources.iter();
        sources.try_for_each(|source| {
            let texts = [&source.path, &source.status, &source.source];
            rows.push(&texts.map(|text| Cell::from(text.as_str())))
        })
    })?;
    Ok(bytes)
}

/// The notes stored in the folder of a run, assumptions first; none when there is no such file.
///
/// # Errors
/// [`ReportError::File`] when the file is there and cannot be read.
pub fn read_notes(folder: &RunFolder) -> Result<Vec<Provenance>, ReportError> {
    let bytes = match folder.read(SOURCES) {
        Err(ReportError::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Vec::new());
        }
        other => other?,
    };
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let mut notes = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReportError::file(SOURCES)(error.into()))?;
        let field = |idx| record.get(idx).unwrap_or_default().to_owned();
        notes.push(Provenance {
            path: field(0),
            status: field(1),
            source: field(2),
        });
    }
    notes.sort_by_key(|note| !note.is_assumption());
    Ok(notes)
}

/// How many notes on the inputs there are, and how many of them are assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foundation {
    /// Notes that are assumptions.
    pub assumed: usize,
    /// All notes.
    pub all: usize,
}

impl Foundation {
    /// Counts notes.
    pub fn of(notes: &[Provenance]) -> Self {
        Self {
            assumed: notes.iter().filter(|note| note.is_assumption()).count(),
            all: notes.len(),
        }
    }
}
