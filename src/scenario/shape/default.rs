//! Values of keys that a file leaves out, as `#[serde(default)]` takes them.

pub(super) use crate::policy::written::{thousandths, whole};

/// Ones.
pub(super) const fn equal<const N: usize>() -> [f64; N] {
    [1.0; N]
}

/// Longest acceptable waits of classes 2 to 5 when a scenario says none, in days.
pub const USUAL_NORM_DAYS: [u16; 4] = [7, 42, 91, 182];

/// The waits.
pub(super) const fn norm_days() -> [u16; 4] {
    USUAL_NORM_DAYS
}

/// Any hour of the day.
pub(super) const fn all_day() -> [u32; 2] {
    [0, 24]
}
