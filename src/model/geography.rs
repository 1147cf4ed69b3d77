//! ROAZ regions (acute-care networks) and their hospitals.

use core::ops::Range;

use crate::name::Name;
use crate::policy::fair_share::FairShareWeights;
use crate::units::{Beds, RegionIdx};

/// A ROAZ region: the network in which hospitals agree on acute care.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
    /// Name in maps and small panels.
    pub short_name: Name,
    /// Inhabitants.
    pub population: u32,
    /// Positions of its hospitals in [`crate::model::Parts::hospitals`].
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
    pub name: Name,
    /// The region that it belongs to.
    pub region: RegionIdx,
    /// IC beds that its own nurses can staff in normal times.
    pub regular_beds: Beds,
    /// IC bed places with equipment: an upper bound whatever the staff.
    pub physical_beds: Beds,
    /// General operating-room teams on a weekday, in thousandths of a team.
    pub or_teams_milli: u32,
    /// Minutes per weekday of the own teams of each stream of planned patients; zero where the general
    /// teams operate, and where the hospital does not perform it.
    pub stream_minutes: Vec<StreamTime>,
    /// Ward beds that can be set apart for COVID patients and for patients who leave the IC.
    pub covid_ward_beds: Beds,
    /// Places in the operating program for IC-dependent patients, Monday to Friday.
    pub ic_slots: [u8; 5],
    /// Its share of the country's patients without IC, in millionths: its size.
    pub session_share: u32,
    /// Its share of the national operations without IC of classes 3, 4 and 5, in millionths.
    pub class_share: [u32; 3],
}

/// Operating time of the own teams of one stream of planned patients, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamTime {
    /// On a weekday.
    pub per_day: u32,
    /// Most that can be left over: a week's time, and no less than three operations take, since a hospital
    /// with few of them swaps its blocks over more weeks.
    pub most: u32,
}
