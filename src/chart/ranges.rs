//! Rows with a mean as a dot, and two bars around it: a wide range, and a narrow one inside it.

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, finite};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Anchor, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{MUTED, Rgb, WHITE, categorical, mix};
use crate::chart::row_labels::RowLabels;
use crate::chart::scale::range_with_zero;
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};

/// A row for each policy, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Name of the dots in the legend.
    pub mean_name: String,
    /// Names of the wide and the narrow bars; a name is left out where no row has such a bar.
    pub range_names: [String; 2],
    /// The rows.
    pub rows: Vec<RangeRow>,
}

/// One row of [`Ranges`].
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRow {
    /// Name of the policy.
    pub policy: String,
    /// The mean, a percentage.
    pub value: f64,
    /// Both ends of the wide and of the narrow range, percentages, as far as there are any.
    pub ranges: [Option<(f64, f64)>; 2],
    /// Printed at the right.
    pub text: String,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
}

const ROW: f64 = 76.0;
/// Share of the width that labels may take.
const LABEL_SHARE: f64 = 0.32;
const COLUMN_GAP: f64 = 36.0;
/// On a phone, where a label of the axis may stick out to the left.
const NARROW_GAP: f64 = 30.0;
/// Heights of the bars, and how far each is mixed with white.
const BARS: [(f64, f64); 2] = [(40.0, 0.78), (20.0, 0.4)];

/// Draws the rows.
///
/// # Errors
/// [`ChartError::TooFew`] without a row, [`ChartError::Value`] when a number is not finite.
pub fn draw(ranges: &Ranges, theme: &Theme) -> Result<Svg, ChartError> {
    at_least("policies", 1, ranges.rows.len())?;
    for row in &ranges.rows {
        finite(&format!("range of policy '{}'", row.policy), row.values())?;
    }
    let names = ranges.rows.iter().map(|row| row.policy.as_str());
    let labels = RowLabels::new(theme, names, (LABEL_SHARE * theme.body_width(), ROW));
    let legend = legend(ranges, theme);
    let height = legend.height + labels.height + BottomAxis::HEIGHT;
    let mut page = Page::new(theme, &ranges.words, height);
    let body = page.body;
    legend.draw(&mut page.canvas, (body.left, body.top));
    let area = Rect {
        top: body.top + legend.height,
        bottom: body.bottom - BottomAxis::HEIGHT,
        ..body
    };
    let texts = theme.widest(ranges.rows.iter().map(|row| &row.text), Style::LABEL);
    let gap = if theme.is_narrow() {
        NARROW_GAP
    } else {
        COLUMN_GAP
    };
    let ends = (
        body.left + labels.width + gap,
        body.right - texts - COLUMN_GAP,
    );
    let numbers = ranges.rows.iter().flat_map(RangeRow::values);
    let axis = BottomAxis::of_percent(theme, range_with_zero(numbers), ends);
    labels.draw_separators(&mut page.canvas, area);
    labels.draw(&mut page.canvas, area.left, area.top);
    for (idx, row) in ranges.rows.iter().enumerate() {
        let middle = labels.middle(idx, area.top);
        row.draw(&mut page.canvas, &axis, middle);
        let at = (area.right, middle);
        page.canvas.label(&row.text, at, Anchor::End, Style::LABEL);
    }
    axis.draw(&mut page.canvas, area.between(ends.0, ends.1));
    page.finish()
}

fn legend(ranges: &Ranges, theme: &Theme) -> Legend {
    let dot = Symbol::Marker(Marker::Circle, MUTED);
    let mut items = vec![(dot, ranges.mean_name.as_str())];
    for (idx, name) in ranges.range_names.iter().enumerate() {
        if ranges.rows.iter().any(|row| row.ranges[idx].is_some()) {
            items.push((Symbol::Swatch(tint(MUTED, idx)), name));
        }
    }
    Legend::new(theme, items)
}

fn tint(color: Rgb, bar: usize) -> Rgb {
    mix(color, WHITE, BARS[bar].1)
}

impl RangeRow {
    fn values(&self) -> impl Iterator<Item = f64> {
        let ends = self.ranges.into_iter().flatten();
        let ends = ends.flat_map(|(low, high)| [low, high]);
        [self.value].into_iter().chain(ends)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, axis: &BottomAxis, middle: f64) {
        let color = categorical(self.color);
        for (idx, range) in self.ranges.into_iter().enumerate() {
            let Some((low, high)) = range else { continue };
            let stroke = Stroke::solid(tint(color, idx), BARS[idx].0);
            canvas.horizontal(middle, (axis.at(low), axis.at(high)), stroke);
        }
        let at = (axis.at(self.value), middle);
        canvas.marker(Marker::Circle, at, 14.0, WHITE);
        canvas.marker(Marker::Circle, at, 11.0, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn ranges(n: usize, size: f64) -> Ranges {
        let row = |idx: usize| RangeRow {
            policy: name(idx),
            value: size,
            ranges: [
                (idx > 1).then_some((0.4 * size, 3.0 * size)),
                (idx > 0).then_some((0.5 * size, 2.0 * size)),
            ],
            text: "1.297 van 4.696 (27,6%)".to_owned(),
            color: idx,
        };
        Ranges {
            words: long_words(),
            mean_name: name(4),
            range_names: [name(0), name(3)],
            rows: (0..n).map(row).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0.0), (1, 100.0), (8, 12.0), (12, 0.03)];
        assert_fits(cases, |(n, size), theme| draw(&ranges(n, size), theme));
    }

    #[test]
    fn an_infinite_value_is_refused() {
        assert_refused(draw(&ranges(2, f64::INFINITY), &theme()));
    }
}
