//! Reads the source of the package as text.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files of the library but `lib.rs`; `main.rs` only calls the library.
pub(crate) fn source_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![source_root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("a file of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let roots = [source_root().join("lib.rs"), source_root().join("main.rs")];
    files.retain(|file| !roots.contains(file));
    files.sort();
    files
}

/// `file` relative to `src`.
pub(crate) fn relative(file: &Path) -> String {
    let below = file.strip_prefix(source_root()).expect("a file below src");
    below.to_string_lossy().replace('\\', "/")
}

/// `source` without comments and without what stands in strings.
pub(crate) fn code_of(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = comment(rest)
            .or_else(|| string(rest))
            .or_else(|| character(rest));
        let length = skipped.unwrap_or(c.len_utf8());
        code.push_str(if skipped.is_some() {
            " "
        } else {
            &rest[..length]
        });
        rest = &rest[length..];
    }
    code
}

/// The length of the comment that `text` starts with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    loop {
        let rest = text.get(at..).filter(|rest| !rest.is_empty());
        let Some(rest) = rest else {
            return Some(text.len());
        };
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The length of the string, plain or raw, that `text` starts with.
fn string(text: &str) -> Option<usize> {
    if text.starts_with("r\"") || text.starts_with("r#") {
        let hashes = text[1..].chars().take_while(|&c| c == '#').count();
        let body = text[1 + hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(hashes + 2 + body.find(&end).map_or(body.len(), |at| at + end.len()));
    }
    text.strip_prefix('"')
        .map(|body| 1 + end_of_quote(body, '"'))
}

/// The length of the character literal that `text` starts with; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let mut characters = body.chars();
    let first = characters.next()?;
    (first == '\\' || characters.next() == Some('\'')).then(|| 1 + end_of_quote(body, '\''))
}

/// How far `body` goes up to and with its closing `quote`, escaped ones left out.
fn end_of_quote(body: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in body.char_indices() {
        if c == quote && !is_escaped {
            return at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    body.len()
}
