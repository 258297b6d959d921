//! The open views.

use egui::{Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::view_icon;
use crate::app::actions::action;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::{icon_button, menu_item, paint_icon};
use crate::model::{View, ViewId};
use crate::scene::icon::Icon;

const HEIGHT: f32 = 38.0;
const WIDEST: f32 = 200.0;

/// Draws the strip of tabs.
pub fn tabs_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    // A view that comes to the front from elsewhere brings its tab into sight.
    let front = core.active_view();
    let shown = Id::unique("tab in front");
    let is_new =
        ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<ViewId>>(shown), front)) != front;
    ui.horizontal(|ui| {
        egui::ScrollArea::horizontal()
            .id_salt("tabs")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .max_width(ui.available_width() - 40.0)
            .show(ui, |ui| {
                for (index, view) in core.tabs.iter().enumerate() {
                    if let Some(record) = core.document().get::<View>(*view) {
                        let rect = tab_ui(ui, core, index, *view, record, commands);
                        if is_new && Some(*view) == front {
                            ui.scroll_to_rect(rect, None);
                        }
                    }
                }
            });
        new_view_ui(ui, core, commands);
    });
}

fn tab_ui(ui: &mut Ui, core: &Core, index: usize, id: ViewId, view: &View, commands: &mut Vec<Command>) -> Rect {
    let theme = core.theme();
    let style = theme.sizes.text.name;
    let name = crate::scene::text::Measure::bundled().ellipsize(&view.name, style, WIDEST - 70.0);
    let active = index == core.active_tab;
    let ink = colour(if active { theme.neutral.ink } else { theme.neutral.ink_second });
    let galley = ui.painter().layout_no_wrap(name.text, font(style), ink);
    let (_, rect) = ui.allocate_space(Vec2::new(galley.size().x + 66.0, HEIGHT));
    let response = ui.interact(rect, Id::unique(("tab", id)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, active, &view.name));
    let ground = match (active, response.hovered()) {
        (true, _) => colour(theme.neutral.canvas),
        (false, true) => colour(theme.neutral.hover),
        (false, false) => colour(theme.neutral.panel),
    };
    ui.painter().rect_filled(rect, 0.0, ground);
    if active {
        let line = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - 2.0), rect.right_bottom());
        ui.painter().rect_filled(line, 0.0, colour(theme.accent.base));
    }
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), egui::Stroke::new(1.0, colour(theme.neutral.line)));
    let icon_rect = Rect::from_min_size(rect.min + Vec2::new(12.0, 0.0), Vec2::new(16.0, HEIGHT));
    paint_icon(ui, icon_rect, view_icon(&view.kind), 15.0, ink);
    ui.painter().galley(egui::pos2(icon_rect.right() + 8.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    close_ui(ui, core, index, rect, &view.name, response.hovered() || active, commands);
    if response.clicked() {
        commands.push(Command::OpenView(id));
    }
    if response.middle_clicked() {
        commands.push(Command::CloseTab(index));
    }
    rect
}

fn close_ui(ui: &Ui, core: &Core, index: usize, tab: Rect, name: &str, shown: bool, commands: &mut Vec<Command>) {
    let rect = Rect::from_center_size(egui::pos2(tab.right() - 15.0, tab.center().y), Vec2::splat(18.0));
    let close = ui.interact(rect, Id::unique(("close tab", index)), Sense::click());
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {name}")));
    if shown || close.hovered() {
        let ground = if close.hovered() { colour(core.theme().neutral.pressed) } else { egui::Color32::TRANSPARENT };
        ui.painter().rect_filled(rect, 4.0, ground);
        paint_icon(ui, rect, Icon::Close, 12.0, colour(core.theme().neutral.ink_second));
    }
    if close.clicked() {
        commands.push(Command::CloseTab(index));
    }
}

fn new_view_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(4.0);
    let plus = icon_button(ui, theme, Icon::Plus, "New view", false, true);
    egui::Popup::menu(&plus).show(|ui| {
        for id in ["insert.organisation-view", "insert.process", "insert.matrix", "insert.board"] {
            let Some(action) = action(id) else { continue };
            if menu_item(ui, theme, action.icon, action.label, "", true).on_hover_text(action.help).clicked() {
                commands.push(Command::Action(action.id));
            }
        }
    });
}
