//! Labels that do not say what is done to what, and labels that stand twice in a flow.

use std::collections::BTreeMap;

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-07",
    title: "Labels to sharpen",
    severity: Severity::Low,
    why: "“Invoice” may be written, checked or paid; two steps of one name are taken for one.",
    wrong: "“Invoice”, and twice “Approve the refund”",
    right: "“Check the invoice”; “Approve the small refund”, “Approve the large refund”",
    formula: "per process: steps whose name is one word or none; names, case aside, that several steps of one flow have",
    source: Source::Literature("7PMG, G6: verb and object (Mendling, Reijers, van der Aalst)"),
    thresholds: &[],
    remedies: &["Name a step by what is done and to what.", "Tell steps of one name apart, or make them one."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let mut short: Vec<StepId> = Vec::new();
    let mut by_name: BTreeMap<(Option<StepId>, String), Vec<StepId>> = BTreeMap::new();
    for id in context.index.steps_of(process) {
        let Some(step) = context.document.steps().get(*id) else { continue };
        let is_short = word_count(&step.name) < 2;
        // A call and a sub-flow carry the name of what is inside.
        if is_short && step.calls.is_none() && !step.kind.has_inside() && is_alphabetic(&step.name) {
            short.push(*id);
        }
        let name = step.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !name.is_empty() {
            by_name.entry((step.parent, name)).or_default().push(*id);
        }
    }
    if !short.is_empty() {
        let named: Vec<StepId> =
            short.iter().copied().filter(|id| !context.document.name_of((*id).into()).trim().is_empty()).collect();
        let (nameless, process) = (short.len() - named.len(), context.quoted(process));
        let mut parts = Vec::new();
        parts.extend((!named.is_empty()).then(|| words::quoted_list(context.document, named.iter().copied())));
        parts.extend((nameless > 0).then(|| words::count(nameless, "step without a name", "steps without a name")));
        let (verb, them) = if short.len() == 1 { ("does", "it") } else { ("do", "them") };
        sink.report(
            Finding::new(format!("{} in {process} {verb} not say what is done to what.", parts.join(" and ")))
                .about(short.iter().copied())
                .formula(format!("steps named by one word or none = {}", short.len()))
                .number("labels", short.len() as f64)
                .remedy(format!("Name {them} by a verb and an object: “Check the invoice”.")),
        );
    }
    for steps in by_name.into_values().filter(|steps| steps.len() > 1) {
        let name = steps.first().map_or_else(String::new, |id| context.quoted(*id));
        sink.report(
            Finding::new(format!("{} steps of {} are called {name}.", steps.len(), context.quoted(process)))
                .about(steps.iter().copied())
                .formula(format!("steps of one name = {}", steps.len()))
                .number("steps", steps.len() as f64)
                .remedy("Say in the name what tells them apart, or make them one step."),
        );
    }
}

/// Number of words of a name; capitals inside, hyphens and underscores part words as they do in names of programs.
fn word_count(name: &str) -> usize {
    let mut words = 0;
    let mut before = ' ';
    for letter in name.chars() {
        let begins =
            letter.is_alphanumeric() && (!before.is_alphanumeric() || (letter.is_uppercase() && before.is_lowercase()));
        words += usize::from(begins);
        before = letter;
    }
    words
}

/// Whether a name is of a script that parts words by spaces.
fn is_alphabetic(name: &str) -> bool {
    name.chars().all(|letter| (letter as u32) < 0x2E80)
}
