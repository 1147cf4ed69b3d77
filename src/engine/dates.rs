//! The planned patients of one hospital who have a date: in the order of days and urgency, with the
//! number per day at hand.

use core::ops::Range;

use crate::engine::state::WaitKey;
use crate::model::derived::DATE_DAYS;
use crate::units::Day;

/// Dates of planned patients in one hospital.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dates {
    /// By day, then by urgency.
    entries: Vec<(Day, WaitKey)>,
    /// Dates by day (position: day modulo length). No more are given than the day has places, so
    /// that a byte holds them.
    by_day: [u8; DATE_DAYS],
}

impl Dates {
    /// Notes a date.
    pub(crate) fn insert(&mut self, day: Day, key: WaitKey) {
        let entry = (day, key);
        let position = self.entries.partition_point(|other| *other < entry);
        self.entries.insert(position, entry);
        self.by_day[day.idx() % DATE_DAYS] += 1;
    }

    /// Takes back the date at `position`.
    pub(crate) fn remove(&mut self, position: usize) -> (Day, WaitKey) {
        let entry = self.entries.remove(position);
        self.by_day[entry.0.idx() % DATE_DAYS] -= 1;
        entry
    }

    /// The position of a patient's date, if there is one on `day`.
    pub(crate) fn position(&self, day: Day, key: WaitKey) -> Option<usize> {
        self.entries.binary_search(&(day, key)).ok()
    }

    /// The patient whose date stands at `position`.
    pub(crate) fn key(&self, position: usize) -> WaitKey {
        self.entries[position].1
    }

    /// The first date.
    pub(crate) fn first(&self) -> Option<(Day, WaitKey)> {
        self.entries.first().copied()
    }

    /// Number of dates on `day`, which must not lie further from the earliest date than numbers are
    /// kept apart.
    pub(crate) fn count_on(&self, day: Day) -> u8 {
        self.by_day[day.idx() % DATE_DAYS]
    }

    /// Number of dates some days after `today`.
    pub(crate) fn count_ahead(&self, today: Day, ahead: usize) -> u8 {
        self.by_day[(today.idx() + ahead) % DATE_DAYS]
    }

    /// Positions of the dates on `day`.
    pub(crate) fn on(&self, day: Day) -> Range<usize> {
        let from = self.entries.partition_point(|(date, _)| *date < day);
        from..from + usize::from(self.count_on(day))
    }

    /// The patients with a date, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = WaitKey> + '_ {
        self.entries.iter().map(|(_, key)| *key)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::UrgencyClass;

    fn key(patient: u32) -> WaitKey {
        WaitKey::new(UrgencyClass::KritiekPlanbareZorg, Day(50), patient, Day(0))
    }

    proptest! {
        #[test]
        fn the_number_of_each_day_is_that_of_its_entries(
            days in prop::collection::vec(100..132_u16, 0..60),
            removed in prop::collection::vec(0..60_usize, 0..30),
        ) {
            let mut dates = Dates::default();
            for (patient, day) in (0..).zip(&days) {
                dates.insert(Day(*day), key(patient));
            }
            for position in removed {
                if position < dates.entries.len() {
                    dates.remove(position);
                }
            }
            prop_assert!(dates.entries.is_sorted());
            for day in (100..132).map(Day) {
                prop_assert_eq!(dates.count_ahead(Day(100), day.idx() - 100), dates.count_on(day));
                let entries = dates.entries.iter().filter(|(date, _)| *date == day);
                prop_assert_eq!(entries.count(), usize::from(dates.count_on(day)));
                prop_assert!(dates.entries[dates.on(day)].iter().all(|(date, _)| *date == day));
            }
        }
    }

    #[test]
    fn a_date_is_found_again_and_can_be_taken_back() {
        let mut dates = Dates::default();
        dates.insert(Day(9), key(2));
        dates.insert(Day(8), key(1));
        assert_eq!(dates.first(), Some((Day(8), key(1))), "the earliest day");
        assert_eq!(dates.position(Day(9), key(1)), None, "another day");
        let position = dates.position(Day(9), key(2)).expect("noted before");
        assert_eq!(dates.remove(position), (Day(9), key(2)), "what was found");
        assert_eq!(dates.keys().collect::<Vec<_>>(), [key(1)], "who is left");
    }
}
