//! Tests that see the package from outside: its structure and its files.

mod fixture;
mod layering;
mod listing;
mod scenarios;
mod verify;
mod world;
