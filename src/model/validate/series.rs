//! Daily series from weekly ones, and weeks that differ from the others.

use jiff::Span;

use crate::model::study::Study;
use crate::model::validate::check::{Checker, below};
use crate::model::validate::study::monday;

/// Weeks that differ from the others, as a scenario says it.
pub(super) struct DifferentWeeks<'a> {
    /// Where they stand in the scenario.
    pub(super) path: String,
    /// The Monday on which they begin, and their number.
    pub(super) from: &'a str,
    pub(super) weeks: u16,
    /// What their figures are multiplied by.
    pub(super) share: f64,
}

/// Multiplies the figures of some weeks; weeks outside the study change nothing.
pub(super) fn scale_weeks(
    by_week: &mut [f64],
    study: &Study,
    different: &DifferentWeeks<'_>,
    check: &mut Checker<'_>,
) {
    let from = monday(&below(&different.path, "from"), different.from, check);
    for week in 0..different.weeks {
        let monday = from.saturating_add(Span::new().weeks(i64::from(week)));
        if let Some(day) = study.day_of(monday) {
            by_week[study.week(day)] *= different.share;
        }
    }
}

/// Daily numbers that keep every weekly total: weekly means are joined by straight lines from
/// Thursday to Thursday, multiplied by the factor of the weekday, and scaled to the week's total.
pub(super) fn daily_numbers(weekly: &[f64], weekday_factors: &[f64; 7]) -> Vec<f64> {
    let mut daily = Vec::with_capacity(weekly.len() * 7);
    for (week, total) in weekly.iter().enumerate() {
        let shape: Vec<f64> = (0..7)
            .map(|weekday| joined(weekly, week, weekday) * weekday_factors[weekday])
            .collect();
        let sum: f64 = shape.iter().sum();
        let scale = if sum > 0.0 { total / sum } else { 0.0 };
        daily.extend(shape.iter().map(|value| value * scale));
    }
    daily
}

/// Daily values of a share: weekly values joined by straight lines from Thursday to Thursday.
pub(super) fn daily_shares(weekly: &[f64]) -> Vec<f64> {
    let days = (0..weekly.len()).flat_map(|week| (0..7).map(move |weekday| (week, weekday)));
    days.map(|(week, weekday)| joined(weekly, week, weekday))
        .collect()
}

/// The value on a weekday (0 = Monday) of the line through the weekly values at each Thursday;
/// flat before the first and after the last.
fn joined(weekly: &[f64], week: usize, weekday: usize) -> f64 {
    const THURSDAY: usize = 3;
    let own = weekly[week];
    let (neighbor, distance) = if weekday < THURSDAY {
        (week.checked_sub(1), THURSDAY - weekday)
    } else {
        (Some(week + 1), weekday - THURSDAY)
    };
    let other = neighbor
        .and_then(|at| weekly.get(at))
        .copied()
        .unwrap_or(own);
    own + (other - own) * distance as f64 / 7.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn daily_numbers_keep_every_weekly_total() {
        let weekly = [10.0, 0.0, 2_178.0, 2_142.0];
        let daily = daily_numbers(&weekly, &[1.1, 1.0, 1.0, 1.0, 1.0, 0.84, 0.96]);
        for (week, total) in weekly.iter().enumerate() {
            let sum: f64 = daily[week * 7..week * 7 + 7].iter().sum();
            assert!((sum - total).abs() < 1e-9, "week {week}: {sum} for {total}");
        }
        assert!(
            daily.iter().all(|value| *value >= 0.0),
            "no negative arrivals: {daily:?}"
        );
    }

    #[test]
    fn a_daily_share_is_the_weekly_one_on_thursday_and_between_two_weeks_otherwise() {
        let daily = daily_shares(&[0.2, 0.1]);
        assert!((daily[3] - 0.2).abs() < 1e-12, "Thursday");
        assert!((daily[6] - (0.2 - 0.1 * 3.0 / 7.0)).abs() < 1e-12, "Sunday");
        assert!(
            (daily[0] - 0.2).abs() < 1e-12,
            "flat before the first Thursday"
        );
    }
}
