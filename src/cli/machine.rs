//! Describes the machine and measures time: for the record, never for a result.

#![expect(
    clippy::disallowed_types,
    reason = "when a run began is for the record, never for a result"
)]

use std::fs;
use std::num::NonZero;
use std::thread;
use std::time::{Instant, SystemTime};

use jiff::Timestamp;

use crate::cli::failure::Failure;
use crate::experiment::Experiment;
use crate::report::Runtime;
use crate::run::plan::FEATURES;

/// A run's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    started: SystemTime,
    since: Instant,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "for the record, never for a result"
    )]
    pub(crate) fn start() -> Self {
        Self {
            started: SystemTime::now(),
            since: Instant::now(),
        }
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }

    /// What is recorded of a run that ends now.
    pub(crate) fn runtime(&self, threads: usize) -> Runtime {
        Runtime {
            started: date_of(self.started),
            seconds: (self.seconds() * 1_000.0).round() / 1_000.0,
            threads,
            processor: processor(),
            system: system(),
        }
    }
}

/// A moment in words; a clock may say anything, also a year that no calendar has.
fn date_of(moment: SystemTime) -> String {
    Timestamp::try_from(moment).map_or_else(|_| "unknown".to_owned(), |date| date.to_string())
}

/// Times the parts of a task on one thread: in processor time where the system reports it, and
/// elsewhere in wall-clock time.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    clock: Clock,
    last: f64,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        let clock = Clock::start();
        Self {
            clock,
            last: Self::read(&clock),
        }
    }

    /// Seconds since the start or the last call.
    pub(crate) fn lap(&mut self) -> f64 {
        let now = Self::read(&self.clock);
        let lap = now - self.last;
        self.last = now;
        lap
    }

    fn read(clock: &Clock) -> f64 {
        // Linux updates the processor time of a thread when the thread yields.
        thread::yield_now();
        thread_seconds().unwrap_or_else(|| clock.seconds())
    }
}

/// Processor time of the whole process in seconds, where the system reports it: on Linux to a
/// hundredth.
pub(crate) fn process_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and can hold anything.
    let (_, fields) = text.rsplit_once(')')?;
    let user_and_system = fields.split_whitespace().skip(11).take(2);
    let ticks: Vec<f64> = user_and_system
        .filter_map(|ticks| ticks.parse().ok())
        .collect();
    (ticks.len() == 2).then(|| (ticks[0] + ticks[1]) / TICKS_PER_SECOND)
}

/// Processor time of this thread, in seconds.
fn thread_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// The peak memory of the program since some moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peak(());

impl Peak {
    /// Resets the peak, where the system allows it.
    pub(crate) fn watch() -> Self {
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self(())
    }

    /// In bytes, where the system reports it.
    #[expect(clippy::unused_self, reason = "there is a peak only since some moment")]
    pub(crate) fn bytes(self) -> Option<u64> {
        kilobytes("/proc/self/status", "VmHWM").map(|kilobytes| kilobytes * 1024)
    }
}

/// Number of threads that can run at the same time.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What the program was made of.
pub(crate) fn program() -> String {
    format!(
        "{}\ncommit {}\nfeatures {}\nstream version {}\nbuild {}",
        env!("CARGO_PKG_VERSION"),
        env!("ZORGDRUK_COMMIT"),
        FEATURES.join(", "),
        Experiment::STREAM_VERSION,
        env!("ZORGDRUK_BUILD")
    )
}

/// Names and values that describe the machine and the build, for display.
pub(crate) fn described() -> [(&'static str, String); 6] {
    let memory = kilobytes("/proc/meminfo", "MemTotal");
    let memory = memory.map_or("unknown".to_owned(), |kilobytes| {
        format!("{:.1} GB", kilobytes as f64 * 1024.0 / 1e9)
    });
    let (version, commit) = (env!("CARGO_PKG_VERSION"), env!("ZORGDRUK_COMMIT"));
    [
        ("processor", processor()),
        ("cores", cores().to_string()),
        ("memory", memory),
        ("system", system()),
        ("version", format!("{version} ({commit})")),
        ("build", env!("ZORGDRUK_BUILD").to_owned()),
    ]
}

/// A pool of `n` threads; one per core when `n` is zero.
pub(crate) fn pool(n: usize) -> Result<rayon::ThreadPool, Failure> {
    Ok(rayon::ThreadPoolBuilder::new().num_threads(n).build()?)
}

fn processor() -> String {
    line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned())
}

fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let line = line_of(file, name)?;
    line.strip_suffix(" kB")?.parse().ok()
}

/// The text after the colon in the first line of a file that begins with `name`.
fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let (_, value) = line.split_once(':')?;
    Some(value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_wrong_is_no_reason_to_stop() {
        let late = SystemTime::UNIX_EPOCH + core::time::Duration::from_secs(1 << 40);
        assert_eq!(date_of(late), "unknown", "long after the year 9999");
        assert!(
            date_of(SystemTime::UNIX_EPOCH).starts_with("1970-01-01"),
            "a date"
        );
    }
}
