//! Tabs, selection, going to elements, findings in focus, cameras.

use crate::app::App;
use crate::app::command::CameraMove;
use crate::app::notice::Notice;
use crate::model::*;

impl App {
    pub(super) fn select(&mut self, elements: Vec<ElementRef>) {
        self.core.editor.selection = elements;
        self.core.editor.note_selection_after();
    }

    /// Selects something else than the evidence being shown: that ends the showing.
    pub(super) fn select_by_hand(&mut self, elements: Vec<ElementRef>) {
        let is_evidence =
            |element: &ElementRef| self.core.focused().is_some_and(|finding| finding.evidence.contains(element));
        if elements.is_empty() || !elements.iter().all(is_evidence) {
            self.core.focused_finding = None;
        }
        self.select(elements);
    }

    pub(super) fn open_view(&mut self, view: ViewId) {
        if !self.core.document().views().contains(view) {
            return;
        }
        if self.core.active_view() != Some(view) {
            // What was said about the view before is not true of this one.
            self.core.hint.clear();
        }
        self.core.active_tab = match self.core.tabs.iter().position(|open| *open == view) {
            Some(index) => index,
            None => {
                self.core.tabs.push(view);
                self.core.tabs.len() - 1
            }
        };
        self.core.tool = crate::app::canvas::Tool::Select;
        self.arrange_unplaced(view);
    }

    pub(super) fn close_tab(&mut self, index: usize) {
        if index < self.core.tabs.len() {
            self.core.tabs.remove(index);
            if self.core.active_tab > index || self.core.active_tab >= self.core.tabs.len() {
                self.core.active_tab = self.core.active_tab.saturating_sub(1);
            }
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
            Some(view) => {
                self.open_view(view);
                if let Some(state) = self.parts.canvases.get_mut(&view) {
                    state.reveal(element);
                } else {
                    self.parts.canvases.entry(view).or_default().reveal(element);
                }
                self.parts.matrices.entry(view).or_default().reveal(element);
            }
            None => {
                let name = self.core.document().name_of(element).to_owned();
                self.notify(Notice::hint(format!("No view shows “{name}” yet. Drag it from the navigator into one.")));
            }
        }
        self.select(vec![wanted]);
    }

    /// What views show of an element: a role in the place of the person who holds it, unless a view shows the person.
    fn stand_in(&self, element: ElementRef) -> ElementRef {
        let ElementRef::Person(person) = element else { return element };
        if self.view_showing(element).is_some() {
            return element;
        }
        let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
        let role = self.core.document().roles().iter().find(|(_, role)| holds(role));
        role.map_or(element, |(id, _)| id.into())
    }

    fn view_showing(&self, element: ElementRef) -> Option<ViewId> {
        let document = self.core.document();
        // One look through all placements, not one for each view.
        let flow = match element {
            ElementRef::Flow(id) => document.get::<Flow>(id).map(|flow| [flow.from, flow.to].map(ElementRef::from)),
            _ => None,
        };
        let mut placed: std::collections::BTreeMap<ViewId, (bool, [bool; 2])> = Default::default();
        for (_, placement) in document.placements().iter() {
            let ends = flow.map_or([false; 2], |ends| ends.map(|end| end == placement.element));
            if placement.element == element || ends.contains(&true) {
                let (own, both) = placed.entry(placement.view).or_default();
                *own |= placement.element == element;
                both.iter_mut().zip(ends).for_each(|(both, end)| *both |= end);
            }
        }
        let shows = |view: ViewId| match document.get::<View>(view).map(|view| &view.kind) {
            Some(ViewKind::Matrix(_)) => matches!(element, ElementRef::Decision(_) | ElementRef::Right(_)),
            Some(ViewKind::Process { process, .. }) if element == (*process).into() => true,
            // Flows without bends of their own have no placement; they are shown where both ends are.
            Some(_) => placed.get(&view).is_some_and(|(own, ends)| *own || *ends == [true; 2]),
            None => false,
        };
        let active = self.core.active_view().into_iter();
        let open = self.core.tabs.iter().copied();
        active.chain(open).chain(document.views().ids()).find(|view| shows(*view))
    }

    /// Flows without bends of their own have no placement; they are shown where both ends are.
    fn flow_is_shown(&self, view: ViewId, element: ElementRef) -> bool {
        let document = self.core.document();
        let ElementRef::Flow(id) = element else { return false };
        document.get::<Flow>(id).is_some_and(|flow| {
            [flow.from, flow.to].into_iter().all(|end| document.placement_of(view, end.into()).is_some())
        })
    }

    /// Shows the evidence of a finding: opens a view that has it, selects it, dims the rest.
    pub(super) fn focus_finding(&mut self, index: Option<usize>) {
        self.core.focused_finding = index;
        let Some(finding) = self.core.focused().cloned() else { return };
        let mut evidence: Vec<ElementRef> = finding.evidence.iter().map(|element| self.stand_in(*element)).collect();
        if let Some(first) = evidence.iter().copied().find(|element| self.view_showing(*element).is_some()) {
            self.reveal(first);
        }
        evidence.dedup();
        self.select(evidence);
        self.core.focused_finding = index;
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
        if let Some(view) = self.core.active_view() {
            self.parts.canvases.entry(view).or_default().request(camera);
            self.parts.matrices.entry(view).or_default().request(camera);
        }
    }
}
