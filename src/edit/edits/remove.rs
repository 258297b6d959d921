//! Removing things, with everything that cannot be without them.

use crate::edit::rules::can_remove;
use crate::edit::wording::{counted, with_kind};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Removes elements everywhere: from the model and from every view.
///
/// Nodes and views of a process go with it, flows with their ends, rights with their subject or holder. Other
/// references are emptied: steps stay without a performer, roles without a boss. Units and roles below a removed unit
/// move up to the unit above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remove {
    /// The elements.
    pub elements: Vec<ElementRef>,
}

impl EditAction for Remove {
    fn label(&self, document: &Document) -> String {
        match self.elements.as_slice() {
            [one @ (ElementRef::View(_) | ElementRef::Note(_) | ElementRef::Right(_))] => {
                format!("Delete {}", with_kind(document, *one))
            }
            [one] => format!("Delete {} everywhere", with_kind(document, *one)),
            many => format!("Delete {} everywhere", counted(many)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        for element in &self.elements {
            if let Verdict::No(reason) = can_remove(document, *element) {
                return Verdict::No(reason);
            }
        }
        if self.elements.is_empty() { Verdict::Ignore } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::removal::remove_all(transaction, &self.elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn find(document: &Document, kind: ElementKind, name: &str) -> ElementRef {
        let all = document.changes_since(&Document::default());
        let named = |element: &ElementRef| element.kind() == kind && document.name_of(*element) == name;
        all.into_iter().map(|(element, _)| element).find(named).unwrap()
    }

    fn removed(kind: ElementKind, name: &str) -> (String, Document) {
        let document = start();
        let edit = Remove { elements: vec![find(&document, kind, name)] };
        let applied = apply(&document, &edit.into()).unwrap();
        (applied.label, applied.document)
    }

    #[test]
    fn steps_of_a_removed_role_stay_without_a_performer_in_a_lane_of_nobody() {
        let (label, document) = removed(ElementKind::Role, "Clerk");
        assert_eq!(label, "Delete role “Clerk” everywhere");
        assert_eq!(document.steps().iter().filter(|(_, step)| step.performer.is_none()).count(), 2);
        assert_eq!(document.rights().len(), 1);
        let view = document.views().iter().find_map(|(_, view)| view.process().map(|_| view)).unwrap();
        let owners: Vec<String> = view
            .lanes()
            .iter()
            .map(|lane| lane.actor.map_or("", |actor| document.name_of(actor.into())).into())
            .collect();
        assert_eq!(owners, ["Owner", ""]);
    }

    #[test]
    fn units_and_roles_below_a_removed_unit_move_up() {
        let (_, document) = removed(ElementKind::Unit, "Till");
        let ElementRef::Role(clerk) = find(&document, ElementKind::Role, "Clerk") else { panic!("a role") };
        let shop = document.get::<Role>(clerk).unwrap().unit.unwrap();
        assert_eq!(document.name_of(shop.into()), "Shop");
        let (_, document) = removed(ElementKind::Unit, "Shop");
        let ElementRef::Unit(till) = find(&document, ElementKind::Unit, "Till") else { panic!("a unit") };
        assert_eq!(document.get::<Unit>(till).unwrap().parent, None);
    }

    #[test]
    fn a_process_goes_with_its_nodes_flows_and_views() {
        let (_, document) = removed(ElementKind::Process, "Refund");
        let counts = [ElementKind::Step, ElementKind::Flow, ElementKind::Placement].map(|kind| document.count(kind));
        assert_eq!(counts, [0, 0, 0]);
        assert!(document.views().iter().all(|(_, view)| view.process().is_none()));
        assert!(document.decisions().iter().all(|(_, decision)| decision.steps.is_empty()));
    }

    #[test]
    fn a_framework_in_use_stays() {
        let document = start();
        let edit = Remove { elements: vec![find(&document, ElementKind::Framework, "RACI")] };
        assert_eq!(edit.can_apply(&document), Verdict::No("“RACI” comes with the program.".to_owned()));
    }
}
