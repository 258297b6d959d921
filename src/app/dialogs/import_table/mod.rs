//! A table of decision rights before it is imported: how it was read, what its cells and columns mean, and what was not
//! understood; all of it to be changed.
//!
//! The reading itself happens beside the window. Each change of the settings asks for another one; the counts shown are
//! of the last reading that came back.

mod lists;
mod preview;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, ComboBox, DragValue, Id, Layout, Ui, Vec2};

use super::{entered, sentence_ui, title_ui};
use crate::app::command::{Command, TableReading, TableRequest};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, text, text_button};
use crate::import::matrix::{DistinctText, Form, Prepared, Settings};
use crate::import::sheets::{Book, address};
use crate::scene::theme::Theme;

/// Room for all that stands above and below the lists.
const AROUND: f32 = 330.0;

/// What is shown of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Table,
    Letters,
    Columns,
    Problems,
    Notes,
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct ImportTable {
    name: String,
    book: Arc<Book>,
    settings: Settings,
    /// The settings of the reading that was asked for last.
    asked: Option<Settings>,
    reading: Option<TableReading>,
    tab: Tab,
    /// Letters being typed, by the text they stand for.
    typed: BTreeMap<String, String>,
    /// Place of the sheet that is shown.
    sheet: usize,
}

impl ImportTable {
    pub(super) fn new(name: String, book: Arc<Book>) -> Self {
        Self {
            name,
            book,
            settings: Settings::default(),
            asked: None,
            reading: None,
            tab: Tab::default(),
            typed: BTreeMap::new(),
            sheet: 0,
        }
    }

    /// Takes a reading that was made beside the window, if it is of the settings of now.
    pub(in crate::app) fn take(&mut self, reading: TableReading) {
        if self.asked.as_ref() == Some(&*reading.settings) {
            self.show_sheet_of(&reading);
            self.reading = Some(reading);
        }
    }

    /// Shows the first sheet with a table, as long as no other was chosen.
    fn show_sheet_of(&mut self, reading: &TableReading) {
        if let (None, Ok(prepared)) = (&self.reading, &*reading.result)
            && let Some(table) = prepared.figures.tables.first()
        {
            self.sheet = self.book.sheets.iter().position(|sheet| sheet.name == table.sheet).unwrap_or(0);
        }
    }

    fn prepared(&self) -> Option<&Prepared> {
        self.reading.as_ref().and_then(|reading| reading.result.as_ref().as_ref().ok())
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, &format!("Import “{}”", short(&self.name, 60)));
        self.settings_ui(ui, core);
        ui.add_space(theme.sizes.space.small);
        self.counts_ui(ui, theme);
        ui.add_space(theme.sizes.space.small);
        self.tabs_ui(ui, theme);
        ui.add_space(theme.sizes.space.tight);
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(120.0, 460.0);
        let size = Vec2::new(ui.available_width(), height);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(size);
            self.content_ui(ui, core);
        });
        ui.add_space(theme.sizes.space.medium);
        self.buttons_ui(ui, theme, commands);
        if self.asked.as_ref() != Some(&self.settings) {
            self.asked = Some(self.settings.clone());
            let (name, book, settings) = (self.name.clone(), self.book.clone(), Box::new(self.settings.clone()));
            commands.push(Command::ReadTable(TableRequest { name, book, settings }));
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let reading = self.reading.clone();
        match (self.tab, reading.as_ref().map(|reading| &*reading.result)) {
            (Tab::Table, result) => {
                let prepared = result.and_then(|result| result.as_ref().ok());
                preview::table_ui(ui, theme, self.book.sheets.get(self.sheet), prepared, &mut self.settings);
            }
            (Tab::Letters, Some(Ok(prepared))) => {
                lists::letters_ui(ui, theme, prepared, &mut self.settings, &mut self.typed);
            }
            (Tab::Columns, Some(Ok(prepared))) => lists::columns_ui(ui, core, prepared, &mut self.settings),
            (Tab::Problems, Some(Ok(prepared))) => lists::problems_ui(ui, theme, &prepared.problems),
            (Tab::Notes, Some(Ok(prepared))) => lists::notes_ui(ui, theme, prepared),
            (_, Some(Err(_)) | None) => {}
        }
    }

    fn buttons_ui(&self, ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
        crate::app::dialogs::footer(ui, |ui| {
            let ready = self.asked.as_ref() == Some(&self.settings)
                && self.reading.as_ref().is_some_and(|reading| *reading.settings == self.settings);
            let prepared = self.prepared().filter(|_| ready);
            let imports = ui.add_enabled_ui(prepared.is_some(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, "Import").clicked() || entered(ui)
            });
            if let (true, Some(prepared)) = (imports.inner, prepared) {
                commands.push(Command::CloseDialog);
                commands.push(Command::ImportMatrix(Box::new(prepared.edit.clone())));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// How the table lies.
    fn settings_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let table = self.prepared().and_then(|prepared| prepared.figures.tables.first().cloned()).unwrap_or_default();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if self.book.sheets.len() > 1 {
                self.sheets_ui(ui, theme);
            }
            label_ui(ui, theme, "Form");
            let shown = self
                .settings
                .form
                .map_or_else(|| format!("{} (found)", form_word(table.form)), |form| form_word(form).to_owned());
            choice_ui(ui, theme, "Form of the table", &shown, 125.0, |ui| {
                let options = [(None, "Find it")].into_iter().chain(FORMS.map(|form| (Some(form), form_word(form))));
                for (form, words) in options {
                    ui.selectable_value(&mut self.settings.form, form, words);
                }
            });
            label_ui(ui, theme, "Headings in row");
            let mut row = self.settings.heading_row.unwrap_or(table.heading_row);
            let drag = ui.add(DragValue::new(&mut row).range(1..=200_000).speed(0.1));
            drag.clone().accessible_name("Row of headings");
            if drag.changed() {
                self.settings.heading_row = Some(row);
            }
            self.names_ui(ui, theme);
            label_ui(ui, theme, "Activities are");
            let transposed = self.settings.transposed.unwrap_or(table.transposed);
            choice_ui(ui, theme, "Activities are", if transposed { "columns" } else { "rows" }, 90.0, |ui| {
                for (value, words) in [(false, "rows"), (true, "columns")] {
                    if ui.selectable_label(transposed == value, words).clicked() {
                        self.settings.transposed = Some(value);
                    }
                }
            });
            label_ui(ui, theme, "Letters of");
            let shown = self.settings.framework.clone().unwrap_or_else(|| table.framework.clone());
            choice_ui(ui, theme, "Framework", &shown, 130.0, |ui| {
                ui.selectable_value(&mut self.settings.framework, None, "Find it");
                for (_, framework) in core.document().frameworks().iter() {
                    let value = Some(framework.name.clone());
                    ui.selectable_value(&mut self.settings.framework, value, framework.name.as_str());
                }
            });
        });
    }

    fn sheets_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        label_ui(ui, theme, "Sheet");
        let shown = self.settings.sheet.clone().unwrap_or_else(|| "All with a table".to_owned());
        choice_ui(ui, theme, "Sheet", &shown, 120.0, |ui| {
            ui.selectable_value(&mut self.settings.sheet, None, "All with a table");
            for (place, sheet) in self.book.sheets.iter().enumerate() {
                let value = Some(sheet.name.clone());
                if ui.selectable_value(&mut self.settings.sheet, value, sheet.name.as_str()).clicked() {
                    self.sheet = place;
                }
            }
        });
    }

    fn names_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        label_ui(ui, theme, "Names in column");
        let letter = |column: usize| address(0, column).trim_end_matches('0').to_owned();
        let shown = self.settings.name_column.map_or_else(|| "found".to_owned(), letter);
        let width = self.book.sheets.get(self.sheet).map_or(0, crate::import::sheets::Sheet::width);
        choice_ui(ui, theme, "Column of names", &shown, 70.0, |ui| {
            ui.selectable_value(&mut self.settings.name_column, None, "Find it");
            for column in 0..width.min(60) {
                ui.selectable_value(&mut self.settings.name_column, Some(column), letter(column));
            }
        });
    }

    /// What the table comes to, or why it cannot be read.
    fn counts_ui(&self, ui: &mut Ui, theme: &Theme) {
        match self.reading.as_ref().map(|reading| &*reading.result) {
            None => sentence_ui(ui, theme, "Reading the table…"),
            Some(Err(reason)) => {
                let ink = colour(theme.severity.high.ink);
                ui.label(text(reason.as_str(), theme.sizes.text.body).color(ink));
            }
            Some(Ok(prepared)) => {
                let figures = &prepared.figures;
                let (decisions, holders) = (&figures.decisions, &figures.holders);
                let count =
                    |one: &str, many: &str, count: usize| format!("{count} {}", if count == 1 { one } else { many });
                let all = [
                    count("row", "rows", decisions.added + decisions.updated + decisions.unchanged),
                    count("column", "columns", holders.added + holders.updated + holders.unchanged),
                    count("right", "rights", figures.rights),
                    count("problem", "problems", prepared.problems.len()),
                ];
                let known = decisions.updated + decisions.unchanged + holders.unchanged;
                let known = if known > 0 { format!(" · {known} are in the project already") } else { String::new() };
                ui.label(text(format!("{}{known}", all.join(" · ")), theme.sizes.text.name));
            }
        }
    }

    fn tabs_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        let prepared = self.prepared();
        let (open, columns, problems, notes) = prepared.map_or((0, 0, 0, 0), |prepared| {
            let open = prepared.texts.iter().filter(|text: &&DistinctText| !text.understood).count();
            (open, prepared.columns.len(), prepared.problems.len(), prepared.notes.len())
        });
        let letters = if open > 0 { format!("Letters ({open} open)") } else { "Letters".to_owned() };
        ui.horizontal_wrapped(|ui| {
            for (tab, words) in [
                (Tab::Table, "Table".to_owned()),
                (Tab::Letters, letters),
                (Tab::Columns, format!("Columns ({columns})")),
                (Tab::Problems, format!("Problems ({problems})")),
                (Tab::Notes, format!("Notes ({notes})")),
            ] {
                let words = text(words, theme.sizes.text.body);
                ui.selectable_value(&mut self.tab, tab, words);
            }
        });
    }
}

const FORMS: [Form; 3] = [Form::Grid, Form::List, Form::Parties];

fn form_word(form: Form) -> &'static str {
    match form {
        Form::Grid => "Matrix",
        Form::List => "List",
        Form::Parties => "Parties",
    }
}

fn label_ui(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
}

/// A drop-down list with an accessible name.
fn choice_ui(ui: &mut Ui, theme: &Theme, name: &str, shown: &str, width: f32, content: impl FnOnce(&mut Ui)) {
    let style = theme.sizes.text.body;
    let words = crate::scene::text::Measure::bundled().ellipsize(shown, style, width - 28.0);
    let combo = ComboBox::from_id_salt(Id::unique(("import-table", name)).value()).width(width).height(320.0);
    let response = combo.selected_text(text(words.text, style)).show_ui(ui, content);
    let label = format!("{name}: {shown}");
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
}

/// The beginning of a text.
fn short(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
