//! `run`: simulate a scenario, store its rows, and report.

use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::cli::arguments::RunArguments;
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::cli::precision::Search;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::{remark, report};
use crate::experiment::conduct::n_chunks;
use crate::experiment::record::CHUNK;
use crate::experiment::{Experiment, Frame};
use crate::report::folder::Existing;
use crate::report::manifest::{FORMAT, fingerprint};
use crate::report::sources::{Provenance, write_sources};
use crate::report::{Input, Manifest, ReportError, RunFolder};
use crate::scenario::{Scenario, Status};
use crate::statistics::confidence::Confidence;

/// Folder of runs that are not given one.
const OUTPUT: &str = "output";
/// Replications per thread that are simulated before rows are written: enough that threads seldom
/// wait for the last one, few enough that memory stays small.
const SHARE: usize = 8;

pub(crate) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let clock = Clock::start();
    let mut prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let added = prepared.keep_policies(&arguments.policies)?;
    if added && !arguments.quiet {
        let baseline = &prepared.model.policies[prepared.model.baseline].key;
        remark(&format!(
            "the baseline {baseline} is simulated too, to compare with"
        ));
    }
    let mut manifest = manifest(&prepared, arguments);
    let mut search = Search::read(&arguments.precision, &manifest.frame)?;
    let pool = pool(arguments.threads)?;
    let folder = folder(arguments, &prepared.model.key).map_err(Failure::output)?;
    write_input(&prepared, &manifest, &folder).map_err(Failure::output)?;
    let model = &prepared.model;
    if let Some(search) = &mut search {
        pool.install(|| search.explore(model, &mut manifest, &folder, arguments.quiet))
            .map_err(Failure::output)?;
    }
    if search.as_ref().is_none_or(Search::needs_fresh_worlds) {
        let progress = Progress::start(manifest.n_replications, arguments.quiet);
        let experiment = Experiment::new(model, manifest.seed);
        pool.install(|| simulate(&experiment, manifest.n_replications, &folder, &progress))
            .map_err(Failure::output)?;
        progress.finish();
    }
    if let Some(search) = &search {
        search.write(&manifest, &folder).map_err(Failure::output)?;
    }
    let runtime = clock.runtime(pool.current_num_threads());
    runtime.write(&folder).map_err(Failure::output)?;
    report::finish(&folder, None, arguments.quiet)
}

/// Simulates all chunks and stores each as soon as it is there.
pub(crate) fn simulate(
    experiment: &Experiment<'_>,
    n: u32,
    folder: &RunFolder,
    progress: &Progress,
) -> Result<(), ReportError> {
    let at_once = rayon::current_num_threads() * SHARE;
    let at_once = u32::try_from(at_once).unwrap_or(u32::MAX).div_ceil(CHUNK);
    let last = n_chunks(n);
    let mut first = 0;
    while first < last {
        let until = first.saturating_add(at_once).min(last);
        (first..until).into_par_iter().try_for_each(|number| {
            let chunk = experiment.chunk(number, n, &|| progress.step());
            folder.write_chunk(&chunk)
        })?;
        first = until;
    }
    Ok(())
}

pub(crate) fn manifest(prepared: &Prepared, arguments: &RunArguments) -> Manifest {
    let Prepared { scenario, model } = prepared;
    Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: env!("ZORGDRUK_COMMIT").to_owned(),
        features: features(),
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: fingerprint(&scenario.resolved_text()),
        inputs: scenario
            .sources()
            .iter()
            .map(|source| Input::new(&source.name))
            .collect(),
        overrides: scenario.overrides().to_vec(),
        seed: arguments.seed.unwrap_or(model.defaults.seed),
        n_replications: arguments
            .replications
            .unwrap_or(model.defaults.n_replications),
        error_rate: Confidence::P95,
        language: arguments.lang.into(),
        figures: cfg!(feature = "charts") && !arguments.no_figures,
        frame: Frame::new(model),
    }
}

/// Optional features that the program was built with.
fn features() -> Vec<String> {
    [
        ("cli", cfg!(feature = "cli")),
        ("charts", cfg!(feature = "charts")),
    ]
    .into_iter()
    .filter(|(_, is_on)| *is_on)
    .map(|(name, _)| name.to_owned())
    .collect()
}

pub(crate) fn folder(arguments: &RunArguments, key: &str) -> Result<RunFolder, ReportError> {
    let existing = if arguments.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    match &arguments.out {
        Some(path) => RunFolder::create(path, existing),
        None => RunFolder::create_numbered(Path::new(OUTPUT), key),
    }
}

pub(crate) fn write_input(
    prepared: &Prepared,
    manifest: &Manifest,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    manifest.write(folder)?;
    let sources = prepared.scenario.sources();
    for (source, input) in sources.iter().zip(&manifest.inputs) {
        folder.write(&input.file, source.text.as_bytes())?;
    }
    write_sources(&provenance(&prepared.scenario), folder)
}

/// Where the figures of a scenario come from, those without a source last.
fn provenance(scenario: &Scenario) -> Vec<Provenance> {
    let word = |status: Status| {
        let known = Status::WORDS.iter().find(|(_, known)| *known == status);
        known.map_or("unlabeled", |(word, _)| *word)
    };
    let given = scenario.notes.iter().map(|note| Provenance {
        path: note.path.clone(),
        status: word(note.status),
        source: note.text.clone(),
    });
    let missing = scenario.figures_without_source();
    let missing = missing.into_iter().map(|path| Provenance {
        path,
        status: "missing",
        source: String::new(),
    });
    given.chain(missing).collect()
}

pub(crate) fn pool(threads: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::Unexpected(error.into()))
}
