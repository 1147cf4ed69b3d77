//! The phases of a scale-up plan as data, and the notice that the heaviest threatens.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::units::{Minutes, PerMille};

/// Most phases that a plan can have.
pub const MOST_PHASES: usize = 6;

/// Position of a phase in its plan, lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phase(pub u8);

impl Phase {
    /// Regular care.
    pub const FIRST: Self = Self(0);

    /// The position as an index into the plan's lists.
    pub const fn idx(self) -> usize {
        self.0 as usize
    }

    /// The phase at a position below [`MOST_PHASES`].
    pub fn at(position: usize) -> Self {
        Self(u8::try_from(position).unwrap_or(u8::MAX))
    }
}

/// The phases as data, and when the country moves between them.
#[derive(Debug, Clone, PartialEq)]
pub struct PhasePlan {
    /// The name of each phase, for example `2D`; at least one and at most [`MOST_PHASES`].
    pub names: Vec<String>,
    /// What each phase asks, lightest first.
    pub records: Vec<PhaseRecord>,
    /// Fewest days in a phase before the country may step down.
    pub minimum_dwell_days: u16,
    /// A phase is left when pressure falls below this part of its entry threshold.
    pub hysteresis: PerMille,
    /// The lightest phase in which staff tire; none when `None`.
    pub staff_tire_from: Option<Phase>,
    /// The lightest phase in which hired staff stay and beds stay protected when phases become lighter.
    pub measures_kept_from: Option<Phase>,
    /// The lightest phase in which clinics ask their staff and prepare for loans.
    pub clinics_prepare_from: Option<Phase>,
    /// How hospitals follow an order to stop classes 4 and 5.
    pub stop: StopTerms,
    /// The notice that the heaviest phase threatens; `None` where nobody gives one.
    pub threat: Option<ThreatNotice>,
}

impl PhasePlan {
    /// All phases, lightest first.
    pub fn phases(&self) -> impl DoubleEndedIterator<Item = Phase> + use<> {
        (0..self.records.len()).map(Phase::at)
    }

    /// What `phase` asks.
    pub fn record(&self, phase: Phase) -> &PhaseRecord {
        &self.records[phase.idx()]
    }

    /// The heaviest phase.
    pub fn heaviest(&self) -> Phase {
        Phase::at(self.records.len() - 1)
    }
}

/// Whether `phase` is `from` or a heavier one; never when there is no `from`.
pub fn is_from(from: Option<Phase>, phase: Phase) -> bool {
    from.is_some_and(|from| from <= phase)
}

/// A document that binds in some phases and not in others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// The framework of October 2020.
    Framework,
    /// The supplement of November 2021.
    Supplement,
    /// The clinics' policy of December 2021.
    Clinics,
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
    /// Most beds per nurse relative to normal.
    pub beds_per_nurse: PerMille,
    /// Whether hospitals are told to stop classes 4 and 5.
    pub stops_plannable: bool,
    /// COVID patients who are expected to stay longer are not admitted to the IC; all are when `None`.
    pub longest_ic_stay: Option<Minutes>,
    /// Part of its regular IC beds that each hospital keeps for COVID patients.
    pub covid_beds: PerMille,
    /// Whether each document binds in this phase, in the order of [`Binding`].
    pub binds: [bool; 3],
}

impl PhaseRecord {
    /// A phase in which nothing is asked and nothing changes.
    pub const NORMAL: Self = Self {
        enter_at_covid_ic: 0,
        national_ic_beds: 0,
        ordered_ic_beds: 0,
        max_activity: [PerMille::ONE; 3],
        transfers: TransferRegime::Regional,
        beds_per_nurse: PerMille::ONE,
        stops_plannable: false,
        longest_ic_stay: None,
        covid_beds: PerMille::ZERO,
        binds: [false; 3],
    };

    /// Whether `document` binds in this phase.
    pub const fn binds(&self, document: Binding) -> bool {
        self.binds[document as usize]
    }
}

/// How far COVID patients are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TransferRegime {
    /// Within the region only.
    Regional,
    /// Within and between regions.
    National,
}

/// How hospitals follow an order to stop classes 4 and 5: one by one, each when it is willing and after
/// a lag of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopTerms {
    /// Part of the hospitals that are willing while their region's occupancy is at most
    /// [`Self::from_occupancy`].
    pub share: PerMille,
    /// Added to that part per unit of occupancy above.
    pub share_per_occupancy: PerMille,
    /// Patients per staffed bed of the region.
    pub from_occupancy: PerMille,
    /// Days after the order within which the willing stop.
    pub lag_days: u16,
    /// Days after its end within which they restart; who stopped first restarts last.
    pub restart_days: u16,
    /// Patients per staffed bed of the region below which they restart although the order stands.
    pub restart_below: PerMille,
}

impl StopTerms {
    /// All stop at once, and restart at once.
    pub const AT_ONCE: Self = Self {
        share: PerMille::ONE,
        share_per_occupancy: PerMille::ZERO,
        from_occupancy: PerMille::ONE,
        lag_days: 0,
        restart_days: 0,
        restart_below: PerMille::ZERO,
    };
}

/// When those who run the plan tell that its heaviest phase threatens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThreatNotice {
    /// Days ahead that the forecaster looks.
    pub horizon_days: u16,
    /// IC beds, all patients, above which the heaviest phase begins.
    pub beds: u32,
    /// The notice is given when the probability of more patients than beds is above this.
    pub probability: f64,
    /// The factor, in thousandths, by which the expected COVID census is raised to compare its
    /// upper quantile with the beds that are left; follows from probability and forecast error.
    pub quantile_factor: PerMille,
}
