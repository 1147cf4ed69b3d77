//! Tests that see the package from outside: its structure and its files.

#[cfg(feature = "charts")]
mod another_country;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod documents;
#[cfg(feature = "charts")]
mod figures;
mod fuzz;
mod bookkeeping;
mod design;
mod differential;
#[cfg(feature = "charts")]
mod html;
#[cfg(feature = "cli")]
mod hostile;
#[cfg(feature = "charts")]
mod browser;
mod builds;
mod circles;
#[cfg(feature = "charts")]
mod nasty;
mod engine;
mod experiment;
mod fixture;
mod graph;
mod hospital;
mod known_answers;
mod layering;
#[cfg(feature = "cli")]
mod manners;
mod listing;
mod observed;
mod metamorphic;
mod naive;
mod page;
mod papers;
#[cfg(feature = "cli")]
mod place;
mod precision;
mod remarks;
#[cfg(feature = "cli")]
mod region;
#[cfg(feature = "cli")]
mod research_object;
#[cfg(feature = "cli")]
mod resume;
#[cfg(feature = "cli")]
mod results;
mod rules;
mod scenarios;
mod schema;
#[cfg(feature = "cli")]
mod shipped;
mod solve;
mod source;
#[cfg(feature = "cli")]
mod tables;
#[cfg(all(feature = "cli", unix))]
mod tutorials;
mod uncertain;
mod verify;
#[cfg(feature = "charts")]
mod wording;
mod world;
