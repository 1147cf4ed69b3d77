//! Forest plot of paired differences to the baseline policy.

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, at_least};
use crate::chart::mark::{Anchor, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words, stacked};
use crate::chart::palette::{INK, categorical};
use crate::chart::row_labels::{RowLabels, RowPanel};
use crate::chart::scale::range_with_zero;
use crate::chart::svg::Svg;
use crate::chart::text::{Lines, fitted};
use crate::chart::theme::{Style, Theme};

/// Differences to a baseline, one panel per estimand.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The panels, from top to bottom.
    pub panels: Vec<ForestPanel>,
}

/// One estimand of a [`Forest`].
#[derive(Debug, Clone, PartialEq)]
pub struct ForestPanel {
    /// Name of the estimand with its unit.
    pub title: String,
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
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
}

/// A paired difference.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// Policy minus baseline, with its interval.
    Estimated(Estimate),
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
    let layouts: Vec<RowPanel> = forest
        .panels
        .iter()
        .map(|panel| layout(panel, theme))
        .collect();
    let (tops, height) = stacked(layouts.iter().map(RowPanel::height), PANEL_GAP);
    let mut page = Page::new(theme, &forest.words, height);
    let ends = plot_ends(forest, &layouts, theme, page.body);
    for ((panel, layout), top) in forest.panels.iter().zip(&layouts).zip(tops) {
        let top = page.body.top + top;
        let area = layout.draw_title(&mut page.canvas, Rect { top, ..page.body });
        draw_rows(&mut page.canvas, (panel, layout), area, ends);
    }
    page.finish()
}

fn check(forest: &Forest) -> Result<(), ChartError> {
    at_least("panels", 1, forest.panels.len())?;
    for panel in &forest.panels {
        let what = format!("policies of panel '{}'", panel.title);
        at_least(&what, 1, panel.rows.len())?;
        for row in &panel.rows {
            if let Difference::Estimated(estimate) = row.difference {
                estimate.check(&format!("difference of policy '{}'", row.policy))?;
            }
        }
    }
    Ok(())
}

fn layout(panel: &ForestPanel, theme: &Theme) -> RowPanel {
    let labels = panel.rows.iter().map(|row| row.policy.as_str());
    let labels = RowLabels::new(theme, labels, (LABEL_WIDTH, ROW));
    RowPanel::new(Lines::heading(theme, &panel.title), HEADING_GAP, labels)
}

/// Left and right end of the axes of all panels, between the labels and the printed text.
fn plot_ends(forest: &Forest, layouts: &[RowPanel], theme: &Theme, body: Rect) -> (f64, f64) {
    let texts = forest.panels.iter().flat_map(|panel| {
        let rows = panel.rows.iter();
        rows.map(|row| row.difference.text(theme, panel.decimals))
    });
    let labels = layouts.iter().map(|layout| layout.rows.width);
    (
        body.left + labels.fold(0.0, f64::max) + COLUMN_GAP,
        body.right - theme.widest(texts, Style::LABEL) - COLUMN_GAP,
    )
}

fn draw_rows(
    canvas: &mut Canvas<'_>,
    (panel, layout): (&ForestPanel, &RowPanel),
    area: Rect,
    ends: (f64, f64),
) {
    let estimates = panel
        .rows
        .iter()
        .filter_map(|row| row.difference.estimate());
    let range = range_with_zero(estimates.flat_map(Estimate::ends));
    let axis = BottomAxis::fit(canvas.theme, range, ends);
    layout.rows.draw_separators(canvas, area);
    let zero = Stroke::solid(INK, 2.5);
    layout.rows.draw_vertical(canvas, axis.at(0.0), area, zero);
    layout.rows.draw(canvas, area.left, area.top);
    for (idx, row) in panel.rows.iter().enumerate() {
        let middle = layout.rows.middle(idx, area.top);
        if let Some(estimate) = row.difference.estimate() {
            let ends = (axis.at(estimate.low), axis.at(estimate.high));
            let color = categorical(row.color);
            canvas.horizontal(middle, ends, Stroke::solid(color, 5.0));
            let at = (axis.at(estimate.value), middle);
            canvas.marker(Marker::nth_of(row.color), at, 10.0, color);
        }
        let text = row.difference.text(canvas.theme, panel.decimals);
        canvas.label(&text, (area.right, middle), Anchor::End, Style::LABEL);
    }
    axis.draw(canvas, area.between(ends.0, ends.1));
}

impl Difference {
    const fn estimate(&self) -> Option<Estimate> {
        match self {
            Self::Estimated(estimate) => Some(*estimate),
            Self::Identical(_) => None,
        }
    }

    /// `−2.3 (−3.1; −1.5)`, or the sentence.
    fn text(&self, theme: &Theme, decimals: usize) -> String {
        match self {
            Self::Estimated(Estimate { value, low, high }) => {
                let [value, low, high] =
                    [value, low, high].map(|number| theme.numbers.format(*number, decimals));
                format!("{value} ({low}; {high})")
            }
            Self::Identical(sentence) => fitted(theme, sentence, Style::LABEL, SENTENCE_WIDTH),
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
            _ => Difference::Estimated(Estimate::new(-size, -1.5 * size, 0.5 * size)),
        };
        let row = |idx| ForestRow {
            policy: name(idx),
            difference: difference(idx),
            color: idx,
        };
        let panel = |idx: usize| ForestPanel {
            title: format!("An estimand with a rather long name and its unit in brackets ({idx})"),
            decimals: 2,
            rows: (0..policies).map(row).collect(),
        };
        Forest {
            words: long_words(),
            panels: (0..panels).map(panel).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 1, 0.0), (2, 1, 3.1), (6, 2, 0.004), (20, 3, 54_321.0)];
        assert_fits(cases, |(policies, panels, size), theme| {
            draw(&forest(policies, panels, size), theme)
        });
    }

    #[test]
    fn numbers_are_printed_in_the_style_of_the_theme() {
        let svg = draw(&forest(3, 1, 2.0), &theme()).unwrap();
        let expected = "\u{2212}2,00 (\u{2212}3,00; 1,00)";
        assert!(svg.as_str().contains(expected), "{expected} is printed");
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
