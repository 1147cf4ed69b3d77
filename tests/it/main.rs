//! Tests that see the package from outside: its structure and its files.

mod layering;
mod listing;
mod scenarios;
mod known_answers;
