//! Where the rows of a table go: a CSV file or lines of JSON; `data.rs` has columns in memory, and
//! `parquet.rs` a Parquet file.
//!
//! All sinks get the same rows, and write numbers with the same six digits.

use std::io::{self, Write};

use serde_json::Value;

use crate::report::cell::{Cell, Decimal, rounded};
use crate::report::column::{FieldType, Header};

/// Takes a table row by row.
pub(crate) trait Sink {
    /// Takes the columns, before any row.
    fn begin(&mut self, columns: &[Header]) -> io::Result<()>;

    /// Takes a row: a field for each column.
    fn row<'c>(&mut self, fields: &mut dyn Iterator<Item = &'c Cell<'c>>) -> io::Result<()>;

    /// Hands over what it may hold back, after all rows.
    fn finish(&mut self) -> io::Result<()>;
}

/// Writes comma-separated values, or with a decimal comma semicolon-separated ones.
pub(crate) struct Csv<W: Write> {
    writer: csv::Writer<W>,
    decimal: Decimal,
}

impl<W: Write> Csv<W> {
    pub(crate) fn new(file: W, decimal: Decimal) -> Self {
        let delimiter = if decimal == Decimal::Comma {
            b';'
        } else {
            b','
        };
        let mut writer = csv::WriterBuilder::new();
        Self {
            writer: writer.delimiter(delimiter).from_writer(file),
            decimal,
        }
    }
}

impl<W: Write> Sink for Csv<W> {
    fn begin(&mut self, columns: &[Header]) -> io::Result<()> {
        let names = columns.iter().map(|column| column.name.as_str().into());
        let names: Vec<Cell<'_>> = names.collect();
        self.row(&mut names.iter())
    }

    fn row<'c>(&mut self, fields: &mut dyn Iterator<Item = &'c Cell<'c>>) -> io::Result<()> {
        for field in fields {
            let written = self.writer.write_field(field.text(self.decimal).as_bytes());
            written.map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The error of the operating system behind an error of the writer.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes each row as one JSON object on a line of its own. Fields with nothing in them are null.
pub(crate) struct JsonLines<W: Write> {
    file: W,
    columns: Vec<Header>,
}

impl<W: Write> JsonLines<W> {
    pub(crate) const fn new(file: W) -> Self {
        Self {
            file,
            columns: Vec::new(),
        }
    }
}

impl<W: Write> Sink for JsonLines<W> {
    fn begin(&mut self, columns: &[Header]) -> io::Result<()> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row<'c>(&mut self, fields: &mut dyn Iterator<Item = &'c Cell<'c>>) -> io::Result<()> {
        let mut sign = '{';
        for (column, field) in self.columns.iter().zip(fields) {
            let (name, value) = (Value::from(column.name.as_str()), json(field, column.of));
            write!(self.file, "{sign}{name}:{value}")?;
            sign = ',';
        }
        self.file.write_all(b"}\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn json(field: &Cell<'_>, of: FieldType) -> Value {
    match field {
        Cell::Text(text) => Value::from(text.as_ref()),
        Cell::Whole(number) if of == FieldType::Flag => Value::from(*number == 1),
        Cell::Whole(_) => Value::from(field.whole()),
        Cell::Real(number) => Value::from(rounded(*number)),
        Cell::Empty => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::column::{Column, POLICY, VALUE, WEEK_START};

    /// A table with a word, a day, a number and a flag, in two rows.
    fn written(sink: &mut dyn Sink) {
        let flag = Column("flag", "0 or 1", "");
        let columns = [POLICY, WEEK_START, VALUE, flag];
        sink.begin(&columns.each_ref().map(Header::from))
            .expect("begun");
        let full: [Cell<'_>; 4] = [
            "=a,\"b\"".into(),
            "2021-11-01".into(),
            (0.1 + 0.2).into(),
            1_u64.into(),
        ];
        let bare = [Cell::Empty, Cell::Empty, f64::NAN.into(), Cell::Empty];
        for row in [&full, &bare] {
            sink.row(&mut row.iter()).expect("written");
        }
        sink.finish().expect("finished");
    }

    #[test]
    fn all_sinks_say_the_same() {
        let mut file = Vec::new();
        written(&mut Csv::new(&mut file, Decimal::Point));
        let csv = "policy,week_start,value,flag\n\"'=a,\"\"b\"\"\",2021-11-01,0.3,1\n,,,\n";
        assert_eq!(String::from_utf8(file).expect("text"), csv, "CSV");
        let mut file = Vec::new();
        written(&mut JsonLines::new(&mut file));
        let full = r#"{"policy":"=a,\"b\"","week_start":"2021-11-01","value":0.3,"flag":true}"#;
        let bare = r#"{"policy":null,"week_start":null,"value":null,"flag":null}"#;
        let lines = format!("{full}\n{bare}\n");
        assert_eq!(String::from_utf8(file).expect("text"), lines, "JSON");
    }
}
