//! Numbers by day, taken each morning after the national epoch.

use serde::{Deserialize, Serialize};

use crate::units::listed::described;
use crate::units::{Day, RegionIdx};

described! {
    /// What is recorded nationally each day, in the order of [`DaySeries`].
    pub enum DayMeasure {
        CovidIc("covid_ic", "patients", "COVID patients in the ICU"),
        AcuteIc("acute_ic", "patients", "acute patients without COVID in the ICU"),
        PlannedIc("planned_ic", "patients", "planned patients in the ICU"),
        CovidWard("covid_ward", "patients", "COVID patients on the ward"),
        StaffedBeds("staffed_beds", "beds", "staffed ICU beds: those of normal nursing, and those with a patient whom stretched nurses look after"),
        StretchedBeds("stretched_beds", "beds", "of these: looked after by stretched nurses"),
        StoppedHospitals("stopped_hospitals", "hospitals", "hospitals that have stopped classes {c4} and {c5}"),
        AgreedBeds("agreed_beds", "beds", "ICU beds agreed for the phase"),
        WithoutStaffedBed("without_staffed_bed", "patients",
            "ICU patients above the staffed beds of their hospital"),
        Phase("phase", "0 to 5", "position of the phase in the plan, lightest first"),
        ThreatNotice("threat_notice", "0 or 1", "whether the notice that the heaviest phase threatens is out"),
        WaitingClass3("waiting_class_3", "patients",
            "ICU-dependent class {c3} patients on the waiting list"),
        OverdueClass3("overdue_class_3", "patients", "of these: waiting over the norm"),
    }
}

/// National numbers by day and measure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DaySeries(Vec<u32>);

impl DaySeries {
    /// All zero, for `n_days` days.
    pub fn new(n_days: usize) -> Self {
        Self(vec![0; n_days * DayMeasure::ALL.len()])
    }

    /// Sets all numbers to zero and keeps the memory.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Number of days.
    pub fn n_days(&self) -> usize {
        self.0.len() / DayMeasure::ALL.len()
    }

    /// Whether there are numbers for exactly `n_days` days.
    pub fn fits(&self, n_days: usize) -> bool {
        self.0.len() == n_days * DayMeasure::ALL.len()
    }

    /// Records a number.
    pub fn set(&mut self, day: Day, measure: DayMeasure, n: u32) {
        self.0[day.idx() * DayMeasure::ALL.len() + measure.idx()] = n;
    }

    /// One number.
    pub fn get(&self, day: Day, measure: DayMeasure) -> u32 {
        self.0[day.idx() * DayMeasure::ALL.len() + measure.idx()]
    }
}

/// COVID patients in the ICU by region and day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionalDays {
    covid_ic: Vec<u32>,
    n_regions: usize,
}

impl RegionalDays {
    /// All zero.
    pub fn new(n_regions: usize, n_days: usize) -> Self {
        Self {
            covid_ic: vec![0; n_regions * n_days],
            n_regions,
        }
    }

    /// Records the patients of a region.
    pub fn set(&mut self, day: Day, region: RegionIdx, n: u32) {
        self.covid_ic[day.idx() * self.n_regions + region.idx()] = n;
    }

    /// The patients of a region.
    pub fn get(&self, day: Day, region: RegionIdx) -> u32 {
        self.covid_ic[day.idx() * self.n_regions + region.idx()]
    }
}
