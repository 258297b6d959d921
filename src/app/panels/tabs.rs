//! The open views of a pane. A tab is clicked to come to the front, dragged to another place or side, closed by its
//! cross or the middle button; a menu lists those that have no room.

use egui::{DragAndDrop, Id, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::view_icon;
use crate::analysis::Severity;
use crate::app::actions::action;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panes::Tab;
use crate::app::style::{colour, font};
use crate::app::widgets::{icon_button, menu_item, paint_icon, severity_chip, severity_icon};
use crate::exhibits::exhibit;
use crate::model::View;
use crate::scene::icon::Icon;

const HEIGHT: f32 = 38.0;
const WIDEST: f32 = 200.0;
/// Room of the buttons behind the tabs: new view, list of tabs.
const BUTTONS: f32 = 40.0;

/// What a tab carries while it is dragged: itself.
pub struct DraggedTab(pub Tab);

/// Name and icon of a tab; none where its view is gone.
fn face(core: &Core, tab: Tab) -> Option<(&str, Icon)> {
    match tab {
        Tab::View(view) => core.document().get::<View>(view).map(|view| (view.name.as_str(), view_icon(&view.kind))),
        Tab::Exhibit(id) => exhibit(id).map(|exhibit| (exhibit.meta.title, exhibit.meta.icon)),
    }
}

/// Brings a tab to the front.
fn opened(tab: Tab) -> Command {
    match tab {
        Tab::View(view) => Command::OpenView(view),
        Tab::Exhibit(id) => Command::OpenExhibit(id),
    }
}

/// Draws the tabs of a pane.
pub fn tabs_ui(ui: &mut Ui, core: &Core, pane: usize, commands: &mut Vec<Command>) {
    let Some(shown) = core.panes.all().get(pane) else { return };
    ui.spacing_mut().item_spacing.x = 0.0;
    // A view that comes to the front from elsewhere brings its tab into sight.
    let front = shown.front();
    let last = Id::unique(("tab in front", pane));
    let is_new =
        ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<Tab>>(last), front)) != front;
    let overflows = Id::unique(("tabs overflow", pane));
    let had_overflow = ui.data(|data| data.get_temp(overflows)).unwrap_or(false);
    ui.horizontal(|ui| {
        let room = ui.available_width() - BUTTONS * if had_overflow { 2.0 } else { 1.0 };
        let mut rects = Vec::with_capacity(shown.tabs().len());
        let strip = egui::ScrollArea::horizontal()
            .id_salt(("tabs", pane))
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .max_width(room.max(0.0))
            .show(ui, |ui| {
                for tab in shown.tabs() {
                    let Some(face) = face(core, *tab) else { continue };
                    let rect = tab_ui(ui, core, pane, *tab, face, commands);
                    if is_new && Some(*tab) == front {
                        ui.scroll_to_rect(rect, None);
                    }
                    rects.push(rect);
                }
            });
        let has_overflow = strip.content_size.x > strip.inner_rect.width() + 1.0;
        ui.data_mut(|data| data.insert_temp(overflows, has_overflow));
        drop_ui(ui, core, pane, strip.inner_rect, &rects, commands);
        if has_overflow {
            list_ui(ui, core, pane, commands);
        }
        if pane + 1 == core.panes.all().len() {
            new_view_ui(ui, core, commands);
        }
    });
}

fn tab_ui(
    ui: &mut Ui,
    core: &Core,
    pane: usize,
    id: Tab,
    (whole, icon): (&str, Icon),
    commands: &mut Vec<Command>,
) -> Rect {
    let theme = core.theme();
    let style = theme.sizes.text.name;
    let name = crate::scene::text::Measure::bundled().ellipsize(whole, style, WIDEST - 70.0);
    let in_front = core.panes.all().get(pane).and_then(|pane| pane.front()) == Some(id);
    let active = in_front && pane == core.panes.active();
    let ink = colour(if in_front { theme.neutral.ink } else { theme.neutral.ink_second });
    let is_cut = name.text != whole;
    let galley = ui.painter().layout_no_wrap(name.text, font(style), ink);
    let (_, rect) = ui.allocate_space(Vec2::new(galley.size().x + 66.0, HEIGHT));
    let response = ui.interact(rect, Id::unique(("tab", id)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, in_front, whole));
    let found = match id {
        Tab::View(view) => core.tally.in_view(view),
        Tab::Exhibit(_) => None,
    };
    if let Some((severity, count)) = found {
        let words = findings_words(severity, count);
        ui.accesskit_node_builder(response.id, |node| node.set_description(words));
    }
    let ground = match (in_front, response.hovered()) {
        (true, _) => colour(theme.neutral.canvas),
        (false, true) => colour(theme.neutral.hover),
        (false, false) => colour(theme.neutral.panel),
    };
    ui.painter().rect_filled(rect, 0.0, ground);
    if in_front {
        // The accent says where the keyboard is.
        let line = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - 2.0), rect.right_bottom());
        let tint = if active { theme.accent.base } else { theme.neutral.line_strong };
        ui.painter().rect_filled(line, 0.0, colour(tint));
    }
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, colour(theme.neutral.line)));
    let icon_rect = Rect::from_min_size(rect.min + Vec2::new(12.0, 0.0), Vec2::new(16.0, HEIGHT));
    paint_icon(ui, icon_rect, icon, 15.0, ink);
    mark_ui(ui, core, icon_rect, ground, found);
    ui.painter().galley(egui::pos2(icon_rect.right() + 8.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    close_ui(ui, core, id, rect, whole, response.hovered() || in_front, commands);
    touched(&response, id, commands);
    let words = found.map(|(severity, count)| findings_words(severity, count));
    let hover: Vec<&str> = is_cut.then_some(whole).into_iter().chain(words.as_deref()).collect();
    if !hover.is_empty() && !response.dragged() {
        response.on_hover_text(hover.join("\n"));
    }
    rect
}

/// `12 findings, the gravest: high`.
fn findings_words(severity: Severity, count: usize) -> String {
    match count {
        1 => format!("1 finding: {}", severity.word()),
        _ => format!("{count} findings, the gravest: {}", severity.word()),
    }
}

/// A small sign at the corner of the icon where something in the view goes wrong. It takes no room, so that no tab moves
/// when findings come and go.
fn mark_ui(ui: &Ui, core: &Core, icon: Rect, ground: egui::Color32, found: Option<(Severity, usize)>) {
    let Some((severity, _)) = found.filter(|(severity, _)| *severity >= Severity::High) else { return };
    let theme = core.theme();
    let center = egui::pos2(icon.right() + 1.0, icon.center().y - 7.0);
    ui.painter().circle_filled(center, 6.5, ground);
    let rect = Rect::from_center_size(center, Vec2::splat(12.0));
    paint_icon(ui, rect, severity_icon(severity), 11.0, colour(severity_chip(theme, severity).ink));
}

/// What a hand did to a tab.
fn touched(response: &Response, tab: Tab, commands: &mut Vec<Command>) {
    if response.clicked() {
        commands.push(opened(tab));
    }
    if response.middle_clicked() {
        commands.push(Command::CloseTab(tab));
    }
    if response.drag_started_by(egui::PointerButton::Primary) {
        DragAndDrop::set_payload(&response.ctx, DraggedTab(tab));
    }
}

fn close_ui(ui: &Ui, core: &Core, of: Tab, tab: Rect, name: &str, shown: bool, commands: &mut Vec<Command>) {
    let rect = Rect::from_center_size(egui::pos2(tab.right() - 15.0, tab.center().y), Vec2::splat(18.0));
    let close = ui.interact(rect, Id::unique(("close tab", of)), Sense::click());
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {name}")));
    if shown || close.hovered() {
        let ground = if close.hovered() { colour(core.theme().neutral.pressed) } else { egui::Color32::TRANSPARENT };
        ui.painter().rect_filled(rect, 4.0, ground);
        paint_icon(ui, rect, Icon::Close, 12.0, colour(core.theme().neutral.ink_second));
    }
    if close.clicked() {
        commands.push(Command::CloseTab(of));
    }
}

/// Where a dragged tab would stand among these, and what happens when it is let go.
fn drop_ui(ui: &Ui, core: &Core, pane: usize, strip: Rect, tabs: &[Rect], commands: &mut Vec<Command>) {
    let Some(dragged) = DragAndDrop::payload::<DraggedTab>(ui.ctx()) else { return };
    let whole = Rect::from_x_y_ranges(ui.max_rect().x_range(), strip.y_range());
    let Some(at) = ui.pointer_latest_pos().filter(|at| whole.contains(*at)) else { return };
    let before = tabs.iter().position(|tab| at.x < tab.center().x).unwrap_or(tabs.len());
    let edge = match tabs.get(before) {
        Some(tab) => tab.left(),
        None => tabs.last().map_or(strip.left(), |tab| tab.right()),
    };
    let line = Stroke::new(2.0, colour(core.theme().accent.base));
    ui.painter().vline(edge.clamp(strip.left() + 1.0, strip.right() - 1.0), strip.y_range().shrink(5.0), line);
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(ui.ctx());
        commands.push(Command::PlaceTab { tab: dragged.0, pane, before });
    }
}

/// All tabs of a pane, for those that have no room beside one another.
fn list_ui(ui: &mut Ui, core: &Core, pane: usize, commands: &mut Vec<Command>) {
    let Some(shown) = core.panes.all().get(pane) else { return };
    let theme = core.theme();
    ui.add_space(4.0);
    let button = icon_button(ui, theme, Icon::ChevronDown, "All open views", false, true);
    egui::Popup::menu(&button).show(|ui| {
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for tab in shown.tabs() {
                let Some((name, icon)) = face(core, *tab) else { continue };
                let icon = if shown.front() == Some(*tab) { Icon::Check } else { icon };
                if menu_item(ui, theme, Some(icon), name, "", true).clicked() {
                    commands.push(opened(*tab));
                }
            }
        });
    });
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
        let sides = ["view.across", "view.one-side"].into_iter().filter_map(action);
        for (index, action) in sides.filter(|action| (action.act)(core).is_ok()).enumerate() {
            if index == 0 {
                ui.separator();
            }
            if menu_item(ui, theme, action.icon, action.label, "", true).on_hover_text(action.help).clicked() {
                commands.push(Command::Action(action.id));
            }
        }
    });
}
