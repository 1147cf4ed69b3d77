//! Figures: what each one shows, its words, and the numbers behind it as a table.
//!
//! Titles state the finding with numbers of the run, in as many digits as the Monte Carlo error
//! supports. A figure that needs what a run does not have (intervals, with very few worlds) is left
//! out.

mod sketch;
mod figure;
mod reasons;
mod bands;

mod ablation;
mod answer;
mod backtest;
pub mod designs;
mod forest;
mod icons;
mod ladder;
mod loans;
mod occupancy;
mod phases;
mod regions;
mod region_weeks;
mod survival;
mod timeline;
mod price;
mod tradeoff;

pub(crate) use ablation::PICTURES;
pub use ablation::draw_ablation;
pub use backtest::write_backtest_figures;
pub use figure::{Figure, Remarks};
pub(crate) use sketch::Sketch;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::chart::svg::Svg;
use crate::chart::theme::Width;
use crate::report::column::Column;
use crate::report::figures::figure::FigureKind;
use crate::report::figures::figure::save_picture;
use crate::report::{Evidence, Language, ReportError, RunFolder, folder, layout};

/// All figures.
static FIGURES: [FigureKind; 18] = [
    answer::FIGURE,
    icons::FIGURE,
    ladder::FIGURE,
    forest::FIGURE,
    timeline::FIGURE,
    occupancy::FIGURE,
    region_weeks::LATE,
    region_weeks::CUT,
    region_weeks::BY_CLASS,
    survival::FIGURE,
    tradeoff::CUT,
    tradeoff::BEDS,
    tradeoff::VALUE,
    phases::FIGURE,
    regions::MAP,
    regions::TRANSFERS,
    loans::GATE,
    loans::FUNNEL,
];

/// The tables of all figures, with their columns in groups.
pub(crate) fn files() -> impl Iterator<Item = (&'static str, &'static [&'static [Column]])> {
    let figures = FIGURES.iter().map(|kind| (kind.file, kind.columns));
    let plots = backtest::PLOTS.iter();
    figures.chain(plots.map(|plot| (plot.file, &backtest::COLUMNS[..])))
}

/// A figure of a report, or why it is left out.
#[derive(Debug)]
pub struct Drawn {
    /// Name of its files, without extension.
    pub name: &'static str,
    /// What readers call it, in the language of the report.
    pub heading: String,
    /// Columns of the table of its numbers, in groups.
    pub(crate) columns: &'static [&'static [Column]],
    /// The figure, or the reason in words.
    pub figure: Result<Figure, String>,
}

/// Draws all figures, several at a time.
///
/// # Errors
/// [`ReportError::Figure`] when a figure cannot be drawn.
pub fn draw_all(
    evidence: &Evidence,
    language: Language,
    width: Width,
) -> Result<Vec<Drawn>, ReportError> {
    let sketch = Sketch::new(evidence, language, width).map_err(ReportError::figure("theme"))?;
    FIGURES.par_iter().map(|kind| draw(kind, &sketch)).collect()
}

/// Draws the figure called `name`; `None` when it is left out.
pub(crate) fn draw_one(sketch: &Sketch<'_>, name: &str) -> Result<Option<Svg>, ReportError> {
    let Some(kind) = FIGURES.iter().find(|kind| kind.name == name) else {
        return Ok(None);
    };
    Ok(draw(kind, sketch)?.figure.ok().map(|figure| figure.svg))
}

fn draw(kind: &FigureKind, sketch: &Sketch<'_>) -> Result<Drawn, ReportError> {
    let drawing = (kind.draw)(sketch).map_err(ReportError::figure(kind.name))?;
    Ok(Drawn {
        name: kind.name,
        heading: sketch.text(kind.heading),
        columns: kind.columns,
        figure: drawing.map_err(|reason| sketch.text(reason)),
    })
}

/// Draws all figures into the folder of a run, each as SVG, PNG and table.
///
/// # Errors
/// [`ReportError::Figure`] when one cannot be drawn, [`ReportError::File`] when one cannot be
/// written.
pub fn write_figures(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    let drawn = draw_all(evidence, language, Width::Page)?;
    let sheet = evidence.sheet();
    let mut remarks = Remarks::default();
    // One after another: pixels of two large figures at once would be most of a report's memory.
    for (kind, drawn) in FIGURES.iter().zip(drawn) {
        match drawn.figure {
            Ok(figure) => {
                figure.store(
                    (kind.name, kind.file),
                    kind.columns,
                    (folder, &sheet, language),
                    &mut remarks,
                )?;
            }
            Err(reason) => remarks.left_out.push((kind.name, reason)),
        }
    }
    Ok(remarks)
}

/// Draws all figures into the folder of a run in a width, each as SVG and PNG beside those of a page.
///
/// # Errors
/// As [`write_figures`].
pub fn write_pictures(
    evidence: &Evidence,
    folder: &RunFolder,
    language: Language,
    width: Width,
) -> Result<(), ReportError> {
    let pictures = folder.path().join(folder::FIGURES);
    for drawn in draw_all(evidence, language, width)? {
        if let Ok(figure) = drawn.figure {
            let name = layout::picture(drawn.name, language, width);
            save_picture(&figure.svg, (drawn.name, &name), &pictures)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::is_figure;

    #[test]
    fn every_figure_is_known_as_one_of_a_run() {
        for (file, _) in files() {
            let name = file.trim_start_matches("figures/");
            assert!(
                is_figure(name),
                "{file} would stay when its run is replaced"
            );
        }
    }
}
