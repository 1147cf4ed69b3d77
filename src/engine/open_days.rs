//! Free places in the coming days' program of planned patients who need the IC.

use crate::model::derived::DATE_DAYS;
use crate::units::{Day, UrgencyClass};

/// Free places in the coming days' program, as bits by days ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenDays {
    /// Free places by days ahead.
    free: [u8; DATE_DAYS],
    /// Of these: held for class 2.
    held: [u8; DATE_DAYS],
    /// Days with a free place.
    any: u32,
    /// Days with a free place that is not held.
    general: u32,
}

impl OpenDays {
    /// Places that are not `taken`, by days ahead from tomorrow to `horizon`; of these, `held` are for
    /// class 2. Days are counted together, without a branch for each.
    pub(crate) fn new(
        places: &[u8; DATE_DAYS],
        taken: &[u8; DATE_DAYS],
        held: [u8; DATE_DAYS],
        horizon: u16,
    ) -> Self {
        let mut free = *places;
        let mut general = [0; DATE_DAYS];
        for ahead in 0..DATE_DAYS {
            free[ahead] = free[ahead].saturating_sub(taken[ahead]);
            general[ahead] = free[ahead].saturating_sub(held[ahead]);
        }
        // From tomorrow on.
        let in_reach = u32::MAX >> (31 - horizon) & !1;
        let any = in_reach & days_with_any(&free);
        Self {
            any,
            general: if any == 0 {
                0
            } else {
                any & days_with_any(&general)
            },
            free,
            held,
        }
    }

    /// Whether there is no place at all.
    pub(crate) const fn is_full(&self) -> bool {
        self.any == 0
    }

    /// Whether there is a place for a patient of class 3.
    pub(crate) const fn has_general_place(&self) -> bool {
        self.general != 0
    }

    fn refresh(&mut self, ahead: usize) {
        let bit = 1 << ahead;
        let set = |bits: u32, is_open: bool| if is_open { bits | bit } else { bits & !bit };
        self.any = set(self.any, self.free[ahead] > 0);
        self.general = set(self.general, self.free[ahead] > self.held[ahead]);
    }

    /// Days with a place for a patient of `class`.
    const fn for_class(&self, class: UrgencyClass) -> u32 {
        match class {
            UrgencyClass::SemiAcute => self.any,
            _ => self.general,
        }
    }

    /// Days ahead of the first place for a patient of `class` who can come from `from` days ahead
    /// on.
    pub(crate) fn first(&self, class: UrgencyClass, from: u16) -> Option<u16> {
        let days = self.for_class(class);
        let ahead = (days & u32::MAX.checked_shl(u32::from(from)).unwrap_or(0)).trailing_zeros();
        u16::try_from(ahead)
            .ok()
            .filter(|ahead| usize::from(*ahead) < DATE_DAYS)
    }

    /// The last day with a place for patients of `class`, unless it comes before `notice` days are over.
    /// Whoever is ready by then finds a place after that notice.
    pub(crate) fn last(&self, class: UrgencyClass, today: Day, notice: u16) -> Option<Day> {
        let last = u16::try_from(self.for_class(class).checked_ilog2()?).ok()?;
        (last >= notice).then(|| today.plus(last))
    }

    /// Takes a place that [`Self::first`] found.
    pub(crate) fn give(&mut self, ahead: u16) {
        let position = usize::from(ahead);
        self.free[position] -= 1;
        self.refresh(position);
    }

    /// Takes the first place for a patient of `class` who can come from `from` days ahead on.
    pub(crate) fn take(&mut self, class: UrgencyClass, from: u16) -> Option<u16> {
        let ahead = self.first(class, from)?;
        self.give(ahead);
        Some(ahead)
    }
}

/// The days ahead whose number is not zero, as bits. They are read eight at a time, the widest that a
/// register holds.
fn days_with_any(numbers: &[u8; DATE_DAYS]) -> u32 {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x7f; 8]);
    // The top bits of the eight bytes times this are the eight bits at the top of the product, in order.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = numbers.as_chunks::<8>();
    let bits = eights.iter().map(|eight| {
        let eight = u64::from_le_bytes(*eight);
        let tops = (((eight & LOW_BITS) + LOW_BITS) | eight) & !LOW_BITS;
        ((tops >> 7).wrapping_mul(GATHER) >> 56) as u8
    });
    bits.rev()
        .fold(0, |days, eight| days << 8 | u32::from(eight))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = [u8; DATE_DAYS]> {
        prop::array::uniform32(prop_oneof![Just(0), Just(1), 0..=u8::MAX])
    }

    proptest! {
        #[test]
        fn open_days_are_those_with_a_place(
            places in numbers(), taken in numbers(), held in numbers(), horizon in 0..32_u16,
        ) {
            let open = OpenDays::new(&places, &taken, held, horizon);
            for ahead in 0..DATE_DAYS {
                let in_reach = (1..=usize::from(horizon)).contains(&ahead);
                let free = places[ahead].saturating_sub(taken[ahead]);
                prop_assert_eq!(open.any >> ahead & 1 == 1, in_reach && free > 0);
                prop_assert_eq!(open.general >> ahead & 1 == 1, in_reach && free > held[ahead]);
            }
        }
    }

    proptest! {
        #[test]
        fn a_place_is_found_for_exactly_those_who_are_ready_by_the_last_open_day(
            places in numbers(), taken in numbers(), held in numbers(), horizon in 0..32_u16,
            class in 0..4_usize,
            notice in 0..40_u16,
        ) {
            let (class, today) = (UrgencyClass::PLANNED[class], Day(100));
            let open = OpenDays::new(&places, &taken, held, horizon);
            let last = open.last(class, today, notice);
            for ready in (90..140).map(Day) {
                let place = open.first(class, ready.0.saturating_sub(today.0).max(notice));
                prop_assert_eq!(place.is_some(), last.is_some_and(|last| ready <= last));
            }
        }
    }

    #[test]
    fn held_places_are_for_class_2() {
        let (places, mut held) = ([1; DATE_DAYS], [0; DATE_DAYS]);
        held[1] = 1;
        let mut open = OpenDays::new(&places, &[0; DATE_DAYS], held, 3);
        let mut take = |class| open.take(class, 1);
        assert_eq!(
            take(UrgencyClass::KritiekPlanbareZorg),
            Some(2),
            "tomorrow is held"
        );
        assert_eq!(take(UrgencyClass::SemiAcute), Some(1), "for class 2");
        assert_eq!(
            take(UrgencyClass::SemiAcute),
            Some(3),
            "the last day in reach"
        );
        assert_eq!(take(UrgencyClass::SemiAcute), None, "no place is left");
    }
}
