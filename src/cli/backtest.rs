//! `backtest`: a simulated study beside what was observed.

use std::path::Path;

use crate::backtest::{Backtest, Findings};
use crate::cli::arguments::{BacktestArguments, PrecisionArguments, RunArguments, StudyArguments};
use crate::cli::failure::Failure;
use crate::cli::order::Order;
use crate::cli::prepared::Prepared;
use crate::cli::run::{Site, simulate_all};
use crate::cli::stop::Stop;
use crate::cli::{print, remark};
use crate::model::Model;
use crate::observed::{self, Observed};
use crate::policy::levers::PhaseControl;
use crate::report::backtest::INPUT;
use crate::report::verdict::verdict;
use crate::report::{Evidence, RunFolder, write_backtest};
use crate::scenario::{Place, ScenarioErrors, Violation};

pub(crate) fn backtest(arguments: &BacktestArguments) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let model = &prepared.model;
    let key = policy(arguments.policy.as_deref(), &prepared)?;
    let observed = read(&arguments.observed, model)?;
    let as_run = as_run(arguments, &key);
    let mut order = Order::read(&as_run)?;
    let frame = &order.manifest.frame;
    let position = frame.policies.iter().position(|policy| policy.key == key);
    let backtest = Backtest::new(frame, position.unwrap_or(0), &observed)
        .ok_or_else(|| nothing_to_compare(&arguments.observed, model))?;
    if !arguments.quiet {
        say_phases(model, &key);
        say_regional(&observed);
    }
    let folder = order.begin(&as_run)?;
    folder
        .write(INPUT, observed.text().as_bytes())
        .map_err(Failure::output)?;
    let site = Site {
        folder: &folder,
        stop: &stop,
        is_quiet: arguments.quiet,
    };
    simulate_all(&mut order, None, arguments.threads, &site)?;
    finish(arguments, backtest, model, &folder)
}

/// Compares the stored worlds with what was observed, and writes tables and figures.
fn finish(
    arguments: &BacktestArguments,
    mut backtest: Backtest,
    model: &Model,
    folder: &RunFolder,
) -> Result<(), Failure> {
    let evidence = Evidence::gather(folder)?;
    let policy = backtest.policy();
    evidence.for_each(|world| {
        backtest.add(&world.policies[policy]);
        Ok(())
    })?;
    let findings = backtest.finish(model);
    write_backtest(&findings, folder).map_err(Failure::output)?;
    draw(arguments, &evidence, &findings, folder)?;
    if arguments.quiet {
        return Ok(());
    }
    let file = arguments.observed.display().to_string();
    let about = (&evidence.manifest, file.as_str());
    print(&verdict(&findings, about, folder, arguments.lang.into()))
}

/// Reads the observed data for the regions of a model.
pub(crate) fn read(path: &Path, model: &Model) -> Result<Observed, Failure> {
    let regions = model.regions.iter().map(|region| region.key.as_str());
    let regions: Vec<&str> = regions.collect();
    observed::load(path, &regions).map_err(Failure::Observed)
}

/// Key of the policy that was asked for, or else of the first one whose phases are forced, or else of
/// the baseline.
pub(crate) fn policy(key: Option<&str>, prepared: &Prepared) -> Result<String, Failure> {
    let model = &prepared.model;
    let is_forced =
        |policy: &crate::policy::levers::Policy| policy.phases != PhaseControl::Endogenous;
    let position = match key {
        Some(key) => prepared.policy(key)?,
        None => model
            .policies
            .iter()
            .position(is_forced)
            .unwrap_or(model.baseline),
    };
    Ok(model.policies[position].key.clone())
}

fn say_phases(model: &Model, key: &str) {
    let policy = model.policies.iter().find(|policy| policy.key == key);
    let is_endogenous = policy.is_none_or(|policy| policy.phases == PhaseControl::Endogenous);
    let phases = if is_endogenous {
        "its phases follow from the simulation; a phase_calendar would make them those of the time"
    } else {
        "its phases are those of its calendar"
    };
    remark(&format!("policy {key}: {phases}"));
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
    let message = format!(
        "no national number between {} and {} that the simulation gives too",
        study.date(study.window_start()),
        study.date(last)
    );
    let violation = Violation {
        path: String::new(),
        place: Place::Whole(path.display().to_string()),
        value: None,
        message,
        allowed: None,
    };
    Failure::Observed(ScenarioErrors::new(vec![violation], Vec::new(), None))
}

/// What `run` would be asked for the same simulation.
fn as_run(arguments: &BacktestArguments, policy: &str) -> RunArguments {
    RunArguments {
        scenario: Some(arguments.scenario.clone()),
        study: StudyArguments {
            policies: vec![policy.to_owned()],
            replications: arguments.replications,
            seed: arguments.seed,
            set: arguments.set.clone(),
            lang: Some(arguments.lang),
            no_figures: arguments.no_figures,
        },
        precision: PrecisionArguments {
            targets: Vec::new(),
            max_replications: None,
            confirm: false,
        },
        threads: arguments.threads,
        out: arguments.out.clone(),
        force: arguments.force,
        resume: None,
        shard: None,
        quiet: arguments.quiet,
    }
}

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
