//! Date axes: Mondays with their ISO weeks.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::chart::axis::AXIS_STROKE;
use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Rect};
use crate::chart::scale::Scale;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// How far a date label may stick out beside its plot.
const OVERHANG: f64 = 14.0;

/// Days along the bottom of a plot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateAxis {
    days: (Date, Date),
    scale: Scale,
}

impl DateAxis {
    /// Height of the two lines of labels.
    pub(crate) const HEIGHT: f64 = 112.0;

    /// Maps the first and the last day, which must be later, to `ends`.
    pub(crate) fn new(days: (Date, Date), ends: (f64, f64)) -> Self {
        let range = (0.0, f64::from(days_between(days.0, days.1)));
        let scale = Scale::new(range, ends);
        Self { days, scale }
    }

    /// Where `date` is drawn.
    pub(crate) fn at(&self, date: Date) -> f64 {
        self.scale.at(f64::from(days_between(self.days.0, date)))
    }

    /// Mondays with their ISO week and date below `plot`, as many as fit without touching.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        let mut free_from = f64::NEG_INFINITY;
        let mut last_year = None;
        for date in self.spaced_weeks(canvas.theme, plot) {
            let is_new_year = last_year.is_some_and(|year| year != date.year());
            last_year = Some(date.year());
            let label = week_label(canvas.theme, date, is_new_year);
            let half = 0.5 * label.width(canvas.theme);
            let x = self.at(date);
            canvas.vertical(x, (plot.bottom, plot.bottom + 8.0), AXIS_STROKE);
            let middle = x
                .min(plot.right + OVERHANG - half)
                .max(plot.left - OVERHANG + half);
            if middle - half >= free_from {
                canvas.lines(&label, (middle, plot.bottom + 10.0), Anchor::Middle);
                free_from = middle + half + 16.0;
            }
        }
    }

    /// Every n-th Monday such that ordinary labels have room.
    fn spaced_weeks(&self, theme: &Theme, plot: Rect) -> Vec<Date> {
        let (first, last) = self.days;
        let mondays = mondays(first, last);
        let widths = mondays
            .iter()
            .map(|&date| week_label(theme, date, false).width(theme));
        let needed = widths.fold(0.0, f64::max) + 24.0;
        let per_week = plot.width() * 7.0 / f64::from(days_between(first, last));
        let steps = [1_u8, 2, 3, 4, 6, 8, 13, 26, 52];
        let step = steps
            .into_iter()
            .find(|&n| f64::from(n) * per_week >= needed)
            .unwrap_or(104);
        mondays.into_iter().step_by(step.into()).collect()
    }
}

/// The ISO week of a Monday above its date.
pub(crate) fn week_label(theme: &Theme, monday: Date, with_year: bool) -> Lines {
    let words = &theme.dates;
    let day = if with_year {
        words.day_and_year(monday)
    } else {
        words.day(monday)
    };
    Lines {
        texts: vec![words.iso_week(monday), day],
        style: Style::LABEL,
    }
}

/// Whole days from `from` to `to`, negative when `to` is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// All Mondays from `first` to `last`, both included; `first` alone when there is none.
fn mondays(first: Date, last: Date) -> Vec<Date> {
    let days = core::iter::successors(Some(first), |date| date.checked_add(1.day()).ok());
    let mut mondays: Vec<Date> = days
        .take_while(|&date| date <= last)
        .filter(|date| date.weekday() == Weekday::Monday)
        .collect();
    if mondays.is_empty() {
        mondays.push(first);
    }
    mondays
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
