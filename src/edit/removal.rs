//! What removing an element takes along, and what becomes of references to it.

use std::collections::BTreeSet;

use super::{EditError, Record, Transaction, lanes};
use crate::model::*;

/// Removes elements with all that cannot be without them. Those that do not exist are passed over.
pub(super) fn remove_all(transaction: &mut Transaction, elements: &[ElementRef]) -> Result<(), EditError> {
    let gone = with_dependents(transaction.document(), elements);
    move_up(transaction, &gone)?;
    drop_lanes(transaction, &gone)?;
    for referring in referring_to(transaction.document(), &gone) {
        empty_references(transaction, referring, &gone)?;
    }
    for element in &gone {
        transaction.remove(*element);
    }
    Ok(())
}

pub(super) type Gone = BTreeSet<ElementRef>;

/// The elements, and everything that goes with them: nodes, flows and views of processes, flows of nodes, rights,
/// placements, charts of removed units.
pub(super) fn with_dependents(document: &Document, elements: &[ElementRef]) -> Gone {
    let mut gone: Gone = elements.iter().copied().filter(|element| document.contains(*element)).collect();
    let has = |gone: &Gone, element: ElementRef| gone.contains(&element);
    let in_process = |gone: &Gone, process: ProcessId| has(gone, process.into());
    let mut more: Vec<ElementRef> = Vec::new();
    more.extend(
        document.steps().iter().filter(|(_, step)| in_process(&gone, step.process)).map(|(id, _)| ElementRef::from(id)),
    );
    more.extend(
        document
            .gateways()
            .iter()
            .filter(|(_, gate)| in_process(&gone, gate.process))
            .map(|(id, _)| ElementRef::from(id)),
    );
    more.extend(
        document
            .events()
            .iter()
            .filter(|(_, event)| in_process(&gone, event.process))
            .map(|(id, _)| ElementRef::from(id)),
    );
    gone.extend(more.drain(..));
    // What stands inside a removed sub-flow, or on the border of a removed step, goes with it, however deep.
    loop {
        let before = gone.len();
        let inside = |parent: Option<StepId>| parent.is_some_and(|step| has(&gone, step.into()));
        more.extend(
            document.steps().iter().filter(|(_, step)| inside(step.parent)).map(|(id, _)| ElementRef::from(id)),
        );
        more.extend(
            document.gateways().iter().filter(|(_, gate)| inside(gate.parent)).map(|(id, _)| ElementRef::from(id)),
        );
        let goes = |event: &Event| inside(event.parent) || inside(event.attached);
        more.extend(document.events().iter().filter(|(_, event)| goes(event)).map(|(id, _)| ElementRef::from(id)));
        gone.extend(more.drain(..));
        if gone.len() == before {
            break;
        }
    }
    let loses_end = |flow: &Flow| has(&gone, flow.from.into()) || has(&gone, flow.to.into());
    more.extend(
        document
            .flows()
            .iter()
            .filter(|(_, flow)| in_process(&gone, flow.process) || loses_end(flow))
            .map(|(id, _)| ElementRef::from(id)),
    );
    let is_lost = |right: &Right| has(&gone, right.subject.into()) || has(&gone, right.holder.into());
    more.extend(document.rights().iter().filter(|(_, right)| is_lost(right)).map(|(id, _)| ElementRef::from(id)));
    let shows_gone = |view: &View| match &view.kind {
        ViewKind::Organisation { root: Some(root), .. } => has(&gone, (*root).into()),
        ViewKind::Process { process, .. } => {
            in_process(&gone, *process) || view.within.is_some_and(|step| has(&gone, step.into()))
        }
        _ => false,
    };
    more.extend(document.views().iter().filter(|(_, view)| shows_gone(view)).map(|(id, _)| ElementRef::from(id)));
    gone.extend(more.drain(..));
    let unlinked = |link: &Link| has(&gone, link.from) || has(&gone, link.to);
    more.extend(document.links().iter().filter(|(_, link)| unlinked(link)).map(|(id, _)| ElementRef::from(id)));
    gone.extend(more.drain(..));
    let pictures = document
        .placements()
        .iter()
        .filter(|(_, placement)| has(&gone, placement.view.into()) || has(&gone, placement.element));
    more.extend(pictures.map(|(id, _)| ElementRef::from(id)));
    gone.extend(more);
    gone
}

/// Units, roles and bodies below a removed unit move up to the nearest unit that stays, and decisions that were taken
/// for it are then taken for that one.
fn move_up(transaction: &mut Transaction, gone: &Gone) -> Result<(), EditError> {
    if !gone.iter().any(|element| matches!(element, ElementRef::Unit(_))) {
        return Ok(());
    }
    let is_gone = |unit: Option<UnitId>| unit.is_some_and(|unit| gone.contains(&unit.into()));
    let document = transaction.document().clone();
    let above = |unit: Option<UnitId>| {
        let mut current = unit;
        for _ in 0..=document.units().len() {
            if !is_gone(current) {
                return current;
            }
            current = current.and_then(|id| document.get::<Unit>(id)).and_then(|unit| unit.parent);
        }
        None
    };
    for (id, _) in document.units().iter().filter(|(_, unit)| is_gone(unit.parent)) {
        transaction.update(id, |unit: &mut Unit| unit.parent = above(unit.parent))?;
    }
    for (id, _) in document.roles().iter().filter(|(_, role)| is_gone(role.unit)) {
        transaction.update(id, |role: &mut Role| role.unit = above(role.unit))?;
    }
    for (id, _) in document.bodies().iter().filter(|(_, body)| is_gone(body.unit)) {
        transaction.update(id, |body: &mut Body| body.unit = above(body.unit))?;
    }
    let concerned = |decision: &Decision| decision.scope.iter().any(|unit| is_gone(Some(*unit)));
    for (id, _) in document.decisions().iter().filter(|(_, decision)| concerned(decision)) {
        transaction.update(id, |decision: &mut Decision| {
            let mut scope: Vec<UnitId> = Vec::new();
            for unit in decision.scope.iter().filter_map(|unit| above(Some(*unit))) {
                if !scope.contains(&unit) {
                    scope.push(unit);
                }
            }
            decision.scope = scope;
        })?;
    }
    Ok(())
}

/// Lanes of removed actors go, or become the lane of nobody where they still show nodes.
fn drop_lanes(transaction: &mut Transaction, gone: &Gone) -> Result<(), EditError> {
    let actors: Vec<Actor> = gone.iter().filter_map(|element| Actor::try_from(*element).ok()).collect();
    if actors.is_empty() {
        return Ok(());
    }
    let views: Vec<(ViewId, ProcessId, Vec<Actor>)> = transaction
        .document()
        .views()
        .iter()
        .filter(|(id, _)| !gone.contains(&(*id).into()))
        .filter_map(|(id, view)| {
            let of_gone = view.lanes().iter().filter_map(|lane| lane.actor).filter(|actor| actors.contains(actor));
            Some((id, view.process()?, of_gone.collect()))
        })
        .collect();
    for (view, process, actors) in views {
        for actor in actors {
            let nodes = transaction.document().nodes_of(process);
            lanes::unassign(transaction, nodes, actor)?;
            lanes::remove_lane(transaction, view, actor)?;
        }
    }
    Ok(())
}

/// The remaining elements that refer to a removed one.
fn referring_to(document: &Document, gone: &Gone) -> Vec<ElementRef> {
    fn collect<E: Element + Into<Record>>(document: &Document, gone: &Gone, found: &mut Vec<ElementRef>) {
        if !gone.iter().any(|element| may_refer(E::KIND, element.kind())) {
            return;
        }
        for (id, record) in E::table(document).iter() {
            let element: ElementRef = id.into();
            if !gone.contains(&element) && refers(record.clone().into(), gone) {
                found.push(element);
            }
        }
    }
    let mut found = Vec::new();
    collect::<Role>(document, gone, &mut found);
    collect::<Person>(document, gone, &mut found);
    collect::<External>(document, gone, &mut found);
    collect::<System>(document, gone, &mut found);
    collect::<Body>(document, gone, &mut found);
    collect::<Process>(document, gone, &mut found);
    collect::<Step>(document, gone, &mut found);
    collect::<Gateway>(document, gone, &mut found);
    collect::<Event>(document, gone, &mut found);
    collect::<Flow>(document, gone, &mut found);
    collect::<Decision>(document, gone, &mut found);
    collect::<Right>(document, gone, &mut found);
    collect::<Note>(document, gone, &mut found);
    collect::<View>(document, gone, &mut found);
    found
}

/// Whether records of a kind have a field for references to another kind that can be emptied. Spares the passes over
/// tables where nothing can be found.
fn may_refer(from: ElementKind, to: ElementKind) -> bool {
    use ElementKind as K;
    let is_actor = matches!(to, K::Role | K::Unit | K::Person | K::External | K::System | K::Body);
    match from {
        K::Role | K::Person => is_actor || to == K::Decision,
        K::External | K::System => matches!(to, K::Unit | K::Role),
        K::Right | K::Body | K::Event => is_actor,
        K::Process => to == K::Role,
        K::Step => is_actor || matches!(to, K::Artefact | K::Process),
        K::Gateway => is_actor || to == K::Decision,
        K::Flow => to == K::Artefact,
        K::Decision => is_actor || matches!(to, K::Framework | K::Step | K::Gateway),
        K::View => is_actor || matches!(to, K::Process | K::Step),
        K::Note => true,
        K::Unit | K::Link | K::Artefact | K::Framework | K::Placement => false,
    }
}

fn refers(record: Record, gone: &Gone) -> bool {
    record.references().iter().any(|reference| gone.contains(reference))
}

fn empty_references(transaction: &mut Transaction, element: ElementRef, gone: &Gone) -> Result<(), EditError> {
    let Some(mut record) = Record::of(transaction.document(), element) else { return Ok(()) };
    // What it cannot be without is among the gone, so it is itself.
    record.map_references(&mut |reference| (!gone.contains(&reference)).then_some(reference));
    record.replace(transaction, element)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Remove, apply};

    #[test]
    fn whoever_goes_is_no_deputy_of_a_limit_any_more() {
        let mut document = Document::default();
        let decision = document.insert(Decision::new("Grant a refund"));
        let role = document.insert(Role::new("Clerk"));
        let people = [
            ElementRef::from(document.insert(Person::new("Ana"))),
            document.insert(Unit::new("Shop")).into(),
            document.insert(Body::new("Council")).into(),
            document.insert(External::new("Bank")).into(),
        ];
        let rights: Vec<RightId> = people
            .iter()
            .map(|deputy| {
                let tier = parse_tier("≤ 200 EUR", Currency::EUR).unwrap();
                let tier = Tier { deputy: Actor::try_from(*deputy).ok(), ..tier };
                let right = Right::new(Subject::Decision(decision), Actor::Role(role), "A");
                document.insert(Right { tiers: vec![tier], ..right })
            })
            .collect();
        for (deputy, right) in people.iter().zip(&rights) {
            let after = apply(&document, &Remove { elements: vec![*deputy] }.into()).unwrap().document;
            assert_eq!(after.get::<Right>(*right).unwrap().tiers[0].deputy, None, "{deputy:?}");
        }
    }
}
