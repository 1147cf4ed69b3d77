//! What a lever can be set to, where it is a choice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When hospitals start to scale plannable care down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleDownTiming {
    /// When the hospital's own beds are full.
    Late,
    /// When the forecast says that they will be.
    #[default]
    Forecast,
    /// As forecast, with twice the lead.
    Early,
}

/// In which order classes of care are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScalingOrder {
    /// Class 5 first, then 4, then 3; back in the opposite order.
    #[default]
    UrgencyOrder,
    /// All classes in the same proportion.
    ProRata,
}

/// The key by which the national COVID task is divided over regions ('fair share').
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FairShare {
    /// Patients stay where they come in.
    #[default]
    Off,
    /// By inhabitants.
    Population,
    /// By regular ICU beds before the pandemic.
    RegularBeds,
    /// By the shares agreed nationally.
    Agreed,
}

/// What counts as need for ICU capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CriticalNeed {
    /// COVID and acute care only.
    #[default]
    Excluded,
    /// COVID, acute care and scheduled critical plannable care.
    Included,
}

/// When the talk about lending clinic staff begins (the texts leave it open).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoanTrigger {
    /// Never.
    Never,
    /// At any time, by mutual consent (A45).
    VoluntaryAnyTime,
    /// From phase 2D.
    #[serde(rename = "from-phase-2d")]
    FromPhase2D,
    /// When phase 3 threatens (A44, Z06, Z08).
    ThreatNotice,
    /// When phase 3 is declared.
    #[serde(rename = "phase-3")]
    Phase3,
}

/// For which care staff may be lent. The texts leave it open whether COVID care is among classes 1
/// to 3 (Z17, Z19, Z23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoanPurpose {
    /// Classes 1 to 3, COVID care included.
    CovidToo,
    /// Classes 1 to 3 without COVID care: only workers deployable outside it.
    WithoutCovid,
}

/// Whether full scale-down is asked of each hospital or of the region as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateScope {
    /// Of hospitals, one by one.
    AllHospitals,
    /// Of the region's activity, added up.
    RegionAggregate,
}

/// Which staff of clinics can be lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoanStaff {
    /// Those who are listed, willing, deployable and within range, after induction.
    #[default]
    AsSurveyed,
    /// All, wherever they live, without induction: an upper bound.
    All,
}
