//! What stands beside what: an artefact beside the step that makes or needs it, a note beside what it is about.

use rustc_hash::FxHashMap;

use crate::model::*;

/// Hosts of what takes no part in a flow.
pub(super) struct Hosts<'a> {
    index_of: &'a FxHashMap<ElementRef, usize>,
    found: FxHashMap<ElementRef, (Tie, ElementRef)>,
}

/// How well a tie says where a thing belongs; the least wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// It is made there.
    Made,
    /// It is about it.
    About,
    /// It is needed there.
    Needed,
    /// It is handed over there.
    HandedOver,
}

/// Longest way from a thing over others to its host: a note about a note about an artefact.
const LONGEST_WAY: usize = 8;

impl<'a> Hosts<'a> {
    /// The hosts of the shown elements, whose indices are given.
    pub(super) fn of(document: &Document, index_of: &'a FxHashMap<ElementRef, usize>) -> Self {
        let mut ties = Ties { document, index_of, found: FxHashMap::default() };
        ties.links();
        ties.notes();
        ties.artefacts();
        ties.decisions();
        let found = ties.found;
        Self { index_of, found }
    }

    /// The node that an element stands beside, by index: a note about an artefact beside the step of the artefact.
    pub(super) fn host(&self, element: ElementRef) -> Option<usize> {
        let mut at = element;
        for _ in 0..LONGEST_WAY {
            at = self.found.get(&at)?.1;
            if FlowNode::try_from(at).is_ok() {
                return self.index_of.get(&at).copied();
            }
        }
        None
    }
}

struct Ties<'a> {
    document: &'a Document,
    index_of: &'a FxHashMap<ElementRef, usize>,
    found: FxHashMap<ElementRef, (Tie, ElementRef)>,
}

impl Ties<'_> {
    /// Of equally good ties the first one stays.
    fn tie(&mut self, thing: ElementRef, host: ElementRef, tie: Tie) {
        let is_loose = FlowNode::try_from(thing).is_err();
        let host = match host {
            // A line has no box; what it leaves stands for it.
            ElementRef::Flow(id) => self.document.get::<Flow>(id).map_or(host, |flow| flow.from.into()),
            _ => host,
        };
        if !is_loose || thing == host || !self.index_of.contains_key(&thing) || !self.index_of.contains_key(&host) {
            return;
        }
        let is_better = self.found.get(&thing).is_none_or(|(known, _)| tie < *known);
        if is_better {
            self.found.insert(thing, (tie, host));
        }
    }

    fn links(&mut self) {
        for (_, link) in self.document.links().iter() {
            let (from, to) = (link.from, link.to);
            match link.kind {
                LinkKind::Output => self.tie(to, from, Tie::Made),
                LinkKind::Input => self.tie(from, to, Tie::Needed),
                LinkKind::Association | LinkKind::Message => {
                    // Of two things without a flow the first stands beside the second.
                    self.tie(from, to, Tie::About);
                    if FlowNode::try_from(from).is_ok() || matches!(from, ElementRef::Flow(_)) {
                        self.tie(to, from, Tie::About);
                    }
                }
            }
        }
    }

    fn notes(&mut self) {
        for (id, note) in self.document.notes().iter() {
            if let Some(about) = note.about {
                self.tie(id.into(), about, Tie::About);
            }
        }
    }

    fn artefacts(&mut self) {
        for (id, step) in self.document.steps().iter() {
            for made in &step.outputs {
                self.tie((*made).into(), id.into(), Tie::Made);
            }
            for needed in &step.inputs {
                self.tie((*needed).into(), id.into(), Tie::Needed);
            }
        }
        for (_, flow) in self.document.flows().iter() {
            if let Some(artefact) = flow.artefact {
                self.tie(artefact.into(), flow.from.into(), Tie::HandedOver);
            }
        }
    }

    fn decisions(&mut self) {
        for (id, decision) in self.document.decisions().iter() {
            for gateway in &decision.gateways {
                self.tie(id.into(), (*gateway).into(), Tie::About);
            }
            for step in &decision.steps {
                self.tie(id.into(), (*step).into(), Tie::About);
            }
        }
    }
}
