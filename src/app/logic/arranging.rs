//! Layout of views: on request, and of what has no place yet.
//!
//! Small pictures are arranged at once; large ones beside the window, from the version that was in front when it was
//! asked for. Either way one step is made, and boxes glide to their new places while they are painted.

use std::sync::Arc;

use crate::app::App;
use crate::app::command::{Arranged, Arranging, CameraMove, Command};
use crate::app::jobs::{Job, JobResult};
use crate::edit::{ApplyArrangement, Edit};
use crate::model::*;
use crate::scene::{self, Arrangement, Mode, Scene};

/// So many pictures are arranged within a frame; more of them beside the window.
const AT_ONCE: usize = 120;

impl App {
    /// Arranges a view. Where an edit was made together with this wish, both are one step.
    pub(super) fn arrange(&mut self, view: ViewId, how: Arranging, now_secs: f64) {
        let joins = self.edited_in_batch;
        self.arrange_as(view, how, joins, now_secs);
    }

    fn arrange_as(&mut self, view: ViewId, how: Arranging, joins: bool, now_secs: f64) {
        self.arrangements += 1;
        let of = self.core.editor.document().clone();
        let begun = Arranged { number: self.arrangements, view, how, of, joins, edit: None };
        let is_small = begun.of.placements_in(view).nth(AT_ONCE).is_none();
        if is_small || self.jobs.is_inline() {
            self.arranged(computed(begun), now_secs);
            return;
        }
        self.core.busy = Some("Arranging…");
        let work = move || JobResult::Commands(vec![Command::Arranged(Box::new(computed(begun)))]);
        self.jobs.start(Job::Other(Box::new(work)));
    }

    /// Takes over an arrangement, unless another one was begun since; computes it again if the document has changed.
    pub(super) fn arranged(&mut self, arranged: Arranged, now_secs: f64) {
        if arranged.number != self.arrangements {
            return;
        }
        if self.core.busy == Some("Arranging…") {
            self.core.busy = None;
        }
        if !Arc::ptr_eq(&arranged.of, self.core.editor.document()) {
            if self.core.document().views().contains(arranged.view) {
                self.arrange_as(arranged.view, arranged.how, false, now_secs);
            }
            return;
        }
        let Some(edit) = arranged.edit else { return };
        let before = self.scene_of(arranged.view);
        if arranged.joins {
            self.join(&edit, now_secs);
        } else {
            self.commit(&edit, now_secs);
        }
        self.glide_in(arranged.view, before);
        if arranged.how != Arranging::ONLY_NEW {
            self.parts.canvases.entry(arranged.view).or_default().request(CameraMove::FindAgain);
        }
    }

    /// Finds places for elements of the view in front that have none, as part of the step that made them.
    pub(super) fn place_new(&mut self, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        if has_unplaced(self.core.document(), view)
            && let Some(edit) = arrangement(self.core.document(), view, &Arranging::ONLY_NEW)
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
        let how = if placed_any { Arranging::ONLY_NEW } else { Arranging::EVERYTHING };
        if let Some(edit) = arrangement(self.core.document(), view, &how)
            && let Err(error) = self.core.editor.amend(&edit)
        {
            log::warn!("the view could not be arranged: {error}");
        }
    }

    /// The picture of the view in front as it is painted now.
    pub(super) fn scene_in_front(&self) -> Option<Arc<Scene>> {
        self.scene_of(self.core.active_view()?)
    }

    fn scene_of(&self, view: ViewId) -> Option<Arc<Scene>> {
        self.core.scenes.get(&view).map(|cached| cached.scene.clone())
    }

    /// Lets the boxes of the view in front glide from where they were in this picture.
    pub(super) fn glide_from(&mut self, before: Option<Arc<Scene>>) {
        if let Some(view) = self.core.active_view() {
            self.glide_in(view, before);
        }
    }

    fn glide_in(&mut self, view: ViewId, before: Option<Arc<Scene>>) {
        if let Some(before) = before.filter(|_| self.core.active_view() == Some(view)) {
            self.parts.canvases.entry(view).or_default().glide_from(before);
        }
    }
}

fn has_unplaced(document: &Document, view: ViewId) -> bool {
    let needs_place = |placement: &Placement| {
        placement.center.is_none() && !matches!(placement.element, ElementRef::Flow(_) | ElementRef::Link(_))
    };
    document.placements_in(view).any(|(_, placement)| needs_place(placement))
}

fn computed(begun: Arranged) -> Arranged {
    let edit = arrangement(&begun.of, begun.view, &begun.how).map(Box::new);
    Arranged { edit, ..begun }
}

/// The edit that arranges a view; none where there is nothing to arrange.
pub(in crate::app) fn arrangement(document: &Document, view: ViewId, how: &Arranging) -> Option<Edit> {
    let (label, arrangement) = match how {
        Arranging::By(mode) => (label_of(mode), scene::arrange(document, view, mode)),
        Arranging::Toward(direction) => {
            let label = match direction {
                FlowDirection::LeftToRight => "Flow left to right",
                FlowDirection::TopToBottom => "Flow top to bottom",
            };
            (label, scene::arrange_toward(document, view, *direction))
        }
    };
    if arrangement.is_empty() {
        return None;
    }
    let Arrangement { centers, sizes, lanes, phases, direction, bends } = arrangement;
    Some(ApplyArrangement { view, centers, sizes, lanes, phases, direction, bends, label: label.to_owned() }.into())
}

fn label_of(mode: &Mode) -> &'static str {
    match mode {
        Mode::Everything => "Arrange view",
        Mode::OnlyNew => "Place what is new",
        Mode::Selection(_) => "Tidy selection",
        Mode::RoutesOnly => "Route lines",
    }
}
