//! Builds artefacts, processes and their nodes and flows.

use super::super::format_v1::*;
use super::super::values::{Choice, Text};
use super::{Loader, choice, value};
use crate::model::*;

fn measurement(row: MeasurementV1) -> Measurement {
    let MeasurementV1 { fact: Choice(fact), count, from: Text(from), to: Text(to), source } = row;
    Measurement { fact, count, from, to, source }
}

fn caused_wait(row: CausedWaitV1) -> CausedWait {
    CausedWait { cause: row.cause.0, minutes: row.wait.0 }
}

impl Loader {
    pub(super) fn artefact(&mut self, row: ArtefactV1) -> Artefact {
        Artefact {
            key: Key::unset(),
            name: row.name,
            kind: row.kind,
            class: row.class,
            form: choice(row.form).unwrap_or_default(),
            state: row.state,
            sensitive: row.sensitive,
            access: row.access,
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn process(&mut self, row: ProcessV1) -> Process {
        Process {
            key: Key::unset(),
            name: row.name,
            order: row.order,
            owner: self.find_maybe::<Role>(row.owner),
            cases: value(row.cases),
            cases_range: value(row.cases_range),
            criticality: row.criticality,
            tolerable_outage: value(row.tolerable_outage),
            recovery_target: value(row.recovery_target),
            plan_tested: value(row.plan_tested),
            review: value(row.review),
            single_threaded: row.single_threaded,
            lead_time_goal: value(row.lead_time_goal),
            trigger: row.trigger,
            result: row.result,
            purpose: row.purpose,
            variant_on_purpose: row.variant_on_purpose,
            measured: row.measured.into_iter().map(measurement).collect(),
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn step(&mut self, row: StepV1) -> Step {
        Step {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            kind: choice(row.kind).unwrap_or_default(),
            parent: self.find_maybe::<Step>(row.parent),
            calls: self.find_maybe::<Process>(row.calls),
            repetition: choice(row.repetition),
            compensates: row.compensates,
            performer: self.actor_maybe(row.performer),
            system: self.find_maybe::<System>(row.system),
            work: value(row.work),
            work_range: value(row.work_range),
            wait: value(row.wait),
            wait_range: value(row.wait_range),
            batch_period: value(row.batch_period),
            first_time_right: row.first_time_right,
            value: choice(row.value),
            duties: row.duties.into_iter().map(|Choice(duty)| duty).collect(),
            rule_based: row.rule_based,
            digital_input: row.digital_input,
            exceptions: row.exceptions,
            human_touch: row.human_touch,
            quality_critical: row.quality_critical,
            standard: row.standard,
            skill: row.skill,
            inputs: self.find_all::<Artefact>(row.inputs),
            outputs: self.find_all::<Artefact>(row.outputs),
            cost: value(row.cost),
            wait_causes: row.wait_causes.into_iter().map(caused_wait).collect(),
            measured: row.measured.into_iter().map(measurement).collect(),
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn gateway(&mut self, row: GatewayV1) -> Gateway {
        Gateway {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            parent: self.find_maybe::<Step>(row.parent),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            decision: self.find_maybe::<Decision>(row.decision),
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn event(&mut self, row: EventV1) -> Event {
        Event {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            parent: self.find_maybe::<Step>(row.parent),
            attached: self.find_maybe::<Step>(row.attached),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            trigger: choice(row.trigger).unwrap_or_default(),
            throws: row.throws,
            keeps_running: row.keeps_running,
            wait: value(row.wait),
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn flow(&mut self, row: FlowV1) -> Flow {
        Flow {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            from: self.flow_node(&row.from),
            to: self.flow_node(&row.to),
            probability: row.probability,
            artefact: self.find_maybe::<Artefact>(row.artefact),
            channel: row.channel,
            condition: row.condition,
            is_default: row.is_default,
            measured: row.measured.into_iter().map(measurement).collect(),
            description: row.description,
            kept: row.kept,
        }
    }

    pub(super) fn link(&mut self, row: LinkV1) -> Link {
        Link {
            key: Key::unset(),
            name: row.name,
            kind: row.kind.0,
            from: self.any(&row.from, ElementKind::Step),
            to: self.any(&row.to, ElementKind::Step),
            directed: row.directed,
            description: row.description,
            kept: row.kept,
        }
    }
}
