//! Every sentence of the policy documents: one test per rule, named after its number, on the small
//! scenario; and what must hold under any policy.

mod agreements;
mod clinics;
mod framework;
mod invariants;
mod mutations;
mod properties;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use zorgdruk::engine::Simulator;
use zorgdruk::experiment::{Experiment, Measure};
use zorgdruk::model::Model;
use zorgdruk::outcome::{Entry, Log, Outcome, WeekMeasure};
use zorgdruk::policy::registry::{entries, markdown};
use zorgdruk::policy::sentence::Role;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::world::World;

use crate::fixture::small;

const SEED: u64 = 23;
/// Worlds that a comparison adds up.
const WORLDS: u32 = 4;
/// The policy that the tests turn.
const POLICY: &str = "supplement-2021";
/// All documents in force in phase 2D from the first day of the window.
const IN_2D: &[&str] = &[
    "supplement_from=2021-10-25",
    "clinic_policy_from=2021-10-25",
    "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}]",
];

/// The small scenario with one policy; settings without a dot before `=`, or with the name of a
/// policy's table before it, are the policy's own.
fn model(settings: &[&[&str]]) -> Model {
    const OWN: [&str; 7] = [
        "loans",
        "finance",
        "chain",
        "escalation",
        "mediation",
        "protection",
        "region_protection",
    ];
    let mut overrides = vec![
        format!("policies=[\"{POLICY}\"]"),
        format!("baseline=\"{POLICY}\""),
    ];
    for setting in settings.iter().copied().flatten() {
        let path = setting.split('=').next().expect("a path");
        let first = path.split('.').next().expect("a first step");
        let own = !path.contains('.') || OWN.contains(&first);
        overrides.push(if own {
            format!("policy.{POLICY}.{setting}")
        } else {
            (*setting).to_owned()
        });
    }
    let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
    small(&overrides)
}

/// One recorded run.
struct Case {
    model: Model,
    world: World,
    outcome: Outcome,
    log: Log,
}

impl Case {
    /// Runs replication `n` under `settings`.
    fn run(settings: &[&[&str]], n: u32) -> Self {
        let model = model(settings);
        let world = World::draw(&model, SEED, n);
        let (outcome, log) = record(&model, &world);
        Self {
            model,
            world,
            outcome,
            log,
        }
    }

    /// Entries of `rule`, and with the word `what` unless that is empty.
    fn decided<'a>(&'a self, rule: Sentence, what: &'a str) -> impl Iterator<Item = &'a Entry> {
        let same = move |entry: &&Entry| entry.rule == Some(rule);
        let entries = self.log.entries.iter().filter(same);
        entries.filter(move |entry| what.is_empty() || entry.what.key() == what)
    }

    fn told<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.log
            .entries
            .iter()
            .filter(move |entry| entry.what.key() == what)
    }

    /// A count over the whole study.
    fn total(&self, measure: WeekMeasure) -> i64 {
        self.outcome
            .weeks
            .total(0..self.model.study.n_weeks(), measure)
    }
}

fn record(model: &Model, world: &World) -> (Outcome, Log) {
    let simulator = Simulator::new(model);
    let state = simulator.burn_in(world);
    let mut log = Log::default();
    let outcome = simulator.simulate_recorded(
        world,
        &model.schedule(&model.policies()[0]),
        &state,
        &mut log,
    );
    (outcome, log)
}

/// A number added up over some worlds.
fn sum(settings: &[&[&str]], number: impl Fn(&Case) -> i64) -> i64 {
    (0..WORLDS).map(|n| number(&Case::run(settings, n))).sum()
}

/// A count over the whole study, added up over some worlds.
fn total(settings: &[&[&str]], measure: WeekMeasure) -> i64 {
    sum(settings, |case| case.total(measure))
}

/// Decisions by a rule, added up over some worlds.
fn decisions(settings: &[&[&str]], rule: Sentence, what: &str) -> i64 {
    sum(settings, |case| count(case.decided(rule, what)))
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).expect("a small number")
}

/// A measure of replication 0.
fn measured(settings: &[&[&str]], measure: Measure) -> i64 {
    let model = model(settings);
    Experiment::new(&model, SEED).replicate(0).policies[0].measures[measure.idx()]
}

#[test]
fn the_table_of_rules_is_what_the_registry_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rules.md");
    fs::write(&made, markdown()).expect("a folder to write to");
    let stored = fs::read_to_string(root.join("docs/rules.md")).unwrap_or_default();
    assert!(
        stored == markdown(),
        "docs/rules.md differs from the registry: copy {} over it",
        made.display()
    );
}

#[test]
fn every_sentence_that_acts_has_a_test_with_its_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules");
    let files = fs::read_dir(root).expect("the tests of rules");
    let text: String = files
        .map(|file| fs::read_to_string(file.expect("an entry").path()).expect("a test"))
        .collect();
    let tests: BTreeSet<&str> = text
        .split("#[test]\nfn ")
        .filter_map(|part| part.split_once("()"))
        .map(|(name, _)| name)
        .collect();
    let acting = entries().filter(|entry| !matches!(entry.role, Role::NotModeled(_)));
    for entry in acting {
        let number = format!("{}_", entry.id).to_lowercase();
        let is_tested = tests.iter().any(|test| test.starts_with(&number));
        assert!(is_tested, "there is no test of {}", entry.id);
    }
}
