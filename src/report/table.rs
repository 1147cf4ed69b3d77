//! Tables: what they hold, and how they are written.

use std::io::{self, Write};

use crate::report::ReportError;
use crate::report::cell::{Cell, Decimal};
use crate::report::column::{Column, FieldType, RUN, SCENARIO};
use crate::report::folder::RunFolder;
use crate::report::layout::is_table_of_run;

/// What all tables of one run have in common.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Key of the run.
    pub(crate) run: String,
    /// Key of the scenario.
    pub(crate) scenario: String,
    pub(crate) decimal: Decimal,
}

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

    /// All columns, in their order. Those of a run begin with the keys of run and scenario.
    pub(crate) fn all_columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        if is_table_of_run(self.file) {
            columns.extend([RUN, SCENARIO]);
        }
        columns.extend(self.columns.concat());
        if let Names::AsColumns(_, more) = self.names {
            columns.extend(more());
        }
        columns
    }

    /// Writes the table into the folder of a run; `fill` adds its rows.
    pub(crate) fn save(
        &self,
        folder: &RunFolder,
        sheet: &Sheet,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut file = folder.begin(self.file)?;
        let mut rows = Rows::with(&mut file, self.file, sheet.decimal);
        rows.begin(&self.all_columns())?;
        rows.leading = vec![sheet.run.clone(), sheet.scenario.clone()];
        fill(&mut rows)?;
        rows.finish()?;
        file.finish()
    }

    /// Writes a table that belongs to no run to `file`; `fill` adds its rows.
    pub(crate) fn write(
        &self,
        file: &mut dyn Write,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut rows = Rows::new(file, self.file);
        rows.begin(&self.all_columns())?;
        fill(&mut rows)?;
        rows.finish()
    }
}

/// Writes rows to a file.
pub(crate) struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    name: &'static str,
    decimal: Decimal,
    /// Fields that every row begins with.
    leading: Vec<String>,
    /// What may stand in the columns; empty where that is not known.
    types: Vec<FieldType>,
}

impl<'w> Rows<'w> {
    pub(crate) fn new(file: &'w mut dyn Write, name: &'static str) -> Self {
        Self::with(file, name, Decimal::Point)
    }

    fn with(file: &'w mut dyn Write, name: &'static str, decimal: Decimal) -> Self {
        let delimiter = if decimal == Decimal::Comma {
            b';'
        } else {
            b','
        };
        let mut writer = csv::WriterBuilder::new();
        Self {
            writer: writer.delimiter(delimiter).from_writer(file),
            name,
            decimal,
            leading: Vec::new(),
            types: Vec::new(),
        }
    }

    /// Writes the header.
    fn begin(&mut self, columns: &[Column]) -> Result<(), ReportError> {
        let names: Vec<Cell<'_>> = columns.iter().map(|column| column.0.into()).collect();
        self.push(&names)?;
        self.types = columns.iter().map(Column::field_type).collect();
        Ok(())
    }

    /// Writes one row.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        debug_assert!(
            self.fit(cells),
            "{}: {cells:?} in {:?}",
            self.name,
            self.types
        );
        let leading = self.leading.iter().cloned();
        let fields = cells
            .iter()
            .map(|cell| cell.text(self.decimal).into_owned());
        let written = self.writer.write_record(leading.chain(fields));
        written.map_err(|error| ReportError::file(self.name)(cause(error)))
    }

    /// Whether the fields of a row can stand in their columns.
    fn fit(&self, cells: &[Cell<'_>]) -> bool {
        let types = self.types.iter().skip(self.leading.len());
        types.zip(cells).all(|(of, cell)| of.holds(cell))
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
