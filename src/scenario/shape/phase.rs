//! The phases of a plan and the notice that the heaviest threatens.

use schemars::JsonSchema;
use serde::Deserialize;

use super::default::thousandths;
use crate::policy::plan::{Binding, TransferRegime};

/// The phases of a scale-up plan.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Phases {
    /// Fewest days in a phase before the country may step down.
    pub minimum_dwell_days: u16,
    /// A phase is left when pressure falls below this part of its entry threshold.
    pub hysteresis_share: f64,
    /// The phases, lightest first; at most 6.
    pub phase: Vec<PhaseEntry>,
    /// Name of the lightest phase in which staff tire; default none.
    pub staff_tire_from: Option<String>,
    /// Name of the lightest phase in which hired staff stay and beds stay protected while phases become
    /// lighter; default none.
    pub measures_kept_from: Option<String>,
    /// Name of the lightest phase in which clinics ask their staff and prepare for loans; default none.
    pub clinics_prepare_from: Option<String>,
    /// How hospitals follow an order to stop classes 4 and 5; default all at once.
    pub stop: Option<Stop>,
    /// The notice that the heaviest phase threatens; default none.
    pub threat: Option<Threat>,
}

/// One phase.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct PhaseEntry {
    /// Its name, at most 12 letters and digits, such as `2D`.
    pub phase: String,
    /// Documents whose agreements bind in this phase.
    #[serde(default)]
    #[schemars(length(max = 3))]
    pub binds: Vec<Binding>,
    /// Entered when the expected national COVID ICU census reaches this number.
    #[schemars(range(min = 0, max = 100_000))]
    pub enter_at_covid_ic: u32,
    /// ICU beds, all patients, that the country agrees to have.
    #[schemars(range(min = 0, max = 100_000))]
    pub national_ic_beds: u32,
    /// Of these, beds that hospitals are told to open whatever patients they expect, until phases go
    /// down; not under `scale_down = "late"`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100_000))]
    pub ordered_ic_beds: u32,
    /// Highest activity of operations of classes 3, 4 and 5 relative to normal.
    #[schemars(inner(range(min = 0, max = 2)))]
    pub maximum_activity_share: [f64; 3],
    /// How far patients are spread.
    pub transfers: TransferRegime,
    /// Most beds per nurse relative to normal; hospitals stretch as far as their patients need.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 1, max = 5))]
    pub beds_per_nurse: f64,
    /// Whether hospitals are told to stop classes 4 and 5; see `phases.stop`.
    #[serde(default)]
    pub stops_plannable: bool,
    /// COVID patients who are expected to need the ICU for more days than this are not admitted to it; default all
    /// are admitted.
    #[schemars(range(min = 1, max = 365))]
    pub longest_ic_stay_days: Option<u16>,
    /// Part of its regular ICU beds that each hospital keeps for COVID patients: planned patients get none of
    /// them, and a region is asked for its share of no fewer patients than the country has such beds.
    #[serde(default)]
    pub covid_beds_share: f64,
}

/// How hospitals follow an order to stop classes 4 and 5: one by one, each when it is willing and after a
/// lag of its own.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Stop {
    /// Part of the hospitals that are willing while their region's occupancy is at most
    /// `from_occupancy_share`.
    pub willing_share: f64,
    /// Added to that part per unit of occupancy above.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub willing_per_occupancy: f64,
    /// Patients per staffed bed of the region.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 5))]
    pub from_occupancy_share: f64,
    /// Days after the order within which the willing stop.
    #[schemars(range(min = 0, max = 365))]
    pub lag_days: u16,
    /// Days after its end within which they restart; who stopped first restarts last.
    #[schemars(range(min = 0, max = 365))]
    pub restart_days: u16,
    /// While the order stands, hospitals restart as after its end once their region's occupancy is below this;
    /// default they wait for its end.
    #[serde(default)]
    #[schemars(range(min = 0, max = 5))]
    pub restart_below_occupancy_share: f64,
}

/// The notice that the heaviest phase threatens.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Threat {
    /// Days that the forecaster looks ahead.
    #[schemars(range(min = 0, max = 14))]
    pub horizon_days: u16,
    /// ICU beds, all patients, above which the heaviest phase begins.
    #[schemars(range(min = 0, max = 100_000))]
    pub beds: u32,
    /// The notice is given when the probability of more patients than beds exceeds this.
    #[schemars(range(min = 0.001, max = 0.999))]
    pub probability: f64,
}
