//! One comparison with theory, and how much to spend on it.

use crate::units::listed::named;

/// How far an estimate may lie from theory, in standard errors. By chance alone one check in
/// 1.7 million fails.
pub const LIMIT: f64 = 5.0;

/// Standard errors from which a figure of a scenario is doubtful: chance explains 1 in 370.
pub const DOUBT: f64 = 3.0;

/// One comparison with theory.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Family of the known answer.
    pub test: &'static str,
    /// What is compared.
    pub quantity: String,
    /// What ran.
    pub by: Machine,
    /// By theory.
    pub expected: f64,
    /// By simulation.
    pub got: f64,
    /// Standard error of `got`; zero where the result must be exact.
    pub standard_error: f64,
}

named! {
    /// What produced a result.
    pub enum Machine, name {
        /// A scenario through world, engine and outcome.
        Engine = "engine",
        /// A plain queue on the engine's event calendar.
        Calendar = "calendar",
        /// An estimator on a function with known answers.
        Estimator = "estimator",
        /// A figure of the scenario.
        Scenario = "scenario",
    }
}

/// How many replications to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Replications of each engine scenario.
    pub n_worlds: u32,
    /// Replications of each queue on the calendar: of 1 000 measured customers per class, or fifty
    /// times as many that are looked at on a few moments from empty.
    pub n_queues: u32,
    /// Rows of each design.
    pub n_rows: u32,
    /// Master seed.
    pub seed: u64,
}

impl Effort {
    /// Under a minute on two cores.
    pub const QUICK: Self = Self {
        n_worlds: 10_000,
        n_queues: 400,
        n_rows: 4_096,
        seed: 1,
    };
    /// A million replications of each engine scenario.
    pub const THOROUGH: Self = Self {
        n_worlds: 1_000_000,
        n_queues: 10_000,
        n_rows: 65_536,
        seed: 1,
    };
}

impl Check {
    /// Distance from theory in standard errors; infinite for a wrong result that must be exact.
    pub fn z(&self) -> f64 {
        let distance = self.got - self.expected;
        if distance == 0.0 {
            0.0
        } else {
            distance / self.standard_error
        }
    }

    /// Whether the result agrees with theory.
    pub fn passes(&self) -> bool {
        self.z().abs() < LIMIT
    }

    /// Whether it is a figure of a scenario that passes, but that chance hardly explains. Of the results of
    /// a program some of hundreds lie so far off; a scenario has two or three such figures.
    pub fn is_doubtful(&self) -> bool {
        self.by == Machine::Scenario && self.passes() && self.z().abs() >= DOUBT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: f64, standard_error: f64) -> Check {
        Check {
            test: "T",
            quantity: String::new(),
            by: Machine::Engine,
            expected: 1.0,
            got,
            standard_error,
        }
    }

    #[test]
    fn a_check_fails_when_it_is_too_far_off() {
        assert!(check(1.4, 0.1).passes(), "four standard errors");
        assert!(!check(1.6, 0.1).passes(), "six standard errors");
        assert!(!check(f64::NAN, 0.1).passes(), "not a number");
    }

    #[test]
    fn only_figures_of_a_scenario_are_doubtful() {
        let of_scenario = |got| Check {
            by: Machine::Scenario,
            ..check(got, 0.1)
        };
        assert!(of_scenario(1.4).is_doubtful(), "four standard errors");
        assert!(!of_scenario(1.2).is_doubtful(), "two standard errors");
        assert!(!of_scenario(1.6).is_doubtful(), "it fails");
        assert!(!check(1.4, 0.1).is_doubtful(), "a result of the engine");
    }

    #[test]
    fn an_exact_check_allows_no_difference() {
        assert!(check(1.0, 0.0).passes(), "equal");
        assert!(!check(1.0 + 1e-12, 0.0).passes(), "not equal");
    }
}
