//! Rows with a wrapped label at the left: the frame of ladders, forests and heat maps.

use crate::chart::canvas::{Anchor, Canvas, Rect, Stroke};
use crate::chart::palette::GRID;
use crate::chart::text::{Room, wrap_evenly};
use crate::chart::theme::{Style, Theme};

/// A label may take this many lines before it is cut.
const MOST_LINES: usize = 5;
/// Between a label and what stands right of it.
const GAP: f64 = 24.0;

/// The most width of a label and the least height of a row, in logical pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowRoom {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Labels and the vertical room of each row; tops are relative to the first row.
#[derive(Debug)]
pub(crate) struct Rows {
    labels: Vec<Vec<String>>,
    tops: Vec<f64>,
    /// Width of the label column with the gap behind it.
    pub(crate) label_width: f64,
    pub(crate) height: f64,
}

impl Rows {
    /// Rows as high as their labels need.
    pub(crate) fn set<'a>(
        theme: &Theme,
        labels: impl IntoIterator<Item = &'a str>,
        least: RowRoom,
    ) -> Self {
        let room = Room {
            width: least.width,
            lines: MOST_LINES,
        };
        let labels: Vec<_> = labels
            .into_iter()
            .map(|text| wrap_evenly(theme, text, Style::LABEL, room))
            .collect();
        let lines = labels.iter().flatten().map(String::as_str);
        let label_width = theme.widest(lines, Style::LABEL) + GAP;
        let mut height = 0.0;
        let mut tops = Vec::with_capacity(labels.len());
        for label in &labels {
            tops.push(height);
            height += (Style::LABEL.block_height(label.len()) + 12.0).max(least.height);
        }
        Self {
            labels,
            tops,
            label_width,
            height,
        }
    }

    /// Top and bottom of row `idx`, below `top`.
    pub(crate) fn span(&self, idx: usize, top: f64) -> (f64, f64) {
        let end = self.tops.get(idx + 1).copied().unwrap_or(self.height);
        (top + self.tops[idx], top + end)
    }

    /// Middle of row `idx`, below `top`.
    pub(crate) fn middle(&self, idx: usize, top: f64) -> f64 {
        let (above, below) = self.span(idx, top);
        0.5 * (above + below)
    }

    /// The labels, left-aligned and centered in their rows.
    pub(crate) fn draw_labels(&self, canvas: &mut Canvas<'_>, left: f64, top: f64) {
        for (idx, lines) in self.labels.iter().enumerate() {
            let block = Style::LABEL.block_height(lines.len());
            let at = (left, self.middle(idx, top) - 0.5 * block);
            canvas.lines(lines, at, Anchor::Start, Style::LABEL);
        }
    }

    /// Thin lines between the rows, across `area`.
    pub(crate) fn draw_separators(&self, canvas: &mut Canvas<'_>, area: Rect) {
        for at in &self.tops {
            let y = area.top + at;
            canvas.line(
                vec![(area.left, y), (area.right, y)],
                Stroke::solid(GRID, 1.5),
            );
        }
    }
}
