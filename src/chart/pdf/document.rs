//! A document from its first block to its last: text, tables and figures below each other.

use core::num::NonZeroU16;
use std::collections::BTreeSet;

use krilla::tagging::kind::Figure;
use krilla::tagging::{BBox, ListNumbering, Placement, TableHeaderScope, Tag, TagKind};

use crate::chart::input::ChartError;
use crate::chart::mark::{Anchor, Mark, Stroke};
use crate::chart::palette::{GRID, INK, MUTED};
use crate::chart::pdf::file::{Content, DocumentInfo, File, Heading, Piece};
use crate::chart::pdf::paint::{MARGINS, PAGE, PAPER, Place, single};
use crate::chart::pdf::tags::Tags;
use crate::chart::svg::Svg;
use crate::chart::text::{break_lines, fitted, one_line};
use crate::chart::theme::{Style, Theme, Weight};

/// Width of text and figures, in points.
const WIDTH: f64 = PAPER.0 - 2.0 * MARGINS.0;
/// Room of the footer of a page.
const FOOTER_HEIGHT: f64 = 20.0;
/// Room between a figure and what follows, and in the cells of a table.
const GAP: f64 = 6.0;
const CELL_GAP: f64 = 2.0;
const CELL: Style = Style::new(8.0, Weight::Regular, INK);
const HEADER: Style = Style::new(8.0, Weight::Semibold, INK);
const FOOTER: Style = Style::new(7.5, Weight::Regular, MUTED);

/// A table: the first column is text and names its row, the others stand to the right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Headings with the shares of the width, which add up to 1.
    pub(crate) columns: Vec<(String, f64)>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    fn headers(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|(header, _)| header.clone())
            .collect()
    }
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
        PAPER.1 - MARGINS.1 - FOOTER_HEIGHT - self.top
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
        style.block_height(break_lines(self.theme, text, style, WIDTH).len())
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
        let header = self.tags.add(Some(element), Tag::THead);
        self.row(header, table, &table.headers(), HEADER);
        let body = self.tags.add(Some(element), Tag::TBody);
        for row in &table.rows {
            self.row(body, table, row, CELL);
        }
        self.top += GAP;
    }

    /// Height of a row of a table, in points; of its header when `row` is `None`.
    pub(crate) fn row_height(&self, table: &Table, row: Option<usize>) -> f64 {
        let (cells, style) = match row {
            Some(row) => (&table.rows[row], CELL),
            None => (&table.headers(), HEADER),
        };
        let lines = |(cell, (_, share)): (&String, &(String, f64))| {
            break_lines(self.theme, cell, style, cell_width(*share)).len()
        };
        let tallest = cells.iter().zip(&table.columns).map(lines).max();
        style.block_height(tallest.unwrap_or(0)) + 2.0 * CELL_GAP
    }

    fn row(&mut self, table: usize, shape: &Table, cells: &[String], style: Style) {
        let row = self.tags.add(Some(table), Tag::TR);
        let (top, mut left, mut bottom) = (self.top + CELL_GAP, MARGINS.0, 0.0_f64);
        for (idx, (cell, (_, share))) in cells.iter().zip(&shape.columns).enumerate() {
            let kind: TagKind = match (style == HEADER, idx) {
                (true, _) => Tag::TH(TableHeaderScope::Column).into(),
                (false, 0) => Tag::TH(TableHeaderScope::Row).into(),
                (false, _) => Tag::TD.into(),
            };
            let element = self.tags.add(Some(row), kind);
            self.top = top;
            let width = cell_width(*share);
            let right = left + width + 2.0 * CELL_GAP;
            let start = |line: f64| if idx == 0 { left } else { right - line };
            self.set(element, cell, style, (width, start));
            bottom = bottom.max(self.top);
            left += share * WIDTH;
        }
        self.top = bottom + CELL_GAP;
        self.rule();
    }

    /// A figure as wide as the text, or smaller so that it is at most `height` points high.
    pub(crate) fn figure(&mut self, svg: &Svg, height: f64) {
        let scale = (WIDTH / svg.size.0).min(height / svg.size.1);
        let (width, height) = (scale * svg.size.0, scale * svg.size.1);
        let place = Place {
            left: MARGINS.0 + 0.5 * (WIDTH - width),
            top: self.top,
            scale,
        };
        let [left, top, width, height] = [place.left, place.top, width, height].map(single);
        let rect = krilla::geom::Rect::from_xywh(left, top, width, height);
        let tag = Tag::<Figure>::Figure(Some(one_line(&svg.alternative)))
            .with_placement(Some(Placement::Block))
            .with_bbox(rect.map(|rect| BBox::new(self.pages.len() - 1, rect)));
        let element = self.tags.add(None, tag);
        self.tags.leaf(element);
        self.paint(Content::Figure, svg.marks.clone(), place);
        self.top += scale * svg.size.1 + GAP;
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

    /// Sets text as wide as `width`; `left` says where a line of a given width begins.
    fn set(
        &mut self,
        element: usize,
        text: &str,
        style: Style,
        (width, left): (f64, impl Fn(f64) -> f64),
    ) {
        let lines = break_lines(self.theme, text, style, width);
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

    /// A decorative thin line across the page.
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
    pub(crate) fn finish(mut self, info: &DocumentInfo) -> Result<Vec<u8>, ChartError> {
        self.number_pages(&info.footer);
        let file = File {
            pages: &self.pages,
            tags: &self.tags,
            headings: &self.headings,
        };
        file.write(self.theme, info)
    }

    /// Writes the footer of each page with its number.
    fn number_pages(&mut self, footer: &str) {
        let n = self.pages.len();
        let y = PAPER.1 - MARGINS.1;
        let footer = fitted(self.theme, footer, FOOTER, WIDTH - 40.0);
        self.missing.extend(self.theme.missing(&footer));
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
                    text(footer.clone(), MARGINS.0, Anchor::Start),
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
