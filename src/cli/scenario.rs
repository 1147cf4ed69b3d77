//! A scenario that was read, checked and narrowed to the policies that were asked for.

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::model::Model;
use crate::model::remarks::remarks;
use crate::policy::levers::{PhaseControl, Policy};
use crate::report::{Manifest, ReportError, RunFolder};
use crate::scenario::{
    self, Scenario, ScenarioErrors, Violation, did_you_mean, is_key, limits, read_bounded, shipped,
};

/// A scenario and the model that it describes.
#[derive(Debug, Clone)]
pub(crate) struct CheckedScenario {
    pub(crate) scenario: Scenario,
    pub(crate) model: Model,
    shelf: Shelf,
}

/// Where policies that a scenario does not compare can be.
#[derive(Debug, Clone)]
enum Shelf {
    /// In the scenario only, as with the copies in a run.
    None,
    /// In the folder of its file.
    Folder(PathBuf),
    /// In the program.
    Program,
}

impl Shelf {
    fn of(path: &Path) -> Self {
        match (shipped::asked(path), path.parent()) {
            (Some(_), _) => Self::Program,
            (None, Some(folder)) => Self::Folder(folder.to_owned()),
            (None, None) => Self::None,
        }
    }

    /// Whether there is a file of this name.
    fn has(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::Folder(folder) => folder.join(name).is_file(),
            Self::Program => shipped::read(name).is_ok(),
        }
    }
}

impl CheckedScenario {
    /// Reads and checks the scenario at `path`.
    pub(crate) fn load(path: &Path, overrides: &[String]) -> Result<Self, Failure> {
        let read = if is_stdin(path) {
            scenario::load_from(io::stdin().lock(), overrides)
        } else {
            scenario::load(path, overrides)
        };
        let checked = Self::checked(read)?;
        Ok(Self {
            shelf: Shelf::of(path),
            ..checked
        })
    }

    /// A scenario with its model, from no file of its own.
    pub(crate) const fn new(scenario: Scenario, model: Model) -> Self {
        Self {
            scenario,
            model,
            shelf: Shelf::None,
        }
    }

    /// The study of a stored run, from the copies of its files: with the overrides and the policies
    /// of the run, and `more` overrides.
    pub(crate) fn stored(
        folder: &RunFolder,
        manifest: &Manifest,
        more: &[String],
    ) -> Result<Self, Failure> {
        let Some(main) = manifest.inputs.first() else {
            return Err(Failure::Usage("the run has no scenario".to_owned()));
        };
        let overrides = [&manifest.overrides, more].concat();
        let read = |name: &str| copy(folder, manifest, name);
        let text = read(&main.name)
            .map_err(|error| ReportError::file(folder.path().join(&main.file))(error))?;
        let scenario = scenario::parse_with(&text, &main.name, &overrides, read);
        let mut checked = Self::checked(scenario)?;
        let policies = manifest.frame.policies.iter();
        let keys: Vec<String> = policies.map(|policy| policy.key.clone()).collect();
        checked.keep_policies(&keys)?;
        Ok(checked)
    }

    /// Checks a scenario that was read.
    pub(crate) fn checked(read: Result<Scenario, ScenarioErrors>) -> Result<Self, Failure> {
        let scenario =
            read.map_err(|errors| Failure::Scenario(errors.violations, errors.sources))?;
        match Model::from_scenario(&scenario) {
            Ok(model) => Ok(Self::new(scenario, model)),
            Err(invalid) => Err(Failure::Scenario(invalid.0, scenario.sources().to_vec())),
        }
    }

    /// Keeps the policies in `keys`, in the order of the scenario, and the baseline; all when there
    /// are no keys. Says whether the baseline was not among them.
    pub(crate) fn keep_policies(&mut self, keys: &[String]) -> Result<bool, Failure> {
        if keys.is_empty() {
            return Ok(false);
        }
        for key in keys {
            self.policy(key)?;
        }
        keep(&mut self.model, keys);
        Ok(!keys.contains(&self.baseline().key))
    }

    /// The model with no policies but `key` and the baseline; `None` when these are not two.
    pub(crate) fn pair(&self, key: &str) -> Option<Model> {
        let mut pair = self.model.clone();
        keep(&mut pair, &[key.to_owned()]);
        (pair.policies.len() == 2).then_some(pair)
    }

    /// What has no effect, one line each.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let found = remarks(&self.scenario, &self.model);
        let line =
            |remark: &Violation| format!("{}: {}: {}", remark.place, remark.path, remark.message);
        found.iter().map(line).collect()
    }

    /// The policy that others are compared with.
    pub(crate) fn baseline(&self) -> &Policy {
        &self.model.policies[self.model.baseline]
    }

    /// Position of the policy called `key`.
    pub(crate) fn policy(&self, key: &str) -> Result<usize, Failure> {
        let policies = &self.model.policies;
        let position = policies.iter().position(|policy| policy.key == key);
        position.ok_or_else(|| {
            let known: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
            if self.is_defined(key) {
                return Failure::Usage(format!(
                    "the policy {key} is not among those that the scenario compares: add it to their \
                     list, or give --set 'policies=[\"{}\", \"{key}\"]'",
                    known.join("\", \"")
                ));
            }
            let (guess, list) = (did_you_mean(key, &known), known.join(", "));
            Failure::Usage(format!(
                "there is no policy {key:?}{guess} (there are: {list})"
            ))
        })
    }

    /// Whether a policy is written in the scenario or in a file beside it, compared or not.
    fn is_defined(&self, key: &str) -> bool {
        let mut written = self.scenario.file.policy.iter().flatten();
        let has_file = || is_key(key) && self.shelf.has(&format!("policies/{key}.toml"));
        written.any(|policy| policy.key == key) || has_file()
    }

    /// The policy called `key`; without a key the first one whose phases are forced, or else the
    /// baseline.
    pub(crate) fn policy_as_it_was(&self, key: Option<&str>) -> Result<&Policy, Failure> {
        let model = &self.model;
        let is_forced = |policy: &Policy| policy.phases != PhaseControl::Endogenous;
        let position = match key {
            Some(key) => self.policy(key)?,
            None => (model.policies.iter().position(is_forced)).unwrap_or(model.baseline),
        };
        Ok(&model.policies[position])
    }

    /// Stops if anything was found wrong with the scenario.
    pub(crate) fn refuse(&self, violations: Vec<Violation>) -> Result<(), Failure> {
        if violations.is_empty() {
            return Ok(());
        }
        let sources = self.scenario.sources().to_vec();
        Err(Failure::Scenario(violations, sources))
    }
}

/// Whether a scenario is to be read from standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Keeps the policies in `keys`, and the baseline.
fn keep(model: &mut Model, keys: &[String]) {
    let baseline = model.policies[model.baseline].key.clone();
    model
        .policies
        .retain(|policy| policy.key == baseline || keys.contains(&policy.key));
    let is_baseline = |policy: &Policy| policy.key == baseline;
    model.baseline = model.policies.iter().position(is_baseline).unwrap_or(0);
}

/// The manifest of a run whose copies of files are those that it was made from.
pub(crate) fn sound_manifest(folder: &RunFolder) -> Result<Manifest, Failure> {
    let manifest = Manifest::read(folder)?;
    match manifest.check_copies(folder) {
        Ok(()) => Ok(manifest),
        Err(error @ ReportError::Copy(_)) => Err(Failure::Usage(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// The text of the copy of a scenario's file.
fn copy(folder: &RunFolder, manifest: &Manifest, name: &str) -> io::Result<String> {
    let input = manifest.inputs.iter().find(|input| input.name == name);
    let input = input.ok_or(io::ErrorKind::NotFound)?;
    read_bounded(&folder.path().join(&input.file), limits::FILE_BYTES)
}
