//! The command line: arguments, progress, messages, exit codes. Only this module prints, reads the
//! clock, and knows about terminals.

mod arguments;
mod check;
mod failure;
mod machine;
mod prepared;
mod progress;
mod report;
mod run;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

pub use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no mistakes; clap knows the exit code of either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(1));
        }
    };
    match command(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn command(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Report(arguments) => report::report(&arguments),
    }
}

/// Writes the result of a command to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a remark to standard error; a reader who went away is no reason to stop.
fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
