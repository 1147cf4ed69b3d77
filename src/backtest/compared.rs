//! The series that are both simulated and observed.

use jiff::civil::Date;

use crate::experiment::PolicyRecord;
use crate::experiment::daily_series::Series as Simulated;
use crate::model::study::Study;
use crate::observed::{Observed, ObservedSeries};
use crate::outcome::WeekMeasure;
use crate::units::listed::described;
use crate::units::{DAYS_PER_WEEK, Day};

described! {
    /// A series that is both simulated and observed. Daily numbers are those of the morning.
    pub enum Compared {
        CovidIc("covid_ic", "patients", "COVID patients on the IC, daily"),
        OtherIc("other_ic", "patients", "other patients on the IC, daily"),
        OccupiedIc("occupied_ic", "patients",
            "all patients on the IC, daily, where both parts were observed"),
        CovidWard("covid_ward", "patients", "COVID patients on the ward, daily"),
        IcAdmissions("ic_admissions", "patients",
            "COVID patients admitted to the IC, per week of which every day was observed"),
        HospitalsFailingNorm("hospitals_failing_norm", "hospitals",
            "hospitals in which a class 3 patient waits over the norm, per week"),
        OperationsPercent("operations_percent", "% of normal",
            "operations without IC of classes 3 to 5 relative to normal, per week"),
    }
}

/// The day or the study week of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Day(Day),
    Week(usize),
}

/// Operations done and normal, by class.
const OPERATIONS: [(WeekMeasure, WeekMeasure); 3] = [
    (
        WeekMeasure::OperationsClass3,
        WeekMeasure::NormalOperationsClass3,
    ),
    (
        WeekMeasure::OperationsClass4,
        WeekMeasure::NormalOperationsClass4,
    ),
    (
        WeekMeasure::OperationsClass5,
        WeekMeasure::NormalOperationsClass5,
    ),
];

impl Compared {
    /// Whether there is one number per week, not per day.
    pub const fn is_weekly(self) -> bool {
        matches!(
            self,
            Self::IcAdmissions | Self::HospitalsFailingNorm | Self::OperationsPercent
        )
    }

    /// Whether the beds of the country bound it.
    pub(crate) const fn has_capacity(self) -> bool {
        matches!(self, Self::OccupiedIc)
    }

    /// What was observed: date and number, ascending; may lie outside the study.
    pub(crate) fn observed(self, observed: &Observed) -> Vec<(Date, f64)> {
        let plain = |series| observed.national(series).collect();
        match self {
            Self::CovidIc => plain(ObservedSeries::CovidIc),
            Self::OtherIc => plain(ObservedSeries::OtherIc),
            Self::CovidWard => plain(ObservedSeries::CovidWard),
            Self::HospitalsFailingNorm => plain(ObservedSeries::HospitalsFailingNorm),
            Self::OperationsPercent => plain(ObservedSeries::OperationsPercent),
            Self::OccupiedIc => occupied(observed),
            Self::IcAdmissions => weekly_sums(observed, ObservedSeries::IcAdmissions),
        }
    }

    /// The slots of the window.
    pub(crate) fn slots(self, study: &Study) -> Vec<Slot> {
        let (start, end) = (study.window_start(), study.window_end());
        if self.is_weekly() {
            (study.week(start)..study.week(end))
                .map(Slot::Week)
                .collect()
        } else {
            (start.0..end.0).map(|day| Slot::Day(Day(day))).collect()
        }
    }

    /// The slot that a date falls in, if it is simulated.
    pub(crate) fn slot(self, study: &Study, date: Date) -> Option<Slot> {
        let day = study.day_of(date)?;
        Some(if self.is_weekly() {
            Slot::Week(study.week(day))
        } else {
            Slot::Day(day)
        })
    }

    /// The number of one world.
    pub(crate) fn simulated(self, record: &PolicyRecord, slot: Slot) -> f64 {
        let daily = |series: Simulated| match slot {
            Slot::Day(day) => series.value(record, day) as f64,
            Slot::Week(_) => f64::NAN,
        };
        match (self, slot) {
            (Self::CovidIc, _) => daily(Simulated::CovidIc),
            (Self::OtherIc, _) => daily(Simulated::OtherIc),
            (Self::OccupiedIc, _) => daily(Simulated::OccupiedIc),
            (Self::CovidWard, _) => daily(Simulated::CovidWard),
            (Self::IcAdmissions, Slot::Week(week)) => {
                record.national(week, WeekMeasure::CovidIcAdmissions) as f64
            }
            (Self::HospitalsFailingNorm, Slot::Week(week)) => {
                record.national(week, WeekMeasure::HospitalsFailingNorm) as f64
            }
            (Self::OperationsPercent, Slot::Week(week)) => operations_percent(record, week),
            (_, Slot::Day(_)) => f64::NAN,
        }
    }
}

impl Slot {
    /// The day, or the Monday of the week.
    pub(crate) fn date(self, study: &Study) -> Date {
        match self {
            Self::Day(day) => study.date(day),
            Self::Week(week) => {
                let monday = week * usize::from(DAYS_PER_WEEK);
                study.date(Day(u16::try_from(monday).unwrap_or(u16::MAX)))
            }
        }
    }
}

/// Operations without IC of all classes, in percent of normal; 100 when none is normal.
fn operations_percent(record: &PolicyRecord, week: usize) -> f64 {
    let sum = |of: fn(&(WeekMeasure, WeekMeasure)) -> WeekMeasure| -> i64 {
        OPERATIONS
            .iter()
            .map(|pair| record.national(week, of(pair)))
            .sum()
    };
    let (done, normal) = (sum(|pair| pair.0), sum(|pair| pair.1));
    if normal == 0 {
        return 100.0;
    }
    100.0 * done as f64 / normal as f64
}

/// COVID and other patients together, on days on which both were observed.
fn occupied(observed: &Observed) -> Vec<(Date, f64)> {
    let other = |date| observed.on(ObservedSeries::OtherIc, date);
    observed
        .national(ObservedSeries::CovidIc)
        .filter_map(|(date, covid)| Some((date, covid + other(date)?)))
        .collect()
}

/// Sums over ISO weeks in which each day was observed, on their Mondays.
fn weekly_sums(observed: &Observed, series: ObservedSeries) -> Vec<(Date, f64)> {
    let mut weeks: Vec<(Date, f64, u16)> = Vec::new();
    for (date, value) in observed.national(series) {
        let since = i64::from(date.weekday().to_monday_zero_offset());
        let monday = date.saturating_sub(jiff::Span::new().days(since));
        match weeks.last_mut() {
            Some((last, sum, n)) if *last == monday => {
                *sum += value;
                *n += 1;
            }
            _ => weeks.push((monday, value, 1)),
        }
    }
    weeks.retain(|(_, _, n)| *n == DAYS_PER_WEEK);
    weeks
        .into_iter()
        .map(|(date, sum, _)| (date, sum))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::fmt::Write;
    use jiff::civil::date;

    #[test]
    fn a_week_counts_when_every_day_of_it_was_observed() {
        let mut text = "date,series,value\n".to_owned();
        // From a Sunday over one whole week to a Tuesday.
        for day in 3..=12 {
            let _ = writeln!(text, "2021-10-{day:02},ic_admissions,{day}");
        }
        let observed = Observed::parse(&text, "o.csv", &[]).expect("a sound file");
        let sums = Compared::IcAdmissions.observed(&observed);
        assert_eq!(sums, [(date(2021, 10, 4), 49.0)], "4 + 5 + ... + 10");
    }

    #[test]
    fn all_patients_need_both_parts() {
        let text = "date,series,value\n\
                    2021-10-04,covid_ic,100\n2021-10-04,other_ic,600\n2021-10-05,covid_ic,110\n";
        let observed = Observed::parse(text, "o.csv", &[]).expect("a sound file");
        let all = Compared::OccupiedIc.observed(&observed);
        assert_eq!(all, [(date(2021, 10, 4), 700.0)], "one day with both");
    }
}
