//! Beds for critical plannable care out of reach of COVID patients (A21, A22, A28).

use crate::model::policy::Protection;
use crate::policy::info::Planning;

/// Beds that a hospital protects under its region's agreement.
///
/// Pro rata: when need exceeds beds, every line gives in proportion, critical plannable care too.
/// Ring fence: a fixed part of the usual need.
pub fn protected_beds(protection: Protection, planning: &Planning, staffed_milli: u32) -> u32 {
    let critical = planning.critical_milli;
    let milli = match protection {
        Protection::None => 0,
        Protection::ProRata => {
            let need = u64::from(planning.covid_milli)
                + u64::from(planning.acute_milli)
                + u64::from(critical);
            let part = u64::from(staffed_milli).min(need);
            u32::try_from(u64::from(critical) * part / need.max(1)).unwrap_or(u32::MAX)
        }
        Protection::RingFence { part } => part.of(critical),
    };
    // A bed is whole: half a bed or more protects one.
    (milli + 500) / 1_000
}
