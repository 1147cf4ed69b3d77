//! Writes results to standard output, or into files that are complete or absent.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::characters::shown;
use crate::cli::failure::Failure;
use crate::report::ReportError;
use crate::report::unfinished::Unfinished;

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(shown(text).as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Lets `write` write a result into a file, or without one to standard output.
pub(crate) fn write_to(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), Failure> {
    let Some(path) = file else {
        if io::stdout().is_terminal() {
            let mut text = Vec::new();
            write(&mut text)?;
            return print(&String::from_utf8_lossy(&text));
        }
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()?;
        return Ok(());
    };
    let mut file = Unfinished::begin(path).map_err(Failure::output)?;
    write(&mut file).map_err(Failure::output)?;
    file.finish().map_err(Failure::output)
}

/// Writes a table into a file and prints `text`, which says the same to a reader. Without a file, a
/// terminal gets the text and a pipe the table.
pub(crate) fn show(
    file: Option<&Path>,
    is_quiet: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
    text: impl FnOnce() -> String,
) -> Result<(), Failure> {
    if file.is_none() && !goes_to_pipe(file) {
        return print(&text());
    }
    write_to(file, write)?;
    if file.is_some() && !is_quiet {
        return print(&text());
    }
    Ok(())
}

/// Whether a table goes to a pipe, for want of a file and a terminal.
pub(crate) fn goes_to_pipe(file: Option<&Path>) -> bool {
    file.is_none() && !io::stdout().is_terminal()
}

/// Writes a file.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = |file: &mut dyn Write| file.write_all(bytes).map_err(ReportError::file(path));
    write_to(Some(path), write)
}

/// Writes files that belong together: none appears unless there is room for all.
pub(crate) fn save_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let write = |(path, bytes): &(PathBuf, Vec<u8>)| {
        let mut file = Unfinished::begin(path)?;
        let written = file.write_all(bytes).and_then(|()| file.flush());
        written.map_err(ReportError::file(path)).map(|()| file)
    };
    let unfinished: Result<Vec<_>, _> = files.iter().map(write).collect();
    let mut unfinished = unfinished.map_err(Failure::output)?.into_iter();
    unfinished.try_for_each(|file| file.finish().map_err(Failure::output))
}

/// Refuses to replace an earlier file, unless that was asked for; a folder is never replaced.
pub(crate) fn check_free(file: &Path, may_replace: bool) -> Result<(), Failure> {
    if file.is_dir() {
        let error = ReportError::file(file)(ErrorKind::IsADirectory.into());
        return Err(Failure::output(error));
    }
    if file.exists() && !may_replace {
        return Err(Failure::output(ReportError::Exists(file.to_owned())));
    }
    Ok(())
}

/// Makes sure, before anything is simulated, that a file can be written afterwards.
pub(crate) fn check_writable(file: &Path, may_replace: bool) -> Result<(), Failure> {
    check_free(file, may_replace)?;
    Unfinished::begin(file).map(drop).map_err(Failure::output)
}
