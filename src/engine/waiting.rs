//! The planned patients of one hospital: who has no date, in the order of urgency, and how many wait.

use crate::units::{Day, Minutes, UrgencyClass};
use crate::world::PlannedPatient;

/// A patient in the order of a waiting list: class, then due day, then position of the patient. What
/// planners ask of each who waits comes along, since patients lie far apart in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WaitKey {
    /// What orders the list, and in the lowest bits, where it orders nothing, the day from which the
    /// patient can be operated on.
    order_and_ready: u64,
    /// Operating time.
    pub(crate) or_time: Minutes,
    /// Mark of the patient's own risk.
    pub(crate) risk_mark: u16,
    /// Position of the specialty, and with it of the stream, in the model.
    pub(crate) stream: u8,
}

impl WaitKey {
    const READY_BITS: u32 = 16;
    const PATIENT_BITS: u32 = 24;
    const DUE_BITS: u32 = 16;
    const CLASS_BITS: u32 = 2;
    /// Bits of [`Self::order`].
    pub(crate) const ORDER_BITS: u32 = Self::PATIENT_BITS + Self::DUE_BITS + Self::CLASS_BITS;

    /// The key of `patient`, who is `record`.
    pub(crate) fn of(record: &PlannedPatient, patient: u32) -> Self {
        let key = Self::new(record.class, record.due, patient);
        Self {
            order_and_ready: key.order_and_ready | u64::from(record.ready.0),
            or_time: record.or_time,
            risk_mark: record.risk_mark,
            stream: record.specialty,
        }
    }

    /// A key that only tells class, due day and patient.
    pub(crate) fn new(class: UrgencyClass, due: Day, patient: u32) -> Self {
        let order = (class.idx() as u64) << Self::DUE_BITS | u64::from(due.0);
        Self::from_order(order << Self::PATIENT_BITS | u64::from(patient))
    }

    /// The first possible key of a class that is due on `due`.
    pub(crate) fn first(class: UrgencyClass, due: Day) -> Self {
        Self::new(class, due, 0)
    }

    /// What orders the list: class, due day and patient.
    pub(crate) const fn order(self) -> u64 {
        self.order_and_ready >> Self::READY_BITS
    }

    /// A key that only tells this order.
    pub(crate) const fn from_order(order: u64) -> Self {
        Self {
            order_and_ready: order << Self::READY_BITS,
            or_time: Minutes(0),
            risk_mark: 0,
            stream: 0,
        }
    }

    /// The patient, as it stands in keys of events.
    pub(crate) const fn subject(self) -> u32 {
        // The cast keeps the lowest 24 of the bits.
        (self.order() & ((1 << Self::PATIENT_BITS) - 1)) as u32
    }

    /// The patient, as a position.
    pub(crate) const fn patient(self) -> usize {
        self.subject() as usize
    }

    pub(crate) const fn ready(self) -> Day {
        Day((self.order_and_ready & 0xffff) as u16)
    }

    /// Last day on which treatment is within the norm.
    pub(crate) const fn due(self) -> Day {
        Day(((self.order() >> Self::PATIENT_BITS) & 0xffff) as u16)
    }

    pub(crate) const fn class(self) -> UrgencyClass {
        let shift = Self::PATIENT_BITS + Self::DUE_BITS;
        UrgencyClass::PLANNED[((self.order() >> shift) & ((1 << Self::CLASS_BITS) - 1)) as usize]
    }
}

/// The waiting list of one hospital, class by class. Positions count within a class, from the most
/// urgent patient on.
///
/// A new patient is due last of the class, so that only a patient who comes back passes others.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaitingList {
    /// By class, ascending.
    classes: [Vec<WaitKey>; UrgencyClass::PLANNED.len()],
}

impl WaitingList {
    /// Adds a patient.
    pub(crate) fn insert(&mut self, key: WaitKey) {
        let list = &mut self.classes[key.class().idx()];
        if list.last().is_none_or(|last| last.order() < key.order()) {
            list.push(key);
        } else {
            let position = list.partition_point(|other| other.order() < key.order());
            list.insert(position, key);
        }
    }

    /// Takes off the patient at `position` of `class`.
    pub(crate) fn remove(&mut self, class: UrgencyClass, position: usize) {
        self.classes[class.idx()].remove(position);
    }

    /// The position within the class of a patient who is on the list.
    pub(crate) fn position(&self, key: WaitKey) -> Option<usize> {
        self.classes[key.class().idx()].binary_search(&key).ok()
    }

    /// The patients of `class`, the most urgent first.
    pub(crate) fn of(&self, class: UrgencyClass) -> &[WaitKey] {
        &self.classes[class.idx()]
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.classes.iter().all(Vec::is_empty)
    }
}

/// How many patients of classes 2 and 3 wait in one hospital, with or without a date: counted as they
/// come and go.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaitingCount {
    /// Of class 2.
    pub(crate) semi_acute: u32,
    /// Of class 3.
    pub(crate) critical: u32,
    /// Of class 3: due before `today`.
    overdue: u32,
    today: Day,
    /// Of class 3 by due day, up to the end of the study.
    by_due: Vec<u32>,
}

impl WaitingCount {
    /// Nobody, at the start of a study of `n_days`.
    pub(crate) fn new(n_days: usize) -> Self {
        Self {
            by_due: vec![0; n_days],
            ..Self::default()
        }
    }

    /// A patient joins those who wait.
    pub(crate) fn come(&mut self, class: UrgencyClass, due: Day) {
        self.change(class, due, 1);
    }

    /// A patient waits no longer, or not here.
    pub(crate) fn go(&mut self, class: UrgencyClass, due: Day) {
        self.change(class, due, -1);
    }

    /// Patients of class 3 who are due before `today`, which never lies before the last day asked for.
    pub(crate) fn overdue(&mut self, today: Day) -> u32 {
        while self.today < today {
            self.overdue += self.by_due.get(self.today.idx()).copied().unwrap_or(0);
            self.today = self.today.plus(1);
        }
        self.overdue
    }

    fn change(&mut self, class: UrgencyClass, due: Day, by: i8) {
        let add = |n: &mut u32| *n = n.wrapping_add_signed(i32::from(by));
        match class {
            UrgencyClass::SemiAcute => add(&mut self.semi_acute),
            UrgencyClass::KritiekPlanbareZorg => {
                add(&mut self.critical);
                if due < self.today {
                    add(&mut self.overdue);
                }
                if let Some(n) = self.by_due.get_mut(due.idx()) {
                    add(n);
                }
            }
            UrgencyClass::Plannable | UrgencyClass::Deferrable => {}
        }
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
        )
    }

    proptest! {
        #[test]
        fn positions_count_from_the_most_urgent_patient_of_a_class(
            patients in prop::collection::btree_set((0..30_u16, 0..1_000_u32), 0..60),
            removed in prop::collection::vec(0..60_usize, 0..30),
            comes_back in any::<bool>(),
        ) {
            let mut list = WaitingList::default();
            let mut sorted: Vec<_> = patients.into_iter().map(key).collect();
            for key in &sorted {
                list.insert(*key);
            }
            sorted.sort();
            for idx in removed {
                if idx < sorted.len() {
                    let key = sorted[idx];
                    let position = list.position(key).expect("on the list");
                    list.remove(key.class(), position);
                    if comes_back {
                        list.insert(key);
                    } else {
                        sorted.remove(idx);
                    }
                }
            }
            prop_assert_eq!(list.is_empty(), sorted.is_empty());
            for class in UrgencyClass::PLANNED {
                let of_class = sorted.iter().copied().filter(|key| key.class() == class);
                let of_class: Vec<_> = of_class.collect();
                prop_assert_eq!(list.of(class), &of_class);
                for (position, key) in of_class.iter().enumerate() {
                    prop_assert_eq!(list.position(*key), Some(position));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn those_who_wait_are_those_who_came_and_did_not_go(
            steps in prop::collection::vec((0..40_u16, 2..4_usize, 0..6_u16), 0..80),
        ) {
            let mut count = WaitingCount::new(30);
            let mut waiting = Vec::new();
            let mut today = Day(0);
            for (due, class, what) in steps {
                let class = UrgencyClass::PLANNED[class - 2];
                match what {
                    0 => today = today.plus(due % 4),
                    1 if !waiting.is_empty() => {
                        let (class, due) = waiting.swap_remove(usize::from(due) % waiting.len());
                        count.go(class, due);
                    }
                    _ => {
                        waiting.push((class, Day(due)));
                        count.come(class, Day(due));
                    }
                }
                let today = today.min(Day(29));
                let critical = |class| class == UrgencyClass::KritiekPlanbareZorg;
                let of = |counts: &dyn Fn(UrgencyClass, Day) -> bool| {
                    waiting.iter().filter(|(class, due)| counts(*class, *due)).count()
                };
                let overdue = of(&|class, due| critical(class) && due < today);
                prop_assert_eq!(count.overdue(today) as usize, overdue);
                prop_assert_eq!(count.critical as usize, of(&|class, _| critical(class)));
                prop_assert_eq!(count.semi_acute as usize, of(&|class, _| !critical(class)));
            }
        }
    }
}
