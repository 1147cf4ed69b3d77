//! `calibrate`: figures of a scenario that fit what was observed.

use core::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use crate::calibrate::behavior::BehaviorError;
use crate::calibrate::stays::{StayError, ic_stay, ward_stay};
use crate::calibrate::{Behavior, Effort, Fitted, Method, observed_wave, significant};
use crate::cli::arguments::CalibrateArguments;
use crate::cli::backtest;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::table::{CsvTable, number};
use crate::cli::{print, remark, run, sweep};
use crate::design::Study;
use crate::model::Model;
use crate::observed::Observed;
use crate::report::ReportError;
use crate::report::folder::Unfinished;
use crate::scenario::{self, Scenario, did_you_mean};

/// Name of the fitted scenario in the output folder.
const SCENARIO: &str = "fitted.toml";
/// Name of the table of fitted figures.
const TABLE: &str = "calibration.csv";
/// Sections whose uncertain figures say how hospitals and staff behave, and how much acute care there is.
const BEHAVIOR: [&str; 3] = ["policy.", "staff.", "acute."];

pub(crate) fn calibrate(arguments: &CalibrateArguments) -> Result<(), Failure> {
    let prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let observed = backtest::read(&arguments.observed, &prepared.model)?;
    let paths = figures(arguments, &prepared.model)?;
    check_free(arguments)?;
    let mut fitted = Vec::new();
    let mut scenario = prepared.scenario.clone();
    for (name, fit) in [("IC", ic_stay as FitStay), ("ward", ward_stay as FitStay)] {
        match fit(&model_of(&scenario)?, &observed) {
            Ok(found) => {
                scenario = with(&scenario, &settings(&found))?;
                fitted.extend(found);
            }
            Err(error) => remark(&format!("the {name} stay is not fitted: {error}")),
        }
    }
    if !paths.is_empty() {
        fitted.extend(behavior(arguments, &scenario, &paths, &observed)?);
    }
    if fitted.is_empty() {
        let message = "nothing could be fitted: see docs/observed.md for what each figure needs";
        return Err(Failure::Usage(message.to_owned()));
    }
    write(arguments, &prepared, &fitted)?;
    print(&shown(&fitted, &arguments.out))
}

type FitStay = fn(&Model, &Observed) -> Result<Vec<Fitted>, StayError>;

/// The uncertain figures to fit: those asked for, or all of behavior.
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
    let is_behavior = |path: &&str| BEHAVIOR.iter().any(|section| path.starts_with(section));
    Ok(known
        .into_iter()
        .filter(is_behavior)
        .map(str::to_owned)
        .collect())
}

/// Fits the figures at `paths` by simulation.
fn behavior(
    arguments: &CalibrateArguments,
    scenario: &Scenario,
    paths: &[String],
    observed: &Observed,
) -> Result<Vec<Fitted>, Failure> {
    let scenario = with(scenario, &observed_wave::settings(scenario, observed))?;
    let prepared = Prepared::checked(Ok(scenario))?;
    let key = backtest::policy(arguments.policy.as_deref(), &prepared)?;
    let effort = Effort {
        n_sets: arguments.sets,
        n_worlds: arguments.replications,
        seed: arguments.seed.unwrap_or(prepared.model.defaults.seed),
    };
    let n_sets = effort.sets(paths.len());
    if !arguments.quiet {
        remark(&format!(
            "policy {key}: {} figures, {n_sets} parameter sets in all, in the same {} worlds",
            paths.len(),
            effort.n_worlds
        ));
    }
    let study = Study::new(&prepared.scenario, &[key], effort.seed)
        .map_err(|error| sweep::failure(error, &prepared))?;
    let progress = Progress::start(n_sets, arguments.quiet);
    let found = run::pool(arguments.threads)?
        .install(|| Behavior::fit(&study, paths, observed, &effort, &|| progress.step()));
    progress.finish();
    match found {
        Ok(found) => {
            say_doubts(&found);
            Ok(found.figures)
        }
        Err(BehaviorError::Design(error)) => Err(sweep::failure(error, &prepared)),
        Err(error) => {
            remark(&format!("behavior is not fitted: {error}"));
            Ok(Vec::new())
        }
    }
}

fn say_doubts(found: &Behavior) {
    if found.is_thin() {
        remark(&format!(
            "only {:.0} of the weighed parameter sets count: intervals are rough, more --sets may help",
            found.effective
        ));
    }
    if found.misfit > 2.0 {
        remark(&format!(
            "even the best parameter set lies {:.1} times as far from the observations as chance \
             explains (as a variance): intervals are widened by that, and the model may lack something",
            found.misfit
        ));
    }
}

fn settings(fitted: &[Fitted]) -> Vec<String> {
    fitted.iter().map(Fitted::setting).collect()
}

fn with(scenario: &Scenario, settings: &[String]) -> Result<Scenario, Failure> {
    scenario
        .with(settings)
        .map_err(|errors| Failure::Scenario(errors.violations, errors.sources))
}

fn model_of(scenario: &Scenario) -> Result<Model, Failure> {
    Ok(Prepared::checked(Ok(scenario.clone()))?.model)
}

/// Nothing that is there is replaced unless that was asked for.
fn check_free(arguments: &CalibrateArguments) -> Result<(), Failure> {
    let names = [SCENARIO, TABLE].map(|name| arguments.out.join(name));
    match names.into_iter().find(|path| path.exists()) {
        Some(path) if !arguments.force => Err(Failure::output(ReportError::Exists(path))),
        _ => Ok(()),
    }
}

/// Writes the fitted scenario and the table.
fn write(
    arguments: &CalibrateArguments,
    prepared: &Prepared,
    fitted: &[Fitted],
) -> Result<(), Failure> {
    let scenario = with(&prepared.scenario, &settings(fitted))?;
    let file = arguments
        .observed
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let sources = sources(fitted, &file);
    let text = format!(
        "# {}, fitted to {file} by zorgdruk {}.\n\n{}",
        prepared.model.title.replace('\n', " "),
        env!("CARGO_PKG_VERSION"),
        scenario.to_toml(&sources)
    );
    // What cannot be read back is no scenario.
    Prepared::checked(scenario::parse(&text, SCENARIO))?;
    let path = arguments.out.join(SCENARIO);
    let mut file = Unfinished::begin(&path).map_err(Failure::output)?;
    file.write_all(text.as_bytes())?;
    file.finish().map_err(Failure::output)?;
    let table = table(prepared, fitted);
    table
        .save(&arguments.out.join(TABLE))
        .map_err(Failure::output)
}

/// Where each figure comes from; the parameters of one stay share a text.
fn sources(fitted: &[Fitted], file: &str) -> Vec<(String, String)> {
    let mut sources: Vec<(String, String)> = Vec::new();
    for one in fitted {
        let (parent, name) = one.path.rsplit_once('.').unwrap_or(("", &one.path));
        let low = significant(one.interval.low);
        let high = significant(one.interval.high);
        let interval = format!("{name} {low} to {high}");
        match sources.last_mut() {
            Some((path, text)) if one.method == Method::Likelihood && path == parent => {
                let _ = write!(text, ", {interval}");
            }
            _ => {
                let path = match one.method {
                    Method::Likelihood => parent,
                    Method::SyntheticLikelihood => &one.path,
                };
                let method = one.method.name().replace('_', " ");
                let text =
                    format!("calibrated: fitted to {file} ({method}); 95 % interval: {interval}");
                sources.push((path.to_owned(), text));
            }
        }
    }
    sources
}

fn table(prepared: &Prepared, fitted: &[Fitted]) -> CsvTable {
    let mut table = CsvTable::new(&[
        "figure",
        "value",
        "param95_low",
        "param95_high",
        "belief_low",
        "belief_high",
        "method",
        "observations",
        "dispersion",
    ]);
    for one in fitted {
        let known = prepared
            .model
            .uncertain
            .iter()
            .find(|figure| figure.path == one.path);
        let belief = |u: f64| known.map_or(String::new(), |figure| number(figure.value(u)));
        table.push(vec![
            one.path.clone(),
            number(one.value),
            number(one.interval.low),
            number(one.interval.high),
            belief(0.0),
            belief(1.0),
            one.method.name().to_owned(),
            one.n.to_string(),
            number(one.dispersion),
        ]);
    }
    table
}

/// The figures for the terminal.
fn shown(fitted: &[Fitted], out: &Path) -> String {
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
    text
}
