//! `man`: the manual pages of the program.

use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::failure::Failure;
use crate::cli::output::{print, save_all};

/// Print the manual page, or write those of all commands into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  zorgdruk man --out ~/.local/share/man/man1")]
pub(crate) struct ManArguments {
    /// Write a page for the program and one for each command into this folder; earlier ones are replaced
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints the page of the whole program, or writes all pages.
pub(crate) fn man(arguments: &ManArguments, mut program: Command) -> Result<(), Failure> {
    program.build();
    let Some(folder) = &arguments.out else {
        let (_, page) = page(&program, Path::new(""))?;
        return print(&String::from_utf8_lossy(&page));
    };
    let commands = program
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let all = core::iter::once(&program).chain(commands);
    let pages: Result<Vec<_>, _> = all.map(|command| page(command, folder)).collect();
    save_all(&pages?)
}

/// The page of a command, with its place in a folder.
fn page(command: &Command, folder: &Path) -> Result<(PathBuf, Vec<u8>), Failure> {
    let name = command
        .get_display_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let path = folder.join(format!("{name}.1"));
    let mut page = Vec::new();
    Man::new(command.clone().name(name)).render(&mut page)?;
    Ok((path, page))
}
