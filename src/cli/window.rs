//! What is printed where the window was asked for and cannot be opened.

use std::path::Path;
use std::process::ExitCode;

use super::output::{WIDTH, wrapped};
use super::{Failure, check, check_text, files, output};

/// Nothing can be shown.
const NOTHING_SHOWN: u8 = 3;

/// Says why the window did not open and what can be done, then prints the findings of the file instead.
///
/// `reason` is a sentence without its full stop, such as `There is no display`. The exit code is 0 if there are findings
/// to print, 3 if no file was given and so nothing can be shown, and that of `remit check` for a file that cannot be
/// used.
pub fn fallback_without_window(reason: &str, file: Option<&Path>) -> ExitCode {
    output::tell(&wrapped(&explanation(reason, file), "", WIDTH));
    let shown = match file {
        Some(file) => print_findings(file),
        None => Ok(NOTHING_SHOWN),
    };
    output::exit_code(shown)
}

fn explanation(reason: &str, file: Option<&Path>) -> String {
    let next = match file {
        Some(file) => format!("The findings of {} follow.", file.display()),
        None => "With a file, as in remit FILE, its findings would be printed here.".to_owned(),
    };
    format!(
        "The window cannot be opened: {}. It needs a desktop session (X11 or Wayland) and a graphics driver for Vulkan or \
         OpenGL; on Debian and Ubuntu these packages help: libegl1 libgl1 libgl1-mesa-dri libxkbcommon0 \
         libxkbcommon-x11-0 libxcursor1 libxi6, and mesa-vulkan-drivers for Vulkan. Without a window these commands \
         work: remit check, stats, export, import, layout, fmt and new. {next}",
        reason.trim_end_matches('.'),
    )
}

fn print_findings(file: &Path) -> Result<u8, Failure> {
    let document = files::load(file)?;
    let report = check::report_of(&document, None)?;
    output::print(check_text::text(&files::name(file), &document, &report).as_bytes())?;
    Ok(0)
}
