//! National phases of the LNAZ scale-up plan, and the notice that phase 3 threatens.

use serde::{Deserialize, Serialize};

use crate::units::PerMille;

/// Phase of the national scale-up plan of the LNAZ (Landelijk Netwerk Acute Zorg).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum LnazFase {
    /// Regular care.
    #[default]
    #[serde(rename = "1")]
    Fase1,
    /// Regional pressure that the region copes with.
    #[serde(rename = "2A")]
    Fase2A,
    /// Regions under pressure; national coordination.
    #[serde(rename = "2B")]
    Fase2B,
    /// National pressure; regular care is cut.
    #[serde(rename = "2C")]
    Fase2C,
    /// Continuity at risk in the whole country; classes 5 and 4 are cut everywhere.
    #[serde(rename = "2D")]
    Fase2D,
    /// All capacity used and all cooperation exhausted.
    #[serde(rename = "3")]
    Fase3,
}

impl LnazFase {
    /// All phases, lightest first.
    pub const ALL: [Self; 6] = [
        Self::Fase1,
        Self::Fase2A,
        Self::Fase2B,
        Self::Fase2C,
        Self::Fase2D,
        Self::Fase3,
    ];

    /// Position in [`Self::ALL`].
    pub const fn idx(self) -> usize {
        self as usize
    }

    /// Whether this is one of the phases 2A to 2D, in which the policy framework holds.
    pub const fn is_phase_2(self) -> bool {
        matches!(
            self,
            Self::Fase2A | Self::Fase2B | Self::Fase2C | Self::Fase2D
        )
    }

    /// The name used in the plan, for example `2D`.
    pub const fn name(self) -> &'static str {
        ["1", "2A", "2B", "2C", "2D", "3"][self as usize]
    }
}

/// The phases as data, and when the country moves between them.
#[derive(Debug, Clone, PartialEq)]
pub struct PhasePlan {
    /// One record per phase, in the order of [`LnazFase::ALL`].
    pub records: [PhaseRecord; 6],
    /// Fewest days in a phase before the country may step down.
    pub minimum_dwell_days: u16,
    /// A phase is left when pressure falls below this part of its entry threshold.
    pub hysteresis: PerMille,
    /// The notice that phase 3 threatens.
    pub threat: ThreatNotice,
}

/// What one phase asks and allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseRecord {
    /// Entered when the expected national COVID IC census reaches this number of patients.
    pub enter_at_covid_ic: u32,
    /// IC beds, all patients, that the country agrees to have in this phase.
    pub national_ic_beds: u32,
    /// Of these: beds that hospitals are told to open, whatever patients they expect.
    pub ordered_ic_beds: u32,
    /// Highest activity of operations of class 3, 4 and 5 relative to normal.
    pub max_activity: [PerMille; 3],
    /// Whether patients are spread over regions.
    pub transfers: TransferRegime,
    /// Beds per nurse relative to normal.
    pub beds_per_nurse: PerMille,
}

/// How far COVID patients are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransferRegime {
    /// Within the region only.
    Regional,
    /// Within and between regions.
    National,
}

/// When the LNAZ tells the minister and the inspectorate that phase 3 threatens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThreatNotice {
    /// Days ahead that the forecaster looks.
    pub horizon_days: u16,
    /// IC beds, all patients, above which phase 3 begins.
    pub beds: u32,
    /// The notice is given when the probability of more patients than beds is above this.
    pub probability: f64,
    /// The factor, in thousandths, by which the expected COVID census is raised to compare its
    /// upper quantile with the beds that are left; follows from probability and forecast error.
    pub quantile_factor: PerMille,
}
