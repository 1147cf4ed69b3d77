//! What deciders may know. Census numbers of others are reports, one or more days old.

use crate::policy::plan::Phase;
use crate::units::{Day, PerMille};

/// What a bed coordinator or operating-room manager knows of the own hospital, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnHospital {
    /// COVID patients on the IC.
    pub covid: u32,
    /// Acute patients without COVID on the IC.
    pub acute: u32,
    /// Planned patients on the IC.
    pub planned: u32,
    /// Of these: of classes 2 and 3.
    pub critical: u32,
    /// Planned patients who are in the operating room and have an IC bed waiting.
    pub expected_planned: u32,
    /// Of these: of classes 2 and 3.
    pub expected_critical: u32,
    /// COVID patients on their way from another hospital.
    pub expected_covid: u32,
    /// Staffed beds, with nurses stretched as far as is allowed.
    pub staffed: u32,
    /// Of these: without stretching.
    pub unstretched: u32,
    /// Bed places.
    pub physical: u32,
    /// Beds kept from COVID patients for critical plannable care.
    pub protected: u32,
}

impl OwnHospital {
    /// IC patients.
    pub const fn occupied(&self) -> u32 {
        self.covid + self.acute + self.planned
    }

    /// IC patients and those for whom a bed is held.
    pub const fn committed(&self) -> u32 {
        self.occupied() + self.expected_planned + self.expected_covid
    }

    /// Staffed beds that nobody has or holds.
    pub const fn free(&self) -> u32 {
        self.staffed.saturating_sub(self.committed())
    }

    /// Protected beds that patients of classes 2 and 3 have not yet filled.
    pub const fn protected_and_empty(&self) -> u32 {
        self.protected
            .saturating_sub(self.critical + self.expected_critical)
    }
}

/// The report of a hospital, or of all hospitals of a region, to the coordination centers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// COVID patients on the IC.
    pub covid_ic: u32,
    /// COVID patients who came to need the IC in the last seven days.
    pub covid_ic_week: u32,
    /// Acute patients without COVID on the IC.
    pub acute_ic: u32,
    /// COVID IC patients whom the staffed beds could take on top.
    pub room: u32,
    /// Patients on the IC above the staffed beds.
    pub overload: u32,
}

impl Report {
    /// Both reports together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            covid_ic: self.covid_ic + other.covid_ic,
            covid_ic_week: self.covid_ic_week + other.covid_ic_week,
            acute_ic: self.acute_ic + other.acute_ic,
            room: self.room + other.room,
            overload: self.overload + other.overload,
        }
    }
}

/// What a hospital shows of its waiting list of IC-dependent patients of classes 2 and 3 (A30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PublishedList {
    /// Patients who wait, with or without a date.
    pub waiting: u32,
    /// Of class 3: waiting over the norm.
    pub overdue: u32,
    /// Patients operated in the last full week.
    pub operated: u32,
}

impl PublishedList {
    /// Days that a patient who joins the list now must expect to wait.
    pub fn wait_days(&self) -> u16 {
        let days = self.waiting * 7 / self.operated.max(1);
        u16::try_from(days).unwrap_or(u16::MAX)
    }
}

/// The national picture at a national epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct National {
    /// Day of the epoch.
    pub day: Day,
    /// Phase in force.
    pub phase: Phase,
    /// Day on which that phase began.
    pub phase_since: Day,
    /// Whether the threat notice is out.
    pub threat: bool,
    /// Expected COVID IC census in a week.
    pub covid_in_a_week: u32,
    /// Expected COVID IC census at the threat notice's horizon.
    pub covid_at_horizon: u32,
    /// Need of others on the IC: acute patients as reported, and usual critical plannable care.
    pub other_need: u32,
}

/// What planners of one hospital know when they set the number of beds for the coming days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Planning {
    /// Patients on the IC now who are COVID or acute.
    pub present: u32,
    /// Planned patients on the IC now.
    pub planned: u32,
    /// COVID patients the hospital must expect, in thousandths: its published share of the upper
    /// quantile of the regional forecast, or its own census when there is no forecast.
    pub covid_milli: u32,
    /// Usual acute need, in thousandths.
    pub acute_milli: u32,
    /// Usual need for critical plannable care, in thousandths.
    pub critical_milli: u32,
    /// Beds that the own nurses staff today as in normal times, in thousandths.
    pub own_staff_milli: u32,
    /// Beds that they can look after on top, in thousandths.
    pub stretch_milli: u32,
    /// Beds decided to rest on converted staff, in thousandths.
    pub converted_milli: u32,
    /// Beds that rest on staff of other hospitals, in thousandths.
    pub exchanged_milli: u32,
}

impl Planning {
    /// Beds that there will be, in thousandths: by the own nurses, stretched as far as is allowed, on
    /// converted staff, and on staff of other hospitals.
    pub const fn capacity_milli(&self) -> u32 {
        self.own_staff_milli + self.stretch_milli + self.converted_milli + self.exchanged_milli
    }
}

/// What decides which beds a hospital protects today, besides its [`Planning`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quota {
    /// Study week.
    pub week: usize,
    /// Position of the hospital in its region.
    pub position: usize,
    /// Class 3 patients operated this week.
    pub operated: u16,
    /// Usual operations of classes 2 and 3 per week, in thousandths.
    pub usual_per_week_milli: u32,
    /// Staffed beds, in thousandths.
    pub staffed_milli: u32,
}

/// What the parties in a region know when they decide about a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that the parties know"
)]
pub struct LoanRound {
    /// Whether clinics prepare in this phase.
    pub prepares: bool,
    /// Whether this is the heaviest phase.
    pub is_heaviest: bool,
    /// Whether the threat notice is out.
    pub threat: bool,
    /// Whether all hospitals of the region sign the request (criterion 0).
    pub all_signed: bool,
    /// Hospitals of the region.
    pub hospitals: u32,
    /// Of these: with classes 4 and 5 scaled down in full, as reported.
    pub scaled_down: u32,
    /// Activity of classes 4 and 5 in the region relative to normal.
    pub activity: PerMille,
    /// Beds short in hospitals that are short, in thousandths.
    pub short_milli: u32,
    /// Class 3 operations without IC that the region's hospitals did not do on the last weekday, in
    /// thousandths.
    pub critical_short_milli: u32,
    /// Beds that people whom hospitals of the region could still exchange would support, in thousandths.
    pub spare_milli: u32,
    /// External nurses still for hire.
    pub for_hire: u32,
}
