//! The embedded faces with their glyphs and advance widths, so that text is measured before it is drawn.
//!
//! The renderer shapes and draws the glyphs. Kerning is left out: it changes a line by less
//! than one percent.

use std::collections::BTreeMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::chart::input::ChartError;

/// Open Sans Regular, reduced to the characters that charts use.
pub(crate) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Regular.ttf");
/// Open Sans Semibold, reduced likewise.
pub(crate) const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Semibold.ttf");

/// Glyphs and advance widths of one face, in em.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    /// Each character's glyph with its advance width.
    glyphs: BTreeMap<char, (u32, f64)>,
    /// Width of the empty box in place of any other.
    missing: f64,
}

impl Face {
    pub(crate) fn parse(data: &[u8], name: &'static str) -> Result<Self, ChartError> {
        read_face(data).ok_or(ChartError::Font(name))
    }

    /// Whether the face can draw `character`.
    pub(crate) fn has(&self, character: char) -> bool {
        self.glyphs.contains_key(&character)
    }

    /// Width of `text` set on one line, in em.
    pub(crate) fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.glyph(character).1).sum()
    }

    /// The glyph of a character with its width in em; an empty box where the face has none.
    pub(crate) fn glyph(&self, character: char) -> (u32, f64) {
        let found = self.glyphs.get(&character);
        found.copied().unwrap_or((0, self.missing))
    }
}

fn read_face(data: &[u8]) -> Option<Face> {
    let font = FontRef::new(data).ok()?;
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let width = |glyph: GlyphId| metrics.advance_width(glyph).map(f64::from);
    let mut glyphs = BTreeMap::new();
    for (code, glyph) in font.charmap().mappings() {
        glyphs.insert(char::from_u32(code)?, (glyph.to_u32(), width(glyph)?));
    }
    Some(Face {
        glyphs,
        missing: width(GlyphId::NOTDEF)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_have_every_character_that_charts_add() {
        for (data, name) in [(REGULAR, "regular"), (SEMIBOLD, "semibold")] {
            let face = Face::parse(data, name).unwrap();
            for character in "09azAZéëïö–\u{2212}×≤≥±€°…·;()%".chars() {
                assert!(face.has(character), "{name} lacks {character}");
            }
        }
    }

    #[test]
    fn digits_are_equally_wide() {
        let face = Face::parse(REGULAR, "regular").unwrap();
        // Open Sans Regular: digits advance 1171 of 2048 units.
        for digit in "0123456789".chars() {
            let width = face.width(&digit.to_string());
            assert!(
                (width - 1171.0 / 2048.0).abs() < 1e-12,
                "width of {digit} is {width}"
            );
        }
    }

    #[test]
    fn a_damaged_font_is_refused() {
        let error = Face::parse(&REGULAR[..200], "regular").unwrap_err();
        assert_eq!(error, ChartError::Font("regular"), "half a file is no font");
    }
}
