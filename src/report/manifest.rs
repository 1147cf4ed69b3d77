//! The manifest: everything that the results of a run follow from, and nothing that differs between
//! two runs of the same thing.

use core::ops::Range;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::experiment::record::Origin;
use crate::experiment::{Shard, StudyFrame};
use crate::report::folder::{MANIFEST, OBSERVED, RUNTIME, SOURCES};
use crate::report::input;
use crate::report::table::Sheet;
use crate::report::{Decimal, Input, Language, ReportError, RunFolder};
use crate::statistics::accumulate::MAX_COUNT;
use crate::statistics::confidence::Confidence;

/// Version of the layout of a run's folder.
pub const FORMAT: u32 = 2;
/// Longest difference that is shown with both values, in characters.
const LONGEST_DIFFERENCE: usize = 200;

/// Digits of the key of a run.
const KEY_DIGITS: usize = 12;

/// What a run was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the layout: [`FORMAT`].
    pub format: u32,
    /// Version of the program.
    pub version: String,
    /// Commit that the program was built from, or `unknown`.
    pub commit: String,
    /// Optional features of the program.
    pub features: Vec<String>,
    /// Version of the keyed random numbers.
    pub stream_version: u32,
    /// SHA-256 of the scenario with its policies and overrides, in hexadecimal.
    pub scenario_sha256: String,
    /// The files that the scenario consists of, the scenario itself first.
    pub inputs: Vec<Input>,
    /// SHA-256 of the notes on where its figures come from, in hexadecimal.
    pub sources_sha256: String,
    /// Of a backtest: SHA-256 of the observed data, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_sha256: Option<String>,
    /// Overrides, as they were given.
    pub overrides: Vec<String>,
    /// Master seed.
    pub seed: u64,
    /// Number of replications.
    pub n_replications: u32,
    /// Error rate of all intervals: 0.05 for 95 %.
    pub error_rate: Confidence,
    /// Language of the figures.
    pub language: Language,
    /// Whether figures are drawn.
    pub figures: bool,
    /// The study: its calendar, regions and policies.
    pub frame: StudyFrame,
    /// The part of the replications that is simulated; all of them without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The precision that was requested, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Sought>,
    /// Whether each world has figures of its own, drawn from what is believed of them.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub uncertain: bool,
    /// Whether means are taken over the worlds as they are, without control variates.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub plain: bool,
}

/// The precision that was requested. During the search for it, the manifest has the largest number
/// of replications allowed, and the seed of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sought {
    /// The targets, as they were given.
    pub targets: Vec<String>,
    /// Most replications.
    pub at_most: u32,
    /// Whether the run reports on fresh worlds.
    pub is_confirmed: bool,
    /// Master seed of the worlds of the search.
    pub seed: u64,
}

/// What differs between two runs of the same thing; no table depends on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runtime {
    /// When the session that finished the run began, in UTC.
    pub started: String,
    /// How long that session took, in seconds.
    pub seconds: f64,
    /// Threads that simulated.
    pub threads: usize,
    /// Name of the processor, or `unknown`.
    pub processor: String,
    /// Operating system and architecture.
    pub system: String,
}

impl Manifest {
    /// The replications that are simulated.
    pub fn replications(&self) -> Range<u32> {
        let all = 0..self.n_replications;
        self.shard
            .map_or(all, |shard| shard.replications(self.n_replications))
    }

    /// What was requested when the run began, before the search for a precision.
    #[must_use]
    pub fn plan(&self) -> Self {
        let (seed, n_replications) = match &self.precision {
            Some(sought) => (sought.seed, sought.at_most),
            None => (self.seed, self.n_replications),
        };
        Self {
            seed,
            n_replications,
            ..self.clone()
        }
    }

    /// A fingerprint of what the worlds of the run follow from: the same for all its shards, whatever
    /// their number, and during the search for a precision.
    pub fn origin(&self) -> Origin {
        Sha256::digest(self.followed()).into()
    }

    /// Key of the run in tables: the beginning of the fingerprint.
    pub fn key(&self) -> String {
        let mut key = input::fingerprint(self.followed().as_bytes());
        key.truncate(KEY_DIGITS);
        key
    }

    /// What the worlds of the run follow from.
    fn followed(&self) -> String {
        let followed = json!([
            self.version,
            self.commit,
            self.stream_version,
            self.scenario_sha256,
            self.overrides,
            self.seed,
            self.frame,
        ]);
        if self.uncertain {
            return format!("{followed} uncertain");
        }
        followed.to_string()
    }

    /// What the tables of the run have in common.
    pub(crate) fn sheet(&self, decimal: Decimal) -> Sheet {
        Sheet {
            run: self.key(),
            scenario: self.frame.scenario.clone(),
            decimal,
        }
    }

    /// The words of the command that makes the run again, from inside its folder: each option with its value.
    pub(crate) fn command(&self) -> Vec<String> {
        vec![
            "zorgdruk run .".to_owned(),
            format!("--seed {}", self.seed),
            format!("--replications {}", self.n_replications),
            "--out again".to_owned(),
        ]
    }

    /// How two runs differ, as `key: one, other` with keys as in the file.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let (one, other) = (json!(self), json!(other));
        let keys = [&one, &other].into_iter().filter_map(Value::as_object);
        let keys: BTreeSet<&String> = keys.flat_map(serde_json::Map::keys).collect();
        let differs = |key: &&String| one.get(*key) != other.get(*key);
        keys.into_iter()
            .filter(differs)
            .map(|key| difference(key, one.get(key), other.get(key)))
            .collect()
    }

    /// Writes the manifest into the folder of its run.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn write(&self, folder: &RunFolder) -> Result<(), ReportError> {
        write_json(folder, MANIFEST, self)
    }

    /// Reads the manifest of a run.
    ///
    /// # Errors
    /// [`ReportError::File`] when it cannot be read, [`ReportError::Manifest`] when it is none.
    pub fn read(folder: &RunFolder) -> Result<Self, ReportError> {
        let bytes = folder.read(MANIFEST)?;
        Self::parse(&bytes).map_err(|message| ReportError::Manifest {
            path: folder.path().join(MANIFEST),
            message,
        })
    }

    /// Refuses a folder whose copies of files are not those that the run was made from.
    ///
    /// # Errors
    /// [`ReportError::File`] when a copy cannot be read, [`ReportError::Copy`] when it is another one.
    pub fn check_copies(&self, folder: &RunFolder) -> Result<(), ReportError> {
        let inputs = self
            .inputs
            .iter()
            .map(|input| (input.file.as_str(), &input.sha256));
        let observed = self.observed_sha256.iter().map(|hash| (OBSERVED, hash));
        let others = observed.chain([(SOURCES, &self.sources_sha256)]);
        for (file, expected) in inputs.chain(others) {
            if input::fingerprint(&folder.read(file)?) != *expected {
                return Err(ReportError::Copy(folder.path().join(file)));
            }
        }
        Ok(())
    }

    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// What is wrong in it, in words: it is of another version, or no program wrote it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if format != FORMAT {
            return Err(format!(
                "format {format} is not known; this program reads format {FORMAT}"
            ));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        input::check(&manifest.inputs)?;
        if manifest.n_replications == 0 {
            return Err("there are no replications".to_owned());
        }
        if let Some(mistake) = manifest.frame.mistake() {
            return Err(format!("the study cannot be: {mistake}"));
        }
        let sought = manifest
            .precision
            .as_ref()
            .map_or(0, |sought| sought.at_most);
        if u64::from(manifest.n_replications.max(sought)) > MAX_COUNT {
            return Err(format!("there are more than {MAX_COUNT} replications"));
        }
        Ok(manifest)
    }
}

impl Runtime {
    /// Writes it into the folder of its run.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn write(&self, folder: &RunFolder) -> Result<(), ReportError> {
        write_json(folder, RUNTIME, self)
    }
}

/// One difference, with both values unless they are long.
fn difference(key: &str, one: Option<&Value>, other: Option<&Value>) -> String {
    let shown = |value: Option<&Value>| value.map_or("none".to_owned(), Value::to_string);
    let text = format!("{key}: {} against {}", shown(one), shown(other));
    if text.len() > LONGEST_DIFFERENCE {
        return format!("{key} differs");
    }
    text
}

/// Writes a value as indented JSON with a newline at its end.
fn write_json<T: Serialize>(folder: &RunFolder, name: &str, value: &T) -> Result<(), ReportError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| ReportError::Manifest {
        path: folder.path().join(name),
        message: format!("cannot be turned into JSON: {error}"),
    })?;
    bytes.push(b'\n');
    folder.write(name, &bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::report::folder::Existing;

    fn manifest(n_replications: u32, precision: Option<Sought>) -> Manifest {
        let json = json!({
            "format": FORMAT, "version": "1", "commit": "unknown", "features": [],
            "stream_version": 1, "scenario_sha256": "", "inputs": [], "sources_sha256": "",
            "overrides": [],
            "seed": 5, "n_replications": n_replications, "error_rate": 0.05, "language": "en",
            "figures": true, "frame": {
                "scenario": "s", "title": "S", "first_date": "2021-01-04", "burn_in_days": 7,
                "window_days": 7, "follow_up_days": 7, "regions": [], "policies": [],
                "baseline": 0, "physical_beds": 1, "agreed_beds": [1, 2, 3, 4, 5, 6],
            },
        });
        let manifest: Manifest = serde_json::from_value(json).expect("a manifest");
        Manifest {
            precision,
            ..manifest
        }
    }

    #[test]
    fn differences_are_named_with_both_values() {
        let (one, other) = (manifest(10, None), manifest(20, None));
        assert_eq!(one.differences(&one), [""; 0], "equal");
        let expected = ["n_replications: 10 against 20"];
        assert_eq!(one.differences(&other), expected, "one number");
        let shard = Shard { number: 1, of: 2 };
        let part = Manifest {
            shard: Some(shard),
            ..manifest(10, None)
        };
        let expected = ["shard: none against {\"number\":1,\"of\":2}"];
        assert_eq!(one.differences(&part), expected, "a key that is not there");
    }

    #[test]
    fn worlds_follow_from_the_study_and_not_from_how_much_of_it_there_is() {
        let one = manifest(10, None);
        let more = Manifest {
            shard: Some(Shard { number: 1, of: 2 }),
            figures: false,
            ..manifest(20, None)
        };
        assert_eq!(one.origin(), more.origin(), "the same worlds");
        let mut frame = one.frame.clone();
        frame.baseline = 1;
        let changed = [
            Manifest {
                seed: 6,
                ..one.clone()
            },
            Manifest {
                frame,
                ..one.clone()
            },
            Manifest {
                scenario_sha256: "0".to_owned(),
                ..one.clone()
            },
            Manifest {
                commit: "0".to_owned(),
                ..one.clone()
            },
            Manifest {
                stream_version: 2,
                ..one.clone()
            },
        ];
        for other in changed {
            assert_ne!(
                one.origin(),
                other.origin(),
                "{:?}",
                one.differences(&other)
            );
        }
    }

    #[test]
    fn what_cannot_be_turned_into_json_is_not_written() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = RunFolder::create(&place.path().join("run"), Existing::Keep).expect("new");
        // A key of JSON is a text.
        let no_json = BTreeMap::from([([1, 2], 3)]);
        let written = write_json(&folder, MANIFEST, &no_json);
        let is_told =
            matches!(&written, Err(ReportError::Manifest { path, .. }) if path.ends_with(MANIFEST));
        assert!(is_told, "{written:?}");
        assert!(!folder.path().join(MANIFEST).exists(), "nothing is written");
    }

    #[test]
    fn the_plan_is_what_was_asked_before_a_precision_was_found() {
        let sought = Sought {
            targets: vec!["displaced:relative=0.1".to_owned()],
            at_most: 500,
            is_confirmed: true,
            seed: 3,
        };
        let plan = manifest(256, Some(sought)).plan();
        assert_eq!((plan.seed, plan.n_replications), (3, 500), "as asked");
        let plan = manifest(256, None).plan();
        assert_eq!((plan.seed, plan.n_replications), (5, 256), "nothing sought");
    }

    #[test]
    fn a_manifest_that_no_run_could_have_written_is_refused() {
        let mut sound = serde_json::to_value(manifest(10, None)).expect("JSON");
        sound["frame"]["policies"] = json!([{"key": "a", "label": "A", "description": ""}]);
        sound["frame"]["regions"] =
            json!([{"key": "r", "name": "R", "short_name": "R", "tile": [0, 0], "n_hospitals": 1}]);
        let parse = |value: &Value| Manifest::parse(&serde_json::to_vec(value).expect("JSON"));
        assert!(parse(&sound).is_ok(), "as a run writes it");
        let cases = [
            ("/frame/baseline", json!(1), "baseline"),
            ("/frame/window_days", json!(0), "days"),
            ("/frame/follow_up_days", json!(65_535), "days"),
            ("/frame/first_date", json!("2021-01-05"), "Monday"),
            ("/frame/regions", json!([]), "regions"),
            ("/n_replications", json!(u32::MAX), "replications"),
            ("/n_replications", json!(0), "no replications"),
            ("/format", json!(1), "format 1"),
            (
                "/inputs",
                json!([{"name": "a.toml", "file": "../a.toml", "sha256": ""}]),
                "../a.toml",
            ),
        ];
        for (place, value, message) in cases {
            let mut wrong = sound.clone();
            *wrong.pointer_mut(place).expect("a key") = value;
            let said = parse(&wrong).expect_err(place);
            assert!(said.contains(message), "{place}: {said}");
        }
        sound["shard"] = json!({"number": 0, "of": 3});
        let said = parse(&sound).expect_err("no shard");
        assert!(said.contains("0/3"), "{said}");
    }
}
