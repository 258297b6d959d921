//! Hiding and showing what is below or inside an element.

use crate::edit::nest::{Boxes, Nest, frame_around, union};
use crate::edit::pictures::Pictures;
use crate::edit::rules::{can_show, is_line, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Hides what is below or inside an element of a view, or shows it again.
///
/// A folded sub-flow has the natural size of its text; unfolded, it reaches around what is shown inside it, and what
/// the view does not show of its inside yet is shown, to be arranged. Steps without an inside are not folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Collapse {
    /// The view.
    pub view: ViewId,
    /// The element that stays to be seen.
    pub element: ElementRef,
    /// Whether what is below it is hidden.
    pub collapsed: bool,
}

impl Collapse {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        if is_line(self.element) {
            return Err("There is nothing below a line.".to_owned());
        }
        let is_plain = |step: &Step| !step.kind.has_inside();
        if matches!(self.element, ElementRef::Step(id) if document.get::<Step>(id).is_some_and(is_plain)) {
            return Err("There is nothing inside a step of this kind.".to_owned());
        }
        if let Verdict::No(reason) = can_show(document, self.view, self.element) {
            return Err(reason);
        }
        let now = document.placement_of(self.view, self.element).is_some_and(|(_, placement)| placement.collapsed);
        Ok(now != self.collapsed)
    }
}

impl EditAction for Collapse {
    fn label(&self, document: &Document) -> String {
        format!("{} {}", if self.collapsed { "Collapse" } else { "Expand" }, named(document, self.element))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        if !self.collapsed && !pictures.shows(self.element) {
            return Ok(());
        }
        pictures.change(transaction, self.element, |placement| placement.collapsed = self.collapsed)?;
        match self.element {
            ElementRef::Step(step) if self.collapsed => {
                pictures.change(transaction, step.into(), |placement| placement.size = None)
            }
            ElementRef::Step(step) => unfold(transaction, &mut pictures, step),
            _ => Ok(()),
        }
    }
}

/// Shows what is inside a sub-flow, and the events on the borders of that, in a box around all of it.
fn unfold(transaction: &mut Transaction, pictures: &mut Pictures, step: StepId) -> Result<(), EditError> {
    let nest = Nest::of(transaction.document());
    let inside = nest.inside(step);
    for node in inside {
        let on_border = match node {
            FlowNode::Step(inner) => nest.attached(*inner),
            FlowNode::Gateway(_) | FlowNode::Event(_) => &[],
        };
        for element in std::iter::once(node).chain(on_border).map(|node| ElementRef::from(*node)) {
            if !pictures.shows(element) {
                pictures.change(transaction, element, |_| {})?;
            }
        }
    }
    let boxes = Boxes::new(transaction.document(), pictures, &nest);
    let areas = inside.iter().filter_map(|node| boxes.area(*node)).map(frame_around);
    let Some(all) = areas.reduce(union) else { return Ok(()) };
    pictures.change(transaction, step.into(), |placement| {
        placement.center = Some(all.center());
        placement.size = Some(Size::new(all.width, all.height));
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    #[test]
    fn a_sub_flow_is_folded_to_a_step_and_unfolded_around_its_inside() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let flow = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Flow") });
        let shown = document.insert(Step { parent: Some(flow), ..Step::new(process, "Shown") });
        let hidden = document.insert(Step { parent: Some(flow), ..Step::new(process, "Not yet shown") });
        let size = Some(Size::new(400.0, 300.0));
        for (step, size) in [(flow, size), (shown, Some(Size::new(100.0, 40.0)))] {
            let center = Some(Point::new(200.0, 100.0));
            document.insert(Placement { center, size, ..Placement::unplaced(view, step.into()) });
        }
        let edit = |element: StepId, collapsed| Collapse { view, element: element.into(), collapsed };
        let folded = apply(&document, &edit(flow, true).into()).unwrap().document;
        let placement = |document: &Document, step: StepId| {
            document.placement_of(view, step.into()).map(|(_, shown)| (shown.center, shown.size, shown.collapsed))
        };
        let center = Some(Point::new(200.0, 100.0));
        assert_eq!(placement(&folded, flow), Some((center, None, true)));
        let open = apply(&folded, &edit(flow, false).into()).unwrap().document;
        let around = (Some(Point::new(200.0, 91.0)), Some(Size::new(132.0, 90.0)), false);
        assert_eq!(placement(&open, flow), Some(around));
        assert_eq!(placement(&open, hidden), Some((None, None, false)));
        let refused = edit(shown, true).can_apply(&document);
        assert_eq!(refused, Verdict::No("There is nothing inside a step of this kind.".to_owned()));
    }
}
