//! What lies under the pointer, in the words of the canvas; the scans themselves are the scene's.
//!
//! A scan of 50,000 boxes takes a fraction of a millisecond; no tree has to be kept in step with edits.

use emath::{Pos2, Rect, Vec2};

use crate::model::{ElementRef, FlowDirection};
use crate::scene::{EdgeShape, LaneShape, NodeShape, PhaseShape, Scene};

/// How close to a line counts as on it, in screen points.
pub const LINE_REACH: f32 = 6.0;
/// How close to a border counts as on it, in screen points.
const BORDER_REACH: f32 = 4.0;

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    /// A box, or the label of one.
    Node(ElementRef),
    /// The line or label of a flow or link.
    Flow(ElementRef),
    /// The header of a lane, by its index in the scene.
    LaneHeader(usize),
    /// The triangle in the header of a lane that folds it, by the index of the lane in the scene.
    LaneFold(usize),
    /// The border at the end of a lane across the flow, by the index of the lane in the scene.
    LaneBorder(usize),
    /// The header of a phase, by its index in the scene.
    PhaseHeader(usize),
    /// The border at the end of a phase, by the index of the phase in the scene.
    PhaseBorder(usize),
    /// The ground of a lane, by its index in the scene.
    Lane(usize),
    /// Nothing.
    Ground,
}

impl Hit {
    /// The element that a click selects.
    pub fn element(self) -> Option<ElementRef> {
        match self {
            Self::Node(element) | Self::Flow(element) => Some(element),
            Self::LaneHeader(_)
            | Self::LaneFold(_)
            | Self::LaneBorder(_)
            | Self::PhaseHeader(_)
            | Self::PhaseBorder(_)
            | Self::Lane(_)
            | Self::Ground => None,
        }
    }

    /// Whether nothing that can be dragged lies there.
    pub fn is_ground(self) -> bool {
        matches!(self, Self::Lane(_) | Self::Ground)
    }
}

/// The topmost thing at a point of the world.
pub fn hit(scene: &Scene, at: Pos2, zoom: f32) -> Hit {
    if let Some(node) = scene.solid_at(at).and_then(|index| scene.nodes.get(index)) {
        return Hit::Node(node.element);
    }
    if let Some(edge) = scene.edge_at(at, LINE_REACH / zoom).and_then(|index| scene.edges.get(index)) {
        return Hit::Flow(edge.element);
    }
    // Open sub-flows and frames lie beneath the lines in them.
    if let Some(node) = scene.node_at(at).and_then(|index| scene.nodes.get(index)) {
        return Hit::Node(node.element);
    }
    let reach = BORDER_REACH / zoom;
    for (index, lane) in scene.lanes.iter().enumerate().filter(|(_, lane)| lane.resizable) {
        let (is_along, away) = match scene.direction {
            FlowDirection::LeftToRight => (lane.rect.x_range().contains(at.x), at.y - lane.rect.bottom()),
            FlowDirection::TopToBottom => (lane.rect.y_range().contains(at.y), at.x - lane.rect.right()),
        };
        if is_along && away.abs() <= reach {
            return Hit::LaneBorder(index);
        }
    }
    if let Some(phase) = phase_hit(scene, at, reach) {
        return phase;
    }
    // The innermost of nested lanes.
    match scene.lanes.iter().rposition(|lane| lane.rect.contains(at)) {
        Some(index) if is_on_fold(scene, index, at, zoom) => Hit::LaneFold(index),
        Some(index) if scene.lanes.get(index).is_some_and(|lane| lane.header.contains(at)) => Hit::LaneHeader(index),
        Some(index) => Hit::Lane(index),
        None => Hit::Ground,
    }
}

/// Side of the triangle that folds a lane in world units, so that it leaves the name its room; on the screen it is at
/// least and at most so large.
const FOLD: f32 = 18.0;
const FOLD_SEEN: [f32; 2] = [12.0, 24.0];

/// Where the triangle is that folds a lane; none for lanes that cannot be folded, and where there is no room for it.
pub fn fold_of(scene: &Scene, lane: &LaneShape, zoom: f32) -> Option<Rect> {
    let [least, most] = FOLD_SEEN.map(|side| side / zoom);
    let side = FOLD.clamp(least, most);
    let header = lane.header;
    let center = match scene.direction {
        _ if lane.collapsed => header.center(),
        FlowDirection::LeftToRight => Pos2::new(header.center().x, header.top() + side * 0.6),
        FlowDirection::TopToBottom => Pos2::new(header.left() + side * 0.6, header.center().y),
    };
    let has_room = header.size().min_elem() >= side * 0.8 && header.size().max_elem() >= side * 2.0;
    let is_open = header != lane.rect && lane.index.is_some();
    (is_open && (has_room || lane.collapsed)).then(|| Rect::from_center_size(center, Vec2::splat(side)))
}

fn is_on_fold(scene: &Scene, index: usize, at: Pos2, zoom: f32) -> bool {
    let lane = scene.lanes.get(index);
    lane.and_then(|lane| fold_of(scene, lane, zoom)).is_some_and(|fold| fold.contains(at))
}

/// The header of a phase, or the border at its end; the last one has none.
fn phase_hit(scene: &Scene, at: Pos2, reach: f32) -> Option<Hit> {
    let last = scene.phases.len().checked_sub(1)?;
    let away = |phase: &PhaseShape| match scene.direction {
        FlowDirection::LeftToRight => (phase.rect.y_range().contains(at.y), at.x - phase.rect.right()),
        FlowDirection::TopToBottom => (phase.rect.x_range().contains(at.x), at.y - phase.rect.bottom()),
    };
    let is_border = |phase: &PhaseShape| matches!(away(phase), (true, away) if away.abs() <= reach);
    let border = scene.phases.iter().take(last).position(is_border);
    border
        .map(Hit::PhaseBorder)
        .or_else(|| scene.phases.iter().position(|phase| phase.header.contains(at)).map(Hit::PhaseHeader))
}

/// The box of an element.
pub fn node_of(scene: &Scene, element: ElementRef) -> Option<&NodeShape> {
    scene.nodes.iter().find(|node| node.element == element)
}

/// Everything that a frame takes in: boxes and flows that lie wholly within it.
pub fn framed(scene: &Scene, frame: Rect) -> Vec<ElementRef> {
    let nodes = scene.nodes_within(frame).map(|(_, node)| node.element);
    let whole = |edge: &&EdgeShape| {
        edge.meaning.is_element() && edge.points.len() > 1 && edge.points.iter().all(|point| frame.contains(*point))
    };
    nodes.chain(scene.edges.iter().filter(whole).map(|edge| edge.element)).collect()
}

/// The box around an element: of a node its box, of a flow its line, of a lane its header.
pub fn bounds_of(scene: &Scene, element: ElementRef) -> Option<Rect> {
    if let Some(node) = node_of(scene, element) {
        return Some(node.rect);
    }
    if let Some(edge) = scene.edges.iter().find(|edge| edge.element == element && edge.meaning.is_element()) {
        return Some(Rect::from_points(&edge.points));
    }
    lane_of(scene, element).map(|(_, lane)| lane.header)
}

/// The lane of an actor, with its index in the scene.
pub fn lane_of(scene: &Scene, element: ElementRef) -> Option<(usize, &LaneShape)> {
    scene.lanes.iter().enumerate().find(|(_, lane)| lane.actor.is_some_and(|actor| ElementRef::from(actor) == element))
}

/// The box around several elements.
pub fn bounds_of_all(scene: &Scene, elements: &[ElementRef]) -> Option<Rect> {
    elements.iter().filter_map(|element| bounds_of(scene, *element)).reduce(|all, one| all.union(one))
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Top.
    Top,
    /// Bottom.
    Bottom,
}

impl Side {
    /// All sides.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// The middle of the side of a box.
    pub fn middle(self, rect: Rect) -> Pos2 {
        match self {
            Self::Left => rect.left_center(),
            Self::Right => rect.right_center(),
            Self::Top => rect.center_top(),
            Self::Bottom => rect.center_bottom(),
        }
    }

    /// Away from the box.
    pub fn outward(self) -> Vec2 {
        match self {
            Self::Left => Vec2::LEFT,
            Self::Right => Vec2::RIGHT,
            Self::Top => Vec2::UP,
            Self::Bottom => Vec2::DOWN,
        }
    }
}

/// A corner of a box, to resize it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corner {
    /// Whether it is at the right.
    pub right: bool,
    /// Whether it is at the bottom.
    pub bottom: bool,
}

impl Corner {
    /// All corners.
    pub const ALL: [Self; 4] = [
        Self { right: false, bottom: false },
        Self { right: true, bottom: false },
        Self { right: false, bottom: true },
        Self { right: true, bottom: true },
    ];

    /// Its place on a box.
    pub fn of(self, rect: Rect) -> Pos2 {
        Pos2::new(
            if self.right { rect.right() } else { rect.left() },
            if self.bottom { rect.bottom() } else { rect.top() },
        )
    }

    /// The box with this corner elsewhere, at least `least` large.
    pub fn moved(self, rect: Rect, by: Vec2, least: Vec2) -> Rect {
        let mut next = rect;
        match self.right {
            true => next.max.x = (rect.max.x + by.x).max(rect.min.x + least.x),
            false => next.min.x = (rect.min.x + by.x).min(rect.max.x - least.x),
        }
        match self.bottom {
            true => next.max.y = (rect.max.y + by.y).max(rect.min.y + least.y),
            false => next.min.y = (rect.min.y + by.y).min(rect.max.y - least.y),
        }
        next
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{FlowId, StepId, TableId as _};
    use crate::scene::{EdgeMeaning, NodeForm};
    use emath::{pos2, vec2};

    pub(in crate::app::canvas) fn step(index: u32) -> ElementRef {
        ElementRef::Step(StepId::from_index(index))
    }

    pub(in crate::app::canvas) fn node(index: u32, center: Pos2) -> NodeShape {
        NodeShape {
            element: step(index),
            placement: None,
            rect: Rect::from_center_size(center, vec2(100.0, 50.0)),
            form: NodeForm::Card,
            parent: None,
            hidden: 0,
            item: index as usize,
        }
    }

    pub(in crate::app::canvas) fn edge(index: u32, from: u32, to: u32, points: Vec<Pos2>) -> EdgeShape {
        EdgeShape {
            element: ElementRef::Flow(FlowId::from_index(index)),
            from: step(from),
            to: step(to),
            meaning: EdgeMeaning::Flow,
            points,
            label: None,
            item: 10 + index as usize,
        }
    }

    pub(in crate::app::canvas) fn scene() -> Scene {
        Scene {
            nodes: vec![node(0, pos2(0.0, 0.0)), node(1, pos2(300.0, 0.0)), node(2, pos2(20.0, 10.0))],
            edges: vec![edge(0, 0, 1, vec![pos2(50.0, 0.0), pos2(250.0, 0.0)])],
            ..Scene::default()
        }
    }

    #[test]
    fn the_topmost_box_is_hit_first_and_lines_within_reach() {
        let scene = scene();
        assert_eq!(hit(&scene, pos2(0.0, 0.0), 1.0), Hit::Node(step(2)));
        assert_eq!(hit(&scene, pos2(-45.0, -20.0), 1.0), Hit::Node(step(0)));
        let flow = Hit::Flow(ElementRef::Flow(FlowId::from_index(0)));
        assert_eq!(hit(&scene, pos2(150.0, 5.0), 1.0), flow);
        assert_eq!(hit(&scene, pos2(150.0, 9.0), 1.0), Hit::Ground);
        assert_eq!(hit(&scene, pos2(150.0, 9.0), 0.5), flow);
    }

    #[test]
    fn a_frame_takes_in_what_lies_wholly_within_it() {
        let scene = scene();
        let frame = Rect::from_min_max(pos2(-60.0, -60.0), pos2(360.0, 60.0));
        assert_eq!(framed(&scene, frame).len(), 4);
        assert_eq!(framed(&scene, Rect::from_min_max(pos2(-60.0, -60.0), pos2(60.0, 30.0))), [step(0)]);
    }

    #[test]
    fn a_corner_cannot_pass_its_opposite() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(100.0, 50.0));
        let corner = Corner { right: false, bottom: true };
        let next = corner.moved(rect, vec2(500.0, -500.0), vec2(40.0, 20.0));
        assert_eq!(next, Rect::from_min_max(pos2(60.0, 0.0), pos2(100.0, 20.0)));
    }
}
