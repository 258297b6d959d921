//! Taking pictures away and deleting things: two commands that must never be mistaken for one another, so each says
//! what it did.

use crate::app::App;
use crate::app::command::Command;
use crate::app::notice::Notice;
use crate::edit::{Edit, Remove, RemoveFromView};
use crate::model::*;

impl App {
    /// Takes elements out of the view in front; the things stay.
    pub(super) fn remove_from_view(&mut self, elements: Vec<ElementRef>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let lane = match elements.as_slice() {
            [one] if self.core.document().placement_of(view, *one).is_none() => Some(*one),
            _ => None,
        };
        let before = self.core.editor.document().clone();
        let edit = RemoveFromView { view, elements }.into();
        if !self.removed(&edit, now_secs) {
            return;
        }
        match lane {
            Some(actor) => {
                let text = lane_report(&before, self.core.document(), actor);
                self.notify(Notice::done(text).with_step("Undo", Command::Undo));
            }
            None => self.core.hint = "Removed from this view; the things themselves stay in the project.".to_owned(),
        }
    }

    /// Deletes elements everywhere and says what went with them.
    pub(super) fn delete(&mut self, elements: Vec<ElementRef>, now_secs: f64) {
        let before = self.core.editor.document().clone();
        let remove = Remove { elements };
        let edit = remove.clone().into();
        if !self.removed(&edit, now_secs) {
            return;
        }
        let report = remove.report(&before);
        if remove.consequences(&before).reach_further() {
            self.notify(Notice::done(report).with_step("Undo", Command::Undo));
        } else {
            self.core.hint = report;
        }
    }

    /// Whether the edit changed anything; a refusal has been shown.
    fn removed(&mut self, edit: &Edit, now_secs: f64) -> bool {
        self.commit(edit, now_secs).is_some_and(|committed| committed.changed)
    }
}

/// What was done when the lane of an actor went: that the actor stays, and what has no performer now.
fn lane_report(before: &Document, after: &Document, actor: ElementRef) -> String {
    let steps = before.steps().iter().filter(|(id, step)| {
        let performs = step.performer.map(ElementRef::from) == Some(actor);
        performs && after.get::<Step>(*id).is_some_and(|step| step.performer.is_none())
    });
    let mut text = format!("The lane is gone; the {} “{}” stays.", actor.kind().word(), after.name_of(actor));
    match steps.count() {
        0 => {}
        1 => text += " 1 step has no performer now.",
        many => text += &format!(" {many} steps have no performer now."),
    }
    text
}
