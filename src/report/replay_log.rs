//! The log of one replayed world as a table: what happened, and by which rule.

use std::io::Write;

use crate::model::Model;
use crate::outcome::{Entry, Lack, Log, Word};
use crate::report::ReportError;
use crate::report::cell::Cell;
use crate::report::column::{Column, described};
use crate::report::table::{Names, Table};
use crate::units::{Day, MINUTES_PER_DAY, MINUTES_PER_HOUR, UrgencyClass};

/// The log, which is written to where the command line says.
#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: "replay log",
    about: "one thing that happened or was decided",
    columns: &[&[
        Column("date", "", "the day"),
        Column("time", "", "hours and minutes"),
        Column("what", "", "what happened or was decided"),
        Column("rule", "", "rule that decided; empty for what just happened"),
        Column("region", "", "key of the region, if in one"),
        Column("hospital", "", "key of the hospital, if in one"),
        Column("subject", "", "whom it concerned: number among the patients of its kind, or of a worker"),
        Column("value", "", "a number that goes with it, for example beds"),
        Column("class", "", "of a planned patient: the urgency class, 2 to 5"),
        Column("stream", "", "of a planned patient: key of the stream, such as the specialty"),
        Column("reason", "", "of a planned patient who loses a date: what was lacking"),
    ]],
    names: Names::InCells("word or reason", || {
        let words = Word::ALL.map(|word| described(word.describe()));
        words.into_iter().chain(Lack::ALL.map(|lack| described(lack.describe()))).collect()
    }),
};

/// Writes the entries of a log in their order. `planned` has class and position of the stream of each
/// planned patient of the world, by number.
///
/// # Errors
/// [`ReportError::File`] when `file` cannot be written.
pub fn write_log(
    log: &Log,
    model: &Model,
    planned: &[(UrgencyClass, u8)],
    file: &mut dyn Write,
) -> Result<(), ReportError> {
    TABLE.write(file, |rows| {
        let mut entries = log.entries.iter();
        entries.try_for_each(|entry| rows.push(&row(entry, model, planned)))
    })
}

fn row<'a>(entry: &Entry, model: &'a Model, planned: &[(UrgencyClass, u8)]) -> [Cell<'a>; 11] {
    let subject = entry.subject.filter(|_| entry.what.is_of_planned_patient());
    let planned = subject.and_then(|subject| planned.get(subject as usize));
    let stream = |stream: u8| model.planned.specialties[usize::from(stream)].key.as_str();
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
        planned.map(|(class, _)| class.number().to_string()).into(),
        planned.map(|(_, specialty)| stream(*specialty)).into(),
        entry.lack.map(Lack::key).into(),
    ]
}
