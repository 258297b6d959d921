//! Adding the records of a clip to a document, with their references redirected.
//!
//! A reference of the clip leads, in this order: to what was chosen, for a clip of another project; to what is pasted
//! along; to the element with the same key and kind, for a clip of this project; to the only element with the same name
//! and kind. Performers that do not exist here are made; other references that lead nowhere are emptied.

use std::collections::BTreeMap;

use super::edits::frame_at;
use super::namesakes::of_same_name;
use super::pictures::Pictures;
use super::{Clip, EditError, Paste, Record, Transaction, Verdict, rules};
use crate::model::*;

/// How far beside the original a copy comes to lie, in world units.
const BESIDE: f64 = 24.0;

/// Whether a paste can be made.
pub(super) fn check(document: &Document, paste: &Paste) -> Result<(), String> {
    let mut draft = Transaction::new(document);
    self::paste(&mut draft, paste).map_err(|error| error.to_string())
}

/// Pastes.
pub(super) fn paste(transaction: &mut Transaction, paste: &Paste) -> Result<(), EditError> {
    let clip = paste.clip.document();
    let target = paste.view.and_then(|view| transaction.document().get::<View>(view)).and_then(View::process);
    let elements = paste.clip.elements();
    let mut handles: BTreeMap<ElementRef, ElementRef> = BTreeMap::new();
    for (theirs, here) in paste.clip.choices().into_iter().flatten() {
        handles.extend(here.filter(|here| transaction.document().contains(*here)).map(|here| (*theirs, here)));
    }
    if !paste.as_new {
        for element in &elements {
            if let Some(here) = same_thing(&paste.clip, transaction.document(), *element) {
                handles.entry(*element).or_insert(here);
            }
        }
    }
    let new: Vec<ElementRef> = elements.iter().copied().filter(|element| !handles.contains_key(element)).collect();
    let frame = paste.view.zip(paste.at).zip(target);
    let frame = frame.and_then(|((view, at), process)| frame_at(transaction.document(), view, at, process));
    let made_processes = Vec::new();
    let copied = &paste.clip;
    let mut maker =
        Maker { copied, clip, transaction, handles, new: &new, made_processes, target, frame, as_new: paste.as_new };
    maker.find_context()?;
    maker.make()?;
    let Maker { handles, mut made_processes, .. } = maker;
    made_processes.extend(new.iter().filter(|element| matches!(element, ElementRef::Process(_))));
    make_views(transaction, &made_processes, &handles);
    show(transaction, paste, &handles)
}

/// The element of a document that one of a clip is: by its key, or, from another project, as the only one of its name.
fn same_thing(copied: &Clip, document: &Document, element: ElementRef) -> Option<ElementRef> {
    match copied.choices() {
        Some(choices) if choices.get(&element) == Some(&None) => None,
        Some(_) => same_name(copied.document(), document, element),
        None => same_key(copied.document(), document, element),
    }
}

/// The element of a document with the same kind and key as one of the clip.
fn same_key(clip: &Document, document: &Document, element: ElementRef) -> Option<ElementRef> {
    let here = document.by_key(clip.key_of(element)?.as_str())?;
    (here.kind() == element.kind()).then_some(here)
}

/// The only element of a document with the same kind and name as one of the clip.
fn same_name(clip: &Document, document: &Document, element: ElementRef) -> Option<ElementRef> {
    use ElementKind as K;
    let can_be_context =
        Actor::try_from(element).is_ok() || matches!(element.kind(), K::Process | K::Artefact | K::Decision);
    match of_same_name(clip, document, element).as_slice() {
        [only] if can_be_context => Some(*only),
        _ => None,
    }
}

struct Maker<'a> {
    copied: &'a Clip,
    clip: &'a Document,
    transaction: &'a mut Transaction,
    handles: BTreeMap<ElementRef, ElementRef>,
    /// What is to be made, in the order of the clip.
    new: &'a [ElementRef],
    /// Processes of the clip that had to be made for nodes pasted without them.
    made_processes: Vec<ElementRef>,
    /// The process of the view into which nodes are pasted.
    target: Option<ProcessId>,
    /// The open sub-flow onto which nodes are pasted.
    frame: Option<StepId>,
    as_new: bool,
}

impl Maker<'_> {
    /// Finds what the new records refer to outside of themselves; makes performers and processes that are missing.
    fn find_context(&mut self) -> Result<(), EditError> {
        for element in self.new {
            let Some(record) = Record::of(self.clip, *element) else { continue };
            if let Some((process, performer)) = seat(&record) {
                self.find_process(process)?;
                if let Some(performer) = performer {
                    self.find_or_make(performer.into());
                }
            }
            for reference in record.references() {
                self.find(reference);
            }
        }
        for (_, right) in self.clip.rights().iter() {
            for reference in Record::from(right.clone()).references() {
                self.find(reference);
            }
        }
        Ok(())
    }

    fn find(&mut self, element: ElementRef) -> bool {
        if self.new.contains(&element) || self.handles.contains_key(&element) {
            return true;
        }
        let document = self.transaction.document();
        let found = same_thing(self.copied, document, element);
        let is_chosen = self.copied.choices().is_some_and(|choices| choices.contains_key(&element));
        let found = found.or_else(|| same_name(self.clip, document, element).filter(|_| !is_chosen));
        if let Some(here) = found {
            self.handles.insert(element, here);
        }
        found.is_some()
    }

    fn find_or_make(&mut self, element: ElementRef) {
        if !self.find(element)
            && let Some(mut record) = Record::of(self.clip, element)
        {
            record.map_references(&mut |_| None);
            let here = record.insert(self.transaction);
            self.handles.insert(element, here);
            if let ElementRef::Process(_) = element {
                self.made_processes.push(element);
            }
        }
    }

    fn find_process(&mut self, process: ProcessId) -> Result<(), EditError> {
        let element: ElementRef = process.into();
        if self.new.contains(&element) {
            return Ok(());
        }
        if let Some(target) = self.target {
            self.handles.insert(element, target.into());
            return Ok(());
        }
        if self.clip.name_of(element).is_empty() && !self.find(element) {
            return Err(EditError::Refused("Steps are pasted into the view of a process.".to_owned()));
        }
        self.find_or_make(element);
        Ok(())
    }

    /// Makes the new records, then redirects their references, then makes the rights between them.
    fn make(&mut self) -> Result<(), EditError> {
        let mut made: Vec<(ElementRef, Record)> = Vec::new();
        for element in in_order_of_need(self.clip, self.new) {
            let Some(mut record) = Record::of(self.clip, element) else { continue };
            if self.as_new {
                record.set_key(Key::unset());
            }
            // References to what is made later are filled in below; what it cannot be without exists by now.
            let mut bare = record.clone();
            let handles = &self.handles;
            if !bare.map_references(&mut |reference| handles.get(&reference).copied()) {
                continue;
            }
            if let Record::Flow(flow) = &mut bare {
                // Its ends may be here already, in another process.
                let (from, to) = (flow.from, flow.to);
                flow.process = self.transaction.document().process_of(from).unwrap_or(flow.process);
                if matches!(rules::can_flow(self.transaction.document(), from, to), Verdict::No(_)) {
                    continue;
                }
            }
            if !self.can_stand(&mut bare) {
                continue;
            }
            let is_line = matches!(bare, Record::Flow(_) | Record::Link(_));
            let here = bare.insert(self.transaction);
            self.handles.insert(element, here);
            if !is_line {
                made.push((here, record));
            }
        }
        let handles = &self.handles;
        for (here, mut record) in made {
            record.map_references(&mut |reference| handles.get(&reference).copied());
            self.can_stand(&mut record);
            record.replace(self.transaction, here)?;
        }
        self.make_rights();
        Ok(())
    }

    /// Lets a new node stand in the sub-flow that it was copied with, else in the one onto which it is pasted. False for
    /// an event on a border that is none here.
    fn can_stand(&self, record: &mut Record) -> bool {
        let document = self.transaction.document();
        let is_in = |id: StepId, process: ProcessId| document.process_of(FlowNode::Step(id)) == Some(process);
        let holds = |id: StepId| document.get::<Step>(id).is_some_and(|step| step.kind.has_inside());
        let stand = |parent: Option<StepId>, process: ProcessId| {
            let own = parent.filter(|id| is_in(*id, process) && holds(*id));
            own.or(self.frame.filter(|id| is_in(*id, process)))
        };
        match record {
            Record::Step(step) => step.parent = stand(step.parent, step.process),
            Record::Gateway(gateway) => gateway.parent = stand(gateway.parent, gateway.process),
            Record::Event(event) => match event.attached {
                Some(host) if !is_in(host, event.process) => return false,
                Some(host) => event.parent = document.parent_of(FlowNode::Step(host)),
                None => event.parent = stand(event.parent, event.process),
            },
            _ => {}
        }
        true
    }

    fn make_rights(&mut self) {
        for (_, right) in self.clip.rights().iter() {
            let mut right = Record::from(right.clone());
            let handles = &self.handles;
            let is_new = right.references().iter().any(|reference| self.new.contains(reference));
            if !is_new || !right.map_references(&mut |reference| handles.get(&reference).copied()) {
                continue;
            }
            // Letters that this project does not know and rights that it has already are left out.
            if rules::problems_with_new(self.transaction.document(), &right).is_ok() {
                right.insert(self.transaction);
            }
        }
    }
}

/// Process and performer of a node.
fn seat(record: &Record) -> Option<(ProcessId, Option<Actor>)> {
    match record {
        Record::Step(step) => Some((step.process, step.performer)),
        Record::Gateway(gateway) => Some((gateway.process, gateway.performer)),
        Record::Event(event) => Some((event.process, event.performer)),
        Record::Flow(flow) => Some((flow.process, None)),
        _ => None,
    }
}

/// Processes before their nodes, sub-flows before what is inside them, steps before the events on their borders, nodes
/// before their flows, all before the links between them.
fn in_order_of_need(clip: &Document, elements: &[ElementRef]) -> Vec<ElementRef> {
    let depth = |step: StepId| {
        let around = |step: &StepId| clip.get::<Step>(*step).and_then(|step| step.parent);
        std::iter::successors(Some(step), around).take(clip.steps().len()).count()
    };
    let rank = |element: &ElementRef| match element {
        ElementRef::Step(step) => (1, depth(*step)),
        ElementRef::Gateway(_) | ElementRef::Event(_) => (2, 0),
        ElementRef::Flow(_) => (3, 0),
        ElementRef::Link(_) => (4, 0),
        _ => (0, 0),
    };
    let mut ordered = elements.to_vec();
    ordered.sort_by_key(rank);
    ordered
}

/// Every pasted process gets a view of its own.
fn make_views(transaction: &mut Transaction, new: &[ElementRef], handles: &BTreeMap<ElementRef, ElementRef>) {
    for element in new {
        if let Some(ElementRef::Process(process)) = handles.get(element).copied() {
            let name = transaction.document().name_of(process.into()).to_owned();
            transaction.insert(View::new(
                name,
                ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() },
            ));
        }
    }
}

/// Shows what was pasted in the view, keeping places to each other.
fn show(
    transaction: &mut Transaction,
    paste: &Paste,
    handles: &BTreeMap<ElementRef, ElementRef>,
) -> Result<(), EditError> {
    let (Some(view), Some(board)) = (paste.view, paste.clip.board()) else { return Ok(()) };
    let shift = shift(&paste.clip, paste.at);
    let is_alone = paste.clip.main_elements().len() == 1;
    let mut pictures = Pictures::of(transaction.document(), view);
    let first_free = groups::free_number(transaction.document(), view);
    for (_, placement) in paste.clip.document().placements_in(board) {
        let Some(here) = handles.get(&placement.element).copied() else { continue };
        let is_recorded = !rules::is_line(here) || !placement.bends.is_empty();
        if pictures.shows(here) || !is_recorded || !super::edits::fits_view(transaction.document(), view, here) {
            continue;
        }
        let moved = |point: Point| Point::new(point.x + shift.x, point.y + shift.y);
        pictures.change(transaction, here, |new| {
            let center = placement.center.map(moved);
            let is_line = rules::is_line(here);
            let bends = placement.bends.iter().copied().map(moved).collect();
            new.center = center.or_else(|| paste.at.filter(|_| is_alone && !is_line));
            new.size = placement.size;
            new.bends = bends;
            new.label =
                placement.label.map(|area| Area::new(area.x + shift.x, area.y + shift.y, area.width, area.height));
            new.pinned = placement.pinned;
            new.collapsed = placement.collapsed;
            new.tint = placement.tint;
            new.layer = placement.layer;
            // Copies are groups of their own. What was locked is free: it is to be put somewhere.
            new.groups = placement.groups.iter().map(|number| number.saturating_add(first_free)).collect();
        })?;
    }
    Ok(())
}

/// From the places in the clip to those in the view.
fn shift(clip: &Clip, at: Option<Point>) -> Point {
    match (at, clip.middle()) {
        (None, _) => Point::new(BESIDE, BESIDE),
        (Some(at), Some(middle)) => Point::new(at.x - middle.x, at.y - middle.y),
        (Some(_), None) => Point::default(),
    }
}
