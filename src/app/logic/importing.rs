//! Files of other tools: what they are is found out beside the window; tables of rights and logs of cases are shown before
//! they come in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::App;
use crate::app::command::{Command, LogReading, LogRequest, Pending, TableReading, TableRequest};
use crate::app::dialogs::Dialog;
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::edit::{Edit, MergeLog, MergeMatrix};
use crate::import::{self, event_log, matrix, sheets};
use crate::model::ViewKind;

impl App {
    /// Finds out what a file is: a table of rights or a log of cases is shown first and comes into the open project;
    /// anything else begins a project of its own.
    pub(super) fn import_file(&mut self, path: PathBuf) {
        self.jobs.start(Job::Other(Box::new(move || JobResult::Commands(vec![looked_at(path)]))));
    }

    /// Reads a table with other settings, beside the window.
    pub(super) fn read_table(&self, request: TableRequest) {
        let document = self.core.editor.document().clone();
        self.jobs.start_aside(move || {
            let TableRequest { name, book, settings } = request;
            let result = matrix::prepare(&book, &name, &document, &settings).map_err(|error| error.to_string());
            JobResult::Commands(vec![Command::TableRead(TableReading { settings, result: Arc::new(result) })])
        });
    }

    pub(super) fn table_read(&mut self, reading: TableReading) {
        if let Some(Dialog::ImportTable(dialog)) = self.parts.dialogs.last_mut() {
            dialog.take(reading);
        }
    }

    /// Brings a table of rights in as one step and shows its matrix.
    pub(super) fn import_matrix(&mut self, edit: MergeMatrix, now_secs: f64) {
        let (subjects, rights) = (edit.subjects.len(), edit.rights.len());
        let name = edit.views.first().map(|view| view.name.clone());
        let before = self.core.document().revision();
        drop(self.commit(&Edit::from(edit), now_secs));
        if self.core.document().revision() == before {
            self.notify(Notice::hint("Everything in the table is in the project already.".to_owned()));
            return;
        }
        let view = self
            .core
            .document()
            .views()
            .iter()
            .find(|(_, view)| matches!(view.kind, ViewKind::Matrix(_)) && Some(&view.name) == name.as_ref());
        if let Some((view, _)) = view {
            self.commands.push(Command::OpenView(view));
        }
        let words = format!("{rights} rights on {subjects} decisions and tasks came in; one undo takes them back.");
        self.notify(Notice::hint(words));
    }

    /// Works out what a log comes to with other settings, beside the window.
    pub(super) fn prepare_log(&self, request: LogRequest) {
        let document = self.core.editor.document().clone();
        self.jobs.start_aside(move || {
            let LogRequest { file, settings } = request;
            let result = event_log::prepare(&file, &document, &settings).map_err(|error| error.to_string());
            let revision = document.revision();
            JobResult::Commands(vec![Command::LogPrepared(LogReading { settings, revision, result: Arc::new(result) })])
        });
    }

    pub(super) fn log_prepared(&mut self, reading: LogReading) {
        if let Some(Dialog::ImportLog(dialog)) = self.parts.dialogs.last_mut() {
            dialog.take(reading);
        }
    }

    /// Brings the figures of a log in as one step and shows its process.
    pub(super) fn import_log(&mut self, edit: MergeLog, now_secs: f64) {
        let measured = edit.steps.iter().filter(|step| step.work.is_some() || step.wait.is_some()).count();
        let before = self.core.editor.document().clone();
        drop(self.commit(&Edit::from(edit), now_secs));
        let document = self.core.editor.document().clone();
        if document.revision() == before.revision() {
            self.notify(Notice::hint("The project has all of this already: nothing was changed."));
            return;
        }
        for view in event_log::unarranged(&document, &before) {
            self.open_view(view);
            self.arrange_unplaced(view);
        }
        let steps = if measured == 1 { "1 step has".to_owned() } else { format!("{measured} steps have") };
        self.notify(Notice::hint(format!("{steps} measured figures now; one undo takes them back.")));
    }
}

/// Whether a file may be a table of rights or a log by the end of its name.
pub(super) fn may_be_table(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("csv" | "tsv" | "tab" | "txt" | "xlsx" | "xlsm" | "ods" | "gz" | "xes"))
}

fn looked_at(path: PathBuf) -> Command {
    let other = |path: PathBuf| Command::Proceed(Box::new(Pending::Import(path)));
    if !may_be_table(&path) {
        return other(path);
    }
    let failure = |what: String| Command::Notify(Notice::failure(format!("{what} File: {}", path.display())));
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return failure(format!("The file cannot be read: {error}.")),
    };
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match import::detect(&name, &bytes).map(|source| source.id) {
        Some("matrix") => {}
        Some("event-log") => {
            return match event_log::read_log(&name, &bytes, &import::ColumnMap::default()) {
                Ok(file) => Command::Dialog(Dialog::import_log(Arc::new(file))),
                Err(error) => failure(format!("{error}.")),
            };
        }
        _ => return other(path),
    }
    match sheets::read(&bytes) {
        Ok(book) => Command::Dialog(Dialog::import_table(name, Arc::new(book))),
        Err(error) => failure(error.to_string()),
    }
}
