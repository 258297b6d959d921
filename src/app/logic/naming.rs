//! Names edited in place: keeps them and goes on to the next element.

use crate::app::App;
use crate::app::command::{Named, Then};
use crate::model::*;

impl App {
    /// Keeps a name. A step that asks has become a gateway by it, which is then what the hand is on.
    pub(super) fn named(&mut self, named: Named, now_secs: f64) {
        let mut element = named.element;
        if let Some(edit) = &named.edit {
            // The name of what was made last belongs to its making: one undo takes both back.
            let last = self.core.editor.done().last();
            let is_new = self.unnamed.take() == Some(element) && last.is_some_and(|step| step.made(element));
            let committed = if is_new { self.commit_with_last(edit, now_secs) } else { self.commit(edit, now_secs) };
            let Some(committed) = committed else { return };
            if !self.core.document().contains(element) {
                let gateway = committed.created.iter().find(|created| matches!(created, ElementRef::Gateway(_)));
                element = gateway.copied().unwrap_or(element);
            }
            self.place_new(now_secs);
        }
        if !self.core.document().contains(element) {
            return;
        }
        self.select(vec![element]);
        if !named.remark.is_empty() {
            self.core.hint = named.remark;
        }
        if named.then != Then::Stay
            && let Some(view) = self.core.active_view()
        {
            self.parts.canvases.entry(view).or_default().go_on(element, named.then);
        }
    }
}
