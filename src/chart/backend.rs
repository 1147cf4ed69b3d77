//! Writes marks as SVG: the only file that uses plotters, and that only as a drawing backend.
//!
//! The SVG backend of plotters works on whole pixels, so marks are drawn ten times as large and only
//! the root element's `width` and `height` name the logical size.

use core::fmt::Display;

use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};

use crate::chart::input::ChartError;
use crate::chart::mark::{Anchor, Mark, Point};
use crate::chart::palette::Rgb;
use crate::chart::text::one_line;
use crate::chart::theme::{FAMILIES, Style, Weight};

/// Device units per logical pixel.
const GRAIN: f64 = 10.0;
/// plotters writes `font-size` as the size divided by this.
const PLOTTERS_FONT_RATIO: f64 = 1.24;

/// The SVG document of `marks` on paper of `size` logical pixels, with a title and an alternative
/// text for screen readers.
pub(crate) fn write(
    marks: &[Mark],
    size: (f64, f64),
    title: &str,
    alternative: &str,
) -> Result<String, ChartError> {
    let mut drawn = String::new();
    let device_size = (device(size.0).unsigned_abs(), device(size.1).unsigned_abs());
    let mut backend = SVGBackend::with_string(&mut drawn, device_size);
    marks
        .iter()
        .try_for_each(|mark| draw(mark, &mut backend))
        .map_err(refused)?;
    backend.present().map_err(refused)?;
    drop(backend);
    let body = drawn.split_once('>').map_or("", |(_, body)| body);
    Ok(root_element(size, title, alternative) + &tidy(body))
}

fn refused(error: impl Display) -> ChartError {
    ChartError::Backend(error.to_string())
}

/// Opens the document: logical size, device units inside, words for screen readers.
fn root_element((width, height): (f64, f64), title: &str, alternative: &str) -> String {
    let (inner_width, inner_height) = (device(width), device(height));
    let (title, alternative) = (escaped(title), escaped(alternative));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {inner_width} {inner_height}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{alternative}</desc>"
    )
}

fn escaped(text: &str) -> String {
    one_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Undoes what plotters adds to text: a vertical shift that renderers interpret differently, and
/// bold where the face is semibold. User text cannot match, because its quotes are escaped.
fn tidy(body: &str) -> String {
    body.replace(" dy=\"-0.5ex\"", "")
        .replace("font-weight=\"bold\"", "font-weight=\"600\"")
        .replace(" opacity=\"1\"", "")
}

fn draw(mark: &Mark, backend: &mut SVGBackend<'_>) -> Result<(), impl Display + use<>> {
    match mark {
        Mark::Line { points, stroke } => {
            let style = paint(stroke.color).stroke_width(device(stroke.width).unsigned_abs());
            dashes(points, stroke.dash.pattern())
                .iter()
                .try_for_each(|piece| backend.draw_path(devices(piece), &style))
        }
        Mark::Area { points, color } => backend.fill_polygon(devices(points), &paint(*color)),
        Mark::Box { rect, color } => {
            let (from, to) = ((rect.left, rect.top), (rect.right, rect.bottom));
            backend.draw_rect(point(from), point(to), &paint(*color), true)
        }
        Mark::Dot {
            center,
            radius,
            color,
        } => {
            let radius = device(*radius).unsigned_abs();
            backend.draw_circle(point(*center), radius, &paint(*color), true)
        }
        Mark::Text {
            text,
            at,
            anchor,
            style,
        } => backend.draw_text(text, &text_style(*anchor, *style), point(*at)),
    }
}

const fn paint(Rgb(red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn text_style(anchor: Anchor, style: Style) -> TextStyle<'static> {
    let weight = match style.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Semibold => FontStyle::Bold,
    };
    let size = style.size * GRAIN * PLOTTERS_FONT_RATIO;
    let across = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    TextStyle {
        font: FontDesc::new(FontFamily::Name(FAMILIES), size, weight),
        color: paint(style.color).to_backend_color(),
        pos: Pos::new(across, VPos::Bottom),
    }
}

/// The strokes of a dashed line. plotters cannot write a dash pattern, and its own dashed path
/// uses a square root of the platform's mathematics library.
fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    if pattern.is_empty() {
        return vec![points.to_vec()];
    }
    let mut lengths = pattern.iter().copied().cycle();
    let mut left = lengths.next().unwrap_or(f64::INFINITY);
    let mut pieces = Vec::new();
    let mut piece: Option<Vec<Point>> = points.first().map(|first| vec![*first]);
    for ends in points.windows(2) {
        let (mut start, end) = (ends[0], ends[1]);
        let mut rest = distance(start, end);
        while rest > left {
            start = between(start, end, left / rest);
            rest -= left;
            left = lengths.next().unwrap_or(f64::INFINITY);
            piece = match piece.take() {
                Some(mut done) => {
                    done.push(start);
                    pieces.push(done);
                    None
                }
                None => Some(vec![start]),
            };
        }
        left -= rest;
        if let Some(open) = piece.as_mut() {
            open.push(end);
        }
    }
    pieces.extend(piece);
    pieces
}

fn distance(one: Point, other: Point) -> f64 {
    let (dx, dy) = (other.0 - one.0, other.1 - one.1);
    (dx * dx + dy * dy).sqrt()
}

fn between(from: Point, to: Point, share: f64) -> Point {
    (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    )
}

fn devices(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|&at| point(at)).collect()
}

fn point((x, y): Point) -> (i32, i32) {
    (device(x), device(y))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a page has far fewer than 2^31 units"
)]
fn device(logical: f64) -> i32 {
    (logical * GRAIN).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dashed_line_keeps_its_ends_and_its_corners() {
        let path = [(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)];
        let pieces = dashes(&path, &[30.0, 10.0]);
        let expected: [&[Point]; 3] = [
            &[(0.0, 0.0), (30.0, 0.0)],
            &[(40.0, 0.0), (50.0, 0.0), (50.0, 20.0)],
            &[(50.0, 30.0), (50.0, 50.0)],
        ];
        assert_eq!(
            pieces, expected,
            "strokes of 30 and gaps of 10 around a corner"
        );
    }
}
