//! Between which nodes a flow may lead, by the rules of BPMN 2.0 (sections 8.3.13, 10.3, 10.5 and 10.6).

use crate::edit::wording::named;
use crate::model::*;

/// Fails where a flow may not lead from one node to another, with the reason. Whether there is one already is not asked.
pub(in crate::edit) fn flow_fits(document: &Document, from: FlowNode, to: FlowNode) -> Result<(), String> {
    let name = |node: FlowNode| named(document, node.into());
    if from == to {
        return Err(format!("The flow cannot lead from {} to itself.", name(from)));
    }
    if document.process_of(from) != document.process_of(to) {
        return Err(format!("{} and {} are in different processes.", name(from), name(to)));
    }
    leads_away(document, from)?;
    leads_to(document, to)?;
    stays_inside(document, from, to)?;
    waits_for_event(document, from, to)
}

fn event(document: &Document, node: FlowNode) -> Option<&Event> {
    match node {
        FlowNode::Event(id) => document.get::<Event>(id),
        FlowNode::Step(_) | FlowNode::Gateway(_) => None,
    }
}

fn step(document: &Document, node: FlowNode) -> Option<&Step> {
    match node {
        FlowNode::Step(id) => document.get::<Step>(id),
        FlowNode::Event(_) | FlowNode::Gateway(_) => None,
    }
}

/// Whether a flow may lead away from a node.
fn leads_away(document: &Document, node: FlowNode) -> Result<(), String> {
    let name = || named(document, node.into());
    if let Some(event) = event(document, node) {
        if event.kind == EventKind::End {
            return Err("Nothing comes after an end event.".to_owned());
        }
        if event.trigger == EventTrigger::Link && event.kind == EventKind::Intermediate && event.throws {
            return Err(format!("After {} the flow goes on at the event of the same name.", name()));
        }
        if event.attached.is_some() && event.trigger == EventTrigger::Compensation {
            return Err(format!("After {} comes only the step that takes back what was done.", name()));
        }
    }
    stands_in_flow(document, node)
}

/// Whether a flow may lead to a node.
fn leads_to(document: &Document, node: FlowNode) -> Result<(), String> {
    let name = || named(document, node.into());
    if let Some(event) = event(document, node) {
        if event.kind == EventKind::Start {
            return Err("Nothing comes before a start event.".to_owned());
        }
        if event.attached.is_some() {
            return Err(format!(
                "{} comes while the step is done on whose border it stands; no flow leads to it.",
                name()
            ));
        }
        if event.trigger == EventTrigger::Link && event.kind == EventKind::Intermediate && !event.throws {
            return Err(format!("Before {} comes only the event of the same name.", name()));
        }
    }
    stands_in_flow(document, node)
}

/// Steps that something else than a flow sets off.
fn stands_in_flow(document: &Document, node: FlowNode) -> Result<(), String> {
    let Some(step) = step(document, node) else { return Ok(()) };
    let name = || named(document, node.into());
    if step.kind == StepKind::EventSubFlow {
        return Err(format!("The start event inside {} sets it off; no flow leads to it or away from it.", name()));
    }
    if step.compensates {
        return Err(format!("{} is done only to take something back; no flow leads to it or away from it.", name()));
    }
    Ok(())
}

/// A flow does not cross the border of a sub-flow.
fn stays_inside(document: &Document, from: FlowNode, to: FlowNode) -> Result<(), String> {
    let (inside, other, around) = match (document.parent_of(from), document.parent_of(to)) {
        (one, two) if one == two => return Ok(()),
        // The deeper of the two is the one that the border cuts off.
        (Some(one), _) if !document.stands_inside(to, one) => (from, to, one),
        (_, Some(two)) => (to, from, two),
        (Some(one), None) => (from, to, one),
        (None, None) => return Ok(()),
    };
    let name = |element: ElementRef| named(document, element);
    let (inside, other, around) = (name(inside.into()), name(other.into()), name(around.into()));
    Err(format!("{inside} is inside {around} and {other} is not; a flow cannot cross the border of a sub-flow."))
}

/// Behind an event-based gateway comes only what waits for an event (section 10.6.6).
fn waits_for_event(document: &Document, from: FlowNode, to: FlowNode) -> Result<(), String> {
    let is_event_based = matches!(from, FlowNode::Gateway(id)
        if document.get::<Gateway>(id).is_some_and(|gateway| gateway.kind == GatewayKind::EventBased));
    let waits = |event: &Event| event.kind == EventKind::Intermediate && !event.throws;
    let receives = |step: &Step| step.kind == StepKind::Receive;
    if is_event_based && !event(document, to).is_some_and(waits) && !step(document, to).is_some_and(receives) {
        return Err(format!(
            "{} waits for the first of several events; {} is neither an event that waits nor a step that receives.",
            capital(named(document, from.into())),
            named(document, to.into())
        ));
    }
    Ok(())
}

fn capital(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Fails where flows at these nodes fitted before and do not any more, with the reason.
pub(in crate::edit) fn flows_still_fit(
    before: &Document,
    after: &Document,
    is_touched: impl Fn(FlowNode) -> bool,
) -> Result<(), String> {
    let touched = after.flows().iter().filter(|(_, flow)| is_touched(flow.from) || is_touched(flow.to));
    for (id, flow) in touched {
        let Some(old) = before.get::<Flow>(id) else { continue };
        if let Err(reason) = flow_fits(after, flow.from, flow.to)
            && flow_fits(before, old.from, old.to).is_ok()
        {
            return Err(reason);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scene {
        document: Document,
        process: ProcessId,
        work: FlowNode,
    }

    impl Scene {
        fn new() -> Self {
            let mut document = Document::default();
            let process = document.insert(Process::new("Refund"));
            let work = FlowNode::Step(document.insert(Step::new(process, "Work")));
            Self { document, process, work }
        }

        fn step(&mut self, change: impl FnOnce(&mut Step)) -> FlowNode {
            let mut step = Step::new(self.process, "Other");
            change(&mut step);
            FlowNode::Step(self.document.insert(step))
        }

        fn event(&mut self, change: impl FnOnce(&mut Event)) -> FlowNode {
            let mut event = Event::new(self.process, EventKind::Intermediate, "Call");
            change(&mut event);
            FlowNode::Event(self.document.insert(event))
        }

        fn refusal(&self, from: FlowNode, to: FlowNode) -> String {
            flow_fits(&self.document, from, to).err().unwrap_or_default()
        }
    }

    #[test]
    fn a_flow_stays_inside_its_sub_flow() {
        let mut scene = Scene::new();
        let around = scene.step(|step| (step.kind, step.name) = (StepKind::SubFlow, "Around".into()));
        let FlowNode::Step(id) = around else { panic!("a step") };
        let inside = scene.step(|step| step.parent = Some(id));
        let beside = scene.step(|step| step.parent = Some(id));
        let crossing = "“Other” is inside “Around” and “Work” is not; a flow cannot cross the border of a sub-flow.";
        assert_eq!(scene.refusal(inside, scene.work), crossing);
        assert_eq!(scene.refusal(scene.work, inside), crossing);
        assert_ne!(scene.refusal(around, inside), "");
        assert_eq!([scene.refusal(inside, beside), scene.refusal(scene.work, around)], ["", ""]);
        // An event on the border of the sub-flow stands outside of it.
        let border = scene.event(|event| (event.attached, event.parent) = (Some(id), None));
        assert_eq!(scene.refusal(border, scene.work), "");
        assert_ne!(scene.refusal(border, inside), "");
        assert_ne!(scene.refusal(scene.work, border), "");
    }

    #[test]
    fn what_no_flow_leads_to_is_refused_with_its_reason() {
        let mut scene = Scene::new();
        let work = scene.work;
        let on_event = scene.step(|step| step.kind = StepKind::EventSubFlow);
        let undo = scene.step(|step| step.compensates = true);
        let throws = scene.event(|event| (event.trigger, event.throws) = (EventTrigger::Link, true));
        let catches = scene.event(|event| event.trigger = EventTrigger::Link);
        for (from, to) in
            [(work, on_event), (on_event, work), (work, undo), (undo, work), (throws, work), (work, catches)]
        {
            assert_ne!(scene.refusal(from, to), "", "{from:?} {to:?}");
        }
        assert_eq!([scene.refusal(work, throws), scene.refusal(catches, work)], ["", ""]);
    }

    #[test]
    fn an_event_based_gateway_leads_to_what_waits() {
        let mut scene = Scene::new();
        let gateway = Gateway::new(scene.process, GatewayKind::EventBased, "");
        let gateway = FlowNode::Gateway(scene.document.insert(gateway));
        let receives = scene.step(|step| step.kind = StepKind::Receive);
        let waits = scene.event(|event| event.trigger = EventTrigger::Timer);
        let sends = scene.event(|event| event.throws = true);
        assert_eq!([scene.refusal(gateway, receives), scene.refusal(gateway, waits)], ["", ""]);
        assert_ne!(scene.refusal(gateway, sends), "");
        assert_eq!(
            scene.refusal(gateway, scene.work),
            "The gateway waits for the first of several events; “Work” is neither an event that waits nor a step that \
             receives."
        );
    }
}
