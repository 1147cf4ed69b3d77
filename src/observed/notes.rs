//! What a file of observations says of itself, in lines that begin with `#`.

use std::collections::BTreeMap;

use crate::observed::series::ObservedSeries;

/// The scenarios that a file belongs to, and where its series come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Keys of the scenarios; empty when the file names none.
    pub scenarios: Vec<String>,
    /// By series.
    pub sources: BTreeMap<ObservedSeries, String>,
}

/// One line of notes.
pub(super) enum Note<'t> {
    /// `# scenario: one, another`
    Scenarios(&'t str),
    /// `# source series: where it was published`
    Source(&'t str, &'t str),
}

impl<'t> Note<'t> {
    /// The note in a line; `None` for any other remark.
    pub(super) fn of(line: &'t str) -> Option<Self> {
        let text = line.strip_prefix('#')?.trim();
        let (head, rest) = text.split_once(':')?;
        let source = head.strip_prefix("source ").map(str::trim);
        match source {
            Some(series) if !series.contains(' ') => Some(Self::Source(series, rest.trim())),
            _ if head == "scenario" => Some(Self::Scenarios(rest)),
            _ => None,
        }
    }
}

impl Notes {
    /// Adds a note; the name of its series when there is no such series.
    pub(super) fn add<'t>(&mut self, note: &Note<'t>) -> Result<(), &'t str> {
        match note {
            Note::Scenarios(keys) => {
                let keys = keys.split(',').map(|key| key.trim().to_owned());
                self.scenarios.extend(keys.filter(|key| !key.is_empty()));
            }
            Note::Source(series, text) => {
                let known = ObservedSeries::named(series).ok_or(*series)?;
                self.sources.insert(known, (*text).to_owned());
            }
        }
        Ok(())
    }
}
