//! Small multiples: plots of one size in rows and columns, each below its heading.

use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Point, Rect};
use crate::chart::page::stacked;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

const COLUMN_GAP: f64 = 40.0;
const ROW_GAP: f64 = 36.0;
/// Between a heading and its plot.
const HEAD_GAP: f64 = 12.0;
const TITLE_LINES: usize = 4;

/// Room around and in the plots, in logical pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PanelRoom {
    /// Plots side by side.
    pub(crate) columns: usize,
    /// Height of a plot.
    pub(crate) height: f64,
    /// Left of the first plot of a row, for the labels of the axis that all share.
    pub(crate) left: f64,
    /// Right of the last plot of a row.
    pub(crate) right: f64,
    /// Between a heading and its plot, besides a gap.
    pub(crate) above: f64,
    /// Below the lowest plots, for the axis that all share.
    pub(crate) below: f64,
}

/// Plots with their headings.
#[derive(Debug)]
pub(crate) struct Multiples {
    room: PanelRoom,
    titles: Vec<Lines>,
    width: f64,
    /// Top of each row, headings included.
    tops: Vec<f64>,
    /// Height of the headings of each row.
    heads: Vec<f64>,
    /// Height of all.
    pub(crate) height: f64,
}

impl Multiples {
    pub(crate) fn new<'a>(
        theme: &Theme,
        titles: impl IntoIterator<Item = &'a str>,
        room: PanelRoom,
    ) -> Self {
        let gaps = COLUMN_GAP * (room.columns - 1) as f64;
        let width = (theme.body_width() - room.left - room.right - gaps) / room.columns as f64;
        let title = |text| Lines::wrapped(theme, text, Style::PANEL, (width, TITLE_LINES));
        let titles: Vec<Lines> = titles.into_iter().map(title).collect();
        let head = |row: &[Lines]| {
            let highest = row.iter().map(Lines::height).fold(0.0, f64::max);
            highest + room.above + HEAD_GAP
        };
        let heads: Vec<f64> = titles.chunks(room.columns).map(head).collect();
        let rows = heads.iter().map(|head| head + room.height);
        let (tops, height) = stacked(rows, ROW_GAP);
        Self {
            height: height + room.below,
            room,
            titles,
            width,
            tops,
            heads,
        }
    }

    /// The plot of a panel, where `origin` is the upper left corner of all.
    pub(crate) fn plot(&self, idx: usize, origin: Point) -> Rect {
        let (row, column) = (idx / self.room.columns, idx % self.room.columns);
        let left = origin.0 + self.room.left + column as f64 * (self.width + COLUMN_GAP);
        let top = origin.1 + self.tops[row] + self.heads[row];
        Rect::new((left, left + self.width), (top, top + self.room.height))
    }

    /// Writes the heading of a panel above its plot, as low as there is room.
    pub(crate) fn draw_title(&self, canvas: &mut Canvas<'_>, idx: usize, plot: Rect) {
        let title = &self.titles[idx];
        let top = plot.top - HEAD_GAP - self.room.above - title.height();
        canvas.lines(title, (plot.left, top), Anchor::Start);
    }

    pub(crate) const fn is_first_in_row(&self, idx: usize) -> bool {
        idx.is_multiple_of(self.room.columns)
    }

    pub(crate) const fn is_lowest_in_column(&self, idx: usize) -> bool {
        idx + self.room.columns >= self.titles.len()
    }
}
