//! What a run is to simulate: asked for, or found in the folder of a run that is to be resumed.

use std::path::Path;

use crate::cli::arguments::{PrecisionArguments, RunArguments, StudyArguments};
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::remark;
use crate::experiment::{Experiment, StudyFrame};
use crate::report::folder::Existing;
use crate::report::manifest::{FORMAT, Sought, fingerprint};
use crate::report::sources::{Provenance, write_sources};
use crate::report::{Input, Language, Manifest, ReportError, RunFolder};
use crate::scenario::{Scenario, Status};
use crate::statistics::confidence::Confidence;

/// Folder of runs that are not given one.
const OUTPUT: &str = "output";
const VERSION: &str = env!("CARGO_PKG_VERSION");
const COMMIT: &str = env!("ZORGDRUK_COMMIT");
/// Most worlds when a precision is asked and nothing else.
const CAP: u32 = 20_000;

/// A checked scenario and the plan of its run.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) prepared: Prepared,
    /// The plan, until a precision that was asked is found.
    pub(crate) manifest: Manifest,
    /// The run that is resumed, if there is one already.
    earlier: Option<(RunFolder, Manifest)>,
}

impl Order {
    /// Reads what the arguments ask. The folder of a run that is resumed is locked from here on.
    pub(crate) fn read(arguments: &RunArguments) -> Result<Self, Failure> {
        let earlier = arguments.resume.as_deref().map(earlier).transpose()?;
        let earlier = earlier.flatten();
        let plan = earlier.as_ref().map(|(_, manifest)| manifest.plan());
        let prepared = match (&arguments.scenario, &earlier) {
            (Some(scenario), _) => asked(scenario, &arguments.study, arguments.quiet)?,
            (None, Some((folder, manifest))) => of_run(folder, manifest, &arguments.study)?,
            (None, None) => return Err(nothing_to_resume(arguments)),
        };
        // What is not given is that of the run, if the scenario is.
        let default = plan.as_ref().filter(|_| arguments.scenario.is_none());
        let manifest = planned(&prepared, arguments, default);
        if manifest.replications().is_empty() {
            let n = manifest.n_replications;
            return Err(Failure::Usage(format!(
                "{n} worlds are too few for as many shards"
            )));
        }
        if let Some(plan) = plan {
            let message = "the run in the folder is another one; the run against what is asked:";
            check_same(&plan, &manifest, message)?;
        }
        Ok(Self {
            prepared,
            manifest,
            earlier,
        })
    }

    /// The folder of the run, with the scenario and the manifest in it.
    pub(crate) fn begin(&mut self, arguments: &RunArguments) -> Result<RunFolder, Failure> {
        if let Some((folder, _)) = self.earlier.take() {
            folder.clear_reports().map_err(Failure::output)?;
            return Ok(folder);
        }
        let key = &self.prepared.model.key;
        let folder = new_folder(arguments, key).map_err(Failure::output)?;
        self.write_input(&folder).map_err(Failure::output)?;
        Ok(folder)
    }

    /// The manifest goes last: a folder that has one can be resumed from its own copies.
    fn write_input(&self, folder: &RunFolder) -> Result<(), ReportError> {
        let sources = self.prepared.scenario.sources();
        for (source, input) in sources.iter().zip(&self.manifest.inputs) {
            folder.write(&input.file, source.text.as_bytes())?;
        }
        write_sources(&provenance(&self.prepared.scenario), folder)?;
        self.manifest.write(folder)
    }
}

/// The run in a folder that is to be resumed, locked; `None` when there is no run yet.
fn earlier(path: &Path) -> Result<Option<(RunFolder, Manifest)>, Failure> {
    if !RunFolder::is_run(path) {
        return Ok(None);
    }
    let folder = RunFolder::reopen(path).map_err(Failure::output)?;
    let manifest = Manifest::read(&folder)?;
    Ok(Some((folder, manifest)))
}

fn nothing_to_resume(arguments: &RunArguments) -> Failure {
    let folder = arguments.resume.as_deref().unwrap_or(Path::new(""));
    let folder = folder.display();
    Failure::Usage(format!(
        "{folder}: not the folder of a run; name a scenario to begin one"
    ))
}

/// The scenario that is asked for, narrowed to its policies.
pub(crate) fn asked(
    scenario: &Path,
    study: &StudyArguments,
    is_quiet: bool,
) -> Result<Prepared, Failure> {
    let mut prepared = Prepared::load(scenario, &study.set)?;
    let added = prepared.keep_policies(&study.policies)?;
    if added && !is_quiet {
        let baseline = &prepared.model.policies[prepared.model.baseline].key;
        remark(&format!(
            "the baseline {baseline} is simulated too, to compare with"
        ));
    }
    Ok(prepared)
}

/// The scenario of a run that is resumed, from its own copies.
fn of_run(
    folder: &RunFolder,
    manifest: &Manifest,
    study: &StudyArguments,
) -> Result<Prepared, Failure> {
    if !study.set.is_empty() || !study.policies.is_empty() {
        let message = "a run is resumed with its own settings and policies: leave out --set and \
                       --policy, or name the scenario to compare with";
        return Err(Failure::Usage(message.to_owned()));
    }
    Prepared::stored(folder, manifest)
}

/// Refuses two plans that are not of the same run, with what sets them apart below `message`.
pub(super) fn check_same(one: &Manifest, other: &Manifest, message: &str) -> Result<(), Failure> {
    let differences = one.differences(other);
    if differences.is_empty() {
        return Ok(());
    }
    let differences = differences.join("\n  ");
    Err(Failure::Usage(format!("{message}\n  {differences}")))
}

/// The manifest of what is asked; `default` has what is not given.
fn planned(prepared: &Prepared, arguments: &RunArguments, default: Option<&Manifest>) -> Manifest {
    let study = &arguments.study;
    let own = &prepared.model.defaults;
    let (seed, n, language) = default.map_or((own.seed, own.n_replications, Language::En), |run| {
        (run.seed, run.n_replications, run.language)
    });
    let seed = study.seed.unwrap_or(seed);
    let precision = sought(&arguments.precision, seed)
        .or_else(|| default.and_then(|run| run.precision.clone()));
    let most = precision.as_ref().map(|sought| sought.at_most);
    let draws = default.is_none_or(|run| run.figures) && !study.no_figures;
    Manifest {
        format: FORMAT,
        version: VERSION.to_owned(),
        commit: COMMIT.to_owned(),
        features: features(),
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: fingerprint(&prepared.scenario.resolved_text()),
        inputs: prepared
            .scenario
            .sources()
            .iter()
            .map(|source| Input::new(&source.name))
            .collect(),
        overrides: prepared.scenario.overrides().to_vec(),
        seed,
        n_replications: study.replications.or(most).unwrap_or(n),
        error_rate: Confidence::P95,
        language: study.lang.map_or(language, Language::from),
        figures: draws,
        frame: StudyFrame::new(&prepared.model),
        shard: arguments
            .shard
            .or_else(|| default.and_then(|run| run.shard)),
        precision,
    }
}

/// What another run would be if this program had made it.
pub(crate) fn by_this_program(manifest: &Manifest) -> Manifest {
    Manifest {
        format: FORMAT,
        version: VERSION.to_owned(),
        commit: COMMIT.to_owned(),
        features: features(),
        stream_version: Experiment::STREAM_VERSION,
        ..manifest.clone()
    }
}

/// The precision that is asked, if any.
fn sought(arguments: &PrecisionArguments, seed: u64) -> Option<Sought> {
    let is_asked = !arguments.targets.is_empty();
    is_asked.then(|| Sought {
        targets: arguments.targets.clone(),
        at_most: arguments.max_replications.unwrap_or(CAP),
        is_confirmed: arguments.confirm,
        seed,
    })
}

/// Optional features that the program was built with: `cli` brings `charts`.
fn features() -> Vec<String> {
    ["cli", "charts"].map(str::to_owned).to_vec()
}

fn new_folder(arguments: &RunArguments, key: &str) -> Result<RunFolder, ReportError> {
    let existing = if arguments.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    match arguments.resume.as_ref().or(arguments.out.as_ref()) {
        Some(path) => RunFolder::create(path, existing),
        None => RunFolder::create_numbered(Path::new(OUTPUT), key),
    }
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
