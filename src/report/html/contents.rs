//! Contents of the page, with a link to each heading and each figure.

use maud::{Markup, html};

use crate::report::brief::{Brief, phrases as say};
use crate::report::html::figure::{self, Both};
use crate::report::html::part::Part;
use crate::report::html::phrases as page;
use crate::report::phrase::Phrase;

pub(super) fn markup(part: &Part<'_>, brief: &Brief, figures: &[Both<'_>]) -> Markup {
    html! {
        nav aria-label=(part.say(page::CONTENTS)) {
            ul {
                @for heading in headings(brief) {
                    li {
                        a href={ "#" (part.anchor(heading)) } { (part.say(heading)) }
                        @if heading == page::FIGURES { (list(part, figures)) }
                    }
                }
            }
        }
    }
}

/// The figures that were drawn.
fn list(part: &Part<'_>, figures: &[Both<'_>]) -> Markup {
    html! {
        ul {
            @for (drawn, _) in figures.iter().filter(|(drawn, _)| drawn.figure.is_ok()) {
                li { a href={ "#" (figure::anchor(part, drawn)) } { (drawn.heading) } }
            }
        }
    }
}

/// The headings of the page, in their order.
fn headings(brief: &Brief) -> Vec<Phrase> {
    let mut headings = vec![say::QUESTION, say::POLICIES, say::ANSWER];
    headings.extend((!brief.loans.is_empty()).then_some(say::LOANS));
    headings.extend(brief.where_and_when.as_ref().map(|_| say::WHERE));
    headings.extend([
        say::TERMS,
        page::FIGURES,
        page::TABLES,
        page::SOURCES,
        say::LIMITS,
        page::CHECKLIST,
        page::REPRODUCE,
    ]);
    headings
}
