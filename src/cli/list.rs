//! `list`: the scenarios and policies that the program contains.

use core::fmt::Write;

use clap::Args;
use serde_json::{Value, json};
use toml::Table;

use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::name::Name;
use crate::scenario::shipped;

/// List the scenarios and policies that the program contains
#[derive(Debug, Args)]
#[command(after_help = "\
A scenario is simulated by its name: zorgdruk run nl-autumn-2021
`zorgdruk init` writes the files, to read and to change.")]
pub(crate) struct ListArguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn list(arguments: &ListArguments) -> Result<(), Failure> {
    let scenarios = named(&shipped::scenarios(), "", "title")?;
    let policies = named(&shipped::policies(), "policies/", "description")?;
    if arguments.json {
        let list = json!({
            "scenarios": as_json(&scenarios, "title"),
            "policies": as_json(&policies, "description"),
        });
        return print(&format!("{list:#}\n"));
    }
    let (scenarios, policies) = (as_text(&scenarios), as_text(&policies));
    print(&format!("Scenarios\n{scenarios}\nPolicies\n{policies}"))
}

/// Files by name, each with its value of `key`.
fn named(
    names: &[&'static str],
    folder: &str,
    key: &str,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let value = |name: &&'static str| {
        let text = shipped::read(&format!("{folder}{name}.toml"))?;
        let table: Table = text.parse()?;
        let value: Option<Name> = (table.get(key).cloned())
            .map(toml::Value::try_into)
            .transpose()?;
        Ok((*name, value.unwrap_or_default().en))
    };
    names.iter().map(value).collect()
}

fn as_json(files: &[(&str, String)], key: &str) -> Value {
    let file = |(name, value): &(&str, String)| json!({ "name": name, key: value });
    files.iter().map(file).collect()
}

fn as_text(files: &[(&str, String)]) -> String {
    let width = files.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or_default();
    files.iter().fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "  {name:width$}  {value}");
        text
    })
}
