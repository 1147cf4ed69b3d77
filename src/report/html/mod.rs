//! `report.html`: the whole report of a run as one file that needs no network.
//!
//! Both languages are in the file. Everything follows from the stored rows and the manifest, so the
//! same run gives the same bytes. Without scripts all of it can be read; with them tables sort and
//! filter. The files are in the order in which they may use each other.

mod phrases;
mod part;
mod sortable;
mod brief;
mod tables;
mod streams;
mod sources;
mod reproduce;
mod checklist;
mod page;

use maud::{Markup, PreEscaped, html};

use crate::report::brief::{Brief, FIGURE, phrases as words, title};
use crate::report::figures::{Figure, draw_all};
use crate::report::folder::REPORT;
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
            draw_all(evidence, language)?
        } else {
            Vec::new()
        };
        let part = Part {
            evidence,
            wording: evidence.wording(language),
            notes: &notes,
        };
        bodies.push((language, title(evidence, language), body(&part, &figures)));
    }
    folder.write(REPORT, page::assemble(&bodies, language).as_bytes())
}

type Named = (&'static str, Option<Figure>);

fn body(part: &Part<'_>, figures: &[Named]) -> Markup {
    let brief = Brief::new(part.evidence, part.wording, Foundation::of(part.notes));
    let (own, others): (Vec<&Named>, _) = figures.iter().partition(|(name, _)| *name == FIGURE);
    html! {
        div.first { (brief::markup(part, &brief)) }
        @for named in own {
            div.second { (figure(part, named)) }
        }
        (part.heading(say::FIGURES))
        @if figures.is_empty() { (part.paragraph(say::NO_FIGURES)) }
        @for named in others { (figure(part, named)) }
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

/// A figure with where its numbers are, or why it is not there.
fn figure(part: &Part<'_>, (name, figure): &Named) -> Markup {
    let Some(figure) = figure else {
        return html! { p { (part.wording.say(say::LEFT_OUT, &[("name", name)])) } };
    };
    let path = format!("figures/{name}.csv");
    html! {
        figure class=[figure.svg.is_high().then_some("high")] {
            (PreEscaped(figure.svg.as_str()))
            figcaption { (part.wording.say(say::NUMBERS_IN, &[("path", &path)])) }
        }
    }
}
