//! What texts and columns of a table mean, to be changed; what was not understood.

use std::collections::BTreeMap;

use egui::{Id, ScrollArea, TextEdit, Ui, Vec2};

use super::{choice_ui, label_ui};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::text;
use crate::import::matrix::{CellProblem, ColumnChoice, ColumnPlan, ColumnTarget, Prepared, Settings};
use crate::model::*;
use crate::scene::accessible_label;
use crate::scene::text::Measure;
use crate::scene::theme::Theme;

const ROW: f32 = 34.0;
/// The most of the project's roles that are offered for a column.
const MOST_OFFERED: usize = 300;

/// A text that is shortened to its room.
fn words_ui(ui: &mut Ui, theme: &Theme, words: &str, width: f32) {
    let style = theme.sizes.text.name;
    let plain = words.replace('\n', " ");
    let shown = Measure::bundled().ellipsize(&plain, style, width - 8.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, ROW), egui::Sense::hover());
    let at = egui::pos2(rect.left(), rect.center().y);
    let font = crate::app::style::font(style);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, shown.text, font, colour(theme.neutral.ink));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    response.on_hover_text(words);
}

/// How wide the widest of some names is, within the room for them: what belongs to them stands close by.
fn widest<'a>(names: impl Iterator<Item = &'a str>, theme: &Theme, room: f32) -> f32 {
    let measure = Measure::bundled();
    let width = names.map(|name| measure.width(name, theme.sizes.text.name)).fold(0.0, f32::max);
    (width + 24.0).clamp(120.0, room.max(120.0))
}

/// Each text of the cells with its letters.
pub(super) fn letters_ui(
    ui: &mut Ui,
    theme: &Theme,
    prepared: &Prepared,
    settings: &mut Settings,
    typed: &mut BTreeMap<String, String>,
) {
    let letters: Vec<String> = prepared.letters.iter().map(|(code, name)| format!("{code} {name}")).collect();
    label_ui(ui, theme, &format!("Letters: {}. An empty field passes over the cells.", letters.join(", ")));
    let words = prepared.texts.iter().map(|entry| entry.text.as_str());
    let name_width = widest(words, theme, ui.available_width() - 340.0);
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("import-letters").show_rows(
        ui,
        ROW,
        prepared.texts.len(),
        |ui, rows| {
            for entry in prepared.texts.get(rows).unwrap_or_default() {
                ui.horizontal(|ui| {
                    words_ui(ui, theme, &entry.text, name_width);
                    let value = typed.entry(entry.text.clone()).or_insert_with(|| entry.codes.join(", "));
                    let id = Id::unique(("import-letters", &entry.text));
                    let edit =
                        TextEdit::singleline(value).id(id).desired_width(110.0).margin(egui::Margin::symmetric(8, 6));
                    let response = ui.add(edit);
                    response.clone().accessible_name(format!("Letters for {}", entry.text));
                    let cells = if entry.count == 1 { "1 cell".to_owned() } else { format!("{} cells", entry.count) };
                    label_ui(ui, theme, &cells);
                    if !entry.understood {
                        let ink = colour(theme.severity.high.ink);
                        ui.label(text("not understood", theme.sizes.text.caption).color(ink));
                    }
                    if response.lost_focus() {
                        say(&mut settings.letters, &entry.text, codes(value, prepared), &entry.codes);
                    }
                });
            }
        },
    );
}

/// The codes in a field, in the case of the framework.
fn codes(typed: &str, prepared: &Prepared) -> Vec<String> {
    let parts = typed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let known = |part: &str| {
        let exact = prepared.letters.iter().find(|(code, _)| code == part);
        exact
            .or_else(|| prepared.letters.iter().find(|(code, _)| code.eq_ignore_ascii_case(part)))
            .map(|(code, _)| code.clone())
    };
    parts.filter_map(known).collect()
}

fn say(said: &mut Vec<(String, Vec<String>)>, text: &str, codes: Vec<String>, now: &[String]) {
    if codes == now {
        return;
    }
    said.retain(|(known, _)| known != text);
    said.push((text.to_owned(), codes));
}

/// Each column with what becomes of it.
pub(super) fn columns_ui(ui: &mut Ui, core: &Core, prepared: &Prepared, settings: &mut Settings) {
    let theme = core.theme();
    let words = prepared.columns.iter().map(|plan| plan.name.as_str());
    let name_width = widest(words, theme, ui.available_width() - 400.0);
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("import-columns").show_rows(
        ui,
        ROW,
        prepared.columns.len(),
        |ui, rows| {
            for plan in prepared.columns.get(rows).unwrap_or_default() {
                ui.horizontal(|ui| {
                    words_ui(ui, theme, &plan.name, name_width);
                    label_ui(ui, theme, &plan.address);
                    column_ui(ui, core, plan, settings);
                });
            }
        },
    );
}

fn column_ui(ui: &mut Ui, core: &Core, plan: &ColumnPlan, settings: &mut Settings) {
    let document = core.document();
    let shown = match &plan.target {
        ColumnTarget::Existing(actor) => format!("Use: {}", accessible_label(document, (*actor).into())),
        ColumnTarget::NewRole(_) if !plan.alike.is_empty() => "New role (others are alike)".to_owned(),
        ColumnTarget::NewRole(_) => "New role".to_owned(),
        ColumnTarget::NewExternal(_) => "New party outside".to_owned(),
        ColumnTarget::NewOther(other) => format!("New {}", other.word()),
        ColumnTarget::Ignored => "Pass over".to_owned(),
    };
    let mut chosen = None;
    choice_ui(ui, core.theme(), &format!("Column {}", plan.name), &shown, 280.0, |ui| {
        for (choice, words) in [
            (ColumnChoice::NewRole, "New role"),
            (ColumnChoice::External, "New party outside"),
            (ColumnChoice::Ignore, "Pass over"),
        ] {
            if ui.selectable_label(false, words).clicked() {
                chosen = Some(choice);
            }
        }
        let alike = plan.alike.iter().map(|(actor, _)| *actor);
        let roles = document.roles().ids().map(Actor::Role);
        let others = document.units().ids().map(Actor::Unit).chain(document.externals().ids().map(Actor::External));
        let mut seen = Vec::new();
        for actor in alike.chain(roles).chain(others).take(MOST_OFFERED) {
            if seen.contains(&actor) {
                continue;
            }
            seen.push(actor);
            let is_now = plan.target == ColumnTarget::Existing(actor);
            if ui.selectable_label(is_now, format!("Use: {}", accessible_label(document, actor.into()))).clicked() {
                chosen = Some(ColumnChoice::Existing(actor));
            }
        }
    });
    if let Some(choice) = chosen {
        settings.columns.retain(|(heading, _)| *heading != plan.name);
        settings.columns.push((plan.name.clone(), choice));
    }
}

/// What was not understood, with where it stands.
pub(super) fn problems_ui(ui: &mut Ui, theme: &Theme, problems: &[CellProblem]) {
    if problems.is_empty() {
        label_ui(ui, theme, "Every cell was understood.");
        return;
    }
    const TWO_LINES: f32 = 44.0;
    let width = ui.available_width() - 16.0;
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("import-problems").show_rows(
        ui,
        TWO_LINES,
        problems.len(),
        |ui, rows| {
            for problem in problems.get(rows).unwrap_or_default() {
                let (rect, response) = ui.allocate_exact_size(Vec2::new(width, TWO_LINES), egui::Sense::hover());
                let measure = Measure::bundled();
                let (name, caption) = (theme.sizes.text.name, theme.sizes.text.caption);
                let first = format!("{}  “{}”", problem.address, problem.found.replace('\n', " "));
                let second = format!("Expected {}; {}.", problem.expected, problem.consequence);
                let lines = [(first, name, theme.neutral.ink, 12.0), (second, caption, theme.neutral.ink_second, 31.0)];
                for (words, style, ink, down) in lines {
                    let words = measure.ellipsize(&words, style, width);
                    let at = egui::pos2(rect.left(), rect.top() + down);
                    let font = crate::app::style::font(style);
                    ui.painter().text(at, egui::Align2::LEFT_CENTER, words.text, font, colour(ink));
                }
                let whole = problem.to_string();
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &whole));
                response.on_hover_text(whole.as_str());
            }
        },
    );
}

/// How the table was read.
pub(super) fn notes_ui(ui: &mut Ui, theme: &Theme, prepared: &Prepared) {
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("import-notes").show(ui, |ui| {
        for note in &prepared.notes {
            ui.label(text(note.as_str(), theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
            ui.add_space(theme.sizes.space.tight);
        }
        for remark in prepared.figures.remarks.iter().take(200) {
            let words = format!("Around the table, not imported: “{remark}”");
            ui.label(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink_third)));
            ui.add_space(theme.sizes.space.tight);
        }
    });
}
