//! Opening the window: renderers tried in turn, the file given on the command line, work left behind by a crash.

use std::path::{Path, PathBuf};

use egui::{IconData, ViewportBuilder};

use super::App;
use super::command::Command;
use super::jobs::Jobs;
use super::notice::Notice;
use crate::model::{Date, Document};
use crate::storage::{self, Preferences};

/// With what the window opens.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The file, already read, with what to say about it.
    pub file: Option<(PathBuf, Document)>,
    /// What to say about the file.
    pub problems: Vec<String>,
    /// Which renderer to try first: `wgpu` or `glow`.
    pub renderer: Option<String>,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Why no window could be opened: one line for each renderer tried.
pub fn run(start: Start) -> Result<(), String> {
    let folder = directories::ProjectDirs::from("", "", "remit").map(|folders| folders.data_dir().to_owned());
    let preferences_path = folder.map(|folder| folder.join("preferences.ron"));
    let preferences = preferences_path.as_deref().map_or_else(Preferences::default, storage::load_preferences);
    if let Some(reason) = missing_display() {
        return Err(reason);
    }
    let mut failures = Vec::new();
    for renderer in renderers(start.renderer.as_deref().unwrap_or(&preferences.renderer)) {
        match open(renderer, &start, &preferences, preferences_path.clone()) {
            Ok(()) => return Ok(()),
            Err(error) => {
                log::warn!("{renderer}: {error}");
                failures.push(format!("{renderer}: {error}"));
            }
        }
    }
    Err(failures.join("; "))
}

/// The renderers in the order in which they are tried.
fn renderers(first: &str) -> [eframe::Renderer; 2] {
    match first {
        "glow" => [eframe::Renderer::Glow, eframe::Renderer::Wgpu],
        _ => [eframe::Renderer::Wgpu, eframe::Renderer::Glow],
    }
}

/// On Linux, why there can be no window: no display, or a library that is opened at run time and would be missed.
#[cfg(target_os = "linux")]
fn missing_display() -> Option<String> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET") {
        return Some("no display: neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned());
    }
    None
}

#[cfg(not(target_os = "linux"))]
fn missing_display() -> Option<String> {
    None
}

fn open(
    renderer: eframe::Renderer,
    start: &Start,
    preferences: &Preferences,
    preferences_path: Option<PathBuf>,
) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Remit")
            .with_app_id("remit")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([760.0, 480.0])
            .with_drag_and_drop(true)
            .with_icon(icon()),
        renderer,
        ..eframe::NativeOptions::default()
    };
    let (start, preferences) = (start.clone(), preferences.clone());
    let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let ctx = cc.egui_ctx.clone();
        let jobs = Jobs::with_worker(move || ctx.request_repaint());
        Ok(Box::new(app(start, preferences, preferences_path, jobs)))
    };
    // A missing library makes the window system's binding panic; that must not reach a person as a backtrace.
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("Remit", options, Box::new(create))
    }));
    match outcome {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the window system could not be used; a library it needs may be missing".to_owned()),
    }
}

fn app(start: Start, preferences: Preferences, preferences_path: Option<PathBuf>, jobs: Jobs) -> App {
    let (document, path) = match start.file {
        Some((path, document)) => (document, Some(path)),
        None => (App::empty_project(), None),
    };
    let mut app = App::new(document, path, preferences, jobs);
    app.preferences_path = preferences_path;
    for view in app.core.tabs.clone() {
        app.wish(Command::OpenView(view));
    }
    if let Some(first) = app.core.tabs.first() {
        app.wish(Command::OpenView(*first));
    }
    if let Some(first) = start.problems.first() {
        let more = start.problems.len() - 1;
        let more = if more == 0 { String::new() } else { format!(" {more} more like it: remit check lists them.") };
        app.wish(Notice::failure(format!("{first}{more} Nothing was dropped.")));
    }
    offer_recovery(&mut app);
    app
}

/// Offers work that a crash left behind.
fn offer_recovery(app: &mut App) {
    let Some(folder) = app.autosave_folder() else { return };
    let Some(snapshot) = storage::autosave::list(&folder).into_iter().next_back() else { return };
    let of = snapshot
        .original
        .as_deref()
        .map_or_else(|| "a project without a file".to_owned(), |path: &Path| path.display().to_string());
    match storage::load(&snapshot.path) {
        Ok((document, _)) => {
            let restore = Command::Start { document: document.into(), notice: None };
            app.wish(Notice::hint(format!("Unsaved work of {of} was found.")).with_step("Restore", restore));
        }
        Err(error) => log::warn!("unsaved work cannot be read: {error}"),
    }
}

/// The picture of the window in task bars: the logo on the accent.
fn icon() -> IconData {
    const SIDE: u32 = 64;
    let theme = crate::scene::theme::Theme::light();
    let rgba = crate::export::icon_rgba(crate::scene::icon::Icon::Logo, SIDE, theme.accent.on, theme.accent.base);
    IconData { rgba, width: SIDE, height: SIDE }
}

/// Today's date by the clock of the machine (UTC); the layers below know no clock.
pub(super) fn today() -> Option<Date> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i64::try_from(since_epoch.as_secs() / 86_400).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
