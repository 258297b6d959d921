//! Sequence flows, messages, associations and data associations of a BPMN model into flows and links.

use rustc_hash::FxHashSet;

use super::content::escaped;
use super::{Planner, append, first_of, one_line, push};
use crate::import::bpmn::tree::{self, Artifacts, AssociationDirection, Base, Content, Definitions};
use crate::model::*;

impl<'a> Planner<'a> {
    pub(super) fn lines(&mut self, definitions: &'a Definitions) {
        let mut defaults: FxHashSet<&str> = FxHashSet::default();
        definitions.each_content(&mut |_, content| {
            defaults.extend(content.nodes.iter().map(|node| node.default_flow.as_str()));
        });
        definitions.each_content(&mut |_, content| self.flows(content, &defaults));
        definitions.each_content(&mut |_, content| {
            self.associations(&content.artifacts);
            for node in &content.nodes {
                for association in &node.data_associations {
                    self.data_association(node, association);
                }
            }
        });
        for collaboration in &definitions.collaborations {
            for flow in &collaboration.message_flows {
                self.message(flow);
            }
            self.associations(&collaboration.artifacts);
        }
    }

    fn flows(&mut self, content: &'a Content, defaults: &FxHashSet<&str>) {
        for flow in &content.flows {
            let node = |id: &str| FlowNode::try_from(self.elements.get(id).copied()?).ok();
            let (Some(from), Some(to)) = (node(&flow.source), node(&flow.target)) else { continue };
            let Some(process) = self.process_of_node(from) else { continue };
            let record = Flow {
                name: one_line(&flow.base.name),
                condition: flow.condition.clone().unwrap_or_default(),
                is_default: !flow.base.id.is_empty() && defaults.contains(flow.base.id.as_str()),
                description: flow.base.documentation.clone(),
                kept: flow.base.kept.clone(),
                ..Flow::new(process, from, to)
            };
            let target = self.target::<Flow>(&flow.base);
            let id = push(&mut self.edit.flows, target, record);
            self.know(&flow.base, id);
        }
    }

    pub(super) fn process_of_node(&self, node: FlowNode) -> Option<ProcessId> {
        Some(match node {
            FlowNode::Step(id) => self.edit.steps.get(id.index() as usize)?.record.process,
            FlowNode::Gateway(id) => self.edit.gateways.get(id.index() as usize)?.record.process,
            FlowNode::Event(id) => self.edit.events.get(id.index() as usize)?.record.process,
        })
    }

    fn message(&mut self, flow: &'a tree::MessageFlow) {
        let of_message = self.roots.get(flow.message.as_str()).map_or("", |message| message.base.name.as_str());
        let mut kept = flow.base.kept.clone();
        if !flow.message.is_empty() {
            append(&mut kept, &format!("messageRef=\"{}\"", escaped(&flow.message)));
        }
        let name = one_line(first_of(&[&flow.base.name, of_message]));
        self.link(&flow.base, LinkKind::Message, (&flow.source, &flow.target), |link| Link { name, kept, ..link });
    }

    fn associations(&mut self, artifacts: &'a Artifacts) {
        for association in &artifacts.associations {
            let mut kept = association.base.kept.clone();
            if association.direction == AssociationDirection::Both {
                append(&mut kept, "associationDirection=\"Both\"");
            }
            let directed = association.direction != AssociationDirection::None;
            let ends = (association.source.as_str(), association.target.as_str());
            self.link(&association.base, LinkKind::Association, ends, |link| Link { directed, kept, ..link });
        }
    }

    /// One link for each source; the first bears the id.
    fn data_association(&mut self, node: &'a tree::Node, association: &'a tree::DataAssociation) {
        let owner = node.base.id.as_str();
        let step = match self.elements.get(owner) {
            Some(ElementRef::Step(id)) => Some(id.index() as usize),
            _ => None,
        };
        let sources: &[String] =
            if association.is_output { std::slice::from_ref(&association.target) } else { &association.sources };
        let nameless = Base { id: String::new(), ..association.base.clone() };
        for (number, data) in sources.iter().enumerate() {
            let (kind, ends) = match association.is_output {
                true => (LinkKind::Output, (owner, data.as_str())),
                false => (LinkKind::Input, (data.as_str(), owner)),
            };
            let kept = if number == 0 { association.base.kept.clone() } else { String::new() };
            let fill = |link| Link { kept, ..link };
            if number == 0 {
                self.link(&association.base, kind, ends, fill);
            } else if let Some(link) = self.link_between(&nameless, kind, ends) {
                let target = self.target::<Link>(&nameless);
                push(&mut self.edit.links, target, fill(link));
            }
            let Some(ElementRef::Artefact(artefact)) = self.elements.get(data.as_str()).copied() else { continue };
            let Some(step) = step.and_then(|place| self.edit.steps.get_mut(place)) else { continue };
            let list = if association.is_output { &mut step.record.outputs } else { &mut step.record.inputs };
            if !list.contains(&artefact) {
                list.push(artefact);
            }
        }
    }

    fn link(&mut self, base: &'a Base, kind: LinkKind, ends: (&str, &str), fill: impl FnOnce(Link) -> Link) {
        let Some(link) = self.link_between(base, kind, ends) else { return };
        let description = base.documentation.clone();
        let target = self.target::<Link>(base);
        let id = push(&mut self.edit.links, target, fill(Link { description, ..link }));
        self.know(base, id);
    }

    /// A link between two elements of the file; none, and told, where no line can lead to one of them.
    fn link_between(&mut self, base: &Base, kind: LinkKind, (from, to): (&str, &str)) -> Option<Link> {
        let end = |id: &str| self.elements.get(id).copied().filter(|element| integrity::can_be_linked(*element));
        if let (Some(from), Some(to)) = (end(from), end(to)) {
            return Some(Link::new(kind, from, to));
        }
        let lost = if end(from).is_none() { from } else { to };
        let what = format!("Remit knows no line to “{lost}”");
        self.problem(base, "line", what, "left out");
        None
    }
}
