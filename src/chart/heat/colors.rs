//! Colors and marks of the cells of a heat map, and the legend that explains them.

use crate::chart::axis::LABEL_GAP;
use crate::chart::canvas::Canvas;
use crate::chart::heat::input::{HeatCell, HeatColors, HeatPanel};
use crate::chart::legend::draw_color_bar;
use crate::chart::mark::{Anchor, Marker, Point, Rect};
use crate::chart::palette::{GRID, MUTED, Rgb, diverging, sequential, text_on};
use crate::chart::text::fitted;
use crate::chart::theme::{BODY_WIDTH, Style};

/// Draws a cell with its number, or a dash without one.
pub(super) fn draw_cell(
    canvas: &mut Canvas<'_>,
    colors: HeatColors,
    cell: Option<HeatCell>,
    rect: Rect,
) {
    let Some(cell) = cell else {
        canvas.rect(rect, GRID);
        canvas.centered("\u{2013}", rect, Style::LABEL.colored(MUTED));
        return;
    };
    let color = cell_color(colors, cell.value);
    canvas.rect(rect, color);
    if cell.marked {
        draw_mark(canvas, colors, rect, text_on(color));
    }
    let text = canvas.theme.numbers.format(cell.value, 0);
    canvas.centered(&text, rect, Style::LABEL.colored(text_on(color)));
}

fn cell_color(colors: HeatColors, value: f64) -> Rgb {
    match colors {
        HeatColors::Probability => sequential(value / 100.0),
        HeatColors::Difference { limit } => diverging(value / limit),
    }
}

/// A filled corner for imprecise, a dot below the number for significant.
fn draw_mark(canvas: &mut Canvas<'_>, colors: HeatColors, rect: Rect, color: Rgb) {
    match colors {
        HeatColors::Probability => {
            let (x, y) = (rect.right, rect.top);
            canvas.area(vec![(x - 17.0, y), (x, y), (x, y + 17.0)], color);
        }
        HeatColors::Difference { .. } => {
            let at = (rect.center().0, rect.bottom - 7.5);
            canvas.marker(Marker::Circle, at, 4.0, color);
        }
    }
}

/// A bar of the color scale with its ends, and the meaning of a mark.
pub(super) fn draw_legend(canvas: &mut Canvas<'_>, panel: &HeatPanel, (left, middle): Point) {
    let colors = panel.colors;
    let ends = match colors {
        HeatColors::Probability => (0.0, 100.0),
        HeatColors::Difference { limit } => (-limit, limit),
    };
    let color = |value| cell_color(colors, value);
    let bar_end = draw_color_bar(canvas, (left, middle), ends, color);
    if panel.mark_name.is_empty() {
        return;
    }
    let mark_left = bar_end + LABEL_GAP + 30.0;
    let across = (mark_left, mark_left + 60.0);
    let rect = Rect::new(across, (middle - 22.0, middle + 22.0));
    canvas.rect(rect, GRID);
    draw_mark(canvas, colors, rect, text_on(GRID));
    let at = (rect.right + LABEL_GAP, middle);
    let width = BODY_WIDTH + left - at.0;
    let name = fitted(canvas.theme, &panel.mark_name, Style::LABEL, width);
    canvas.label(&name, at, Anchor::Start, Style::LABEL);
}
