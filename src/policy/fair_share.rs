//! 'Fair share': the national COVID task divided over regions, and the moves that follow (A15).

use crate::policy::info::Report;
use crate::policy::levers::FairShare;
use crate::units::PerMille;

/// A region's share of the national COVID task under each candidate key, in millionths; over all
/// regions each key sums to 1 000 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FairShareWeights {
    /// By inhabitants.
    pub population: u32,
    /// By the regular IC beds before the pandemic.
    pub regular_beds: u32,
    /// By the share agreed nationally.
    pub agreed: u32,
}

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

/// The patients of whom each region is asked for its share: no fewer than the beds that hospitals keep for them,
/// so that a region sends patients away only beyond its share of these (L06).
pub fn task(national: u32, kept_beds: u32) -> u32 {
    national.max(kept_beds)
}

/// COVID patients whom a region offers to care for when `requested` are asked of it: what is asked,
/// unless its staffed beds do not suffice or it does not do what was agreed; then no more than it
/// has (A15).
pub fn offered(report: &Report, requested: u32, complies: bool) -> u32 {
    let feasible = if complies {
        (report.covid_ic + report.room).saturating_sub(report.overload)
    } else {
        report.covid_ic
    };
    requested.min(feasible)
}

/// How many patients a region should send away (positive) or can take (negative), given its report,
/// what is asked of it and what it offers.
///
/// It takes patients up to what it offers, and beyond its share as far as it is solidary (A13);
/// both within the room that it reports.
pub fn surplus(report: &Report, requested: u32, offered: u32, solidarity: PerMille) -> i64 {
    let present = i64::from(report.covid_ic);
    let tolerance = i64::from(TOLERANCE);
    let above = present - i64::from(requested) - tolerance;
    if above > 0 {
        return above;
    }
    let room = i64::from(report.room);
    let own = (i64::from(offered) - present).clamp(0, room);
    let beyond = u32::try_from(room - own).unwrap_or(0);
    -(own + i64::from(solidarity.of(beyond)))
}

/// How many patients a region should send away (positive) or can take (negative) where no key says what its
/// share is: those above its staffed beds, less the beds that are free.
pub fn lacking(report: &Report) -> i64 {
    i64::from(report.overload) - i64::from(report.room)
}

/// The part of the region's COVID task, in thousandths of its usual weight, that a hospital keeps
/// when COVID patients are concentrated elsewhere: less, the more critical plannable care it has
/// per bed, relative to the region's hospital with most (A29).
pub fn kept_weight(strength: PerMille, critical: PerMille) -> PerMille {
    PerMille(1_000 - strength.of(critical.0).min(1_000))
}
