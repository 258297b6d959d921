//! Down into what a step stands for, and back up.

use crate::app::App;
use crate::app::notice::Notice;
use crate::edit::{AddView, Edit, Extract};
use crate::model::*;
use crate::scene;

impl App {
    /// Opens the view of what is behind a step; makes one where there is none yet.
    pub(super) fn open_inside(&mut self, step: StepId, now_secs: f64) {
        let Some(inside) = self.core.document().inside_of(step) else { return };
        let above = self.core.active_view();
        let known = self.core.document().view_of_inside(inside);
        let Some(view) = known.or_else(|| self.add_view_of(inside, now_secs)) else { return };
        if let (Inside::Called(_), Some(above)) = (inside, above.filter(|above| *above != view)) {
            self.core.came_from.insert(view, above);
        }
        self.open_view(view);
        self.select(Vec::new());
    }

    fn add_view_of(&mut self, inside: Inside, now_secs: f64) -> Option<ViewId> {
        let document = self.core.document();
        let edit = match inside {
            Inside::SubFlow(step) => {
                let process = document.get::<Step>(step)?.process;
                let view = View::inside(name_or(document, step.into(), "Sub-flow"), process, step);
                AddView { view, contents: scene::contents_inside(document, step) }
            }
            Inside::Called(process) => {
                let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
                let contents = scene::contents(document, &kind);
                AddView { view: View::new(name_or(document, process.into(), "Process"), kind), contents }
            }
        };
        let committed = self.commit(&edit.into(), now_secs)?;
        committed.created.iter().find_map(|element| match element {
            ElementRef::View(view) => Some(*view),
            _ => None,
        })
    }

    /// Opens the view one level up and selects the step that stands for the view in front.
    pub(super) fn go_up(&mut self) {
        let Some(view) = self.core.active_view() else { return };
        let Some(above) = self.core.path_to(view).iter().rev().nth(1).copied() else { return };
        let document = self.core.document();
        let record = document.get::<View>(view);
        let step = match record.and_then(|record| record.within) {
            Some(step) => Some(step),
            None => record.and_then(View::process).and_then(|called| caller(document, above, called)),
        };
        self.open_view(above);
        if let Some(step) = step {
            self.parts.canvases.entry(above).or_default().reveal(step.into());
        }
        self.select(step.map(ElementRef::from).into_iter().collect());
    }

    /// Extracts steps, and selects the new step in the view in front.
    pub(super) fn extract(&mut self, edit: &Extract, now_secs: f64) {
        let Some(committed) = self.commit(&Edit::from(edit.clone()), now_secs) else { return };
        self.place_new(now_secs);
        let new = committed.created.iter().copied().find(|element| matches!(element, ElementRef::Step(_)));
        let Some(ElementRef::Step(step)) = new else { return };
        self.select(vec![step.into()]);
        let words = format!("“{}” stands for what was extracted.", self.core.document().name_of(step.into()));
        self.notify(Notice::done(words));
    }
}

/// The step of a view that calls a process.
fn caller(document: &Document, view: ViewId, called: ProcessId) -> Option<StepId> {
    document.placements_in(view).find_map(|(_, placement)| match placement.element {
        ElementRef::Step(id) if document.inside_of(id) == Some(Inside::Called(called)) => Some(id),
        _ => None,
    })
}

fn name_or(document: &Document, element: ElementRef, otherwise: &str) -> String {
    let name = document.name_of(element).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { otherwise.to_owned() } else { name }
}
