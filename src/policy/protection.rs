//! Beds for critical plannable care out of reach of COVID patients (A21, A22, A28).

use crate::policy::agreement::Protection;
use crate::policy::info::{Planning, Quota};

/// Beds that a hospital protects under its region's agreement.
///
/// Pro rata and pooled list: when need exceeds beds, every line gives in proportion, critical
/// plannable care too. Ring fence: a fixed part of the usual need. Concentrate: all of it. Rotate:
/// all of it, in the hospital's turn. Weekly quota: what the operations take that are left of it.
pub fn protected_beds(protection: Protection, planning: &Planning, quota: &Quota) -> u32 {
    let critical = planning.critical_milli;
    let milli = match protection {
        Protection::None => 0,
        Protection::ProRata | Protection::PooledList => pro_rata(planning, quota.staffed_milli),
        Protection::RingFence { part } => part.of(critical),
        Protection::Concentrate { .. } => critical,
        Protection::Rotate { turns } => {
            let turns = usize::from(turns.max(1));
            if (quota.week + quota.position).is_multiple_of(turns) {
                critical
            } else {
                0
            }
        }
        Protection::WeeklyQuota { places } => left_of_quota(critical, places, quota),
    };
    // A bed is whole: half a bed or more protects one.
    (milli + 500) / 1_000
}

fn pro_rata(planning: &Planning, staffed_milli: u32) -> u32 {
    let critical = u64::from(planning.critical_milli);
    let need = u64::from(planning.covid_milli) + u64::from(planning.acute_milli) + critical;
    let part = u64::from(staffed_milli).min(need);
    u32::try_from(critical * part / need.max(1)).unwrap_or(u32::MAX)
}

/// The beds of the usual need that the operations take which are left of this week's quota; at
/// least one bed while any is left.
fn left_of_quota(critical_milli: u32, places: u16, quota: &Quota) -> u32 {
    let left = u64::from(places.saturating_sub(quota.operated));
    if left == 0 {
        return 0;
    }
    let usual = u64::from(quota.usual_per_week_milli.max(1));
    let milli = u64::from(critical_milli) * left * 1_000 / usual;
    u32::try_from(milli).unwrap_or(u32::MAX).max(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::PerMille;

    const PLANNING: Planning = Planning {
        present: 20,
        planned: 2,
        covid_milli: 20_000,
        acute_milli: 6_000,
        critical_milli: 4_000,
        own_staff_milli: 24_000,
        stretch_milli: 0,
        converted_milli: 0,
        exchanged_milli: 0,
    };
    const QUOTA: Quota = Quota {
        week: 5,
        position: 3,
        operated: 1,
        usual_per_week_milli: 16_000,
        staffed_milli: 24_000,
    };

    #[test]
    fn every_way_protects_what_it_says() {
        let beds = |protection| protected_beds(protection, &PLANNING, &QUOTA);
        assert_eq!(beds(Protection::None), 0, "nothing");
        assert_eq!(beds(Protection::ProRata), 3, "4 of 30 in 24 beds is 3.2");
        let part = PerMille(500);
        assert_eq!(beds(Protection::RingFence { part }), 2, "half of 4");
        let strength = part;
        assert_eq!(beds(Protection::Concentrate { strength }), 4, "all");
        assert_eq!(
            beds(Protection::Rotate { turns: 2 }),
            4,
            "week 5, position 3"
        );
        assert_eq!(beds(Protection::Rotate { turns: 3 }), 0, "not its turn");
        let quota = |places| beds(Protection::WeeklyQuota { places });
        assert_eq!(quota(9), 2, "8 of 16 operations left, half of 4 beds");
        assert_eq!(quota(2), 1, "one operation left takes a bed");
        assert_eq!(quota(1), 0, "the quota is done");
    }
}
