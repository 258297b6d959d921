//! Builds artefacts, processes and their nodes and flows.

use super::super::format_v1::*;
use super::super::values::Choice;
use super::{Loader, choice, value};
use crate::model::*;

impl Loader {
    pub(super) fn artefact(&mut self, row: ArtefactV1) -> Artefact {
        Artefact { key: Key::unset(), name: row.name, kind: row.kind, class: row.class, description: row.description }
    }

    pub(super) fn process(&mut self, row: ProcessV1) -> Process {
        Process {
            key: Key::unset(),
            name: row.name,
            order: row.order,
            owner: self.find_maybe::<Role>(row.owner),
            cases: value(row.cases),
            criticality: row.criticality,
            tolerable_outage: value(row.tolerable_outage),
            recovery_target: value(row.recovery_target),
            review: value(row.review),
            lead_time_goal: value(row.lead_time_goal),
            trigger: row.trigger,
            result: row.result,
            description: row.description,
        }
    }

    pub(super) fn step(&mut self, row: StepV1) -> Step {
        Step {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            system: self.find_maybe::<System>(row.system),
            work: value(row.work),
            wait: value(row.wait),
            batch_period: value(row.batch_period),
            first_time_right: row.first_time_right,
            value: choice(row.value),
            duties: row.duties.into_iter().map(|Choice(duty)| duty).collect(),
            skill: row.skill,
            inputs: self.find_all::<Artefact>(row.inputs),
            outputs: self.find_all::<Artefact>(row.outputs),
            cost: value(row.cost),
            description: row.description,
        }
    }

    pub(super) fn gateway(&mut self, row: GatewayV1) -> Gateway {
        Gateway {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            decision: self.find_maybe::<Decision>(row.decision),
            description: row.description,
        }
    }

    pub(super) fn event(&mut self, row: EventV1) -> Event {
        Event {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            wait: value(row.wait),
            description: row.description,
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
            description: row.description,
        }
    }
}
