//! Designs: which parameter sets to simulate, and what follows from them.
//!
//! A [`nested`] design splits the variance of a result into parameter and stochastic uncertainty, a
//! tornado moves one figure at a time, [`morris`] and [`sobol`] rank figures over their whole
//! range, and a sweep goes through a grid of levers. All parameter sets meet the same worlds.
//!
//! The estimators are plain functions of numbers and know no hospital; they are connected with
//! scenarios and the simulation. Nothing here prints or writes files.

pub mod resample;
pub mod latin;
pub mod nested;
pub mod morris;
pub mod sobol;
