//! Numbered objects and the file around them (ISO 32000-1:2008, 7.3 and 7.5).

use core::fmt::Write;

use sha2::{Digest, Sha256};

/// The number of an object; written as a reference to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(usize);

impl core::fmt::Display for Id {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// Objects in the order of their numbers, from 1. One that is never set is written as `null`.
#[derive(Debug, Default)]
pub(super) struct Objects(Vec<Vec<u8>>);

impl Objects {
    /// A number for an object that is set later.
    pub(super) fn reserve(&mut self) -> Id {
        self.0.push(b"null".to_vec());
        Id(self.0.len())
    }

    pub(super) fn set(&mut self, id: Id, body: impl Into<Vec<u8>>) {
        self.0[id.0 - 1] = body.into();
    }

    pub(super) fn add(&mut self, body: impl Into<Vec<u8>>) -> Id {
        let id = self.reserve();
        self.set(id, body);
        id
    }

    /// A compressed stream; `entries` are those of its dictionary besides length and filter.
    pub(super) fn add_stream(&mut self, entries: &str, data: &[u8]) -> Id {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(data, 9);
        self.add_plain_stream(&format!("{entries} /Filter /FlateDecode"), &packed)
    }

    /// A stream as it stands.
    pub(super) fn add_plain_stream(&mut self, entries: &str, data: &[u8]) -> Id {
        let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
        let body = [head.as_bytes(), data, b"\nendstream"].concat();
        self.add(body)
    }

    /// The file. Its identifier is a digest of its objects, so the same objects give the same bytes.
    pub(super) fn finish(self, catalog: Id, info: Id) -> Vec<u8> {
        // Four bytes above 127 tell transfer programs that the file is binary.
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.0.len() + 1);
        for (idx, body) in self.0.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(table, "{:010} 00000 n ", file.len());
            file.extend_from_slice(format!("{} 0 obj\n", idx + 1).as_bytes());
            file.extend_from_slice(body);
            file.extend_from_slice(b"\nendobj\n");
        }
        let digest = hex(&Sha256::digest(&file)[..16]);
        let trailer = format!(
            "{table}trailer\n<< /Size {} /Root {catalog} /Info {info} /ID [<{digest}> <{digest}>] >>\n\
             startxref\n{}\n%%EOF\n",
            self.0.len() + 1,
            file.len()
        );
        file.extend_from_slice(trailer.as_bytes());
        file
    }
}

/// A text string: UTF-16 with its mark, in hexadecimal.
pub(super) fn text(text: &str) -> String {
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    format!("<FEFF{}>", hex(&units.collect::<Vec<u8>>()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_where_each_object_begins() {
        let mut objects = Objects::default();
        let catalog = objects.reserve();
        let info = objects.add("<< >>");
        objects.add_stream("", b"stream");
        objects.set(catalog, "<< /Type /Catalog >>");
        let file = objects.finish(catalog, info);
        let readable = String::from_utf8_lossy(&file);
        let table = readable.rsplit_once("xref\n0 4\n").expect("a table").1;
        for (number, line) in table.lines().skip(1).take(3).enumerate() {
            let at: usize = line[..10].parse().expect("an offset");
            let begins = format!("{} 0 obj", number + 1);
            assert!(
                file[at..].starts_with(begins.as_bytes()),
                "object {}",
                number + 1
            );
        }
    }

    #[test]
    fn text_is_utf_16() {
        assert_eq!(
            text("a\u{eb}\u{1f600}"),
            "<FEFF006100EBD83DDE00>",
            "with a surrogate pair"
        );
    }
}
