//! What a page asks for.

use serde::Deserialize;
use zorgdruk::report::Language;

/// One request; the answer is JSON, unless it says otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// Reads and checks a scenario: its mistakes, or what it is. What was added up before is forgotten, unless
    /// it is kept.
    Open(Open),
    /// The bytes of a simulated world, which another instance adds up.
    Simulate {
        /// Number of the world, from 0.
        replication: u32,
    },
    /// What the worlds so far say.
    View {
        /// Language of the reader.
        language: Language,
    },
    /// A table of the run so far as CSV, in bytes.
    Table {
        /// Its name, such as `summary`.
        name: String,
    },
}

/// A scenario with its changes.
#[derive(Debug, Clone, Deserialize)]
pub struct Open {
    /// The files that it consists of, itself first.
    pub files: Vec<File>,
    /// Overrides, as `--set` takes them.
    pub settings: Vec<String>,
    /// Keys of the policies that are simulated; all when there are none.
    pub policies: Vec<String>,
    /// Master seed; that of the scenario by default.
    pub seed: Option<u64>,
}

/// A file of a scenario.
#[derive(Debug, Clone, Deserialize)]
pub struct File {
    /// Its name, as other files have it.
    pub name: String,
    /// Its text.
    pub text: String,
}
