//! The program: reads the arguments, opens the window or carries out a command; nothing else.

#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;

use remit::cli::{self, Start};

fn main() -> ExitCode {
    // Silent unless RUST_LOG says otherwise.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
    match cli::start(std::env::args_os()) {
        Start::Window { file, renderer } => open_window(file.as_deref(), renderer),
        Start::Done(code) => code,
    }
}

/// Opens the window. `REMIT_RENDERER` chooses what to draw with, too.
#[cfg(feature = "window")]
fn open_window(file: Option<&Path>, renderer: Option<String>) -> ExitCode {
    use remit::app::WindowError;
    let renderer = renderer.or_else(|| std::env::var("REMIT_RENDERER").ok());
    let mut start =
        remit::app::Start { renderer: renderer.as_deref().and_then(remit::app::renderer), ..Default::default() };
    if let Some(path) = file {
        match cli::open(path) {
            Ok((document, problems)) => (start.file, start.problems) = (Some((path.to_owned(), document)), problems),
            Err(failure) => return cli::fail(failure),
        }
    }
    match remit::app::run(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(WindowError::NotOpened(reason)) => cli::fallback_without_window(&reason, file),
        Err(WindowError::Stopped(reason)) => {
            let comfort = "Unsaved work was put aside and is offered the next time Remit opens.";
            eprintln!("Remit stopped unexpectedly: {reason}. {comfort}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "window"))]
fn open_window(file: Option<&Path>, _renderer: Option<String>) -> ExitCode {
    cli::fallback_without_window("this program was built without the window (the feature “window”)", file)
}
