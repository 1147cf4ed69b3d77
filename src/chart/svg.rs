//! A finished picture: SVG text, and its pixels through resvg with the embedded fonts only.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::chart::font::{REGULAR, SEMIBOLD};
use crate::chart::input::ChartError;
use crate::chart::mark::{Mark, TextBox};
use crate::chart::theme::TEXT_SIZE;

/// Boxes may share this many logical pixels before they count as overlapping.
const HAIR: f64 = 2.0;

/// A chart as SVG. Text stays text, with Open Sans first in its family list.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    pub(crate) markup: String,
    pub(crate) size: (f64, f64),
    pub(crate) texts: Vec<TextBox>,
    pub(crate) missing: BTreeSet<char>,
    /// What was drawn, for another format.
    pub(crate) marks: Vec<Mark>,
    pub(crate) alternative: String,
}

impl Svg {
    /// The SVG document.
    pub fn as_str(&self) -> &str {
        &self.markup
    }

    /// The characters, each once, that the embedded faces lack: a browser takes them from another
    /// font, and the PNG shows an empty box in their place.
    pub fn missing_characters(&self) -> String {
        self.missing.iter().collect()
    }

    /// Whether the picture needs a page of its own to be read: it is higher than wide.
    pub fn is_high(&self) -> bool {
        self.size.1 > self.size.0
    }

    /// Its height in points when it is so wide that its smallest labels have `points`.
    pub(crate) fn height_with_type_of(&self, points: f64) -> f64 {
        self.size.1 * points / TEXT_SIZE
    }

    /// The picture as a PNG file, `scale` pixels per logical pixel (a figure is 1600 wide).
    ///
    /// System fonts are never used, so the bytes are the same on every machine.
    ///
    /// # Errors
    /// [`ChartError::Font`] when an embedded face is missing; [`ChartError::Render`] when the
    /// scale is not positive or gives a picture that does not fit in memory.
    pub fn to_png(&self, scale: f64) -> Result<Vec<u8>, ChartError> {
        let render = |error: String| ChartError::Render(error);
        let tree = Tree::from_str(&self.markup, &options()?).map_err(|e| render(e.to_string()))?;
        let (width, height) = (pixels(self.size.0 * scale)?, pixels(self.size.1 * scale)?);
        let mut pixmap = Pixmap::new(width, height)
            .ok_or_else(|| render(format!("{width} x {height} pixels are not possible")))?;
        pixmap.fill(Color::WHITE);
        let zoom = Transform::from_scale(
            width as f32 / tree.size().width(),
            height as f32 / tree.size().height(),
        );
        resvg::render(&tree, zoom, &mut pixmap.as_mut());
        pixmap.encode_png().map_err(|e| render(e.to_string()))
    }

    /// Checks that every text lies inside the picture and that no two texts overlap.
    ///
    /// # Errors
    /// One sentence for each text that is cut off and each pair that overlaps.
    pub fn validate_in_bounds(&self) -> Result<(), Vec<String>> {
        let outside = self.texts.iter().filter(|text| !self.contains(text));
        let mut faults: Vec<String> = outside
            .map(|text| format!("'{}' is cut off by the edge", text.text))
            .collect();
        for (idx, one) in self.texts.iter().enumerate() {
            let others = self.texts[idx + 1..]
                .iter()
                .filter(|other| overlap(one, other));
            faults.extend(others.map(|other| format!("'{}' overlaps '{}'", one.text, other.text)));
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    fn contains(&self, TextBox { rect, .. }: &TextBox) -> bool {
        let (width, height) = self.size;
        rect.left >= 0.0 && rect.top >= 0.0 && rect.right <= width && rect.bottom <= height
    }
}

/// Whether the boxes of two texts share more than a hair.
fn overlap(TextBox { rect: one, .. }: &TextBox, TextBox { rect: other, .. }: &TextBox) -> bool {
    let across = one.right.min(other.right) - one.left.max(other.left);
    let down = one.bottom.min(other.bottom) - one.top.max(other.top);
    across > HAIR && down > HAIR
}

/// Both embedded faces and no other.
pub(crate) fn options() -> Result<Options<'static>, ChartError> {
    let mut fonts = fontdb::Database::new();
    for (data, name) in [
        (REGULAR, "Open Sans Regular"),
        (SEMIBOLD, "Open Sans Semibold"),
    ] {
        let source = fontdb::Source::Binary(Arc::new(data));
        if fonts.load_font_source(source).len() != 1 {
            return Err(ChartError::Font(name));
        }
    }
    fonts.set_sans_serif_family("Open Sans");
    Ok(Options {
        fontdb: Arc::new(fonts),
        ..Options::default()
    })
}

/// A length as whole pixels, at least 1 and at most 65,535.
fn pixels(length: f64) -> Result<u32, ChartError> {
    if !(0.5..=65_535.0).contains(&length) {
        return Err(ChartError::Render(format!(
            "{length} pixels are not possible"
        )));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and inside the range just checked"
    )]
    Ok(length.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::mark::Rect;

    fn boxed(text: &str, left: f64, right: f64) -> TextBox {
        TextBox {
            text: text.to_owned(),
            rect: Rect::new((left, right), (10.0, 50.0)),
        }
    }

    fn picture(texts: Vec<TextBox>) -> Svg {
        Svg {
            markup: String::new(),
            size: (100.0, 100.0),
            texts,
            missing: BTreeSet::new(),
            marks: Vec::new(),
            alternative: String::new(),
        }
    }

    #[test]
    fn texts_side_by_side_are_accepted() {
        let svg = picture(vec![boxed("a", 0.0, 50.0), boxed("b", 50.0, 100.0)]);
        assert_eq!(
            svg.validate_in_bounds(),
            Ok(()),
            "boxes that touch do not overlap"
        );
    }

    #[test]
    fn cut_and_overlapping_texts_are_named() {
        let svg = picture(vec![boxed("a", -5.0, 50.0), boxed("b", 40.0, 90.0)]);
        let faults = svg.validate_in_bounds().unwrap_err();
        assert_eq!(
            faults,
            ["'a' is cut off by the edge", "'a' overlaps 'b'"],
            "both are found"
        );
    }

    #[test]
    fn impossible_sizes_are_refused() {
        for length in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(pixels(length).is_err(), "{length} pixels must be refused");
        }
    }
}
