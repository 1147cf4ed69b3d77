//! `check`: whether a scenario is valid, and what it is about.

use core::fmt::Write;

use crate::cli::arguments::CheckArguments;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::sweep::failure;
use crate::cli::{print, run, verify};
use crate::design::{Study, sweep};
use crate::verify::consistency;

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
    print(&described(&prepared))?;
    if arguments.deep {
        return deep(arguments, &prepared);
    }
    Ok(())
}

/// Compares what the scenario gives with beds for everyone with theory.
fn deep(arguments: &CheckArguments, prepared: &Prepared) -> Result<(), Failure> {
    let model = &prepared.model;
    let seed = arguments.seed.unwrap_or(model.defaults.seed);
    let progress = Progress::start(arguments.replications, arguments.quiet);
    let checks = run::pool(arguments.threads)?
        .install(|| consistency(model, arguments.replications, seed, &|| progress.step()));
    progress.finish();
    print(&format!("\n{}", verify::rows(&checks)))?;
    let (wrong, n) = (
        checks.iter().filter(|check| !check.passes()).count(),
        checks.len(),
    );
    if wrong == 0 {
        return print(&format!("\nall {n} numbers fit together\n"));
    }
    Err(Failure::Disagreement(format!(
        "{wrong} of {n} numbers do not fit together: admissions, stays and censuses of the scenario \
         contradict each other"
    )))
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
