//! An embedded face: its file, its widths, and which character each glyph stands for (ISO 32000-1:2008,
//! 9.7 and 9.10).

use std::collections::BTreeMap;

use crate::chart::font::Face;
use crate::chart::pdf::file::{Id, Objects};

/// A face with its data and its name in the file.
pub(super) struct Embedded<'a> {
    pub(super) face: &'a Face,
    pub(super) data: &'static [u8],
    /// With a tag of six letters, because the face is a subset.
    pub(super) name: &'static str,
}

/// Ascent, descent and height of capitals of Open Sans, and the box around all its glyphs, in
/// thousandths of an em.
const METRICS: &str = "/Ascent 1069 /Descent -293 /CapHeight 714 /FontBBox [-550 -303 1206 1048]";
/// Glyphs in one block of a character map, at most 100.
const BLOCK: usize = 100;

impl Embedded<'_> {
    /// Writes the face and gives the font that text is shown with.
    pub(super) fn write(&self, objects: &mut Objects) -> Id {
        let name = self.name;
        let length = format!("/Length1 {}", self.data.len());
        let file = objects.add_stream(&length, self.data);
        let descriptor = objects.add(format!(
            "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /StemV 80 {METRICS} \
             /FontFile2 {file} >>"
        ));
        let glyphs: BTreeMap<u16, (char, f64)> = self.face.glyphs().collect();
        let widths: Vec<String> = glyphs
            .iter()
            .map(|(glyph, (_, width))| format!("{glyph} [{:.1}]", 1_000.0 * width))
            .collect();
        let descendant = objects.add(format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
             /CIDToGIDMap /Identity /W [{}] >>",
            widths.join(" ")
        ));
        let characters = objects.add_stream("", character_map(&glyphs).as_bytes());
        objects.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H \
             /DescendantFonts [{descendant}] /ToUnicode {characters} >>"
        ))
    }
}

/// From glyphs to characters, all of them in the basic plane.
fn character_map(glyphs: &BTreeMap<u16, (char, f64)>) -> String {
    let rows: Vec<String> = glyphs
        .iter()
        .map(|(glyph, (character, _))| format!("<{glyph:04X}> <{:04X}>", u32::from(*character)))
        .collect();
    let block = |rows: &[String]| {
        let (n, rows) = (rows.len(), rows.join("\n"));
        format!("{n} beginbfchar\n{rows}\nendbfchar\n")
    };
    let blocks = rows.chunks(BLOCK).map(block).collect::<Vec<_>>().concat();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{blocks}\
         endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
}
