//! A scenario whose figures vary: models for parameter sets, simulated in the same worlds.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::design::response::{Response, Terms};
use crate::experiment::study_frame::PolicyName;
use crate::experiment::{Analysis, Experiment, ReplicationRecord, StudyFrame};
use crate::model::Model;
use crate::model::parameter_sets::ParameterSets;
use crate::model::uncertainty::{Belief, UncertainFigure};
use crate::model::validate::InvalidModel;
use crate::model::validate::uncertainty::place;
use crate::name::Name;
use crate::random::{Keys, Purpose, Stratum};
use crate::scenario::{Scenario, ScenarioErrors, Violation};
use crate::statistics::confidence::Confidence;

/// Replications of all points that are held at once.
const BATCH: u32 = 16;

/// A scenario, its uncertain figures, and the policies to simulate.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    scenario: &'a Scenario,
    figures: Vec<UncertainFigure>,
    posterior: Option<ParameterSets>,
    policies: Vec<String>,
    seed: u64,
    /// What is reported, which no point may change.
    reported: StudyFrame,
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
        let model = Model::from_scenario(scenario)?.reduced_to(policies);
        Ok(Self {
            scenario,
            reported: reported(&model),
            figures: marginal(&model.uncertain, model.posterior.as_ref()),
            posterior: model.posterior.clone(),
            policies: policies.to_vec(),
            seed,
        })
    }

    /// The uncertain figures, each with what is believed of it by itself: after the fit, if there was one.
    pub fn figures(&self) -> &[UncertainFigure] {
        &self.figures
    }

    /// What is reported of all parameter sets.
    pub const fn frame(&self) -> &StudyFrame {
        &self.reported
    }

    /// Keys of the policies that are simulated, where not all are.
    pub fn policies(&self) -> &[String] {
        &self.policies
    }

    /// The master seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The scenario.
    pub const fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// Builds a model at both extremes of each figure; what is wrong with the ranges.
    pub fn violations(&self) -> Vec<Violation> {
        let ends = self
            .figures
            .iter()
            .flat_map(|figure| [0.0, 1.0].map(|u| (figure, u)));
        let mut found: Vec<Violation> = ends
            .flat_map(|(figure, u)| {
                let at = format!("at {}: ", figure.value(u));
                self.violations_of(&figure.setting(u), &place(&figure.path), &at)
            })
            .collect();
        // Both extremes can be wrong for the same reason.
        found.dedup();
        found
    }

    /// The mistakes that `setting` makes in the scenario, each reported at the place `written` and with
    /// `at` before its message.
    pub(crate) fn violations_of(&self, setting: &str, written: &str, at: &str) -> Vec<Violation> {
        let found = match self.comparable(setting) {
            Ok(()) => Vec::new(),
            Err(DesignError::Scenario(errors)) => errors.violations,
            Err(DesignError::Model(errors)) => errors.0,
            Err(error @ DesignError::Shape(_)) => {
                vec![self.scenario.violation(written, &error.to_string(), None)]
            }
        };
        let placed = |violation: Violation| {
            let message = format!("{at}{}", violation.message);
            self.scenario
                .violation(written, &message, violation.allowed)
        };
        let mut found: Vec<Violation> = found.into_iter().map(placed).collect();
        // A path with `*` is wrong at each of its places for the same reason.
        found.dedup();
        found
    }

    /// Whether the scenario with `setting` can be compared with the scenario as it is.
    fn comparable(&self, setting: &str) -> Result<(), DesignError> {
        let model = self.model(&[setting.to_owned()])?;
        if reported(&model) == self.reported {
            return Ok(());
        }
        Err(DesignError::Shape(setting.to_owned()))
    }

    /// The model with some values set.
    ///
    /// # Errors
    /// When the settings are not valid.
    pub fn model(&self, settings: &[String]) -> Result<Model, DesignError> {
        let scenario = self.scenario.with(settings)?;
        Ok(Model::from_scenario(&scenario)?.reduced_to(&self.policies))
    }

    /// What sets the figures to a point of the unit cube.
    pub fn settings(&self, point: &[f64]) -> Vec<String> {
        let figures = self.figures.iter().zip(point);
        figures.map(|(figure, u)| figure.setting(*u)).collect()
    }

    /// What draws all figures: of those that were fitted, the set of this number; of the others, what
    /// is believed at a point of the unit cube, of which they take their own coordinates.
    pub fn drawn(&self, set: u32, point: &[f64]) -> Vec<String> {
        let Some(posterior) = &self.posterior else {
            return self.settings(point);
        };
        let set = usize::try_from(set).unwrap_or(usize::MAX);
        let others = self.figures.iter().zip(point);
        let others = others.filter(|(figure, _)| !posterior.paths.contains(&figure.path));
        let mut settings = posterior.settings(set);
        settings.extend(others.map(|(figure, u)| figure.setting(*u)));
        settings
    }

    /// What draws all figures for a replication: keyed by its number, so that it does not depend on others.
    pub fn draw(&self, replication: u32) -> Vec<String> {
        let keys = Keys::new(self.seed, replication);
        let uniform = |figure: usize| {
            let figure = u32::try_from(figure).unwrap_or(u32::MAX);
            let block = keys.block(Purpose::ParameterDraw, Stratum::NATIONAL, figure, 0);
            block.uniform(0)
        };
        let point: Vec<f64> = (0..self.figures.len()).map(uniform).collect();
        self.drawn(replication, &point)
    }

    /// What the given replications add to `response` at a point of the unit cube.
    ///
    /// # Errors
    /// When the point is not valid.
    pub fn terms(
        &self,
        response: &Response,
        point: &[f64],
        replications: &[u32],
    ) -> Result<Vec<Terms>, DesignError> {
        self.terms_with(response, &self.settings(point), replications)
    }

    /// What the given replications add to `response` with some values set.
    ///
    /// # Errors
    /// When the settings are not valid.
    pub fn terms_with(
        &self,
        response: &Response,
        settings: &[String],
        replications: &[u32],
    ) -> Result<Vec<Terms>, DesignError> {
        let model = self.model(settings)?;
        let experiment = Experiment::new(&model, self.seed);
        let terms = replications
            .iter()
            .map(|replication| response.terms(&experiment.replicate(*replication)));
        Ok(terms.collect())
    }

    /// Simulates all policies with some values set, in the same worlds as at any other values: estimands only,
    /// and differences to the policy at position `baseline`.
    ///
    /// # Errors
    /// When the settings are not valid.
    pub fn simulated(
        &self,
        settings: &[String],
        baseline: usize,
        n_replications: u32,
        confidence: Confidence,
    ) -> Result<Analysis, DesignError> {
        let model = self.model(settings)?;
        let experiment = Experiment::new(&model, self.seed);
        let frame = StudyFrame {
            baseline,
            ..StudyFrame::new(&model)
        };
        Ok(Analysis::of_experiment(
            &experiment,
            frame,
            n_replications,
            confidence,
            &|| {},
        ))
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

/// The figures with what is believed of each by itself: how the sets that fit a record have it, if they do.
fn marginal(
    figures: &[UncertainFigure],
    posterior: Option<&ParameterSets>,
) -> Vec<UncertainFigure> {
    let marginal = |figure: &UncertainFigure| {
        let fitted = posterior.and_then(|sets| sets.values(&figure.path));
        UncertainFigure {
            belief: fitted.map_or_else(|| figure.belief.clone(), Belief::Values),
            path: figure.path.clone(),
        }
    };
    figures.iter().map(marginal).collect()
}

/// The frame of the first model, if all others differ in nothing that is reported.
fn common_frame(models: &[Model], points: &[Point]) -> Result<StudyFrame, DesignError> {
    let first = reported(&models[0]);
    for (model, point) in models.iter().zip(points) {
        if reported(model) != first {
            return Err(DesignError::Shape(point.settings.join(" ")));
        }
    }
    Ok(StudyFrame::new(&models[0]))
}

/// The frame of a model, without the numbers that only figures show.
fn reported(model: &Model) -> StudyFrame {
    let mut frame = StudyFrame::new(model);
    frame.physical_beds = 0;
    frame.agreed_beds.fill(0);
    for policy in &mut frame.policies {
        policy.description = Name::default();
    }
    frame
}

/// An empty analysis of the points, for each policy.
fn by_policy(
    frame: &StudyFrame,
    points: &[Point],
    confidence: Confidence,
) -> Vec<(PolicyName, Analysis)> {
    let name = |point: &Point| PolicyName {
        key: point.name.clone(),
        label: point.name.as_str().into(),
        description: point.settings.join(" ").into(),
    };
    let of_points = StudyFrame {
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
            controls: points[0].controls,
            policies: records.collect(),
        });
    }
}
