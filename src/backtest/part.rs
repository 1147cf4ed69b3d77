//! Parts of the window: what figures were fitted to, and what they predict.

use jiff::Span;
use jiff::civil::Date;

use crate::model::study::Study;
use crate::units::Day;

/// A part of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// `all`, `fit` or `predicted`.
    pub name: &'static str,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Part {
    /// The window as one part, or as two of which the first ends with the day `fit_until`; `None` when
    /// that leaves one of them empty.
    pub fn of_window(study: &Study, fit_until: Option<Date>) -> Option<Vec<Self>> {
        let first = study.date(study.window_start());
        let last = study.date(Day(study.window_end().0 - 1));
        let part = |name, first, last| Self { name, first, last };
        let Some(until) = fit_until else {
            return Some(vec![part("all", first, last)]);
        };
        (first <= until && until < last).then(|| {
            let next = until.saturating_add(Span::new().days(1));
            vec![part("fit", first, until), part("predicted", next, last)]
        })
    }

    /// Whether a date lies in it.
    pub fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}
