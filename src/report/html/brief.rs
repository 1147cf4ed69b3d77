//! The brief as the head of the page.

use maud::{Markup, html};

use crate::report::brief::{Brief, phrases as say};
use crate::report::html::part::Part;
use crate::report::html::phrases as page;
use crate::report::phrase::Phrase;

pub(super) fn markup(part: &Part<'_>, brief: &Brief) -> Markup {
    html! {
        h1 { (brief.title) }
        @if let Some(notice) = &brief.notice {
            p.notice { (notice) }
        }
        (part.contents(&headings(brief)))
        (part.heading(say::QUESTION))
        (part.paragraph(say::QUESTION_TEXT))
        (part.heading(say::POLICIES))
        (definitions(&brief.policies))
        (part.heading(say::ANSWER))
        div.answer {
            @for sentence in &brief.answer {
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
