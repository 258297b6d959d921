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
        ctx.copy_text(storage::clip_to_text(&clip));
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
            Some(text) => storage::clip_from_text(text).unwrap_or_else(|| Clip::lines(text)),
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
