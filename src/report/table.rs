//! Tables: what they hold, and how they are filled, wherever their rows go.

use std::io::Write;

use crate::report::ReportError;
use crate::report::cell::{Cell, Decimal};
use crate::report::column::{Column, FieldType, Header, RUN, SCENARIO};
use crate::report::data::Data;
use crate::report::folder::RunFolder;
use crate::report::layout::is_table_of_run;
use crate::report::sink::{Csv, Sink};

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

    /// Its name without the extension.
    pub(crate) fn name(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }

    /// Writes the table into the folder of a run; `fill` adds its rows.
    pub(crate) fn save(
        &self,
        folder: &RunFolder,
        sheet: &Sheet,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut file = folder.begin(self.file)?;
        let mut csv = Csv::new(&mut file, sheet.decimal);
        self.fill(&mut csv, Some(sheet), fill)?;
        drop(csv);
        file.finish()
    }

    /// Writes a table that belongs to no run to `file`; `fill` adds its rows.
    pub(crate) fn write(
        &self,
        file: &mut dyn Write,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        self.fill(&mut Csv::new(file, Decimal::Point), None, fill)
    }

    /// The table of a run in memory; `fill` adds its rows.
    pub(crate) fn data(
        &self,
        sheet: &Sheet,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<Data, ReportError> {
        let mut data = Data::new(self.name(), self.about);
        self.fill(&mut data, Some(sheet), fill)?;
        Ok(data)
    }

    /// Hands the table to `sink`; `fill` adds its rows, which begin with the keys of their run.
    pub(crate) fn fill(
        &self,
        sink: &mut dyn Sink,
        sheet: Option<&Sheet>,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let columns = self.all_columns();
        let headers: Vec<Header> = columns.iter().map(Header::from).collect();
        let begun = sink.begin(&headers);
        begun.map_err(ReportError::file(self.file))?;
        let keys = |sheet: &Sheet| [&sheet.run, &sheet.scenario].map(|key| key.clone().into());
        let mut rows = Rows {
            sink,
            name: self.file,
            leading: sheet.map(keys).into_iter().flatten().collect(),
            types: columns.iter().map(Column::field_type).collect(),
        };
        fill(&mut rows)?;
        let finished = rows.sink.finish();
        finished.map_err(ReportError::file(self.file))
    }
}

/// Adds rows to a table.
pub(crate) struct Rows<'s> {
    sink: &'s mut dyn Sink,
    name: &'static str,
    /// Fields that every row begins with.
    leading: Vec<Cell<'static>>,
    /// What may stand in the columns.
    types: Vec<FieldType>,
}

impl Rows<'_> {
    /// Adds one row.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        debug_assert!(
            self.fit(cells),
            "{}: {cells:?} in {:?}",
            self.name,
            self.types
        );
        let mut fields = self.leading.iter().chain(cells);
        let written = self.sink.row(&mut fields);
        written.map_err(ReportError::file(self.name))
    }

    /// Whether the fields of a row can stand in their columns.
    fn fit(&self, cells: &[Cell<'_>]) -> bool {
        let fields = self.leading.iter().chain(cells);
        let is_full = self.types.len() == self.leading.len() + cells.len();
        is_full
            && self
                .types
                .iter()
                .zip(fields)
                .all(|(of, cell)| of.holds(cell))
    }
}
