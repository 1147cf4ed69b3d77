//! The `zorgdruk` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    zorgdruk::cli::main()
}
