//! ROAZ regions and hospitals.

use serde::Deserialize;

use super::source::Source;

/// A ROAZ region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: String,
    /// Inhabitants.
    pub population: i64,
    /// Share of the country's COVID admissions; over the regions these sum to 1.
    pub covid_share: f64,
    /// Agreed share of the country's COVID task; over the regions these sum to 1. Default none, for all
    /// regions or for no region.
    pub fair_share: Option<f64>,
    /// Column and row on the schematic map.
    pub tile: [i64; 2],
    /// Clinic workers in the region who could be lent; default 0.
    pub lendable_workers: Option<i64>,
    /// The hospitals, at least one.
    pub hospital: Vec<Hospital>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// A hospital with an IC.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hospital {
    /// Short machine name.
    pub key: String,
    /// Name in reports; default the key.
    pub name: Option<String>,
    /// IC beds that its nurses can staff in normal times.
    pub regular_beds: i64,
    /// IC places with equipment; at least `regular_beds`.
    pub physical_beds: i64,
    /// Groups that it belongs to, for `performed_in`; default none.
    pub groups: Option<Vec<String>>,
    /// Part of its region's patients and the country's operations that it takes, relative to other
    /// hospitals; default `regular_beds`.
    pub weight: Option<f64>,
    /// Operating-room teams on a weekday; default what its expected operations take.
    pub or_teams: Option<f64>,
    /// Ward beds for COVID patients and for patients who leave the IC; default its part of
    /// `staff.ward.covid_beds`.
    pub covid_ward_beds: Option<i64>,
    /// Places in the program for IC-dependent patients, Monday to Friday; default what its
    /// expected demand takes, with `planned.slot_slack_share`.
    pub ic_slots: Option<[i64; 5]>,
}
