//! The key: symbols with their words, set in rows above a plot.

use crate::chart::canvas::{Anchor, Canvas, Marker, Point, Rect, Stroke};
use crate::chart::page::Page;
use crate::chart::palette::Rgb;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};

const SYMBOL_WIDTH: f64 = 44.0;
const SYMBOL_GAP: f64 = 12.0;
const ITEM_GAP: f64 = 40.0;
/// Below the last row.
const AFTER: f64 = 14.0;

/// What stands before a word.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Symbol {
    Swatch(Rgb),
    Line(Stroke),
    Marker(Marker, Rgb),
}

/// A symbol and its word.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) symbol: Symbol,
    pub(crate) label: String,
}

/// Items placed in rows; positions are relative to the key's upper left corner.
#[derive(Debug)]
pub(crate) struct Key {
    placed: Vec<(Point, Item)>,
    pub(crate) height: f64,
}

impl Key {
    /// Sets the items across the body, starting a new row when one is full.
    pub(crate) fn set(theme: &Theme, items: Vec<Item>) -> Self {
        let (mut x, mut row) = (0.0, 0);
        let mut placed = Vec::new();
        for mut item in items {
            let room = Room {
                width: Page::BODY_WIDTH - SYMBOL_WIDTH - SYMBOL_GAP,
                lines: 1,
            };
            item.label = wrap(theme, &item.label, Style::LABEL, room).concat();
            let width = SYMBOL_WIDTH + SYMBOL_GAP + theme.width(&item.label, Style::LABEL);
            if x > 0.0 && x + width > Page::BODY_WIDTH {
                (x, row) = (0.0, row + 1);
            }
            placed.push(((x, Style::LABEL.block_height(row)), item));
            x += width + ITEM_GAP;
        }
        let rows = if placed.is_empty() { 0 } else { row + 1 };
        let after = if rows == 0 { 0.0 } else { AFTER };
        Self {
            placed,
            height: Style::LABEL.block_height(rows) + after,
        }
    }

    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, (left, top): Point) {
        for ((x, y), item) in &self.placed {
            let middle = top + y + 0.5 * Style::LABEL.line_height();
            item.symbol.draw(canvas, (left + x, middle));
            let at = (
                left + x + SYMBOL_WIDTH + SYMBOL_GAP,
                Style::LABEL.baseline_around(middle),
            );
            canvas.text(&item.label, at, Anchor::Start, Style::LABEL);
        }
    }
}

impl Symbol {
    fn draw(self, canvas: &mut Canvas<'_>, (left, middle): Point) {
        let right = left + SYMBOL_WIDTH;
        match self {
            Self::Swatch(color) => {
                let rect = Rect {
                    left,
                    top: middle - 14.0,
                    right,
                    bottom: middle + 14.0,
                };
                canvas.rect(rect, color);
            }
            Self::Line(stroke) => canvas.line(vec![(left, middle), (right, middle)], stroke),
            Self::Marker(marker, color) => {
                canvas.marker(marker, (left + 0.5 * SYMBOL_WIDTH, middle), 11.0, color);
            }
        }
    }
}
