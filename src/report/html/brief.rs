//! The brief as the head of the page.

use maud::{Markup, html};

use crate::report::brief::{Brief, phrases as say};
use crate::report::html::part::Part;

pub(super) fn markup(part: &Part<'_>, brief: &Brief) -> Markup {
    html! {
        h1 { (brief.title) }
        @if let Some(notice) = &brief.notice {
            p.notice { (notice) }
        }
        (part.heading(say::QUESTION))
        (part.paragraph(say::QUESTION_TEXT))
        (part.heading(say::ANSWER))
        div.answer {
            @for sentence in &brief.answer {
                p { (sentence) }
            }
        }
        (policies(brief))
        p.quiet { (brief.explanation) }
        (part.heading(say::TERMS))
        dl {
            @for (term, meaning) in &brief.terms {
                dt { (term) }
                dd { (meaning) }
            }
        }
    }
}

fn policies(brief: &Brief) -> Markup {
    html! {
        div.scroll { table {
            thead { tr {
                @for (idx, head) in brief.heads.iter().enumerate() {
                    th scope="col" class=[(idx > 0).then_some("number")] { (head) }
                }
            } }
            tbody {
                @for [label, fields @ ..] in &brief.rows {
                    tr {
                        th scope="row" { (label) }
                        @for text in fields {
                            td.number { (text) }
                        }
                    }
                }
            }
        } }
    }
}
