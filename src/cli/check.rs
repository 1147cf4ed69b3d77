//! `check`: whether a scenario is valid, and what it is about.

use core::fmt::Write;

use crate::cli::arguments::CheckArguments;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::print;
use crate::cli::sweep::failure;
use crate::design::{Study, sweep};

pub(crate) fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let scenario = &prepared.scenario;
    let study = Study::new(scenario, &[], prepared.model.defaults.seed)
        .map_err(|error| failure(error, &prepared))?;
    let mut violations = study.violations();
    violations.extend(sweep::violations(&study));
    if !violations.is_empty() {
        return Err(Failure::Scenario(violations, scenario.sources().to_vec()));
    }
    print(&described(&prepared))
}

fn described(prepared: &Prepared) -> String {
    let model = &prepared.model;
    let study = &model.study;
    let mut text = format!("{} is valid: {}\n", model.key, model.title);
    let lines = [
        format!(
            "window    {} to {}",
            study.date(study.window_start()),
            study.date(crate::units::Day(study.window_end().0 - 1))
        ),
        format!("regions   {}", model.regions.len()),
        format!("hospitals {}", model.hospitals.len()),
        format!("baseline  {}", model.policies[model.baseline].key),
    ];
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    for policy in &model.policies {
        let _ = writeln!(text, "  policy    {}: {}", policy.key, policy.label);
    }
    for figure in &model.uncertain {
        let _ = writeln!(text, "  uncertain {}", figure.path);
    }
    for lever in sweep::levers(&prepared.scenario) {
        let _ = writeln!(
            text,
            "  sweep     {}={}",
            lever.path,
            lever.values.join(",")
        );
    }
    for path in prepared.scenario.figures_without_source() {
        let _ = writeln!(text, "  no source {path}");
    }
    text
}
