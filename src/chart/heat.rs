//! Heat map of regions by weeks: a probability, or its difference to the baseline.

mod input;
mod colors;

pub use input::{Heat, HeatCell, HeatColors, HeatPanel};

use jiff::civil::Date;

use crate::chart::axis::LABEL_GAP;
use crate::chart::canvas::Canvas;
use crate::chart::heat::colors::{draw_cell, draw_legend};
use crate::chart::heat::input::check;
use crate::chart::input::ChartError;
use crate::chart::mark::{Anchor, Point, Rect};
use crate::chart::page::{Page, stacked};
use crate::chart::row_labels::RowLabels;
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{BODY_WIDTH, Style, Theme};

const CELL_HEIGHT: f64 = 64.0;
const WIDEST_CELL: f64 = 180.0;
/// White line between cells.
const SEAM: f64 = 3.0;
const LABEL_WIDTH: f64 = 420.0;
const TITLE_LINES: usize = 4;
const PANEL_GAP: f64 = 44.0;
const BLOCK_GAP: f64 = 20.0;
const LEGEND_HEIGHT: f64 = 68.0;

/// Draws the maps. Weeks that do not fit side by side at a readable size continue in a second
/// block of columns below the first.
///
/// # Errors
/// [`ChartError::TooFew`] without a region, week or panel, [`ChartError::Length`] when the cells do
/// not match, [`ChartError::Value`] for a probability outside 0-100 % or a number that is not
/// finite.
pub fn draw(heat: &Heat, theme: &Theme) -> Result<Svg, ChartError> {
    check(heat)?;
    let room = (BODY_WIDTH, TITLE_LINES);
    let title = |panel: &HeatPanel| Lines::wrapped(theme, &panel.title, Style::PANEL, room);
    let titles: Vec<_> = heat.panels.iter().map(title).collect();
    let layout = Layout::new(heat, theme);
    let heights = titles
        .iter()
        .map(|title| title.height() + layout.map_height());
    let (tops, height) = stacked(heights, PANEL_GAP);
    let mut page = Page::new(theme, &heat.words, height);
    for ((panel, title), top) in heat.panels.iter().zip(&titles).zip(tops) {
        let at = (page.body.left, page.body.top + top);
        page.canvas.lines(title, at, Anchor::Start);
        let below = (at.0, at.1 + title.height());
        layout.draw_map(&mut page.canvas, panel, below);
    }
    page.finish()
}

/// Places that all panels share.
struct Layout<'h> {
    heat: &'h Heat,
    rows: RowLabels,
    cell_width: f64,
    columns: usize,
}

impl<'h> Layout<'h> {
    fn new(heat: &'h Heat, theme: &Theme) -> Self {
        let labels = heat.regions.iter().map(String::as_str);
        let rows = RowLabels::new(theme, labels, (LABEL_WIDTH, CELL_HEIGHT));
        let room = BODY_WIDTH - rows.width;
        let least = theme.widest(texts(heat, theme), Style::LABEL) + 14.0;
        let n_weeks = heat.weeks.len();
        let blocks = (1..=n_weeks)
            .find(|&n| n_weeks.div_ceil(n) as f64 * least <= room)
            .unwrap_or(n_weeks);
        let columns = n_weeks.div_ceil(blocks);
        Self {
            heat,
            rows,
            cell_width: (room / columns as f64).min(WIDEST_CELL),
            columns,
        }
    }

    /// Height of a panel below its heading.
    fn map_height(&self) -> f64 {
        let blocks = self.heat.weeks.len().div_ceil(self.columns) as f64;
        LEGEND_HEIGHT + blocks * self.block_height() - BLOCK_GAP
    }

    fn block_height(&self) -> f64 {
        Self::head_height() + self.rows.height + BLOCK_GAP
    }

    /// ISO weeks and dates above a block.
    fn head_height() -> f64 {
        Style::LABEL.block_height(2) + 6.0
    }

    fn draw_map(&self, canvas: &mut Canvas<'_>, panel: &HeatPanel, (left, top): Point) {
        draw_legend(
            canvas,
            panel,
            (left, top + 0.5 * Style::LABEL.line_height()),
        );
        let starts = (0..self.heat.weeks.len()).step_by(self.columns);
        for (idx, start) in starts.enumerate() {
            let block_top = top + LEGEND_HEIGHT + self.block_height() * idx as f64;
            let block = Block {
                layout: self,
                start,
                left,
                top: block_top + Self::head_height(),
            };
            block.draw(canvas, panel);
        }
    }
}

/// Every text that a column must hold.
fn texts(heat: &Heat, theme: &Theme) -> Vec<String> {
    let cells = heat
        .panels
        .iter()
        .flat_map(|panel| panel.cells.iter().flatten().flatten());
    let numbers = cells.map(|cell| theme.numbers.format(cell.value, 0));
    numbers
        .chain(heat.weeks.iter().map(|&week| week_number(week)))
        .collect()
}

fn week_number(week: Date) -> String {
    week.iso_week_date().week().to_string()
}

/// Some consecutive weeks of a panel.
struct Block<'h> {
    layout: &'h Layout<'h>,
    start: usize,
    left: f64,
    top: f64,
}

impl Block<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, panel: &HeatPanel) {
        self.draw_head(canvas);
        self.layout.rows.draw(canvas, self.left, self.top);
        for (row, cells) in panel.cells.iter().enumerate() {
            let (above, below) = self.layout.rows.span(row, self.top);
            for (column, cell) in self.shown(cells).iter().enumerate() {
                let left = self.column(column) + 0.5 * SEAM;
                let across = (left, left + self.layout.cell_width - SEAM);
                let rect = Rect::new(across, (above + 0.5 * SEAM, below - 0.5 * SEAM));
                draw_cell(canvas, panel.colors, *cell, rect);
            }
        }
    }

    fn shown<'c, T>(&self, all: &'c [T]) -> &'c [T] {
        &all[self.start..all.len().min(self.start + self.layout.columns)]
    }

    fn column(&self, idx: usize) -> f64 {
        self.left + self.layout.rows.width + self.layout.cell_width * idx as f64
    }

    /// Every week number; dates where the one before leaves room.
    fn draw_head(&self, canvas: &mut Canvas<'_>) {
        let (style, theme) = (Style::QUIET, canvas.theme);
        let top = self.top - Layout::head_height();
        let week_y = style.baseline_below(top);
        let date_y = style.baseline_below(top + style.line_height());
        let at = (self.column(0) - LABEL_GAP, week_y);
        canvas.text(&theme.dates.week, at, Anchor::End, style);
        let mut free_from = f64::NEG_INFINITY;
        for (idx, &week) in self.shown(&self.layout.heat.weeks).iter().enumerate() {
            let middle = self.column(idx) + 0.5 * self.layout.cell_width;
            canvas.text(&week_number(week), (middle, week_y), Anchor::Middle, style);
            let day = theme.dates.day(week);
            let half = 0.5 * theme.width(&day, style);
            if middle - half >= free_from && middle + half <= BODY_WIDTH + self.left {
                canvas.text(&day, (middle, date_y), Anchor::Middle, style);
                free_from = middle + half + 20.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};
    use jiff::ToSpan;
    use jiff::civil::date;

    fn heat(regions: usize, weeks: i32, value: f64) -> Heat {
        let weeks: Vec<Date> = (0..weeks)
            .map(|n| date(2021, 9, 27) + (7 * n).days())
            .collect();
        let cells = |value: f64| {
            let marked = HeatCell {
                value,
                marked: true,
            };
            let mut cells = vec![vec![Some(marked); weeks.len()]; regions];
            cells[0][0] = None;
            cells
        };
        let panel = |colors, value| HeatPanel {
            title: "A panel with a long title that says what is shown, in which unit".to_owned(),
            colors,
            mark_name: "a cell that is marked for a reason that takes some words".to_owned(),
            cells: cells(value),
        };
        Heat {
            words: long_words(),
            regions: (0..regions).map(name).collect(),
            panels: vec![
                panel(HeatColors::Probability, value),
                panel(HeatColors::Difference { limit: 40.0 }, -value),
            ],
            weeks,
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 1, 0.0), (1, 40, 100.0), (11, 16, 50.0), (20, 5, 7.0)];
        assert_fits(cases, |(regions, weeks, value)| {
            draw(&heat(regions, weeks, value), &theme())
        });
    }

    #[test]
    fn every_cell_has_its_number() {
        let svg = draw(&heat(4, 20, 37.0), &theme()).unwrap();
        let printed = svg.as_str().matches("\n37\n").count();
        assert_eq!(
            printed,
            4 * 20 - 1,
            "all cells but the unknown one print their value"
        );
    }

    #[test]
    fn a_probability_above_one_hundred_is_refused() {
        assert_refused(draw(&heat(2, 2, 101.0), &theme()));
    }

    #[test]
    fn a_missing_week_is_named() {
        let mut short = heat(2, 4, 1.0);
        short.panels[1].cells[1].pop();
        let error = draw(&short, &theme()).unwrap_err().to_string();
        assert!(
            error.ends_with("4 values expected, 3 given"),
            "got: {error}"
        );
    }
}
