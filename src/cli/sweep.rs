//! `sweep`: a grid of levers, every point in the same worlds.

use std::path::Path;

use crate::cli::arguments::{FigureArguments, SweepArguments, WorldArguments};
use crate::cli::failure::Failure;
use crate::cli::figure;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::sensitivity::estimand;
use crate::cli::table::{CsvTable, check_writable, estimate};
use crate::cli::{print, run};
use crate::design::study::Point;
use crate::design::sweep::{Lever, grid, levers, violations};
use crate::design::{DesignError, Study};
use crate::experiment::Analysis;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::estimand::Estimand;
use crate::experiment::study_frame::PolicyName;
use crate::report::figures::designs::Finding;
use crate::statistics::confidence::Confidence;

const COLUMNS: [&str; 16] = [
    "point",
    "settings",
    "policy",
    "estimand",
    "unit",
    "value",
    "low",
    "high",
    "interval",
    "status",
    "difference",
    "difference_low",
    "difference_high",
    "difference_interval",
    "difference_status",
    "n",
];

pub(crate) fn sweep(arguments: &SweepArguments) -> Result<(), Failure> {
    let asked: Vec<Lever> = arguments
        .levers
        .iter()
        .map(|text| Lever::parse(text))
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let worlds = &arguments.worlds;
    let estimand = known_estimand(&arguments.estimand)?;
    check_targets(&arguments.worlds, &arguments.figure)?;
    let prepared = Prepared::load(&worlds.scenario, &worlds.set)?;
    let levers = levers_of(asked, &prepared)?;
    let points = grid(&levers).map_err(|error| Failure::Usage(error.to_string()))?;
    let settings = match &arguments.figure.figure {
        Some(_) => figure::settings(&levers, &worlds.policies)?,
        None => Vec::new(),
    };
    for key in &worlds.policies {
        prepared.policy(key)?;
    }
    let n = worlds
        .replications
        .unwrap_or(prepared.model.defaults.n_replications);
    let seed = worlds.seed.unwrap_or(prepared.model.defaults.seed);
    let study = Study::new(&prepared.scenario, &worlds.policies, seed)
        .map_err(|error| failure(error, &prepared))?;
    let progress = Progress::start(n, worlds.quiet);
    let analyses = run::pool(worlds.threads)?
        .install(|| study.compare(&points, n, Confidence::P95, &|| progress.step()))
        .map_err(|error| failure(error, &prepared))?;
    progress.finish();
    let order: Vec<usize> = (0..points.len()).collect();
    let table = table(&analyses, (&points, &order), None);
    write(&table, worlds.out.as_deref())?;
    if let (Some(path), [(policy, analysis), ..]) = (&arguments.figure.figure, &analyses[..]) {
        let finding = Finding {
            analysis,
            estimand,
            policy: &policy.label,
            seed,
            language: arguments.figure.lang.into(),
        };
        let svg = finding.dose(&levers[0].path, &settings);
        figure::save(&svg.map_err(|error| undrawn(&error))?, path)?;
    }
    Ok(())
}

/// Table and figure can be written.
pub(super) fn check_targets(
    worlds: &WorldArguments,
    figure: &FigureArguments,
) -> Result<(), Failure> {
    let mut files = worlds.out.iter().chain(&figure.figure);
    files.try_for_each(|file| check_writable(file, worlds.force))
}

/// The levers that were asked for, or else those of the scenario.
fn levers_of(asked: Vec<Lever>, prepared: &Prepared) -> Result<Vec<Lever>, Failure> {
    if !asked.is_empty() {
        return Ok(asked);
    }
    checked(prepared)?;
    let own = levers(&prepared.scenario);
    if own.is_empty() {
        let message = "the scenario has no [sweep]: name a lever with --set-grid KEY=VALUE,VALUE";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(own)
}

/// Fails where the scenario's own levers are wrong.
fn checked(prepared: &Prepared) -> Result<(), Failure> {
    let study = Study::new(&prepared.scenario, &[], prepared.model.defaults.seed)
        .map_err(|error| failure(error, prepared))?;
    let violations = violations(&study);
    if violations.is_empty() {
        return Ok(());
    }
    let sources = prepared.scenario.sources().to_vec();
    Err(Failure::Scenario(violations, sources))
}

/// Position of an estimand by its key.
fn known_estimand(key: &str) -> Result<usize, Failure> {
    let estimand = estimand(key)?;
    Ok(Estimand::position(estimand.key).unwrap_or_default())
}

/// A figure that cannot be drawn; the table is there already.
pub(crate) fn undrawn(error: &crate::chart::ChartError) -> Failure {
    Failure::Output(format!("the figure cannot be drawn: {error}"))
}

/// A design that cannot be carried out, as the command line reports it.
pub(crate) fn failure(error: DesignError, prepared: &Prepared) -> Failure {
    let sources = prepared.scenario.sources().to_vec();
    match error {
        DesignError::Scenario(errors) => Failure::Scenario(errors.violations, errors.sources),
        DesignError::Model(errors) => Failure::Scenario(errors.0, sources),
        DesignError::Shape(_) => Failure::Usage(error.to_string()),
    }
}

/// Writes a table into the file, or to standard output.
pub(crate) fn write(table: &CsvTable, out: Option<&Path>) -> Result<(), Failure> {
    match out {
        Some(path) => table.save(path).map_err(Failure::output),
        None => print(&table.text()),
    }
}

/// One row per point, in the given order, policy and estimand (or only the one called `only`);
/// differences are to the first point, in the same worlds.
pub(crate) fn table(
    analyses: &[(PolicyName, Analysis)],
    (points, order): (&[Point], &[usize]),
    only: Option<&str>,
) -> CsvTable {
    let mut table = CsvTable::new(&COLUMNS);
    let is_wanted = |key: &str| only.is_none_or(|only| only == key);
    for &number in order {
        let point = &points[number];
        for (policy, analysis) in analyses {
            let estimands = ESTIMANDS.iter().enumerate();
            for (position, estimand) in estimands.filter(|(_, e)| is_wanted(e.key)) {
                let settings = point.settings.join(" ");
                let mut row = vec![number.to_string(), settings, policy.key.clone()];
                row.extend([estimand.key.to_owned(), estimand.unit.to_owned()]);
                row.extend(estimate(&analysis.estimate(number, position)));
                row.extend(estimate(&analysis.comparison(number, position).difference));
                row.push(analysis.n().to_string());
                table.push(row);
            }
        }
    }
    table
}
