//! Tests that see the package from outside: its structure and its files.

#[cfg(feature = "cli")]
mod cli;
#[cfg(all(feature = "cli", feature = "charts"))]
mod documents;
#[cfg(feature = "charts")]
mod figures;
mod design;
#[cfg(feature = "charts")]
mod html;
mod engine;
mod experiment;
mod fixture;
mod known_answers;
mod layering;
mod listing;
mod observed;
mod metamorphic;
mod papers;
mod precision;
mod rules;
mod scenarios;
mod verify;
mod world;
