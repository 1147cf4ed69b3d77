//! Keyed random numbers and distributions: every draw is a pure function of its key.
//!
//! A draw is named by (seed, replication, purpose, stratum, entity, block), never by how many draws
//! came before it. The same patient therefore has the same attributes under every policy, and a new
//! purpose changes no existing draw. Values are made by inversion, from quantiles computed with
//! `libm` and stored as integers: the same on every platform and in every build.
//!
//! This module knows no patients: what a purpose means is decided by the code that draws it.

mod distribution;
mod keys;
mod philox;
mod purpose;
mod stream;
mod table;

pub use distribution::{Distribution, DistributionError};
pub use keys::{Block, Keys, Stratum, derive_seed};
pub use philox::philox4x32_10;
pub use purpose::Purpose;
pub use stream::KeyedStream;
pub use table::QuantileTable;

/// Version of the drawn values, for the manifest of every result.
///
/// Raised whenever any value drawn for any key changes: results of different versions cannot be
/// compared world by world.
pub const STREAM_VERSION: u32 = 1;
