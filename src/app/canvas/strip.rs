//! What floats over the canvas: tools at the bottom, zoom at its right.

use egui::{Align2, Area, Frame, Id, Margin, Order, Sense, Shadow, Stroke, Ui, vec2};
use emath::{Pos2, Rect};

use super::tools::Situation;
use super::{NewElement, Tool};
use crate::app::actions::{Action, action};
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::style::{colour, icon_font};
use crate::app::widgets::{icon_button, text};
use crate::model::ViewKind;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// Distance from the border of the canvas.
pub const MARGIN: f32 = 16.0;
/// Narrower than this, the tools leave out what the Insert menu has, too.
const NARROW: f32 = 620.0;

/// Narrower than this, the tools would lie over the panels beside; the menus have them all.
const NO_TOOLS: f32 = 290.0;
/// Narrower than this, there is room for the tools alone; wheel and keys zoom, too.
const TOO_NARROW: f32 = 520.0;

/// A raised surface.
pub fn floating(theme: &Theme) -> Frame {
    Frame::new()
        .fill(colour(theme.neutral.raised))
        .stroke(Stroke::new(1.0, colour(theme.neutral.line)))
        .corner_radius(theme.sizes.radius.floating)
        .inner_margin(Margin::same(6))
        .shadow(Shadow { offset: [0, 4], blur: 18, spread: 0, color: colour(theme.neutral.shadow) })
}

/// The tools of a view.
pub fn tools_ui(ui: &Ui, core: &Core, kind: &ViewKind, viewport: Rect, commands: &mut Vec<Command>) {
    let theme = core.theme();
    if viewport.width() < NO_TOOLS {
        return;
    }
    let is_narrow = viewport.width() < NARROW;
    let tools = Id::unique("canvas tools");
    let width = |id| ui.memory(|memory| memory.area_rect(id)).map_or(0.0, |rect: Rect| rect.width());
    // In the middle, unless the zoom would lie over them.
    // Where the zoom is left out its last width says nothing.
    let zoom_width = if viewport.width() < TOO_NARROW { 0.0 } else { MARGIN + width(Id::unique("canvas zoom")) };
    let half = width(tools) / 2.0;
    let rightmost = viewport.right() - MARGIN - zoom_width - half;
    let leftmost = viewport.left() + MARGIN + half;
    let at = egui::pos2(viewport.center().x.min(rightmost).max(leftmost), viewport.bottom() - MARGIN);
    Area::new(tools).order(Order::Middle).pivot(Align2::CENTER_BOTTOM).fixed_pos(at).show(ui, |ui| {
        floating(theme).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                tool_button(ui, core, "tool.select", core.tool == Tool::Select, commands);
                tool_button(ui, core, "tool.hand", core.tool == Tool::Hand, commands);
                divider(ui, theme);
                let offered = NewElement::offered(kind);
                let shown = if is_narrow { offered.get(..4.min(offered.len())).unwrap_or(offered) } else { offered };
                for new in shown {
                    let at = tool_button(ui, core, new.action(), core.tool == Tool::Place(*new), commands);
                    sign(ui, theme, at, *new);
                }
                divider(ui, theme);
                tool_button(ui, core, "tool.connect", core.tool == Tool::Connect, commands);
                if !is_narrow {
                    tool_button(ui, core, "tool.space", core.tool == Tool::Space, commands);
                    tool_button(ui, core, "tool.keep", core.tool_stays, commands);
                }
            });
        });
    });
}

/// A line between groups of buttons.
pub fn divider(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 22.0), Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), Stroke::new(1.0, colour(theme.neutral.line)));
}

fn tool_button(ui: &mut Ui, core: &Core, id: &'static str, selected: bool, commands: &mut Vec<Command>) -> Pos2 {
    let Some(action) = action(id) else { return ui.cursor().min };
    let icon = action.icon.unwrap_or(Icon::Plus);
    let enabled = (action.act)(core).is_ok();
    let response = icon_button(ui, core.theme(), icon, &label(ui, action), selected, enabled);
    if response.clicked() {
        commands.push(Command::Action(id));
    }
    response.rect.center()
}

/// What tells gateways and events apart in the notation, drawn into their icon.
fn sign(ui: &Ui, theme: &Theme, at: Pos2, new: NewElement) {
    let ink = colour(theme.neutral.ink_second);
    let glyph = |icon: Icon| {
        ui.painter().text(at, Align2::CENTER_CENTER, icon.glyph(), icon_font(8.0), ink);
    };
    match new {
        NewElement::ExclusiveGateway => glyph(Icon::Close),
        NewElement::ParallelGateway => glyph(Icon::Plus),
        NewElement::IntermediateEvent => drop(ui.painter().circle_stroke(at, 4.0, Stroke::new(1.0, ink))),
        NewElement::EndEvent => drop(ui.painter().circle_stroke(at, 6.0, Stroke::new(2.0, ink))),
        _ => {}
    }
}

/// The label of an action with its shortcut.
pub fn label(ui: &Ui, action: &Action) -> String {
    match action.shortcuts.first() {
        Some(shortcut) => format!("{} ({})", action.label, ui.format_shortcut(shortcut)),
        None => action.label.to_owned(),
    }
}

/// The zoom: out, value, in, fit.
pub fn zoom_ui(ui: &Ui, core: &Core, zoom: f32, viewport: Rect, commands: &mut Vec<Command>) {
    let theme = core.theme();
    if viewport.width() < TOO_NARROW {
        return;
    }
    let at = viewport.right_bottom() - vec2(MARGIN, MARGIN);
    Area::new(Id::unique("canvas zoom")).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM).fixed_pos(at).show(
        ui,
        |ui| {
            floating(theme).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0;
                    let mut button = |ui: &mut Ui, icon, id: &'static str| {
                        let name = action(id).map(|action| label(ui, action)).unwrap_or_default();
                        if icon_button(ui, theme, icon, &name, false, true).clicked() {
                            commands.push(Command::Action(id));
                        }
                    };
                    button(ui, Icon::Minus, "view.zoom-out");
                    let percent = text(format!("{:.0} %", zoom * 100.0), theme.sizes.text.body);
                    let value = egui::Button::new(percent).min_size(vec2(56.0, 30.0)).frame_when_inactive(false);
                    let clicked = ui.add(value).on_hover_text("Zoom to 100 %").clicked();
                    button(ui, Icon::Plus, "view.zoom-in");
                    divider(ui, theme);
                    button(ui, Icon::Fit, "view.fit");
                    let is_on = core.overlay.is_some();
                    let name = action("overlay.next").map(|action| label(ui, action)).unwrap_or_default();
                    let name = name.replace("Next overlay", "Overlays");
                    let layers = icon_button(ui, theme, Icon::Layers, &name, is_on, true);
                    if clicked {
                        commands.push(Command::Camera(CameraMove::ActualSize));
                    }
                    super::overlay_legend::menu_ui(core, &layers, commands);
                });
            });
        },
    );
}

/// What stands on a canvas that shows nothing yet.
///
/// `drawn` is where on the screen lanes without anything in them are.
pub fn empty_ui(
    ui: &Ui,
    core: &Core,
    situation: &Situation<'_>,
    (viewport, drawn): (Rect, Option<Rect>),
    commands: &mut Vec<Command>,
) {
    let (icon, sentence, first): (_, _, &[(NewElement, &str)]) = match situation.kind {
        ViewKind::Organisation { .. } => (
            Icon::Organisation,
            "Who works here? Enter adds the first unit; Tab then adds what is below it, Enter another one. Ctrl+L takes \
             it all as text.",
            &[(NewElement::Unit, "Add a unit"), (NewElement::Role, "Add a role")],
        ),
        ViewKind::Process { .. } => (
            Icon::Process,
            "What happens first? Enter adds the first step; Tab then adds the next one. Ctrl+L takes it all as text.",
            &[(NewElement::StartEvent, "Add the start"), (NewElement::Step, "Add a step")],
        ),
        ViewKind::Board | ViewKind::Matrix(_) => (
            Icon::Layers,
            "Drag elements from the navigator onto this board, or place new ones with the tools below.",
            &[(NewElement::Note, "Add a note")],
        ),
    };
    let theme = core.theme();
    let wants_lane = situation.process().is_some() && core.active_view() == Some(situation.view);
    let (pivot, at, is_beside) = beside(viewport, drawn);
    let area = Area::new(Id::unique(("empty canvas", situation.view))).order(Order::Middle).pivot(pivot);
    area.fixed_pos(at).show(ui, |ui| {
        ui.set_width(460.0_f32.min(viewport.width() - 40.0));
        // What stands on lanes needs a ground of its own.
        let ground = if is_beside { Frame::NONE } else { floating(theme) };
        ground.show(ui, |ui| {
            crate::app::widgets::empty_state(ui, theme, icon, sentence, |ui| {
                ui.horizontal(|ui| {
                    // The buttons are centred by hand: a row does not know its width beforehand.
                    let count = first.len() + 1 + usize::from(wants_lane);
                    ui.add_space((ui.available_width() - 118.0 * count as f32).max(0.0) / 2.0);
                    for (index, (new, label)) in first.iter().enumerate() {
                        let look = match index {
                            0 => crate::app::widgets::ButtonLook::Primary,
                            _ => crate::app::widgets::ButtonLook::Plain,
                        };
                        if crate::app::widgets::text_button(ui, theme, look, None, label).clicked() {
                            commands.push(Command::InsertNow(*new));
                        }
                    }
                    if let Some(lane) = action("insert.lane").filter(|_| wants_lane) {
                        let look = crate::app::widgets::ButtonLook::Plain;
                        if crate::app::widgets::text_button(ui, theme, look, None, "Add a lane").clicked() {
                            commands.push(Command::Action(lane.id));
                        }
                    }
                    let look = crate::app::widgets::ButtonLook::Plain;
                    if crate::app::widgets::text_button(ui, theme, look, None, "Write it as text").clicked() {
                        commands.push(Command::Action("insert.quick-entry"));
                    }
                });
            });
        });
    });
}

/// Where the words of an empty canvas stand: in its middle, or above or below what is drawn. The last is whether they
/// stand on nothing.
fn beside(viewport: Rect, drawn: Option<Rect>) -> (Align2, Pos2, bool) {
    /// What the words and their buttons need.
    const HEIGHT: f32 = 170.0;
    /// What the strips at the foot take.
    const FOOT: f32 = 70.0;
    let middle = viewport.center() - vec2(0.0, 40.0);
    let Some(drawn) = drawn.filter(|drawn| drawn.intersects(viewport)) else {
        return (Align2::CENTER_CENTER, middle, true);
    };
    let (above, below) = (drawn.top() - viewport.top(), viewport.bottom() - FOOT - drawn.bottom());
    if below >= HEIGHT {
        return (Align2::CENTER_TOP, egui::pos2(middle.x, drawn.bottom()), true);
    }
    if above >= HEIGHT {
        return (Align2::CENTER_BOTTOM, egui::pos2(middle.x, drawn.top() - MARGIN), true);
    }
    (Align2::CENTER_CENTER, middle, false)
}
