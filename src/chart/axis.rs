//! Value axes: horizontal grid lines with labels at the left, and an axis along the bottom.

use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Rect, Stroke};
use crate::chart::palette::{GRID, MUTED};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::theme::{Style, Theme};

/// Between a tick label and the plot.
pub(crate) const LABEL_GAP: f64 = 14.0;
/// The least room between two labels of a horizontal axis.
const LABEL_SPACING: f64 = 24.0;

pub(crate) const AXIS_STROKE: Stroke = Stroke::solid(MUTED, 2.5);
const GRID_STROKE: Stroke = Stroke::solid(GRID, 2.0);

fn tick_labels(theme: &Theme, ticks: &Ticks, suffix: &str) -> Vec<String> {
    let label = |value: &f64| theme.numbers.format(*value, ticks.decimals) + suffix;
    ticks.values.iter().map(label).collect()
}

/// A value axis at the left, which several plots may share.
#[derive(Debug)]
pub(crate) struct LeftAxis {
    ticks: Ticks,
    labels: Vec<String>,
    /// Width of the labels with the gap to the plot.
    pub(crate) width: f64,
}

impl LeftAxis {
    /// An axis with `suffix` behind its labels, for example `%`.
    pub(crate) fn new(theme: &Theme, ticks: Ticks, suffix: &str) -> Self {
        let labels = tick_labels(theme, &ticks, suffix);
        let width = theme.widest(&labels, Style::LABEL) + LABEL_GAP;
        Self {
            ticks,
            labels,
            width,
        }
    }

    /// An axis from 0 to 100 %.
    pub(crate) fn percent(theme: &Theme) -> Self {
        Self::new(theme, Ticks::around(0.0, 100.0, 6), "%")
    }

    /// From values to heights in `plot`.
    pub(crate) fn scale(&self, plot: Rect) -> Scale {
        Scale::new(self.ticks.range(), plot.upward())
    }

    /// Grid lines across `plot`, the lowest as its axis, with their labels.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        self.draw_grid(canvas, plot);
        self.draw_labels(canvas, plot);
    }

    /// The grid lines alone.
    pub(crate) fn draw_grid(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        let scale = self.scale(plot);
        for (idx, value) in self.ticks.values.iter().enumerate() {
            let stroke = if idx == 0 { AXIS_STROKE } else { GRID_STROKE };
            canvas.horizontal(scale.at(*value), plot.across(), stroke);
        }
    }

    /// The labels alone, right-aligned left of `plot`.
    pub(crate) fn draw_labels(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        let scale = self.scale(plot);
        for (value, label) in self.ticks.values.iter().zip(&self.labels) {
            let at = (plot.left - LABEL_GAP, scale.at(*value));
            canvas.label(label, at, Anchor::End, Style::LABEL);
        }
    }
}

/// A value axis along the bottom of a plot.
#[derive(Debug)]
pub(crate) struct BottomAxis {
    pub(crate) ticks: Ticks,
    pub(crate) scale: Scale,
    /// Behind the numbers.
    pub(crate) suffix: &'static str,
}

impl BottomAxis {
    /// Height of the labels.
    pub(crate) const HEIGHT: f64 = 66.0;

    /// As many round ticks around `range` as fit between the ends `left` and `right`.
    pub(crate) fn fit(theme: &Theme, range: (f64, f64), ends: (f64, f64)) -> Self {
        Self::with_suffix(theme, range, ends, "")
    }

    /// The same with percentages.
    pub(crate) fn of_percent(theme: &Theme, range: (f64, f64), ends: (f64, f64)) -> Self {
        Self::with_suffix(theme, range, ends, "%")
    }

    fn with_suffix(
        theme: &Theme,
        range: (f64, f64),
        (left, right): (f64, f64),
        suffix: &'static str,
    ) -> Self {
        let ticks = fitting_ticks(theme, range, right - left, suffix);
        let scale = Scale::new(ticks.range(), (left, right));
        Self {
            ticks,
            scale,
            suffix,
        }
    }

    /// How far a label of an axis of about `width` may stick out beside it.
    pub(crate) fn overhang(theme: &Theme, range: (f64, f64), width: f64) -> f64 {
        let labels = tick_labels(theme, &fitting_ticks(theme, range, width, ""), "");
        0.5 * theme.widest(labels, Style::LABEL)
    }

    /// Where `value` is drawn.
    pub(crate) fn at(&self, value: f64) -> f64 {
        self.scale.at(value)
    }

    /// The axis with short ticks, and labels as far as they do not touch.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        let y = plot.bottom;
        canvas.horizontal(y, plot.across(), AXIS_STROKE);
        let labels = tick_labels(canvas.theme, &self.ticks, self.suffix);
        let stride = self.label_stride(canvas.theme, &labels);
        let zero = self.zero_idx();
        for (idx, (value, label)) in self.ticks.values.iter().zip(&labels).enumerate() {
            let x = self.at(*value);
            canvas.vertical(x, (y, y + 8.0), AXIS_STROKE);
            if idx.abs_diff(zero).is_multiple_of(stride) {
                let at = (x, Style::LABEL.baseline_below(y + 14.0));
                canvas.text(label, at, Anchor::Middle, Style::LABEL);
            }
        }
    }

    /// The tick at zero, else the first: always labeled.
    fn zero_idx(&self) -> usize {
        let is_zero = |value: &f64| value.abs() < f64::MIN_POSITIVE;
        self.ticks.values.iter().position(is_zero).unwrap_or(0)
    }

    /// Every n-th tick can be labeled without two labels touching; the smallest such n.
    fn label_stride(&self, theme: &Theme, labels: &[String]) -> usize {
        let widest = theme.widest(labels, Style::LABEL) + LABEL_SPACING;
        let apart = self.at(self.ticks.values[1]) - self.at(self.ticks.values[0]);
        (1..labels.len())
            .find(|&stride| apart * stride as f64 >= widest)
            .unwrap_or(labels.len())
    }
}

/// The most ticks, from 3 to 7, whose labels fit side by side in `width`, around `low..=high`.
fn fitting_ticks(theme: &Theme, (low, high): (f64, f64), width: f64, suffix: &str) -> Ticks {
    let fits = |ticks: &Ticks| {
        let widest = theme.widest(tick_labels(theme, ticks, suffix), Style::LABEL);
        (widest + LABEL_SPACING) * (ticks.values.len() - 1) as f64 <= width
    };
    let mut candidates = (3..=7).rev().map(|most| Ticks::around(low, high, most));
    candidates
        .find(fits)
        .unwrap_or_else(|| Ticks::around(low, high, 3))
}
