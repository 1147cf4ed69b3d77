//! Tests that see the package from outside: its structure and its files.

mod cli;
mod documents;
mod figures;
#[cfg(feature = "charts")]
mod html;
mod engine;
mod experiment;
mod fixture;
mod layering;
mod listing;
mod metamorphic;
mod scenarios;
mod verify;
mod world;
