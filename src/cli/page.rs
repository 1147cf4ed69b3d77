//! `page`: a scenario as a page on which readers turn its levers.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::arguments::{
    ChangeArguments, LanguageArguments, QuietArguments, StudyArguments, WorldArguments,
};
use crate::cli::failure::Failure;
use crate::cli::output::{check_writable, save};
use crate::cli::plan::asked;
use crate::cli::terminal::remark;
use crate::report::RunFolder;
use crate::run::CheckedScenario;
use crate::run::checked::sound_manifest;
use crate::run::page::{Chosen, fill};

/// Name of the template beside the program.
const TEMPLATE: &str = "zorgdruk-page.html";

/// Write a page on which readers turn the levers of a scenario: one file, without network
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk page small -o what-if.html
  zorgdruk page output/small-1 -o what-if.html --lang nl")]
pub(crate) struct PageArguments {
    /// The scenario, or the folder of an earlier run
    #[arg(value_name = "SCENARIO|RUN_DIR")]
    origin: PathBuf,
    /// Write the page into this file
    #[arg(short, long, value_name = "FILE", default_value = "what-if.html")]
    out: PathBuf,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
    /// The page without a scenario, which web/build.sh makes. By default, zorgdruk-page.html beside the
    /// program or in a folder above it
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Choose this policy at first; may be repeated. By default, the baseline and the first other one, or
    /// those of the run
    #[arg(long = "policy", value_name = "KEY")]
    policies: Vec<String>,
    #[command(flatten)]
    worlds: WorldArguments,
    #[command(flatten)]
    changes: ChangeArguments,
    #[command(flatten)]
    language: LanguageArguments,
    #[command(flatten)]
    quiet: QuietArguments,
}

pub(crate) fn page(arguments: &PageArguments) -> Result<(), Failure> {
    check_writable(&arguments.out, arguments.force)?;
    let template = template(arguments.template.as_deref())?;
    let study = StudyArguments {
        changes: arguments.changes.clone(),
        ..StudyArguments::default()
    };
    let checked = asked(&arguments.origin, &study, true)?;
    let page = fill(&template, &checked, &chosen(arguments, &checked)?)?;
    save(&arguments.out, page.as_bytes())?;
    if !arguments.quiet.quiet {
        remark(&format!("open {} in a browser", arguments.out.display()));
    }
    Ok(())
}

/// What the reader finds chosen at first.
fn chosen(arguments: &PageArguments, checked: &CheckedScenario) -> Result<Chosen, Failure> {
    let run = RunFolder::is_run(&arguments.origin)
        .then(|| sound_manifest(&RunFolder::open(&arguments.origin)?))
        .transpose()?;
    let (worlds, model) = (&arguments.worlds, &checked.model);
    let seed = run.as_ref().map_or(model.defaults.seed, |run| run.seed);
    let n = (run.as_ref()).map_or(model.defaults.n_replications, |run| run.n_replications);
    let mut narrowed = checked.clone();
    narrowed.keep_policies(&arguments.policies)?;
    let keys = narrowed
        .model
        .policies
        .iter()
        .map(|policy| policy.key.clone());
    let is_default = arguments.policies.is_empty() && run.is_none();
    Ok(Chosen {
        origin: arguments.origin.display().to_string(),
        given: arguments.changes.set.clone(),
        policies: if is_default {
            two(checked)
        } else {
            keys.collect()
        },
        seed: worlds.seed.seed.unwrap_or(seed),
        replications: worlds.replications.unwrap_or(n),
        language: arguments.language.or_english(),
    })
}

/// The baseline and the first other policy, in the order of the scenario.
fn two(checked: &CheckedScenario) -> Vec<String> {
    let baseline = &checked.baseline().key;
    let keys = checked.model.policies.iter().map(|policy| &policy.key);
    let other = keys.clone().find(|key| *key != baseline);
    keys.filter(|key| *key == baseline || Some(*key) == other)
        .cloned()
        .collect()
}

/// The text of the template.
fn template(given: Option<&Path>) -> Result<String, Failure> {
    let found = match given {
        Some(path) => path.to_owned(),
        None => beside_program().ok_or_else(|| Failure::Usage(MISSING.to_owned()))?,
    };
    fs::read_to_string(&found)
        .map_err(|error| Failure::Usage(format!("{}: {error}", found.display())))
}

/// The template in the folder of the program, or in one above it.
fn beside_program() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let folders = program.ancestors().skip(1).take(2);
    let mut places = folders.map(|folder| folder.join(TEMPLATE));
    places.find(|place| place.is_file())
}

const MISSING: &str = "\
there is no zorgdruk-page.html beside the program, the page without a scenario that this command fills.
In the folder of the source code, with Node and npm installed:
  rustup target add wasm32-unknown-unknown
  web/build.sh
  zorgdruk page SCENARIO --template target/zorgdruk-page.html";
