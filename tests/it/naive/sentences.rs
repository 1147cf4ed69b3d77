//! Which sentences hold: read from the policy one by one, each time that somebody asks.

use zorgdruk::policy::levers::Policy;
use zorgdruk::policy::plan::{Binding, Phase, PhasePlan};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::Day;

/// Which documents are in force on a day in a phase, with each sentence's switch.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each document: each is in force or not, whatever the others"
)]
pub(crate) struct InForce<'a> {
    policy: &'a Policy,
    plan: bool,
    framework: bool,
    supplement: bool,
    clinics: bool,
}

impl<'a> InForce<'a> {
    /// The framework and the supplement act only in the phases for which they are (A11), each from its
    /// own first day (A01, A47); the clinics' policy also says what holds in the heaviest (Z27).
    pub(crate) fn new(policy: &'a Policy, plan: &PhasePlan, day: Day, phase: Phase) -> Self {
        let since = |start: Option<Day>| start.is_some_and(|start| start <= day);
        let binds = |document| plan.records[phase.idx()].binds[document as usize];
        let anyway = !policy.has(Sentence::A11);
        Self {
            policy,
            plan: since(policy.plan_from),
            framework: since(policy.framework_from) && (binds(Binding::Framework) || anyway),
            supplement: since(policy.supplement_from) && (binds(Binding::Supplement) || anyway),
            clinics: since(policy.clinic_policy_from) && binds(Binding::Clinics),
        }
    }

    /// Whether the scale-up plan is followed.
    pub(crate) fn plan_is_followed(&self) -> bool {
        self.plan
    }

    /// Whether `sentence` of the scale-up plan (L01 to L06) acts: in every phase.
    pub(crate) fn plan(&self, sentence: Sentence) -> bool {
        self.plan && self.policy.has(sentence)
    }

    /// Whether `sentence` of the framework (A01 to A15) acts.
    pub(crate) fn framework(&self, sentence: Sentence) -> bool {
        self.framework && self.policy.has(sentence)
    }

    /// Whether `sentence` of the supplement (A16 to A47) acts.
    pub(crate) fn supplement(&self, sentence: Sentence) -> bool {
        self.supplement && self.policy.has(sentence)
    }

    /// Whether the supplement binds.
    pub(crate) fn supplement_is_in_force(&self) -> bool {
        self.supplement
    }

    /// Whether `sentence` of the framework would act, were it not struck out.
    pub(crate) fn framework_without(&self, sentence: Sentence) -> bool {
        self.framework && !self.policy.has(sentence)
    }

    /// Whether `sentence` of the supplement would act, were it not struck out.
    pub(crate) fn supplement_without(&self, sentence: Sentence) -> bool {
        self.supplement && !self.policy.has(sentence)
    }

    /// Whether `sentence` of the clinics' policy (Z01 to Z30) acts.
    pub(crate) fn clinics(&self, sentence: Sentence) -> bool {
        self.clinics && self.policy.has(sentence)
    }
}
