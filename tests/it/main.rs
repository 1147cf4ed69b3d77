//! Tests that see the package from outside: its structure and its files.

mod cli;
mod documents;
mod figures;
mod engine;
mod experiment;
mod fixture;
mod known_answers;
mod layering;
mod listing;
mod metamorphic;
mod papers;
mod precision;
mod rules;
mod scenarios;
mod verify;
mod world;
