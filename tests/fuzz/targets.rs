//! What is done with a file of any content, by target. None of it may panic.
//!
//! The fuzzer in `fuzz/` calls these, and so do the tests, with the files in `seeds/`.

use std::io;
use std::sync::LazyLock;

use jiff::civil::date;
use sha2::{Digest, Sha256};
use zorgdruk::experiment::record::{Origin, most_bytes};
use zorgdruk::experiment::{Analysis, Chunk, Experiment, ReplicationRecord, StudyFrame, journal};
use zorgdruk::model::Model;
use zorgdruk::observed::{Observed, ObservedSeries};
use zorgdruk::report::{Input, Language, Manifest};
use zorgdruk::scenario::{self, Place, Scenario, ScenarioErrors};
use zorgdruk::statistics::confidence::Confidence;
use zorgdruk::world::World;

const ONE_HOSPITAL: &str = include_str!("../fixtures/one-hospital.toml");
/// Policies that a scenario can name.
const POLICIES: [(&str, &str); 3] = [
    (
        "policies/framework-2020.toml",
        include_str!("../../scenarios/policies/framework-2020.toml"),
    ),
    (
        "policies/supplement-2021.toml",
        include_str!("../../scenarios/policies/supplement-2021.toml"),
    ),
    (
        "policies/no-coordination.toml",
        include_str!("../../scenarios/policies/no-coordination.toml"),
    ),
];
/// The experiment that stored rows belong to.
const ORIGIN: Origin = [1; 32];
/// What is simulated is so small that thousands of files can be tried.
const SMALL: (usize, usize, usize) = (4, 300, 3_000);

/// A scenario; lines that begin with `#set ` are overrides.
pub(crate) fn scenario(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else {
        return;
    };
    let overrides = text.lines().filter_map(|line| line.strip_prefix("#set "));
    let overrides: Vec<String> = overrides.map(str::to_owned).collect();
    match scenario::parse_with(text, "fuzz.toml", &overrides, policy) {
        Ok(scenario) => valid_scenario(&scenario),
        Err(errors) => {
            assert!(!errors.violations.is_empty(), "something is wrong");
            check_places(&errors);
        }
    }
}

fn policy(name: &str) -> io::Result<String> {
    let found = POLICIES.iter().find(|(known, _)| *known == name);
    let found = found.map(|(_, text)| (*text).to_owned());
    found.ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Every mistake can be shown in its file.
fn check_places(errors: &ScenarioErrors) {
    for violation in &errors.violations {
        let Place::File { name, span, .. } = &violation.place else {
            continue;
        };
        let file = errors.sources.iter().find(|source| source.name == *name);
        let shown = file.and_then(|source| source.text.get(span.clone()));
        assert!(shown.is_some(), "{violation} stands in {name}");
    }
    drop(errors.to_string());
}

fn valid_scenario(scenario: &Scenario) {
    drop(scenario.figures_without_source());
    let model = match Model::from_scenario(scenario) {
        Ok(model) => model,
        Err(invalid) => return drop(invalid.to_string()),
    };
    let again = scenario::parse(&scenario.to_toml(&[]), "again.toml");
    let again = again.expect("a written scenario can be read");
    let again = Model::from_scenario(&again).expect("and is as valid as it was");
    assert_eq!(
        StudyFrame::new(&again),
        StudyFrame::new(&model),
        "the same study"
    );
    let (hospitals, days, arrivals) = SMALL;
    if model.hospitals.len() > hospitals || model.study.n_days() > days {
        return;
    }
    if World::draw(&model, 1, 0).arrivals.len() <= arrivals {
        let record = Experiment::new(&model, 1).replicate(0);
        assert!(
            record.fits(&StudyFrame::new(&model)),
            "a record of its study"
        );
    }
}

/// Observed data about two regions.
pub(crate) fn observed(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else {
        return;
    };
    match Observed::parse(text, "fuzz.csv", &["north", "south"]) {
        Ok(observed) => {
            for series in ObservedSeries::ALL {
                let sum: f64 = observed.national(series).map(|(_, value)| value).sum();
                assert!(sum.is_finite(), "numbers are finite");
                let _ = observed.on(series, date(2021, 10, 4));
            }
        }
        Err(errors) => check_places(&errors),
    }
}

/// Stored rows: as they are, inside a sound envelope, and as changes of sound rows.
pub(crate) fn rows(data: &[u8]) {
    read_rows(data);
    read_rows(&enveloped(data, STUDY.magic));
    read_rows(&enveloped(&changed(&STUDY.payload, data), STUDY.magic));
}

fn read_rows(bytes: &[u8]) {
    let most = most_bytes(&STUDY.frame, 2);
    drop(journal::entries(0, bytes, &ORIGIN, most));
    let Ok(chunk) = Chunk::from_bytes(bytes, &ORIGIN, most) else {
        return;
    };
    let mut analysis = Analysis::new(STUDY.frame.clone(), Confidence::P95);
    let fits = |record: &&ReplicationRecord| record.fits(&STUDY.frame);
    for record in chunk.records.iter().filter(fits) {
        analysis.add(record);
    }
}

/// The bytes of a chunk with this payload, whatever it is; `magic` is what chunks begin with.
fn enveloped(payload: &[u8], magic: [u8; 8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec(payload, 1);
    let (number, length) = (0_u32.to_le_bytes(), (payload.len() as u64).to_le_bytes());
    let mut hash = Sha256::new();
    for part in [number.as_slice(), &length, &ORIGIN, &packed] {
        hash.update(part);
    }
    let sum = hash.finalize();
    [magic.as_slice(), &number, &length, &ORIGIN, &sum, &packed].concat()
}

/// A manifest: as it is, and as changes of a sound one.
pub(crate) fn manifest(data: &[u8]) {
    read_manifest(data);
    read_manifest(&changed(&STUDY.manifest, data));
}

fn read_manifest(bytes: &[u8]) {
    let Ok(manifest) = Manifest::parse(bytes) else {
        return;
    };
    let plan = manifest.plan();
    let _ = (plan.replications(), manifest.replications());
    drop(manifest.differences(&plan));
    let study = manifest.frame.study();
    for week in manifest.frame.window_weeks() {
        drop(study.week_label(week));
    }
    let _ = (study.end_time(), manifest.frame.n_region_weeks());
    drop(Analysis::new(manifest.frame, manifest.error_rate));
}

/// `sound` with changes: each three bytes are a position and what stands there instead; what is left
/// over is a length to cut to.
fn changed(sound: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    let (changes, rest) = changes.as_chunks::<3>();
    for [low, high, value] in changes {
        let position = usize::from(u16::from_le_bytes([*low, *high]));
        let n = bytes.len();
        bytes[position % n] = *value;
    }
    if let [low, high] = rest {
        bytes.truncate(usize::from(u16::from_le_bytes([*low, *high])));
    }
    bytes
}

/// A small study with what a run of it stores.
struct Study {
    frame: StudyFrame,
    /// What a stored chunk begins with.
    magic: [u8; 8],
    payload: Vec<u8>,
    manifest: Vec<u8>,
}

static STUDY: LazyLock<Study> = LazyLock::new(|| {
    let scenario = scenario::parse(ONE_HOSPITAL, "one-hospital.toml").expect("a sound scenario");
    let model = Model::from_scenario(&scenario).expect("a model in range");
    let experiment = Experiment::new(&model, 1);
    let records = vec![experiment.replicate(0), experiment.replicate(1)];
    let chunk = Chunk { number: 0, records };
    let bytes = chunk.to_bytes(&ORIGIN).expect("bytes");
    let (magic, _) = bytes.split_first_chunk().expect("a beginning");
    let study = Study {
        frame: StudyFrame::new(&model),
        magic: *magic,
        payload: postcard::to_stdvec(&chunk.records).expect("rows can be written"),
        manifest: serde_json::to_vec_pretty(&sound_manifest(StudyFrame::new(&model)))
            .expect("JSON"),
    };
    // Changes of what is not sound would never get far.
    let enveloped = enveloped(&study.payload, study.magic);
    assert_eq!(
        Chunk::from_bytes(&enveloped, &ORIGIN, most_bytes(&study.frame, 2)),
        Ok(chunk),
        "sound rows"
    );
    assert!(Manifest::parse(&study.manifest).is_ok(), "a sound manifest");
    study
});

fn sound_manifest(frame: StudyFrame) -> Manifest {
    Manifest {
        format: 2,
        version: "1.0.0".to_owned(),
        commit: "unknown".to_owned(),
        features: Vec::new(),
        stream_version: 1,
        scenario_sha256: "0".repeat(64),
        inputs: Input::list([("one-hospital.toml", ONE_HOSPITAL)]),
        sources_sha256: "0".repeat(64),
        observed_sha256: None,
        overrides: vec!["study.window_weeks=3".to_owned()],
        seed: 1,
        n_replications: 64,
        error_rate: Confidence::P95,
        language: Language::En,
        figures: true,
        frame,
        shard: "1/2".parse().ok(),
        precision: None,
        uncertain: false,
        plain: false,
    }
}
