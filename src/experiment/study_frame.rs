//! What tables and charts need to know of a study besides its records.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::model::Model;
use crate::model::demand::USUAL_NORM_DAYS;
use crate::model::size::{MOST_NUMBERS, numbers};
use crate::model::study::Study;
use crate::model::vocabulary::Vocabulary;
use crate::name::Name;
use crate::policy::plan::MOST_PHASES;
use crate::units::UrgencyClass;

/// Most of what a file may speak of; a scenario's own bounds lie within.
const MOST_DAYS: u32 = 4_096;
const MOST_REGIONS: usize = 256;
const MOST_POLICIES: usize = 1_024;

/// The names and the calendar of an experiment; stored beside its records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyFrame {
    /// Machine name of the scenario.
    pub scenario: String,
    /// Title of the scenario.
    pub title: Name,
    /// Date of day 0.
    pub first_date: Date,
    /// Days of burn-in.
    pub burn_in_days: u16,
    /// Days of the evaluation window.
    pub window_days: u16,
    /// Days of follow-up.
    pub follow_up_days: u16,
    /// Regions in the order of the records.
    pub regions: Vec<RegionName>,
    /// Policies in the order of the records.
    pub policies: Vec<PolicyName>,
    /// Position of the baseline among the policies.
    pub baseline: usize,
    /// IC bed places in the country.
    pub physical_beds: u32,
    /// IC beds agreed in each phase of the plan.
    pub agreed_beds: Vec<u32>,
    /// Names of the phases; not in the file when they are the usual ones.
    #[serde(default = "usual_phases", skip_serializing_if = "is_usual_phases")]
    pub phases: Vec<String>,
    /// Longest acceptable wait of class 3, in days; not in the file when it is the usual one.
    #[serde(default = "usual_norm_days", skip_serializing_if = "is_usual_norm")]
    pub norm_days: u16,
    /// Part of all operations in normal times, in thousandths, that are too urgent to put off; not in the file
    /// when there are none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub urgent_permille: u32,
    /// Streams of planned patients in the order of the records.
    #[serde(default)]
    pub streams: Vec<StreamName>,
    /// What things are called; not in the file when nothing has a name of its own.
    #[serde(default, skip_serializing_if = "Vocabulary::is_default")]
    pub words: Vocabulary,
}

/// The phases of the plan for which the file was first made.
fn usual_phases() -> Vec<String> {
    ["1", "2A", "2B", "2C", "2D", "3"]
        .map(str::to_owned)
        .to_vec()
}

fn is_usual_phases(phases: &Vec<String>) -> bool {
    *phases == usual_phases()
}

const fn usual_norm_days() -> u16 {
    USUAL_NORM_DAYS[UrgencyClass::KritiekPlanbareZorg.idx()]
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_usual_norm(days: &u16) -> bool {
    *days == usual_norm_days()
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_none(permille: &u32) -> bool {
    *permille == 0
}

/// A region in tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionName {
    /// Machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
    /// Name in maps and small panels.
    pub short_name: Name,
    /// Column and row on the schematic map.
    pub tile: (u8, u8),
    /// Number of hospitals.
    pub n_hospitals: u16,
}

/// A policy in tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyName {
    /// Machine name.
    pub key: String,
    /// Name in reports.
    pub label: Name,
    /// One sentence on what it is.
    pub description: Name,
}

/// A stream of planned patients in tables, such as a specialty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreamName {
    /// Machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
}

impl StudyFrame {
    /// The frame of `model`.
    pub fn new(model: &Model) -> Self {
        let regions = model.regions.iter().map(|region| RegionName {
            key: region.key.clone(),
            name: region.name.clone(),
            short_name: region.short_name.clone(),
            tile: region.tile,
            n_hospitals: region.hospitals.end - region.hospitals.start,
        });
        let policies = model.policies.iter().map(|policy| PolicyName {
            key: policy.key.clone(),
            label: policy.label.clone(),
            description: policy.description.clone(),
        });
        Self {
            scenario: model.key.clone(),
            title: model.title.clone(),
            first_date: model.study.first_date,
            burn_in_days: model.study.burn_in_days,
            window_days: model.study.window_days,
            follow_up_days: model.study.follow_up_days,
            regions: regions.collect(),
            policies: policies.collect(),
            baseline: model.baseline,
            physical_beds: model
                .hospitals
                .iter()
                .map(|h| u32::from(h.physical_beds.0))
                .sum(),
            agreed_beds: (model.phases.records.iter())
                .map(|record| record.national_ic_beds)
                .collect(),
            phases: model.phases.names.clone(),
            norm_days: model.planned.norm_of_critical_care(),
            urgent_permille: model.sessions.urgent.0,
            streams: (model.planned.specialties.iter())
                .map(|stream| StreamName {
                    key: stream.key.clone(),
                    name: stream.name.clone(),
                })
                .collect(),
            words: model.words.clone(),
        }
    }

    /// What is wrong with a frame that was read from a file; nothing with that of a model.
    pub fn mistake(&self) -> Option<&'static str> {
        let days = [self.burn_in_days, self.window_days, self.follow_up_days];
        let n_days: u32 = days.into_iter().map(u32::from).sum();
        let mistakes = [
            (
                n_days > MOST_DAYS || self.window_days == 0,
                "its days are too many, or none",
            ),
            (
                self.first_date.weekday() != Weekday::Monday,
                "its first date is not a Monday",
            ),
            (
                !(1..=MOST_REGIONS).contains(&self.regions.len()),
                "its regions are too many, or none",
            ),
            (
                self.policies.len() > MOST_POLICIES,
                "its policies are too many",
            ),
            (
                !(1..=MOST_PHASES).contains(&self.phases.len())
                    || self.agreed_beds.len() != self.phases.len(),
                "its phases are too many, or none, or do not fit their beds",
            ),
            (
                n_days <= MOST_DAYS && self.n_numbers() > MOST_NUMBERS,
                "its regions, weeks and policies are too many together",
            ),
            (
                self.baseline >= self.policies.len(),
                "its baseline is not one of its policies",
            ),
        ];
        mistakes
            .into_iter()
            .find_map(|(is_wrong, what)| is_wrong.then_some(what))
    }

    /// Numbers that are kept of one replication, at most.
    pub fn n_numbers(&self) -> usize {
        let n_streams = self.streams.len();
        numbers(
            &self.study(),
            (self.regions.len(), n_streams),
            self.policies.len(),
        )
    }

    /// The calendar.
    pub const fn study(&self) -> Study {
        Study {
            first_date: self.first_date,
            burn_in_days: self.burn_in_days,
            window_days: self.window_days,
            follow_up_days: self.follow_up_days,
        }
    }

    /// Study weeks of the evaluation window.
    pub fn window_weeks(&self) -> core::ops::Range<usize> {
        let study = self.study();
        study.week(study.window_start())..study.week(study.window_end())
    }

    /// Number of hospital-weeks in the evaluation window.
    pub fn n_hospital_weeks(&self) -> usize {
        let hospitals = self
            .regions
            .iter()
            .map(|region| usize::from(region.n_hospitals));
        hospitals.sum::<usize>() * self.window_weeks().len()
    }

    /// Number of region-weeks in the evaluation window.
    pub fn n_region_weeks(&self) -> usize {
        self.regions.len() * self.window_weeks().len()
    }
}
