//! Tables: what they hold, and how they are written.

use std::io::{self, Write};

use crate::report::ReportError;
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::folder::RunFolder;

/// A table: a file with a fixed set of columns. The data dictionary follows from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// Name of the file.
    pub(crate) file: &'static str,
    /// What one row is.
    pub(crate) about: &'static str,
    /// The columns in order, in groups.
    pub(crate) columns: &'static [&'static [Column]],
    /// Other names that stand in the table.
    pub(crate) names: Names,
}

/// Names that stand in a table beside those of its fixed columns, each with unit and meaning.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Names {
    /// There are none.
    None,
    /// They stand in its cells; first their kind.
    InCells(&'static str, fn() -> Vec<Column>),
    /// Each has a column of its own after the others; first their kind.
    AsColumns(&'static str, fn() -> Vec<Column>),
}

impl Table {
    /// A table without names beside those of its columns.
    pub(crate) const fn new(
        file: &'static str,
        about: &'static str,
        columns: &'static [&'static [Column]],
    ) -> Self {
        Self {
            file,
            about,
            columns,
            names: Names::None,
        }
    }

    /// Writes the table into the folder of a run; `fill` adds its rows.
    pub(crate) fn save(
        &self,
        folder: &RunFolder,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut file = folder.begin(self.file)?;
        self.write(&mut file, fill)?;
        file.finish()
    }

    /// Writes the header to `file`, and the rows that `fill` adds.
    pub(crate) fn write(
        &self,
        file: &mut dyn Write,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut rows = Rows::new(file, self.file);
        let mut columns = self.columns.concat();
        if let Names::AsColumns(_, more) = self.names {
            columns.extend(more());
        }
        rows.push(
            &columns
                .iter()
                .map(|column| column.0.into())
                .collect::<Vec<_>>(),
        )?;
        fill(&mut rows)?;
        rows.finish()
    }
}

/// Writes rows to a file.
pub(crate) struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    name: &'static str,
}

impl<'w> Rows<'w> {
    pub(crate) fn new(file: &'w mut dyn Write, name: &'static str) -> Self {
        Self {
            writer: csv::Writer::from_writer(file),
            name,
        }
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

/// The error of the operating system behind an error of the writer.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
