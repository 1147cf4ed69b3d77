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
    pub(crate) covid: i64,
    pub(crate) acute: i64,
    pub(crate) planned: i64,
    pub(crate) staffed: i64,
    pub(crate) overload: i64,
    /// Thousandths of a bed times minutes.
    pub(crate) converted_milli: i64,
}

/// The IC of one hospital. Every change first books the time since the last one.
#[derive(Debug, Clone, Default)]
pub(crate) struct IcBeds {
    pub(crate) own: OwnHospital,
    /// COVID patients to expect, in thousandths, as published by the coordination center.
    pub(crate) allocation_milli: u32,
    converted_milli: u32,
    booked_until: SimTime,
    minutes: BedMinutes,
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

    /// Puts a patient in a bed.
    pub(crate) fn admit(&mut self, line: Line, now: SimTime) {
        self.book(now);
        *self.count(line) += 1;
    }

    /// Takes a patient out of a bed.
    pub(crate) fn release(&mut self, line: Line, now: SimTime) {
        self.book(now);
        *self.count(line) -= 1;
    }

    /// Sets the staffed beds, and how much of them rests on converted staff.
    pub(crate) fn set_staff(&mut self, staffed: u32, converted_milli: u32, now: SimTime) {
        self.book(now);
        self.own.staffed = staffed;
        self.converted_milli = converted_milli;
    }

    /// Bed-minutes up to `now` since they were last taken.
    pub(crate) fn take_minutes(&mut self, now: SimTime) -> BedMinutes {
        self.book(now);
        core::mem::take(&mut self.minutes)
    }

    fn count(&mut self, line: Line) -> &mut u32 {
        match line {
            Line::Covid => &mut self.own.covid,
            Line::Acute => &mut self.own.acute,
            Line::Planned => &mut self.own.planned,
        }
    }

    fn book(&mut self, now: SimTime) {
        let span = i64::from(now.since(self.booked_until).0);
        self.booked_until = now;
        self.minutes.covid += span * i64::from(self.own.covid);
        self.minutes.acute += span * i64::from(self.own.acute);
        self.minutes.planned += span * i64::from(self.own.planned);
        self.minutes.staffed += span * i64::from(self.own.staffed);
        self.minutes.overload += span * i64::from(self.overload());
        self.minutes.converted_milli += span * i64::from(self.converted_milli);
    }
}

/// The COVID ward of one hospital.
#[derive(Debug, Clone)]
pub(crate) struct CovidWard {
    /// Who is on it.
    pub(crate) patients: u32,
    beds: u32,
    /// Patients who wait on the IC for a bed of the ward, first come first.
    pub(crate) blocked: Vec<u32>,
}

impl CovidWard {
    /// An empty ward with so many beds.
    pub(crate) const fn new(beds: u32) -> Self {
        Self {
            patients: 0,
            beds,
            blocked: Vec::new(),
        }
    }

    /// Whether a patient who leaves the IC finds a bed.
    pub(crate) const fn has_bed(&self) -> bool {
        self.patients < self.beds
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
        beds.set_staff(1, 0, SimTime(0));
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
}
