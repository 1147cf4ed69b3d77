//! Where the figures of the scenario come from, and which are assumptions.

use maud::{Markup, html};

use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::html::sortable::{Field, Sortable};
use crate::report::sources::Provenance;

pub(super) fn markup(part: &Part<'_>) -> Markup {
    if part.notes.is_empty() {
        return html! { (part.heading(say::SOURCES)) (part.paragraph(say::NO_SOURCES)) };
    }
    let row = |note: &Provenance| {
        let known = say::STATUSES.iter().find(|(word, _)| *word == note.status);
        let status = known.map_or(note.status.clone(), |(_, phrase)| part.say(*phrase));
        [status, note.path.clone(), note.source.clone()]
            .map(Field::text)
            .to_vec()
    };
    let table = Sortable {
        name: "sources",
        caption: say::SOURCES_CAPTION,
        on_paper: say::SOURCES_ON_PAPER,
        columns: &[
            (say::FOUNDATION, false),
            (say::SECTION, false),
            (say::SOURCE, false),
        ],
        rows: part.notes.iter().map(row).collect(),
    };
    html! {
        (part.heading(say::SOURCES))
        (part.paragraph(say::SOURCES_TEXT))
        (table.markup(part))
    }
}
