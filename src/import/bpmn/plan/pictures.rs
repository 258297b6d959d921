//! Diagrams of a BPMN model into process views; views to be arranged where nothing is drawn.
//!
//! A drawing is kept as it is: a pixel is a world unit, every shape a placement or the frame of a lane, every edge the
//! line of a flow or link. What a sub-process drawn closed has inside is not shown unless it is drawn; without any
//! drawing all is shown.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Planner, append, bands, element_text, first_of, one_line};
use crate::edit::{Merged, MergedView};
use crate::import::bpmn::drawing::{Bounds, Diagram, Label, Shape};
use crate::import::bpmn::tree::{Base, Collaboration, Definitions};
use crate::model::*;

/// The view that a placement within the edit names; it has no meaning there.
const NO_VIEW: u32 = 0;

/// The shapes of a diagram by what they show.
#[derive(Default)]
pub(super) struct Drawn<'a> {
    /// Nodes, data and remarks, in the order of the file.
    boxes: Vec<(ElementRef, &'a Shape)>,
    /// Pools and lanes.
    pub frames: FxHashMap<Actor, &'a Shape>,
    /// Steps that something drawn stands in.
    around: FxHashSet<StepId>,
}

impl<'a> Planner<'a> {
    pub(super) fn views(&mut self, definitions: &'a Definitions) {
        let mut names = Names::default();
        let mut drawn: FxHashSet<ElementRef> = FxHashSet::default();
        for diagram in &definitions.diagrams {
            self.diagram(diagram, definitions, &mut names, &mut drawn);
        }
        for collaboration in &definitions.collaborations {
            let pools = &collaboration.participants;
            let is_drawn = |id: &str| self.elements.get(id).is_some_and(|element| drawn.contains(element));
            if !pools.is_empty() && !pools.iter().any(|pool| is_drawn(&pool.base.id)) {
                let processes: Vec<ProcessId> =
                    pools.iter().filter_map(|pool| self.process_of(&pool.process)).collect();
                let is_seen = |id: &ProcessId| self.is_seen(*id, &drawn);
                if !processes.iter().any(is_seen) {
                    self.undrawn(&collaboration.base, Some(collaboration), &processes, definitions, &mut names);
                    drawn.extend(processes.into_iter().map(ElementRef::from));
                }
            }
        }
        for (index, process) in definitions.processes.iter().enumerate() {
            let id = ProcessId::from_index(u32::try_from(index).unwrap_or(u32::MAX));
            if !self.inside.contains_key(&id) || drawn.contains(&id.into()) || self.is_seen(id, &drawn) {
                continue;
            }
            self.undrawn(&process.base, None, &[id], definitions, &mut names);
        }
    }

    /// Whether something of a process is drawn.
    fn is_seen(&self, process: ProcessId, drawn: &FxHashSet<ElementRef>) -> bool {
        self.inside.get(&process).into_iter().flatten().any(|element| drawn.contains(element))
    }

    fn diagram(
        &mut self,
        diagram: &'a Diagram,
        definitions: &'a Definitions,
        names: &mut Names,
        seen: &mut FxHashSet<ElementRef>,
    ) {
        let drawn = self.drawn(diagram);
        seen.extend(drawn.boxes.iter().map(|(element, _)| *element));
        seen.extend(drawn.frames.keys().map(|actor| ElementRef::from(*actor)));
        let shown = self.elements.get(diagram.shows.as_str()).copied();
        let Some(process) = self.process_shown(shown, &drawn) else { return };
        let mut placements: Vec<Placement> = Vec::with_capacity(drawn.boxes.len() + diagram.edges.len());
        for (element, shape) in self.in_painting_order(&drawn) {
            placements.push(self.picture(element, shape, &drawn));
        }
        self.lines_of(diagram, &mut placements);
        let area = |shape: &Shape| shape.bounds.filter(|_| !self.arranges_anew).map(area);
        let direction = bands::direction(&drawn.frames);
        let place = |actor: Actor| match drawn.frames.get(&actor) {
            Some(shape) if shape.bounds.is_some() => Some(area(shape)),
            _ => None,
        };
        let lanes = match drawn.frames.is_empty() {
            true => Vec::new(),
            false => bands::lanes(&self.bands_of_all(definitions), direction, &place),
        };
        if placements.is_empty() && lanes.is_empty() {
            // The empty inside of a sub-process; a view without anything would show the whole process.
            return;
        }
        let of_shown = shown.map(|element| self.name_within(element)).unwrap_or_default();
        let of_process = self.name_within(process.into());
        let of_collaboration = match definitions.collaborations.as_slice() {
            [only] if !matches!(shown, Some(ElementRef::Step(_))) => only.base.name.as_str(),
            _ => "",
        };
        let name = first_of(&[&diagram.base.name, of_collaboration, &of_shown, &of_process, self.keys.stem()]);
        let kind = ViewKind::Process { process, lanes, direction };
        let mut kept = diagram.base.kept.clone();
        append(&mut kept, &kept_of_parts(diagram));
        let description = diagram.base.documentation.clone();
        let within = match shown {
            Some(ElementRef::Step(step)) => Some(step).filter(|step| self.has_inside(*step)),
            _ => None,
        };
        let record = View { order: self.orders.views, kept, description, within, ..View::new(names.free(name), kind) };
        let target = self.keys.target::<View>(self.base, &format!("view-{}", diagram.base.id));
        self.edit.views.push(MergedView { view: Merged { target, record }, placements, replaces: true });
    }

    /// What the shapes of a diagram show. A second shape of an element is told and left out.
    fn drawn(&mut self, diagram: &'a Diagram) -> Drawn<'a> {
        let mut drawn = Drawn::default();
        let mut seen: FxHashSet<ElementRef> = FxHashSet::default();
        for shape in &diagram.shapes {
            let Some(element) = self.elements.get(shape.element.as_str()).copied() else {
                self.problem(&shape.base, "shape", format!("“{}” is not in the file", shape.element), "left out");
                continue;
            };
            if !seen.insert(element) {
                let what = format!("“{}” has a shape in this diagram already", shape.element);
                self.problem(&shape.base, "shape", what, "left out");
                continue;
            }
            match (element, Actor::try_from(element)) {
                (_, Ok(actor)) => {
                    drawn.frames.insert(actor, shape);
                }
                (ElementRef::Flow(_) | ElementRef::Link(_) | ElementRef::Process(_), _) => {
                    let what = format!("“{}” is no box in Remit", shape.element);
                    self.problem(&shape.base, "shape", what, "left out");
                }
                _ => {
                    drawn.around.extend(self.parent_of(element));
                    drawn.boxes.push((element, shape));
                }
            }
        }
        drawn
    }

    /// Steps before what is inside them, and events on a border behind their step.
    fn in_painting_order(&self, drawn: &Drawn<'a>) -> Vec<(ElementRef, &'a Shape)> {
        let mut boxes = drawn.boxes.clone();
        boxes.sort_by_cached_key(|(element, _)| {
            let mut depth = 0;
            let mut around = self.parent_of(*element);
            while let Some(step) = around {
                depth += 1;
                around = self.parent_of(step.into());
            }
            (depth, self.is_attached(*element))
        });
        boxes
    }

    fn parent_of(&self, element: ElementRef) -> Option<StepId> {
        match element {
            ElementRef::Step(id) => self.edit.steps.get(id.index() as usize)?.record.parent,
            ElementRef::Gateway(id) => self.edit.gateways.get(id.index() as usize)?.record.parent,
            ElementRef::Event(id) => self.edit.events.get(id.index() as usize)?.record.parent,
            _ => None,
        }
    }

    fn has_inside(&self, step: StepId) -> bool {
        self.edit.steps.get(step.index() as usize).is_some_and(|step| step.record.kind.has_inside())
    }

    fn is_attached(&self, element: ElementRef) -> bool {
        let ElementRef::Event(id) = element else { return false };
        self.edit.events.get(id.index() as usize).is_some_and(|event| event.record.attached.is_some())
    }

    /// The process of a diagram: the one that it shows, else the one of which it draws most.
    fn process_shown(&self, shown: Option<ElementRef>, drawn: &Drawn<'_>) -> Option<ProcessId> {
        let of_node =
            |element: ElementRef| FlowNode::try_from(element).ok().and_then(|node| self.process_of_node(node));
        match shown {
            Some(ElementRef::Process(process)) => return Some(process),
            Some(element) if of_node(element).is_some() => return of_node(element),
            _ => {}
        }
        let mut counts: FxHashMap<ProcessId, usize> = FxHashMap::default();
        for process in drawn.boxes.iter().filter_map(|(element, _)| of_node(*element)) {
            *counts.entry(process).or_default() += 1;
        }
        let most = self.inside_order.iter().copied().rev().max_by_key(|id| counts.get(id).copied().unwrap_or(0));
        most.or_else(|| (!self.edit.processes.is_empty()).then(|| ProcessId::from_index(0)))
    }

    /// The placement of a box.
    fn picture(&self, element: ElementRef, shape: &Shape, drawn: &Drawn<'_>) -> Placement {
        let bounds = shape.bounds.filter(|_| !self.arranges_anew);
        let has_size = |bounds: &Bounds| bounds.width > 0.0 && bounds.height > 0.0;
        let step = match element {
            ElementRef::Step(id) => self.edit.steps.get(id.index() as usize).map(|step| (id, step.record.kind)),
            _ => None,
        };
        let is_closed = |(id, kind): (StepId, StepKind)| {
            kind.has_inside() && !shape.is_expanded.unwrap_or_else(|| drawn.around.contains(&id))
        };
        let is_named_beside =
            matches!(element, ElementRef::Event(_) | ElementRef::Gateway(_) | ElementRef::Artefact(_));
        Placement {
            center: bounds.map(|bounds| area(bounds).center()),
            size: bounds.filter(has_size).map(|bounds| Size::new(bounds.width, bounds.height)),
            label: if is_named_beside { self.label(shape.label.as_ref()) } else { None },
            collapsed: step.is_some_and(is_closed),
            ..Placement::unplaced(ViewId::from_index(NO_VIEW), element)
        }
    }

    fn label(&self, label: Option<&Label>) -> Option<Area> {
        label.and_then(|label| label.bounds).filter(|_| !self.arranges_anew).map(area)
    }

    /// The lines of flows and links.
    fn lines_of(&mut self, diagram: &'a Diagram, placements: &mut Vec<Placement>) {
        let mut seen: FxHashSet<ElementRef> = FxHashSet::default();
        for edge in &diagram.edges {
            let element = self.elements.get(edge.element.as_str()).copied();
            let line = element.filter(|element| matches!(element, ElementRef::Flow(_) | ElementRef::Link(_)));
            let Some(line) = line else {
                self.problem(&edge.base, "edge", format!("“{}” is no line in the file", edge.element), "left out");
                continue;
            };
            if !seen.insert(line) {
                let what = format!("“{}” has an edge in this diagram already", edge.element);
                self.problem(&edge.base, "edge", what, "left out");
                continue;
            }
            if self.arranges_anew || (edge.waypoints.is_empty() && edge.label.is_none()) {
                continue;
            }
            placements.push(Placement {
                bends: edge.waypoints.iter().map(|point| Point::new(point.x, point.y)).collect(),
                label: self.label(edge.label.as_ref()),
                ..Placement::unplaced(ViewId::from_index(NO_VIEW), line)
            });
        }
    }

    /// A view of what no diagram shows.
    fn undrawn(
        &mut self,
        base: &Base,
        collaboration: Option<&'a Collaboration>,
        processes: &[ProcessId],
        definitions: &'a Definitions,
        names: &mut Names,
    ) {
        let Some(process) =
            processes.first().copied().or((!self.edit.processes.is_empty()).then(|| ProcessId::from_index(0)))
        else {
            return;
        };
        let bands = match collaboration {
            Some(collaboration) => self.bands_of_collaboration(collaboration, definitions),
            None => definitions.processes.get(process.index() as usize).map_or_else(Vec::new, |process| {
                process.content.lane_sets.iter().flat_map(|lanes| self.bands_of_lanes(lanes)).collect()
            }),
        };
        let lanes = bands::lanes(&bands, FlowDirection::default(), &|_| Some(None));
        let loose: &[ElementRef] = if collaboration.is_some() { &self.loose } else { &[] };
        let inside = processes.iter().filter_map(|process| self.inside.get(process)).flatten();
        let picture = |element: &ElementRef| Placement::unplaced(ViewId::from_index(NO_VIEW), *element);
        let placements = inside.chain(loose).map(picture).collect();
        let of_process = self.name_within(process.into());
        let name = first_of(&[&base.name, &of_process, self.keys.stem()]);
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::default() };
        let record = View { order: self.orders.views, ..View::new(names.free(name), kind) };
        let target = self.keys.target::<View>(self.base, &format!("view-{}", base.id));
        let replaces = self.arranges_anew;
        self.edit.views.push(MergedView { view: Merged { target, record }, placements, replaces });
    }

    /// The name of a process or step of the edit.
    fn name_within(&self, element: ElementRef) -> String {
        match element {
            ElementRef::Process(id) => {
                self.edit.processes.get(id.index() as usize).map(|process| process.record.name.clone())
            }
            ElementRef::Step(id) => self.edit.steps.get(id.index() as usize).map(|step| one_line(&step.record.name)),
            _ => None,
        }
        .unwrap_or_default()
    }
}

/// Names of views so far, so that none is given twice.
#[derive(Default)]
struct Names(FxHashMap<String, usize>);

impl Names {
    fn free(&mut self, name: &str) -> String {
        let name = one_line(name);
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    }
}

fn area(bounds: Bounds) -> Area {
    Area::new(bounds.x, bounds.y, bounds.width, bounds.height)
}

/// What is kept of the parts of a diagram.
fn kept_of_parts(diagram: &Diagram) -> String {
    let mut kept: Vec<String> = Vec::new();
    for shape in &diagram.shapes {
        let mut own = shape.base.kept.clone();
        if let Some(visible) = shape.is_marker_visible {
            append(&mut own, &format!("isMarkerVisible=\"{visible}\""));
        }
        append(&mut own, &label_text(shape.label.as_ref()));
        kept.extend(element_text("BPMNShape", &shape.element, &own));
    }
    for edge in &diagram.edges {
        let mut own = edge.base.kept.clone();
        append(&mut own, &label_text(edge.label.as_ref()));
        kept.extend(element_text("BPMNEdge", &edge.element, &own));
    }
    kept.join("\n")
}

fn label_text(label: Option<&Label>) -> String {
    label.and_then(|label| element_text("BPMNLabel", &label.base.id, &label.base.kept)).unwrap_or_default()
}
