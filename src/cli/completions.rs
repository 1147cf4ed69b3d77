//! `completions`: what a shell needs to complete the arguments of the program.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use crate::cli::failure::Failure;
use crate::cli::output::print;

/// Print a script by which a shell completes commands and options
#[derive(Debug, Args)]
#[command(after_help = "\
Example, for bash:
  zorgdruk completions bash > ~/.local/share/bash-completion/completions/zorgdruk")]
pub(crate) struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

/// Prints the script for the whole program.
pub(crate) fn completions(
    arguments: &CompletionsArguments,
    mut program: Command,
) -> Result<(), Failure> {
    let name = program.get_name().to_owned();
    let mut script = Vec::new();
    generate(arguments.shell, &mut program, name, &mut script);
    print(&String::from_utf8_lossy(&script))
}
