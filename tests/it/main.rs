//! Tests that see the package from outside: its structure and its files.

mod design;
mod engine;
mod experiment;
mod fixture;
mod known_answers;
mod layering;
mod listing;
mod metamorphic;
mod scenarios;
mod verify;
mod world;
