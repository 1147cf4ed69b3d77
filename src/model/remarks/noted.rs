//! Remarks as they are collected.

use jiff::civil::Date;

use crate::model::study::Study;
use crate::scenario::{Scenario, Violation};
use crate::units::Day;

/// What was found so far.
pub(super) struct Remarks<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) found: Vec<Violation>,
}

impl Remarks<'_> {
    /// Notes something about the value at `path`; what several policies inherit is noted once.
    pub(super) fn note(&mut self, path: &str, message: &str) {
        let remark = self.scenario.violation(path, message, None);
        let is_same = |known: &Violation| known.place == remark.place && known.message == message;
        if !self.found.iter().any(is_same) {
            self.found.push(remark);
        }
    }
}

/// First and last day of the study, as a remark tells them.
pub(super) fn days(study: &Study) -> String {
    format!("{} to {}", study.first_date, last_day(study))
}

/// The last day of the study.
pub(super) fn last_day(study: &Study) -> Date {
    study.date(Day(study.end().0 - 1))
}
