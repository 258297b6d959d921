//! Suppliers, machines and programs that nothing can take the place of.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-04",
    title: "Single source",
    severity: Severity::High,
    why: "What cannot be replaced stops the work the day it fails.",
    wrong: "One deck oven, no baker next door who would lend his",
    right: "An agreement with the baker next door, tried once a year",
    formula: "externals and systems with no substitute that perform or support a step of a process of criticality ≥ least",
    source: Source::Literature("supplier and continuity risk"),
    thresholds: &[ours("criticality", 4.0, "of 5", "less critical processes are left out", "those that must not stop")],
    remedies: &["Find a second source.", "Write down and try the way around it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut used: std::collections::BTreeMap<ElementRef, Vec<StepId>> = std::collections::BTreeMap::new();
    for (count, (id, step)) in document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let critical =
            context.criticality(step.process).is_some_and(|level| f64::from(level) >= sink.threshold("criticality"));
        if !critical {
            continue;
        }
        let performer = match context.index.performer(id) {
            Some(Actor::System(system)) => Some(ElementRef::from(system)),
            Some(Actor::External(external)) => Some(ElementRef::from(external)),
            _ => None,
        };
        for source in step.system.map(ElementRef::from).into_iter().chain(performer) {
            let steps = used.entry(source).or_default();
            if steps.last() != Some(&id) {
                steps.push(id);
            }
        }
    }
    let mut unasked = Vec::new();
    for (source, steps) in used {
        let (substitutes, kind) = match source {
            ElementRef::System(id) => (document.systems().get(id).and_then(|system| system.substitutes.as_ref()), None),
            ElementRef::External(id) => {
                let external = document.externals().get(id);
                (
                    external.and_then(|external| external.substitutes.as_ref()),
                    external.and_then(|external| external.kind),
                )
            }
            _ => continue,
        };
        // A customer is nobody’s source.
        if kind == Some(ExternalKind::Customer) {
            continue;
        }
        match substitutes {
            None => {
                unasked.push(source);
                continue;
            }
            Some(list) if !list.is_empty() => continue,
            Some(_) => {}
        }
        let name = context.name(source);
        let rows = words::quoted_list(document, steps.iter().copied());
        let mut finding =
            Finding::new(format!("Nothing can take the place of {name}; without it {rows} cannot be done."))
                .about([source])
                .about(steps.iter().copied())
                .formula(format!("substitutes = 0, steps of critical processes = {}", steps.len()))
                .number("substitutes", 0.0)
                .number("steps", steps.len() as f64);
        for step in &steps {
            let process = document.steps().get(*step).map(|step| step.process);
            finding = finding.criticality(process.and_then(|process| context.criticality(process)));
        }
        sink.report(
            finding
                .remedy(format!("Find something that could stand in for {name}, and try it once."))
                .remedy(format!("Write down how {rows} would be done without it.")),
        );
    }
    sink.missing(
        "source of a critical process does not say what could take its place",
        "sources of critical processes do not say what could take their place",
        unasked,
    );
}
