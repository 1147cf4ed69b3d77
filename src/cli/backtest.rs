//! `backtest`: a simulated study beside what was observed.

use std::path::Path;

use crate::backtest::{Backtest, Findings};
use crate::cli::arguments::{BacktestArguments, PrecisionArguments, RunArguments};
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::{print, remark, run};
use crate::experiment::Experiment;
use crate::model::Model;
use crate::model::policy::PhaseControl;
use crate::observed::{self, Observed};
use crate::report::backtest::INPUT;
use crate::report::verdict::verdict;
use crate::report::{Evidence, Manifest, RunFolder, write_backtest};

pub(crate) fn backtest(arguments: &BacktestArguments) -> Result<(), Failure> {
    let clock = Clock::start();
    let mut prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let policy = policy(arguments.policy.as_deref(), &prepared)?;
    prepared.keep_only(policy);
    let observed = read(&arguments.observed, &prepared.model)?;
    let as_run = as_run(arguments);
    let manifest = run::manifest(&prepared, &as_run);
    let backtest = Backtest::new(&manifest.frame, &observed)
        .ok_or_else(|| nothing_to_compare(&arguments.observed, &prepared.model))?;
    if !arguments.quiet {
        say_phases(&prepared.model);
        say_regional(&observed);
    }
    let pool = run::pool(arguments.threads)?;
    let key = format!("{}-backtest", prepared.model.key);
    let folder = run::folder(&as_run, &key).map_err(Failure::output)?;
    run::write_input(&prepared, &manifest, &folder).map_err(Failure::output)?;
    folder
        .write(INPUT, observed.text().as_bytes())
        .map_err(Failure::output)?;
    let progress = Progress::start(manifest.n_replications, arguments.quiet);
    let experiment = Experiment::new(&prepared.model, manifest.seed);
    pool.install(|| run::simulate(&experiment, manifest.n_replications, &folder, &progress))
        .map_err(Failure::output)?;
    progress.finish();
    let runtime = clock.runtime(pool.current_num_threads());
    runtime.write(&folder).map_err(Failure::output)?;
    finish(arguments, backtest, &prepared.model, &folder)
}

/// Compares the stored worlds with what was observed, and writes tables and figures.
fn finish(
    arguments: &BacktestArguments,
    mut backtest: Backtest,
    model: &Model,
    folder: &RunFolder,
) -> Result<(), Failure> {
    let evidence = Evidence::gather(folder)?;
    evidence.for_each(|world| {
        backtest.add(&world.policies[0]);
        Ok(())
    })?;
    let findings = backtest.finish(model);
    write_backtest(&findings, folder).map_err(Failure::output)?;
    draw(arguments, &evidence, &findings, folder)?;
    if arguments.quiet {
        return Ok(());
    }
    let manifest: &Manifest = &evidence.manifest;
    let file = arguments.observed.display().to_string();
    let language = arguments.lang.into();
    print(&verdict(&findings, (manifest, &file), folder, language))
}

/// Reads the observed data for the regions of a model.
pub(crate) fn read(path: &Path, model: &Model) -> Result<Observed, Failure> {
    let regions: Vec<&str> = model
        .regions
        .iter()
        .map(|region| region.key.as_str())
        .collect();
    observed::load(path, &regions).map_err(Failure::Observed)
}

/// The policy that was asked for, or else the first one whose phases are forced, or else the
/// baseline.
pub(crate) fn policy(key: Option<&str>, prepared: &Prepared) -> Result<usize, Failure> {
    if let Some(key) = key {
        return prepared.policy(key);
    }
    let model = &prepared.model;
    let forced = model
        .policies
        .iter()
        .position(|policy| policy.phases != PhaseControl::Endogenous);
    Ok(forced.unwrap_or(model.baseline))
}

fn say_phases(model: &Model) {
    let policy = &model.policies[0];
    let phases = if policy.phases == PhaseControl::Endogenous {
        "its phases follow from the simulation; a phase_calendar would make them those of the time"
    } else {
        "its phases are those of its calendar"
    };
    remark(&format!("policy {}: {phases}", policy.key));
}

fn say_regional(observed: &Observed) {
    let n = observed.n_regional();
    if n > 0 {
        remark(&format!(
            "{n} numbers of single regions are not compared: daily series are kept for the country"
        ));
    }
}

fn nothing_to_compare(path: &Path, model: &Model) -> Failure {
    let study = &model.study;
    let last = crate::units::Day(study.window_end().0 - 1);
    Failure::Usage(format!(
        "{} holds no national number between {} and {} that the simulation gives too",
        path.display(),
        study.date(study.window_start()),
        study.date(last)
    ))
}

/// What `run` would be asked for the same simulation.
fn as_run(arguments: &BacktestArguments) -> RunArguments {
    RunArguments {
        scenario: arguments.scenario.clone(),
        policies: Vec::new(),
        replications: arguments.replications,
        precision: PrecisionArguments {
            targets: Vec::new(),
            max_replications: None,
            confirm: false,
        },
        seed: arguments.seed,
        threads: arguments.threads,
        set: arguments.set.clone(),
        out: arguments.out.clone(),
        force: arguments.force,
        quiet: arguments.quiet,
        lang: arguments.lang,
        no_figures: arguments.no_figures,
    }
}

#[cfg(feature = "charts")]
fn draw(
    arguments: &BacktestArguments,
    evidence: &Evidence<'_>,
    findings: &Findings,
    folder: &RunFolder,
) -> Result<(), Failure> {
    use crate::report::figures::write_backtest_figures;
    if arguments.no_figures {
        return Ok(());
    }
    write_backtest_figures(evidence, findings, folder, arguments.lang.into())
        .map_err(Failure::output)?;
    Ok(())
}

/// Figures need a feature that is not there.
#[cfg(not(feature = "charts"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "stands in for the function that draws"
)]
fn draw(
    _: &BacktestArguments,
    _: &Evidence<'_>,
    _: &Findings,
    _: &RunFolder,
) -> Result<(), Failure> {
    Ok(())
}
