//! Arrivals and their order.

use crate::units::SimTime;

/// What kind of patient arrives. The order is the order of simultaneous arrivals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrivalKind {
    /// A COVID patient enters the hospital.
    Covid,
    /// An acute patient needs the IC.
    Acute,
    /// A planned patient is indicated and joins the waiting list.
    Planned,
}

/// One arrival. Arrivals are ordered by time, kind, a keyed mark, and position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arrival {
    /// When.
    pub time: SimTime,
    /// Who, by kind.
    pub kind: ArrivalKind,
    /// Keyed random mark below 4 096 that orders arrivals of one kind in one minute.
    pub mark: u16,
    /// Position in the list of patients of that kind.
    pub patient: u32,
}

/// Arrivals on their way into their order: by day, since most come day by day and short lists are
/// sorted faster, and as plain numbers, which takes less than half the time.
pub(super) struct ArrivalsByDay(Vec<Vec<u64>>);

/// Room on each day from the start: a busy day of the whole country.
const ROOM: usize = 512;

impl ArrivalsByDay {
    /// No arrivals yet, on days 0 to `n_days - 1`.
    pub(super) fn new(n_days: usize) -> Self {
        Self((0..n_days).map(|_| Vec::with_capacity(ROOM)).collect())
    }

    /// Adds an arrival on one of the days.
    pub(super) fn push(&mut self, arrival: Arrival) {
        self.0[arrival.time.day().idx()].push(arrival.to_number());
    }

    /// All arrivals in their order.
    pub(super) fn in_order(self) -> Vec<Arrival> {
        let mut arrivals = Vec::with_capacity(self.0.iter().map(Vec::len).sum());
        for mut day in self.0 {
            day.sort_unstable();
            arrivals.extend(day.into_iter().map(Arrival::from_number));
        }
        arrivals
    }
}

impl Arrival {
    const KINDS: [ArrivalKind; 3] = [ArrivalKind::Covid, ArrivalKind::Acute, ArrivalKind::Planned];
    const PATIENT_BITS: u32 = 24;
    const MARK_BITS: u32 = 12;
    const KIND_BITS: u32 = 2;

    /// Time, kind, mark and patient in one number with the same order. Models are bounded so that
    /// each part fits.
    fn to_number(self) -> u64 {
        debug_assert!(
            self.patient < 1 << Self::PATIENT_BITS && self.mark < 1 << Self::MARK_BITS,
            "{self:?} does not fit"
        );
        let kind = u64::from(self.time.0) << Self::KIND_BITS | self.kind as u64;
        let mark = kind << Self::MARK_BITS | u64::from(self.mark);
        mark << Self::PATIENT_BITS | u64::from(self.patient)
    }

    const fn from_number(number: u64) -> Self {
        let mark = number >> Self::PATIENT_BITS;
        let kind = mark >> Self::MARK_BITS;
        Self {
            time: SimTime((kind >> Self::KIND_BITS) as u32),
            kind: Self::KINDS[(kind & ((1 << Self::KIND_BITS) - 1)) as usize],
            mark: (mark & ((1 << Self::MARK_BITS) - 1)) as u16,
            patient: (number & ((1 << Self::PATIENT_BITS) - 1)) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::MINUTES_PER_DAY;

    fn arrival() -> impl Strategy<Value = Arrival> {
        // Few times and marks, so that later parts decide, too.
        (0..4_u32, 0..3_usize, 0..4_096_u16, 0..1_u32 << 21).prop_map(
            |(time, kind, mark, patient)| Arrival {
                time: SimTime(time * (MINUTES_PER_DAY / 2)),
                kind: Arrival::KINDS[kind],
                mark: mark / 1_000 * 1_000,
                patient,
            },
        )
    }

    proptest! {
        #[test]
        fn arrivals_are_put_in_the_order_of_their_parts(
            arrivals in prop::collection::vec(arrival(), 0..200)
        ) {
            let mut by_day = ArrivalsByDay::new(2);
            for arrival in &arrivals {
                by_day.push(*arrival);
            }
            let mut sorted = arrivals;
            sorted.sort();
            prop_assert_eq!(by_day.in_order(), sorted);
        }
    }
}
