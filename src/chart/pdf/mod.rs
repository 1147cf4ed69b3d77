//! Text, tables and figures on A4 pages as PDF 1.7 that follows PDF/UA-1 (ISO 14289-1:2014): all
//! content is tagged in reading order or marked as an artifact, figures have an alternative text,
//! tables have headers, headings make an outline, the faces are embedded, and title and language are
//! declared. The PDF writer (krilla) checks what a program can check, and refuses to write the rest.
//!
//! A document goes from top to bottom and breaks no pages by itself; the caller asks for the room that
//! is left. The same blocks give the same bytes.

mod file;
mod paint;
mod tags;

use core::num::NonZeroU16;
use std::collections::BTreeSet;

use krilla::tagging::kind::Figure;
use krilla::tagging::{BBox, ListNumbering, Placement, TableHeaderScope, Tag, TagKind};

use crate::chart::ChartError;
use crate::chart::canvas::{Anchor, Mark, Stroke};
use crate::chart::palette::{GRID, MUTED};
use crate::chart::pdf::file::{Content, Heading, Piece, Sheets};
use crate::chart::pdf::paint::{PAGE, PAPER, Place, single};
use crate::chart::pdf::tags::Tags;
use crate::chart::svg::Svg;
use crate::chart::text::{Room, one_line, wrap};
use crate::chart::theme::{Style, Theme, Weight};

/// Paper left free on the left and right, and at the top and bottom, in points.
const MARGINS: (f64, f64) = (45.0, 42.0);
/// Width of text and figures, in points.
const WIDTH: f64 = PAPER.0 - 2.0 * MARGINS.0;
/// Room of the line at the foot of a page.
const FOOT: f64 = 20.0;
/// Room between a figure and what follows, and in the cells of a table.
const GAP: f64 = 6.0;
const CELL_GAP: f64 = 3.0;
const CELL: Style = Style::new(8.5, Weight::Regular, crate::chart::palette::INK);
const HEAD: Style = Style::new(8.5, Weight::Semibold, crate::chart::palette::INK);
const FOOTER: Style = Style::new(7.5, Weight::Regular, MUTED);

/// Title, language (as in RFC 5646) and producer of a document, and what stands at the foot of each
/// page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Particulars {
    pub(crate) title: String,
    pub(crate) language: &'static str,
    pub(crate) producer: String,
    pub(crate) foot: String,
}

/// A table: the first column is text and names its row, the others stand to the right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Headings with the shares of the width, which add up to 1.
    pub(crate) columns: Vec<(String, f64)>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Pages from the first block to the last one added.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    theme: &'t Theme,
    pages: Vec<Vec<Piece>>,
    tags: Tags,
    headings: Vec<Heading>,
    missing: BTreeSet<char>,
    /// Where the next block begins, in points from the top of the page.
    top: f64,
}

impl<'t> Document<'t> {
    /// One empty page.
    pub(crate) fn new(theme: &'t Theme) -> Self {
        let mut document = Self {
            theme,
            pages: Vec::new(),
            tags: Tags::default(),
            headings: Vec::new(),
            missing: BTreeSet::new(),
            top: 0.0,
        };
        document.turn_page();
        document
    }

    /// What follows stands on a new page.
    pub(crate) fn turn_page(&mut self) {
        self.pages.push(Vec::new());
        self.top = MARGINS.1;
    }

    /// Height that is left on the page, in points.
    pub(crate) fn room(&self) -> f64 {
        PAPER.1 - MARGINS.1 - FOOT - self.top
    }

    /// Leaves `height` points free.
    pub(crate) fn skip(&mut self, height: f64) {
        self.top += height;
    }

    /// A heading; the document has one of level 1.
    pub(crate) fn heading(&mut self, level: NonZeroU16, text: &str, style: Style) {
        self.headings.push(Heading {
            text: one_line(text),
            page: self.pages.len() - 1,
            top: self.top,
        });
        let element = self.tags.add(None, Tag::Hn(level, Some(one_line(text))));
        self.lines(element, text, style, (MARGINS.0, WIDTH));
    }

    /// A paragraph.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style) {
        let element = self.tags.add(None, Tag::P);
        self.lines(element, text, style, (MARGINS.0, WIDTH));
    }

    /// Height of a paragraph, in points.
    pub(crate) fn paragraph_height(&self, text: &str, style: Style) -> f64 {
        style.block_height(self.broken(text, style, WIDTH).len())
    }

    /// A list with a dash before each item.
    pub(crate) fn list(&mut self, items: &[String], style: Style) {
        const INDENT: f64 = 10.0;
        let list = self.tags.add(None, Tag::L(ListNumbering::None));
        for text in items {
            let item = self.tags.add(Some(list), Tag::LI);
            let label = self.tags.add(Some(item), Tag::Lbl);
            let top = self.top;
            self.lines(label, "\u{2013}", style, (MARGINS.0, INDENT));
            self.top = top;
            let body = self.tags.add(Some(item), Tag::LBody);
            self.lines(body, text, style, (MARGINS.0 + INDENT, WIDTH - INDENT));
            self.top += 1.0;
        }
    }

    /// A table with its header.
    pub(crate) fn table(&mut self, table: &Table) {
        let element = self.tags.add(None, Tag::Table);
        let head = self.tags.add(Some(element), Tag::THead);
        let heads: Vec<String> = table.columns.iter().map(|(head, _)| head.clone()).collect();
        self.row(head, table, &heads, HEAD);
        let body = self.tags.add(Some(element), Tag::TBody);
        for row in &table.rows {
            self.row(body, table, row, CELL);
        }
        self.top += GAP;
    }

    /// Height of a row of a table, in points; of its header when `row` is `None`.
    pub(crate) fn row_height(&self, table: &Table, row: Option<usize>) -> f64 {
        let heads: Vec<String> = table.columns.iter().map(|(head, _)| head.clone()).collect();
        let (cells, style) = match row {
            Some(row) => (&table.rows[row], CELL),
            None => (&heads, HEAD),
        };
        let lines = |(cell, (_, share)): (&String, &(String, f64))| {
            self.broken(cell, style, cell_width(*share)).len()
        };
        let tallest = cells.iter().zip(&table.columns).map(lines).max();
        style.block_height(tallest.unwrap_or(0)) + 2.0 * CELL_GAP
    }

    fn row(&mut self, table: usize, shape: &Table, cells: &[String], style: Style) {
        let row = self.tags.add(Some(table), Tag::TR);
        let (top, mut left, mut bottom) = (self.top + CELL_GAP, MARGINS.0, 0.0_f64);
        for (idx, (cell, (_, share))) in cells.iter().zip(&shape.columns).enumerate() {
            let kind: TagKind = match (style == HEAD, idx) {
                (true, _) => Tag::TH(TableHeaderScope::Column).into(),
                (false, 0) => Tag::TH(TableHeaderScope::Row).into(),
                (false, _) => Tag::TD.into(),
            };
            let element = self.tags.add(Some(row), kind);
            self.top = top;
            let width = cell_width(*share);
            if idx == 0 {
                self.lines(element, cell, style, (left, width));
            } else {
                self.lines_to_the_right(element, cell, style, (left, width));
            }
            bottom = bottom.max(self.top);
            left += share * WIDTH;
        }
        self.top = bottom + CELL_GAP;
        self.rule();
    }

    /// A figure as wide as the text, or smaller so that it is at most `height` points high.
    pub(crate) fn figure(&mut self, svg: &Svg, height: f64) {
        let scale = (WIDTH / svg.size.0).min(height / svg.size.1);
        let place = Place {
            left: MARGINS.0 + 0.5 * (WIDTH - scale * svg.size.0),
            top: self.top,
            scale,
        };
        let bottom = self.top + scale * svg.size.1;
        let element = self.tags.add(None, self.figure_tag(svg, place));
        self.tags.leaf(element);
        self.paint(Content::Figure, svg.marks.clone(), place);
        self.top = bottom + GAP;
    }

    fn figure_tag(&self, svg: &Svg, place: Place) -> Tag<Figure> {
        let [left, top, width, height] = [
            place.left,
            place.top,
            place.scale * svg.size.0,
            place.scale * svg.size.1,
        ]
        .map(single);
        let rect = krilla::geom::Rect::from_xywh(left, top, width, height);
        Tag::Figure(Some(one_line(&svg.alternative)))
            .with_placement(Some(Placement::Block))
            .with_bbox(rect.map(|rect| BBox::new(self.pages.len() - 1, rect)))
    }

    fn paint(&mut self, content: Content, marks: Vec<Mark>, place: Place) {
        for mark in &marks {
            if let Mark::Text { text, .. } = mark {
                self.missing.extend(self.theme.missing(text));
            }
        }
        let piece = Piece {
            content,
            marks,
            place,
        };
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    fn lines(&mut self, element: usize, text: &str, style: Style, (left, width): (f64, f64)) {
        self.set(element, text, style, (width, |_| left));
    }

    fn lines_to_the_right(
        &mut self,
        element: usize,
        text: &str,
        style: Style,
        (left, width): (f64, f64),
    ) {
        let right = left + width + 2.0 * CELL_GAP;
        self.set(element, text, style, (width, |line| right - line));
    }

    /// Sets text as wide as `width`; `left` says where a line of a given width begins.
    fn set(
        &mut self,
        element: usize,
        text: &str,
        style: Style,
        (width, left): (f64, impl Fn(f64) -> f64),
    ) {
        let lines = self.broken(text, style, width);
        let last = lines.len().saturating_sub(1);
        for (idx, mut line) in lines.into_iter().enumerate() {
            let start = left(self.theme.width(&line, style));
            // The space keeps the words of two lines apart when the text is read out.
            if idx < last {
                line.push(' ');
            }
            self.tags.leaf(element);
            let mark = Mark::Text {
                text: line,
                at: (start, style.baseline_below(self.top)),
                anchor: Anchor::Start,
                style,
            };
            self.paint(Content::Text, vec![mark], PAGE);
            self.top += style.block_height(1);
        }
    }

    fn broken(&self, text: &str, style: Style, width: f64) -> Vec<String> {
        let room = Room {
            width,
            lines: usize::MAX,
        };
        wrap(self.theme, text, style, room)
    }

    /// A thin line across the page, which says nothing.
    fn rule(&mut self) {
        let line = Mark::Line {
            points: vec![(MARGINS.0, self.top), (PAPER.0 - MARGINS.0, self.top)],
            stroke: Stroke::solid(GRID, 0.6),
        };
        self.paint(Content::Rule, vec![line], PAGE);
    }

    /// The characters that the embedded faces lack, each once: a question mark is in their place.
    pub(crate) const fn missing_characters(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// The file.
    ///
    /// # Errors
    /// [`ChartError::Font`] when an embedded face cannot be read, [`ChartError::Render`] when the
    /// document would break PDF/UA-1.
    pub(crate) fn finish(mut self, particulars: &Particulars) -> Result<Vec<u8>, ChartError> {
        self.number_pages(&particulars.foot);
        let sheets = Sheets {
            pages: &self.pages,
            tags: &self.tags,
            headings: &self.headings,
        };
        sheets.write(self.theme, particulars)
    }

    /// Writes the foot of each page with its number.
    fn number_pages(&mut self, foot: &str) {
        let n = self.pages.len();
        let y = PAPER.1 - MARGINS.1;
        let room = Room {
            width: WIDTH - 40.0,
            lines: 1,
        };
        let foot = wrap(self.theme, foot, FOOTER, room).concat();
        self.missing.extend(self.theme.missing(&foot));
        for (number, page) in self.pages.iter_mut().enumerate() {
            let text = |text: String, x, anchor| Mark::Text {
                text,
                at: (x, y),
                anchor,
                style: FOOTER,
            };
            let number = format!("{} / {n}", number + 1);
            page.push(Piece {
                content: Content::Footer,
                marks: vec![
                    text(foot.clone(), MARGINS.0, Anchor::Start),
                    text(number, PAPER.0 - MARGINS.0, Anchor::End),
                ],
                place: PAGE,
            });
        }
    }
}

/// Width of the text in a column that takes a share of the table.
fn cell_width(share: f64) -> f64 {
    share * WIDTH - 2.0 * CELL_GAP
}
