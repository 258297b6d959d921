//! In which views an element is to be seen, by a box, a line, a lane or a row or column.

use std::collections::BTreeSet;

use super::*;

impl Document {
    /// The views in which an element is to be seen, in the order of their list. One pass over the placements.
    pub fn views_showing(&self, element: ElementRef) -> Vec<ViewId> {
        let drawn = self.views_drawing(element);
        let shows = |id: ViewId, view: &View| match &view.kind {
            ViewKind::Matrix(matrix) => self.is_in_matrix(matrix, element),
            _ => drawn.contains(&id),
        };
        let mut views: Vec<(i32, ViewId)> =
            self.views.iter().filter(|(id, view)| shows(*id, view)).map(|(id, view)| (view.order, id)).collect();
        views.sort_unstable();
        views.into_iter().map(|(_, id)| id).collect()
    }

    /// Views with a picture of an element. Lines have none of their own: they are drawn wherever both their ends are.
    fn views_drawing(&self, element: ElementRef) -> BTreeSet<ViewId> {
        let both = |from: ElementRef, to: ElementRef| &self.views_drawing(from) & &self.views_drawing(to);
        match element {
            ElementRef::Flow(id) => match self.flows.get(id) {
                Some(flow) => both(flow.from.into(), flow.to.into()),
                None => BTreeSet::new(),
            },
            ElementRef::Link(id) => match self.links.get(id) {
                // No link begins or ends at a link; a broken file could lead in circles.
                Some(link) if ![link.from, link.to].iter().any(|end| matches!(end, ElementRef::Link(_))) => {
                    both(link.from, link.to)
                }
                _ => BTreeSet::new(),
            },
            _ => {
                let placed = self.placements.iter().filter(|(_, placement)| placement.element == element);
                let mut views: BTreeSet<ViewId> = placed.map(|(_, placement)| placement.view).collect();
                let actor = Actor::try_from(element).ok();
                let stands_for = |view: &View| match element {
                    ElementRef::Process(process) => view.process() == Some(process),
                    _ => actor.is_some() && view.lanes().iter().any(|lane| lane.actor == actor),
                };
                views.extend(self.views.iter().filter(|(_, view)| stands_for(view)).map(|(id, _)| id));
                views
            }
        }
    }

    /// Whether a matrix has a row, a column or a cell for an element.
    fn is_in_matrix(&self, matrix: &MatrixView, element: ElementRef) -> bool {
        let subject = |subject: Subject| match subject {
            Subject::Decision(_) => matrix.rows != MatrixRows::Steps,
            Subject::Step(step) => {
                let of_process = |step: &Step| matrix.processes.is_empty() || matrix.processes.contains(&step.process);
                matrix.rows != MatrixRows::Decisions && self.steps.get(step).is_some_and(of_process)
            }
        };
        match element {
            ElementRef::Decision(id) => subject(Subject::Decision(id)),
            ElementRef::Step(id) => subject(Subject::Step(id)),
            ElementRef::Right(id) => self.rights.get(id).is_some_and(|right| subject(right.subject)),
            _ => match Actor::try_from(element) {
                Ok(actor) if !matrix.columns.is_empty() => matrix.columns.contains(&actor),
                Ok(Actor::Role(_)) => true,
                Ok(actor) => self.rights.iter().any(|(_, right)| right.holder == actor && subject(right.subject)),
                Err(_) => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chart, a flow with a lane of the clerk, a matrix of decisions.
    fn firm() -> (Document, Vec<ViewId>, RoleId, Vec<StepId>) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let clerk = document.insert(Role::new("Clerk"));
        let lanes = vec![Lane::new(Some(Actor::Role(clerk)))];
        let kinds = [
            ViewKind::Matrix(MatrixView::default()),
            ViewKind::Process { process, lanes, direction: FlowDirection::default() },
            ViewKind::organisation(None),
        ];
        let names = ["Rights", "Refund", "Chart"];
        let views: Vec<ViewId> =
            kinds.into_iter().zip(names).map(|(kind, name)| document.insert(View::new(name, kind))).collect();
        let steps: Vec<StepId> = ["Take", "Pay"].map(|name| document.insert(Step::new(process, name))).to_vec();
        document.insert(Placement::unplaced(views[2], clerk.into()));
        document.insert(Placement::unplaced(views[1], steps[0].into()));
        (document, views, clerk, steps)
    }

    #[test]
    fn an_actor_is_seen_as_a_box_as_a_lane_and_as_a_column() {
        let (document, views, clerk, steps) = firm();
        assert_eq!(document.views_showing(clerk.into()), views);
        assert_eq!(document.views_showing(steps[0].into()), [views[1]]);
        assert_eq!(document.views_showing(steps[1].into()), []);
    }

    #[test]
    fn a_line_is_seen_where_both_its_ends_are() {
        let (mut document, views, _, steps) = firm();
        let process = document.processes().ids().next().unwrap();
        let flow = document.insert(Flow::new(process, FlowNode::Step(steps[0]), FlowNode::Step(steps[1])));
        assert_eq!(document.views_showing(flow.into()), []);
        document.insert(Placement::unplaced(views[1], steps[1].into()));
        assert_eq!(document.views_showing(flow.into()), [views[1]]);
    }

    #[test]
    fn a_matrix_shows_what_it_was_told_to() {
        let (mut document, views, clerk, steps) = firm();
        let decision = document.insert(Decision::new("Refund"));
        assert_eq!(document.views_showing(decision.into()), [views[0]]);
        let other = document.insert(Role::new("Owner"));
        let columns = vec![Actor::Role(other)];
        let kind = ViewKind::Matrix(MatrixView { rows: MatrixRows::Steps, columns, ..MatrixView::default() });
        document.get_mut::<View>(views[0]).unwrap().kind = kind;
        assert_eq!(document.views_showing(decision.into()), []);
        assert_eq!(document.views_showing(clerk.into()), views[1..]);
        assert_eq!(document.views_showing(steps[1].into()), [views[0]]);
    }
}
