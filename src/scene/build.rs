//! From a view of a document to its picture: the door of the layer, and what all views share.
//!
//! A picture is computed from the document, the view and the options alone. Boxes without a place are put where
//! arranging the view would put them, so that a picture is never missing what the view shows.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};
use rustc_hash::{FxHashMap, FxHashSet};

use super::arrange::{Mode, arrange_shown};
use super::changes::Changes;
use super::contents::{Shown, cast, folded, parents_of};
use super::facts::Facts;
use super::item::*;
use super::kept::{Asked, AskedExtent, Before, Memory, Routed};
use super::measures::*;
use super::nesting::{adopt_called, container_rect, depth_of, hide_what_belongs, is_size_of_open, open_sub_flows};
use super::options::{Mark, Options};
use super::overlay::dress;
use super::pen::{Badge, Pen, bounds_of};
use super::sizes::asked;
use super::sketch::{Context, Sketch, container, is_drawn_alike, sketch};
use super::{board, chart_forms, matrix, organisation, process};
use crate::model::*;

/// The picture of a view; an empty one for a view that does not exist.
pub fn build(document: &Document, view_id: ViewId, options: &Options) -> Scene {
    build_after(document, view_id, options, None).0
}

/// The pictures of a view on pages of a size in world units. Matrices are cut between rows and columns, with their
/// headings on every page; all other views are one picture whatever its size.
pub fn build_pages(document: &Document, view_id: ViewId, options: &Options, room: Vec2) -> Vec<Scene> {
    let Some(ViewKind::Matrix(shown)) = document.get::<View>(view_id).map(|view| &view.kind) else {
        return vec![build(document, view_id, options)];
    };
    let facts = Facts::new(document);
    matrix::pages(Context { facts: &facts, options, in_process: false }, shown, room)
}

/// The picture of a view, with what it leaves to the next one; what the picture before has, too, is taken from it.
pub(crate) fn build_after(
    document: &Document,
    view_id: ViewId,
    options: &Options,
    before: Option<&Before<'_>>,
) -> (Scene, Memory) {
    let Some(view) = document.get::<View>(view_id) else { return Default::default() };
    let facts = before.map_or_else(|| Facts::new(document), |before| Facts::after(document, before.context.facts));
    let in_process = matches!(view.kind, ViewKind::Process { .. });
    let context = Context { facts: &facts, options, in_process };
    let builder = || Builder::new(context, before, view_id, view);
    let (scene, memory) = match &view.kind {
        ViewKind::Organisation { form: ChartForm::Circles, .. } => {
            (chart_forms::circles::build(context, view_id), Memory::default())
        }
        ViewKind::Organisation { form: ChartForm::Grid, .. } => {
            (chart_forms::grid::build(context, view_id), Memory::default())
        }
        ViewKind::Organisation { form: ChartForm::Tree, direction, .. } => organisation::build(builder(), *direction),
        ViewKind::Process { lanes, direction, .. } => process::build(builder(), lanes, &view.phases, *direction),
        ViewKind::Board => board::build(builder(), view.connections),
        ViewKind::Matrix(shown) => (matrix::build(context, shown), Memory::default()),
    };
    (scene, Memory { gathered: facts.gathered(), ..memory })
}

/// A box of the view before it becomes a group of items.
pub(crate) struct Node {
    pub(crate) shown: Shown,
    pub(crate) rect: Rect,
    /// What it hangs below or stands in, as an index.
    pub(crate) parent: Option<usize>,
    /// The step on whose border it stands, as an index.
    pub(crate) host: Option<usize>,
    pub(crate) hides: u32,
    pub(crate) asked: Asked,
    pub(crate) sketch: Arc<Sketch>,
}

/// A box with its drawing, and what was asked of that.
type Drawn = (Rect, Asked, Arc<Sketch>);

/// The boxes of a view with their places, and the scene that grows from them.
pub(crate) struct Builder<'a> {
    pub(crate) context: Context<'a>,
    /// The picture before, if there is one.
    pub(crate) before: Option<&'a Before<'a>>,
    pub(crate) nodes: Vec<Node>,
    /// Index in `nodes`.
    pub(crate) index_of: FxHashMap<ElementRef, usize>,
    /// Placements of flows and links.
    pub(crate) connectors: FxHashMap<ElementRef, &'a Placement>,
    /// Lines of flows and links that the arrangement of a fresh view knows.
    pub(crate) fresh_bends: FxHashMap<ElementRef, Vec<Point>>,
    /// Lanes of a fresh view.
    pub(crate) fresh_lanes: Vec<Lane>,
    pub(crate) scene: Scene,
    /// What is left to the next picture.
    pub(crate) memory: Memory,
    /// Routes asked for so far, for the same purpose.
    pub(crate) routed: RefCell<Vec<Arc<Routed>>>,
    box_changes: OnceCell<Changes>,
}

impl<'a> Builder<'a> {
    fn new(context: Context<'a>, before: Option<&'a Before<'a>>, view_id: ViewId, view: &View) -> Self {
        let document = context.document();
        let mut cast = cast(document, view_id);
        let mut fresh_bends = FxHashMap::default();
        let mut fresh_lanes = Vec::new();
        if cast.shown.iter().any(|one| one.center.is_none()) {
            let arrangement = arrange_shown(context.facts, view_id, view, &cast.shown, &Mode::OnlyNew);
            let centers: FxHashMap<ElementRef, Point> = arrangement.centers.into_iter().collect();
            let sizes: FxHashMap<ElementRef, Option<Size>> = arrangement.sizes.into_iter().collect();
            for one in cast.shown.iter_mut().filter(|one| one.center.is_none()) {
                one.center = centers.get(&one.element).copied();
                if let Some(size) = sizes.get(&one.element) {
                    one.size = *size;
                }
            }
            fresh_bends = arrangement.bends.into_iter().filter(|(_, bends)| !bends.is_empty()).collect();
            fresh_lanes = arrangement.lanes.unwrap_or_default();
        }
        let mut parents = parents_of(document, &cast.shown);
        adopt_called(document, &cast.shown, &mut parents);
        let (hides, mut hidden) = folded(&cast.shown, &parents);
        hide_what_belongs(document, &cast.shown, &mut hidden);
        let mut builder = Self {
            context,
            before,
            nodes: Vec::with_capacity(cast.shown.len()),
            index_of: FxHashMap::default(),
            connectors: cast.connectors,
            fresh_bends,
            fresh_lanes,
            scene: Scene::default(),
            memory: Memory::default(),
            routed: RefCell::default(),
            box_changes: OnceCell::new(),
        };
        let boxes = boxes(context, before, &cast.shown, &parents, &hidden);
        let mut slots: Vec<Option<Node>> = cast
            .shown
            .into_iter()
            .zip(boxes)
            .zip(parents.iter().zip(&hides))
            .map(|((shown, drawn), (parent, hides))| {
                let (rect, asked, sketch) = drawn?;
                Some(Node { shown, rect, parent: *parent, host: None, hides: *hides, asked, sketch })
            })
            .collect();
        let order = painting_order(document, &slots, &parents);
        let mut position = vec![None; slots.len()];
        for index in order {
            let Some(node) = slots.get_mut(index).and_then(Option::take) else { continue };
            if let Some(slot) = position.get_mut(index) {
                *slot = Some(builder.nodes.len());
            }
            builder.nodes.push(node);
        }
        for node in &mut builder.nodes {
            node.parent = node.parent.and_then(|up| position.get(up).copied().flatten());
        }
        builder.index_nodes();
        builder
    }

    /// Notes where each element lies among the nodes, and which node stands on the border of which.
    fn index_nodes(&mut self) {
        self.index_of = self.nodes.iter().enumerate().map(|(index, node)| (node.shown.element, index)).collect();
        let document = self.context.document();
        let host_of = |node: &Node| match node.shown.element {
            ElementRef::Event(id) => self.index_of.get(&document.get::<Event>(id)?.attached?.into()).copied(),
            _ => None,
        };
        let hosts: Vec<Option<usize>> = self.nodes.iter().map(host_of).collect();
        for (node, host) in self.nodes.iter_mut().zip(hosts) {
            node.host = host;
        }
    }

    /// Leaves out the nodes that are not to be kept.
    pub(crate) fn keep(&mut self, keeps: &[bool]) {
        if keeps.iter().all(|keeps| *keeps) {
            return;
        }
        let mut count = 0;
        let position: Vec<Option<usize>> = keeps
            .iter()
            .map(|keeps| {
                count += usize::from(*keeps);
                keeps.then(|| count - 1)
            })
            .collect();
        let mut kept = keeps.iter();
        self.nodes.retain(|_| kept.next().copied().unwrap_or(true));
        for node in &mut self.nodes {
            node.parent = node.parent.and_then(|up| position.get(up).copied().flatten());
        }
        self.index_nodes();
    }

    /// Where boxes stand otherwise than in the picture before; to be asked once they have their places.
    pub(crate) fn box_changes(&self) -> &Changes {
        self.box_changes.get_or_init(|| Changes::of_boxes(self))
    }

    /// The box of an element that is shown.
    pub(crate) fn rect_of(&self, element: ElementRef) -> Option<Rect> {
        self.nodes.get(*self.index_of.get(&element)?).map(|node| node.rect)
    }

    /// Draws an item without a place in the arrays of shapes.
    pub(crate) fn add(&mut self, item: Item) {
        self.scene.items.push(Arc::new(item));
    }

    /// Draws a line between two boxes.
    pub(crate) fn add_edge(&mut self, item: impl Into<Arc<Item>>, mut edge: EdgeShape) {
        edge.item = self.scene.items.len();
        self.scene.items.push(item.into());
        self.scene.edges.push(edge);
    }

    /// Draws the open sub-flows and frames, which lie below all lines. To be called before lines are drawn.
    pub(crate) fn add_grounds(&mut self, parent_of: impl FnMut(&Self, &Node) -> Option<ElementRef>) {
        self.add_some_nodes(true, parent_of);
    }

    /// Draws all other boxes with their marks and folds.
    pub(crate) fn add_nodes(&mut self, parent_of: impl FnMut(&Self, &Node) -> Option<ElementRef>) {
        self.add_some_nodes(false, parent_of);
    }

    fn add_some_nodes(&mut self, grounds: bool, mut parent_of: impl FnMut(&Self, &Node) -> Option<ElementRef>) {
        let nodes = std::mem::take(&mut self.nodes);
        for node in nodes.iter().filter(|node| node.sketch.form.is_ground() == grounds) {
            let parent = match node.host.or(node.parent) {
                Some(up) => nodes.get(up).map(|up| up.shown.element),
                None => parent_of(self, node),
            };
            self.scene.nodes.push(NodeShape {
                element: node.shown.element,
                placement: node.shown.placement,
                rect: node.rect,
                form: node.sketch.form,
                parent,
                hidden: node.hides,
                item: self.scene.items.len(),
            });
            self.scene.items.push(self.kept_item(node).unwrap_or_else(|| Arc::new(self.draw_node(node))));
            self.memory.sketches.push((node.asked, node.sketch.clone()));
        }
        self.nodes = nodes;
    }

    /// The item of a box that looks and stands as it did before.
    fn kept_item(&self, node: &Node) -> Option<Arc<Item>> {
        let before = self.before?;
        let element = node.shown.element;
        let (shape, (_, sketch)) = before.node(element)?;
        let marks = |options: &Options| options.marks.get(&element).copied();
        let is_same = Arc::ptr_eq(sketch, &node.sketch)
            && (shape.rect, shape.hidden) == (node.rect, node.hides)
            && marks(before.context.options) == marks(self.context.options)
            && match (&before.context.options.overlay, &self.context.options.overlay) {
                (None, None) => true,
                (Some(was), Some(overlay)) => Arc::ptr_eq(was, overlay) || was.is_alike(overlay, element),
                _ => false,
            };
        before.scene.items.get(shape.item).filter(|_| is_same).cloned()
    }

    /// A box in its place, with its mark and fold.
    fn draw_node(&self, node: &Node) -> Item {
        let element = node.shown.element;
        let mut items = node.sketch.items.clone();
        items.iter_mut().for_each(|item| item.shift(node.rect.min.to_vec2()));
        if let Some(overlay) = &self.context.options.overlay {
            items = dress(overlay, element, node.rect, node.sketch.form, items);
        }
        let mut pen = Pen::new(Some(element));
        pen.extend(items);
        if node.hides > 0 && FlowNode::try_from(element).is_err() {
            fold_badge(&mut pen, node.rect, node.hides);
        }
        if let Some(mark) = self.context.options.marks.get(&element) {
            draw_mark(&mut pen, mark_center(node.rect, node.sketch.form), *mark);
        }
        pen.into_group()
    }

    /// Draws the lines from notes to what they are about.
    pub(crate) fn add_note_lines(&mut self) {
        let document = self.context.document();
        let mut lines = Vec::new();
        let linked: FxHashSet<(ElementRef, ElementRef)> =
            document.links().iter().flat_map(|(_, link)| [(link.from, link.to), (link.to, link.from)]).collect();
        for node in &self.nodes {
            let ElementRef::Note(id) = node.shown.element else { continue };
            let Some(about) = document.get::<Note>(id).and_then(|note| note.about) else { continue };
            let Some(target) = self.rect_of(about) else { continue };
            if target.intersects(node.rect) || linked.contains(&(node.shown.element, about)) {
                continue;
            }
            let points = vec![border_toward(node.rect, target.center()), border_toward(target, node.rect.center())];
            lines.push((node.shown.element, about, points));
        }
        for (element, about, points) in lines {
            let mut pen = Pen::new(Some(element));
            let style = Style::line(Stroke::new(Colour::Border, HAIRLINE)).dashed(Dash::Dotted);
            pen.path(Detail::Shape, points.clone(), false, 0.0, style);
            let edge = EdgeShape {
                element,
                from: element,
                to: about,
                meaning: EdgeMeaning::About,
                points,
                label: None,
                item: 0,
            };
            self.add_edge(pen.into_group(), edge);
        }
    }

    /// The finished picture, with what it leaves to the next one.
    pub(crate) fn finish(self) -> (Scene, Memory) {
        let Self { mut scene, memory, routed, .. } = self;
        scene.bounds = bounds_of(scene.items.iter().map(|item| item.bounds));
        (scene, Memory { routed: routed.into_inner(), ..memory })
    }
}

/// The boxes of the elements with their drawings; none for what is hidden, has no place or no box.
fn boxes(
    context: Context<'_>,
    before: Option<&Before<'_>>,
    shown: &[Shown],
    parents: &[Option<usize>],
    hidden: &[bool],
) -> Vec<Option<Drawn>> {
    let document = context.document();
    let open = open_sub_flows(document, shown, parents);
    let is_hidden = |index: usize| hidden.get(index) == Some(&true);
    let is_open = |index: usize| open.get(index) == Some(&true) && !is_hidden(index);
    let inside = |up: usize| (0..shown.len()).filter(move |index| parents.get(*index) == Some(&Some(up)));
    let closed = |index: usize, one: &Shown| {
        let center = one.center.filter(|_| !is_hidden(index) && !is_open(index))?;
        let hides_places = || -> Vec<Point> {
            inside(index).filter_map(|inside| shown.get(inside).and_then(|one| one.center)).collect()
        };
        let is_folded = one.collapsed && FlowNode::try_from(one.element).is_ok();
        let size = one.size.filter(|_| !(is_folded && is_size_of_open(one, &hides_places())));
        let size = size.map(asked);
        let asked = Asked { extent: AskedExtent::Closed(size), tint: one.tint };
        let kept = before.and_then(|before| kept_sketch(before, context, one.element, asked));
        let sketch = kept.or_else(|| Some(Arc::new(sketch(context, one.element, size)?.tinted(one.tint))))?;
        Some((Rect::from_center_size(pos2(center.x as f32, center.y as f32), sketch.size), asked, sketch))
    };
    let mut boxes: Vec<Option<Drawn>> = shown.iter().enumerate().map(|(index, one)| closed(index, one)).collect();
    // The innermost first, as a box around others depends on theirs.
    let mut containers: Vec<usize> = (0..shown.len()).filter(|index| is_open(*index)).collect();
    containers.sort_by_key(|index| std::cmp::Reverse(depth_of(parents, *index)));
    for index in containers {
        let Some(one) = shown.get(index) else { continue };
        let ElementRef::Step(id) = one.element else { continue };
        let rects: Vec<Rect> = inside(index).filter_map(|inside| Some(boxes.get(inside)?.as_ref()?.0)).collect();
        let drawn = document.get::<Step>(id).zip(container_rect(one, &rects)).map(|(step, rect)| {
            let asked = Asked { extent: AskedExtent::Open(rect.size()), tint: one.tint };
            let kept = before.and_then(|before| kept_sketch(before, context, one.element, asked));
            let fresh = || Arc::new(container(context, id, step, rect.size()).tinted(one.tint));
            (rect, asked, kept.unwrap_or_else(fresh))
        });
        if let Some(slot) = boxes.get_mut(index) {
            *slot = drawn;
        }
    }
    boxes
}

/// The drawing of an element in the picture before, if it would be drawn alike again.
fn kept_sketch(before: &Before<'_>, context: Context<'_>, element: ElementRef, asked: Asked) -> Option<Arc<Sketch>> {
    let (_, (was_asked, sketch)) = before.node(element)?;
    (*was_asked == asked && is_drawn_alike(before.context, context, element)).then(|| sketch.clone())
}

/// Indices of the boxes in the order of painting: frames, open sub-flows from the outer to the inner, everything else,
/// and what stands on the border of a step above it; within each of these by their layers.
fn painting_order(document: &Document, slots: &[Option<Node>], parents: &[Option<usize>]) -> Vec<usize> {
    let layer = |node: &Node| node.shown.layer;
    let rank = |index: &usize| match slots.get(*index).and_then(Option::as_ref) {
        Some(node) => match (node.sketch.form, node.shown.element) {
            (NodeForm::Frame, _) => (0, 0, layer(node)),
            (NodeForm::Container, _) => (1, depth_of(parents, *index), layer(node)),
            (_, ElementRef::Event(id)) if document.get::<Event>(id).is_some_and(|event| event.attached.is_some()) => {
                (3, 0, layer(node))
            }
            _ => (2, 0, layer(node)),
        },
        None => (2, 0, 0),
    };
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.sort_by_key(rank);
    order
}

/// Where the line from the middle of a box to a point leaves the box.
pub(crate) fn border_toward(rect: Rect, point: Pos2) -> Pos2 {
    let center = rect.center();
    let way = point - center;
    let scale = |half: f32, way: f32| if way.abs() < 1e-3 { f32::INFINITY } else { half / way.abs() };
    let reach = scale(rect.width() / 2.0, way.x).min(scale(rect.height() / 2.0, way.y)).min(1.0);
    center + way * reach
}

pub(crate) fn fold_badge(pen: &mut Pen, rect: Rect, hides: u32) {
    let badge = Badge {
        icon: Some(super::icon::Icon::ChevronDown),
        text: hides.to_string(),
        style: BADGE,
        ink: Colour::InkSecond,
        ground: Colour::Raised,
        edge: Some(Colour::LineStrong),
        leads_to: None,
    };
    pen.badge(&badge, rect.center_bottom());
}

pub(crate) fn mark_center(rect: Rect, form: NodeForm) -> Pos2 {
    match form {
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet | NodeForm::Container | NodeForm::Frame => {
            rect.right_top() + vec2(-2.0, 2.0)
        }
        NodeForm::Circle | NodeForm::Diamond => rect.right_top() + vec2(-5.0, 5.0),
    }
}

/// A mark of findings: each severity has a form of its own beside its colour.
pub(crate) fn draw_mark(pen: &mut Pen, center: Pos2, mark: Mark) {
    let full = Style::filled(Colour::Severity(mark.severity));
    let polygon = |corners: usize, radius: f32, turn: f32| -> Vec<Pos2> {
        let angle = |corner: usize| std::f32::consts::TAU * (corner as f32 + turn) / corners as f32;
        (0..corners).map(|corner| center + Vec2::angled(angle(corner)) * radius).collect()
    };
    let paper = Style::filled(Colour::Raised);
    let (text, ink) = match mark.severity {
        Severity::Block => {
            pen.path(Detail::Secondary, polygon(8, 10.5, 0.5), true, 1.0, paper);
            pen.path(Detail::Secondary, polygon(8, 9.0, 0.5), true, 1.0, full);
            ("×", Colour::OnFull)
        }
        Severity::High => {
            let triangle =
                |radius: f32| polygon(3, radius, -0.75).iter().map(|point| *point + vec2(0.0, 1.5)).collect();
            pen.path(Detail::Secondary, triangle(14.0), true, 3.0, paper);
            pen.path(Detail::Secondary, triangle(11.5), true, 3.0, full);
            ("!", Colour::OnFull)
        }
        Severity::Medium => {
            pen.circle(Detail::Secondary, center, 9.5, paper);
            pen.circle(Detail::Secondary, center, 8.0, full);
            ("!", Colour::OnFull)
        }
        Severity::Low | Severity::Info => {
            let edge = Stroke::new(Colour::Severity(mark.severity), LINE);
            let soft = Style { fill: Some(Colour::SeveritySoft(mark.severity)), stroke: Some(edge) };
            pen.circle(Detail::Secondary, center, 9.0, paper);
            pen.circle(Detail::Secondary, center, 7.5, soft);
            (if mark.severity == Severity::Low { "!" } else { "i" }, Colour::Severity(mark.severity))
        }
    };
    let half = super::text::Measure::bundled().line_height(BADGE) / 2.0;
    pen.text(Detail::Secondary, text, BADGE, ink, center - vec2(0.0, half), emath::Align::Center);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::bounds::Hit;
    use crate::testkit;

    fn views(document: &Document) -> Vec<ViewId> {
        document.views().ids().collect()
    }

    /// Whether every item lies in the bounds of the groups around it.
    fn check_bounds(item: &Item) {
        if let ItemKind::Group(items) = &item.kind {
            for inner in items {
                assert!(item.bounds.expand(0.01).contains_rect(inner.bounds), "{inner:?}");
                check_bounds(inner);
            }
        }
    }

    fn check_scene(document: &Document, scene: &Scene) {
        for item in &scene.items {
            assert!(scene.bounds.expand(0.01).contains_rect(item.bounds));
            check_bounds(item);
        }
        for node in &scene.nodes {
            let item = scene.items.get(node.item).expect("the group of the node");
            assert_eq!(item.element, Some(node.element));
            assert!(item.bounds.expand(1.01).contains_rect(node.rect));
            assert!(!super::super::accessible_label(document, node.element).is_empty());
        }
        for edge in &scene.edges {
            assert!(edge.item < scene.items.len() && edge.points.len() > 1);
        }
    }

    #[test]
    fn pictures_of_every_element_hold_together_and_come_out_the_same() {
        let document = testkit::everything();
        let options = Options::default();
        for view in views(&document) {
            let scene = build(&document, view, &options);
            check_scene(&document, &scene);
            assert_eq!(scene, build(&document, view, &options));
        }
    }

    #[test]
    fn ten_thousand_elements_have_their_pictures() {
        let document = testkit::generate::organisation(10_000, 1);
        let scenes: Vec<Scene> =
            views(&document).into_iter().map(|view| build(&document, view, &Options::default())).collect();
        scenes.iter().for_each(|scene| check_scene(&document, scene));
        let nodes: usize = scenes.iter().map(|scene| scene.nodes.len()).sum();
        assert!(nodes > 4_000, "{nodes}");
        let scene = scenes.iter().max_by_key(|scene| scene.nodes.len()).unwrap();
        for (index, node) in scene.nodes.iter().enumerate().step_by(97) {
            let hit = scene.hit(node.rect.center(), 4.0);
            assert!(matches!(hit, Some(Hit::Node(topmost)) if topmost >= index), "{hit:?}");
        }
    }

    #[test]
    fn a_step_stands_in_the_lane_of_its_performer_wherever_it_was_put() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let [first, second] = ["Seller", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let step = document.insert(Step { performer: Some(second), ..Step::new(process, "Approve") });
        let lane = |actor| Lane::new(Some(actor));
        let lanes = vec![lane(first), lane(second)];
        let view = document
            .insert(View::new("Refund", ViewKind::Process { process, lanes, direction: FlowDirection::default() }));
        let center = Some(Point::new(300.0, 40.0));
        document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
        let scene = build(&document, view, &Options::default());
        let node = scene.nodes.first().unwrap();
        assert!(scene.lanes[1].rect.contains_rect(node.rect));
        assert_eq!(node.parent, Some(second.into()));
        assert_eq!(node.rect.center().x, 300.0);
    }

    #[test]
    fn the_boxes_of_a_folded_unit_are_gone_and_counted() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let role = document.insert(Role { unit: Some(firm), ..Role::new("Owner") });
        let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
        let center = Some(Point::new(0.0, 0.0));
        let folded = Placement { center, collapsed: true, ..Placement::unplaced(view, firm.into()) };
        document.insert(folded);
        document.insert(Placement { center, ..Placement::unplaced(view, role.into()) });
        let scene = build(&document, view, &Options::default());
        assert_eq!(scene.nodes.len(), 1);
        assert_eq!(scene.nodes.first().map(|node| node.hidden), Some(1));
    }
}
