//! The help sheet: every command with its keys, and what keys and pointer do where; a few letters narrow it down.

use egui::{Id, ScrollArea, Ui, Vec2};

use super::{Dialog, title_ui};
use crate::app::actions::{ACTIONS, Menu};
use crate::app::command::Command;
use crate::app::gestures::{GESTURES, Place};
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, section_header, text, text_button, text_field};
use crate::scene::text::Measure;
use crate::scene::theme::Theme;
use crate::search::Query;

/// The sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    query: String,
    focused: bool,
}

/// One line: what the hand does, what comes of it.
struct Line {
    does: &'static str,
    keys: String,
    help: &'static str,
    /// Other words for it.
    words: &'static str,
}

impl Sheet {
    pub(super) fn show(&mut self, ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
        title_ui(ui, theme, "Keys and commands");
        let hint = "A key or what it does";
        let field = text_field(ui, theme, Id::unique("sheet-query"), "Search the keys", &mut self.query, hint);
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        ui.add_space(theme.sizes.space.small);
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(160.0, 520.0);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(
            ui,
            |ui| {
                let groups = self.groups(ui.ctx());
                if groups.is_empty() {
                    super::sentence_ui(ui, theme, "No key does this. Try the palette: Ctrl+K.");
                }
                for (title, lines) in groups {
                    section_header(ui, theme, title, None);
                    lines.iter().for_each(|line| line_ui(ui, theme, line));
                    ui.add_space(theme.sizes.space.small);
                }
            },
        );
        ui.add_space(theme.sizes.space.medium);
        crate::app::dialogs::footer(ui, |ui| {
            if text_button(ui, theme, ButtonLook::Primary, None, "Close").clicked() {
                commands.push(Command::CloseDialog);
            }
            if text_button(ui, theme, ButtonLook::Plain, None, "Writing a process as text").clicked() {
                commands.push(Command::CloseDialog);
                commands.push(Command::Dialog(Dialog::Writing));
            }
        });
    }

    /// Lines that answer what was typed, by menu and place; groups without any are left out.
    fn groups(&self, ctx: &egui::Context) -> Vec<(&'static str, Vec<Line>)> {
        let query = Query::new(&self.query);
        let answers = |line: &Line| {
            query.is_empty()
                || query.rank(&format!("{} {} {} {}", line.does, line.keys, line.help, line.words)).is_some()
        };
        let of_menu = |menu: Menu| {
            let actions = ACTIONS.iter().filter(move |action| action.menu == menu);
            let lines = actions.map(|action| {
                let keys: Vec<String> = action.shortcuts.iter().map(|keys| ctx.format_shortcut(keys)).collect();
                Line { does: action.label, keys: keys.join("  or  "), help: action.help, words: action.keywords }
            });
            (menu.title(), lines.filter(&answers).collect::<Vec<_>>())
        };
        let of_place = |place: Place| {
            let gestures = GESTURES.iter().filter(move |gesture| gesture.place == place);
            let lines =
                gestures.map(|gesture| Line { does: gesture.does, keys: gesture.keys.to_owned(), help: "", words: "" });
            (place.title(), lines.filter(&answers).collect::<Vec<_>>())
        };
        let places = Place::ALL.into_iter().map(of_place);
        places.chain(Menu::ALL.into_iter().map(of_menu)).filter(|(_, lines)| !lines.is_empty()).collect()
    }
}

fn line_ui(ui: &mut Ui, theme: &Theme, line: &Line) {
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), theme.sizes.row.compact), egui::Sense::hover());
    let name = format!("{}: {}", line.does, if line.keys.is_empty() { "no key" } else { &line.keys });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    if response.hovered() {
        ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(theme.neutral.hover));
    }
    let (body, caption) = (theme.sizes.text.body, theme.sizes.text.caption);
    let keys = Measure::bundled().ellipsize(&line.keys, caption, rect.width() * 0.5).text;
    let second = colour(theme.neutral.ink_second);
    let painter = ui.painter();
    let right = rect.right_center() - Vec2::new(8.0, 0.0);
    let at = painter.text(right, egui::Align2::RIGHT_CENTER, keys, crate::app::style::font(caption), second);
    let room = at.left() - 16.0 - rect.left();
    let does = Measure::bundled().ellipsize(line.does.trim_end_matches('…'), body, room).text;
    let left = rect.left_center() + Vec2::new(8.0, 0.0);
    let ink = colour(theme.neutral.ink);
    painter.text(left, egui::Align2::LEFT_CENTER, does, crate::app::style::font(body), ink);
    if !line.help.is_empty() {
        response.on_hover_text(text(line.help, body));
    }
}
