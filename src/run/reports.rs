//! Everything that follows from the worlds of a run, written into its folder.

#[cfg(feature = "charts")]
use crate::report::figures::write_figures;
#[cfg(feature = "charts")]
use crate::report::html::write_report;
use crate::report::{
    Evidence, Language, ReportError, RunFolder, write_crate, write_package, write_tables,
};

#[cfg(feature = "charts")]
pub use crate::report::figures::Remarks;

/// What a reader of the figures should be told: without charts, nothing.
#[cfg(not(feature = "charts"))]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks;

/// Writes tables, figures and report side by side: none of them reads another. Without the feature
/// `charts` there are only tables.
///
/// # Errors
/// When a file cannot be written, a figure cannot be drawn, or stored rows cannot be read.
pub fn write_reports(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    let (pages, figures) = rayon::join(
        || {
            write_tables(evidence, folder)?;
            page(evidence, folder, language)
        },
        || drawn(evidence, folder, language),
    );
    pages?;
    let remarks = figures?;
    write_package(evidence, folder)?;
    write_crate(evidence, folder)?;
    Ok(remarks)
}

#[cfg(feature = "charts")]
fn page(evidence: &Evidence, folder: &RunFolder, language: Language) -> Result<(), ReportError> {
    write_report(evidence, folder, language)
}

#[cfg(feature = "charts")]
fn drawn(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    if !evidence.manifest.figures {
        return Ok(Remarks::default());
    }
    write_figures(evidence, folder, language)
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "as with charts")]
const fn page(_: &Evidence, _: &RunFolder, _: Language) -> Result<(), ReportError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "as with charts")]
const fn drawn(_: &Evidence, _: &RunFolder, _: Language) -> Result<Remarks, ReportError> {
    Ok(Remarks)
}
