//! Stacked bars of 100 %.

use crate::chart::canvas::Canvas;
use crate::chart::mark::{Rect, Stroke};
use crate::chart::palette::{GRID, Rgb, WHITE, text_on};
use crate::chart::scale::Scale;
use crate::chart::theme::Style;

const HALF_BAR: f64 = 22.0;

/// Draws the shares in their colors around `middle`, each printed where it has room.
pub(super) fn draw_bar(
    canvas: &mut Canvas<'_>,
    scale: Scale,
    middle: f64,
    (shares, decimals): (&[(f64, Rgb)], usize),
) {
    let (top, bottom) = (middle - HALF_BAR, middle + HALF_BAR);
    let segment = |from, until| Rect::new((scale.at(from), scale.at(until)), (top, bottom));
    let all = segment(0.0, 100.0);
    canvas.rect(all, GRID);
    let inside = (all.left + 2.0, all.right - 2.0);
    canvas.rect(Rect::new(inside, (top + 2.0, bottom - 2.0)), WHITE);
    let mut from = 0.0;
    for &(share, color) in shares.iter().filter(|(share, _)| *share > 0.0) {
        let until = (from + share).min(100.0);
        let segment = segment(from, until);
        canvas.rect(segment, color);
        canvas.vertical(segment.right, (top, bottom), Stroke::solid(WHITE, 2.0));
        let text = canvas.theme.numbers.format(share, decimals);
        let style = Style::LABEL.colored(text_on(color));
        if canvas.theme.width(&text, style) + 12.0 <= segment.width() {
            canvas.centered(&text, segment, style);
        }
        from = until;
    }
}
