//! The view in front as a list in reading order, in step with the selection: to be walked by keyboard, to be read
//! aloud. One Tab stop: the arrows move within it, Enter goes to the canvas, F2 renames.

use std::sync::Arc;

use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};
use rustc_hash::FxHashMap;

use super::outline_row::row_ui;
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::empty_state;
use crate::model::*;
use crate::scene::accessible_label;
use crate::scene::icon::Icon;
use crate::scene::outline::{OutlineLine, OutlineOrder, OutlinePart, outline};

/// What the outline remembers.
#[derive(Debug, Default)]
pub struct OutlineState {
    order: OutlineOrder,
    listed: Option<Listed>,
    /// The line that the keyboard is on.
    at: usize,
    /// The selection when the list was last in step with it.
    selection: Vec<ElementRef>,
}

/// The lines, kept until the document, the view or the order changes.
#[derive(Debug)]
struct Listed {
    document: Arc<Document>,
    view: ViewId,
    order: OutlineOrder,
    lines: Arc<Vec<OutlineLine>>,
    /// The line of each element, its jumps left out.
    line_of: FxHashMap<ElementRef, usize>,
}

impl Listed {
    fn new(document: &Arc<Document>, view: ViewId, order: OutlineOrder) -> Self {
        let lines = outline(document, view, order);
        let mut line_of = FxHashMap::default();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.part != OutlinePart::Jump) {
            line_of.entry(line.element).or_insert(index);
        }
        Self { document: document.clone(), view, order, lines: Arc::new(lines), line_of }
    }
}

/// Draws the outline.
pub fn outline_ui(ui: &mut Ui, core: &Core, state: &mut OutlineState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(view) = core.active_view() else {
        empty_state(ui, theme, Icon::ListTree, "Open a view to read it as a list.", |_| {});
        return;
    };
    if let Some(ViewKind::Process { .. }) = core.active_kind() {
        order_ui(ui, core, state);
    } else {
        ui.add_space(6.0);
    }
    let document = core.editor.document();
    let is_fresh =
        |kept: &Listed| Arc::ptr_eq(&kept.document, document) && kept.view == view && kept.order == state.order;
    let listed = state.listed.take().filter(is_fresh).unwrap_or_else(|| Listed::new(document, view, state.order));
    if listed.lines.is_empty() {
        empty_state(ui, theme, Icon::ListTree, "The view shows nothing yet.", |_| {});
    } else {
        list_ui(ui, core, state, &listed, commands);
    }
    state.listed = Some(listed);
}

/// Whether a process reads along its flow or lane by lane.
fn order_ui(ui: &mut Ui, core: &Core, state: &mut OutlineState) {
    let theme = core.theme();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.add_space(2.0);
        for (order, label) in [(OutlineOrder::Flow, "By flow"), (OutlineOrder::Lanes, "By lane")] {
            let chosen = state.order == order;
            let ink = if chosen { theme.accent.ink } else { theme.neutral.ink_second };
            let words = crate::app::widgets::text(label, theme.sizes.text.caption).color(colour(ink));
            let mut button = egui::Button::new(words).min_size(Vec2::new(0.0, 24.0));
            button = if chosen { button.fill(colour(theme.accent.soft)) } else { button.frame_when_inactive(false) };
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, label));
            if response.clicked() {
                state.order = order;
            }
        }
    });
    ui.add_space(2.0);
}

fn list_ui(ui: &mut Ui, core: &Core, state: &mut OutlineState, listed: &Listed, commands: &mut Vec<Command>) {
    let lines = listed.lines.clone();
    let (height, gap) = (core.theme().sizes.row.comfortable - 1.0, 1.0);
    let id = Id::unique("outline list");
    let whole = ui.available_rect_before_wrap();
    let list = ui.interact(whole, id, Sense::focusable_noninteractive());
    describe(ui, core, &list, lines.len());
    let moved = follow_selection(core, state, listed) | keys(ui, core, state, &list, &lines, commands);
    state.at = state.at.min(lines.len().saturating_sub(1));
    ui.spacing_mut().item_spacing.y = gap;
    ScrollArea::vertical().id_salt("outline").auto_shrink([false, false]).show(ui, |ui| {
        let start = ui.cursor().top();
        let (left, width) = (ui.max_rect().left(), ui.available_width());
        let row_at = |index: usize| {
            Rect::from_min_size(egui::pos2(left, start + (height + gap) * index as f32), Vec2::new(width, height))
        };
        if moved {
            ui.scroll_to_rect(row_at(state.at).expand2(Vec2::new(0.0, height)), None);
        }
        let visible = ui.clip_rect().y_range();
        let first = (((visible.min - start) / (height + gap)).floor().max(0.0) as usize).min(lines.len());
        let last = (((visible.max - start) / (height + gap)).ceil().max(0.0) as usize).min(lines.len());
        ui.allocate_space(Vec2::new(width, (height + gap) * lines.len() as f32));
        for (index, line) in lines.iter().enumerate().take(last).skip(first) {
            let focused = list.has_focus() && index == state.at;
            let response = row_ui(ui, core, row_at(index), index, line, focused);
            row_node(ui, core, &response, line, index, lines.len());
            if response.clicked() {
                state.at = index;
                list.request_focus();
                choose(line, commands);
            }
            if response.double_clicked() {
                commands.push(Command::Rename(line.element));
            }
        }
    });
    if list.has_focus() {
        let row = lines.get(state.at).map(|line| super::outline_row::row_id(state.at, line));
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        ui.accesskit_node_builder(id, |node| {
            if let Some(row) = row {
                node.set_active_descendant(row.accesskit_id());
            }
        });
        let ring = egui::Stroke::new(1.0, colour(core.theme().accent.base));
        ui.painter().rect_stroke(whole.shrink(1.0), 4.0, ring, egui::StrokeKind::Inside);
    }
}

fn describe(ui: &Ui, core: &Core, list: &Response, count: usize) {
    let view = core.active_view().map_or("", |view| core.document().name_of(view.into()));
    ui.accesskit_node_builder(list.id, |node| {
        node.set_role(Role::Tree);
        node.set_label(format!("Outline of {view}, {count} lines"));
    });
}

fn row_node(ui: &Ui, core: &Core, row: &Response, line: &OutlineLine, index: usize, count: usize) {
    let label = accessible_label(core.document(), line.element);
    let label = match (line.part, line.lead.is_empty()) {
        (_, true) => label,
        (OutlinePart::Jump, _) => format!("{} {label}", line.lead),
        (_, false) => format!("{}: {label}", line.lead),
    };
    let selected = core.selection().contains(&line.element) && line.part != OutlinePart::Jump;
    row.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, selected, &label));
    ui.accesskit_node_builder(row.id, |node| {
        node.set_level(line.depth + 1);
        node.set_position_in_set(index + 1);
        node.set_size_of_set(count);
        node.set_selected(selected);
        let words = core.tally.words(line.element);
        if !words.is_empty() {
            node.set_description(words);
        }
    });
}

/// Moves to the line of what was selected elsewhere; whether it did.
fn follow_selection(core: &Core, state: &mut OutlineState, listed: &Listed) -> bool {
    if state.selection == core.selection() {
        return false;
    }
    state.selection = core.selection().to_vec();
    // A jump line stands for the element as well as its own line does.
    let stays = listed.lines.get(state.at).is_some_and(|line| state.selection.contains(&line.element));
    let found = state.selection.iter().find_map(|element| listed.line_of.get(element));
    match found {
        Some(index) if !stays => state.at = *index,
        _ => return false,
    }
    true
}

/// Takes the keys of the list; whether the line changed.
fn keys(
    ui: &Ui,
    core: &Core,
    state: &mut OutlineState,
    list: &Response,
    lines: &[OutlineLine],
    commands: &mut Vec<Command>,
) -> bool {
    if !list.has_focus() {
        return false;
    }
    const PAGE: usize = 12;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = lines.len().saturating_sub(1);
    let depth = |index: usize| lines.get(index).map_or(0, |line| line.depth);
    let at = state.at.min(last);
    let next = if pressed(Key::ArrowDown) {
        (at + 1).min(last)
    } else if pressed(Key::ArrowUp) {
        at.saturating_sub(1)
    } else if pressed(Key::PageDown) {
        (at + PAGE).min(last)
    } else if pressed(Key::PageUp) {
        at.saturating_sub(PAGE)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else if pressed(Key::ArrowLeft) {
        // To what it hangs below, or stands in.
        (0..at).rev().find(|index| depth(*index) < depth(at)).unwrap_or(at)
    } else if pressed(Key::ArrowRight) {
        if at < last && depth(at + 1) > depth(at) { at + 1 } else { at }
    } else {
        at
    };
    if pressed(Key::Enter)
        && let Some(line) = lines.get(at)
    {
        list.surrender_focus();
        choose(line, commands);
        return false;
    }
    let is_chosen = lines.get(next).is_some_and(|line| core.single_selection() == Some(line.element));
    if next != at || (!is_chosen && next != state.at) {
        state.at = next;
        if let Some(line) = lines.get(next) {
            choose(line, commands);
        }
        return true;
    }
    false
}

fn choose(line: &OutlineLine, commands: &mut Vec<Command>) {
    commands.push(Command::Select(vec![line.element]));
    commands.push(Command::Camera(CameraMove::ShowSelection));
}
