//! What arrangements of process views must hold, on small examples.

use std::collections::BTreeMap;

use super::*;
use crate::model::*;
use crate::scene::natural_size;

/// A document with a view of one process.
struct Desk {
    document: Document,
    process: ProcessId,
    view: ViewId,
}

impl Desk {
    fn new() -> Self {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        Self { document, process, view }
    }

    fn role(&mut self, name: &str) -> Actor {
        Actor::Role(self.document.insert(Role::new(name)))
    }

    fn show(&mut self, element: impl Into<ElementRef>) {
        self.document.insert(Placement::unplaced(self.view, element.into()));
    }

    fn step(&mut self, name: &str, change: impl FnOnce(&mut Step)) -> StepId {
        let mut step = Step::new(self.process, name);
        change(&mut step);
        let step = self.document.insert(step);
        self.show(step);
        step
    }

    fn event(&mut self, kind: EventKind, change: impl FnOnce(&mut Event)) -> EventId {
        let mut event = Event::new(self.process, kind, "");
        change(&mut event);
        let event = self.document.insert(event);
        self.show(event);
        event
    }

    fn flow(&mut self, from: FlowNode, to: FlowNode) {
        self.document.insert(Flow::new(self.process, from, to));
    }

    fn link(&mut self, kind: LinkKind, from: impl Into<ElementRef>, to: impl Into<ElementRef>) -> LinkId {
        self.document.insert(Link::new(kind, from.into(), to.into()))
    }

    fn arrange(&mut self, mode: &Mode) -> Arrangement {
        let arrangement = arrange(&self.document, self.view, mode);
        self.document = applied(&self.document, self.view, arrangement.clone());
        arrangement
    }

    fn rect(&self, element: impl Into<ElementRef>) -> plane::Rect {
        rects(&self.document, self.view)[&element.into()]
    }

    fn lanes(&self) -> &[Lane] {
        self.document.get::<View>(self.view).unwrap().lanes()
    }
}

/// Writes an arrangement into a document.
fn applied(document: &Document, view: ViewId, arrangement: Arrangement) -> Document {
    let mut document = document.clone();
    let mut change = |element: ElementRef, change: &dyn Fn(&mut Placement)| {
        let id = match document.placement_of(view, element) {
            Some((id, _)) => id,
            None => document.insert(Placement::unplaced(view, element)),
        };
        change(document.get_mut(id).unwrap());
    };
    for (element, center) in &arrangement.centers {
        change(*element, &|placement| placement.center = Some(*center));
    }
    for (element, size) in &arrangement.sizes {
        change(*element, &|placement| placement.size = *size);
    }
    for (element, bends) in &arrangement.bends {
        change(*element, &|placement| placement.bends.clone_from(bends));
    }
    if let ViewKind::Process { lanes, direction, .. } = &mut document.get_mut::<View>(view).unwrap().kind {
        *lanes = arrangement.lanes.unwrap_or_else(|| lanes.clone());
        *direction = arrangement.direction.unwrap_or(*direction);
    }
    document
}

/// The boxes of a view as they are drawn: at least as large as their text.
fn rects(document: &Document, view: ViewId) -> BTreeMap<ElementRef, plane::Rect> {
    let rect = |placement: &Placement| {
        let (center, natural) = (placement.center?, natural_size(document, placement.element)?);
        let stored = placement.size.unwrap_or_default();
        let size = plane::Size::new(natural.width.max(stored.width), natural.height.max(stored.height));
        let center = plane::Point::new(center.x, center.y);
        Some((placement.element, plane::Rect::from_center_size(center, size)))
    };
    document.placements_in(view).filter_map(|(_, placement)| rect(placement)).collect()
}

fn encloses(outer: &plane::Rect, inner: &plane::Rect) -> bool {
    outer.contains(inner.min) && outer.contains(inner.max)
}

#[test]
fn a_sub_flow_encloses_what_stands_in_it_and_a_folded_one_is_a_plain_box() {
    let mut desk = Desk::new();
    let around = desk.step("Check the goods", |step| step.kind = StepKind::SubFlow);
    let inside = ["Look", "Weigh", "Count"].map(|name| desk.step(name, |step| step.parent = Some(around)));
    let after = desk.step("Pay", |_| ());
    for pair in inside.windows(2) {
        desk.flow(FlowNode::Step(pair[0]), FlowNode::Step(pair[1]));
    }
    desk.flow(FlowNode::Step(around), FlowNode::Step(after));
    desk.arrange(&Mode::Everything);
    let outer = desk.rect(around);
    for step in inside {
        assert!(encloses(&outer, &desk.rect(step)), "{:?} in {outer:?}", desk.rect(step));
    }
    assert!(!outer.overlaps(&desk.rect(after)));
    let (id, _) = desk.document.placement_of(desk.view, around.into()).unwrap();
    desk.document.get_mut::<Placement>(id).unwrap().collapsed = true;
    let before = desk.rect(inside[0]).center();
    let arrangement = desk.arrange(&Mode::Everything);
    assert!(arrangement.sizes.contains(&(around.into(), None)), "folded: {:?}", arrangement.sizes);
    let folded = desk.rect(around);
    assert!(folded.width() < outer.width() / 1.5, "{folded:?}");
    let moved = desk.rect(inside[0]).center();
    let (by, own) = (folded.center().x - outer.center().x, moved.x - before.x);
    assert!((by - own).abs() <= 1.0, "what is folded away goes with its box: {by} {own}");
}

#[test]
fn events_sit_on_the_border_of_their_step_and_notes_and_artefacts_beside_it() {
    let mut desk = Desk::new();
    let step = desk.step("Wait for the goods", |_| ());
    let other = desk.step("Remind", |_| ());
    let timer = desk.event(EventKind::Intermediate, |event| {
        event.attached = Some(step);
        event.trigger = EventTrigger::Timer;
    });
    desk.flow(FlowNode::Event(timer), FlowNode::Step(other));
    let form = desk.document.insert(Artefact::new("Return slip"));
    desk.show(form);
    desk.link(LinkKind::Output, step, form);
    let note = Note { about: Some(form.into()), ..Note::new("By post only") };
    let note = desk.document.insert(note);
    desk.show(note);
    desk.arrange(&Mode::Everything);
    let (host, event) = (desk.rect(step), desk.rect(timer));
    let center = event.center();
    let on_border = host.grown(1.0).contains(center) && !host.grown(-1.0).contains(center);
    assert!(on_border, "{center:?} on {host:?}");
    for beside in [desk.rect(form), desk.rect(note)] {
        assert!(!beside.overlaps(&host));
        let away = (beside.center().x - host.center().x).hypot(beside.center().y - host.center().y);
        assert!(away < 320.0, "{beside:?} is far from {host:?}");
    }
}

#[test]
fn pools_stand_apart_and_messages_reach_their_borders() {
    let mut desk = Desk::new();
    let (clerk, owner) = (desk.role("Clerk"), desk.role("Owner"));
    let shop = Actor::Unit(desk.document.insert(Unit::new("Shop")));
    let customer = Actor::External(desk.document.insert(External::new("Customer")));
    let nested = |actor, depth| Lane { depth, frame: Some(Area::new(5.0, 5.0, 900.0, 90.0)), ..Lane::new(Some(actor)) };
    let lanes = vec![nested(shop, 0), nested(clerk, 1), nested(owner, 1), nested(customer, 0)];
    let process = desk.process;
    let direction = FlowDirection::LeftToRight;
    desk.document.get_mut::<View>(desk.view).unwrap().kind = ViewKind::Process { process, lanes, direction };
    let check = desk.step("Check", |step| step.performer = Some(clerk));
    let approve = desk.step("Approve", |step| step.performer = Some(owner));
    desk.flow(FlowNode::Step(check), FlowNode::Step(approve));
    let asks = desk.link(LinkKind::Message, ElementRef::from(customer), check);
    let arrangement = desk.arrange(&Mode::Everything);
    assert!(desk.lanes().iter().all(|lane| lane.frame.is_none()));
    let bands = lane_bands(desk.lanes(), FlowDirection::LeftToRight);
    assert_eq!((bands[0].0, bands[0].1), (bands[1].0, bands[2].1), "the pool reaches around its lanes");
    assert!(bands[3].0 >= bands[0].1 + 20.0, "pools stand apart: {bands:?}");
    let inside = |band: (f64, f64), step| band.0 <= desk.rect(step).min.y && desk.rect(step).max.y <= band.1;
    assert!(inside(bands[1], check) && inside(bands[2], approve));
    let line = &arrangement.bends.iter().find(|(element, _)| *element == asks.into()).expect("the message is laid").1;
    assert_eq!(line.first().map(|start| start.y), Some(bands[3].0), "{line:?}");
    assert!(desk.rect(check).grown(1.0).contains(plane::Point::new(line[line.len() - 1].x, line[line.len() - 1].y)));
}

#[test]
fn from_top_to_bottom_lanes_stand_side_by_side() {
    let mut desk = Desk::new();
    let roles = ["Clerk", "Owner"].map(|name| desk.role(name));
    let steps: Vec<StepId> =
        (0..6).map(|index| desk.step("Work", |step| step.performer = Some(roles[index / 3]))).collect();
    for pair in steps.windows(2) {
        desk.flow(FlowNode::Step(pair[0]), FlowNode::Step(pair[1]));
    }
    desk.arrange(&Mode::Everything);
    let turned = arrange_toward(&desk.document, desk.view, FlowDirection::TopToBottom);
    assert_eq!(turned.direction, Some(FlowDirection::TopToBottom));
    desk.document = applied(&desk.document, desk.view, turned);
    assert_eq!(desk.document.get::<View>(desk.view).unwrap().direction(), FlowDirection::TopToBottom);
    let bands = lane_bands(desk.lanes(), FlowDirection::TopToBottom);
    for pair in steps.windows(2) {
        assert!(desk.rect(pair[0]).max.y < desk.rect(pair[1]).min.y, "one below the other");
    }
    for (index, step) in steps.iter().enumerate() {
        let (rect, band) = (desk.rect(*step), bands[index / 3]);
        assert!(band.0 <= rect.min.x && rect.max.x <= band.1, "{rect:?} in {band:?}");
    }
    assert_eq!(arrange_toward(&desk.document, desk.view, FlowDirection::TopToBottom).direction, None);
}

#[test]
fn a_frame_follows_what_it_enclosed() {
    let mut desk = Desk::new();
    let steps: Vec<StepId> = (0..4).map(|_| desk.step("Work", |_| ())).collect();
    for pair in steps.windows(2) {
        desk.flow(FlowNode::Step(pair[0]), FlowNode::Step(pair[1]));
    }
    for (index, step) in steps.iter().enumerate() {
        let (id, _) = desk.document.placement_of(desk.view, (*step).into()).unwrap();
        let center = Some(Point::new(2000.0 + 10.0 * index as f64, 300.0 * index as f64));
        desk.document.get_mut::<Placement>(id).unwrap().center = center;
    }
    let frame = desk.document.insert(Note { form: NoteForm::Frame, ..Note::new("Together") });
    desk.document.insert(Placement {
        center: Some(Point::new(2000.0, 150.0)),
        size: Some(Size::new(400.0, 500.0)),
        ..Placement::unplaced(desk.view, frame.into())
    });
    desk.arrange(&Mode::Everything);
    let around = desk.rect(frame);
    let inside: Vec<bool> = steps.iter().map(|step| encloses(&around, &desk.rect(*step))).collect();
    assert_eq!(inside, [true, true, false, false]);
}

#[test]
fn an_open_call_holds_the_process_it_carries_out() {
    let mut desk = Desk::new();
    let clerk = desk.role("Clerk");
    let called = desk.document.insert(Process::new("Count the till"));
    let call = desk.step("Count the till", |step| {
        step.kind = StepKind::Call;
        step.calls = Some(called);
        step.performer = Some(clerk);
    });
    let [first, second] = ["Count", "Write down"].map(|name| desk.document.insert(Step::new(called, name)));
    for step in [first, second] {
        desk.show(step);
    }
    desk.document.insert(Flow::new(called, FlowNode::Step(first), FlowNode::Step(second)));
    desk.arrange(&Mode::Everything);
    let box_of_call = desk.rect(call);
    for step in [first, second] {
        assert!(encloses(&box_of_call, &desk.rect(step)), "{box_of_call:?} {:?}", desk.rect(step));
    }
    assert_eq!(desk.lanes().iter().map(|lane| lane.actor).collect::<Vec<_>>(), [Some(clerk)], "no lane of nobody");
    let before = desk.document.clone();
    desk.arrange(&Mode::Everything);
    assert_eq!(desk.document, before);
}
