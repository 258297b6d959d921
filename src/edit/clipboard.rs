//! What is copied: a small document of its own, so that it is written and read like a file.
//!
//! The copied elements are those that the first board of the small document shows; it keeps their places. Everything
//! else in it is context: elements that the copied ones refer to, by name and key alone (frameworks in full). Rights, flows
//! and links between copied elements are copied along.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Record;
use super::namesakes::Choices;
use super::nest::Nest;
use super::rules::is_line;
use crate::model::*;

/// Copied elements.
#[derive(Clone, PartialEq)]
pub struct Clip {
    document: Arc<Document>,
    /// For a clip of another project, who is who; none for one of this project, where keys tell.
    choices: Option<Arc<Choices>>,
}

impl std::fmt::Debug for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clip").field(&self.elements()).finish()
    }
}

const CLIP_VIEW: &str = "Clipboard";

impl Clip {
    /// A clip that was written as a document and read back; none where it is broken or has no board.
    pub fn from_document(document: Document) -> Option<Self> {
        if !integrity::check(&document).is_empty() {
            return None;
        }
        let clip = Self { document: Arc::new(document), choices: None };
        clip.board().is_some().then_some(clip)
    }

    /// The clip as one of another project: its keys mean nothing here. Who of it is who here is what was chosen, else
    /// the only one of the same name.
    #[must_use]
    pub fn from_elsewhere(self, choices: Choices) -> Self {
        Self { choices: Some(Arc::new(choices)), ..self }
    }

    /// Who is who, for a clip of another project.
    pub(super) fn choices(&self) -> Option<&Choices> {
        self.choices.as_deref()
    }

    /// The small document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The board that shows what was copied.
    pub(super) fn board(&self) -> Option<ViewId> {
        self.document.views().iter().find(|(_, view)| view.kind == ViewKind::Board).map(|(id, _)| id)
    }

    /// The copied elements, lines and the contents of processes and steps included.
    pub fn elements(&self) -> Vec<ElementRef> {
        let Some(board) = self.board() else { return Vec::new() };
        self.document.placements_in(board).map(|(_, placement)| placement.element).collect()
    }

    /// The middle of the centres of what was copied; none where nothing has a place.
    pub fn middle(&self) -> Option<Point> {
        let placed = self.document.placements_in(self.board()?);
        let centers: Vec<Point> = placed.filter_map(|(_, placement)| placement.center).collect();
        let middle = |coordinate: fn(&Point) -> f64| {
            let least = centers.iter().map(coordinate).min_by(f64::total_cmp)?;
            let most = centers.iter().map(coordinate).max_by(f64::total_cmp)?;
            Some(f64::midpoint(least, most))
        };
        Some(Point::new(middle(|point| point.x)?, middle(|point| point.y)?))
    }

    /// The copied elements without the lines between them and what is inside others of them, for labels.
    pub fn main_elements(&self) -> Vec<ElementRef> {
        let elements = self.elements();
        let is_held = |node: FlowNode| self.document.parent_of(node).or(self.document.host_of(node)).is_some();
        let is_main = |element: &ElementRef| !is_line(*element) && !FlowNode::try_from(*element).is_ok_and(is_held);
        let main: Vec<ElementRef> = elements.iter().copied().filter(is_main).collect();
        if main.is_empty() { elements } else { main }
    }

    /// Copies elements with their places in a view. Processes take their nodes along, steps what is inside them and on
    /// their borders, all of them the flows and links between them, rows and holders the rights between them. An event
    /// on a border comes only with its step. Views, placements, frameworks and rights by themselves are left out.
    pub fn copy(document: &Document, view: Option<ViewId>, elements: &[ElementRef]) -> Self {
        let selected = selection(document, elements);
        let mut copy = Copy { from: document, to: Document::default(), handles: BTreeMap::new() };
        copy.to.project_mut().currency = document.project().currency;
        copy.to.project_mut().name.clone_from(&document.project().name);
        copy.records(&selected);
        let board = copy.to.insert(View::new(CLIP_VIEW, ViewKind::Board));
        for element in &selected {
            let Some(mine) = copy.handles.get(element).copied() else { continue };
            let shown = view.and_then(|view| document.placement_of(view, *element));
            let placement = match shown {
                Some((_, placement)) => Placement { view: board, element: mine, ..placement.clone() },
                None => Placement::unplaced(board, mine),
            };
            copy.to.insert(placement);
        }
        Self { document: Arc::new(copy.to), choices: None }
    }
}

/// The copied elements in the order of kinds and handles: those that can be copied, contents of processes and steps and
/// the lines between them included.
fn selection(document: &Document, elements: &[ElementRef]) -> Vec<ElementRef> {
    use ElementKind as K;
    let can_be_copied = |element: &&ElementRef| {
        let kind = element.kind();
        document.contains(**element) && !matches!(kind, K::View | K::Placement | K::Framework | K::Right)
    };
    let mut selected: BTreeSet<ElementRef> = elements.iter().filter(can_be_copied).copied().collect();
    for element in elements {
        if let ElementRef::Process(process) = element {
            selected.extend(document.nodes_of(*process).into_iter().map(ElementRef::from));
        }
    }
    let nest = Nest::of(document);
    let nodes = selected.iter().filter_map(|element| FlowNode::try_from(*element).ok());
    let nodes = nest.with_followers(nodes.collect::<Vec<_>>());
    selected.extend(nodes.iter().map(|node| ElementRef::from(*node)));
    for node in nodes {
        if document.host_of(node).is_some_and(|host| !selected.contains(&host.into())) {
            selected.remove(&node.into());
        }
    }
    select_lines(
        &mut selected,
        document.flows().iter().map(|(id, flow)| (id.into(), flow.from.into(), flow.to.into())),
    );
    // Links may lead to flows, so they come after them.
    select_lines(&mut selected, document.links().iter().map(|(id, link)| (id.into(), link.from, link.to)));
    selected.into_iter().collect()
}

/// Selects the lines (with their ends) whose ends are both selected, and no others.
fn select_lines(
    selected: &mut BTreeSet<ElementRef>,
    lines: impl Iterator<Item = (ElementRef, ElementRef, ElementRef)>,
) {
    for (line, from, to) in lines {
        if selected.contains(&from) && selected.contains(&to) {
            selected.insert(line);
        } else {
            selected.remove(&line);
        }
    }
}

struct Copy<'a> {
    from: &'a Document,
    to: Document,
    handles: BTreeMap<ElementRef, ElementRef>,
}

impl Copy<'_> {
    /// Adds the selected records, their context and the rights between them.
    fn records(&mut self, selected: &[ElementRef]) {
        let mut records: Vec<(Option<ElementRef>, Record)> = Vec::new();
        for element in selected {
            records.extend(Record::of(self.from, *element).map(|record| (Some(*element), record)));
        }
        let inside: BTreeSet<ElementRef> = selected.iter().copied().collect();
        for (_, right) in self.from.rights().iter() {
            if inside.contains(&right.subject.into()) && inside.contains(&right.holder.into()) {
                records.push((None, right.clone().into()));
            }
        }
        let context: BTreeSet<ElementRef> = records
            .iter()
            .flat_map(|(_, record)| record.references())
            .filter(|found| !inside.contains(found))
            .collect();
        // Rights need the frameworks of their letters, also where they are those of the project.
        let has_rights = records.iter().any(|(_, record)| matches!(record, Record::Right(_)));
        let project = self.from.project();
        let usual = project.framework.or_else(|| self.from.frameworks().ids().next());
        let chosen = [usual, project.framework_of_tasks, project.framework_of_controls];
        let chosen = chosen.map(|framework| framework.filter(|_| has_rights).map(ElementRef::from));
        for element in context.into_iter().chain(chosen.into_iter().flatten()) {
            if self.handles.contains_key(&element) {
                continue;
            }
            if let Some(stub) = stub(self.from, element) {
                let mine = stub.draft_into(&mut self.to);
                self.handles.insert(element, mine);
            }
        }
        let [framework, framework_of_tasks, framework_of_controls] =
            chosen.map(|element| match element.and_then(|id| self.handles.get(&id)) {
                Some(ElementRef::Framework(id)) => Some(*id),
                _ => None,
            });
        if has_rights {
            let project = self.to.project_mut();
            *project = Project { framework, framework_of_tasks, framework_of_controls, ..project.clone() };
        }
        // Handles first, references second: records refer to each other in any order.
        let mut placed: Vec<(ElementRef, Record)> = Vec::new();
        for (element, record) in records {
            let mine = record.clone().draft_into(&mut self.to);
            if let Some(element) = element {
                self.handles.insert(element, mine);
            }
            placed.push((mine, record));
        }
        for (mine, mut record) in placed {
            record.map_references(&mut |reference| self.handles.get(&reference).copied());
            if let Some(key) = self.to.key_of(mine) {
                record.set_key(key.clone());
            }
            record.put_into(&mut self.to, mine);
        }
    }
}

/// Name and key of an element that is only referred to; none for kinds that are never context.
fn stub(document: &Document, element: ElementRef) -> Option<Record> {
    let name = document.name_of(element);
    if matches!(element, ElementRef::Framework(_)) {
        return Record::of(document, element);
    }
    let mut record: Record = match element {
        ElementRef::Unit(_) => Unit::new(name).into(),
        ElementRef::Role(_) => Role::new(name).into(),
        ElementRef::Person(_) => Person::new(name).into(),
        ElementRef::External(_) => External::new(name).into(),
        ElementRef::System(_) => System::new(name).into(),
        ElementRef::Body(_) => Body::new(name).into(),
        ElementRef::Process(_) => Process::new(name).into(),
        ElementRef::Artefact(_) => Artefact::new(name).into(),
        ElementRef::Decision(_) => Decision::new(name).into(),
        _ => return None,
    };
    record.set_key(document.key_of(element)?.clone());
    Some(record)
}
