//! Ladder of definitions: how much is displaced under each policy, by ever stricter definitions,
//! and below it the final statuses of the whole cohort as bars of 100 %.

use crate::chart::axis::{VALUE_AXIS_HEIGHT, draw_value_axis, fitting_ticks};
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect, Stroke};
use crate::chart::key::{Item, Key, Symbol};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, GRID, MUTED, Rgb, VERMILION, WHITE, categorical, mix, text_on};
use crate::chart::rows::{RowRoom, Rows};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, Estimate, at_least, same_length, within};

/// Percentages of one cohort per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Heading of the upper panel.
    pub rungs_title: String,
    /// One to four definitions, in the order of the key and of the printed columns.
    pub rungs: Vec<String>,
    /// Heading of the lower panel.
    pub statuses_title: String,
    /// Final statuses in the order of the bars; none leaves the lower panel out.
    pub statuses: Vec<Status>,
    /// Decimals of the printed percentages.
    pub decimals: usize,
    /// The policies, from top to bottom.
    pub rows: Vec<LadderRow>,
}

/// A final status and the family that colors it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Name in the key.
    pub label: String,
    /// Which colors it takes.
    pub family: StatusFamily,
}

/// Statuses of one family share a hue, lighter from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusFamily {
    /// Treated in time: blue.
    OnTime,
    /// Treated late: orange.
    Late,
    /// Not treated as planned: purple.
    Lost,
    /// Not treated yet: grey.
    Open,
}

/// One policy of a [`Ladder`].
#[derive(Debug, Clone, PartialEq)]
pub struct LadderRow {
    /// Name of the policy.
    pub policy: String,
    /// One percentage with its interval per rung.
    pub rungs: Vec<Estimate>,
    /// One percentage per status, together at most 100.
    pub shares: Vec<f64>,
}

const LABEL_WIDTH: f64 = 500.0;
const MOST_RUNGS: usize = 4;
/// Vertical room of one rung inside a row.
const LANE: f64 = 20.0;
const COLUMN_GAP: f64 = 26.0;
const STATUS_ROW: f64 = 62.0;
const HEADING_GAP: f64 = 10.0;
const PANEL_GAP: f64 = 40.0;

/// Draws the ladder.
///
/// # Errors
/// [`ChartError::TooFew`] without a policy or rung, [`ChartError::Length`] when a row has another
/// number of rungs or shares, [`ChartError::Value`] for more than four rungs, a percentage outside
/// 0-100 or shares that exceed 100 together.
pub fn draw(ladder: &Ladder, theme: &Theme) -> Result<Svg, ChartError> {
    check(ladder)?;
    let names = ladder.rows.iter().map(|row| row.policy.as_str());
    let height = (LANE * (ladder.rungs.len() + 1) as f64).max(56.0);
    let upper = Panel {
        title: heading(theme, &ladder.rungs_title),
        key: Key::set(theme, rung_items(ladder)),
        rows: Rows::set(
            theme,
            names.clone(),
            RowRoom {
                width: LABEL_WIDTH,
                height,
            },
        ),
        axis_height: VALUE_AXIS_HEIGHT,
    };
    let lower = (!ladder.statuses.is_empty()).then(|| Panel {
        title: heading(theme, &ladder.statuses_title),
        key: Key::set(theme, status_items(ladder)),
        rows: Rows::set(
            theme,
            names,
            RowRoom {
                width: LABEL_WIDTH,
                height: STATUS_ROW,
            },
        ),
        axis_height: VALUE_AXIS_HEIGHT,
    });
    let lower_height = lower
        .as_ref()
        .map_or(0.0, |panel| panel.height() + PANEL_GAP);
    let mut page = Page::new(theme, &ladder.words, upper.height() + lower_height);
    let body = page.body;
    draw_rungs(&mut page.canvas, ladder, &upper, body);
    if let Some(lower) = lower {
        let body = Rect {
            top: body.top + upper.height() + PANEL_GAP,
            ..body
        };
        draw_statuses(&mut page.canvas, ladder, &lower, body);
    }
    page.finish()
}

fn check(ladder: &Ladder) -> Result<(), ChartError> {
    at_least("policies", 1, ladder.rows.len())?;
    at_least("rungs", 1, ladder.rungs.len())?;
    within(
        "number of rungs",
        ladder.rungs.len() as f64,
        1.0..=MOST_RUNGS as f64,
        "1 to 4",
    )?;
    ladder
        .rows
        .iter()
        .try_for_each(|row| check_row(ladder, row))
}

fn check_row(ladder: &Ladder, row: &LadderRow) -> Result<(), ChartError> {
    let what = |part: &str| format!("{part} of policy '{}'", row.policy);
    same_length(&what("rungs"), ladder.rungs.len(), row.rungs.len())?;
    same_length(&what("shares"), ladder.statuses.len(), row.shares.len())?;
    for rung in &row.rungs {
        rung.checked(&what("rung"))?;
        within(&what("rung"), rung.low, 0.0..=100.0, "0 to 100 %")?;
        within(&what("rung"), rung.high, 0.0..=100.0, "0 to 100 %")?;
    }
    for &share in &row.shares {
        within(&what("share"), share, 0.0..=100.0, "0 to 100 %")?;
    }
    let total = row.shares.iter().sum();
    within(
        &what("sum of shares"),
        total,
        0.0..=100.0 + 1e-6,
        "0 to 100 %",
    )
    .map(|_| ())
}

/// Heading, key, rows and axis below each other.
struct Panel {
    title: Vec<String>,
    key: Key,
    rows: Rows,
    axis_height: f64,
}

impl Panel {
    fn rows_top(&self, top: f64) -> f64 {
        top + Style::PANEL.block_height(self.title.len()) + HEADING_GAP + self.key.height
    }

    fn height(&self) -> f64 {
        self.rows_top(0.0) + self.rows.height + self.axis_height
    }

    /// Writes everything but the data and returns the area of the rows right of the labels.
    fn draw_frame(&self, canvas: &mut Canvas<'_>, body: Rect) -> Rect {
        canvas.lines(
            &self.title,
            (body.left, body.top),
            Anchor::Start,
            Style::PANEL,
        );
        let rows_top = self.rows_top(body.top);
        self.key
            .draw(canvas, (body.left, rows_top - self.key.height));
        let bottom = rows_top + self.rows.height;
        self.rows.draw_separators(
            canvas,
            Rect {
                top: rows_top,
                bottom,
                ..body
            },
        );
        self.rows.draw_labels(canvas, body.left, rows_top);
        let left = body.left + self.rows.label_width;
        Rect {
            left,
            top: rows_top,
            right: body.right,
            bottom,
        }
    }
}

fn heading(theme: &Theme, title: &str) -> Vec<String> {
    wrap(
        theme,
        title,
        Style::PANEL,
        Room {
            width: Page::BODY_WIDTH,
            lines: 2,
        },
    )
}

fn rung_items(ladder: &Ladder) -> Vec<Item> {
    let item = |(idx, label): (usize, &String)| Item {
        symbol: Symbol::Marker(Marker::nth(idx), rung_color(idx)),
        label: label.clone(),
    };
    ladder.rungs.iter().enumerate().map(item).collect()
}

fn rung_color(idx: usize) -> Rgb {
    categorical(idx)
}

fn draw_rungs(canvas: &mut Canvas<'_>, ladder: &Ladder, panel: &Panel, body: Rect) {
    let area = panel.draw_frame(canvas, body);
    let columns = Columns::set(ladder, canvas.theme, area.right);
    let plot = Rect {
        left: area.left + 24.0,
        right: columns.left - 44.0,
        ..area
    };
    let highest = ladder
        .rows
        .iter()
        .flat_map(|row| &row.rungs)
        .map(|rung| rung.high);
    let range = (0.0, highest.fold(0.0, f64::max));
    let ticks = fitting_ticks(canvas.theme, range, plot.width(), "");
    let scale = Scale::new(ticks.range(), (plot.left, plot.right));
    for (idx, row) in ladder.rows.iter().enumerate() {
        let middle = panel.rows.middle(idx, plot.top);
        draw_row(canvas, &row.rungs, scale, middle);
        columns.draw(canvas, &row.rungs, middle);
    }
    columns.draw_heads(canvas, plot.bottom);
    draw_value_axis(canvas, plot, &ticks, scale, "");
}

/// Rungs above each other in one row, so that intervals never hide each other.
fn draw_row(canvas: &mut Canvas<'_>, rungs: &[Estimate], scale: Scale, middle: f64) {
    let first = middle - 0.5 * LANE * (rungs.len() - 1) as f64;
    for (idx, rung) in rungs.iter().enumerate() {
        let y = first + LANE * idx as f64;
        let ends = vec![(scale.at(rung.low), y), (scale.at(rung.high), y)];
        canvas.line(ends, Stroke::solid(rung_color(idx), 4.0));
        canvas.marker(
            Marker::nth(idx),
            (scale.at(rung.value), y),
            8.0,
            rung_color(idx),
        );
    }
}

/// Printed percentages, one right-aligned column per rung.
struct Columns {
    ends: Vec<f64>,
    left: f64,
    decimals: usize,
}

impl Columns {
    fn set(ladder: &Ladder, theme: &Theme, right: f64) -> Self {
        let values = ladder.rows.iter().flat_map(|row| &row.rungs);
        let texts: Vec<_> = values
            .map(|rung| theme.numbers.format(rung.value, ladder.decimals))
            .collect();
        let width = theme.widest(texts.iter().map(String::as_str), Style::LABEL) + COLUMN_GAP;
        let ends: Vec<f64> = (0..ladder.rungs.len())
            .rev()
            .map(|idx| right - width * idx as f64)
            .collect();
        Self {
            left: right - width * ends.len() as f64,
            ends,
            decimals: ladder.decimals,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, rungs: &[Estimate], middle: f64) {
        for (rung, end) in rungs.iter().zip(&self.ends) {
            let text = canvas.theme.numbers.format(rung.value, self.decimals);
            let at = (*end, Style::LABEL.baseline_around(middle));
            canvas.text(&text, at, Anchor::End, Style::LABEL);
        }
    }

    /// The key's markers below the columns say which rung is which.
    fn draw_heads(&self, canvas: &mut Canvas<'_>, bottom: f64) {
        for (idx, end) in self.ends.iter().enumerate() {
            let at = (end - 28.0, bottom + 32.0);
            canvas.marker(Marker::nth(idx), at, 10.0, rung_color(idx));
        }
    }
}

fn status_items(ladder: &Ladder) -> Vec<Item> {
    let colors = status_colors(&ladder.statuses);
    let item = |(status, color): (&Status, Rgb)| Item {
        symbol: Symbol::Swatch(color),
        label: status.label.clone(),
    };
    ladder.statuses.iter().zip(colors).map(item).collect()
}

/// The family's hue, lighter from one member to the next.
fn status_colors(statuses: &[Status]) -> Vec<Rgb> {
    let color = |(idx, status): (usize, &Status)| {
        let rank = statuses[..idx]
            .iter()
            .filter(|other| other.family == status.family)
            .count();
        let size = statuses
            .iter()
            .filter(|other| other.family == status.family)
            .count();
        mix(hue(status.family), WHITE, 0.75 * rank as f64 / size as f64)
    };
    statuses.iter().enumerate().map(color).collect()
}

fn hue(family: StatusFamily) -> Rgb {
    match family {
        StatusFamily::OnTime => BLUE,
        StatusFamily::Late => VERMILION,
        StatusFamily::Lost => Rgb(92, 45, 92),
        StatusFamily::Open => MUTED,
    }
}

fn draw_statuses(canvas: &mut Canvas<'_>, ladder: &Ladder, panel: &Panel, body: Rect) {
    let area = panel.draw_frame(canvas, body);
    let plot = Rect {
        left: area.left + 24.0,
        right: area.right - 40.0,
        ..area
    };
    let ticks = Ticks::around(0.0, 100.0, 6);
    let scale = Scale::new(ticks.range(), (plot.left, plot.right));
    let colors = status_colors(&ladder.statuses);
    for (idx, row) in ladder.rows.iter().enumerate() {
        let middle = panel.rows.middle(idx, plot.top);
        let bar = Bar {
            scale,
            top: middle - 22.0,
            bottom: middle + 22.0,
        };
        bar.draw(canvas, &row.shares, &colors, ladder.decimals);
    }
    draw_value_axis(canvas, plot, &ticks, scale, "");
}

/// One stacked bar of 100 %.
struct Bar {
    scale: Scale,
    top: f64,
    bottom: f64,
}

impl Bar {
    fn draw(&self, canvas: &mut Canvas<'_>, shares: &[f64], colors: &[Rgb], decimals: usize) {
        let all = self.segment(0.0, 100.0);
        canvas.rect(all, GRID);
        canvas.rect(inset(all), WHITE);
        let mut from = 0.0;
        for (share, color) in shares.iter().zip(colors) {
            let until = (from + share).min(100.0);
            let segment = self.segment(from, until);
            canvas.rect(segment, *color);
            let edge = vec![(segment.right, self.top), (segment.right, self.bottom)];
            canvas.line(edge, Stroke::solid(WHITE, 2.0));
            let text = canvas.theme.numbers.format(*share, decimals);
            let style = Style::LABEL.colored(text_on(*color));
            if canvas.theme.width(&text, style) + 12.0 <= segment.width() {
                let (x, y) = segment.center();
                canvas.text(&text, (x, style.baseline_around(y)), Anchor::Middle, style);
            }
            from = until;
        }
    }

    fn segment(&self, from: f64, until: f64) -> Rect {
        let (left, right) = (self.scale.at(from), self.scale.at(until));
        Rect {
            left,
            top: self.top,
            right,
            bottom: self.bottom,
        }
    }
}

fn inset(rect: Rect) -> Rect {
    Rect {
        left: rect.left + 2.0,
        top: rect.top + 2.0,
        right: rect.right - 2.0,
        bottom: rect.bottom - 2.0,
    }
}
