//! A path to be typed or pasted: the way to files that always works, with or without dialogs of the desktop.

use std::path::{Path, PathBuf};

use egui::{Id, Key, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::{Command, Pending};
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, Row, select_all, text_button, text_field};
use crate::scene::icon::Icon;

/// What the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Open a project.
    Open,
    /// Read a list of posts.
    Import,
    /// Save the project.
    Save,
}

/// The form.
#[derive(Clone, Debug)]
pub struct PathForm {
    purpose: Purpose,
    path: String,
    focused: bool,
    overwrite: Option<PathBuf>,
    /// Why the path that was typed is of no use, for which text.
    problem: Option<(String, String)>,
}

impl PathForm {
    pub(super) fn new(purpose: Purpose, path: String) -> Self {
        Self { purpose, path, focused: false, overwrite: None, problem: None }
    }

    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.purpose {
            Purpose::Open => ("Open a project", "Type or paste the path of a project file.", "Open"),
            Purpose::Import => (
                "Import a file",
                "Type or paste the path of a table (CSV, XLSX, ODS) of posts or of decision rights, or of processes (BPMN).",
                "Import",
            ),
            Purpose::Save => (
                "Save the project",
                "Type or paste the path of the file to write; a name alone goes into the folder that is proposed.",
                "Save",
            ),
        }
    }

    fn example(&self) -> &'static str {
        match self.purpose {
            Purpose::Open | Purpose::Save => "/home/me/bakery.ron",
            Purpose::Import => "/home/me/posts.csv",
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let (title, sentence, verb) = self.words();
        title_ui(ui, theme, title);
        sentence_ui(ui, theme, sentence);
        ui.add_space(theme.sizes.space.small);
        let example = self.example();
        let id = Id::unique("path-field");
        let field = text_field(ui, theme, id, "Path", &mut self.path, example);
        if !self.focused {
            field.request_focus();
            // What was refused is put right, not written anew.
            if self.problem.is_none() {
                select_all(ui, id, &self.path);
            }
            self.focused = true;
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if self.purpose == Purpose::Open {
            recent_ui(ui, core, commands);
        }
        if let Some((_, problem)) = self.problem.as_ref().filter(|(typed, _)| *typed == self.path) {
            sentence_ui(ui, theme, problem);
        }
        if let Some(path) = &self.overwrite {
            sentence_ui(ui, theme, &format!("{} exists. Press {verb} again to write over it.", path.display()));
        }
        ui.add_space(theme.sizes.space.large);
        crate::app::dialogs::footer(ui, |ui| {
            let pressed = text_button(ui, theme, ButtonLook::Primary, None, verb).clicked();
            if (pressed || entered) && !self.path.trim().is_empty() {
                self.submit(core, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                self.give_up(commands);
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// Without the save, what was to follow it does not happen either.
    pub(super) fn give_up(&self, commands: &mut Vec<Command>) {
        if self.purpose == Purpose::Save {
            commands.push(Command::AfterSave(None));
        }
    }

    fn submit(&mut self, core: &Core, commands: &mut Vec<Command>) {
        let path = expanded(self.path.trim());
        // What was typed stays, so that a wrong letter can be put right.
        self.problem = problem_with(self.purpose, core, &path).map(|problem| (self.path.clone(), problem));
        if self.problem.is_some() {
            self.focused = false;
            return;
        }
        match self.purpose {
            Purpose::Open => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Proceed(Box::new(Pending::Open(path))));
            }
            Purpose::Import => {
                commands.push(Command::CloseDialog);
                commands.push(Command::ImportFile(path));
            }
            Purpose::Save => {
                let path = with_extension(usual_folder(core).map_or_else(|| path.clone(), |folder| folder.join(&path)));
                let another = core.path.as_deref() != Some(path.as_path());
                if another && path.exists() && self.overwrite.as_deref() != Some(path.as_path()) {
                    self.overwrite = Some(path);
                    return;
                }
                commands.push(Command::CloseDialog);
                commands.push(Command::SaveTo(path));
            }
        }
    }
}

fn recent_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    for recent in core.preferences.recent.iter().take(6) {
        let path: &Path = &recent.path;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let folder = path.parent().map_or_else(String::new, |folder| folder.display().to_string());
        let row = Row {
            id: Id::unique(("recent", &recent.path)),
            icon: Some(Icon::History),
            name: &name,
            detail: &folder,
            badge: None,
            depth: 0,
            open: None,
            selected: false,
            label: &name,
        };
        if row.show(ui, core.theme()).response.clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::Proceed(Box::new(Pending::Open(path.to_owned()))));
        }
    }
}

/// Why nothing can be read from a path, or written to it, as far as that is plain beforehand.
fn problem_with(purpose: Purpose, core: &Core, path: &Path) -> Option<String> {
    match purpose {
        Purpose::Open | Purpose::Import if path.is_dir() => {
            Some(format!("{} is a folder. Add the name of a file.", path.display()))
        }
        Purpose::Open | Purpose::Import if !path.exists() => {
            Some(format!("There is no file {}. Check the path.", path.display()))
        }
        Purpose::Open | Purpose::Import => None,
        Purpose::Save => {
            let path = usual_folder(core).map_or_else(|| path.to_owned(), |folder| folder.join(path));
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())?;
            Some(format!("There is no folder {}. Make it first, or choose another one.", folder.display()))
        }
    }
}

/// Where files go that are named without a folder: beside the project, else beside the one opened last, else among the
/// documents of the user.
pub(super) fn usual_folder(core: &Core) -> Option<PathBuf> {
    // A project that was named without its folder lies in the current one.
    let beside = |path: &Path| std::path::absolute(path).ok()?.parent().map(Path::to_owned);
    let documents = || Some(directories::UserDirs::new()?.document_dir()?.to_owned());
    let recent = || beside(&core.preferences.recent.first()?.path);
    let home = || Some(directories::BaseDirs::new()?.home_dir().to_owned());
    core.path.as_deref().and_then(beside).or_else(recent).or_else(documents).or_else(home)
}

/// The path with `~/` replaced by the home folder and quotes of a pasted path taken off.
fn expanded(text: &str) -> PathBuf {
    let text = text.trim_matches(['"', '\'']);
    let text = text.strip_prefix("file://").unwrap_or(text);
    match (text.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => PathBuf::from(text),
    }
}

fn with_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("remit") }
}
