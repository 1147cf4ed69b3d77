//! Text, tables and figures on A4 pages as PDF 1.7 that follows PDF/UA-1 (ISO 14289-1:2014): all
//! content is tagged in reading order or marked as an artifact, figures have an alternative text,
//! tables have headers, headings make an outline, the faces are embedded, and title and language are
//! declared. The PDF writer (krilla) checks what a program can check, and refuses to write the rest.
//!
//! A document goes from top to bottom and breaks no pages by itself; the caller asks for the room that
//! is left. The same blocks give the same bytes.

mod tags;
mod paint;
mod file;
mod document;

pub(crate) use document::{Document, Table};
pub(crate) use file::DocumentInfo;
