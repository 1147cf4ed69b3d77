//! The log of one replayed world as a table: what happened, and which rule decided what.

use std::io::Write;

use crate::model::Model;
use crate::outcome::{Entry, Log};
use crate::report::ReportError;
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::tables::Rows;
use crate::units::{Day, MINUTES_PER_DAY, MINUTES_PER_HOUR};

/// Name of the table, which is written where a replay is told to.
pub(crate) const NAME: &str = "replay log";

/// Columns of the log.
pub(crate) const COLUMNS: [Column; 8] = [
    Column("date", "", "the day"),
    Column("time", "", "hours and minutes"),
    Column("what", "", "what happened or was decided"),
    Column(
        "rule",
        "",
        "rule that decided; empty for what just happened",
    ),
    Column("region", "", "key of the region, if in one"),
    Column("hospital", "", "key of the hospital, if in one"),
    Column(
        "subject",
        "",
        "whom it concerned: number among the patients of its kind, or of a worker",
    ),
    Column("value", "", "a number that goes with it, for example beds"),
];

/// Writes the entries of a log in their order.
///
/// # Errors
/// [`ReportError::File`] when `file` cannot be written.
pub fn write_log(log: &Log, model: &Model, file: &mut dyn Write) -> Result<(), ReportError> {
    let mut rows = Rows::new(file, NAME);
    rows.header(&COLUMNS)?;
    for entry in &log.entries {
        rows.push(&row(entry, model))?;
    }
    rows.finish()
}

fn row<'a>(entry: &Entry, model: &'a Model) -> [Cell<'a>; 8] {
    let minutes = entry.time.since(Day(entry.time.day().0).start()).0 % MINUTES_PER_DAY;
    let (hour, minute) = (minutes / MINUTES_PER_HOUR, minutes % MINUTES_PER_HOUR);
    let region = entry
        .region
        .map(|region| model.regions[region.idx()].key.as_str());
    let hospital = entry
        .hospital
        .map(|hospital| model.hospitals[hospital.idx()].key.as_str());
    [
        model.study.date(entry.time.day()).to_string().into(),
        format!("{hour:02}:{minute:02}").into(),
        entry.what.key().into(),
        entry.rule.map(|rule| format!("{rule:?}")).into(),
        region.into(),
        hospital.into(),
        entry.subject.map(u64::from).into(),
        entry.value.into(),
    ]
}
