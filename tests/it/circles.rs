//! Inside a room, too, data flows one way: files do not use each other in circles, handlers call
//! only those earlier in their list, and files stay short. A submodule may use its parent or be used
//! by it, not both.

use std::fs;

use crate::graph::{Graph, Sources};
use crate::source::{relative, source_files, source_root};

/// Uses that close a circle of files, after the reason why they may. The list may shrink only: a use
/// that closes no circle any more must go from it.
const BACKWARD: &[(&str, &str)] = &[];

/// Handlers that call one below them in the list of `handlers/mod.rs`, and why they may.
const LATER: &[(&str, &str, &str)] = &[];

/// Lines that a file may have without its tests.
const MOST_LINES: usize = 400;

/// Files that have more lines than that; the list may shrink only.
const LONG: &[&str] = &[];

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut graph = Graph::of(&Sources::read());
    let excused = || {
        let lines = BACKWARD.iter().flat_map(|(_, uses)| uses.lines());
        lines.filter_map(|line| line.trim().split_once(" -> "))
    };
    let idle: Vec<(&str, &str)> = excused()
        .filter(|(from, to)| !graph.has(from, to) || graph.way(to, from).is_empty())
        .collect();
    assert!(
        idle.is_empty(),
        "these close no circle any more, so take them from the list in {}: {idle:#?}",
        file!()
    );
    for (from, to) in excused() {
        graph.remove(from, to);
    }
    let circles = graph.circles();
    assert!(
        circles.is_empty(),
        "circles of files:\n{}",
        circles.join("\n")
    );
}

#[test]
fn handlers_call_only_those_earlier_in_their_list() {
    let folder = "engine/handlers/";
    let list = fs::read_to_string(source_root().join(folder).join("mod.rs")).expect("handlers");
    let order: Vec<String> = list
        .lines()
        .filter_map(|line| line.strip_prefix("pub(crate) mod ")?.strip_suffix(';'))
        .map(|name| format!("{name}.rs"))
        .collect();
    let place = |file: &str| order.iter().position(|listed| listed == file);
    let graph = Graph::of(&Sources::read());
    let later: Vec<(&str, &str)> = graph
        .edges()
        .filter_map(|(from, to)| Some((from.strip_prefix(folder)?, to.strip_prefix(folder)?)))
        .filter(|(from, to)| place(from).is_some() && place(from) < place(to))
        .collect();
    let excused: Vec<(&str, &str)> = LATER.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(
        later, excused,
        "handlers that call a later one, and those that may"
    );
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = source_files()
        .iter()
        .filter(|file| {
            let source = fs::read_to_string(file).expect("a readable source file");
            let own = source.split("\n#[cfg(test)]\nmod tests").next();
            own.is_some_and(|own| own.lines().count() > MOST_LINES)
        })
        .map(|file| relative(file))
        .collect();
    assert_eq!(long, LONG, "files of more than {MOST_LINES} lines");
}
