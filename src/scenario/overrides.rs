//! Overrides from the command line: `staff.workforce_share=0.9`, `region[0].population=1`,
//! `policy.supplement-2021.compliance=0.7`, `policy.*.lead_days=5`. A key
//! with a dot stands in double quotes.

use super::limits;
use super::syntax::parse_override;
use super::tree::{Node, Origin, Sources, Value, split};
use super::violation::{Place, Violation};

/// Which overrides to apply: policies are resolved between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those of anything but a policy.
    AllButPolicies,
    /// Those of policies, after inheritance.
    Policies,
}

/// Applies the overrides within `scope`, in their order; says which of them name nothing.
pub(crate) fn apply(tree: &mut Node, sources: &Sources, scope: Scope) -> Vec<Violation> {
    let texts = sources.overrides.iter().enumerate();
    texts
        .filter_map(|(n, text)| apply_one(tree, n, text, scope))
        .collect()
}

fn apply_one(tree: &mut Node, n: usize, text: &str, scope: Scope) -> Option<Violation> {
    let Some((path, value)) = text.split_once('=') else {
        let reported = scope == Scope::AllButPolicies;
        return reported.then(|| refused(text, "", "an override is a key=value"));
    };
    let path = path.trim();
    let steps: Vec<&str> = split(path).take(limits::PATH_STEPS + 1).collect();
    let is_policy = steps.first() == Some(&"policy");
    if is_policy != (scope == Scope::Policies) {
        return None;
    }
    if steps.len() > limits::PATH_STEPS {
        let message = format!("a path of more than {} steps", limits::PATH_STEPS);
        return Some(refused(text, path, &message));
    }
    let node = parse_override(value.trim(), n);
    set(tree, &steps, &node)
        .err()
        .map(|message| refused(text, path, &message))
}

fn refused(text: &str, path: &str, message: &str) -> Violation {
    Violation {
        path: path.to_owned(),
        place: Place::Override(text.to_owned()),
        value: None,
        message: message.to_owned(),
        allowed: None,
    }
}

/// Puts `value` at the end of `steps` below `node`, making tables on the way where none are.
fn set(node: &mut Node, steps: &[&str], value: &Node) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        *node = value.clone();
        return Ok(());
    };
    match &mut node.value {
        Value::List(items) => set_items(items, step, rest, value),
        Value::Table(_) => set_entry(node, step, rest, value),
        _ => Err(format!("there is nothing below the value before {step:?}")),
    }
}

fn set_entry(node: &mut Node, step: &str, rest: &[&str], value: &Node) -> Result<(), String> {
    if step.is_empty() {
        return Err("a step of the path is empty".to_owned());
    }
    let origin: Origin = value.origin.clone();
    let mut below = node
        .get(step)
        .cloned()
        .unwrap_or_else(|| Node::empty_table(origin));
    set(&mut below, rest, value)?;
    node.insert(step, below);
    Ok(())
}

fn set_items(items: &mut [Node], step: &str, rest: &[&str], value: &Node) -> Result<(), String> {
    let chosen: Vec<usize> = (0..items.len())
        .filter(|item| is_meant(&items[*item], *item, step))
        .collect();
    if chosen.is_empty() {
        return Err(format!(
            "{step:?} is no element of the list: {}",
            names(items)
        ));
    }
    chosen
        .into_iter()
        .try_for_each(|item| set(&mut items[item], rest, value))
}

/// Whether `step` means the element at `position`: by number, by its key, or as one of all.
pub(super) fn is_meant(item: &Node, position: usize, step: &str) -> bool {
    step == "*"
        || step.parse() == Ok(position)
        || item.get("key").and_then(Node::text) == Some(step)
}

fn names(items: &[Node]) -> String {
    let keys: Vec<&str> = items
        .iter()
        .filter_map(|item| item.get("key").and_then(Node::text))
        .collect();
    if keys.is_empty() {
        format!("it has {}", items.len())
    } else {
        keys.join(", ")
    }
}
