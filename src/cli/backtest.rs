//! `backtest`: a simulated study beside what was observed.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use rayon::ThreadPool;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::backtest::Backtest;
use crate::cli::arguments::{
    DecimalArguments, ExecutionArguments, ObservedArguments, OutputArguments, StudyArguments,
    worlds,
};
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::cli::plan::{RunArguments, RunPlan};
use crate::cli::shell::quoted;
use crate::cli::simulate::simulate_all;
use crate::cli::stop::Stop;
use crate::cli::terminal::remark;
use crate::cli::watched::Site;
use crate::model::Model;
use crate::observed::{Observed, ObservedSeries};
use crate::outcome::RegionalDays;
use crate::policy::levers::{PhaseControl, Policy};
use crate::report::figures::write_backtest_figures;
use crate::report::verdict::verdict;
use crate::report::{Evidence, ReportError, RunFolder, write_backtest, write_crate, write_package};
use crate::run::{CheckedScenario, Simulate, simulator};
use crate::scenario::{Place, ScenarioErrors, Violation};

/// Compare a simulated study with what was observed
#[derive(Debug, Args)]
#[command(after_help = "\
Example: zorgdruk backtest scenarios/small.toml --observed scenarios/observed-example.csv

The format of the observed data is in docs/observed.md.")]
#[command(mut_arg("policies", |policy| policy.action(ArgAction::Set).help(POLICY)))]
#[command(mut_arg("replications", |n| n.value_parser(worlds(2))))]
pub(crate) struct BacktestArguments {
    /// The scenario
    scenario: PathBuf,
    #[command(flatten)]
    observed: ObservedArguments,
    #[command(flatten)]
    study: StudyArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    decimal: DecimalArguments,
    /// Continue the backtest in this folder, or start it there if there is no run yet
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "force"])]
    resume: Option<PathBuf>,
    /// Simulate every world with the values of the scenario, not each with a set that fits a record
    #[arg(long)]
    no_uncertain: bool,
}

/// Help text of `--policy` in commands that take observed data.
pub(crate) const POLICY: &str = "Simulate this policy of the scenario. By default, the first one \
                                 with a calendar of phases, or else the baseline";

pub(crate) fn backtest(arguments: &BacktestArguments) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let mut study = arguments.study.clone();
    let checked = CheckedScenario::load(&arguments.scenario, &study.changes.set)?;
    let model = &checked.model;
    let policy = checked.policy_as_it_was(study.policies.first().map(String::as_str))?;
    let parts = arguments.observed.parts(model)?;
    let observed = arguments.observed.read(model)?;
    study.policies = vec![policy.key.clone()];
    let as_run = RunArguments {
        scenario: Some(arguments.scenario.clone()),
        study,
        execution: arguments.execution.clone(),
        output: arguments.output.clone(),
        resume: arguments.resume.clone(),
        observed: Some(observed.text().to_owned()),
        draws: model.posterior.is_some() && !arguments.no_uncertain,
        ..RunArguments::default()
    };
    let mut plan = RunPlan::read(&as_run)?;
    let frame = &plan.manifest.frame;
    let position = frame.policies.iter().position(|one| one.key == policy.key);
    let backtest = Backtest::new(frame, position.unwrap_or(0), &observed, parts)
        .ok_or_else(|| nothing_to_compare(&arguments.observed.observed, model))?;
    let is_quiet = arguments.execution.is_quiet();
    if !is_quiet {
        remark_on_phases(policy);
        remark_on_regions(&observed, model);
    }
    let pool = arguments.execution.pool()?;
    let folder = plan.begin(&as_run)?;
    let site = Site {
        folder: &folder,
        stop: &stop,
        is_quiet,
        decimal: arguments.decimal.sign(),
        advice: format!(
            "the same command with `--resume {}`, and without --out, continues it",
            quoted(&folder.path().to_string_lossy())
        ),
    };
    simulate_all(&mut plan, None, &pool, &site)?;
    let simulator = simulator(&plan.scenario, &plan.manifest)?;
    finish(arguments, backtest, (model, &*simulator, &pool), &folder)
}

/// Compares the stored worlds with what was observed, and writes tables and figures.
fn finish(
    arguments: &BacktestArguments,
    mut backtest: Backtest,
    (model, simulator, pool): (&Model, &dyn Simulate, &ThreadPool),
    folder: &RunFolder,
) -> Result<(), Failure> {
    let mut evidence = Evidence::gather(folder)?;
    evidence.decimal = arguments.decimal.sign();
    let policy = backtest.policy();
    let mut worlds = Vec::new();
    evidence.for_each(|world| {
        backtest.add(&world.policies[policy]);
        worlds.push(world.replication);
        Ok(())
    })?;
    if backtest.has_regions() {
        for days in &regions(&worlds, policy, simulator, pool)? {
            backtest.add_regions(days);
        }
    }
    let findings = backtest.finish(model);
    write_backtest(&findings, &evidence, folder).map_err(Failure::output)?;
    let language = arguments.study.language.or_english();
    if !arguments.study.no_figures {
        write_backtest_figures(&evidence, &findings, folder, language).map_err(Failure::output)?;
    }
    write_package(&evidence, folder).map_err(Failure::output)?;
    write_crate(&evidence, folder).map_err(Failure::output)?;
    if arguments.execution.is_quiet() {
        return Ok(());
    }
    let file = arguments.observed.observed.display().to_string();
    let about = (&evidence.manifest, file.as_str());
    print(&verdict(&findings, about, folder, language))
}

/// The regions of stored worlds, of which rows keep nothing: each world is simulated again.
fn regions(
    worlds: &[u32],
    policy: usize,
    simulator: &dyn Simulate,
    pool: &ThreadPool,
) -> Result<Vec<RegionalDays>, ReportError> {
    let again = |world: &u32| simulator.regional_days(*world, policy);
    pool.install(|| worlds.par_iter().map(again).collect())
}

fn remark_on_phases(policy: &Policy) {
    let phases = if policy.phases == PhaseControl::Endogenous {
        "its phases follow from the simulation; a phase_calendar would fix them to the actual ones"
    } else {
        "its phases are those of its calendar"
    };
    remark(&format!("policy {}: {phases}", policy.key));
}

fn remark_on_regions(observed: &Observed, model: &Model) {
    let regions = model.regions.iter();
    let compared = regions.map(|region| observed.regional(ObservedSeries::CovidIc, &region.key));
    let n = observed.n_regional() - compared.map(Iterator::count).sum::<usize>();
    if n > 0 {
        remark(&format!(
            "{n} numbers of single regions are not compared: of these, covid_ic only"
        ));
    }
}

fn nothing_to_compare(path: &Path, model: &Model) -> Failure {
    let study = &model.study;
    let last = crate::units::Day(study.window_end().0 - 1);
    let message = format!(
        "no number between {} and {} that the simulation gives too",
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
    Failure::Observed(ScenarioErrors::new(vec![violation], Vec::new()))
}
