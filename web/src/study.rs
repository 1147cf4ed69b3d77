//! A scenario that is open: checked, and ready to be simulated.

use std::io;

use self_cell::self_cell;
use zorgdruk::experiment::{Experiment, ReplicationRecord};
use zorgdruk::outcome::Log;
use zorgdruk::report::Manifest;
use zorgdruk::report::diary::Diary;
use zorgdruk::run::plan::plan;
use zorgdruk::run::{CheckedScenario, RunError};
use zorgdruk::scenario::parse_with;

use crate::request::{AskedDiary, Open};

self_cell!(
    /// A scenario with the tables that are made of it once.
    struct Prepared {
        owner: CheckedScenario,
        #[covariant]
        dependent: Tables,
    }
);

/// What is made of a scenario before the first world.
struct Tables<'a> {
    experiment: Experiment<'a>,
    plan: Manifest,
}

/// A scenario that is open.
pub(crate) struct Study(Prepared);

impl Study {
    /// Reads and checks a scenario.
    pub(crate) fn open(request: &Open) -> Result<Self, RunError> {
        let Some(main) = request.files.first() else {
            return Err(RunError::Usage("the page has no scenario".to_owned()));
        };
        let read = |name: &str| {
            let file = request.files.iter().find(|file| file.name == name);
            let text = file.map(|file| file.text.clone());
            text.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        };
        let read = parse_with(&main.text, &main.name, &request.settings, read);
        let mut checked = CheckedScenario::checked(read)?;
        checked.keep_policies(&request.policies)?;
        Prepared::try_new(checked, |checked| {
            let plan = plan(checked)?;
            let seed = request.seed.unwrap_or(plan.seed);
            Ok(Tables {
                experiment: Experiment::new(&checked.model, seed),
                plan: Manifest { seed, ..plan },
            })
        })
        .map(Self)
    }

    /// The scenario.
    pub(crate) fn checked(&self) -> &CheckedScenario {
        self.0.borrow_owner()
    }

    /// What a run of it would be made from.
    pub(crate) fn plan(&self) -> &Manifest {
        &self.0.borrow_dependent().plan
    }

    /// One world under one policy, day by day.
    pub(crate) fn diary(&self, asked: &AskedDiary) -> Result<Diary, RunError> {
        let policy = self.checked().policy(&asked.policy)?;
        let mut log = Log::default();
        let experiment = &self.0.borrow_dependent().experiment;
        let record = experiment.replay(asked.replication, policy, &mut log);
        let model = &self.checked().model;
        Ok(Diary::new(&log, &record, model, asked.language))
    }

    /// Simulates one world.
    pub(crate) fn simulate(&self, replication: u32) -> ReplicationRecord {
        self.0.borrow_dependent().experiment.replicate(replication)
    }
}
