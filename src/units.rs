//! Whole-number quantities with their unit in the type: time, beds, money, shares, identities.
//!
//! Everything that the engine counts is an integer, so sums are exact and do not depend on their
//! order. This module knows nothing of hospitals' behavior and draws nothing.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

pub(crate) mod listed;

/// Minutes in one hour.
pub const MINUTES_PER_HOUR: u32 = 60;
/// Minutes in one day.
pub const MINUTES_PER_DAY: u32 = 24 * MINUTES_PER_HOUR;
/// Days in one week.
pub const DAYS_PER_WEEK: u16 = 7;

/// A duration in whole minutes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl Minutes {
    /// A duration of `hours` whole hours.
    ///
    /// ```
    /// use zorgdruk::units::Minutes;
    /// assert_eq!(Minutes::from_hours(2), Minutes(120));
    /// ```
    pub const fn from_hours(hours: u32) -> Self {
        Self(hours * MINUTES_PER_HOUR)
    }

    /// A duration of `days` whole days.
    pub const fn from_days(days: u32) -> Self {
        Self(days * MINUTES_PER_DAY)
    }

    /// The duration in days, as a fraction.
    pub fn as_days(self) -> f64 {
        f64::from(self.0) / f64::from(MINUTES_PER_DAY)
    }
}

/// A moment: whole minutes since midnight of the first simulated day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SimTime(pub u32);

impl SimTime {
    /// The moment `minutes_of_day` minutes after midnight of `day`.
    ///
    /// ```
    /// use zorgdruk::units::{Day, SimTime};
    /// assert_eq!(SimTime::on(Day(2), 90), SimTime(2 * 1440 + 90));
    /// ```
    pub const fn on(day: Day, minutes_of_day: u32) -> Self {
        Self(day.0 as u32 * MINUTES_PER_DAY + minutes_of_day)
    }

    /// The day that this moment falls in; moments past day 65 535 count as that day.
    pub fn day(self) -> Day {
        Day(u16::try_from(self.0 / MINUTES_PER_DAY).unwrap_or(u16::MAX))
    }

    /// Minutes since `earlier`; zero when `earlier` lies ahead.
    pub const fn since(self, earlier: Self) -> Minutes {
        Minutes(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Minutes> for SimTime {
    type Output = Self;
    /// A moment past the last one that can be counted stays at that one.
    fn add(self, duration: Minutes) -> Self {
        Self(self.0.saturating_add(duration.0))
    }
}

/// A simulated calendar day, counted from 0 at the start of the burn-in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Day(pub u16);

impl Day {
    /// The day as an index into daily series.
    pub const fn idx(self) -> usize {
        self.0 as usize
    }

    /// The day `n` days later.
    #[must_use]
    pub const fn plus(self, n: u16) -> Self {
        Self(self.0 + n)
    }

    /// Midnight at the start of the day.
    pub const fn start(self) -> SimTime {
        SimTime::on(self, 0)
    }
}

/// A number of beds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Beds(pub u16);

impl Add for Beds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

/// A share in thousandths: 1 000 is the whole.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct PerMille(pub u32);

impl PerMille {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(1_000);

    /// This share of `quantity`, rounded down.
    ///
    /// ```
    /// use zorgdruk::units::PerMille;
    /// assert_eq!(PerMille(250).of(10), 2);
    /// ```
    pub fn of(self, quantity: u32) -> u32 {
        // Through u64, so that no quantity of beds, staff or minutes can overflow.
        u32::try_from(u64::from(quantity) * u64::from(self.0) / 1_000).unwrap_or(u32::MAX)
    }

    /// The share nearest to `fraction`; negative and not-a-number become zero.
    pub fn from_fraction(fraction: f64) -> Self {
        let scaled = (fraction * 1_000.0).round();
        if scaled >= 1.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked positive; float casts saturate"
            )]
            return Self(scaled as u32);
        }
        Self::ZERO
    }

    /// The share as a fraction of one.
    pub fn as_fraction(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }
}

/// An amount of money in euro cents.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// The whole number of millionths nearest to `x`.
pub(crate) fn millionths(x: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "float casts saturate; errors of forecasts are small"
    )]
    let scaled = (x * 1e6).round() as i32;
    scaled
}

/// FMS urgency class of care: how long a patient can wait.
///
/// Class 3 is `KritiekPlanbareZorg` (critical plannable care): treatment within six weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UrgencyClass {
    /// Class 2, semi-acute: within a week.
    SemiAcute,
    /// Class 3, critical plannable: within six weeks.
    KritiekPlanbareZorg,
    /// Class 4, plannable: within about three months.
    Plannable,
    /// Class 5, long deferrable: three months or more.
    Deferrable,
}

impl UrgencyClass {
    /// The classes that are planned, most urgent first.
    pub const PLANNED: [Self; 4] = [
        Self::SemiAcute,
        Self::KritiekPlanbareZorg,
        Self::Plannable,
        Self::Deferrable,
    ];

    /// The FMS number of the class, 2 to 5.
    pub const fn number(self) -> u8 {
        self as u8 + 2
    }

    /// Position among [`Self::PLANNED`], 0 to 3.
    pub const fn idx(self) -> usize {
        self as usize
    }
}

impl fmt::Display for UrgencyClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "class {}", self.number())
    }
}

/// Position of a ROAZ region in the model's list of regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegionIdx(pub u8);

impl RegionIdx {
    /// The region at `position`. Models are bounded far below the largest number, which stands for
    /// any position beyond it.
    pub fn at(position: usize) -> Self {
        Self(u8::try_from(position).unwrap_or(u8::MAX))
    }

    /// The position as an index.
    pub const fn idx(self) -> usize {
        self.0 as usize
    }
}

/// Position of a hospital in the model's list of hospitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HospitalIdx(pub u16);

impl HospitalIdx {
    /// The hospital at `position`. Models are bounded far below the largest number, which stands for
    /// any position beyond it.
    pub fn at(position: usize) -> Self {
        Self(u16::try_from(position).unwrap_or(u16::MAX))
    }

    /// The position as an index.
    pub const fn idx(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_overflows() {
        assert_eq!(PerMille(2_000).of(u32::MAX), u32::MAX, "a share saturates");
        assert_eq!(
            PerMille::ONE.of(u32::MAX),
            u32::MAX,
            "the whole is the whole"
        );
    }

    #[test]
    fn a_share_of_a_fraction_rounds_and_never_goes_below_zero() {
        assert_eq!(
            PerMille::from_fraction(0.0125),
            PerMille(13),
            "12.5 rounds away from zero"
        );
        assert_eq!(
            PerMille::from_fraction(-1.0),
            PerMille::ZERO,
            "no negative shares"
        );
        assert_eq!(
            PerMille::from_fraction(f64::NAN),
            PerMille::ZERO,
            "no not-a-number shares"
        );
    }

    #[test]
    fn a_moment_knows_its_day() {
        assert_eq!(
            SimTime(1_439).day(),
            Day(0),
            "the last minute of the first day"
        );
        assert_eq!(
            SimTime(1_440).day(),
            Day(1),
            "the first minute of the second day"
        );
    }
}
