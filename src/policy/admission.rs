//! Who gets a staffed IC bed in the own hospital, today (A18: a bed *and* an operating room).

use crate::policy::info::OwnHospital;
use crate::units::{PerMille, UrgencyClass};

/// Whether a COVID patient can be admitted to a staffed bed: one is free beyond the protected ones.
pub const fn covid_fits(own: &OwnHospital) -> bool {
    room_for_covid(own) > 0
}

/// Staffed beds for COVID patients: those that are free and not kept for critical plannable care.
/// Negative where beds are lacking, so that no branch is needed to find the roomiest hospital.
pub const fn room_for_covid(own: &OwnHospital) -> i64 {
    own.staffed as i64 - own.committed() as i64 - own.protected_and_empty() as i64
}

/// Whether an acute patient can be admitted to a staffed bed. Acute care goes before protection.
pub const fn acute_fits(own: &OwnHospital) -> bool {
    own.free() > 0
}

/// Beds for planned patients on this morning, by class: free beds and expected exits, less the
/// reserve for acute patients. Classes 2 and 3 can always have the protected beds that are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MorningBeds {
    general: i64,
    protected: u32,
}

impl MorningBeds {
    /// Counts the beds of one morning. `exits` are the parts of COVID, acute and planned patients
    /// expected to leave today; `reserve_milli` are beds kept for acute patients, in thousandths.
    #[inline]
    pub fn count(own: &OwnHospital, exits: [PerMille; 3], reserve_milli: u32) -> Self {
        let leaving_milli: u64 = [own.covid, own.acute, own.planned]
            .into_iter()
            .zip(exits)
            .map(|(patients, part)| u64::from(patients) * u64::from(part.0))
            .sum();
        let general_milli = (i64::from(own.staffed) - i64::from(own.committed())) * 1_000
            + i64::try_from(leaving_milli).unwrap_or(i64::MAX / 2)
            - i64::from(reserve_milli);
        Self {
            general: general_milli.div_euclid(1_000),
            protected: own.protected_and_empty().min(own.free()),
        }
    }

    /// Beds that are left, protected ones included.
    pub const fn left(&self) -> i64 {
        self.general
    }

    /// Takes a bed for a patient of `class`, if there is one.
    pub fn take(&mut self, class: UrgencyClass) -> bool {
        let has_right = class <= UrgencyClass::KritiekPlanbareZorg && self.protected > 0;
        let takes = has_right || self.general > i64::from(self.protected);
        self.protected -= u32::from(has_right);
        self.general -= i64::from(takes);
        takes
    }
}

/// The part of substitutable acute patients who are cared for outside the IC at `occupancy`
/// (patients per staffed bed, in thousandths), rising in a straight line between two occupancies.
pub fn substituted(occupancy: u32, from: u32, full: u32) -> PerMille {
    let above = occupancy.saturating_sub(from);
    let span = full.saturating_sub(from).max(1);
    PerMille((above * 1_000 / span).min(1_000))
}
