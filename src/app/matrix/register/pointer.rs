//! The pointer in the register: cells and ranges, headings that sort and move, groups that fold, scrolling.

use egui::{CursorIcon, Id, Pos2, Rect, Response, Ui, Vec2, vec2};

use super::RegisterState;
use super::editor::CellEditor;
use super::place::{Place, Spot};
use super::table::Table;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::cursor::Selection;
use crate::app::matrix::geometry::SCROLL_BAR;
use crate::app::matrix::scrolling::{Bar, Wheel, pressed_at, pull, wheel};
use crate::app::widgets::menu_item;
use crate::model::RegisterColumn;
use crate::scene::icon::Icon;

/// What is dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drag {
    /// A range of cells.
    Cells,
    /// The heading of a column, from where it was pressed.
    Column(usize, Pos2),
}

/// How far a heading is dragged before it moves: less is a click.
const CLICK: f32 = 6.0;

/// Takes what the pointer did.
pub fn pointer_ui(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    response: &Response,
    area: Rect,
    table: &Table,
    commands: &mut Vec<Command>,
) {
    let place = state.place(area, table);
    scroll(ui, state, response, &place);
    let place = state.place(area, table);
    let over = response.contains_pointer();
    if over && let Some(at) = pressed_at(ui) {
        response.request_focus();
        press(ui, core, state, &place, table, at, commands);
    }
    if let Some(drag) = state.drag {
        if ui.input(|input| input.pointer.primary_down()) {
            drag_on(ui, core, state, &place, table, drag, commands);
        } else {
            state.drag = None;
            release(ui, state, &place, table, drag);
        }
    }
    if over
        && response.double_clicked()
        && let Some(at) = ui.input(|input| input.pointer.interact_pos())
        && let Some(Spot::Cell(cell)) = place.spot(table, at)
        && let Some((id, column)) = table.place(cell)
    {
        state.drag = None;
        match column.reason_to_only_read() {
            Some(reason) => commands.push(Command::Hint(reason.to_owned())),
            None => {
                let text = table.cell(cell).map(|(text, _)| text.clone()).unwrap_or_default();
                state.editor = Some(CellEditor::over(id, column, text, false));
            }
        }
    }
    hover(ui, core, state, response, &place, table);
    if let Some(at) = ui.input(|input| input.pointer.interact_pos()).filter(|_| response.secondary_clicked())
        && let Some(Spot::Cell(cell)) = place.spot(table, at)
    {
        state.go_to(core, table, Selection::single(cell), commands);
    }
    response.context_menu(|ui| context_ui(ui, core, state, table, commands));
}

/// The menu of the right button: what can be done with the decision of the active row.
fn context_ui(ui: &mut Ui, core: &Core, state: &RegisterState, table: &Table, commands: &mut Vec<Command>) {
    let Some((decision, _)) = table.place(state.selection.active) else { return };
    let theme = core.theme();
    if menu_item(ui, theme, Some(Icon::Gauge), "Limits as a ladder", "", true).clicked() {
        commands.push(Command::OpenLadder(decision));
    }
    if menu_item(ui, theme, Some(Icon::CircleCheck), "Confirm guesses", "", true).clicked() {
        commands.push(Command::Action("analyse.confirm-guesses"));
    }
    if menu_item(ui, theme, Some(Icon::Eye), "Show the decision in the inspector", "", true).clicked() {
        commands.push(Command::Select(vec![decision.into()]));
    }
}

fn scroll(ui: &Ui, state: &mut RegisterState, response: &Response, place: &Place) {
    match wheel(ui, response).filter(|_| state.editor.is_none()) {
        Some(Wheel::Zoom(factor)) => state.set_zoom(state.zoom * factor),
        Some(Wheel::Scroll(delta)) => state.scroll = (place.scroll - delta).clamp(Vec2::ZERO, place.most_scroll()),
        None => {}
    }
}

fn press(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    place: &Place,
    table: &Table,
    at: Pos2,
    commands: &mut Vec<Command>,
) {
    let modifiers = ui.input(|input| input.modifiers);
    match place.spot(table, at) {
        Some(Spot::Cell(cell)) => {
            let mut selection = state.selection.clone();
            if modifiers.shift {
                selection.head = cell;
            } else if modifiers.command {
                selection.add(cell);
            } else {
                selection = Selection::single(cell);
            }
            state.drag = Some(Drag::Cells);
            state.go_to(core, table, selection, commands);
        }
        Some(Spot::Column(column)) => state.drag = Some(Drag::Column(column, at)),
        Some(Spot::Group(group)) => {
            if let Some(group) = table.groups.get(group)
                && !state.choice.folded.remove(&group.name)
            {
                state.choice.folded.insert(group.name.clone());
            }
        }
        Some(Spot::AddRow) => state.add_decision(core, table, commands),
        None => {}
    }
}

fn drag_on(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    place: &Place,
    table: &Table,
    drag: Drag,
    commands: &mut Vec<Command>,
) {
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    // Beyond the edge the table follows, a little in each frame.
    let body = place.body();
    let push = match drag {
        Drag::Cells => vec2(0.0, pull(at.y, body.y_range())),
        Drag::Column(_, from) if from.distance(at) > CLICK => vec2(pull(at.x, body.x_range()), 0.0),
        Drag::Column(..) => Vec2::ZERO,
    };
    let scroll = (place.scroll + push).clamp(Vec2::ZERO, place.most_scroll());
    if scroll != place.scroll {
        state.scroll = scroll;
        ui.ctx().request_repaint();
    }
    if drag == Drag::Cells {
        let head = place.nearest_cell(table, at);
        if head != state.selection.head {
            let selection = Selection { head, ..state.selection.clone() };
            state.go_to(core, table, selection, commands);
        }
    }
}

/// Where a heading that is dragged would go: the index of the column, if it is dragged far enough.
pub fn dropped_column(place: &Place, table: &Table, drag: Option<Drag>, at: Option<Pos2>) -> Option<(usize, usize)> {
    let (Some(Drag::Column(column, from)), Some(at)) = (drag, at) else { return None };
    if column == 0 || from.distance(at) <= CLICK {
        return None;
    }
    let passed = |other: &usize| place.x_range(table, *other).center() < at.x;
    let count = (1..table.columns.len()).filter(|other| *other != column).filter(passed).count();
    Some((column, count + 1))
}

fn release(ui: &Ui, state: &mut RegisterState, place: &Place, table: &Table, drag: Drag) {
    let Drag::Column(column, from) = drag else { return };
    let at = ui.input(|input| input.pointer.latest_pos());
    if let Some((from, to)) = dropped_column(place, table, Some(drag), at) {
        state.choice.move_column(from, to);
    } else if at.is_none_or(|at| from.distance(at) <= CLICK)
        && let Some(column) = table.columns.get(column)
    {
        state.choice.sort_by(column.column);
    }
}

/// Cursor and tooltip.
fn hover(ui: &Ui, core: &Core, state: &mut RegisterState, response: &Response, place: &Place, table: &Table) {
    let at = response.hover_pos().filter(|_| response.contains_pointer());
    let spot = at.and_then(|at| place.spot(table, at));
    state.hovered = spot;
    match spot {
        Some(Spot::Group(_) | Spot::AddRow | Spot::Column(_)) => ui.ctx().set_cursor_icon(CursorIcon::PointingHand),
        Some(Spot::Cell(_)) => ui.ctx().set_cursor_icon(CursorIcon::Cell),
        None => {}
    }
    if state.drag.is_some() || state.editor.is_some() {
        return;
    }
    let Some(words) = spot.and_then(|spot| tooltip(table, spot)) else { return };
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(360.0);
        ui.label(crate::app::widgets::text(words, core.theme().sizes.text.body));
    });
}

fn tooltip(table: &Table, spot: Spot) -> Option<String> {
    match spot {
        Spot::Cell(cell) => {
            let (text, is_guess) = table.cell(cell)?;
            let guess =
                if *is_guess { "\nA guess: nobody has confirmed it yet. Type over it, or press Ctrl+G." } else { "" };
            (!text.is_empty()).then(|| format!("{text}{guess}"))
        }
        Spot::Column(column) => {
            let column = table.columns.get(column)?.column;
            let way =
                if column == RegisterColumn::Name { "A click sorts." } else { "A click sorts, dragging moves it." };
            Some(format!("{}\n{way}", column.help()))
        }
        Spot::Group(group) => table.groups.get(group).map(|group| match group.folded {
            true => format!("{}: click to show its rows", group.name),
            false => format!("{}: click to fold its rows away", group.name),
        }),
        Spot::AddRow => Some("Adds a decision in the area of the active row".to_owned()),
    }
}

/// Draws the bars that show where one is.
pub fn scroll_bars_ui(ui: &Ui, core: &Core, state: &mut RegisterState, grid: Id, place: &Place) {
    let (body, content, most) = (place.body(), place.content(), place.most_scroll());
    let below = Rect::from_min_size(body.left_bottom(), vec2(body.width(), SCROLL_BAR));
    let beside = Rect::from_min_size(body.right_top(), vec2(SCROLL_BAR, body.height()));
    for (axis, track) in [below, beside].into_iter().enumerate() {
        let bar = Bar { axis, track, content: content[axis], most: most[axis] };
        bar.show(ui, core, grid, &mut state.scroll);
    }
}
