//! Flows and links: which lines are drawn between what, how they look, and where their labels stand.
//!
//! Cases run along flows, with a filled arrowhead. Links say that something is told, needed, made, or belongs together;
//! they may end at whole lanes and in the middle of flows.

mod compared;
mod labels;

use std::sync::Arc;

use emath::Pos2;
use rustc_hash::FxHashMap;

use self::compared::{Compared, passed};
use self::labels::{PlacedLabel, draw_label, place_labels};
use super::build::Builder;
use super::item::*;
use super::jumps::{Jump, with_jumps};
use super::measures::*;
use super::pen::Pen;
use super::routes::{self, Anchor, Known, Way};
use super::words::flow_label;
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
