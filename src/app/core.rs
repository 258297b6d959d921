//! What the window knows: the document being edited, its file, tabs, findings. Drawing reads it, the logic changes it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::canvas::Tool;
use super::command::ThemeChoice;
use super::notice::Notice;
use crate::analysis::{Finding, Report};
use crate::edit::{Clip, Editor};
use crate::model::*;
use crate::scene::theme::Theme;
use crate::scene::{Mark, Options, Scene};

/// What the window knows.
pub struct Core {
    /// The document and its history.
    pub editor: Editor,
    /// Its file; none before the first save.
    pub path: Option<PathBuf>,
    /// Open views.
    pub tabs: Vec<ViewId>,
    /// Which tab is in front.
    pub active_tab: usize,
    /// From which view the one of a called process was opened last.
    pub came_from: BTreeMap<ViewId, ViewId>,
    /// The newest finished analysis; it may be of an older revision.
    pub report: Option<Arc<Report>>,
    /// Index in the report of the finding whose evidence is shown.
    pub focused_finding: Option<usize>,
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
    pub clip: Option<Clip>,
    /// Preferences.
    pub preferences: crate::storage::preferences::Preferences,
    /// Whether the system asks for dark windows; false where it does not say.
    pub system_is_dark: bool,
    /// Whether a file is being read or written.
    pub busy: Option<&'static str>,
}

/// A picture with the version it was made from.
pub struct CachedScene {
    /// Version of the document.
    pub revision: Revision,
    /// Version of the report whose marks it carries.
    pub report_revision: Option<Revision>,
    /// Figures and marks in it.
    pub options: Options,
    /// The picture.
    pub scene: Arc<Scene>,
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

    /// The view in front.
    pub fn active_view(&self) -> Option<ViewId> {
        self.tabs.get(self.active_tab).copied().filter(|view| self.document().views().contains(*view))
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
    pub fn findings(&self) -> &[Finding] {
        self.report.as_ref().map_or(&[], |report| &report.findings)
    }

    /// Whether the findings belong to an older version than the one shown.
    pub fn findings_are_stale(&self) -> bool {
        self.report.as_ref().is_none_or(|report| report.revision != self.document().revision())
    }

    /// The finding whose evidence is shown.
    pub fn focused(&self) -> Option<&Finding> {
        self.findings().get(self.focused_finding?)
    }

    /// Figures that exported pictures show beside the document.
    pub fn figures(&self) -> Options {
        match &self.report {
            Some(report) => Options::with_figures(report.loads.iter().copied(), report.cases_per_week.iter().copied()),
            None => Options::default(),
        }
    }

    /// Figures and marks that pictures in the window show beside the document.
    pub fn scene_options(&self) -> Options {
        let mut options = self.figures();
        let Some(report) = &self.report else { return options };
        for finding in report.open() {
            // Only the first element of the evidence is what the finding is about; the others explain it.
            let Some(element) = finding.evidence.first() else { continue };
            let severity = mark_severity(finding.severity);
            let mark = options.marks.entry(*element).or_insert(Mark { severity, count: 0 });
            mark.count += 1;
            mark.severity = mark.severity.max(severity);
        }
        options
    }

    /// Whose work fills the largest share of their hours.
    pub fn busiest(&self) -> Option<(ElementRef, f64)> {
        let loads = &self.report.as_ref()?.loads;
        loads.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
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

fn mark_severity(severity: crate::analysis::Severity) -> crate::scene::Severity {
    match severity {
        crate::analysis::Severity::Block => crate::scene::Severity::Block,
        crate::analysis::Severity::High => crate::scene::Severity::High,
        crate::analysis::Severity::Medium => crate::scene::Severity::Medium,
        crate::analysis::Severity::Low => crate::scene::Severity::Low,
        crate::analysis::Severity::Info => crate::scene::Severity::Info,
    }
}
