//! The menu of the right button in the grid: what can be done with cells, rows and columns.

use egui::{Event, Key, Modifiers, Pos2, Ui};

use super::MatrixState;
use super::cursor::{Cell, Selection};
use super::geometry::{Geometry, Spot};
use super::pointer::new_decision;
use super::sheet::{Sheet, SortBy, element_of};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::menu_item;
use crate::model::*;
use crate::scene::Head;
use crate::scene::icon::Icon;

/// Selects what the right button was pressed on, unless it is selected.
pub fn aim(
    core: &Core,
    state: &mut MatrixState,
    geometry: &Geometry,
    sheet: &Sheet,
    at: Pos2,
    commands: &mut Vec<Command>,
) {
    let spot = geometry.spot(sheet, at);
    let extent = sheet.extent();
    let selection = match &spot {
        Some(Spot::Cell(cell)) if !state.selection.contains(*cell) => Some(Selection::single(*cell)),
        Some(Spot::Row(row)) => {
            let cell = Cell::new(*row, 0);
            Some(Selection { active: cell, ..Selection::single(cell).whole_rows(extent) })
        }
        Some(Spot::Column(column) | Spot::SortColumn(column)) => {
            Some(Selection::single(Cell::new(0, *column)).whole_columns(extent))
        }
        _ => None,
    };
    state.aimed = spot;
    if let Some(selection) = selection {
        state.go_to(core, sheet, selection, commands);
    }
}

/// Draws the menu.
pub fn context_ui(ui: &mut Ui, core: &Core, state: &mut MatrixState, sheet: &Sheet, commands: &mut Vec<Command>) {
    let mut menu = Menu { ui, core, state, sheet, commands };
    match menu.state.aimed.clone() {
        Some(Spot::Row(row)) => {
            let head = sheet.rows.get(row).map(|row| row.head.clone());
            menu.line(head.as_ref());
            menu.ui.separator();
            menu.clipboard();
        }
        Some(Spot::Column(column) | Spot::SortColumn(column)) => {
            let head = sheet.columns.get(column).map(|column| column.head.clone());
            menu.sorts(SortBy::Column(head.clone().unwrap_or(Head::Folded(Vec::new()))));
            menu.ui.separator();
            menu.line(head.as_ref());
            menu.ui.separator();
            menu.clipboard();
        }
        Some(Spot::Sort(by)) => menu.sorts(by),
        _ => {
            menu.clipboard();
            menu.ui.separator();
            menu.fills();
            menu.ui.separator();
            let head = sheet.rows.get(menu.state.selection.active.row).map(|row| row.head.clone());
            menu.line(head.as_ref());
        }
    }
}

struct Menu<'a> {
    ui: &'a mut Ui,
    core: &'a Core,
    state: &'a mut MatrixState,
    sheet: &'a Sheet,
    commands: &'a mut Vec<Command>,
}

impl Menu<'_> {
    fn entry(&mut self, icon: Option<Icon>, label: &str, shortcut: &str) -> bool {
        menu_item(self.ui, self.core.theme(), icon, label, shortcut, true).clicked()
    }

    /// An entry that does what a key does in the grid.
    fn key(&mut self, icon: Option<Icon>, label: &str, key: Key, modifiers: Modifiers) {
        let shortcut = self.ui.ctx().format_shortcut(&egui::KeyboardShortcut::new(modifiers, key));
        if self.entry(icon, label, &shortcut) {
            self.state.press(key, modifiers);
        }
    }

    fn clipboard(&mut self) {
        for (label, action, icon) in [("Copy", "edit.copy", Icon::Copy), ("Paste", "edit.paste", Icon::Paste)] {
            let shortcut = crate::app::actions::action(action).and_then(|action| action.shortcuts.first());
            let shortcut = shortcut.map(|shortcut| self.ui.ctx().format_shortcut(shortcut)).unwrap_or_default();
            if self.entry(Some(icon), label, &shortcut) {
                self.commands.push(Command::Action(action));
            }
        }
        if self.entry(None, "Copy with headings", "")
            && let Some(text) = self.state.copied_with_headings(self.core)
        {
            self.ui.ctx().copy_text(text);
        }
        self.key(None, "Clear", Key::Delete, Modifiers::NONE);
    }

    fn fills(&mut self) {
        self.key(None, "Edit the cell", Key::F2, Modifiers::NONE);
        self.key(None, "Fill down", Key::D, Modifiers::COMMAND);
        self.key(None, "Fill right", Key::R, Modifiers::COMMAND);
        self.key(None, "Fill the selection", Key::Enter, Modifiers::COMMAND);
    }

    fn sorts(&mut self, by: SortBy) {
        let now = self.state.filter.sort.clone();
        for (label, icon, descending) in
            [("Sort from the first", Icon::ArrowUp, false), ("Sort from the last", Icon::ArrowDown, true)]
        {
            if self.entry(Some(icon), label, "") {
                self.state.filter.sort = Some((by.clone(), descending));
            }
        }
        if now.is_some() && self.entry(None, "Order of the project", "") {
            self.state.filter.sort = None;
        }
    }

    /// A picture that shows an element, or of a decision a step or gateway where it is taken.
    fn on_canvas(&self, element: ElementRef) -> Option<(ViewId, ElementRef)> {
        let document = self.core.document();
        let mut shown = vec![element];
        if let ElementRef::Decision(id) = element {
            let decision = document.get::<Decision>(id)?;
            shown.extend(decision.gateways.iter().map(|id| ElementRef::from(*id)));
            shown.extend(decision.steps.iter().map(|id| ElementRef::from(*id)));
        }
        let is_picture =
            |view: &ViewId| !matches!(document.get::<View>(*view).map(|view| &view.kind), Some(ViewKind::Matrix(_)));
        shown
            .into_iter()
            .find_map(|element| Some((document.views_showing(element).into_iter().find(is_picture)?, element)))
    }

    /// What can be done with the decision, step or holder of a row or column.
    fn line(&mut self, head: Option<&Head>) {
        let Some(element) = head.and_then(element_of) else { return };
        let kind = element.kind().word();
        if self.entry(None, &format!("Rename the {kind}"), "") {
            self.commands.push(Command::Rename(element));
        }
        if self.entry(Some(Icon::Eye), &format!("Show the {kind} in the inspector"), "") {
            self.commands.push(Command::Select(vec![element]));
        }
        if let ElementRef::Decision(decision) = element
            && self.entry(Some(Icon::Gauge), "Limits as a ladder", "")
        {
            self.commands.push(Command::OpenLadder(decision));
        }
        if let Some((view, shown)) = self.on_canvas(element)
            && self.entry(Some(Icon::Process), "Show on the canvas", "")
        {
            self.commands.push(Command::RevealIn { view, element: shown });
        }
        if matches!(head, Some(Head::Subject(_))) && self.entry(Some(Icon::Plus), "New decision", "") {
            let near = self.state.selection.active;
            self.commands.push(new_decision(self.core, self.sheet, near));
        }
        if self.entry(Some(Icon::Trash), &format!("Delete the {kind} everywhere"), "") {
            self.commands.push(Command::Delete(vec![element]));
        }
    }
}

impl MatrixState {
    /// Does in the next frame what a key does.
    fn press(&mut self, key: Key, modifiers: Modifiers) {
        self.take_keyboard();
        self.waiting.push_back(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    }
}
