//! Carries out the plan of a run, and reports how it ended.

use rayon::ThreadPool;

use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::plan::RunPlan;
use crate::cli::precision::Search;
use crate::cli::report;
use crate::cli::stop::Signal;
use crate::cli::terminal::Progress;
use crate::cli::watched::{Site, Watched};
use crate::report::{Manifest, ReportError, RowStore};
use crate::run::{Replicator, simulator};

/// Simulates and stores the missing worlds of a run, and records the time that it took.
pub(crate) fn simulate_all(
    plan: &mut RunPlan,
    search: Option<&mut Search>,
    pool: &ThreadPool,
    site: &Site<'_>,
) -> Result<(), Failure> {
    let clock = Clock::start();
    let stopped = pool
        .install(|| simulate(plan, search, site))
        .map_err(|error| interrupted(error, site))?;
    if let Some(signal) = stopped {
        return Err(stopped_by(signal, &plan.manifest, site));
    }
    site.stop.end_at_once();
    let runtime = clock.runtime(pool.current_num_threads());
    runtime.write(site.folder).map_err(Failure::output)
}

/// Simulates and stores the missing worlds. Returns the signal if one asked to stop before that.
fn simulate(
    plan: &mut RunPlan,
    search: Option<&mut Search>,
    site: &Site<'_>,
) -> Result<Option<Signal>, ReportError> {
    if let Some(search) = search {
        let stopped = search.explore(&plan.scenario.model, &mut plan.manifest, site)?;
        if stopped.is_some() || !search.needs_fresh_worlds() {
            return Ok(stopped);
        }
    }
    let manifest = &plan.manifest;
    let n = manifest.replications().len();
    let progress = Progress::start(u32::try_from(n).unwrap_or(u32::MAX), site.is_quiet);
    let store = RowStore::reported(site.folder, manifest);
    let watched = Watched::new(site.stop, &progress);
    let simulator = simulator(&plan.scenario, manifest)?;
    let is_complete = Replicator::new(&*simulator, &store, &watched).complete();
    progress.finish();
    let is_complete = is_complete?;
    Ok(site.stop.signal().filter(|_| !is_complete))
}

/// The message when a signal stopped the run. After an interrupt the user wants to see the results
/// so far; after a termination the machine is needed, so nothing is reported.
fn stopped_by(signal: Signal, manifest: &Manifest, site: &Site<'_>) -> Failure {
    let advice = &site.advice;
    let n = manifest.n_replications;
    let is_exploring = manifest
        .precision
        .as_ref()
        .is_some_and(|sought| sought.is_confirmed && sought.seed == manifest.seed);
    if signal == Signal::Terminate || manifest.shard.is_some() || is_exploring {
        return Failure::Stopped(signal, format!("stopped; {advice}"));
    }
    match report::finish_so_far(site) {
        Ok(0) => Failure::Stopped(signal, format!("stopped before the first world; {advice}")),
        Ok(so_far) => {
            let what = format!("stopped: the report is on the first {so_far} of {n} worlds");
            Failure::Stopped(signal, format!("{what}; {advice}"))
        }
        Err(failure) => failure,
    }
}

/// An error while rows were being stored; the rows that are stored remain.
fn interrupted(error: ReportError, site: &Site<'_>) -> Failure {
    if error.is_foreign_rows() {
        return Failure::from(error);
    }
    if matches!(error, ReportError::Lost(_)) {
        return Failure::output(error);
    }
    match Failure::output(error) {
        Failure::Output(message) => Failure::Output(format!("{message}; {}", site.advice)),
        other => other,
    }
}
