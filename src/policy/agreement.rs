//! What regions agree on: how beds for critical plannable care are protected, what is made visible,
//! and what follows when agreements are not kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::PerMille;

/// How a region's agreement protects ICU-dependent critical plannable care (A22, A28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// No beds are protected.
    None,
    /// Each hospital protects a part of its usual need for critical plannable care that shrinks as
    /// its COVID task grows: every line gives in proportion.
    ProRata,
    /// Each hospital keeps a fixed part of its usual need for critical plannable care out of reach
    /// of COVID patients.
    RingFence {
        /// Part of the usual need, in thousandths.
        part: PerMille,
    },
    /// Hospitals with much critical plannable care take fewer COVID patients and protect their usual
    /// need; the others take more, so that the region's share stays the same (A29).
    Concentrate {
        /// Part of the COVID task, in thousandths, that the hospital with most critical plannable
        /// care per bed hands over.
        strength: PerMille,
    },
    /// Each hospital protects its usual need in one week of every `turns`, in turn.
    Rotate {
        /// Weeks in one round.
        turns: u16,
    },
    /// As [`Self::ProRata`], and patients without a date in time may get one in another hospital of
    /// the region (A30).
    PooledList,
    /// Each hospital protects what a number of class 3 operations a week takes, until they are done.
    WeeklyQuota {
        /// Class 3 operations per week and hospital.
        places: u16,
    },
}

/// What hospitals show each other of their waiting lists (A30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Nothing.
    #[default]
    None,
    /// Lists as they were on the last Monday.
    Weekly,
    /// Lists as they were this morning.
    Daily,
}

/// To whom the coordination center tells how many COVID patients to expect (A02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Granularity {
    /// To regions, which divide the number by beds.
    #[default]
    Region,
    /// To hospitals, by the patients that each reported.
    Hospital,
}

/// When pressure on a region is escalated, and what that does (A35 to A37).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escalation {
    /// Days of pressure after which parties confront each other, authorities are told, and
    /// authorities intervene.
    pub after_days: [u16; 3],
    /// Overdue class 3 patients per hospital of the region, in thousandths, above which access
    /// counts as under pressure.
    pub overdue_milli_per_hospital: u32,
    /// Added to the probability of compliance at each of the first two levels, in thousandths.
    pub compliance_step: PerMille,
    /// Days from a level to its effect.
    pub delay_days: u16,
}

/// Mediation by insurers (A42).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mediation {
    /// Days past the norm that a patient's wait must be expected to reach before an offer is made.
    pub above_norm_days: u16,
    /// Probability that a patient accepts an offer in the own region.
    pub acceptance: PerMille,
    /// Loss of that probability per tile of distance.
    pub loss_per_tile: PerMille,
}
