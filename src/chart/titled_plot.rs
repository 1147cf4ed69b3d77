//! One plot on a page between two value axes with titles.

use crate::chart::axis::BottomAxis;
use crate::chart::mark::{Anchor, Rect};
use crate::chart::page::{Page, Words};
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// Room around and in a plot, in logical pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlotRoom {
    pub(crate) height: f64,
    /// Left of it, for the labels of its axis.
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Between the title of the vertical axis and the plot.
    pub(crate) above: f64,
}

/// A page with the title of the vertical axis above a plot and that of the horizontal axis below it,
/// and the plot.
pub(crate) fn titled_plot<'t>(
    theme: &'t Theme,
    words: &Words,
    [x_title, y_title]: [&str; 2],
    room: PlotRoom,
) -> (Page<'t>, Rect) {
    let share = if theme.is_narrow() { 0.9 } else { 0.6 };
    let title = |text| Lines::wrapped(theme, text, Style::LABEL, (share * theme.body_width(), 3));
    let (above, below) = (title(y_title), title(x_title));
    let head = above.height() + room.above;
    let foot = BottomAxis::HEIGHT + below.height();
    let mut page = Page::new(theme, words, head + room.height + foot);
    let body = page.body;
    let plot = Rect::new(
        (body.left + room.left, body.right - room.right),
        (body.top + head, body.bottom - foot),
    );
    page.canvas
        .lines(&above, (body.left, body.top), Anchor::Start);
    let at = (plot.right, plot.bottom + BottomAxis::HEIGHT);
    page.canvas.lines(&below, at, Anchor::End);
    (page, plot)
}
