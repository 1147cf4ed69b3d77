//! Known answers: models whose results theory gives exactly, run through this program.
//!
//! Most run through the hospital engine, as scenarios so simple that they are queueing systems with
//! an exact solution. Some queues that no hospital has, such as one whose servers take the most
//! urgent patient at any minute, run on the engine's event calendar alone, and estimators get
//! functions with known indices. A check compares an estimate with the theory in standard errors; it
//! never tunes anything.

mod check;
pub mod closed_forms;
mod trace;
mod comparison;
mod hospital;
mod initial_patients;
mod census_law;
mod worked_cases;
mod ward_queue;
mod waiting_list;
mod priority_queue;
mod waiting_times;
mod estimators;
mod scores;
mod consistency;

pub use check::{Check, DOUBT, Effort, LIMIT, Machine};
pub use consistency::{consistency, other_patients_at_start};

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
        reason: "a patient who has a bed keeps it: COVID patients take beds from operations that have not \
                 begun, and that priority is checked",
    },
    NotApplicable {
        test: "rare events by splitting",
        reason: "the program has no splitting; first passage of the census is checked by counting, \
                 down to a probability of 0.0004",
    },
];

/// Runs all checks, in parallel on rayon's current pool. The same effort gives the same numbers on
/// any number of threads. `done` is called with the name of each part when it is finished.
pub fn verify(effort: &Effort, mut done: impl FnMut(&str)) -> Vec<Check> {
    type Part = fn(&Effort) -> Vec<Check>;
    const PARTS: [(&str, Part); 13] = [
        ("census", hospital::census),
        ("law of the census", census_law::law),
        ("patients present", initial_patients::present),
        ("wave", hospital::wave),
        ("tandem", hospital::tandem),
        ("loss", hospital::loss),
        ("displacement", hospital::displacement),
        ("lines for the ward", ward_queue::ward),
        ("waiting list", waiting_list::list),
        ("hand cases", worked_cases::cases),
        ("waiting lines", waiting_times::lines),
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
