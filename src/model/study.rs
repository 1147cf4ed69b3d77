//! The study's calendar: burn-in, evaluation window and follow-up on one clock of days.

use jiff::civil::{Date, Weekday};

use crate::units::{DAYS_PER_WEEK, Day, SimTime};

/// The three periods of a study. Day 0 is the first day of the burn-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Study {
    /// Civil date of day 0; always a Monday, so that study weeks are ISO weeks.
    pub first_date: Date,
    /// Days before the evaluation window; the state is forked per policy at their end.
    pub burn_in_days: u16,
    /// Days in which patients are indicated who form the cohort.
    pub window_days: u16,
    /// Days after the window, so that the cohort's waits are known in full.
    pub follow_up_days: u16,
}

impl Study {
    /// First day of the evaluation window, and the day on which policies part.
    pub const fn window_start(&self) -> Day {
        Day(self.burn_in_days)
    }

    /// First day after the evaluation window.
    pub const fn window_end(&self) -> Day {
        Day(self.burn_in_days + self.window_days)
    }

    /// First day that is no longer simulated.
    pub const fn end(&self) -> Day {
        Day(self.burn_in_days + self.window_days + self.follow_up_days)
    }

    /// Number of simulated days.
    pub const fn n_days(&self) -> usize {
        self.end().idx()
    }

    /// The moment at which the simulation stops.
    pub const fn end_time(&self) -> SimTime {
        self.end().start()
    }

    /// Number of study weeks, the last one possibly cut short.
    pub fn n_weeks(&self) -> usize {
        self.n_days().div_ceil(usize::from(DAYS_PER_WEEK))
    }

    /// Study week of `day`, counted from 0 at the start of the burn-in.
    pub fn week(&self, day: Day) -> usize {
        day.idx() / usize::from(DAYS_PER_WEEK)
    }

    /// Civil date of `day`; dates past the calendar's end (year 9999) stay at its last day.
    pub fn date(&self, day: Day) -> Date {
        self.first_date
            .saturating_add(jiff::Span::new().days(i64::from(day.0)))
    }

    /// The day of `date`, if it is simulated.
    pub fn day_of(&self, date: Date) -> Option<Day> {
        let days = (date - self.first_date).get_days();
        u16::try_from(days)
            .ok()
            .map(Day)
            .filter(|day| *day < self.end())
    }

    /// Position of `day` in its week, 0 for Monday to 6 for Sunday.
    pub fn weekday_idx(&self, day: Day) -> usize {
        debug_assert_eq!(
            self.first_date.weekday(),
            Weekday::Monday,
            "studies start on a Monday"
        );
        day.idx() % usize::from(DAYS_PER_WEEK)
    }

    /// Whether operating rooms run their planned program on `day`.
    pub fn is_weekday(&self, day: Day) -> bool {
        self.weekday_idx(day) < 5
    }

    /// The first day of a study week, a Monday.
    pub fn first_day(&self, week: usize) -> Day {
        let day = week * usize::from(DAYS_PER_WEEK);
        Day(u16::try_from(day).unwrap_or(u16::MAX))
    }

    /// The Monday of a study week.
    pub fn week_start(&self, week: usize) -> Date {
        self.date(self.first_day(week))
    }

    /// ISO week label of a study week, for example `2021-W47`.
    pub fn week_label(&self, week: usize) -> String {
        let iso = self.week_start(week).iso_week_date();
        format!("{}-W{:02}", iso.year(), iso.week())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study() -> Study {
        Study {
            first_date: jiff::civil::date(2021, 8, 9),
            burn_in_days: 56,
            window_days: 119,
            follow_up_days: 84,
        }
    }

    #[test]
    fn the_window_of_autumn_2021_starts_on_4_october() {
        let study = study();
        assert_eq!(
            study.date(study.window_start()),
            jiff::civil::date(2021, 10, 4),
            "first day"
        );
        assert_eq!(
            study.date(study.window_end()),
            jiff::civil::date(2022, 1, 31),
            "day after"
        );
        assert_eq!(
            study.week_label(study.week(study.window_start())),
            "2021-W40",
            "ISO week"
        );
    }

    #[test]
    fn dates_and_days_are_inverse() {
        let study = study();
        for day in (0..study.end().0).map(Day) {
            assert_eq!(
                study.day_of(study.date(day)),
                Some(day),
                "round trip of {day:?}"
            );
        }
        assert_eq!(
            study.day_of(jiff::civil::date(2021, 8, 8)),
            None,
            "before the first day"
        );
    }
}
