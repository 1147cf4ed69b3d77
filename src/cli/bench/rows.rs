//! The measurements as tables for the terminal and as CSV.

use core::fmt::Write;

use crate::cli::bench::measure::{Findings, PolicyRun, Precision, Throughput};
use crate::cli::csv_table::CsvTable;
use crate::cli::machine::described;
use crate::report::cell::Cell;
use crate::report::terminal::{aligned, wrapped};

const MEGABYTE: f64 = 1e6;

/// The time of each part on one thread, the throughput of all threads, and what that means.
pub(super) fn text(findings: &[Findings]) -> String {
    let mut text = machine();
    let times = table(PARTS, findings.iter().map(parts));
    let _ = writeln!(text, "\nMilliseconds of one thread, medians:\n\n{times}");
    let rates = findings
        .iter()
        .flat_map(|one| one.throughput.iter().map(|at| throughput(one, at)));
    let rates = table(THROUGHPUT, rates);
    let _ = writeln!(
        text,
        "Replications (one world, its twin, all policies):\n\n{rates}"
    );
    for sentence in findings.iter().flat_map(sentences) {
        let _ = writeln!(text, "{}", wrapped(&sentence));
    }
    text
}

/// The machine and the build.
pub(super) fn machine() -> String {
    let line = |(name, value)| format!("{name:<10} {value}\n");
    described().map(line).concat()
}

pub(super) fn table<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let rows = core::iter::once(columns.map(str::to_owned)).chain(rows);
    aligned(&rows.map(Vec::from).collect::<Vec<_>>())
}

const PARTS: [&str; 10] = [
    "scenario",
    "patients",
    "world",
    "burn-in",
    "twin",
    "policies",
    "a policy",
    "account",
    "events",
    "million/s",
];

fn parts(one: &Findings) -> [String; 10] {
    let n = one.policies.len() as f64;
    let seconds: f64 = one.policies.iter().map(|run| run.seconds).sum();
    let n_events: f64 = one.policies.iter().map(|run| run.n_events).sum();
    let per_event: f64 = one.policies.iter().map(|run| run.seconds_per_event).sum();
    [
        one.scenario.clone(),
        format!("{:.0}", one.n_patients),
        format!("{:.2}", 1e3 * one.world),
        format!("{:.2}", 1e3 * one.burn_in),
        format!("{:.2}", 1e3 * one.twin),
        format!("{n}"),
        format!("{:.2}", 1e3 * seconds / n),
        format!("{:.2}", 1e3 * one.account),
        format!("{:.0}", n_events / n),
        format!("{:.2}", n / per_event / 1e6),
    ]
}

const THROUGHPUT: [&str; 6] = [
    "scenario",
    "threads",
    "per second",
    "times one thread",
    "core-seconds each",
    "peak MB",
];

fn throughput(one: &Findings, at: &Throughput) -> [String; 6] {
    let first = one.throughput.first().map_or(f64::NAN, rate);
    // The peak covers all numbers of threads, so only the last row shows it.
    let is_last = one.throughput.last().map(|last| last.threads) == Some(at.threads);
    let peak = one.peak.filter(|_| is_last);
    let peak = peak.map(|bytes| format!("{:.0}", bytes as f64 / MEGABYTE));
    let each = core_seconds_each(at).map(|seconds| format!("{seconds:.4}"));
    [
        one.scenario.clone(),
        at.threads.to_string(),
        format!("{:.2}", rate(at)),
        format!("{:.2}", rate(at) / first),
        each.unwrap_or_default(),
        peak.unwrap_or_default(),
    ]
}

/// How long a run takes, and how many worlds a comparison needs.
fn sentences(one: &Findings) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(at) = one.throughput.last() {
        sentences.push(format!(
            "{}: 1000 worlds under {} policies take about {:.0} s with {} threads.",
            one.scenario,
            one.policies.len(),
            1e3 / rate(at),
            at.threads
        ));
    }
    sentences.push(match &one.precision {
        Some(found) => format!(
            "{}: {:.0} worlds tell the difference in region-weeks with displacement between {} and {} to \
             within ±{} points; that takes {:.1} core-seconds.",
            one.scenario,
            found.worlds,
            found.policy,
            found.baseline,
            found.reach,
            core_seconds_in_all(found)
        ),
        None => format!(
            "{}: no difference in region-weeks with displacement varies.",
            one.scenario
        ),
    });
    sentences
}

/// One number per row; the machine comes first.
pub(super) fn csv(findings: &[Findings]) -> CsvTable {
    let mut table = CsvTable::new("scenario policy threads quantity value unit");
    for (name, value) in described() {
        let mut row: Vec<Cell<'_>> = ["", "", "", name].map(Cell::from).into();
        row.extend([value.into(), "".into()]);
        table.push(row);
    }
    for one in findings {
        push_parts(&mut table, one);
        for at in &one.throughput {
            push_throughput(&mut table, one, at);
        }
        if let Some(bytes) = one.peak {
            let value = ("peak_memory", bytes as f64 / MEGABYTE, "MB");
            push(&mut table, [&one.scenario, "", ""], value);
        }
        if let Some(found) = &one.precision {
            push_precision(&mut table, one, found);
        }
    }
    table
}

fn push_parts(table: &mut CsvTable, one: &Findings) {
    let all = [
        ("patients", one.n_patients, "patients"),
        ("world", 1e3 * one.world, "ms"),
        ("burn_in", 1e3 * one.burn_in, "ms"),
        ("twin", 1e3 * one.twin, "ms"),
        ("account", 1e3 * one.account, "ms"),
    ];
    for value in all {
        push(table, [&one.scenario, "", ""], value);
    }
    for run in &one.policies {
        for value in run_values(run) {
            push(table, [&one.scenario, &run.policy, ""], value);
        }
    }
}

fn run_values(run: &PolicyRun) -> [(&'static str, f64, &'static str); 3] {
    [
        ("policy_run", 1e3 * run.seconds, "ms"),
        ("events", run.n_events, "events"),
        ("events_per_second", 1.0 / run.seconds_per_event, "events/s"),
    ]
}

fn push_throughput(table: &mut CsvTable, one: &Findings, at: &Throughput) {
    let threads = at.threads.to_string();
    let place = [one.scenario.as_str(), "", &threads];
    let value = ("replications_per_second", rate(at), "replications/s");
    push(table, place, value);
    if let Some(seconds) = core_seconds_each(at) {
        let value = ("core_seconds_per_replication", seconds, "core-s");
        push(table, place, value);
    }
}

fn push_precision(table: &mut CsvTable, one: &Findings, found: &Precision) {
    let all = [
        ("precision_reach", found.reach, "percentage points"),
        ("precision_deviation", found.deviation, "percentage points"),
        ("precision_worlds", found.worlds, "worlds"),
        (
            "precision_core_seconds",
            core_seconds_in_all(found),
            "core-s",
        ),
    ];
    for value in all {
        push(table, [&one.scenario, &found.policy, ""], value);
    }
}

/// Adds a row: scenario, policy and threads; quantity, value and unit.
fn push(
    table: &mut CsvTable,
    place: [&str; 3],
    (quantity, value, unit): (&'static str, f64, &'static str),
) {
    let mut row: Vec<Cell<'_>> = place.map(|word| word.to_owned().into()).into();
    row.extend([quantity.into(), value.into(), unit.into()]);
    table.push(row);
}

fn rate(at: &Throughput) -> f64 {
    at.replications as f64 / at.seconds
}

fn core_seconds_each(at: &Throughput) -> Option<f64> {
    Some(at.core_seconds? / at.replications as f64)
}

fn core_seconds_in_all(found: &Precision) -> f64 {
    found.worlds * found.core_seconds
}
