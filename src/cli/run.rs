//! `run`: simulate a scenario, store its rows, and report.

use crate::cli::arguments::RunArguments;
use crate::cli::conduct::Conductor;
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::order::Order;
use crate::cli::precision::Search;
use crate::cli::progress::Progress;
use crate::cli::stop::{Signal, Stop};
use crate::cli::{remark, report};
use crate::experiment::Experiment;
use crate::report::{Manifest, ReportError, RowStore, RunFolder};

/// Where a run takes place.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) folder: &'a RunFolder,
    pub(crate) stop: &'a Stop,
    pub(crate) is_quiet: bool,
}

pub(crate) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let mut order = Order::read(arguments)?;
    let mut search = Search::read(&order.manifest)?;
    let folder = order.begin(arguments)?;
    let site = Site {
        folder: &folder,
        stop: &stop,
        is_quiet: arguments.quiet,
    };
    simulate_all(&mut order, search.as_mut(), arguments.threads, &site)?;
    if let Some(search) = &search {
        let written = search.write(&order.manifest, &folder);
        written.map_err(Failure::output)?;
    }
    pool(arguments.threads)?.install(|| finish(&order.manifest, &site))
}

/// Simulates and stores what is asked and not stored yet, and what the machine took for it.
pub(crate) fn simulate_all(
    order: &mut Order,
    search: Option<&mut Search>,
    threads: Option<u16>,
    site: &Site<'_>,
) -> Result<(), Failure> {
    let clock = Clock::start();
    let pool = pool(threads)?;
    let stopped = pool
        .install(|| simulate(order, search, site))
        .map_err(|error| interrupted(error, site.folder))?;
    if let Some(signal) = stopped {
        return Err(stopped_by(signal, &order.manifest, site));
    }
    site.stop.end_at_once();
    let runtime = clock.runtime(pool.current_num_threads());
    runtime.write(site.folder).map_err(Failure::output)
}

/// Simulates and stores what is asked and not stored yet. Gives the signal that asked to stop before
/// that.
fn simulate(
    order: &mut Order,
    search: Option<&mut Search>,
    site: &Site<'_>,
) -> Result<Option<Signal>, ReportError> {
    let model = &order.prepared.model;
    if let Some(search) = search {
        let stopped = search.explore(model, &mut order.manifest, site)?;
        if stopped.is_some() || !search.needs_fresh_worlds() {
            return Ok(stopped);
        }
    }
    let manifest = &order.manifest;
    let n = manifest.replications().len();
    let progress = Progress::start(u32::try_from(n).unwrap_or(u32::MAX), site.is_quiet);
    let experiment = Experiment::new(model, manifest.seed);
    let store = RowStore::reported(site.folder, manifest);
    let stopped = Conductor::new(&experiment, &store, site.stop, &progress).complete();
    progress.finish();
    stopped
}

/// Reports on a whole run; a shard has nothing to report by itself.
fn finish(manifest: &Manifest, site: &Site<'_>) -> Result<(), Failure> {
    let Some(shard) = manifest.shard else {
        return report::finish(site.folder, site.is_quiet);
    };
    if !site.is_quiet {
        let worlds = manifest.replications();
        remark(&format!(
            "shard {shard} is complete: {} of {} worlds in {}",
            worlds.len(),
            manifest.n_replications,
            site.folder.path().display()
        ));
    }
    Ok(())
}

/// What is said when a signal stopped the run. Who interrupts wants to see what there is; who
/// terminates wants the machine back, so nothing is reported then.
fn stopped_by(signal: Signal, manifest: &Manifest, site: &Site<'_>) -> Failure {
    let advice = advice(site.folder);
    let n = manifest.n_replications;
    let is_exploring = manifest
        .precision
        .as_ref()
        .is_some_and(|sought| sought.is_confirmed && sought.seed == manifest.seed);
    if signal == Signal::Terminate || manifest.shard.is_some() || is_exploring {
        return Failure::Stopped(signal, format!("stopped; {advice}"));
    }
    match report::finish_so_far(site.folder, site.is_quiet) {
        Ok(0) => Failure::Stopped(signal, format!("stopped before the first world; {advice}")),
        Ok(so_far) => {
            let what = format!("stopped: the report is on the first {so_far} of {n} worlds");
            Failure::Stopped(signal, format!("{what}; {advice}"))
        }
        Err(failure) => failure,
    }
}

/// An error while rows were stored: those that were stay.
fn interrupted(error: ReportError, folder: &RunFolder) -> Failure {
    if error.is_foreign_rows() {
        return Failure::from(error);
    }
    match Failure::output(error) {
        Failure::Output(message) => Failure::Output(format!("{message}; {}", advice(folder))),
        other => other,
    }
}

fn advice(folder: &RunFolder) -> String {
    let path = folder.path().display();
    format!("`zorgdruk run --resume {path}` goes on")
}

pub(crate) fn pool(threads: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::Unexpected(error.into()))
}
