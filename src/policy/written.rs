//! What a policy file says, and which of its settings documents put in force as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::name::Name;
use crate::policy::agreement::{Granularity, Visibility};
use crate::policy::choices::{
    CriticalNeed, FairShare, GateScope, LoanPurpose, LoanStaff, LoanTrigger, ScaleDownTiming,
    ScalingOrder,
};
use crate::units::PerMille;

/// A whole number as the value of a key that is left out.
pub(crate) const fn whole<const N: u16>() -> u16 {
    N
}

/// A number in thousandths as the value of a key that is left out.
pub(crate) fn thousandths<const N: u16>() -> f64 {
    f64::from(N) / 1_000.0
}

/// A number as the engine counts it.
trait Counted {
    type As;
    fn counted(self) -> Self::As;
}

impl Counted for u16 {
    type As = Self;
    fn counted(self) -> Self {
        self
    }
}

impl Counted for f64 {
    type As = PerMille;
    fn counted(self) -> PerMille {
        PerMille::from_fraction(self)
    }
}

/// Declares a policy file. A row of the second part, `key: type in the file => type as counted`, is a
/// plain lever: a key of the file, and a value that a document can put in force.
macro_rules! written {
    (
        $(#[$of_file:meta])* pub struct $file:ident { $($(#[$of_key:meta])* pub $key:ident: $type:ty,)* }
        $(#[$of_levers:meta])* pub struct $levers:ident {
            $($(#[doc = $meaning:literal])+ $(#[serde($($default:tt)+)])? $(#[schemars($($range:tt)+)])?
            $lever:ident: $written:ty => $counted:ty,)*
        }
    ) => {
        $(#[$of_file])*
        pub struct $file {
            $($(#[$of_key])* pub $key: $type,)*
            $($(#[doc = $meaning])+ $(#[serde($($default)+)])? $(#[schemars($($range)+)])?
            pub $lever: $written,)*
        }

        $(#[$of_levers])*
        pub struct $levers {
            $($(#[doc = $meaning])+ pub $lever: $counted,)*
        }

        impl $levers {
            /// The levers of a file, as the engine counts them.
            pub fn of(file: &$file) -> Self {
                Self { $($lever: file.$lever.counted(),)* }
            }
        }
    };
}

written! {
    /// One policy. What is left out is taken from the policy that it extends, or else the default.
    #[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
    pub struct Policy {
        /// Short machine name.
        pub key: String,
        /// Name in reports.
        pub label: Name,
        /// One sentence on what the policy is.
        pub description: Name,
        /// First day of the framework of October 2020, or `never`; default `never`.
        pub framework_from: Option<String>,
        /// First day of the supplement of November 2021, or `never`; default `never`.
        pub supplement_from: Option<String>,
        /// First day of the clinics' policy of December 2021, or `never`; default `never`.
        pub clinic_policy_from: Option<String>,
        /// First day on which hospitals follow the country's scale-up plan, or `never`; default that of the
        /// framework.
        pub plan_from: Option<String>,
        /// Phases by date, earliest first; default by the thresholds of the phases.
        pub phase_calendar: Option<Vec<PhaseDate>>,
        /// When care is scaled down.
        #[serde(default)]
        pub scale_down: ScaleDownTiming,
        /// In which order classes are cut.
        #[serde(default)]
        pub scaling_order: ScalingOrder,
        /// Days ahead for which capacity is prepared.
        #[serde(default = "whole::<3>")]
        #[schemars(range(min = 0, max = 14))]
        pub lead_days: u16,
        /// Quantile of the forecast that is prepared for.
        #[serde(default = "thousandths::<800>")]
        #[schemars(range(min = 0.001, max = 0.999))]
        pub forecast_level: f64,
        /// To whom expected COVID patients are announced.
        #[serde(default)]
        pub forecast_granularity: Granularity,
        /// Key by which COVID patients are spread over regions, the 'fair share'.
        #[serde(default)]
        pub fair_share: FairShare,
        /// Probability that a hospital or region does what was agreed.
        #[serde(default = "thousandths::<1_000>")]
        #[schemars(range(min = 0, max = 1))]
        pub compliance: f64,
        /// How beds for critical plannable care are protected; default `none`.
        #[serde(default)]
        pub protection: Protection,
        /// The same for single regions.
        #[serde(default)]
        pub region_protection: Vec<RegionProtection>,
        /// What hospitals show of their waiting lists.
        #[serde(default)]
        pub visibility: Visibility,
        /// Whether need counts critical plannable care.
        #[serde(default)]
        pub critical_need: CriticalNeed,
        /// Probability that a region reaches agreement at one weekly meeting.
        #[serde(default = "thousandths::<1_000>")]
        #[schemars(range(min = 0, max = 1))]
        pub agreement: f64,
        /// Days from an agreement to its effect.
        #[serde(default)]
        #[schemars(range(min = 0, max = 365))]
        pub days_to_agree: u16,
        /// Overdue class 3 patients in a region at which its chair calls a meeting; default never.
        #[schemars(range(min = 1, max = 10_000))]
        pub meet_at_overdue: Option<u16>,
        /// What follows when agreements are not kept; default nothing.
        pub escalation: Option<Escalation>,
        /// Mediation by insurers; default none.
        pub mediation: Option<Mediation>,
        /// Money; default neutral.
        #[serde(default)]
        pub finance: Finance,
        /// The chain of care; default as in normal times.
        pub chain: Option<Chain>,
        /// Loans of clinic staff; default never.
        #[serde(default)]
        pub loans: Loans,
        /// Rules that are off although their document is in force, such as `A23`.
        #[serde(default)]
        pub disabled_rules: Vec<String>,
    }

    /// Plain levers; where no document puts one in force, it is zero.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub struct Levers {
        /// Days ahead for which dates are compared with the beds expected; with 0 days, dates are only
        /// cancelled on the day.
        #[serde(default)]
        #[schemars(range(min = 0, max = 7))]
        notice_days: u16 => u16,
        /// Dates per hospital and day that are kept beyond the beds expected.
        #[serde(default = "whole::<1>")]
        #[schemars(range(min = 0, max = 100))]
        notice_margin: u16 => u16,
        /// Days before COVID patients are expected from which a bed stays empty for them; at most
        /// `lead_days` counts.
        #[serde(default = "whole::<2>")]
        #[schemars(range(min = 0, max = 14))]
        kept_days: u16 => u16,
        /// Part of class 4 patients whose own risk lifts the limit of their class.
        #[serde(default)]
        own_risk_share: f64 => PerMille,
        /// Most beds per nurse, relative to normal, where neither a plan nor what professionals need sets a
        /// limit.
        #[serde(default = "thousandths::<1_000>")]
        #[schemars(range(min = 1, max = 5))]
        hardest_beds_per_nurse: f64 => PerMille,
        /// Part of the room beyond its own share that a region offers to others.
        #[serde(default)]
        solidarity_share: f64 => PerMille,
        /// Moves of ICU patients between regions per day.
        #[serde(default)]
        #[schemars(range(min = 0, max = 10_000))]
        moves_per_day: u16 => u16,
        /// Moves of ICU patients per day within one region.
        #[serde(default)]
        #[schemars(range(min = 0, max = 10_000))]
        regional_moves_per_day: u16 => u16,
        /// Part of the people whom a hospital has freed and does not need that it sends to others of the
        /// region.
        #[serde(default = "thousandths::<500>")]
        exchange_share: f64 => PerMille,
        /// Times that one patient is moved at most.
        #[serde(default = "whole::<2>")]
        #[schemars(range(min = 0, max = 3))]
        moves_per_patient: u16 => u16,
        /// Part of the clinics' operations that may be given to class 3 patients without ICU, and to class 4
        /// patients, of hospitals.
        #[serde(default)]
        moved_care_share: f64 => PerMille,
    }
}

/// A phase that begins on a date.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct PhaseDate {
    /// First day.
    pub from: String,
    /// The phase.
    pub phase: String,
}

/// How beds for critical plannable care are protected.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Protection {
    /// Not at all.
    #[default]
    None,
    /// When need exceeds beds, critical plannable care gives in proportion with all other care.
    ProRata,
    /// A fixed part of the usual need.
    RingFence {
        /// The part, 0 to 1.
        part_share: f64,
    },
    /// All of the usual need: COVID patients are concentrated in hospitals with little critical
    /// plannable care.
    Concentrate {
        /// Part of its COVID task that the hospital with most of that care per bed hands over to
        /// others in the region; the others hand over in proportion.
        strength_share: f64,
    },
    /// All of the usual need, in one week of every `turns`, in turn.
    Rotate {
        /// Weeks in one round.
        #[schemars(range(min = 1, max = 52))]
        turns: u16,
    },
    /// As `pro-rata`, and patients without a date in time may get one in another hospital of the
    /// region; needs `visibility`.
    PooledList,
    /// What a number of class 3 operations a week takes, until they are done.
    WeeklyQuota {
        /// Operations per hospital and week.
        #[schemars(range(min = 0, max = 1_000))]
        places: u16,
    },
}

/// The protection that one region chose.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct RegionProtection {
    /// Key of the region.
    pub region: String,
    /// How it protects beds.
    pub protection: Protection,
}

/// What follows when agreements are not kept.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Escalation {
    /// Days of pressure until parties confront each other, authorities are told, and they
    /// intervene; not falling.
    #[schemars(inner(range(min = 1, max = 365)))]
    pub after_days: [u16; 3],
    /// Overdue class 3 patients per hospital of the region above which access is under pressure.
    #[schemars(range(min = 0, max = 1_000))]
    pub overdue_per_hospital: f64,
    /// Added to the probability of compliance at each of the first two levels; at the third it is
    /// certain.
    pub compliance_step_share: f64,
    /// Days from a level to its effect.
    pub delay_days: u16,
}

/// Mediation by insurers.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Mediation {
    /// Days past the norm that a wait must be expected to reach.
    pub above_norm_days: u16,
    /// Probability that a patient accepts an offer in the own region.
    pub acceptance_share: f64,
    /// Loss of that probability per tile of distance.
    pub loss_per_tile_share: f64,
}

/// Money.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Finance {
    /// Financial comfort under the framework; at 0.5 nothing changes.
    #[schemars(range(min = 0, max = 1))]
    pub comfort: f64,
    /// Financial comfort under the supplement.
    #[schemars(range(min = 0, max = 1))]
    pub supplement_comfort: f64,
    /// How far hospitals are made up for shifting care to each other.
    #[schemars(range(min = 0, max = 1))]
    pub hospital_compensation: f64,
    /// First day of the insurers' updated scheme for clinics, or `never`; default `never`.
    pub scheme_from: Option<String>,
    /// Financial comfort of clinics under the scheme.
    #[schemars(range(min = 0, max = 1))]
    pub scheme_comfort: f64,
    /// Change of the log odds of compliance and willingness per unit of comfort.
    #[schemars(range(min = 0, max = 20))]
    pub log_odds_per_comfort: f64,
    /// Part of lost production that is made up for before the scheme.
    pub compensated_share: f64,
    /// The same under the scheme.
    pub scheme_compensated_share: f64,
    /// Most uncompensated loss per lent worker and weekday that a clinic accepts, in euro; default
    /// no bound.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub most_uncompensated_euros: Option<f64>,
}

impl Default for Finance {
    fn default() -> Self {
        Self {
            comfort: 0.5,
            supplement_comfort: 0.5,
            hospital_compensation: 0.5,
            scheme_from: None,
            scheme_comfort: 0.5,
            log_odds_per_comfort: 2.0,
            compensated_share: 0.0,
            scheme_compensated_share: 0.0,
            most_uncompensated_euros: None,
        }
    }
}

/// The chain of care before and after the hospital.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Chain {
    /// Part of COVID patients without need of the ICU whom GPs still send in.
    #[schemars(range(min = 0, max = 1))]
    pub gp_inflow_factor: f64,
    /// Part of these who go home early with oxygen.
    pub home_oxygen_share: f64,
    /// Part of their ward stay that remains.
    pub home_oxygen_stay_share: f64,
    /// Places in nursing homes and home care per day, nationally; default no bound.
    #[schemars(range(min = 0, max = 100_000))]
    pub vvt_places_per_day: Option<u32>,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            gp_inflow_factor: 1.0,
            home_oxygen_share: 0.0,
            home_oxygen_stay_share: 0.5,
            vvt_places_per_day: None,
        }
    }
}

/// Loans of clinic staff.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Loans {
    /// When loans can be talked about.
    pub trigger: LoanTrigger,
    /// Part of a region's hospitals that must have scaled classes 4 and 5 down in full.
    pub full_scale_down_share: f64,
    /// Activity of classes 4 and 5 that still counts as none.
    pub no_activity_share: f64,
    /// Whether hospitals count one by one or as a whole.
    pub scope: GateScope,
    /// For which care staff may be lent.
    pub purpose: LoanPurpose,
    /// Which staff can be lent.
    pub staff: LoanStaff,
}

impl Default for Loans {
    fn default() -> Self {
        Self {
            trigger: LoanTrigger::Never,
            full_scale_down_share: 1.0,
            no_activity_share: 0.0,
            scope: GateScope::AllHospitals,
            purpose: LoanPurpose::CovidToo,
            staff: LoanStaff::AsSurveyed,
        }
    }
}
