//! Direct labels: names right of a plot, each with a leader from what it names, in place of a legend.

use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Point, Rect, Stroke};
use crate::chart::palette::Rgb;
use crate::chart::scale::move_apart;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// From the plot to the names.
const LEADER: f64 = 40.0;

/// Wrapped names.
#[derive(Debug)]
pub(crate) struct DirectLabels {
    names: Vec<Lines>,
    /// Width right of the plot, leaders included; 0 without names.
    pub(crate) width: f64,
}

impl DirectLabels {
    /// Names of at most three lines of `most` logical pixels.
    pub(crate) fn new<'a>(
        theme: &Theme,
        names: impl IntoIterator<Item = &'a str>,
        most: f64,
    ) -> Self {
        let wrapped = |name| Lines::wrapped(theme, name, Style::LABEL, (most, 3));
        let names: Vec<_> = names.into_iter().map(wrapped).collect();
        let widest = names
            .iter()
            .map(|name| name.width(theme))
            .fold(0.0, f64::max);
        let width = if widest > 0.0 { widest + LEADER } else { 0.0 };
        Self { names, width }
    }

    /// The height of a plot beside which all names have room.
    pub(crate) fn height(&self) -> f64 {
        self.names.iter().map(padded_height).sum()
    }

    /// Writes the names, moved apart, with a leader in its color from each of `points` (one per
    /// name) that has a name.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, points: &[(Point, Rgb)], plot: Rect) {
        let heights = self.names.iter().map(padded_height);
        let boxes: Vec<_> = points
            .iter()
            .map(|(point, _)| point.1)
            .zip(heights)
            .collect();
        let middles = move_apart(&boxes, (plot.top, plot.bottom));
        for ((&(point, color), middle), name) in points.iter().zip(middles).zip(&self.names) {
            if name.texts.is_empty() {
                continue;
            }
            let leader = vec![point, (plot.right + LEADER - 8.0, middle)];
            canvas.line(leader, Stroke::solid(color, 2.0));
            let at = (plot.right + LEADER, middle - 0.5 * name.height());
            canvas.lines(name, at, Anchor::Start);
        }
    }
}

/// Height of a name with a little air.
fn padded_height(name: &Lines) -> f64 {
    if name.texts.is_empty() {
        return 0.0;
    }
    name.height() + 4.0
}
