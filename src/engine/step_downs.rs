//! Patients without COVID who leave the IC of one hospital for its wards.

use std::collections::VecDeque;

/// A patient of a ward.
pub(crate) const PATIENT_MILLI: u32 = 1_000;

/// A patient without COVID who is ready to leave the IC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaver {
    Acute(u32),
    Planned(u32),
}

/// Whom the wards can take today, and who waits for them. Patients are counted in thousandths.
#[derive(Debug, Clone, Default)]
pub(crate) struct StepDowns {
    room_milli: u32,
    /// Operations with a ward bed that there is room for today, and of these the places that patients took
    /// who waited.
    operations_milli: u32,
    taken_milli: u32,
    /// First come first.
    waiting: VecDeque<Leaver>,
}

impl StepDowns {
    /// A new day. At most one place that nobody took is left for it.
    pub(crate) fn begin_day(&mut self, room_milli: u32, operations_milli: u32) {
        self.room_milli = self.room_milli.min(PATIENT_MILLI) + room_milli;
        self.operations_milli = operations_milli;
        self.taken_milli = 0;
    }

    /// Operations that give way to patients who waited.
    pub(crate) const fn taken_milli(&self) -> u32 {
        self.taken_milli
    }

    /// Whether there is room for a patient now; otherwise the patient waits.
    pub(crate) fn take(&mut self, patient: Leaver) -> bool {
        let goes = self.waiting.is_empty() && self.room_milli >= PATIENT_MILLI;
        if goes {
            self.room_milli -= PATIENT_MILLI;
        } else {
            self.waiting.push_back(patient);
        }
        goes
    }

    /// Takes out who waited longest, if there is room this morning: that of the day, and then the place of one
    /// of the day's operations.
    pub(crate) fn next_of_morning(&mut self) -> Option<Leaver> {
        let next = *self.waiting.front()?;
        if self.room_milli >= PATIENT_MILLI {
            self.room_milli -= PATIENT_MILLI;
        } else if self.operations_milli >= self.taken_milli + PATIENT_MILLI {
            self.taken_milli += PATIENT_MILLI;
        } else {
            return None;
        }
        self.waiting.pop_front();
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_goes_first_in_the_morning_and_then_in_the_place_of_operations() {
        let mut wards = StepDowns::default();
        wards.begin_day(1_500, 2_900);
        assert!(wards.take(Leaver::Acute(1)), "there is room");
        for patient in 2..7 {
            assert!(
                !wards.take(Leaver::Planned(patient)),
                "half a place is none"
            );
        }
        wards.begin_day(1_500, 2_900);
        assert!(!wards.take(Leaver::Acute(7)), "others wait already");
        let gone: Vec<Leaver> = core::iter::from_fn(|| wards.next_of_morning()).collect();
        assert_eq!(
            gone,
            [2, 3, 4, 5].map(Leaver::Planned),
            "two places of the day, and two of operations"
        );
        assert_eq!(wards.taken_milli(), 2_000, "nine tenths of one is none");
        assert_eq!(wards.next_of_morning(), None, "the others wait on");
    }

    #[test]
    fn at_most_one_place_is_left_for_the_next_day() {
        let mut wards = StepDowns::default();
        for _ in 0..5 {
            wards.begin_day(2_000, 0);
        }
        let all = (0..10).filter(|patient| wards.take(Leaver::Acute(*patient)));
        assert_eq!(all.count(), 3, "one, and the two of the day");
    }
}
