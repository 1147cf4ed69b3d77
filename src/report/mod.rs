//! The report of a run: from stored rows to tables, in one folder.
//!
//! Every table follows from the rows and the manifest of a run alone, so it can be made again at
//! any time, byte for byte. Files appear under their name only when they are complete. This module
//! estimates nothing itself and prints nothing.
//!
//! The files are in the order in which they may use each other, from low to high.

mod error;
pub mod language;
mod phrase;
mod wording;
pub(crate) mod terminal;
#[cfg(feature = "charts")]
mod likelihood;
#[cfg(feature = "charts")]
mod names;
mod rule_names;
pub(crate) mod cell;
pub(crate) mod column;
pub(crate) mod sink;
mod data;
#[cfg(feature = "parquet")]
mod parquet;
pub mod unfinished;
mod layout;
pub mod lock;
pub mod folder;
pub(crate) mod table;
pub mod input;
pub mod manifest;
pub mod rows;
pub mod evidence;
mod summary;
mod comparisons;
mod best;
mod trade_offs;
mod activations;
mod streams;
mod weekly;
mod daily;
mod replications;
mod dimensions;
pub mod worlds;
mod tables;
pub mod sources;
pub mod precision;
pub mod replay_log;
mod answer;
mod activity;
mod mornings;
mod places;
pub mod conclusion;
pub mod view;
pub mod diary;
pub mod ablation;
pub mod backtest;
pub mod verdict;
#[cfg(feature = "charts")]
pub mod figures;
pub mod dictionary;
pub(crate) mod package;
mod research_object;
#[cfg(feature = "charts")]
pub mod brief;
#[cfg(feature = "charts")]
pub mod html;

pub use ablation::AblationReport;
pub use backtest::write_backtest;
pub use cell::Decimal;
pub use data::{Data, DataColumn, Values};
pub use error::ReportError;
pub use evidence::{Evidence, Worlds};
pub use folder::RunFolder;
pub use input::Input;
pub use language::Language;
pub use manifest::{Manifest, Runtime};
pub use package::write_package;
pub use research_object::write_crate;
pub use rows::RowStore;

/// Writes all tables of a run into its folder.
///
/// # Errors
/// [`ReportError::File`] when a file cannot be written, or an error of reading the stored rows.
pub fn write_tables(evidence: &Evidence, folder: &RunFolder) -> Result<(), ReportError> {
    let sheet = evidence.sheet();
    for (table, write) in tables::TABLES {
        table.save(folder, &sheet, |rows| write(evidence, rows))?;
    }
    dictionary::TABLE.save(folder, &sheet, |rows| dictionary::write(evidence, rows))
}

/// A table of a run as the text of its file, by the name of that without the extension, such as `summary`;
/// `None` when there is no such table.
///
/// # Errors
/// An error of reading the stored rows.
pub fn csv(
    evidence: &Evidence,
    name: &str,
    decimal: Decimal,
) -> Result<Option<Vec<u8>>, ReportError> {
    let mut tables = tables::TABLES.iter();
    let Some((table, write)) = tables.find(|(table, _)| table.name() == name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let mut sink = sink::Csv::new(&mut bytes, decimal);
    table.fill(&mut sink, Some(&evidence.sheet()), |rows| {
        write(evidence, rows)
    })?;
    drop(sink);
    Ok(Some(bytes))
}

/// A table of a run in memory, by the name of its file without the extension, such as `summary`; one of
/// the tables of its worlds too, such as `worlds_day`, which can be large. `None` when there is no such
/// table.
///
/// # Errors
/// An error of reading the stored rows.
pub fn table(evidence: &Evidence, name: &str) -> Result<Option<Data>, ReportError> {
    let sheet = evidence.sheet();
    let mut tables = tables::TABLES.iter();
    let mut worlds = worlds::Grain::ALL.iter();
    let data = if let Some((table, write)) = tables.find(|(table, _)| table.name() == name) {
        table.data(&sheet, |rows| write(evidence, rows))?
    } else if let Some((_, grain)) = worlds.find(|(_, grain)| grain.table().name() == name) {
        grain.table().data(&sheet, |rows| {
            grain.write(evidence.worlds(), &evidence.manifest, rows)
        })?
    } else if name == dictionary::TABLE.name() {
        dictionary::TABLE.data(&sheet, |rows| dictionary::write(evidence, rows))?
    } else {
        return Ok(None);
    };
    let wording = evidence.wording(Language::En);
    Ok(Some(data.said(|text| wording.fill(text, &[]))))
}
