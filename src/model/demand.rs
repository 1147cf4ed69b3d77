//! What comes to the hospitals: COVID, acute and planned patients, and operations without IC.
//!
//! Stays are kept as tables of their quantile function, so that drawing one is a look-up that gives
//! the same minutes on every platform.

use crate::name::Name;
use crate::numeric::clamp_to_u32;
use crate::random::{Distribution, QuantileTable};
use crate::units::{DAYS_PER_WEEK, Minutes, PerMille, UrgencyClass};

pub use crate::scenario::shape::USUAL_NORM_DAYS;

/// A distribution of a duration with its table in minutes.
#[derive(Debug, Clone)]
pub struct Stay {
    /// The distribution, in days.
    pub days: Distribution,
    /// Its quantile table, in minutes.
    pub table: QuantileTable,
}

/// COVID inflow and pathway: ward, perhaps IC, perhaps ward again.
#[derive(Debug, Clone)]
pub struct CovidDemand {
    /// Expected national hospital admissions per day, from `lookback_days` before day 0 to the end
    /// of the study.
    pub daily_admissions: Vec<f64>,
    /// Share of admitted patients who will need the IC, for the same days.
    pub ic_share: Vec<f64>,
    /// Days before day 0 from which inpatients may still be present.
    pub lookback_days: u16,
    /// By week of [`Self::daily_admissions`]: share of each region in admissions; sums to 1.
    pub regional_share: Vec<Vec<f64>>,
    /// Cumulative share of each hospital within its region's admissions (1 at the last hospital).
    pub hospital_cumulative: Vec<f64>,
    /// Spread between possible waves.
    pub spread: WaveSpread,
    /// Observed patients at the start of the window to condition on, if known.
    pub census_at_start: Option<CovidCensus>,
    /// The same by region, where it is known; empty otherwise.
    pub regional_census: Vec<CovidCensus>,
    /// With a census at the start, patients who came before it are drawn this many times denser than
    /// expected, so that it can be met from above; at least [`CENSUS_DENSITY`].
    pub census_density: f64,
    /// Ward stay of patients who never need the IC.
    pub ward_stay: Stay,
    /// Ward stay before the IC.
    pub ward_before_ic: Stay,
    /// IC stay.
    pub ic_stay: Stay,
    /// Ward stay after the IC.
    pub ward_after_ic: Stay,
    /// Returns to the IC, if there are any.
    pub readmission: Option<Readmission>,
    /// Probability that a patient leaves the IC alive.
    pub ic_survival: f64,
    /// IC stays of those who die, relative to those of patients who live.
    pub death_stay_ratio: f64,
    /// Part of IC patients, in thousandths, who are fit for transport to another hospital.
    pub transferable_permille: u32,
    /// Probability that a patient leaves the ward for a nursing home or home care (VVT), in
    /// thousandths.
    pub vvt_permille: u32,
    /// Part of IC patients, in thousandths, whose stay is foreseen at admission.
    pub foreseen_permille: u32,
    /// Ward stay of a patient who is not admitted to the IC.
    pub stay_without_ic: Minutes,
    /// From the decision to move a patient to the patient's arrival.
    pub transfer_time: Minutes,
    /// First minute of a day in which patients set out for another hospital, and the minute from which
    /// they no longer do.
    pub transport_minutes: [u32; 2],
}

impl CovidDemand {
    /// Expected admissions of a region per day, as [`Self::daily_admissions`] has those of the country.
    pub fn admissions_of(&self, region: usize) -> Vec<f64> {
        let days = self.daily_admissions.iter().enumerate();
        days.map(|(day, n)| n * self.regional_share[day / usize::from(DAYS_PER_WEEK)][region])
            .collect()
    }

    /// By how much IC stays of patients who live, or of those who die, are longer than `ic_stay`, of which
    /// they have the form; 1 on average over all.
    pub fn ic_stay_factor(&self, survives: bool) -> f64 {
        let of_all = 1.0 + (1.0 - self.ic_survival) * (self.death_stay_ratio - 1.0);
        let ratio = if survives { 1.0 } else { self.death_stay_ratio };
        ratio / of_all
    }

    /// Something that depends on the IC stay, on average over those who live and those who die, when `of`
    /// gives it for stays so many times `ic_stay`.
    pub fn over_ic_stays(&self, of: impl Fn(f64) -> f64) -> f64 {
        if self.death_stay_ratio.total_cmp(&1.0).is_eq() {
            return of(1.0);
        }
        let [lives, dies] = [true, false].map(|survives| of(self.ic_stay_factor(survives)));
        lives + (1.0 - self.ic_survival) * (dies - lives)
    }

    /// Probability of an IC stay of more than `minutes`.
    pub fn ic_stay_exceeds(&self, minutes: u32) -> f64 {
        self.over_ic_stays(|factor| {
            let of_all = clamp_to_u32((f64::from(minutes) / factor).round());
            self.ic_stay.table.survival(of_all)
        })
    }
}

/// How patients who left the IC alive come back to it from the ward, once at most.
#[derive(Debug, Clone)]
pub struct Readmission {
    /// Probability that a patient who leaves the IC alive comes back.
    pub probability: f64,
    /// Ward stay until then.
    pub ward_stay: Stay,
    /// IC stay then, which ends alive.
    pub ic_stay: Stay,
}

/// How much one possible wave differs from the expected one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaveSpread {
    /// Standard deviation of the log of the wave's size.
    pub size_sd_log: f64,
    /// Standard deviation of its shift in time, in days.
    pub timing_sd_days: f64,
    /// Days after the window's start in which size and shift grow to their full value.
    pub ramp_days: f64,
    /// Week-to-week correlation of regional shares (log scale, autoregressive of order one).
    pub regional_rho: f64,
    /// Stationary standard deviation of the log of regional shares.
    pub regional_sd_log: f64,
    /// Standard deviation of the log of the wave's IC stay.
    pub stay_sd_log: f64,
    /// Stationary standard deviation of the log of the IC stay by week of admission (autoregressive of order one).
    pub stay_drift_sd_log: f64,
    /// Week-to-week correlation of that log.
    pub stay_drift_rho: f64,
}

impl WaveSpread {
    /// Every wave is the expected one.
    pub const NONE: Self = Self {
        size_sd_log: 0.0,
        timing_sd_days: 0.0,
        ramp_days: 0.0,
        regional_rho: 0.0,
        regional_sd_log: 0.0,
        stay_sd_log: 0.0,
        stay_drift_sd_log: 0.0,
        stay_drift_rho: 0.0,
    };
}

/// How many times denser patients who came before an observed census are drawn than expected, unless it
/// takes more to meet that census from above.
pub const CENSUS_DENSITY: f64 = 2.5;

/// National numbers of COVID inpatients on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CovidCensus {
    /// On the IC.
    pub ic: u32,
    /// On the ward.
    pub ward: u32,
}

/// Acute patients without COVID who need the IC.
#[derive(Debug, Clone)]
pub struct AcuteDemand {
    /// Expected national arrivals per day, by study week (from day 0) and weekday factor applied.
    pub daily_arrivals: Vec<f64>,
    /// Standard deviation of the log of the level of arrivals between worlds.
    pub level_sd_log: f64,
    /// Cumulative share of each hospital in national arrivals.
    pub hospital_cumulative: Vec<f64>,
    /// IC stay.
    pub stay: Stay,
    /// Share of these patients who can be cared for outside the IC when it is full, in thousandths.
    pub substitutable_permille: u32,
    /// Occupancy of staffed beds, in thousandths, at which substitution begins.
    pub substitution_from_permille: u32,
    /// Occupancy of staffed beds, in thousandths, at which all who can are cared for elsewhere.
    pub substitution_full_permille: u32,
}

/// Planned patients who need an operating room and an IC bed.
#[derive(Debug, Clone)]
pub struct PlannedDemand {
    /// The streams of patients.
    pub specialties: Vec<Specialty>,
    /// Longest acceptable wait per urgency class 2 to 5, in days.
    pub norm_days: [u16; 4],
    /// Days before the norm by which a date must have been offered.
    pub offer_days_before_norm: u16,
    /// Days ahead that a place in the program is given.
    pub planning_lead_days: u16,
    /// Fewest days between the offer of a date and the operation, for classes 3 to 5; patients of
    /// class 2 can be operated on the next day.
    pub shortest_notice_days: u16,
    /// Days before the operation until which a part of the places is held for class 2.
    pub semi_acute_hold_days: u16,
    /// Waiting patients at day 0, as days of demand.
    pub initial_list_days: u16,
}

impl PlannedDemand {
    /// Longest acceptable wait of class 3, in days.
    pub const fn norm_of_critical_care(&self) -> u16 {
        self.norm_days[UrgencyClass::KritiekPlanbareZorg.idx()]
    }
}

/// One stream of IC-dependent planned patients.
#[derive(Debug, Clone)]
pub struct Specialty {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
    /// Expected national indications per weekday.
    pub daily_indications: f64,
    /// Cumulative share of classes 2, 3, 4 and 5 (the last is 1).
    pub class_cumulative: [f64; 4],
    /// Cumulative share of each hospital (zero width where it is not performed).
    pub hospital_cumulative: Vec<f64>,
    /// Operating time.
    pub or_time: Stay,
    /// Time of the stream's own teams relative to what its expected operations take; `None` when the
    /// general teams operate.
    pub own_teams: Option<PerMille>,
    /// Half the width of its range over hospitals.
    pub own_teams_spread: f64,
    /// Their time on Monday to Friday relative to the mean.
    pub weekday_time: [PerMille; 5],
    /// IC stay after the operation.
    pub ic_stay: Stay,
    /// Harm of one month of waiting beyond the norm, in thousandths of any unit (A19).
    pub harm_milli_per_month: u32,
    /// Days from indication until the patient can be operated.
    pub work_up: Stay,
    /// Mean time to an event that ends the wait, in days; infinite when it never happens.
    pub mean_days_to_deterioration: f64,
    /// Mean time until a class 4 patient who waits becomes class 3, in days; infinite when that never happens.
    pub mean_days_to_reclassification: f64,
    /// Mean time to death or unfitness while waiting, in days.
    pub mean_days_to_death: f64,
    /// Mean time to withdrawal, in days.
    pub mean_days_to_withdrawal: f64,
}

/// Operations that need no IC, counted per hospital, class and day.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionDemand {
    /// Expected national operations per weekday of classes 3, 4 and 5.
    pub daily_operations: [f64; 3],
    /// Mean operating time, in minutes, of classes 3, 4 and 5.
    pub or_minutes: [u32; 3],
    /// Waiting operations at day 0, as days of demand, of classes 3, 4 and 5.
    pub initial_backlog_days: [u16; 3],
    /// Share of operations that need a clinical ward bed, in thousandths, of classes 3, 4 and 5.
    pub inpatient_permille: [u32; 3],
    /// Part of the teams' time that is used in normal times.
    pub or_use: PerMille,
    /// Part of all operations in normal times that are too urgent to put off, which are not simulated.
    pub urgent: PerMille,
    /// Part of the operating program that runs, by study week: of the teams, and of the places of
    /// IC-dependent patients.
    pub program_by_week: Vec<PerMille>,
}
