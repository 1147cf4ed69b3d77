//! Validating a scenario into a model: every range and relation is checked here, once.
//!
//! Checks do not stop at the first mistake. A value out of range is noted and replaced by the
//! nearest allowed one, so that the rest can be checked too; a model is returned only when nothing
//! was noted.

mod apportion;
mod census;
mod check;
mod clinics;
mod clocks;
mod covid;
mod forecast;
mod hospitals;
mod levers;
mod phases;
mod planned;
mod policies;
mod series;
mod staff;
mod study;
pub(crate) mod uncertainty;
mod words;

use crate::model::{Model, RunDefaults};
use crate::scenario::shape::ScenarioFile;
use crate::scenario::{Scenario, ScenarioErrors, Violation, limits, listed};

use check::{Checker, OUT_OF_RANGE};

/// Everything that is out of range in a scenario, each with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.0))]
pub struct InvalidModel(pub Vec<Violation>);

impl Model {
    /// The model that a scenario describes.
    ///
    /// # Errors
    /// All values that are out of their range or contradict each other, in the order of the
    /// sections, each with its path, its place and what is allowed.
    pub fn from_scenario(scenario: &Scenario) -> Result<Self, InvalidModel> {
        let mut check = Checker::new(scenario);
        hospitals::check_counts(&scenario.file, &mut check);
        check.result()?;
        let model = build(&scenario.file, &mut check);
        check_size(&model, &mut check);
        check.result()?;
        Ok(model)
    }
}

impl InvalidModel {
    /// Values that are out of their range in the part of a scenario that could be read, beside the
    /// mistakes of reading. Relations between values are left out: one of them may be a stand-in.
    pub fn beside(errors: &ScenarioErrors) -> Self {
        let Some(scenario) = &errors.readable else {
            return Self(Vec::new());
        };
        let mut check = Checker::new(scenario);
        hospitals::check_counts(&scenario.file, &mut check);
        if check.result().is_ok() {
            build(&scenario.file, &mut check);
        }
        let misread = |path: &str| errors.violations.iter().any(|v| is_within(path, &v.path));
        let mut found = check.into_violations();
        found.retain(|v| v.message == OUT_OF_RANGE && v.value.is_some() && !misread(&v.path));
        Self(found)
    }
}

/// Whether `path` is `above`, or leads to something inside it.
fn is_within(path: &str, above: &str) -> bool {
    let rest = path.strip_prefix(above);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn build(file: &ScenarioFile, check: &mut Checker<'_>) -> Model {
    check.key("key", &file.key);
    let study = study::build(&file.study, check);
    let defaults = run_defaults(file, check);
    let sizes = hospitals::Sizes::of(file, check);
    let covid = covid::build(file, &study, &sizes, check);
    let planned = planned::build(&file.planned, &sizes, check);
    study::check_follow_up(&study, &planned, check);
    let free = planned::acute_weights(&planned, &sizes);
    let acute = covid::build_acute(&file.acute, &study, &free, check);
    let sessions = planned::build_sessions(&file.sessions, &study, check);
    let staff = staff::build(&file.staff, check);
    let forecast = forecast::build(&file.forecast, &covid.ic_stay, check);
    let phases = phases::build(&file.phases, &forecast, check);
    let policies = policies::build(file, &study, &forecast, &phases, check);
    Model {
        key: file.key.clone(),
        title: file.title.clone(),
        words: words::build(file.words.as_ref(), check),
        study,
        regions: hospitals::regions(file, &sizes, check),
        hospitals: hospitals::hospitals(file, &sizes, (&planned, &sessions), check),
        clinics: clinics::build(file, check),
        phases,
        clocks: clocks::build(file.clocks.as_ref(), check),
        covid,
        acute,
        planned,
        sessions,
        staff,
        forecast,
        baseline: policies::baseline(file, &policies, check),
        policies,
        defaults,
        uncertain: uncertainty::build(file, check),
    }
}

fn run_defaults(file: &ScenarioFile, check: &mut Checker<'_>) -> RunDefaults {
    let run = file.run.as_ref();
    let replications = run.and_then(|run| run.replications).unwrap_or(200);
    let seed = run.and_then(|run| run.seed).unwrap_or(1);
    if seed < 0 {
        check.fail("run.seed", OUT_OF_RANGE, Some(format!("0 to {}", i64::MAX)));
    }
    RunDefaults {
        n_replications: check.whole("run.replications", replications, 1..=limits::REPLICATIONS),
        seed: seed.unsigned_abs(),
    }
}

/// Bounds the patients that a scenario asks for, because each takes memory and time.
fn check_size(model: &Model, check: &mut Checker<'_>) {
    let weekdays = model.study.n_days() as f64 * 5.0 / 7.0;
    let daily: f64 = model
        .planned
        .specialties
        .iter()
        .map(|s| s.daily_indications)
        .sum();
    let planned = daily * (weekdays + f64::from(model.planned.initial_list_days));
    let covid: f64 = model.covid.daily_admissions.iter().sum();
    let acute: f64 = model.acute.daily_arrivals.iter().sum();
    let total = planned + covid + acute;
    if total > limits::PATIENTS {
        let message = format!("asks for {total:.0} patients in one replication");
        check.fail("", &message, Some(format!("at most {}", limits::PATIENTS)));
    }
}
