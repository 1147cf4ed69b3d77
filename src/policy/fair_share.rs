//! 'Fair share': the national COVID task divided over regions, and the moves that follow (A15).

use crate::model::geography::FairShareWeights;
use crate::model::policy::FairShare;
use crate::policy::info::RegionReport;

/// Patients that a region may be above or below its share before anyone is moved: about one
/// hospital's daily noise.
const TOLERANCE: u32 = 2;

/// A region's share of the national task in millionths; `None` when patients stay where they are.
pub const fn share(key: FairShare, weights: &FairShareWeights) -> Option<u32> {
    match key {
        FairShare::Off => None,
        FairShare::Population => Some(weights.population),
        FairShare::RegularBeds => Some(weights.regular_beds),
        FairShare::Agreed => Some(weights.agreed),
    }
}

/// COVID patients asked of a region with `share` millionths out of `national`.
pub fn requested(share: u32, national: u32) -> u32 {
    u32::try_from(u64::from(share) * u64::from(national) / 1_000_000).unwrap_or(u32::MAX)
}

/// How many patients a region should send away (positive) or can take (negative), given its report
/// and what is asked of it. What it can take is bounded by the room it reports.
pub fn surplus(report: &RegionReport, requested: u32) -> i64 {
    let present = i64::from(report.covid_ic);
    let requested = i64::from(requested);
    let tolerance = i64::from(TOLERANCE);
    if present > requested + tolerance {
        present - requested - tolerance
    } else if present < requested {
        -(requested - present).min(i64::from(report.room))
    } else {
        0
    }
}
