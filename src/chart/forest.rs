//! Forest plot of paired differences to the baseline policy.

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, at_least, finite};
use crate::chart::mark::{Anchor, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, INK, SHADE};
use crate::chart::row_labels::{RowLabels, RowPanel, stacked};
use crate::chart::scale::range_with_zero;
use crate::chart::svg::Svg;
use crate::chart::text::{Lines, fitted};
use crate::chart::theme::{BODY_WIDTH, Style, Theme};

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
    let panels = forest.panels.iter();
    let layouts: Vec<_> = panels
        .map(|panel| Layout::new(panel, forest, theme))
        .collect();
    let (tops, height) = stacked(layouts.iter().map(Layout::height), PANEL_GAP);
    let mut page = Page::new(theme, &forest.words, height);
    let columns = Columns::new(forest, &layouts, theme, page.body);
    for (layout, top) in layouts.iter().zip(tops) {
        let top = page.body.top + top;
        layout.draw(&mut page.canvas, &columns, Rect { top, ..page.body });
    }
    page.finish()
}

fn check(forest: &Forest) -> Result<(), ChartError> {
    at_least("panels", 1, forest.panels.len())?;
    for panel in &forest.panels {
        let what = format!("policies of panel '{}'", panel.title);
        at_least(&what, 1, panel.rows.len())?;
        let zone = panel.indifference.into_iter();
        finite("indifference zone", zone.flat_map(<[f64; 2]>::from))?;
        for row in &panel.rows {
            if let Difference::Estimated { estimate, .. } = row.difference {
                estimate.check(&format!("difference of policy '{}'", row.policy))?;
            }
        }
    }
    Ok(())
}

impl Difference {
    const fn estimate(&self) -> Option<Estimate> {
        match self {
            Self::Estimated { estimate, .. } => Some(*estimate),
            Self::Identical(_) => None,
        }
    }

    /// `−2.3 (−3.1; −1.5)`
    fn number_text(&self, theme: &Theme, decimals: usize) -> Option<String> {
        let Estimate { value, low, high } = self.estimate()?;
        let [value, low, high] =
            [value, low, high].map(|number| theme.numbers.format(number, decimals));
        Some(format!("{value} ({low}; {high})"))
    }

    /// `12 / 3`, worlds that only the baseline and only the policy had.
    fn count_text(&self, theme: &Theme) -> Option<String> {
        let Self::Estimated { discordant, .. } = self else {
            return None;
        };
        let (only_baseline, only_policy) = (*discordant)?;
        let count = |worlds: u64| theme.numbers.format(worlds as f64, 0);
        Some(format!("{} / {}", count(only_baseline), count(only_policy)))
    }

    fn sentence(&self, theme: &Theme) -> Option<String> {
        let Self::Identical(text) = self else {
            return None;
        };
        Some(fitted(theme, text, Style::LABEL, SENTENCE_WIDTH))
    }

    fn draw(&self, canvas: &mut Canvas<'_>, axis: &BottomAxis, middle: f64) {
        if let Some(estimate) = self.estimate() {
            let ends = (axis.at(estimate.low), axis.at(estimate.high));
            canvas.horizontal(middle, ends, Stroke::solid(BLUE, 5.0));
            let at = (axis.at(estimate.value), middle);
            canvas.marker(Marker::Circle, at, 10.0, BLUE);
        }
    }
}

/// Heading, rows and axis of one panel.
struct Layout<'f> {
    panel: &'f ForestPanel,
    /// Above the column of discordant worlds.
    head: Lines,
    rows: RowPanel,
    /// Height that the column's heading needs above that of the panel.
    lead: f64,
}

impl<'f> Layout<'f> {
    fn new(panel: &'f ForestPanel, forest: &Forest, theme: &Theme) -> Self {
        let head = discordant_head(forest, theme);
        let labels = panel.rows.iter().map(|row| row.policy.as_str());
        let labels = RowLabels::new(theme, labels, (LABEL_WIDTH, ROW));
        let width = BODY_WIDTH - head.width(theme) - COLUMN_GAP;
        let title = Lines::wrapped(theme, &panel.title, Style::PANEL, (width, 2));
        let lead = (head.height() - title.height()).max(0.0);
        let rows = RowPanel::new(title, HEADING_GAP, labels);
        Self {
            panel,
            head,
            rows,
            lead,
        }
    }

    fn height(&self) -> f64 {
        self.lead + self.rows.height()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, body: Rect) {
        let top = body.top + self.lead;
        let area = self.rows.draw_title(canvas, Rect { top, ..body });
        let head_top = area.top - HEADING_GAP - self.head.height();
        canvas.lines(&self.head, (body.right, head_top), Anchor::End);
        let axis = BottomAxis::fit(canvas.theme, self.range(), columns.plot);
        if let Some((low, high)) = self.panel.indifference {
            canvas.rect(area.between(axis.at(low), axis.at(high)), SHADE);
        }
        self.rows.rows.draw_separators(canvas, area);
        let zero = Stroke::solid(INK, 2.5);
        canvas.vertical(axis.at(0.0), (area.top, area.bottom), zero);
        self.rows.rows.draw(canvas, area.left, area.top);
        for (idx, row) in self.panel.rows.iter().enumerate() {
            let middle = self.rows.rows.middle(idx, area.top);
            row.difference.draw(canvas, &axis, middle);
            columns.write(canvas, &row.difference, self.panel.decimals, middle);
        }
        axis.draw(canvas, area.between(columns.plot.0, columns.plot.1));
    }

    /// Of all intervals, zero and the indifference zone.
    fn range(&self) -> (f64, f64) {
        let estimates = self
            .panel
            .rows
            .iter()
            .filter_map(|row| row.difference.estimate());
        let zone = self
            .panel
            .indifference
            .into_iter()
            .flat_map(<[f64; 2]>::from);
        range_with_zero(zone.chain(estimates.flat_map(Estimate::ends)))
    }
}

fn discordant_head(forest: &Forest, theme: &Theme) -> Lines {
    let mut rows = forest.panels.iter().flat_map(|panel| &panel.rows);
    let is_needed = rows.any(|row| row.difference.count_text(theme).is_some());
    let text = if is_needed {
        forest.discordant_title.as_str()
    } else {
        ""
    };
    Lines::wrapped(theme, text, Style::QUIET, (260.0, 3))
}

/// Horizontal places that all panels share.
struct Columns {
    plot: (f64, f64),
    /// Right end of the printed numbers.
    numbers: f64,
    right: f64,
}

impl Columns {
    fn new(forest: &Forest, layouts: &[Layout<'_>], theme: &Theme, body: Rect) -> Self {
        let rows = || {
            let panels = forest.panels.iter();
            panels.flat_map(|p| p.rows.iter().map(|row| (&row.difference, p.decimals)))
        };
        let widest = |text: &dyn Fn((&Difference, usize)) -> Option<String>| {
            theme.widest(rows().filter_map(text), Style::LABEL)
        };
        let heads = layouts.iter().map(|layout| layout.head.width(theme));
        let counts = heads.fold(widest(&|(one, _)| one.count_text(theme)), f64::max);
        let gap = if counts > 0.0 { COLUMN_GAP } else { 0.0 };
        let numbers = widest(&|(one, decimals)| one.number_text(theme, decimals));
        let sentences = widest(&|(one, _)| one.sentence(theme));
        let block = (numbers + gap + counts).max(sentences);
        let labels = layouts.iter().map(|layout| layout.rows.rows.width);
        let left = body.left + labels.fold(0.0, f64::max) + COLUMN_GAP;
        Self {
            plot: (left, body.right - block - COLUMN_GAP),
            numbers: body.right - counts - gap,
            right: body.right,
        }
    }

    fn write(&self, canvas: &mut Canvas<'_>, row: &Difference, decimals: usize, middle: f64) {
        let theme = canvas.theme;
        let texts = [
            (row.number_text(theme, decimals), self.numbers),
            (row.count_text(theme), self.right),
            (row.sentence(theme), self.right),
        ];
        for (text, end) in texts {
            let text = text.unwrap_or_default();
            canvas.label(&text, (end, middle), Anchor::End, Style::LABEL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

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
        let cases = [(1, 1, 0.0), (2, 1, 3.1), (6, 2, 0.004), (20, 3, 54_321.0)];
        assert_fits(cases, |(policies, panels, size)| {
            draw(&forest(policies, panels, size), &theme())
        });
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
        assert_refused(draw(&forest(2, 1, f64::INFINITY), &theme()));
    }
}
