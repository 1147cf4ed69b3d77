//! `export`: the worlds of a run themselves.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::cli::arguments::DecimalArguments;
use crate::cli::failure::Failure;
use crate::cli::output::{check_free, write_to};
use crate::report::RunFolder;
use crate::report::worlds::{self, Grain, write_worlds};
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
    /// Format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Csv)]
    format: Format,
    #[command(flatten)]
    decimal: DecimalArguments,
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
    let format = format(arguments)?;
    let out = arguments.out.as_deref();
    if let Some(file) = out {
        check_free(file, arguments.force)?;
    }
    let folder = RunFolder::open(&arguments.run_dir)?;
    let manifest = sound_manifest(&folder)?;
    let write = |file: &mut dyn std::io::Write| {
        write_worlds(&folder, &manifest, arguments.worlds, format, file)
    };
    write_to(out, write)
}

fn format(arguments: &ExportArguments) -> Result<worlds::Format, Failure> {
    match arguments.format {
        Format::Csv => Ok(worlds::Format::Csv(arguments.decimal.sign())),
        Format::Jsonl => Ok(worlds::Format::JsonLines),
        Format::Parquet if arguments.out.is_none() => {
            let message = "Parquet is for files: name one with --out";
            Err(Failure::Usage(message.to_owned()))
        }
        Format::Parquet => parquet(),
    }
}

#[cfg(feature = "parquet")]
#[expect(clippy::unnecessary_wraps, reason = "as without Parquet")]
const fn parquet() -> Result<worlds::Format, Failure> {
    Ok(worlds::Format::Parquet)
}

#[cfg(not(feature = "parquet"))]
fn parquet() -> Result<worlds::Format, Failure> {
    let message = "this program was built without Parquet: `cargo install --path . --features parquet` \
                   builds one with it";
    Err(Failure::Usage(message.to_owned()))
}

fn grain() -> impl TypedValueParser<Value = Grain> {
    PossibleValuesParser::new(Grain::ALL.map(|(name, _)| name)).map(|name| {
        let named = Grain::ALL.into_iter().find(|(known, _)| *known == name);
        named.map_or(Grain::Day, |(_, grain)| grain)
    })
}

/// The formats, as they are asked for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Comma-separated values
    Csv,
    /// One JSON object per line
    Jsonl,
    /// Apache Parquet, for a file; only in a program that was built with it
    Parquet,
}
