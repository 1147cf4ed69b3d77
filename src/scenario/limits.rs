//! Bounds on what a scenario may ask for, so that no file can exhaust memory or time.

/// Bytes of one file.
pub const FILE_BYTES: usize = 4 << 20;
/// Bytes of all files of one scenario together.
pub const ALL_BYTES: usize = 2 * FILE_BYTES;
/// Steps of a dotted path.
pub const PATH_STEPS: usize = 32;
/// Values in all files together, tables and lists included.
pub const VALUES: usize = 400_000;
/// Files that one scenario may consist of.
pub const FILES: usize = 80;
/// Policies that one policy may extend, directly and indirectly.
pub const EXTENDS_DEPTH: usize = 8;
/// Policies in one study.
pub const POLICIES: usize = 64;
/// Values in one policy before inheritance.
pub const POLICY_VALUES: usize = 2_000;
/// Groups of one hospital, or of hospitals that perform one stream.
pub const GROUPS: usize = 32;
/// Violations that are reported at once.
pub const VIOLATIONS: usize = 200;
/// ROAZ regions.
pub const REGIONS: usize = 64;
/// Hospitals in all regions together.
pub const HOSPITALS: usize = 500;
/// IC beds of one hospital.
pub const BEDS: u32 = 2_000;
/// Streams of IC-dependent planned patients.
pub const STREAMS: usize = 32;
/// Weeks in a weekly series: those of the longest study, and of the days before it.
pub const WEEKS: usize = 272;
/// Weeks in each of burn-in, window and follow-up.
pub const PERIOD_WEEKS: u16 = 104;
/// Days in burn-in, window and follow-up together.
pub const STUDY_DAYS: u32 = 1_500;
/// Clinic workers who could be lent, in all regions together.
pub const WORKERS: u32 = 20_000;
/// Replications. Sums over so many are exact.
pub const REPLICATIONS: u32 = 1_000_000;
/// Largest master seed: the largest whole number of a TOML file.
pub const SEED: u64 = i64::MAX.unsigned_abs();
/// COVID admissions, acute arrivals or planned indications per day, nationally.
pub const PATIENTS_PER_DAY: f64 = 5_000.0;
/// COVID admissions or acute arrivals per week, nationally.
pub const PATIENTS_PER_WEEK: f64 = PATIENTS_PER_DAY * 7.0;
/// Planned indications per week, nationally, which fall on weekdays.
pub const INDICATIONS_PER_WEEK: f64 = PATIENTS_PER_DAY * 5.0;
/// Longest duration, in days.
pub const LONGEST_DAYS: f64 = 1_000.0;
/// Expected patients in one replication, those present at the start included.
pub const PATIENTS: f64 = 500_000.0;
/// Value of the clinic operations of a whole study, in euros: far below what sums can hold.
pub const EUROS: f64 = 1e12;
/// Days before the study from which COVID admissions are taken into account.
pub const LOOKBACK_DAYS: u32 = 400;
