//! `init`: a folder to work in, with the scenarios of the program, a study to begin with, and scripts
//! that read its results.

use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use crate::cli::failure::Failure;
use crate::cli::output::{print, save_all};
use crate::cli::shell::quoted;
use crate::scenario::shipped;

/// What is written beside the scenarios.
static START: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/start");
/// A scenario with only what has no default, and its name.
const EMPTY: &str = include_str!("../../assets/empty/scenario.toml");
const SCENARIO: &str = "scenario.toml";
/// Folder of the scenarios.
const SCENARIOS: &str = "scenarios";
/// The study to begin with; it stands among the scenarios, because it builds on one of them.
const STUDY: &str = "my-study.toml";
/// Scenarios for `verify` only.
const KNOWN_ANSWERS: &str = "verify/";

/// Write the scenarios and policies that the program contains, a study to begin with, and scripts that
/// read results
#[derive(Debug, Args)]
#[command(after_help = "Nothing is ever replaced: where one of the files exists, none is written.")]
pub(crate) struct InitArguments {
    /// The folder to write into
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write one scenario instead, with only what has no default, to be filled in
    #[arg(long)]
    empty: bool,
}

pub(crate) fn init(arguments: &InitArguments) -> Result<(), Failure> {
    let folder = &arguments.folder;
    let (study, files) = if arguments.empty {
        let scenario = vec![(folder.join(SCENARIO), EMPTY.as_bytes().to_vec())];
        (PathBuf::from(SCENARIO), scenario)
    } else {
        (Path::new(SCENARIOS).join(STUDY), files(folder))
    };
    let mut there = files
        .iter()
        .filter(|(path, _)| path.symlink_metadata().is_ok());
    if let Some((path, _)) = there.next() {
        return Err(Failure::Output(format!(
            "{} exists already, so nothing was written; name another folder",
            path.display()
        )));
    }
    save_all(&files)?;
    let go = if folder == Path::new(".") {
        String::new()
    } else {
        format!("  cd {}\n", quoted(&folder.to_string_lossy()))
    };
    print(&format!(
        "{}; change {study}, and then:\n{go}  zorgdruk check {study}\n  zorgdruk run {study}\n",
        n_files(files.len()),
        study = study.display(),
    ))
}

fn n_files(n: usize) -> String {
    match n {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    }
}

/// The files with their content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let scenarios = shipped::files().into_iter();
    let scenarios = scenarios.filter(|(name, _)| !name.starts_with(KNOWN_ANSWERS));
    let scenarios = scenarios.map(|(name, text)| {
        let path = folder.join(SCENARIOS).join(name);
        (path, text.as_bytes().to_vec())
    });
    let start = START.files().map(|file| {
        let is_study = file.path() == Path::new(STUDY);
        let above = if is_study { SCENARIOS } else { "" };
        let path = folder.join(above).join(file.path());
        (path, file.contents().to_vec())
    });
    scenarios.chain(start).collect()
}
