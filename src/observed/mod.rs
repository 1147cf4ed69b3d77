//! Observed series: what really happened, as a file of dated numbers.
//!
//! [`load`] reads a CSV file in long form (one row per number) and reports everything that is wrong
//! in it at once, each mistake at its line and column. This module does not know what is simulated.

mod series;
mod notes;
mod numbers;
mod parse;
mod shipped;

use std::path::Path;

use crate::scenario::{Place, ScenarioErrors, Violation, read_bounded};

pub use notes::Notes;
pub use numbers::Observed;
pub use parse::FILE_BYTES;
pub use series::{ObservedSeries, Rhythm};
pub use shipped::record_of;

/// Reads the file at `path`; `regions` are the keys that its column `region` may hold.
///
/// # Errors
/// Everything that is wrong in the file.
pub fn load(path: &Path, regions: &[&str]) -> Result<Observed, ScenarioErrors> {
    let name = path.display().to_string();
    read_bounded(path, FILE_BYTES)
        .map_err(|error| unreadable(&name, &error.to_string()))
        .and_then(|text| Observed::parse(&text, &name, regions))
}

fn unreadable(name: &str, error: &str) -> ScenarioErrors {
    let violation = Violation {
        path: String::new(),
        place: Place::Whole(name.to_owned()),
        value: None,
        message: format!("cannot be read: {error}"),
        allowed: None,
    };
    ScenarioErrors::new(vec![violation], Vec::new())
}
