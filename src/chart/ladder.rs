//! Ladder of definitions: how much is displaced under each policy, by ever stricter definitions,
//! and below it the final statuses of the whole cohort as bars of 100 %.

mod bars;

use crate::chart::axis::{VALUE_AXIS_HEIGHT, draw_value_axis, fitting_ticks};
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect, Stroke};
use crate::chart::key::{Item, Key, Symbol};
use crate::chart::ladder::bars::{Bar, status_colors};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{Rgb, categorical};
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
    /// Not treated yet: light grey, which a grey printer keeps apart from dark purple.
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
/// Height of the markers above the columns.
const HEAD: f64 = 36.0;
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
        head_height: HEAD,
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
        head_height: 0.0,
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
    /// Above the rows, for what stands over the columns.
    head_height: f64,
}

impl Panel {
    fn rows_top(&self, top: f64) -> f64 {
        top + Style::PANEL.block_height(self.title.len())
            + HEADING_GAP
            + self.key.height
            + self.head_height
    }

    fn height(&self) -> f64 {
        self.rows_top(0.0) + self.rows.height + VALUE_AXIS_HEIGHT
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
        self.key.draw(
            canvas,
            (body.left, rows_top - self.head_height - self.key.height),
        );
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
    columns.draw_heads(canvas, plot.top);
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

    /// The key's markers above the columns say which rung is which.
    fn draw_heads(&self, canvas: &mut Canvas<'_>, rows_top: f64) {
        for (idx, end) in self.ends.iter().enumerate() {
            let at = (end - 28.0, rows_top - 0.5 * HEAD);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn ladder(policies: usize, rungs: usize, level: f64) -> Ladder {
        let families = [StatusFamily::OnTime, StatusFamily::Late, StatusFamily::Lost];
        Ladder {
            words: long_words(),
            rungs_title: "Displaced, by definition".to_owned(),
            rungs: (0..rungs).map(|idx| format!("definition {idx}")).collect(),
            statuses_title: "Final status".to_owned(),
            statuses: (0..9)
                .map(|idx| Status {
                    label: format!("F{idx} a final status"),
                    family: families[idx / 3],
                })
                .collect(),
            decimals: 1,
            rows: (0..policies)
                .map(|idx| LadderRow {
                    policy: name(idx),
                    rungs: vec![Estimate::new(level, 0.9 * level, level); rungs],
                    shares: vec![level / 9.0; 9],
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (policies, rungs, level) in [(1, 1, 0.0), (1, 4, 100.0), (6, 3, 8.1), (20, 4, 33.0)] {
            let svg = draw(&ladder(policies, rungs, level), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{policies} policies, {level} %"
            );
        }
    }

    #[test]
    fn the_lower_panel_can_be_left_out() {
        let mut only_rungs = ladder(2, 4, 10.0);
        only_rungs.statuses.clear();
        only_rungs
            .rows
            .iter_mut()
            .for_each(|row| row.shares.clear());
        let svg = draw(&only_rungs, &theme()).unwrap();
        assert!(
            !svg.as_str().contains("Final status"),
            "no heading without bars"
        );
    }

    #[test]
    fn percentages_that_cannot_be_are_refused() {
        let mut too_much = ladder(1, 4, 10.0);
        too_much.rows[0].shares = vec![12.0; 9];
        let mut upside_down = ladder(1, 4, 10.0);
        upside_down.rows[0].rungs[2] = Estimate::new(5.0, 6.0, 7.0);
        let mut negative = ladder(1, 4, 10.0);
        negative.rows[0].rungs[0] = Estimate::new(5.0, -1.0, 7.0);
        for broken in [too_much, upside_down, negative, ladder(1, 5, 10.0)] {
            let error = draw(&broken, &theme()).unwrap_err();
            assert!(matches!(error, ChartError::Value { .. }), "got {error}");
        }
    }

    #[test]
    fn statuses_of_a_family_differ_in_color() {
        let colors = status_colors(&ladder(1, 1, 1.0).statuses);
        let all_differ = (0..9).all(|a| (0..a).all(|b| colors[a] != colors[b]));
        assert!(all_differ, "nine statuses need nine colors: {colors:?}");
    }
}
