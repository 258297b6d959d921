//! Views that show a whole show what is new in it: a process view every node of its process, the view of a sub-flow
//! every node inside that, an organisation chart every unit, role and body below its root.
//!
//! What was taken out of a view stays out; only what is new to the whole, or moves into it, is shown. Flows have no
//! picture of their own until their line is recorded: they are shown wherever both their ends are.

use crate::edit::pictures::Pictures;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let news: Vec<(ElementRef, Change)> = news(before, document);
    if news.is_empty() {
        return Ok(());
    }
    let mut shows: Vec<(ViewId, Vec<ElementRef>)> = Vec::new();
    for (id, view) in document.views().iter().filter(|(id, _)| !transaction.is_as_drawn(*id)) {
        let elements = match &view.kind {
            ViewKind::Process { process, .. } => new_nodes(document, &news, *process, view.within),
            ViewKind::Organisation { root: None, .. } => new_members(&news),
            ViewKind::Organisation { root: Some(root), .. } => new_below(before, document, &news, *root),
            ViewKind::Board | ViewKind::Matrix(_) => continue,
        };
        if !elements.is_empty() {
            shows.push((id, elements));
        }
    }
    for (view, elements) in shows {
        let mut pictures = Pictures::of(transaction.document(), view);
        for element in elements {
            if !pictures.shows(element) && !is_folded_away(transaction.document(), &pictures, element) {
                pictures.change(transaction, element, |_| {})?;
            }
        }
    }
    Ok(())
}

/// Whether an element is a node right inside a sub-flow that is shown closed; unfolding that shows it.
fn is_folded_away(document: &Document, pictures: &Pictures, element: ElementRef) -> bool {
    let around = FlowNode::try_from(element).ok().and_then(|node| document.parent_of(node));
    let picture = around.and_then(|step| pictures.get(step.into())).and_then(|id| document.get::<Placement>(id));
    picture.is_some_and(|picture| picture.collapsed)
}

/// What was added, and the units, roles and bodies that changed their place.
fn news(before: &Document, document: &Document) -> Vec<(ElementRef, Change)> {
    let mut news: Vec<(ElementRef, Change)> = Vec::new();
    let added = |change: Change| change == Change::Added;
    for (id, change) in document.units().changes_since(before.units()) {
        let parent = |document: &Document| document.get::<Unit>(id).map(|unit| unit.parent);
        if change != Change::Removed && parent(document) != parent(before) {
            news.push((id.into(), change));
        }
    }
    for (id, change) in document.roles().changes_since(before.roles()) {
        let unit = |document: &Document| document.get::<Role>(id).map(|role| role.unit);
        if change != Change::Removed && unit(document) != unit(before) {
            news.push((id.into(), change));
        }
    }
    for (id, change) in document.bodies().changes_since(before.bodies()) {
        let unit = |document: &Document| document.get::<Body>(id).map(|body| body.unit);
        if change != Change::Removed && unit(document) != unit(before) {
            news.push((id.into(), change));
        }
    }
    let events = document.events().changes_since(before.events());
    news.extend(events.filter(|(_, change)| added(*change)).map(|(id, change)| (id.into(), change)));
    let steps = document.steps().changes_since(before.steps());
    news.extend(steps.filter(|(_, change)| added(*change)).map(|(id, change)| (id.into(), change)));
    let gateways = document.gateways().changes_since(before.gateways());
    news.extend(gateways.filter(|(_, change)| added(*change)).map(|(id, change)| (id.into(), change)));
    news
}

fn new_nodes(
    document: &Document,
    news: &[(ElementRef, Change)],
    process: ProcessId,
    within: Option<StepId>,
) -> Vec<ElementRef> {
    let belongs = |node: FlowNode| {
        document.process_of(node) == Some(process) && within.is_none_or(|step| document.stands_inside(node, step))
    };
    let in_process = |element: &ElementRef| FlowNode::try_from(*element).is_ok_and(belongs);
    news.iter().map(|(element, _)| *element).filter(in_process).collect()
}

fn new_members(news: &[(ElementRef, Change)]) -> Vec<ElementRef> {
    let is_member =
        |element: ElementRef| matches!(element, ElementRef::Unit(_) | ElementRef::Role(_) | ElementRef::Body(_));
    news.iter().filter(|(element, change)| *change == Change::Added && is_member(*element)).map(|(id, _)| *id).collect()
}

/// Units, roles and bodies that are below the root now and were not before.
fn new_below(before: &Document, document: &Document, news: &[(ElementRef, Change)], root: UnitId) -> Vec<ElementRef> {
    let is_below = |document: &Document, element: ElementRef| {
        let Ok(actor) = Actor::try_from(element) else { return false };
        document.contains(element)
            && document.unit_of_actor(actor).is_some_and(|unit| document.unit_is_within(unit, root))
    };
    let is_new = |element: &ElementRef| is_below(document, *element) && !is_below(before, *element);
    let moved_units = news.iter().any(|(element, change)| {
        matches!(element, ElementRef::Unit(_)) && *change == Change::Changed && is_new(element)
    });
    if !moved_units {
        return news.iter().map(|(element, _)| *element).filter(is_new).collect();
    }
    // A moved unit brings along all that is below it.
    let units = document.units().ids().map(ElementRef::from);
    let roles = document.roles().ids().map(ElementRef::from);
    let bodies = document.bodies().ids().map(ElementRef::from);
    units.chain(roles).chain(bodies).filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use crate::edit::{AddNode, Connect, Insert, RemoveFromView, apply};
    use crate::model::*;

    #[test]
    fn a_new_step_appears_in_every_view_of_its_process() {
        let mut document = Document::default();
        let [refund, order] = ["Refund", "Order"].map(|name| document.insert(Process::new(name)));
        let view = |process| {
            View::new("View", ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() })
        };
        let views = [refund, refund, order].map(|process| document.insert(view(process)));
        let applied = apply(&document, &AddNode::new(refund, Step::new(refund, "Pay"), None).into()).unwrap();
        let step = applied.created[0];
        let shown = views.map(|view| applied.document.placement_of(view, step).is_some());
        assert_eq!(shown, [true, true, false]);
    }

    #[test]
    fn a_chart_shows_what_moves_below_its_root_and_not_what_was_hidden() {
        let mut document = Document::default();
        let [north, south] = ["North", "South"].map(|name| document.insert(Unit::new(name)));
        let view = document.insert(View::new("North", ViewKind::organisation(Some(north))));
        let role: ElementRef = document.insert(Role { unit: Some(south), ..Role::new("Clerk") }).into();
        let edit = Connect { from: south.into(), to: north.into(), view: None };
        let document = apply(&document, &edit.into()).unwrap().document;
        assert!(document.placement_of(view, south.into()).is_some());
        assert!(document.placement_of(view, role).is_some());
        let hide = RemoveFromView { view, elements: vec![role] };
        let document = apply(&document, &hide.into()).unwrap().document;
        let add = Insert::one(Role { unit: Some(south), ..Role::new("Second clerk") });
        let applied = apply(&document, &add.into()).unwrap();
        assert!(applied.document.placement_of(view, applied.created[0]).is_some());
        assert!(applied.document.placement_of(view, role).is_none());
    }
}
