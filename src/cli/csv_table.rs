//! Small tables, as CSV like those of a run.

use std::io::Write;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::report::ReportError;
use crate::report::cell::{Cell, Decimal};
use crate::report::sink::{Csv, Sink};
use crate::statistics::interval::Estimate;

/// Rows under named columns.
#[derive(Debug)]
pub(crate) struct CsvTable(Vec<Vec<Cell<'static>>>);

impl CsvTable {
    /// A table without rows; `columns` are names with blanks between.
    pub(crate) fn new(columns: &'static str) -> Self {
        Self::with(columns.split_whitespace())
    }

    /// A table without rows, from the names of its columns.
    pub(crate) fn with<'a>(columns: impl Iterator<Item = &'a str>) -> Self {
        Self(vec![columns.map(|name| name.to_owned().into()).collect()])
    }

    pub(crate) fn push(&mut self, row: Vec<Cell<'static>>) {
        debug_assert_eq!(row.len(), self.0[0].len(), "a field for each column");
        self.0.push(row);
    }

    /// Shows the table, as [`output::show`] does.
    pub(crate) fn show(
        &self,
        file: Option<&Path>,
        is_quiet: bool,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        output::show(file, is_quiet, |out| self.write_rows(out), text)
    }

    /// Writes the table into a file, or without one to standard output.
    pub(crate) fn write(&self, file: Option<&Path>) -> Result<(), Failure> {
        write_to(file, |out| self.write_rows(out))
    }

    /// The table as the content of a file.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.write_rows(&mut bytes).map_err(Failure::output)?;
        Ok(bytes)
    }

    fn write_rows(&self, out: &mut dyn Write) -> Result<(), ReportError> {
        let mut csv = Csv::new(out, Decimal::Point);
        let written = self.0.iter().try_for_each(|row| csv.row(&mut row.iter()));
        let finished = written.and_then(|()| csv.finish());
        finished.map_err(ReportError::file("table"))
    }
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
