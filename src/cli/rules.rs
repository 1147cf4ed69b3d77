//! `rules`: the sentences of the policy documents, what they are, and what turns them.

use core::fmt::Write;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::policy::registry::{entries, markdown};
use crate::policy::sentence::{Entry, Kind, Role};

/// List the sentences of the policy documents, and what sets them
#[derive(Debug, Args)]
pub(crate) struct RulesArguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the page that says of each sentence what it is and how it is switched off, as Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

pub(crate) fn rules(arguments: &RulesArguments) -> Result<(), Failure> {
    if arguments.json {
        let rules: Vec<Value> = entries().map(as_json).collect();
        return print(&format!("{:#}\n", Value::from(rules)));
    }
    if arguments.markdown {
        return print(&markdown());
    }
    print(&entries().map(as_text).collect::<String>())
}

fn as_text(entry: &Entry) -> String {
    let kinds = kind_words(entry).join(", ");
    let (status, reason) = status_words(entry.role);
    let mut text = format!("{}  {status}: {kinds}\n     {}\n", entry.id, entry.text);
    if let Some(reason) = reason {
        let _ = writeln!(text, "     because: {reason}");
    }
    if !entry.levers.is_empty() {
        let _ = writeln!(text, "     set by {}", entry.levers.join(", "));
    }
    text
}

fn as_json(entry: &Entry) -> Value {
    let (status, reason) = status_words(entry.role);
    json!({
        "id": entry.id.to_string(),
        "kinds": kind_words(entry),
        "sentence": entry.text,
        "status": status,
        "reason": reason,
        "levers": entry.levers,
    })
}

fn kind_words(entry: &Entry) -> Vec<&'static str> {
    let word = |kind: &Kind| match kind {
        Kind::Decision => "decision",
        Kind::Trigger => "trigger",
        Kind::Constraint => "constraint",
        Kind::Parameter => "parameter",
        Kind::Information => "information",
        Kind::Output => "output",
        Kind::NotModeled => "not modeled",
    };
    entry.kinds.iter().map(word).collect()
}

const fn status_words(role: Role) -> (&'static str, Option<&'static str>) {
    match role {
        Role::Switch(..) | Role::Always(_) => ("built", None),
        Role::NotModeled(reason) => ("not modeled", Some(reason)),
    }
}
