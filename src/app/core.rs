//! What the window knows: the document being edited, its file, tabs, findings. Drawing reads it, the logic changes it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use rustc_hash::FxHashSet;

use super::canvas::Tool;
use super::command::{Dressing, PaperChoice, ThemeChoice};
use super::logic::Copied;
use super::lookup::Replies;
use super::notice::Notice;
use super::panels::{LeftList, SidePage, SidePanel};
use super::panes::Panes;
use super::places::Places;
use super::tally::Tally;
use super::trying::Trying;
use crate::analysis::{Finding, OverlayKind, Report};
use crate::edit::Editor;
use crate::model::*;
use crate::scene::theme::Theme;
use crate::scene::{Options, Picture, Scene};
use crate::search::Index;
use crate::storage::FileStamp;

/// What the window knows.
pub struct Core {
    /// The document and its history.
    pub editor: Editor,
    /// Its file; none before the first save.
    pub path: Option<PathBuf>,
    /// How its file was when it was last read or written.
    pub stamp: Option<FileStamp>,
    /// Open views.
    pub panes: Panes,
    /// From which view the one of a called process was opened last.
    pub came_from: BTreeMap<ViewId, ViewId>,
    /// The newest finished analysis; it may be of an older revision.
    pub report: Option<Arc<Report>>,
    /// What exhibits of the analysis show.
    pub exhibits: super::exhibits::Exhibits,
    /// Its sums.
    pub tally: Arc<Tally>,
    /// What had been found when the project was opened or saved last: [`Tally::identities`].
    pub known_findings: Option<FxHashSet<u64>>,
    /// In which order findings are walked.
    pub walk: Option<Walk>,
    /// What is laid over charts, flows and boards.
    pub overlay: Option<OverlayKind>,
    /// Whether the findings have been those of an older version for so long that it is to be seen.
    pub looks_stale: bool,
    /// The remedy that is looked at before it is made.
    pub trying: Option<Trying>,
    /// Index in the report of the finding whose evidence is shown.
    pub focused_finding: Option<usize>,
    /// What the desktop calls the window.
    pub window_title: String,
    /// What was selected to show that evidence; empty once somebody asked for one of it.
    pub evidence: Vec<ElementRef>,
    /// The canvas tool.
    pub tool: Tool,
    /// Whether the tool stays after one use.
    pub tool_stays: bool,
    /// Pictures of open views.
    pub scenes: BTreeMap<ViewId, CachedScene>,
    /// Messages being shown.
    pub notices: Vec<Notice>,
    /// The line at the foot of the window: hint of the tool, reason of a refusal, name under the pointer.
    pub hint: String,
    /// What was copied last.
    pub clip: Option<Copied>,
    /// The look that was copied last.
    pub style: Option<BoxStyle>,
    /// What was duplicated last.
    pub duplicated: Option<Duplicated>,
    /// Preferences.
    pub preferences: crate::storage::preferences::Preferences,
    /// Whether the system asks for dark windows; false where it does not say.
    pub system_is_dark: bool,
    /// Whether a file is being read or written.
    pub busy: Option<&'static str>,
    /// Whether nothing but the view is shown.
    pub focus_mode: bool,
    /// Whether the window takes the whole screen.
    pub fills_screen: bool,
    /// What can be found; made when somebody searches for the first time.
    pub index: Option<Arc<Index>>,
    /// Width of the window in points.
    pub width: f32,
    /// Which panel at the side was asked for last: the other one gives way in a narrow window.
    pub first_side: SidePanel,
    /// Which list the panel on the left shows.
    pub left: LeftList,
    /// Which page the panel on the right shows.
    pub side: SidePage,
    /// For which paper a matrix was exported last.
    pub paper: Option<PaperChoice>,
    /// What the picture that was exported last had beside what it shows.
    pub dressing: Dressing,
    /// Who decides what, as far as it was asked.
    pub replies: Replies,
    /// What assistive technology reads out now: the selection when it changes.
    pub announcement: String,
    /// The trail of jumps.
    pub places: Places,
}

/// In which order the findings of a report are walked: as the panel lists them.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The report.
    pub report: Weak<Report>,
    /// Indices of its findings.
    pub order: Vec<usize>,
}

impl PartialEq for Walk {
    fn eq(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.report, &other.report) && self.order == other.order
    }
}

/// The look of a box: what can be copied of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxStyle {
    /// Its colour in the view; none for that of what it shows.
    pub tint: Option<u8>,
    /// Its size; none for that of its text.
    pub size: Option<Size>,
}

/// Originals and copies of a duplication: where the copies were put tells where the next ones go.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicated {
    /// In which view.
    pub view: ViewId,
    /// What was duplicated.
    pub originals: Vec<ElementRef>,
    /// What came of it.
    pub copies: Vec<ElementRef>,
}

/// A picture with the version it was made from.
pub struct CachedScene {
    /// Version of the document.
    pub revision: Revision,
    /// Figures and marks in it.
    pub options: Arc<Options>,
    /// What is painted.
    pub scene: Arc<Scene>,
    /// What the next version takes from this one.
    pub picture: Picture,
}

impl Core {
    /// The present document.
    pub fn document(&self) -> &Document {
        self.editor.document()
    }

    /// What is selected.
    pub fn selection(&self) -> &[ElementRef] {
        &self.editor.selection
    }

    /// The only selected element, if there is exactly one.
    pub fn single_selection(&self) -> Option<ElementRef> {
        match self.selection() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The view in front of the active pane.
    pub fn active_view(&self) -> Option<ViewId> {
        self.panes.front().filter(|view| self.document().views().contains(*view))
    }

    /// The views above a view and the view itself, the outermost first: by the sub-flows around it, and by the call from
    /// which a process was opened.
    pub fn path_to(&self, view: ViewId) -> Vec<ViewId> {
        let document = self.document();
        let mut path = vec![view];
        let mut at = view;
        while path.len() <= document.views().len() {
            let around = document.view_above(at).and_then(|(_, above)| above);
            let above = around.or_else(|| self.came_from.get(&at).copied());
            let Some(above) = above.filter(|above| document.views().contains(*above) && !path.contains(above)) else {
                break;
            };
            path.push(above);
            at = above;
        }
        path.reverse();
        path
    }

    /// Kind of the view in front.
    pub fn active_kind(&self) -> Option<&ViewKind> {
        Some(&self.document().get::<View>(self.active_view()?)?.kind)
    }

    /// The tokens of the chosen theme.
    pub fn theme(&self) -> &'static Theme {
        match self.theme_choice() {
            ThemeChoice::Contrast => Theme::contrast(),
            _ if self.is_dark() => Theme::dark(),
            _ => Theme::light(),
        }
    }

    /// Which theme was chosen.
    pub fn theme_choice(&self) -> ThemeChoice {
        self.preferences.theme
    }

    /// Whether the theme is dark: by choice, or because the system is.
    pub fn is_dark(&self) -> bool {
        match self.theme_choice() {
            ThemeChoice::System => self.system_is_dark,
            choice => choice == ThemeChoice::Dark,
        }
    }

    /// Findings of the newest report, the gravest first; empty before the first analysis.
    pub fn findings(&self) -> &[Arc<Finding>] {
        self.report.as_ref().map_or(&[], |report| &report.findings)
    }

    /// Whether the findings belong to an older version than the one shown.
    pub fn findings_are_stale(&self) -> bool {
        self.report.as_ref().is_none_or(|report| report.revision != self.document().revision())
    }

    /// Whether what is selected is so only because a finding names it: its fields are not asked for.
    pub fn shows_evidence(&self) -> bool {
        !self.evidence.is_empty() && self.evidence == self.selection()
    }

    /// Shows no finding any more; what was selected for it alone goes with it.
    pub fn leave_finding(&mut self) {
        self.focused_finding = None;
        if self.shows_evidence() {
            self.editor.selection.clear();
        }
        self.evidence.clear();
    }

    /// The finding whose evidence is shown.
    pub fn focused(&self) -> Option<&Finding> {
        self.findings().get(self.focused_finding?).map(|finding| &**finding)
    }

    /// From now on what was found is not new.
    pub fn know_findings(&mut self) {
        self.known_findings = Some(self.tally.identities().iter().copied().collect());
    }

    /// Whether a finding was not there yet when the project was opened or saved last.
    pub fn is_new(&self, index: usize) -> bool {
        let known = self.known_findings.as_ref();
        known.zip(self.tally.identities().get(index)).is_some_and(|(known, identity)| !known.contains(identity))
    }

    /// How many open findings are new.
    pub fn new_findings(&self) -> usize {
        let open = self.findings().iter().enumerate().filter(|(_, finding)| finding.waived.is_none());
        open.filter(|(index, _)| self.is_new(*index)).count()
    }

    /// The indices of the findings in the order in which they are walked.
    pub fn walk_order(&self) -> Vec<usize> {
        let shown = self.report.as_ref().zip(self.walk.as_ref());
        match shown.filter(|(report, walk)| Weak::ptr_eq(&walk.report, &Arc::downgrade(report))) {
            Some((_, walk)) => walk.order.clone(),
            None => (0..self.findings().len()).collect(),
        }
    }

    /// Figures that exported pictures show beside the document.
    pub fn figures(&self) -> Options {
        let overlay = self.tally.options().overlay.clone();
        match &self.report {
            Some(report) => Options {
                overlay,
                ..Options::with_figures(report.loads.iter().copied(), report.cases_per_week.iter().copied())
            },
            None => Options::default(),
        }
    }

    /// Lays figures over charts, flows and boards; none takes them away.
    pub fn set_overlay(&mut self, overlay: Option<OverlayKind>) {
        self.overlay = overlay;
        if let Some(report) = &self.report
            && self.tally.overlay() != overlay
        {
            let document = self.editor.document().clone();
            Arc::make_mut(&mut self.tally).lay_over(&document, report, overlay);
        }
    }

    /// Figures and marks that pictures in the window show beside the document.
    pub fn scene_options(&self) -> &Arc<Options> {
        self.tally.options()
    }

    /// Shows the findings of an analysis; the one before comes back.
    pub fn take_report(&mut self, report: Arc<Report>, tally: Arc<Tally>) -> Option<Arc<Report>> {
        let focused = self.focused().cloned();
        self.tally = tally;
        if self.known_findings.is_none() {
            self.know_findings();
        }
        let before = self.report.replace(report);
        // Another overlay may have been chosen since.
        self.set_overlay(self.overlay);
        // The same finding may stand elsewhere in the new report.
        let is_same = |old: &Finding, new: &Finding| new.rule == old.rule && new.evidence == old.evidence;
        let place = focused.as_ref().map(|old| self.findings().iter().position(|new| is_same(old, new)));
        match place {
            Some(None) => self.leave_finding(),
            place => self.focused_finding = place.flatten(),
        }
        before
    }

    /// Name of the file without its folder, or of a project that has no file yet.
    pub fn title(&self) -> String {
        let name = &self.document().project().name;
        if !name.is_empty() {
            return name.clone();
        }
        match self.path.as_ref().and_then(|path| path.file_name()) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => "Untitled".to_owned(),
        }
    }
}
