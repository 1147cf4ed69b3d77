//! A scenario that was read, checked and narrowed to the policies that were asked for.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::model::Model;
use crate::scenario::{self, Scenario, ScenarioErrors, did_you_mean};

/// A scenario and the model that it describes.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) scenario: Scenario,
    pub(crate) model: Model,
}

impl Prepared {
    /// Reads and checks the scenario at `path`.
    pub(crate) fn load(path: &Path, overrides: &[String]) -> Result<Self, Failure> {
        Self::checked(scenario::load(path, overrides))
    }

    /// Checks a scenario that was read.
    pub(crate) fn checked(read: Result<Scenario, ScenarioErrors>) -> Result<Self, Failure> {
        let scenario =
            read.map_err(|errors| Failure::Scenario(errors.violations, errors.sources))?;
        match Model::from_scenario(&scenario) {
            Ok(model) => Ok(Self { scenario, model }),
            Err(invalid) => Err(Failure::Scenario(invalid.0, scenario.sources().to_vec())),
        }
    }

    /// Keeps the policies in `keys`, in the order of the scenario, and the baseline; all when there
    /// are no keys. Says whether the baseline was not among them.
    pub(crate) fn keep_policies(&mut self, keys: &[String]) -> Result<bool, Failure> {
        if keys.is_empty() {
            return Ok(false);
        }
        for key in keys {
            self.policy(key)?;
        }
        let baseline = self.model.policies[self.model.baseline].key.clone();
        self.model
            .policies
            .retain(|policy| policy.key == baseline || keys.contains(&policy.key));
        self.model.baseline = self.policy(&baseline)?;
        Ok(!keys.contains(&baseline))
    }

    /// Keeps the policy at `position` alone, which is its own baseline.
    pub(crate) fn keep_only(&mut self, position: usize) {
        let kept = self.model.policies.swap_remove(position);
        self.model.policies = vec![kept];
        self.model.baseline = 0;
    }

    /// Position of the policy called `key`.
    pub(crate) fn policy(&self, key: &str) -> Result<usize, Failure> {
        let policies = &self.model.policies;
        let position = policies.iter().position(|policy| policy.key == key);
        position.ok_or_else(|| {
            let known: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
            let (guess, list) = (did_you_mean(key, &known), known.join(", "));
            Failure::Usage(format!(
                "there is no policy {key:?}{guess} (there are: {list})"
            ))
        })
    }
}
