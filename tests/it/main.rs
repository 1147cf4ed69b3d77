//! Tests that see the package from outside: its structure and its files.

mod fixture;
mod layering;
mod listing;
mod precision;
mod scenarios;
mod verify;
