//! Legends: symbols with their words in lines above a plot, and bars of a color scale.

use crate::chart::axis::LABEL_GAP;
use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Marker, Point, Rect, Stroke};
use crate::chart::palette::Rgb;
use crate::chart::text::fitted;
use crate::chart::theme::{Style, Theme};

const SYMBOL_WIDTH: f64 = 44.0;
/// From the left end of a symbol to its words.
const INDENT: f64 = SYMBOL_WIDTH + 12.0;
const ITEM_GAP: f64 = 40.0;
/// Below the last line.
const AFTER: f64 = 14.0;
/// From the left edge to the right end of a color bar.
const COLOR_BAR_RIGHT: f64 = 420.0;

/// The symbol of a legend entry.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Symbol {
    Swatch(Rgb),
    Line(Stroke),
    Marker(Marker, Rgb),
}

/// Symbols with their words, placed in lines relative to the legend's upper left corner.
#[derive(Debug)]
pub(crate) struct Legend {
    placed: Vec<(Point, Symbol, String)>,
    pub(crate) height: f64,
}

impl Legend {
    /// Sets the items across the body, starting a new line when one is full.
    pub(crate) fn new<'a>(
        theme: &Theme,
        items: impl IntoIterator<Item = (Symbol, &'a str)>,
    ) -> Self {
        let body = theme.body_width();
        let (mut x, mut line) = (0.0, 0);
        let mut placed = Vec::new();
        for (symbol, words) in items {
            let words = fitted(theme, words, Style::LABEL, body - INDENT);
            let width = INDENT + theme.width(&words, Style::LABEL);
            if x > 0.0 && x + width > body {
                (x, line) = (0.0, line + 1);
            }
            placed.push(((x, Style::LABEL.block_height(line)), symbol, words));
            x += width + ITEM_GAP;
        }
        let height = if placed.is_empty() {
            0.0
        } else {
            Style::LABEL.block_height(line + 1) + AFTER
        };
        Self { placed, height }
    }

    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, (left, top): Point) {
        for ((x, y), symbol, words) in &self.placed {
            let middle = top + y + 0.5 * Style::LABEL.line_height();
            symbol.draw(canvas, (left + x, middle));
            let at = (left + x + INDENT, middle);
            canvas.label(words, at, Anchor::Start, Style::LABEL);
        }
    }
}

impl Symbol {
    fn draw(self, canvas: &mut Canvas<'_>, (left, middle): Point) {
        let across = (left, left + SYMBOL_WIDTH);
        match self {
            Self::Swatch(color) => {
                canvas.rect(Rect::new(across, (middle - 14.0, middle + 14.0)), color);
            }
            Self::Line(stroke) => canvas.horizontal(middle, across, stroke),
            Self::Marker(marker, color) => {
                canvas.marker(marker, (left + 0.5 * SYMBOL_WIDTH, middle), 11.0, color);
            }
        }
    }
}

/// Draws a color scale as a bar between its ends, which are printed as whole numbers, around `middle`
/// and returns where its last label ends.
pub(crate) fn draw_color_bar(
    canvas: &mut Canvas<'_>,
    (left, middle): Point,
    (low, high): (f64, f64),
    color: impl Fn(f64) -> Rgb,
) -> f64 {
    const STEPS: u8 = 60;
    let [first, last] = [low, high].map(|end| canvas.theme.numbers.format(end, 0));
    canvas.label(&first, (left, middle), Anchor::Start, Style::LABEL);
    let from = left + canvas.theme.width(&first, Style::LABEL) + LABEL_GAP;
    let right = left + COLOR_BAR_RIGHT;
    for step in 0..STEPS {
        let share = |steps: f64| steps / f64::from(STEPS);
        let start = from + (right - from) * share(step.into());
        let value = low + share(f64::from(step) + 0.5) * (high - low);
        // Each step reaches to the end, so that no seam shows between neighbors.
        let rect = Rect::new((start, right), (middle - 15.0, middle + 15.0));
        canvas.rect(rect, color(value));
    }
    let at = (right + LABEL_GAP, middle);
    canvas.label(&last, at, Anchor::Start, Style::LABEL);
    at.0 + canvas.theme.width(&last, Style::LABEL)
}
