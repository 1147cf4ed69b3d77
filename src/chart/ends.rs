//! Names right of a plot, each with a leader from what it names: direct labels in place of a key.

use crate::chart::canvas::{Anchor, Canvas, Point, Rect, Stroke};
use crate::chart::palette::Rgb;
use crate::chart::scale::move_apart;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};

/// From the plot to the names.
const LEADER: f64 = 40.0;

/// Wrapped names.
#[derive(Debug)]
pub(crate) struct EndLabels {
    names: Vec<Vec<String>>,
    /// Width right of the plot, leaders included; 0 without names.
    pub(crate) width: f64,
}

impl EndLabels {
    /// Names of at most three lines of `most` logical pixels.
    pub(crate) fn set<'a>(
        theme: &Theme,
        names: impl IntoIterator<Item = &'a str>,
        most: f64,
    ) -> Self {
        let room = Room {
            width: most,
            lines: 3,
        };
        let names: Vec<_> = names
            .into_iter()
            .map(|name| wrap(theme, name, Style::LABEL, room))
            .collect();
        let lines = names.iter().flatten().map(String::as_str);
        let widest = theme.widest(lines, Style::LABEL);
        let width = if widest > 0.0 { widest + LEADER } else { 0.0 };
        Self { names, width }
    }

    /// The height of a plot beside which all names have room.
    pub(crate) fn height(&self) -> f64 {
        self.names.iter().map(|name| name_height(name)).sum()
    }

    /// Writes the names, moved apart, with a leader in its color from each of `points` (one per
    /// name).
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, points: &[(Point, Rgb)], plot: Rect) {
        let heights = self.names.iter().map(|name| name_height(name));
        let boxes: Vec<_> = points
            .iter()
            .map(|(point, _)| point.1)
            .zip(heights)
            .collect();
        let middles = move_apart(&boxes, (plot.top, plot.bottom));
        for ((&(point, color), middle), name) in points.iter().zip(middles).zip(&self.names) {
            let leader = vec![point, (plot.right + LEADER - 8.0, middle)];
            canvas.line(leader, Stroke::solid(color, 2.0));
            let top = middle - 0.5 * Style::LABEL.block_height(name.len());
            let at = (plot.right + LEADER, top);
            canvas.lines(name, at, Anchor::Start, Style::LABEL);
        }
    }
}

/// Height of a name with a little air.
fn name_height(name: &[String]) -> f64 {
    Style::LABEL.block_height(name.len()) + 4.0
}
