//! What deleting things everywhere would take along, to be said before and after.

use super::Remove;
use super::removal::with_dependents;
use super::wording::several;
use crate::model::*;

/// What goes when elements are deleted everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// In how many views they are seen.
    pub views: usize,
    /// What goes with them, by kind: how many.
    pub with: Vec<(ElementKind, usize)>,
    /// How many steps, gateways and events would have no performer any more.
    pub unassigned: usize,
}

impl Remove {
    /// What goes with the elements and what stays behind without them.
    pub fn consequences(&self, document: &Document) -> Consequences {
        let gone = with_dependents(document, &self.elements);
        let mut with: Vec<(ElementKind, usize)> = Vec::new();
        let named =
            |element: &&ElementRef| element.kind() != ElementKind::Placement && !self.elements.contains(element);
        for element in gone.iter().filter(named) {
            match with.iter_mut().find(|(kind, _)| *kind == element.kind()) {
                Some((_, count)) => *count += 1,
                None => with.push((element.kind(), 1)),
            }
        }
        let mut views: Vec<ViewId> =
            self.elements.iter().flat_map(|element| document.views_showing(*element)).collect();
        views.sort_unstable();
        views.dedup();
        let loses = |node: FlowNode| {
            let performer = document.performer_of(node).map(ElementRef::from);
            !gone.contains(&node.into()) && performer.is_some_and(|performer| gone.contains(&performer))
        };
        Consequences { views: views.len(), with, unassigned: nodes(document).filter(|node| loses(*node)).count() }
    }

    /// What would go, for a menu or a question: `role “Clerk”, in 3 views, with 2 rights`.
    pub fn summary(&self, document: &Document) -> String {
        let consequences = self.consequences(document);
        let mut parts = vec![several(document, &self.elements)];
        if consequences.views > 0 {
            parts.push(format!("in {}", number(consequences.views, "view", "views")));
        }
        if let Some(with) = consequences.with_words() {
            parts.push(format!("with {with}"));
        }
        parts.join(", ")
    }

    /// What went, in a sentence, for after it was done; `document` is the version before.
    pub fn report(&self, document: &Document) -> String {
        let consequences = self.consequences(document);
        let mut sentence = format!("Deleted {} everywhere", several(document, &self.elements));
        if consequences.views > 0 {
            sentence += &format!(", out of {}", number(consequences.views, "view", "views"));
        }
        if let Some(with) = consequences.with_words() {
            sentence += &format!(", with {with}");
        }
        sentence.push('.');
        if consequences.unassigned > 0 {
            sentence += &format!(" {} no performer now.", unassigned_words(consequences.unassigned));
        }
        sentence
    }
}

impl Consequences {
    /// Whether anything but the things themselves is concerned.
    pub fn reach_further(&self) -> bool {
        self.views > 1 || !self.with.is_empty() || self.unassigned > 0
    }

    /// `2 rights and 1 flow`; none where nothing goes along.
    fn with_words(&self) -> Option<String> {
        let words: Vec<String> =
            self.with.iter().map(|(kind, count)| number(*count, kind.word(), kind.plural())).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        (!words.is_empty()).then(|| super::wording::joined(&words, "and"))
    }
}

/// `1 step has`, `4 steps have`; events and gateways are counted among the steps of a flow.
pub(super) fn unassigned_words(count: usize) -> String {
    if count == 1 { "1 step has".to_owned() } else { format!("{count} steps have") }
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn nodes(document: &Document) -> impl Iterator<Item = FlowNode> + '_ {
    let steps = document.steps().ids().map(FlowNode::Step);
    let gateways = document.gateways().ids().map(FlowNode::Gateway);
    steps.chain(gateways).chain(document.events().ids().map(FlowNode::Event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::random_edits::start;

    fn remove(document: &Document, kind: ElementKind, name: &str) -> Remove {
        let all = document.changes_since(&Document::default());
        let named = |element: &ElementRef| element.kind() == kind && document.name_of(*element) == name;
        Remove { elements: all.into_iter().map(|(element, _)| element).filter(named).take(1).collect() }
    }

    #[test]
    fn what_goes_along_is_counted_and_said() {
        let document = start();
        let clerk = remove(&document, ElementKind::Role, "Clerk");
        let consequences = clerk.consequences(&document);
        assert_eq!(consequences.unassigned, 2);
        assert!(consequences.reach_further());
        let report = clerk.report(&document);
        assert!(report.starts_with("Deleted “Clerk” everywhere, out of "), "{report}");
        assert!(report.ends_with(" 2 steps have no performer now."), "{report}");
        let process = remove(&document, ElementKind::Process, "Refund");
        let summary = process.summary(&document);
        assert!(summary.starts_with("“Refund”, in 1 view, with 3 steps, "), "{summary}");
        assert!(summary.contains("flow"), "{summary}");
    }
}
