//! What can be added, and how a new one begins.

use super::NewElement;
use crate::edit::Record;
use crate::model::*;
use crate::scene::icon::Icon;

impl NewElement {
    /// The word for it, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Role => "role",
            Self::Person => "person",
            Self::External => "external",
            Self::System => "system",
            Self::Body => "body",
            Self::Process => "process",
            Self::Step => "step",
            Self::ExclusiveGateway => "exclusive gateway",
            Self::ParallelGateway => "parallel gateway",
            Self::StartEvent => "start event",
            Self::IntermediateEvent => "intermediate event",
            Self::EndEvent => "end event",
            Self::Artefact => "artefact",
            Self::Decision => "decision",
            Self::Note => "note",
        }
    }

    /// Its icon.
    pub fn icon(self) -> Icon {
        match self {
            Self::Unit => Icon::Department,
            Self::Role => Icon::Badge,
            Self::Person => Icon::Person,
            Self::External => Icon::Globe,
            Self::System => Icon::Monitor,
            Self::Body => Icon::Committee,
            Self::Process => Icon::Process,
            Self::Step => Icon::Step,
            Self::ExclusiveGateway => Icon::Gateway,
            Self::ParallelGateway => Icon::Plus,
            Self::StartEvent => Icon::Event,
            Self::IntermediateEvent => Icon::Clock,
            Self::EndEvent => Icon::CircleDot,
            Self::Artefact => Icon::File,
            Self::Decision => Icon::Decision,
            Self::Note => Icon::Note,
        }
    }

    /// The action that places one with the pointer.
    pub fn action(self) -> &'static str {
        match self {
            Self::Unit => "insert.unit",
            Self::Role => "insert.role",
            Self::Person => "insert.person",
            Self::External => "insert.external",
            Self::System => "insert.system",
            Self::Body => "insert.body",
            Self::Process => "insert.process",
            Self::Step => "insert.step",
            Self::ExclusiveGateway => "insert.exclusive-gateway",
            Self::ParallelGateway => "insert.parallel-gateway",
            Self::StartEvent => "insert.start-event",
            Self::IntermediateEvent => "insert.intermediate-event",
            Self::EndEvent => "insert.end-event",
            Self::Artefact => "insert.artefact",
            Self::Decision => "insert.decision",
            Self::Note => "insert.note",
        }
    }

    /// Whether it is a node of a process.
    pub fn is_node(self) -> bool {
        matches!(
            self,
            Self::Step
                | Self::ExclusiveGateway
                | Self::ParallelGateway
                | Self::StartEvent
                | Self::IntermediateEvent
                | Self::EndEvent
        )
    }

    /// The kind of element.
    pub fn kind(self) -> ElementKind {
        match self {
            Self::Unit => ElementKind::Unit,
            Self::Role => ElementKind::Role,
            Self::Person => ElementKind::Person,
            Self::External => ElementKind::External,
            Self::System => ElementKind::System,
            Self::Body => ElementKind::Body,
            Self::Process => ElementKind::Process,
            Self::Step => ElementKind::Step,
            Self::ExclusiveGateway | Self::ParallelGateway => ElementKind::Gateway,
            Self::StartEvent | Self::IntermediateEvent | Self::EndEvent => ElementKind::Event,
            Self::Artefact => ElementKind::Artefact,
            Self::Decision => ElementKind::Decision,
            Self::Note => ElementKind::Note,
        }
    }

    /// Whether a view of this kind can show it.
    pub fn fits(self, kind: &ViewKind) -> bool {
        match kind {
            ViewKind::Organisation { .. } => matches!(
                self,
                Self::Unit | Self::Role | Self::Person | Self::External | Self::System | Self::Body | Self::Note
            ),
            ViewKind::Process { .. } => self.is_node() || matches!(self, Self::Artefact | Self::Note),
            ViewKind::Board => self != Self::Process,
            ViewKind::Matrix(_) => false,
        }
    }

    /// What the tools of a view offer, in their order.
    pub fn offered(kind: &ViewKind) -> &'static [Self] {
        match kind {
            ViewKind::Organisation { .. } => {
                &[Self::Unit, Self::Role, Self::External, Self::Body, Self::System, Self::Note]
            }
            ViewKind::Process { .. } => &[
                Self::Step,
                Self::ExclusiveGateway,
                Self::ParallelGateway,
                Self::StartEvent,
                Self::IntermediateEvent,
                Self::EndEvent,
                Self::Note,
            ],
            ViewKind::Board => &[
                Self::Unit,
                Self::Role,
                Self::Person,
                Self::Step,
                Self::External,
                Self::System,
                Self::Body,
                Self::Decision,
                Self::Artefact,
                Self::Note,
            ],
            ViewKind::Matrix(_) => &[],
        }
    }

    /// A new record, in this process or unit where it belongs to one. None for a node without a process, and for a
    /// process, which is more than one record.
    pub fn record(self, process: Option<ProcessId>, unit: Option<UnitId>) -> Option<Record> {
        Some(match self {
            Self::Unit => Unit { parent: unit, ..Unit::new("New unit") }.into(),
            Self::Role => Role { unit, ..Role::new("New role") }.into(),
            Self::Person => Person::new("New person").into(),
            Self::External => External::new("New external").into(),
            Self::System => System::new("New system").into(),
            Self::Body => Body { unit, ..Body::new("New body") }.into(),
            Self::Process => return None,
            Self::Step => Step::new(process?, "New step").into(),
            Self::ExclusiveGateway => Gateway::new(process?, GatewayKind::Exclusive, "").into(),
            Self::ParallelGateway => Gateway::new(process?, GatewayKind::Parallel, "").into(),
            Self::StartEvent => Event::new(process?, EventKind::Start, "").into(),
            Self::IntermediateEvent => Event::new(process?, EventKind::Intermediate, "").into(),
            Self::EndEvent => Event::new(process?, EventKind::End, "").into(),
            Self::Artefact => Artefact::new("New artefact").into(),
            Self::Decision => Decision::new("New decision").into(),
            Self::Note => Note::new("New note").into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_offer_only_what_they_can_show() {
        let process = ProcessId::from_index(0);
        let kinds = [
            ViewKind::organisation(None),
            ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() },
            ViewKind::Board,
        ];
        for kind in &kinds {
            for new in NewElement::offered(kind) {
                assert!(new.fits(kind));
                let record = new.record(Some(process), None).unwrap();
                assert_eq!(record.kind(), new.kind());
                assert!(crate::app::actions::action(new.action()).is_some(), "{}", new.action());
            }
        }
        assert!(NewElement::Step.record(None, None).is_none());
    }
}
