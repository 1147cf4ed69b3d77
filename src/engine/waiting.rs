//! The planned patients of one hospital who have no date, in the order of urgency.

use crate::units::{Day, UrgencyClass};

/// Order of a waiting list: class, then due day, then position of the patient. The day from which
/// the patient can be operated on comes along in the lowest bits, where it orders nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WaitKey(u64);

impl WaitKey {
    const READY_BITS: u32 = 16;
    const PATIENT_BITS: u32 = 24;
    const DUE_BITS: u32 = 16;
    const CLASS_BITS: u32 = 2;
    /// Bits of [`Self::order`].
    pub(crate) const ORDER_BITS: u32 = Self::PATIENT_BITS + Self::DUE_BITS + Self::CLASS_BITS;

    pub(crate) fn new(class: UrgencyClass, due: Day, patient: u32, ready: Day) -> Self {
        let order = (class.idx() as u64) << Self::DUE_BITS | u64::from(due.0);
        let subject = order << Self::PATIENT_BITS | u64::from(patient);
        Self(subject << Self::READY_BITS | u64::from(ready.0))
    }

    /// The first possible key of a class that is due on `due`.
    pub(crate) fn first(class: UrgencyClass, due: Day) -> Self {
        Self::new(class, due, 0, Day(0))
    }

    /// What orders the list: class, due day and patient.
    pub(crate) const fn order(self) -> u64 {
        self.0 >> Self::READY_BITS
    }

    /// A key with this order, which no longer knows from when the patient can be operated on.
    pub(crate) const fn from_order(order: u64) -> Self {
        Self(order << Self::READY_BITS)
    }

    /// The patient, as it stands in keys of events.
    pub(crate) const fn subject(self) -> u32 {
        // The cast keeps the lowest 24 of the shifted bits.
        ((self.0 >> Self::READY_BITS) & ((1 << Self::PATIENT_BITS) - 1)) as u32
    }

    /// The patient, as a position.
    pub(crate) const fn patient(self) -> usize {
        self.subject() as usize
    }

    pub(crate) const fn ready(self) -> Day {
        Day((self.0 & 0xffff) as u16)
    }

    /// Last day on which treatment is within the norm.
    pub(crate) const fn due(self) -> Day {
        Day(((self.0 >> (Self::READY_BITS + Self::PATIENT_BITS)) & 0xffff) as u16)
    }

    pub(crate) const fn class(self) -> UrgencyClass {
        let shift = Self::READY_BITS + Self::PATIENT_BITS + Self::DUE_BITS;
        UrgencyClass::PLANNED[((self.0 >> shift) & ((1 << Self::CLASS_BITS) - 1)) as usize]
    }
}

/// The waiting list of one hospital. Positions count from the most urgent patient on.
///
/// The most urgent patients stand last in memory: they leave first, and then nobody behind them has to
/// be moved up.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaitingList {
    /// Descending.
    keys: Vec<WaitKey>,
}

impl WaitingList {
    /// Adds a patient.
    pub(crate) fn insert(&mut self, key: WaitKey) {
        let idx = self.keys.partition_point(|other| *other > key);
        self.keys.insert(idx, key);
    }

    /// Takes off the patient at `position`.
    pub(crate) fn remove(&mut self, position: usize) {
        self.keys.remove(self.keys.len() - 1 - position);
    }

    /// The position of a patient who is on the list.
    pub(crate) fn position(&self, key: WaitKey) -> Option<usize> {
        let idx = self.keys.binary_search_by(|other| key.cmp(other)).ok()?;
        Some(self.keys.len() - 1 - idx)
    }

    /// The patient at `position`.
    pub(crate) fn get(&self, position: usize) -> Option<WaitKey> {
        let idx = self.keys.len().checked_sub(1 + position)?;
        Some(self.keys[idx])
    }

    /// The patients from `position` on.
    pub(crate) fn from(&self, position: usize) -> impl Iterator<Item = WaitKey> + '_ {
        let end = self.keys.len().saturating_sub(position);
        self.keys[..end].iter().rev().copied()
    }

    /// Number of patients who come before `key`.
    pub(crate) fn n_before(&self, key: WaitKey) -> usize {
        self.keys.len() - self.keys.partition_point(|other| *other >= key)
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key((due, patient): (u16, u32)) -> WaitKey {
        WaitKey::new(
            UrgencyClass::PLANNED[usize::from(due % 4)],
            Day(due),
            patient,
            Day(3),
        )
    }

    proptest! {
        #[test]
        fn positions_count_from_the_most_urgent_patient(
            patients in prop::collection::btree_set((0..30_u16, 0..1_000_u32), 0..60),
            removed in prop::collection::vec(0..60_usize, 0..30),
            bound in (0..30_u16, 0..1_000_u32),
        ) {
            let mut list = WaitingList::default();
            let mut sorted: Vec<_> = patients.into_iter().map(key).collect();
            for key in &sorted {
                list.insert(*key);
            }
            sorted.sort();
            for position in removed {
                if position < sorted.len() {
                    list.remove(position);
                    sorted.remove(position);
                }
            }
            prop_assert_eq!(list.from(0).collect::<Vec<_>>(), sorted.clone());
            prop_assert_eq!(list.is_empty(), sorted.is_empty());
            prop_assert_eq!(list.get(sorted.len()), None);
            for (position, key) in sorted.iter().enumerate() {
                prop_assert_eq!(list.get(position), Some(*key));
                prop_assert_eq!(list.position(*key), Some(position));
                prop_assert_eq!(list.from(position).next(), Some(*key));
            }
            let bound = key(bound);
            let before = sorted.iter().filter(|key| **key < bound).count();
            prop_assert_eq!(list.n_before(bound), before);
        }
    }
}
