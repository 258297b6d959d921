//! Questions and forms above the window: one file each. A dialog holds what was typed so far and wishes for commands.

mod about;
mod agree;
mod changed;
mod convert;
mod coverage;
mod delegate;
mod export;
mod extract;
mod find;
mod find_row;
mod import_log;
mod import_table;
mod framework_form;
mod frameworks;
mod initials;
mod lane;
mod library;
mod namesakes;
mod palette;
mod path;
mod shortcuts;
mod unsaved;
mod waive;
mod writing;

pub use find::covered_by_search;

/// Delegations as the window reads and changes them.
pub(in crate::app) mod delegation {
    pub(in crate::app) use super::delegate::{delegations_of as of, put};
}

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Align, Align2, Id, Key, Layout, Modal, Rect, Ui, vec2};

use super::command::{Command, Pending};
use super::core::Core;
use crate::analysis::Finding;
use crate::edit::{Clip, Namesake};
use crate::export::PocketOf;
use crate::import::event_log::LogFile;
use crate::import::sheets::Book;
use crate::model::{Actor, Date, DecisionId, Document, Tier, ViewId};
use crate::scene::display::Display;
use crate::scene::theme::Theme;

/// A dialog with its state.
#[derive(Clone, Debug)]
pub enum Dialog {
    /// Version and licences.
    About,
    /// Who agrees to rows.
    Agree(agree::Agree),
    /// Rows under other letters, with what that loses.
    Convert(convert::Convert),
    /// Who may decide on which day.
    Coverage(Box<coverage::Coverage>),
    /// Whose version stays where another program changed the file.
    Changed(PathBuf),
    /// What somebody passes on for a time.
    Delegate(Box<delegate::Delegate>),
    /// Format and place of an export.
    Export(export::Export),
    /// What extracted steps become.
    Extract(extract::Extract),
    /// Elements by what is written about them.
    Find(find::Find),
    /// A log of cases before it comes in.
    ImportLog(Box<import_log::ImportLog>),
    /// A table of rights before it comes in.
    ImportTable(Box<import_table::ImportTable>),
    /// Frameworks of letters: those of the program and those of the project.
    Frameworks(Box<frameworks::Frameworks>),
    /// What stands on notes.
    Initials(initials::Initials),
    /// Whose the next lane is.
    Lane(lane::LaneForm),
    /// Decisions of small firms to choose from.
    Library(library::Library),
    /// Who of a pasted project is somebody here.
    Namesakes(namesakes::Namesakes),
    /// Commands and elements by name.
    Palette(palette::Palette),
    /// A path to be typed: open, import, save.
    Path(path::PathForm),
    /// All commands with their shortcuts.
    Shortcuts(shortcuts::Sheet),
    /// What to do with unsaved changes.
    Unsaved(Box<Pending>),
    /// Why a finding is accepted.
    Waive(waive::Waive),
    /// How processes and organisations are written as text.
    Writing,
}

/// Frame of a dialog and what is seen of the window beside it, in points.
const AROUND: f32 = 48.0;

impl Dialog {
    /// Asks for the path of a project to open.
    pub fn open_path() -> Self {
        Self::Path(path::PathForm::new(path::Purpose::Open, String::new()))
    }

    /// Asks for the path of a list to import.
    pub fn import_path() -> Self {
        Self::Path(path::PathForm::new(path::Purpose::Import, String::new()))
    }

    /// A table of rights before it comes in: how it was read, to be changed.
    pub fn import_table(name: String, book: Arc<Book>) -> Self {
        Self::ImportTable(Box::new(import_table::ImportTable::new(name, book)))
    }

    /// A log of cases before it comes in: what it comes to, to be changed.
    pub fn import_log(file: Arc<LogFile>) -> Self {
        Self::ImportLog(Box::new(import_log::ImportLog::new(file)))
    }

    /// Asks for the path to save to.
    pub fn save_as(core: &Core) -> Self {
        let path = core.path.clone().unwrap_or_else(|| suggested_path(core, "remit"));
        Self::Path(path::PathForm::new(path::Purpose::Save, path.display().to_string()))
    }

    /// Asks to which letters rows are converted: these decisions, or all rows where there are none.
    pub fn convert(core: &Core, decisions: &[DecisionId]) -> Self {
        Self::Convert(convert::Convert::new(core, decisions))
    }

    /// Asks who agrees to these decisions.
    pub fn agree(core: &Core, decisions: Vec<DecisionId>) -> Self {
        Self::Agree(agree::Agree::new(core, decisions))
    }

    /// Who may decide what on which day.
    pub fn coverage() -> Self {
        Self::Coverage(Box::new(coverage::Coverage::new()))
    }

    /// Asks to whom somebody passes these decisions on (all where there are none), on which days, within which limit.
    pub fn delegate(giver: Actor, of: Vec<DecisionId>, days: Option<(Date, Date)>, limit: Option<&Tier>) -> Self {
        Self::Delegate(Box::new(delegate::Delegate::new(giver, of, days, limit)))
    }

    /// The delegation at a place of the giver's list, to be changed; none where there is none.
    pub fn change_delegation(document: &Document, giver: Actor, place: usize) -> Option<Self> {
        delegate::Delegate::change(document, giver, place).map(|form| Self::Delegate(Box::new(form)))
    }

    /// The frameworks of letters.
    pub fn frameworks(core: &Core) -> Self {
        Self::Frameworks(Box::new(frameworks::Frameworks::new(core)))
    }

    /// Decisions of small firms to choose from.
    pub fn library() -> Self {
        Self::Library(library::Library::default())
    }

    /// Asks for format and place of an export.
    pub fn export(core: &Core, view: ViewId) -> Self {
        Self::Export(export::Export::new(core, view))
    }

    /// Asks for format and place of an exhibit of the analysis.
    pub fn export_exhibit(core: &Core, display: Arc<Display>) -> Self {
        Self::Export(export::Export::exhibit(core, display))
    }

    /// Asks for format and place of a pocket card.
    pub fn pocket(core: &Core, view: ViewId, of: PocketOf) -> Self {
        Self::Export(export::Export::pocket(core, view, of))
    }

    /// What the selected steps become when they are extracted.
    pub fn extract(core: &Core, view: ViewId) -> Self {
        Self::Extract(extract::Extract::new(core, view))
    }

    /// What stands on the notes of the person at the window.
    pub fn initials(core: &Core) -> Self {
        Self::Initials(initials::Initials::new(core))
    }

    /// Whose the next lane of a view is; it goes behind that of an actor.
    pub fn lane(view: ViewId, after: Option<Actor>) -> Self {
        Self::Lane(lane::LaneForm::new(view, after))
    }

    /// Commands first, then elements.
    pub fn palette() -> Self {
        Self::Palette(palette::Palette::default())
    }

    /// Elements by what is written about them.
    pub fn find() -> Self {
        Self::Find(find::Find::default())
    }

    /// Asks who of a clip is somebody here.
    pub fn namesakes(clip: Clip, namesakes: Vec<Namesake>) -> Self {
        Self::Namesakes(namesakes::Namesakes::new(clip, namesakes))
    }

    /// All commands with their keys, and what keys and pointer do where.
    pub fn shortcuts() -> Self {
        Self::Shortcuts(shortcuts::Sheet::default())
    }

    /// Why this finding is accepted.
    pub fn waive(core: &Core, finding: &Finding) -> Self {
        Self::Waive(waive::Waive::new(core, finding))
    }

    /// Draws it; commands that it wishes for, among them that it be closed. `center` is where the view in front is.
    pub fn show(&mut self, ui: &mut Ui, core: &Core, depth: usize, center: Rect, commands: &mut Vec<Command>) {
        let theme = core.theme();
        if let Self::Find(find) = self {
            // The view stays in sight and in hand while one looks for something in it.
            find.show(ui, core, center, commands);
            return;
        }
        let width = match self {
            Self::Palette(_) | Self::Shortcuts(_) => 560.0,
            Self::Library(_) | Self::Convert(_) => 620.0,
            Self::Frameworks(_) => 820.0,
            Self::Namesakes(_) => 480.0,
            Self::Writing => 640.0,
            Self::Coverage(_) => (ui.ctx().content_rect().width() - 96.0).clamp(420.0, 1160.0),
            Self::Delegate(_) => 460.0,
            Self::ImportLog(_) | Self::ImportTable(_) => (ui.ctx().content_rect().width() - 96.0).clamp(420.0, 1040.0),
            _ => 420.0,
        };
        // Whatever a dialog wants, the window around it stays in sight.
        let width = width.min(ui.ctx().content_rect().width() - AROUND);
        let id = Id::unique(("dialog", depth));
        let area = match self {
            // Its line stays where it is, however many answers stand below.
            Self::Palette(_) => {
                let top = (ui.ctx().content_rect().height() * 0.14).clamp(24.0, 160.0);
                Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, top))
            }
            _ => Modal::default_area(id),
        };
        let response = Modal::new(id)
            .area(area)
            .backdrop_color(super::style::colour(theme.neutral.scrim))
            .frame(egui::Frame::popup(ui.style()).inner_margin(16))
            .show(ui, |ui| {
                ui.set_width(width);
                match self {
                    Self::About => about::about_ui(ui, theme, commands),
                    Self::Agree(form) => form.show(ui, core, commands),
                    Self::Coverage(calendar) => calendar.show(ui, core, commands),
                    Self::Delegate(form) => form.show(ui, core, commands),
                    Self::Convert(form) => form.show(ui, core, commands),
                    Self::Export(export) => export.show(ui, core, commands),
                    Self::Extract(extract) => extract.show(ui, core, commands),
                    Self::Find(_) => {}
                    Self::ImportLog(log) => log.show(ui, core, commands),
                    Self::ImportTable(table) => table.show(ui, core, commands),
                    Self::Frameworks(form) => form.show(ui, core, commands),
                    Self::Initials(form) => form.show(ui, core, commands),
                    Self::Lane(form) => form.show(ui, core, commands),
                    Self::Library(library) => library.show(ui, core, commands),
                    Self::Namesakes(question) => question.show(ui, core, commands),
                    Self::Palette(palette) => palette.show(ui, core, commands),
                    Self::Path(form) => form.show(ui, core, commands),
                    Self::Shortcuts(sheet) => sheet.show(ui, theme, commands),
                    Self::Changed(path) => changed::changed_ui(ui, theme, path, commands),
                    Self::Unsaved(pending) => unsaved::unsaved_ui(ui, core, pending, commands),
                    Self::Waive(waive) => waive.show(ui, core, commands),
                    Self::Writing => writing::writing_ui(ui, theme, commands),
                }
            });
        if response.should_close() {
            if let Self::Path(form) = self {
                form.give_up(commands);
            }
            commands.push(Command::CloseDialog);
        }
    }
}

/// A path beside the project's file, or in the current folder, named after the project.
fn suggested_path(core: &Core, extension: &str) -> PathBuf {
    let title = core.title();
    // The name of a file, not that of its kind.
    let title =
        if core.path.is_some() { title.rsplit_once('.').map_or(title.as_str(), |(stem, _)| stem) } else { &title };
    let mut stem: String =
        title.chars().map(|c| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '-' }).collect();
    stem.truncate(stem.char_indices().nth(60).map_or(stem.len(), |(end, _)| end));
    let name = format!("{}.{extension}", stem.trim_matches('-'));
    path::usual_folder(core).map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
}

/// The buttons at the foot of a dialog, from the right. They take their own height and no more, so that a dialog that
/// follows a larger one has no band below them.
fn footer<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), add).inner
}

/// Whether Enter was pressed and nothing else has the keyboard: the main button is meant.
fn entered(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused().is_none()) && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Title of a dialog.
fn title_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    ui.label(super::widgets::text(title, theme.sizes.text.section).color(super::style::colour(theme.neutral.ink)));
    ui.add_space(theme.sizes.space.small);
}

/// A sentence of a dialog.
fn sentence_ui(ui: &mut Ui, theme: &Theme, sentence: &str) {
    ui.label(
        super::widgets::text(sentence, theme.sizes.text.body).color(super::style::colour(theme.neutral.ink_second)),
    );
}
