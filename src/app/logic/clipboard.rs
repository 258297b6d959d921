//! Copying and pasting elements; text that comes from elsewhere becomes elements.

use egui::Context;
use rustc_hash::FxHashSet;

use crate::app::App;
use crate::app::core::Duplicated;
use crate::app::notice::Notice;
use crate::edit::{Clip, LineKind, Paste, Sequence};
use crate::model::{ElementRef, Point, ViewId, ViewKind};
use crate::storage;

/// Where a first copy goes, seen from its original.
const BESIDE: Point = Point { x: 24.0, y: 24.0 };

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

    /// Makes new things like these. The next time, copies that were moved since tell how far away they go.
    pub(super) fn duplicate(&mut self, elements: &[ElementRef], by: Option<Point>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let by = by.or_else(|| self.last_distance(view, elements)).unwrap_or(BESIDE);
        let clip = Clip::copy(self.core.document(), Some(view), elements);
        let label = match elements {
            [one] => match self.core.document().name_of(*one) {
                "" => format!("Duplicate {}", one.kind().word()),
                name => format!("Duplicate “{name}”"),
            },
            many => format!("Duplicate {} elements", many.len()),
        };
        let at = clip.middle().map(|middle| Point::new(middle.x + by.x, middle.y + by.y));
        let paste = Paste { clip, view: Some(view), at, as_new: true };
        let edit = Sequence { label, edits: vec![paste.into()] }.into();
        let before = self.core.document().revision();
        self.create(&edit, false, now_secs);
        if self.core.document().revision() != before {
            let copies = self.core.selection().to_vec();
            self.core.duplicated = Some(Duplicated { view, originals: elements.to_vec(), copies });
        }
    }

    /// How far the copies of the last duplication stand from their originals, if it is them that are duplicated.
    fn last_distance(&self, view: ViewId, elements: &[ElementRef]) -> Option<Point> {
        let last = self.core.duplicated.as_ref().filter(|last| last.view == view)?;
        let same: FxHashSet<&ElementRef> = elements.iter().collect();
        if same.len() != last.copies.len() || !last.copies.iter().all(|copy| same.contains(copy)) {
            return None;
        }
        let middle = |elements: &[ElementRef]| Clip::copy(self.core.document(), Some(view), elements).middle();
        let (from, to) = (middle(&last.originals)?, middle(&last.copies)?);
        Some(Point::new(to.x - from.x, to.y - from.y))
    }

    /// Those of some elements that the view in front shows as boxes.
    pub(super) fn boxes_in_front(&self, elements: &[ElementRef]) -> Vec<ElementRef> {
        let Some(view) = self.core.active_view() else { return Vec::new() };
        let document = self.core.document();
        let placed = document.placements_in(view).filter(|(_, placement)| placement.center.is_some());
        let shown: FxHashSet<ElementRef> = placed.map(|(_, placement)| placement.element).collect();
        elements.iter().copied().filter(|element| shown.contains(element)).collect()
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
            Some(text) => match clip_from(text, self.core.active_kind()) {
                Some(clip) => clip,
                None => return,
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

/// What a text on the clipboard means: elements that were copied before, or lines that become elements.
fn clip_from(text: &str, kind: Option<&ViewKind>) -> Option<Clip> {
    let copied = text.trim_start().starts_with("(");
    if copied
        && let Ok((document, _)) = storage::load_str(text, "clipboard")
        && let Some(clip) = Clip::from_document(document)
    {
        return Some(clip);
    }
    let lines = match kind {
        Some(ViewKind::Process { .. }) => LineKind::Steps,
        _ => LineKind::Units,
    };
    Clip::of_lines(text, lines)
}
