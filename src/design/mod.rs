//! Designs: which parameter sets to simulate, and what follows from them.
//!
//! A [`nested`] design splits the variance of a result into parameter and stochastic uncertainty, a
//! [`tornado`] moves one figure at a time, [`morris`] and [`sobol`] rank figures over their whole
//! range, and a [`sweep`] goes through a grid of levers. Sweeps and tornadoes simulate all points in
//! the same worlds; the others need worlds of their own for each row, or chance would be mistaken
//! for an effect. A [`region`] is cut out of its country.
//!
//! The estimators are plain functions of numbers and know no hospital; [`study`] connects them with
//! scenarios and the simulation. Nothing here prints or writes files.

pub mod bootstrap;
pub mod latin_hypercube;
pub mod nested;
pub mod morris;
pub mod sobol;
pub mod response;
pub mod study;
pub mod tornado;
pub mod sweep;
pub mod solve;
pub mod region;

pub use response::Response;
pub use study::{DesignError, Study};
