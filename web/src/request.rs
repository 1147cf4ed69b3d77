//! What a page asks for.

use serde::Deserialize;
use zorgdruk::report::{Language, Manifest};

/// One request; the answer is JSON, unless it says otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// The mark of the program that the engine belongs to.
    Program,
    /// Reads and checks a scenario: its mistakes, or the plan of a run of it.
    Open(Open),
    /// What the open scenario is.
    About,
    /// The bytes of a simulated world, which another instance adds up.
    Simulate {
        /// Number of the world, from 0.
        replication: u32,
    },
    /// Every value of the scenario that can be changed.
    Levers,
    /// What has no effect.
    Remarks,
    /// One world under one policy, day by day.
    Diary(AskedDiary),
    /// The scenario with its changes as one file, in bytes.
    Toml,
    /// Adds up the worlds of a run from here on. Those that were added before are what it is compared with.
    Begin {
        /// The plan, as the request to open the scenario gives it.
        plan: Box<Manifest>,
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

/// Which world is told.
#[derive(Debug, Clone, Deserialize)]
pub struct AskedDiary {
    /// Number of the world, from 0.
    pub replication: u32,
    /// Key of the policy.
    pub policy: String,
    /// Language of the reader.
    pub language: Language,
}
