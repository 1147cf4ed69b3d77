//! Ladder of definitions: how much is displaced under each policy, by ever stricter definitions,
//! and below it the final statuses of the whole cohort as bars of 100 %.

mod bars;

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, at_least, percentages, same_length, within};
use crate::chart::ladder::bars::draw_bar;
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Anchor, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, Rgb, VERMILION, WHITE, mix, neutral};
use crate::chart::row_labels::{RowLabels, RowPanel};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// Percentages of one cohort per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Heading of the upper panel.
    pub rungs_title: String,
    /// One to four definitions, in the order of the legend and of the printed columns.
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
    /// Name in the legend.
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
const MOST_RUNGS: f64 = 4.0;
/// Vertical room of one rung inside a row.
const LANE: f64 = 20.0;
const COLUMN_GAP: f64 = 26.0;
const STATUS_ROW: f64 = 62.0;
/// Between a heading and its legend.
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
    let row = (LANE * (ladder.rungs.len() + 1) as f64).max(56.0);
    let upper = Panel::new(
        theme,
        ladder,
        &ladder.rungs_title,
        (rung_legend(ladder), HEAD, row),
    );
    let statuses = status_legend(ladder);
    let lower = (!statuses.is_empty()).then(|| {
        let legend = (statuses, 0.0, STATUS_ROW);
        Panel::new(theme, ladder, &ladder.statuses_title, legend)
    });
    let below = upper.rows.height() + PANEL_GAP;
    let height = match &lower {
        Some(lower) => below + lower.rows.height(),
        None => upper.rows.height(),
    };
    let mut page = Page::new(theme, &ladder.words, height);
    let body = page.body;
    draw_rungs(&mut page.canvas, ladder, &upper, body);
    if let Some(lower) = lower {
        let top = body.top + below;
        draw_statuses(&mut page.canvas, ladder, &lower, Rect { top, ..body });
    }
    page.finish()
}

fn check(ladder: &Ladder) -> Result<(), ChartError> {
    at_least("policies", 1, ladder.rows.len())?;
    at_least("rungs", 1, ladder.rungs.len())?;
    let n_rungs = ladder.rungs.len() as f64;
    within("number of rungs", n_rungs, 1.0..=MOST_RUNGS, "1 to 4")?;
    let mut rows = ladder.rows.iter();
    rows.try_for_each(|row| check_row(ladder, row))
}

fn check_row(ladder: &Ladder, row: &LadderRow) -> Result<(), ChartError> {
    let what = |part: &str| format!("{part} of policy '{}'", row.policy);
    same_length(&what("rungs"), ladder.rungs.len(), row.rungs.len())?;
    same_length(&what("shares"), ladder.statuses.len(), row.shares.len())?;
    for rung in &row.rungs {
        rung.check(&what("rung"))?;
        percentages(&what("rung"), rung.ends())?;
    }
    percentages(&what("share"), row.shares.iter().copied())?;
    let total = row.shares.iter().sum();
    let range = 0.0..=100.0 + 1e-6;
    within(&what("sum of shares"), total, range, "0 to 100 %")
}

/// Heading, legend, rows and axis below each other.
struct Panel {
    rows: RowPanel,
    legend: Legend,
}

impl Panel {
    /// A panel with its legend, room of height `head` above the columns, and the least height of a
    /// row.
    fn new(
        theme: &Theme,
        ladder: &Ladder,
        title: &str,
        (items, head, row): (Vec<(Symbol, &str)>, f64, f64),
    ) -> Self {
        let names = ladder.rows.iter().map(|row| row.policy.as_str());
        let labels = RowLabels::new(theme, names, (LABEL_WIDTH, row));
        let legend = Legend::new(theme, items);
        let gap = HEADING_GAP + legend.height + head;
        Self {
            rows: RowPanel::new(Lines::heading(theme, title), gap, labels),
            legend,
        }
    }

    /// Writes everything but the data and returns the area of the rows right of the labels.
    fn draw(&self, canvas: &mut Canvas<'_>, body: Rect, head: f64) -> Rect {
        let area = self.rows.draw_title(canvas, body);
        let legend_top = area.top - head - self.legend.height;
        self.legend.draw(canvas, (body.left, legend_top));
        self.rows.draw_rows(canvas, area);
        area.between(body.left + self.rows.rows.width, body.right)
    }
}

fn rung_legend(ladder: &Ladder) -> Vec<(Symbol, &str)> {
    let rungs = ladder.rungs.iter().enumerate();
    let symbol = |idx| Symbol::Marker(Marker::nth(idx), neutral(idx));
    rungs
        .map(|(idx, name)| (symbol(idx), name.as_str()))
        .collect()
}

fn draw_rungs(canvas: &mut Canvas<'_>, ladder: &Ladder, panel: &Panel, body: Rect) {
    let area = panel.draw(canvas, body, HEAD);
    let columns = Columns::new(ladder, canvas.theme, area.right);
    let plot = area.between(area.left + 24.0, columns.left - 44.0);
    let rungs = ladder.rows.iter().flat_map(|row| &row.rungs);
    let range = (0.0, rungs.map(|rung| rung.high).fold(0.0, f64::max));
    let axis = BottomAxis::fit(canvas.theme, range, plot.across());
    for (idx, row) in ladder.rows.iter().enumerate() {
        let middle = panel.rows.rows.middle(idx, plot.top);
        draw_row(canvas, &row.rungs, &axis, middle);
        columns.draw(canvas, &row.rungs, middle);
    }
    columns.draw_heads(canvas, plot.top);
    axis.draw(canvas, plot);
}

/// Rungs above each other in one row, so that intervals never hide each other.
fn draw_row(canvas: &mut Canvas<'_>, rungs: &[Estimate], axis: &BottomAxis, middle: f64) {
    let first = middle - 0.5 * LANE * (rungs.len() - 1) as f64;
    for (idx, rung) in rungs.iter().enumerate() {
        let (y, color) = (first + LANE * idx as f64, neutral(idx));
        let ends = (axis.at(rung.low), axis.at(rung.high));
        canvas.horizontal(y, ends, Stroke::solid(color, 4.0));
        canvas.marker(Marker::nth(idx), (axis.at(rung.value), y), 8.0, color);
    }
}

/// Printed percentages, one right-aligned column per rung.
struct Columns {
    ends: Vec<f64>,
    left: f64,
    decimals: usize,
}

impl Columns {
    fn new(ladder: &Ladder, theme: &Theme, right: f64) -> Self {
        let decimals = ladder.decimals;
        let values = ladder.rows.iter().flat_map(|row| &row.rungs);
        let texts = values.map(|rung| theme.numbers.format(rung.value, decimals));
        let width = theme.widest(texts, Style::LABEL) + COLUMN_GAP;
        let from_right = (0..ladder.rungs.len()).rev();
        Self {
            left: right - width * ladder.rungs.len() as f64,
            ends: from_right.map(|idx| right - width * idx as f64).collect(),
            decimals,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, rungs: &[Estimate], middle: f64) {
        for (rung, end) in rungs.iter().zip(&self.ends) {
            let text = canvas.theme.numbers.format(rung.value, self.decimals);
            canvas.label(&text, (*end, middle), Anchor::End, Style::LABEL);
        }
    }

    /// The markers of the legend above the columns say which rung is which.
    fn draw_heads(&self, canvas: &mut Canvas<'_>, rows_top: f64) {
        for (idx, end) in self.ends.iter().enumerate() {
            let at = (end - 28.0, rows_top - 0.5 * HEAD);
            canvas.marker(Marker::nth(idx), at, 10.0, neutral(idx));
        }
    }
}

fn status_legend(ladder: &Ladder) -> Vec<(Symbol, &str)> {
    let colors = status_colors(&ladder.statuses);
    let swatches = colors.into_iter().map(Symbol::Swatch);
    let names = ladder.statuses.iter().map(|status| status.label.as_str());
    swatches.zip(names).collect()
}

fn draw_statuses(canvas: &mut Canvas<'_>, ladder: &Ladder, panel: &Panel, body: Rect) {
    let area = panel.draw(canvas, body, 0.0);
    let plot = area.between(area.left + 24.0, area.right - 40.0);
    let ticks = Ticks::around(0.0, 100.0, 6);
    let scale = Scale::new(ticks.range(), plot.across());
    let colors = status_colors(&ladder.statuses);
    for (idx, row) in ladder.rows.iter().enumerate() {
        let middle = panel.rows.rows.middle(idx, plot.top);
        let shares: Vec<_> = row
            .shares
            .iter()
            .copied()
            .zip(colors.iter().copied())
            .collect();
        draw_bar(canvas, scale, middle, (&shares, ladder.decimals));
    }
    let axis = BottomAxis {
        ticks,
        scale,
        suffix: "",
    };
    axis.draw(canvas, plot);
}

/// The family's hue, lighter from one member to the next.
fn status_colors(statuses: &[Status]) -> Vec<Rgb> {
    let color = |(idx, status): (usize, &Status)| {
        let is_kin = |other: &&Status| other.family == status.family;
        let rank = statuses[..idx].iter().filter(is_kin).count();
        let size = statuses.iter().filter(is_kin).count();
        mix(hue(status.family), WHITE, 0.75 * rank as f64 / size as f64)
    };
    statuses.iter().enumerate().map(color).collect()
}

const fn hue(family: StatusFamily) -> Rgb {
    match family {
        StatusFamily::OnTime => BLUE,
        StatusFamily::Late => VERMILION,
        StatusFamily::Lost => Rgb(92, 45, 92),
        StatusFamily::Open => Rgb(205, 205, 205),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

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
        let cases = [(1, 1, 0.0), (1, 4, 100.0), (6, 3, 8.1), (20, 4, 33.0)];
        assert_fits(cases, |(policies, rungs, level), theme| {
            draw(&ladder(policies, rungs, level), theme)
        });
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
            assert_refused(draw(&broken, &theme()));
        }
    }

    #[test]
    fn statuses_of_a_family_differ_in_color() {
        let colors = status_colors(&ladder(1, 1, 1.0).statuses);
        let all_differ = (0..9).all(|a| (0..a).all(|b| colors[a] != colors[b]));
        assert!(all_differ, "nine statuses need nine colors: {colors:?}");
    }
}
