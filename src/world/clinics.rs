//! Clinic workers as individuals: what each can do, wants to do, and would deliver.

use crate::model::Model;
use crate::random::{Keys, Purpose, Stratum};
use crate::units::{PerMille, RegionIdx};
use crate::world::draws::mark;

/// The work that a lent clinic worker can do in a hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// IC nursing (anesthesia, recovery or former IC staff).
    Ic,
    /// Operating-room work.
    Or,
    /// Ward nursing.
    Ward,
}

/// For which care a worker can be deployed, by the clinic's own statement (Z19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deployability {
    /// COVID care only.
    CovidOnly,
    /// Other care, too.
    WithoutCovid,
}

/// One clinic worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worker {
    /// Position of the clinic in the model.
    pub clinic: u16,
    /// Region of the clinic.
    pub region: RegionIdx,
    /// Position of the worker's team within the clinic.
    pub block: u16,
    /// What the worker can do.
    pub role: Role,
    /// Keyed mark below 1 000: willing when it is below the probability that holds at the time.
    pub willing_mark: u16,
    /// Part of a full-time hospital nurse that the worker delivers when lent.
    pub productivity: PerMille,
    /// Largest distance, in tiles of the map, that the worker would travel.
    pub max_distance: u8,
    /// Whether the booster vaccination is still to be given.
    pub needs_booster: bool,
    /// Keyed mark below 1 000: the inventory lists the worker when it is below a probability.
    pub listed_mark: u16,
    /// For which care the worker can be deployed.
    pub deployable: Deployability,
    /// Whether that is not clear yet when the worker is first asked.
    pub not_clear: bool,
}

/// Draws all workers, in the order of the clinics.
pub(crate) fn draw(model: &Model, keys: Keys) -> Vec<Worker> {
    let clinics = model.clinics.clinics.iter().enumerate();
    clinics
        .flat_map(|(clinic, record)| (0..record.n_workers).map(move |worker| (clinic, worker)))
        .map(|(clinic, worker)| draw_worker(model, keys, clinic, worker))
        .collect()
}

fn draw_worker(model: &Model, keys: Keys, clinic: usize, worker: u16) -> Worker {
    let clinics = &model.clinics;
    let record = &clinics.clinics[clinic];
    let entity = u32::try_from(clinic << 16).unwrap_or(0) | u32::from(worker);
    let block = |purpose| keys.block(purpose, Stratum::NATIONAL, entity, 0);
    let identity = block(Purpose::ClinicWorker);
    let travel = block(Purpose::ClinicWorkerTravel);
    let role = match identity.uniform(0) {
        u if u < clinics.roles.ic => Role::Ic,
        u if u < clinics.roles.ic + clinics.roles.or => Role::Or,
        _ => Role::Ward,
    };
    let share = block(Purpose::ClinicProductivity).uniform(0);
    let productivity = PerMille(clinics.productivity.sample(share));
    let inventory = block(Purpose::ClinicInventory);
    let deployable = if inventory.uniform(1) < clinics.matching.without_covid {
        Deployability::WithoutCovid
    } else {
        Deployability::CovidOnly
    };
    let reach = mark(travel.uniform(0), u16::from(clinics.max_distance) + 1);
    Worker {
        clinic: u16::try_from(clinic).unwrap_or(u16::MAX),
        region: record.region,
        block: worker / record.workers_per_block,
        role,
        willing_mark: mark(block(Purpose::ClinicWillingness).uniform(0), 1_000),
        productivity: PerMille(productivity.of(clinics.fte_per_worker.0)),
        max_distance: u8::try_from(reach).unwrap_or(u8::MAX),
        needs_booster: identity.uniform(1) < clinics.without_booster.as_fraction(),
        listed_mark: mark(inventory.uniform(0), 1_000),
        deployable,
        not_clear: travel.uniform(1) < clinics.matching.not_clear,
    }
}
