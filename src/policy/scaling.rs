//! Scaling plannable care down and up, so that beds can be staffed (A04, A05, A17, A23, A24).

use crate::policy::info::Planning;
use crate::policy::levers::{CriticalNeed, ScaleDownTiming, ScalingOrder};
use crate::policy::plan::StopTerms;
use crate::units::{PerMille, UrgencyClass};

/// Need for staffed IC beds that a hospital prepares for, in thousandths.
///
/// With the forecast: COVID patients expected and usual acute care, and with A23 critical plannable
/// care. Late: nothing is prepared; one more bed is wanted when all staffed beds are taken.
pub fn need_milli(timing: ScaleDownTiming, critical: CriticalNeed, planning: &Planning) -> u32 {
    if timing == ScaleDownTiming::Late {
        return (planning.present + planning.planned + 1) * 1_000;
    }
    // A hospital with more acute patients than usual needs a bed for each of them.
    let base = (planning.covid_milli + planning.acute_milli).max(planning.present * 1_000);
    match critical {
        CriticalNeed::Excluded => base,
        CriticalNeed::Included => base + planning.critical_milli,
    }
}

/// Beds to decide on converted staff beyond what was decided, in thousandths: positive to open,
/// negative to close, zero inside a margin of one bed.
pub fn change_milli(need_milli: u32, planning: &Planning) -> i64 {
    let gap = i64::from(need_milli) - i64::from(planning.capacity_milli());
    if gap > 0 {
        gap
    } else if gap < -1_000 && planning.converted_milli > 0 {
        (gap + 1_000).max(-i64::from(planning.converted_milli))
    } else {
        0
    }
}

/// Operations of classes 3, 4 and 5 that can be done, given the wish per class and what each takes
/// of a shared capacity.
///
/// In order of urgency, class 3 is served first and class 5 last, so that class 5 is cut first and
/// restarts last (A05, A24). Pro rata, each class gets the same part.
pub fn serve(order: ScalingOrder, wish: [u32; 3], cost: [u32; 3], capacity: u64) -> [u32; 3] {
    match order {
        ScalingOrder::UrgencyOrder => {
            let mut left = capacity;
            let mut done = [0; 3];
            for class in 0..3 {
                let (wish, cost) = (u64::from(wish[class]), u64::from(cost[class]).max(1));
                // Mostly there is enough for all, and dividing takes long.
                let n = if wish * cost <= left {
                    wish
                } else {
                    left / cost
                };
                left -= n * cost;
                done[class] = u32::try_from(n).unwrap_or(u32::MAX);
            }
            done
        }
        ScalingOrder::ProRata => {
            let total: u64 = wish
                .iter()
                .zip(cost)
                .map(|(n, cost)| u64::from(*n) * u64::from(cost))
                .sum();
            let part = capacity.min(total);
            wish.map(|n| u32::try_from(u64::from(n) * part / total.max(1)).unwrap_or(u32::MAX))
        }
    }
}

/// Activity that a phase allows a hospital: the phase's maximum when the hospital does what was
/// agreed, normal activity when not; none of classes 4 and 5 when it stopped them.
pub fn allowed_activity(maximum: [PerMille; 3], complies: bool, stopped: bool) -> [PerMille; 3] {
    let [critical, plannable, deferrable] = if complies {
        maximum
    } else {
        [PerMille::ONE; 3]
    };
    if stopped {
        [critical, PerMille::ZERO, PerMille::ZERO]
    } else {
        [critical, plannable, deferrable]
    }
}

/// Part of the hospitals of a region that are willing to stop classes 4 and 5 at `occupancy`, patients
/// per staffed bed in thousandths.
pub fn willing_to_stop(terms: &StopTerms, occupancy: u32) -> PerMille {
    let above = occupancy.saturating_sub(terms.from_occupancy.0);
    let willing = terms
        .share
        .0
        .saturating_add(terms.share_per_occupancy.of(above));
    PerMille(willing.min(PerMille::ONE.0))
}

/// Whether a patient keeps a place although the limit of the class is reached: class 4 patients whose
/// own risk is among the highest part `own_risk` (A05). Low marks carry the highest risk.
pub fn keeps_place(class: UrgencyClass, risk_mark: u16, own_risk: PerMille) -> bool {
    class == UrgencyClass::Plannable && u32::from(risk_mark) < own_risk.0
}
