//! What a policy says and what that means: documents, levers, and decision rules as pure functions.
//!
//! A document is one file that amends a [`regime`](regime::Regime) sentence by sentence. A
//! [`schedule`](schedule::Schedule) holds the regimes of all days and phases, and handlers read their
//! values. Rules see the world only through [`info`]: reports with their delay, the decider's own
//! census, and forecasts. This room stands below the model and the world, so the true state, and the
//! future, are out of its reach.

pub mod sentence;
pub mod plan;
pub mod agreement;
pub mod choices;
pub mod written;
pub mod conditions;
pub mod info;
pub mod forecast;
pub mod levers;
pub mod phases;
pub mod fair_share;
pub mod protection;
pub mod scaling;
pub mod admission;
pub mod loans;
pub mod regime;
pub mod without_documents;
pub mod lnaz_plan;
pub mod framework_2020;
pub mod supplement_2021;
pub mod clinics_2021;
pub mod schedule;
pub mod registry;
#[cfg(test)]
pub(crate) mod fixture;
