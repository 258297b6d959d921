//! Whether an element is drawn in a version of a document as it was in an earlier one, so that its drawing can be kept.
//!
//! One arm for each kind, beside what its drawing reads: the record itself, and what it takes from other records. A
//! drawing that learns to read more learns it here, too; a test over random edits compares kept pictures with fresh ones.

use super::Context;
use crate::model::*;
use crate::scene::words::deciders_label;

/// Whether [`super::sketch`] gives the same for an element in both versions, asked for the same size.
pub(crate) fn is_drawn_alike(old: Context<'_>, new: Context<'_>, element: ElementRef) -> bool {
    if !new.document().is_same(old.document(), element) {
        return false;
    }
    match element {
        ElementRef::Unit(id) => {
            old.facts.counts(id) == new.facts.counts(id) && old.facts.tint(id) == new.facts.tint(id)
        }
        ElementRef::Role(id) => is_role_alike(old, new, id),
        ElementRef::Step(id) => is_step_alike(old, new, id),
        ElementRef::Body(id) => {
            let unit = new.document().get::<Body>(id).and_then(|body| body.unit);
            unit.is_none_or(|unit| old.facts.tint(unit) == new.facts.tint(unit))
        }
        ElementRef::Decision(id) => deciders_label(old.facts, id, None) == deciders_label(new.facts, id, None),
        ElementRef::Person(_)
        | ElementRef::External(_)
        | ElementRef::System(_)
        | ElementRef::Process(_)
        | ElementRef::Gateway(_)
        | ElementRef::Event(_)
        | ElementRef::Artefact(_)
        | ElementRef::Note(_)
        | ElementRef::Flow(_)
        | ElementRef::Link(_)
        | ElementRef::Right(_)
        | ElementRef::Framework(_)
        | ElementRef::View(_)
        | ElementRef::Placement(_) => true,
    }
}

/// Names of the holders, the load, the count of decisions.
fn is_role_alike(old: Context<'_>, new: Context<'_>, id: RoleId) -> bool {
    let holders = new.document().get::<Role>(id).map_or(&[][..], |role| role.holders.as_slice());
    let is_named_alike = |holding: &Holding| {
        let person = holding.person.into();
        new.document().name_of(person) == old.document().name_of(person)
    };
    let actor = Actor::Role(id);
    old.options.loads.get(&id.into()) == new.options.loads.get(&id.into())
        && old.facts.decisions_of(actor) == new.facts.decisions_of(actor)
        && holders.iter().all(is_named_alike)
}

/// The tint of the performer's unit, how many cases come, and who decides.
fn is_step_alike(old: Context<'_>, new: Context<'_>, id: StepId) -> bool {
    let element = ElementRef::Step(id);
    let Some(step) = new.document().get::<Step>(id) else { return true };
    let counts_cases = |context: Context<'_>| {
        context.document().get::<Process>(step.process).is_some_and(|process| process.cases.is_some())
    };
    let tint = |context: Context<'_>| step.performer.and_then(|actor| context.facts.tint_of(actor));
    let decides = |context: Context<'_>, decision: DecisionId| deciders_label(context.facts, decision, step.performer);
    let decisions = new.facts.decisions_at(element);
    let is_decided_alike = |decision: &DecisionId| {
        let name = |context: Context<'_>| context.document().name_of((*decision).into()).to_owned();
        name(old) == name(new) && decides(old, *decision) == decides(new, *decision)
    };
    old.options.per_week.get(&element) == new.options.per_week.get(&element)
        && counts_cases(old) == counts_cases(new)
        && tint(old) == tint(new)
        && old.facts.decisions_at(element) == decisions
        && decisions.iter().all(is_decided_alike)
}
