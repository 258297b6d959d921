//! Opening, saving, importing; questions about unsaved changes; work put aside against a crash.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use crate::app::App;
use crate::app::command::{Command, Merged, Pending};
use crate::app::dialogs::Dialog;
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::edit::Editor;
use crate::import;
use crate::model::integrity::Problem;
use crate::model::{Document, Revision};
use crate::storage::{self, FileStamp, LoadError, SaveError, autosave};

/// A dialog of the desktop that ends sooner than this was never shown: the desktop has none.
const NO_DIALOG: Duration = Duration::from_millis(250);
/// Number of the snapshot of work that has no file yet.
const UNTITLED: u32 = 0;
/// How often unsaved work is put aside.
const AUTOSAVE_SECS: f64 = 10.0;

impl App {
    /// Asks about unsaved changes, if there are any; then does it.
    pub(super) fn proceed(&mut self, pending: Pending) {
        // What comes into the open project takes nothing away.
        let adds = match &pending {
            Pending::Import(_) => true,
            Pending::Open(path) => is_foreign(path) || super::importing::may_be_table(path),
            _ => false,
        };
        if self.core.editor.is_unsaved() && !adds {
            self.parts.dialogs.push(Dialog::Unsaved(Box::new(pending)));
        } else {
            self.commands.push(Command::ProceedNow(Box::new(pending)));
        }
    }

    pub(super) fn proceed_now(&mut self, ctx: &Context, pending: Pending) {
        match pending {
            Pending::New => self.start_with(Self::empty_project(), None, None),
            Pending::Sample(name) => self.open_sample(name),
            Pending::OpenDialog => self.ask_for_file(ctx),
            Pending::Open(path) if super::importing::may_be_table(&path) => self.import_file(path),
            Pending::Open(path) if is_foreign(&path) => self.import(path),
            Pending::Open(path) => {
                // The same file once more is shown on the same tabs.
                self.reloading = (self.core.path.as_ref() == Some(&path)).then(|| path.clone());
                self.core.busy = Some("Opening…");
                self.jobs.start(Job::Load(path));
                if self.jobs.is_inline() {
                    self.take_results(ctx);
                }
            }
            Pending::Import(path) => self.import(path),
            Pending::Quit => self.commands.push(Command::Quit),
        }
    }

    fn open_sample(&mut self, name: &str) {
        let Some(text) = storage::sample(name) else {
            self.notify(Notice::failure(format!("There is no sample called “{name}”.")));
            return;
        };
        match storage::load_str(text, name) {
            Ok((document, _)) => self.start_with(document, None, None),
            Err(error) => self.notify(Notice::failure(error.to_string())),
        }
    }

    /// The dialog of the desktop where there is one, else the field for a path.
    fn ask_for_file(&mut self, _ctx: &Context) {
        if self.jobs.is_inline() {
            self.parts.dialogs.push(Dialog::open_path());
            return;
        }
        let folder = self.core.path.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        self.jobs.start_dialog(move || {
            let mut dialog = rfd::FileDialog::new()
                .set_title("Open a project")
                .add_filter("Remit projects", &["remit", "ron"])
                .add_filter("Lists of posts, matrices of rights", &["csv", "tsv", "txt", "xlsx", "ods"])
                .add_filter("Processes (BPMN)", &["bpmn", "bpmn2"])
                .add_filter("Logs of cases (CSV, XES)", &["csv", "xes", "gz"]);
            if let Some(folder) = folder {
                dialog = dialog.set_directory(folder);
            }
            let asked = Instant::now();
            let command = match dialog.pick_file() {
                Some(path) => Command::ProceedNow(Box::new(Pending::Open(path))),
                None if asked.elapsed() < NO_DIALOG => Command::Dialog(Dialog::open_path()),
                None => return JobResult::Nothing,
            };
            JobResult::Commands(vec![command])
        });
    }

    /// Reads a file of another tool: into the project that is open, or as a new one where nothing is.
    fn import(&mut self, path: PathBuf) {
        let open = self.core.editor.document().clone();
        let base = (open.element_count() > 0).then_some(open);
        let work = move || JobResult::Commands(vec![imported(&path, base.as_ref())]);
        self.jobs.start(Job::Other(Box::new(work)));
        if self.jobs.is_inline() {
            while let Some(result) = self.jobs.poll() {
                if let JobResult::Commands(commands) = result {
                    self.commands.extend(commands);
                }
            }
        }
    }

    /// Takes up what a file of another tool made of the open project, as one step.
    pub(super) fn merge_imported(&mut self, merged: Merged, now_secs: f64) {
        if self.core.document().revision() != merged.base {
            let words =
                "The project was changed while the file was being read, so nothing was imported. Import it again.";
            return self.notify(Notice::failure(words));
        }
        let before = self.core.editor.document().clone();
        let changed = self.core.editor.commit_version(&merged.label, Arc::unwrap_or_clone(merged.document), now_secs);
        if !changed {
            return self.notify(Notice::hint("The project has all of this already: nothing was changed."));
        }
        let document = self.core.editor.document().clone();
        let new: Vec<_> = document.views().ids().filter(|view| !before.views().contains(*view)).collect();
        for view in new {
            self.open_view(view);
            self.arrange_unplaced(view);
        }
        self.notify(merged.notice);
    }

    pub(super) fn loaded(
        &mut self,
        path: PathBuf,
        result: Result<(Document, Vec<Problem>), LoadError>,
        stamp: Option<FileStamp>,
    ) {
        self.core.busy = None;
        if self.is_needless(&path, stamp) {
            self.reloading = None;
            return;
        }
        let is_other = stamp != self.core.stamp;
        let places = self.places_of_reload(&path);
        match result {
            Ok((document, problems)) => {
                let notice = problems.first().map(|first| {
                    let more = match problems.len() - 1 {
                        0 => String::new(),
                        1 => " One more problem is like it.".to_owned(),
                        more => format!(" {more} more problems were found; remit check lists them."),
                    };
                    Notice::failure(format!("{}{more} Nothing was dropped.", first.describe(&document)))
                });
                self.remember(&path);
                self.start_with(document, Some(path), notice);
                self.core.stamp = stamp;
                if let Some(places) = places {
                    self.take_places(&places);
                    if is_other {
                        self.core.hint = "Another program changed the file; this is its new version.".to_owned();
                    }
                }
            }
            Err(error) => self.notify(Notice::failure(error.to_string())),
        }
    }

    pub(super) fn start_with(&mut self, document: Document, path: Option<PathBuf>, notice: Option<Notice>) {
        self.forget_autosave();
        self.core.editor = Editor::new(document);
        self.core.path = path;
        self.core.stamp = None;
        self.core.report = None;
        self.core.exhibits = Default::default();
        self.core.tally = Default::default();
        self.core.known_findings = None;
        self.core.walk = None;
        self.core.focused_finding = None;
        self.core.scenes.clear();
        self.core.hint.clear();
        self.core.index = None;
        self.core.replies = Default::default();
        self.core.places = Default::default();
        self.lineage += 1;
        self.parts = crate::app::Parts::default();
        self.analysed = None;
        self.open_first_views();
        for view in self.core.panes.views().collect::<Vec<_>>() {
            self.arrange_unplaced(view);
        }
        if let Some(notice) = notice {
            self.notify(notice);
        }
    }

    /// Goes on with work that was put aside: it belongs to its file again, and is not saved there yet.
    pub(super) fn restore(&mut self, document: Document, original: Option<PathBuf>, now_secs: f64) {
        self.start_with(document, original, None);
        self.core.stamp = self.core.path.as_deref().and_then(storage::file_stamp);
        self.core.editor.mark_never_saved();
        // The snapshot is its own now: it goes once the work is saved or given up.
        self.autosaved = Some((now_secs, self.core.document().revision()));
    }

    pub(super) fn discard_snapshot(&mut self, path: &Path) {
        match autosave::discard_snapshot(path) {
            Ok(()) => self.core.hint = "The unsaved work was thrown away.".to_owned(),
            Err(error) => self.notify(Notice::failure(error.to_string())),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, whatever_is_there: bool) {
        self.core.busy = Some("Saving…");
        let is_own = self.core.path.as_ref() == Some(&path) && !whatever_is_there;
        let known = self.core.stamp.filter(|_| is_own);
        self.jobs.start(Job::Save { path, document: self.core.editor.document().clone(), known });
    }

    pub(super) fn saved(
        &mut self,
        path: PathBuf,
        revision: Revision,
        (result, stamp): (Result<(), SaveError>, Option<FileStamp>),
    ) {
        self.core.busy = None;
        match result {
            Ok(()) => {
                self.core.stamp = stamp;
                self.core.editor.mark_saved(revision);
                self.core.know_findings();
                self.forget_autosave();
                self.remember(&path);
                self.core.hint = format!("Saved to {}", path.display());
                self.core.path = Some(path);
                if let Some(pending) = self.after_save.take() {
                    self.commands.push(Command::Proceed(Box::new(pending)));
                }
            }
            // What was to follow follows once it is decided whose version stays.
            Err(SaveError::ChangedElsewhere { path }) => self.parts.dialogs.push(Dialog::Changed(path)),
            Err(error) => {
                self.after_save = None;
                let save_as = Command::Action("file.save-as");
                self.notify(Notice::failure(error.to_string()).with_step("Save elsewhere…", save_as));
            }
        }
    }

    fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let day = crate::app::start::today().map_or_else(String::new, |day| day.to_string());
        self.core.preferences.remember(&path, &day);
        self.keep_preferences();
    }

    /// Puts unsaved work aside now and then, off the thread that draws.
    pub(super) fn autosave(&mut self, ctx: &Context, now_secs: f64) {
        let Some(folder) = self.autosave_folder() else { return };
        let revision = self.core.document().revision();
        if !self.core.editor.is_unsaved() {
            // What was undone again needs no place aside.
            return self.forget_autosave();
        }
        if self.autosaved.is_some_and(|(_, saved)| saved == revision) {
            return;
        }
        let due = self.autosaved.map_or(now_secs, |(last, _)| last + AUTOSAVE_SECS);
        if now_secs < due {
            ctx.request_repaint_after_secs((due - now_secs) as f32);
            return;
        }
        self.autosaved = Some((now_secs, revision));
        let (document, path) = (self.core.editor.document().clone(), self.core.path.clone());
        self.jobs.start(Job::Other(Box::new(move || {
            if let Err(error) = autosave::write_snapshot(&folder, path.as_deref(), UNTITLED, &document) {
                log::warn!("unsaved work was not put aside: {error}");
            }
            JobResult::Nothing
        })));
    }

    pub(super) fn forget_autosave(&mut self) {
        if let Some(folder) = self.autosave_folder()
            && self.autosaved.take().is_some()
        {
            let snapshot = autosave::snapshot_path(&folder, self.core.path.as_deref(), UNTITLED);
            if let Err(error) = autosave::discard_snapshot(&snapshot) {
                log::warn!("{error}");
            }
        }
    }

    /// Beside the preferences; none in tests.
    pub(in crate::app) fn autosave_folder(&self) -> Option<PathBuf> {
        Some(self.preferences_path.as_ref()?.parent()?.join("unsaved"))
    }
}

fn is_foreign(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("csv" | "tsv" | "txt" | "bpmn" | "bpmn2"))
}

/// What came of a model of processes, in a sentence.
fn model_words(report: &import::Report) -> String {
    let of = |name: &str| report.elements.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
    let left_out = match report.left_out.len() {
        0 => String::new(),
        count => format!(" {count} things could not be used; “remit import” lists them."),
    };
    let (processes, flows) = (of("process"), of("sequenceFlow"));
    format!("Processes read: {processes}, with {flows} flows; {} elements in all.{left_out}", report.made.added)
}

/// Merges a file of another tool into a project, or starts one from it, or says why not.
fn imported(path: &Path, base: Option<&Arc<Document>>) -> Command {
    let failure = |what: String| Command::Notify(Notice::failure(format!("{what} File: {}", path.display())));
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return failure(format!("The file cannot be read: {error}.")),
    };
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = match base {
        Some(open) => import::read(&name, &bytes, open),
        None => import::read(&name, &bytes, &storage::new_document(&stem)),
    };
    let taken = |document: Document, words: String| match base {
        Some(open) => Command::Merge(Box::new(Merged {
            base: open.revision(),
            label: format!("Import “{name}”"),
            document: document.into(),
            notice: Notice::hint(words),
        })),
        None => Command::Start { document: document.into(), notice: Some(Notice::hint(words)) },
    };
    match read {
        Ok(imported) => {
            let report = &imported.report;
            if report.columns.is_empty() {
                let words = model_words(report);
                return taken(imported.document, words);
            }
            let problems = match report.problems.len() {
                0 => String::new(),
                count => format!(" {count} rows have problems; “remit import” lists them."),
            };
            let words = format!(
                "{} rows read: {} units, {} roles, {} people.{problems}",
                report.rows, report.units.added, report.roles.added, report.people.added
            );
            taken(imported.document, words)
        }
        Err(error) => failure(error.to_string()),
    }
}
