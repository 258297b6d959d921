//! Lines while boxes are dragged: routed around the boxes at once, as they will be when the change is made.
//!
//! Built once when a drag begins; each frame asks what the present distance would change. Lines of organisation charts
//! and hand-made ones are not routed here: the first hang in their tree, the others follow with their bends.

use emath::{Pos2, Rect, Vec2, pos2};
use rustc_hash::FxHashMap;

use super::item::{EdgeMeaning, NodeForm, Scene};
use super::routes::{plane_line, plane_rect, ports};
use crate::layout::geometry as plane;
use crate::layout::request::{RouteEdge, RouteRequest};
use crate::layout::routing::Router;
use crate::model::ElementRef;

/// The boxes and lines of a picture, ready to be routed anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Rerouting {
    router: Router,
    /// Index in the edges of the scene of each edge of the router.
    edges: Vec<usize>,
    rects: Vec<(ElementRef, Rect)>,
}

impl Rerouting {
    /// Of a picture; lines of which `keeps` says so stay as they are.
    pub fn new(scene: &Scene, keeps: impl Fn(ElementRef) -> bool) -> Self {
        let index_of: FxHashMap<ElementRef, usize> =
            scene.nodes.iter().enumerate().map(|(index, node)| (node.element, index)).collect();
        let is_frame = |form: NodeForm| form == NodeForm::Frame;
        let mut request = RouteRequest {
            boxes: scene
                .nodes
                .iter()
                .map(|node| if is_frame(node.form) { plane::Rect::default() } else { plane_rect(node.rect) })
                .collect(),
            shapes: scene.nodes.iter().map(|node| ports(node.form)).collect(),
            ..RouteRequest::default()
        };
        let (mut edges, mut lines) = (Vec::new(), Vec::new());
        for (index, edge) in scene.edges.iter().enumerate() {
            let is_routed = matches!(
                edge.meaning,
                EdgeMeaning::Flow
                    | EdgeMeaning::Link
                    | EdgeMeaning::Solid
                    | EdgeMeaning::Dotted
                    | EdgeMeaning::Relation
            );
            match (index_of.get(&edge.from), index_of.get(&edge.to)) {
                (Some(from), Some(to)) if is_routed && !keeps(edge.element) => {
                    request.edges.push(RouteEdge::between(*from, *to));
                    edges.push(index);
                    lines.push(Some(plane_line(&edge.points)));
                }
                _ if is_routed => request.fixed.push(plane_line(&edge.points)),
                _ => {}
            }
        }
        let rects = scene.nodes.iter().map(|node| (node.element, node.rect)).collect();
        Self { router: Router::with_routes(request, lines), edges, rects }
    }

    /// The lines that change if some boxes move by a distance: index in the edges of the scene, and corners.
    pub fn after_move(&self, moves: impl Fn(ElementRef) -> bool, by: Vec2) -> Vec<(usize, Vec<Pos2>)> {
        let rects = self.rects.iter().enumerate().zip(self.router.boxes());
        let moved: Vec<(usize, plane::Rect)> = rects
            .filter(|((_, (element, _)), one)| moves(*element) && **one != plane::Rect::default())
            .map(|((index, (_, rect)), _)| (index, plane_rect(rect.translate(by))))
            .collect();
        let line = |line: plane::Polyline| -> Vec<Pos2> {
            line.iter().map(|point| pos2(point.x.round() as f32, point.y.round() as f32)).collect()
        };
        let changed = self.router.after_move(&moved).into_iter();
        changed.filter_map(|(edge, route)| Some((*self.edges.get(edge)?, line(route)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Flow, FlowNode, Placement, Point, Process, Step, View, ViewKind};
    use crate::scene::{Options, build};

    #[test]
    fn only_lines_that_are_concerned_change_and_they_end_at_the_moved_box() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View { connections: true, ..View::new("Board", ViewKind::Board) });
        let steps: Vec<_> = (0..4)
            .map(|index| {
                let step = document.insert(Step::new(process, "Step"));
                let center = Some(Point::new(f64::from(index) * 300.0, 0.0));
                document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
                step
            })
            .collect();
        for pair in steps.windows(2) {
            document.insert(Flow::new(process, FlowNode::Step(pair[0]), FlowNode::Step(pair[1])));
        }
        let scene = build(&document, view, &Options::default());
        let rerouting = Rerouting::new(&scene, |_| false);
        let moved = ElementRef::from(steps[0]);
        let by = Vec2::new(40.0, 120.0);
        let changed = rerouting.after_move(|element| element == moved, by);
        assert_eq!(changed.len(), 1);
        let (edge, line) = &changed[0];
        assert_eq!(scene.edges[*edge].from, moved);
        let node = scene.nodes.iter().find(|node| node.element == moved).unwrap();
        assert!(node.rect.translate(by).expand(1.0).contains(line[0]), "{line:?}");
        assert!(rerouting.after_move(|element| element == moved, Vec2::ZERO).is_empty());
        let kept = Rerouting::new(&scene, |_| true);
        assert!(kept.after_move(|element| element == moved, by).is_empty());
    }
}
