//! The days that policies share: each policy is simulated only from the day on which it means something else
//! than an earlier one.

use core::ops::Range;

use crate::policy::schedule::Schedule;
use crate::units::Day;

/// Where a policy leaves the way of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Branch {
    /// Position of the earlier policy.
    pub(super) from: usize,
    /// First day on which they differ.
    pub(super) day: Day,
}

/// For each of `policies`, the earlier one with which it has most of `days` in common; `None` where it
/// goes its own way from the first day on.
pub(super) fn branches(policies: &[Schedule], days: Range<Day>) -> Vec<Option<Branch>> {
    let branch = |position: usize| {
        let parting = |from: usize| Branch {
            from,
            day: policies[from].parts_from(&policies[position], days.clone()),
        };
        // Of equally close ones the first, which spares a detour.
        let closest = (0..position)
            .rev()
            .map(parting)
            .max_by_key(|branch| branch.day);
        closest.filter(|branch| branch.day > days.start)
    };
    (0..policies.len()).map(branch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::{plan, policy};
    use crate::policy::levers::Policy;
    use crate::policy::sentence::{Sentence, SentenceSet};

    fn days(policies: &[Policy]) -> Vec<Option<(usize, Day)>> {
        let plan = plan();
        let schedules: Vec<Schedule> = policies
            .iter()
            .map(|policy| Schedule::new(policy, &plan, 2, 1))
            .collect();
        let found = branches(&schedules, Day(10)..Day(99)).into_iter();
        found
            .map(|branch| branch.map(|branch| (branch.from, branch.day)))
            .collect()
    }

    #[test]
    fn a_policy_branches_off_on_the_first_day_on_which_it_means_something_else() {
        let framework = policy(None);
        let supplement = policy(Some(Day(40)));
        let same = Policy {
            label: "another name".into(),
            ..supplement.clone()
        };
        let later = Policy {
            clinic_policy_from: Some(Day(60)),
            ..supplement.clone()
        };
        let found = days(&[framework, supplement, same, later]);
        assert_eq!(
            found,
            [
                None,
                Some((0, Day(40))),
                Some((1, Day(99))),
                Some((1, Day(60)))
            ]
        );
    }

    #[test]
    fn what_differs_from_the_first_day_has_nothing_in_common() {
        let supplement = policy(Some(Day(40)));
        let struck = |sentence| Policy {
            disabled: SentenceSet::EMPTY.with(sentence),
            ..supplement.clone()
        };
        let others = [
            Policy {
                lead_days: 3,
                ..supplement.clone()
            },
            struck(Sentence::A04),
            // In force before the simulation begins.
            policy(Some(Day(10))),
        ];
        for other in others {
            assert_eq!(days(&[supplement.clone(), other])[1], None);
        }
        // A sentence of a document that comes later changes nothing before it.
        let later = days(&[supplement.clone(), struck(Sentence::A23)]);
        assert_eq!(later[1], Some((0, Day(40))));
    }
}
