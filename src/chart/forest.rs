//! Forest plot of paired differences to the baseline policy.

use crate::chart::axis::{VALUE_AXIS_HEIGHT, draw_value_axis, fitting_ticks};
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, INK, SHADE};
use crate::chart::rows::{RowRoom, Rows};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, Estimate, at_least, finite};

/// Differences to a baseline, one panel per estimand.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Heading of the column of discordant worlds, for example `better / worse`; printed only when
    /// a row has them.
    pub discordant_title: String,
    /// The panels, from top to bottom.
    pub panels: Vec<ForestPanel>,
}

/// One estimand of a [`Forest`].
#[derive(Debug, Clone, PartialEq)]
pub struct ForestPanel {
    /// Name of the estimand with its unit.
    pub title: String,
    /// Differences that make no practical difference, shaded.
    pub indifference: Option<(f64, f64)>,
    /// Decimals of the printed numbers.
    pub decimals: usize,
    /// The policies, from top to bottom.
    pub rows: Vec<ForestRow>,
}

/// One policy of a [`ForestPanel`].
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Name of the policy.
    pub policy: String,
    /// How it differs from the baseline.
    pub difference: Difference,
}

/// A paired difference.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// An estimate with its interval.
    Estimated {
        /// Policy minus baseline.
        estimate: Estimate,
        /// Worlds in which only the baseline, and only the policy, had the event.
        discordant: Option<(u64, u64)>,
    },
    /// No world tells the two apart; the sentence is printed instead of an interval.
    Identical(String),
}

const ROW: f64 = 66.0;
const PANEL_GAP: f64 = 36.0;
const COLUMN_GAP: f64 = 36.0;
const HEADING_GAP: f64 = 8.0;
/// The longest sentence of an identical row, in logical pixels.
const SENTENCE_WIDTH: f64 = 600.0;
const LABEL_WIDTH: f64 = 420.0;

/// Draws the forest plot.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or with an empty panel, [`ChartError::Value`] when a
/// number is not finite or an interval does not hold its estimate.
pub fn draw(forest: &Forest, theme: &Theme) -> Result<Svg, ChartError> {
    check(forest)?;
    let layouts: Vec<_> = forest
        .panels
        .iter()
        .map(|panel| Layout::set(panel, forest, theme))
        .collect();
    let gaps = PANEL_GAP * (layouts.len() - 1) as f64;
    let height = layouts.iter().map(Layout::height).sum::<f64>() + gaps;
    let mut page = Page::new(theme, &forest.words, height);
    let columns = Columns::set(forest, &layouts, theme, page.body);
    let mut top = page.body.top;
    for layout in &layouts {
        layout.draw(&mut page.canvas, &columns, top);
        top += layout.height() + PANEL_GAP;
    }
    page.finish()
}

fn check(forest: &Forest) -> Result<(), ChartError> {
    at_least("panels", 1, forest.panels.len())?;
    for panel in &forest.panels {
        at_least(
            &format!("policies of panel '{}'", panel.title),
            1,
            panel.rows.len(),
        )?;
        for end in panel
            .indifference
            .iter()
            .flat_map(|&(low, high)| [low, high])
        {
            finite("indifference zone", end)?;
        }
        for row in &panel.rows {
            if let Difference::Estimated { estimate, .. } = row.difference {
                estimate.checked(&format!("difference of policy '{}'", row.policy))?;
            }
        }
    }
    Ok(())
}

/// Heading, rows and axis of one panel.
struct Layout<'f> {
    panel: &'f ForestPanel,
    title: Vec<String>,
    head: Vec<String>,
    rows: Rows,
}

impl<'f> Layout<'f> {
    fn set(panel: &'f ForestPanel, forest: &Forest, theme: &Theme) -> Self {
        let head = discordant_head(forest, theme);
        let taken = theme.widest(head.iter().map(String::as_str), Style::QUIET) + COLUMN_GAP;
        let room = Room {
            width: Page::BODY_WIDTH - taken,
            lines: 2,
        };
        let labels = panel.rows.iter().map(|row| row.policy.as_str());
        Self {
            panel,
            title: wrap(theme, &panel.title, Style::PANEL, room),
            head,
            rows: Rows::set(
                theme,
                labels,
                RowRoom {
                    width: LABEL_WIDTH,
                    height: ROW,
                },
            ),
        }
    }

    fn heading_height(&self) -> f64 {
        let title = Style::PANEL.block_height(self.title.len());
        title.max(Style::QUIET.block_height(self.head.len())) + HEADING_GAP
    }

    fn height(&self) -> f64 {
        self.heading_height() + self.rows.height + VALUE_AXIS_HEIGHT
    }

    fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, top: f64) {
        let rows_top = top + self.heading_height();
        let bottom = rows_top + self.rows.height;
        self.draw_headings(canvas, columns, rows_top);
        let plot = Rect {
            left: columns.plot.0,
            top: rows_top,
            right: columns.plot.1,
            bottom,
        };
        let ticks = fitting_ticks(canvas.theme, self.range(), plot.width(), "");
        let scale = Scale::new(ticks.range(), columns.plot);
        self.draw_background(canvas, plot, scale, columns);
        for (idx, row) in self.panel.rows.iter().enumerate() {
            let middle = self.rows.middle(idx, rows_top);
            draw_difference(canvas, &row.difference, scale, middle);
            columns.write(canvas, &row.difference, self.panel.decimals, middle);
        }
        draw_value_axis(canvas, plot, &ticks, scale, "");
    }

    /// Headings end just above the rows, however many lines they have.
    fn draw_headings(&self, canvas: &mut Canvas<'_>, columns: &Columns, rows_top: f64) {
        let top = |height: f64| rows_top - HEADING_GAP - height;
        let title_top = top(Style::PANEL.block_height(self.title.len()));
        canvas.lines(
            &self.title,
            (columns.left, title_top),
            Anchor::Start,
            Style::PANEL,
        );
        let head_top = top(Style::QUIET.block_height(self.head.len()));
        canvas.lines(
            &self.head,
            (columns.right, head_top),
            Anchor::End,
            Style::QUIET,
        );
    }

    fn draw_background(
        &self,
        canvas: &mut Canvas<'_>,
        plot: Rect,
        scale: Scale,
        columns: &Columns,
    ) {
        if let Some((low, high)) = self.panel.indifference {
            canvas.rect(
                Rect {
                    left: scale.at(low),
                    right: scale.at(high),
                    ..plot
                },
                SHADE,
            );
        }
        self.rows.draw_separators(
            canvas,
            Rect {
                left: columns.left,
                right: columns.right,
                ..plot
            },
        );
        let zero = scale.at(0.0);
        canvas.line(
            vec![(zero, plot.top), (zero, plot.bottom)],
            Stroke::solid(INK, 2.5),
        );
        self.rows.draw_labels(canvas, columns.left, plot.top);
    }

    /// All intervals, zero and the indifference zone.
    fn range(&self) -> (f64, f64) {
        let zone = self.panel.indifference.unwrap_or((0.0, 0.0));
        let start = (zone.0.min(0.0), zone.1.max(0.0));
        let estimates = self
            .panel
            .rows
            .iter()
            .filter_map(|row| match &row.difference {
                Difference::Estimated { estimate, .. } => Some(estimate),
                Difference::Identical(_) => None,
            });
        estimates.fold(start, |(low, high), one| {
            (low.min(one.low), high.max(one.high))
        })
    }
}

fn discordant_head(forest: &Forest, theme: &Theme) -> Vec<String> {
    let differences = forest.panels.iter().flat_map(|panel| &panel.rows);
    let any = differences
        .into_iter()
        .any(|row| discordant(&row.difference).is_some());
    if !any {
        return Vec::new();
    }
    wrap(
        theme,
        &forest.discordant_title,
        Style::QUIET,
        Room {
            width: 260.0,
            lines: 3,
        },
    )
}

fn discordant(difference: &Difference) -> Option<(u64, u64)> {
    match difference {
        Difference::Estimated { discordant, .. } => *discordant,
        Difference::Identical(_) => None,
    }
}

/// Horizontal places that all panels share.
struct Columns {
    left: f64,
    plot: (f64, f64),
    /// Right end of the printed numbers.
    numbers: f64,
    right: f64,
}

impl Columns {
    fn set(forest: &Forest, layouts: &[Layout<'_>], theme: &Theme, body: Rect) -> Self {
        let widest =
            |texts: Vec<String>| theme.widest(texts.iter().map(String::as_str), Style::LABEL);
        let rows = || {
            let panels = forest.panels.iter();
            panels.flat_map(|p| p.rows.iter().map(|row| (&row.difference, p.decimals)))
        };
        let heads = layouts
            .iter()
            .flat_map(|layout| &layout.head)
            .map(String::as_str);
        let counts = widest(rows().filter_map(|(d, _)| count_text(theme, d)).collect())
            .max(theme.widest(heads, Style::QUIET));
        let gap = if counts > 0.0 { COLUMN_GAP } else { 0.0 };
        let numbers = widest(
            rows()
                .filter_map(|(d, n)| number_text(theme, d, n))
                .collect(),
        );
        let sentences = widest(rows().filter_map(|(d, _)| sentence(theme, d)).collect());
        let block = (numbers + gap + counts).max(sentences);
        let labels = layouts
            .iter()
            .map(|layout| layout.rows.label_width)
            .fold(0.0, f64::max);
        let plot = (
            body.left + labels + COLUMN_GAP,
            body.right - block - COLUMN_GAP,
        );
        Self {
            left: body.left,
            plot,
            numbers: body.right - counts - gap,
            right: body.right,
        }
    }

    fn write(
        &self,
        canvas: &mut Canvas<'_>,
        difference: &Difference,
        decimals: usize,
        middle: f64,
    ) {
        let y = Style::LABEL.baseline_around(middle);
        let theme = canvas.theme;
        let texts = [
            (number_text(theme, difference, decimals), self.numbers),
            (count_text(theme, difference), self.right),
            (sentence(theme, difference), self.right),
        ];
        for (text, end) in texts {
            canvas.text(
                &text.unwrap_or_default(),
                (end, y),
                Anchor::End,
                Style::LABEL,
            );
        }
    }
}

/// `−2.3 (−3.1; −1.5)`
fn number_text(theme: &Theme, difference: &Difference, decimals: usize) -> Option<String> {
    let Difference::Estimated { estimate, .. } = difference else {
        return None;
    };
    let [value, low, high] = [estimate.value, estimate.low, estimate.high]
        .map(|number| theme.numbers.format(number, decimals));
    Some(format!("{value} ({low}; {high})"))
}

fn count_text(theme: &Theme, difference: &Difference) -> Option<String> {
    let (only_baseline, only_policy) = discordant(difference)?;
    let count = |worlds: u64| theme.numbers.format(worlds as f64, 0);
    Some(format!("{} / {}", count(only_baseline), count(only_policy)))
}

fn sentence(theme: &Theme, difference: &Difference) -> Option<String> {
    let Difference::Identical(text) = difference else {
        return None;
    };
    let room = Room {
        width: SENTENCE_WIDTH,
        lines: 1,
    };
    Some(wrap(theme, text, Style::LABEL, room).concat())
}

fn draw_difference(canvas: &mut Canvas<'_>, difference: &Difference, scale: Scale, middle: f64) {
    if let Difference::Estimated { estimate, .. } = difference {
        let ends = vec![
            (scale.at(estimate.low), middle),
            (scale.at(estimate.high), middle),
        ];
        canvas.line(ends, Stroke::solid(BLUE, 5.0));
        let at = (scale.at(estimate.value), middle);
        canvas.marker(Marker::Circle, at, 10.0, BLUE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn forest(policies: usize, panels: usize, size: f64) -> Forest {
        let difference = |idx: usize| match idx % 3 {
            0 => Difference::Identical("identical in all of a large number of worlds".to_owned()),
            rest => Difference::Estimated {
                estimate: Estimate::new(-size, -1.5 * size, 0.5 * size),
                discordant: (rest == 1).then_some((1_234_567, 0)),
            },
        };
        let row = |idx| ForestRow {
            policy: name(idx),
            difference: difference(idx),
        };
        let panel = |idx: usize| ForestPanel {
            title: format!("An estimand with a rather long name and its unit in brackets ({idx})"),
            indifference: (idx == 0).then_some((-0.1 * size, 0.2 * size)),
            decimals: 2,
            rows: (0..policies).map(row).collect(),
        };
        Forest {
            words: long_words(),
            discordant_title: "worlds better / worse".to_owned(),
            panels: (0..panels).map(panel).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (policies, panels, size) in [(1, 1, 0.0), (2, 1, 3.1), (6, 2, 0.004), (20, 3, 54_321.0)]
        {
            let svg = draw(&forest(policies, panels, size), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{policies} policies, size {size}"
            );
        }
    }

    #[test]
    fn numbers_are_printed_in_the_style_of_the_theme() {
        let svg = draw(&forest(3, 1, 2.0), &theme()).unwrap();
        let expected = "\u{2212}2,00 (\u{2212}3,00; 1,00)";
        assert!(svg.as_str().contains(expected), "{expected} is printed");
        assert!(
            svg.as_str().contains("1.234.567 / 0"),
            "discordant worlds are printed"
        );
        assert!(
            svg.as_str().contains("identical in all"),
            "identical rows say so"
        );
    }

    #[test]
    fn an_infinite_interval_is_refused() {
        let error = draw(&forest(2, 1, f64::INFINITY), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
