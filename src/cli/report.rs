//! `report`: the tables and figures of an earlier run again, from its stored rows.

use crate::cli::arguments::ReportArguments;
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::report::conclusion::conclusion;
use crate::report::{Evidence, Language, RunFolder, write_tables};

pub(crate) fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    if !RunFolder::is_run(&arguments.run_dir) {
        let folder = arguments.run_dir.display();
        return Err(Failure::Usage(format!("{folder}: not the folder of a run")));
    }
    let folder = RunFolder::reopen(&arguments.run_dir).map_err(Failure::output)?;
    let evidence = if arguments.so_far {
        Evidence::gather_prefix(&folder)?
            .ok_or_else(|| Failure::Usage("the run has no world yet".to_owned()))?
    } else {
        Evidence::gather(&folder)?
    };
    let language = arguments.lang.map(Language::from);
    let language = language.unwrap_or(evidence.manifest.language);
    remake(&evidence, &folder, language, arguments.quiet)?;
    if arguments.pdf {
        print_brief(&evidence, &folder, language, arguments.quiet)?;
    }
    conclude(&evidence, &folder, language, arguments.quiet)
}

/// Makes everything that follows from the rows in `folder` of a new run, and prints the conclusion.
pub(crate) fn finish(folder: &RunFolder, quiet: bool) -> Result<(), Failure> {
    write(&Evidence::gather(folder)?, folder, quiet)
}

/// The same of a run that did not finish, from the worlds before the first one that is missing. Gives
/// their number.
pub(crate) fn finish_so_far(folder: &RunFolder, quiet: bool) -> Result<u32, Failure> {
    let Some(evidence) = Evidence::gather_prefix(folder)? else {
        return Ok(0);
    };
    write(&evidence, folder, quiet)?;
    Ok(evidence.manifest.n_replications)
}

fn write(evidence: &Evidence<'_>, folder: &RunFolder, quiet: bool) -> Result<(), Failure> {
    let language = evidence.manifest.language;
    remake(evidence, folder, language, quiet)?;
    conclude(evidence, folder, language, quiet)
}

/// Tables, figures and report, side by side: none of them reads another.
fn remake(
    evidence: &Evidence<'_>,
    folder: &RunFolder,
    language: Language,
    quiet: bool,
) -> Result<(), Failure> {
    use crate::report::html::write_report;
    let (pages, figures) = rayon::join(
        || {
            write_tables(evidence, folder)?;
            write_report(evidence, folder, language)
        },
        || draw(evidence, folder, language, quiet),
    );
    pages.map_err(Failure::output)?;
    figures
}

/// The brief on paper.
fn print_brief(
    evidence: &Evidence<'_>,
    folder: &RunFolder,
    language: Language,
    quiet: bool,
) -> Result<(), Failure> {
    use crate::report::brief::write_brief;
    let missing = write_brief(evidence, folder, language).map_err(Failure::output)?;
    if !quiet && !missing.is_empty() {
        let characters: String = missing.iter().collect();
        crate::cli::remark(&format!(
            "brief.pdf shows a question mark for these characters: {characters}"
        ));
    }
    Ok(())
}

fn conclude(
    evidence: &Evidence<'_>,
    folder: &RunFolder,
    language: Language,
    quiet: bool,
) -> Result<(), Failure> {
    if quiet {
        return Ok(());
    }
    print(&conclusion(evidence, folder, language))
}

fn draw(
    evidence: &Evidence<'_>,
    folder: &RunFolder,
    language: Language,
    quiet: bool,
) -> Result<(), Failure> {
    use crate::report::figures::write_figures;
    if !evidence.manifest.figures {
        return Ok(());
    }
    let remarks = write_figures(evidence, folder, language).map_err(Failure::output)?;
    if quiet {
        return Ok(());
    }
    if !remarks.left_out.is_empty() {
        let names = remarks.left_out.join(", ");
        crate::cli::remark(&format!(
            "left out, for want of worlds or policies, or because nothing of the kind happens: {names}"
        ));
    }
    if !remarks.missing_characters.is_empty() {
        let characters: String = remarks.missing_characters.iter().collect();
        crate::cli::remark(&format!(
            "PNG figures show an empty box for these characters: {characters}"
        ));
    }
    Ok(())
}
