//! Walking along connections with Alt and an arrow: to what lies that way, else to a neighbouring branch.

use rustc_hash::FxHashSet;

use super::pick::{Side, node_of};
use crate::model::{ElementRef, FlowDirection};
use crate::scene::{EdgeShape, NodeShape, Scene};

/// Where a walk leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The element reached.
    pub to: ElementRef,
    /// How many connections lead on that way.
    pub branches: usize,
}

/// One end of a connection seen from the other one.
#[derive(Clone, Copy)]
struct Way<'a> {
    to: &'a NodeShape,
    /// Whether the flow runs this way.
    onward: bool,
}

/// From an element to what a connection on its side leads to.
///
/// A connection is taken if its other end lies on that side, the straightest one first. Along the flow a connection is
/// taken wherever it leads, so that loops can be walked; `direction` says which way flows run and charts grow. Across it the nearest neighbour on that side that hangs on the
/// same element (another branch, another child) comes before connections that slant. A flow leads to its ends.
pub fn along(scene: &Scene, direction: FlowDirection, from: ElementRef, side: Side) -> Option<Walked> {
    let Some(node) = node_of(scene, from) else {
        let edge = scene.edges.iter().find(|edge| edge.element == from && edge.meaning.is_element())?;
        let to = if is_onward(side, direction) { edge.to } else { edge.from };
        return Some(Walked { to, branches: 1 });
    };
    let ways = ways(scene, node);
    let onward = is_onward(side, direction);
    let forward = |way: &&Way<'_>| way.onward == onward;
    let ahead = |most: f32| -> Vec<&Way<'_>> {
        ways.iter().filter(|way| slant(node, way.to, side).is_some_and(|slant| slant <= most)).collect()
    };
    let best = |ways: &[&Way<'_>]| {
        let cost = |way: &&&Way<'_>| (!forward(way), slant(node, way.to, side).unwrap_or(f32::MAX));
        let least = ways.iter().min_by(|a, b| cost(a).0.cmp(&cost(b).0).then(cost(a).1.total_cmp(&cost(b).1)));
        least.map(|way| way.to.element)
    };
    if is_along(side, direction) {
        let flow: Vec<&Way<'_>> = ways.iter().filter(forward).collect();
        let to = best(&ahead(f32::MAX)).or_else(|| best(&flow)).or_else(|| sibling(scene, node, &ways, side))?;
        return Some(Walked { to, branches: flow.len() });
    }
    let to = best(&ahead(1.0)).or_else(|| sibling(scene, node, &ways, side)).or_else(|| best(&ahead(f32::MAX)))?;
    Some(Walked { to, branches: 1 })
}

/// Whether a side lies along the flow, one way or the other.
fn is_along(side: Side, direction: FlowDirection) -> bool {
    match direction {
        FlowDirection::LeftToRight => matches!(side, Side::Left | Side::Right),
        FlowDirection::TopToBottom => matches!(side, Side::Top | Side::Bottom),
    }
}

fn is_onward(side: Side, direction: FlowDirection) -> bool {
    match direction {
        FlowDirection::LeftToRight => side != Side::Left,
        FlowDirection::TopToBottom => side != Side::Top,
    }
}

/// Everything that a connection joins to a box; in charts without lines what it belongs to and what belongs to it.
fn ways<'a>(scene: &'a Scene, node: &NodeShape) -> Vec<Way<'a>> {
    let of_edge = |edge: &EdgeShape| {
        let (other, onward) = match () {
            () if edge.from == node.element && edge.to != node.element => (edge.to, true),
            () if edge.to == node.element && edge.from != node.element => (edge.from, false),
            () => return None,
        };
        Some(Way { to: node_of(scene, other)?, onward })
    };
    let mut ways: Vec<Way<'a>> = scene.edges.iter().filter_map(of_edge).collect();
    if ways.is_empty() && scene.edges.is_empty() {
        let held = scene.nodes.iter().filter(|other| other.parent == Some(node.element));
        ways.extend(held.map(|to| Way { to, onward: true }));
        ways.extend(node.parent.and_then(|parent| node_of(scene, parent)).map(|to| Way { to, onward: false }));
    }
    ways
}

/// How much the way to a box slants from a side; none where it lies elsewhere.
fn slant(from: &NodeShape, to: &NodeShape, side: Side) -> Option<f32> {
    let way = to.rect.center() - from.rect.center();
    let outward = side.outward();
    let along = way.dot(outward);
    let across = (way - outward * along).length();
    // Nearly straight up is not "to the right".
    (along > 1.0 && along * 6.0 > across).then_some(across / along)
}

/// The nearest box on a side that hangs on the same element as this one does.
fn sibling(scene: &Scene, node: &NodeShape, ways: &[Way<'_>], side: Side) -> Option<ElementRef> {
    let mut seen: FxHashSet<ElementRef> = FxHashSet::default();
    let mut best: Option<(f32, ElementRef)> = None;
    for way in ways {
        for other in self::ways(scene, way.to) {
            // Both hang on it the same way.
            if other.onward == way.onward || other.to.element == node.element || !seen.insert(other.to.element) {
                continue;
            }
            let between = other.to.rect.center() - node.rect.center();
            let along = between.dot(side.outward());
            let across = (between - side.outward() * along).length();
            let cost = along + across;
            if along > 1.0 && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, other.to.element));
            }
        }
    }
    best.map(|(_, element)| element)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FlowId, StepId, TableId as _};
    use crate::scene::{EdgeMeaning, NodeForm};
    use emath::{Rect, pos2, vec2};

    fn step(index: u32) -> ElementRef {
        ElementRef::Step(StepId::from_index(index))
    }

    /// 0 → 1, 1 → 2 (above), 1 → 3 (below), 2 → 4, 3 → 4, 4 → 1 (a loop back).
    fn flow() -> Scene {
        let places = [(0.0, 0.0), (200.0, 0.0), (400.0, -100.0), (400.0, 100.0), (600.0, 0.0)];
        let node = |(index, (x, y)): (usize, (f32, f32))| NodeShape {
            element: step(index as u32),
            placement: None,
            rect: Rect::from_center_size(pos2(x, y), vec2(100.0, 50.0)),
            form: NodeForm::Card,
            parent: None,
            hidden: 0,
            item: 0,
        };
        let edge = |(index, (from, to)): (usize, (u32, u32))| EdgeShape {
            element: ElementRef::Flow(FlowId::from_index(index as u32)),
            from: step(from),
            to: step(to),
            meaning: EdgeMeaning::Flow,
            points: Vec::new(),
            label: None,
            item: 0,
        };
        let flows = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 1)];
        Scene {
            nodes: places.into_iter().enumerate().map(node).collect(),
            edges: flows.into_iter().enumerate().map(edge).collect(),
            ..Scene::default()
        }
    }

    fn to(from: u32, side: Side) -> Option<u32> {
        let ElementRef::Step(id) = along(&flow(), FlowDirection::LeftToRight, step(from), side)?.to else {
            return None;
        };
        Some(id.index())
    }

    #[test]
    fn right_follows_the_flow_and_left_goes_back() {
        assert_eq!(to(0, Side::Right), Some(1));
        assert_eq!(to(1, Side::Left), Some(0));
        assert_eq!(to(0, Side::Left), None);
        assert_eq!(along(&flow(), FlowDirection::LeftToRight, step(1), Side::Right).unwrap().branches, 2);
    }

    #[test]
    fn up_and_down_choose_among_branches() {
        assert_eq!((to(1, Side::Top), to(1, Side::Bottom)), (Some(2), Some(3)));
        assert_eq!((to(2, Side::Bottom), to(3, Side::Top)), (Some(3), Some(2)), "from branch to branch");
        assert_eq!(to(2, Side::Top), None);
    }

    #[test]
    fn a_loop_is_walked_though_it_leads_back() {
        assert_eq!(to(4, Side::Right), Some(1));
    }

    #[test]
    fn a_flow_leads_to_its_ends() {
        let flow_ref = ElementRef::Flow(FlowId::from_index(1));
        assert_eq!(along(&flow(), FlowDirection::LeftToRight, flow_ref, Side::Right).unwrap().to, step(2));
        assert_eq!(along(&flow(), FlowDirection::LeftToRight, flow_ref, Side::Left).unwrap().to, step(1));
    }
}
