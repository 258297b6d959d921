//! Pictures of processes: what stands in what, lanes, and where lines end.

use emath::{Rect, pos2};

use crate::model::*;
use crate::scene::measures::*;
use crate::scene::{EdgeMeaning, EdgeShape, Hit, LaneShape, NodeForm, NodeShape, Options, Scene, build};

struct Stage {
    document: Document,
    process: ProcessId,
    view: ViewId,
}

impl Stage {
    fn new(lanes: Vec<Lane>, direction: FlowDirection, mut document: Document) -> Self {
        let process = document.insert(Process::new("Refund"));
        let kind = ViewKind::Process { process, lanes, direction };
        let view = document.insert(View::new("Refund", kind));
        Self { document, process, view }
    }

    fn plain() -> Self {
        Self::new(Vec::new(), FlowDirection::LeftToRight, Document::default())
    }

    fn place(&mut self, element: impl Into<ElementRef>, at: (f64, f64), size: Option<(f64, f64)>) -> PlacementId {
        let element = element.into();
        let center = Some(Point::new(at.0, at.1));
        let size = size.map(|(width, height)| Size::new(width, height));
        self.document.insert(Placement { center, size, ..Placement::unplaced(self.view, element) })
    }

    fn step(&mut self, name: &str, at: (f64, f64), change: impl FnOnce(&mut Step)) -> StepId {
        let mut step = Step::new(self.process, name);
        change(&mut step);
        let id = self.document.insert(step);
        self.place(id, at, None);
        id
    }

    fn scene(&self) -> Scene {
        build(&self.document, self.view, &Options::default())
    }
}

fn node(scene: &Scene, element: impl Into<ElementRef>) -> &NodeShape {
    let element = element.into();
    scene.nodes.iter().find(|node| node.element == element).unwrap()
}

fn edge(scene: &Scene, element: impl Into<ElementRef>) -> &EdgeShape {
    let element = element.into();
    scene.edges.iter().find(|edge| edge.element == element).unwrap()
}

fn actors<const N: usize>(document: &mut Document, names: [&str; N]) -> [Actor; N] {
    names.map(|name| Actor::Role(document.insert(Role::new(name))))
}

fn is_on_border(rect: Rect, point: emath::Pos2) -> bool {
    rect.expand(1.5).contains(point) && !rect.shrink(1.5).contains(point)
}

#[test]
fn an_open_sub_flow_lies_behind_what_stands_in_it() {
    let mut stage = Stage::plain();
    let around = stage.step("Handle", (0.0, 0.0), |step| step.kind = StepKind::SubFlow);
    let inner = stage.step("Ask", (460.0, 100.0), |step| {
        (step.kind, step.parent) = (StepKind::SubFlow, Some(around));
    });
    let first = stage.step("Check", (200.0, 100.0), |step| step.parent = Some(around));
    let second = stage.step("Call", (460.0, 100.0), |step| step.parent = Some(inner));
    let late = Event { attached: Some(around), ..Event::new(stage.process, EventKind::Intermediate, "Late") };
    let late = stage.document.insert(late);
    stage.place(late, (300.0, 150.0), None);
    let flow = stage.document.insert(Flow::new(stage.process, FlowNode::Step(first), FlowNode::Step(inner)));
    let scene = stage.scene();
    let order: Vec<ElementRef> = scene.nodes.iter().map(|node| node.element).collect();
    assert_eq!(order, [around.into(), inner.into(), first.into(), second.into(), ElementRef::from(late)]);
    let rect = |id: StepId| node(&scene, id).rect;
    assert!(rect(around).contains_rect(rect(inner)) && rect(around).contains_rect(rect(first)));
    assert!(rect(inner).contains_rect(rect(second)));
    assert_eq!(node(&scene, around).form, NodeForm::Container);
    assert_eq!((node(&scene, second).parent, node(&scene, late).parent), (Some(inner.into()), Some(around.into())));
    // The line in it is hit, not the ground.
    let line = &edge(&scene, flow).points;
    let middle = line[0] + (line[1] - line[0]) * 0.5;
    assert!(matches!(scene.hit(middle, 4.0), Some(Hit::Edge(_))));
    let free = rect(around).left_top() + emath::vec2(CONTAINER_PADDING, CONTAINER_PADDING);
    assert_eq!(scene.hit(free, 4.0), Some(Hit::Node(0)));
}

#[test]
fn a_closed_sub_flow_hides_its_inside_and_gets_its_own_size_back() {
    let mut stage = Stage::plain();
    let around = stage.document.insert(Step { kind: StepKind::SubFlow, ..Step::new(stage.process, "Handle") });
    let placement = stage.place(around, (200.0, 100.0), Some((400.0, 200.0)));
    let inside = stage.step("Check", (200.0, 100.0), |step| step.parent = Some(around));
    let other = stage.step("Ask", (700.0, 100.0), |_| {});
    let flow = stage.document.insert(Flow::new(stage.process, FlowNode::Step(inside), FlowNode::Step(other)));
    let paper = stage.document.insert(Artefact::new("Receipt"));
    stage.place(paper, (200.0, 150.0), None);
    stage.document.insert(Link::new(LinkKind::Input, paper, inside));
    assert_eq!(node(&stage.scene(), around).rect.size(), emath::vec2(400.0, 200.0));
    stage.document.get_mut::<Placement>(placement).unwrap().collapsed = true;
    let scene = stage.scene();
    let shown: Vec<ElementRef> = scene.nodes.iter().map(|node| node.element).collect();
    assert_eq!(shown, [ElementRef::from(around), other.into()], "{flow:?} and {paper:?} are hidden, too");
    assert!(scene.edges.is_empty());
    assert!(node(&scene, around).rect.width() < 200.0 && node(&scene, around).hidden == 1);
}

#[test]
fn pools_have_a_header_for_every_level_and_gaps_between_them() {
    let mut document = Document::default();
    let [pool, first, second, closed] = actors(&mut document, ["Shop", "Clerk", "Owner", "Bank"]);
    let inner = |actor| Lane { depth: 1, extent: 160.0, ..Lane::new(Some(actor)) };
    let lanes = vec![
        Lane::new(Some(pool)),
        inner(first),
        inner(second),
        Lane { gap: 40.0, extent: 60.0, ..Lane::new(Some(closed)) },
    ];
    for direction in [FlowDirection::LeftToRight, FlowDirection::TopToBottom] {
        let mut stage = Stage::new(lanes.clone(), direction, document.clone());
        let step = stage.step("Check", (300.0, 300.0), |step| step.performer = Some(second));
        let scene = stage.scene();
        let [pool, first, second, closed]: [&LaneShape; 4] = scene.lanes.iter().collect::<Vec<_>>().try_into().unwrap();
        let (headers, lanes) = (pool.header.union(first.header), pool.rect);
        assert!(lanes.contains_rect(first.rect) && lanes.contains_rect(second.rect));
        assert!(second.rect.contains_rect(node(&scene, step).rect));
        assert!(!headers.contains(node(&scene, step).rect.min));
        let (along, gap) = match direction {
            FlowDirection::LeftToRight => {
                (first.header.left() - pool.header.right(), closed.rect.top() - lanes.bottom())
            }
            FlowDirection::TopToBottom => {
                (first.header.top() - pool.header.bottom(), closed.rect.left() - lanes.right())
            }
        };
        assert_eq!((along, gap), (0.0, 40.0));
        assert_eq!(closed.header, closed.rect, "a party that shows nothing has its name in the middle");
        let flags = [pool, first, second, closed].map(|lane| lane.resizable);
        assert_eq!(flags, [false, true, true, true]);
    }
}

#[test]
fn drawn_lanes_lie_where_they_were_drawn_and_nothing_moves() {
    let mut document = Document::default();
    let [shop, bank] = actors(&mut document, ["Shop", "Bank"]);
    let frames = [Area::new(100.0, 50.0, 600.0, 200.0), Area::new(100.0, 300.0, 500.0, 60.0)];
    let lane = |actor, frame| Lane { frame: Some(frame), ..Lane::new(Some(actor)) };
    let lanes = vec![lane(shop, frames[0]), lane(bank, frames[1])];
    let mut stage = Stage::new(lanes, FlowDirection::LeftToRight, document);
    let step = stage.step("Check", (300.0, 800.0), |step| step.performer = Some(shop));
    let scene = stage.scene();
    assert_eq!(node(&scene, step).rect.center(), pos2(300.0, 800.0));
    assert_eq!(scene.lanes[0].rect, Rect::from_min_size(pos2(100.0, 50.0), emath::vec2(600.0, 200.0)));
    assert_eq!(scene.lanes[0].header.width(), DRAWN_HEADER);
    assert_eq!(scene.lanes[1].header, scene.lanes[1].rect);
}

#[test]
fn links_end_at_boxes_lanes_and_flows() {
    let mut document = Document::default();
    let [shop, bank] = actors(&mut document, ["Shop", "Bank"]);
    let lanes = vec![Lane::new(Some(shop)), Lane { gap: 40.0, extent: 60.0, ..Lane::new(Some(bank)) }];
    let mut stage = Stage::new(lanes, FlowDirection::LeftToRight, document);
    let one = stage.step("Check", (200.0, 60.0), |step| step.performer = Some(shop));
    let two = stage.step("Pay", (500.0, 60.0), |step| step.performer = Some(shop));
    let note = stage.document.insert(Note { form: NoteForm::Annotation, ..Note::new("In cash") });
    stage.place(note, (360.0, -60.0), None);
    let flow = stage.document.insert(Flow::new(stage.process, FlowNode::Step(one), FlowNode::Step(two)));
    let message = stage.document.insert(Link::new(LinkKind::Message, two, bank));
    let about = stage.document.insert(Link::new(LinkKind::Association, note, flow));
    let scene = stage.scene();
    let bank = scene.lanes[1].rect;
    let line = edge(&scene, message);
    assert_eq!(line.meaning, EdgeMeaning::Link);
    assert!(is_on_border(node(&scene, two).rect, line.points[0]), "{line:?}");
    assert!((line.points.last().unwrap().y - bank.top()).abs() < 1.5, "{line:?}");
    let line = edge(&scene, about);
    assert!(is_on_border(node(&scene, note).rect, line.points[0]), "{line:?}");
    let on_flow = edge(&scene, flow).distance(*line.points.last().unwrap(), 5.0);
    assert!(on_flow < 1.5, "{line:?}");
}

#[test]
fn stored_lines_are_cut_at_the_forms_they_run_into() {
    let mut stage = Stage::plain();
    let start = stage.document.insert(Event::new(stage.process, EventKind::Start, ""));
    stage.place(start, (0.0, 0.0), Some((36.0, 36.0)));
    let step = stage.document.insert(Step::new(stage.process, "Check"));
    stage.place(step, (200.0, 0.0), Some((100.0, 80.0)));
    let flow = stage.document.insert(Flow::new(stage.process, FlowNode::Event(start), FlowNode::Step(step)));
    let bends = vec![Point::new(0.0, 0.0), Point::new(100.0, 60.0), Point::new(200.0, 0.0)];
    stage.document.insert(Placement { bends, ..Placement::unplaced(stage.view, flow.into()) });
    let scene = stage.scene();
    let line = &edge(&scene, flow).points;
    assert_eq!((line.len(), line[1]), (3, pos2(100.0, 60.0)));
    assert!((line[0].to_vec2().length() - 18.0).abs() < 1.0, "on the ring: {line:?}");
    assert!(is_on_border(node(&scene, step).rect, line[2]), "{line:?}");
}

#[test]
fn a_frame_is_hit_at_its_border_and_text_only() {
    let mut stage = Stage::plain();
    let frame = stage.document.insert(Note { form: NoteForm::Frame, ..Note::new("Together") });
    stage.place(frame, (200.0, 100.0), Some((400.0, 200.0)));
    let scene = stage.scene();
    let hit = |x, y| scene.hit(pos2(x, y), 4.0);
    assert_eq!([hit(2.0, 100.0), hit(200.0, 10.0), hit(200.0, 100.0)], [Some(Hit::Node(0)), Some(Hit::Node(0)), None]);
}

#[test]
fn flows_of_all_processes_in_the_picture_are_drawn() {
    let mut stage = Stage::plain();
    let other = stage.document.insert(Process::new("Pay"));
    let [one, two] = ["Order", "Transfer"].map(|name| stage.document.insert(Step::new(other, name)));
    stage.place(one, (100.0, 0.0), None);
    stage.place(two, (400.0, 0.0), None);
    let flow = Flow { is_default: true, ..Flow::new(other, FlowNode::Step(one), FlowNode::Step(two)) };
    let flow = stage.document.insert(flow);
    assert_eq!(edge(&stage.scene(), flow).points.len(), 2);
}

#[test]
fn a_caption_stands_where_it_was_put() {
    let mut stage = Stage::plain();
    let start = stage.document.insert(Event::new(stage.process, EventKind::Start, "Complaint"));
    let placement = stage.place(start, (0.0, 0.0), None);
    stage.document.get_mut::<Placement>(placement).unwrap().label = Some(Area::new(100.0, 50.0, 60.0, 14.0));
    let scene = stage.scene();
    let caption = scene.items.iter().rev().find(|item| item.element == Some(start.into())).unwrap();
    assert!((caption.bounds.center() - pos2(130.0, 57.0)).length() < 1.0, "{:?}", caption.bounds);
}
