//! What policies have in common before the documents come in which they differ.

use core::ops::Range;

use crate::policy::levers::Policy;
use crate::policy::registry::entries;
use crate::policy::sentence::Sentence;
use crate::units::Day;

/// The first weeks of several policies, which are the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opening {
    /// What holds in those weeks.
    pub(super) policy: Policy,
    /// The day from which one of them goes its own way.
    pub(super) until: Day,
    /// Positions of the policies.
    members: Vec<usize>,
}

impl Opening {
    /// Whether the policy at `position` begins with it.
    pub(super) fn is_of(&self, position: usize) -> bool {
        self.members.contains(&position)
    }
}

/// The openings that two policies or more have in common within the days of a simulation.
pub(super) fn shared(policies: &[Policy], days: Range<Day>) -> Vec<Opening> {
    let mut openings: Vec<Opening> = Vec::new();
    for (position, policy) in policies.iter().enumerate() {
        let until = policy.later_documents_from();
        let until = until.map_or(days.end, |day| day.min(days.end));
        if until <= days.start {
            continue;
        }
        let policy = opening(policy);
        match openings.iter_mut().find(|known| known.policy == policy) {
            Some(known) => {
                known.until = known.until.min(until);
                known.members.push(position);
            }
            None => openings.push(Opening {
                policy,
                until,
                members: vec![position],
            }),
        }
    }
    openings.retain(|opening| opening.members.len() > 1);
    openings
}

/// What holds before later documents than the framework. The switch of a later rule means nothing
/// then; but the calendar of phases (Z01) is there from the first day.
fn opening(policy: &Policy) -> Policy {
    let acts = |rule: &Sentence| *rule <= Sentence::A15 || *rule == Sentence::Z01;
    let all = entries().map(|entry| entry.id);
    Policy {
        disabled: all
            .filter(|rule| policy.disabled.contains(*rule) && acts(rule))
            .collect(),
        ..policy.before_later_documents()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::sentence::SentenceSet;

    fn policy(supplement_from: Option<Day>) -> Policy {
        Policy {
            framework_from: Some(Day(0)),
            supplement_from,
            ..Policy::inert()
        }
    }

    fn members(policies: &[Policy]) -> Vec<(Day, Vec<usize>)> {
        let openings = shared(policies, Day(10)..Day(99)).into_iter();
        openings
            .map(|opening| (opening.until, opening.members))
            .collect()
    }

    #[test]
    fn policies_share_the_weeks_before_the_first_document_in_which_they_differ() {
        let framework = policy(None);
        let supplement = policy(Some(Day(40)));
        let clinics = Policy {
            clinic_policy_from: Some(Day(30)),
            notice_days: 5,
            disabled: SentenceSet::EMPTY.with(Sentence::A28),
            ..supplement.clone()
        };
        let found = members(&[framework, supplement, clinics]);
        assert_eq!(found, [(Day(30), vec![0, 1, 2])]);
    }

    #[test]
    fn what_differs_from_the_first_day_is_not_shared() {
        let supplement = policy(Some(Day(40)));
        let switched = |rule| Policy {
            disabled: SentenceSet::EMPTY.with(rule),
            ..supplement.clone()
        };
        let others = [
            Policy {
                lead_days: 3,
                ..supplement.clone()
            },
            switched(Sentence::A04),
            switched(Sentence::Z01),
            // In force before the simulation begins.
            policy(Some(Day(10))),
        ];
        for other in others {
            assert_eq!(members(&[supplement.clone(), other]), []);
        }
    }
}
