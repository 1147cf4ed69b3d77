//! The plan of a run: from the arguments, or from the folder of a run that is resumed.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::arguments::{
    DecimalArguments, EstimateArguments, ExecutionArguments, JsonArguments, OutputArguments,
    StudyArguments, existing, output_folder, worlds,
};
use crate::cli::failure::Failure;
use crate::cli::terminal::remark;
use crate::experiment::Shard;
use crate::report::input::fingerprint;
use crate::report::manifest::Sought;
use crate::report::{Manifest, ReportError, RunFolder};
use crate::run::checked::{CheckedScenario, sound_manifest};
use crate::run::plan::{plan, write_input};

/// Maximum number of worlds when a precision is asked and nothing else.
const CAP: u32 = 20_000;

/// Simulate a scenario under all its policies and write tables and figures
#[derive(Debug, Default, Args)]
#[command(after_help = "\
Examples:
  zorgdruk run scenarios/small.toml --replications 500 --out output/try
  zorgdruk run --resume output/try")]
pub(crate) struct RunArguments {
    /// The scenario, or the folder of an earlier run, whose scenario is simulated again. A resumed run
    /// has a copy of its own
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    #[command(flatten)]
    pub(crate) precision: PrecisionArguments,
    #[command(flatten)]
    pub(crate) execution: ExecutionArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
    #[command(flatten)]
    pub(crate) decimal: DecimalArguments,
    #[command(flatten)]
    pub(crate) json: JsonArguments,
    /// Continue the run in this folder; it ends with the same bytes as if it had never stopped. With a
    /// scenario, start it there if there is no run yet
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "force"])]
    pub(crate) resume: Option<PathBuf>,
    /// Simulate part i of N equal parts of the worlds; `merge` makes one run of all parts
    #[arg(long, value_name = "i/N", conflicts_with = "targets")]
    pub(crate) shard: Option<Shard>,
    #[command(flatten)]
    pub(crate) estimates: EstimateArguments,
    #[command(flatten)]
    pub(crate) uncertain: UncertainArguments,
    /// The observed data of a backtest.
    #[arg(skip)]
    pub(crate) observed: Option<String>,
    /// Whether each world has figures of its own, drawn from what is believed of them.
    #[arg(skip)]
    pub(crate) draws: bool,
}

/// A second, smaller run in which what is not known is drawn too.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct UncertainArguments {
    /// Simulate N more worlds, each with uncertain figures of its own, for the range over all that is
    /// uncertain. By default, 64 where the scenario has sets that fit a record, and else none
    #[arg(long, value_name = "N", value_parser = worlds(2), conflicts_with = "shard")]
    pub(crate) uncertain: Option<u32>,
    /// Leave these worlds out
    #[arg(long, conflicts_with = "uncertain")]
    pub(crate) no_uncertain: bool,
}

/// Precision instead of a number of worlds.
#[derive(Debug, Default, Args)]
pub(crate) struct PrecisionArguments {
    /// Simulate until a result is this precise, for example `displaced_share:absolute=0.5`,
    /// `displaced:relative=0.05`, or for the difference to the baseline
    /// `displaced_share@supplement-2021:absolute=0.5`; may be repeated
    #[arg(
        long = "precision",
        value_name = "TARGET",
        conflicts_with = "replications"
    )]
    targets: Vec<String>,
    /// Maximum number of worlds to reach that precision. By default, 20000
    #[arg(long, value_name = "N", requires = "targets", value_parser = worlds(1))]
    max_replications: Option<u32>,
    /// Report on fresh worlds, as many as the precision took, not on those that decided when to stop
    #[arg(long, requires = "targets")]
    confirm: bool,
}

/// A checked scenario and the plan of its run.
#[derive(Debug)]
pub(crate) struct RunPlan {
    pub(crate) scenario: CheckedScenario,
    /// The plan, until a precision that was asked is found.
    pub(crate) manifest: Manifest,
    /// The run that is resumed, if there is one already.
    earlier: Option<(RunFolder, Manifest)>,
}

impl RunPlan {
    /// Reads the plan from the arguments. The folder of a resumed run is locked from here on.
    pub(crate) fn read(arguments: &RunArguments) -> Result<Self, Failure> {
        let earlier = arguments.resume.as_deref().map(earlier).transpose()?;
        let earlier = earlier.flatten();
        let plan = earlier.as_ref().map(|(_, manifest)| manifest.plan());
        let checked = match (&arguments.scenario, &earlier) {
            (Some(scenario), _) => {
                asked(scenario, &arguments.study, arguments.execution.is_quiet())?
            }
            (None, Some((folder, manifest))) => of_run(folder, manifest, &arguments.study)?,
            (None, None) => return Err(nothing_to_resume(arguments)),
        };
        // Without a scenario, what is not given is that of the run.
        let default = plan.as_ref().filter(|_| arguments.scenario.is_none());
        let manifest = planned(&checked, arguments, default)?;
        if manifest.replications().is_empty() {
            let n = manifest.n_replications;
            return Err(Failure::Usage(format!(
                "{n} worlds are too few for as many shards"
            )));
        }
        if let Some(plan) = plan {
            let message = "the folder holds a different run; that run against the one asked for:";
            check_same(&plan, &manifest, message)?;
        }
        Ok(Self {
            scenario: checked,
            manifest,
            earlier,
        })
    }

    /// The plan of another run of the same scenario.
    pub(crate) fn with(&self, manifest: Manifest) -> Self {
        Self {
            scenario: self.scenario.clone(),
            manifest,
            earlier: None,
        }
    }

    /// The folder of the run, with the scenario and the manifest in it.
    pub(crate) fn begin(&mut self, arguments: &RunArguments) -> Result<RunFolder, Failure> {
        if let Some((folder, _)) = self.earlier.take() {
            folder.clear_reports().map_err(Failure::output)?;
            return Ok(folder);
        }
        let key = &self.scenario.model.key;
        let folder = new_folder(arguments, key).map_err(Failure::output)?;
        let observed = arguments.observed.as_deref();
        write_input(&self.scenario.scenario, &self.manifest, observed, &folder)
            .map_err(Failure::output)?;
        Ok(folder)
    }
}

/// The run in a folder that is to be resumed, locked; `None` when there is no run yet.
fn earlier(path: &Path) -> Result<Option<(RunFolder, Manifest)>, Failure> {
    if !RunFolder::is_run(path) {
        return Ok(None);
    }
    let folder = RunFolder::reopen(path).map_err(Failure::output)?;
    let manifest = sound_manifest(&folder)?;
    Ok(Some((folder, manifest)))
}

fn nothing_to_resume(arguments: &RunArguments) -> Failure {
    let folder = arguments.resume.as_deref().unwrap_or(Path::new(""));
    let folder = folder.display();
    Failure::Usage(format!(
        "{folder}: not the folder of a run; name a scenario to begin one"
    ))
}

/// The scenario that is asked for, or that of the run in a folder, narrowed to its policies.
pub(crate) fn asked(
    path: &Path,
    study: &StudyArguments,
    is_quiet: bool,
) -> Result<CheckedScenario, Failure> {
    let mut scenario = if RunFolder::is_run(path) {
        let folder = RunFolder::open(path)?;
        CheckedScenario::stored(&folder, &sound_manifest(&folder)?, &study.changes.set)?
    } else {
        CheckedScenario::load(path, &study.changes.set)?
    };
    let added = scenario.keep_policies(&study.policies)?;
    if added && !is_quiet {
        let baseline = &scenario.baseline().key;
        remark(&format!(
            "the baseline {baseline} is simulated too, to compare with"
        ));
    }
    Ok(scenario)
}

/// The scenario of a run that is resumed, from its own copies.
fn of_run(
    folder: &RunFolder,
    manifest: &Manifest,
    study: &StudyArguments,
) -> Result<CheckedScenario, Failure> {
    if !study.changes.set.is_empty() || !study.policies.is_empty() {
        let message = "a run is resumed with its own settings and policies: leave out --set and \
                       --policy, or name the scenario to compare with";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(CheckedScenario::stored(folder, manifest, &[])?)
}

/// Refuses two plans that are not of the same run; `message` precedes their differences.
pub(crate) fn check_same(one: &Manifest, other: &Manifest, message: &str) -> Result<(), Failure> {
    let differences = one.differences(other);
    if differences.is_empty() {
        return Ok(());
    }
    let differences = differences.join("\n  ");
    Err(Failure::Usage(format!("{message}\n  {differences}")))
}

/// The manifest that follows from the arguments; `default` has what they do not give.
fn planned(
    checked: &CheckedScenario,
    arguments: &RunArguments,
    default: Option<&Manifest>,
) -> Result<Manifest, Failure> {
    let study = &arguments.study;
    let own = plan(checked)?;
    let (seed, n, language) = default.map_or((own.seed, own.n_replications, own.language), |run| {
        (run.seed, run.n_replications, run.language)
    });
    let seed = study.worlds.seed.seed.unwrap_or(seed);
    let precision = sought(&arguments.precision, seed)
        .or_else(|| default.and_then(|run| run.precision.clone()));
    let most = precision.as_ref().map(|sought| sought.at_most);
    Ok(Manifest {
        observed_sha256: (arguments.observed.as_ref())
            .map(|observed| fingerprint(observed.as_bytes()))
            .or_else(|| default.and_then(|run| run.observed_sha256.clone())),
        seed,
        n_replications: study.worlds.replications.or(most).unwrap_or(n),
        language: study.language.lang.unwrap_or(language),
        figures: default.is_none_or(|run| run.figures) && !study.no_figures,
        shard: arguments
            .shard
            .or_else(|| default.and_then(|run| run.shard)),
        precision,
        plain: arguments.estimates.plain || default.is_some_and(|run| run.plain),
        uncertain: arguments.draws || default.is_some_and(|run| run.uncertain),
        ..own
    })
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

fn new_folder(arguments: &RunArguments, key: &str) -> Result<RunFolder, ReportError> {
    let output = &arguments.output;
    match arguments.resume.as_ref().or(output.out.as_ref()) {
        Some(path) => RunFolder::create(path, existing(output.force)),
        None => RunFolder::create_numbered(&output_folder(), key),
    }
}
