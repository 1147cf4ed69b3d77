//! The brief on two A4 pages: the answer on the first, its figure and its limits on the second.

use core::num::NonZeroU16;
use std::collections::BTreeSet;

use crate::chart::palette::{INK, MUTED};
use crate::chart::pdf::{Document, DocumentInfo, Table};
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Weight};
use crate::report::brief::{Brief, FIGURE, phrases as say};
use crate::report::figures::{Sketch, draw_one};
use crate::report::folder::BRIEF;
use crate::report::sources::{Foundation, read_notes};
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// Levels of headings.
const TOP: NonZeroU16 = NonZeroU16::MIN;
const SECTION: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);
const TITLE: Style = Style::new(17.0, Weight::Semibold, INK);
const HEADING: Style = Style::new(11.5, Weight::Semibold, INK);
const NOTICE: Style = Style::new(10.0, Weight::Semibold, INK);
const ANSWER: Style = Style::new(11.0, Weight::Regular, INK);
const TEXT: Style = Style::new(9.5, Weight::Regular, INK);
const SMALL: Style = Style::new(8.5, Weight::Regular, INK);
const QUIET: Style = Style::new(8.0, Weight::Regular, MUTED);
/// The figure of the price, where the first page has room for it.
const PRICE: &str = "trade-off";
/// Smallest height at which a figure can be read, in points.
const SMALLEST_FIGURE: f64 = 170.0;
/// Above a heading, below a paragraph, in points.
const ABOVE: f64 = 7.0;
const BELOW: f64 = 3.0;
/// Shares of the width that the columns of the table take.
const SHARES: [f64; 6] = [0.25, 0.17, 0.18, 0.12, 0.14, 0.14];

/// Writes `brief.pdf` into the folder of its run, and gives the characters that it shows as question
/// marks, each once. The same run gives the same bytes.
///
/// # Errors
/// [`ReportError::Figure`] when its figure cannot be drawn, [`ReportError::File`] when a file cannot be
/// read or written.
pub fn write_brief(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
) -> Result<BTreeSet<char>, ReportError> {
    let foundation = Foundation::of(&read_notes(folder)?);
    let brief = Brief::new(evidence, evidence.wording(language), foundation);
    let sketch = Sketch::new(evidence, language).map_err(ReportError::figure("theme"))?;
    let figure = draw_one(&sketch, FIGURE)?;
    let price = draw_one(&sketch, PRICE)?;
    let mut paper = Paper {
        document: Document::new(sketch.theme()),
        wording: evidence.wording(language),
    };
    paper.first_page(&brief, evidence, price.as_ref());
    paper.second_page(&brief, figure.as_ref());
    let info = document_info(&brief, evidence, language);
    let missing = paper.document.missing_characters().clone();
    let file = paper.document.finish(&info);
    folder.write(BRIEF, &file.map_err(ReportError::figure("brief"))?)?;
    Ok(missing)
}

fn document_info(brief: &Brief, evidence: &Evidence, language: Language) -> DocumentInfo {
    let manifest = &evidence.manifest;
    let wording = evidence.wording(language);
    let gaps = [
        ("version", manifest.version.clone()),
        ("worlds", wording.seasons(manifest.n_replications)),
        ("seed", manifest.seed.to_string()),
    ];
    let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
    DocumentInfo {
        title: brief.title.clone(),
        language: language.code(),
        producer: format!("zorgdruk {}", manifest.version),
        footer: wording.say(say::FOOT, &gaps),
    }
}

struct Paper<'t> {
    document: Document<'t>,
    wording: Wording<'t>,
}

impl Paper<'_> {
    fn first_page(&mut self, brief: &Brief, evidence: &Evidence, price: Option<&Svg>) {
        self.document.heading(TOP, &brief.title, TITLE);
        if let Some(notice) = &brief.notice {
            self.text(notice, NOTICE);
        }
        self.heading(&self.wording.say(say::QUESTION, &[]));
        self.text(&self.wording.say(say::QUESTION_TEXT, &[]), TEXT);
        self.heading(&self.wording.say(say::ANSWER, &[]));
        for sentence in &brief.answer {
            self.text(sentence, ANSWER);
        }
        self.document.skip(BELOW);
        let after = self.after_table(brief);
        let (table, left_out) = self.fitting(brief, evidence, after);
        self.document.table(&table);
        if left_out > 0 {
            let n = left_out.to_string();
            let text = self.wording.say(say::MORE_POLICIES, &[("n", &n)]);
            self.text(&text, QUIET);
        }
        self.text(&brief.explanation, QUIET);
        self.heading(&self.wording.say(say::TERMS, &[]));
        for text in terms(brief) {
            self.text(&text, SMALL);
        }
        let room = self.document.room();
        if let Some(svg) = price.filter(|_| room >= SMALLEST_FIGURE) {
            self.document.figure(svg, room);
        }
    }

    fn second_page(&mut self, brief: &Brief, figure: Option<&Svg>) {
        self.document.turn_page();
        let height: f64 = brief
            .limits
            .iter()
            .map(|text| self.height(text, QUIET))
            .sum();
        let limits = height + ABOVE + HEADING.block_height(1) + 2.0 * BELOW;
        if let Some(svg) = figure {
            self.document.figure(svg, self.document.room() - limits);
        }
        self.heading(&self.wording.say(say::LIMITS, &[]));
        self.document.list(&brief.limits, QUIET);
    }

    fn heading(&mut self, text: &str) {
        self.document.skip(ABOVE);
        self.document.heading(SECTION, text, HEADING);
        self.document.skip(BELOW);
    }

    fn text(&mut self, text: &str, style: Style) {
        self.document.paragraph(text, style);
        self.document.skip(BELOW);
    }

    fn height(&self, text: &str, style: Style) -> f64 {
        self.document.paragraph_height(text, style) + BELOW
    }

    /// Height of what follows the table on the first page.
    fn after_table(&self, brief: &Brief) -> f64 {
        let terms: f64 = terms(brief)
            .iter()
            .map(|text| self.height(text, SMALL))
            .sum();
        let heading = ABOVE + HEADING.block_height(1) + BELOW;
        let note = QUIET.block_height(1) + BELOW;
        self.height(&brief.explanation, QUIET) + heading + terms + note + 2.0 * ABOVE
    }

    /// The table with as many policies as leave `after` points free below it, and the number of those
    /// left out. The baseline and the policy that the answer speaks of are always in it.
    fn fitting(&self, brief: &Brief, evidence: &Evidence, after: f64) -> (Table, usize) {
        let whole = Table {
            columns: brief.heads.iter().cloned().zip(SHARES).collect(),
            rows: brief.rows.iter().map(|row| row.to_vec()).collect(),
        };
        let height = |row| self.document.row_height(&whole, row);
        let mut room = self.document.room() - after - height(None);
        let first = [
            Some(evidence.analysis.frame().baseline),
            evidence.least_displacing(),
        ];
        let first: Vec<usize> = first.into_iter().flatten().collect();
        let others = (0..whole.rows.len()).filter(|row| !first.contains(row));
        let mut shown = first.clone();
        for row in first.iter().copied().chain(others) {
            room -= height(Some(row));
            if room >= 0.0 && !shown.contains(&row) {
                shown.push(row);
            }
        }
        shown.sort_unstable();
        let left_out = whole.rows.len() - shown.len();
        let rows = shown.iter().map(|row| whole.rows[*row].clone()).collect();
        (Table { rows, ..whole }, left_out)
    }
}

/// Each term with its meaning.
fn terms(brief: &Brief) -> Vec<String> {
    brief
        .terms
        .iter()
        .map(|(term, meaning)| format!("{term}: {meaning}"))
        .collect()
}
