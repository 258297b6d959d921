//! What the window may wish for. Drawing collects commands; the logic carries them out between frames.

use std::path::PathBuf;
use std::sync::Arc;

use super::core::{BoxStyle, Walk};
use super::notice::Notice;
use super::panels::SidePanel;
use super::panes::Tab;
use crate::analysis::OverlayKind;
use crate::analysis::decide::{Inquiry, Reply};
use crate::edit::{Clip, Edit, MergeLog, MergeMatrix};
use crate::export::{Paper, PocketOf};
use crate::import::event_log::{self, LogFile};
use crate::import::matrix::{Prepared, Settings};
use crate::import::sheets::Book;
use crate::model::{Document, ElementRef, FlowDirection, Point, Revision, ViewId};
use crate::scene::Mode;
use crate::scene::display::Display;
use crate::search::Index;
use crate::storage::FileStamp;
pub use crate::storage::preferences::ThemeChoice;

/// A table of rights to be read.
#[derive(Clone, Debug)]
pub struct TableRequest {
    /// Name of its file.
    pub name: String,
    /// Its sheets.
    pub book: Arc<Book>,
    /// What was said about it.
    pub settings: Box<Settings>,
}

/// A table of rights as it was read.
#[derive(Clone, Debug)]
pub struct TableReading {
    /// With which settings.
    pub settings: Box<Settings>,
    /// What it comes to, or why it cannot be read.
    pub result: Arc<Result<Prepared, String>>,
}

/// A log of cases of which is asked what it comes to.
#[derive(Clone, Debug)]
pub struct LogRequest {
    /// The log.
    pub file: Arc<LogFile>,
    /// What was said about it.
    pub settings: Box<event_log::Settings>,
}

/// What a log of cases comes to.
#[derive(Clone, Debug)]
pub struct LogReading {
    /// With which settings.
    pub settings: Box<event_log::Settings>,
    /// In which version of the project.
    pub revision: Revision,
    /// What it comes to, or why that cannot be told.
    pub result: Arc<Result<event_log::Prepared, String>>,
}

/// A wish collected while drawing.
#[derive(Clone, Debug)]
pub enum Command {
    /// Runs the action with this id, if it applies now.
    Action(&'static str),
    /// Makes a change.
    Edit(Box<Edit>),
    /// Finds out what a file of another tool is, and imports it.
    ImportFile(PathBuf),
    /// Reads a table of rights.
    ReadTable(TableRequest),
    /// Takes a table of rights that was read beside the window.
    TableRead(TableReading),
    /// Brings a table of rights into the project.
    ImportMatrix(Box<MergeMatrix>),
    /// Works out what a log of cases comes to.
    PrepareLog(LogRequest),
    /// Takes what was worked out beside the window.
    LogPrepared(LogReading),
    /// Brings the figures of a log into the project.
    ImportLog(Box<MergeLog>),
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
    /// Goes back or forth until so many steps are done.
    GoToStep(usize),
    /// Shows a list in the panel on the left.
    ShowList(super::panels::LeftList),
    /// Shows a page of the panel on the right.
    ShowSide(super::panels::SidePage),
    /// Opens “Who decides?” with a question; without one with what the selection is about.
    OpenLookup(Option<Box<Inquiry>>),
    /// Has a question answered beside the window.
    Ask(Box<Inquiry>),
    /// Takes a reply that was made beside the window.
    Replied {
        /// About which version.
        revision: Revision,
        /// To which question.
        inquiry: Box<Inquiry>,
        /// The reply; none where the decision is not there any more.
        reply: Option<Arc<Reply>>,
        /// In which of the projects of this window.
        lineage: u64,
    },
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
    /// Opens an exhibit of the analysis by its id, or brings its tab to the front.
    OpenExhibit(&'static str),
    /// Looks at an exhibit in another way.
    ChooseInExhibit {
        /// Its id.
        id: &'static str,
        /// The key of the choice.
        choice: String,
    },
    /// Takes an exhibit that was made beside the window.
    Exhibited(Box<super::exhibits::Made>),
    /// Puts the exhibit in front on the clipboard as a table.
    CopyExhibitTable,
    /// Closes a tab.
    CloseTab(Tab),
    /// Puts a tab into a pane; one past the last pane begins a new one.
    PlaceTab {
        /// The tab.
        tab: Tab,
        /// Which pane.
        pane: usize,
        /// Before which of the tabs there.
        before: usize,
    },
    /// Moves the tab in front to the other side of the window.
    MoveTabAcross,
    /// Puts all tabs into one pane.
    JoinPanes,
    /// Gives a pane the keyboard.
    FocusPane(usize),
    /// Opens a view that shows the element, selects it and moves it into sight.
    Reveal(ElementRef),
    /// Goes to the place before the last jump.
    GoBack,
    /// Goes to the place that was left by going back.
    GoForward,
    /// Opens the search.
    OpenFind,
    /// Shows a result of the search.
    Preview(ElementRef),
    /// Ends the search.
    EndFind(FindEnd),
    /// Takes an index that was made beside the window.
    Indexed {
        /// What can be found.
        index: Arc<Index>,
        /// In which of the projects of this window.
        lineage: u64,
    },
    /// Opens a view, selects an element in it and moves it into sight.
    RevealIn {
        /// The view.
        view: ViewId,
        /// The element.
        element: ElementRef,
    },
    /// Shows elements in the view in front, side by side in its middle.
    ShowHere(Vec<ElementRef>),
    /// Takes elements out of the view in front; the things stay.
    RemoveFromView(Vec<ElementRef>),
    /// Deletes elements everywhere and says what went with them.
    Delete(Vec<ElementRef>),
    /// Remembers in which order findings are walked.
    WalkFindings(Walk),
    /// What the trial of a remedy asks for.
    Trial(super::trying::Wish),
    /// Lays figures over charts, flows and boards; none takes them away.
    Overlay(Option<OverlayKind>),
    /// Shows the evidence of a finding; none ends it.
    FocusFinding(Option<usize>),
    /// Opens the name of an element for editing in place.
    Rename(ElementRef),
    /// Keeps a name that was edited in place, and goes on.
    Named(Box<Named>),
    /// Chooses a canvas tool.
    Tool(super::canvas::Tool),
    /// Lets tools stay after one use, or not.
    KeepTool(bool),
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
    /// Selects an element and puts the keyboard into the first of its fields.
    Fields(ElementRef),
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
    /// Goes on with work that a crash left behind.
    Restore {
        /// It.
        document: Arc<Document>,
        /// The file it belongs to; none for work that was never saved.
        original: Option<PathBuf>,
    },
    /// Throws work away that a crash left behind.
    DiscardSnapshot(PathBuf),
    /// Takes up what a file of another tool made of the open project.
    Merge(Box<Merged>),
    /// Saves to this file; not where another program changed the project's own file meanwhile.
    SaveTo(PathBuf),
    /// Saves to this file whatever another program made of it; that stays beside it as the version before.
    SaveOver(PathBuf),
    /// How a file was found on the disk; none where it is gone.
    FoundOnDisk {
        /// Which.
        path: PathBuf,
        /// How it is.
        stamp: Option<FileStamp>,
    },
    /// Writes pictures or tables to a file.
    Export(Box<ExportRequest>),
    /// Does something that ends the present document; asks about unsaved changes first.
    Proceed(Box<Pending>),
    /// The same without the question.
    ProceedNow(Box<Pending>),
    /// Does something after the next successful save.
    AfterSave(Option<Box<Pending>>),
    /// Keeps what stands on notes from now on.
    Initials(String),
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
    /// Asks the desktop for its clipboard, to paste what is on it.
    AskForPaste {
        /// Whether new things are made, or the same ones shown again.
        as_new: bool,
    },
    /// Pastes elements of another project, as new ones; who of them is somebody here was answered.
    PasteClip(Box<Clip>),
    /// Makes new things like these, at a distance; without one at that of the last time, or beside them.
    Duplicate {
        /// What is duplicated.
        elements: Vec<ElementRef>,
        /// How far from the originals.
        by: Option<Point>,
    },
    /// Remembers a look, to be given to other boxes.
    CopyStyle(BoxStyle),
    /// Offers other types for these elements.
    ChooseType(Vec<ElementRef>),
    /// Puts text on the clipboard.
    CopyText(String),
    /// Makes a picture of the selection, or of the view, for the clipboard.
    CopyPicture {
        /// Whether as the text of an SVG instead of pixels.
        as_svg: bool,
    },
    /// Puts a picture on the clipboard.
    CopyImage(Arc<egui::ColorImage>),
    /// What the quick-entry line asks for.
    Quick(super::quick::Wish),
    /// Begins to place a new element with the pointer, or adds it at once where the view cannot show it.
    Insert(super::canvas::NewElement),
    /// Adds a new element at once.
    InsertNow(super::canvas::NewElement),
    /// One level back: tool, finding, selection.
    Back,
    /// Shows nothing but the view, or everything again.
    FocusMode {
        /// Which of the two.
        on: bool,
        /// Whether on the whole screen.
        full_screen: bool,
    },
    /// Shows a line at the foot of the window.
    Hint(String),
    /// Opens the ladder of a decision in place of the views.
    OpenLadder(crate::model::DecisionId),
    /// Closes it.
    CloseLadder,
    /// Studies a ladder beside the window.
    StudyLadder(super::ladder::Ask),
    /// Takes what the study found.
    LadderStudied(Arc<super::ladder::Answer>),
    /// Leaves the program without another question.
    Quit,
}

/// Where a search ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindEnd {
    /// At this element.
    GoTo(ElementRef),
    /// Where it has led to.
    Stay,
    /// Where the window was before it.
    GiveUp,
}

/// A name that was edited in place.
#[derive(Clone, Debug)]
pub struct Named {
    /// Whose.
    pub element: ElementRef,
    /// The change; none where the name stays.
    pub edit: Option<Edit>,
    /// What is worth saying about it; empty where nothing is.
    pub remark: String,
    /// Where to go on.
    pub then: Then,
}

/// Where to go on behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nowhere.
    Stay,
    /// To a new element behind or below it.
    Next,
    /// To a new branch beside it; in a chart to what it hangs below.
    Beside,
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
    /// All of the view, if nothing of it is in sight any more, or no longer all of it where all of it was.
    FindAgain,
    /// The selection into sight, without a change of zoom where it is in sight already.
    ShowSelection,
}

/// What to write, in which format, where to.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The view; none for an exhibit.
    pub view: Option<ViewId>,
    /// What an exhibit shows; none for a view.
    pub exhibit: Option<Arc<Display>>,
    /// Whose pocket card it is instead; none for the view.
    pub pocket: Option<PocketOf>,
    /// For a matrix as a picture: the paper that it is cut for, a file for each page.
    pub paper: Option<PaperChoice>,
    /// Id of the format.
    pub format: &'static str,
    /// What a picture has beside what it shows.
    pub dressing: Dressing,
    /// The file.
    pub path: PathBuf,
}

/// What an exported picture has beside what it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dressing {
    /// The name of the view above it.
    pub title: bool,
    /// The present day beside the title.
    pub date: bool,
    /// What colours and signs mean, below it.
    pub legend: bool,
    /// No ground.
    pub transparent: bool,
    /// Letters as outlines.
    pub outlines: bool,
    /// Pixels per world unit.
    pub scale: f32,
}

impl Default for Dressing {
    fn default() -> Self {
        Self { title: true, date: false, legend: true, transparent: false, outlines: false, scale: 2.0 }
    }
}

/// A paper to cut a matrix for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperChoice {
    /// Its place among the named sizes.
    pub size: usize,
    /// Whether it stands.
    pub stands: bool,
}

impl PaperChoice {
    /// The paper; none where there is no such size.
    pub fn paper(self) -> Option<Paper> {
        let (_, paper) = Paper::NAMED.get(self.size)?;
        Some(if self.stands { paper.turned() } else { *paper })
    }
}

/// One preference of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Preference {
    /// Which theme.
    Theme(ThemeChoice),
    /// Size of everything, 1 is normal.
    Scale(f32),
    /// Whether a panel at the side is shown.
    Panel(SidePanel, bool),
    /// How wide a panel at the side is, in points.
    Width(SidePanel, f32),
    /// Whether nothing glides.
    ReduceMotion(bool),
    /// Whether large views have a minimap.
    Minimap(bool),
    /// That a command was run from the palette.
    Used(&'static str),
    /// Whether what is dragged aligns with its neighbours.
    Snapping(bool),
}

/// What a file of another tool made of a project.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The version it was merged into.
    pub base: Revision,
    /// Name of the step.
    pub label: String,
    /// The project with what the file holds.
    pub document: Arc<Document>,
    /// What to say.
    pub notice: Notice,
}

impl From<Edit> for Command {
    fn from(edit: Edit) -> Self {
        Self::Edit(Box::new(edit))
    }
}
