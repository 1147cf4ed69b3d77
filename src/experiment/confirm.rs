//! Confirmation: a fixed number of fresh worlds after the number was chosen by looking.
//!
//! Where results decided how many replications there are, or which policy is discussed, the same
//! results flatter the conclusion. Published numbers therefore come from worlds that played no part
//! in the choice.

use crate::random::{Purpose, derive_seed};

/// The master seed of the worlds that confirm an exploration under `seed`. None of these worlds
/// shares a draw with the explored ones.
pub const fn confirmation_seed(seed: u64) -> u64 {
    derive_seed(seed, Purpose::DerivedSeed, 0)
}

/// A master seed of independent worlds beside those under `seed` and those that confirm it.
pub(crate) const fn separate_seed(seed: u64) -> u64 {
    derive_seed(seed, Purpose::DerivedSeed, 1)
}
