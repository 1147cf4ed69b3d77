//! Where the panels of a fan stand.

use crate::chart::axis::LeftAxis;
use crate::chart::date_axis::DateAxis;
use crate::chart::direct_labels::DirectLabels;
use crate::chart::fan::input::{Fan, FanPanel};
use crate::chart::fan::phases::PhaseNames;
use crate::chart::mark::{Point, Rect};
use crate::chart::page::Page;
use crate::chart::scale::Ticks;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme, Width};

/// Height of a page whose panels need no more.
const PAGE_HEIGHT: f64 = 1000.0;
const COLUMN_GAP: f64 = 40.0;
const ROW_GAP: f64 = 36.0;
/// Between a panel's heading and its plot.
pub(super) const HEAD_GAP: f64 = 12.0;
/// Room at the right for half a date label.
const OVERHANG: f64 = 20.0;
const TITLE_LINES: usize = 6;
const LABEL_WIDTH: f64 = 300.0;

/// Panels in rows and columns that share both axes.
pub(super) struct Grid {
    columns: usize,
    pub(super) titles: Vec<Lines>,
    /// Names of the capacity lines, by panel.
    pub(super) labels: Vec<DirectLabels>,
    pub(super) axis: LeftAxis,
    plot_width: f64,
    plot_height: f64,
    pub(super) phases: PhaseNames,
}

impl Grid {
    pub(super) fn new(fan: &Fan, theme: &Theme, legend_height: f64) -> Self {
        let columns = columns(fan, theme);
        let axis = LeftAxis::new(theme, Ticks::around(0.0, fan.highest(), 7), "");
        let panels = || fan.panels.iter();
        let labels: Vec<_> = panels().map(|panel| labels_of(panel, theme)).collect();
        let labels_width = labels.iter().map(|one| one.width).fold(OVERHANG, f64::max);
        let taken = axis.width + labels_width + COLUMN_GAP * (columns - 1) as f64;
        let plot_width = (theme.body_width() - taken) / columns as f64;
        let room = (plot_width, TITLE_LINES);
        let title = |panel: &FanPanel| Lines::wrapped(theme, &panel.title, Style::PANEL, room);
        let ends = (0.0, plot_width);
        let days = DateAxis::new(fan.days(), ends);
        let mut grid = Self {
            columns,
            titles: panels().map(title).collect(),
            labels,
            axis,
            plot_width,
            plot_height: 0.0,
            phases: PhaseNames::new(theme, &fan.phases, &days, ends),
        };
        let labels_height = grid.labels.iter().map(DirectLabels::height);
        let least = labels_height.fold(0.0, f64::max);
        let body = Page::body_height_for(theme, &fan.words, PAGE_HEIGHT);
        grid.plot_height = grid.fitting_height(body - legend_height).max(least);
        grid
    }

    /// Fills an ordinary page, but never below what a panel needs to be read.
    fn fitting_height(&self, room: f64) -> f64 {
        let least = if self.rows() == 1 { 400.0 } else { 300.0 };
        ((room - self.height()) / self.rows() as f64).max(least)
    }

    fn rows(&self) -> usize {
        self.titles.len().div_ceil(self.columns)
    }

    pub(super) fn height(&self) -> f64 {
        self.row_top(self.rows()) - ROW_GAP + DateAxis::HEIGHT
    }

    /// Top of a row of panels, titles included.
    fn row_top(&self, row: usize) -> f64 {
        (0..row)
            .map(|row| self.head_height(row) + self.plot_height + ROW_GAP)
            .sum()
    }

    fn head_height(&self, row: usize) -> f64 {
        let titles = self.titles.chunks(self.columns).nth(row);
        let heights = titles.unwrap_or_default().iter().map(Lines::height);
        heights.fold(0.0, f64::max) + self.phase_height(row) + HEAD_GAP
    }

    /// Phases are named above the first row of panels only: they are the same in all.
    fn phase_height(&self, row: usize) -> f64 {
        if row == 0 { self.phases.height() } else { 0.0 }
    }

    pub(super) fn plot(&self, idx: usize, (left, top): Point) -> Rect {
        let (row, column) = (idx / self.columns, (idx % self.columns) as f64);
        let left = left + self.axis.width + column * (self.plot_width + COLUMN_GAP);
        let top = top + self.row_top(row) + self.head_height(row);
        Rect::new(
            (left, left + self.plot_width),
            (top, top + self.plot_height),
        )
    }

    /// Where the heading of a panel begins, above its plot.
    pub(super) fn title_top(&self, idx: usize, plot: Rect) -> f64 {
        let phases = self.phase_height(idx / self.columns);
        plot.top - HEAD_GAP - phases - self.titles[idx].height()
    }

    pub(super) fn is_in_first_row(&self, idx: usize) -> bool {
        idx < self.columns
    }

    pub(super) fn is_first_in_row(&self, idx: usize) -> bool {
        idx.is_multiple_of(self.columns)
    }

    pub(super) fn is_last_in_row(&self, idx: usize) -> bool {
        (idx + 1).is_multiple_of(self.columns) || idx + 1 == self.titles.len()
    }

    pub(super) fn is_lowest_in_column(&self, idx: usize) -> bool {
        idx + self.columns >= self.titles.len()
    }
}

fn columns(fan: &Fan, theme: &Theme) -> usize {
    let most = match theme.figure_width {
        Width::Phone => 1,
        Width::Page if fan.is_wide => 1,
        _ if fan.is_wide || fan.panels.len() <= 4 => 2,
        _ => 3,
    };
    fan.panels.len().min(most)
}

fn labels_of(panel: &FanPanel, theme: &Theme) -> DirectLabels {
    let names = panel
        .capacities
        .iter()
        .map(|capacity| capacity.label.as_str());
    DirectLabels::new(theme, names, LABEL_WIDTH)
}
