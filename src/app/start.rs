//! Opening the window: renderers tried in turn, the file given on the command line, work left behind by a crash.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use egui::{IconData, ViewportBuilder};

use super::App;
use super::command::Command;
use super::jobs::Jobs;
use super::notice::Notice;
use crate::model::{Date, Document, ViewId};
use crate::storage;
use crate::storage::preferences::{Preferences, RendererChoice};

/// With what the window opens.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The file, already read, with what to say about it.
    pub file: Option<(PathBuf, Document)>,
    /// What to say about the file.
    pub problems: Vec<String>,
    /// Which renderer to try first; that of the preferences where it is none.
    pub renderer: Option<RendererChoice>,
}

/// The renderer with this name: `wgpu` or `glow`.
pub fn renderer(name: &str) -> Option<RendererChoice> {
    [RendererChoice::Wgpu, RendererChoice::Glow].into_iter().find(|choice| choice.word() == name)
}

/// Why there is no window, or no longer one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// None could be opened.
    #[error("{0}")]
    NotOpened(String),
    /// It was open and the program stopped by a mistake of its own.
    #[error("{0}")]
    Stopped(String),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Why no window could be opened, or why the program stopped.
pub fn run(start: Start) -> Result<(), WindowError> {
    let folder = directories::ProjectDirs::from("", "", "remit").map(|folders| folders.data_dir().to_owned());
    let preferences_path = folder.map(|folder| folder.join("preferences.ron"));
    let preferences = preferences_path.as_deref().map_or_else(Preferences::default, Preferences::load);
    if let Some(reason) = missing_display() {
        return Err(WindowError::NotOpened(reason));
    }
    let mut failures = Vec::new();
    for renderer in renderers(start.renderer.unwrap_or(preferences.renderer)) {
        let opened = Arc::new(AtomicBool::new(false));
        match open(renderer, &start, &preferences, preferences_path.clone(), opened.clone()) {
            Ok(()) => return Ok(()),
            Err(reason) if opened.load(Ordering::Relaxed) => return Err(WindowError::Stopped(reason)),
            Err(reason) => {
                log::warn!("{renderer}: {reason}");
                failures.push(format!("{renderer}: {reason}"));
            }
        }
    }
    Err(WindowError::NotOpened(failures.join("; ")))
}

/// The renderers in the order in which they are tried.
fn renderers(first: RendererChoice) -> [eframe::Renderer; 2] {
    match first {
        RendererChoice::Glow => [eframe::Renderer::Glow, eframe::Renderer::Wgpu],
        _ => [eframe::Renderer::Wgpu, eframe::Renderer::Glow],
    }
}

/// On Linux, why there can be no window: no display, or a library that is opened at run time and would be missed.
#[cfg(target_os = "linux")]
fn missing_display() -> Option<String> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET") {
        return Some("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned());
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
    opened: Arc<AtomicBool>,
) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Remit")
            .with_app_id("remit")
            .with_inner_size([1400.0, 860.0])
            .with_clamp_size_to_monitor_size(true)
            .with_min_inner_size([760.0, 480.0])
            .with_drag_and_drop(true)
            .with_icon(icon()),
        renderer,
        ..eframe::NativeOptions::default()
    };
    let (start, preferences) = (start.clone(), preferences.clone());
    let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        opened.store(true, Ordering::Relaxed);
        super::style::install_fonts(&cc.egui_ctx);
        cc.egui_ctx.set_zoom_factor(preferences.zoom_factor);
        let ctx = cc.egui_ctx.clone();
        let jobs = Jobs::with_worker(move || ctx.request_repaint());
        Ok(Box::new(app(start, preferences, preferences_path, jobs)))
    };
    // A missing library makes the window system's binding panic; that must not reach a person as a trace of calls.
    let reason = Arc::new(Mutex::new(String::new()));
    let told = reason.clone();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        log::error!("{panic}");
        if let Ok(mut told) = told.lock() {
            *told =
                panic.payload_as_str().unwrap_or("an unknown mistake").lines().next().unwrap_or_default().to_owned();
        }
    }));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("Remit", options, Box::new(create))
    }));
    std::panic::set_hook(usual);
    match outcome {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err(reason.lock().map_or_else(|_| String::new(), |reason| reason.clone())),
    }
}

fn app(start: Start, preferences: Preferences, preferences_path: Option<PathBuf>, jobs: Jobs) -> App {
    let (document, path) = match start.file {
        Some((path, document)) => (document, Some(path)),
        None => (App::empty_project(), None),
    };
    let mut app = App::new(document, path, preferences, jobs);
    app.preferences_path = preferences_path;
    let views: Vec<ViewId> = app.core.panes.views().collect();
    // Each is opened, so that it has places, and the first once more, so that it is in front.
    for view in views.iter().chain(views.first()) {
        app.wish(Command::OpenView(*view));
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
    let Some(snapshot) = storage::autosave::list_snapshots(&folder).into_iter().next() else { return };
    let of = snapshot
        .original
        .as_deref()
        .map_or_else(|| "a project without a file".to_owned(), |path: &Path| path.display().to_string());
    match storage::autosave::load_snapshot(&snapshot) {
        Ok((document, _)) => {
            let restore = Command::Restore { document: document.into(), original: snapshot.original.clone() };
            let age = snapshot.time.and_then(|time| time.elapsed().ok());
            let when = age.map_or_else(String::new, |age| format!(", put aside {},", ago(age)));
            let notice = Notice::hint(format!("Unsaved work of {of}{when} was found."));
            let discard = Command::DiscardSnapshot(snapshot.path);
            app.wish(notice.with_step("Restore", restore).with_step("Throw away", discard));
        }
        Err(error) => log::warn!("unsaved work cannot be read: {error}"),
    }
}

/// How long ago something was, as people say it: `3 hours ago`.
fn ago(age: std::time::Duration) -> String {
    let minutes = age.as_secs() / 60;
    let said = |count: u64, one: &str| match count {
        1 => format!("1 {one} ago"),
        _ => format!("{count} {one}s ago"),
    };
    match minutes {
        0 => "just now".to_owned(),
        1..60 => said(minutes, "minute"),
        60..1440 => said(minutes / 60, "hour"),
        _ => said(minutes / 1440, "day"),
    }
}

/// The picture of the window in task bars: the logo on the accent.
fn icon() -> IconData {
    const SIDE: u32 = 64;
    let theme = crate::scene::theme::Theme::light();
    let accent = theme.accent.base;
    let inside = |x: u32, y: u32| {
        // A rounded square: outside only in the corners.
        let corner = |v: u32| (v.max(SIDE / 2) - SIDE / 2).max(SIDE / 2 - v.min(SIDE / 2)) as f32;
        let (dx, dy) = ((corner(x) - 18.0).max(0.0), (corner(y) - 18.0).max(0.0));
        dx * dx + dy * dy <= 14.0 * 14.0
    };
    let pixel = |x, y| if inside(x, y) { [accent.r, accent.g, accent.b, 255] } else { [0; 4] };
    let rgba = (0..SIDE).flat_map(|y| (0..SIDE).flat_map(move |x| pixel(x, y))).collect();
    IconData { rgba, width: SIDE, height: SIDE }
}

/// Today's date by the clock of the machine (UTC); the layers below know no clock.
pub(super) fn today() -> Option<Date> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i64::try_from(since_epoch.as_secs() / 86_400).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
