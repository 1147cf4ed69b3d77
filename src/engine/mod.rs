//! The machinery that plays a world out under a policy.
//!
//! It draws no random numbers, reads no clock and does no input or output.
pub mod calendar;
