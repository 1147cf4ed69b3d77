//! What the machine is, and how long something took: for the record, never for a result.

use std::time::Instant;

use jiff::Timestamp;

use crate::report::Runtime;

/// A run's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    started: Timestamp,
    since: Instant,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "for the record, never for a result"
    )]
    pub(crate) fn start() -> Self {
        Self {
            started: Timestamp::now(),
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
            started: self.started.to_string(),
            seconds: (self.seconds() * 1_000.0).round() / 1_000.0,
            threads,
            processor: processor(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        }
    }
}

fn processor() -> String {
    let listed = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = listed
        .lines()
        .find(|line| line.starts_with("model name"))
        .and_then(|line| line.split_once(':'));
    named.map_or("unknown".to_owned(), |(_, name)| name.trim().to_owned())
}
