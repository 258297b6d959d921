//! What is added at an element: by a click on one of its handles, by a key, or where a connection was dropped on empty
//! ground.

use emath::{Pos2, Rect, Vec2};

use super::NewElement;
use super::pick::{Side, node_of};
use super::tools::{Outcome, Situation, addition, kept};
use crate::edit::{AddNode, Connect, Edit, EditAction as _, Insert, Record, Sequence, Verdict};
use crate::model::*;
use crate::scene::measures::{STEP_HEIGHT, STEP_WIDTH};

/// Free distance between an element and what is added beside it, in world units.
const BESIDE: f32 = 40.0;

/// What most likely comes next.
pub fn likely(from: ElementRef) -> Option<NewElement> {
    match from {
        ElementRef::Unit(_) | ElementRef::Role(_) | ElementRef::Person(_) => Some(NewElement::Role),
        ElementRef::Note(_) => None,
        _ if FlowNode::try_from(from).is_ok() => Some(NewElement::Step),
        _ => Some(NewElement::Note),
    }
}

/// Everything that may come next, in the order of a menu.
pub fn offered(situation: &Situation<'_>, from: ElementRef, at: Option<Pos2>) -> Vec<NewElement> {
    let fits = |new: &NewElement| {
        edit(situation, *new, at, from).is_some_and(|edit| edit.can_apply(situation.document) == Verdict::Yes)
    };
    NewElement::offered(situation.kind).iter().copied().chain(extra(situation)).filter(fits).collect()
}

/// What the tools of a view leave out, though it may be connected there.
fn extra(situation: &Situation<'_>) -> Option<NewElement> {
    situation.process().map(|_| NewElement::Artefact)
}

/// The edit that adds an element and connects it to another one.
pub fn edit(situation: &Situation<'_>, new: NewElement, at: Option<Pos2>, from: ElementRef) -> Option<Edit> {
    let is_chart_child = matches!(from, ElementRef::Unit(_) | ElementRef::Role(_))
        && matches!(new, NewElement::Unit | NewElement::Role | NewElement::Body | NewElement::Note);
    let is_next_node = new.is_node() && FlowNode::try_from(from).is_ok();
    if is_chart_child || is_next_node || new == NewElement::Note {
        return addition(situation, new, at, Some(from));
    }
    let record = new.record(situation.process(), None)?;
    if new.is_node() {
        let process = situation.process()?;
        let add =
            AddNode { view: Some(situation.view), center: at.map(kept), ..AddNode::new(process, record.clone(), None) };
        return connected(situation, from, record, add.into());
    }
    let insert = Insert { records: vec![record.clone()], show_in: vec![(situation.view, at.map(kept))] };
    connected(situation, from, record, insert.into())
}

/// The edit that makes a record, with the connection that leads to it from another element.
fn connected(situation: &Situation<'_>, from: ElementRef, record: Record, add: Edit) -> Option<Edit> {
    let to = next_handle(situation.document, &record)?;
    let label = add.label(situation.document);
    let view = Some(situation.view);
    // A person holds a role, a document is needed by a step: what has a meaning in one direction only is drawn so.
    let direction = |from: ElementRef, to: ElementRef| {
        let edits = vec![add.clone(), Connect { from, to, view }.into()];
        let edit: Edit = Sequence { label: label.clone(), edits }.into();
        (edit.can_apply(situation.document) == Verdict::Yes).then_some(edit)
    };
    direction(from, to).or_else(|| direction(to, from))
}

/// The handle that the next new record of a kind gets: handles are given out in order.
fn next_handle(document: &Document, record: &Record) -> Option<ElementRef> {
    Some(match record {
        Record::Unit(_) => UnitId::from_index(document.units().next_index()).into(),
        Record::Role(_) => RoleId::from_index(document.roles().next_index()).into(),
        Record::Person(_) => PersonId::from_index(document.people().next_index()).into(),
        Record::External(_) => ExternalId::from_index(document.externals().next_index()).into(),
        Record::System(_) => SystemId::from_index(document.systems().next_index()).into(),
        Record::Body(_) => BodyId::from_index(document.bodies().next_index()).into(),
        Record::Step(_) => StepId::from_index(document.steps().next_index()).into(),
        Record::Gateway(_) => GatewayId::from_index(document.gateways().next_index()).into(),
        Record::Event(_) => EventId::from_index(document.events().next_index()).into(),
        Record::Artefact(_) => ArtefactId::from_index(document.artefacts().next_index()).into(),
        Record::Decision(_) => DecisionId::from_index(document.decisions().next_index()).into(),
        _ => return None,
    })
}

/// Adds what most likely comes next, on a side of an element.
pub fn at_side(from: ElementRef, side: Side, situation: &Situation<'_>, out: &mut Outcome) {
    let Some(new) = likely(from) else { return };
    let at = place(from, side, situation).map(|rect| rect.center());
    match edit(situation, new, at, from) {
        Some(edit) => out.create(edit),
        None => out.hint = Some(format!("A {} cannot be added here; drag to connect.", new.word())),
    }
}

/// Where the next element goes on a side of another one: the usual distance away if that is free and the view has places
/// of its own; else the layout finds room.
pub fn place(from: ElementRef, side: Side, situation: &Situation<'_>) -> Option<Rect> {
    if situation.is_chart() || situation.arranges_itself() {
        return None;
    }
    let rect = node_of(situation.scene, from)?.rect;
    let size = Vec2::new(STEP_WIDTH.0, STEP_HEIGHT);
    let reach = (rect.size() + size) / 2.0 + Vec2::splat(BESIDE);
    let outward = side.outward();
    let center = rect.center() + Vec2::new(outward.x * reach.x, outward.y * reach.y);
    let place = Rect::from_center_size(center, size);
    let is_free = situation.scene.nodes_touching(place.expand(8.0)).next().is_none();
    is_free.then_some(place)
}

/// What a click on a handle would do, for the foot of the window.
pub fn hint(from: ElementRef) -> String {
    match likely(from) {
        Some(new) => format!("Click adds a {}; drag connects.", new.word()),
        None => "Drag connects.".to_owned(),
    }
}
