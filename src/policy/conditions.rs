//! Conditions that surround hospital care and that policies set: money, and the chain of care.

use crate::units::{Cents, Day, PerMille};

/// Regimes of willingness of clinic workers: before phase 2D, in it, and once phase 3 threatens.
pub type ByRegime = [PerMille; 3];

/// Financial conditions (A08, A33, A34, Z10, Z12).
///
/// Comfort acts through one link: a probability `p` of doing what was agreed, or of being willing,
/// becomes `p'` with logit p' = logit p + slope · (comfort − ½). At a comfort of one half nothing
/// changes. The probabilities are computed when the model is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finance {
    /// Probability that a party does what was agreed under the framework (A08), and under the
    /// supplement (A34).
    pub compliance: [PerMille; 2],
    /// Probability that a hospital agrees to shift care to or from others (A29): without and with
    /// compensation by insurers (A33).
    pub shift_accepted: [PerMille; 2],
    /// First day of the insurers' updated scheme for clinics (Z12); never when `None`.
    pub scheme_from: Option<Day>,
    /// Willingness of clinic workers before and under the scheme.
    pub willingness: [ByRegime; 2],
    /// Part of lost production that insurers make up for, before and under the scheme (Z10).
    pub compensated: [PerMille; 2],
    /// Most uncompensated loss of production per lent worker and weekday that a clinic accepts
    /// (Z10); no bound when `None`.
    pub most_uncompensated: Option<Cents>,
}

/// The chain of care before and after the hospital (A06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// Part of COVID patients without need of the IC whom GPs still send in; the others stay at
    /// home.
    pub inflow: PerMille,
    /// Part of these patients who go home early with oxygen.
    pub home_oxygen: PerMille,
    /// Part of the ward stay of those patients that remains.
    pub home_oxygen_stay: PerMille,
    /// Places in nursing homes and home care (VVT) per day, nationally; no bound when `None`.
    pub vvt_places_per_day: Option<u32>,
}

impl Chain {
    /// The chain as in normal times.
    pub const NORMAL: Self = Self {
        inflow: PerMille::ONE,
        home_oxygen: PerMille::ZERO,
        home_oxygen_stay: PerMille::ONE,
        vvt_places_per_day: None,
    };
}
