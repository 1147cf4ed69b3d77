//! Hospital staff: nurses make beds, teams make sessions, and each can be turned into the other at
//! a loss.

use crate::units::{Cents, PerMille};

/// What staff are worth. Bed capacity is counted in thousandths of a bed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staff {
    /// Part of the regular beds that nurses could still staff at normal absence, after staff left.
    pub workforce: PerMille,
    /// Minutes that one operating-room team works in a day.
    pub team_minutes_per_day: u32,
    /// Thousandths of an IC bed that one freed team supports, all losses included.
    pub milli_beds_per_team: u32,
    /// Largest part of staffed beds that may rest on converted staff.
    pub max_support: PerMille,
    /// Most beds that the country can add per day, in thousandths of a bed.
    pub ramp_milli_beds_per_day: u32,
    /// Most beds that the country closes per day when pressure falls, in thousandths of a bed.
    pub ramp_down_milli_beds_per_day: u32,
    /// Thousandths of a bed that open and close together where they rest on support; 1 when each does alone.
    pub unit_milli: u32,
    /// Nursing that COVID, acute and planned patients take, relative to the patient for whom beds are counted;
    /// `None` where all take as much.
    pub nursing: Option<[PerMille; 3]>,
    /// Days from the decision to add a bed to its first patient.
    pub ramp_delay_days: u16,
    /// Thousandths of an IC bed that one full-time IC nurse staffs.
    pub milli_beds_per_nurse: u32,
    /// Thousandths of an operating-room team that one full-time worker makes.
    pub milli_teams_per_worker: u32,
    /// Part of the staff that drops out per week since phase 2C began, on top of absence (A17).
    pub fatigue_per_week: PerMille,
    /// Staff who drop out because nurses are stretched; `None` where nobody does.
    pub strain: Option<Strain>,
    /// Ward nursing.
    pub ward: WardStaff,
    /// Absence of staff.
    pub absence: Absence,
    /// Beds that each hospital keeps free for acute patients, as a part of its daily acute
    /// arrivals.
    pub acute_reserve: PerMille,
    /// External nurses for hire, per region.
    pub external_hire: ExternalHire,
}

/// Staff of a hospital who drop out because its nurses are stretched, in millionths of its staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strain {
    /// Who drop out in a week in which all staffed beds are stretched ones.
    pub dropout: u32,
    /// Part of those out who come back per week.
    pub recovery: PerMille,
}

impl Strain {
    /// Staff who are out after a week with `stretched` of `staffed` bed-minutes, in millionths, where `out`
    /// were before.
    pub fn after_week(self, out: u32, stretched: u32, staffed: u32) -> u32 {
        let dropped = (u64::from(self.dropout) * u64::from(stretched))
            .checked_div(u64::from(staffed))
            .unwrap_or(0);
        let left = out - self.recovery.of(out);
        left.saturating_add(u32::try_from(dropped).unwrap_or(u32::MAX))
    }
}

/// How COVID patients on the ward displace planned inpatients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WardStaff {
    /// Planned inpatients, national census in normal times, that ward nurses can care for.
    pub planned_inpatients: u32,
    /// Care that one COVID patient on the ward takes, in thousandths of a planned inpatient.
    pub covid_weight: PerMille,
    /// Planned inpatients, in thousandths, that one full-time ward nurse can care for.
    pub milli_inpatients_per_nurse: u32,
    /// Planned inpatients, in thousandths, for whom one freed team can care.
    pub milli_inpatients_per_team: u32,
    /// Patients without COVID whom wards can take from the IC in a day in normal times, relative to their usual
    /// number; `None` for as many as come.
    pub step_down: Option<PerMille>,
}

/// Sick leave that rises with the wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Absence {
    /// Absence in normal times.
    pub normal: f64,
    /// Absence that is added per 1 000 national COVID admissions in the week before.
    pub per_thousand_weekly_admissions: f64,
    /// Highest absence.
    pub maximum: f64,
    /// Day-to-day correlation of a hospital's own deviation.
    pub rho: f64,
    /// Stationary standard deviation of a hospital's own deviation.
    pub sd: f64,
}

/// External staff that hospitals can hire before they ask clinics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExternalHire {
    /// Nurses for hire in the country, divided over regions by regular beds.
    pub nurses: u32,
    /// Nurses that can start per week, nationally.
    pub nurses_per_week: u32,
    /// Days of induction before a hired nurse counts.
    pub induction_days: u16,
    /// Price of one nurse per day.
    pub price_per_day: Cents,
}
