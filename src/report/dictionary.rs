//! `dictionary.csv`: what every column, estimand, measure and series means, from the registries.

use core::fmt::Write;

use crate::experiment::Measure;
use crate::experiment::activation::TRIGGERS;
use crate::experiment::analysis::Series;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::trade_off::TRADE_OFFS;
use crate::outcome::{WeekMeasure, Word};
use crate::report::column::Column;
use crate::report::tables::{Rows, TABLES, Table};
use crate::report::{Evidence, ReportError, ablation, backtest, log, precision, sources, weekly};

/// What stands before the tables of the document.
const INTRODUCTION: &str = "\
# Output

A run writes one folder, `output/<scenario>-1`, `-2` and so on, or the one given with `--out`.

| file | what it holds |
|---|---|
| `manifest.json` | everything that the results follow from: version, scenario, seed, policies, calendar |
| `runtime.json` | what differs from run to run: start, seconds, threads, processor, of the last session; no table depends on it |
| `input/` | the scenario and its policies as they were read, and where their figures come from |
| `rows/` | every simulated world, compressed and checksummed; `zorgdruk report` makes the rest from it |
| `explored/` | the same for worlds that were only looked at, with `--precision` and `--confirm` |
| `summary.csv` | each estimand under each policy |
| `comparisons.csv` | each policy minus the baseline in the same worlds |
| `best.csv` | each policy against the best of the others |
| `trade_offs.csv` | displaced patients avoided per unit of what a policy costs |
| `activations.csv` | how often triggers activate, what the policy changes where they do, and the product |
| `precision.csv` | the precision that was asked with `--precision`, and what came of it |
| `backtest.csv`, `backtest_shape.csv`, `backtest_series.csv` | only after `zorgdruk backtest`: scores, peaks and slopes, and each observation beside the worlds |
| `weekly.csv` | weeks of the window, by region and for the country |
| `daily.csv` | national series by day, as their spread over worlds |
| `replications.csv` | every measure of every world, exact |
| `dictionary.csv` | this document as a table |
| `report.html` | the report of the run in one file, in both languages: brief, figures, tables, sources, checklist |
| `figures/` | each figure as SVG and PNG, with the numbers in it as CSV |

The same scenario, seed and program give the same bytes in every file but `runtime.json`, on any
number of threads, in any number of shards, interrupted or not. Files are written under a temporary
name and renamed when they are complete; `scale.md` says what is stored when, and what else may be
in the folder of a run that did not finish.

Numbers have six significant digits, and counts of single worlds are exact. What cannot be computed
is empty and its `status` says why; `NaN` and infinity never appear. Text that a spreadsheet would
take for a formula starts with an apostrophe.

Intervals are labeled by what they show: `mc95` is the error of simulating finitely many worlds, which
more worlds make smaller; `pred50`, `pred80` and `pred95` are where the worlds themselves lie, which
no number of worlds narrows. The two are never mixed.
";

pub(crate) const TABLE: Table = Table {
    file: "dictionary.csv",
    about: "one name that stands in the other tables",
    columns: &[
        Column("file", "", "table in which the name stands"),
        Column("kind", "", "column, estimand, trigger, measure or series"),
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
    /// `column`, `estimand`, `trigger`, `measure`, `series` or `word`.
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
    let tables = TABLES.iter().flat_map(of_table);
    #[cfg(feature = "charts")]
    let tables = tables.chain(
        crate::report::figures::files()
            .flat_map(|(file, columns)| of_columns(file, &columns.concat())),
    );
    tables
        .chain(of_columns(sources::SOURCES, &sources::COLUMNS))
        .chain(of_columns(precision::FILE, &precision::COLUMNS))
        .chain(of_columns(ablation::FILE, &ablation::COLUMNS))
        .chain(of_columns(backtest::SCORES, &backtest::SCORE_COLUMNS))
        .chain(of_columns(backtest::SHAPES, &backtest::SHAPE_COLUMNS))
        .chain(of_columns(
            backtest::OBSERVATIONS,
            &backtest::OBSERVATION_COLUMNS,
        ))
        .chain(of_columns(log::NAME, &log::COLUMNS))
        .chain(of_words())
        .collect()
}

/// The words of the replay log, each with the unit of its value.
fn of_words() -> impl Iterator<Item = Meaning> {
    Word::ALL.into_iter().map(|word| {
        let (name, unit, meaning) = word.describe();
        Meaning {
            file: log::NAME,
            kind: "word",
            name,
            unit,
            meaning,
        }
    })
}

/// The data dictionary as a Markdown document.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut file = "";
    for row in meanings() {
        if row.file != file {
            file = row.file;
            let _ = write!(text, "\n## {file}\n\n{}", about(file));
            text.push_str("| kind | name | unit | meaning |\n|---|---|---|---|\n");
        }
        let Meaning {
            kind,
            name,
            unit,
            meaning,
            ..
        } = row;
        let _ = writeln!(text, "| {kind} | `{name}` | {unit} | {meaning} |");
    }
    text
}

/// What one row of a table is, as a paragraph.
fn about(file: &str) -> String {
    let table = TABLES.iter().find(|table| table.file == file);
    table.map_or(String::new(), |table| {
        format!("One row is {}.\n\n", table.about)
    })
}

fn of_columns(file: &'static str, columns: &[Column]) -> Vec<Meaning> {
    let meaning = |column: &Column| Meaning {
        file,
        kind: "column",
        name: column.0,
        unit: column.1,
        meaning: column.2,
    };
    columns.iter().map(meaning).collect()
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
        "trade_offs.csv" => meanings.extend(
            TRADE_OFFS
                .iter()
                .map(|rate| (rate.key, rate.unit, rate.definition))
                .map(meaning("estimand")),
        ),
        "activations.csv" => meanings.extend(
            TRIGGERS
                .iter()
                .map(|trigger| (trigger.key, "", trigger.definition))
                .map(meaning("trigger")),
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
