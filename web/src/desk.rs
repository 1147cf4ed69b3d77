//! Where the worlds that others simulate are added up.

use std::collections::BTreeMap;

use serde::Serialize;
use zorgdruk::experiment::study_frame::PolicyName;
use zorgdruk::experiment::{ReplicationRecord, StudyFrame};
use zorgdruk::report::view::{View, change};
use zorgdruk::report::{Decimal, Evidence, Language, Manifest, ReportError, csv};

/// Fewest worlds of a setting that another one is compared with.
const ENOUGH: usize = 10;

/// The worlds so far of one setting of the levers.
pub(crate) struct Desk {
    evidence: Evidence,
    worlds: Worlds,
    /// Those of the setting before.
    before: Option<Worlds>,
}

/// Worlds without their numbers by region, week and day, by number.
pub(crate) struct Worlds {
    frame: StudyFrame,
    by_number: BTreeMap<u32, ReplicationRecord>,
}

/// What the worlds so far say, and how they differ from those of the setting before.
#[derive(Serialize)]
pub(crate) struct Compared {
    #[serde(flatten)]
    view: View,
    /// By policy that both settings have: its name, then value and interval.
    changes: Option<Vec<Vec<String>>>,
}

impl Desk {
    /// No worlds yet.
    pub(crate) fn new(plan: Manifest, before: Option<Worlds>) -> Self {
        let worlds = Worlds {
            frame: plan.frame.clone(),
            by_number: BTreeMap::new(),
        };
        Self {
            evidence: Evidence::empty(plan),
            worlds,
            before,
        }
    }

    /// What the next setting is compared with: these worlds, or those before where these are too few.
    pub(crate) fn kept(self) -> Option<Worlds> {
        if self.worlds.by_number.len() < ENOUGH {
            self.before
        } else {
            Some(self.worlds)
        }
    }

    /// Adds a world, if it is one of this study.
    pub(crate) fn add(&mut self, world: ReplicationRecord) -> Result<u32, &'static str> {
        if !world.fits(self.evidence.analysis.frame()) {
            return Err("the world is one of another study");
        }
        self.evidence.add(&world);
        let number = world.replication;
        let world = world.of_estimands();
        self.worlds.by_number.insert(number, world);
        Ok(self.evidence.analysis.n())
    }

    pub(crate) fn view(&self, language: Language) -> Compared {
        Compared {
            view: View::new(&self.evidence, language),
            changes: (self.before.as_ref()).map(|before| self.worlds.changes(before, language)),
        }
    }

    /// A table as the program writes it; `None` when there is no such table.
    pub(crate) fn table(&self, name: &str) -> Result<Option<Vec<u8>>, ReportError> {
        csv(&self.evidence, name, Decimal::Point)
    }
}

impl Worlds {
    fn changes(&self, before: &Self, language: Language) -> Vec<Vec<String>> {
        let policies = self.frame.policies.iter().enumerate();
        let row = |(now, policy): (usize, &PolicyName)| {
            let mut earlier = before.frame.policies.iter();
            let then = earlier.position(|other| other.key == policy.key)?;
            let frame = StudyFrame {
                policies: vec![policy.clone(), policy.clone()],
                baseline: 0,
                ..self.frame.clone()
            };
            let changes = change(&frame, self.pairs(before, then, now), language);
            let name = language.name(&policy.label).to_owned();
            Some(core::iter::once(name).chain(changes).collect())
        };
        policies.filter_map(row).collect()
    }

    /// The worlds that both settings have: a policy before and now.
    fn pairs(
        &self,
        before: &Self,
        then: usize,
        now: usize,
    ) -> impl Iterator<Item = ReplicationRecord> {
        let worlds = self.by_number.iter();
        worlds.filter_map(move |(number, world)| {
            let earlier = before.by_number.get(number)?;
            Some(ReplicationRecord {
                replication: *number,
                controls: world.controls,
                policies: vec![earlier.policies[then].clone(), world.policies[now].clone()],
            })
        })
    }
}
