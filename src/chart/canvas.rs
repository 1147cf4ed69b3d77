//! A display list: figures add marks, which cannot fail; [`Canvas::finish`] writes them as SVG.

use std::collections::BTreeSet;

use crate::chart::backend;
use crate::chart::input::ChartError;
use crate::chart::mark::{Anchor, Mark, Marker, Point, Rect, Stroke};
use crate::chart::palette::{Rgb, WHITE};
use crate::chart::svg::Svg;
use crate::chart::text::{Lines, fitted, one_line};
use crate::chart::theme::{Style, Theme};

/// Marks in the order in which they cover each other.
#[derive(Debug)]
pub(crate) struct Canvas<'t> {
    pub(crate) theme: &'t Theme,
    size: (f64, f64),
    marks: Vec<Mark>,
}

impl<'t> Canvas<'t> {
    /// White paper of `size` (width and height).
    pub(crate) fn new(theme: &'t Theme, size: (f64, f64)) -> Self {
        let size = (size.0.ceil(), size.1.ceil());
        let marks = Vec::new();
        let mut canvas = Self { theme, size, marks };
        canvas.rect(Rect::new((0.0, size.0), (0.0, size.1)), WHITE);
        canvas
    }

    pub(crate) fn line(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.assert_inside(&points);
        self.marks.push(Mark::Line { points, stroke });
    }

    pub(crate) fn horizontal(&mut self, y: f64, (left, right): (f64, f64), stroke: Stroke) {
        self.line(vec![(left, y), (right, y)], stroke);
    }

    pub(crate) fn vertical(&mut self, x: f64, (top, bottom): (f64, f64), stroke: Stroke) {
        self.line(vec![(x, top), (x, bottom)], stroke);
    }

    pub(crate) fn area(&mut self, points: Vec<Point>, color: Rgb) {
        self.assert_inside(&points);
        self.marks.push(Mark::Area { points, color });
    }

    pub(crate) fn rect(&mut self, rect: Rect, color: Rgb) {
        self.assert_inside(&[(rect.left, rect.top), (rect.right, rect.bottom)]);
        self.marks.push(Mark::Box { rect, color });
    }

    pub(crate) fn marker(&mut self, marker: Marker, center: Point, radius: f64, color: Rgb) {
        let (x, y) = center;
        let around = |corners: &[Point]| -> Vec<Point> {
            corners
                .iter()
                .map(|(dx, dy)| (x + dx * radius, y + dy * radius))
                .collect()
        };
        let corners: &[Point] = match marker {
            Marker::Circle => {
                self.assert_inside(&[center]);
                self.marks.push(Mark::Dot {
                    center,
                    radius,
                    color,
                });
                return;
            }
            Marker::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Marker::Triangle => &[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
            Marker::Diamond => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        };
        self.area(around(corners), color);
    }

    /// One line of text whose baseline passes through `at`; control characters are dropped.
    pub(crate) fn text(&mut self, text: &str, at: Point, anchor: Anchor, style: Style) {
        let text = one_line(text);
        if !text.is_empty() {
            self.marks.push(Mark::Text {
                text,
                at,
                anchor,
                style,
            });
        }
    }

    /// One line of text whose capitals are centered at the height of `at`.
    pub(crate) fn label(&mut self, text: &str, (x, middle): Point, anchor: Anchor, style: Style) {
        self.text(text, (x, style.baseline_around(middle)), anchor, style);
    }

    /// One line of text in the center of `rect`.
    pub(crate) fn centered(&mut self, text: &str, rect: Rect, style: Style) {
        self.label(text, rect.center(), Anchor::Middle, style);
    }

    /// Lines of text below each other; `at` is where the first line box begins.
    pub(crate) fn lines(&mut self, lines: &Lines, at: Point, anchor: Anchor) {
        let style = lines.style;
        for (idx, line) in lines.texts.iter().enumerate() {
            let top = at.1 + style.block_height(idx);
            self.text(line, (at.0, style.baseline_below(top)), anchor, style);
        }
    }

    /// One line of text right above `plot`, centered at `x` as far as the plot's edges allow.
    pub(crate) fn caption_above(&mut self, text: &str, x: f64, plot: Rect, style: Style) {
        let text = fitted(self.theme, text, style, plot.width());
        let half = 0.5 * self.theme.width(&text, style);
        let x = x.min(plot.right - half).max(plot.left + half);
        let top = plot.top - style.line_height() - 8.0;
        self.text(&text, (x, style.baseline_below(top)), Anchor::Middle, style);
    }

    fn missing_characters(&self) -> BTreeSet<char> {
        let texts = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text),
            _ => None,
        });
        texts.flat_map(|text| self.theme.missing(text)).collect()
    }

    fn assert_inside(&self, points: &[Point]) {
        let inside = |&(x, y): &Point| {
            (-0.5..=self.size.0 + 0.5).contains(&x) && (-0.5..=self.size.1 + 0.5).contains(&y)
        };
        debug_assert!(
            points.iter().all(inside),
            "a mark leaves the paper: {points:?}"
        );
    }

    /// The picture, with a title and an alternative text for screen readers.
    pub(crate) fn finish(self, title: &str, alternative: &str) -> Result<Svg, ChartError> {
        let markup = backend::write(&self.marks, self.size, title, alternative)?;
        let texts = self
            .marks
            .iter()
            .filter_map(|mark| mark.text_box(self.theme))
            .collect();
        let missing = self.missing_characters();
        Ok(Svg {
            markup,
            size: self.size,
            texts,
            missing,
            marks: self.marks,
            alternative: alternative.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::theme;
    use resvg::usvg;

    fn picture(theme: &Theme, text: &str) -> Svg {
        let mut canvas = Canvas::new(theme, (800.0, 100.0));
        canvas.text(text, (20.0, 60.0), Anchor::Start, Style::LABEL);
        canvas.text("semibold", (780.0, 60.0), Anchor::End, Style::PANEL);
        canvas.finish("A <title>", "words & more").unwrap()
    }

    #[test]
    fn markup_in_a_name_stays_text() {
        let svg = picture(&theme(), "<script>alert('x') & \"y\"</script>");
        let document = usvg::roxmltree::Document::parse(svg.as_str()).unwrap();
        assert!(
            document.descendants().all(|n| !n.has_tag_name("script")),
            "no script element"
        );
        let words: Vec<_> = document
            .descendants()
            .filter_map(|n| n.text())
            .map(str::trim)
            .collect();
        assert!(
            words.contains(&"<script>alert('x') & \"y\"</script>"),
            "the name is whole"
        );
        assert!(
            words.contains(&"A <title>"),
            "the title is whole in {words:?}"
        );
    }

    #[test]
    fn text_names_its_families_and_weight() {
        let svg = picture(&theme(), "x");
        let text = svg.as_str();
        assert!(
            text.contains("font-family=\"Open Sans, Arial"),
            "Open Sans comes first: {text}"
        );
        assert!(
            text.contains("font-weight=\"600\""),
            "the semibold face is asked for: {text}"
        );
        assert!(
            text.contains("width=\"800\" height=\"100\" viewBox=\"0 0 8000 1000\""),
            "{text}"
        );
        assert!(
            !text.contains(" dy="),
            "no renderer-dependent shift is left: {text}"
        );
    }

    fn last_text_width(group: &usvg::Group) -> f64 {
        match group.children().last().unwrap() {
            usvg::Node::Group(inner) => last_text_width(inner),
            other => f64::from(other.abs_bounding_box().width()),
        }
    }

    #[test]
    fn the_renderer_draws_text_as_wide_as_it_was_measured() {
        let theme = theme();
        for text in [
            "Handgloves 1,234.5",
            "displaced \u{2212}2,3 (95 %)",
            "Noord-Holland",
        ] {
            let mut canvas = Canvas::new(&theme, (800.0, 100.0));
            canvas.text(text, (20.0, 60.0), Anchor::Start, Style::PANEL);
            let svg = canvas.finish("", "").unwrap();
            let options = crate::chart::svg::options().unwrap();
            let tree = usvg::Tree::from_str(svg.as_str(), &options).unwrap();
            let drawn = last_text_width(tree.root());
            let measured = theme.width(text, Style::PANEL);
            assert!(
                (drawn / measured - 1.0).abs() < 0.03,
                "{text}: {drawn} against {measured}"
            );
        }
    }

    #[test]
    fn a_picture_becomes_the_same_png_every_time() {
        let theme = theme();
        let (one, other) = (picture(&theme, "x"), picture(&theme, "x"));
        assert_eq!(
            one.as_str(),
            other.as_str(),
            "the same marks give the same text"
        );
        let png = one.to_png(0.5).unwrap();
        assert_eq!(png, other.to_png(0.5).unwrap(), "and the same pixels");
        assert_eq!(
            &png[..8],
            b"\x89PNG\r\n\x1a\n",
            "with the signature of a PNG file"
        );
        assert_eq!(
            &png[16..24],
            [0, 0, 1, 144, 0, 0, 0, 50],
            "400 by 50 pixels"
        );
    }

    #[test]
    fn characters_that_the_faces_lack_are_named() {
        let theme = theme();
        let missing = |text: &str| picture(&theme, text).missing_characters();
        assert_eq!(
            missing("caf\u{e9} \u{2265} 5 \u{20ac}"),
            "",
            "ordinary Latin text"
        );
        assert_eq!(
            missing("a \u{4e2d} b \u{4e2d} \u{1f600}"),
            "\u{4e2d}\u{1f600}",
            "each once"
        );
    }

    #[test]
    fn text_is_really_drawn() {
        let theme = theme();
        assert_ne!(
            picture(&theme, "visible").to_png(0.5),
            picture(&theme, "").to_png(0.5),
            "a text without a face would vanish silently"
        );
    }
}
