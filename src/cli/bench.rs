//! `bench`: how fast the program is on this machine, for scenarios as they are.

mod measure;
mod rows;

use std::path::PathBuf;
use std::{fs, io};

use crate::cli::arguments::BenchArguments;
use crate::cli::failure::Failure;
use crate::cli::machine::{Clock, Machine};
use crate::cli::prepared::Prepared;
use crate::cli::table::check_free;
use crate::cli::{print, remark};
use measure::{Effort, Findings, Measuring};

/// Where scenarios are looked for when none is named.
const SCENARIOS: &str = "scenarios";
/// Name of the table.
const FILE: &str = "bench.csv";
/// The policy that is compared with the baseline when none is named.
const POLICY: &str = "supplement-2021";

pub(crate) fn bench(arguments: &BenchArguments) -> Result<(), Failure> {
    let table = arguments.out.as_ref().map(|folder| folder.join(FILE));
    if let Some(table) = &table {
        check_free(table, arguments.force)?;
    }
    let prepared = prepared(arguments)?;
    let (machine, clock) = (Machine::look(), Clock::start());
    let mut findings = Vec::new();
    for scenario in &prepared {
        findings.push(findings_of(scenario, arguments)?);
        if !arguments.quiet {
            let (key, seconds) = (&scenario.model.key, clock.seconds());
            remark(&format!("{key}: done after {seconds:.0} s"));
        }
    }
    if let Some(table) = &table {
        let rows = rows::csv(&machine, &findings);
        rows.save(table).map_err(Failure::output)?;
    }
    print(&rows::text(&machine, &findings))
}

/// All scenarios, read and checked before anything is measured.
fn prepared(arguments: &BenchArguments) -> Result<Vec<Prepared>, Failure> {
    let paths = if arguments.scenarios.is_empty() {
        shipped().map_err(|error| {
            let message = format!("{SCENARIOS}: {error}; name the scenarios to measure");
            Failure::Usage(message)
        })?
    } else {
        arguments.scenarios.clone()
    };
    let load = |path: &PathBuf| Prepared::load(path, &[]);
    let prepared: Vec<Prepared> = paths.iter().map(load).collect::<Result<_, _>>()?;
    if let Some(key) = &arguments.policy {
        prepared
            .iter()
            .try_for_each(|one| one.policy(key).map(|_| ()))?;
    }
    Ok(prepared)
}

/// The scenarios in the folder where they are shipped, by name.
fn shipped() -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(SCENARIOS)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension() == Some("toml".as_ref()));
    paths.sort();
    Ok(paths)
}

fn findings_of(prepared: &Prepared, arguments: &BenchArguments) -> Result<Findings, Failure> {
    let effort = if arguments.quick {
        Effort::QUICK
    } else {
        Effort::FULL
    };
    let measuring = Measuring {
        effort,
        seed: arguments.seed,
        n_threads: arguments.threads.map_or_else(Machine::cores, usize::from),
    };
    let mut findings = measuring.scenario(&prepared.model)?;
    let key = arguments.policy.as_deref().unwrap_or(POLICY);
    if let Some(pair) = prepared.pair(key) {
        findings.precision = measuring.precision(&pair, arguments.reach)?;
    }
    Ok(findings)
}
