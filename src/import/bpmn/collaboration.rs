//! Reads what stands at the top of a BPMN file: definitions, collaborations, and what others refer to.

use super::reader::{Reader, attribute, text_of};
use super::tree::*;
use super::xml::Xml;

impl<'a> Reader<'a> {
    /// Reads the outermost element.
    pub(super) fn definitions(&mut self, node: Xml<'a>) -> Definitions {
        let mut definitions = Definitions::default();
        definitions.base = self.base(node, &["exporter", "exporterVersion"]);
        definitions.exporter = format!("{} {}", attribute(node, "exporter"), attribute(node, "exporterVersion"));
        definitions.exporter = definitions.exporter.trim().to_owned();
        for (name, child) in self.children(node) {
            match name {
                "process" => definitions.processes.push(self.process(child)),
                "collaboration" | "globalConversation" => {
                    definitions.collaborations.push(self.collaboration(child, false));
                }
                "choreography" | "globalChoreographyTask" => {
                    definitions.collaborations.push(self.collaboration(child, true));
                }
                "BPMNDiagram" => definitions.diagrams.push(self.diagram(child)),
                "" | "documentation" | "extensionElements" => self.rest(&mut definitions.base, name, child),
                _ => {
                    definitions.event_definitions.extend(self.event_definition(name, child));
                    self.root(name, child, &mut definitions.roots);
                }
            }
        }
        definitions
    }

    /// An element that others refer to, kept whole; the values of a category are elements of their own.
    fn root(&mut self, name: &str, node: Xml<'a>, roots: &mut Vec<Root>) {
        let mut base = Base { line: self.line_of(node), ..Base::default() };
        attribute(node, "id").clone_into(&mut base.id);
        attribute(node, "name").clone_into(&mut base.name);
        self.keep(&mut base, node);
        self.count_element(name, node);
        let code = [attribute(node, "errorCode"), attribute(node, "escalationCode")].concat();
        roots.push(Root { base, element: name.to_owned(), code });
        for (name, child) in self.children(node).filter(|(name, _)| *name == "categoryValue") {
            let mut base = Base { line: self.line_of(child), ..Base::default() };
            attribute(child, "id").clone_into(&mut base.id);
            attribute(child, "value").clone_into(&mut base.name);
            roots.push(Root { base, element: name.to_owned(), code: String::new() });
        }
    }

    fn collaboration(&mut self, node: Xml<'a>, is_choreography: bool) -> Collaboration {
        let mut collaboration = Collaboration { is_choreography, ..Collaboration::default() };
        let mut base = self.base(node, &[]);
        for (name, child) in self.children(node) {
            match name {
                "participant" => collaboration.participants.push(self.participant(child)),
                "messageFlow" => collaboration.message_flows.push(self.message_flow(child)),
                _ if self.artifact(name, child, &mut collaboration.artifacts) => {}
                _ => self.rest(&mut base, name, child),
            }
        }
        collaboration.base = base;
        collaboration
    }

    fn participant(&mut self, node: Xml<'a>) -> Participant {
        let mut base = self.base(node, &["processRef"]);
        let mut multiplicity = None;
        for (name, child) in self.children(node) {
            if name == "participantMultiplicity" {
                let number = |name| attribute(child, name).parse::<u32>().ok();
                multiplicity = Some((number("minimum").unwrap_or(0), number("maximum")));
            } else {
                self.rest(&mut base, name, child);
            }
        }
        Participant { base, process: attribute(node, "processRef").to_owned(), multiplicity }
    }

    fn message_flow(&mut self, node: Xml<'a>) -> MessageFlow {
        let mut base = self.base(node, &["sourceRef", "targetRef", "messageRef"]);
        for (name, child) in self.children(node) {
            self.rest(&mut base, name, child);
        }
        let end = |name| attribute(node, name).to_owned();
        MessageFlow { base, source: end("sourceRef"), target: end("targetRef"), message: end("messageRef") }
    }

    /// Reads an annotation, association or group; false where it is none of them.
    pub(super) fn artifact(&mut self, name: &str, node: Xml<'a>, artifacts: &mut Artifacts) -> bool {
        match name {
            "textAnnotation" => artifacts.annotations.push(self.annotation(node)),
            "association" => artifacts.associations.push(self.association(node)),
            "group" => {
                let mut base = self.base(node, &["categoryValueRef"]);
                for (name, child) in self.children(node) {
                    self.rest(&mut base, name, child);
                }
                let category = attribute(node, "categoryValueRef").to_owned();
                artifacts.groups.push(Group { base, category, label: String::new() });
            }
            _ => return false,
        }
        true
    }

    fn annotation(&mut self, node: Xml<'a>) -> Annotation {
        let mut base = self.base(node, &[]);
        let mut text = String::new();
        for (name, child) in self.children(node) {
            match name {
                "text" => text = text_of(child),
                _ => self.rest(&mut base, name, child),
            }
        }
        Annotation { base, text }
    }

    fn association(&mut self, node: Xml<'a>) -> Association {
        let mut base = self.base(node, &["sourceRef", "targetRef", "associationDirection"]);
        for (name, child) in self.children(node) {
            self.rest(&mut base, name, child);
        }
        let direction = match attribute(node, "associationDirection") {
            "One" | "one" => AssociationDirection::One,
            "Both" | "both" => AssociationDirection::Both,
            _ => AssociationDirection::None,
        };
        let end = |name| attribute(node, name).to_owned();
        Association { base, source: end("sourceRef"), target: end("targetRef"), direction }
    }
}
