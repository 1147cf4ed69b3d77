//! Daily national series that fans are drawn from.

use crate::experiment::record::PolicyRecord;
use crate::outcome::DayMeasure;
use crate::units::Day;
use crate::units::listed::described;

described! {
    /// Daily national series that fans are drawn from: each is a sum of what is recorded daily.
    pub enum Series, terms -> &'static [DayMeasure] {
        CovidIc("covid_ic", "patients", "COVID patients in the ICU")
            = &[DayMeasure::CovidIc],
        OtherIc("other_ic", "patients", "other patients in the ICU, acute and planned")
            = &[DayMeasure::AcuteIc, DayMeasure::PlannedIc],
        PlannedIc("planned_ic", "patients", "planned patients in the ICU")
            = &[DayMeasure::PlannedIc],
        OccupiedIc("occupied_ic", "patients", "all patients in the ICU")
            = &[DayMeasure::CovidIc, DayMeasure::AcuteIc, DayMeasure::PlannedIc],
        StaffedBeds("staffed_beds", "beds", "staffed ICU beds")
            = &[DayMeasure::StaffedBeds],
        StretchedBeds("stretched_beds", "beds", "of these: looked after by stretched nurses")
            = &[DayMeasure::StretchedBeds],
        StoppedHospitals("stopped_hospitals", "hospitals",
            "hospitals that have stopped classes {c4} and {c5}")
            = &[DayMeasure::StoppedHospitals],
        CovidWard("covid_ward", "patients", "COVID patients on the ward")
            = &[DayMeasure::CovidWard],
        Phase("phase", "0 to 5", "position of the phase in the national plan, lightest first")
            = &[DayMeasure::Phase],
        WaitingClass3("waiting_class_3", "patients", "ICU-dependent class {c3} patients waiting")
            = &[DayMeasure::WaitingClass3],
        OverdueClass3("overdue_class_3", "patients", "of these: waiting over the norm")
            = &[DayMeasure::OverdueClass3],
    }
}

impl Series {
    /// The number of one world on a day.
    pub(crate) fn value(self, record: &PolicyRecord, day: Day) -> i64 {
        let get = |measure: &DayMeasure| i64::from(record.days.get(day, *measure));
        self.terms().iter().map(get).sum()
    }
}
