//! What the window may wish for. Drawing collects commands; the logic carries them out between frames.

use std::path::PathBuf;
use std::sync::Arc;

use super::notice::Notice;
use crate::edit::Edit;
use crate::model::{Document, ElementRef, FlowDirection, ViewId};
use crate::scene::Mode;
pub use crate::storage::preferences::ThemeChoice;

/// A wish collected while drawing.
#[derive(Clone, Debug)]
pub enum Command {
    /// Runs the action with this id, if it applies now.
    Action(&'static str),
    /// Makes a change.
    Edit(Box<Edit>),
    /// Makes a change and selects what it made; optionally begins to edit the name of the first of it.
    Create {
        /// The change.
        edit: Box<Edit>,
        /// Whether the name field opens.
        rename: bool,
    },
    /// Goes back one step.
    Undo,
    /// Goes forth one step.
    Redo,
    /// Makes this the selection.
    Select(Vec<ElementRef>),
    /// Opens a view, or brings its tab to the front.
    OpenView(ViewId),
    /// Opens the view of what is behind a step.
    OpenInside(crate::model::StepId),
    /// Opens the view one level up.
    GoUp,
    /// Extracts steps to a flow of their own.
    Extract(Box<crate::edit::Extract>),
    /// Closes a tab.
    CloseTab(usize),
    /// Opens a view that shows the element, selects it and moves it into sight.
    Reveal(ElementRef),
    /// Shows the evidence of a finding; none ends it.
    FocusFinding(Option<usize>),
    /// Opens the name of an element for editing in place.
    Rename(ElementRef),
    /// Chooses a canvas tool.
    Tool(super::canvas::Tool),
    /// Moves the camera of the active canvas.
    Camera(CameraMove),
    /// Arranges a view, or part of it.
    Arrange {
        /// Which view.
        view: ViewId,
        /// What of it, and which way.
        how: Arranging,
    },
    /// Takes over an arrangement that was computed beside the window.
    Arranged(Box<Arranged>),
    /// Shows a message.
    Notify(Notice),
    /// Takes a message away.
    DismissNotice(u64),
    /// Opens a dialog.
    Dialog(super::dialogs::Dialog),
    /// Closes the dialog on top.
    CloseDialog,
    /// Starts with this document, which belongs to no file, and says this about it.
    Start {
        /// The document.
        document: Arc<Document>,
        /// What to say.
        notice: Option<Notice>,
    },
    /// Saves to this file.
    SaveTo(PathBuf),
    /// Writes pictures or tables to a file.
    Export(Box<ExportRequest>),
    /// Does something that ends the present document; asks about unsaved changes first.
    Proceed(Box<Pending>),
    /// The same without the question.
    ProceedNow(Box<Pending>),
    /// Does something after the next successful save.
    AfterSave(Option<Box<Pending>>),
    /// Changes a preference.
    Preference(Preference),
    /// Puts the selection on the clipboard.
    Copy,
    /// Puts what is on the clipboard into the view in front.
    Paste {
        /// Whether new things are made, or the same ones shown again.
        as_new: bool,
        /// Text from the clipboard of the desktop, where it was asked.
        text: Option<String>,
    },
    /// Puts text on the clipboard.
    CopyText(String),
    /// Begins to place a new element with the pointer, or adds it at once where the view cannot show it.
    Insert(super::canvas::NewElement),
    /// Adds a new element at once.
    InsertNow(super::canvas::NewElement),
    /// One level back: tool, finding, selection.
    Back,
    /// Shows a line at the foot of the window.
    Hint(String),
    /// Leaves the program without another question.
    Quit,
}

/// What of a view is arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arranging {
    /// What the mode says.
    By(Mode),
    /// Everything, so that the flow runs this way.
    Toward(FlowDirection),
}

impl Arranging {
    /// Everything that is not pinned.
    pub const EVERYTHING: Self = Self::By(Mode::Everything);
    /// What has no place yet.
    pub const ONLY_NEW: Self = Self::By(Mode::OnlyNew);
}

/// An arrangement that was computed beside the window.
#[derive(Clone, Debug)]
pub struct Arranged {
    /// Which one, counted through.
    pub number: u64,
    /// The view.
    pub view: ViewId,
    /// What was asked for.
    pub how: Arranging,
    /// The version that it is of; another one needs another arrangement.
    pub of: Arc<Document>,
    /// Whether it belongs to the step before it.
    pub joins: bool,
    /// The change; none where there is nothing to arrange.
    pub edit: Option<Box<Edit>>,
}

/// What to do once unsaved changes are saved or given up.
#[derive(Clone, Debug)]
pub enum Pending {
    /// Start an empty project.
    New,
    /// Start a copy of a sample, by its name.
    Sample(&'static str),
    /// Show the dialog for opening a file.
    OpenDialog,
    /// Open this file.
    Open(PathBuf),
    /// Start a project from this list of posts.
    Import(PathBuf),
    /// Leave the program.
    Quit,
}

/// A move of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraMove {
    /// Closer.
    ZoomIn,
    /// Farther.
    ZoomOut,
    /// One world unit is one point.
    ActualSize,
    /// All of the view.
    FitAll,
    /// All of the selection.
    FitSelection,
    /// All of the view, if nothing of it is in sight any more.
    FindAgain,
    /// The selection into sight, without a change of zoom where it is in sight already.
    ShowSelection,
}

/// What to write, in which format, where to.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The view.
    pub view: ViewId,
    /// Id of the format.
    pub format: &'static str,
    /// The file.
    pub path: PathBuf,
}

/// One preference of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Preference {
    /// Which theme.
    Theme(ThemeChoice),
    /// Size of everything, 1 is normal.
    Scale(f32),
    /// Whether the navigator is shown.
    Navigator(bool),
    /// Whether inspector and findings are shown.
    SidePanel(bool),
    /// Whether nothing glides.
    ReduceMotion(bool),
}

impl From<Edit> for Command {
    fn from(edit: Edit) -> Self {
        Self::Edit(Box::new(edit))
    }
}
