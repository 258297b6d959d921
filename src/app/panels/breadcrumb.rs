//! The strip above a canvas that belongs to another one: the way back up, and what to do about a picture that has grown
//! too large to be read. Where neither is the case there is no strip.

use egui::{Frame, Margin, Panel, Stroke, Ui};

use crate::app::actions::action;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, icon_text, text, text_button};
use crate::model::{MOST_ELEMENTS_AT_A_GLANCE, View, ViewId, ViewKind};
use crate::scene::icon::Icon;

/// With less room than this nothing is said beside the button, in points.
const LEAST_ROOM: f32 = 60.0;
/// Longest name of a level, in points.
const WIDEST: f32 = 220.0;

/// Draws the strip of the view in front, where it has one.
pub fn breadcrumb_ui(ui: &mut Ui, core: &Core, view: ViewId, commands: &mut Vec<Command>) {
    let path = core.path_to(view);
    let is_process = matches!(core.active_kind(), Some(ViewKind::Process { .. }));
    let boxes = core.scenes.get(&view).map_or(0, |cached| cached.scene.nodes.len());
    let is_large = is_process && boxes > MOST_ELEMENTS_AT_A_GLANCE;
    if path.len() < 2 && !is_large {
        return;
    }
    let theme = core.theme();
    let frame = Frame::new().fill(colour(theme.neutral.panel)).inner_margin(Margin::symmetric(8, 2));
    let panel = Panel::top("breadcrumb").frame(frame).resizable(false).show_separator_line(false);
    let shown = panel.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.set_min_height(30.0);
            if path.len() > 1 {
                levels_ui(ui, core, &path, commands);
            }
            if is_large {
                large_ui(ui, core, boxes, commands);
            }
        });
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colour(theme.neutral.line)));
}

/// The levels, the outermost first; each but the last leads there.
fn levels_ui(ui: &mut Ui, core: &Core, path: &[ViewId], commands: &mut Vec<Command>) {
    let theme = core.theme();
    let style = theme.sizes.text.name;
    for (depth, view) in path.iter().enumerate() {
        let Some(record) = core.document().get::<View>(*view) else { continue };
        if depth > 0 {
            ui.label(icon_text(Icon::ChevronRight, 12.0).color(colour(theme.neutral.ink_third)));
        }
        let name = crate::scene::text::Measure::bundled().ellipsize(&record.name, style, WIDEST).text;
        if depth + 1 == path.len() {
            ui.label(text(name, style).color(colour(theme.neutral.ink)));
        } else if text_button(ui, theme, ButtonLook::Quiet, None, &name).on_hover_text(&record.name).clicked() {
            let up = if depth + 2 == path.len() { Command::GoUp } else { Command::OpenView(*view) };
            commands.push(up);
        }
    }
}

/// That there is too much for one picture, and the way out.
fn large_ui(ui: &mut Ui, core: &Core, boxes: usize, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if let Some(action) = action("arrange.extract") {
            let button = text_button(ui, theme, ButtonLook::Quiet, action.icon, action.label);
            if button.on_hover_text(action.help).clicked() {
                commands.push(Command::Action(action.id));
            }
        }
        let (words, style) = (format!("{boxes} elements are hard to read at a glance"), theme.sizes.text.body);
        let room = ui.available_width() - 8.0;
        if room > LEAST_ROOM {
            let shown = crate::scene::text::Measure::bundled().ellipsize(&words, style, room).text;
            ui.label(text(shown, style).color(colour(theme.neutral.ink_second))).on_hover_text(words);
        }
    });
}
