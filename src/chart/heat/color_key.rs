//! Colors and marks of cells, and the bar that explains them.

use crate::chart::axis::LABEL_GAP;
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect};
use crate::chart::heat::{HeatColors, HeatPanel};
use crate::chart::page::Page;
use crate::chart::palette::{GRID, Rgb, diverging, sequential, text_on};
use crate::chart::text::{Room, wrap};
use crate::chart::theme::Style;

/// From the left edge to the right end of the color bar.
const KEY_WIDTH: f64 = 420.0;

pub(super) fn cell_color(colors: HeatColors, value: f64) -> Rgb {
    match colors {
        HeatColors::Probability => sequential(value / 100.0),
        HeatColors::Difference { limit } => diverging(value / limit),
    }
}

/// A filled corner for imprecise, a dot below the number for significant.
pub(super) fn draw_mark(canvas: &mut Canvas<'_>, colors: HeatColors, rect: Rect, color: Rgb) {
    match colors {
        HeatColors::Probability => {
            let (x, y) = (rect.right, rect.top);
            canvas.area(vec![(x - 17.0, y), (x, y), (x, y + 17.0)], color);
        }
        HeatColors::Difference { .. } => {
            canvas.marker(
                Marker::Circle,
                (rect.center().0, rect.bottom - 7.5),
                4.0,
                color,
            );
        }
    }
}

/// A bar of the color scale with its ends, and the meaning of a mark.
pub(super) struct ColorKey<'h> {
    pub(super) panel: &'h HeatPanel,
    pub(super) left: f64,
    pub(super) middle: f64,
}

impl ColorKey<'_> {
    const STEPS: u8 = 60;

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        let (low, high) = match self.panel.colors {
            HeatColors::Probability => (0.0, 100.0),
            HeatColors::Difference { limit } => (-limit, limit),
        };
        let y = Style::LABEL.baseline_around(self.middle);
        let [first, last] = [low, high].map(|end| canvas.theme.numbers.format(end, 0));
        canvas.text(&first, (self.left, y), Anchor::Start, Style::LABEL);
        let left = self.left + canvas.theme.width(&first, Style::LABEL) + LABEL_GAP;
        let right = self.left + KEY_WIDTH;
        self.draw_bar(canvas, (left, right), (low, high));
        canvas.text(&last, (right + LABEL_GAP, y), Anchor::Start, Style::LABEL);
        let mark_left = right + 2.0 * LABEL_GAP + canvas.theme.width(&last, Style::LABEL) + 30.0;
        self.draw_mark_name(canvas, mark_left);
    }

    fn draw_bar(&self, canvas: &mut Canvas<'_>, (left, right): (f64, f64), ends: (f64, f64)) {
        // Each step reaches to the end, so that no seam shows between neighbors.
        let step = (right - left) / f64::from(Self::STEPS);
        for idx in 0..Self::STEPS {
            let share = (f64::from(idx) + 0.5) / f64::from(Self::STEPS);
            let from = left + step * f64::from(idx);
            let rect = Rect {
                left: from,
                top: self.middle - 15.0,
                right,
                bottom: self.middle + 15.0,
            };
            canvas.rect(
                rect,
                cell_color(self.panel.colors, ends.0 + share * (ends.1 - ends.0)),
            );
        }
    }

    fn draw_mark_name(&self, canvas: &mut Canvas<'_>, left: f64) {
        if self.panel.mark_name.is_empty() {
            return;
        }
        let rect = Rect {
            left,
            top: self.middle - 22.0,
            right: left + 60.0,
            bottom: self.middle + 22.0,
        };
        canvas.rect(rect, GRID);
        draw_mark(canvas, self.panel.colors, rect, text_on(GRID));
        let width = Page::BODY_WIDTH + self.left - rect.right - LABEL_GAP;
        let name = wrap(
            canvas.theme,
            &self.panel.mark_name,
            Style::LABEL,
            Room { width, lines: 1 },
        );
        let at = (
            rect.right + LABEL_GAP,
            Style::LABEL.baseline_around(self.middle),
        );
        canvas.text(&name.concat(), at, Anchor::Start, Style::LABEL);
    }
}
