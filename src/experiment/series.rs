//! Daily national series that fans are drawn of.

use crate::experiment::record::PolicyRecord;
use crate::outcome::DayMeasure;
use crate::units::Day;

/// Daily national series that fans are drawn of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// COVID patients on the IC.
    CovidIc,
    /// Other patients on the IC, acute and planned.
    OtherIc,
    /// Planned patients on the IC.
    PlannedIc,
    /// All IC patients.
    OccupiedIc,
    /// Staffed IC beds.
    StaffedBeds,
    /// COVID patients on the ward.
    CovidWard,
    /// Phase of the national plan, 0 to 5.
    Phase,
    /// IC-dependent class 3 patients waiting.
    WaitingClass3,
    /// Of these: over the norm.
    OverdueClass3,
}

impl Series {
    /// All series.
    pub const ALL: [Self; 9] = [
        Self::CovidIc,
        Self::OtherIc,
        Self::PlannedIc,
        Self::OccupiedIc,
        Self::StaffedBeds,
        Self::CovidWard,
        Self::Phase,
        Self::WaitingClass3,
        Self::OverdueClass3,
    ];

    /// Machine name, unit and meaning.
    pub const fn describe(self) -> (&'static str, &'static str, &'static str) {
        [
            ("covid_ic", "patients", "COVID patients on the IC"),
            (
                "other_ic",
                "patients",
                "other patients on the IC, acute and planned",
            ),
            ("planned_ic", "patients", "planned patients on the IC"),
            ("occupied_ic", "patients", "all patients on the IC"),
            ("staffed_beds", "beds", "staffed IC beds"),
            ("covid_ward", "patients", "COVID patients on the ward"),
            (
                "phase",
                "0 to 5",
                "phase of the national plan: 1, 2A, 2B, 2C, 2D, 3",
            ),
            (
                "waiting_class_3",
                "patients",
                "IC-dependent class 3 patients waiting",
            ),
            (
                "overdue_class_3",
                "patients",
                "of these: waiting over the norm",
            ),
        ][self as usize]
    }

    /// Machine name.
    pub const fn key(self) -> &'static str {
        self.describe().0
    }

    /// The number of one world on a day.
    pub(crate) fn value(self, record: &PolicyRecord, day: Day) -> i64 {
        let get = |measure| i64::from(record.days.get(day, measure));
        match self {
            Self::CovidIc => get(DayMeasure::CovidIc),
            Self::OtherIc => get(DayMeasure::AcuteIc) + get(DayMeasure::PlannedIc),
            Self::PlannedIc => get(DayMeasure::PlannedIc),
            Self::OccupiedIc => Self::CovidIc.value(record, day) + Self::OtherIc.value(record, day),
            Self::StaffedBeds => get(DayMeasure::StaffedBeds),
            Self::CovidWard => get(DayMeasure::CovidWard),
            Self::Phase => get(DayMeasure::Phase),
            Self::WaitingClass3 => get(DayMeasure::WaitingClass3),
            Self::OverdueClass3 => get(DayMeasure::OverdueClass3),
        }
    }
}
