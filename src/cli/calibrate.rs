//! `calibrate`: figures of a scenario that fit what was observed.

mod files;

use core::fmt::Write;
use std::path::PathBuf;

use clap::{Args, value_parser};

use crate::calibrate::behavior::BehaviorError;
use crate::calibrate::stays::{StayFit, ic_stay, ward_stay};
use crate::calibrate::{Behavior, Effort, Fitted, StayError, observed_wave, significant};
use crate::cli::arguments::{
    ExecutionArguments, ObservedArguments, ScenarioArguments, SeedArguments,
};
use crate::cli::backtest::POLICY;
use crate::cli::calibrate::files::{FITS, Fit, PAIRS, POSTERIOR, SCENARIO, TABLE, write};
use crate::cli::design::failure;
use crate::cli::failure::Failure;
use crate::cli::output::{check_free, print};
use crate::cli::shell::quoted;
use crate::cli::terminal::remark;
use crate::design::Study;
use crate::model::Model;
use crate::observed::Observed;
use crate::run::CheckedScenario;
use crate::scenario::{Scenario, Violation, did_you_mean};

/// Sections of which a record of one wave says nothing: how waves differ, and who could be lent.
const NOT_FITTED: [&str; 2] = ["covid.spread.", "clinics."];
/// Excess of variance above which a series is said to be poorly fitted.
const POOR: f64 = 4.0;

/// Fit figures of a scenario to what was observed
#[derive(Debug, Args)]
#[command(after_help = "\
Example: zorgdruk calibrate scenarios/small.toml --observed scenarios/observed-example.csv \
--out output/fitted

Stays of COVID patients are fitted by likelihood to daily admissions and censuses; the figures of \
the table uncertainty by simulation, jointly, to patients on the IC, staffed beds, moves, operations, and \
hospitals that fail the norm or stop plannable care. What fits together is in posterior.toml, which a \
scenario can extend. \
The format of the observed data, and which figure needs what, is in docs/observed.md.")]
pub(crate) struct CalibrateArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    observed: ObservedArguments,
    /// Write the fitted scenario and the table of figures into this folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the files of an earlier fit
    #[arg(long)]
    force: bool,
    #[arg(long, value_name = "KEY", help = POLICY)]
    policy: Option<String>,
    /// Fit this figure of the table uncertainty by simulation; may be repeated. By default, all but those
    /// of clinics and of the spread of waves
    #[arg(long = "figure", value_name = "PATH", conflicts_with = "stays_only")]
    figures: Vec<String>,
    /// Fit lengths of stay only, without simulating
    #[arg(long)]
    stays_only: bool,
    /// Parameter sets to simulate in each of ten steps
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = value_parser!(u32).range(16..=16_384))]
    sets: u32,
    /// Number of worlds in which each parameter set is simulated in each step
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = value_parser!(u32).range(2..=4_096))]
    replications: u32,
    #[command(flatten)]
    seed: SeedArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
}

pub(crate) fn calibrate(arguments: &CalibrateArguments) -> Result<(), Failure> {
    let checked = arguments.scenario.load()?;
    let observed = to_fit(&arguments.observed, &checked.model)?;
    let paths = figures(arguments, &checked.model)?;
    for name in [SCENARIO, TABLE, POSTERIOR, FITS, PAIRS] {
        check_free(&arguments.out.join(name), arguments.force)?;
    }
    let (scenario, mut fitted) = stays(&checked, &observed);
    fitted.retain(|one| !paths.contains(&one.path));
    let mut found = None;
    if !paths.is_empty() {
        found = behavior(arguments, &scenario, &paths, &observed)?;
        fitted.extend(found.iter().flat_map(|found| found.figures.clone()));
    }
    if fitted.is_empty() {
        let message = "nothing could be fitted: see docs/observed.md for what each figure needs";
        return Err(Failure::Usage(message.to_owned()));
    }
    let with = with(&checked.scenario, &settings(&fitted)).map_err(Failure::Usage)?;
    let fit = Fit {
        checked: &checked,
        scenario: &with.scenario,
        file: arguments.observed.fitted_to(),
    };
    write(&arguments.out, &fit, &fitted, found.as_ref())?;
    print(&shown(&fitted, arguments))
}

/// What was observed up to the end of the fit.
fn to_fit(arguments: &ObservedArguments, model: &Model) -> Result<Observed, Failure> {
    arguments.parts(model)?;
    let observed = arguments.read(model)?;
    Ok(match arguments.fit_until {
        Some(last) => observed.until(last),
        None => observed,
    })
}

type FitStay = fn(&Model, &Observed) -> Result<StayFit, StayError>;

/// Fits the stays, each with those before it; the scenario with what was fitted.
fn stays(checked: &CheckedScenario, observed: &Observed) -> (Scenario, Vec<Fitted>) {
    let mut now = checked.clone();
    let mut fitted = Vec::new();
    for (name, fit) in [("ICU", ic_stay as FitStay), ("ward", ward_stay as FitStay)] {
        match fitted_stay(&now, observed, fit) {
            Ok((with, found)) => {
                if !found.filled.is_nothing() {
                    remark(&format!("the {name} stay: {}", found.filled));
                }
                now = with;
                fitted.extend(found.figures);
            }
            Err(reason) => remark(&format!("the {name} stay is not fitted: {reason}")),
        }
    }
    (now.scenario, fitted)
}

/// One stay, and the scenario with it; or why there is none.
fn fitted_stay(
    now: &CheckedScenario,
    observed: &Observed,
    fit: FitStay,
) -> Result<(CheckedScenario, StayFit), String> {
    let found = fit(&now.model, observed).map_err(|error| error.to_string())?;
    let with = with(&now.scenario, &settings(&found.figures))?;
    Ok((with, found))
}

/// The scenario with what was observed or fitted; or what contradicts that.
fn with(scenario: &Scenario, settings: &[String]) -> Result<CheckedScenario, String> {
    let contradiction = |violations: &[Violation]| {
        let first = violations.first();
        let what = first.map(|first| format!("{}: {}", first.path, first.message));
        format!("the scenario contradicts it: {}", what.unwrap_or_default())
    };
    let scenario = scenario
        .with(settings)
        .map_err(|errors| contradiction(&errors.violations))?;
    let model = Model::from_scenario(&scenario).map_err(|errors| contradiction(&errors.0))?;
    Ok(CheckedScenario::new(scenario, model))
}

/// The uncertain figures to fit: those asked for, or all of which a record can say something.
fn figures(arguments: &CalibrateArguments, model: &Model) -> Result<Vec<String>, Failure> {
    let known: Vec<&str> = model
        .uncertain
        .iter()
        .map(|figure| figure.path.as_str())
        .collect();
    for path in &arguments.figures {
        if !known.contains(&path.as_str()) {
            let guess = did_you_mean(path, &known);
            let list = known.join(", ");
            return Err(Failure::Usage(format!(
                "[uncertainty] holds no belief about {path:?}{guess} (it has: {list})"
            )));
        }
    }
    if !arguments.figures.is_empty() || arguments.stays_only {
        return Ok(arguments.figures.clone());
    }
    let is_fitted = |path: &&str| !NOT_FITTED.iter().any(|section| path.starts_with(section));
    Ok(known
        .into_iter()
        .filter(is_fitted)
        .map(str::to_owned)
        .collect())
}

/// Fits the figures at `paths` by simulation.
fn behavior(
    arguments: &CalibrateArguments,
    scenario: &Scenario,
    paths: &[String],
    observed: &Observed,
) -> Result<Option<Behavior>, Failure> {
    let checked = match with(scenario, &observed_wave::settings(scenario, observed)) {
        Ok(checked) => checked,
        Err(reason) => {
            remark(&format!(
                "behavior is not fitted to the observed wave: {reason}"
            ));
            return Ok(None);
        }
    };
    let n_partly = observed_wave::n_partly_observed(scenario, observed);
    if n_partly > 0 {
        remark(&format!(
            "{n_partly} weeks have the admissions of the scenario, because hospital_admissions were \
             not observed on all of their days"
        ));
    }
    let key = &checked.policy_as_it_was(arguments.policy.as_deref())?.key;
    let effort = Effort {
        n_sets: arguments.sets,
        n_worlds: arguments.replications,
        seed: arguments.seed.or_of(&checked.model),
    };
    let n_sets = effort.n_simulated();
    if !arguments.execution.is_quiet() {
        remark(&format!(
            "policy {key}: {} figures, {n_sets} parameter sets in all, in {} worlds each",
            paths.len(),
            effort.n_worlds
        ));
    }
    let policies = [key.clone()];
    let study = Study::new(&checked.scenario, &policies, effort.seed)
        .map_err(|error| failure(error, &checked))?;
    checked.refuse(study.violations())?;
    let progress = arguments.execution.progress(n_sets);
    let found = (arguments.execution.pool()?)
        .install(|| Behavior::fit(&study, paths, observed, &effort, &|| progress.step()));
    progress.finish();
    match found {
        Ok(found) => {
            remark_on_doubts(&found);
            Ok(Some(found))
        }
        Err(BehaviorError::Design(error)) => Err(failure(error, &checked)),
        Err(error) => {
            remark(&format!("behavior is not fitted: {error}"));
            Ok(None)
        }
    }
}

fn remark_on_doubts(found: &Behavior) {
    if found.n_constant > 0 {
        remark(&format!(
            "two-week means that are the same under every parameter set and in every world are left out: {}",
            found.n_constant
        ));
    }
    for fit in found.fits.iter().filter(|fit| fit.excess > POOR) {
        remark(&format!(
            "{}: its {} two-week means lie {:.0} times as far from the sets as chance explains (as a variance), \
             and count for that much less: the model lacks something of it",
            fit.compared.key(),
            fit.n,
            fit.excess
        ));
    }
}

fn settings(fitted: &[Fitted]) -> Vec<String> {
    fitted.iter().map(Fitted::setting).collect()
}

/// The figures for the terminal.
fn shown(fitted: &[Fitted], arguments: &CalibrateArguments) -> String {
    let out = &arguments.out;
    let mut text = format!(
        "{:<36} {:>10} {:>22}  {}\n",
        "figure", "value", "95 % interval", "by"
    );
    for one in fitted {
        let interval = format!(
            "{} to {}",
            significant(one.interval.low),
            significant(one.interval.high)
        );
        let _ = writeln!(
            text,
            "{:<36} {:>10} {interval:>22}  {}",
            one.path,
            significant(one.value),
            one.method.name()
        );
    }
    let _ = writeln!(
        text,
        "\nFitted scenario: {}\nTable: {}",
        out.join(SCENARIO).display(),
        out.join(TABLE).display()
    );
    if arguments.observed.fit_until.is_some() {
        let fitted = out.join(SCENARIO);
        let _ = writeln!(
            text,
            "To score the weeks of the fit and those after it, give `zorgdruk backtest {}` the same \
             --observed and --fit-until",
            quoted(&fitted.to_string_lossy())
        );
    }
    text
}
