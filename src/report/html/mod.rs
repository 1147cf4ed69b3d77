//! `report.html`: the whole report of a run as one file that needs no network.
//!
//! Both languages are in the file. Everything follows from the stored rows and the manifest, so the
//! same run gives the same bytes. Without scripts all of it can be read; with them tables sort and
//! filter.

mod brief;
mod checklist;
mod markup;
pub(crate) mod names;
mod page;
mod phrases;
mod reproduce;
mod sources;
mod tables;

use crate::report::brief::{Brief, FIGURE, phrases as words, title};
use crate::report::figures::{Figure, draw_all};
use crate::report::folder::REPORT;
use crate::report::html::markup::Markup;
use crate::report::html::phrases as say;
use crate::report::sources::{Foundation, Note, read_notes};
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// Writes the report into the folder of its run; `language` is the one it opens in.
///
/// # Errors
/// [`ReportError::Figure`] when a figure cannot be drawn, [`ReportError::File`] when a file cannot be
/// read or written.
pub fn write_report(
    evidence: &Evidence<'_>,
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
            language,
            notes: &notes,
        };
        bodies.push((language, title(evidence, language), part.body(&figures)));
    }
    folder.write(REPORT, page::assemble(&bodies, language).as_bytes())
}

/// The report in one language.
struct Part<'a> {
    evidence: &'a Evidence<'a>,
    language: Language,
    notes: &'a [Note],
}

type Named<'f> = &'f [(&'static str, Option<Figure>)];

impl Part<'_> {
    fn wording(&self) -> Wording<'_> {
        self.evidence.wording(self.language)
    }

    fn body(&self, figures: Named<'_>) -> Markup {
        let mut body = Markup::default();
        body.raw("<div class=\"first\">");
        let brief = Brief::new(self.evidence, self.language, Foundation::of(self.notes));
        brief::write(self, &brief, &mut body);
        body.raw("</div>");
        self.draw_brief(figures, &mut body);
        self.draw_others(figures, &mut body);
        tables::write(self, &mut body);
        sources::write(self, &mut body);
        self.limits(&brief, &mut body);
        checklist::write(self, &mut body);
        reproduce::write(self, &mut body);
        body
    }

    fn draw_brief(&self, figures: Named<'_>, body: &mut Markup) {
        let Some((name, figure)) = figures.iter().find(|(name, _)| *name == FIGURE) else {
            return;
        };
        body.raw("<div class=\"second\">");
        self.figure(name, figure.as_ref(), body);
        body.raw("</div>");
    }

    fn draw_others(&self, figures: Named<'_>, body: &mut Markup) {
        body.heading(say::FIGURES.text(self.language));
        if figures.is_empty() {
            body.paragraph(say::NO_FIGURES.text(self.language));
        }
        for (name, figure) in figures.iter().filter(|(name, _)| *name != FIGURE) {
            self.figure(name, figure.as_ref(), body);
        }
    }

    /// A figure with where its numbers are, or why it is not there.
    fn figure(&self, name: &str, figure: Option<&Figure>, body: &mut Markup) {
        let Some(figure) = figure else {
            body.paragraph(&self.wording().say(say::LEFT_OUT, &[("name", name)]));
            return;
        };
        let class = if figure.svg.is_high() {
            " class=\"high\""
        } else {
            ""
        };
        body.raw(&format!("<figure{class}>"));
        body.raw(figure.svg.as_str());
        let path = format!("figures/{name}.csv");
        let caption = self.wording().say(say::NUMBERS_IN, &[("path", &path)]);
        body.element("figcaption", &caption);
        body.raw("</figure>\n");
    }

    fn limits(&self, brief: &Brief, body: &mut Markup) {
        body.heading(words::LIMITS.text(self.language));
        body.raw("<ul>");
        for limit in &brief.limits {
            body.element("li", limit);
        }
        body.raw("</ul>\n");
    }
}
