//! What is wrong in a scenario, and where.

use core::fmt;
use core::ops::Range;
use std::io::ErrorKind;

use super::limits;

/// One thing that is wrong in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Dotted path of the value, for example `region[2].hospital[0].regular_beds`; empty for the
    /// file as a whole.
    pub path: String,
    /// Where the value was written.
    pub place: Place,
    /// The value as it was written, shortened; `None` where nothing was written.
    pub value: Option<String>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What is allowed instead, where that can be said in short.
    pub allowed: Option<String>,
}

/// Where a value of a scenario was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File {
        /// Name of the file, as in [`SourceText::name`].
        name: String,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// Byte range in the file's text.
        span: Range<usize>,
    },
    /// In an override, given as it was written (`staff.workforce_share=2`).
    Override(String),
    /// Nowhere in particular: the file itself is at fault, for example because it does not exist.
    Whole(String),
}

/// The text of one file that a scenario consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Path relative to the folder of the scenario, or the name given to [`super::parse`].
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Everything that is wrong in the files of a scenario.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", listed(.violations))]
pub struct ScenarioErrors {
    /// What is wrong, in the order of the files; never empty.
    pub violations: Vec<Violation>,
    /// The texts that the places refer to, as far as they could be read.
    pub sources: Vec<SourceText>,
    /// What the operating system said, where a file could not be read.
    pub kind: Option<ErrorKind>,
}

impl ScenarioErrors {
    /// What is wrong, no more than anyone reads.
    pub(crate) fn new(mut violations: Vec<Violation>, sources: Vec<SourceText>) -> Self {
        violations.truncate(limits::VIOLATIONS);
        Self {
            violations,
            sources,
            kind: None,
        }
    }

    /// The same mistakes, because a file could not be read.
    pub(crate) fn of_kind(self, kind: ErrorKind) -> Self {
        Self {
            kind: Some(kind),
            ..self
        }
    }
}

/// One line per violation, as error types show them.
pub(crate) fn listed(violations: &[Violation]) -> String {
    let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        if let Some(value) = &self.value {
            write!(f, " = {value}")?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(allowed) = &self.allowed {
            write!(f, " (allowed: {allowed})")?;
        }
        Ok(())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File {
                name, line, column, ..
            } => write!(f, "{name}:{line}:{column}"),
            Self::Override(text) => write!(f, "from --set {text}"),
            Self::Whole(name) => f.write_str(name),
        }
    }
}

impl Place {
    /// The place of `span` in `source`.
    pub(crate) fn in_file(source: &SourceText, span: Range<usize>) -> Self {
        let (line, column) = line_and_column(&source.text, span.start);
        Self::File {
            name: source.name.clone(),
            line,
            column,
            span,
        }
    }
}

/// Line and column, both counted from 1, of byte `offset`.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_and_not_bytes() {
        assert_eq!(
            line_and_column("é = 1\nçç = 2", 12),
            (2, 4),
            "two accented letters before"
        );
        assert_eq!(
            line_and_column("", 0),
            (1, 1),
            "an empty file has a first line"
        );
        assert_eq!(line_and_column("a", 99), (1, 2), "an offset past the end");
    }
}
