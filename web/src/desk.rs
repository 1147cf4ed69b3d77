//! Where the worlds that others simulate are added up.

use zorgdruk::experiment::ReplicationRecord;
use zorgdruk::report::view::View;
use zorgdruk::report::{Decimal, Evidence, Language, Manifest, ReportError, csv};

/// The worlds so far of one setting of the levers.
pub(crate) struct Desk {
    evidence: Evidence,
}

impl Desk {
    /// No worlds yet.
    pub(crate) fn new(plan: Manifest) -> Self {
        Self {
            evidence: Evidence::empty(plan),
        }
    }

    /// Adds a world, if it is one of this study.
    pub(crate) fn add(&mut self, world: &ReplicationRecord) -> Result<u32, &'static str> {
        if !world.fits(self.evidence.analysis.frame()) {
            return Err("the world is one of another study");
        }
        self.evidence.add(world);
        Ok(self.evidence.analysis.n())
    }

    pub(crate) fn view(&self, language: Language) -> View {
        View::new(&self.evidence, language)
    }

    /// A table as the program writes it; `None` when there is no such table.
    pub(crate) fn table(&self, name: &str) -> Result<Option<Vec<u8>>, ReportError> {
        csv(&self.evidence, name, Decimal::Point)
    }
}
