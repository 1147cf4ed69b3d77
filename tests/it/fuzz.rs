//! No file makes the program panic: every target of the fuzzer, on its seeds and on changed copies
//! of them. The fuzzer itself looks further; see `fuzz/README.md`.

use std::fs;
use std::path::Path;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

#[path = "../fuzz/targets.rs"]
mod targets;

/// Changed copies of each seed.
const COPIES: u32 = 60;

#[test]
fn no_scenario_file_causes_a_panic() {
    let folders = ["tests/fuzz/seeds/scenario", "tests/fixtures", "scenarios"];
    try_all(targets::scenario, &folders, 8);
}

#[test]
fn no_file_of_observations_causes_a_panic() {
    let folders = ["tests/fuzz/seeds/observed", "scenarios"];
    try_all(targets::observed, &folders, 8);
}

#[test]
fn no_stored_rows_cause_a_panic() {
    try_all(targets::rows, &["tests/fuzz/seeds/rows"], 3);
}

#[test]
fn no_manifest_causes_a_panic() {
    try_all(targets::manifest, &["tests/fuzz/seeds/manifest"], 3);
}

/// Runs a target on the files in some folders, at least `n_expected`, and on changed copies.
fn try_all(target: fn(&[u8]), folders: &[&str], n_expected: usize) {
    let seeds: Vec<Vec<u8>> = folders.iter().flat_map(|folder| files(folder)).collect();
    assert!(seeds.len() >= n_expected, "{} seeds", seeds.len());
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    for seed in &seeds {
        target(seed);
        for _ in 0..COPIES {
            target(&changed(seed, &seeds, &mut rng));
        }
    }
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("a folder of seeds");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.retain(|path| path.is_file());
    paths
        .iter()
        .map(|path| fs::read(path).expect("a seed"))
        .collect()
}

/// A copy with some bytes changed, a part of another seed put in, or a part doubled or left out.
fn changed(seed: &[u8], others: &[Vec<u8>], rng: &mut Xoshiro256PlusPlus) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..rng.random_range(1..4) {
        let position = rng.random_range(0..=bytes.len());
        let length = rng.random_range(0..16).min(bytes.len() - position);
        let other = &others[rng.random_range(0..others.len())];
        let from = rng.random_range(0..=other.len());
        let part = &other[from..(from + rng.random_range(0..40)).min(other.len())];
        match rng.random_range(0..4) {
            0 => bytes[position..position + length].fill(rng.random_range(b' '..b'~')),
            1 => drop(bytes.splice(position..position + length, part.to_vec())),
            2 => drop(bytes.drain(position..position + length)),
            _ => bytes.truncate(position),
        }
    }
    bytes
}
