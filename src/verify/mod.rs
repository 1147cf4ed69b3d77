//! Known answers: models whose results theory gives exactly, run through this program.
//!
//! Most run through the hospital engine, as scenarios so simple that they are queueing systems with
//! an exact solution. Some queues that no hospital has, such as one whose servers take the most
//! urgent patient at any minute, run on the engine's event calendar alone, and estimators get
//! functions with known indices. A check compares an estimate with the theory in standard errors; it
//! never tunes anything.

pub mod known;
mod hospital;
mod present;
mod law;
mod tape;
mod hand;
mod ward;
mod list;
mod queue;
mod waiting;
mod estimators;
mod scores;
mod consistency;

pub use consistency::consistency;

/// How far an estimate may lie from theory, in standard errors. By chance alone one check in
/// 1.7 million fails.
pub const LIMIT: f64 = 5.0;

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

/// What produced a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// A scenario through world, engine and outcome.
    Engine,
    /// A plain queue on the engine's event calendar.
    Calendar,
    /// An estimator on a function with known answers.
    Estimator,
    /// A figure of the scenario.
    Scenario,
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

/// A known answer that is not checked, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotApplicable {
    /// The known answer.
    pub test: &'static str,
    /// Why it says nothing about this program, or where it is covered.
    pub reason: &'static str,
}

/// What is left out.
pub const NOT_APPLICABLE: [NotApplicable; 3] = [
    NotApplicable {
        test: "Jackson network with feedback",
        reason: "patients do not return to an earlier stage, so nothing in the model feeds back; \
                 the open network of IC and ward, with a line between them, is checked",
    },
    NotApplicable {
        test: "preemptive resume",
        reason: "who has a bed keeps it: COVID patients take beds from operations that have not \
                 begun, and that priority is checked",
    },
    NotApplicable {
        test: "rare events by splitting",
        reason: "the program has no splitting; first passage of the census is checked by counting, \
                 down to a probability of 0.0004",
    },
];

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

impl Machine {
    /// In tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Calendar => "calendar",
            Self::Estimator => "estimator",
            Self::Scenario => "scenario",
        }
    }
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
}

/// Runs all checks, in parallel on rayon's current pool. The same effort gives the same numbers on
/// any number of threads. `done` is called with the name of each part when it is finished.
pub fn verify(effort: &Effort, mut done: impl FnMut(&str)) -> Vec<Check> {
    type Part = fn(&Effort) -> Vec<Check>;
    const PARTS: [(&str, Part); 13] = [
        ("census", hospital::census),
        ("law of the census", law::law),
        ("patients present", present::present),
        ("wave", hospital::wave),
        ("tandem", hospital::tandem),
        ("loss", hospital::loss),
        ("displacement", hospital::displacement),
        ("lines for the ward", ward::ward),
        ("waiting list", list::list),
        ("hand cases", hand::cases),
        ("waiting lines", waiting::lines),
        ("estimators", estimators::checks),
        ("forecast scores", scores::checks),
    ];
    let mut checks = Vec::new();
    for (name, part) in PARTS {
        checks.extend(part(effort));
        done(name);
    }
    checks
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
    fn an_exact_check_allows_no_difference() {
        assert!(check(1.0, 0.0).passes(), "equal");
        assert!(!check(1.0 + 1e-12, 0.0).passes(), "not equal");
    }
}
