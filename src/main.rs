//! The program: reads the arguments, opens the window or carries out a command; nothing else.

use std::path::PathBuf;
use std::process::ExitCode;

use remit::cli::{self, Start};

fn main() -> ExitCode {
    // Silent unless RUST_LOG says otherwise.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
    match cli::start(std::env::args_os()) {
        Start::Window { file } => open_window(file),
        Start::Done(code) => code,
    }
}

#[cfg(feature = "window")]
fn open_window(file: Option<PathBuf>) -> ExitCode {
    use remit::app::{Start, WindowError};
    match remit::app::run(Start::with_file(file.as_deref())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(WindowError::NotOpened(reason)) => cli::fallback_without_window(&reason, file.as_deref()),
        Err(WindowError::Stopped(reason)) => {
            eprintln!(
                "Remit stopped unexpectedly: {reason}. Unsaved work was put aside and is offered the next time Remit opens."
            );
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "window"))]
fn open_window(file: Option<PathBuf>) -> ExitCode {
    let reason = "This version of Remit was built without the window (the feature “window”)";
    cli::fallback_without_window(reason, file.as_deref())
}
