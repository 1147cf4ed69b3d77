//! The series that can be observed.

use crate::units::listed::described;

use Rhythm::{Daily, Weekly};

/// How often a series is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// A number on each day.
    Daily,
    /// A number for the ISO week in which the date lies.
    Weekly,
}

/// More patients than there can be.
const PATIENTS: f64 = 1_000_000.0;
/// More hospitals than there can be.
const HOSPITALS: f64 = 500.0;

described! {
    /// A series of observed numbers. With each stands how often it is observed, and the largest number
    /// that is taken for real.
    pub enum ObservedSeries, nature -> (Rhythm, f64) {
        HospitalAdmissions("hospital_admissions", "patients",
            "COVID patients admitted to hospitals on the day, ICU included") = (Daily, PATIENTS),
        IcAdmissions("ic_admissions", "patients", "COVID patients admitted to the ICU on the day")
            = (Daily, PATIENTS),
        IcAdmissionsWeek("ic_admissions_week", "patients",
            "COVID patients admitted to the ICU in the week") = (Weekly, PATIENTS),
        CovidIc("covid_ic", "patients", "COVID patients in the ICU in the morning")
            = (Daily, PATIENTS),
        OtherIc("other_ic", "patients", "all other patients in the ICU in the morning")
            = (Daily, PATIENTS),
        CovidWard("covid_ward", "patients", "COVID patients in hospital wards in the morning")
            = (Daily, PATIENTS),
        CovidIcWeek("covid_ic_week", "patients", "COVID patients in the ICU, mean of the week")
            = (Weekly, PATIENTS),
        OtherIcWeek("other_ic_week", "patients", "all other patients in the ICU, mean of the week")
            = (Weekly, PATIENTS),
        CovidWardWeek("covid_ward_week", "patients",
            "COVID patients in hospital wards, mean of the week") = (Weekly, PATIENTS),
        StaffedBeds("staffed_beds", "beds", "staffed ICU beds on the day") = (Daily, PATIENTS),
        MovesBetweenRegions("moves_between_regions", "patients a day",
            "COVID ICU patients moved to another region, per day of the week") = (Weekly, PATIENTS),
        HospitalsFailingNorm("hospitals_failing_norm", "hospitals",
            "hospitals that cannot always give critical plannable care within six weeks")
            = (Weekly, HOSPITALS),
        HospitalsStopped("hospitals_stopped", "hospitals",
            "hospitals without any plannable care on the day") = (Daily, HOSPITALS),
        OperationsPercent("operations_percent", "% of normal",
            "operations done, or operating rooms in use, in the week") = (Weekly, 200.0),
    }
}

impl ObservedSeries {
    /// How often it is observed.
    pub fn rhythm(self) -> Rhythm {
        self.nature().0
    }

    /// The largest number that is taken for real.
    pub fn largest(self) -> f64 {
        self.nature().1
    }

    /// The series called `key`, if there is one.
    pub(super) fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|series| series.key() == key)
    }
}
