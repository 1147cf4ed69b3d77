//! The brief as the head of the page.

use maud::{Markup, html};

use crate::report::brief::{Brief, phrases as say};
use crate::report::html::part::Part;

/// The title, and what a reader must know first.
pub(super) fn head(brief: &Brief) -> Markup {
    html! {
        header {
            h1 { (brief.title) }
            @if let Some(notice) = &brief.notice {
                p.notice { (notice) }
            }
        }
    }
}

pub(super) fn markup(part: &Part<'_>, brief: &Brief) -> Markup {
    html! {
        (part.heading(say::QUESTION))
        (part.paragraph(say::QUESTION_TEXT))
        (part.heading(say::POLICIES))
        (definitions(&brief.policies))
        (part.heading(say::ANSWER))
        div.answer {
            @for sentence in brief.answer.iter().chain(&brief.price) {
                p { (sentence) }
            }
        }
        (policies(brief))
        p.quiet { (brief.explanation) }
        @if !brief.loans.is_empty() {
            (part.heading(say::LOANS))
            @for sentence in &brief.loans { p { (sentence) } }
        }
        @if let Some(sentence) = &brief.where_and_when {
            (part.heading(say::WHERE))
            p { (sentence) }
        }
        (part.heading(say::TERMS))
        (definitions(&brief.terms))
    }
}

/// Names with their meanings.
fn definitions(items: &[(String, String)]) -> Markup {
    html! {
        dl {
            @for (name, meaning) in items {
                dt { (name) }
                dd { (meaning) }
            }
        }
    }
}

fn policies(brief: &Brief) -> Markup {
    html! {
        div.scroll { table.answers {
            thead { tr {
                @for (idx, head) in brief.heads.iter().enumerate() {
                    th scope="col" class=[(idx > 0).then_some("number")] { (head) }
                }
            } }
            tbody {
                @for row in &brief.rows {
                    tr {
                        th scope="row" { (row[0]) }
                        // On a phone each row is a block, and each field has its heading beside it.
                        @for (text, head) in row.iter().zip(&brief.heads).skip(1) {
                            td.number data-head=(head) { (text) }
                        }
                    }
                }
            }
        } }
    }
}
