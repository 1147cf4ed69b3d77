//! Tables as Parquet: each column with its type, in groups of rows, so that a table of any length takes
//! the memory of one group.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Stored};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::report::cell::Cell;
use crate::report::column::{FieldType, Header};
use crate::report::data::{Data, DataColumn, Values};
use crate::report::sink::Sink;

/// Rows of one group.
const GROUP: usize = 1 << 16;
/// Day 0 of a date in Parquet.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Writes a Parquet file.
pub(crate) struct Parquet<W: Write> {
    file: W,
    columns: Vec<Header>,
    /// The rows of the group that is being filled.
    rows: Data,
    /// Writes into memory, which goes to the file after each group.
    writer: Option<SerializedFileWriter<Vec<u8>>>,
}

impl<W: Write> Parquet<W> {
    pub(crate) fn new(file: W) -> Self {
        Self {
            file,
            columns: Vec::new(),
            rows: Data::new("", ""),
            writer: None,
        }
    }

    /// Hands the rows so far to the file as one group.
    fn write_group(&mut self) -> io::Result<()> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let mut group = writer.next_row_group().map_err(cause)?;
        for column in &self.rows.columns {
            let mut to = group.next_column().map_err(cause)?.ok_or_else(too_few)?;
            write(&column.values, &mut to)?;
            to.close().map_err(cause)?;
        }
        group.close().map_err(cause)?;
        self.file.write_all(&core::mem::take(writer.inner_mut()))?;
        self.rows.begin(&self.columns)
    }
}

impl<W: Write> Sink for Parquet<W> {
    fn begin(&mut self, columns: &[Header]) -> io::Result<()> {
        self.columns = columns.to_vec();
        self.rows.begin(columns)?;
        let fields = columns.iter().map(|column| field(column).map(Arc::new));
        let fields = fields.collect::<Result<_, _>>().map_err(cause)?;
        let schema = Type::group_type_builder("table")
            .with_fields(fields)
            .build();
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let properties = Arc::new(properties.build());
        let schema = Arc::new(schema.map_err(cause)?);
        let writer = SerializedFileWriter::new(Vec::new(), schema, properties);
        self.writer = Some(writer.map_err(cause)?);
        Ok(())
    }

    fn row<'c>(&mut self, fields: &mut dyn Iterator<Item = &'c Cell<'c>>) -> io::Result<()> {
        self.rows.row(fields)?;
        let n = self
            .rows
            .columns
            .first()
            .map_or(0, |column| column.values.len());
        if n < GROUP {
            Ok(())
        } else {
            self.write_group()
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows.columns.iter().any(has_rows) {
            self.write_group()?;
        }
        if let Some(writer) = self.writer.take() {
            self.file.write_all(&writer.into_inner().map_err(cause)?)?;
        }
        self.file.flush()
    }
}

fn has_rows(column: &DataColumn) -> bool {
    !column.values.is_empty()
}

/// A column of the schema, with fields that can be empty.
fn field(column: &Header) -> Result<Type, ParquetError> {
    let (stored, logical) = match column.of {
        FieldType::Text | FieldType::Mixed => (Stored::BYTE_ARRAY, Some(LogicalType::String)),
        FieldType::Date => (Stored::INT32, Some(LogicalType::Date)),
        FieldType::Whole => (Stored::INT64, None),
        FieldType::Real => (Stored::DOUBLE, None),
        FieldType::Flag => (Stored::BOOLEAN, None),
    };
    Type::primitive_type_builder(&column.name, stored)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
}

fn write(values: &Values, to: &mut SerializedColumnWriter<'_>) -> io::Result<()> {
    match values {
        Values::Text(values) => {
            put::<ByteArrayType, _>(values, to, |text| ByteArray::from(text.as_str()))
        }
        Values::Date(values) => put::<Int32Type, _>(values, to, |text| days(text)),
        Values::Whole(values) => put::<Int64Type, _>(values, to, |number| *number),
        Values::Real(values) => put::<DoubleType, _>(values, to, |number| *number),
        Values::Flag(values) => put::<BoolType, _>(values, to, |flag| *flag),
    }
}

/// Writes the values that are there, and at which rows they are.
fn put<T: DataType, V>(
    values: &[Option<V>],
    to: &mut SerializedColumnWriter<'_>,
    stored: impl Fn(&V) -> T::T,
) -> io::Result<()> {
    let there: Vec<T::T> = values.iter().flatten().map(stored).collect();
    let levels: Vec<i16> = values
        .iter()
        .map(|value| i16::from(value.is_some()))
        .collect();
    let written = to.typed::<T>().write_batch(&there, Some(&levels), None);
    written.map(drop).map_err(cause)
}

/// Days since 1970 of a date as tables have it.
fn days(text: &str) -> i32 {
    let date: Date = text.parse().expect("a date of a table");
    (date - EPOCH).get_days()
}

fn too_few() -> io::Error {
    io::Error::other("the schema has fewer columns than the table")
}

/// The error of the operating system behind an error of the writer.
fn cause(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use std::io::Seek;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;
    use crate::report::column::{Column, POLICY, REPLICATION, VALUE, WEEK_START};

    /// A table with a column of each type, in as many rows.
    fn written(n: usize) -> Vec<u8> {
        let columns = [
            POLICY,
            WEEK_START,
            REPLICATION,
            VALUE,
            Column("flag", "0 or 1", ""),
        ];
        let mut file = Vec::new();
        let mut sink = Parquet::new(&mut file);
        sink.begin(&columns.each_ref().map(Header::from))
            .expect("begun");
        for n in 0..n as u64 {
            let row: [Cell<'_>; 5] = if n % 3 == 2 {
                [const { Cell::Empty }; 5]
            } else {
                let day = if n == 0 { "1969-12-31" } else { "2021-11-01" };
                [
                    "=a".into(),
                    day.into(),
                    n.into(),
                    (n as f64 / 3.0).into(),
                    (n % 2).into(),
                ]
            };
            sink.row(&mut row.iter()).expect("written");
        }
        sink.finish().expect("finished");
        file
    }

    fn read(bytes: Vec<u8>) -> (usize, Vec<Vec<Field>>) {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&bytes).expect("written");
        file.rewind().expect("at its beginning");
        let reader = SerializedFileReader::new(file).expect("a Parquet file");
        let groups = reader.num_row_groups();
        let rows = reader.get_row_iter(None).expect("rows").map(|row| {
            let row = row.expect("a row");
            row.get_column_iter()
                .map(|(_, field)| field.clone())
                .collect()
        });
        (groups, rows.collect())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let (groups, rows) = read(written(3));
        assert_eq!((groups, rows.len()), (1, 3), "groups and rows");
        let first = [
            Field::Str("=a".to_owned()),
            Field::Date(-1),
            Field::Long(0),
            Field::Double(0.0),
            Field::Bool(false),
        ];
        assert_eq!(rows[0], first, "each type");
        assert_eq!(rows[1][1], Field::Date(18_932), "a day");
        assert_eq!(rows[1][3], Field::Double(0.333_333), "six digits");
        assert_eq!(rows[2], vec![Field::Null; 5], "nothing is nothing");
    }

    #[test]
    fn long_tables_are_written_in_groups_and_empty_ones_have_none() {
        let (groups, rows) = read(written(GROUP + 1));
        assert_eq!(
            (groups, rows.len()),
            (2, GROUP + 1),
            "a row more than one group"
        );
        assert_eq!(rows[GROUP][2], Field::Long(GROUP as i64), "the last");
        assert_eq!(read(written(0)), (0, Vec::new()), "no rows");
    }
}
