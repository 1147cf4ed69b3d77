//! The one look of all charts: sizes, weights, measured text.

use std::collections::BTreeSet;

use crate::chart::font::{Face, REGULAR, SEMIBOLD};
use crate::chart::input::ChartError;
use crate::chart::numbers::{DateWords, NumberStyle};
use crate::chart::palette::{INK, MUTED, Rgb};

/// Free paper at all four sides of a figure, in logical pixels.
pub(crate) const MARGIN: f64 = 36.0;
/// Smallest type: 11 points in a figure printed 16 cm wide, 16 pixels on a phone.
pub(crate) const TEXT_SIZE: f64 = 39.0;
/// Distance of two baselines, in em.
pub(crate) const LEADING: f64 = 1.25;
/// Font families for a browser or renderer; the first is embedded for PNG.
pub(crate) const FAMILIES: &str = "Open Sans, Arial, Helvetica, sans-serif";

/// Where a figure is read. Type has one size in logical pixels, so a narrow figure is laid out anew and not
/// made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// A column of a phone: labels stand above what they name.
    Phone,
    /// A page of A4 or of the report: labels stand beside what they name.
    #[default]
    Page,
    /// A slide: panels stand side by side.
    Slide,
}

impl Width {
    /// In logical pixels; a page printed 16 cm wide has 3.53 of them in a point.
    const fn pixels(self) -> f64 {
        match self {
            Self::Phone => 960.0,
            Self::Page => 1600.0,
            Self::Slide => 2400.0,
        }
    }
}

/// How a chart writes and measures. Colors and sizes are fixed, so that all figures of a report
/// look alike.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Separators of printed numbers.
    pub numbers: NumberStyle,
    /// Words of date axes.
    pub dates: DateWords,
    /// Where its figures are read.
    pub figure_width: Width,
    regular: Face,
    semibold: Face,
}

impl Theme {
    /// A theme that writes numbers and dates as given.
    ///
    /// # Errors
    /// [`ChartError::Font`] when an embedded face cannot be read.
    pub fn new(numbers: NumberStyle, dates: DateWords) -> Result<Self, ChartError> {
        Ok(Self {
            numbers,
            dates,
            figure_width: Width::Page,
            regular: Face::parse(REGULAR, "Open Sans Regular")?,
            semibold: Face::parse(SEMIBOLD, "Open Sans Semibold")?,
        })
    }

    /// Width of a figure.
    pub(crate) const fn page_width(&self) -> f64 {
        self.figure_width.pixels()
    }

    /// Width of what stands between title and caption.
    pub(crate) fn body_width(&self) -> f64 {
        self.page_width() - 2.0 * MARGIN
    }

    /// Whether labels stand above what they name.
    pub(crate) fn is_narrow(&self) -> bool {
        self.figure_width == Width::Phone
    }

    /// Width of `text` on one line, in logical pixels.
    pub(crate) fn width(&self, text: &str, style: Style) -> f64 {
        self.face(style.weight).width(text) * style.size
    }

    pub(crate) const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }

    /// The characters of `text` that the embedded faces lack, each once.
    pub(crate) fn missing(&self, text: &str) -> BTreeSet<char> {
        let lacks = |c: &char| !(self.regular.has(*c) && self.semibold.has(*c));
        text.chars().filter(lacks).collect()
    }

    /// Width of the widest of `texts`; 0 when there is none.
    pub(crate) fn widest<T: AsRef<str>>(
        &self,
        texts: impl IntoIterator<Item = T>,
        style: Style,
    ) -> f64 {
        let widths = texts
            .into_iter()
            .map(|text| self.width(text.as_ref(), style));
        widths.fold(0.0, f64::max)
    }
}

/// Regular or semibold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Semibold,
}

/// Size in logical pixels, weight and color of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) color: Rgb,
}

impl Style {
    pub(crate) const SUBTITLE: Self = Self::new(41.0, Weight::Regular, INK);
    pub(crate) const PANEL: Self = Self::new(41.0, Weight::Semibold, INK);
    pub(crate) const LABEL: Self = Self::new(TEXT_SIZE, Weight::Regular, INK);
    pub(crate) const QUIET: Self = Self::new(TEXT_SIZE, Weight::Regular, MUTED);

    pub(crate) const fn new(size: f64, weight: Weight, color: Rgb) -> Self {
        Self {
            size,
            weight,
            color,
        }
    }

    /// The title's style at one of its sizes.
    pub(crate) const fn title(size: f64) -> Self {
        Self::new(size, Weight::Semibold, INK)
    }

    pub(crate) const fn colored(self, color: Rgb) -> Self {
        Self { color, ..self }
    }

    /// Height of one line with its leading.
    pub(crate) fn line_height(self) -> f64 {
        self.size * LEADING
    }

    /// Height of `lines` lines.
    pub(crate) fn block_height(self, lines: usize) -> f64 {
        self.line_height() * lines as f64
    }

    /// Baseline of a line whose line box starts at `top`.
    pub(crate) fn baseline_below(self, top: f64) -> f64 {
        top + self.line_height() * 0.5 + self.size * CAP_CENTER
    }

    /// Baseline of a line whose capitals are centered at `middle`.
    pub(crate) fn baseline_around(self, middle: f64) -> f64 {
        middle + self.size * CAP_CENTER
    }
}

/// Half the height of a capital of Open Sans (1462 of 2048 units), in em.
const CAP_CENTER: f64 = 0.357;
