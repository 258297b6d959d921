//! Performers of steps who have no part in the work of the decision that the step belongs to.

use super::Meta;
use crate::analysis::likeness::{Language, Vocabulary};
use crate::analysis::{Context, Finding, Fix, FixChange, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-01",
    title: "Performer has no part in the row",
    severity: Severity::High,
    why: "The picture says that one role does the work and the matrix says another: each believes the other one does.",
    wrong: "Packer performs “Pay refund”, linked to “Grant refund”, on which Clerk is R and Packer is nothing",
    right: "Packer is R on “Grant refund”, or Clerk performs “Pay refund”",
    formula: "preparing, doing or supporting letters (R, P, S) of a linked step's performer on the row = 0, while \
              somebody else has one. A letter of the performer's unit, body or only holder counts. A decider who \
              performs the very step in which it is decided (duty tag authorise, a verb such as approve or decide, \
              or a linked gateway right after it) is no contradiction",
    source: Source::Ours("flow and matrix describe the same work"),
    thresholds: &[],
    remedies: &[
        "Ask which is true.",
        "If the flow is right, give the performer the doing letter.",
        "If the matrix is right, let the holder of the letter perform the step.",
    ],
};

const WORKING: [Duty; 3] = [Duty::Do, Duty::Prepare, Duty::Support];

const UNLINKED: (&str, &str) = ("decision is linked to no step", "decisions are linked to no step");
const UNPERFORMED: (&str, &str) = ("linked step has no performer", "linked steps have no performer");

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (one, many) in [UNLINKED, UNPERFORMED] {
        sink.lacks(one, many, &[]);
    }
    let sample = context.document.steps().ids().take(Vocabulary::SAMPLE);
    let known = context.gather(&(), sample, |context, (), ids: &[StepId]| {
        let steps = ids.iter().filter_map(|id| context.document.steps().get(*id));
        Vocabulary::known_words(steps.map(|step| step.name.as_str()))
    });
    let language = Vocabulary::language_of(known.iter().map(|known| **known));
    context.each(sink, &language, context.document.decisions().ids(), check_row);
}

fn check_row(context: &Context<'_>, sink: &mut Sink<'_>, &language: &Language, &id: &DecisionId) {
    let Some(decision) = context.document.decisions().get(id) else { return };
    let row = Subject::Decision(id);
    // A row without any doer is a finding of its own.
    if !context.index.rights_on(row).any(|held| WORKING.iter().any(|duty| held.duties.has(*duty))) {
        return;
    }
    if decision.steps.is_empty() {
        sink.missing(UNLINKED.0, UNLINKED.1, [id]);
    }
    let mut strangers: Vec<(Actor, Vec<StepId>)> = Vec::new();
    for step in &decision.steps {
        let Some(record) = context.document.steps().get(*step) else { continue };
        match context.index.performer(*step).filter(|_| !record.kind.is_automatic()) {
            None if record.kind.is_automatic() => {}
            None => sink.missing(UNPERFORMED.0, UNPERFORMED.1, [*step]),
            Some(Actor::System(_)) => {}
            Some(performer) if has_part(context, row, performer, &WORKING) => {}
            Some(performer)
                if has_part(context, row, performer, &[Duty::Decide])
                    && is_decided_in(context, Vocabulary::of(language), id, *step) => {}
            Some(performer) => match strangers.iter_mut().find(|(known, _)| *known == performer) {
                Some((_, steps)) => steps.push(*step),
                None => strangers.push((performer, vec![*step])),
            },
        }
    }
    for (performer, steps) in strangers {
        report(context, sink, id, performer, &steps);
    }
}

/// Whether an actor holds a letter with one of the duties on a row, itself or through its unit, body or only holder.
fn has_part(context: &Context<'_>, row: Subject, actor: Actor, duties: &[Duty]) -> bool {
    context
        .index
        .rights_on(row)
        .filter(|held| duties.iter().any(|duty| held.duties.has(*duty)))
        .any(|held| speaks_for(context, held.right.holder, actor))
}

fn speaks_for(context: &Context<'_>, holder: Actor, actor: Actor) -> bool {
    if holder == actor || context.index.desk_of(holder) == context.index.desk_of(actor) {
        return true;
    }
    match holder {
        Actor::Unit(unit) => {
            context.document.unit_of_actor(actor).is_some_and(|own| context.document.unit_is_within(own, unit))
        }
        Actor::Body(body) => {
            let body = context.document.bodies().get(body);
            body.is_some_and(|body| body.members.iter().any(|member| member.actor == actor))
        }
        _ => false,
    }
}

/// Whether the decision is taken in this step, and not prepared or carried out.
fn is_decided_in(context: &Context<'_>, vocabulary: &Vocabulary, decision: DecisionId, step: StepId) -> bool {
    let Some(record) = context.document.steps().get(step) else { return false };
    let leads_to_choice = || {
        let nodes = context.index.flows_out(FlowNode::Step(step)).iter();
        let mut nodes = nodes.filter_map(|flow| context.document.flows().get(*flow)).map(|flow| flow.to);
        let linked = |gateway: GatewayId| {
            context.document.gateways().get(gateway).is_some_and(|record| record.decision == Some(decision))
                || context.index.decisions_of_gateway(gateway).contains(&decision)
        };
        nodes.any(|node| matches!(node, FlowNode::Gateway(gateway) if linked(gateway)))
    };
    record.duties.contains(&DutyTag::Authorise) || vocabulary.is_deciding(&record.name) || leads_to_choice()
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, decision: DecisionId, performer: Actor, steps: &[StepId]) {
    let document = context.document;
    let row = Subject::Decision(decision);
    let workers: Vec<_> = context
        .index
        .rights_on(row)
        .filter(|held| WORKING.iter().any(|duty| held.duties.has(*duty)))
        .map(|held| (held.right.holder, held.right.letter.as_str()))
        .collect();
    let said: Vec<_> = workers.iter().map(|(holder, letter)| format!("{} ({letter})", context.name(*holder))).collect();
    let own: Vec<_> = context.index.rights_on(row).filter(|held| held.right.holder == performer).collect();
    let own_letters: Vec<_> = own.iter().map(|held| held.right.letter.as_str()).collect();
    let has = if own.is_empty() { "nothing".to_owned() } else { format!("only {}", words::joined(&own_letters)) };
    let (name, step_names) = (context.name(performer), words::quoted_list(document, steps.iter().copied()));
    let message = format!(
        "{name} performs {step_names}, but on {} {name} has {has}; the work is with {}. Which is true?",
        context.quoted(decision),
        words::joined(&said)
    );
    let mut finding = Finding::new(message)
        .about([ElementRef::from(decision)])
        .about(steps.iter().copied())
        .about([performer])
        .formula(format!("preparing, doing or supporting letters of {name} = 0, at least 1 needed"))
        .number("working_letters", 0.0)
        .number("steps", steps.len() as f64)
        .criticality(context.criticality_of(row));
    let framework = document.framework_of(row).map(|(_, framework)| framework);
    if let Some(letter) = framework.and_then(|framework| WORKING.iter().find_map(|duty| framework.letter_for(*duty))) {
        let label = format!("Give {name} {} on {}", letter.code, context.quoted(decision));
        let fix = Fix::insert(label, Right::new(row, performer, letter.code.clone()));
        let text = format!("If the flow is right: give {name} {} ({}) on the row.", letter.code, letter.name);
        finding = finding.remedy_with(text, fix);
    }
    // Somebody who does is a better performer than somebody who prepares or helps.
    let doer = WORKING.iter().find_map(|duty| context.index.rights_with(row, *duty).next());
    if let Some(doer) = doer.map(|held| held.right.holder) {
        let doer_name = context.name(doer);
        let changes = steps.iter().filter_map(|id| {
            let step = Step { performer: Some(doer), ..document.steps().get(*id)?.clone() };
            Some(FixChange::Replace((*id).into(), step.into()))
        });
        let fix = Fix { label: format!("Let {doer_name} perform {step_names}"), changes: changes.collect() };
        finding = finding.remedy_with(format!("If the matrix is right: let {doer_name} perform {step_names}."), fix);
    }
    sink.report(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    struct Shop {
        document: Document,
        packer: RoleId,
        decision: DecisionId,
        step: StepId,
    }

    /// Clerk is R and Owner A on “Grant refund”; the packer performs the linked step.
    fn shop(step: &str) -> Shop {
        let mut document = raci();
        let packer = document.insert(Role::new("Packer"));
        let clerk = document.insert(Role::new("Clerk"));
        let owner = document.insert(Role::new("Owner"));
        let process = document.insert(Process::new("Refund"));
        let step = document.insert(Step { performer: Some(Actor::Role(packer)), ..Step::new(process, step) });
        let decision = document.insert(Decision { steps: vec![step], ..Decision::new("Grant refund") });
        for (role, letter) in [(clerk, "R"), (owner, "A")] {
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), letter));
        }
        Shop { document, packer, decision, step }
    }

    fn give(shop: &mut Shop, letter: &str) {
        let right = Right::new(Subject::Decision(shop.decision), Actor::Role(shop.packer), letter);
        shop.document.insert(right);
    }

    #[test]
    fn a_performer_without_a_letter_is_found_with_a_fix_for_either_truth() {
        let mut shop = shop("Pay refund");
        let found = findings("X-01", &shop.document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            finding.message,
            "Packer performs “Pay refund”, but on “Grant refund” Packer has nothing; the work is with Clerk (R). \
             Which is true?"
        );
        assert_eq!(finding.evidence, [shop.decision.into(), shop.step.into(), shop.packer.into()]);
        let labels: Vec<_> =
            finding.remedies.iter().filter_map(|remedy| Some(remedy.fix.as_ref()?.label.as_str())).collect();
        assert_eq!(labels, ["Give Packer R on “Grant refund”", "Let Clerk perform “Pay refund”"]);
        give(&mut shop, "R");
        assert!(findings("X-01", &shop.document).is_empty());
    }

    #[test]
    fn being_asked_or_told_is_no_part_in_the_work() {
        let mut shop = shop("Pay refund");
        give(&mut shop, "C");
        let found = findings("X-01", &shop.document);
        assert!(found.first().unwrap().message.contains("Packer has only C"));
    }

    #[test]
    fn a_decider_may_perform_the_step_of_deciding_and_no_other() {
        let mut paying = shop("Pay refund");
        give(&mut paying, "A");
        assert_eq!(findings("X-01", &paying.document).len(), 1);
        let mut approving = shop("Approve refund");
        give(&mut approving, "A");
        assert!(findings("X-01", &approving.document).is_empty());
        let step = paying.step;
        paying.document.get_mut::<Step>(step).unwrap().duties.push(DutyTag::Authorise);
        assert!(findings("X-01", &paying.document).is_empty());
    }

    #[test]
    fn the_letter_of_the_unit_counts_for_its_roles() {
        let mut shop = shop("Pay refund");
        let unit = shop.document.insert(Unit::new("Shop"));
        let packer = shop.packer;
        shop.document.get_mut::<Role>(packer).unwrap().unit = Some(unit);
        shop.document.insert(Right::new(Subject::Decision(shop.decision), Actor::Unit(unit), "R"));
        assert!(findings("X-01", &shop.document).is_empty());
    }

    #[test]
    fn rows_that_cannot_be_checked_are_named() {
        let mut shop = shop("Pay refund");
        let step = shop.step;
        shop.document.get_mut::<Step>(step).unwrap().performer = None;
        assert!(findings("X-01", &shop.document).is_empty());
        assert_eq!(silence("X-01", &shop.document).unwrap().missing.first().unwrap().elements, [step.into()]);
    }
}
