//! zorgdruk ("pressure on care"): how often is IC-dependent critical plannable care displaced?
pub mod numeric;
pub mod random;
pub mod units;
pub mod scenario;
