//! Painting on one page: text, rules, and the marks of a figure.

use core::fmt::Write;

use crate::chart::canvas::{Anchor, Mark, Point, Rect, Stroke};
use crate::chart::palette::Rgb;
use crate::chart::pdf::file::hex;
use crate::chart::theme::{Style, Theme, Weight};

/// Width and height of A4, in points.
pub(super) const PAPER: (f64, f64) = (595.28, 841.89);
/// Control points of a quarter of a circle, in radii: (4/3)(sqrt 2 - 1).
const ARC: f64 = 0.552_284_75;

/// Where a figure stands on the page: its corner in points from the top left, and points per logical
/// pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) scale: f64,
}

/// The page itself, in points from its top left corner.
pub(super) const PAGE: Place = Place {
    left: 0.0,
    top: 0.0,
    scale: 1.0,
};

impl Place {
    /// A point of the figure as the file counts: from the bottom left.
    fn at(self, (x, y): Point) -> String {
        let (x, y) = (
            self.left + x * self.scale,
            PAPER.1 - self.top - y * self.scale,
        );
        format!("{x:.2} {y:.2}")
    }
}

/// The operators that paint a page.
#[derive(Debug)]
pub(super) struct Painter<'t> {
    pub(super) theme: &'t Theme,
    pub(super) content: String,
}

impl Painter<'_> {
    /// An operator with its operands.
    pub(super) fn put(&mut self, operator: core::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.content, "{operator}");
    }

    pub(super) fn marks(&mut self, marks: &[Mark], place: Place) {
        for mark in marks {
            self.mark(mark, place);
        }
    }

    fn mark(&mut self, mark: &Mark, place: Place) {
        match mark {
            Mark::Line { points, stroke } => self.line(points, *stroke, place),
            Mark::Area { points, color } => {
                self.fill(*color);
                self.path(points, place);
                self.put(format_args!("h f"));
            }
            Mark::Box { rect, color } => self.rect(*rect, *color, place),
            Mark::Dot {
                center,
                radius,
                color,
            } => self.dot(*center, *radius, *color, place),
            Mark::Text {
                text,
                at,
                anchor,
                style,
            } => self.text(text, (*at, *anchor), *style, place),
        }
    }

    pub(super) fn line(&mut self, points: &[Point], stroke: Stroke, place: Place) {
        let width = stroke.width * place.scale;
        let dashes = stroke.dash.pattern().iter();
        let dashes: Vec<String> = dashes
            .map(|length| format!("{:.2}", length * place.scale))
            .collect();
        let color = channels(stroke.color);
        self.put(format_args!(
            "{color} RG {width:.2} w [{}] 0 d",
            dashes.join(" ")
        ));
        self.path(points, place);
        self.put(format_args!("S"));
    }

    fn path(&mut self, points: &[Point], place: Place) {
        for (idx, point) in points.iter().enumerate() {
            let operator = if idx == 0 { "m" } else { "l" };
            self.put(format_args!("{} {operator}", place.at(*point)));
        }
    }

    fn rect(&mut self, rect: Rect, color: Rgb, place: Place) {
        let corner = place.at((rect.left, rect.bottom));
        let [width, height] = [rect.width(), rect.bottom - rect.top].map(|side| side * place.scale);
        self.fill(color);
        self.put(format_args!("{corner} {width:.2} {height:.2} re f"));
    }

    fn dot(&mut self, (x, y): Point, radius: f64, color: Rgb, place: Place) {
        let at = |dx: f64, dy: f64| place.at((x + radius * dx, y + radius * dy));
        let quarters = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];
        self.fill(color);
        self.put(format_args!("{} m", at(1.0, 0.0)));
        for (dx, dy) in quarters {
            let (leave, arrive, end) = (
                at(dx - ARC * dy, dy + ARC * dx),
                at(ARC * dx - dy, ARC * dy + dx),
                at(-dy, dx),
            );
            self.put(format_args!("{leave} {arrive} {end} c"));
        }
        self.put(format_args!("f"));
    }

    /// One line of text. A character that the face lacks becomes a question mark.
    pub(super) fn text(
        &mut self,
        text: &str,
        (at, anchor): (Point, Anchor),
        style: Style,
        place: Place,
    ) {
        let face = self.theme.face(style.weight);
        let glyph = |c| face.glyph(c).or_else(|| face.glyph('?')).unwrap_or(0);
        let glyphs: Vec<u8> = text.chars().flat_map(|c| glyph(c).to_be_bytes()).collect();
        let glyphs = hex(&glyphs);
        let shift = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -0.5 * self.theme.width(text, style),
            Anchor::End => -self.theme.width(text, style),
        };
        let font = match style.weight {
            Weight::Regular => "R",
            Weight::Semibold => "S",
        };
        let size = style.size * place.scale;
        let at = place.at((at.0 + shift, at.1));
        self.fill(style.color);
        self.put(format_args!(
            "BT /{font} {size:.2} Tf 1 0 0 1 {at} Tm <{glyphs}> Tj ET"
        ));
    }

    fn fill(&mut self, color: Rgb) {
        let color = channels(color);
        self.put(format_args!("{color} rg"));
    }
}

fn channels(Rgb(red, green, blue): Rgb) -> String {
    [red, green, blue]
        .map(|channel| format!("{:.3}", f64::from(channel) / 255.0))
        .join(" ")
}
