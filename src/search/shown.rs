//! In which views elements are to be seen.

use std::collections::BTreeMap;

use crate::model::*;

/// The views that show each of these elements, in the order of the views. One look through all placements.
///
/// Flows and links are shown where both their ends are; roles and other actors where they have a lane, too; decisions
/// and rights in every matrix; processes in their own views; people where a role of theirs is shown. Elements that no
/// view shows are left out.
pub fn shown_in(document: &Document, elements: &[ElementRef]) -> BTreeMap<ElementRef, Vec<ViewId>> {
    let mut wanted: BTreeMap<ElementRef, Vec<ViewId>> = BTreeMap::new();
    for element in elements {
        wanted.entry(*element).or_default();
        for other in stand_ins(document, *element).into_iter().flatten() {
            wanted.entry(other).or_default();
        }
    }
    let mut note = |element: ElementRef, view: ViewId| {
        if let Some(views) = wanted.get_mut(&element) {
            views.push(view);
        }
    };
    for (_, placement) in document.placements().iter() {
        note(placement.element, placement.view);
    }
    for (id, view) in document.views().iter() {
        for actor in view.lanes().iter().filter_map(|lane| lane.actor) {
            note(actor.into(), id);
        }
        if let Some(process) = view.process() {
            note(process.into(), id);
        }
    }
    let matrices = document.views().iter().filter(|(_, view)| matches!(view.kind, ViewKind::Matrix(_)));
    let matrices: Vec<ViewId> = matrices.map(|(id, _)| id).collect();
    let mut found = BTreeMap::new();
    for element in elements {
        let mut views = wanted.get(element).cloned().unwrap_or_default();
        for group in stand_ins(document, *element) {
            let sets: Vec<&Vec<ViewId>> = group.iter().filter_map(|other| wanted.get(other)).collect();
            let Some(first) = sets.first() else { continue };
            views.extend(first.iter().filter(|view| sets.iter().all(|set| set.contains(view))));
        }
        if matches!(element, ElementRef::Decision(_) | ElementRef::Right(_)) {
            views.extend(&matrices);
        }
        views.sort_unstable_by_key(|view| (document.get::<View>(*view).map(|view| view.order), *view));
        views.dedup();
        if !views.is_empty() {
            found.insert(*element, views);
        }
    }
    found
}

/// What shows an element without a box of its own: groups of elements; one whose members a view shows all is enough.
fn stand_ins(document: &Document, element: ElementRef) -> Vec<Vec<ElementRef>> {
    match element {
        ElementRef::Flow(id) => {
            document.get::<Flow>(id).map(|flow| vec![vec![flow.from.into(), flow.to.into()]]).unwrap_or_default()
        }
        ElementRef::Link(id) => document.get::<Link>(id).map(|link| vec![vec![link.from, link.to]]).unwrap_or_default(),
        ElementRef::Person(id) => {
            let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == id);
            let roles = document.roles().iter().filter(|(_, role)| holds(role));
            roles.map(|(id, _)| vec![ElementRef::from(id)]).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_lanes_lines_and_holders_are_seen() {
        let mut document = Document::default();
        let ana = document.insert(Person::new("Ana"));
        let clerk = document.insert(Role { holders: vec![Holding { person: ana, share: None }], ..Role::new("Clerk") });
        let process = document.insert(Process::new("Refund"));
        let [check, pay] = ["Check", "Pay"].map(|name| document.insert(Step::new(process, name)));
        let flow = document.insert(Flow::new(process, FlowNode::Step(check), FlowNode::Step(pay)));
        let lanes = vec![Lane::new(Some(Actor::Role(clerk)))];
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        let board = document.insert(View::new("Board", ViewKind::Board));
        document.insert(Placement::unplaced(view, check.into()));
        document.insert(Placement::unplaced(view, pay.into()));
        document.insert(Placement::unplaced(board, check.into()));
        let all = [ana.into(), clerk.into(), check.into(), flow.into(), process.into()];
        let shown = shown_in(&document, &all);
        let views = all.map(|element| shown.get(&element).cloned().unwrap_or_default());
        assert_eq!(views, [vec![view], vec![view], vec![view, board], vec![view], vec![view]]);
        assert!(shown_in(&document, &[board.into()]).is_empty());
    }
}
