//! The command line: arguments, progress, messages, exit codes. Only this module prints, reads the
//! clock, and knows about terminals.
//!
//! A command is one file, with its arguments and what it does, and one line in `Command`.

mod shell;
mod terminal;
mod stop;
mod failure;
mod output;
mod csv_table;
mod machine;
mod arguments;
mod plan;
mod watched;
mod precision;
mod simulate;
mod uncertain;
mod design;
mod design_text;
mod figure;
mod trial;

mod list;
mod init;
mod report;
mod export;
mod run;
mod check;
mod rules;
mod levers;
mod schema;
mod replay;
mod page;
mod select;
mod solve;
mod merge;
mod slurm;
mod sweep;
mod region;
mod sensitivity;
mod backtest;
mod calibrate;
mod ablate;
mod verify;
mod bench;
mod completions;
mod man;

use std::env;
use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;
use std::sync::Once;

use clap::{CommandFactory, Parser, Subcommand};

use failure::{Failure, UNEXPECTED};

const EXIT_CODES: &str = "\
Exit codes:
    0 done
    1 unexpected error, or a damaged run
    2 wrong usage
    3 scenario or observed data not valid
    4 output exists or cannot be written
   75 terminated, to be resumed
  130 interrupted

Environment:
  ZORGDRUK_THREADS  number of threads where --threads is not given
  ZORGDRUK_OUTPUT   folder of runs where --out is not given, instead of output";

/// Simulates Dutch hospitals under a wave of COVID patients, and reports how often IC-dependent
/// critical plannable care is displaced under each policy.
#[derive(Debug, Parser)]
#[command(name = "zorgdruk", version, long_version = machine::program())]
#[command(after_help = EXIT_CODES, max_term_width = 100)]
#[command(mut_subcommands(complete))]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Each command, with its arguments and the function that carries it out.
macro_rules! commands {
    ($($name:ident($arguments:path) => $function:path,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($name($arguments),)*
        }

        impl Command {
            fn execute(self) -> Result<(), Failure> {
                match self {
                    $(Self::$name(arguments) => $function(&arguments),)*
                }
            }
        }
    };
}

commands! {
    List(list::ListArguments) => list::list,
    Init(init::InitArguments) => init::init,
    Run(plan::RunArguments) => run::run,
    Check(check::CheckArguments) => check::check,
    Rules(rules::RulesArguments) => rules::rules,
    Levers(levers::LeversArguments) => levers::levers,
    Schema(schema::SchemaArguments) => schema::schema,
    Replay(replay::ReplayArguments) => replay::replay,
    Page(page::PageArguments) => page::page,
    Select(select::SelectArguments) => select::select,
    Solve(solve::SolveArguments) => solve::solve,
    Report(report::ReportArguments) => report::report,
    Export(export::ExportArguments) => export::export,
    Merge(merge::MergeArguments) => merge::merge,
    Slurm(slurm::SlurmArguments) => slurm::slurm,
    Sweep(sweep::SweepArguments) => sweep::sweep,
    Region(region::RegionArguments) => region::region,
    Sensitivity(sensitivity::SensitivityArguments) => sensitivity::sensitivity,
    Backtest(backtest::BacktestArguments) => backtest::backtest,
    Calibrate(calibrate::CalibrateArguments) => calibrate::calibrate,
    Ablate(ablate::AblateArguments) => ablate::ablate,
    Verify(verify::VerifyArguments) => verify::verify,
    Bench(bench::BenchArguments) => bench::bench,
    Completions(completions::CompletionsArguments) => completions,
    Man(man::ManArguments) => man,
}

fn completions(arguments: &completions::CompletionsArguments) -> Result<(), Failure> {
    completions::completions(arguments, Arguments::command())
}

fn man(arguments: &man::ManArguments) -> Result<(), Failure> {
    man::man(arguments, Arguments::command())
}

/// What all commands have in common.
fn complete(command: clap::Command) -> clap::Command {
    let help = match command.get_after_help() {
        Some(own) => format!("{own}\n\n{EXIT_CODES}"),
        None => EXIT_CODES.to_owned(),
    };
    // A negative number is a wrong value, not an unknown option.
    command.after_help(help).mut_args(|argument| {
        let takes_values = argument.get_action().takes_values();
        argument.allow_negative_numbers(takes_values)
    })
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    ExitCode::from(run_with(env::args_os()))
}

/// Runs the program with these arguments, the first of them its name, and gives its exit code.
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too; clap knows the exit code of each.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(UNEXPECTED);
        }
    };
    announce_panics();
    match panic::catch_unwind(|| arguments.command.execute()) {
        Ok(Ok(())) => 0,
        Ok(Err(failure)) => failure.report(),
        Err(_) => UNEXPECTED,
    }
}

/// A panic is a mistake of the program: it is reported once, whatever the number of threads.
fn announce_panics() {
    static FIRST: Once = Once::new();
    panic::set_hook(Box::new(|what| {
        FIRST.call_once(|| {
            terminal::remark(&format!(
                "error: this is a bug in the program; please report it with your scenario\n{what}"
            ));
        });
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_negative_number_is_told_what_is_allowed() {
        for (command, option) in [
            ("run a.toml", "--replications"),
            ("run a.toml", "--seed"),
            ("run a.toml", "--threads"),
            ("sweep a.toml", "--replications"),
            ("sensitivity a.toml", "--rows"),
            ("check a.toml --deep", "--seed"),
            ("verify", "--seed"),
            ("slurm a.toml", "--tasks"),
            ("bench", "--reach"),
            ("backtest a.toml --observed o.csv", "--replications"),
            ("calibrate a.toml --observed o.csv --out o", "--sets"),
            ("replay a.toml --policy p", "--replication"),
        ] {
            let words = ["zorgdruk"].into_iter().chain(command.split(' '));
            let given = Arguments::try_parse_from(words.chain([option, "-1"]));
            let said = given.expect_err(command).to_string();
            assert!(said.contains("invalid value '-1'"), "{command}: {said}");
            let has_range = said.contains("..") || said.contains("allowed");
            assert!(has_range, "{command} {option}: {said}");
        }
    }
}
