//! Decision rules as pure functions: settings and [`info`] in, actions out.
//!
//! Rules see the world only through [`info`]: reports with their delay, the decider's own census,
//! and forecasts. The true state, and the future, are out of their reach by type.

pub mod sentence;
pub mod plan;
pub mod agreement;
pub mod conditions;
pub mod info;
pub mod forecast;
pub mod levers;
pub mod phases;
pub mod fair_share;
pub mod protection;
pub mod scaling;
pub mod admission;
pub mod loans;
pub mod framework_2020;
pub mod supplement_2021;
pub mod clinics_2021;
pub mod registry;

use crate::policy::levers::Policy;
use crate::policy::plan::LnazFase;
use crate::policy::sentence::Sentence;
use crate::units::Day;

/// Which documents are in force on a day in a phase, with each rule's switch.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    policy: &'a Policy,
    framework: bool,
    supplement: bool,
    clinics: bool,
}

impl<'a> InForce<'a> {
    /// What `policy` puts in force on `day` in `phase`: the framework and the supplement act only
    /// in phases 2A to 2D (A11), each from its own first day (A01, A47).
    pub fn new(policy: &'a Policy, day: Day, phase: LnazFase) -> Self {
        let since = |start: Option<Day>| start.is_some_and(|start| start <= day);
        let phase_2 = phase.is_phase_2() || !policy.has(Sentence::A11);
        Self {
            policy,
            framework: since(policy.framework_from) && phase_2,
            supplement: since(policy.supplement_from) && phase_2,
            // The clinics' policy also says what holds in phase 3 (Z27).
            clinics: since(policy.clinic_policy_from) && phase != LnazFase::Fase1,
        }
    }

    /// Whether `rule` of the framework (A01 to A15) acts.
    pub const fn framework(&self, rule: Sentence) -> bool {
        self.framework && self.policy.has(rule)
    }

    /// Whether `rule` of the supplement (A16 to A47) acts.
    pub const fn supplement(&self, rule: Sentence) -> bool {
        self.supplement && self.policy.has(rule)
    }

    /// Whether `rule` of the framework would act, were it not switched off.
    pub const fn framework_without(&self, rule: Sentence) -> bool {
        self.framework && !self.policy.has(rule)
    }

    /// Whether `rule` of the supplement would act, were it not switched off.
    pub const fn supplement_without(&self, rule: Sentence) -> bool {
        self.supplement && !self.policy.has(rule)
    }

    /// Whether `rule` of the clinics' policy (Z01 to Z30) acts.
    pub const fn clinics(&self, rule: Sentence) -> bool {
        self.clinics && self.policy.has(rule)
    }
}
