//! Steps that need a system which their performers cannot use.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-17",
    title: "No access to what it needs",
    severity: Severity::High,
    why: "Who has to do it and cannot open it asks a colleague for the password.",
    wrong: "“Book the bill” is done in the shop with a program that serves the office only",
    right: "The program serves the shops, too",
    formula: "steps with a supporting system that names the units it serves, performed by a role of another unit (units below a served \
              one count)",
    source: Source::Literature("parity of duty, right and means"),
    thresholds: &[],
    remedies: &["Give the unit access.", "Move the step to a unit that has it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut found: Vec<((SystemId, Actor), Vec<StepId>)> = Vec::new();
    for (count, (id, step)) in document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some((system, record)) = step.system.and_then(|id| Some((id, document.systems().get(id)?))) else {
            continue;
        };
        let Some(actor) = context.index.performer(id).filter(|actor| matches!(actor, Actor::Role(_))) else { continue };
        let Some(home) = document.unit_of_actor(actor).filter(|_| !record.serves.is_empty()) else { continue };
        let serves = |unit: &UnitId| document.unit_is_within(home, *unit) || document.unit_is_within(*unit, home);
        if record.serves.iter().any(serves) {
            continue;
        }
        match found.iter_mut().find(|(pair, _)| *pair == (system, actor)) {
            Some((_, steps)) => steps.push(id),
            None => found.push(((system, actor), vec![id])),
        }
    }
    for ((system, actor), steps) in found {
        let (name, who) = (context.name(system), context.name(actor));
        let served = document.systems().get(system).map_or(Vec::new(), |record| record.serves.clone());
        let mut finding = Finding::new(format!(
            "{who} needs {name} for {}, and {name} serves {} only.",
            words::quoted_list(document, steps.iter().copied()),
            words::named_list(document, served.iter().copied())
        ))
        .about([ElementRef::from(system), ElementRef::from(actor)])
        .about(steps.iter().copied())
        .formula(format!("units served = {}, that of {who} among them = 0; steps = {}", served.len(), steps.len()))
        .number("steps", steps.len() as f64);
        for step in &steps {
            let process = document.steps().get(*step).map(|step| step.process);
            finding = finding.criticality(process.and_then(|process| context.criticality(process)));
        }
        sink.report(
            finding
                .remedy(format!("Give the unit of {who} access to {name}."))
                .remedy("Or move the step to a unit that has it."),
        );
    }
}
