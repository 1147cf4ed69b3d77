//! Data flows one way: no module uses a module of a higher layer.

use std::fs;
use std::path::Path;

use crate::source::{code_of, source_files, source_root};

/// Each module with the modules that it may use, lowest layer first.
///
/// This is also the order of the `mod` lines in `src/lib.rs`, and a good order to read them in.
pub(crate) const LAYERS: &[(&str, &[&str])] = &[
    ("files", &[]),
    ("characters", &[]),
    ("name", &[]),
    ("units", &[]),
    ("numeric", &[]),
    ("random", &["units", "numeric"]),
    ("policy", &["name", "units"]),
    ("scenario", &["files", "name", "units", "policy"]),
    ("observed", &["units", "scenario"]),
    (
        "model",
        &["name", "units", "numeric", "random", "scenario", "policy"],
    ),
    ("census", &["units", "numeric", "random", "model"]),
    ("world", &["units", "numeric", "random", "model"]),
    ("outcome", &["units", "policy", "model"]),
    ("engine", &["units", "model", "world", "outcome", "policy"]),
    ("statistics", &["units", "numeric"]),
    (
        "experiment",
        &[
            "name",
            "units",
            "numeric",
            "random",
            "policy",
            "model",
            "world",
            "outcome",
            "engine",
            "statistics",
        ],
    ),
    (
        "design",
        &[
            "name",
            "units",
            "numeric",
            "random",
            "scenario",
            "model",
            "statistics",
            "experiment",
        ],
    ),
    (
        "verify",
        &[
            "units",
            "numeric",
            "random",
            "scenario",
            "policy",
            "model",
            "census",
            "world",
            "outcome",
            "policy",
            "engine",
            "statistics",
            "experiment",
            "design",
        ],
    ),
    (
        "backtest",
        &[
            "units",
            "numeric",
            "observed",
            "model",
            "census",
            "outcome",
            "statistics",
            "experiment",
        ],
    ),
    (
        "calibrate",
        &[
            "units",
            "numeric",
            "random",
            "scenario",
            "observed",
            "model",
            "census",
            "statistics",
            "experiment",
            "design",
            "backtest",
        ],
    ),
    ("chart", &["characters", "units", "statistics"]),
    (
        "report",
        &[
            "files",
            "characters",
            "name",
            "units",
            "numeric",
            "observed",
            "model",
            "outcome",
            "policy",
            "statistics",
            "experiment",
            "backtest",
            "chart",
        ],
    ),
    (
        "run",
        &[
            "design",
            "scenario",
            "model",
            "outcome",
            "policy",
            "statistics",
            "experiment",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "characters",
            "name",
            "units",
            "numeric",
            "scenario",
            "observed",
            "model",
            "outcome",
            "policy",
            "statistics",
            "experiment",
            "design",
            "verify",
            "backtest",
            "calibrate",
            "chart",
            "report",
            "run",
        ],
    ),
];

#[test]
fn no_file_uses_a_module_outside_its_row() {
    let files = source_files();
    assert!(
        !files.is_empty(),
        "the library has files besides lib.rs and main.rs"
    );
    let wrong: Vec<String> = files.iter().flat_map(|file| violations_of(file)).collect();
    assert!(
        wrong.is_empty(),
        "the layers are broken:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_row_names_only_lower_layers() {
    for (idx, (module, allowed)) in LAYERS.iter().enumerate() {
        for used in *allowed {
            let is_lower = LAYERS[..idx].iter().any(|(lower, _)| lower == used);
            assert!(is_lower, "{module} may use {used}, which is no lower layer");
        }
    }
}

#[test]
fn the_library_lists_its_modules_from_low_to_high() {
    let library = fs::read_to_string(source_root().join("lib.rs")).expect("src/lib.rs");
    let listed: Vec<&str> = library.lines().filter_map(module_of_line).collect();
    assert!(!listed.is_empty(), "lib.rs declares modules");
    let ordered: Vec<&str> = LAYERS
        .iter()
        .map(|(module, _)| *module)
        .filter(|module| listed.contains(module))
        .collect();
    assert_eq!(listed, ordered, "lib.rs follows the table of layers");
}

#[test]
fn the_scan_sees_each_way_to_name_a_module() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::units::Day;", &["units"]),
        ("let x = crate::engine::simulate(&m);", &["engine"]),
        (
            "use crate::{engine, units::{Day, Beds}};",
            &["engine", "units"],
        ),
        (
            "use crate::{\n    model::{a::{b, c}, d},\n    policy,\n};",
            &["model", "policy"],
        ),
        ("use super::world::World;", &["super", "world"]),
        ("pub(crate) fn f() {}", &[]),
        ("pub use ro_crate::write_crate;", &[]),
        (
            "// use crate::engine;\n/* crate::cli /* nested */ crate::cli */",
            &[],
        ),
        (
            r##"let s = "crate::cli \" crate::cli"; let r = r#"crate::cli " "#;"##,
            &[],
        ),
        (
            "let quote = '\"'; use crate::units; let tick: &'static str = \"\";",
            &["units"],
        ),
    ];
    for (source, expected) in cases {
        let code = code_of(source);
        let found = if expected.first() == Some(&"super") {
            names_after(&code, "super::")
        } else {
            names_after(&code, "crate::")
        };
        let expected = expected.strip_prefix(&["super"]).unwrap_or(expected);
        assert_eq!(found, expected, "in {source}");
    }
}

#[test]
fn the_check_reports_a_module_that_reaches_up() {
    let found = violations("statistics", 1, "use crate::{engine, units};");
    assert_eq!(
        found,
        ["statistics uses engine"],
        "statistics may use units only"
    );
    let found = violations("statistics", 1, "use super::engine;");
    assert_eq!(
        found,
        ["statistics uses engine"],
        "the parent of a module is the crate root"
    );
    let found = violations("engine", 2, "use super::super::cli;");
    assert_eq!(
        found,
        ["engine climbs with super::super"],
        "paths start at the crate root"
    );
}

/// What `file` does wrong, one line each.
fn violations_of(file: &Path) -> Vec<String> {
    let relative = file
        .strip_prefix(source_root())
        .expect("a file below src")
        .with_extension("");
    let mut path: Vec<String> = relative
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    path.pop_if(|name| name == "mod");
    let source = fs::read_to_string(file).expect("a readable source file");
    let found = violations(&path[0], path.len(), &source);
    found
        .into_iter()
        .map(|what| format!("{}: {what}", file.display()))
        .collect()
}

/// What a file of `module` does wrong when it lies `depth` modules below the crate root.
fn violations(module: &str, depth: usize, source: &str) -> Vec<String> {
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{module} is not in the table of layers")];
    };
    let code = code_of(source);
    let mut used = names_after(&code, "crate::");
    if depth == 1 {
        let is_layer = |name: &&str| LAYERS.iter().any(|(layer, _)| layer == name);
        used.extend(names_after(&code, "super::").into_iter().filter(is_layer));
    }
    used.retain(|name| *name != module && !allowed.contains(name));
    let mut wrong: Vec<String> = used
        .iter()
        .map(|name| format!("{module} uses {name}"))
        .collect();
    if code.contains("super::super") {
        wrong.push(format!("{module} climbs with super::super"));
    }
    wrong
}

/// The module that a line of `lib.rs` declares.
fn module_of_line(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("pub mod ")
        .or(line.trim().strip_prefix("mod "))?
        .strip_suffix(';')
}

/// The first names that follow `prefix` in `code`, those in braces included.
fn names_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_whole = |at: usize| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    };
    code.match_indices(prefix)
        .filter(|(at, _)| is_whole(*at))
        .flat_map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            rest.strip_prefix('{')
                .map_or_else(|| vec![name_of(rest)], names_in_braces)
        })
        .collect()
}

/// The name that `path` starts with; a glob or anything else unexpected stays visible as it is.
fn name_of(path: &str) -> &str {
    let path = path.trim_start();
    let end = path
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(path.len());
    &path[..end.max(1).min(path.len())]
}

/// The names at the outermost level of `list`, which starts after its opening brace.
fn names_in_braces(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name_of(&list[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    // Nothing stands between a trailing comma and the closing brace.
    names.retain(|name| !name.is_empty());
    names
}
