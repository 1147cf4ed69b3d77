//! Ablation: a policy, and the same policy with each of its rules switched off in turn, in the same
//! worlds. What a rule does is the paired difference between the two.

use crate::experiment::analysis::{Analysis, Comparison};
use crate::experiment::multiplicity::holm_p_values;
use crate::experiment::replicate::Experiment;
use crate::experiment::study_frame::StudyFrame;
use crate::model::Model;
use crate::policy::levers::Policy;
use crate::policy::sentence::Sentence;
use crate::statistics::confidence::Confidence;

/// A policy beside its copies that lack one rule each.
#[derive(Debug, Clone)]
pub struct Ablation {
    model: Model,
    rules: Vec<Sentence>,
}

/// What happens without one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleEffect {
    /// The rule.
    pub rule: Sentence,
    /// The policy without the rule, minus the policy as it is: positive where the rule keeps the
    /// estimand down.
    pub comparison: Comparison,
    /// P-value of no difference, adjusted after Holm for all rules; `None` where no test is offered.
    pub p_holm: Option<f64>,
}

impl Ablation {
    /// The policy at `policy` of `model`, without each of `rules` in turn.
    ///
    /// # Panics
    /// When there is no policy at that position.
    pub fn new(model: &Model, policy: usize, rules: Vec<Sentence>) -> Self {
        let whole = &model.policies[policy];
        let mut policies = vec![whole.clone()];
        policies.extend(rules.iter().map(|rule| without(whole, *rule)));
        let model = model.clone().with_policies(policies, 0);
        Self {
            model: model.expect("the whole policy comes first"),
            rules,
        }
    }

    /// The rules that are switched off in turn.
    pub fn rules(&self) -> &[Sentence] {
        &self.rules
    }

    /// Names of the study; the whole policy is the baseline, and comes first.
    pub fn frame(&self) -> StudyFrame {
        StudyFrame::new(&self.model)
    }

    /// Simulates all policies in the worlds of `seed` on rayon's current pool. `done` is called after
    /// each world.
    pub fn conduct(&self, seed: u64, n_replications: u32, done: &(dyn Fn() + Sync)) -> Analysis {
        let experiment = Experiment::new(&self.model, seed);
        Analysis::of_experiment(
            &experiment,
            self.frame(),
            n_replications,
            Confidence::P95,
            done,
        )
    }

    /// What happens without each rule in an estimand (by position), the largest change first, and
    /// rules that change nothing in any world last.
    pub fn effects(&self, analysis: &Analysis, estimand: usize) -> Vec<RuleEffect> {
        let p_values = holm_p_values(analysis, estimand);
        let effect = |(position, rule): (usize, &Sentence)| RuleEffect {
            rule: *rule,
            comparison: analysis.comparison(position + 1, estimand),
            p_holm: p_values[position + 1],
        };
        let mut effects: Vec<RuleEffect> = self.rules.iter().enumerate().map(effect).collect();
        effects.sort_by(|a, b| size(b).total_cmp(&size(a)));
        effects
    }
}

/// The order of rules: by the size of the change, which is below zero where no change can be told.
fn size(effect: &RuleEffect) -> f64 {
    let value = effect.comparison.difference.value;
    if effect.comparison.identical || value.is_nan() {
        -1.0
    } else {
        value.abs()
    }
}

fn without(policy: &Policy, rule: Sentence) -> Policy {
    Policy {
        key: format!("{}-without-{rule:?}", policy.key),
        disabled: policy.disabled.with(rule),
        ..policy.clone()
    }
}
