//! `export`: the worlds of a run themselves.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::failure::Failure;
use crate::cli::output::{check_free, write_to};
use crate::report::RunFolder;
use crate::report::worlds::{Format, Grain, write_worlds};
use crate::run::checked::sound_manifest;

/// Write the worlds of a run themselves as one table, one world at a time in memory
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk export output/small-1 --worlds day --out days.csv
  zorgdruk export output/small-1 --worlds waits --format jsonl | head")]
pub(crate) struct ExportArguments {
    /// Folder of an earlier run
    run_dir: PathBuf,
    /// What is looked at: national series by day, measures by region and week, or waits of critical
    /// patients
    #[arg(long, value_name = "GRAIN", value_parser = grain())]
    worlds: Grain,
    /// Format: comma-separated values, or one JSON object per line
    #[arg(long, value_name = "FORMAT", value_parser = format(), default_value = "csv")]
    format: Format,
    /// Write into this file. By default, to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace what is there already
    #[arg(long)]
    force: bool,
}

pub(crate) fn export(arguments: &ExportArguments) -> Result<(), Failure> {
    if !RunFolder::is_run(&arguments.run_dir) {
        let folder = arguments.run_dir.display();
        return Err(Failure::Usage(format!("{folder}: not the folder of a run")));
    }
    let out = arguments.out.as_deref();
    if let Some(file) = out {
        check_free(file, arguments.force)?;
    }
    let folder = RunFolder::open(&arguments.run_dir)?;
    let manifest = sound_manifest(&folder)?;
    let write = |file: &mut dyn std::io::Write| {
        write_worlds(&folder, &manifest, arguments.worlds, arguments.format, file)
    };
    write_to(out, write)
}

fn grain() -> impl TypedValueParser<Value = Grain> {
    PossibleValuesParser::new(Grain::ALL.map(|(name, _)| name)).map(|name| {
        let named = Grain::ALL.into_iter().find(|(known, _)| *known == name);
        named.map_or(Grain::Day, |(_, grain)| grain)
    })
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["csv", "jsonl"]).map(|name| match name.as_str() {
        "jsonl" => Format::JsonLines,
        _ => Format::Csv,
    })
}
