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
/// Least room between two labels.
const GAP: f64 = 16.0;

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

    /// Mondays with their ISO week and date below `plot`, each label in the middle of its tick, as many as
    /// fit without touching.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        for (date, label) in self.labels(canvas.theme, plot) {
            let x = self.at(date);
            canvas.vertical(x, (plot.bottom, plot.bottom + 8.0), AXIS_STROKE);
            // The only label may have no room on one side.
            let half = 0.5 * label.width(canvas.theme);
            let middle = x
                .min(plot.right + OVERHANG - half)
                .max(plot.left - OVERHANG + half);
            canvas.lines(&label, (middle, plot.bottom + 10.0), Anchor::Middle);
        }
    }

    /// Every n-th Monday with its label, for the smallest n such that no two labels touch. Mondays whose
    /// label would stick out too far are left out.
    fn labels(&self, theme: &Theme, plot: Rect) -> Vec<(Date, Lines)> {
        let mondays = mondays(self.days.0, self.days.1);
        let steps = [1, 2, 3, 4, 6, 8, 13, 26, 52];
        let every = |step| self.with_room(theme, plot, &mondays, step);
        let fitting = steps.into_iter().map(every);
        let found = fitting
            .filter(|labels| !labels.is_empty())
            .find(|labels| self.keeps_apart(labels, theme));
        found.unwrap_or_else(|| labeled(theme, mondays.into_iter().take(1)))
    }

    /// Every n-th of the Mondays whose label has room at both ends of the plot.
    fn with_room(
        &self,
        theme: &Theme,
        plot: Rect,
        mondays: &[Date],
        step: usize,
    ) -> Vec<(Date, Lines)> {
        let widest = labeled(theme, mondays.iter().copied());
        let widest = widest
            .iter()
            .map(|(_, label)| label.width(theme))
            .fold(0.0, f64::max);
        let room = (plot.left - OVERHANG + 0.5 * widest)..=(plot.right + OVERHANG - 0.5 * widest);
        let inside = mondays
            .iter()
            .filter(|date| room.contains(&self.at(**date)));
        labeled(theme, inside.step_by(step).copied())
    }

    fn keeps_apart(&self, labels: &[(Date, Lines)], theme: &Theme) -> bool {
        labels.windows(2).all(|pair| {
            let half = |label: &Lines| 0.5 * label.width(theme);
            let apart = self.at(pair[1].0) - self.at(pair[0].0);
            half(&pair[0].1) + half(&pair[1].1) + GAP <= apart
        })
    }
}

/// Mondays with their labels, the first of each later year with its year.
fn labeled(theme: &Theme, mondays: impl Iterator<Item = Date>) -> Vec<(Date, Lines)> {
    let mut last_year = None;
    mondays
        .map(|date| {
            let is_new_year = last_year.is_some_and(|year| year != date.year());
            last_year = Some(date.year());
            (date, week_label(theme, date, is_new_year))
        })
        .collect()
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
    fn across_a_new_year_every_tick_has_its_label_at_its_place() {
        let theme = crate::chart::fixture::theme();
        for n_weeks in [8, 17, 26, 33, 60] {
            let first = date(2020, 10, 5);
            let last = first + (7 * n_weeks).days();
            let plot = Rect::new((120.0, 1_100.0), (0.0, 300.0));
            let axis = DateAxis::new((first, last), plot.across());
            let labels = axis.labels(&theme, plot);
            assert!(labels.len() > 2, "{n_weeks} weeks have several labels");
            assert!(axis.keeps_apart(&labels, &theme), "{n_weeks} weeks");
            for (date, label) in &labels {
                let half = 0.5 * label.width(&theme);
                let (left, right) = (axis.at(*date) - half, axis.at(*date) + half);
                let has_room = left >= plot.left - OVERHANG && right <= plot.right + OVERHANG;
                assert!(has_room, "{date} is written below its tick");
            }
        }
    }

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
