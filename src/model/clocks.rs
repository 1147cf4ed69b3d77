//! When deciders meet.

/// A time on some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Minutes after midnight.
    pub minute: u32,
    /// Whether it runs on each day of the week, Monday first.
    pub weekdays: [bool; 7],
}

impl Clock {
    /// On the days of the week from `first` up to `end` at a minute; Monday is 0.
    pub const fn from_days(first: usize, end: usize, minute: u32) -> Self {
        let mut weekdays = [false; 7];
        let mut day = first;
        while day < end {
            weekdays[day] = true;
            day += 1;
        }
        Self { minute, weekdays }
    }

    /// Every day at a minute.
    pub const fn daily(minute: u32) -> Self {
        Self::from_days(0, 7, minute)
    }
}

/// The clocks of those who decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The change of shift.
    pub shift: Clock,
    /// By when wards have discharged patients, so that whoever waited on the IC for the ward goes there.
    pub ward_discharge: Clock,
    /// The operating program.
    pub operating_rooms: Clock,
    /// The national coordination center.
    pub national_center: Clock,
    /// The national meeting that sets the phase.
    pub national_meeting: Clock,
    /// The meetings of the regions.
    pub regional_meeting: Clock,
    /// The regional coordination centers and the planners.
    pub regional_center: Clock,
    /// Loan rounds.
    pub loan_round: Clock,
}

impl Clocks {
    /// The usual times.
    pub const USUAL: Self = Self {
        shift: Clock::daily(7 * 60),
        ward_discharge: Clock::daily(12 * 60),
        operating_rooms: Clock::from_days(0, 5, 7 * 60 + 30),
        national_center: Clock::daily(9 * 60),
        national_meeting: Clock::from_days(0, 1, 10 * 60),
        regional_meeting: Clock::from_days(1, 2, 10 * 60),
        regional_center: Clock::daily(13 * 60),
        loan_round: Clock::daily(14 * 60),
    };
}
