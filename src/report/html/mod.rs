//! `report.html`: the whole report of a run as one file that needs no network.
//!
//! Both languages are in the file. Everything follows from the stored rows and the manifest, so the
//! same run gives the same bytes. Without scripts all of it can be read; with them tables sort and
//! filter. The files are in the order in which they may use each other.

mod phrases;
mod part;
mod sortable;
mod brief;
mod contents;
mod figure;
mod tables;
mod streams;
mod sources;
mod reproduce;
mod checklist;
mod page;

use maud::{Markup, html};

use crate::chart::theme::Width;
use crate::report::brief::{Brief, FIGURE, phrases as words, title};
use crate::report::figures::draw_all;
use crate::report::folder::REPORT;
use crate::report::html::figure::Both;
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::sources::{Foundation, read_notes};
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// Writes the report into the folder of its run; `language` is the one it opens in.
///
/// # Errors
/// [`ReportError::Figure`] when a figure cannot be drawn, [`ReportError::File`] when a file cannot be
/// read or written.
pub fn write_report(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
) -> Result<(), ReportError> {
    let notes = read_notes(folder)?;
    let mut bodies = Vec::new();
    for language in Language::ALL {
        let figures = if evidence.manifest.figures {
            [Width::Page, Width::Phone].map(|width| draw_all(evidence, language, width))
        } else {
            [Ok(Vec::new()), Ok(Vec::new())]
        };
        let [wide, narrow] = figures;
        let (wide, narrow) = (wide?, narrow?);
        let figures: Vec<Both<'_>> = wide.iter().zip(&narrow).collect();
        let part = Part {
            evidence,
            wording: evidence.wording(language),
            notes: &notes,
        };
        bodies.push((language, title(evidence, language), body(&part, &figures)));
    }
    folder.write(REPORT, page::assemble(&bodies, language).as_bytes())
}

/// The figures that stand beside the answer.
const FIRST: [&str; 2] = [FIGURE, "of-100"];

fn body(part: &Part<'_>, figures: &[Both<'_>]) -> Markup {
    let brief = Brief::new(part.evidence, part.wording, Foundation::of(part.notes));
    let (own, others): (Vec<Both<'_>>, Vec<Both<'_>>) = figures
        .iter()
        .partition(|(drawn, _)| FIRST.contains(&drawn.name));
    html! {
        (brief::head(&brief))
        (contents::markup(part, &brief, &others))
        div.content {
            div.first { (brief::markup(part, &brief)) }
            div.second { @for both in own { (figure::markup(part, both)) } }
            (part.heading(say::FIGURES))
            @if figures.is_empty() { (part.paragraph(say::NO_FIGURES)) }
            div.figures { @for both in others { (figure::markup(part, both)) } }
            (tables::markup(part))
            (streams::markup(part))
            (sources::markup(part))
            (part.heading(words::LIMITS))
            ul {
                @for limit in &brief.limits { li { (limit) } }
            }
            (checklist::markup(part))
            (reproduce::markup(part))
        }
    }
}
