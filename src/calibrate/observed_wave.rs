//! The wave that was observed, in place of the one of the scenario.

use jiff::civil::Date;

use crate::observed::{Observed, ObservedSeries};
use crate::scenario::Scenario;
use crate::units::DAYS_PER_WEEK;

/// Overrides that make the worlds of `scenario` meet the observed wave: its size and time do not
/// vary, and weeks of which every day of hospital admissions was observed have these admissions.
pub fn settings(scenario: &Scenario, observed: &Observed) -> Vec<String> {
    let covid = &scenario.file.covid;
    let mut settings = Vec::new();
    // A scenario without this table has no spread.
    if covid.spread.is_some() {
        let without = [
            "covid.spread.size_sd_log=0",
            "covid.spread.timing_sd_days=0",
        ];
        settings.extend(without.map(str::to_owned));
    }
    if let Ok(first) = covid.first_week.parse::<Date>() {
        let weeks = covid.weekly_admissions.iter().enumerate();
        let weeks: Vec<String> = weeks
            .map(|(week, own)| admitted(first, week, observed).unwrap_or(*own).to_string())
            .collect();
        settings.push(format!("covid.weekly_admissions=[{}]", weeks.join(", ")));
    }
    settings
}

/// Weeks of the series of which only some days were observed: they keep the admissions of `scenario`.
pub fn n_partly_observed(scenario: &Scenario, observed: &Observed) -> usize {
    let covid = &scenario.file.covid;
    let Ok(first) = covid.first_week.parse::<Date>() else {
        return 0;
    };
    let is_partly = |week: &usize| {
        let n_days = days(first, *week)
            .filter(|date| {
                observed
                    .on(ObservedSeries::HospitalAdmissions, *date)
                    .is_some()
            })
            .count();
        (1..usize::from(DAYS_PER_WEEK)).contains(&n_days)
    };
    (0..covid.weekly_admissions.len()).filter(is_partly).count()
}

/// Admissions of a week, counted from the one that begins on `first`; `None` unless each of its days
/// was observed.
fn admitted(first: Date, week: usize, observed: &Observed) -> Option<f64> {
    days(first, week)
        .map(|date| observed.on(ObservedSeries::HospitalAdmissions, date))
        .sum()
}

/// The days of a week, counted from the one that begins on `first`.
fn days(first: Date, week: usize) -> impl Iterator<Item = Date> {
    let days = usize::from(DAYS_PER_WEEK);
    (week * days..(week + 1) * days).map(move |day| {
        let since = i64::try_from(day).unwrap_or_default();
        first.saturating_add(jiff::Span::new().days(since))
    })
}
