//! Daily admissions and censuses behind the fit of a stay, and whether days were counted as they were.

use core::fmt;
use core::ops::Range;

use jiff::civil::{Date, Weekday};

use crate::calibrate::expected_flow::expected_flow;
use crate::calibrate::stay_error::StayError;
use crate::census::likelihood::{Admissions, Uncounted};
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
    pub(super) admissions: Admissions,
    /// Date of the first of these days.
    pub(super) first: Date,
    /// Positions of the days with a census.
    pub(super) days: Vec<usize>,
    pub(super) census: Vec<f64>,
    pub(super) filled: Filled,
}

/// Days of a series without an observation, which a fit had to assume.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filled {
    /// The series.
    pub series: ObservedSeries,
    /// Days between two observations: they lie on the line between these.
    pub between: usize,
    /// Days before the first observation.
    pub before: Run,
    /// Days after the last observation.
    pub after: Run,
}

/// Days before or after all observations: they are as the scenario expects them, at a level that joins the seven days
/// next to them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Their number.
    pub days: usize,
    /// What they are, relative to what the scenario expects.
    pub level: f64,
    /// The variance of that level, relative to its square.
    pub variance: f64,
}

impl Filled {
    /// Whether nothing had to be assumed.
    pub const fn is_nothing(&self) -> bool {
        self.between + self.before.days + self.after.days == 0
    }
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = |run: &Run, which: &str| {
            let joined = format!(
                "{} {which} taken as {:.2} times what the scenario expects, which joins the seven days next to them",
                run.days, run.level
            );
            (run.days, joined)
        };
        let between = "between two others taken from the line between them";
        let parts = [
            (self.between, format!("{} {between}", self.between)),
            run(&self.before, "before the first"),
            run(&self.after, "after the last"),
        ];
        let said = parts.into_iter().filter(|(n, _)| *n > 0);
        let said: Vec<String> = said.map(|(_, how)| how).collect();
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
    let expected = expected_flow(model, flow, first, n_days);
    let filled = filled(&flows, &expected, flow);
    if filled.between * FEW_GAPS > n_days - filled.before.days - filled.after.days {
        return Err(StayError::Gaps(flow.key(), filled.between));
    }
    let censuses = stocks.iter().enumerate().skip(HISTORY);
    let (days, census) = censuses.filter_map(|(day, n)| Some((day, (*n)?))).unzip();
    Ok(Counts {
        admissions: without_gaps(&flows, &expected, &filled),
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

fn filled(flows: &[Option<f64>], expected: &[f64], series: ObservedSeries) -> Filled {
    let is_missing = |number: &&Option<f64>| number.is_none();
    let before = flows.iter().take_while(is_missing).count();
    let after = flows.iter().rev().take_while(is_missing).count();
    let missing = flows.iter().filter(is_missing).count();
    let end = flows.len() - after;
    let run = |days: usize, beside: Range<usize>| {
        let (level, variance) = level(&flows[beside.clone()], &expected[beside]);
        Run {
            days,
            level,
            variance,
        }
    };
    Filled {
        series,
        between: missing - before - after,
        before: run(before, before..end.min(before + WEEK)),
        after: run(after, before.max(end.saturating_sub(WEEK))..end),
    }
}

/// How much larger Poisson numbers are than expected, and the relative variance of that: the posterior for the prior
/// of Jeffreys. Where nothing is expected, expectations stay what they are.
fn level(numbers: &[Option<f64>], expected: &[f64]) -> (f64, f64) {
    let pairs = numbers.iter().zip(expected);
    let known = pairs.filter_map(|(n, expected)| Some(((*n)?, *expected)));
    let (n, expected) = known.fold((0.5, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let level = if expected > 0.0 { n / expected } else { 1.0 };
    (level, 1.0 / n)
}

/// The flow by day: a gap is filled with a line between its ends, days before or after all observations with what
/// the scenario expects.
fn without_gaps(flows: &[Option<f64>], expected: &[f64], filled: &Filled) -> Admissions {
    let end = flows.len() - filled.after.days;
    let known: Vec<(usize, f64)> = flows
        .iter()
        .enumerate()
        .filter_map(|(day, n)| Some((day, (*n)?)))
        .collect();
    let fill = |day: usize| {
        let next = known.partition_point(|(known, _)| *known < day);
        match (next.checked_sub(1).map(|last| known[last]), known.get(next)) {
            (_, Some((at, n))) if *at == day => *n,
            (None, _) => filled.before.level * expected[day],
            (_, None) => filled.after.level * expected[day],
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * (day - from) as f64 / (to - from) as f64
            }
        }
    };
    let runs = [
        (0..filled.before.days, filled.before.variance),
        (end..flows.len(), filled.after.variance),
    ];
    let between = filled.before.days..end;
    let gaps = between.filter(|day| flows[*day].is_none());
    let runs = runs.into_iter().chain(gaps.map(|day| (day..day + 1, 0.0)));
    let uncounted = runs.map(|(days, level_variance)| Uncounted {
        days,
        level_variance,
    });
    Admissions {
        by_day: (0..flows.len()).map(fill).collect(),
        uncounted: uncounted.filter(|run| !run.days.is_empty()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMISSIONS: ObservedSeries = ObservedSeries::HospitalAdmissions;

    #[test]
    fn gaps_in_admissions_are_filled_from_both_sides_and_counted() {
        let flows = [None, Some(4.0), None, None, Some(10.0), None];
        let expected = [2.0, 1.0, 0.0, 0.0, 4.0, 3.0];
        let filled = filled(&flows, &expected, ADMISSIONS);
        // Fourteen and a half of five expected.
        let admissions = without_gaps(&flows, &expected, &filled);
        assert_eq!(admissions.by_day, [5.8, 4.0, 6.0, 8.0, 10.0, 8.7]);
        let runs = admissions.uncounted.iter();
        let runs: Vec<_> = runs
            .map(|run| (run.days.clone(), run.level_variance))
            .collect();
        let of_level = 1.0 / 14.5;
        assert_eq!(
            runs,
            [(0..1, of_level), (5..6, of_level), (2..3, 0.0), (3..4, 0.0)]
        );
        assert_eq!(
            filled.to_string(),
            "days without hospital_admissions: 2 between two others taken from the line between \
             them; 1 before the first taken as 2.90 times what the scenario expects, which joins the \
             seven days next to them; 1 after the last taken as 2.90 times what the scenario expects, \
             which joins the seven days next to them"
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
