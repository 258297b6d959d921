//! Tabs, selection, going to elements, findings in focus, cameras.

use crate::app::App;
use crate::app::command::CameraMove;
use crate::app::notice::Notice;
use crate::app::panels::SidePage;
use crate::app::panes::{Panes, Tab};
use crate::edit::ShowInView;
use crate::model::*;

impl App {
    pub(super) fn select(&mut self, elements: Vec<ElementRef>) {
        self.core.editor.selection = elements;
        self.core.editor.note_selection_after();
    }

    /// Says what is selected, to those who do not see it.
    pub(super) fn announce(&mut self) {
        /// So many are named; more are counted.
        const NAMED: usize = 3;
        let document = self.core.document();
        let (revision, selection) = &self.announced;
        if *revision == document.revision() && selection == self.core.selection() {
            return;
        }
        let words = match self.core.selection() {
            [] => "Nothing selected".to_owned(),
            [one] => {
                let counts = self.core.tally.words(*one);
                let label = crate::scene::accessible_label(document, *one);
                if counts.is_empty() { format!("Selected: {label}") } else { format!("Selected: {label}. {counts}") }
            }
            few if few.len() <= NAMED => {
                let labels = few.iter().map(|element| crate::scene::accessible_label(document, *element));
                format!("{} selected: {}", few.len(), labels.collect::<Vec<_>>().join("; "))
            }
            many => format!("{} elements selected", many.len()),
        };
        self.announced = (document.revision(), self.core.selection().to_vec());
        self.core.announcement = words;
    }

    /// Selects something else than the evidence being shown: that ends the showing.
    pub(super) fn select_by_hand(&mut self, elements: Vec<ElementRef>) {
        let is_evidence =
            |element: &ElementRef| self.core.focused().is_some_and(|finding| finding.evidence.contains(element));
        if elements.is_empty() || !elements.iter().all(is_evidence) {
            self.core.focused_finding = None;
        }
        self.core.evidence.clear();
        self.select(elements);
    }

    /// Opens a view on request: where the window was before is remembered.
    pub(super) fn jump_to_view(&mut self, view: ViewId) {
        if self.core.active_view() != Some(view) {
            self.leave_place();
        }
        self.open_view(view);
    }

    /// Shows elements in the view in front, side by side in the middle of what is seen of it.
    pub(super) fn show_here(&mut self, elements: Vec<ElementRef>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let middle = self.parts.canvases.entry(view).or_default().center_in_world();
        let places = crate::app::canvas::side_by_side(self.core.document(), &elements, middle);
        let shown = elements.iter().copied().zip(places.into_iter().map(Some)).collect();
        if self.commit(&ShowInView { view, elements: shown }.into(), now_secs).is_some() {
            self.select(elements);
        }
    }

    /// Whether all that is selected is to be seen as lanes in the view in front, and as nothing else there.
    pub(super) fn selects_lanes(&self) -> bool {
        let Some(view) = self.core.active_view() else { return false };
        let document = self.core.document();
        let lanes = document.get::<View>(view).map_or(&[][..], View::lanes);
        let is_lane = |element: &ElementRef| {
            let actor = Actor::try_from(*element).ok();
            let has_lane = actor.is_some() && lanes.iter().any(|lane| lane.actor == actor);
            has_lane && document.placement_of(view, *element).is_none()
        };
        !self.core.selection().is_empty() && self.core.selection().iter().all(is_lane)
    }

    pub(super) fn open_view(&mut self, view: ViewId) {
        if !self.core.document().views().contains(view) {
            return;
        }
        if self.core.active_view() != Some(view) {
            self.core.panes.open(view);
            self.came_to_front();
        }
        self.arrange_unplaced(view);
    }

    /// Puts a tab into a pane, before another tab.
    pub(super) fn place_tab(&mut self, tab: Tab, pane: usize, before: usize) {
        if tab.view().is_none_or(|view| self.core.document().views().contains(view)) {
            self.change_panes(|panes| panes.place(tab, pane, before));
        }
    }

    /// Changes which tabs stand where. Where a pane comes or goes, the views get another width and are shown whole.
    pub(super) fn change_panes(&mut self, change: impl FnOnce(&mut Panes)) {
        let was_split = self.core.panes.is_split();
        change(&mut self.core.panes);
        self.came_to_front();
        if self.core.panes.is_split() != was_split {
            for view in self.core.panes.fronts() {
                self.parts.canvases.entry(view).or_default().request(CameraMove::FitAll);
            }
        }
    }

    /// Gives a pane the keyboard.
    pub(super) fn focus_pane(&mut self, pane: usize) {
        if self.core.panes.active() != pane {
            self.core.panes.focus(pane);
            self.came_to_front();
        }
    }

    /// What was begun or said in the view that was in front before is not meant for this one.
    pub(super) fn came_to_front(&mut self) {
        self.core.hint.clear();
        self.core.tool = crate::app::canvas::Tool::Select;
        if let (Some(view), Some(ViewKind::Matrix(_))) = (self.core.active_view(), self.core.active_kind()) {
            self.parts.matrices.entry(view).or_default().take_keyboard();
        }
    }

    /// Selects an element and shows it: in the view in front if that has it, else in another one.
    pub(super) fn reveal(&mut self, element: ElementRef) {
        let wanted = element;
        let element = self.stand_in(element);
        if let ElementRef::View(view) = element {
            self.open_view(view);
            return;
        }
        match self.view_showing(element) {
            Some(view) => self.show_in(view, element),
            None => {
                let name = self.core.document().name_of(element).to_owned();
                self.notify(Notice::hint(format!("No view shows “{name}” yet. Drag it from the navigator into one.")));
            }
        }
        self.select(vec![wanted]);
    }

    /// Selects an element and shows it in this view.
    pub(super) fn reveal_in(&mut self, view: ViewId, element: ElementRef) {
        self.show_in(view, element);
        self.select(vec![element]);
    }

    fn show_in(&mut self, view: ViewId, element: ElementRef) {
        self.open_view(view);
        self.parts.canvases.entry(view).or_default().reveal(element);
        self.parts.matrices.entry(view).or_default().reveal(element);
    }

    /// What views show of an element: a role in the place of the person who holds it, unless a view shows the person.
    pub(super) fn stand_in(&self, element: ElementRef) -> ElementRef {
        let ElementRef::Person(person) = element else { return element };
        if self.view_showing(element).is_some() {
            return element;
        }
        let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
        let role = self.core.document().roles().iter().find(|(_, role)| holds(role));
        role.map_or(element, |(id, _)| id.into())
    }

    /// A view that shows an element: the one in front, an open one, any.
    pub(super) fn view_showing(&self, element: ElementRef) -> Option<ViewId> {
        let showing = self.core.document().views_showing(element);
        let open = self.core.active_view().into_iter().chain(self.core.panes.fronts()).chain(self.core.panes.views());
        open.chain(showing.iter().copied()).find(|view| showing.contains(view))
    }

    /// Flows without bends of their own have no placement; they are shown where both ends are.
    fn flow_is_shown(&self, view: ViewId, element: ElementRef) -> bool {
        let document = self.core.document();
        let ElementRef::Flow(id) = element else { return false };
        document.get::<Flow>(id).is_some_and(|flow| {
            [flow.from, flow.to].into_iter().all(|end| document.placement_of(view, end.into()).is_some())
        })
    }

    /// Shows the evidence of a finding: opens a view that has it, selects it, dims the rest. Where some of it was selected
    /// by hand, that stays selected.
    pub(super) fn focus_finding(&mut self, index: Option<usize>) {
        if self.core.focused_finding != index {
            self.end_trial();
        }
        let Some(finding) = index.and_then(|index| self.core.findings().get(index)).cloned() else {
            return self.core.leave_finding();
        };
        let by_hand = if self.core.shows_evidence() { Vec::new() } else { self.core.selection().to_vec() };
        let mut evidence: Vec<ElementRef> = finding.evidence.iter().map(|element| self.stand_in(*element)).collect();
        if let Some(first) = evidence.iter().copied().find(|element| self.view_showing(*element).is_some()) {
            self.reveal(first);
        }
        // In a matrix two of the evidence may name a cell.
        if let (Some(right), Some(view)) = (self.right_among(&evidence), self.core.active_view()) {
            self.parts.matrices.entry(view).or_default().reveal(right.into());
        }
        evidence.dedup();
        let is_kept = by_hand.iter().any(|element| finding.evidence.contains(element) || evidence.contains(element));
        self.core.evidence = if is_kept { Vec::new() } else { evidence.clone() };
        self.select(if is_kept { by_hand } else { evidence });
        self.core.focused_finding = index;
        self.core.hint = match finding.remedies.iter().any(|remedy| remedy.fix.is_some()) {
            true => "F8 shows the next finding, Ctrl+F8 previews a remedy, F4 goes to the fields.".to_owned(),
            false => "F8 shows the next finding, F4 goes to the fields.".to_owned(),
        };
    }

    /// The right of the first of these holders on the first decision or step among these that any of them has one on.
    fn right_among(&self, elements: &[ElementRef]) -> Option<RightId> {
        let document = self.core.document();
        elements.iter().find_map(|element| {
            let subject = match *element {
                ElementRef::Decision(id) => Subject::Decision(id),
                ElementRef::Step(id) => Subject::Step(id),
                _ => return None,
            };
            let place = |right: &Right| elements.iter().position(|element| *element == ElementRef::from(right.holder));
            let placed = document.rights_on(subject).filter_map(|(id, right)| Some((place(right)?, id)));
            placed.min_by_key(|(place, _)| *place).map(|(_, id)| id)
        })
    }

    /// The keyboard to the fields of an element; the finding that is shown stays so.
    pub(super) fn go_to_fields(&mut self, element: ElementRef) {
        let focused = self.core.focused_finding;
        self.select(vec![element]);
        self.core.focused_finding = focused;
        self.core.evidence.clear();
        self.show_side(SidePage::Details);
        self.parts.inspector.focus_name();
    }

    pub(super) fn rename(&mut self, element: ElementRef) {
        self.select(vec![element]);
        let in_canvas = self.core.active_view().is_some_and(|view| {
            self.core.document().placement_of(view, element).is_some() || self.flow_is_shown(view, element)
        });
        match self.core.active_view().filter(|_| in_canvas) {
            Some(view) => self.parts.canvases.entry(view).or_default().rename(element),
            None => self.parts.inspector.focus_name(),
        }
    }

    /// Leaves the group that was entered in the canvas in front; what it consists of.
    pub(super) fn leave_group(&mut self) -> Option<Vec<ElementRef>> {
        let view = self.core.active_view()?;
        self.parts.canvases.get_mut(&view)?.leave_group(self.core.editor.document(), view)
    }

    /// Opens the menu of types on the canvas in front.
    pub(super) fn choose_type(&mut self, elements: Vec<ElementRef>) {
        if let Some(view) = self.core.active_view() {
            self.parts.canvases.entry(view).or_default().choose_type(elements);
        }
    }

    pub(super) fn move_camera(&mut self, camera: CameraMove) {
        if let Some(id) = self.core.panes.front_exhibit() {
            self.parts.exhibits.entry(id).or_default().request(camera);
        }
        if let Some(view) = self.core.active_view() {
            self.parts.canvases.entry(view).or_default().request(camera);
            self.parts.matrices.entry(view).or_default().request(camera);
        }
    }
}
