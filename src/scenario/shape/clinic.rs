//! Independent clinics.

use serde::Deserialize;

use super::duration::TriangularShare;
use super::source::Source;

/// Independent clinics and the staff that they could lend. Regions say how many workers there are.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clinics {
    /// Lendable workers of one clinic, which sets the number of clinics in a region.
    pub workers_per_clinic: i64,
    /// Workers who form one indivisible team.
    pub workers_per_block: i64,
    /// Operations that one team does on a weekday.
    pub daily_operations_per_block: f64,
    /// Production value of one operation, in euro.
    pub price_euros: f64,
    /// Share of operations that need home care or the GP afterwards.
    pub follow_up_share: f64,
    /// Share of workers who can do IC work.
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
    pub fte_per_worker: f64,
    /// Days of induction for IC, operating-room and ward work.
    pub induction_days: [i64; 3],
    /// Days that a booster vaccination takes before induction.
    pub booster_days: i64,
    /// Share of workers without booster.
    pub without_booster_share: f64,
    /// Hospital nurse time that induction takes, in nurses per worker in induction.
    pub trainer_nurses: f64,
    /// Days between matching rounds.
    pub round_days: i64,
    /// Days until a region's hospitals have specified a request.
    pub specification_days: i64,
    /// Days that the other serial steps of a loan take.
    pub procedure_days: i64,
    /// Longest distance that a willing worker travels, in tiles of the map.
    pub maximum_distance_tiles: i64,
    /// Share of requests that say in full which staff are needed; default 1.
    pub complete_request_share: Option<f64>,
    /// Days of the serial steps when clinics prepared in phase 2D; default `procedure_days`.
    pub prepared_procedure_days: Option<i64>,
    /// Share of workers whom the inventory of deployable staff lists; default 1.
    pub listed_share: Option<f64>,
    /// Part of that share that is out of date per week of the inventory's age; default 0.
    pub listed_loss_per_week_share: Option<f64>,
    /// Share of workers who can be deployed outside COVID care; default 1.
    pub without_covid_share: Option<f64>,
    /// Share of workers whose deployability is not clear yet when they are asked; default 0.
    pub not_clear_share: Option<f64>,
    /// Days until it is clear; default 0.
    pub days_until_clear: Option<i64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}
