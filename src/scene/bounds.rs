//! Picking in a scene by flat arrays: what is at a point, what is in a box.

use emath::{Pos2, Rect};

use super::item::{EdgeShape, Item, ItemKind, LaneShape, NodeShape, Scene};
use crate::model::{DecisionId, ElementRef};

/// What a point hits, the topmost first: a box, a line, the header of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Index in the nodes of the scene.
    Node(usize),
    /// Index in the edges of the scene.
    Edge(usize),
    /// Index in the lanes of the scene; the point is in its header.
    LaneHeader(usize),
}

impl Scene {
    /// What is at a point. Lines are hit within `reach` world units, and anywhere on their label; open sub-flows and
    /// frames only where no line is.
    pub fn hit(&self, point: Pos2, reach: f32) -> Option<Hit> {
        if let Some(index) = self.solid_at(point) {
            return Some(Hit::Node(index));
        }
        if let Some(index) = self.edge_at(point, reach) {
            return Some(Hit::Edge(index));
        }
        if let Some(index) = self.node_at(point) {
            return Some(Hit::Node(index));
        }
        self.lanes.iter().rposition(|lane| lane.header.contains(point)).map(Hit::LaneHeader)
    }

    /// The decision whose badge is at a point: on a step, or beside a gateway.
    pub fn badge_at(&self, point: Pos2) -> Option<DecisionId> {
        let items = self.items.iter().rev().filter(|item| !matches!(item.element, Some(ElementRef::Decision(_))));
        items.filter(|item| item.bounds.contains(point)).find_map(|item| badge_in(item, point))
    }

    /// The topmost box at a point.
    pub fn node_at(&self, point: Pos2) -> Option<usize> {
        self.nodes.iter().rposition(|node| node.contains(point))
    }

    /// The topmost box at a point that is no ground for others.
    pub fn solid_at(&self, point: Pos2) -> Option<usize> {
        self.nodes.iter().rposition(|node| !node.form.is_ground() && node.contains(point))
    }

    /// The nearest line within `reach` of a point; only lines that are elements.
    pub fn edge_at(&self, point: Pos2, reach: f32) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for (index, edge) in self.edges.iter().enumerate().filter(|(_, edge)| edge.meaning.is_element()) {
            let distance = edge.distance(point, reach);
            if distance <= reach && best.is_none_or(|(least, _)| distance <= least) {
                best = Some((distance, index));
            }
        }
        best.map(|(_, index)| index)
    }

    /// The innermost lane at a point, header or band.
    pub fn lane_at(&self, point: Pos2) -> Option<&LaneShape> {
        self.lanes.iter().rev().find(|lane| lane.rect.contains(point))
    }

    /// The boxes that lie wholly in a box, lowest first.
    pub fn nodes_within(&self, area: Rect) -> impl Iterator<Item = (usize, &NodeShape)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| area.contains_rect(node.rect))
    }

    /// The boxes that meet a box, lowest first.
    pub fn nodes_touching(&self, area: Rect) -> impl Iterator<Item = (usize, &NodeShape)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| area.intersects(node.rect))
    }
}

/// The decision of a badge among the parts of an item.
fn badge_in(item: &Item, point: Pos2) -> Option<DecisionId> {
    let ItemKind::Group(parts) = &item.kind else { return None };
    parts.iter().rev().filter(|part| part.bounds.contains(point)).find_map(|part| match (part.element, &part.kind) {
        (Some(ElementRef::Decision(id)), ItemKind::Group(_)) => Some(id),
        _ => badge_in(part, point),
    })
}

impl EdgeShape {
    /// Distance of a point from the line, 0 on its label; infinite where it is sure to be more than `reach`.
    pub fn distance(&self, point: Pos2, reach: f32) -> f32 {
        if self.label.is_some_and(|label| label.contains(point)) {
            return 0.0;
        }
        let pieces = self.points.iter().zip(self.points.iter().skip(1));
        let near = pieces.filter(|(from, to)| Rect::from_two_pos(**from, **to).expand(reach).contains(point));
        near.map(|(from, to)| distance_from_piece(point, *from, *to)).fold(f32::INFINITY, f32::min)
    }
}

fn distance_from_piece(point: Pos2, from: Pos2, to: Pos2) -> f32 {
    let way = to - from;
    let length_squared = way.length_sq().max(f32::EPSILON);
    let along = ((point - from).dot(way) / length_squared).clamp(0.0, 1.0);
    point.distance(from + way * along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ElementRef, StepId, TableId as _};
    use crate::scene::item::{EdgeMeaning, NodeForm};
    use emath::{pos2, vec2};

    fn node(index: u32, x: f32, form: NodeForm) -> NodeShape {
        NodeShape {
            element: ElementRef::Step(StepId::from_index(index)),
            placement: None,
            rect: Rect::from_min_size(pos2(x, 0.0), vec2(40.0, 40.0)),
            form,
            parent: None,
            hidden: 0,
            item: 0,
        }
    }

    fn scene() -> Scene {
        let nodes = vec![node(0, 0.0, NodeForm::Card), node(1, 20.0, NodeForm::Diamond)];
        let edge = EdgeShape {
            element: ElementRef::Step(StepId::from_index(2)),
            from: nodes[0].element,
            to: nodes[1].element,
            meaning: EdgeMeaning::Flow,
            points: vec![pos2(0.0, 100.0), pos2(100.0, 100.0), pos2(100.0, 200.0)],
            label: None,
            item: 0,
        };
        Scene { nodes, edges: vec![edge], ..Scene::default() }
    }

    #[test]
    fn the_topmost_form_at_a_point_is_hit() {
        let scene = scene();
        assert_eq!(scene.hit(pos2(40.0, 20.0), 4.0), Some(Hit::Node(1)));
        assert_eq!(scene.hit(pos2(22.0, 2.0), 4.0), Some(Hit::Node(0)), "the corner of the diamond's box is free");
        assert_eq!(scene.hit(pos2(50.0, 103.0), 4.0), Some(Hit::Edge(0)));
        assert_eq!(scene.hit(pos2(50.0, 110.0), 4.0), None);
    }

    #[test]
    fn a_box_takes_what_lies_wholly_in_it() {
        let scene = scene();
        let area = Rect::from_min_size(pos2(-5.0, -5.0), vec2(50.0, 50.0));
        assert_eq!(scene.nodes_within(area).count(), 1);
        assert_eq!(scene.nodes_touching(area).count(), 2);
    }
}
