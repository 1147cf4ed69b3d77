//! The series that can be observed.

/// A series of observed numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "ObservedSeries::describe documents each series"
)]
pub enum ObservedSeries {
    HospitalAdmissions,
    IcAdmissions,
    CovidIc,
    OtherIc,
    CovidWard,
    HospitalsFailingNorm,
    OperationsPercent,
}

/// How often a series is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// A number on each day.
    Daily,
    /// A number for the ISO week in which the date lies.
    Weekly,
}

impl ObservedSeries {
    /// All series.
    pub const ALL: [Self; 7] = [
        Self::HospitalAdmissions,
        Self::IcAdmissions,
        Self::CovidIc,
        Self::OtherIc,
        Self::CovidWard,
        Self::HospitalsFailingNorm,
        Self::OperationsPercent,
    ];

    /// Name in files, unit and meaning.
    pub const fn describe(self) -> (&'static str, &'static str, &'static str) {
        [
            (
                "hospital_admissions",
                "patients",
                "COVID patients admitted to hospitals on the day, IC included",
            ),
            (
                "ic_admissions",
                "patients",
                "COVID patients admitted to the IC on the day",
            ),
            (
                "covid_ic",
                "patients",
                "COVID patients on the IC in the morning",
            ),
            (
                "other_ic",
                "patients",
                "all other patients on the IC in the morning",
            ),
            (
                "covid_ward",
                "patients",
                "COVID patients in hospital wards in the morning",
            ),
            (
                "hospitals_failing_norm",
                "hospitals",
                "hospitals that cannot always give critical plannable care within six weeks",
            ),
            (
                "operations_percent",
                "% of normal",
                "operations done, or operating rooms in use, in the week",
            ),
        ][self as usize]
    }

    /// Name in files.
    pub const fn key(self) -> &'static str {
        self.describe().0
    }

    /// How often it is observed.
    pub const fn rhythm(self) -> Rhythm {
        match self {
            Self::HospitalsFailingNorm | Self::OperationsPercent => Rhythm::Weekly,
            _ => Rhythm::Daily,
        }
    }

    /// The largest number that is taken for real.
    pub const fn largest(self) -> f64 {
        match self {
            Self::HospitalsFailingNorm => 500.0,
            Self::OperationsPercent => 200.0,
            _ => 1_000_000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_series_stands_at_its_own_position() {
        for (position, series) in ObservedSeries::ALL.into_iter().enumerate() {
            assert_eq!(series as usize, position, "{series:?}");
        }
    }
}
