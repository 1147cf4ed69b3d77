//! The policies of a scenario: found by key, in the scenario or in files, with what they inherit.

use std::collections::BTreeSet;
use std::io;

use super::base::ReadFile;
use super::limits;
use super::suggest::did_you_mean;
use super::tree::{Node, Origin, Sources, Value};
use super::violation::{SourceText, Violation};

/// The folder in which policies are looked for by key.
const POLICY_FOLDER: &str = "policies";
/// Keys that a policy never inherits, because they name the policy itself.
const OWN_KEYS: [&str; 3] = ["key", "label", "description"];
/// Policies of one scenario that are looked at, whether they are compared or only extended.
const MOST_WRITTEN: usize = limits::POLICIES * limits::EXTENDS_DEPTH;

/// The list of policies of the scenario in `tree`, those to compare first, and what is wrong with them.
pub(super) fn policies(
    tree: &Node,
    sources: &mut Sources,
    read_file: ReadFile<'_>,
) -> (Node, Vec<Violation>) {
    let mut shelf = Shelf {
        sources,
        read_file,
        policies: Vec::new(),
        used: BTreeSet::new(),
        violations: Vec::new(),
    };
    let policies = shelf.resolve_all(tree);
    (policies, shelf.violations)
}

/// A policy as it was written, before inheritance.
struct Written {
    key: String,
    node: Node,
    /// Folder in which the policy that it extends is looked for.
    folder: String,
}

/// The policies found so far.
struct Shelf<'a> {
    sources: &'a mut Sources,
    read_file: ReadFile<'a>,
    policies: Vec<Written>,
    /// Positions of those that are compared, or extended by those.
    used: BTreeSet<usize>,
    violations: Vec<Violation>,
}

impl Shelf<'_> {
    /// The policies to compare, and then those that are defined only, each with what it inherits.
    fn resolve_all(&mut self, tree: &Node) -> Node {
        for node in tree
            .get("policy")
            .map_or(&[][..], Node::items)
            .iter()
            .take(MOST_WRITTEN)
        {
            self.shelve(node.clone(), POLICY_FOLDER);
        }
        for file in tree
            .get("policy_files")
            .map_or(&[][..], Node::items)
            .iter()
            .take(MOST_WRITTEN)
        {
            self.shelve_file(file);
        }
        let origin = tree
            .get("policies")
            .map_or(tree.origin.clone(), |node| node.origin.clone());
        let wanted = self.wanted(tree);
        let mut resolved: Vec<Node> = wanted
            .iter()
            .filter_map(|(key, origin)| self.resolve(key, origin))
            .collect();
        resolved.extend(self.resolve_idle());
        Node {
            value: Value::List(resolved),
            origin,
        }
    }

    /// The policies that are neither compared nor extended: they are checked all the same.
    fn resolve_idle(&mut self) -> Vec<Node> {
        let written = || self.policies.iter().enumerate();
        let extended = |key: &str| {
            written().any(|(_, one)| one.node.get("extends").and_then(Node::text) == Some(key))
        };
        let idle: Vec<(String, Origin)> = written()
            .filter(|(at, one)| !self.used.contains(at) && !extended(&one.key))
            .map(|(_, one)| (one.key.clone(), one.node.origin.clone()))
            .collect();
        idle.iter()
            .filter_map(|(key, origin)| self.resolve(key, origin))
            .collect()
    }

    /// Keys of the policies to compare and where they were asked for.
    fn wanted(&mut self, tree: &Node) -> Vec<(String, Origin)> {
        let mut wanted: Vec<(String, Origin)> = match tree.get("policies") {
            Some(list) => list
                .items()
                .iter()
                .filter_map(|item| Some((item.text()?.to_owned(), item.origin.clone())))
                .collect(),
            None => self
                .policies
                .iter()
                .map(|p| (p.key.clone(), p.node.origin.clone()))
                .collect(),
        };
        self.note_repeated(&mut wanted);
        if wanted.len() > limits::POLICIES {
            let origin = wanted[limits::POLICIES].1.clone();
            let message = format!("more than {} policies", limits::POLICIES);
            self.note("policies", &origin, message);
            wanted.truncate(limits::POLICIES);
        }
        wanted
    }

    /// Drops keys that are listed a second time, after a note.
    fn note_repeated(&mut self, wanted: &mut Vec<(String, Origin)>) {
        let mut listed = BTreeSet::new();
        wanted.retain(|(key, origin)| {
            let is_new = listed.insert(key.clone());
            if !is_new {
                self.note("policies", origin, format!("{key:?} is listed already"));
            }
            is_new
        });
    }

    /// The policy `key` with all that it inherits.
    fn resolve(&mut self, key: &str, asked_at: &Origin) -> Option<Node> {
        let mut chain: Vec<usize> = Vec::new();
        let mut next = Some((key.to_owned(), POLICY_FOLDER.to_owned(), asked_at.clone()));
        while let Some((key, folder, asked_at)) = next {
            let position = self.find(&key, &folder, &asked_at)?;
            if chain.contains(&position) {
                self.note_cycle(&chain, position, &asked_at);
                return None;
            }
            chain.push(position);
            self.used.insert(position);
            if chain.len() > limits::EXTENDS_DEPTH {
                let message = format!("extends more than {} policies", limits::EXTENDS_DEPTH - 1);
                self.note("policy.extends", &asked_at, message);
                return None;
            }
            next = self.parent(position);
        }
        Some(self.merged(&chain))
    }

    /// Key, folder and place of the policy that the one at `position` extends.
    fn parent(&mut self, position: usize) -> Option<(String, String, Origin)> {
        let written = &self.policies[position];
        let extends = written.node.get("extends")?;
        let (folder, origin) = (written.folder.clone(), extends.origin.clone());
        if let Some(key) = extends.text() {
            return Some((key.to_owned(), folder, origin));
        }
        self.note(
            "policy.extends",
            &origin,
            "expected the key of a policy".to_owned(),
        );
        None
    }

    /// The chain of policies laid over each other, the last one at the bottom.
    fn merged(&self, chain: &[usize]) -> Node {
        let mut layers = chain
            .iter()
            .map(|position| self.policies[*position].node.clone());
        let mut top = layers
            .next()
            .unwrap_or_else(|| Node::empty_table(Origin::Override(0)));
        top.remove("extends");
        let below = layers.rev().reduce(|mut lower, upper| {
            lower.overlay(upper);
            lower
        });
        let Some(mut merged) = below else { return top };
        for key in OWN_KEYS.iter().chain(&["extends"]) {
            merged.remove(key);
        }
        merged.overlay(top);
        merged
    }

    fn note_cycle(&mut self, chain: &[usize], back_to: usize, origin: &Origin) {
        let start = chain.iter().position(|at| *at == back_to).unwrap_or(0);
        let mut keys: Vec<&str> = chain[start..]
            .iter()
            .map(|at| self.policies[*at].key.as_str())
            .collect();
        keys.push(&self.policies[back_to].key);
        let message = format!("extends itself: {}", keys.join(" -> "));
        self.note("policy.extends", origin, message);
    }

    /// Position of the policy `key`, which may have to be read from `folder`.
    fn find(&mut self, key: &str, folder: &str, asked_at: &Origin) -> Option<usize> {
        if let Some(position) = self.policies.iter().position(|written| written.key == key) {
            return Some(position);
        }
        if !is_key(key) {
            let message = format!("{key:?} is not a key: {KEY}");
            self.note("policies", asked_at, message);
            return None;
        }
        let name = joined(folder, key);
        match (self.read_file)(&name) {
            Ok(text) => self.shelve_text(&name, text, Some(key), asked_at),
            Err(error) => {
                self.note_unknown(key, &name, &error, asked_at);
                None
            }
        }
    }

    fn note_unknown(&mut self, key: &str, name: &str, error: &io::Error, asked_at: &Origin) {
        let known: Vec<&str> = self
            .policies
            .iter()
            .map(|written| written.key.as_str())
            .collect();
        let hint = did_you_mean(key, &known);
        let message = format!(
            "unknown policy {key:?}{hint}: not in the scenario, and {name} cannot be read ({error})"
        );
        self.note("policies", asked_at, message);
    }

    fn shelve_file(&mut self, file: &Node) {
        let Some(name) = file.text() else { return };
        match (self.read_file)(name) {
            Ok(text) => {
                self.shelve_text(name, text, None, &file.origin);
            }
            Err(error) => {
                self.note(
                    "policy_files",
                    &file.origin,
                    format!("{name} cannot be read: {error}"),
                );
            }
        }
    }

    /// Adds the policy in a file; with `key`, it must be the policy of that key.
    fn shelve_text(
        &mut self,
        name: &str,
        text: String,
        key: Option<&str>,
        asked_at: &Origin,
    ) -> Option<usize> {
        if self.sources.files.len() >= limits::FILES {
            self.note(
                "policies",
                asked_at,
                format!("more than {} files", limits::FILES),
            );
            return None;
        }
        let file = SourceText {
            name: name.to_owned(),
            text,
        };
        let node = match self.sources.parse(file) {
            Ok(node) => node,
            Err(mut errors) => {
                self.violations.append(&mut errors);
                return None;
            }
        };
        let found = node
            .get("key")
            .map(|node| (node.text().map(str::to_owned), node.origin.clone()));
        if let (Some(key), Some((Some(found), origin))) = (key, found)
            && found != key
        {
            self.note(
                "key",
                &origin,
                format!("the policy in {name} must have the key {key:?}"),
            );
            return None;
        }
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.shelve(node, folder)
    }

    /// Adds a policy; one without a usable key is kept out, after a note.
    fn shelve(&mut self, node: Node, folder: &str) -> Option<usize> {
        let key = node
            .get("key")
            .and_then(Node::text)
            .unwrap_or_default()
            .to_owned();
        let origin = node
            .get("key")
            .map_or(&node.origin, |key| &key.origin)
            .clone();
        if !is_key(&key) {
            let message = format!("a policy needs a key: {KEY}");
            self.note("policy.key", &origin, message);
            return None;
        }
        if node.size() > limits::POLICY_VALUES {
            let message = format!("a policy of more than {} values", limits::POLICY_VALUES);
            self.note("policy", &origin, message);
            return None;
        }
        if self.policies.iter().any(|written| written.key == key) {
            self.note(
                "policy.key",
                &origin,
                format!("there is another policy {key:?}"),
            );
            return None;
        }
        self.policies.push(Written {
            key,
            node,
            folder: folder.to_owned(),
        });
        Some(self.policies.len() - 1)
    }

    fn note(&mut self, path: &str, origin: &Origin, message: String) {
        let violation = Violation {
            path: path.to_owned(),
            place: self.sources.place(origin),
            value: None,
            message,
            allowed: None,
        };
        // Two policies that extend the same faulty one report it once.
        if self.violations.len() < limits::VIOLATIONS && !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }
}

/// What a key consists of.
const KEY: &str = "lower-case letters, digits, hyphens, and dots between digits";

/// Whether `text` can name a thing and a file: lower-case letters, digits and hyphens, and dots
/// between digits.
pub(crate) fn is_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let fits = |(at, byte): (usize, &u8)| match byte {
        b'.' => at > 0 && is_digit(at - 1) && is_digit(at + 1),
        byte => byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-',
    };
    !text.is_empty() && text.len() <= 64 && bytes.iter().enumerate().all(fits)
}

fn joined(folder: &str, key: &str) -> String {
    if folder.is_empty() {
        format!("{key}.toml")
    } else {
        format!("{folder}/{key}.toml")
    }
}
