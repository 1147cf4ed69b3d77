//! Putting a scenario together from its files: the scenario that it extends, its policies, overrides.

use super::base::{self, ReadFile};
use super::check;
use super::limits;
use super::overrides::{self, Scope};
use super::provenance;
use super::read::read;
use super::shape::ScenarioFile;
use super::shelf::policies;
use super::tree::{Node, Sources, Value, whole_file};
use super::violation::{SourceText, Violation};

/// The whole tree of a scenario and its typed tables.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn assemble(
    main: SourceText,
    sources: &mut Sources,
    read_file: ReadFile<'_>,
) -> Result<(Node, ScenarioFile), Vec<Violation>> {
    let tree = sources.parse(main)?;
    check_version(&tree, sources)?;
    check_is_scenario(&tree, sources)?;
    let mut tree = base::extended(tree, sources, read_file)?;
    check_size(&tree, sources)?;
    let mut others = overrides::apply(&mut tree, sources, Scope::AllButPolicies);
    check_version(&tree, sources)?;
    let (policies, mut mistakes) = policies(&tree, sources, read_file);
    others.append(&mut mistakes);
    tree.insert("policy", policies);
    others.extend(overrides::apply(&mut tree, sources, Scope::Policies));
    check_size(&tree, sources)?;
    others.extend(provenance::stray(&tree, sources));
    let mut violations = check::violations(&tree, sources);
    violations.append(&mut others);
    if !violations.is_empty() {
        return Err(violations);
    }
    match read(&tree) {
        Ok(file) => Ok((tree, file)),
        Err(message) => Err(vec![whole_file(&sources.files[0], &message, None)]),
    }
}

/// A policy by itself is no scenario: of all that a scenario needs it has nothing.
fn check_is_scenario(tree: &Node, sources: &Sources) -> Result<(), Vec<Violation>> {
    let is_policy = tree.get("description").is_some() && tree.get("title").is_none();
    if !is_policy {
        return Ok(());
    }
    let message =
        "this file is a policy: check a scenario that lists it, which checks the policy too";
    Err(vec![whole_file(&sources.files[0], message, None)])
}

fn check_size(tree: &Node, sources: &Sources) -> Result<(), Vec<Violation>> {
    if tree.size() <= limits::VALUES {
        return Ok(());
    }
    let allowed = format!("at most {} values", limits::VALUES);
    Err(vec![whole_file(
        &sources.files[0],
        "the scenario is too large",
        Some(allowed),
    )])
}

/// Another version may mean anything, so nothing else is reported about it.
fn check_version(tree: &Node, sources: &Sources) -> Result<(), Vec<Violation>> {
    match tree.get("version") {
        Some(Node {
            value: Value::Whole(version),
            origin,
        }) if *version != 1 => Err(vec![Violation {
            path: "version".to_owned(),
            place: sources.place(origin),
            value: Some(version.to_string()),
            message: "this version of the file format is not known".to_owned(),
            allowed: Some("1".to_owned()),
        }]),
        _ => Ok(()),
    }
}
