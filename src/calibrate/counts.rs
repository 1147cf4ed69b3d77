//! Daily admissions and censuses behind the fit of a stay, and whether days were counted as they were.

use core::fmt;

use jiff::civil::{Date, Weekday};

use crate::calibrate::stay_error::StayError;
use crate::model::Model;
use crate::observed::{Observed, ObservedSeries};
use crate::units::DAYS_PER_WEEK;

/// Days of admissions before the window that matter to a fit.
pub const HISTORY: usize = 90;
/// Most days of census that are used.
const MOST_DAYS: usize = 200;
/// Fewest days of census.
const FEWEST_DAYS: usize = 14;
/// A week, in positions of a list of days.
const WEEK: usize = DAYS_PER_WEEK as usize;
/// A gap is filled while at most one day in this many is missing.
const FEW_GAPS: usize = 5;
/// A weekday has less than the first part of an average day, or more than the second, only where numbers
/// belong to the day of a report.
const PLAUSIBLE: core::ops::RangeInclusive<f64> = 0.5..=2.0;
/// Standard errors by which chance does not explain a weekday.
const BEYOND_CHANCE: f64 = 4.0;

/// The observations behind one fit.
pub(super) struct Counts {
    /// By day from the first that matters.
    pub(super) admissions: Vec<f64>,
    /// Date of the first of these days.
    pub(super) first: Date,
    /// Positions of the days with a census.
    pub(super) days: Vec<usize>,
    pub(super) census: Vec<f64>,
    pub(super) filled: Filled,
}

/// Days of a series without an observation, which a fit had to assume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// The series.
    pub series: ObservedSeries,
    /// Days between two observations: they lie on the line between these.
    pub between: usize,
    /// Days before the first observation: they have the mean of the first seven.
    pub before: usize,
    /// Days after the last observation: they have the mean of the last seven.
    pub after: usize,
}

impl Filled {
    /// Whether nothing had to be assumed.
    pub const fn is_nothing(&self) -> bool {
        self.between + self.before + self.after == 0
    }
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (
                self.between,
                "between two others taken from the line between them",
            ),
            (
                self.before,
                "before the first taken as the mean of the first seven",
            ),
            (
                self.after,
                "after the last taken as the mean of the last seven",
            ),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, how)| format!("{n} {how}"))
            .collect();
        write!(f, "days without {}: {}", self.series.key(), said.join("; "))
    }
}

/// Admissions (`flow`) and censuses (`stock`) of the window.
///
/// # Errors
/// [`StayError::TooFew`], [`StayError::Gaps`] and [`StayError::Weekdays`].
pub(super) fn counts(
    model: &Model,
    observed: &Observed,
    (flow, stock): (ObservedSeries, ObservedSeries),
) -> Result<Counts, StayError> {
    let study = &model.study;
    let start = study.date(study.window_start());
    let first = start.saturating_sub(jiff::Span::new().days(i64::try_from(HISTORY).unwrap_or(0)));
    let n_days = HISTORY + usize::from(study.window_days).min(MOST_DAYS);
    let by_day = |series| {
        let mut numbers = vec![None; n_days];
        for (date, n) in observed.national(series) {
            let since = usize::try_from((date - first).get_days()).ok();
            if let Some(number) = since.and_then(|day| numbers.get_mut(day)) {
                *number = Some(n);
            }
        }
        numbers
    };
    let (flows, stocks) = (by_day(flow), by_day(stock));
    let known = |numbers: &[Option<f64>]| numbers[HISTORY..].iter().flatten().count();
    if known(&flows) < FEWEST_DAYS || known(&stocks) < FEWEST_DAYS {
        return Err(StayError::TooFew(flow.key(), stock.key()));
    }
    check_weekdays(&flows, first, flow)?;
    check_weekdays(&stocks, first, stock)?;
    let filled = gaps(&flows, flow);
    if filled.between * FEW_GAPS > n_days - filled.before - filled.after {
        return Err(StayError::Gaps(flow.key(), filled.between));
    }
    let censuses = stocks.iter().enumerate().skip(HISTORY);
    let (days, census) = censuses.filter_map(|(day, n)| Some((day, (*n)?))).unzip();
    Ok(Counts {
        admissions: without_gaps(&flows),
        first,
        days,
        census,
        filled,
    })
}

/// Refuses a series in which a weekday has hardly anything, or the sum of several days: then the numbers
/// belong to the days on which they were reported, and lengths of stay cannot be read from them. Each day
/// is compared with the mean of the week around it.
fn check_weekdays(
    numbers: &[Option<f64>],
    first: Date,
    series: ObservedSeries,
) -> Result<(), StayError> {
    let mut sums = [(0.0, 0.0); WEEK];
    for (start, week) in numbers.windows(WEEK).enumerate() {
        let whole: Option<f64> = week.iter().copied().sum();
        let (Some(whole), Some(own)) = (whole, week[WEEK / 2]) else {
            continue;
        };
        let sum = &mut sums[(start + WEEK / 2) % WEEK];
        sum.0 += own;
        sum.1 += whole / WEEK as f64;
    }
    let strange = |(day, (own, usual)): (usize, &(f64, f64))| {
        let is_strange = !PLAUSIBLE.contains(&(own / usual))
            && (own - usual).abs() > BEYOND_CHANCE * usual.sqrt();
        let date = first.saturating_add(jiff::Span::new().days(i64::try_from(day).unwrap_or(0)));
        is_strange.then(|| format!("{} {:.0} %", weekday(date), 100.0 * own / usual))
    };
    let strange: Vec<String> = sums.iter().enumerate().filter_map(strange).collect();
    if strange.is_empty() {
        return Ok(());
    }
    Err(StayError::Weekdays(series.key(), strange.join(", ")))
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn gaps(numbers: &[Option<f64>], series: ObservedSeries) -> Filled {
    let is_missing = |number: &&Option<f64>| number.is_none();
    let before = numbers.iter().take_while(is_missing).count();
    let after = numbers.iter().rev().take_while(is_missing).count();
    let missing = numbers.iter().filter(is_missing).count();
    Filled {
        series,
        between: missing - before - after,
        before,
        after,
    }
}

/// A gap is filled with a line between its ends, and days before or after all observations with the
/// mean of the nearest seven: what was there at the first census is taken as observed anyway.
fn without_gaps(flows: &[Option<f64>]) -> Vec<f64> {
    let known: Vec<(usize, f64)> = flows
        .iter()
        .enumerate()
        .filter_map(|(day, n)| Some((day, (*n)?)))
        .collect();
    let mean =
        |some: &[(usize, f64)]| some.iter().map(|(_, n)| n).sum::<f64>() / some.len().max(1) as f64;
    let outside = [
        mean(&known[..known.len().min(WEEK)]),
        mean(&known[known.len().saturating_sub(WEEK)..]),
    ];
    let fill = |day: usize| {
        let next = known.partition_point(|(known, _)| *known < day);
        match (next.checked_sub(1).map(|last| known[last]), known.get(next)) {
            (_, Some((at, n))) if *at == day => *n,
            (None, _) => outside[0],
            (_, None) => outside[1],
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * (day - from) as f64 / (to - from) as f64
            }
        }
    };
    (0..flows.len()).map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMISSIONS: ObservedSeries = ObservedSeries::HospitalAdmissions;

    #[test]
    fn gaps_in_admissions_are_filled_from_both_sides_and_counted() {
        let flows = [None, Some(4.0), None, None, Some(10.0), None];
        assert_eq!(without_gaps(&flows), [7.0, 4.0, 6.0, 8.0, 10.0, 7.0]);
        assert_eq!(
            gaps(&flows, ADMISSIONS).to_string(),
            "days without hospital_admissions: 2 between two others taken from the line between \
             them; 1 before the first taken as the mean of the first seven; 1 after the last taken as \
             the mean of the last seven"
        );
    }

    #[test]
    fn weekdays_on_which_nobody_counts_are_noticed_and_a_rising_wave_is_not() {
        let monday = jiff::civil::date(2021, 11, 1);
        let day = |n: i32, factors: [f64; WEEK]| {
            let at = usize::try_from(n).expect("a position") % WEEK;
            Some((f64::from(n) * 3.0 + 20.0) * factors[at])
        };
        let series = |factors| (0..56).map(|n| day(n, factors)).collect::<Vec<_>>();
        let usual = series([1.1, 1.1, 1.0, 1.0, 1.0, 0.9, 0.8]);
        assert_eq!(check_weekdays(&usual, monday, ADMISSIONS), Ok(()), "a wave");
        let reported = series([3.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
        let found = check_weekdays(&reported, monday, ADMISSIONS);
        let Err(StayError::Weekdays(_, days)) = found else {
            panic!("Mondays hold three days");
        };
        assert!(
            days.contains("Monday 29") && days.contains("Sunday 0"),
            "{days}"
        );
    }
}
