//! Menus, the name of the project, search, undo and redo.

use egui::{Align, Layout, MenuBar, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::app::actions::{ACTIONS, Action, Menu, action};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::{ButtonLook, icon_button, icon_text, menu_item, paint_icon, submenu_item, text, text_button};
use crate::exhibits::EXHIBITS;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

const SEARCH_WIDTH: f32 = 250.0;
/// With a single word in it.
const LEAST_SEARCH_WIDTH: f32 = 96.0;

/// Draws the bar at the top of the window.
pub fn top_bar_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let whole = ui.max_rect();
    MenuBar::new().ui(ui, |ui| {
        ui.set_min_height(40.0);
        ui.label(icon_text(Icon::Logo, theme.sizes.icon.large).color(colour(theme.accent.base)));
        ui.add_space(2.0);
        for menu in Menu::ALL {
            let title = text(menu.title(), theme.sizes.text.body).color(colour(theme.neutral.ink_second));
            ui.menu_button(title, |ui| menu_ui(ui, core, menu, commands));
        }
        let menus_end = ui.cursor().left();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Export), "Export")
                .on_hover_text("Writes the view in front as a picture or table (Ctrl+E)")
                .clicked()
            {
                commands.push(Command::Action("file.export"));
            }
            for id in ["edit.redo", "edit.undo"] {
                if let Some(action) = action(id) {
                    action_button(ui, core, action, commands);
                }
            }
            let tools_start = search_ui(ui, core, commands);
            title_ui(ui, core, menus_end, tools_start, whole.center().x);
        });
    });
}

fn title_ui(ui: &Ui, core: &Core, from: f32, to: f32, center: f32) {
    let theme = core.theme();
    let style = theme.sizes.text.label;
    let room = (to - from - 40.0).max(0.0);
    let title = Measure::bundled().ellipsize(&core.title(), style, room);
    if title.text.chars().count() < 3 && core.title().chars().count() > 3 {
        return;
    }
    let galley = ui.painter().layout_no_wrap(title.text, font(style), colour(theme.neutral.ink));
    let half = galley.size().x / 2.0;
    let x = center.clamp(from + half + 16.0, (to - half - 24.0).max(from + half + 16.0)) - half;
    let y = ui.max_rect().center().y;
    let end = x + galley.size().x;
    if let Some(path) = &core.path {
        let rect = egui::Rect::from_min_size(egui::pos2(x, y - 12.0), Vec2::new(galley.size().x, 24.0));
        let response = ui.interact(rect, egui::Id::unique("title"), Sense::hover());
        response.on_hover_text(text(path.display().to_string(), theme.sizes.text.body));
    }
    ui.painter().galley(egui::pos2(x, y - galley.size().y / 2.0), galley, colour(theme.neutral.ink));
    if core.editor.is_unsaved() {
        ui.painter().circle_filled(egui::pos2(end + 10.0, y), 3.0, colour(theme.accent.base));
    }
}

/// Draws the search field, which opens the palette; returns its left edge.
fn search_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) -> f32 {
    let theme = core.theme();
    let width = SEARCH_WIDTH.min(ui.available_width() - 160.0);
    // Without a word in it, it is a button.
    let width = if width < LEAST_SEARCH_WIDTH { 34.0 } else { width };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 30.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Search or run a command"));
    let ground = if response.hovered() { theme.neutral.pressed } else { theme.neutral.field };
    ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(ground));
    let second = colour(theme.neutral.ink_second);
    let icon = egui::Rect::from_min_size(rect.min, Vec2::new(32.0, rect.height()));
    paint_icon(ui, icon, Icon::Search, 15.0, second);
    let words = ["Search or run a command", "Search", ""];
    let fits = |words: &&str| Measure::bundled().width(words, theme.sizes.text.body) <= width - 40.0;
    if let Some(words) = words.into_iter().find(fits) {
        let left = egui::pos2(icon.right(), rect.center().y);
        ui.painter().text(left, egui::Align2::LEFT_CENTER, words, font(theme.sizes.text.body), second);
    }
    if width > 234.0 {
        let caption = font(theme.sizes.text.caption);
        ui.painter().text(
            rect.right_center() - Vec2::new(8.0, 0.0),
            egui::Align2::RIGHT_CENTER,
            "Ctrl+K",
            caption,
            second,
        );
    }
    if response.clicked() {
        commands.push(Command::Action("view.palette"));
    }
    rect.left()
}

fn action_button(ui: &mut Ui, core: &Core, action: &Action, commands: &mut Vec<Command>) {
    let shortcut = action
        .shortcuts
        .first()
        .map_or_else(String::new, |shortcut| format!(" ({})", ui.ctx().format_shortcut(shortcut)));
    let label = format!("{}{shortcut}", action.label_now(core));
    let enabled = (action.act)(core).is_ok();
    let icon = action.icon.unwrap_or(Icon::Command);
    let response = icon_button(ui, core.theme(), icon, action.label, false, enabled).on_hover_text(label);
    if response.clicked() {
        commands.push(Command::Action(action.id));
    }
}

/// Draws the entries of a menu.
fn menu_ui(ui: &mut Ui, core: &Core, menu: Menu, commands: &mut Vec<Command>) {
    // In a low window what has no room is scrolled to.
    let room = (ui.ctx().content_rect().bottom() - ui.cursor().top() - 24.0).max(120.0);
    ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
    egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
        let (mut group, mut submenu) = (None, None);
        for action in ACTIONS.iter().filter(|action| action.menu == menu) {
            if group.replace(action.group).is_some_and(|before| before != action.group) {
                ui.separator();
            }
            match action.submenu {
                None => action_item(ui, core, action, commands),
                // The whole of it is drawn where its first action stands.
                Some(name) if submenu != action.submenu => submenu_ui(ui, core, menu, name, commands),
                Some(_) => {}
            }
            submenu = action.submenu;
        }
        if menu == Menu::Analyse {
            ui.separator();
            exhibits_ui(ui, core, commands);
        }
    });
}

/// Draws the entry that opens a menu within a menu, and that menu.
fn submenu_ui(ui: &mut Ui, core: &Core, menu: Menu, name: &str, commands: &mut Vec<Command>) {
    submenu_item(ui, core.theme(), name, None, |ui| {
        for action in ACTIONS.iter().filter(|action| action.menu == menu && action.submenu == Some(name)) {
            action_item(ui, core, action, commands);
        }
    });
}

/// The exhibits of the analysis, as entries of their menu.
fn exhibits_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    for exhibit in EXHIBITS {
        let is_in_front = core.panes.front_exhibit() == Some(exhibit.meta.id);
        let icon = if is_in_front { Icon::Check } else { exhibit.meta.icon };
        let item = menu_item(ui, core.theme(), Some(icon), exhibit.meta.title, "", true);
        if item.on_hover_text(exhibit.meta.question).clicked() {
            commands.push(Command::OpenExhibit(exhibit.meta.id));
        }
    }
}

/// Draws an action as an entry of a menu.
pub fn action_item(ui: &mut Ui, core: &Core, action: &'static Action, commands: &mut Vec<Command>) {
    let shortcut = action.shortcuts.first().map_or_else(String::new, |shortcut| ui.ctx().format_shortcut(shortcut));
    let icon = match action.checked {
        Some(checked) if checked(core) => Some(Icon::Check),
        _ => action.icon,
    };
    let can = (action.act)(core);
    let label = Measure::bundled().ellipsize(&action.label_now(core), core.theme().sizes.text.body, 320.0);
    let response = menu_item(ui, core.theme(), icon, &label.text, &shortcut, can.is_ok());
    let response = match can {
        Ok(_) => response.on_hover_text(action.help),
        Err(reason) => response.on_disabled_hover_text(format!("{} Not now: {reason}.", action.help)),
    };
    if response.clicked() {
        commands.push(Command::Action(action.id));
    }
}
