//! Axes: horizontal grid with values, values along the bottom, dates with ISO weeks.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::chart::canvas::{Anchor, Canvas, Rect, Stroke};
use crate::chart::palette::{GRID, MUTED};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::theme::{Style, Theme};

/// Between a tick label and the plot.
pub(crate) const LABEL_GAP: f64 = 14.0;
/// Height of the labels of a value axis along the bottom.
pub(crate) const VALUE_AXIS_HEIGHT: f64 = 66.0;
/// Height of the two lines of a date axis.
pub(crate) const DATE_AXIS_HEIGHT: f64 = 112.0;

const GRID_STROKE: Stroke = Stroke::solid(GRID, 2.0);
const AXIS_STROKE: Stroke = Stroke::solid(MUTED, 2.5);

/// The labels of `ticks` in the theme's number style, with `suffix` (for example ` %`) behind.
pub(crate) fn tick_labels(theme: &Theme, ticks: &Ticks, suffix: &str) -> Vec<String> {
    let label = |value: &f64| theme.numbers.format(*value, ticks.decimals) + suffix;
    ticks.values.iter().map(label).collect()
}

/// Grid lines across `plot`; the lowest is the axis.
pub(crate) fn draw_grid(canvas: &mut Canvas<'_>, plot: Rect, ticks: &Ticks, scale: Scale) {
    for (idx, value) in ticks.values.iter().enumerate() {
        let y = scale.at(*value);
        let stroke = if idx == 0 { AXIS_STROKE } else { GRID_STROKE };
        canvas.line(vec![(plot.left, y), (plot.right, y)], stroke);
    }
}

/// Labels of the grid lines, right-aligned left of `left`, with a suffix such as ` %`.
pub(crate) fn label_grid(
    canvas: &mut Canvas<'_>,
    left: f64,
    (ticks, suffix): (&Ticks, &str),
    scale: Scale,
) {
    let labels = tick_labels(canvas.theme, ticks, suffix);
    for (value, label) in ticks.values.iter().zip(&labels) {
        let at = (
            left - LABEL_GAP,
            Style::LABEL.baseline_around(scale.at(*value)),
        );
        canvas.text(label, at, Anchor::End, Style::LABEL);
    }
}

/// An axis with short ticks and labels below `plot`.
pub(crate) fn draw_value_axis(
    canvas: &mut Canvas<'_>,
    plot: Rect,
    ticks: &Ticks,
    scale: Scale,
    suffix: &str,
) {
    let y = plot.bottom;
    canvas.line(vec![(plot.left, y), (plot.right, y)], AXIS_STROKE);
    let labels = tick_labels(canvas.theme, ticks, suffix);
    let stride = label_stride(canvas.theme, ticks, &labels, scale);
    let zero = zero_idx(ticks);
    for (idx, (value, label)) in ticks.values.iter().zip(&labels).enumerate() {
        let x = scale.at(*value);
        canvas.line(vec![(x, y), (x, y + 8.0)], AXIS_STROKE);
        if idx.abs_diff(zero).is_multiple_of(stride) {
            let at = (x, Style::LABEL.baseline_below(y + 14.0));
            canvas.text(label, at, Anchor::Middle, Style::LABEL);
        }
    }
}

/// The tick at zero, else the first: always labeled.
fn zero_idx(ticks: &Ticks) -> usize {
    ticks
        .values
        .iter()
        .position(|value| value.abs() < f64::MIN_POSITIVE)
        .unwrap_or(0)
}

/// Every how manieth tick can be labeled without its label touching the next.
fn label_stride(theme: &Theme, ticks: &Ticks, labels: &[String], scale: Scale) -> usize {
    let widest = theme.widest(labels.iter().map(String::as_str), Style::LABEL) + 24.0;
    let apart = scale.at(ticks.values[1]) - scale.at(ticks.values[0]);
    (1..labels.len())
        .find(|&stride| apart * stride as f64 >= widest)
        .unwrap_or(labels.len())
}

/// The most ticks, from 3 to 7, whose labels fit side by side in `width`, around `low..=high`.
pub(crate) fn fitting_ticks(
    theme: &Theme,
    (low, high): (f64, f64),
    width: f64,
    suffix: &str,
) -> Ticks {
    let fits = |ticks: &Ticks| {
        let labels = tick_labels(theme, ticks, suffix);
        let widest = theme.widest(labels.iter().map(String::as_str), Style::LABEL);
        (widest + 24.0) * (ticks.values.len() - 1) as f64 <= width
    };
    let candidates = (3..=7).rev().map(|most| Ticks::around(low, high, most));
    candidates
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| Ticks::around(low, high, 3))
}

/// A run of days as a horizontal scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateScale {
    first: Date,
    scale: Scale,
}

impl DateScale {
    /// Maps `first..=last` to `from..=to`; `first` must be before `last`.
    pub(crate) fn new((first, last): (Date, Date), ends: (f64, f64)) -> Self {
        let days = f64::from(days_between(first, last));
        Self {
            first,
            scale: Scale::new((0.0, days), ends),
        }
    }

    pub(crate) fn at(&self, date: Date) -> f64 {
        self.scale.at(f64::from(days_between(self.first, date)))
    }
}

/// Whole days from `from` to `to`, negative when `to` is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Mondays with their ISO week and date below `plot`, as many as fit without touching.
pub(crate) fn draw_date_axis(
    canvas: &mut Canvas<'_>,
    plot: Rect,
    (first, last): (Date, Date),
    scale: DateScale,
) {
    let labels = week_labels(canvas.theme, &spaced_weeks(canvas.theme, plot, first, last));
    let mut free_from = f64::NEG_INFINITY;
    for (date, lines) in labels {
        let half = 0.5
            * canvas
                .theme
                .widest(lines.iter().map(String::as_str), Style::LABEL);
        let x = scale.at(date);
        canvas.line(vec![(x, plot.bottom), (x, plot.bottom + 8.0)], AXIS_STROKE);
        let middle = x
            .min(plot.right + OVERHANG - half)
            .max(plot.left - OVERHANG + half);
        if middle - half >= free_from {
            canvas.lines(
                &lines,
                (middle, plot.bottom + 10.0),
                Anchor::Middle,
                Style::LABEL,
            );
            free_from = middle + half + 16.0;
        }
    }
}

/// How far a date label may stick out beside its plot.
const OVERHANG: f64 = 14.0;

/// Every n-th Monday such that ordinary labels have room.
fn spaced_weeks(theme: &Theme, plot: Rect, first: Date, last: Date) -> Vec<Date> {
    let mondays = mondays(first, last);
    let words = &theme.dates;
    let labels: Vec<_> = mondays
        .iter()
        .flat_map(|&date| [words.iso_week(date), words.day(date)])
        .collect();
    let needed = theme.widest(labels.iter().map(String::as_str), Style::LABEL) + 24.0;
    let per_week = plot.width() * 7.0 / f64::from(days_between(first, last));
    let steps = [1_u8, 2, 3, 4, 6, 8, 13, 26, 52];
    let step = steps
        .into_iter()
        .find(|&n| f64::from(n) * per_week >= needed)
        .unwrap_or(104);
    mondays.into_iter().step_by(step.into()).collect()
}

fn week_labels(theme: &Theme, mondays: &[Date]) -> Vec<(Date, [String; 2])> {
    let words = &theme.dates;
    let label = |(idx, &date): (usize, &Date)| {
        let new_year = idx > 0 && mondays[idx - 1].year() != date.year();
        let day = if new_year {
            words.day_and_year(date)
        } else {
            words.day(date)
        };
        (date, [words.iso_week(date), day])
    };
    mondays.iter().enumerate().map(label).collect()
}

/// All Mondays from `first` to `last`, both included; `first` alone when there is none.
fn mondays(first: Date, last: Date) -> Vec<Date> {
    let days = core::iter::successors(Some(first), |date| date.checked_add(1.day()).ok());
    let week_starts: Vec<Date> = days
        .take_while(|&date| date <= last)
        .filter(|date| date.weekday() == Weekday::Monday)
        .collect();
    if week_starts.is_empty() {
        vec![first]
    } else {
        week_starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_start_on_monday() {
        let found = mondays(date(2021, 10, 1), date(2021, 10, 18));
        let expected = [date(2021, 10, 4), date(2021, 10, 11), date(2021, 10, 18)];
        assert_eq!(found, expected, "October 2021 began on a Friday");
    }

    #[test]
    fn a_span_without_a_monday_still_has_one_label() {
        let first = date(2021, 10, 5);
        assert_eq!(
            mondays(first, date(2021, 10, 7)),
            [first],
            "Tuesday to Thursday"
        );
    }

    #[test]
    fn a_leap_day_counts() {
        assert_eq!(
            days_between(date(2020, 2, 28), date(2020, 3, 1)),
            2,
            "2020 is a leap year"
        );
    }
}
