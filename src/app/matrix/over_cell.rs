//! The surface over a cell that is being edited, in grid and register: where it stands, and what ends it.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditOutput;
use egui::{Area, Frame, Id, InputState, Key, Margin, Modifiers, Order, Rect, Stroke, Ui, pos2};

use super::cursor::{Direction, Move};
use crate::app::style::colour;
use crate::scene::theme::Theme;

/// What ends the editing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Keep the text and go there.
    Keep(Option<Move>),
    /// Keep the text in all selected cells to which it can belong.
    KeepEverywhere,
    /// Leave the cell as it was.
    Drop,
}

/// The key that ends the editing, taken before the field sees it.
pub fn end_key(input: &mut InputState) -> Option<End> {
    let ends = [
        (Modifiers::NONE, Key::Escape, End::Drop),
        (Modifiers::COMMAND, Key::Enter, End::KeepEverywhere),
        (Modifiers::SHIFT, Key::Enter, End::Keep(Some(Move::Step(Direction::Up)))),
        (Modifiers::NONE, Key::Enter, End::Keep(Some(Move::Step(Direction::Down)))),
        (Modifiers::SHIFT, Key::Tab, End::Keep(Some(Move::Previous))),
        (Modifiers::NONE, Key::Tab, End::Keep(Some(Move::Next))),
    ];
    ends.into_iter().find(|(modifiers, key, _)| input.consume_key(*modifiers, *key)).map(|(.., end)| end)
}

/// Draws the surface over a cell, within an area; whether the pointer was pressed elsewhere.
pub fn surface_ui(ui: &Ui, theme: &Theme, id: Id, cell: Rect, area: Rect, content: impl FnOnce(&mut Ui)) -> bool {
    let shadow = egui::Shadow { offset: [0, 4], blur: 18, spread: 0, color: colour(theme.neutral.shadow) };
    let frame = Frame::new()
        .fill(colour(theme.neutral.raised))
        .stroke(Stroke::new(1.0, colour(theme.accent.base)))
        .corner_radius(theme.sizes.radius.control)
        .inner_margin(Margin::same(6))
        .shadow(shadow);
    let cell = cell.intersect(area);
    let shown = Area::new(id.with("area"))
        .order(Order::Foreground)
        .fixed_pos(pos2(cell.left() - 7.0, cell.top() - 7.0))
        .constrain_to(area)
        .show(ui.ctx(), |ui| frame.show(ui, content).inner);
    ui.input(|input| {
        input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
    })
}

/// Gives the keyboard to the field, with everything selected or the caret at the end of its text.
pub fn take_keyboard(ui: &Ui, output: &mut TextEditOutput, id: Id, text: &str, selects_all: bool) {
    output.response.response.request_focus();
    let end = CCursor::new(text.chars().count());
    let start = if selects_all { CCursor::new(0) } else { end };
    output.state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    output.state.clone().store(ui.ctx(), id);
}
