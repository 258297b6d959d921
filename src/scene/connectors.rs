//! Flows and links: which lines are drawn between what, how they look, and where their labels stand.
//!
//! Cases run along flows, with a filled arrowhead. Links say that something is told, needed, made, or belongs together;
//! they may end at whole lanes and in the middle of flows.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, vec2};
use rustc_hash::FxHashMap;

use super::build::{Builder, Node};
use super::changes::{Changes, pieces};
use super::item::*;
use super::jumps::{Jump, jumps, jumps_of, with_jumps};
use super::measures::*;
use super::pen::Pen;
use super::routes::{self, Anchor, Known, Way, plane_line, plane_rect};
use super::text::{Line, Measure};
use super::words::flow_label;
use crate::layout::geometry as plane;
use crate::layout::routing::{self, Label};
use crate::model::*;

/// A line of a picture before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    element: ElementRef,
    from: ElementRef,
    to: ElementRef,
    look: Look,
    text: String,
    /// From start to end; empty where there is no way.
    pub(crate) points: Vec<Pos2>,
    /// The corners that the document has for it, if it runs by them; and whether it keeps them though they cut boxes.
    stored: Option<(Arc<[Point]>, bool)>,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// A flow, with what stands at its start.
    Flow(FlowStart),
    /// Dashed, from a small circle to a hollow arrowhead.
    Message,
    /// Dotted; with an open arrowhead where it is directed.
    Dotted { directed: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FlowStart {
    Plain,
    /// A slash: taken when no other branch is.
    Default,
    /// A small diamond: taken when a condition holds.
    Conditional,
}

/// The flows of all processes between nodes that are shown.
pub(crate) fn flows(builder: &Builder<'_>) -> Vec<Connector> {
    let is_shown = |node: FlowNode| builder.index_of.contains_key(&node.into());
    let all = builder.context.document().flows().iter();
    let shown: Vec<(FlowId, &Flow)> = all.filter(|(_, flow)| is_shown(flow.from) && is_shown(flow.to)).collect();
    let lines = flow_lines(builder, &shown);
    let connector = |((id, flow), way): (&(FlowId, &Flow), Way)| Connector {
        element: ElementRef::Flow(*id),
        from: flow.from.into(),
        to: flow.to.into(),
        look: Look::Flow(flow_start(flow)),
        text: label_of(builder, *id, flow),
        points: way.points,
        stored: way.stored,
    };
    shown.iter().zip(lines).map(connector).collect()
}

/// What a flow says; that of the picture before where the flow is the same.
fn label_of(builder: &Builder<'_>, id: FlowId, flow: &Flow) -> String {
    let document = builder.context.document();
    let before = builder.before.filter(|before| before.context.document().is_same(document, id.into()));
    let was = before.and_then(|before| before.line(id.into()));
    was.map_or_else(|| flow_label(flow), |(_, was)| was.text.clone())
}

fn flow_start(flow: &Flow) -> FlowStart {
    match flow.from {
        FlowNode::Event(_) => FlowStart::Plain,
        _ if flow.is_default => FlowStart::Default,
        FlowNode::Step(_) if !flow.condition.is_empty() => FlowStart::Conditional,
        FlowNode::Step(_) | FlowNode::Gateway(_) => FlowStart::Plain,
    }
}

/// The lines of flows, each ending on the outline of its nodes.
fn flow_lines(builder: &Builder<'_>, flows: &[(FlowId, &Flow)]) -> Vec<Way> {
    let ends: Vec<(Anchor, Anchor)> = flows
        .iter()
        .map(|(_, flow)| (builder.anchor(flow.from.into()), builder.anchor(flow.to.into())))
        .map(|(from, to)| (from.unwrap_or_default(), to.unwrap_or_default()))
        .collect();
    // A drawing from elsewhere gives its boxes sizes, and its lines may run where they like.
    let has_size = |node: FlowNode| {
        let node = builder.index_of.get(&node.into()).and_then(|index| builder.nodes.get(*index));
        node.is_some_and(|node| node.shown.size.is_some())
    };
    let known = |(id, flow): &(FlowId, &Flow)| match builder.connectors.get(&ElementRef::Flow(*id)) {
        Some(placement) if !placement.bends.is_empty() => {
            let is_drawn = has_size(flow.from) && has_size(flow.to);
            Some(Known { bends: &placement.bends, keeps: placement.pinned || is_drawn })
        }
        _ => builder.fresh_bends.get(&ElementRef::Flow(*id)).map(|bends| Known { bends, keeps: false }),
    };
    let elements: Vec<ElementRef> = flows.iter().map(|(id, _)| (*id).into()).collect();
    let known: Vec<Option<Known<'_>>> = flows.iter().map(known).collect();
    routes::lines(builder, &elements, &ends, &[], &known)
}

/// A line as it was drawn.
#[derive(Clone, Debug)]
pub(crate) struct KeptLine {
    pub(crate) element: ElementRef,
    look: Look,
    text: String,
    /// Index in the edges of the scene; none for a line that has no way.
    pub(crate) edge: Option<usize>,
    /// The corners that the document has for it, if it runs by them; and whether it keeps them though they cut boxes.
    pub(crate) stored: Option<(Arc<[Point]>, bool)>,
    jumps: Vec<Jump>,
    label: Option<Arc<PlacedLabel>>,
    item: Arc<Item>,
    pill: Option<Arc<Item>>,
}

/// A label of a line in its place.
#[derive(Debug, PartialEq)]
struct PlacedLabel {
    rect: Rect,
    /// The same, as exactly as it was placed.
    area: plane::Rect,
    lines: Vec<Line>,
    /// The box around all places that were looked at; none for one that somebody placed.
    looked_at: Option<Rect>,
}

/// Draws flows, then the links between what is shown, labels above all of them.
pub(crate) fn draw(builder: &mut Builder<'_>, mut connectors: Vec<Connector>) {
    connectors.extend(links(builder, &connectors));
    let compared = Compared::new(builder, &connectors);
    let passed = passed(builder, &connectors, &compared);
    let labels = place_labels(builder, &connectors, &compared);
    let mut kept_lines = Vec::with_capacity(connectors.len());
    let mut pills = Vec::new();
    for (index, ((connector, jumps), label)) in connectors.into_iter().zip(passed).zip(labels).enumerate() {
        let was = compared.equal(index);
        let Connector { element, from, to, look, text, points, stored } = connector;
        let is_drawn_alike = |was: &&KeptLine| was.look == look && was.jumps == jumps;
        let item = was.filter(is_drawn_alike).map(|was| was.item.clone());
        let item = item.unwrap_or_else(|| Arc::new(draw_line(element, look, &points, &jumps)));
        let pill = label.as_ref().map(|label| {
            let kept = was.filter(|was| was.label.as_ref() == Some(label)).and_then(|was| was.pill.clone());
            kept.unwrap_or_else(|| Arc::new(draw_label(element, label)))
        });
        pills.extend(pill.clone());
        let rect = label.as_ref().map(|label| label.rect);
        let edge = (points.len() > 1).then_some(builder.scene.edges.len());
        kept_lines.push(KeptLine { element, look, text, edge, stored, jumps, label, item: item.clone(), pill });
        if edge.is_some() {
            let meaning = if matches!(look, Look::Flow(_)) { EdgeMeaning::Flow } else { EdgeMeaning::Link };
            builder.add_edge(item, EdgeShape { element, from, to, meaning, points, label: rect, item: 0 });
        }
    }
    // Above all lines, so that none runs through a label.
    builder.scene.items.extend(pills);
    builder.memory.lines = kept_lines;
}

fn draw_line(element: ElementRef, look: Look, points: &[Pos2], jumps: &[Jump]) -> Item {
    let mut pen = Pen::new(Some(element));
    match look {
        Look::Flow(start) => draw_flow(&mut pen, &with_jumps(points, jumps), start),
        Look::Message => draw_message(&mut pen, &with_jumps(points, jumps)),
        Look::Dotted { directed } => draw_dotted(&mut pen, points, directed),
    }
    pen.into_group()
}

/// The lines beside those of the picture before.
struct Compared<'a> {
    /// The line before, where it was equal.
    equal: Vec<Option<&'a KeptLine>>,
    /// The line before, equal or not.
    was: Vec<Option<&'a KeptLine>>,
    /// Where lines differ.
    lines: Changes,
    /// Where boxes and lines differ.
    ground: Changes,
}

impl<'a> Compared<'a> {
    fn new(builder: &Builder<'a>, connectors: &[Connector]) -> Self {
        let count = connectors.len();
        let Some(before) = builder.before else {
            let (equal, was) = (vec![None; count], vec![None; count]);
            return Self { equal, was, lines: Changes::everywhere(), ground: Changes::everywhere() };
        };
        let (mut equal, mut was_all) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut lines = Changes::default();
        let mut is_met = vec![false; before.memory.lines.len()];
        let mut next = 0;
        for connector in connectors {
            let found = before.line(connector.element);
            let points_before = found.map(|(_, was)| before.points_of(was));
            if let Some((index, _)) = found {
                if index < next {
                    // Painted in another order, others pass over others.
                    lines.add_everything();
                }
                next = index;
                is_met.get_mut(index).into_iter().for_each(|met| *met = true);
            }
            let is_equal = points_before == Some(connector.points.as_slice());
            if !is_equal {
                lines.add_line(points_before.unwrap_or_default());
                lines.add_line(&connector.points);
            }
            let was = found.map(|(_, was)| was);
            equal.push(was.filter(|_| is_equal));
            was_all.push(was);
        }
        let mut ground = builder.box_changes().clone();
        for (was, _) in before.memory.lines.iter().zip(is_met).filter(|(_, met)| !met) {
            lines.add_line(before.points_of(was));
            was.label.iter().for_each(|label| ground.add(label.rect));
        }
        ground.add_all(&lines);
        Self { equal, was: was_all, lines, ground }
    }

    fn equal(&self, index: usize) -> Option<&'a KeptLine> {
        self.equal.get(index).copied().flatten()
    }

    fn was(&self, index: usize) -> Option<&'a KeptLine> {
        self.was.get(index).copied().flatten()
    }
}

/// Where each line passes over those below it; found anew only where lines differ.
fn passed(builder: &Builder<'_>, connectors: &[Connector], compared: &Compared<'_>) -> Vec<Vec<Jump>> {
    /// For more lines than this the index of all lines is worth its making.
    const MOST: usize = 80;
    let jumps_now = builder.context.options.jumps;
    if !jumps_now {
        return vec![Vec::new(); connectors.len()];
    }
    let lines: Vec<&Vec<Pos2>> = connectors.iter().map(|connector| &connector.points).collect();
    let is_comparable = builder.before.is_some_and(|before| before.context.options.jumps == jumps_now);
    if !is_comparable || compared.lines.is_everywhere() {
        return jumps(&lines);
    }
    let stays = |index: usize, line: &[Pos2]| compared.equal(index).filter(|_| !compared.lines.touch_line(line));
    let kept: Vec<Option<&KeptLine>> = lines.iter().enumerate().map(|(index, line)| stays(index, line)).collect();
    if kept.iter().filter(|kept| kept.is_none()).count() > MOST {
        return jumps(&lines);
    }
    let one = |(index, kept): (usize, Option<&KeptLine>)| match kept {
        Some(kept) => kept.jumps.clone(),
        None => jumps_of(&lines, index),
    };
    kept.into_iter().enumerate().map(one).collect()
}

/// The links of which both ends are shown: boxes, lanes, and flows, met in their middle. Messages come first.
fn links(builder: &Builder<'_>, flows: &[Connector]) -> Vec<Connector> {
    let middles: FxHashMap<ElementRef, Pos2> =
        flows.iter().filter_map(|flow| Some((flow.element, routes::middle(&flow.points)?))).collect();
    let anchor =
        |element: ElementRef| builder.anchor(element).or_else(|| middles.get(&element).map(|at| Anchor::Point(*at)));
    let mut shown: Vec<(LinkId, &Link, (Anchor, Anchor))> = builder
        .context
        .document()
        .links()
        .iter()
        .filter_map(|(id, link)| Some((id, link, (anchor(link.from)?, anchor(link.to)?))))
        .collect();
    if shown.is_empty() {
        return Vec::new();
    }
    shown.sort_by_key(|(_, link, _)| link.kind != LinkKind::Message);
    let ends: Vec<(Anchor, Anchor)> = shown.iter().map(|(_, _, ends)| *ends).collect();
    let known = |(id, _, _): &(LinkId, &Link, _)| match builder.connectors.get(&ElementRef::Link(*id)) {
        Some(placement) if !placement.bends.is_empty() => Some(Known { bends: &placement.bends, keeps: true }),
        _ => builder.fresh_bends.get(&ElementRef::Link(*id)).map(|bends| Known { bends, keeps: true }),
    };
    let others: Vec<Vec<Pos2>> = flows.iter().map(|flow| flow.points.clone()).collect();
    let elements: Vec<ElementRef> = shown.iter().map(|(id, _, _)| (*id).into()).collect();
    let known: Vec<Option<Known<'_>>> = shown.iter().map(known).collect();
    let lines = routes::lines(builder, &elements, &ends, &others, &known);
    let connector = |((id, link, _), way): ((LinkId, &Link, _), Way)| Connector {
        element: ElementRef::Link(id),
        from: link.from,
        to: link.to,
        look: match link.kind {
            LinkKind::Message => Look::Message,
            LinkKind::Association => Look::Dotted { directed: link.directed },
            LinkKind::Input | LinkKind::Output => Look::Dotted { directed: true },
        },
        text: link.name.clone(),
        points: way.points,
        stored: way.stored,
    };
    shown.into_iter().zip(lines).map(connector).collect()
}

/// The line with its ends shortened, to make room for what is drawn there.
fn shortened(points: &[Pos2], start: f32, end: f32) -> Vec<Pos2> {
    let mut line = points.to_vec();
    let toward = |from: Pos2, to: Pos2, by: f32| from + (to - from).normalized() * by.min((to - from).length() * 0.9);
    if let [first, second, ..] = line.as_mut_slice() {
        *first = toward(*first, *second, start);
    }
    if let [.., before, last] = line.as_mut_slice() {
        *last = toward(*last, *before, end);
    }
    line
}

fn draw_flow(pen: &mut Pen, points: &[Pos2], start: FlowStart) {
    let ([.., before, tip], [first, second, ..]) = (points, points) else { return };
    let stroke = Style::line(Stroke::new(Colour::Connector, LINE));
    let along = (*second - *first).normalized();
    let room = if start == FlowStart::Conditional { DIAMOND } else { 0.0 };
    pen.path(Detail::Shape, shortened(points, room, ARROW - 1.0), false, BEND, stroke);
    match start {
        FlowStart::Plain => {}
        FlowStart::Default => {
            let at = *first + along * 9.0;
            let slant = (along + along.rot90()).normalized() * 5.5;
            pen.path(Detail::Shape, vec![at - slant, at + slant], false, 0.0, stroke);
        }
        FlowStart::Conditional => {
            let (middle, across) = (*first + along * (DIAMOND / 2.0), along.rot90() * 4.5);
            let corners = vec![*first, middle + across, *first + along * DIAMOND, middle - across];
            pen.path(Detail::Shape, corners, true, 0.0, Style { fill: Some(Colour::Raised), ..stroke });
        }
    }
    pen.arrow(*before, *tip, Colour::Connector);
}

/// Length of the diamond at the start of a conditional flow.
const DIAMOND: f32 = 14.0;
/// Radius of the circle at the start of a message.
const CIRCLE: f32 = 4.0;

fn draw_message(pen: &mut Pen, points: &[Pos2]) {
    let ([.., before, tip], [first, second, ..]) = (points, points) else { return };
    let stroke = Style::line(Stroke::new(Colour::Connector, LINE));
    let hollow = Style { fill: Some(Colour::Raised), ..stroke };
    let line = shortened(points, 2.0 * CIRCLE, ARROW + 1.0);
    pen.path(Detail::Shape, line, false, BEND, stroke.dashed(Dash::Dashed));
    pen.circle(Detail::Shape, *first + (*second - *first).normalized() * CIRCLE, CIRCLE, hollow);
    let along = (*tip - *before).normalized();
    let (back, across) = (*tip - along * (ARROW + 1.0), along.rot90() * (ARROW * 0.55));
    pen.path(Detail::Shape, vec![*tip, back + across, back - across], true, 0.0, hollow);
}

fn draw_dotted(pen: &mut Pen, points: &[Pos2], directed: bool) {
    let [.., before, tip] = points else { return };
    let stroke = Style::line(Stroke::new(Colour::Connector, LINE));
    pen.path(Detail::Shape, points.to_vec(), false, BEND, stroke.dashed(Dash::Dotted));
    if directed {
        let along = (*tip - *before).normalized();
        let (back, across) = (*tip - along * ARROW, along.rot90() * (ARROW * 0.5));
        pen.path(Detail::Shape, vec![back + across, *tip, back - across], false, 0.0, stroke);
    }
}

fn draw_label(element: ElementRef, label: &PlacedLabel) -> Item {
    let (rect, lines) = (label.rect, label.lines.clone());
    let mut pen = Pen::new(Some(element));
    let corner = (rect.height() / 2.0).min(9.0);
    pen.rect(Detail::Secondary, rect, corner, Style::card(Colour::Raised, Colour::Line));
    let height = Measure::bundled().line_height(CAPTION) * lines.len() as f32;
    let anchor = Pos2::new(rect.center().x, rect.center().y - height / 2.0);
    pen.lines(Detail::Secondary, lines, CAPTION, Colour::InkSecond, anchor, Align::Center);
    pen.into_group()
}

/// Widest label of a line.
const LABEL_WIDTH: f32 = 140.0;

/// Height of a label of one line, and the room beside its text.
const LABEL_HEIGHT: f32 = 18.0;
const LABEL_ROOM: f32 = 16.0;

/// Places for the labels of lines: where somebody put them, else on their lines and off boxes and other labels. What saw
/// nothing but what is the same in the picture before has its place again.
fn place_labels(
    builder: &Builder<'_>,
    connectors: &[Connector],
    compared: &Compared<'_>,
) -> Vec<Option<Arc<PlacedLabel>>> {
    let drawn: Vec<Option<PlacedLabel>> = connectors.iter().map(|one| drawn_label(builder, one)).collect();
    let mut changes = compared.ground.clone();
    for (index, (connector, drawn)) in connectors.iter().zip(&drawn).enumerate() {
        let was = compared.was(index).and_then(|was| was.label.as_deref());
        let stays = match (drawn, was) {
            (Some(drawn), Some(was)) => drawn == was,
            (None, Some(was)) => {
                was.looked_at.is_some() && compared.was(index).is_some_and(|was| was.text == connector.text)
            }
            (Some(_), None) => false,
            (None, None) => true,
        };
        if !stays {
            let rects = [drawn.as_ref().map(|label| label.rect), was.map(|label| label.rect)];
            rects.into_iter().flatten().for_each(|rect| changes.add(rect));
        }
    }
    let mut surroundings = Surroundings { builder, connectors, drawn: &drawn, area: None, ground: Default::default() };
    let mut placed: Vec<Option<Arc<PlacedLabel>>> = Vec::with_capacity(connectors.len());
    for (index, connector) in connectors.iter().enumerate() {
        let label = if drawn.get(index).is_some_and(Option::is_some) || connector.text.is_empty() {
            None
        } else {
            let equal = compared.equal(index).filter(|was| was.text == connector.text && was.look == connector.look);
            let equal = equal.filter(|was| {
                was.label.as_deref().is_none_or(|label| label.looked_at.is_some_and(|area| !changes.touch(area)))
            });
            match equal {
                Some(was) => {
                    was.label.iter().for_each(|label| surroundings.take(label));
                    was.label.clone()
                }
                None => {
                    let found = surroundings.place(index, &placed, &changes).map(Arc::new);
                    let was = compared.was(index).and_then(|was| was.label.as_deref());
                    let rects = [found.as_deref().map(|label| label.rect), was.map(|label| label.rect)];
                    if rects[0] != rects[1] {
                        rects.into_iter().flatten().for_each(|rect| changes.add(rect));
                    }
                    found
                }
            }
        };
        placed.push(label);
    }
    let drawn = drawn.into_iter().map(|drawn| drawn.map(Arc::new));
    drawn.zip(placed).map(|(drawn, placed)| drawn.or(placed)).collect()
}

/// Boxes and lines around labels that have to be placed; made for a part of the picture once one has to be.
struct Surroundings<'a> {
    builder: &'a Builder<'a>,
    connectors: &'a [Connector],
    drawn: &'a [Option<PlacedLabel>],
    /// Of which part; none before anything was asked for.
    area: Option<Rect>,
    ground: routing::Ground,
}

impl Surroundings<'_> {
    /// Finds a place for the label of a line, behind those that are placed.
    fn place(&mut self, index: usize, placed: &[Option<Arc<PlacedLabel>>], changes: &Changes) -> Option<PlacedLabel> {
        let connector = self.connectors.get(index).filter(|connector| connector.points.len() > 1)?;
        let line = Measure::bundled().ellipsize(&connector.text, CAPTION, LABEL_WIDTH);
        if line.text.is_empty() {
            return None;
        }
        let size = vec2((line.width + LABEL_ROOM).ceil(), LABEL_HEIGHT);
        let label = Label {
            size: plane::Size::new(f64::from(size.x), f64::from(size.y)),
            // What a case needs to take a branch is read where the branch begins.
            near_start: matches!(connector.look, Look::Flow(_)),
        };
        let points = plane_line(&connector.points);
        let wanted = scene_rect(&routing::label_reach(&points, &label));
        if !self.area.is_some_and(|area| area.contains_rect(wanted)) {
            self.prepare(wanted, placed, changes);
        }
        let place = self.ground.place(index, &points, &label)?;
        let center = Pos2::new(place.center.x as f32, place.center.y as f32);
        let looked_at = Some(scene_rect(&place.looked_at));
        let area = plane::Rect::from_center_size(place.center, label.size);
        Some(PlacedLabel { rect: Rect::from_center_size(center, size), area, lines: vec![line], looked_at })
    }

    /// A label that has its place again.
    fn take(&mut self, label: &PlacedLabel) {
        if self.area.is_some_and(|area| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
    }

    /// Gathers what lies around an area: first of what differs, then of everything.
    fn prepare(&mut self, wanted: Rect, placed: &[Option<Arc<PlacedLabel>>], changes: &Changes) {
        let is_first = self.area.is_none() && !changes.is_everywhere();
        let area = if is_first { changes.surroundings(wanted) } else { Rect::EVERYTHING };
        self.area = Some(area);
        self.ground = routing::Ground::default();
        for node in self.builder.nodes.iter().filter(|node| area.intersects(node.rect)) {
            ground_of_node(node, &mut self.ground);
        }
        for label in self.drawn.iter().flatten().filter(|label| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
        for (index, connector) in self.connectors.iter().enumerate() {
            for (piece, ends) in pieces(&connector.points).zip(connector.points.windows(2)) {
                if area.intersects(piece) {
                    self.ground.add_line(index, &plane_line(ends));
                }
            }
        }
        for label in placed.iter().flatten().filter(|label| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
    }
}

/// What of a box keeps labels away.
fn ground_of_node(node: &Node, ground: &mut routing::Ground) {
    let rect = plane_rect(node.rect);
    match node.sketch.form {
        NodeForm::Frame => {}
        // Labels may stand in an open sub-flow, off its border and its name.
        form if form.is_ground() => {
            let head = Rect::from_min_size(node.rect.min, vec2(node.rect.width(), CONTAINER_TITLE));
            routing::border_of(&rect).iter().for_each(|side| ground.add_area(side));
            ground.add_area(&plane_rect(head));
        }
        _ => ground.add_area(&rect),
    }
}

fn scene_rect(rect: &plane::Rect) -> Rect {
    let point = |at: plane::Point| Pos2::new(at.x as f32, at.y as f32);
    Rect::from_min_max(point(rect.min), point(rect.max)).expand(1.0)
}

/// A label that somebody placed.
fn drawn_label(builder: &Builder<'_>, connector: &Connector) -> Option<PlacedLabel> {
    let area = builder.connectors.get(&connector.element)?.label?;
    let measure = Measure::bundled();
    let center = Pos2::new(area.center().x as f32, area.center().y as f32);
    if connector.text.is_empty() || !center.is_finite() {
        return None;
    }
    let lines = measure.wrap(&connector.text, CAPTION, (area.width as f32 + 2.0).clamp(LABEL_WIDTH, 400.0), 6);
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let height = (measure.line_height(CAPTION) * lines.len() as f32).max(LABEL_HEIGHT);
    let rect = Rect::from_center_size(center, vec2((width + LABEL_ROOM).ceil(), height.ceil()));
    Some(PlacedLabel { rect, area: plane_rect(rect), lines, looked_at: None })
}
