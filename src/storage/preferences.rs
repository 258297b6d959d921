//! What the window remembers between runs: theme, zoom, renderer, panel sizes, recent files.
//!
//! Nothing here belongs to a project. Reading never fails: what cannot be read is left at its default and logged.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::migrate::options;
use super::save::{SaveError, write_over};
use super::writer::{Fields, push_number, push_quoted};

/// How many recent files are kept.
const MOST_RECENT: usize = 10;
/// How many commands used last are kept.
const MOST_USED: usize = 6;

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white with strong edges.
    Contrast,
}

/// What paints the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RendererChoice {
    /// The best that works.
    #[default]
    Automatic,
    /// wgpu: Vulkan and its like.
    Wgpu,
    /// OpenGL.
    Glow,
}

/// A project that was open before.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecentFile {
    /// Its path.
    pub path: PathBuf,
    /// When it was last open, as it is shown: `2026-11-22`.
    #[serde(default)]
    pub opened: String,
    /// Whether it stays in the list whatever else is opened.
    #[serde(default)]
    pub pinned: bool,
}

/// The size of one panel.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PanelSize {
    /// Id of the panel.
    pub panel: String,
    /// Width, or height of a panel at the bottom, in points.
    pub extent: f32,
    /// Whether it is shown.
    #[serde(default = "shown")]
    pub open: bool,
}

fn shown() -> bool {
    true
}

/// Everything the window remembers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Colours.
    pub theme: ThemeChoice,
    /// Factor on the size of everything, 0.5 to 3.
    pub zoom_factor: f32,
    /// Whether nothing glides: camera, boxes, panels.
    pub reduce_motion: bool,
    /// Whether what is dragged on a canvas aligns with its neighbours.
    pub snapping: bool,
    /// What paints.
    pub renderer: RendererChoice,
    /// What stands on notes; none before it was asked for.
    pub initials: Option<String>,
    /// Panels whose size was changed.
    pub panels: Vec<PanelSize>,
    /// Projects that were open, the last one first.
    pub recent: Vec<RecentFile>,
    /// Ids of commands run from the palette, the last one first.
    pub used: Vec<String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            zoom_factor: 1.0,
            reduce_motion: false,
            snapping: true,
            renderer: RendererChoice::default(),
            initials: None,
            panels: Vec::new(),
            recent: Vec::new(),
            used: Vec::new(),
        }
    }
}

impl Preferences {
    /// Reads the preferences of a file; the defaults where it is missing or broken.
    pub fn load(path: &Path) -> Self {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(&text, path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(error) => {
                log::warn!("The preferences cannot be read and start anew: {error}. File: {}", path.display());
                Self::default()
            }
        }
    }

    fn from_text(text: &str, path: &Path) -> Self {
        let read: Result<Self, _> = options().from_str(text);
        let mut preferences = read.unwrap_or_else(|error| {
            log::warn!("The preferences are broken and start anew: {error}. File: {}", path.display());
            Self::default()
        });
        if !(0.5..=3.0).contains(&preferences.zoom_factor) {
            preferences.zoom_factor = 1.0;
        }
        preferences.panels.retain(|panel| panel.extent.is_finite() && panel.extent >= 0.0);
        preferences
    }

    /// Writes the preferences, whole or not at all; makes their folder where it is missing.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        if let Some(folder) = path.parent()
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            log::debug!("The folder of the preferences cannot be made: {error}");
        }
        write_over(path, self.to_text().as_bytes())
    }

    /// Whether a panel is shown; panels are shown until they are hidden.
    pub fn is_open(&self, panel: &str) -> bool {
        self.panels.iter().find(|known| known.panel == panel).is_none_or(|known| known.open)
    }

    /// Shows or hides a panel.
    pub fn set_open(&mut self, panel: &str, open: bool) {
        match self.panels.iter_mut().find(|known| known.panel == panel) {
            Some(known) => known.open = open,
            None => self.panels.push(PanelSize { panel: panel.to_owned(), extent: 0.0, open }),
        }
    }

    /// Width or height of a panel in points, where it was changed.
    pub fn extent(&self, panel: &str) -> Option<f32> {
        self.panels.iter().find(|known| known.panel == panel).map(|known| known.extent).filter(|extent| *extent > 0.0)
    }

    /// Remembers width or height of a panel, in points.
    pub fn set_extent(&mut self, panel: &str, extent: f32) {
        match self.panels.iter_mut().find(|known| known.panel == panel) {
            Some(known) => known.extent = extent,
            None => self.panels.push(PanelSize { panel: panel.to_owned(), extent, open: true }),
        }
    }

    /// Puts a file first among the recent ones; `opened` is shown beside it. Pinned files are never pushed out.
    pub fn remember(&mut self, path: &Path, opened: &str) {
        let pinned = self.recent.iter().any(|file| file.path == path && file.pinned);
        self.recent.retain(|file| file.path != path);
        self.recent.insert(0, RecentFile { path: path.to_owned(), opened: opened.to_owned(), pinned });
        while self.recent.len() > MOST_RECENT
            && let Some(last) = self.recent.iter().rposition(|file| !file.pinned)
        {
            self.recent.remove(last);
        }
    }

    /// Puts a command first among those used last.
    pub fn note_use(&mut self, id: &str) {
        self.used.retain(|used| used != id);
        self.used.insert(0, id.to_owned());
        self.used.truncate(MOST_USED);
    }

    fn to_text(&self) -> String {
        let mut out = String::new();
        Fields::block(&mut out, 0, |fields| {
            fields.word("theme", Some(self.theme.word()));
            fields.number("zoom_factor", Some(short(self.zoom_factor)));
            fields.flag("reduce_motion", self.reduce_motion);
            fields.plain("snapping", (!self.snapping).then_some(false));
            fields.word("renderer", Some(self.renderer.word()));
            if let Some(initials) = &self.initials {
                fields.field("initials", |out| push_quoted(out, initials));
            }
            fields.lines("panels", &self.panels, |out, panel| {
                Fields::line(out, |fields| {
                    fields.text("panel", &panel.panel);
                    fields.field("extent", |out| push_number(out, short(panel.extent)));
                    fields.plain("open", (!panel.open).then_some(false));
                });
            });
            fields.lines("recent", &self.recent, |out, file| {
                Fields::line(out, |fields| {
                    fields.field("path", |out| push_quoted(out, &file.path.to_string_lossy()));
                    fields.text("opened", &file.opened);
                    fields.flag("pinned", file.pinned);
                });
            });
            fields.lines("used", &self.used, |out, id| push_quoted(out, id));
        });
        out.push('\n');
        out
    }
}

/// A number of points or a factor without the digits that only a wider type shows.
fn short(number: f32) -> f64 {
    (f64::from(number) * 1000.0).round() / 1000.0
}

impl ThemeChoice {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

impl RendererChoice {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Wgpu => "wgpu",
            Self::Glow => "glow",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config").join("preferences.ron");
        assert_eq!(Preferences::load(&path), Preferences::default());
        let mut preferences = Preferences {
            theme: ThemeChoice::Dark,
            zoom_factor: 1.1,
            reduce_motion: true,
            snapping: false,
            renderer: RendererChoice::Glow,
            initials: Some("AC".to_owned()),
            panels: vec![PanelSize { panel: "findings".into(), extent: 210.5, open: false }],
            recent: Vec::new(),
            used: vec!["view.fit".into()],
        };
        preferences.remember(Path::new("/home/ana/\"odd\" bakery.ron"), "2026-11-22");
        preferences.save(&path).unwrap();
        assert_eq!(Preferences::load(&path), preferences);
    }

    #[test]
    fn broken_and_newer_preferences_do_no_harm() {
        let read = |text| Preferences::from_text(text, Path::new("preferences.ron"));
        for text in ["", "(theme: purple)", "((((", "(zoom_factor: NaN)", "(zoom_factor: 900)"] {
            assert_eq!(read(text), Preferences::default(), "{text}");
        }
        assert_eq!(read("(theme: dark, of_a_later_version: [1, (a: 2)])").theme, ThemeChoice::Dark);
    }

    #[test]
    fn recent_files_are_few_distinct_and_the_pinned_ones_stay() {
        let mut preferences = Preferences::default();
        preferences.remember(Path::new("pinned.ron"), "2026-01-01");
        preferences.recent[0].pinned = true;
        for number in 0..30 {
            preferences.remember(Path::new(&format!("{}.ron", number % 15)), "2026-11-22");
        }
        assert_eq!(preferences.recent.len(), MOST_RECENT);
        assert_eq!(preferences.recent[0].path, Path::new("14.ron"));
        assert!(preferences.recent.iter().any(|file| file.pinned));
    }
}
