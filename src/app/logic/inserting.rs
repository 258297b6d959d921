//! New elements: with the pointer on a canvas that can show them, at once elsewhere.

use crate::app::App;
use crate::app::canvas::{NewElement, Tool};
use crate::app::command::Command;
use crate::edit::{AddNode, AddProcess, Edit, Insert};
use crate::model::*;

impl App {
    pub(super) fn insert(&mut self, new: NewElement, at_once: bool, now_secs: f64) {
        let on_canvas = self.core.active_kind().is_some_and(|kind| new.fits(kind));
        if on_canvas && !at_once {
            self.core.tool = Tool::Place(new);
            self.core.hint =
                format!("Click where the {} goes, or press Enter for the usual place. Esc gives up.", new.word());
            return;
        }
        if let Some(edit) = self.edit_for(new) {
            self.create(&edit, true, now_secs);
        }
    }

    /// The edit that adds an element without a place: beside or below the selection where that has a meaning.
    fn edit_for(&mut self, new: NewElement) -> Option<Edit> {
        let selected = self.core.single_selection();
        let document = self.core.document();
        let unit = selected.and_then(|element| match element {
            ElementRef::Unit(id) => Some(id),
            ElementRef::Role(id) => document.get::<Role>(id)?.unit,
            _ => None,
        });
        let process = match self.core.active_kind() {
            Some(ViewKind::Process { process, .. }) => Some(*process),
            _ => None,
        };
        let after = selected.and_then(|element| FlowNode::try_from(element).ok());
        if let NewElement::Process = new {
            return Some(AddProcess { name: "New process".to_owned() }.into());
        }
        let record = new.record(process, unit)?;
        if new.is_node() {
            let Some(process) = process else {
                self.commands.push(Command::Hint("Open the view of a process first.".to_owned()));
                return None;
            };
            return Some(AddNode { view: self.core.active_view(), ..AddNode::new(process, record, after) }.into());
        }
        Some(Insert { records: vec![record], show_in: Vec::new() }.into())
    }
}
