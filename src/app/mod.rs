//! The desktop window: what it knows, what it draws, what it does.
//!
//! [`App::ui`] only draws and collects wishes into commands; [`App::logic`] carries them out, polls jobs and saves.
//! The toolkit may run the drawing twice in a frame, so drawing has no effects. Business rules live in the layers
//! below: a panel that computes is in the wrong place.

pub mod actions;
pub mod canvas;
pub mod command;
pub mod core;
pub mod dialogs;
pub mod exhibits;
pub mod gestures;
pub mod jobs;
pub mod keys;
pub mod ladder;
mod logic;
pub mod lookup;
pub mod matrix;
mod middle;
pub mod notice;
pub mod panels;
pub mod places;
pub mod panes;
pub mod quick;
mod start;
pub mod style;
pub mod tally;
pub mod trying;
mod ui;
pub mod widgets;

use std::collections::BTreeMap;
use std::path::PathBuf;

use self::command::{Command, Pending};
use self::core::Core;
use self::jobs::Jobs;
use self::panes::Panes;
use crate::edit::Editor;
use crate::model::*;
use crate::storage;
use crate::storage::preferences::Preferences;

pub use self::start::{Start, WindowError, renderer, run};

/// The window.
pub struct App {
    /// What it knows.
    pub core: Core,
    /// What its parts remember between frames.
    pub parts: Parts,
    jobs: Jobs,
    /// Keys that wait for their frame.
    keys: keys::Keys,
    commands: Vec<Command>,
    /// What to do after the next successful save.
    after_save: Option<Pending>,
    next_notice: u64,
    /// Version and settings of the analysis asked for last.
    analysed: Option<Revision>,
    /// How many arrangements were begun beside the window; a result that is not of the last one is of no use.
    arrangements: u64,
    /// Whether an edit was made among the wishes being carried out: an arrangement wished for with it joins its step.
    edited_in_batch: bool,
    /// What was made last and is to be named for the first time.
    unnamed: Option<ElementRef>,
    /// Whether the program may close without another question.
    leaving: bool,
    /// Where preferences are kept; none in tests.
    preferences_path: Option<PathBuf>,
    /// When unsaved work was last put aside, in seconds of the window's clock, and which version it was.
    autosaved: Option<(f64, Revision)>,
    /// Whether new things are to be made of what the desktop was asked for.
    asked_to_paste: Option<bool>,
    /// Of which version and selection assistive technology was told.
    announced: (Revision, Vec<ElementRef>),
    /// Which project is open: counts the projects of this window.
    lineage: u64,
    /// The project of which an index is being made beside the window.
    indexing: Option<u64>,
    /// Since when the findings have been those of an older version, in seconds of the window's clock.
    stale_since_secs: Option<f64>,
    /// The file that is read again because another program changed it.
    reloading: Option<PathBuf>,
    /// Whether the window was made to fit its monitor.
    fitted_monitor: bool,
    /// Whether style and fonts were given to the toolkit for this theme, scale and wish for stillness.
    styled: Option<(command::ThemeChoice, f32, bool)>,
}

/// What the parts of the window remember between frames. Nothing here belongs to the document.
#[derive(Default)]
pub struct Parts {
    /// Cameras and gestures of canvases.
    pub canvases: BTreeMap<ViewId, canvas::CanvasState>,
    /// Active cells and filters of matrices.
    pub matrices: BTreeMap<ViewId, matrix::MatrixState>,
    /// Scrolling of exhibits, by their ids.
    pub exhibits: BTreeMap<&'static str, exhibits::ExhibitState>,
    /// Search and folded branches.
    pub navigator: panels::NavigatorState,
    /// The view in front as a list.
    pub outline: panels::OutlineState,
    /// Texts being typed.
    pub inspector: panels::InspectorState,
    /// Filters of the findings.
    pub findings: panels::FindingsState,
    /// The question of “Who decides?” and those before it.
    pub lookup: lookup::LookupState,
    /// The quick-entry line.
    pub quick: quick::QuickEntry,
    /// The ladder that is open in place of the views.
    pub ladder: Option<Box<ladder::LadderEditor>>,
    /// Open dialogs, the one on top last.
    pub dialogs: Vec<dialogs::Dialog>,
}

impl App {
    /// A window on a document.
    pub fn new(document: Document, path: Option<PathBuf>, preferences: Preferences, jobs: Jobs) -> Self {
        let mut app = Self {
            core: Core {
                editor: Editor::new(document),
                stamp: path.as_deref().and_then(storage::file_stamp),
                path,
                panes: Panes::new(Vec::new()),
                came_from: BTreeMap::new(),
                report: None,
                exhibits: Default::default(),
                tally: Default::default(),
                known_findings: None,
                walk: None,
                overlay: None,
                looks_stale: false,
                trying: None,
                focused_finding: None,
                window_title: "Remit".to_owned(),
                evidence: Vec::new(),
                tool: canvas::Tool::Select,
                tool_stays: false,
                scenes: BTreeMap::new(),
                notices: Vec::new(),
                hint: String::new(),
                clip: None,
                style: None,
                duplicated: None,
                preferences,
                system_is_dark: false,
                busy: None,
                focus_mode: false,
                fills_screen: false,
                index: None,
                width: f32::INFINITY,
                first_side: panels::SidePanel::Inspector,
                left: panels::LeftList::default(),
                side: panels::SidePage::default(),
                paper: None,
                dressing: command::Dressing::default(),
                replies: lookup::Replies::default(),
                announcement: String::new(),
                places: places::Places::default(),
            },
            parts: Parts::default(),
            jobs,
            keys: keys::Keys::default(),
            commands: Vec::new(),
            after_save: None,
            next_notice: 1,
            analysed: None,
            arrangements: 0,
            edited_in_batch: false,
            unnamed: None,
            leaving: false,
            preferences_path: None,
            autosaved: None,
            asked_to_paste: None,
            announced: Default::default(),
            lineage: 0,
            indexing: None,
            styled: None,
            reloading: None,
            fitted_monitor: false,
            stale_since_secs: None,
        };
        app.open_first_views();
        app
    }

    /// A window for tests: work happens at once, preferences are the defaults and are not kept.
    pub fn for_tests(document: Document) -> Self {
        Self::new(document, None, Preferences::default(), Jobs::inline())
    }

    /// Puts a wish into the queue, as drawing does.
    pub fn wish(&mut self, command: impl Into<Command>) {
        self.commands.push(command.into());
    }

    /// Opens the views that a document begins with: its charts, processes and matrices, at most eight.
    fn open_first_views(&mut self) {
        const MOST: usize = 8;
        let mut views: Vec<_> = self.core.document().views().iter().map(|(id, view)| (view.order, id)).collect();
        views.sort_unstable();
        self.core.panes = Panes::new(views.into_iter().take(MOST).map(|(_, id)| id).collect());
    }

    /// An empty project that belongs to no file. A first drawing is not shouted at: it begins as a sketch.
    fn empty_project() -> Document {
        storage::new_sketch()
    }
}
