//! Sensitive things that anybody may see, or that lie in many systems.

use std::collections::BTreeMap;

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-12",
    title: "Sensitive and open",
    severity: Severity::Medium,
    why: "Where nobody has said who may see it, everybody does; and each further system is one more place that \
              can leak.",
    wrong: "The payroll list goes through the office, the mailbox and a shared folder; nobody has said who may \
              see it",
    right: "Owner and accountant may see it, and it stays in the payroll program",
    formula: "sensitive artefacts that a step needs or makes, or a flow hands over, with no rule of access; or \
              handled in more than so many systems (those that perform or support such steps)",
    source: Source::Literature(
        "need to know, and few places that can leak (ISO 27001, annex A: 5.15 access \
              control, 8.12 data leakage prevention)",
    ),
    thresholds: &[ours(
        "systems",
        3.0,
        "systems",
        "more are reported",
        "one to make it, one to keep it, one to pass it on",
    )],
    remedies: &["Say who may see and change it.", "Take it out of systems that do not need it."],
};

/// Where an artefact is handled.
#[derive(Default)]
struct Handled {
    steps: Vec<StepId>,
    /// Systems in which it lies then.
    systems: Vec<SystemId>,
    /// Those who have it in hand.
    actors: Vec<Actor>,
}

impl Handled {
    fn at(&mut self, context: &Context<'_>, step: StepId) {
        if self.steps.contains(&step) {
            return;
        }
        self.steps.push(step);
        let performer = context.index.performer(step);
        let supporting = context.document.steps().get(step).and_then(|step| step.system);
        let performing = match performer {
            Some(Actor::System(system)) => Some(system),
            Some(actor) => {
                self.actors.extend((!self.actors.contains(&actor)).then_some(actor));
                None
            }
            None => None,
        };
        for system in performing.into_iter().chain(supporting) {
            if !self.systems.contains(&system) {
                self.systems.push(system);
            }
        }
    }
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let sensitive = context.document.artefacts().iter().filter(|(_, artefact)| artefact.sensitive);
    let mut handled: BTreeMap<ArtefactId, Handled> = sensitive.map(|(id, _)| (id, Handled::default())).collect();
    if handled.is_empty() {
        return;
    }
    for (count, (id, step)) in context.document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        for artefact in step.inputs.iter().chain(&step.outputs) {
            if let Some(known) = handled.get_mut(artefact) {
                known.at(context, id);
            }
        }
    }
    for (_, flow) in context.document.flows().iter() {
        let Some(known) = flow.artefact.and_then(|artefact| handled.get_mut(&artefact)) else { continue };
        for end in [flow.from, flow.to] {
            if let FlowNode::Step(step) = end {
                known.at(context, step);
            }
        }
    }
    for (_, link) in context.document.links().iter() {
        let ((ElementRef::Artefact(artefact), ElementRef::Step(node))
        | (ElementRef::Step(node), ElementRef::Artefact(artefact))) = (link.from, link.to)
        else {
            continue;
        };
        if let Some(known) = handled.get_mut(&artefact) {
            known.at(context, node);
        }
    }
    for (artefact, handled) in handled.into_iter().filter(|(_, handled)| !handled.steps.is_empty()) {
        report(context, sink, artefact, &handled);
    }
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, id: ArtefactId, handled: &Handled) {
    let Some(artefact) = context.document.artefacts().get(id) else { return };
    let is_open = artefact.access.trim().is_empty();
    let many = handled.systems.len() as f64 > sink.threshold("systems");
    if !is_open && !many {
        return;
    }
    let name = context.quoted(id);
    let steps = words::quoted_list(context.document, handled.steps.iter().copied());
    let systems = words::named_list(context.document, handled.systems.iter().copied());
    let said = match (is_open, many) {
        (true, true) => format!("nobody has said who may see it, and it lies in {systems}"),
        (true, false) => "nobody has said who may see it".to_owned(),
        _ => format!("it lies in {} systems: {systems}", handled.systems.len()),
    };
    let rules = usize::from(!is_open);
    let mut finding = Finding::new(format!("{name} is sensitive and handled in {steps}; {said}."))
        .about([ElementRef::from(id)])
        .about(handled.steps.iter().copied())
        .about(handled.systems.iter().copied())
        .formula(format!(
            "rules of access = {rules}, systems = {} (at most {})",
            handled.systems.len(),
            words::number(sink.threshold("systems"))
        ))
        .number("access_rules", rules as f64)
        .number("systems", handled.systems.len() as f64)
        .number("steps", handled.steps.len() as f64);
    for step in &handled.steps {
        finding = finding.criticality(context.criticality_of(Subject::Step(*step)));
    }
    if is_open {
        let who = words::named_list(context.document, handled.actors.iter().copied());
        let all = handled.actors.len() <= 4 && !handled.actors.is_empty();
        let access = Artefact { access: format!("{who} only"), ..artefact.clone() };
        let fix = (all && !many).then(|| Fix::replace(format!("Say that only {who} may see {name}"), id, access));
        let now = if who.is_empty() { String::new() } else { format!("; in these steps it is {who}") };
        finding = finding.remedy_with(format!("Say who may see and change {name}{now}."), fix);
    }
    if many {
        finding = finding.remedy(format!("Take {name} out of the systems that do not need it."));
    }
    sink.report(finding);
}
