//! Figures: what each one shows, its words, and the numbers behind it as a table.
//!
//! Titles state the finding with numbers of the run, in as many digits as the Monte Carlo error
//! supports. A figure that needs what a run does not have (intervals, with very few worlds) is left
//! out.

mod sketch;
mod figure;
mod bands;

mod ablation;
mod answer;
mod backtest;
pub mod designs;
mod forest;
mod heat;
mod ladder;
mod loans;
mod occupancy;
mod phases;
mod regions;
mod survival;
mod timeline;
mod tradeoff;

pub(crate) use ablation::PICTURES;
pub use ablation::draw_ablation;
pub use backtest::write_backtest_figures;
pub use figure::{Figure, Remarks};
pub(crate) use sketch::Sketch;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::chart::svg::Svg;
use crate::report::column::Column;
use crate::report::figures::figure::FigureKind;
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// All figures.
static FIGURES: [FigureKind; 15] = [
    answer::FIGURE,
    ladder::FIGURE,
    forest::FIGURE,
    timeline::FIGURE,
    occupancy::FIGURE,
    heat::FIGURE,
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

/// Draws all figures, several at a time; `None` for one that needs more worlds.
///
/// # Errors
/// [`ReportError::Figure`] when a figure cannot be drawn.
pub fn draw_all(
    evidence: &Evidence,
    language: Language,
) -> Result<Vec<(&'static str, Option<Figure>)>, ReportError> {
    let sketch = Sketch::new(evidence, language).map_err(ReportError::figure("theme"))?;
    FIGURES
        .par_iter()
        .map(|kind| Ok((kind.name, draw(kind, &sketch)?)))
        .collect()
}

/// Draws the figure called `name`; `None` when it needs more worlds.
pub(crate) fn draw_one(sketch: &Sketch<'_>, name: &str) -> Result<Option<Svg>, ReportError> {
    let Some(kind) = FIGURES.iter().find(|kind| kind.name == name) else {
        return Ok(None);
    };
    Ok(draw(kind, sketch)?.map(|figure| figure.svg))
}

fn draw(kind: &FigureKind, sketch: &Sketch<'_>) -> Result<Option<Figure>, ReportError> {
    (kind.draw)(sketch).map_err(ReportError::figure(kind.name))
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
    let drawn = draw_all(evidence, language)?;
    let sheet = evidence.sheet();
    let mut remarks = Remarks::default();
    // One after another: pixels of two large figures at once would be most of a report's memory.
    for (kind, (name, figure)) in FIGURES.iter().zip(drawn) {
        match figure {
            Some(figure) => {
                figure.store(
                    (name, kind.file),
                    kind.columns,
                    (folder, &sheet, language),
                    &mut remarks,
                )?;
            }
            None => remarks.left_out.push(name),
        }
    }
    Ok(remarks)
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
