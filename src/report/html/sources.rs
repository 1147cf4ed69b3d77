//! Where the figures of the scenario come from, and which are assumptions.

use crate::report::html::Part;
use crate::report::html::markup::{Field, Markup, Sortable};
use crate::report::html::page::code;
use crate::report::html::phrases as say;
use crate::report::sources::SOURCES;
use crate::report::{ReportError, RunFolder};

/// One stored source note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    path: String,
    status: String,
    text: String,
}

impl Note {
    pub(super) fn is_assumption(&self) -> bool {
        self.status == "assumption"
    }
}

/// The notes stored in the folder of a run, assumptions first; none when there is no such file.
///
/// # Errors
/// [`ReportError::File`] when the file is there and cannot be read.
pub(super) fn read(folder: &RunFolder) -> Result<Vec<Note>, ReportError> {
    let bytes = match folder.read(SOURCES) {
        Err(ReportError::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Vec::new());
        }
        other => other?,
    };
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let mut notes = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReportError::file(SOURCES)(error.into()))?;
        let field = |idx| record.get(idx).unwrap_or_default().to_owned();
        notes.push(Note {
            path: field(0),
            status: field(1),
            text: field(2),
        });
    }
    notes.sort_by_key(|note| !note.is_assumption());
    Ok(notes)
}

pub(super) fn write(part: &Part<'_>, body: &mut Markup) {
    let language = part.language;
    body.heading(say::SOURCES.text(language));
    if part.notes.is_empty() {
        body.paragraph(say::NO_SOURCES.text(language));
        return;
    }
    body.paragraph(say::SOURCES_TEXT.text(language));
    let row = |note: &Note| {
        let known = say::STATUSES.iter().find(|(word, _)| *word == note.status);
        let status = known.map_or(note.status.as_str(), |(_, phrase)| phrase.text(language));
        vec![
            Field::text(status),
            Field::text(note.path.clone()),
            Field::text(note.text.clone()),
        ]
    };
    let columns = [say::FOUNDATION, say::SECTION, say::SOURCE];
    let table = Sortable {
        id: format!("sources-{}", code(language)),
        caption: say::SOURCES_CAPTION.text(language),
        filter: say::FILTER.text(language),
        columns: columns
            .map(|phrase| (phrase.text(language), false))
            .to_vec(),
        rows: part.notes.iter().map(row).collect(),
    };
    table.write(body);
}
