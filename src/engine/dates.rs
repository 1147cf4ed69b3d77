//! The planned patients of one hospital who have a date: in the order of days and urgency, with the
//! number per day at hand.

use core::ops::Range;

use crate::engine::waiting::WaitKey;
use crate::model::derived::DATE_DAYS;
use crate::units::Day;

/// The date of one patient: the day, then the order of the waiting list, in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Date(u64);

impl Date {
    const fn new(day: Day, key: WaitKey) -> Self {
        Self((day.0 as u64) << WaitKey::ORDER_BITS | key.order())
    }

    const fn day(self) -> Day {
        Day(((self.0 >> WaitKey::ORDER_BITS) & 0xffff) as u16)
    }

    const fn key(self) -> WaitKey {
        WaitKey::from_order(self.0 & ((1 << WaitKey::ORDER_BITS) - 1))
    }
}

/// Dates of planned patients in one hospital. The keys that come out order and name patients, and tell
/// nothing else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dates {
    /// By day, then by urgency.
    entries: Vec<Date>,
    /// Dates by day (position: day modulo half of the length, twice, so that those from any day on
    /// stand in one row). No more are given than the day has places, so that a byte holds them.
    by_day: [[u8; DATE_DAYS]; 2],
}

impl Dates {
    /// Notes a date.
    pub(crate) fn insert(&mut self, day: Day, key: WaitKey) {
        let date = Date::new(day, key);
        // Free places are found after most dates that are given.
        let later = self.entries.iter().rev().take_while(|other| **other > date);
        let position = self.entries.len() - later.count();
        self.entries.insert(position, date);
        change(&mut self.by_day, day, 1);
    }

    /// Takes back the date at `position`.
    pub(crate) fn remove(&mut self, position: usize) -> (Day, WaitKey) {
        let date = self.entries.remove(position);
        change(&mut self.by_day, date.day(), -1);
        (date.day(), date.key())
    }

    /// The position of a patient's date, if there is one on `day`.
    pub(crate) fn position(&self, day: Day, key: WaitKey) -> Option<usize> {
        self.entries.binary_search(&Date::new(day, key)).ok()
    }

    /// The patient whose date stands at `position`.
    pub(crate) fn key(&self, position: usize) -> WaitKey {
        self.entries[position].key()
    }

    /// Number of dates up to `day`, on which the earliest one may lie.
    pub(crate) fn n_due(&self, day: Day) -> usize {
        debug_assert!(
            self.entries.first().is_none_or(|first| first.day() >= day),
            "a date has passed"
        );
        usize::from(self.count_on(day))
    }

    /// Takes back all dates up to `day`, on which the earliest one may lie.
    pub(crate) fn remove_due(&mut self, day: Day) {
        self.entries.drain(..self.n_due(day));
        for row in &mut self.by_day {
            row[day.idx() % DATE_DAYS] = 0;
        }
    }

    /// Number of dates on `day`, which must not lie further from the earliest date than numbers are
    /// kept apart.
    pub(crate) fn count_on(&self, day: Day) -> u8 {
        self.by_day[0][day.idx() % DATE_DAYS]
    }

    /// Number of dates by days after `today`.
    pub(crate) fn counts_ahead(&self, today: Day) -> &[u8; DATE_DAYS] {
        self.by_day.as_flattened()[today.idx() % DATE_DAYS..]
            .first_chunk()
            .expect("a row from each day on")
    }

    /// Positions of the dates on `day`.
    pub(crate) fn on(&self, day: Day) -> Range<usize> {
        let from = self.entries.partition_point(|date| date.day() < day);
        from..from + usize::from(self.count_on(day))
    }
}

/// Changes the number of dates on `day` in both rows.
fn change(by_day: &mut [[u8; DATE_DAYS]; 2], day: Day, by: i8) {
    for row in by_day {
        let n = &mut row[day.idx() % DATE_DAYS];
        *n = n.wrapping_add_signed(by);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::UrgencyClass;

    fn key(patient: u32) -> WaitKey {
        WaitKey::new(UrgencyClass::KritiekPlanbareZorg, Day(50), patient)
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
                prop_assert_eq!(dates.counts_ahead(Day(100))[day.idx() - 100], dates.count_on(day));
                let entries = dates.entries.iter().filter(|date| date.day() == day);
                prop_assert_eq!(entries.count(), usize::from(dates.count_on(day)));
                prop_assert!(dates.entries[dates.on(day)].iter().all(|date| date.day() == day));
            }
        }
    }

    #[test]
    fn a_date_is_found_again_and_can_be_taken_back() {
        let mut dates = Dates::default();
        dates.insert(Day(9), key(2));
        dates.insert(Day(8), key(1));
        assert_eq!(dates.n_due(Day(8)), 1, "the earliest day");
        assert_eq!(dates.key(0), key(1), "the patient of the earliest day");
        assert_eq!(dates.position(Day(9), key(1)), None, "another day");
        let position = dates.position(Day(9), key(2)).expect("noted before");
        assert_eq!(dates.remove(position), (Day(9), key(2)), "what was found");
        assert_eq!(dates.key(0), key(1), "who is left");
        assert_eq!(dates.entries.len(), 1, "nobody else");
        dates.remove_due(Day(8));
        assert_eq!(dates.count_on(Day(8)), 0, "nobody is left");
        assert_eq!(dates.n_due(Day(9)), 0, "no date is left");
    }
}
