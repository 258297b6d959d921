//! Files of other tools: what they are is found out beside the window; tables of rights are shown before they come in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::App;
use crate::app::command::{Command, Pending, TableReading, TableRequest};
use crate::app::dialogs::Dialog;
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::edit::{Edit, MergeMatrix};
use crate::import::{self, matrix, sheets};
use crate::model::ViewKind;

impl App {
    /// Finds out what a file is: a table of rights is shown first and comes into the open project; anything else
    /// begins a project of its own.
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
}

/// Whether a file may be a table of rights by the end of its name.
pub(super) fn may_be_table(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("csv" | "tsv" | "tab" | "txt" | "xlsx" | "xlsm" | "ods"))
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
    if import::detect(&name, &bytes).is_none_or(|source| source.id != "matrix") {
        return other(path);
    }
    match sheets::read(&bytes) {
        Ok(book) => Command::Dialog(Dialog::import_table(name, Arc::new(book))),
        Err(error) => failure(error.to_string()),
    }
}
