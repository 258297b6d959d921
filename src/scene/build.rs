//! From a view of a document to its picture: the door of the layer, and what all views share.
//!
//! A picture is computed from the document, the view and the options alone. Boxes without a place are put where
//! arranging the view would put them, so that a picture is never missing what the view shows.

use emath::{Pos2, Rect, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;

use super::arrange::{Mode, arrange_shown};
use super::contents::{Shown, cast, folded, parents_of};
use super::facts::Facts;
use super::item::*;
use super::measures::*;
use super::options::{Mark, Options};
use super::pen::{Badge, Pen, bounds_of};
use super::sizes::least;
use super::sketch::{Context, Sketch, sketch};
use super::words::accessible_label;
use super::{board, chart_forms, matrix, organisation, process};
use crate::model::*;

/// The picture of a view; an empty one for a view that does not exist.
pub fn build(document: &Document, view_id: ViewId, options: &Options) -> Scene {
    let Some(view) = document.get::<View>(view_id) else { return Scene::default() };
    let facts = Facts::new(document);
    let context = Context { facts: &facts, options };
    match &view.kind {
        ViewKind::Organisation { form: ChartForm::Circles, .. } => chart_forms::circles::build(context, view_id),
        ViewKind::Organisation { form: ChartForm::Grid, .. } => chart_forms::grid::build(context, view_id),
        ViewKind::Organisation { form: ChartForm::Tree, direction, .. } => {
            organisation::build(&mut Builder::new(context, view_id, view), *direction)
        }
        ViewKind::Process { process, lanes, .. } => {
            process::build(&mut Builder::new(context, view_id, view), *process, lanes)
        }
        ViewKind::Board => board::build(&mut Builder::new(context, view_id, view)),
        ViewKind::Matrix(shown) => matrix::build(context, shown),
    }
}

/// A box of the view before it becomes a group of items.
pub(crate) struct Node {
    pub(crate) shown: Shown,
    pub(crate) rect: Rect,
    pub(crate) parent: Option<usize>,
    pub(crate) hides: u32,
    sketch: Sketch,
}

/// The boxes of a view with their places, and the scene that grows from them.
pub(crate) struct Builder<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) nodes: Vec<Node>,
    /// Index in `nodes`.
    pub(crate) index_of: FxHashMap<ElementRef, usize>,
    /// Placements of flows.
    pub(crate) flows: FxHashMap<FlowId, &'a Placement>,
    /// Lines of flows that the arrangement of a fresh view knows.
    pub(crate) fresh_bends: FxHashMap<FlowId, Vec<Point>>,
    /// Lanes of a fresh view.
    pub(crate) fresh_lanes: Vec<Lane>,
    pub(crate) scene: Scene,
}

impl<'a> Builder<'a> {
    fn new(context: Context<'a>, view_id: ViewId, view: &View) -> Self {
        let document = context.document();
        let mut cast = cast(document, view_id);
        let mut fresh_bends = FxHashMap::default();
        let mut fresh_lanes = Vec::new();
        if cast.shown.iter().any(|one| one.center.is_none()) {
            let arrangement = arrange_shown(context.facts, view, &cast.shown, Mode::OnlyNew);
            let centers: FxHashMap<ElementRef, Point> = arrangement.centers.into_iter().collect();
            for one in cast.shown.iter_mut().filter(|one| one.center.is_none()) {
                one.center = centers.get(&one.element).copied();
            }
            fresh_bends = arrangement.bends.into_iter().collect();
            fresh_lanes = arrangement.lanes;
        }
        let parents = parents_of(document, &cast.shown);
        let (hides, hidden) = folded(&cast.shown, &parents);
        let mut builder = Self {
            context,
            nodes: Vec::with_capacity(cast.shown.len()),
            index_of: FxHashMap::default(),
            flows: cast.flows,
            fresh_bends,
            fresh_lanes,
            scene: Scene::default(),
        };
        let mut position = vec![None; cast.shown.len()];
        for (index, shown) in cast.shown.into_iter().enumerate() {
            let Some(center) = shown.center.filter(|_| hidden.get(index) != Some(&true)) else { continue };
            let Some(sketch) = sketch(context, shown.element, shown.size.map(least)) else { continue };
            if let Some(slot) = position.get_mut(index) {
                *slot = Some(builder.nodes.len());
            }
            builder.index_of.insert(shown.element, builder.nodes.len());
            let rect = Rect::from_center_size(pos2(center.x as f32, center.y as f32), sketch.size);
            let parent = parents.get(index).copied().flatten();
            let hides = hides.get(index).copied().unwrap_or(0);
            builder.nodes.push(Node { shown, rect, parent, hides, sketch });
        }
        for node in &mut builder.nodes {
            node.parent = node.parent.and_then(|up| position.get(up).copied().flatten());
        }
        builder
    }

    /// The box of an element that is shown.
    pub(crate) fn rect_of(&self, element: ElementRef) -> Option<Rect> {
        self.nodes.get(*self.index_of.get(&element)?).map(|node| node.rect)
    }

    /// Draws an item without a place in the arrays of shapes.
    pub(crate) fn add(&mut self, item: Item) {
        self.scene.items.push(item);
    }

    /// Draws a line between two boxes.
    pub(crate) fn add_edge(&mut self, item: Item, mut edge: EdgeShape) {
        edge.item = self.scene.items.len();
        self.scene.items.push(item);
        self.scene.edges.push(edge);
    }

    /// Draws all boxes with their marks and folds.
    pub(crate) fn add_nodes(&mut self, mut parent_of: impl FnMut(&Self, &Node) -> Option<ElementRef>) {
        let nodes = std::mem::take(&mut self.nodes);
        for node in &nodes {
            let parent = match node.parent {
                Some(up) => nodes.get(up).map(|up| up.shown.element),
                None => parent_of(self, node),
            };
            let element = node.shown.element;
            self.scene.nodes.push(NodeShape {
                element,
                placement: node.shown.placement,
                rect: node.rect,
                form: node.sketch.form,
                parent,
                hidden: node.hides,
                label: accessible_label(self.context.document(), element),
                item: self.scene.items.len(),
            });
            let mut items = node.sketch.items.clone();
            items.iter_mut().for_each(|item| item.shift(node.rect.min.to_vec2()));
            let mut pen = Pen::new(Some(element));
            pen.extend(items);
            if node.hides > 0 {
                fold_badge(&mut pen, node.rect, node.hides);
            }
            if let Some(mark) = self.context.options.marks.get(&element) {
                draw_mark(&mut pen, mark_center(node.rect, node.sketch.form), *mark);
            }
            self.scene.items.push(pen.into_group());
        }
        self.nodes = nodes;
    }

    /// Draws the lines from notes to what they are about.
    pub(crate) fn add_note_lines(&mut self) {
        let document = self.context.document();
        let mut lines = Vec::new();
        for node in &self.nodes {
            let ElementRef::Note(id) = node.shown.element else { continue };
            let Some(about) = document.get::<Note>(id).and_then(|note| note.about) else { continue };
            let Some(target) = self.rect_of(about) else { continue };
            if target.intersects(node.rect) {
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

    /// The finished picture.
    pub(crate) fn finish(&mut self) -> Scene {
        let mut scene = std::mem::take(&mut self.scene);
        scene.bounds = bounds_of(scene.items.iter().map(|item| item.bounds));
        scene
    }
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
    };
    pen.badge(&badge, rect.center_bottom());
}

pub(crate) fn mark_center(rect: Rect, form: NodeForm) -> Pos2 {
    match form {
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet => rect.right_top() + vec2(-2.0, 2.0),
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

    fn check_scene(scene: &Scene) {
        for item in &scene.items {
            assert!(scene.bounds.expand(0.01).contains_rect(item.bounds));
            check_bounds(item);
        }
        for node in &scene.nodes {
            let item = scene.items.get(node.item).expect("the group of the node");
            assert_eq!(item.element, Some(node.element));
            assert!(item.bounds.expand(1.01).contains_rect(node.rect));
            assert!(!node.label.is_empty());
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
            check_scene(&scene);
            assert_eq!(scene, build(&document, view, &options));
        }
    }

    #[test]
    fn ten_thousand_elements_have_their_pictures() {
        let document = testkit::generate::organisation(10_000, 1);
        let scenes: Vec<Scene> =
            views(&document).into_iter().map(|view| build(&document, view, &Options::default())).collect();
        scenes.iter().for_each(check_scene);
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
