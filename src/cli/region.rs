//! `region`: one region of a country as a scenario of its own.

use core::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::{QuietArguments, ScenarioArguments};
use crate::cli::design::failure;
use crate::cli::failure::Failure;
use crate::cli::output::{check_free, print, save};
use crate::design::region::{Cut, CutError, cut};

/// Cut one region out of a scenario: its own hospitals, patients, beds, clinics and lists
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk region nl-autumn-2021 limburg --out limburg.toml
  zorgdruk run limburg.toml")]
pub(crate) struct RegionArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Key of the region
    region: String,
    /// Write the scenario of the region into this file. By default, to standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace what is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    quiet: QuietArguments,
}

pub(crate) fn region(arguments: &RegionArguments) -> Result<(), Failure> {
    let checked = arguments.scenario.load()?;
    let cut = cut(&checked.scenario, &arguments.region).map_err(|error| match error {
        CutError::Region(message) => Failure::Usage(message),
        CutError::Design(error) => failure(error, &checked),
    })?;
    let Some(file) = &arguments.out else {
        return print(&cut.text);
    };
    check_free(file, arguments.force)?;
    save(file, cut.text.as_bytes())?;
    if arguments.quiet.quiet {
        return Ok(());
    }
    print(&told(&cut))
}

/// Lists the figures that were scaled, by share, and tells how the region differs from the country.
fn told(cut: &Cut) -> String {
    let mut text = String::new();
    let mut shares: Vec<&str> = Vec::new();
    for one in &cut.scaled {
        if !shares.contains(&one.share) {
            shares.push(one.share);
        }
    }
    for share in shares {
        let of_share = cut.scaled.iter().filter(|one| one.share == share);
        let _ = writeln!(text, "Scaled: {share}");
        for one in of_share {
            let _ = writeln!(text, "  {} x {}", one.path, one.times());
        }
    }
    for remark in &cut.remarks {
        let _ = writeln!(text, "\n{remark}");
    }
    text
}
