//! Rows of the matrix on which somebody decides or advises but nobody does the work.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-04",
    title: "Nobody carries it out",
    severity: Severity::High,
    why: "What is decided and carried out by nobody stays undone, and everybody believes it is somebody else's job.",
    wrong: "“Grant refund”: Owner A, Accountant C, nobody R",
    right: "“Grant refund”: Owner A, Clerk R, Accountant C",
    formula: "holders of a doing letter = 0 on a row with letters, in a framework that asks for one",
    source: Source::Literature("RACI: at least one R; RAPID: at least one P; DARE: at least one E"),
    thresholds: &[],
    remedies: &[
        "Give the doing letter to the role that performs the linked step.",
        "If nothing has to be carried out, use a framework without a doing letter for the row.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decisions = context.document.decisions().ids().map(Subject::Decision);
    let steps = context.document.steps().iter().filter(|(id, _)| context.index.performer(*id).is_none());
    // A step with a performer is done by the performer, whatever its row says.
    for (count, subject) in decisions.chain(steps.map(|(id, _)| Subject::Step(id))).enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some((_, framework)) = context.document.framework_of(subject) else { continue };
        // A letter that nobody has to hold is not missed.
        let needed = |letter: &&Letter| letter.duties.contains(&Duty::Do) && letter.at_least > 0;
        let Some(letter) = framework.letters.iter().find(needed) else { continue };
        let letters = context.index.rights_on(subject).count();
        if letters == 0 || context.index.rights_with(subject, Duty::Do).next().is_some() {
            continue;
        }
        let row = ElementRef::from(subject);
        let message = format!(
            "Nobody carries out {}: {} on it, none of them {} ({}).",
            context.quoted(row),
            words::count(letters, "letter stands", "letters stand"),
            letter.code,
            letter.name
        );
        let finding = Finding::new(message)
            .about([row])
            .formula(format!("holders of {} = 0, at least 1 needed", letter.code))
            .number("doers", 0.0)
            .number("letters", letters as f64)
            .criticality(context.criticality_of(subject));
        sink.report(with_remedies(context, subject, &letter.code, finding));
    }
}

fn with_remedies(context: &Context<'_>, subject: Subject, letter: &str, finding: Finding) -> Finding {
    let Subject::Decision(id) = subject else {
        return finding.remedy("Name the role that performs the step; then its letter follows.");
    };
    let Some(performer) = linked_performer(context, id) else {
        return finding.remedy(format!("Give {letter} to the role that carries the decision out."));
    };
    let name = context.name(performer);
    let taken =
        context.index.rights_on(subject).any(|held| held.right.holder == performer && held.right.letter == letter);
    let fix = (!taken).then(|| {
        let label = format!("Let {name} carry out {}", context.quoted(id));
        Fix::insert(label, Right::new(subject, performer, letter))
    });
    finding.remedy_with(format!("Give {letter} to {name}, who performs a linked step."), fix)
}

/// The performer of the last linked step that somebody performs: what is carried out comes after what is decided.
fn linked_performer(context: &Context<'_>, decision: DecisionId) -> Option<Actor> {
    let decision = context.document.decisions().get(decision)?;
    let performer = |step: &StepId| context.index.performer(*step);
    decision.steps.iter().rev().filter_map(performer).find(|actor| !matches!(actor, Actor::System(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixChange;
    use crate::analysis::FixRecord;
    use crate::analysis::rules::testing::{findings, raci};

    #[test]
    fn a_row_without_a_doer_is_found_and_the_performer_offered() {
        let mut document = raci();
        let owner = document.insert(Role::new("Owner"));
        let clerk = document.insert(Role::new("Clerk"));
        let process = document.insert(Process::new("Refund"));
        let step = document.insert(Step { performer: Some(Actor::Role(clerk)), ..Step::new(process, "Pay refund") });
        let decision = document.insert(Decision { steps: vec![step], ..Decision::new("Grant refund") });
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(owner), "A"));
        let found = findings("H-04", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.evidence, [decision.into()]);
        assert_eq!(
            finding.message,
            "Nobody carries out “Grant refund”: 1 letter stands on it, none of them R (responsible)."
        );
        let fix = finding.remedies.first().unwrap().fix.clone().unwrap();
        assert_eq!(fix.label, "Let Clerk carry out “Grant refund”");
        let [FixChange::Insert(FixRecord::Right(right))] = fix.changes.as_slice() else { panic!("{fix:?}") };
        assert_eq!((right.holder, right.letter.as_str()), (Actor::Role(clerk), "R"));
        document.insert((**right).clone());
        assert!(findings("H-04", &document).is_empty());
    }

    #[test]
    fn an_empty_row_and_a_performed_step_are_left_alone() {
        let mut document = raci();
        let clerk = document.insert(Role::new("Clerk"));
        let process = document.insert(Process::new("Refund"));
        let step = document.insert(Step { performer: Some(Actor::Role(clerk)), ..Step::new(process, "Pay refund") });
        document.insert(Decision::new("Grant refund"));
        document.insert(Right::new(Subject::Step(step), Actor::Role(clerk), "A"));
        assert!(findings("H-04", &document).is_empty());
    }
}
