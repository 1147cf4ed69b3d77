//! `check`: whether a scenario is valid, and what it is about.

use core::fmt::Write;

use clap::{ArgGroup, Args};
use serde_json::{Value, json};

use crate::cli::arguments::{
    ExecutionArguments, JsonArguments, ScenarioArguments, WorldArguments, worlds,
};
use crate::cli::design::failure;
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::cli::trial::trial;
use crate::cli::verify;
use crate::design::{Study, sweep};
use crate::model::Model;
use crate::observed::{ObservedSeries, record_of};
use crate::run::CheckedScenario;
use crate::scenario::{Place, Violation};
use crate::units::Day;
use crate::verify::{Check, DOUBT, consistency, other_patients_at_start};

/// Worlds of a deep check where none are given.
const DEEP: u32 = 256;
const OF_REPLICATIONS: &str =
    "Number of worlds: those of --deep, by default 256, or of the run that --trial is about";

/// Check a scenario without simulating it
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("simulates").args(["deep", "trial"])))]
#[command(mut_arg("replications", |n| n.help(OF_REPLICATIONS).value_parser(worlds(2))))]
#[command(mut_arg("replications", |n| n.requires("simulates")))]
#[command(mut_arg("seed", |seed| seed.requires("simulates")))]
#[command(mut_arg("threads", |threads| threads.requires("simulates")))]
#[command(mut_arg("json", |json| json.conflicts_with("simulates")))]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Also check that its numbers fit together: with a bed for everyone, the simulated censuses must
    /// be those that follow from admissions and stays
    #[arg(long)]
    deep: bool,
    /// Also say how long a run takes on this machine and how wide its intervals will be, from ten worlds
    #[arg(long)]
    trial: bool,
    #[command(flatten)]
    worlds: WorldArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    json: JsonArguments,
}

pub(crate) fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let found = sound(arguments);
    if arguments.json.json {
        match &found {
            Ok(checked) => print(&format!("{:#}\n", as_json(checked)))?,
            Err(Failure::Scenario(violations, _)) => {
                let violations: Vec<Value> = violations.iter().map(violation).collect();
                let said = json!({ "valid": false, "violations": violations });
                print(&format!("{said:#}\n"))?;
            }
            Err(_) => {}
        }
        return found.map(drop);
    }
    let checked = found?;
    print(&described(&checked))?;
    if arguments.deep {
        return deep(arguments, &checked);
    }
    if arguments.trial {
        let (model, worlds) = (&checked.model, &arguments.worlds);
        let run = (worlds.number(model), worlds.seed.or_of(model));
        return print(&trial(&checked, run, &arguments.execution)?);
    }
    Ok(())
}

/// The scenario, if nothing is wrong with it.
fn sound(arguments: &CheckArguments) -> Result<CheckedScenario, Failure> {
    let checked = arguments.scenario.load()?;
    let study = Study::new(&checked.scenario, &[], checked.model.defaults.seed)
        .map_err(|error| failure(error, &checked))?;
    let mut violations = study.violations();
    violations.extend(sweep::violations(&study));
    checked.refuse(violations)?;
    Ok(checked)
}

/// A valid scenario for programs.
fn as_json(checked: &CheckedScenario) -> Value {
    let model = &checked.model;
    let study = &model.study;
    let policies = model.policies.iter();
    let uncertain = model.uncertain.iter();
    let levers = sweep::levers(&checked.scenario).into_iter();
    json!({
        "valid": true,
        "scenario": model.key,
        "title": model.title.en,
        "window": [study.date(study.window_start()), study.date(Day(study.window_end().0 - 1))],
        "regions": model.regions.len(),
        "hospitals": model.hospitals.len(),
        "baseline": checked.baseline().key,
        "policies": policies.map(|policy| policy.key.as_str()).collect::<Value>(),
        "uncertain": uncertain.map(|figure| figure.path.as_str()).collect::<Value>(),
        "sweep": levers.map(|lever| lever.path).collect::<Value>(),
        "without_source": checked.scenario.figures_without_source(),
        "remarks": checked.remarks(),
    })
}

/// A violation as JSON; unknown fields are null.
fn violation(found: &Violation) -> Value {
    let (file, line, column) = match &found.place {
        Place::File {
            name, line, column, ..
        } => (Some(name), Some(line), Some(column)),
        Place::Whole(name) => (Some(name), None, None),
        Place::Override(_) => (None, None, None),
    };
    let change = match &found.place {
        Place::Override(change) => Some(change),
        _ => None,
    };
    json!({
        "file": file,
        "line": line,
        "column": column,
        "set": change,
        "path": found.path,
        "value": found.value,
        "message": found.message,
        "allowed": found.allowed,
    })
}

/// Compares what the scenario gives with beds for everyone with theory.
fn deep(arguments: &CheckArguments, checked: &CheckedScenario) -> Result<(), Failure> {
    let model = &checked.model;
    let n = arguments.worlds.replications.unwrap_or(DEEP);
    let seed = arguments.worlds.seed.or_of(model);
    let observed = other_patients_observed(model);
    let n_simulated = if observed.is_some() {
        n.saturating_mul(2)
    } else {
        n
    };
    let progress = arguments.execution.progress(n_simulated);
    let checks = arguments.execution.pool()?.install(|| {
        let done = || progress.step();
        let mut checks = consistency(model, n, seed, &done);
        checks.extend(
            observed.map(|n_patients| other_patients_at_start(model, n_patients, (n, seed), &done)),
        );
        checks
    });
    progress.finish();
    print(&format!("\n{}", verify::rows(&checks)))?;
    let n = checks.len();
    let count = |of: fn(&Check) -> bool| checks.iter().filter(|check| of(check)).count();
    let (wrong, doubtful) = (count(|check| !check.passes()), count(Check::is_doubtful));
    if wrong > 0 {
        return Err(Failure::Disagreement(format!(
            "{wrong} of {n} numbers do not fit together: admissions, stays and censuses of the scenario \
             contradict each other"
        )));
    }
    let but = match doubtful {
        0 => String::new(),
        n => format!(", but {n} hardly: {DOUBT} or more standard errors from what is expected"),
    };
    print(&format!("\nall {n} numbers fit together{but}\n"))
}

/// Patients without COVID on the ICU on the first day of the window, where the program has a record of it.
fn other_patients_observed(model: &Model) -> Option<f64> {
    let regions: Vec<&str> = model
        .regions
        .iter()
        .map(|region| region.key.as_str())
        .collect();
    let date = model.study.date(model.study.window_start());
    record_of(&model.key, &regions)?.on(ObservedSeries::OtherIc, date)
}

fn described(checked: &CheckedScenario) -> String {
    let model = &checked.model;
    let study = &model.study;
    let mut text = format!("{} is valid: {}\n", model.key, model.title.en);
    let lines = [
        format!(
            "window    {} to {}",
            study.date(study.window_start()),
            study.date(Day(study.window_end().0 - 1))
        ),
        format!("regions   {}", model.regions.len()),
        format!("hospitals {}", model.hospitals.len()),
        format!("baseline  {}", checked.baseline().key),
    ];
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    for policy in &model.policies {
        let _ = writeln!(text, "  policy    {}: {}", policy.key, policy.label.en);
    }
    for figure in &model.uncertain {
        let _ = writeln!(text, "  uncertain {}", figure.path);
    }
    for lever in sweep::levers(&checked.scenario) {
        let _ = writeln!(
            text,
            "  sweep     {}={}",
            lever.path,
            lever.values.join(",")
        );
    }
    for path in checked.scenario.figures_without_source() {
        let _ = writeln!(text, "  no source {path}");
    }
    for remark in checked.remarks() {
        let _ = writeln!(text, "  remark    {remark}");
    }
    text
}
