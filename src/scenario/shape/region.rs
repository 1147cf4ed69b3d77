//! Regions and hospitals.

use schemars::JsonSchema;
use serde::Deserialize;

use super::demand::Census;
use crate::name::Name;
use crate::scenario::limits;

/// A region of the country.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Region {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
    /// Name in maps and small panels; default the name.
    pub short_name: Option<Name>,
    /// Inhabitants.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub population: u32,
    /// Share of the country's COVID admissions; over the regions these sum to 1.
    pub covid_share: f64,
    /// COVID admissions in the weeks of `covid.weekly_admissions`, of which only the share of each region in a
    /// week counts; default `covid_share` in every week, for all regions or for no region.
    #[schemars(length(max = limits::WEEKS), inner(range(min = 0, max = limits::PATIENTS_PER_WEEK)))]
    pub weekly_admissions: Option<Vec<f64>>,
    /// Observed inpatients on the first day of the window; default not known, for all regions or for no region.
    /// Over the regions these sum to `covid.census_at_start`.
    pub census_at_start: Option<Census>,
    /// Agreed share of the country's COVID task; over the regions these sum to 1; default none, for all
    /// regions or for no region.
    pub fair_share: Option<f64>,
    /// Column and row on the schematic map; no two regions share one.
    #[schemars(inner(range(min = 0, max = 31)))]
    pub tile: [u8; 2],
    /// Clinic workers in the region who could be lent.
    #[serde(default)]
    #[schemars(range(min = 0, max = limits::WORKERS))]
    pub lendable_workers: u32,
    /// The hospitals, at least one.
    pub hospital: Vec<Hospital>,
}

/// A hospital with an ICU.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Hospital {
    /// Short machine name.
    pub key: String,
    /// Name in reports; default the key.
    pub name: Option<Name>,
    /// ICU beds that its nurses can staff in normal times.
    #[schemars(range(min = 0, max = limits::BEDS))]
    pub regular_beds: u16,
    /// ICU places with equipment; at least `regular_beds`.
    #[schemars(range(min = 0, max = limits::BEDS))]
    pub physical_beds: u16,
    /// Groups that it belongs to, for `performed_in`.
    #[serde(default)]
    #[schemars(length(max = limits::GROUPS))]
    pub groups: Vec<String>,
    /// Part of its region's patients and the country's operations that it takes, relative to other
    /// hospitals; default `regular_beds`.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub weight: Option<f64>,
    /// Operating-room teams on a weekday, beside those of streams of patients; default what its expected
    /// operations take.
    #[schemars(range(min = 0, max = 1_000))]
    pub or_teams: Option<f64>,
    /// Ward beds for COVID patients and for patients who leave the ICU; default its part of
    /// `staff.ward.covid_beds`.
    #[schemars(range(min = 0, max = 20_000))]
    pub covid_ward_beds: Option<u16>,
    /// Places in the program for ICU-dependent patients, Monday to Friday; default what its
    /// expected demand takes, with `planned.slot_slack_share`.
    pub ic_slots: Option<[u8; 5]>,
}
