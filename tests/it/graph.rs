//! Which file of the library uses which others.
//!
//! A file uses another when it names an item that the other defines, by whatever path: `crate::`,
//! `self::`, `super::`, a submodule, or a module that it imported. A name that a file passes on
//! with `pub use` counts as used in the file that defines it, so the list of `pub use` at the top
//! of a room is no use of its own. Neither is the name of a module without an item of it. Comments,
//! strings and `#[cfg(test)]` items do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::source::{code_of, relative, source_files};

#[test]
fn the_graph_follows_names_to_the_file_that_defines_them() {
    let sources = Sources::of([
        (
            "room/mod.rs",
            "pub mod a; mod b; pub use b::{B, Other as Alias}; use a::helper; fn f() { B::new() }",
        ),
        (
            "room/a.rs",
            "use crate::room::{Alias, a::c::C}; mod c; pub fn helper() { c::x() }",
        ),
        (
            "room/a/c.rs",
            "use super::helper; #[cfg(test)] mod tests { use crate::room::b::B; }",
        ),
        (
            "room/b.rs",
            "use crate::room::{self, a}; fn f() -> a::c::C { room::f(); \"a::helper\" }",
        ),
        (
            "other.rs",
            "use crate::room::a; pub(super) use crate::room::B;",
        ),
    ]);
    let edges: Vec<String> = Graph::of(&sources)
        .edges()
        .map(|(from, to)| format!("{from} {to}"))
        .collect();
    let expected = [
        "room/a.rs room/a/c.rs",
        "room/a.rs room/b.rs",
        "room/a/c.rs room/a.rs",
        "room/b.rs room/a/c.rs",
        "room/b.rs room/mod.rs",
        "room/mod.rs room/a.rs",
        "room/mod.rs room/b.rs",
    ];
    assert_eq!(edges, expected, "names passed on or in tests are no use");
}

#[test]
fn a_circle_is_told_with_its_shortest_way_round() {
    let sources = Sources::of([
        ("a.rs", "fn f() { crate::b::f(); crate::c::f() }"),
        ("b.rs", "fn f() { crate::c::f() }"),
        ("c.rs", "fn f() { crate::a::f() }"),
        ("d.rs", "fn f() { crate::a::f() }"),
    ]);
    let mut graph = Graph::of(&sources);
    assert_eq!(
        graph.circles(),
        ["3 files a.rs, b.rs, c.rs, for instance a.rs -> c.rs -> a.rs"]
    );
    graph.remove("c.rs", "a.rs");
    assert!(
        graph.circles().is_empty(),
        "without its last arrow it is open"
    );
}

/// The names on the way to a module or item.
type Path = Vec<String>;

/// The files by the path of their module.
pub(crate) struct Sources(BTreeMap<Path, Source>);

/// What one file says of others.
struct Source {
    file: String,
    /// The paths of its `use` items by the name that each gives.
    imports: BTreeMap<String, Path>,
    /// The paths in its code, imported names among them.
    used: BTreeSet<Path>,
}

impl Sources {
    pub(crate) fn read() -> Self {
        let texts: Vec<(String, String)> = source_files()
            .iter()
            .map(|file| (relative(file), fs::read_to_string(file).expect("a source")))
            .collect();
        Self::of(
            texts
                .iter()
                .map(|(file, text)| (file.as_str(), text.as_str())),
        )
    }

    fn of<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let sources = texts.into_iter().map(|(file, text)| {
            let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
            let module = stem.split('/').map(str::to_owned).collect();
            (module, Source::of(file, text))
        });
        Self(sources.collect())
    }

    /// The file that defines what `path` names in `module`, if it names an item of the library.
    fn definition(&self, module: &[String], path: &[String], depth: u8) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let parent = || module.split_last().map_or(module, |(_, parent)| parent);
        match first.as_str() {
            "crate" => return self.definition(&[], rest, depth),
            "self" => return self.definition(module, rest, depth),
            "super" => return self.definition(parent(), rest, depth),
            _ => {}
        }
        let child = [module, std::slice::from_ref(first)].concat();
        if self.0.contains_key(&child) {
            return self.definition(&child, rest, depth);
        }
        let source = self.0.get(module)?;
        match source.imports.get(first) {
            // A chain of imports is short; one that is not goes round.
            Some(import) if depth < 8 && import.first() != Some(first) => {
                self.definition(module, &[import, rest].concat(), depth + 1)
            }
            Some(_) => None,
            None => Some(&source.file),
        }
    }
}

impl Source {
    fn of(file: &str, text: &str) -> Self {
        let code = code_of(text);
        let tokens = without_tests(&tokens_of(&code));
        let mut source = Self {
            file: file.to_owned(),
            imports: BTreeMap::new(),
            used: BTreeSet::new(),
        };
        let mut at = 0;
        while at < tokens.len() {
            // `use<T>` says what a type captures.
            if tokens[at] == "use" && tokens.get(at + 1) != Some(&"<") {
                let length = tokens[at..].iter().take_while(|t| **t != ";").count();
                let is_passed_on = at > 0 && ["pub", ")"].contains(&tokens[at - 1]);
                source.import(&tokens[at + 1..at + length], is_passed_on);
                at += length;
            } else if is_name(tokens[at]) && (at == 0 || tokens[at - 1] != ".") {
                let path = path_at(&tokens[at..]);
                at += 2 * path.len() - 1;
                source.used.insert(path);
            } else {
                at += 1;
            }
        }
        source
    }

    /// Takes in the tree of a `use` item; without `pub` its names serve this file.
    fn import(&mut self, tree: &[&str], is_passed_on: bool) {
        let mut imports = BTreeMap::new();
        import(tree, &[], &mut imports);
        if !is_passed_on {
            self.used.extend(imports.values().cloned());
        }
        self.imports.append(&mut imports);
    }
}

/// The names and signs of `code`; `::` is one sign.
fn tokens_of(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
            Some(0) if rest.starts_with("::") => 2,
            Some(0) => first.len_utf8(),
            Some(length) => length,
            None => rest.len(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

/// `tokens` without the items marked `#[cfg(test)]`.
fn without_tests<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at..].starts_with(&mark) {
            at += item_length(&tokens[at..]);
        } else {
            kept.push(tokens[at]);
            at += 1;
        }
    }
    kept
}

/// The number of tokens up to and with the end of the item that `tokens` start with.
fn item_length(tokens: &[&str]) -> usize {
    let mut depth = 0;
    let is_end = |token: &&str| {
        match *token {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && ["}", ";"].contains(token)
    };
    tokens
        .iter()
        .position(is_end)
        .map_or(tokens.len(), |at| at + 1)
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The path that `tokens` start with.
fn path_at(tokens: &[&str]) -> Path {
    let mut path = vec![tokens[0].to_owned()];
    for pair in tokens[1..].chunks_exact(2) {
        if pair[0] != "::" || !is_name(pair[1]) {
            break;
        }
        path.push(pair[1].to_owned());
    }
    path
}

/// Adds what the tree of a `use` item imports below `prefix`, by the name that each gets.
fn import(tree: &[&str], prefix: &[String], into: &mut BTreeMap<String, Path>) {
    let mut path = prefix.to_vec();
    for (at, &token) in tree.iter().enumerate() {
        match token {
            "{" => {
                for branch in branches(&tree[at + 1..tree.len() - 1]) {
                    import(branch, &path, into);
                }
                return;
            }
            "as" => {
                into.insert(tree[at + 1].to_owned(), path);
                return;
            }
            "self" if !path.is_empty() => {}
            name if is_name(name) => path.push(name.to_owned()),
            _ => {}
        }
    }
    if let Some(name) = path.last() {
        into.insert(name.clone(), path.clone());
    }
}

/// The parts of `list` between the commas outside braces.
fn branches<'a, 'b>(list: &'b [&'a str]) -> Vec<&'b [&'a str]> {
    let mut depth = 0;
    list.split(|&token| {
        match token {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && token == ","
    })
    .filter(|branch| !branch.is_empty())
    .collect()
}

/// Which file uses which others.
pub(crate) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    pub(crate) fn of(sources: &Sources) -> Self {
        let uses = sources.0.iter().map(|(module, source)| {
            let used = source
                .used
                .iter()
                .filter(|path| path.len() > 1 || source.imports.contains_key(&path[0]))
                .filter_map(|path| sources.definition(module, path, 0))
                .filter(|file| *file != source.file)
                .map(str::to_owned);
            (source.file.clone(), used.collect())
        });
        Self(uses.collect())
    }

    pub(crate) fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    pub(crate) fn has(&self, from: &str, to: &str) -> bool {
        self.0.get(from).is_some_and(|used| used.contains(to))
    }

    pub(crate) fn remove(&mut self, from: &str, to: &str) {
        if let Some(used) = self.0.get_mut(from) {
            used.remove(to);
        }
    }

    /// The files on a shortest way of at least one step; empty if there is none.
    pub(crate) fn way(&self, from: &str, to: &str) -> Vec<&str> {
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        let mut ends = vec![from];
        while !ends.is_empty() && !before.contains_key(to) {
            let mut next = Vec::new();
            for end in ends {
                let Some((end, used)) = self.0.get_key_value(end) else {
                    continue;
                };
                for file in used {
                    if !before.contains_key(file.as_str()) {
                        before.insert(file, end);
                        next.push(file.as_str());
                    }
                }
            }
            ends = next;
        }
        let Some((&last, _)) = before.get_key_value(to) else {
            return Vec::new();
        };
        let mut way = vec![last];
        loop {
            let previous = before[way[way.len() - 1]];
            way.push(previous);
            if previous == from {
                break;
            }
        }
        way.reverse();
        way
    }

    /// One line for each set of files that all reach each other.
    pub(crate) fn circles(&self) -> Vec<String> {
        let mut told = BTreeSet::new();
        let mut circles = Vec::new();
        for from in self.0.keys() {
            if told.contains(from) || self.way(from, from).is_empty() {
                continue;
            }
            let members: Vec<&str> = self
                .0
                .keys()
                .filter(|to| !self.way(from, to).is_empty() && !self.way(to, from).is_empty())
                .map(String::as_str)
                .collect();
            told.extend(members.iter().map(|&file| file.to_owned()));
            circles.push(format!(
                "{} files {}, for instance {}",
                members.len(),
                members.join(", "),
                self.way(from, from).join(" -> ")
            ));
        }
        circles
    }
}
