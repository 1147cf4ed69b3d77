//! A scenario that extends another one, and so states only what differs.

use std::io;

use super::limits;
use super::tree::{Node, Origin, Sources};
use super::violation::{SourceText, Violation};

/// Gives the text of a file by its path relative to the scenario.
pub(super) type ReadFile<'a> = &'a dyn Fn(&str) -> io::Result<String>;

/// Key under which a scenario names the file that it extends.
const EXTENDS: &str = "extends";
/// Keys that a scenario never inherits, because they name the scenario itself.
const OWN_KEYS: [&str; 3] = ["key", "title", "label"];

/// The scenario `tree` laid over the one that it extends, which may extend another one in turn.
/// File names are relative to the folder of the scenario that was asked for.
///
/// # Errors
/// A file that cannot be read or parsed, a chain that is too long or comes back to itself.
pub(super) fn extended(
    mut tree: Node,
    sources: &mut Sources,
    read_file: ReadFile<'_>,
) -> Result<Node, Vec<Violation>> {
    for _ in 0..limits::EXTENDS_DEPTH {
        let Some(named) = tree.remove(EXTENDS) else {
            return Ok(tree);
        };
        let mut lower = read(&named, sources, read_file)?;
        for key in OWN_KEYS {
            lower.remove(key);
        }
        lower.overlay(tree);
        tree = lower;
    }
    let origin = tree.nearest(EXTENDS).origin.clone();
    let message = format!("extends more than {} scenarios", limits::EXTENDS_DEPTH - 1);
    Err(refused(&origin, &message, sources))
}

/// The scenario in the file that `named` gives.
fn read(
    named: &Node,
    sources: &mut Sources,
    read_file: ReadFile<'_>,
) -> Result<Node, Vec<Violation>> {
    let origin = &named.origin;
    let Some(name) = named.text() else {
        return Err(refused(origin, "expected the name of a file", sources));
    };
    if sources.files.iter().any(|file| file.name == name) {
        let message = format!("{name} extends itself");
        return Err(refused(origin, &message, sources));
    }
    match read_file(name) {
        Ok(text) => sources.parse(SourceText {
            name: name.to_owned(),
            text,
        }),
        Err(error) => {
            let message = format!("{name} cannot be read: {error}");
            Err(refused(origin, &message, sources))
        }
    }
}

fn refused(origin: &Origin, message: &str, sources: &Sources) -> Vec<Violation> {
    vec![Violation {
        path: EXTENDS.to_owned(),
        place: sources.place(origin),
        value: None,
        message: message.to_owned(),
        allowed: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree::Value;

    fn extend(main: &str, files: &[(&str, &str)]) -> Result<Node, Vec<Violation>> {
        let mut sources = Sources::default();
        let main = SourceText {
            name: "main.toml".to_owned(),
            text: main.to_owned(),
        };
        let tree = sources.parse(main)?;
        extended(tree, &mut sources, &|name| {
            let file = files.iter().find(|(known, _)| *known == name);
            file.map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        })
    }

    const BASE: &str = r#"
        key = "base"
        title = "Base"
        [study]
        window_weeks = 17
        follow_up_weeks = 12
        [[region]]
        key = "a"
        population = 1
        [[region]]
        key = "b"
        population = 2
    "#;

    #[test]
    fn a_scenario_states_only_what_differs() {
        let main = r#"
            key = "other"
            extends = "base.toml"
            study = { window_weeks = 22 }
            [[region]]
            key = "b"
            population = 3
        "#;
        let tree = extend(main, &[("base.toml", BASE)]).expect("both files are in order");
        let shown = |path: &str| tree.at(path).map(Node::shown);
        assert_eq!(shown("key").as_deref(), Some("\"other\""), "its own key");
        assert_eq!(shown("title"), None, "a title is not inherited");
        assert_eq!(
            shown("study.window_weeks").as_deref(),
            Some("22"),
            "changed"
        );
        assert_eq!(
            shown("study.follow_up_weeks").as_deref(),
            Some("12"),
            "kept"
        );
        assert_eq!(shown("region[0].population").as_deref(), Some("1"), "kept");
        assert_eq!(
            shown("region[1].population").as_deref(),
            Some("3"),
            "by key"
        );
        assert_eq!(shown("extends"), None, "extends is no key of a scenario");
    }

    #[test]
    fn a_list_without_keys_is_replaced() {
        let lists = [("base.toml", "numbers = [1, 2, 3]")];
        let main = "extends = \"base.toml\"\nnumbers = [4]";
        let tree = extend(main, &lists).expect("both files are in order");
        let Some(Value::List(items)) = tree.at("numbers").map(|node| &node.value) else {
            panic!("numbers are a list");
        };
        assert_eq!(items.len(), 1, "the numbers of the scenario alone");
    }

    #[test]
    fn what_cannot_be_extended_is_reported_where_it_is_named() {
        let circle = [("a.toml", "extends = \"main.toml\"")];
        for (main, files, message) in [
            ("extends = 1", &[][..], "expected the name of a file"),
            ("extends = \"a.toml\"", &[][..], "a.toml cannot be read"),
            (
                "extends = \"a.toml\"",
                &circle[..],
                "main.toml extends itself",
            ),
        ] {
            let violations = extend(main, files).expect_err("a faulty chain");
            assert_eq!(violations.len(), 1, "one violation: {violations:?}");
            assert_eq!(violations[0].path, "extends", "its path");
            assert!(
                violations[0].message.starts_with(message),
                "{}",
                violations[0].message
            );
        }
    }
}
