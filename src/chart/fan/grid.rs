//! Where the panels of a fan stand, and which phases can be named above them.

use crate::chart::axis::{DATE_AXIS_HEIGHT, DateScale, LABEL_GAP, tick_labels};
use crate::chart::canvas::Rect;
use crate::chart::ends::EndLabels;
use crate::chart::fan::{Fan, FanPanel, PhaseSpan, ends};
use crate::chart::page::Page;
use crate::chart::scale::Ticks;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};

/// Height of a page whose panels need no more.
const PAGE_HEIGHT: f64 = 1000.0;
const COLUMN_GAP: f64 = 40.0;
const ROW_GAP: f64 = 36.0;
/// Between a panel's heading and its plot.
pub(super) const HEAD_GAP: f64 = 12.0;
/// Names of short phases may move up into this many rows.
const PHASE_ROWS: usize = 3;
const TITLE_LINES: usize = 6;
const LABEL_WIDTH: f64 = 300.0;

/// Where the panels stand.
pub(super) struct Grid<'f> {
    pub(super) fan: &'f Fan,
    pub(super) columns: usize,
    pub(super) titles: Vec<Vec<String>>,
    pub(super) ticks: Ticks,
    tick_width: f64,
    plot_width: f64,
    plot_height: f64,
    /// Row of each phase's name, none when there is no room.
    pub(super) phase_rows: Vec<Option<usize>>,
}

impl<'f> Grid<'f> {
    pub(super) fn set(fan: &'f Fan, theme: &Theme, key_height: f64) -> Self {
        let columns = match fan.panels.len() {
            1 => 1,
            2..=4 => 2,
            _ => 3,
        };
        let ticks = Ticks::around(0.0, highest(fan), 7);
        let labels = tick_labels(theme, &ticks, "");
        let tick_width = theme.widest(labels.iter().map(String::as_str), Style::LABEL) + LABEL_GAP;
        let ends: Vec<_> = fan
            .panels
            .iter()
            .map(|panel| end_labels(panel, theme))
            .collect();
        let ends_width = ends
            .iter()
            .map(|labels| labels.width)
            .fold(OVERHANG, f64::max);
        let taken = tick_width + ends_width + COLUMN_GAP * (columns - 1) as f64;
        let plot_width = (Page::BODY_WIDTH - taken) / columns as f64;
        let room = Room {
            width: plot_width,
            lines: TITLE_LINES,
        };
        let titles = fan
            .panels
            .iter()
            .map(|p| wrap(theme, &p.title, Style::PANEL, room))
            .collect();
        let phase_rows = place_phases(fan, theme, plot_width);
        let mut grid = Self {
            fan,
            columns,
            titles,
            ticks,
            tick_width,
            plot_width,
            plot_height: 0.0,
            phase_rows,
        };
        let ends_height = ends.iter().map(EndLabels::height).fold(0.0, f64::max);
        grid.plot_height = grid.fitting_height(theme, key_height).max(ends_height);
        grid
    }

    /// Fills an ordinary page, but never below what a panel needs to be read.
    fn fitting_height(&self, theme: &Theme, key_height: f64) -> f64 {
        let least = if self.rows() == 1 { 400.0 } else { 300.0 };
        let body = Page::body_height_for(theme, &self.fan.words, PAGE_HEIGHT);
        ((body - key_height - self.height()) / self.rows() as f64).max(least)
    }

    fn rows(&self) -> usize {
        self.titles.len().div_ceil(self.columns)
    }

    pub(super) fn height(&self) -> f64 {
        self.row_top(self.rows()) - ROW_GAP + DATE_AXIS_HEIGHT
    }

    /// Top of a row of panels, titles included.
    fn row_top(&self, row: usize) -> f64 {
        (0..row)
            .map(|row| self.head_height(row) + self.plot_height + ROW_GAP)
            .sum()
    }

    fn head_height(&self, row: usize) -> f64 {
        let titles = self
            .titles
            .chunks(self.columns)
            .nth(row)
            .unwrap_or_default();
        let lines = titles.iter().map(Vec::len).max().unwrap_or(0);
        Style::PANEL.block_height(lines) + self.phase_height(row) + HEAD_GAP
    }

    /// Phases are named above the first row of panels only: the bands are the same in all.
    pub(super) fn phase_height(&self, row: usize) -> f64 {
        let rows = self
            .phase_rows
            .iter()
            .flatten()
            .max()
            .map_or(0, |last| last + 1);
        if row == 0 {
            Style::QUIET.block_height(rows)
        } else {
            0.0
        }
    }

    pub(super) fn plot(&self, idx: usize, (left, top): (f64, f64)) -> Rect {
        let (row, column) = (idx / self.columns, (idx % self.columns) as f64);
        let left = left + self.tick_width + column * (self.plot_width + COLUMN_GAP);
        let top = top + self.row_top(row) + self.head_height(row);
        Rect {
            left,
            top,
            right: left + self.plot_width,
            bottom: top + self.plot_height,
        }
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

fn highest(fan: &Fan) -> f64 {
    let of_panel = |panel: &FanPanel| {
        let bands = panel.bands.iter().flat_map(|band| &band.upper);
        let lines = panel
            .capacities
            .iter()
            .flat_map(|capacity| &capacity.values);
        let dots = panel.observed.iter().map(|(_, value)| value);
        let all = bands.chain(lines).chain(dots).chain(&panel.median);
        all.copied().fold(0.0, f64::max)
    };
    fan.panels.iter().map(of_panel).fold(0.0, f64::max)
}

/// Names of the capacity lines of one panel.
pub(super) fn end_labels(panel: &FanPanel, theme: &Theme) -> EndLabels {
    let names = panel
        .capacities
        .iter()
        .map(|capacity| capacity.label.as_str());
    EndLabels::set(theme, names, LABEL_WIDTH)
}

/// Room at the right for half a date label.
const OVERHANG: f64 = 20.0;

/// The lowest row in which each phase's name touches no earlier one.
fn place_phases(fan: &Fan, theme: &Theme, plot_width: f64) -> Vec<Option<usize>> {
    let x = DateScale::new(ends(&fan.dates), (0.0, plot_width));
    let mut free_from = [f64::NEG_INFINITY; PHASE_ROWS];
    let place = |phase: &PhaseSpan| {
        let half = 0.5 * theme.width(&phase.label, Style::QUIET);
        let middle = phase_middle(theme, phase, (0.0, plot_width), x);
        let row = free_from.iter().position(|&free| middle - half >= free)?;
        free_from[row] = middle + half + 12.0;
        (2.0 * half <= plot_width).then_some(row)
    };
    fan.phases.iter().map(place).collect()
}

/// The middle of a phase, moved so that its name stays between the plot's ends.
pub(super) fn phase_middle(
    theme: &Theme,
    phase: &PhaseSpan,
    plot: (f64, f64),
    x: DateScale,
) -> f64 {
    let half = 0.5 * theme.width(&phase.label, Style::QUIET);
    (0.5 * (x.at(phase.from) + x.at(phase.until)))
        .min(plot.1 - half)
        .max(plot.0 + half)
}
