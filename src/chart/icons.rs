//! Icons: of a hundred patients under each policy, those to whom something happens.

use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, within};
use crate::chart::mark::{Anchor, Marker, Point};
use crate::chart::page::{Page, Words, stacked};
use crate::chart::palette::{GRID, categorical};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// A square of a hundred dots for each policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Icons {
    /// Title, meaning of a dot, caption, alternative text.
    pub words: Words,
    /// The policies, in reading order.
    pub panels: Vec<IconPanel>,
}

/// One square of [`Icons`].
#[derive(Debug, Clone, PartialEq)]
pub struct IconPanel {
    /// Name of the policy.
    pub policy: String,
    /// The number in words, below the name.
    pub text: String,
    /// How many of the hundred dots are filled.
    pub filled: usize,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
}

/// Dots in a line, and lines.
const SIDE: usize = 10;
const MOST_COLUMNS: [usize; 2] = [4, 2];
const COLUMN_GAP: f64 = 60.0;
const ROW_GAP: f64 = 40.0;
const HEAD_GAP: f64 = 16.0;
/// From one dot to the next, at most.
const WIDEST_STEP: f64 = 44.0;
/// Radius of a dot, as a part of the distance to the next.
const RADIUS: f64 = 0.38;

/// Draws the squares.
///
/// # Errors
/// [`ChartError::TooFew`] without a policy, [`ChartError::Value`] when more than a hundred are filled.
pub fn draw(icons: &Icons, theme: &Theme) -> Result<Svg, ChartError> {
    at_least("policies", 1, icons.panels.len())?;
    for panel in &icons.panels {
        let what = format!("filled dots of policy '{}'", panel.policy);
        within(&what, panel.filled as f64, 0.0..=100.0, "0 to 100")?;
    }
    let most = MOST_COLUMNS[usize::from(theme.is_narrow())];
    let columns = icons.panels.len().min(most);
    let width = (theme.body_width() - COLUMN_GAP * (columns - 1) as f64) / columns as f64;
    let heads = icons
        .panels
        .iter()
        .map(|panel| Head::new(panel, theme, width));
    let heads: Vec<Head> = heads.collect();
    let step = (width / SIDE as f64).min(WIDEST_STEP);
    let rows: Vec<f64> = (heads.chunks(columns))
        .map(|row| row.iter().map(Head::height).fold(0.0, f64::max) + HEAD_GAP)
        .collect();
    let (tops, height) = stacked(rows.iter().map(|head| head + step * SIDE as f64), ROW_GAP);
    let mut page = Page::new(theme, &icons.words, height);
    for (idx, (panel, head)) in icons.panels.iter().zip(&heads).enumerate() {
        let (row, column) = (idx / columns, (idx % columns) as f64);
        let left = page.body.left + column * (width + COLUMN_GAP);
        let top = page.body.top + tops[row];
        head.draw(&mut page.canvas, (left, top));
        draw_dots(&mut page.canvas, panel, (left, top + rows[row]), step);
    }
    page.finish()
}

/// What stands above a square.
struct Head {
    policy: Lines,
    text: Lines,
}

impl Head {
    fn new(panel: &IconPanel, theme: &Theme, width: f64) -> Self {
        Self {
            policy: Lines::wrapped(theme, &panel.policy, Style::LABEL, (width, 4)),
            text: Lines::wrapped(theme, &panel.text, Style::PANEL, (width, 2)),
        }
    }

    fn height(&self) -> f64 {
        self.policy.height() + self.text.height()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, (left, top): Point) {
        canvas.lines(&self.policy, (left, top), Anchor::Start);
        let below = (left, top + self.policy.height());
        canvas.lines(&self.text, below, Anchor::Start);
    }
}

/// Filled dots first, line by line.
fn draw_dots(canvas: &mut Canvas<'_>, panel: &IconPanel, (left, top): Point, step: f64) {
    let place = |n: usize| step * (n as f64 + 0.5);
    for dot in 0..SIDE * SIDE {
        let at = (left + place(dot % SIDE), top + place(dot / SIDE));
        let color = if dot < panel.filled {
            categorical(panel.color)
        } else {
            GRID
        };
        canvas.marker(Marker::Circle, at, RADIUS * step, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn icons(n: usize, filled: usize) -> Icons {
        let panel = |idx: usize| IconPanel {
            policy: name(idx),
            text: format!("{filled} van de 100"),
            filled,
            color: idx,
        };
        Icons {
            words: long_words(),
            panels: (0..n).map(panel).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0), (2, 100), (4, 9), (7, 50)];
        assert_fits(cases, |(n, filled), theme| draw(&icons(n, filled), theme));
    }

    #[test]
    fn more_than_all_is_refused() {
        assert_refused(draw(&icons(2, 101), &theme()));
    }
}
