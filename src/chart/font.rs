//! The embedded faces with their glyphs and advance widths, so that text is measured before it is drawn.
//!
//! Reads only the three tables that a width needs (`head`, `hmtx` with its count in `hhea`, and a
//! format 4 `cmap`); shaping and outlines are the renderer's business. Kerning is left out: it
//! changes a line by less than one percent.

use std::collections::BTreeMap;

use crate::chart::ChartError;

/// Open Sans Regular, reduced to the characters that charts use.
pub(crate) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Regular.ttf");
/// Open Sans Semibold, reduced likewise.
pub(crate) const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Semibold.ttf");

/// Advance widths of one face, in em.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    /// Each character's glyph with its advance width.
    glyphs: BTreeMap<char, (u16, f64)>,
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
        text.chars()
            .map(|c| self.glyphs.get(&c).map_or(self.missing, |glyph| glyph.1))
            .sum()
    }

    /// The glyph of a character, if there is one.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        self.glyphs.get(&character).map(|glyph| glyph.0)
    }

    /// Glyphs with a character that each of them stands for and their widths, in em.
    pub(crate) fn glyphs(&self) -> impl Iterator<Item = (u16, (char, f64))> + '_ {
        // A glyph of several characters stands for the first of them, so that comes last.
        self.glyphs
            .iter()
            .rev()
            .map(|(character, (glyph, width))| (*glyph, (*character, *width)))
    }
}

fn read_face(data: &[u8]) -> Option<Face> {
    let units_per_em = f64::from(u16_at(table(data, *b"head")?, 18)?);
    let metrics = Metrics {
        hmtx: table(data, *b"hmtx")?,
        count: usize::from(u16_at(table(data, *b"hhea")?, 34)?),
        units_per_em,
    };
    let mut characters = BTreeMap::new();
    for (code, glyph) in glyphs(table(data, *b"cmap")?)? {
        let advance = metrics.advance(glyph)?;
        characters.insert(char::from_u32(code.into())?, (glyph, advance));
    }
    Some(Face {
        glyphs: characters,
        missing: metrics.advance(0)?,
    })
}

struct Metrics<'a> {
    hmtx: &'a [u8],
    count: usize,
    units_per_em: f64,
}

impl Metrics<'_> {
    fn advance(&self, glyph: u16) -> Option<f64> {
        let idx = usize::from(glyph).min(self.count.checked_sub(1)?);
        Some(f64::from(u16_at(self.hmtx, 4 * idx)?) / self.units_per_em)
    }
}

/// Every character code with its glyph, from the first format 4 subtable.
fn glyphs(cmap: &[u8]) -> Option<Vec<(u16, u16)>> {
    let offsets = (0..usize::from(u16_at(cmap, 2)?)).map(|idx| u32_at(cmap, 8 + 8 * idx));
    let map = offsets
        .filter_map(|offset| cmap.get(offset?..))
        .find(|subtable| u16_at(subtable, 0) == Some(4))?;
    let size = usize::from(u16_at(map, 6)?);
    let mut found = Vec::new();
    for at in (14..14 + size).step_by(2) {
        let segment = Segment {
            end: u16_at(map, at)?,
            start: u16_at(map, at + size + 2)?,
            delta: u16_at(map, at + 2 * size + 2)?,
            range_at: at + 3 * size + 2,
        };
        let codes = (segment.start..=segment.end).filter(|&code| code != u16::MAX);
        for code in codes {
            found.push((code, segment.glyph(map, code)?));
        }
    }
    Some(found)
}

struct Segment {
    start: u16,
    end: u16,
    delta: u16,
    range_at: usize,
}

impl Segment {
    fn glyph(&self, map: &[u8], code: u16) -> Option<u16> {
        let range = usize::from(u16_at(map, self.range_at)?);
        if range == 0 {
            return Some(code.wrapping_add(self.delta));
        }
        let glyph = u16_at(
            map,
            self.range_at + range + 2 * usize::from(code - self.start),
        )?;
        Some(if glyph == 0 {
            0
        } else {
            glyph.wrapping_add(self.delta)
        })
    }
}

fn table(data: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let records = (0..usize::from(u16_at(data, 4)?)).map(|idx| 12 + 16 * idx);
    let at = records
        .into_iter()
        .find(|&at| data.get(at..at + 4) == Some(&tag))?;
    let start = u32_at(data, at + 8)?;
    data.get(start..start + u32_at(data, at + 12)?)
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?)).ok()
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
