//! Writes artefacts, processes and their nodes and flows.

use super::super::values::{Word as _, duration_text, range_text};
use super::super::writer::Fields;
use super::Keys;
use crate::model::*;

pub(super) fn artefact(fields: &mut Fields<'_>, _keys: &Keys<'_>, artefact: &Artefact) {
    fields.key(&artefact.key);
    fields.text("name", &artefact.name);
    fields.text("kind", &artefact.kind);
    fields.text("class", &artefact.class);
    fields.choice("form", (artefact.form != ArtefactForm::default()).then_some(artefact.form));
    fields.text("state", &artefact.state);
    fields.flag("sensitive", artefact.sensitive);
    fields.text("access", &artefact.access);
    fields.text("description", &artefact.description);
    fields.text("kept", &artefact.kept);
}

fn measured(fields: &mut Fields<'_>, measured: &[Measurement]) {
    fields.lines("measured", measured, |out, measurement| {
        Fields::line(out, |fields| {
            fields.choice("fact", Some(measurement.fact));
            fields.plain("count", Some(measurement.count));
            fields.shown("from", Some(measurement.from));
            fields.shown("to", Some(measurement.to));
            fields.text("source", &measurement.source);
        });
    });
}

pub(super) fn process(fields: &mut Fields<'_>, keys: &Keys<'_>, process: &Process) {
    fields.key(&process.key);
    fields.text("name", &process.name);
    fields.order(process.order);
    fields.reference(keys, "owner", process.owner);
    fields.shown("cases", process.cases);
    fields.shown("cases_range", process.cases_range.map(|range| range_text(range.map(|rate| rate.to_string()))));
    fields.plain("criticality", process.criticality);
    fields.duration("tolerable_outage", process.tolerable_outage);
    fields.duration("recovery_target", process.recovery_target);
    fields.shown("plan_tested", process.plan_tested);
    fields.shown("review", process.review);
    fields.flag("single_threaded", process.single_threaded);
    fields.duration("lead_time_goal", process.lead_time_goal);
    fields.text("trigger", &process.trigger);
    fields.text("result", &process.result);
    fields.text("purpose", &process.purpose);
    fields.text("variant_on_purpose", &process.variant_on_purpose);
    measured(fields, &process.measured);
    fields.text("description", &process.description);
    fields.text("kept", &process.kept);
}

pub(super) fn step(fields: &mut Fields<'_>, keys: &Keys<'_>, step: &Step) {
    fields.key(&step.key);
    fields.text("name", &step.name);
    fields.reference(keys, "process", Some(step.process));
    fields.choice("kind", (step.kind != StepKind::default()).then_some(step.kind));
    fields.reference(keys, "parent", step.parent);
    fields.reference(keys, "calls", step.calls);
    fields.choice("repetition", step.repetition);
    fields.flag("compensates", step.compensates);
    fields.reference(keys, "performer", step.performer);
    fields.reference(keys, "system", step.system);
    fields.duration("work", step.work);
    fields.shown("work_range", step.work_range.map(|range| range_text(range.map(duration_text))));
    fields.duration("wait", step.wait);
    fields.shown("wait_range", step.wait_range.map(|range| range_text(range.map(duration_text))));
    fields.duration("batch_period", step.batch_period);
    fields.number("first_time_right", step.first_time_right);
    fields.choice("value", step.value);
    fields.list("duties", &step.duties, |out, duty| out.push_str(duty.word()));
    fields.number("rule_based", step.rule_based);
    fields.number("digital_input", step.digital_input);
    fields.number("exceptions", step.exceptions);
    fields.flag("human_touch", step.human_touch);
    fields.flag("quality_critical", step.quality_critical);
    fields.text("standard", &step.standard);
    fields.text("skill", &step.skill);
    fields.references(keys, "inputs", &step.inputs);
    fields.references(keys, "outputs", &step.outputs);
    fields.shown("cost", step.cost);
    fields.lines("wait_causes", &step.wait_causes, |out, part| {
        Fields::line(out, |fields| {
            fields.choice("cause", Some(part.cause));
            fields.duration("wait", Some(part.minutes));
        });
    });
    measured(fields, &step.measured);
    fields.text("description", &step.description);
    fields.text("kept", &step.kept);
}

pub(super) fn gateway(fields: &mut Fields<'_>, keys: &Keys<'_>, gateway: &Gateway) {
    fields.key(&gateway.key);
    fields.text("name", &gateway.name);
    fields.reference(keys, "process", Some(gateway.process));
    fields.reference(keys, "parent", gateway.parent);
    fields.reference(keys, "performer", gateway.performer);
    fields.choice("kind", Some(gateway.kind));
    fields.reference(keys, "decision", gateway.decision);
    fields.text("description", &gateway.description);
    fields.text("kept", &gateway.kept);
}

pub(super) fn event(fields: &mut Fields<'_>, keys: &Keys<'_>, event: &Event) {
    fields.key(&event.key);
    fields.text("name", &event.name);
    fields.reference(keys, "process", Some(event.process));
    fields.reference(keys, "parent", event.parent);
    fields.reference(keys, "attached", event.attached);
    fields.reference(keys, "performer", event.performer);
    fields.choice("kind", Some(event.kind));
    fields.choice("trigger", (event.trigger != EventTrigger::default()).then_some(event.trigger));
    fields.flag("throws", event.throws);
    fields.flag("keeps_running", event.keeps_running);
    fields.duration("wait", event.wait);
    fields.text("description", &event.description);
    fields.text("kept", &event.kept);
}

pub(super) fn flow(fields: &mut Fields<'_>, keys: &Keys<'_>, flow: &Flow) {
    fields.key(&flow.key);
    fields.text("name", &flow.name);
    fields.reference(keys, "process", Some(flow.process));
    fields.reference(keys, "from", Some(flow.from));
    fields.reference(keys, "to", Some(flow.to));
    fields.number("probability", flow.probability);
    fields.reference(keys, "artefact", flow.artefact);
    fields.text("channel", &flow.channel);
    fields.text("condition", &flow.condition);
    fields.flag("is_default", flow.is_default);
    measured(fields, &flow.measured);
    fields.text("description", &flow.description);
    fields.text("kept", &flow.kept);
}

pub(super) fn link(fields: &mut Fields<'_>, keys: &Keys<'_>, link: &Link) {
    fields.key(&link.key);
    fields.text("name", &link.name);
    fields.choice("kind", Some(link.kind));
    fields.reference(keys, "from", Some(link.from));
    fields.reference(keys, "to", Some(link.to));
    fields.flag("directed", link.directed);
    fields.text("description", &link.description);
    fields.text("kept", &link.kept);
}
