//! Rows with a wrapped label at the left, or on a phone above, as in ladders and forests.

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Rect, Stroke};
use crate::chart::palette::GRID;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// A label may take this many lines before it is cut.
const MOST_LINES: usize = 5;
/// Between a label and what stands right of it.
const GAP: f64 = 24.0;

/// Labels and the vertical room of each row; tops are relative to the first row.
#[derive(Debug)]
pub(crate) struct RowLabels {
    labels: Vec<Lines>,
    tops: Vec<f64>,
    /// Whether labels stand above their marks.
    above: bool,
    /// Width of the label column with the gap behind it.
    pub(crate) width: f64,
    /// Height of all rows.
    pub(crate) height: f64,
}

impl RowLabels {
    /// Rows as high as their labels need; `most` is the most width of a label beside its marks and `least`
    /// the least height of a row, in logical pixels.
    pub(crate) fn new<'a>(
        theme: &Theme,
        labels: impl IntoIterator<Item = &'a str>,
        (most, least): (f64, f64),
    ) -> Self {
        let above = theme.is_narrow();
        let most = if above { theme.body_width() } else { most };
        let wrapped = |text| Lines::even(theme, text, Style::LABEL, (most, MOST_LINES));
        let labels: Vec<_> = labels.into_iter().map(wrapped).collect();
        let widths = labels.iter().map(|label| label.width(theme));
        let width = if above {
            0.0
        } else {
            widths.fold(0.0, f64::max) + GAP
        };
        let mut height = 0.0;
        let mut tops = Vec::with_capacity(labels.len());
        for label in &labels {
            tops.push(height);
            let own = label.height() + 12.0;
            height += if above { own + least } else { own.max(least) };
        }
        Self {
            labels,
            tops,
            above,
            width,
            height,
        }
    }

    /// Top and bottom of row `idx`, below `top`.
    pub(crate) fn span(&self, idx: usize, top: f64) -> (f64, f64) {
        let end = self.tops.get(idx + 1).copied().unwrap_or(self.height);
        (top + self.tops[idx], top + end)
    }

    /// Top and bottom of the marks of row `idx`, below `top`.
    pub(crate) fn marks(&self, idx: usize, top: f64) -> (f64, f64) {
        let (above, below) = self.span(idx, top);
        (above + self.label_height(idx), below)
    }

    /// Middle of the marks of row `idx`, below `top`.
    pub(crate) fn middle(&self, idx: usize, top: f64) -> f64 {
        let (above, below) = self.marks(idx, top);
        0.5 * (above + below)
    }

    /// Height that a label takes above its marks.
    fn label_height(&self, idx: usize) -> f64 {
        if self.above {
            self.labels[idx].height()
        } else {
            0.0
        }
    }

    /// The labels, left-aligned, and centered in their rows where they stand beside their marks.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, left: f64, top: f64) {
        for (idx, label) in self.labels.iter().enumerate() {
            let beside = self.middle(idx, top) - 0.5 * label.height();
            let y = if self.above {
                self.span(idx, top).0 + 6.0
            } else {
                beside
            };
            canvas.lines(label, (left, y), Anchor::Start);
        }
    }

    /// A vertical line through all rows at `x`, which leaves out the labels that stand above their marks.
    pub(crate) fn draw_vertical(
        &self,
        canvas: &mut Canvas<'_>,
        x: f64,
        area: Rect,
        stroke: Stroke,
    ) {
        if !self.above {
            canvas.vertical(x, (area.top, area.bottom), stroke);
            return;
        }
        for idx in 0..self.labels.len() {
            canvas.vertical(x, self.marks(idx, area.top), stroke);
        }
    }

    /// Thin lines between the rows, across `area`.
    pub(crate) fn draw_separators(&self, canvas: &mut Canvas<'_>, area: Rect) {
        for top in &self.tops {
            canvas.horizontal(area.top + top, area.across(), Stroke::solid(GRID, 1.5));
        }
    }
}

/// Labeled rows below a heading and above a value axis.
#[derive(Debug)]
pub(crate) struct RowPanel {
    title: Lines,
    /// From the heading to the rows.
    gap: f64,
    pub(crate) rows: RowLabels,
}

impl RowPanel {
    /// The rows below a heading, `gap` between them.
    pub(crate) const fn new(title: Lines, gap: f64, rows: RowLabels) -> Self {
        Self { title, gap, rows }
    }

    pub(crate) fn height(&self) -> f64 {
        self.title.height() + self.gap + self.rows.height + BottomAxis::HEIGHT
    }

    /// Writes the heading at the top left of `body` and returns the area of the rows.
    pub(crate) fn draw_title(&self, canvas: &mut Canvas<'_>, body: Rect) -> Rect {
        canvas.lines(&self.title, (body.left, body.top), Anchor::Start);
        let top = body.top + self.title.height() + self.gap;
        Rect::new(body.across(), (top, top + self.rows.height))
    }

    /// Writes separators and labels into the area of the rows.
    pub(crate) fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect) {
        self.rows.draw_separators(canvas, area);
        self.rows.draw(canvas, area.left, area.top);
    }
}
