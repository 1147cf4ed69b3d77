//! The beds of one hospital: the IC with exact bed-minutes, and the COVID ward.

use crate::policy::info::OwnHospital;
use crate::units::SimTime;

/// A line of care that takes IC beds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Covid,
    Acute,
    Planned,
}

/// Bed-minutes by use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct BedMinutes {
    pub(crate) covid: u32,
    pub(crate) acute: u32,
    pub(crate) planned: u32,
    /// Staffed beds, those included that stretched nurses look after.
    pub(crate) staffed: u32,
    /// Patients whom stretched nurses look after.
    pub(crate) stretched: u32,
    pub(crate) overload: u32,
}

/// A count times the minutes that it lasts, added up. Whoever comes adds the minutes from then on, and
/// whoever goes takes them off again, so that only changes cost anything.
#[derive(Debug, Clone, Copy, Default)]
struct Minutes {
    /// The sum up to any moment, less the count times that moment: the rest of it after division by
    /// 2³², which is enough to know the sum of a week. Counts are below 2¹⁶.
    sum: u32,
}

impl Minutes {
    /// The count changes `by` some.
    fn change(&mut self, by: i32, now: SimTime) {
        let minutes = by.cast_unsigned().wrapping_mul(now.0);
        self.sum = self.sum.wrapping_sub(minutes);
    }

    /// The sum since it was last taken, a month ago at most, of a count that is `n` now.
    fn take(&mut self, n: u32, now: SimTime) -> u32 {
        let rest = 0_u32.wrapping_sub(n.wrapping_mul(now.0));
        core::mem::replace(&mut self.sum, rest).wrapping_sub(rest)
    }
}

/// The IC of one hospital, with exact bed-minutes. It is one cache line, since most events look at it.
#[derive(Debug, Clone, Default)]
#[repr(align(64))]
pub(crate) struct IcBeds {
    pub(crate) own: OwnHospital,
    /// COVID patients to expect, in thousandths, as published by the coordination center.
    pub(crate) allocation_milli: u32,
    /// Of the patients, by [`Line`].
    patient_minutes: [Minutes; 3],
    unstretched_minutes: Minutes,
    stretched_minutes: Minutes,
    overload_minutes: Minutes,
}

impl IcBeds {
    /// An empty IC with `physical` bed places.
    pub(crate) fn new(physical: u32) -> Self {
        Self {
            own: OwnHospital {
                physical,
                ..OwnHospital::default()
            },
            ..Self::default()
        }
    }

    /// Patients above the staffed beds.
    pub(crate) const fn overload(&self) -> u32 {
        self.own.occupied().saturating_sub(self.own.staffed)
    }

    /// Patients whom stretched nurses look after: those above the beds of normal times, as far as there
    /// are staffed beds.
    pub(crate) fn stretched(&self) -> u32 {
        let staffed = self.own.occupied().min(self.own.staffed);
        staffed.saturating_sub(self.own.unstretched)
    }

    /// Beds that nurses look after: those of normal times, and those with a patient beyond.
    pub(crate) fn staffed_in_use(&self) -> u32 {
        self.own.unstretched + self.stretched()
    }

    /// Puts a patient in a bed.
    pub(crate) fn admit(&mut self, line: Line, now: SimTime) {
        let before = self.strain();
        *self.count(line) += 1;
        self.patient_minutes[line as usize].change(1, now);
        self.book_strain(before, now);
    }

    /// Takes a patient out of a bed.
    pub(crate) fn release(&mut self, line: Line, now: SimTime) {
        let before = self.strain();
        *self.count(line) -= 1;
        self.patient_minutes[line as usize].change(-1, now);
        self.book_strain(before, now);
    }

    /// Sets the staffed beds, of which so many are `unstretched`.
    pub(crate) fn set_staffed(&mut self, staffed: u32, unstretched: u32, now: SimTime) {
        let before = self.strain();
        let by = unstretched.cast_signed() - self.own.unstretched.cast_signed();
        self.unstretched_minutes.change(by, now);
        self.own.staffed = staffed;
        self.own.unstretched = unstretched;
        self.book_strain(before, now);
    }

    /// Bed-minutes up to `now` since they were last taken, a month ago at most.
    pub(crate) fn take_minutes(&mut self, now: SimTime) -> BedMinutes {
        let [stretched, overload] = self.strain();
        let own = &self.own;
        let [covid, acute, planned] = &mut self.patient_minutes;
        let stretched = self.stretched_minutes.take(stretched, now);
        BedMinutes {
            covid: covid.take(own.covid, now),
            acute: acute.take(own.acute, now),
            planned: planned.take(own.planned, now),
            staffed: self.unstretched_minutes.take(own.unstretched, now) + stretched,
            stretched,
            overload: self.overload_minutes.take(overload, now),
        }
    }

    fn count(&mut self, line: Line) -> &mut u32 {
        match line {
            Line::Covid => &mut self.own.covid,
            Line::Acute => &mut self.own.acute,
            Line::Planned => &mut self.own.planned,
        }
    }

    /// Patients whom stretched nurses look after, and those above the staffed beds.
    fn strain(&self) -> [u32; 2] {
        [self.stretched(), self.overload()]
    }

    fn book_strain(&mut self, before: [u32; 2], now: SimTime) {
        let after = self.strain();
        let by = |n: usize| after[n].cast_signed() - before[n].cast_signed();
        self.stretched_minutes.change(by(0), now);
        self.overload_minutes.change(by(1), now);
    }
}

/// Beds on converted staff, in thousandths, with exact bed-minutes.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConvertedBeds {
    pub(crate) milli: u32,
    /// Thousandths of a bed times minutes, up to `since`.
    milli_minutes: u64,
    since: SimTime,
}

impl ConvertedBeds {
    /// Beds open or close.
    pub(crate) fn change(&mut self, by_milli: i32, now: SimTime) {
        self.book(now);
        self.milli = self.milli.saturating_add_signed(by_milli);
    }

    /// Whole bed-minutes up to `now` since they were last taken.
    pub(crate) fn take_minutes(&mut self, now: SimTime) -> u64 {
        self.book(now);
        core::mem::take(&mut self.milli_minutes) / 1_000
    }

    fn book(&mut self, now: SimTime) {
        self.milli_minutes += u64::from(self.milli) * u64::from(now.0 - self.since.0);
        self.since = now;
    }
}

/// The COVID ward of one hospital.
#[derive(Debug, Clone)]
pub(crate) struct CovidWard {
    /// Who is on it.
    pub(crate) patients: u32,
    beds: u32,
    /// Beds on top, for which lent nurses care.
    pub(crate) extra: u32,
    /// Patients who wait on the IC for a bed of the ward, first come first.
    pub(crate) blocked: Vec<u32>,
}

impl CovidWard {
    /// An empty ward with so many beds.
    pub(crate) const fn new(beds: u32) -> Self {
        Self {
            patients: 0,
            beds,
            extra: 0,
            blocked: Vec::new(),
        }
    }

    /// Whether a patient who leaves the IC finds a bed.
    pub(crate) const fn has_bed(&self) -> bool {
        self.patients < self.beds + self.extra
    }

    /// Takes out who waited longest for a bed, if there is one now.
    pub(crate) fn next(&mut self) -> Option<u32> {
        (self.has_bed() && !self.blocked.is_empty()).then(|| self.blocked.remove(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bed_minutes_are_the_integral_of_the_census() {
        let mut beds = IcBeds::new(5);
        beds.set_staffed(1, 1, SimTime(0));
        beds.admit(Line::Covid, SimTime(10));
        beds.admit(Line::Acute, SimTime(30));
        beds.release(Line::Covid, SimTime(70));
        let minutes = beds.take_minutes(SimTime(100));
        assert_eq!(minutes.covid, 60, "from 10 to 70");
        assert_eq!(minutes.acute, 70, "from 30 to 100");
        assert_eq!(
            minutes.overload, 40,
            "two patients in one bed from 30 to 70"
        );
        assert_eq!(minutes.staffed, 100, "one bed all along");
    }

    #[test]
    fn a_month_of_the_largest_ic_fits() {
        let most = u32::from(u16::MAX);
        let mut beds = IcBeds::new(most);
        beds.set_staffed(most, most, SimTime(1_000));
        beds.take_minutes(SimTime(10_000_000));
        let month = 31 * crate::units::MINUTES_PER_DAY;
        let minutes = beds.take_minutes(SimTime(10_000_000 + month));
        assert_eq!(minutes.staffed, most * month, "all beds, all month");
        assert_eq!(minutes.overload, 0, "nobody is there");
    }

    #[test]
    fn converted_beds_count_from_when_they_open() {
        let mut converted = ConvertedBeds::default();
        converted.change(2_500, SimTime(10));
        converted.change(-500, SimTime(110));
        assert_eq!(converted.milli, 2_000, "what is left");
        assert_eq!(
            converted.take_minutes(SimTime(210)),
            250 + 200,
            "both spans"
        );
        assert_eq!(converted.take_minutes(SimTime(310)), 200, "since then");
    }
}
