//! A scenario that was read, checked and narrowed to the policies that were asked for.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::Model;
use crate::model::remarks::remarks;
use crate::policy::levers::{PhaseControl, Policy};
use crate::report::{Manifest, ReportError, RunFolder};
use crate::run::RunError;
use crate::scenario::{
    self, Scenario, ScenarioErrors, Violation, did_you_mean, is_key, limits, read_bounded, shipped,
};

/// A scenario and the model that it describes.
#[derive(Debug, Clone)]
pub struct CheckedScenario {
    /// As it was written.
    pub scenario: Scenario,
    /// What it describes, narrowed to the policies that were asked for.
    pub model: Model,
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
    /// In the current folder, and else in the program.
    Here,
}

impl Shelf {
    fn of(path: &Path) -> Self {
        match (shipped::asked(path), path.parent()) {
            (Some(_), _) => Self::Program,
            _ if is_stdin(path) => Self::Here,
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
            Self::Here => Path::new(name).is_file() || shipped::read(name).is_ok(),
        }
    }
}

impl CheckedScenario {
    /// Reads and checks the scenario at `path`.
    ///
    /// # Errors
    /// [`RunError::Scenario`] with every mistake in it.
    pub fn load(path: &Path, overrides: &[String]) -> Result<Self, RunError> {
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
    pub const fn new(scenario: Scenario, model: Model) -> Self {
        Self {
            scenario,
            model,
            shelf: Shelf::None,
        }
    }

    /// The study of a stored run, from the copies of its files: with the overrides and the policies
    /// of the run, and `more` overrides.
    ///
    /// # Errors
    /// As [`Self::load`], and [`RunError::Report`] when a copy cannot be read.
    pub fn stored(
        folder: &RunFolder,
        manifest: &Manifest,
        more: &[String],
    ) -> Result<Self, RunError> {
        let Some(main) = manifest.inputs.first() else {
            return Err(RunError::Usage("the run has no scenario".to_owned()));
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
    ///
    /// # Errors
    /// [`RunError::Scenario`] with every mistake in it.
    pub fn checked(read: Result<Scenario, ScenarioErrors>) -> Result<Self, RunError> {
        let scenario = read?;
        match Model::from_scenario(&scenario) {
            Ok(model) => Ok(Self::new(scenario, model)),
            Err(invalid) => Err(refused(invalid.0, &scenario)),
        }
    }

    /// Keeps the policies in `keys`, in the order of the scenario, and the baseline; all when there
    /// are no keys. Says whether the baseline was not among them.
    ///
    /// # Errors
    /// [`RunError::Usage`] when there is no such policy.
    pub fn keep_policies(&mut self, keys: &[String]) -> Result<bool, RunError> {
        if keys.is_empty() {
            return Ok(false);
        }
        for key in keys {
            self.policy(key)?;
        }
        self.model = self.model.clone().narrowed(keys);
        Ok(!keys.contains(&self.baseline().key))
    }

    /// The model with no policies but `key` and the baseline; `None` when these are not two.
    pub fn pair(&self, key: &str) -> Option<Model> {
        let pair = self.model.clone().narrowed(&[key.to_owned()]);
        (pair.policies.len() == 2).then_some(pair)
    }

    /// What has no effect, one line each.
    pub fn remarks(&self) -> Vec<String> {
        let found = remarks(&self.scenario, &self.model);
        let line =
            |remark: &Violation| format!("{}: {}: {}", remark.place, remark.path, remark.message);
        found.iter().map(line).collect()
    }

    /// The policy that others are compared with.
    pub fn baseline(&self) -> &Policy {
        &self.model.policies[self.model.baseline]
    }

    /// Position of the policy called `key`.
    ///
    /// # Errors
    /// [`RunError::Usage`] when there is no such policy.
    pub fn policy(&self, key: &str) -> Result<usize, RunError> {
        let policies = &self.model.policies;
        let position = policies.iter().position(|policy| policy.key == key);
        position.ok_or_else(|| {
            let known: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
            if self.is_defined(key) {
                return RunError::Usage(format!(
                    "the policy {key} is not among those that the scenario compares: add it to their \
                     list, or give --set 'policies=[\"{}\", \"{key}\"]'",
                    known.join("\", \"")
                ));
            }
            let (guess, list) = (did_you_mean(key, &known), known.join(", "));
            RunError::Usage(format!(
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
    ///
    /// # Errors
    /// [`RunError::Usage`] when there is no such policy.
    pub fn policy_as_it_was(&self, key: Option<&str>) -> Result<&Policy, RunError> {
        let model = &self.model;
        let is_forced = |policy: &Policy| policy.phases != PhaseControl::Endogenous;
        let position = match key {
            Some(key) => self.policy(key)?,
            None => (model.policies.iter().position(is_forced)).unwrap_or(model.baseline),
        };
        Ok(&model.policies[position])
    }

    /// Stops if anything was found wrong with the scenario.
    ///
    /// # Errors
    /// [`RunError::Scenario`] with every mistake in it.
    pub fn refuse(&self, violations: Vec<Violation>) -> Result<(), RunError> {
        if violations.is_empty() {
            return Ok(());
        }
        Err(refused(violations, &self.scenario))
    }
}

fn refused(violations: Vec<Violation>, scenario: &Scenario) -> RunError {
    ScenarioErrors::new(violations, scenario.sources().to_vec()).into()
}

/// Whether a scenario is to be read from standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The manifest of a run whose copies of files are those that it was made from.
///
/// # Errors
/// [`RunError::Usage`] when a copy is another one, [`RunError::Report`] when a file cannot be read.
pub fn sound_manifest(folder: &RunFolder) -> Result<Manifest, RunError> {
    let manifest = Manifest::read(folder)?;
    match manifest.check_copies(folder) {
        Ok(()) => Ok(manifest),
        Err(error @ ReportError::Copy(_)) => Err(RunError::Usage(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// The text of the copy of a scenario's file.
fn copy(folder: &RunFolder, manifest: &Manifest, name: &str) -> io::Result<String> {
    let input = manifest.inputs.iter().find(|input| input.name == name);
    let input = input.ok_or(io::ErrorKind::NotFound)?;
    read_bounded(&folder.path().join(&input.file), limits::FILE_BYTES)
}
