//! `rules`: the sentences of the policy documents, what they are, and what turns them.

use core::fmt::Write;

use serde_json::{Value, json};

use crate::cli::arguments::RulesArguments;
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::policy::registry::{Kind, RULES, Rule, Status, markdown};

pub(crate) fn rules(arguments: &RulesArguments) -> Result<(), Failure> {
    if arguments.json {
        let rules: Vec<Value> = RULES.iter().map(as_json).collect();
        return print(&format!("{:#}\n", Value::from(rules)));
    }
    if arguments.markdown {
        return print(&markdown());
    }
    print(&RULES.iter().map(as_text).collect::<String>())
}

fn as_text(rule: &Rule) -> String {
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind_word(*kind)).collect();
    let (status, reason) = status_words(rule.status);
    let mut text = format!(
        "{:?}  {status}: {}\n     {}\n",
        rule.id,
        kinds.join(", "),
        rule.sentence
    );
    if let Some(reason) = reason {
        let _ = writeln!(text, "     because it {reason}");
    }
    if !rule.levers.is_empty() {
        let _ = writeln!(text, "     set by {}", rule.levers.join(", "));
    }
    text
}

fn as_json(rule: &Rule) -> Value {
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind_word(*kind)).collect();
    let (status, reason) = status_words(rule.status);
    json!({
        "id": format!("{:?}", rule.id),
        "kinds": kinds,
        "sentence": rule.sentence,
        "status": status,
        "reason": reason,
        "levers": rule.levers,
    })
}

const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Decision => "decision",
        Kind::Trigger => "trigger",
        Kind::Constraint => "constraint",
        Kind::Parameter => "parameter",
        Kind::Information => "information",
        Kind::Output => "output",
        Kind::NotModelled => "not modelled",
    }
}

const fn status_words(status: Status) -> (&'static str, Option<&'static str>) {
    match status {
        Status::Built => ("built", None),
        Status::NotModelled(reason) => ("not modelled", Some(reason)),
    }
}
