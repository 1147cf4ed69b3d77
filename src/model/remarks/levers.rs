//! Levers of a policy that nothing reads, such as those of a document that is never in force.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::model::remarks::noted::Remarks;
use crate::model::remarks::policies::compared;
use crate::model::validate::policies::rebuilt;
use crate::policy::levers::Policy;
use crate::policy::registry::documents_with;
use crate::units::Day;

/// Notes the levers that each policy of `model` sets itself, of a document that is never in force, and that
/// change nothing: without them the policy means the same on every day and in every phase.
pub(super) fn check(model: &Model, remarks: &mut Remarks<'_>) {
    let policies = compared(model, remarks);
    for (n, file) in &policies {
        let Some(policy) = find(model, &file.key) else {
            continue;
        };
        let mut idle: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for key in remarks.scenario.own_keys(*n) {
            let is_under_idle = idle.values().flatten().any(|above| is_below(&key, above));
            let never = never_in_force(&key, policy, model);
            if is_under_idle || never.is_empty() {
                continue;
            }
            let heirs = policies
                .iter()
                .filter(|(heir, _)| heir == n || remarks.scenario.inherits(*heir, *n, &key));
            let mut heirs = heirs.filter_map(|(at, heir)| Some((*at, find(model, &heir.key)?)));
            if !heirs.any(|(at, heir)| acts(at, &key, heir, model, remarks)) {
                idle.entry(never).or_default().push(key);
            }
        }
        for (never, keys) in idle {
            note(*n, &never, &keys, remarks);
        }
    }
}

fn note(policy: usize, never: &str, keys: &[String], remarks: &mut Remarks<'_>) {
    let others = match &keys[1..] {
        [] => String::new(),
        others => format!(" (nor have {})", others.join(", ")),
    };
    let message =
        format!("has no effect{others}: the document of {never} is never in force in the study");
    remarks.note(&format!("policy[{policy}].{}", keys[0]), &message);
}

fn find<'a>(model: &'a Model, key: &str) -> Option<&'a Policy> {
    model.policies.iter().find(|policy| policy.key == key)
}

fn is_below(key: &str, above: &str) -> bool {
    key.strip_prefix(above)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a lever changes what the policy means, or says what would hold anyway.
fn acts(n: usize, key: &str, policy: &Policy, model: &Model, remarks: &Remarks<'_>) -> bool {
    if key == "scale_down" && policy.scale_down == Policy::inert().scale_down {
        return true;
    }
    let Some(without) = remarks.scenario.policy_without(n, key) else {
        return true;
    };
    let without = rebuilt(remarks.scenario, model, &without);
    let study = Day(0)..model.study.end();
    let schedule = model.schedule(policy);
    without == *policy || schedule.parts_from(&model.schedule(&without), study.clone()) < study.end
}

/// The keys of the first days of the documents that read a lever and are not in force in the study.
fn never_in_force(key: &str, policy: &Policy, model: &Model) -> String {
    let end = model.study.end();
    let lever = format!("policy.{key}");
    let idle = documents_with(&lever)
        .filter(|document| (document.starts)(policy).is_none_or(|start| start >= end));
    let dates: Vec<&str> = idle.map(|document| document.date).collect();
    dates.join(" and ")
}
