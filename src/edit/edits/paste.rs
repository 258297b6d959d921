//! Pasting from the clipboard.

use crate::edit::rules::{all_finite, need_view};
use crate::edit::wording::{counted, with_kind};
use crate::edit::{Clip, EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Pastes a clip: as new things, or as one more picture of the same things.
#[derive(Clone, Debug, PartialEq)]
pub struct Paste {
    /// What was copied.
    pub clip: Clip,
    /// The view into which it is pasted. Nodes become part of the process of a process view.
    pub view: Option<ViewId>,
    /// Where the middle of what is pasted comes to lie; beside the place of the original where it is none.
    pub at: Option<Point>,
    /// Whether to make new things with the same names. Otherwise what exists here (by its key) is shown once more, and
    /// only what does not exist is made.
    pub as_new: bool,
}

impl Paste {
    fn check(&self, document: &Document) -> Result<bool, String> {
        all_finite(&self.at)?;
        if let Some(view) = self.view {
            need_view(document, view)?;
        }
        crate::edit::pasting::check(document, self).map(|()| true)
    }
}

impl EditAction for Paste {
    fn label(&self, _document: &Document) -> String {
        let verb = if self.as_new { "Paste" } else { "Show" };
        match self.clip.main_elements().as_slice() {
            [one] => format!("{verb} {}", with_kind(self.clip.document(), *one)),
            many => format!("{verb} {}", counted(many)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.clip.elements().is_empty() {
            return Verdict::Ignore;
        }
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::pasting::paste(transaction, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn process_view(document: &Document) -> ViewId {
        document.views().iter().find(|(_, view)| view.process().is_some()).map(|(id, _)| id).unwrap()
    }

    fn names(document: &Document, elements: impl IntoIterator<Item = ElementRef>) -> Vec<&str> {
        elements.into_iter().map(|element| document.name_of(element)).collect()
    }

    #[test]
    fn new_steps_come_with_their_flow_and_performer_and_keep_their_places() {
        let document = start();
        let view = process_view(&document);
        let steps: Vec<ElementRef> = document.steps().ids().take(2).map(ElementRef::from).collect();
        let clip = Clip::copy(&document, Some(view), &steps);
        let edit = Paste { clip, view: Some(view), at: Some(Point::new(500.0, 120.0)), as_new: true };
        let applied = apply(&document, &edit.into()).unwrap();
        assert_eq!(applied.label, "Paste 2 steps");
        let after = applied.document;
        assert_eq!((after.steps().len(), after.flows().len(), after.roles().len()), (5, 3, 2));
        let place = |element: ElementRef| after.placement_of(view, element).and_then(|(_, shown)| shown.center);
        assert_eq!(names(&after, applied.created[..2].iter().copied()), ["Check", "Allow"]);
        assert_eq!(place(applied.created[0]), Some(Point::new(560.0, 180.0)));
        assert_eq!(place(applied.created[1]), Some(Point::new(440.0, 60.0)));
    }

    #[test]
    fn sub_flows_come_with_their_inside_and_borders_and_the_lines_between() {
        let mut document = start();
        let view = process_view(&document);
        let process = document.processes().ids().next().unwrap();
        let sub_flow = |name: &str| Step { kind: StepKind::SubFlow, ..Step::new(process, name) };
        // The inner one has the lower handle.
        let inner = document.insert(sub_flow("Inner"));
        let outer = document.insert(sub_flow("Outer"));
        document.get_mut::<Step>(inner).unwrap().parent = Some(outer);
        let leaf = document.insert(Step { parent: Some(inner), ..Step::new(process, "Leaf") });
        let event = Event::new(process, EventKind::Intermediate, "Late");
        let event = document.insert(Event { attached: Some(leaf), parent: Some(inner), ..event });
        let end = document.insert(Event { parent: Some(inner), ..Event::new(process, EventKind::End, "") });
        document.insert(Flow::new(process, FlowNode::Step(leaf), FlowNode::Event(end)));
        let note = document.insert(Note::new("Mind the step"));
        document.insert(Link::new(LinkKind::Association, note, leaf));
        let place = |document: &mut Document, step: StepId, x: f64, size| {
            let center = Some(Point::new(x, 60.0));
            document.insert(Placement { center, size, ..Placement::unplaced(view, step.into()) });
        };
        place(&mut document, outer, 700.0, Some(Size::new(300.0, 100.0)));
        place(&mut document, inner, 700.0, Some(Size::new(200.0, 80.0)));
        let other = document.insert(sub_flow("Other"));
        place(&mut document, other, 1500.0, Some(Size::new(900.0, 300.0)));

        let clip = Clip::copy(&document, Some(view), &[outer.into(), note.into()]);
        assert_eq!(clip.main_elements().len(), 2);
        let at = Some(Point::new(1500.0, 60.0));
        let applied = apply(&document, &Paste { clip, view: Some(view), at, as_new: true }.into()).unwrap();
        let after = applied.document;
        let made = |name: &str| {
            let mut found =
                after.steps().iter().filter(|(id, step)| step.name == name && !document.contains((*id).into()));
            found.next().unwrap().0
        };
        let parents = ["Outer", "Inner", "Leaf"].map(|name| after.get::<Step>(made(name)).unwrap().parent);
        assert_eq!(parents, [Some(other), Some(made("Outer")), Some(made("Inner"))]);
        let copy = after.events().iter().find(|(id, copy)| copy.attached.is_some() && *id != event).unwrap().1;
        assert_eq!((copy.attached, copy.parent), (Some(made("Leaf")), Some(made("Inner"))));
        assert_eq!((after.flows().len(), after.links().len()), (4, 2));
        assert_eq!(after.links().iter().last().unwrap().1.to, made("Leaf").into());
        // An event alone is none without its step.
        assert_eq!(Clip::copy(&document, None, &[event.into()]).elements(), []);
    }

    #[test]
    fn the_same_things_are_shown_again_by_their_key() {
        let document = start();
        let board = document.views().iter().find(|(_, view)| view.kind == ViewKind::Board).map(|(id, _)| id).unwrap();
        let roles: Vec<ElementRef> = document.roles().ids().map(ElementRef::from).collect();
        let edit = Paste { clip: Clip::copy(&document, None, &roles), view: Some(board), at: None, as_new: false };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(after.roles().len(), 2);
        assert_eq!(after.placements_in(board).count(), 2);
    }

    #[test]
    fn another_project_gets_the_performers_that_it_does_not_have() {
        let document = start();
        let process = document.processes().ids().next().unwrap();
        let clip = Clip::copy(&document, None, &[process.into()]);
        let empty = Document::default();
        let edit = Paste { clip, view: None, at: None, as_new: false };
        let after = apply(&empty, &edit.into()).unwrap().document;
        assert_eq!((after.steps().len(), after.flows().len()), (3, 2));
        let mut roles = names(&after, after.roles().ids().map(ElementRef::from));
        roles.sort_unstable();
        assert_eq!(roles, ["Clerk", "Owner"]);
        assert_eq!(after.placements_in(process_view(&after)).count(), 3);
    }

}
