//! A scenario whose figures vary: models for parameter sets, simulated in the same worlds.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::design::Response;
use crate::experiment::frame::PolicyName;
use crate::experiment::{Analysis, Experiment, Frame, ReplicationRecord};
use crate::model::Model;
use crate::model::build::InvalidModel;
use crate::model::build::uncertainty::place;
use crate::model::uncertainty::UncertainFigure;
use crate::scenario::{Scenario, ScenarioErrors, Violation};
use crate::statistics::confidence::Confidence;

/// Replications of all points that are held at once.
const BATCH: u32 = 16;

/// A scenario, its uncertain figures, and the policies to simulate.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    scenario: &'a Scenario,
    figures: Vec<UncertainFigure>,
    policies: Vec<String>,
    seed: u64,
}

/// Why a design cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum DesignError {
    /// A parameter set makes the scenario unreadable.
    #[error(transparent)]
    Scenario(#[from] ScenarioErrors),
    /// A parameter set is out of range.
    #[error(transparent)]
    Model(#[from] InvalidModel),
    /// A setting changes what is reported, so that points cannot be compared.
    #[error(
        "{0} changes the calendar, regions, hospitals or policies, so points cannot be compared"
    )]
    Shape(String),
}

/// One parameter set by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// In tables.
    pub name: String,
    /// What is set.
    pub settings: Vec<String>,
}

impl<'a> Study<'a> {
    /// A study of `scenario`, with the policies called `policies` (all when there are none) in the
    /// worlds of master seed `seed`.
    ///
    /// # Errors
    /// When the scenario as it is describes no model.
    pub fn new(
        scenario: &'a Scenario,
        policies: &[String],
        seed: u64,
    ) -> Result<Self, DesignError> {
        let model = Model::from_scenario(scenario)?;
        Ok(Self {
            scenario,
            figures: model.uncertain,
            policies: policies.to_vec(),
            seed,
        })
    }

    /// The uncertain figures.
    pub fn figures(&self) -> &[UncertainFigure] {
        &self.figures
    }

    /// Builds a model at both extremes of each figure; what is wrong with the ranges.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found: Vec<Violation> = self
            .figures
            .iter()
            .flat_map(|figure| [0.0, 1.0].map(|u| (figure, u)))
            .flat_map(|(figure, u)| self.violations_at(figure, u))
            .collect();
        // A path with `*` is wrong at each of its places for the same reason.
        found.dedup();
        found
    }

    fn violations_at(&self, figure: &UncertainFigure, u: f64) -> Vec<Violation> {
        let found = match self.model(&[figure.setting(u)]) {
            Ok(_) | Err(DesignError::Shape(_)) => Vec::new(),
            Err(DesignError::Scenario(errors)) => errors.violations,
            Err(DesignError::Model(errors)) => errors.0,
        };
        let at = |violation: Violation| {
            let message = format!("at {}: {}", figure.value(u), violation.message);
            self.scenario
                .violation(&place(&figure.path), &message, violation.allowed)
        };
        found.into_iter().map(at).collect()
    }

    /// The model with some values set.
    ///
    /// # Errors
    /// When the settings are not valid.
    pub fn model(&self, settings: &[String]) -> Result<Model, DesignError> {
        let scenario = self.scenario.with(settings)?;
        let mut model = Model::from_scenario(&scenario)?;
        if !self.policies.is_empty() {
            model.policies.retain(|p| self.policies.contains(&p.key));
            model
                .policies
                .sort_by_key(|p| self.policies.iter().position(|key| *key == p.key));
            model.baseline = 0;
        }
        Ok(model)
    }

    /// What sets the figures to a point of the unit cube.
    pub fn settings(&self, point: &[f64]) -> Vec<String> {
        let figures = self.figures.iter().zip(point);
        figures.map(|(figure, u)| figure.setting(*u)).collect()
    }

    /// The values of `response` at a point of the unit cube, in the given replications.
    ///
    /// # Errors
    /// When the point is not valid.
    pub fn values(
        &self,
        response: &Response,
        point: &[f64],
        replications: &[u32],
    ) -> Result<Vec<f64>, DesignError> {
        let model = self.model(&self.settings(point))?;
        let frame = Frame::new(&model);
        let experiment = Experiment::new(&model, self.seed);
        let values = replications
            .iter()
            .map(|replication| response.value(&experiment.replicate(*replication), &frame));
        Ok(values.collect())
    }

    /// Simulates all `points` in the same `n_replications` worlds. For each policy, an analysis in
    /// which the points take the place of policies and the first point is the baseline: estimates
    /// and paired differences of every estimand follow from it.
    ///
    /// # Errors
    /// When a point is not valid, or changes the shape of the results.
    pub fn compare(
        &self,
        points: &[Point],
        n_replications: u32,
        confidence: Confidence,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<(PolicyName, Analysis)>, DesignError> {
        let models: Vec<Model> = points
            .iter()
            .map(|point| self.model(&point.settings))
            .collect::<Result<_, _>>()?;
        let frame = common_frame(&models, points)?;
        let experiments: Vec<Experiment<'_>> = models
            .iter()
            .map(|model| Experiment::new(model, self.seed))
            .collect();
        let mut analyses = by_policy(&frame, points, confidence);
        let mut first = 0;
        while first < n_replications {
            let until = first.saturating_add(BATCH).min(n_replications);
            for records in replicated(&experiments, first..until, done) {
                add(&mut analyses, &records);
            }
            first = until;
        }
        Ok(analyses)
    }
}

/// The frame of the first model, if all others differ in nothing that is reported.
fn common_frame(models: &[Model], points: &[Point]) -> Result<Frame, DesignError> {
    let shape = |model: &Model| {
        let mut frame = Frame::new(model);
        // What is only drawn in figures may differ between points.
        frame.physical_beds = 0;
        frame.agreed_beds = [0; 6];
        for policy in &mut frame.policies {
            policy.description.clear();
        }
        frame
    };
    let first = shape(&models[0]);
    for (model, point) in models.iter().zip(points) {
        if shape(model) != first {
            return Err(DesignError::Shape(point.settings.join(" ")));
        }
    }
    Ok(Frame::new(&models[0]))
}

/// An empty analysis of the points, for each policy.
fn by_policy(
    frame: &Frame,
    points: &[Point],
    confidence: Confidence,
) -> Vec<(PolicyName, Analysis)> {
    let name = |point: &Point| PolicyName {
        key: point.name.clone(),
        label: point.name.clone(),
        description: point.settings.join(" "),
    };
    let of_points = Frame {
        policies: points.iter().map(name).collect(),
        baseline: 0,
        ..frame.clone()
    };
    let policies = frame.policies.iter();
    policies
        .map(|policy| (policy.clone(), Analysis::new(of_points.clone(), confidence)))
        .collect()
}

/// By replication, in order: the records of all points.
fn replicated(
    experiments: &[Experiment<'_>],
    replications: core::ops::Range<u32>,
    done: &(dyn Fn() + Sync),
) -> Vec<Vec<ReplicationRecord>> {
    replications
        .into_par_iter()
        .map(|replication| {
            let records = experiments.iter().map(|e| e.replicate(replication));
            let records = records.collect();
            done();
            records
        })
        .collect()
}

/// Adds one world: the same policy at all points makes one record.
fn add(analyses: &mut [(PolicyName, Analysis)], points: &[ReplicationRecord]) {
    for (policy, (_, analysis)) in analyses.iter_mut().enumerate() {
        let records = points.iter().map(|point| point.policies[policy].clone());
        analysis.add(&ReplicationRecord {
            replication: points[0].replication,
            policies: records.collect(),
        });
    }
}
