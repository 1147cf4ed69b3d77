//! `dictionary.csv`: what every column, estimand, measure and series means, derived from the tables.

use core::fmt::Write;

use crate::model::vocabulary::Vocabulary;
use crate::report::column::Column;
#[cfg(feature = "charts")]
use crate::report::figures;
use crate::report::table::{Names, Rows, Table};
use crate::report::tables::TABLES;
use crate::report::wording::Wording;
use crate::report::{
    Evidence, Language, ReportError, ablation, backtest, folder, precision, replay_log, sources,
    worlds,
};

/// The text above the tables of the document.
const INTRODUCTION: &str = "\
# Output

A run writes one folder, `output/<scenario>-1`, `-2` and so on, or the one given with `--out`.

| file | what it holds |
|---|---|
| `manifest.json` | everything that the results follow from: version, scenario, seed, policies, calendar |
| `runtime.json` | what differs from run to run: start, seconds, threads, processor, of the last session; no table depends on it |
| `input/` | the scenario and its policies as they were read, and where their figures come from |
| `rows/` | every simulated world, compressed and checksummed; `zorgdruk report` makes the rest from it |
| `explored/` | the same for worlds that only served to find the number needed, with `--precision` and `--confirm` |
| `summary.csv` | each estimand under each policy |
| `comparisons.csv` | each policy minus the baseline in the same worlds |
| `best.csv` | each policy against the best of the others |
| `trade_offs.csv` | displaced patients avoided per unit of what a policy costs |
| `activations.csv` | how often triggers activate, what the policy changes where they do, and the product |
| `streams.csv` | planned patients by stream, such as the specialty, and by class |
| `precision.csv` | the precision that was asked with `--precision`, and what came of it |
| `backtest.csv`, `backtest_shape.csv`, `backtest_series.csv` | only after `zorgdruk backtest`: scores, peaks and slopes, and each observation beside the worlds |
| `weekly.csv` | weeks of the window, by region and for the country |
| `daily.csv` | national series by day, as their spread over worlds |
| `replications.csv` | every measure of every world, exact |
| `policies.csv`, `regions.csv` | what the keys of policies and regions stand for |
| `dictionary.csv` | this document as a table |
| `datapackage.json` | the tables for programs: every column with its type, as a Frictionless data package |
| `ro-crate-metadata.json` | the folder for archives of research data: program, scenario, seed, command and files, as a Process Run Crate |
| `report.html` | the report of the run in one file, in both languages: brief, figures, tables, sources, checklist |
| `worlds_day.csv`, `worlds_region_week.csv`, `worlds_waits.csv` | not in the folder: the worlds themselves, as `zorgdruk export` writes them |
| `figures/` | each figure as SVG and PNG, with the numbers in it as CSV |

The same scenario, seed and program give the same bytes in every file but `runtime.json`, on any
number of threads, in any number of shards, interrupted or not. Files are written under a temporary
name and renamed when they are complete; `scale.md` says what is stored when, and what else may be
in the folder of a run that did not finish.

Numbers have six significant digits, and counts of single worlds are exact. What cannot be computed
is empty and its `status` says why; `NaN` and infinity never appear. Text that a spreadsheet would
take for a formula starts with an apostrophe.

Tables join by the columns `run`, `policy`, `region`, `estimand` and `week_start`, which mean the same in
all of them. `zorgdruk report RUN --decimal comma` writes them with decimal commas, and semicolons between
fields.

Intervals are labeled by what they show: `mc95` is the error of simulating finitely many worlds, which
more worlds make smaller; `pred50`, `pred80` and `pred95` are where the worlds themselves lie, which
no number of worlds narrows. The two are never mixed.
";

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(folder::DICTIONARY, "one name that stands in the other tables", &[
    &[
        Column("file", "", "table in which the name stands"),
        Column("kind", "", "column, estimand, trade-off, trigger, measure, series or word"),
        Column("name", "", "the name"),
        Column("type", "", "of a column: string, integer, number, boolean (0 or 1), date, or any (numbers and dates)"),
        Column("unit", "", "unit of its values"),
        Column("meaning", "", "what it is"),
    ],
]);

/// One line of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Table in which the name stands.
    pub file: &'static str,
    /// `column`, `estimand`, `trade-off`, `trigger`, `measure`, `series` or `word`.
    pub kind: &'static str,
    /// The name.
    pub name: &'static str,
    /// What stands in the fields of a column, as in a Table Schema; empty for names that stand in cells.
    pub field_type: &'static str,
    /// Unit of its values; empty for words and plain numbers.
    pub unit: &'static str,
    /// Its meaning in one phrase.
    pub meaning: &'static str,
}

/// Everything that has a name in the tables, in the order of the tables.
pub fn meanings() -> Vec<Meaning> {
    tables().iter().flat_map(of_table).collect()
}

/// All tables, in the order of the dictionary.
pub(crate) fn tables() -> Vec<Table> {
    let mut tables: Vec<Table> = TABLES.iter().map(|(table, _)| *table).collect();
    tables.push(TABLE);
    #[cfg(feature = "charts")]
    tables.extend(figures::files().map(|(file, columns)| Table::new(file, "", columns)));
    tables.extend(worlds::TABLES);
    tables.extend([
        sources::TABLE,
        precision::TABLE,
        ablation::TABLE,
        backtest::SCORE_TABLE,
        backtest::SHAPE_TABLE,
        backtest::OBSERVATION_TABLE,
        replay_log::TABLE,
    ]);
    tables
}

/// The data dictionary as a Markdown document.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    for table in tables() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {}\n\n", table.file);
        if !table.about.is_empty() {
            let _ = write!(text, "One row is {}.\n\n", table.about);
        }
        text.push_str("| kind | name | type | unit | meaning |\n|---|---|---|---|---|\n");
        for Meaning {
            kind,
            name,
            field_type,
            unit,
            meaning,
            ..
        } in of_table(&table)
        {
            let _ = writeln!(
                text,
                "| {kind} | `{name}` | {field_type} | {unit} | {meaning} |"
            );
        }
    }
    let usual = Vocabulary::default();
    Wording::usual(&usual).fill(&text, &[])
}

fn of_table(table: &Table) -> Vec<Meaning> {
    let (in_cells, as_columns) = match table.names {
        Names::None => (None, None),
        Names::InCells(kind, names) => (Some((kind, names())), None),
        Names::AsColumns(kind, names) => (None, Some((kind, names().len()))),
    };
    let meaning = |kind, column: &Column, field_type| Meaning {
        file: table.file,
        kind,
        name: column.0,
        field_type,
        unit: column.1,
        meaning: column.2,
    };
    let columns = table.all_columns();
    let n_fixed = columns.len() - as_columns.map_or(0, |(_, n)| n);
    let kind_of = |position| {
        as_columns
            .filter(|_| position >= n_fixed)
            .map_or("column", |(kind, _)| kind)
    };
    let mut meanings: Vec<Meaning> = columns
        .iter()
        .enumerate()
        .map(|(position, column)| meaning(kind_of(position), column, column.field_type().name()))
        .collect();
    if let Some((kind, names)) = in_cells {
        meanings.extend(names.iter().map(|name| meaning(kind, name, "")));
    }
    meanings
}

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let wording = evidence.wording(Language::En);
    for Meaning {
        file,
        kind,
        name,
        field_type,
        unit,
        meaning,
    } in meanings()
    {
        let meaning = wording.fill(meaning, &[]);
        rows.push(&[
            file.into(),
            kind.into(),
            name.into(),
            field_type.into(),
            unit.into(),
            meaning.into(),
        ])?;
    }
    Ok(())
}
