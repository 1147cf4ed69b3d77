//! `levers`: every value of a scenario that can be changed, and what is known about it.

use core::fmt::Write;

use clap::Args;
use serde_json::Value;

use crate::cli::arguments::ScenarioArguments;
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::scenario::Lever;

/// List the values of a scenario that `--set` changes, with range, unit, meaning, source and belief
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk levers small | less
  zorgdruk levers nl-autumn-2021 --json")]
pub(crate) struct LeversArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn levers(arguments: &LeversArguments) -> Result<(), Failure> {
    let levers = arguments.scenario.load()?.scenario.levers();
    if arguments.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&levers)?));
    }
    print(&levers.iter().map(as_text).collect::<String>())
}

fn as_text(lever: &Lever) -> String {
    let value = match &lever.value {
        Value::Null => "not given".to_owned(),
        value => value.to_string(),
    };
    let mut text = format!("{} = {value}\n", lever.path);
    let allowed = match (&lever.minimum, &lever.maximum) {
        (Value::Null, _) => lever.choices.join(", "),
        (least, most) => format!("{least} to {most} {}", lever.unit),
    };
    let belief = match &lever.belief {
        Value::Null => String::new(),
        belief => belief.to_string(),
    };
    let sentences = lever.sentences.join(", ");
    for (what, said) in [
        ("meaning", lever.meaning.as_str()),
        ("allowed", allowed.trim_end()),
        ("source", &lever.source),
        ("belief", &belief),
        ("turns", &sentences),
    ] {
        if !said.is_empty() {
            let _ = writeln!(text, "  {what:<7}  {said}");
        }
    }
    text
}
