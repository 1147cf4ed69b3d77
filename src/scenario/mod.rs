//! Scenario files: their shape, and reading them with every mistake at its own line.
//!
//! [`load`] reads a TOML file with the policies that it names, applies overrides and gives the typed
//! tables of [`shape`]. Reading reports all syntax errors of a file at once; then, if there are
//! none, all unknown keys, missing keys, wrong types and values out of range at once. Relations
//! between values are checked when a model is built from the scenario, which finds the line of a
//! value through [`Scenario::violation`].
//!
//! This module does not know what the values mean, and it never touches files other than through
//! the reader that it is given. The files in [`shipped`] are part of the program.

mod assemble;
mod base;
mod check;
mod levers;
pub mod limits;
mod overrides;
mod provenance;
mod questions;
mod read;
pub mod schema;
pub mod shape;
mod shelf;
pub mod shipped;
mod suggest;
mod syntax;
mod tree;
mod violation;
mod write;

use std::io::{self, Read};
use std::path::Path;

use crate::files;

pub use levers::Lever;
pub use provenance::{SourceNote, Status};
pub use questions::Question;
pub use violation::{Place, ScenarioErrors, SourceText, Violation};

pub(crate) use shelf::is_key;
pub(crate) use suggest::did_you_mean;
pub(crate) use tree::split as path_steps;
pub(crate) use violation::listed;
pub(crate) use write::quoted;

use assemble::assemble;
use shape::ScenarioFile;
use tree::{Entry, Node, Sources, whole_file};

/// A scenario as it was written, with its policies resolved and its overrides applied.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The typed tables; relations between values are not checked yet.
    pub file: ScenarioFile,
    /// Where figures come from, in the order of the files.
    pub notes: Vec<SourceNote>,
    tree: Node,
    sources: Sources,
}

/// Reads the scenario at `path`, and the policy files that it names, relative to its folder. Where there
/// is no such file, `path` can be the name of a scenario that the program contains, with its files.
///
/// `overrides` are texts such as `staff.workforce_share=0.9`, as `--set` takes them.
///
/// # Errors
/// Everything that is wrong, each with its place; see the module's documentation for the order.
pub fn load(path: &Path, overrides: &[String]) -> Result<Scenario, ScenarioErrors> {
    let of_program = |name: &str| shipped::read(name).map(str::to_owned);
    if let Some(name) = shipped::asked(path) {
        let text = of_program(name).map_err(|error| unreadable(path, &error))?;
        return parse_with(&text, name, overrides, of_program);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = read_bounded(path, limits::FILE_BYTES).map_err(|error| unreadable(path, &error))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    parse_beside(folder, &text, &name, overrides)
}

/// Reads a scenario from `reader`; the files that it names are looked for in the current folder, and then among
/// those that the program contains.
///
/// # Errors
/// As [`load`].
pub fn load_from(reader: impl Read, overrides: &[String]) -> Result<Scenario, ScenarioErrors> {
    let name = "stdin.toml";
    let mut bytes = Vec::new();
    let most = limits::FILE_BYTES as u64 + 1;
    let read = reader.take(most).read_to_end(&mut bytes);
    let text = read.and_then(|_| text_of(bytes, limits::FILE_BYTES));
    let text = text.map_err(|error| unreadable(Path::new(name), &error))?;
    parse_with(&text, name, overrides, |name| {
        let of_program = |error| shipped::read(name).map(str::to_owned).map_err(|_| error);
        read_in(Path::new(""), name).or_else(of_program)
    })
}

/// Reads a scenario from its text; the files that it names are looked for in `folder`.
fn parse_beside(
    folder: &Path,
    text: &str,
    name: &str,
    overrides: &[String],
) -> Result<Scenario, ScenarioErrors> {
    parse_with(text, name, overrides, |name| read_in(folder, name))
}

fn read_in(folder: &Path, name: &str) -> io::Result<String> {
    let path = folder.join(name);
    read_bounded(&path, limits::FILE_BYTES).map_err(|error| with_hint(&path, error))
}

/// A scenario that cannot be read, with what was perhaps meant of those that the program contains.
fn unreadable(path: &Path, error: &io::Error) -> ScenarioErrors {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let known = shipped::scenarios();
    let hint = if error.kind() == io::ErrorKind::NotFound && known.contains(&&*stem) {
        format!("; the program contains a scenario that is called {stem}")
    } else {
        match did_you_mean(&stem, &known) {
            hint if hint.is_empty() && path.to_str().is_some_and(is_key) => {
                format!("; the program contains {}", known.join(", "))
            }
            hint => hint,
        }
    };
    let source = SourceText {
        name: path.display().to_string(),
        text: String::new(),
    };
    let message = format!("cannot be read: {error}{hint}");
    let violation = whole_file(&source, &message, None);
    ScenarioErrors::new(vec![violation], Vec::new()).of_kind(error.kind())
}

/// Why a file cannot be read, with the name that was perhaps meant.
fn with_hint(path: &Path, error: io::Error) -> io::Error {
    if error.kind() != io::ErrorKind::NotFound {
        return error;
    }
    let stem = |path: &Path| Some(path.file_stem()?.to_str()?.to_owned());
    let entries = path.parent().and_then(|folder| folder.read_dir().ok());
    let known: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| stem(&entry.ok()?.path()))
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = did_you_mean(&stem(path).unwrap_or_default(), &known);
    io::Error::new(error.kind(), format!("{error}{hint}"))
}

/// Reads a scenario from its text alone: every policy must be written in it.
///
/// # Errors
/// As [`load`].
pub fn parse(text: &str, name: &str) -> Result<Scenario, ScenarioErrors> {
    parse_with(text, name, &[], |_| {
        Err(io::Error::from(io::ErrorKind::NotFound))
    })
}

/// Reads a scenario from its text; `read` gives the text of a policy file by its relative path.
///
/// # Errors
/// As [`load`].
pub fn parse_with(
    text: &str,
    name: &str,
    overrides: &[String],
    read: impl Fn(&str) -> io::Result<String>,
) -> Result<Scenario, ScenarioErrors> {
    let main = SourceText {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let mut sources = Sources {
        files: Vec::new(),
        overrides: overrides.to_vec(),
    };
    match assemble(main, &mut sources, &read) {
        Ok((tree, file)) => Ok(Scenario {
            file,
            notes: provenance::notes(&tree),
            tree,
            sources,
        }),
        Err(violations) => Err(ScenarioErrors::new(violations, sources.files)),
    }
}

/// The files and overrides of a scenario as one text.
pub(crate) fn resolved_text(files: &[SourceText], overrides: &[String]) -> String {
    let files = files
        .iter()
        .map(|file| format!("# file {}\n{}\n", file.name, file.text));
    let overrides = overrides.iter().map(|text| format!("# set {text}\n"));
    files.chain(overrides).collect()
}

impl Scenario {
    /// The files that the scenario consists of, the scenario itself first.
    pub fn sources(&self) -> &[SourceText] {
        &self.sources.files
    }

    /// The overrides that were applied.
    pub fn overrides(&self) -> &[String] {
        &self.sources.overrides
    }

    /// The same scenario with more overrides, applied after its own. No file is read again.
    ///
    /// # Errors
    /// As [`load`].
    pub fn with(&self, overrides: &[String]) -> Result<Self, ScenarioErrors> {
        let all: Vec<String> = self.overrides().iter().chain(overrides).cloned().collect();
        let files = self.sources();
        parse_with(&files[0].text, &files[0].name, &all, |name| {
            let file = files.iter().find(|file| file.name == name);
            file.map(|file| file.text.clone())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        })
    }

    /// All files and overrides as one text, from which a manifest takes its fingerprint.
    pub fn resolved_text(&self) -> String {
        resolved_text(self.sources(), self.overrides())
    }

    /// The scenario as the text of one file that needs no other: its policies are written out, its
    /// overrides applied, and the sources of some figures (dotted path, text) replaced. Remarks are
    /// lost, and so are sets of figures that fit a record, which changed figures no longer do.
    pub fn to_toml(&self, sources: &[(String, String)]) -> String {
        let mut tree = self.tree.clone();
        tree.remove("posterior");
        write::text(&tree, sources)
    }

    /// Every value that an override can change, with what is known about it.
    pub fn levers(&self) -> Vec<Lever> {
        levers::levers(&self.tree)
    }

    /// The levers that readers of a page are asked about, with what is known about them.
    pub fn questions(&self) -> Vec<Question> {
        questions::questions(&self.tree, &self.file)
    }

    /// Dotted paths (without indexes) of figures that no `source` covers.
    pub fn figures_without_source(&self) -> Vec<String> {
        provenance::uncovered(&self.tree)
    }

    /// Keys that the policy at this position of [`ScenarioFile::policy`] sets itself, in its own file or by
    /// an override, and does not inherit; keys of its tables as dotted paths.
    pub(crate) fn own_keys(&self, policy: usize) -> Vec<String> {
        let node = self.tree.nearest(&format!("policy[{policy}]"));
        let own = node.get("key").map(|key| key.origin.file());
        let is_own = |entry: &Entry| {
            entry.node.origin.file().is_none() || Some(entry.key_origin.file()) == own
        };
        let mut keys = Vec::new();
        for entry in node.entries() {
            let below = entry.node.entries().iter();
            let below = below.filter(|below| is_own(below));
            let below: Vec<String> = below
                .map(|below| format!("{}.{}", entry.key, below.key))
                .collect();
            if is_own(entry) {
                keys.push(entry.key.clone());
            }
            keys.extend(below);
        }
        keys
    }

    /// Whether the policy at one position takes something of `key` over from the one at another.
    pub(crate) fn inherits(&self, heir: usize, from: usize, key: &str) -> bool {
        let leaves = |policy: usize| {
            let node = self.tree.at(&format!("policy[{policy}].{key}"));
            node.map(Node::leaf_origins).unwrap_or_default()
        };
        let own = leaves(from);
        leaves(heir).iter().any(|origin| own.contains(origin))
    }

    /// The policy at this position as if `key` had not been written; `None` when it needs that key.
    pub(crate) fn policy_without(&self, policy: usize, key: &str) -> Option<shape::Policy> {
        let mut node = self.tree.at(&format!("policy[{policy}]"))?.clone();
        match key.split_once('.') {
            Some((table, key)) => {
                let mut below = node.remove(table)?;
                below.remove(key);
                node.insert(table, below);
            }
            None => {
                node.remove(key);
            }
        }
        read::read(&node).ok()
    }

    /// Whether the file, or one that it builds on, gives a value at a dotted path.
    pub fn is_written(&self, path: &str) -> bool {
        self.tree.at(path).is_some()
    }

    /// The value at a dotted path, as an override writes it; `None` where nothing was written.
    pub(crate) fn text_at(&self, path: &str) -> Option<String> {
        self.tree.at(path).map(|node| node.value.written())
    }

    /// A violation of the value at a dotted path such as `region[2].population`; when nothing was
    /// written there, its place is that of the table around it.
    pub fn violation(&self, path: &str, message: &str, allowed: Option<String>) -> Violation {
        Violation {
            path: path.to_owned(),
            place: self.sources.place(&self.tree.nearest(path).origin),
            value: self
                .tree
                .at(path)
                .filter(|_| !path.is_empty())
                .map(Node::shown),
            message: message.to_owned(),
            allowed,
        }
    }
}

/// The text of a file, cut off one byte after the first `n_bytes`.
pub(crate) fn read_bounded(path: &Path, n_bytes: usize) -> io::Result<String> {
    text_of(files::beginning(path, n_bytes)?, n_bytes)
}

fn text_of(bytes: Vec<u8>, n_bytes: usize) -> io::Result<String> {
    if bytes.len() > n_bytes {
        // Too long whatever it says; the cut may have divided a character.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|_| {
        let message = "not a text in UTF-8";
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}
