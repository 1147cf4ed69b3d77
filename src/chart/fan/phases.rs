//! The phases of a fan: shaded behind the data and named above the first row of panels.

use crate::chart::canvas::Canvas;
use crate::chart::date_axis::DateAxis;
use crate::chart::fan::input::PhaseSpan;
use crate::chart::mark::{Anchor, Rect};
use crate::chart::palette::SHADE;
use crate::chart::theme::{Style, Theme};

/// Names of short phases may move up into this many rows.
const MOST_ROWS: usize = 3;
/// Between the names and the plot.
const GAP: f64 = 6.0;

/// Shades every second phase.
pub(super) fn shade(canvas: &mut Canvas<'_>, phases: &[PhaseSpan], plot: Rect, x: &DateAxis) {
    for phase in phases.iter().step_by(2) {
        canvas.rect(plot.between(x.at(phase.from), x.at(phase.until)), SHADE);
    }
}

/// Row of each phase's name from below, none when there is no room.
pub(super) struct PhaseNames(Vec<Option<usize>>);

impl PhaseNames {
    /// Puts each name into the lowest row in which it touches no earlier one; `x` spans `ends`.
    pub(super) fn new(theme: &Theme, phases: &[PhaseSpan], x: &DateAxis, ends: (f64, f64)) -> Self {
        let mut free_from = [f64::NEG_INFINITY; MOST_ROWS];
        let place = |phase: &PhaseSpan| {
            let half = 0.5 * theme.width(&phase.label, Style::QUIET);
            let middle = middle(phase, half, x, ends);
            let row = free_from.iter().position(|&free| middle - half >= free)?;
            free_from[row] = middle + half + 12.0;
            (2.0 * half <= ends.1 - ends.0).then_some(row)
        };
        Self(phases.iter().map(place).collect())
    }

    /// Height of all rows.
    pub(super) fn height(&self) -> f64 {
        let last = self.0.iter().flatten().max();
        Style::QUIET.block_height(last.map_or(0, |last| last + 1))
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        phases: &[PhaseSpan],
        plot: Rect,
        x: &DateAxis,
    ) {
        let style = Style::QUIET;
        for (phase, row) in phases.iter().zip(&self.0) {
            let Some(row) = row else { continue };
            let half = 0.5 * canvas.theme.width(&phase.label, style);
            let top = plot.top - GAP - style.block_height(row + 1);
            let at = (
                middle(phase, half, x, plot.across()),
                style.baseline_below(top),
            );
            canvas.text(&phase.label, at, Anchor::Middle, style);
        }
    }
}

/// The middle of a phase, moved so that half of its name fits between the plot's ends.
fn middle(phase: &PhaseSpan, half: f64, x: &DateAxis, (left, right): (f64, f64)) -> f64 {
    let middle = 0.5 * (x.at(phase.from) + x.at(phase.until));
    middle.min(right - half).max(left + half)
}
