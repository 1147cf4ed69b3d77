//! Tables in memory: each column a list of one type.

use std::io;

use crate::report::cell::{Cell, rounded};
use crate::report::column::{FieldType, Header};
use crate::report::sink::Sink;

/// A table in memory, with the same values as its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// Name of its file, without the extension.
    pub name: &'static str,
    /// What one row is.
    pub about: String,
    /// The columns in order; all have as many values.
    pub columns: Vec<DataColumn>,
}

/// A column of a table in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct DataColumn {
    /// Its name.
    pub name: String,
    /// Unit of its values; empty for words and plain numbers.
    pub unit: String,
    /// What it is.
    pub meaning: String,
    /// The values, by row.
    pub values: Values,
}

/// The values of a column; `None` where there is nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Words; also where numbers stand in some rows and days in others.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers with six significant digits, all of them finite.
    Real(Vec<Option<f64>>),
    /// Yes or no.
    Flag(Vec<Option<bool>>),
    /// Days, such as 2021-11-18.
    Date(Vec<Option<String>>),
}

impl Data {
    /// A table without columns, which takes them from whoever fills it.
    pub(crate) fn new(name: &'static str, about: &str) -> Self {
        Self {
            name,
            about: about.to_owned(),
            columns: Vec::new(),
        }
    }

    /// The table with its texts as `say` puts them.
    pub(crate) fn said(mut self, say: impl Fn(&str) -> String) -> Self {
        self.about = say(&self.about);
        for column in &mut self.columns {
            column.meaning = say(&column.meaning);
        }
        self
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&DataColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Values {
    const fn new(of: FieldType) -> Self {
        match of {
            FieldType::Text | FieldType::Mixed => Self::Text(Vec::new()),
            FieldType::Whole => Self::Whole(Vec::new()),
            FieldType::Real => Self::Real(Vec::new()),
            FieldType::Flag => Self::Flag(Vec::new()),
            FieldType::Date => Self::Date(Vec::new()),
        }
    }

    /// Number of values.
    pub const fn len(&self) -> usize {
        match self {
            Self::Text(values) | Self::Date(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Real(values) => values.len(),
            Self::Flag(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn push(&mut self, field: &Cell<'_>) {
        match self {
            Self::Text(values) | Self::Date(values) => values.push(field.plain()),
            Self::Whole(values) => values.push(field.whole()),
            Self::Real(values) => values.push(real(field)),
            Self::Flag(values) => values.push(field.whole().map(|number| number == 1)),
        }
    }
}

fn real(field: &Cell<'_>) -> Option<f64> {
    match field {
        Cell::Real(number) => rounded(*number),
        _ => field.whole().map(|number| number as f64),
    }
}

impl Sink for Data {
    fn begin(&mut self, columns: &[Header]) -> io::Result<()> {
        let empty = |column: &Header| DataColumn {
            name: column.name.clone(),
            unit: column.unit.clone(),
            meaning: column.meaning.clone(),
            values: Values::new(column.of),
        };
        self.columns = columns.iter().map(empty).collect();
        Ok(())
    }

    fn row<'c>(&mut self, fields: &mut dyn Iterator<Item = &'c Cell<'c>>) -> io::Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            column.values.push(field);
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
