//! Small tables of designs, as CSV.

use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::cli::failure::Failure;
use crate::report::ReportError;
use crate::report::folder::Unfinished;
use crate::statistics::interval::Estimate;

/// Rows under named columns.
#[derive(Debug, Clone)]
pub(crate) struct CsvTable {
    text: String,
    n_columns: usize,
}

impl CsvTable {
    pub(crate) fn new(columns: &[&str]) -> Self {
        Self {
            text: columns.join(",") + "\n",
            n_columns: columns.len(),
        }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.n_columns, "a field for each column");
        let fields: Vec<String> = row.into_iter().map(quoted).collect();
        self.text.push_str(&fields.join(","));
        self.text.push('\n');
    }

    pub(crate) fn text(&self) -> String {
        self.text.clone()
    }

    /// Writes the table, complete or not at all.
    pub(crate) fn save(&self, path: &Path) -> Result<(), ReportError> {
        let mut file = Unfinished::begin(path)?;
        file.write_all(self.text.as_bytes())
            .map_err(ReportError::file(path))?;
        file.finish()
    }
}

/// An earlier table is in the way, unless it may be replaced; a folder is in any case.
pub(crate) fn check_free(table: &Path, may_replace: bool) -> Result<(), Failure> {
    if table.is_dir() {
        let error = ReportError::file(table)(ErrorKind::IsADirectory.into());
        return Err(Failure::output(error));
    }
    if table.exists() && !may_replace {
        return Err(Failure::output(ReportError::Exists(table.to_owned())));
    }
    Ok(())
}

/// Makes sure, before anything is simulated, that a file can be written afterwards.
pub(crate) fn check_writable(file: &Path, may_replace: bool) -> Result<(), Failure> {
    check_free(file, may_replace)?;
    Unfinished::begin(file).map(drop).map_err(Failure::output)
}

/// Value, ends of the interval, its kind, and the status.
pub(crate) fn estimate(estimate: &Estimate) -> [String; 5] {
    [
        number(estimate.value),
        number(estimate.interval.low),
        number(estimate.interval.high),
        estimate.kind.to_string(),
        estimate.standing().0.to_owned(),
    ]
}

/// A number in at most six decimals; nothing when it is not finite.
pub(crate) fn number(x: f64) -> String {
    if !x.is_finite() {
        return String::new();
    }
    let text = format!("{x:.6}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// A field that cannot be taken for two, or for a formula.
fn quoted(field: String) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let is_formula = !is_number && field.starts_with(['=', '+', '-', '@']);
    let field = if is_formula {
        format!("'{field}")
    } else {
        field
    };
    if field.contains([',', '"', '\n']) {
        return format!("\"{}\"", field.replace('"', "\"\""));
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_survive_commas_quotes_and_formulas() {
        let mut table = CsvTable::new(&["a", "b", "c"]);
        table.push(
            ["x=[1, 2]", "say \"so\"", "=1+1"]
                .map(str::to_owned)
                .to_vec(),
        );
        assert_eq!(
            table.text(),
            "a,b,c\n\"x=[1, 2]\",\"say \"\"so\"\"\",'=1+1\n"
        );
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!(number(0.1 + 0.2), "0.3", "rounded");
        assert_eq!(number(-1e-9), "0", "no negative nought");
        assert_eq!(number(f64::NAN), "", "nothing to say");
    }
}
