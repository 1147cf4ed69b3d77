//! What happens at each event and epoch: one file per kind. Handlers change the state through
//! [`crate::engine::simulation::Run`] and call only those earlier in this list.

pub(crate) mod pressure;
pub(crate) mod covid;
pub(crate) mod acute;
pub(crate) mod planned;
pub(crate) mod shifts;
pub(crate) mod theater;
pub(crate) mod clinics;
pub(crate) mod program;
pub(crate) mod planning;
pub(crate) mod relocation;
pub(crate) mod transfers;
pub(crate) mod escalation;
pub(crate) mod agreements;
pub(crate) mod coordination;
pub(crate) mod matching;
pub(crate) mod loans;
pub(crate) mod statistics;
pub(crate) mod closing;

use crate::engine::simulation::Run;
use crate::units::{HospitalIdx, RegionIdx};

/// All hospitals of a model with `n` of them.
pub(crate) fn hospitals(n: usize) -> impl Iterator<Item = HospitalIdx> {
    (0..n).map(HospitalIdx::at)
}

/// All regions of the model.
pub(crate) fn regions<R>(run: &Run<'_, R>) -> impl Iterator<Item = RegionIdx> + use<R> {
    (0..run.model.regions.len()).map(RegionIdx::at)
}

/// The hospitals of a region.
pub(crate) fn hospitals_of<R>(
    run: &Run<'_, R>,
    region: RegionIdx,
) -> impl Iterator<Item = HospitalIdx> + use<R> {
    run.model.hospitals_of(region).map(HospitalIdx::at)
}
