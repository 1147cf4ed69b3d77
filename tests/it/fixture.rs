//! Scenarios that tests start from, and the moments of what comes out of them.

use std::fs;
use std::path::{Path, PathBuf};

#[cfg(feature = "charts")]
use zorgdruk::experiment::{Experiment, StudyFrame};
use zorgdruk::model::Model;
#[cfg(feature = "charts")]
use zorgdruk::report::manifest::FORMAT;
#[cfg(feature = "charts")]
use zorgdruk::report::{Language, Manifest};
use zorgdruk::scenario;
#[cfg(feature = "charts")]
use zorgdruk::statistics::confidence::Confidence;
use zorgdruk::units::RegionIdx;

/// The shipped small scenario with overrides, as `--set` takes them.
pub(crate) fn small(overrides: &[&str]) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    model(&folder.join("small.toml"), overrides)
}

/// The shipped scenario of the Netherlands with overrides.
pub(crate) fn shipped(overrides: &[&str]) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    model(&folder.join("nl-autumn-2021.toml"), overrides)
}

/// One hospital without patients, with overrides.
pub(crate) fn one_hospital(overrides: &[&str]) -> Model {
    model(&fixtures().join("one-hospital.toml"), overrides)
}

/// The plan of a run of a model's first `n` worlds that nobody asked for on a command line.
#[cfg(feature = "charts")]
pub(crate) fn manifest(model: &Model, n: u32) -> Manifest {
    Manifest {
        format: FORMAT,
        version: "0.0.0".to_owned(),
        commit: "unknown".to_owned(),
        features: Vec::new(),
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: String::new(),
        inputs: Vec::new(),
        sources_sha256: String::new(),
        observed_sha256: None,
        overrides: Vec::new(),
        seed: 1,
        n_replications: n,
        error_rate: Confidence::P95,
        language: Language::En,
        figures: true,
        frame: StudyFrame::new(model),
        shard: None,
        precision: None,
        uncertain: false,
        plain: false,
    }
}

/// All regions of a model.
pub(crate) fn regions(model: &Model) -> impl Iterator<Item = RegionIdx> {
    (0..model.regions.len()).map(|region| RegionIdx(u8::try_from(region).expect("few regions")))
}

/// An override that sets a weekly series to one value throughout.
pub(crate) fn constant(path: &str, value: f64, n_weeks: usize) -> String {
    let values = vec![value.to_string(); n_weeks].join(",");
    format!("{path}=[{values}]")
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn model(path: &Path, overrides: &[&str]) -> Model {
    assert!(
        fs::exists(path).expect("a readable folder"),
        "{}",
        path.display()
    );
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    let scenario = scenario::load(path, &overrides).unwrap_or_else(|errors| panic!("{errors}"));
    Model::from_scenario(&scenario).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A sample of one number per replication.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample(pub(crate) Vec<f64>);

impl Sample {
    pub(crate) fn n(&self) -> f64 {
        self.0.len() as f64
    }

    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.n()
    }

    pub(crate) fn variance(&self) -> f64 {
        self.covariance(self)
    }

    pub(crate) fn covariance(&self, other: &Self) -> f64 {
        let (own, theirs) = (self.mean(), other.mean());
        let products = self
            .0
            .iter()
            .zip(&other.0)
            .map(|(x, y)| (x - own) * (y - theirs));
        products.sum::<f64>() / (self.n() - 1.0)
    }

    /// Standard errors between the mean and `expected`, with the sample's own variance.
    pub(crate) fn z(&self, expected: f64) -> f64 {
        (self.mean() - expected) / (self.variance() / self.n()).sqrt()
    }

    /// Standard errors between the mean and `expected`, when the sample is Poisson.
    pub(crate) fn poisson_z(&self, expected: f64) -> f64 {
        (self.mean() - expected) / (expected / self.n()).sqrt()
    }

    /// Standard errors between the variance and `expected`, when the sample is Poisson: a sample
    /// variance has variance (λ + 2λ²)/n to first order.
    pub(crate) fn poisson_variance_z(&self, expected: f64) -> f64 {
        let error = ((expected + 2.0 * expected * expected) / self.n()).sqrt();
        (self.variance() - expected) / error
    }
}
