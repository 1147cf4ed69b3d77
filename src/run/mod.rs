//! A run from scenario to results, in memory or in a folder: what the command line and other languages
//! have in common.

mod error;
mod observer;
pub mod checked;
pub mod page;
pub mod plan;
pub mod replicate;
pub mod simulate;
mod reports;
mod results;

pub use checked::CheckedScenario;
pub use error::RunError;
pub use observer::{Observer, Unobserved};
pub use replicate::Replicator;
pub use reports::{Remarks, write_reports};
pub use results::Results;
pub use simulate::{Draws, Simulate, simulator};
