//! The tables of a run: which there are, and writing them.

use std::io::{self, Write};

use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::{
    Evidence, ReportError, RunFolder, activations, best, comparisons, daily, dictionary,
    replications, summary, trade_offs, weekly,
};

/// One table: a file with a fixed set of columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// Name of the file in the run's folder.
    pub(crate) file: &'static str,
    /// What one row is.
    pub(crate) about: &'static str,
    /// The columns, in order; `replications.csv` adds one per measure.
    pub(crate) columns: &'static [Column],
    /// Writes the rows.
    pub(crate) write: fn(&Evidence<'_>, &mut Rows<'_>) -> Result<(), ReportError>,
}

/// All tables, the answer first.
pub(crate) const TABLES: [Table; 9] = [
    summary::TABLE,
    comparisons::TABLE,
    best::TABLE,
    trade_offs::TABLE,
    activations::TABLE,
    weekly::TABLE,
    daily::TABLE,
    replications::TABLE,
    dictionary::TABLE,
];

/// Writes all tables of a run into its folder.
///
/// # Errors
/// [`ReportError::File`] when a file cannot be written, or an error of reading the stored rows.
pub fn write_tables(evidence: &Evidence<'_>, folder: &RunFolder) -> Result<(), ReportError> {
    for table in TABLES {
        let mut file = folder.begin(table.file)?;
        let mut rows = Rows::new(&mut file, table.file);
        (table.write)(evidence, &mut rows)?;
        rows.finish()?;
        file.finish()?;
    }
    Ok(())
}

/// Rows on their way to a file.
pub(crate) struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    name: &'static str,
}

impl<'w> Rows<'w> {
    /// Rows that go to `file`; errors call it `name`.
    pub(crate) fn new(file: &'w mut dyn Write, name: &'static str) -> Self {
        Self {
            writer: csv::Writer::from_writer(file),
            name,
        }
    }

    /// Writes the names of `columns`.
    pub(crate) fn header(&mut self, columns: &[Column]) -> Result<(), ReportError> {
        let names: Vec<Cell<'_>> = columns.iter().map(|column| column.0.into()).collect();
        self.push(&names)
    }

    /// Writes one row.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        let fields = cells.iter().map(|cell| cell.text().into_owned());
        let written = self.writer.write_record(fields);
        written.map_err(|error| ReportError::file(self.name)(cause(error)))
    }

    /// Hands everything over to the file.
    pub(crate) fn finish(mut self) -> Result<(), ReportError> {
        self.writer.flush().map_err(ReportError::file(self.name))
    }
}

/// What went wrong below, as the operating system said it.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
