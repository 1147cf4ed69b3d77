//! Who simulates the replications of a run.

use crate::design::{DesignError, Study};
use crate::experiment::{Experiment, ReplicationRecord};
use crate::model::Model;
use crate::outcome::RegionalDays;
use crate::report::{Manifest, ReportError};
use crate::run::{CheckedScenario, Observer};

/// Simulates replications: each is a function of its number.
pub trait Simulate: Sync {
    /// The replication of this number; `None` when `observer` stopped it.
    ///
    /// # Errors
    /// [`ReportError::Drawn`] when the figures that were drawn for it are not valid.
    fn replicate(
        &self,
        replication: u32,
        observer: &dyn Observer,
    ) -> Result<Option<ReplicationRecord>, ReportError>;

    /// COVID patients in the ICU by region and day, of the replication of this number under a policy (by position).
    ///
    /// # Errors
    /// As [`Self::replicate`].
    fn regional_days(&self, replication: u32, policy: usize) -> Result<RegionalDays, ReportError>;
}

impl Simulate for Experiment<'_> {
    fn replicate(
        &self,
        replication: u32,
        observer: &dyn Observer,
    ) -> Result<Option<ReplicationRecord>, ReportError> {
        Ok(self.replicate_while(replication, &|| observer.goes_on()))
    }

    fn regional_days(&self, replication: u32, policy: usize) -> Result<RegionalDays, ReportError> {
        Ok(Experiment::regional_days(self, replication, policy))
    }
}

/// Who simulates the run that `plan` describes.
///
/// # Errors
/// As [`Draws::new`], when the run draws its figures.
pub fn simulator<'a>(
    checked: &'a CheckedScenario,
    plan: &Manifest,
) -> Result<Box<dyn Simulate + 'a>, ReportError> {
    Ok(if plan.uncertain {
        Box::new(Draws::new(checked, plan)?)
    } else {
        Box::new(Experiment::new(&checked.model, plan.seed))
    })
}

/// Simulates worlds of which each has figures of its own, drawn from what is believed of them.
#[derive(Debug)]
pub struct Draws<'a> {
    study: Study<'a>,
    seed: u64,
}

impl<'a> Draws<'a> {
    /// Who simulates the uncertain run that `plan` describes.
    ///
    /// # Errors
    /// [`ReportError::Drawn`] when the scenario as it is describes no model.
    pub fn new(checked: &'a CheckedScenario, plan: &Manifest) -> Result<Self, ReportError> {
        let policies = plan.frame.policies.iter();
        let policies: Vec<String> = policies.map(|policy| policy.key.clone()).collect();
        let study = Study::new(&checked.scenario, &policies, plan.seed)
            .map_err(|error| drawn(0, &error))?;
        Ok(Self {
            study,
            seed: plan.seed,
        })
    }
}

impl Draws<'_> {
    /// The overrides that give a replication its figures.
    pub fn settings(&self, replication: u32) -> Vec<String> {
        self.study.draw(replication)
    }

    fn model(&self, replication: u32) -> Result<Model, ReportError> {
        let model = self.study.model(&self.settings(replication));
        model.map_err(|error| drawn(replication, &error))
    }
}

impl Simulate for Draws<'_> {
    fn replicate(
        &self,
        replication: u32,
        observer: &dyn Observer,
    ) -> Result<Option<ReplicationRecord>, ReportError> {
        let model = self.model(replication)?;
        Simulate::replicate(&Experiment::new(&model, self.seed), replication, observer)
    }

    fn regional_days(&self, replication: u32, policy: usize) -> Result<RegionalDays, ReportError> {
        let model = self.model(replication)?;
        Ok(Experiment::new(&model, self.seed).regional_days(replication, policy))
    }
}

fn drawn(replication: u32, error: &DesignError) -> ReportError {
    ReportError::Drawn {
        replication,
        message: error.to_string(),
    }
}
