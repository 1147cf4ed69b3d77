//! The command line: arguments, progress, messages, exit codes. Only this module prints, reads the
//! clock, and knows about terminals.

mod ablate;
mod arguments;
mod backtest;
mod bench;
mod calibrate;
mod check;
mod conduct;
mod failure;
mod figure;
mod machine;
mod merge;
mod order;
mod precision;
mod prepared;
mod progress;
mod replay;
mod report;
mod rules;
mod run;
mod select;
mod sensitivity;
mod slurm;
mod stop;
mod sweep;
mod table;
mod verify;

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::Once;

use clap::Parser;

use crate::report::ReportError;

pub use arguments::{
    AblateArguments, Arguments, BacktestArguments, BenchArguments, CalibrateArguments,
    CheckArguments, Command, Lang, MergeArguments, Method, PrecisionArguments, ReplayArguments,
    ReportArguments, RulesArguments, RunArguments, SelectArguments, SensitivityArguments,
    SlurmArguments, StudyArguments, SweepArguments, VerifyArguments, WorldArguments,
};
use failure::Failure;

/// Exit code of an unexpected error.
const UNEXPECTED: u8 = 1;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too; clap knows the exit code of each.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(UNEXPECTED));
        }
    };
    announce_panics();
    match panic::catch_unwind(|| command(arguments.command)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => failure.report(),
        Err(_) => ExitCode::from(UNEXPECTED),
    }
}

fn command(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Select(arguments) => select::select(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Rules(arguments) => rules::rules(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Slurm(arguments) => slurm::slurm(&arguments),
        Command::Sweep(arguments) => sweep::sweep(&arguments),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(&arguments),
        Command::Backtest(arguments) => backtest::backtest(&arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(&arguments),
        Command::Ablate(arguments) => ablate::ablate(&arguments),
        Command::Verify(arguments) => verify::verify(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
    }
}

/// A broken invariant is a mistake of the program: it is said once, whatever the number of threads.
fn announce_panics() {
    static FIRST: Once = Once::new();
    panic::set_hook(Box::new(|what| {
        FIRST.call_once(|| {
            remark(&format!(
                "error: the program has a mistake; please report it with your scenario\n{what}"
            ));
        });
    }));
}

/// Writes the result of a command to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Lets `write` write the result of a command to standard output.
fn print_with(
    write: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Writes a remark to standard error; a reader who went away is no reason to stop.
fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
