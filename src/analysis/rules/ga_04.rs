//! Processes that nobody answers for.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-04",
    title: "Process without owner",
    severity: Severity::High,
    why: "Each role looks after its own steps; without an owner nobody looks after the whole, and nobody improves it.",
    wrong: "Process “Refund”, owner: nobody",
    right: "Process “Refund”, owner: Shop manager",
    formula: "owner roles of a process = 0; a process in which only parties outside do something needs none",
    source: Source::Literature("practice of process management: each process has one owner"),
    thresholds: &[],
    remedies: &["Name the role that answers for the result; often the one that performs most of its steps."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, process)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if process.owner.is_some() || is_of_others(context, id) {
            continue;
        }
        let steps = context.index.steps_of(id).len();
        let mut finding = Finding::new(format!("Nobody answers for the process {}.", context.quoted(id)))
            .about([id])
            .formula("owners = 0, exactly 1 needed")
            .number("owners", 0.0)
            .number("steps", steps as f64)
            .criticality(process.criticality);
        finding = match busiest(context, id) {
            None => finding.remedy("Name the role that answers for its result."),
            Some((role, performed)) => {
                let name = context.name(role);
                let fix = Fix::replace(
                    format!("Make {name} the owner of {}", context.quoted(id)),
                    id,
                    Process { owner: Some(role), ..process.clone() },
                );
                let of_steps = words::count(steps, "step", "steps");
                finding
                    .number("steps_of_proposed_owner", performed as f64)
                    .remedy_with(format!("Name {name}, who performs {performed} of its {of_steps}."), fix)
                    .remedy("Or name another role that answers for its result.")
            }
        };
        sink.report(finding);
    }
}

/// Whether a process is that of a party outside: all that is done in it is done there.
fn is_of_others(context: &Context<'_>, process: ProcessId) -> bool {
    let steps = context.index.steps_of(process);
    !steps.is_empty() && steps.iter().all(|step| matches!(context.index.performer(*step), Some(Actor::External(_))))
}

/// The role that performs most steps of a process, the first one of several, with the number of its steps.
fn busiest(context: &Context<'_>, process: ProcessId) -> Option<(RoleId, usize)> {
    let mut counts: Vec<(RoleId, usize)> = Vec::new();
    for step in context.index.steps_of(process) {
        let Some(Actor::Role(role)) = context.index.performer(*step) else { continue };
        match counts.iter_mut().find(|(known, _)| *known == role) {
            Some((_, count)) => *count += 1,
            None => counts.push((role, 1)),
        }
    }
    counts.into_iter().min_by_key(|(role, count)| (std::cmp::Reverse(*count), *role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::findings;
    use crate::analysis::{FixChange, FixRecord};

    #[test]
    fn the_role_with_most_steps_is_offered_as_owner() {
        let mut document = Document::default();
        let owner = document.insert(Role::new("Owner"));
        let clerk = document.insert(Role::new("Clerk"));
        let process = document.insert(Process::new("Refund"));
        for (role, name) in [(owner, "Decide"), (clerk, "Check"), (clerk, "Pay")] {
            document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, name) });
        }
        let found = findings("GA-04", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "Nobody answers for the process “Refund”.");
        let remedy = finding.remedies.first().unwrap();
        assert_eq!(remedy.text, "Name Clerk, who performs 2 of its 3 steps.");
        let [FixChange::Replace(_, FixRecord::Process(fixed))] = remedy.fix.as_ref().unwrap().changes.as_slice() else {
            panic!("{remedy:?}")
        };
        assert_eq!(fixed.owner, Some(clerk));
        document.get_mut::<Process>(process).unwrap().owner = fixed.owner;
        assert!(findings("GA-04", &document).is_empty());
    }

    #[test]
    fn a_process_without_steps_has_no_proposal() {
        let mut document = Document::default();
        document.insert(Process::new("Hiring"));
        assert!(findings("GA-04", &document).first().unwrap().remedies.iter().all(|remedy| remedy.fix.is_none()));
    }
}
