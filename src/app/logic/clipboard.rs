//! Copying and pasting elements; text that comes from elsewhere becomes elements.

use egui::Context;

use crate::app::App;
use crate::app::notice::Notice;
use crate::edit::{Clip, Paste};
use crate::model::ViewKind;
use crate::storage;

impl App {
    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(view) = self.core.active_view() else { return };
        if let Some(ViewKind::Matrix(_)) = self.core.active_kind() {
            if let Some(text) = self.parts.matrices.entry(view).or_default().copied_text(&self.core) {
                ctx.copy_text(text);
            }
            return;
        }
        let clip = Clip::copy(self.core.document(), Some(view), self.core.selection());
        let count = self.core.selection().len();
        self.core.hint =
            if count == 1 { "Copied one element.".to_owned() } else { format!("Copied {count} elements.") };
        ctx.copy_text(storage::to_string(clip.document()));
        self.core.clip = Some(clip);
    }

    pub(super) fn paste(&mut self, as_new: bool, text: Option<String>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        if let Some(ViewKind::Matrix(_)) = self.core.active_kind() {
            if let Some(text) = text {
                let commands = self.parts.matrices.entry(view).or_default().pasted(&self.core, &text);
                self.commands.extend(commands);
            }
            return;
        }
        let clip = match text.as_deref() {
            Some(text) => match clip_from(text) {
                Some(clip) => clip,
                None => return self.paste_text(text, now_secs),
            },
            None => match self.core.clip.clone() {
                Some(clip) => clip,
                None => {
                    self.notify(Notice::hint("There is nothing to paste yet."));
                    return;
                }
            },
        };
        let at = self.parts.canvases.get(&view).map(|state| state.paste_point());
        let edit = Paste { clip, view: Some(view), at, as_new }.into();
        self.create(&edit, false, now_secs);
    }
}

/// Elements that were copied before, in this window or another one; none for other text.
fn clip_from(text: &str) -> Option<Clip> {
    if !text.trim_start().starts_with('(') {
        return None;
    }
    let (document, _) = storage::load_str(text, "clipboard").ok()?;
    Clip::from_document(document)
}
