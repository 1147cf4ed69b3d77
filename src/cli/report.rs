//! `report`: the tables and figures of an earlier run again, from its stored rows.

use crate::cli::arguments::ReportArguments;
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::report::conclusion::conclusion;
use crate::report::{Evidence, Language, RunFolder, write_tables};

pub(crate) fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    let folder = RunFolder::open(&arguments.run_dir)?;
    finish(&folder, arguments.lang.map(Language::from), arguments.quiet)
}

/// Makes everything that follows from the rows in `folder`, and prints the conclusion.
pub(crate) fn finish(
    folder: &RunFolder,
    language: Option<Language>,
    quiet: bool,
) -> Result<(), Failure> {
    let evidence = Evidence::gather(folder)?;
    let language = language.unwrap_or(evidence.manifest.language);
    write_tables(&evidence, folder).map_err(Failure::output)?;
    if quiet {
        return Ok(());
    }
    print(&conclusion(&evidence, folder, language))
}
