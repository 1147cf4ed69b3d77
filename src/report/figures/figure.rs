//! What a figure is, and its files in the folder of a run.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use crate::chart::ChartError;
use crate::chart::svg::Svg;
use crate::chart::theme::Width;
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::figures::sketch::Sketch;
use crate::report::folder::FIGURES;
use crate::report::phrase::Phrase;
use crate::report::table::{Sheet, Table};
use crate::report::unfinished::Unfinished;
use crate::report::{Language, ReportError, RunFolder, layout};

/// Pixels of a PNG per logical pixel of the figure, which is 1600 wide.
const SCALE: f64 = 1.0;

/// One row of a figure's table.
pub(crate) type Row = Vec<Cell<'static>>;

/// A finished figure.
#[derive(Debug)]
pub struct Figure {
    /// The picture.
    pub svg: Svg,
    /// The numbers in it, one row of cells per mark.
    pub(crate) rows: Vec<Row>,
}

/// A figure, or why it is left out.
pub(crate) type Drawing = Result<Figure, Phrase>;

/// A kind of figure.
pub(crate) struct FigureKind {
    /// Name of its files, without extension.
    pub(crate) name: &'static str,
    /// What readers call it.
    pub(crate) heading: Phrase,
    /// Name of the table of its numbers.
    pub(crate) file: &'static str,
    /// Columns of that table, in groups.
    pub(crate) columns: &'static [&'static [Column]],
    /// Draws it, or says why it is left out.
    pub(super) draw: fn(&Sketch<'_>) -> Result<Drawing, ChartError>,
}

/// What a reader of the figures should be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// Names of figures that were left out, each with the reason.
    pub left_out: Vec<(&'static str, String)>,
    /// Characters that the PNG figures show as empty boxes, each once.
    pub missing_characters: BTreeSet<char>,
}

impl Figure {
    /// Writes the figure called `name` as SVG and PNG, and its numbers into the table `file`; adds
    /// to the remarks which characters are missing.
    pub(super) fn store(
        &self,
        (name, file): (&'static str, &'static str),
        columns: &'static [&'static [Column]],
        (folder, sheet, language): (&RunFolder, &Sheet, Language),
        remarks: &mut Remarks,
    ) -> Result<(), ReportError> {
        let pictures = folder.path().join(FIGURES);
        let picture = layout::picture(name, language, Width::Page);
        save_picture(&self.svg, (name, &picture), &pictures)?;
        Table::new(file, "", columns).save(folder, sheet, |table| {
            self.rows.iter().try_for_each(|row| table.push(row))
        })?;
        let missing = self.svg.missing_characters();
        remarks.missing_characters.extend(missing.chars());
        Ok(())
    }
}

/// Writes a picture of the figure called `name` into `folder` as SVG and PNG.
pub(super) fn save_picture(
    svg: &Svg,
    (name, picture): (&'static str, &str),
    folder: &Path,
) -> Result<(), ReportError> {
    let png = svg.to_png(SCALE).map_err(ReportError::figure(name))?;
    for (extension, bytes) in [("svg", svg.as_str().as_bytes()), ("png", &png)] {
        let path = folder.join(format!("{picture}.{extension}"));
        let mut file = Unfinished::begin(&path)?;
        file.write_all(bytes).map_err(ReportError::file(path))?;
        file.finish()?;
    }
    Ok(())
}

/// A row of cells from anything that makes one.
macro_rules! row {
    ($($cell:expr),+ $(,)?) => {
        vec![$(crate::report::cell::Cell::from($cell)),+]
    };
}
pub(super) use row;
