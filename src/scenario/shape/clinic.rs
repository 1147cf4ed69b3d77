//! Independent clinics.

use schemars::JsonSchema;
use serde::Deserialize;

use super::default::{thousandths, whole};
use super::duration::TriangularShare;

/// Independent clinics and the staff that they could lend. Regions say how many workers there are.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Clinics {
    /// Lendable workers of one clinic, which sets the number of clinics in a region.
    #[schemars(range(min = 1, max = 1_000))]
    pub workers_per_clinic: u32,
    /// Workers who form one indivisible team.
    #[schemars(range(min = 1, max = 100))]
    pub workers_per_block: u16,
    /// Operations that one team does on a weekday.
    #[schemars(range(min = 0, max = 100))]
    pub daily_operations_per_block: f64,
    /// Production value of one operation, in euro.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub price_euros: f64,
    /// Share of operations that need home care or the GP afterwards.
    pub follow_up_share: f64,
    /// Share of workers who can do ICU work.
    pub ic_role_share: f64,
    /// Share of workers who can do operating-room work.
    pub or_role_share: f64,
    /// Share of workers willing before phase 2D.
    pub willing_before_2d_share: f64,
    /// Share of workers willing in phase 2D.
    pub willing_in_2d_share: f64,
    /// Share of workers willing once phase 3 threatens.
    pub willing_under_threat_share: f64,
    /// Part of a full-time worker's day that a lent worker delivers.
    pub productivity: TriangularShare,
    /// Part-time factor of a worker.
    #[schemars(range(min = 0, max = 1))]
    pub fte_per_worker: f64,
    /// Days of induction for ICU, operating-room and ward work.
    pub induction_days: [u16; 3],
    /// Days that a booster vaccination takes before induction.
    pub booster_days: u16,
    /// Share of workers without booster.
    pub without_booster_share: f64,
    /// Hospital nurse time that induction takes, in nurses per worker in induction.
    #[schemars(range(min = 0, max = 2))]
    pub trainer_nurses: f64,
    /// Workers whom one hospital can induct at the same time.
    #[serde(default = "whole::<10>")]
    #[schemars(range(min = 0, max = 10_000))]
    pub inductions_per_hospital: u16,
    /// Days between matching rounds.
    #[schemars(range(min = 1, max = 90))]
    pub round_days: u16,
    /// Days until a region's hospitals have specified a request.
    pub specification_days: u16,
    /// Days that the other serial steps of a loan take.
    pub procedure_days: u16,
    /// Longest distance that a willing worker travels, in tiles of the map.
    #[schemars(range(min = 0, max = 62))]
    pub maximum_distance_tiles: u8,
    /// Share of requests that say in full which staff are needed.
    #[serde(default = "thousandths::<1_000>")]
    pub complete_request_share: f64,
    /// Days of the serial steps when clinics prepared in phase 2D; default `procedure_days`.
    pub prepared_procedure_days: Option<u16>,
    /// Share of workers whom the inventory of deployable staff lists.
    #[serde(default = "thousandths::<1_000>")]
    pub listed_share: f64,
    /// Part of that share that is out of date per week of the inventory's age.
    #[serde(default)]
    pub listed_loss_per_week_share: f64,
    /// Share of workers who can be deployed outside COVID care.
    #[serde(default = "thousandths::<1_000>")]
    pub without_covid_share: f64,
    /// Share of workers whose deployability is not clear yet when they are asked.
    #[serde(default)]
    pub not_clear_share: f64,
    /// Days until it is clear.
    #[serde(default)]
    #[schemars(range(min = 0, max = 365))]
    pub days_until_clear: u16,
}
