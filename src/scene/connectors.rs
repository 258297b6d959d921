//! Flows and links: which lines are drawn between what, how they look, and where their labels stand.
//!
//! Cases run along flows, with a filled arrowhead. Links say that something is told, needed, made, or belongs together;
//! they may end at whole lanes and in the middle of flows.

use emath::{Align, Pos2, Rect, vec2};
use rustc_hash::FxHashMap;

use super::build::{Builder, Node};
use super::item::*;
use super::jumps::{jumps, with_jumps};
use super::measures::*;
use super::pen::Pen;
use super::routes::{self, Anchor, plane_line, plane_rect};
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
    let connector = |((id, flow), points): (&(FlowId, &Flow), Vec<Pos2>)| Connector {
        element: ElementRef::Flow(*id),
        from: flow.from.into(),
        to: flow.to.into(),
        look: Look::Flow(flow_start(flow)),
        text: flow_label(flow),
        points,
    };
    shown.iter().zip(lines).map(connector).collect()
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
fn flow_lines(builder: &Builder<'_>, flows: &[(FlowId, &Flow)]) -> Vec<Vec<Pos2>> {
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
            Some((&placement.bends, placement.pinned || is_drawn))
        }
        _ => builder.fresh_bends.get(&ElementRef::Flow(*id)).map(|bends| (bends, false)),
    };
    routes::lines(builder, &ends, &[], flows.iter().map(known))
}

/// Draws flows, then the links between what is shown, labels above all of them.
pub(crate) fn draw(builder: &mut Builder<'_>, mut connectors: Vec<Connector>) {
    connectors.extend(links(builder, &connectors));
    let labels = place_labels(builder, &connectors);
    let lines: Vec<&Vec<Pos2>> = connectors.iter().map(|connector| &connector.points).collect();
    let passed = if builder.context.options.jumps { jumps(&lines) } else { vec![Vec::new(); connectors.len()] };
    let mut pills = Vec::new();
    for ((connector, jumps), label) in connectors.into_iter().zip(passed).zip(labels) {
        let Connector { element, from, to, look, points, .. } = connector;
        let mut pen = Pen::new(Some(element));
        match look {
            Look::Flow(start) => draw_flow(&mut pen, &with_jumps(&points, &jumps), start),
            Look::Message => draw_message(&mut pen, &with_jumps(&points, &jumps)),
            Look::Dotted { directed } => draw_dotted(&mut pen, &points, directed),
        }
        let rect = label.as_ref().map(|(rect, _)| *rect);
        if let Some((rect, lines)) = label {
            let mut pill = Pen::new(Some(element));
            draw_label(&mut pill, rect, lines);
            pills.push(pill.into_group());
        }
        if points.len() < 2 {
            continue;
        }
        let meaning = if matches!(look, Look::Flow(_)) { EdgeMeaning::Flow } else { EdgeMeaning::Link };
        let edge = EdgeShape { element, from, to, meaning, points, label: rect, item: 0 };
        builder.add_edge(pen.into_group(), edge);
    }
    // Above all lines, so that none runs through a label.
    pills.into_iter().for_each(|pill| builder.add(pill));
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
        Some(placement) if !placement.bends.is_empty() => Some((&placement.bends, true)),
        _ => builder.fresh_bends.get(&ElementRef::Link(*id)).map(|bends| (bends, true)),
    };
    let others: Vec<Vec<Pos2>> = flows.iter().map(|flow| flow.points.clone()).collect();
    let lines = routes::lines(builder, &ends, &others, shown.iter().map(known));
    let connector = |((id, link, _), points): ((LinkId, &Link, _), Vec<Pos2>)| Connector {
        element: ElementRef::Link(id),
        from: link.from,
        to: link.to,
        look: match link.kind {
            LinkKind::Message => Look::Message,
            LinkKind::Association => Look::Dotted { directed: link.directed },
            LinkKind::Input | LinkKind::Output => Look::Dotted { directed: true },
        },
        text: link.name.clone(),
        points,
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

fn draw_label(pen: &mut Pen, rect: Rect, lines: Vec<Line>) {
    let corner = (rect.height() / 2.0).min(9.0);
    pen.rect(Detail::Secondary, rect, corner, Style::card(Colour::Raised, Colour::Line));
    let height = Measure::bundled().line_height(CAPTION) * lines.len() as f32;
    let anchor = Pos2::new(rect.center().x, rect.center().y - height / 2.0);
    pen.lines(Detail::Secondary, lines, CAPTION, Colour::InkSecond, anchor, Align::Center);
}

/// Widest label of a line.
const LABEL_WIDTH: f32 = 140.0;

/// Height of a label of one line, and the room beside its text.
const LABEL_HEIGHT: f32 = 18.0;
const LABEL_ROOM: f32 = 16.0;

/// Places for the labels of lines: where somebody put them, else on their lines and off boxes and other labels.
fn place_labels(builder: &Builder<'_>, connectors: &[Connector]) -> Vec<Option<(Rect, Vec<Line>)>> {
    let measure = Measure::bundled();
    let drawn: Vec<Option<(Rect, Vec<Line>)>> = connectors.iter().map(|one| drawn_label(builder, one)).collect();
    let of_node = |node: &Node| match node.sketch.form {
        NodeForm::Frame => Vec::new(),
        // Labels may stand in an open sub-flow, off its border and its name.
        form if form.is_ground() => {
            let head = Rect::from_min_size(node.rect.min, vec2(node.rect.width(), CONTAINER_TITLE));
            routing::border_of(&plane_rect(node.rect)).into_iter().chain([plane_rect(head)]).collect()
        }
        _ => vec![plane_rect(node.rect)],
    };
    let boxes: Vec<plane::Rect> = builder
        .nodes
        .iter()
        .flat_map(of_node)
        .chain(drawn.iter().flatten().map(|(rect, _)| plane_rect(*rect)))
        .collect();
    let routes: Vec<Option<plane::Polyline>> =
        connectors.iter().map(|one| (one.points.len() > 1).then(|| plane_line(&one.points))).collect();
    let lines = connectors.iter().zip(&drawn).map(|(connector, drawn)| {
        let line = measure.ellipsize(&connector.text, CAPTION, LABEL_WIDTH);
        (drawn.is_none() && !line.text.is_empty()).then_some(line)
    });
    let lines: Vec<Option<Line>> = lines.collect();
    let label = |(connector, line): (&Connector, &Option<Line>)| {
        let width = (line.as_ref()?.width + LABEL_ROOM).ceil();
        let size = plane::Size::new(f64::from(width), f64::from(LABEL_HEIGHT));
        // What a case needs to take a branch is read where the branch begins.
        Some(Label { size, near_start: matches!(connector.look, Look::Flow(_)) })
    };
    let labels: Vec<Option<Label>> = connectors.iter().zip(&lines).map(label).collect();
    let centers = routing::place_labels(&boxes, &routes, &labels);
    let found = centers.into_iter().zip(&labels).zip(lines).map(|((center, label), line)| {
        let (center, size) = (center?, label.as_ref()?.size);
        let center = Pos2::new(center.x as f32, center.y as f32);
        Some((Rect::from_center_size(center, vec2(size.width as f32, size.height as f32)), vec![line?]))
    });
    drawn.into_iter().zip(found).map(|(drawn, found)| drawn.or(found)).collect()
}

/// A label that somebody placed.
fn drawn_label(builder: &Builder<'_>, connector: &Connector) -> Option<(Rect, Vec<Line>)> {
    let measure = Measure::bundled();
    let area = builder.connectors.get(&connector.element)?.label?;
    let center = Pos2::new(area.center().x as f32, area.center().y as f32);
    if connector.text.is_empty() || !center.is_finite() {
        return None;
    }
    let lines = measure.wrap(&connector.text, CAPTION, (area.width as f32 + 2.0).clamp(LABEL_WIDTH, 400.0), 6);
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let height = (measure.line_height(CAPTION) * lines.len() as f32).max(LABEL_HEIGHT);
    Some((Rect::from_center_size(center, vec2((width + LABEL_ROOM).ceil(), height.ceil())), lines))
}
