//! Layout of views: on request, and of what has no place yet.

use crate::app::App;
use crate::edit::{ApplyArrangement, Edit};
use crate::model::*;
use crate::scene::{self, Mode};

impl App {
    pub(super) fn arrange(&mut self, view: ViewId, only_new: bool, now_secs: f64) {
        let mode = if only_new { Mode::OnlyNew } else { Mode::Everything };
        if let Some(edit) = arrangement(self.core.document(), view, mode) {
            if self.edited_in_batch {
                self.join(&edit, now_secs);
            } else {
                self.commit(&edit, now_secs);
            }
            if !only_new {
                self.parts.canvases.entry(view).or_default().request(crate::app::command::CameraMove::FitAll);
            }
        }
    }

    /// Finds places for elements of the view in front that have none, as part of the step that made them.
    pub(super) fn place_new(&mut self, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        if has_unplaced(self.core.document(), view)
            && let Some(edit) = arrangement(self.core.document(), view, Mode::OnlyNew)
        {
            self.join(&edit, now_secs);
        }
    }

    /// Makes an arrangement part of the step before it, so that one undo takes both back.
    fn join(&mut self, edit: &Edit, now_secs: f64) {
        match self.core.editor.commit_with_last(edit, now_secs) {
            Ok(_) => self.keep_valid(),
            Err(error) => log::warn!("the view could not be arranged: {error}"),
        }
    }

    /// Arranges a view that was never arranged: of an imported or hand-written file. It is part of opening, not a step.
    pub(super) fn arrange_unplaced(&mut self, view: ViewId) {
        if !has_unplaced(self.core.document(), view) {
            return;
        }
        let placed_any = self.core.document().placements_in(view).any(|(_, placement)| placement.center.is_some());
        let mode = if placed_any { Mode::OnlyNew } else { Mode::Everything };
        if let Some(edit) = arrangement(self.core.document(), view, mode)
            && let Err(error) = self.core.editor.amend(&edit)
        {
            log::warn!("the view could not be arranged: {error}");
        }
    }
}

fn has_unplaced(document: &Document, view: ViewId) -> bool {
    let needs_place =
        |placement: &Placement| placement.center.is_none() && !matches!(placement.element, ElementRef::Flow(_));
    document.placements_in(view).any(|(_, placement)| needs_place(placement))
}

/// The edit that arranges a view; none for one that arranges itself.
fn arrangement(document: &Document, view: ViewId, mode: Mode) -> Option<Edit> {
    let name = &document.get::<View>(view)?.name;
    let label = match mode {
        Mode::Everything => format!("Arrange “{name}”"),
        Mode::OnlyNew => format!("Place what is new in “{name}”"),
    };
    if document.get::<View>(view)?.kind.arranges_itself() {
        return None;
    }
    let arrangement = scene::arrange(document, view, mode);
    let edit = ApplyArrangement {
        view,
        centers: arrangement.centers,
        lanes: (!arrangement.lanes.is_empty()).then_some(arrangement.lanes),
        bends: arrangement.bends,
        label,
    };
    Some(edit.into())
}
