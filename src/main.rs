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

fn open_window(file: Option<PathBuf>) -> ExitCode {
    let reason = "This version of Remit was built without the window (the feature “window”)";
    cli::fallback_without_window(reason, file.as_deref())
}
