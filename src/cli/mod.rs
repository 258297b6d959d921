//! The command line: one file per command, all of them thin. They call the layers below and print.
//!
//! Results go to standard output, messages to standard error; `-` stands for either stream in place of a file.
//! Exit codes: 0 done, 1 something found, 2 the input or the arguments cannot be used, 3 the output could not be
//! written. Nothing here knows the window: where one is asked for, the caller gets [`Start::Window`].

mod check;
mod check_text;
mod decide;
mod export;
mod failure;
mod files;
mod fmt;
mod import;
mod import_log;
mod import_text;
mod json;
mod json_log;
mod layout;
mod names;
mod new;
mod output;
mod sarif;
mod stats;
mod views;
mod window;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use crate::storage::{SAMPLES, Sample};
pub use failure::Failure;
pub use files::open;
pub use output::fail;
pub use window::fallback_without_window;

/// Maps how an organisation works and who gets to decide, and says what is stuck on whose desk.
///
/// Without a command the window opens, with FILE if it is given.
#[derive(Debug, Parser)]
#[command(name = "remit", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Project to open in the window
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// What to draw the window with first: wgpu or glow; the other one is tried next
    #[arg(long, value_name = "RENDERER", value_parser = ["wgpu", "glow"])]
    renderer: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Stats(stats::Arguments),
    Decide(decide::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
    Layout(layout::Arguments),
    Fmt(fmt::Arguments),
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Start {
    /// The window, with a file if one was given.
    Window {
        /// The file.
        file: Option<PathBuf>,
        /// What to draw it with first: `wgpu` or `glow`.
        renderer: Option<String>,
    },
    /// A command that has been carried out.
    Done(ExitCode),
}

/// Reads the arguments, the program's name first, and carries out the command, if there is one.
pub fn start(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Start {
    match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command: None, file, renderer }) => Start::Window { file, renderer },
        Ok(Arguments { command: Some(command), .. }) => Start::Done(output::exit_code(run(&command))),
        Err(error) => {
            // Help and version are no errors and go to standard output. Where nobody reads any more, nothing is left to
            // say.
            let _ = error.print();
            Start::Done(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
        }
    }
}

/// Exit code of a command that found something.
const FOUND: u8 = 1;

fn run(command: &Command) -> Result<u8, Failure> {
    match command {
        Command::New(arguments) => new::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Stats(arguments) => stats::run(arguments),
        Command::Decide(arguments) => decide::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Layout(arguments) => layout::run(arguments),
        Command::Fmt(arguments) => fmt::run(arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
