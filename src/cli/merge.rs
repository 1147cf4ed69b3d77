//! `merge` combines the shards of a run; the result has the same bytes as an undivided run.

use core::fmt::Write;
use core::ops::Range;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::cli::arguments::{DecimalArguments, QuietArguments, existing};
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::plan::check_same;
use crate::cli::report::{self, Told};
use crate::experiment::Chunk;
use crate::report::folder::SOURCES;
use crate::report::{Manifest, ReportError, RowStore, RunFolder};
use crate::run::checked::sound_manifest;
use crate::run::plan::by_this_program;

/// Combine the shards that `run --shard` simulated into one run
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  zorgdruk run scenarios/small.toml --shard 1/2 --out one
  zorgdruk run scenarios/small.toml --shard 2/2 --out two
  zorgdruk merge whole one two

Folders that are not the shards of one run are wrong usage.")]
pub(crate) struct MergeArguments {
    /// Folder of the combined run
    out: PathBuf,
    /// Folders of all shards, in any order
    #[arg(value_name = "DIR", required = true)]
    shards: Vec<PathBuf>,
    /// Replace the run in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    decimal: DecimalArguments,
    #[command(flatten)]
    quiet: QuietArguments,
}

pub(crate) fn merge(arguments: &MergeArguments) -> Result<(), Failure> {
    let clock = Clock::start();
    refuse_own_input(arguments)?;
    let mut parts = arguments
        .shards
        .iter()
        .map(|path| Part::open(path))
        .collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.worlds().start);
    let whole = whole(&parts)?;
    check(&parts).map_err(|error| unmerged(&error))?;
    let folder =
        RunFolder::create(&arguments.out, existing(arguments.force)).map_err(Failure::output)?;
    write(&parts, &whole, &folder).map_err(Failure::output)?;
    let runtime = clock.runtime(rayon::current_num_threads());
    runtime.write(&folder).map_err(Failure::output)?;
    report::finish(
        &folder,
        arguments.decimal.sign(),
        arguments.quiet.quiet,
        Told::text(arguments.quiet.quiet),
    )
}

/// Refuses to write into a folder that is or contains a shard: its rows would be gone before they are
/// copied.
fn refuse_own_input(arguments: &MergeArguments) -> Result<(), Failure> {
    // A folder that is not there yet holds no shard.
    let Ok(out) = fs::canonicalize(&arguments.out) else {
        return Ok(());
    };
    let is_inside = |path: &&PathBuf| fs::canonicalize(path).is_ok_and(|at| at.starts_with(&out));
    let Some(shard) = arguments.shards.iter().find(is_inside) else {
        return Ok(());
    };
    Err(Failure::Usage(format!(
        "{}: the run cannot be written into a folder that is merged, or around it; name another one",
        shard.display()
    )))
}

/// The folder of a shard.
struct Part {
    path: PathBuf,
    folder: RunFolder,
    manifest: Manifest,
}

impl Part {
    fn open(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: String| Failure::Usage(format!("{}: {what}", path.display()));
        if !RunFolder::is_run(path) {
            return Err(wrong("not the folder of a run".to_owned()));
        }
        let folder = RunFolder::open(path)?;
        let manifest = sound_manifest(&folder)?;
        if manifest.precision.is_some() {
            return Err(wrong("a run with --precision has no shards".to_owned()));
        }
        Ok(Self {
            path: path.to_owned(),
            folder,
            manifest,
        })
    }

    fn worlds(&self) -> Range<u32> {
        self.manifest.replications()
    }

    /// The folder and what part of the whole it holds.
    fn name(&self) -> String {
        let path = self.path.display();
        match self.manifest.shard {
            Some(shard) => format!("{path} (shard {shard})"),
            None => format!("{path} (a whole run)"),
        }
    }
}

/// The manifest of the whole run; `parts` are in the order of their worlds.
fn whole(parts: &[Part]) -> Result<Manifest, Failure> {
    let undivided = |part: &Part| Manifest {
        shard: None,
        ..part.manifest.clone()
    };
    let Some(whole) = parts.first().map(undivided) else {
        return Err(Failure::Usage("there are no shards".to_owned()));
    };
    let first = parts[0].name();
    let foreign = |name: &str| {
        format!("{first} is not of the same run as {name}; the one against the other:")
    };
    check_same(
        &whole,
        &by_this_program(whole.clone()),
        &foreign("this program"),
    )?;
    for part in &parts[1..] {
        check_same(&whole, &undivided(part), &foreign(&part.name()))?;
    }
    let gaps = gaps(parts, whole.n_replications);
    if gaps.is_empty() {
        return Ok(whole);
    }
    Err(Failure::Usage(format!(
        "the shards do not make up a whole run:{gaps}"
    )))
}

/// The worlds that are missing or present twice, one range a line.
fn gaps(parts: &[Part], n: u32) -> String {
    let mut text = String::new();
    let mut next = 0;
    let mut before: Option<&Part> = None;
    for part in parts {
        let worlds = part.worlds();
        if worlds.start > next {
            let _ = write!(text, "\n  {} missing", shown(next..worlds.start));
        }
        if let Some(before) = before.filter(|_| worlds.start < next) {
            let twice = shown(worlds.start..next.min(worlds.end));
            let (one, other) = (before.name(), part.name());
            let _ = write!(text, "\n  {twice} both in {one} and in {other}");
        }
        if worlds.end > next {
            next = worlds.end;
            before = Some(part);
        }
    }
    if next < n {
        let _ = write!(text, "\n  {} missing", shown(next..n));
    }
    text
}

/// Worlds in words.
fn shown(worlds: Range<u32>) -> String {
    match worlds.end - worlds.start {
        1 => format!("world {} is", worlds.start),
        _ => format!("worlds {} to {} are", worlds.start, worlds.end - 1),
    }
}

/// Reads all rows first, so that nothing is replaced by a run that cannot be completed.
fn check(parts: &[Part]) -> Result<(), ReportError> {
    for part in parts {
        let rows = RowStore::reported(&part.folder, &part.manifest);
        rows.chunks()
            .into_par_iter()
            .try_for_each(|number| rows.read_each(number, |_| Ok(())))?;
    }
    Ok(())
}

/// Copies the scenario and the rows of all parts into the folder of the whole.
fn write(parts: &[Part], whole: &Manifest, folder: &RunFolder) -> Result<(), ReportError> {
    let copies = whole.inputs.iter().map(|input| input.file.as_str());
    for file in copies.chain([SOURCES]) {
        folder.write_once(file, &parts[0].folder.read(file)?)?;
    }
    whole.write(folder)?;
    let store = RowStore::reported(folder, whole);
    store.chunks().into_par_iter().try_for_each(|number| {
        let mut records = Vec::new();
        for part in parts {
            let rows = RowStore::reported(&part.folder, &part.manifest);
            if rows.chunks().contains(&number) {
                records.extend(rows.read(number)?.records);
            }
        }
        store.write(&Chunk { number, records })
    })
}

/// A shard whose files cannot be used.
fn unmerged(error: &ReportError) -> Failure {
    let advice = match error {
        error if error.is_foreign_rows() => "",
        ReportError::Rows { .. } | ReportError::Mismatch { .. } => {
            "; `zorgdruk run --resume` simulates it again"
        }
        error if error.is_not_found() => {
            ": the shard did not finish; `zorgdruk run --resume` continues it"
        }
        _ => "",
    };
    Failure::Unexpected(format!("{error}{advice}").into())
}
