//! `dictionary.csv`: what every column, estimand, measure and series means, from the registries.

use crate::experiment::Measure;
use crate::experiment::analysis::Series;
use crate::experiment::estimand::ESTIMANDS;
use crate::outcome::WeekMeasure;
use crate::report::column::Column;
use crate::report::tables::{Rows, TABLES, Table};
use crate::report::{Evidence, ReportError, weekly};

pub(crate) const TABLE: Table = Table {
    file: "dictionary.csv",
    about: "one name that stands in the other tables",
    columns: &[
        Column("file", "", "table in which the name stands"),
        Column("kind", "", "column, estimand, measure or series"),
        Column("name", "", "the name"),
        Column("unit", "", "unit of its values"),
        Column("meaning", "", "what it is"),
    ],
    write,
};

/// One line of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Table in which the name stands.
    pub file: &'static str,
    /// `column`, `estimand`, `measure` or `series`.
    pub kind: &'static str,
    /// The name.
    pub name: &'static str,
    /// Unit of its values; empty for words and plain numbers.
    pub unit: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

/// Everything that has a name in the tables, in the order of the tables.
pub fn meanings() -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = TABLES.iter().flat_map(of_table).collect();
    #[cfg(feature = "charts")]
    meanings.extend(crate::report::figures::PLANS.iter().flat_map(|plan| {
        plan.columns.iter().map(|column| Meaning {
            file: plan.file,
            kind: "column",
            name: column.0,
            unit: column.1,
            meaning: column.2,
        })
    }));
    meanings
}

fn of_table(table: &Table) -> Vec<Meaning> {
    let meaning = |kind: &'static str| {
        move |(name, unit, meaning): (&'static str, &'static str, &'static str)| Meaning {
            file: table.file,
            kind,
            name,
            unit,
            meaning,
        }
    };
    let columns = table
        .columns
        .iter()
        .map(|column| (column.0, column.1, column.2));
    let mut meanings: Vec<Meaning> = columns.map(meaning("column")).collect();
    match table.file {
        "summary.csv" => meanings.extend(
            ESTIMANDS
                .iter()
                .map(|row| (row.key, row.unit, row.definition))
                .map(meaning("estimand")),
        ),
        "weekly.csv" => {
            let own = weekly::OWN_MEASURES.map(|own| (own.0, own.1, own.2));
            let counted = WeekMeasure::ALL.map(WeekMeasure::describe);
            meanings.extend(own.into_iter().chain(counted).map(meaning("measure")));
        }
        "daily.csv" => meanings.extend(Series::ALL.map(Series::describe).map(meaning("series"))),
        "replications.csv" => {
            meanings.extend(Measure::ALL.map(Measure::describe).map(meaning("measure")));
        }
        _ => {}
    }
    meanings
}

fn write(_: &Evidence<'_>, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    rows.header(TABLE.columns)?;
    for meaning in meanings() {
        rows.push(&[
            meaning.file.into(),
            meaning.kind.into(),
            meaning.name.into(),
            meaning.unit.into(),
            meaning.meaning.into(),
        ])?;
    }
    Ok(())
}
