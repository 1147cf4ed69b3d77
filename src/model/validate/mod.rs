//! Validating a scenario into a model: every relation between values is checked here, once. That
//! each value is in its own range was checked on reading.
//!
//! Checks do not stop at the first mistake. A usable value takes the place of a wrong one, so that
//! the rest can be checked too; a model is returned only when nothing was noted.

mod apportion;
mod census;
mod check;
mod clinics;
mod clocks;
mod covid;
mod forecast;
mod capacity;
mod hospitals;
mod levers;
mod phases;
mod planned;
pub(in crate::model) mod policies;
mod series;
mod staff;
mod study;
pub(crate) mod uncertainty;
mod words;

use crate::model::clinics::Clinic;
use crate::model::size::{MOST_NUMBERS, numbers};
use crate::model::{Model, Parts, RunDefaults};
use crate::scenario::shape::ScenarioFile;
use crate::scenario::{Scenario, limits};

pub use check::InvalidModel;

use check::Checker;

impl Model {
    /// The model that a scenario describes.
    ///
    /// # Errors
    /// All values that contradict each other, in the order of the sections, each with its path, its
    /// place and what is allowed.
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

fn build(file: &ScenarioFile, check: &mut Checker<'_>) -> Model {
    check.key("key", &file.key);
    words::check(&file.words, check);
    let study = study::build(&file.study, check);
    let sizes = hospitals::Sizes::of(file, check);
    let covid = covid::build(file, &study, &sizes, check);
    let planned = planned::build(&file.planned, &sizes, check);
    study::check_follow_up(&study, &planned, check);
    let free = planned::acute_weights(&planned, &sizes);
    let acute = covid::build_acute(&file.acute, &study, &free, check);
    let sessions = planned::build_sessions(&file.sessions, &study, check);
    let staff = staff::build(&file.staff, check);
    let forecast = forecast::build(&file.forecast, &covid);
    let phases = phases::build(&file.phases, &forecast, check);
    let policies = policies::build(file, &study, &forecast, &phases, check);
    Model(Parts {
        key: file.key.clone(),
        title: file.title.clone(),
        words: file.words.clone(),
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
        defaults: RunDefaults {
            n_replications: file.run.replications,
            seed: file.run.seed,
        },
        uncertain: uncertainty::build(file, check),
        posterior: uncertainty::posterior(file, check),
    })
}

/// Bounds what a scenario asks for, because it takes memory, disk and time.
fn check_size(model: &Model, check: &mut Checker<'_>) {
    check_patients(model, check);
    check_value(model, check);
    let of = (model.regions.len(), model.planned.specialties.len());
    let n = numbers(&model.study, of, model.policies.len());
    if n > MOST_NUMBERS {
        let message = format!(
            "its regions, weeks and policies give {n} numbers per replication, {} MB",
            n * size_of::<i64>() / 1_000_000
        );
        check.fail("", &message, Some(format!("at most {MOST_NUMBERS}")));
    }
}

/// Bounds the value of clinic operations in the whole study, which are added up in cents.
fn check_value(model: &Model, check: &mut Checker<'_>) {
    let daily = |clinic: &Clinic| {
        let teams = f64::from(clinic.n_workers) / f64::from(clinic.workers_per_block);
        teams * f64::from(clinic.milli_operations_per_block) / 1_000.0 * clinic.price.0 as f64
    };
    let daily: f64 = model.clinics.clinics.iter().map(daily).sum();
    let euros = daily * model.study.n_days() as f64 / 100.0;
    if euros > limits::EUROS {
        let message = format!("clinic operations in the whole study are worth {euros:.0} euros");
        let allowed = Some(format!("at most {} euros", limits::EUROS));
        check.fail("clinics.price_euros", &message, allowed);
    }
}

fn check_patients(model: &Model, check: &mut Checker<'_>) {
    let weekdays = model.study.n_days() as f64 * 5.0 / 7.0;
    let daily: f64 = model
        .planned
        .specialties
        .iter()
        .map(|s| s.daily_indications)
        .sum();
    let planned = daily * (weekdays + f64::from(model.planned.initial_list_days));
    // The largest wave of tens of thousands.
    let largest = libm::exp(4.0 * model.covid.spread.size_sd_log);
    let covid = largest * model.covid.daily_admissions.iter().sum::<f64>();
    let most = libm::exp(4.0 * model.acute.level_sd_log);
    let acute = most * model.acute.daily_arrivals.iter().sum::<f64>();
    let total = planned + covid + acute;
    if total > limits::PATIENTS {
        let message = format!("asks for up to {total:.0} patients in one replication");
        check.fail("", &message, Some(format!("at most {}", limits::PATIENTS)));
    }
}
