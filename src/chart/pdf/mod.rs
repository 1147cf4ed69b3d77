//! Text, tables and figures on A4 pages as PDF 1.7 that follows PDF/UA-1 (ISO 14289-1:2014): all
//! content is tagged in reading order or marked as an artifact, figures have an alternative text,
//! tables have headers, the faces are embedded, and title and language are declared.
//!
//! A document goes from top to bottom and breaks no pages by itself; the caller asks for the room that
//! is left. The same blocks give the same bytes.

mod face;
mod file;
mod paint;
mod tags;

use crate::chart::canvas::{Anchor, Stroke};
use crate::chart::font::{REGULAR, SEMIBOLD};
use crate::chart::palette::{GRID, MUTED};
use crate::chart::pdf::face::Embedded;
use crate::chart::pdf::file::{Id, Objects, text};
use crate::chart::pdf::paint::{PAGE, PAPER, Painter, Place};
use crate::chart::pdf::tags::{DOCUMENT, Tags};
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
    pages: Vec<Painter<'t>>,
    tags: Tags,
    /// Where the next block begins, in points from the top of the page.
    top: f64,
}

impl<'t> Document<'t> {
    /// One empty page.
    pub(crate) fn new(theme: &'t Theme) -> Self {
        let mut document = Self {
            theme,
            pages: Vec::new(),
            tags: Tags::new(),
            top: 0.0,
        };
        document.turn_page();
        document
    }

    /// What follows stands on a new page.
    pub(crate) fn turn_page(&mut self) {
        let mut page = Painter {
            theme: self.theme,
            content: String::new(),
        };
        page.put(format_args!("1 j"));
        self.pages.push(page);
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

    /// A heading (`H1`, `H2`) or paragraph (`P`).
    pub(crate) fn paragraph(&mut self, role: &'static str, text: &str, style: Style) {
        let element = self.tags.add(DOCUMENT, role, String::new());
        self.lines(element, text, style, (MARGINS.0, WIDTH));
    }

    /// Height of a paragraph, in points.
    pub(crate) fn paragraph_height(&self, text: &str, style: Style) -> f64 {
        style.block_height(self.broken(text, style, WIDTH).len())
    }

    /// A list with a dash before each item.
    pub(crate) fn list(&mut self, items: &[String], style: Style) {
        const INDENT: f64 = 10.0;
        let list = self.tags.add(DOCUMENT, "L", String::new());
        for text in items {
            let item = self.tags.add(list, "LI", String::new());
            let label = self.tags.add(item, "Lbl", String::new());
            let top = self.top;
            self.lines(label, "\u{2013}", style, (MARGINS.0, INDENT));
            self.top = top;
            let body = self.tags.add(item, "LBody", String::new());
            self.lines(body, text, style, (MARGINS.0 + INDENT, WIDTH - INDENT));
            self.top += 1.0;
        }
    }

    /// A table with its header.
    pub(crate) fn table(&mut self, table: &Table) {
        let element = self.tags.add(DOCUMENT, "Table", String::new());
        let heads: Vec<String> = table.columns.iter().map(|(head, _)| head.clone()).collect();
        self.row(element, table, &heads, HEAD);
        for row in &table.rows {
            self.row(element, table, row, CELL);
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
        let row = self.tags.add(table, "TR", String::new());
        let (top, mut left, mut bottom) = (self.top + CELL_GAP, MARGINS.0, 0.0_f64);
        for (idx, (cell, (_, share))) in cells.iter().zip(&shape.columns).enumerate() {
            let scope = if style == HEAD { "Column" } else { "Row" };
            let (role, entries) = if style == HEAD || idx == 0 {
                ("TH", format!("/A << /O /Table /Scope /{scope} >>"))
            } else {
                ("TD", String::new())
            };
            let element = self.tags.add(row, role, entries);
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
        let entries = format!(
            "/Alt {} /A << /O /Layout /Placement /Block /BBox [{:.2} {:.2} {:.2} {:.2}] >>",
            text(&one_line(&svg.alternative)),
            place.left,
            PAPER.1 - bottom,
            place.left + scale * svg.size.0,
            PAPER.1 - self.top
        );
        let figure = self.tags.add(DOCUMENT, "Figure", entries);
        self.tagged("Figure", figure, |page| page.marks(&svg.marks, place));
        self.top = bottom + GAP;
    }

    /// Calls `paint` for content that belongs to `element`.
    fn tagged(&mut self, name: &str, element: usize, paint: impl FnOnce(&mut Painter<'t>)) {
        let number = self.pages.len() - 1;
        let mark = self.tags.mark(element, number);
        let page = &mut self.pages[number];
        page.put(format_args!("/{name} << /MCID {mark} >> BDC"));
        paint(page);
        page.put(format_args!("EMC"));
    }

    fn lines(&mut self, element: usize, text: &str, style: Style, (left, width): (f64, f64)) {
        let lines = self.broken(text, style, width);
        let top = self.top;
        self.top += style.block_height(lines.len());
        self.tagged("Span", element, |page| {
            for (idx, line) in lines.iter().enumerate() {
                let y = style.baseline_below(top + style.block_height(idx));
                // The space keeps the words of two lines apart when the text is read out.
                let space = if idx + 1 < lines.len() { " " } else { "" };
                let start = ((left, y), Anchor::Start);
                page.text(&format!("{line}{space}"), start, style, PAGE);
            }
        });
    }

    fn lines_to_the_right(
        &mut self,
        element: usize,
        text: &str,
        style: Style,
        (left, width): (f64, f64),
    ) {
        let lines = self.broken(text, style, width);
        let top = self.top;
        self.top += style.block_height(lines.len());
        let right = left + width + 2.0 * CELL_GAP;
        self.tagged("Span", element, |page| {
            for (idx, line) in lines.iter().enumerate() {
                let y = style.baseline_below(top + style.block_height(idx));
                let start = right - page.theme.width(line, style);
                let space = if idx + 1 < lines.len() { " " } else { "" };
                page.text(
                    &format!("{line}{space}"),
                    ((start, y), Anchor::Start),
                    style,
                    PAGE,
                );
            }
        });
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
        let ends = [(MARGINS.0, self.top), (PAPER.0 - MARGINS.0, self.top)];
        if let Some(page) = self.pages.last_mut() {
            page.put(format_args!("/Artifact BMC"));
            page.line(&ends, Stroke::solid(GRID, 0.6), PAGE);
            page.put(format_args!("EMC"));
        }
    }

    /// The file.
    pub(crate) fn finish(mut self, particulars: &Particulars) -> Vec<u8> {
        self.number_pages(&particulars.foot);
        let mut objects = Objects::default();
        let catalog = objects.reserve();
        let tree = objects.reserve();
        let fonts = self.write_faces(&mut objects);
        let pages: Vec<Id> = self
            .pages
            .iter()
            .enumerate()
            .map(|(number, page)| write_page(&mut objects, (number, page), tree, &fonts))
            .collect();
        let kids: Vec<String> = pages.iter().map(Id::to_string).collect();
        let body = format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            pages.len(),
            kids.join(" ")
        );
        objects.set(tree, body);
        let structure = self.tags.write(&mut objects, &pages);
        let metadata = objects.add_plain_stream(
            "/Type /Metadata /Subtype /XML",
            metadata(particulars).as_bytes(),
        );
        let info = objects.add(format!(
            "<< /Title {} /Producer {} >>",
            text(&particulars.title),
            text(&particulars.producer)
        ));
        let body = format!(
            "<< /Type /Catalog /Pages {tree} /StructTreeRoot {structure} /Metadata {metadata} \
             /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /Lang ({}) >>",
            particulars.language
        );
        objects.set(catalog, body);
        objects.finish(catalog, info)
    }

    /// Writes the foot of each page with its number.
    fn number_pages(&mut self, foot: &str) {
        let n = self.pages.len();
        let style = FOOTER;
        let y = PAPER.1 - MARGINS.1;
        for (number, page) in self.pages.iter_mut().enumerate() {
            page.put(format_args!(
                "/Artifact << /Type /Pagination /Subtype /Footer >> BDC"
            ));
            let number = format!("{} / {n}", number + 1);
            let right = PAPER.0 - MARGINS.0;
            page.text(&number, ((right, y), Anchor::End), style, PAGE);
            let room = Room {
                width: WIDTH - 40.0,
                lines: 1,
            };
            for line in wrap(page.theme, foot, style, room) {
                page.text(&line, ((MARGINS.0, y), Anchor::Start), style, PAGE);
            }
            page.put(format_args!("EMC"));
        }
    }

    fn write_faces(&self, objects: &mut Objects) -> String {
        let regular = Embedded {
            face: self.theme.face(Weight::Regular),
            data: REGULAR,
            name: "SUBSET+OpenSans",
        };
        let semibold = Embedded {
            face: self.theme.face(Weight::Semibold),
            data: SEMIBOLD,
            name: "SUBSET+OpenSans-Semibold",
        };
        format!(
            "/R {} /S {}",
            regular.write(objects),
            semibold.write(objects)
        )
    }
}

/// Width of the text in a column that takes a share of the table.
fn cell_width(share: f64) -> f64 {
    share * WIDTH - 2.0 * CELL_GAP
}

fn write_page(
    objects: &mut Objects,
    (number, page): (usize, &Painter<'_>),
    parent: Id,
    fonts: &str,
) -> Id {
    let content = objects.add_stream("", page.content.as_bytes());
    objects.add(format!(
        "<< /Type /Page /Parent {parent} /MediaBox [0 0 {} {}] /Contents {content} \
         /Resources << /Font << {fonts} >> >> /StructParents {number} /Tabs /S >>",
        PAPER.0, PAPER.1
    ))
}

/// What the document says about itself (ISO 16684-1), without a date, which would differ each time.
fn metadata(particulars: &Particulars) -> String {
    let escaped = |text: &str| {
        one_line(text)
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let (title, producer) = (escaped(&particulars.title), escaped(&particulars.producer));
    let language = particulars.language;
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <pdf:Producer>{producer}</pdf:Producer>\n\
         <pdfuaid:part>1</pdfuaid:part>\n\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}
