//! Processes without a start or an end, or with several starts that nobody can tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::Meta;
use crate::analysis::ways::{Scope, is_set_off};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-01",
    title: "Start or end missing",
    severity: Severity::Medium,
    why: "A flow without a start leaves open who sets it off, one without an end leaves open when it is done; with \
          several nameless starts nobody knows which of them begins a case.",
    wrong: "Receive order → Pack parcel",
    right: "(Order comes in) → Receive order → Pack parcel → (Parcel sent)",
    formula: "start events of a process = 0 (unless it begins by receiving a message), or end events = 0, or start \
              events of one kind without a name ≥ 2, in the process or in one of its sub-flows",
    source: Source::Literature("rules for readable models: one start and one end (7PMG, G3); bpmnlint"),
    thresholds: &[],
    remedies: &["Add the missing event and join it to the flow.", "Name each start by what happens there."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &ProcessId) {
    let Some(process) = context.document.processes().get(id) else { return };
    if context.index.nodes_of(id).is_empty() {
        sink.missing("process is not drawn yet", "processes are not drawn yet", [id]);
        return;
    }
    let scopes = Scope::all(context.document, &context.index, id);
    if let Some(outermost) = scopes.first() {
        check_ends(context, sink, outermost);
    }
    for scope in &scopes {
        check_blank(context, sink, scope, process.criticality);
    }
}

/// A process needs a start and an end; what is inside a sub-flow begins and ends with that.
fn check_ends(context: &Context<'_>, sink: &mut Sink<'_>, scope: &Scope) {
    let document = context.document;
    if scope.start_events(document).next().is_none() {
        let first = scope.entries(document);
        let receives = |node: &FlowNode| {
            matches!(node, FlowNode::Step(step)
                if document.steps().get(*step).is_some_and(|step| step.kind == StepKind::Receive))
                || matches!(node, FlowNode::Gateway(gateway)
                    if document.gateways().get(*gateway).is_some_and(|gateway| gateway.kind == GatewayKind::EventBased))
        };
        // A message that is waited for first sets the process off (BPMN 2.0, sections 10.3.3 and 10.6.6).
        if first.is_empty() || !first.iter().all(receives) {
            report_missing(context, sink, scope.process, "start", first);
        }
    }
    if scope.events(document, EventKind::End).next().is_none() {
        let left: BTreeSet<FlowNode> = scope.ways.iter().map(|way| way.from).collect();
        let is_last = |node: &FlowNode| !left.contains(node) && !is_set_off(document, *node);
        let last = scope.nodes.iter().copied().filter(is_last).collect();
        report_missing(context, sink, scope.process, "end", last);
    }
}

/// Starts without a name that look alike.
fn check_blank(context: &Context<'_>, sink: &mut Sink<'_>, scope: &Scope, criticality: Option<u8>) {
    let mut blank: BTreeMap<EventTrigger, Vec<EventId>> = BTreeMap::new();
    for id in scope.start_events(context.document) {
        if let Some(event) = context.document.events().get(id).filter(|event| event.name.trim().is_empty()) {
            blank.entry(event.trigger).or_default().push(id);
        }
    }
    let whole = scope.around.map_or(ElementRef::from(scope.process), ElementRef::from);
    for blank in blank.into_values().filter(|blank| blank.len() >= 2) {
        let count = blank.len();
        let message = format!("{} has {count} starts without a name.", context.quoted(whole));
        let finding = Finding::new(message)
            .about([whole])
            .about(blank)
            .formula(format!("start events without a name = {count}, at most 1"))
            .number("blank_starts", count as f64)
            .criticality(criticality);
        sink.report(finding.remedy("Name each start by what sets the flow off there, or keep only one."));
    }
}
/// Reports a missing start or end (`what`), with the nodes where the flow seems to have it.
fn report_missing(context: &Context<'_>, sink: &mut Sink<'_>, id: ProcessId, what: &str, nodes: Vec<FlowNode>) {
    let open = if what == "start" { "what sets it off" } else { "when it is done" };
    let mut finding = Finding::new(format!("{} has no {what}: nobody can see {open}.", context.quoted(id)))
        .about([ElementRef::from(id)])
        .about(nodes.iter().copied())
        .formula(format!("{what} events = 0, at least 1 needed"))
        .number("events", 0.0)
        .criticality(context.criticality(id));
    let place = if what == "start" { "before" } else { "after" };
    finding = match nodes.as_slice() {
        [] => finding.remedy(format!("Add the {what} to the flow.")),
        some => {
            let names = words::quoted_list(context.document, some.iter().copied());
            finding.remedy(format!("Add the {what} {place} {names}."))
        }
    };
    sink.report(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, silence};

    #[test]
    fn a_flow_of_steps_alone_has_neither_start_nor_end() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        let receive = document.insert(Step::new(process, "Receive order"));
        let pack = document.insert(Step::new(process, "Pack parcel"));
        document.insert(Flow::new(process, FlowNode::Step(receive), FlowNode::Step(pack)));
        let found = findings("FL-01", &document);
        let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "“Order” has no start: nobody can see what sets it off.",
                "“Order” has no end: nobody can see when it is done.",
            ]
        );
        assert_eq!(found.first().unwrap().evidence, [process.into(), receive.into()]);
        assert_eq!(found.first().unwrap().remedies.first().unwrap().text, "Add the start before “Receive order”.");
    }

    #[test]
    fn several_starts_need_names() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        document.insert(Event::new(process, EventKind::End, ""));
        document.insert(Event::new(process, EventKind::Start, "Phone"));
        document.insert(Event::new(process, EventKind::Start, ""));
        assert!(findings("FL-01", &document).is_empty());
        document.insert(Event::new(process, EventKind::Start, " "));
        let found = findings("FL-01", &document);
        assert_eq!(found.first().unwrap().message, "“Order” has 2 starts without a name.");
    }

    #[test]
    fn a_process_that_is_not_drawn_is_named_as_missing() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Hiring"));
        assert!(findings("FL-01", &document).is_empty());
        assert_eq!(silence("FL-01", &document).unwrap().missing.first().unwrap().elements, [process.into()]);
    }
}
