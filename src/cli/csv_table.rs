//! Small tables, as CSV like those of a run, or as lines of JSON where the name of their file says so.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::report::ReportError;
use crate::report::cell::{Cell, Decimal};
use crate::report::column::{FieldType, Header};
use crate::report::folder::PACKAGE;
use crate::report::package::package_of;
use crate::report::sink::{Csv, JsonLines, Sink};
use crate::statistics::interval::Estimate;

/// Rows under named columns.
#[derive(Debug)]
pub(crate) struct CsvTable {
    columns: Vec<Header>,
    rows: Vec<Vec<Cell<'static>>>,
}

impl CsvTable {
    /// A table without rows; `columns` are names with blanks between.
    pub(crate) fn new(columns: &'static str) -> Self {
        let named = |name: &str| Header {
            name: name.to_owned(),
            unit: String::new(),
            meaning: String::new(),
            of: FieldType::Text,
        };
        Self::with(columns.split_whitespace().map(named).collect())
    }

    /// A table without rows.
    pub(crate) const fn with(columns: Vec<Header>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, row: Vec<Cell<'static>>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a field for each column");
        self.rows.push(row);
    }

    /// Shows the table, as [`output::show`] does.
    pub(crate) fn show(
        &self,
        file: Option<&Path>,
        is_quiet: bool,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        output::show(file, is_quiet, |out| self.write_rows(file, out), text)
    }

    /// Describes the table in the CSV file `table` to programs that read data packages, in a file beside it.
    pub(crate) fn describe(&self, table: &Path) -> Result<(), Failure> {
        let name = table.file_name().unwrap_or_default().to_string_lossy();
        let package = package_of(&name, &self.columns);
        output::save(&package_file(table), format!("{package:#}\n").as_bytes())
    }

    /// Writes the table into a file, or without one to standard output.
    pub(crate) fn write(&self, file: Option<&Path>) -> Result<(), Failure> {
        write_to(file, |out| self.write_rows(file, out))
    }

    /// The table as the content of a file.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.write_rows(None, &mut bytes).map_err(Failure::output)?;
        Ok(bytes)
    }

    fn write_rows(&self, file: Option<&Path>, out: &mut dyn Write) -> Result<(), ReportError> {
        let is_json = file.is_some_and(|file| file.extension() == Some("jsonl".as_ref()));
        let mut sink: Box<dyn Sink + '_> = if is_json {
            Box::new(JsonLines::new(out))
        } else {
            Box::new(Csv::new(out, Decimal::Point))
        };
        let begun = sink.begin(&self.columns);
        let mut rows = self.rows.iter();
        let written = begun.and_then(|()| rows.try_for_each(|row| sink.row(&mut row.iter())));
        let finished = written.and_then(|()| sink.finish());
        finished.map_err(ReportError::file("table"))
    }
}

/// Where [`CsvTable::describe`] writes.
pub(crate) fn package_file(table: &Path) -> PathBuf {
    table.with_extension(PACKAGE)
}

/// Value, ends of the interval, its kind, and the status.
pub(crate) fn estimate(estimate: &Estimate) -> [Cell<'static>; 5] {
    [
        estimate.value.into(),
        estimate.interval.low.into(),
        estimate.interval.high.into(),
        estimate.kind.to_string().into(),
        estimate.standing().0.into(),
    ]
}
