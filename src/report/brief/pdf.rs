//! The brief on two A4 pages: question, policies and answer with its figure on the first; price, loans, place and
//! limits on the second.

use core::num::NonZeroU16;
use std::collections::BTreeSet;

use crate::chart::palette::{INK, MUTED};
use crate::chart::pdf::{Document, DocumentInfo, Table};
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Weight, Width};
use crate::report::brief::{Brief, FIGURE, phrases as say};
use crate::report::figures::{Sketch, draw_one};
use crate::report::layout;
use crate::report::phrase::Phrase;
use crate::report::sources::{Foundation, read_notes};
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// Levels of headings.
const TOP: NonZeroU16 = NonZeroU16::MIN;
const SECTION: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);
const TITLE: Style = Style::new(14.0, Weight::Semibold, INK);
const HEADING: Style = Style::new(11.5, Weight::Semibold, INK);
const NOTICE: Style = Style::new(10.0, Weight::Semibold, INK);
const ANSWER: Style = Style::new(9.0, Weight::Regular, INK);
const TEXT: Style = Style::new(8.5, Weight::Regular, INK);
const SMALL: Style = Style::new(8.0, Weight::Regular, INK);
const QUIET: Style = Style::new(8.0, Weight::Regular, MUTED);
/// Smallest type in a figure, in points.
const LEAST_TYPE: f64 = 8.0;
/// Height of the smallest figure, in points.
const LEAST_FIGURE: f64 = 120.0;
/// Below a figure, in points.
const GAP: f64 = 6.0;
/// Above a heading, below a paragraph, in points.
const ABOVE: f64 = 5.0;
const BELOW: f64 = 2.0;

/// Writes the brief in a language into the folder of its run, and gives the characters that it shows as question
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
    // As wide as the page, its type is larger than the least.
    let sketch = Sketch::new(evidence, language, Width::Slide);
    let sketch = sketch.map_err(ReportError::figure("theme"))?;
    let figure = draw_one(&sketch, FIGURE)?;
    let mut paper = Paper {
        document: Document::new(sketch.theme()),
        wording: evidence.wording(language),
    };
    paper.first_page(&brief, figure.as_ref());
    paper.second_page(&brief);
    let info = document_info(&brief, evidence, language);
    let missing = paper.document.missing_characters().clone();
    let file = paper.document.finish(&info);
    folder.write(
        layout::brief(language),
        &file.map_err(ReportError::figure("brief"))?,
    )?;
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
    fn first_page(&mut self, brief: &Brief, figure: Option<&Svg>) {
        self.document.heading(TOP, &brief.title, TITLE);
        if let Some(notice) = &brief.notice {
            self.text(notice, NOTICE);
        }
        self.heading(say::QUESTION);
        self.text(&self.wording.say(say::QUESTION_TEXT, &[]), TEXT);
        self.heading(say::POLICIES);
        let least = figure.map_or(0.0, |svg| svg.height_with_type_of(LEAST_TYPE) + GAP);
        let below = self.height_of(&brief.answer, ANSWER) + height_of_heading() + least;
        self.items(&brief.policies, self.document.room() - below);
        self.heading(say::ANSWER);
        for sentence in &brief.answer {
            self.text(sentence, ANSWER);
        }
        let room = self.document.room() - GAP;
        // Answers of many words leave it none.
        if let Some(svg) = figure.filter(|_| room > LEAST_FIGURE) {
            self.document.figure(svg, room);
        }
    }

    fn second_page(&mut self, brief: &Brief) {
        self.document.turn_page();
        self.heading(say::PRICE);
        if let Some(sentence) = &brief.price {
            self.text(sentence, ANSWER);
        }
        self.table(brief, self.height_of_rest(brief));
        self.document.skip(BELOW);
        self.text(&brief.explanation, QUIET);
        if !brief.loans.is_empty() {
            self.heading(say::LOANS);
            for sentence in &brief.loans {
                self.text(sentence, TEXT);
            }
        }
        if let Some(sentence) = &brief.where_and_when {
            self.heading(say::WHERE);
            self.text(sentence, TEXT);
        }
        self.heading(say::TERMS);
        self.items(&brief.terms, f64::INFINITY);
        self.heading(say::LIMITS);
        self.document.list(&brief.limits, SMALL);
    }

    /// Height of what stands below the table.
    fn height_of_rest(&self, brief: &Brief) -> f64 {
        let terms: Vec<String> = brief.terms.iter().map(item).collect();
        let told: Vec<String> = brief.where_and_when.iter().cloned().collect();
        BELOW
            + self.height(&brief.explanation, QUIET)
            + self.height_of(&brief.loans, TEXT)
            + self.height_of(&told, TEXT)
            + self.height_of(&terms, SMALL)
            + self.height_of(&brief.limits, SMALL)
            + 4.0 * height_of_heading()
    }

    fn height_of(&self, texts: &[String], style: Style) -> f64 {
        texts.iter().map(|text| self.height(text, style)).sum()
    }

    fn heading(&mut self, phrase: Phrase) {
        self.document.skip(ABOVE);
        self.document
            .heading(SECTION, &self.wording.say(phrase, &[]), HEADING);
        self.document.skip(BELOW);
    }

    fn text(&mut self, text: &str, style: Style) {
        self.document.paragraph(text, style);
        self.document.skip(BELOW);
    }

    /// Each name with its meaning, as many as fit `most` points.
    fn items(&mut self, items: &[(String, String)], most: f64) {
        let texts: Vec<String> = items.iter().map(item).collect();
        let mut room = most;
        let fitting = texts.iter().take_while(|text| {
            room -= self.height(text, SMALL);
            room >= 0.0
        });
        let n = fitting.count();
        for text in &texts[..n] {
            self.text(text, SMALL);
        }
        self.more(texts.len() - n);
    }

    /// Says how many policies are left out, if any are.
    fn more(&mut self, n: usize) {
        if n > 0 {
            let phrase = say::MORE_POLICIES[usize::from(n > 1)];
            let text = self.wording.say(phrase, &[("n", &n.to_string())]);
            self.text(&text, QUIET);
        }
    }

    fn height(&self, text: &str, style: Style) -> f64 {
        self.document.paragraph_height(text, style) + BELOW
    }

    /// The table with as many policies as the page has room for above what takes `below` points.
    fn table(&mut self, brief: &Brief, below: f64) {
        let whole = Table {
            columns: (brief.heads.iter().cloned())
                .zip(brief.shares.iter().copied())
                .collect(),
            rows: brief.rows.clone(),
        };
        let note = self.height("", QUIET) + QUIET.block_height(1);
        let mut room = self.document.room() - below - note - self.document.row_height(&whole, None);
        let others = (0..whole.rows.len()).filter(|row| !brief.always.contains(row));
        let by_need = brief.always.iter().copied().chain(others);
        let fitting = by_need.take_while(|row| {
            room -= self.document.row_height(&whole, Some(*row));
            room >= 0.0
        });
        let mut shown: Vec<usize> = fitting.collect();
        shown.sort_unstable();
        let left_out = whole.rows.len() - shown.len();
        let rows = shown.iter().map(|row| whole.rows[*row].clone()).collect();
        self.document.table(&Table { rows, ..whole });
        self.more(left_out);
    }
}

/// A name with its meaning.
fn item((name, meaning): &(String, String)) -> String {
    format!("{name}: {meaning}")
}

/// With the space above and below it.
fn height_of_heading() -> f64 {
    ABOVE + HEADING.block_height(1) + BELOW
}
