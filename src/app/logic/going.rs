//! Going to places and coming back: the trail of jumps, and the search that shows its results while one walks them.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::command::{Command, FindEnd};
use crate::app::dialogs::Dialog;
use crate::app::jobs::JobResult;
use crate::app::places::{Place, Stay};
use crate::model::{ElementRef, ViewId};
use crate::search::Index;

impl App {
    /// Where the window is now; none where no view is open.
    pub(super) fn place(&self) -> Option<Place> {
        let view = self.core.active_view()?;
        let camera = self.parts.canvases.get(&view).map(crate::app::canvas::CanvasState::pose);
        Some(Place { view, camera, selection: self.core.selection().to_vec() })
    }

    /// Remembers where the window is, before a jump. A view that was never drawn is no place to come back to.
    pub(super) fn leave_place(&mut self) {
        let was_seen = |view| self.parts.canvases.contains_key(&view) || self.parts.matrices.contains_key(&view);
        if let Some(place) = self.place().filter(|place| was_seen(place.view)) {
            self.core.places.leave(place);
        }
    }

    pub(super) fn go_back(&mut self) {
        let (now, document) = (self.place(), self.core.editor.document().clone());
        match self.core.places.back(now, &document) {
            Some(place) => self.return_to(place),
            None => "There is no place before this one.".clone_into(&mut self.core.hint),
        }
    }

    pub(super) fn go_forward(&mut self) {
        let (now, document) = (self.place(), self.core.editor.document().clone());
        match self.core.places.forward(now, &document) {
            Some(place) => self.return_to(place),
            None => "There is no place after this one.".clone_into(&mut self.core.hint),
        }
    }

    fn return_to(&mut self, place: Place) {
        self.open_view(place.view);
        if let Some(pose) = place.camera {
            self.parts.canvases.entry(place.view).or_default().request_pose(pose);
        }
        let document = self.core.editor.document().clone();
        let still_there = place.selection.into_iter().filter(|element| document.contains(*element));
        let selection: Vec<ElementRef> = still_there.collect();
        if let [one] = selection.as_slice() {
            self.parts.matrices.entry(place.view).or_default().reveal(*one);
        }
        self.select_by_hand(selection);
    }

    /// Opens the search, and keeps in mind where the window was.
    pub(super) fn open_find(&mut self) {
        if self.parts.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Find(_))) {
            return;
        }
        let (place, panes) = (self.place(), self.core.panes.clone());
        self.core.places.before_search = Some(Stay { place, panes, selection: self.core.selection().to_vec() });
        self.parts.dialogs.push(Dialog::find());
    }

    /// Shows a result of the search. Views that are opened only for that are closed again by the next one.
    pub(super) fn preview(&mut self, element: ElementRef) {
        if self.fly_to(element) {
            self.core.hint.clear();
        } else {
            "No view shows it.".clone_into(&mut self.core.hint);
        }
        self.drop_previews();
    }

    /// Closes views that a search has opened and that are not in front.
    fn drop_previews(&mut self) {
        let Some(stay) = &self.core.places.before_search else { return };
        let front = self.core.active_view();
        let stays = |view: ViewId| stay.panes.views().any(|open| open == view) || Some(view) == front;
        self.core.panes.retain(stays);
    }

    /// Ends the search: at a result, where it has led to, or where the window was before.
    pub(super) fn end_find(&mut self, end: FindEnd) {
        self.parts.dialogs.retain(|dialog| !matches!(dialog, Dialog::Find(_)));
        let Some(stay) = self.core.places.before_search.take() else { return };
        match end {
            FindEnd::GoTo(element) => {
                self.remember_stay(stay);
                if !self.fly_to(element) {
                    self.reveal(element);
                }
            }
            FindEnd::Stay => self.remember_stay(stay),
            FindEnd::GiveUp => {
                self.core.panes = stay.panes;
                self.keep_valid();
                match stay.place {
                    Some(place) => self.return_to(place),
                    None => self.select_by_hand(stay.selection),
                }
            }
        }
    }

    fn remember_stay(&mut self, stay: Stay) {
        if let Some(place) = stay.place {
            self.core.places.leave(place);
        }
    }

    /// Brings an element into the middle of a view that shows it, near enough to be read, and selects it. False where
    /// no view shows it; then it is selected all the same, so that the inspector tells about it.
    fn fly_to(&mut self, element: ElementRef) -> bool {
        let shown = self.stand_in(element);
        if let ElementRef::View(view) = shown {
            self.open_view(view);
            return true;
        }
        let view = self.view_showing(shown);
        if let Some(view) = view {
            self.open_view(view);
            self.parts.canvases.entry(view).or_default().fly_to(shown);
            self.parts.matrices.entry(view).or_default().reveal(shown);
        }
        self.select_by_hand(vec![element]);
        view.is_some()
    }

    /// Keeps the index of what can be found up to date while somebody searches.
    pub(super) fn refresh_index(&mut self, ctx: &Context) {
        let searches = |dialog: &Dialog| matches!(dialog, Dialog::Find(_) | Dialog::Palette(_));
        if !self.parts.dialogs.iter().any(searches) {
            return;
        }
        let document = self.core.editor.document().clone();
        match &self.core.index {
            Some(index) if Arc::ptr_eq(index.document(), &document) => {}
            Some(index) => self.core.index = Some(Arc::new(index.of_version(&document))),
            None if self.indexing == Some(self.lineage) => {}
            None => {
                self.indexing = Some(self.lineage);
                let lineage = self.lineage;
                self.jobs.start_aside(move || {
                    let index = Arc::new(Index::of(&document));
                    JobResult::Commands(vec![Command::Indexed { index, lineage }])
                });
                if self.jobs.is_inline() {
                    self.take_results(ctx);
                    ctx.request_repaint();
                }
            }
        }
    }

    /// Takes an index that was made beside the window, unless another project was opened meanwhile.
    pub(super) fn indexed(&mut self, ctx: &Context, index: Arc<Index>, lineage: u64) {
        if lineage == self.lineage {
            self.core.index = Some(index);
            self.indexing = None;
            self.refresh_index(ctx);
            ctx.request_repaint();
        }
    }
}
