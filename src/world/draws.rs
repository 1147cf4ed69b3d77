//! What single uniform numbers become: positions, marks and correlated deviations.

use crate::numeric::{Tail, normal};
use crate::random::{Keys, Purpose, Stratum};

/// Maps a uniform number to a position in a short cumulative distribution.
pub(super) fn pick(cumulative: &[f64], u: f64) -> usize {
    // Counting all bounds takes less time than finding the first one: no branch depends on `u`.
    let below = cumulative.iter().filter(|bound| **bound <= u).count();
    below.min(cumulative.len() - 1)
}

/// A mark below `bound` from a uniform number.
pub(super) fn mark(u: f64, bound: u16) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "u lies in (0, 1), so the product lies below the bound"
    )]
    let mark = (u * f64::from(bound)) as u16;
    mark.min(bound - 1)
}

/// A standard normal draw keyed by stratum and a running number.
pub(super) fn keyed_normal(keys: Keys, purpose: Purpose, stratum: Stratum, n: u32) -> f64 {
    let block = keys.block(purpose, stratum, n, 0);
    normal::quantile(Tail::Lower(block.uniform(0)))
}

/// A first-order autoregression with correlation `rho` and standard normal values, from standard
/// normal `draws`.
pub(super) fn autoregression(
    rho: f64,
    draws: impl Iterator<Item = f64>,
) -> impl Iterator<Item = f64> {
    let innovation = (1.0 - rho * rho).sqrt();
    draws.scan(None, move |last, z| {
        let value = last.map_or(z, |last| rho * last + innovation * z);
        *last = Some(value);
        Some(value)
    })
}
