//! The `zorgdruk` program.
fn main() {}
