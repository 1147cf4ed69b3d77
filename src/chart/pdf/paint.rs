//! Painting on one page: text, rules, and the marks of a figure.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineJoin, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::chart::font::{REGULAR, SEMIBOLD};
use crate::chart::mark::{Anchor, Mark, Point, Rect, Stroke};
use crate::chart::palette::Rgb;
use crate::chart::theme::{Style, Theme, Weight};

/// Width and height of A4, in points.
pub(super) const PAPER: (f64, f64) = (595.28, 841.89);
/// Paper left free on the left and right, and at the top and bottom, in points.
pub(super) const MARGINS: (f64, f64) = (45.0, 42.0);
/// Control points of a quarter of a circle, in radii: (4/3)(sqrt 2 - 1).
const ARC: f64 = 0.552_284_75;

/// Where marks stand on the page: their corner in points from the top left, and points per logical
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
    fn at(self, (x, y): Point) -> (f32, f32) {
        (
            single(self.left + x * self.scale),
            single(self.top + y * self.scale),
        )
    }

    fn length(self, length: f64) -> f32 {
        single(length * self.scale)
    }
}

/// A length with the seven digits that the format has.
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths on paper need no more digits"
)]
pub(super) const fn single(length: f64) -> f32 {
    length as f32
}

/// The embedded faces.
pub(super) struct Faces {
    regular: Font,
    semibold: Font,
}

impl Faces {
    /// `None` when a face cannot be read.
    pub(super) fn load() -> Option<Self> {
        Some(Self {
            regular: Font::new(REGULAR.into(), 0)?,
            semibold: Font::new(SEMIBOLD.into(), 0)?,
        })
    }

    fn of(&self, weight: Weight) -> Font {
        match weight {
            Weight::Regular => self.regular.clone(),
            Weight::Semibold => self.semibold.clone(),
        }
    }
}

/// Paints marks on a page.
pub(super) struct Painter<'p, 's> {
    pub(super) theme: &'p Theme,
    pub(super) faces: &'p Faces,
    pub(super) surface: &'p mut Surface<'s>,
}

impl Painter<'_, '_> {
    pub(super) fn marks(&mut self, marks: &[Mark], place: Place) {
        for mark in marks {
            self.mark(mark, place);
        }
    }

    fn mark(&mut self, mark: &Mark, place: Place) {
        match mark {
            Mark::Line { points, stroke } => self.line(points, *stroke, place),
            Mark::Area { points, color } => self.filled(outline(points, true, place), *color),
            Mark::Box { rect, color } => self.filled(corners(*rect, place), *color),
            Mark::Dot {
                center,
                radius,
                color,
            } => self.filled(circle(*center, *radius, place), *color),
            Mark::Text {
                text,
                at,
                anchor,
                style,
            } => self.text(text, (*at, *anchor), *style, place),
        }
    }

    fn line(&mut self, points: &[Point], stroke: Stroke, place: Place) {
        let Some(path) = outline(points, false, place) else {
            return;
        };
        let pattern = stroke.dash.pattern();
        let dash = (!pattern.is_empty()).then(|| StrokeDash {
            array: pattern.iter().map(|length| place.length(*length)).collect(),
            offset: 0.0,
        });
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Pen {
            paint: color(stroke.color).into(),
            width: place.length(stroke.width),
            line_join: LineJoin::Round,
            dash,
            ..Pen::default()
        }));
        self.surface.draw_path(&path);
    }

    /// Fills a path; one without any extent is left out.
    fn filled(&mut self, path: Option<Path>, color: Rgb) {
        if let Some(path) = path {
            self.fill(color);
            self.surface.draw_path(&path);
        }
    }

    /// One line of text.
    fn text(&mut self, text: &str, (at, anchor): (Point, Anchor), style: Style, place: Place) {
        let shift = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -0.5 * self.theme.width(text, style),
            Anchor::End => -self.theme.width(text, style),
        };
        let (x, y) = place.at((at.0 + shift, at.1));
        self.fill(style.color);
        self.surface.draw_glyphs(
            krilla::geom::Point::from_xy(x, y),
            &self.glyphs(text, style.weight),
            self.faces.of(style.weight),
            text,
            place.length(style.size),
            false,
        );
    }

    /// A character that the face lacks is shown as a question mark, because PDF/UA allows no empty
    /// box; who copies the text gets the character.
    fn glyphs(&self, text: &str, weight: Weight) -> Vec<KrillaGlyph> {
        let face = self.theme.face(weight);
        let glyph = |(at, character): (usize, char)| {
            let shown = if face.has(character) { character } else { '?' };
            let (id, width) = face.glyph(shown);
            let covered = at..at + character.len_utf8();
            KrillaGlyph::new(
                GlyphId::new(id),
                single(width),
                0.0,
                0.0,
                0.0,
                covered,
                None,
            )
        };
        text.char_indices().map(glyph).collect()
    }

    fn fill(&mut self, paint: Rgb) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: color(paint).into(),
            opacity: NormalizedF32::ONE,
            ..Fill::default()
        }));
    }
}

fn color(Rgb(red, green, blue): Rgb) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn outline(points: &[Point], is_closed: bool, place: Place) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    let (x, y) = place.at(*first);
    path.move_to(x, y);
    for point in rest {
        let (x, y) = place.at(*point);
        path.line_to(x, y);
    }
    if is_closed {
        path.close();
    }
    path.finish()
}

fn corners(rect: Rect, place: Place) -> Option<Path> {
    let Rect {
        left,
        top,
        right,
        bottom,
    } = rect;
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    outline(&corners, true, place)
}

fn circle((x, y): Point, radius: f64, place: Place) -> Option<Path> {
    let at = |dx: f64, dy: f64| place.at((x + radius * dx, y + radius * dy));
    let mut path = PathBuilder::new();
    let (start_x, start_y) = at(1.0, 0.0);
    path.move_to(start_x, start_y);
    for (dx, dy) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
        let leave = at(dx - ARC * dy, dy + ARC * dx);
        let arrive = at(ARC * dx - dy, ARC * dy + dx);
        let end = at(-dy, dx);
        path.cubic_to(leave.0, leave.1, arrive.0, arrive.1, end.0, end.1);
    }
    path.close();
    path.finish()
}
