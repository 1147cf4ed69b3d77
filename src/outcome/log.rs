//! The event and audit log of a single replayed simulation.

use crate::outcome::lack::Lack;
use crate::outcome::word::Word;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, RegionIdx, SimTime};

/// Listens to a simulation. The silent one costs nothing, because its calls compile to nothing.
pub trait Recorder {
    /// Whether entries are wanted at all, so that building them can be skipped.
    const LISTENS: bool;
    /// Takes one entry.
    fn record(&mut self, entry: Entry);
    /// Hears that an event is processed: an arrival, a pending event or an epoch. Most recorders ignore it.
    fn event(&mut self) {}
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Recorder for Silent {
    const LISTENS: bool = false;
    fn record(&mut self, _: Entry) {}
}

/// Keeps every entry, in order.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The entries, in the order in which they happened.
    pub entries: Vec<Entry>,
}

impl Recorder for Log {
    const LISTENS: bool = true;
    fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}

/// One thing that happened, or one decision that a rule took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub time: SimTime,
    /// What.
    pub what: Word,
    /// The rule that decided, if one did.
    pub rule: Option<Sentence>,
    /// Where, if in one region.
    pub region: Option<RegionIdx>,
    /// Where, if in one hospital.
    pub hospital: Option<HospitalIdx>,
    /// Whom it concerned: position among the patients of its kind, or a worker.
    pub subject: Option<u32>,
    /// A number that goes with it, for example beds.
    pub value: i64,
    /// What was lacking, if a planned patient lost a date.
    pub lack: Option<Lack>,
}
