//! The plan of a run, and the copies of what it is made from.

use crate::experiment::{Experiment, StudyFrame};
use crate::model::Model;
use crate::report::folder::{OBSERVED, SOURCES};
use crate::report::input::fingerprint;
use crate::report::manifest::FORMAT;
use crate::report::sources::{self, Provenance};
use crate::report::{Input, Language, Manifest, ReportError, RunFolder};
use crate::run::CheckedScenario;
use crate::scenario::{Scenario, Status};
use crate::statistics::confidence::Confidence;

/// Optional features that this program was built with.
pub const FEATURES: &[&str] = &[
    #[cfg(feature = "cli")]
    "cli",
    #[cfg(feature = "charts")]
    "charts",
    #[cfg(feature = "parquet")]
    "parquet",
];

/// The plan of a run of a scenario as it says itself: its own number of worlds and seed, in English,
/// with figures.
///
/// # Errors
/// [`ReportError::File`] when memory cannot be written to, which does not happen.
pub fn plan(checked: &CheckedScenario) -> Result<Manifest, ReportError> {
    let (scenario, own) = (&checked.scenario, &checked.model.defaults);
    let files = scenario.sources().iter();
    Ok(by_this_program(Manifest {
        format: FORMAT,
        version: String::new(),
        commit: String::new(),
        features: Vec::new(),
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: fingerprint(scenario.resolved_text().as_bytes()),
        inputs: Input::list(files.map(|file| (file.name.as_str(), file.text.as_str()))),
        sources_sha256: fingerprint(&notes(scenario)?),
        observed_sha256: None,
        overrides: scenario.overrides().to_vec(),
        seed: own.seed,
        n_replications: own.n_replications,
        error_rate: Confidence::P95,
        language: Language::En,
        figures: true,
        frame: StudyFrame::new(&checked.model),
        shard: None,
        precision: None,
        uncertain: false,
        plain: false,
    }))
}

/// Worlds of the smaller run beside a run, in which what is not known is drawn too, when nothing is
/// asked: none without sets that fit a record, and no more than the run has.
pub fn usual_uncertain(model: &Model, n_replications: u32) -> u32 {
    const MOST: u32 = 64;
    let has_sets = model.posterior.is_some();
    if has_sets {
        MOST.min(n_replications)
    } else {
        0
    }
}

/// The plan of that run, from the plan of the run that it stands beside.
#[must_use]
pub fn uncertain(plan: &Manifest, n_replications: u32) -> Manifest {
    Manifest {
        n_replications,
        precision: None,
        uncertain: true,
        ..plan.clone()
    }
}

/// What a plan would be if this program had made it.
pub(crate) fn by_this_program(plan: Manifest) -> Manifest {
    Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: env!("ZORGDRUK_COMMIT").to_owned(),
        features: FEATURES.iter().map(|name| (*name).to_owned()).collect(),
        stream_version: Experiment::STREAM_VERSION,
        ..plan
    }
}

/// Writes the copies of a scenario, and of the observed data of a backtest, into the folder of a run,
/// and then its plan: a folder that has one can be resumed from its own copies.
///
/// # Errors
/// [`ReportError::File`], and [`ReportError::Foreign`] when there are other files.
pub fn write_input(
    scenario: &Scenario,
    plan: &Manifest,
    observed: Option<&str>,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    for (source, input) in scenario.sources().iter().zip(&plan.inputs) {
        folder.write_once(&input.file, source.text.as_bytes())?;
    }
    folder.write_once(SOURCES, &notes(scenario)?)?;
    if let Some(observed) = observed {
        folder.write_once(OBSERVED, observed.as_bytes())?;
    }
    plan.write(folder)
}

/// The table of where the figures of a scenario come from, those without a source last.
fn notes(scenario: &Scenario) -> Result<Vec<u8>, ReportError> {
    let word = |status: Status| {
        let known = Status::WORDS.iter().find(|(_, known)| *known == status);
        known.map_or("unlabeled", |(word, _)| *word).to_owned()
    };
    let given = scenario.notes.iter().map(|note| Provenance {
        path: note.path.clone(),
        status: word(note.status),
        source: note.text.clone(),
    });
    let missing = scenario.figures_without_source();
    let missing = missing.into_iter().map(|path| Provenance {
        path,
        status: "missing".to_owned(),
        source: String::new(),
    });
    let all: Vec<Provenance> = given.chain(missing).collect();
    sources::table(&all)
}
