//! The tab of an exhibit: its question and choices above, the drawing, and what stands behind a place below.

use std::sync::Arc;

use egui::{Align, CentralPanel, Frame, Id, Key, Layout, Margin, Panel, Pos2, Rect, Role, ScrollArea, Sense, Stroke};
use egui::{StrokeKind, Ui, Vec2, WidgetInfo};

use super::painting::{camera, paint};
use super::{ExhibitState, ZOOM};
use crate::app::canvas::camera::Camera;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::scrolling::{Bar, Wheel, wheel};
use crate::app::panels::icon_of;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Row, empty_state, icon_button, menu_item, segmented, text, text_button};
use crate::exhibits::{Choice, Exhibit};
use crate::scene::display::{Detail, Display, Drawn, Spot, Target};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// Free space around the drawing, in points.
const MARGIN: f32 = 20.0;
/// Width of the bars at the right and below.
const TRACK: f32 = 10.0;
/// So many places are told to assistive technology at once.
const MOST_SPOTS: usize = 500;
/// How far an arrow key scrolls.
const LINE: f32 = 48.0;

/// Draws an exhibit.
pub fn exhibit_ui(
    ui: &mut Ui,
    core: &Core,
    exhibit: &'static Exhibit,
    state: &mut ExhibitState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let frame = Frame::new().fill(colour(theme.neutral.canvas)).inner_margin(Margin::symmetric(20, 10));
    let made = core.exhibits.made(exhibit.meta.id).map(|made| made.display.clone());
    Panel::top(("exhibit head", exhibit.meta.id)).frame(frame).resizable(false).show_separator_line(false).show(
        ui,
        |ui| {
            head_ui(ui, core, exhibit, made.is_some(), commands);
        },
    );
    let Some(display) = made else {
        let sentence = "Working it out…";
        CentralPanel::no_frame().show(ui, |ui| empty_state(ui, theme, exhibit.meta.icon, sentence, |_| {}));
        return;
    };
    if let Some(detail) = state.detail.and_then(|at| display.details.get(at)) {
        let frame = Frame::new().fill(colour(theme.neutral.panel)).inner_margin(Margin::symmetric(16, 8));
        let most = (ui.available_height() * 0.6).max(90.0);
        let panel = Panel::bottom(("exhibit detail", exhibit.meta.id)).frame(frame).resizable(true);
        let is_closed = panel
            .default_size(190.0_f32.min(most))
            .size_range(80.0_f32.min(most)..=most)
            .show(ui, |ui| detail_ui(ui, core, exhibit, detail, commands))
            .inner;
        if is_closed {
            state.detail = None;
        }
    }
    CentralPanel::no_frame().show(ui, |ui| drawing_ui(ui, core, exhibit, &display, state, commands));
}

/// The question, the choices, and what can be done with the whole.
fn head_ui(ui: &mut Ui, core: &Core, exhibit: &'static Exhibit, is_made: bool, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            for (icon, label, command) in [
                (Icon::Export, "Export this analysis", Command::Action("file.export")),
                (Icon::Copy, "Copy its table", Command::CopyExhibitTable),
                (Icon::Image, "Copy it as a picture", Command::CopyPicture { as_svg: false }),
            ] {
                if icon_button(ui, theme, icon, label, false, is_made).clicked() {
                    commands.push(command);
                }
            }
            ui.add_space(8.0);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let title = text(exhibit.meta.title, theme.sizes.text.section).color(colour(theme.neutral.ink));
                ui.add(egui::Label::new(title).truncate());
                let question =
                    text(exhibit.meta.question, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
                ui.add(egui::Label::new(question).wrap());
            });
        });
    });
    let choices = (exhibit.choices)(core.document());
    if choices.len() > 1 {
        ui.add_space(6.0);
        choices_ui(ui, core, exhibit, &choices, commands);
    }
    let is_stale = is_made && !core.exhibits.is_fresh(exhibit.meta.id, core.document().revision());
    if is_stale {
        let words = "Being worked out for the present version; what you see is older.";
        ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    }
}

/// Few choices side by side, many in a list.
fn choices_ui(ui: &mut Ui, core: &Core, exhibit: &'static Exhibit, choices: &[Choice], commands: &mut Vec<Command>) {
    const FEW: usize = 4;
    const WIDEST: f32 = 110.0;
    let theme = core.theme();
    let id = exhibit.meta.id;
    let wanted = core.exhibits.choice(id);
    let chosen = choices.iter().position(|choice| choice.key == wanted).unwrap_or(0);
    let choose =
        |place: usize| choices.get(place).map(|choice| Command::ChooseInExhibit { id, choice: choice.key.clone() });
    let widest = choices.iter().map(|choice| Measure::bundled().width(&choice.label, theme.sizes.text.caption));
    let widest = widest.fold(0.0, f32::max) + 26.0;
    if choices.len() <= FEW && widest <= WIDEST.max(ui.available_width() / choices.len() as f32) {
        let words: Vec<(&str, &str)> =
            choices.iter().map(|choice| (choice.label.as_str(), exhibit.meta.question)).collect();
        let width = (widest * choices.len() as f32).min(ui.available_width());
        ui.allocate_ui(Vec2::new(width, theme.sizes.row.compact), |ui| {
            ui.set_width(width);
            commands.extend(segmented(ui, theme, id, &words, chosen).and_then(choose));
        });
        return;
    }
    let label = choices.get(chosen).map_or("", |choice| choice.label.as_str());
    let shown = Measure::bundled().ellipsize(label, theme.sizes.text.name, 280.0).text;
    let button = text_button(ui, theme, ButtonLook::Plain, Some(Icon::ChevronDown), &shown);
    egui::Popup::menu(&button).show(|ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for (place, choice) in choices.iter().enumerate() {
                let icon = (place == chosen).then_some(Icon::Check);
                if menu_item(ui, theme, icon, &choice.label, "", true).clicked() {
                    commands.extend(choose(place));
                }
            }
        });
    });
}

/// What stands behind a place; whether it is to be closed.
fn detail_ui(ui: &mut Ui, core: &Core, exhibit: &Exhibit, detail: &Detail, commands: &mut Vec<Command>) -> bool {
    let theme = core.theme();
    let mut is_closed = false;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            is_closed = icon_button(ui, theme, Icon::Close, "Close the list", false, true).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = text(&detail.title, theme.sizes.text.label).color(colour(theme.neutral.ink));
                ui.add(egui::Label::new(title).truncate());
            });
        });
    });
    ui.spacing_mut().item_spacing.y = 1.0;
    let height = theme.sizes.row.comfortable - 1.0;
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, height, detail.lines.len(), |ui, seen| {
        for place in seen {
            let Some(line) = detail.lines.get(place) else { continue };
            let element = line.element.filter(|element| core.document().contains(*element));
            let label =
                if line.value.is_empty() { line.text.clone() } else { format!("{}, {}", line.text, line.value) };
            let row = Row {
                id: Id::unique(("exhibit line", exhibit.meta.id, place)),
                icon: element.map(|element| icon_of(core.document(), element)),
                name: &line.text,
                detail: &line.value,
                badge: None,
                depth: 0,
                open: None,
                selected: element.is_some_and(|element| core.selection() == [element]),
                label: &label,
            };
            let response = row.show(ui, theme).response;
            if let Some(element) = element {
                lead(&response, element, commands);
            }
        }
    });
    is_closed
}

/// A click selects, so that the inspector tells and takes more; a double click goes to a view that shows it.
fn lead(response: &egui::Response, element: crate::model::ElementRef, commands: &mut Vec<Command>) {
    if response.double_clicked() {
        commands.push(Command::Reveal(element));
    } else if response.clicked() {
        commands.push(Command::Select(vec![element]));
        commands.push(Command::Hint("A double click goes to a view that shows it.".to_owned()));
    }
}

fn drawing_ui(
    ui: &mut Ui,
    core: &Core,
    exhibit: &'static Exhibit,
    display: &Arc<Display>,
    state: &mut ExhibitState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let whole = ui.max_rect();
    let area = Rect::from_min_max(whole.min, whole.max - Vec2::splat(TRACK));
    let id = Id::unique(("exhibit", exhibit.meta.id));
    let response = ui.interact(area, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, exhibit.meta.title));
    let width = ((area.width() - 2.0 * MARGIN) / state.zoom).round().max(1.0);
    state.lay_out(display, width);
    let Some((_, _, drawn)) = state.drawn.take() else { return };
    let content = drawn.size * state.zoom + Vec2::splat(2.0 * MARGIN);
    let most = (content - area.size()).max(Vec2::ZERO);
    scroll(ui, core, &response, state, area, most);
    state.scroll = state.scroll.clamp(Vec2::ZERO, most);
    let origin = (area.min + Vec2::splat(MARGIN) - state.scroll).round();
    let camera = camera(area, origin, state.zoom);
    let is_stale = !core.exhibits.is_fresh(exhibit.meta.id, core.document().revision());
    ui.scope(|ui| {
        if is_stale {
            ui.set_opacity(0.45);
        }
        paint(ui, theme, &drawn, &camera, &mut state.texts);
    });
    spots_ui(ui, core, exhibit, &drawn, &camera, state, commands);
    for (axis, track) in [
        (0, Rect::from_min_max(Pos2::new(area.left(), area.bottom()), Pos2::new(area.right(), whole.bottom()))),
        (1, Rect::from_min_max(Pos2::new(area.right(), area.top()), Pos2::new(whole.right(), area.bottom()))),
    ] {
        let bar = Bar { axis, track, content: content[axis], most: most[axis] };
        bar.show(ui, core, id, &mut state.scroll);
    }
    state.drawn = Some((display.clone(), width, drawn));
}

/// The wheel, and the keys where nothing else wants them.
fn scroll(ui: &Ui, core: &Core, response: &egui::Response, state: &mut ExhibitState, area: Rect, most: Vec2) {
    match wheel(ui, response) {
        Some(Wheel::Scroll(by)) => state.scroll -= by,
        Some(Wheel::Zoom(factor)) => {
            let zoom = (state.zoom * factor).clamp(ZOOM.0, ZOOM.1);
            state.scroll *= zoom / state.zoom;
            state.zoom = zoom;
        }
        None => {}
    }
    let is_in_front = core.panes.front_exhibit() == exhibit_of(response, core);
    if !is_in_front || ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    ui.input(|input| {
        let by = |forward: Key, back: Key, step: f32| {
            (input.num_presses(forward) as f32 - input.num_presses(back) as f32) * step
        };
        let page = area.height() * 0.9;
        state.scroll.y += by(Key::ArrowDown, Key::ArrowUp, LINE) + by(Key::PageDown, Key::PageUp, page);
        state.scroll.x += by(Key::ArrowRight, Key::ArrowLeft, LINE);
        if input.key_pressed(Key::Home) {
            state.scroll.y = 0.0;
        }
        if input.key_pressed(Key::End) {
            state.scroll.y = most.y;
        }
    });
}

/// The exhibit that this surface belongs to, if it is in front of some pane.
fn exhibit_of(response: &egui::Response, core: &Core) -> Option<&'static str> {
    core.panes.exhibits_in_front().find(|id| Id::unique(("exhibit", *id)) == response.id)
}

/// The places that can be clicked, and those that only say something.
fn spots_ui(
    ui: &Ui,
    core: &Core,
    exhibit: &Exhibit,
    drawn: &Drawn,
    camera: &Camera,
    state: &mut ExhibitState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let seen = camera.viewport();
    let world = camera.world_rect();
    let place = |(place, spot): (usize, &'_ Spot)| {
        let grid = drawn.frozen.iter().find(|grid| grid.rect.contains(spot.rect.center()));
        let (rect, is_covered) = grid.map_or((spot.rect, false), |grid| grid.place(spot, world));
        (!is_covered && !spot.label.is_empty()).then(|| (place, camera.screen_rect(rect).intersect(seen)))
    };
    let in_sight = drawn.spots.iter().enumerate().filter_map(place).filter(|(_, rect)| rect.is_positive());
    let in_sight = in_sight.filter_map(|(place, rect)| Some((place, drawn.spots.get(place)?, rect)));
    for (place, spot, rect) in in_sight.take(MOST_SPOTS) {
        let id = Id::unique(("exhibit spot", exhibit.meta.id, place));
        let Some(target) = spot.target else {
            let response = ui.interact(rect, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spot.label));
            if spot.says_more {
                response.on_hover_text(text(&spot.label, theme.sizes.text.body));
            }
            continue;
        };
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spot.label));
        let is_shown = match target {
            Target::Element(element) => core.selection() == [element],
            Target::Detail(at) => state.detail == Some(at),
        };
        if response.hovered() || response.has_focus() || is_shown {
            let strong = response.has_focus() || is_shown;
            let ink = if strong { theme.accent.base } else { theme.neutral.line_strong };
            let ring = Stroke::new(if strong { 1.5 } else { 1.0 }, colour(ink));
            ui.painter().with_clip_rect(seen).rect_stroke(
                rect.expand2(Vec2::new(3.0, 0.0)),
                4.0,
                ring,
                StrokeKind::Inside,
            );
        }
        match target {
            Target::Element(element) if core.document().contains(element) => lead(&response, element, commands),
            Target::Detail(at) if response.clicked() => state.detail = Some(at),
            Target::Element(_) | Target::Detail(_) => {}
        }
        if spot.says_more {
            response.on_hover_text(text(&spot.label, theme.sizes.text.body));
        }
    }
}
