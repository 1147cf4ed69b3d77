//! Writes a display list as SVG: the only place that knows plotters.
//!
//! plotters' SVG backend works on whole pixels, so the list is drawn ten times as large and only
//! the header's `width` and `height` name the logical size.

use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{
    Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, RGBColor, Rectangle, SVGBackend,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use crate::chart::ChartError;
use crate::chart::canvas::{Anchor, Mark, Point, Stroke};
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
    {
        let device_size = (device(size.0).unsigned_abs(), device(size.1).unsigned_abs());
        let area = SVGBackend::with_string(&mut drawn, device_size).into_drawing_area();
        marks.iter().try_for_each(|mark| draw(mark, &area))?;
        area.present()
            .map_err(|error| ChartError::Backend(error.to_string()))?;
    }
    let body = drawn.split_once('>').map_or("", |(_, body)| body);
    Ok(header(size, title, alternative) + &tidy(body))
}

/// Opens the document: logical size, device units inside, words for screen readers.
fn header((width, height): (f64, f64), title: &str, alternative: &str) -> String {
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

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn draw(mark: &Mark, area: &Area<'_>) -> Result<(), ChartError> {
    match mark {
        Mark::Line { points, stroke } => {
            let style = outline(*stroke);
            dashes(points, stroke.dash.pattern())
                .into_iter()
                .try_for_each(|piece| put(area, &PathElement::new(devices(&piece), style)))
        }
        Mark::Area { points, color } => put(area, &Polygon::new(devices(points), fill(*color))),
        Mark::Box { rect, color } => {
            let corners = devices(&[(rect.left, rect.top), (rect.right, rect.bottom)]);
            put(
                area,
                &Rectangle::new([corners[0], corners[1]], fill(*color)),
            )
        }
        Mark::Dot {
            center,
            radius,
            color,
        } => put(
            area,
            &Circle::new(point(*center), device(*radius), fill(*color)),
        ),
        Mark::Text {
            text,
            at,
            anchor,
            style,
        } => put(
            area,
            &Text::new(text.as_str(), point(*at), type_style(*anchor, *style)),
        ),
    }
}

fn put<'a, E>(area: &Area<'_>, element: &'a E) -> Result<(), ChartError>
where
    &'a E: PointCollection<'a, (i32, i32)>,
    for<'b> E: Drawable<SVGBackend<'b>>,
{
    area.draw(element)
        .map_err(|error| ChartError::Backend(error.to_string()))
}

fn outline(stroke: Stroke) -> ShapeStyle {
    let width = device(stroke.width).unsigned_abs();
    paint(stroke.color).stroke_width(width)
}

fn fill(color: Rgb) -> ShapeStyle {
    paint(color).filled()
}

fn paint(Rgb(red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn type_style(anchor: Anchor, style: Style) -> TextStyle<'static> {
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
