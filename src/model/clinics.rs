//! Independent clinics (ZBC, organized in ZKN): production and staff that could be lent.

use crate::random::QuantileTable;
use crate::units::{Cents, PerMille, RegionIdx};

/// All independent clinics and the properties of their staff.
#[derive(Debug, Clone)]
pub struct Clinics {
    /// The clinics, in the order of the scenario.
    pub clinics: Vec<Clinic>,
    /// Shares of lendable workers who can do IC work and OR work; the rest can do ward work.
    pub roles: RoleShares,
    /// Part of a full-time worker's day that a lent worker delivers, in thousandths.
    pub productivity: QuantileTable,
    /// Part-time factor of a lendable worker.
    pub fte_per_worker: PerMille,
    /// Days of induction (IC, OR, ward) before a lent worker counts.
    pub induction_days: [u16; 3],
    /// Days that the booster vaccination takes before induction, for workers without one.
    pub booster_days: u16,
    /// Share of workers without booster.
    pub without_booster: PerMille,
    /// Hospital nurse time taken by induction, in thousandths of a nurse per worker in induction.
    pub trainer: PerMille,
    /// Workers whom one hospital can induct at the same time.
    pub most_inductions: u16,
    /// Days between matching rounds.
    pub round_days: u16,
    /// Days until the hospitals of a region have specified a request.
    pub specification_days: u16,
    /// Days that serial steps of a loan take besides.
    pub procedure_days: u16,
    /// Longest acceptable distance, in tiles of the map, that a willing worker travels.
    pub max_distance: u8,
    /// What a request, an inventory and a worker's statement are worth.
    pub matching: Matching,
}

impl Clinics {
    /// A country without independent clinics, where nobody draws from `productivity`.
    pub fn none(productivity: QuantileTable) -> Self {
        Self {
            clinics: Vec::new(),
            roles: RoleShares { ic: 0.0, or: 0.0 },
            productivity,
            fte_per_worker: PerMille::ZERO,
            induction_days: [0; 3],
            booster_days: 0,
            without_booster: PerMille::ZERO,
            trainer: PerMille::ZERO,
            most_inductions: 0,
            round_days: 1,
            specification_days: 0,
            procedure_days: 0,
            max_distance: 0,
            matching: Matching {
                complete_request: PerMille::ZERO,
                prepared_procedure_days: 0,
                listed: PerMille::ZERO,
                listed_loss_per_week: PerMille::ZERO,
                without_covid: 0.0,
                not_clear: 0.0,
                days_until_clear: 0,
            },
        }
    }
}

/// How well requests and workers can be matched (Z07, Z18, Z19, Z24).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matching {
    /// Probability that a region's request is complete (Z07).
    pub complete_request: PerMille,
    /// Days that serial steps take when clinics prepared in phase 2D (Z24).
    pub prepared_procedure_days: u16,
    /// Share of workers on the inventory of deployable staff when it is new (Z18).
    pub listed: PerMille,
    /// Part of all workers that the inventory loses per week of age (Z18).
    pub listed_loss_per_week: PerMille,
    /// Share of workers who can be deployed outside COVID care (Z19).
    pub without_covid: f64,
    /// Share of workers whose deployability is not clear yet when asked (Z19).
    pub not_clear: f64,
    /// Days until it is clear (Z19).
    pub days_until_clear: u16,
}

/// One clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinic {
    /// Short machine name.
    pub key: String,
    /// The region that it lies in.
    pub region: RegionIdx,
    /// Lendable workers.
    pub n_workers: u16,
    /// Workers who form one indivisible team.
    pub workers_per_block: u16,
    /// Operations that one team does on a weekday, in thousandths.
    pub milli_operations_per_block: u32,
    /// Production value of one operation.
    pub price: Cents,
    /// Share of operations that need home care or the GP afterwards.
    pub follow_up: PerMille,
}

/// Shares of lendable workers by the work that they can do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoleShares {
    /// Can do IC work.
    pub ic: f64,
    /// Can do OR work.
    pub or: f64,
}
