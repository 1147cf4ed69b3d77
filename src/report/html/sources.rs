//! Where the figures of the scenario come from, and which are assumptions.

use crate::report::html::Part;
use crate::report::html::markup::{Field, Markup, Sortable};
use crate::report::html::phrases as say;
use crate::report::sources::Note;

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
        id: format!("sources-{}", language.code()),
        caption: say::SOURCES_CAPTION.text(language),
        on_paper: say::SOURCES_ON_PAPER.text(language),
        filter: say::FILTER.text(language),
        columns: columns
            .map(|phrase| (phrase.text(language), false))
            .to_vec(),
        rows: part.notes.iter().map(row).collect(),
    };
    table.write(body);
}
