//! The calendar of the study.

use jiff::Span;
use jiff::civil::{Date, Weekday, date};

use crate::model::demand::PlannedDemand;
use crate::model::study::Study;
use crate::model::validate::check::Checker;
use crate::scenario::{limits, shape};
use crate::units::{DAYS_PER_WEEK, Day};

/// Years that dates may lie in, so that no sum of days leaves the calendar.
const YEARS: core::ops::RangeInclusive<i16> = 1900..=2200;

/// The three periods; day 0 is a Monday.
pub(super) fn build(file: &shape::Study, check: &mut Checker<'_>) -> Study {
    let start = monday("study.window_start", &file.window_start, check);
    let study = Study {
        first_date: start.saturating_sub(Span::new().weeks(i64::from(file.burn_in_weeks))),
        burn_in_days: file.burn_in_weeks * DAYS_PER_WEEK,
        window_days: file.window_weeks * DAYS_PER_WEEK,
        follow_up_days: file.follow_up_weeks * DAYS_PER_WEEK,
    };
    let most = usize::try_from(limits::STUDY_DAYS).unwrap_or(usize::MAX);
    if study.n_days() > most {
        let message = format!("the three periods together take {} days", study.n_days());
        check.fail("study", &message, Some(format!("at most {most}")));
    }
    study
}

/// The follow-up takes at least the norm of class 3, so that the last patient of the cohort is due.
pub(super) fn check_follow_up(study: &Study, planned: &PlannedDemand, check: &mut Checker<'_>) {
    let norm = planned.norm_of_critical_care();
    if study.follow_up_days < norm {
        let message = format!("shorter than the norm of class 3, {norm} days");
        let fewest = norm.div_ceil(DAYS_PER_WEEK);
        let allowed = format!("{fewest} to {}", limits::PERIOD_WEEKS);
        check.fail("study.follow_up_weeks", &message, Some(allowed));
    }
}

/// A date that must be a Monday, or some Monday.
pub(super) fn monday(path: &str, text: &str, check: &mut Checker<'_>) -> Date {
    let day = any_date(path, text, check);
    if day.weekday() != Weekday::Monday {
        let weekday = format!("{:?}", day.weekday());
        check.fail(
            path,
            &format!("this is a {weekday}"),
            Some("a Monday".to_owned()),
        );
        return stand_in();
    }
    day
}

/// The day from which something holds: day 0 when that was before the study, `None` when it is
/// after it or `never`.
pub(super) fn day_from(
    path: &str,
    text: &str,
    study: &Study,
    check: &mut Checker<'_>,
) -> Option<Day> {
    if text == "never" {
        return None;
    }
    let date = any_date(path, text, check);
    if date < study.first_date {
        Some(Day(0))
    } else {
        study.day_of(date)
    }
}

fn any_date(path: &str, text: &str, check: &mut Checker<'_>) -> Date {
    match text.parse::<Date>() {
        Ok(date) if YEARS.contains(&date.year()) => date,
        _ => {
            let allowed = format!(
                "a date such as 2021-11-18, from {} to {}",
                YEARS.start(),
                YEARS.end()
            );
            check.fail(path, "not a date in range", Some(allowed));
            stand_in()
        }
    }
}

/// A Monday that stands in for a date that was refused.
const fn stand_in() -> Date {
    date(2021, 10, 4)
}
