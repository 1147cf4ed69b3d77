//! What happens at each event and epoch: one file per kind. Handlers change the state through
//! [`crate::engine::simulation::Run`] and call each other only downwards in this list.

pub(crate) mod covid;
pub(crate) mod acute;
pub(crate) mod planned;
pub(crate) mod shifts;
pub(crate) mod theater;
pub(crate) mod clinics;
pub(crate) mod planning;
pub(crate) mod coordination;
pub(crate) mod agreements;
pub(crate) mod loans;
pub(crate) mod statistics;
pub(crate) mod closing;

use crate::units::HospitalIdx;

/// All hospitals of a model with `n` of them.
pub(crate) fn hospitals(n: usize) -> impl Iterator<Item = HospitalIdx> {
    (0..n).map(|h| HospitalIdx(u16::try_from(h).unwrap_or(u16::MAX)))
}
