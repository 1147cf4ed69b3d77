//! The tables of a run: which there are, and writing them.

use std::io::Write;

use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::{
    Evidence, ReportError, RunFolder, comparisons, daily, dictionary, replications, summary, weekly,
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
pub(crate) const TABLES: [Table; 6] = [
    summary::TABLE,
    comparisons::TABLE,
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
        let mut rows = Rows::new(&mut file);
        (table.write)(evidence, &mut rows)?;
        rows.finish().map_err(ReportError::file(table.file))?;
        file.finish()?;
    }
    Ok(())
}

/// Rows on their way to a file.
pub(crate) struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
}

impl<'w> Rows<'w> {
    pub(crate) fn new(file: &'w mut dyn Write) -> Self {
        Self {
            writer: csv::Writer::from_writer(file),
        }
    }

    /// Writes the names of `columns`.
    pub(crate) fn header(&mut self, columns: &[Column]) -> Result<(), ReportError> {
        let names: Vec<Cell<'_>> = columns.iter().map(|column| column.0.into()).collect();
        self.push(&names)
    }

    /// Writes one row.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        let fields = cells.iter().map(Cell::text);
        self.writer
            .write_record(fields.map(|field| field.into_owned()))
            .map_err(|error| ReportError::file("a table")(error.into()))
    }

    pub(crate) fn finish(mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}
