//! Rows with a mean as a dot, and a bar for the range around it.

use crate::chart::axis::BottomAxis;
use crate::chart::input::{ChartError, at_least, finite};
use crate::chart::mark::{Anchor, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{WHITE, categorical, mix};
use crate::chart::row_labels::RowLabels;
use crate::chart::scale::range_with_zero;
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};

/// A row for each policy, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The rows.
    pub rows: Vec<RangeRow>,
}

/// One row of [`Ranges`].
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRow {
    /// Name of the policy.
    pub policy: String,
    /// The mean.
    pub value: f64,
    /// Both ends of the range, if there is one.
    pub range: Option<(f64, f64)>,
    /// Printed at the right.
    pub text: String,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
}

const ROW: f64 = 76.0;
const LABEL_WIDTH: f64 = 520.0;
const COLUMN_GAP: f64 = 36.0;
/// Height of a bar.
const BAR: f64 = 26.0;
/// How far a bar is mixed with white.
const PALE: f64 = 0.55;

/// Draws the rows.
///
/// # Errors
/// [`ChartError::TooFew`] without a row, [`ChartError::Value`] when a number is not finite.
pub fn draw(ranges: &Ranges, theme: &Theme) -> Result<Svg, ChartError> {
    at_least("policies", 1, ranges.rows.len())?;
    for row in &ranges.rows {
        let (low, high) = row.range.unwrap_or((row.value, row.value));
        let what = format!("range of policy '{}'", row.policy);
        finite(&what, [row.value, low, high])?;
    }
    let names = ranges.rows.iter().map(|row| row.policy.as_str());
    let labels = RowLabels::new(theme, names, (LABEL_WIDTH, ROW));
    let mut page = Page::new(theme, &ranges.words, labels.height + BottomAxis::HEIGHT);
    let body = page.body;
    let area = Rect {
        bottom: body.top + labels.height,
        ..body
    };
    let texts = theme.widest(ranges.rows.iter().map(|row| &row.text), Style::LABEL);
    let ends = (
        body.left + labels.width + COLUMN_GAP,
        body.right - texts - COLUMN_GAP,
    );
    let numbers = ranges.rows.iter().flat_map(|row| {
        let (low, high) = row.range.unwrap_or((row.value, row.value));
        [row.value, low, high]
    });
    let axis = BottomAxis::fit(theme, range_with_zero(numbers), ends);
    labels.draw_separators(&mut page.canvas, area);
    labels.draw(&mut page.canvas, area.left, area.top);
    for (idx, row) in ranges.rows.iter().enumerate() {
        let middle = labels.middle(idx, area.top);
        let color = categorical(row.color);
        if let Some((low, high)) = row.range {
            let stroke = Stroke::solid(mix(color, WHITE, PALE), BAR);
            let across = (axis.at(low), axis.at(high));
            page.canvas.horizontal(middle, across, stroke);
        }
        let at = (axis.at(row.value), middle);
        page.canvas.marker(Marker::Circle, at, 12.0, color);
        let at = (area.right, middle);
        page.canvas.label(&row.text, at, Anchor::End, Style::LABEL);
    }
    axis.draw(&mut page.canvas, area.between(ends.0, ends.1));
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn ranges(n: usize, size: f64) -> Ranges {
        let row = |idx: usize| RangeRow {
            policy: name(idx),
            value: size,
            range: (idx > 0).then_some((0.5 * size, 2.0 * size)),
            text: "1.297 van 4.696 (27,6%)".to_owned(),
            color: idx,
        };
        Ranges {
            words: long_words(),
            rows: (0..n).map(row).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0.0), (1, 100.0), (8, 12.0), (12, 0.03)];
        assert_fits(cases, |(n, size)| draw(&ranges(n, size), &theme()));
    }

    #[test]
    fn an_infinite_value_is_refused() {
        assert_refused(draw(&ranges(2, f64::INFINITY), &theme()));
    }
}
