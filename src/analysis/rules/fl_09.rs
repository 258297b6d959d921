//! Shapes that cover each other in a picture of a process.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-09",
    title: "Shapes overlap",
    severity: Severity::Low,
    why: "What is covered is not read.",
    wrong: "“Pack parcel” lies half under “Print label”",
    right: "They stand side by side",
    formula: "pairs of steps, gateways and events of a view whose boxes of stated sizes share more than a tenth of the \
              smaller one; events on borders and what is inside a sub-flow or call belong on it",
    source: Source::Literature("bpmnlint: no overlapping elements"),
    thresholds: &[],
    remedies: &["Arrange the view, or move one of them."],
};

struct Shape {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    node: FlowNode,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut views: Vec<Vec<Shape>> = Vec::new();
    views.resize_with(context.document.views().next_index() as usize, Vec::new);
    for (count, (_, placement)) in context.document.placements().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (Ok(node), Some(at), Some(size)) =
            (FlowNode::try_from(placement.element), placement.center, placement.size)
        else {
            continue;
        };
        let (x, y, width, height) = (at.x, at.y, size.width, size.height);
        if let Some(list) = views.get_mut(placement.view.index() as usize) {
            let shape = Shape {
                left: x - width / 2.0,
                right: x + width / 2.0,
                top: y - height / 2.0,
                bottom: y + height / 2.0,
                node,
            };
            list.push(shape);
        }
    }
    for (view, mut shapes) in context.document.views().ids().zip(in_order(context, views)) {
        shapes.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.node.cmp(&b.node)));
        let pairs = overlaps(context, &shapes);
        let Some((first, second)) = pairs.first() else { continue };
        let mut nodes: Vec<FlowNode> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let (first, second) = (context.quoted(*first), context.quoted(*second));
        let count = words::count(pairs.len(), "pair of shapes covers", "pairs of shapes cover");
        sink.report(
            Finding::new(format!(
                "{count} each other in the view {}, such as {first} and {second}.",
                context.quoted(view)
            ))
            .about([ElementRef::from(view)])
            .about(nodes)
            .formula(format!("overlapping pairs = {}", pairs.len()))
            .number("pairs", pairs.len() as f64)
            .remedy("Arrange the view, or move one of each pair."),
        );
    }
}

fn in_order(context: &Context<'_>, mut views: Vec<Vec<Shape>>) -> Vec<Vec<Shape>> {
    let take = |id: ViewId| views.get_mut(id.index() as usize).map(std::mem::take).unwrap_or_default();
    context.document.views().ids().map(take).collect()
}

/// Pairs that cover each other, by a sweep from left to right.
fn overlaps(context: &Context<'_>, shapes: &[Shape]) -> Vec<(FlowNode, FlowNode)> {
    let mut open: Vec<&Shape> = Vec::new();
    let mut pairs = Vec::new();
    for shape in shapes {
        open.retain(|other| other.right > shape.left);
        for other in &open {
            let across = shape.right.min(other.right) - shape.left.max(other.left);
            let down = shape.bottom.min(other.bottom) - shape.top.max(other.top);
            let area = |shape: &Shape| (shape.right - shape.left) * (shape.bottom - shape.top);
            let covered = across.max(0.0) * down.max(0.0);
            if covered > 0.1 * area(shape).min(area(other)) && !belong_together(context, shape.node, other.node) {
                pairs.push((other.node, shape.node));
            }
        }
        open.push(shape);
    }
    pairs
}

/// Whether one stands on the border of the other or inside it.
fn belong_together(context: &Context<'_>, one: FlowNode, other: FlowNode) -> bool {
    let document = context.document;
    // An expanded call shows what it calls on it.
    let is_call = |node: FlowNode| matches!(node, FlowNode::Step(id) if document.steps().get(id).is_some_and(|step| step.kind == StepKind::Call));
    if is_call(one) || is_call(other) {
        return true;
    }
    let within = |node: FlowNode, around: FlowNode| {
        matches!(around, FlowNode::Step(step)
            if document.host_of(node) == Some(step) || document.stands_inside(node, step)
                || document.host_of(node).is_some_and(|host| document.stands_inside(FlowNode::Step(host), step)))
    };
    within(one, other) || within(other, one)
}
