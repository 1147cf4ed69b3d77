//! Heat map of regions by weeks: a probability, or its difference to the baseline.

mod color_key;

use jiff::civil::Date;

use crate::chart::axis::LABEL_GAP;
use crate::chart::canvas::{Anchor, Canvas, Rect};
use crate::chart::heat::color_key::{ColorKey, cell_color, draw_mark};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{GRID, MUTED, text_on};
use crate::chart::rows::{RowRoom, Rows};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, same_length, within};

/// Percentages per region and week.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Names of the rows.
    pub regions: Vec<String>,
    /// Mondays of the columns, ascending.
    pub weeks: Vec<Date>,
    /// Panels below each other.
    pub panels: Vec<HeatPanel>,
}

/// One map of a [`Heat`].
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPanel {
    /// Heading.
    pub title: String,
    /// What the colors mean.
    pub colors: HeatColors,
    /// What a marked cell means, for the key; empty for none.
    pub mark_name: String,
    /// One row per region, one cell per week; `None` where there is too little to say.
    pub cells: Vec<Vec<Option<HeatCell>>>,
}

/// The color scale of a panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HeatColors {
    /// 0-100 %, light to dark; a mark is a corner (imprecise).
    Probability,
    /// Percentage points from `-limit` (blue) to `limit` (orange), white at 0; a mark is a dot
    /// (significant). Values beyond the limit keep the end color.
    Difference {
        /// Positive and finite.
        limit: f64,
    },
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatCell {
    /// Percent or percentage points; printed as a whole number.
    pub value: f64,
    /// Whether the cell is marked.
    pub marked: bool,
}

const CELL_HEIGHT: f64 = 64.0;
const WIDEST_CELL: f64 = 180.0;
/// White line between cells.
const SEAM: f64 = 3.0;
const LABEL_WIDTH: f64 = 420.0;
const PANEL_GAP: f64 = 44.0;
const BLOCK_GAP: f64 = 20.0;
const KEY_HEIGHT: f64 = 68.0;

/// Draws the maps. Weeks that do not fit side by side at a readable size continue in a second
/// block of columns below the first.
///
/// # Errors
/// [`ChartError::TooFew`] without a region, week or panel, [`ChartError::Length`] when the cells do
/// not match, [`ChartError::Value`] for a probability outside 0-100 % or a number that is not
/// finite.
pub fn draw(heat: &Heat, theme: &Theme) -> Result<Svg, ChartError> {
    check(heat)?;
    let layout = Layout::set(heat, theme);
    let height = layout.total_height();
    let mut page = Page::new(theme, &heat.words, height);
    let mut top = page.body.top;
    for (panel, title) in heat.panels.iter().zip(&layout.titles) {
        layout.draw_panel(&mut page.canvas, panel, title, (page.body.left, top));
        top += layout.panel_height(title) + PANEL_GAP;
    }
    page.finish()
}

fn check(heat: &Heat) -> Result<(), ChartError> {
    at_least("regions", 1, heat.regions.len())?;
    at_least("weeks", 1, heat.weeks.len())?;
    at_least("panels", 1, heat.panels.len())?;
    heat.panels
        .iter()
        .try_for_each(|panel| check_panel(heat, panel))
}

fn check_panel(heat: &Heat, panel: &HeatPanel) -> Result<(), ChartError> {
    let what = |part: &str| format!("{part} of panel '{}'", panel.title);
    same_length(&what("rows"), heat.regions.len(), panel.cells.len())?;
    if let HeatColors::Difference { limit } = panel.colors {
        within(
            &what("limit"),
            limit,
            f64::MIN_POSITIVE..=f64::MAX,
            "positive, finite",
        )?;
    }
    for row in &panel.cells {
        same_length(&what("cells"), heat.weeks.len(), row.len())?;
        for cell in row.iter().flatten() {
            let (range, words) = match panel.colors {
                HeatColors::Probability => (0.0..=100.0, "0 to 100 %"),
                HeatColors::Difference { .. } => (-100.0..=100.0, "-100 to 100 points"),
            };
            within(&what("cell"), cell.value, range, words)?;
        }
    }
    Ok(())
}

/// Places that all panels share.
struct Layout<'h> {
    heat: &'h Heat,
    rows: Rows,
    titles: Vec<Vec<String>>,
    cell_width: f64,
    columns: usize,
}

impl<'h> Layout<'h> {
    fn set(heat: &'h Heat, theme: &Theme) -> Self {
        let labels = heat.regions.iter().map(String::as_str);
        let rows = Rows::set(
            theme,
            labels,
            RowRoom {
                width: LABEL_WIDTH,
                height: CELL_HEIGHT,
            },
        );
        let room = Page::BODY_WIDTH - rows.label_width;
        let least =
            theme.widest(texts(heat, theme).iter().map(String::as_str), Style::LABEL) + 14.0;
        let blocks = (1..=heat.weeks.len())
            .find(|&n| heat.weeks.len().div_ceil(n) as f64 * least <= room)
            .unwrap_or(heat.weeks.len());
        let columns = heat.weeks.len().div_ceil(blocks);
        let cell_width = (room / columns as f64).min(WIDEST_CELL);
        let title_room = Room {
            width: Page::BODY_WIDTH,
            lines: 4,
        };
        let titles = heat
            .panels
            .iter()
            .map(|p| wrap(theme, &p.title, Style::PANEL, title_room))
            .collect();
        Self {
            heat,
            rows,
            titles,
            cell_width,
            columns,
        }
    }

    fn total_height(&self) -> f64 {
        let panels = self
            .titles
            .iter()
            .map(|title| self.panel_height(title) + PANEL_GAP);
        panels.sum::<f64>() - PANEL_GAP
    }

    fn panel_height(&self, title: &[String]) -> f64 {
        let blocks = self.heat.weeks.len().div_ceil(self.columns) as f64;
        Style::PANEL.block_height(title.len())
            + KEY_HEIGHT
            + blocks * (Self::head_height() + self.rows.height + BLOCK_GAP)
            - BLOCK_GAP
    }

    /// ISO weeks and dates above a block.
    fn head_height() -> f64 {
        Style::LABEL.block_height(2) + 6.0
    }

    fn draw_panel(
        &self,
        canvas: &mut Canvas<'_>,
        panel: &HeatPanel,
        title: &[String],
        (left, top): (f64, f64),
    ) {
        canvas.lines(title, (left, top), Anchor::Start, Style::PANEL);
        let key_top = top + Style::PANEL.block_height(title.len());
        ColorKey {
            panel,
            left,
            middle: key_top + 0.5 * Style::LABEL.line_height(),
        }
        .draw(canvas);
        let mut block_top = key_top + KEY_HEIGHT;
        for start in (0..self.heat.weeks.len()).step_by(self.columns) {
            let block = Block {
                layout: self,
                start,
                left,
                top: block_top + Self::head_height(),
            };
            block.draw(canvas, panel);
            block_top += Self::head_height() + self.rows.height + BLOCK_GAP;
        }
    }
}

/// Every text that a column must hold.
fn texts(heat: &Heat, theme: &Theme) -> Vec<String> {
    let cells = heat
        .panels
        .iter()
        .flat_map(|panel| panel.cells.iter().flatten().flatten());
    let mut texts: Vec<_> = cells
        .map(|cell| theme.numbers.format(cell.value, 0))
        .collect();
    texts.extend(heat.weeks.iter().map(|&week| week_number(week)));
    texts
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
        self.layout.rows.draw_labels(canvas, self.left, self.top);
        for (row, cells) in panel.cells.iter().enumerate() {
            let (above, below) = self.layout.rows.span(row, self.top);
            for (column, cell) in self.shown(cells).iter().enumerate() {
                let left = self.column(column) + 0.5 * SEAM;
                let right = left + self.layout.cell_width - SEAM;
                let rect = Rect {
                    left,
                    top: above + 0.5 * SEAM,
                    right,
                    bottom: below - 0.5 * SEAM,
                };
                draw_cell(canvas, panel.colors, *cell, rect);
            }
        }
    }

    fn shown<'c, T>(&self, all: &'c [T]) -> &'c [T] {
        &all[self.start..all.len().min(self.start + self.layout.columns)]
    }

    fn column(&self, idx: usize) -> f64 {
        self.left + self.layout.rows.label_width + self.layout.cell_width * idx as f64
    }

    /// Every week number; dates where the one before leaves room.
    fn draw_head(&self, canvas: &mut Canvas<'_>) {
        let style = Style::QUIET;
        let top = self.top - Layout::head_height();
        let (week_y, date_y) = (
            style.baseline_below(top),
            style.baseline_below(top + style.line_height()),
        );
        let name = canvas.theme.dates.week.clone();
        canvas.text(
            &name,
            (self.column(0) - LABEL_GAP, week_y),
            Anchor::End,
            style,
        );
        let mut free_from = f64::NEG_INFINITY;
        for (idx, &week) in self.shown(&self.layout.heat.weeks).iter().enumerate() {
            let middle = self.column(idx) + 0.5 * self.layout.cell_width;
            canvas.text(&week_number(week), (middle, week_y), Anchor::Middle, style);
            let day = canvas.theme.dates.day(week);
            let half = 0.5 * canvas.theme.width(&day, style);
            let at = middle.min(Page::BODY_WIDTH + self.left - half);
            if at - half >= free_from {
                canvas.text(&day, (at, date_y), Anchor::Middle, style);
                free_from = at + half + 20.0;
            }
        }
    }
}

fn draw_cell(canvas: &mut Canvas<'_>, colors: HeatColors, cell: Option<HeatCell>, rect: Rect) {
    let Some(cell) = cell else {
        canvas.rect(rect, GRID);
        let (x, y) = rect.center();
        let style = Style::LABEL.colored(MUTED);
        canvas.text(
            "\u{2013}",
            (x, style.baseline_around(y)),
            Anchor::Middle,
            style,
        );
        return;
    };
    let color = cell_color(colors, cell.value);
    canvas.rect(rect, color);
    if cell.marked {
        draw_mark(canvas, colors, rect, text_on(color));
    }
    let text = canvas.theme.numbers.format(cell.value, 0);
    let (x, y) = rect.center();
    let style = Style::LABEL.colored(text_on(color));
    canvas.text(&text, (x, style.baseline_around(y)), Anchor::Middle, style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};
    use jiff::ToSpan;
    use jiff::civil::date;

    fn heat(regions: usize, weeks: i32, value: f64) -> Heat {
        let weeks: Vec<Date> = (0..weeks)
            .map(|n| date(2021, 9, 27) + (7 * n).days())
            .collect();
        let cells = |value: f64| {
            let mut cells = vec![
                vec![
                    Some(HeatCell {
                        value,
                        marked: true
                    });
                    weeks.len()
                ];
                regions
            ];
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
        for (regions, weeks, value) in [(1, 1, 0.0), (1, 40, 100.0), (11, 16, 50.0), (20, 5, 7.0)] {
            let svg = draw(&heat(regions, weeks, value), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{regions} regions, {weeks} weeks"
            );
        }
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
        let error = draw(&heat(2, 2, 101.0), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
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
