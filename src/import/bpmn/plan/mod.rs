//! A BPMN model into one edit of Remit's model.
//!
//! | BPMN | Remit |
//! | --- | --- |
//! | process | process |
//! | pool with a process; a lane with lanes in it | unit |
//! | pool without a process | external |
//! | lane | role, of the unit of its pool |
//! | task, sub-process, call activity | step |
//! | gateway, event, sequence flow | gateway, event, flow |
//! | message flow, association, data association | link |
//! | reference to a data object or store, input, output | artefact, one for references alike of which no diagram draws two; a data object of its own only without references |
//! | text annotation, group | note |
//! | diagram | process view |
//!
//! An element is known again by the name of its file and its id in it, which make its key; those who perform are known
//! by their name, too, where just one has it. Nodes within a sub-process belong to the lane of the sub-process.
//! What has no meaning in Remit is kept with its element; that of pools, lanes and of the file as a whole with the
//! process that comes first; that of shapes and lines with their view.

mod actors;
mod bands;
mod content;
mod keys;
mod lines;
mod pictures;
mod timers;

use rustc_hash::{FxHashMap, FxHashSet};

use super::limits::MOST_PROBLEMS;
use super::tree::{self, Base, Definitions, NodeKind};
use super::{Problem, Reading};
use crate::edit::{MergeProcesses, Merged, Target};
use crate::model::*;
pub(super) use keys::Keys;

/// What came of a plan.
pub(super) struct Planned {
    pub edit: MergeProcesses,
    /// What could not be brought over, by line.
    pub problems: Vec<Problem>,
    /// Timers that state no fixed time: the event, and what its timer says.
    pub open_timers: Vec<(String, String)>,
}

/// Makes the edit that brings a model into a document.
pub(super) fn plan(reading: &Reading, name: &str, base: &Document, arranges_anew: bool) -> Planned {
    let mut planner = Planner::new(reading, name, base, arranges_anew);
    let definitions = &reading.definitions;
    planner.processes(definitions);
    planner.actors(definitions);
    planner.contents(definitions);
    planner.lines(definitions);
    planner.views(definitions);
    planner.keep_the_rest(definitions);
    planner.problems.sort_by_key(|problem| problem.line);
    Planned { edit: planner.edit, problems: planner.problems, open_timers: planner.open_timers }
}

struct Planner<'a> {
    base: &'a Document,
    arranges_anew: bool,
    keys: Keys,
    /// Handle within the edit of everything that has an id in the file.
    elements: FxHashMap<&'a str, ElementRef>,
    /// Who performs what is in a process but in no lane of it.
    pools: FxHashMap<ProcessId, Actor>,
    /// In whose lane a node is.
    lanes: FxHashMap<&'a str, Actor>,
    /// Data objects by their id.
    objects: FxHashMap<&'a str, &'a tree::Data>,
    /// Ids of data objects that references stand for.
    referred: FxHashSet<&'a str>,
    /// References to each object or store so far, with what they became.
    references: FxHashMap<&'a str, Vec<(&'a tree::Data, ArtefactId)>>,
    /// In which diagrams each id is drawn.
    drawn_in: FxHashMap<&'a str, Vec<usize>>,
    /// What stands at the top of the file, by id.
    roots: FxHashMap<&'a str, &'a tree::Root>,
    /// Nodes, data and remarks of each process, those around others before them.
    inside: FxHashMap<ProcessId, Vec<ElementRef>>,
    /// Processes with something in them, in the order of the file.
    inside_order: Vec<ProcessId>,
    /// Remarks that belong to no process.
    loose: Vec<ElementRef>,
    /// Places of new elements in their lists: behind those that are there.
    orders: Orders,
    edit: MergeProcesses,
    problems: Vec<Problem>,
    open_timers: Vec<(String, String)>,
}

impl<'a> Planner<'a> {
    fn new(reading: &'a Reading, name: &str, base: &'a Document, arranges_anew: bool) -> Self {
        let edit = MergeProcesses { source: name.to_owned(), ..MergeProcesses::default() };
        Self {
            base,
            arranges_anew,
            keys: Keys::of_file(name),
            elements: FxHashMap::default(),
            pools: FxHashMap::default(),
            lanes: FxHashMap::default(),
            objects: FxHashMap::default(),
            referred: FxHashSet::default(),
            references: FxHashMap::default(),
            drawn_in: FxHashMap::default(),
            roots: reading.definitions.roots.iter().map(|root| (root.base.id.as_str(), root)).collect(),
            inside: FxHashMap::default(),
            inside_order: Vec::new(),
            loose: Vec::new(),
            orders: Orders::behind(base),
            edit,
            problems: Vec::new(),
            open_timers: Vec::new(),
        }
    }

    fn target<E: Element>(&mut self, base: &Base) -> Target<E::Id> {
        self.keys.target::<E>(self.base, &base.id)
    }

    fn problem(&mut self, base: &Base, element: &'static str, what: String, consequence: &'static str) {
        if self.problems.len() < MOST_PROBLEMS {
            let named = if base.name.is_empty() { &base.id } else { &base.name };
            let line = base.line;
            self.problems.push(Problem { line, element, named: named.clone(), what, consequence });
        }
    }

    fn processes(&mut self, definitions: &'a Definitions) {
        let only = definitions.processes.len() == 1;
        let named: FxHashMap<&str, &str> = participants(definitions)
            .filter(|pool| !pool.process.is_empty() && !pool.base.name.is_empty())
            .map(|pool| (pool.process.as_str(), pool.base.name.as_str()))
            .collect();
        let mut called: FxHashMap<&str, &str> = FxHashMap::default();
        definitions.each_content(&mut |_, content| {
            for node in content.nodes.iter().filter(|node| !node.base.name.is_empty()) {
                if let NodeKind::CallActivity { called: id } = &node.kind {
                    called.entry(id).or_insert(&node.base.name);
                }
            }
        });
        for process in &definitions.processes {
            let of_call = called.get(process.base.id.as_str()).copied().unwrap_or_default();
            let of_pool = named.get(process.base.id.as_str()).copied().unwrap_or_default();
            let of_file = if only { definitions.base.name.as_str() } else { "" };
            let name = first_of(&[&process.base.name, of_pool, of_file, of_call, &process.base.id, self.keys.stem()]);
            let record = Process {
                order: self.orders.processes,
                description: process.base.documentation.clone(),
                kept: process.base.kept.clone(),
                ..Process::new(one_line(name))
            };
            self.add_process(&process.base, record);
        }
        if definitions.processes.is_empty() && participants(definitions).next().is_some() {
            let name = first_of(&[&definitions.base.name, self.keys.stem(), "Process"]).to_owned();
            self.add_process(&definitions.base, Process::new(name));
        }
    }

    fn add_process(&mut self, base: &'a Base, record: Process) {
        let target = self.target::<Process>(base);
        let id = push(&mut self.edit.processes, target, record);
        self.know(base, id);
    }

    /// Remembers the handle of something with an id.
    fn know(&mut self, base: &'a Base, element: impl Into<ElementRef>) {
        if !base.id.is_empty() {
            self.elements.insert(&base.id, element.into());
        }
    }

    /// Remembers something that stands in a process, or beside all of them.
    fn show(&mut self, process: Option<ProcessId>, element: impl Into<ElementRef>) {
        let Some(process) = process else { return self.loose.push(element.into()) };
        if !self.inside.contains_key(&process) {
            self.inside_order.push(process);
        }
        self.inside.entry(process).or_default().push(element.into());
    }

    /// The process of the file with this id.
    fn process_of(&self, id: &str) -> Option<ProcessId> {
        match self.elements.get(id) {
            Some(ElementRef::Process(id)) => Some(*id),
            _ => None,
        }
    }

    /// Keeps what is said about the file, its pools and lanes with the first process.
    fn keep_the_rest(&mut self, definitions: &Definitions) {
        let mut file = definitions.base.kept.clone();
        for root in definitions.roots.iter().filter(|root| !root.base.kept.is_empty()) {
            file.push('\n');
            file.push_str(&root.base.kept);
        }
        let mut kept: Vec<String> = Vec::new();
        kept.extend(element_text("definitions", &definitions.base.id, &file));
        for collaboration in &definitions.collaborations {
            kept.extend(element_text("collaboration", &collaboration.base.id, &collaboration.base.kept));
            for participant in &collaboration.participants {
                let mut own = participant.base.kept.clone();
                if let Some((least, most)) = participant.multiplicity {
                    let most = most.map(|most| format!(" maximum=\"{most}\"")).unwrap_or_default();
                    own.push_str(&format!("\n<participantMultiplicity minimum=\"{least}\"{most}/>"));
                }
                kept.extend(element_text("participant", &participant.base.id, &own));
            }
        }
        for process in &definitions.processes {
            for lanes in &process.content.lane_sets {
                kept.extend(element_text("laneSet", &lanes.base.id, &lanes.base.kept));
                lanes.each(0, &mut |_, lane| {
                    kept.extend(element_text("lane", &lane.base.id, &lane.base.kept));
                });
            }
        }
        if let Some(first) = self.edit.processes.first_mut() {
            append(&mut first.record.kept, &kept.join("\n"));
        }
    }
}

/// Places in lists behind all that a document has.
struct Orders {
    units: i32,
    roles: i32,
    processes: i32,
    views: i32,
}

impl Orders {
    fn behind(document: &Document) -> Self {
        Self {
            units: document.units().iter().map(|(_, unit)| unit.order).max().unwrap_or(0),
            roles: document.roles().iter().map(|(_, role)| role.order).max().unwrap_or(0),
            processes: document.processes().iter().map(|(_, process)| process.order).max().unwrap_or(0),
            views: document.views().iter().map(|(_, view)| view.order).max().unwrap_or(0),
        }
    }
}

/// Adds a record to a list of the edit; gives its handle within the edit.
fn push<E: Element>(list: &mut Vec<Merged<E>>, target: Target<E::Id>, record: E) -> E::Id {
    list.push(Merged { target, record });
    E::Id::from_index(u32::try_from(list.len() - 1).unwrap_or(u32::MAX))
}

fn participants(definitions: &Definitions) -> impl Iterator<Item = &tree::Participant> {
    definitions.collaborations.iter().flat_map(|collaboration| &collaboration.participants)
}

/// The first text that is not empty.
fn first_of<'t>(texts: &[&'t str]) -> &'t str {
    texts.iter().find(|text| !text.is_empty()).copied().unwrap_or_default()
}

/// A name without line breaks.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds a text to what is kept of an element, attributes before elements.
fn append(kept: &mut String, more: &str) {
    match (kept.is_empty(), more.is_empty()) {
        (_, true) => {}
        (true, false) => more.clone_into(kept),
        (false, false) if more.starts_with('<') => {
            kept.push('\n');
            kept.push_str(more);
        }
        (false, false) => *kept = format!("{more} {kept}"),
    }
}

/// What is kept of an element that has no place of its own, as an element with its id; none where nothing is kept.
fn element_text(name: &str, id: &str, kept: &str) -> Option<String> {
    let kept = kept.trim();
    if kept.is_empty() {
        return None;
    }
    let (attributes, inside) = kept.split_at(kept.find('<').unwrap_or(kept.len()));
    let id = id.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let attributes = attributes.trim();
    let space = if attributes.is_empty() { "" } else { " " };
    Some(format!("<{name} id=\"{id}\"{space}{attributes}>{inside}</{name}>"))
}

#[cfg(test)]
mod tests;
