//! The series that are both simulated and observed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::experiment::daily_series::Series as Simulated;
use crate::experiment::{PolicyRecord, StudyFrame};
use crate::model::study::Study;
use crate::observed::{Observed, ObservedSeries};
use crate::outcome::WeekMeasure;
use crate::units::listed::described;
use crate::units::{DAYS_PER_WEEK, Day};

described! {
    /// A series that is both simulated and observed. Daily numbers are those of the morning.
    pub enum Compared {
        CovidIc("covid_ic", "patients", "COVID patients in the ICU, daily"),
        OtherIc("other_ic", "patients", "other patients in the ICU, daily"),
        OccupiedIc("occupied_ic", "patients",
            "all patients in the ICU, daily, where both parts were observed"),
        CovidWard("covid_ward", "patients", "COVID patients on the ward, daily"),
        CovidIcWeek("covid_ic_week", "patients", "COVID patients in the ICU, mean of the week"),
        OtherIcWeek("other_ic_week", "patients", "other patients in the ICU, mean of the week"),
        CovidWardWeek("covid_ward_week", "patients", "COVID patients on the ward, mean of the week"),
        StaffedBeds("staffed_beds", "beds", "staffed ICU beds, daily"),
        IcAdmissions("ic_admissions", "patients",
            "COVID patients admitted to the ICU, per week that was observed as a whole or on every day"),
        MovesBetweenRegions("moves_between_regions", "patients a day",
            "COVID ICU patients moved to another region, per day of the week"),
        HospitalsFailingNorm("hospitals_failing_norm", "hospitals",
            "hospitals in which a class 3 patient waits over the norm, per week"),
        HospitalsStopped("hospitals_stopped", "hospitals",
            "hospitals that have stopped classes 4 and 5, daily"),
        OperationsPercent("operations_percent", "% of normal",
            "operations without ICU relative to normal, those too urgent to put off included, per week"),
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
            Self::CovidIcWeek
                | Self::OtherIcWeek
                | Self::CovidWardWeek
                | Self::IcAdmissions
                | Self::MovesBetweenRegions
                | Self::HospitalsFailingNorm
                | Self::OperationsPercent
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
            Self::OccupiedIc => occupied(observed),
            Self::IcAdmissions => admissions_by_week(observed),
            _ => plain(self.observed_as()),
        }
    }

    /// The same of a region, by its key: what is simulated by region and day.
    pub(crate) fn observed_in(self, region: &str, observed: &Observed) -> Vec<(Date, f64)> {
        observed.regional(self.observed_as(), region).collect()
    }

    /// The observed series that it is compared with, or the first of two.
    pub(crate) const fn observed_as(self) -> ObservedSeries {
        match self {
            Self::CovidIc | Self::OccupiedIc => ObservedSeries::CovidIc,
            Self::OtherIc => ObservedSeries::OtherIc,
            Self::CovidWard => ObservedSeries::CovidWard,
            Self::CovidIcWeek => ObservedSeries::CovidIcWeek,
            Self::OtherIcWeek => ObservedSeries::OtherIcWeek,
            Self::CovidWardWeek => ObservedSeries::CovidWardWeek,
            Self::StaffedBeds => ObservedSeries::StaffedBeds,
            Self::IcAdmissions => ObservedSeries::IcAdmissionsWeek,
            Self::MovesBetweenRegions => ObservedSeries::MovesBetweenRegions,
            Self::HospitalsFailingNorm => ObservedSeries::HospitalsFailingNorm,
            Self::HospitalsStopped => ObservedSeries::HospitalsStopped,
            Self::OperationsPercent => ObservedSeries::OperationsPercent,
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
    pub(crate) fn simulated(self, frame: &StudyFrame, record: &PolicyRecord, slot: Slot) -> f64 {
        let counted = |measure| match slot {
            Slot::Day(_) => f64::NAN,
            Slot::Week(week) => record.national(week, measure) as f64,
        };
        match (self, slot) {
            (Self::CovidIc | Self::CovidIcWeek, _) => mean(record, Simulated::CovidIc, slot),
            (Self::OtherIc | Self::OtherIcWeek, _) => mean(record, Simulated::OtherIc, slot),
            (Self::OccupiedIc, _) => mean(record, Simulated::OccupiedIc, slot),
            (Self::CovidWard | Self::CovidWardWeek, _) => mean(record, Simulated::CovidWard, slot),
            (Self::StaffedBeds, _) => mean(record, Simulated::StaffedBeds, slot),
            (Self::HospitalsStopped, _) => mean(record, Simulated::StoppedHospitals, slot),
            (Self::IcAdmissions, _) => counted(WeekMeasure::CovidIcAdmissions),
            (Self::MovesBetweenRegions, _) => {
                counted(WeekMeasure::TransfersOut) / f64::from(DAYS_PER_WEEK)
            }
            (Self::HospitalsFailingNorm, _) => counted(WeekMeasure::HospitalsFailingNorm),
            (Self::OperationsPercent, Slot::Week(week)) => {
                let urgent = f64::from(frame.urgent_permille) / 1_000.0;
                100.0 * urgent + (1.0 - urgent) * operations_percent(record, week)
            }
            (Self::OperationsPercent, Slot::Day(_)) => f64::NAN,
        }
    }
}

/// The number of a day, or the mean over the days of a week.
fn mean(record: &PolicyRecord, series: Simulated, slot: Slot) -> f64 {
    let days = slot.days();
    let n = days.len() as f64;
    let sum: i64 = days.map(|day| series.value(record, Day(day))).sum();
    sum as f64 / n
}

impl Slot {
    /// The days of it.
    pub(crate) fn days(self) -> core::ops::Range<u16> {
        match self {
            Self::Day(day) => day.0..day.0 + 1,
            Self::Week(week) => {
                let monday =
                    u16::try_from(week).unwrap_or(u16::MAX / DAYS_PER_WEEK) * DAYS_PER_WEEK;
                monday..monday + DAYS_PER_WEEK
            }
        }
    }

    /// The day, or the Monday of the week.
    pub(crate) fn date(self, study: &Study) -> Date {
        study.date(Day(self.days().start))
    }
}

/// Operations without IC of classes 3 to 5, in percent of normal; 100 when none is normal.
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

/// COVID IC admissions by ISO week, on Mondays: as they were observed by week, or else sums of weeks in
/// which each day was observed.
fn admissions_by_week(observed: &Observed) -> Vec<(Date, f64)> {
    let mut days: BTreeMap<Date, (f64, u16)> = BTreeMap::new();
    for (date, value) in observed.national(ObservedSeries::IcAdmissions) {
        let (sum, n) = days.entry(monday(date)).or_default();
        *sum += value;
        *n += 1;
    }
    days.retain(|_, (_, n)| *n == DAYS_PER_WEEK);
    let sums = days.into_iter().map(|(date, (sum, _))| (date, sum));
    let mut weeks: BTreeMap<Date, f64> = sums.collect();
    let whole = observed.national(ObservedSeries::IcAdmissionsWeek);
    weeks.extend(whole.map(|(date, value)| (monday(date), value)));
    weeks.into_iter().collect()
}

/// The Monday of the week of a date.
pub(crate) fn monday(date: Date) -> Date {
    let since = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(jiff::Span::new().days(since))
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
        text.push_str("2021-10-07,ic_admissions_week,50\n2021-10-14,ic_admissions_week,60\n");
        let observed = Observed::parse(&text, "o.csv", &[]).expect("a sound file");
        let sums = Compared::IcAdmissions.observed(&observed);
        let expected = [(date(2021, 10, 4), 50.0), (date(2021, 10, 11), 60.0)];
        assert_eq!(sums, expected, "a week that was counted as one");
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
