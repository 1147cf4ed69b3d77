//! ROAZ regions (acute-care networks) and their hospitals.

use core::ops::Range;

use crate::policy::fair_share::FairShareWeights;
use crate::units::{Beds, RegionIdx};

/// A ROAZ region: the network in which hospitals agree on acute care.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: String,
    /// Inhabitants.
    pub population: u32,
    /// Positions of its hospitals in [`crate::model::Model::hospitals`].
    pub hospitals: Range<u16>,
    /// Column and row of its tile on the schematic map.
    pub tile: (u8, u8),
    /// Share of the national COVID task by each 'fair share' key, in millionths.
    pub fair_share: FairShareWeights,
}

/// A hospital with an intensive care unit (IC).
#[derive(Debug, Clone, PartialEq)]
pub struct Hospital {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: String,
    /// The region that it belongs to.
    pub region: RegionIdx,
    /// IC beds that its own nurses can staff in normal times.
    pub regular_beds: Beds,
    /// IC bed places with equipment: an upper bound whatever the staff.
    pub physical_beds: Beds,
    /// Operating-room teams on a weekday, in thousandths of a team.
    pub or_teams_milli: u32,
    /// Ward beds that can be set apart for COVID patients and for patients who leave the IC.
    pub covid_ward_beds: Beds,
    /// Places in the operating program for IC-dependent patients, Monday to Friday.
    pub ic_slots: [u8; 5],
    /// Its share of the national sessions, in millionths.
    pub session_share: u32,
}
