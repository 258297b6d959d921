//! What a gesture would make of the picture: which items are drawn elsewhere or not at all, and lines drawn instead.
//!
//! Lines of what moves are routed around the boxes at once. A hand-made line or one of a chart is stretched instead: the
//! corner next to the moving end moves along, so that it stays at right angles.

use emath::{Pos2, Rect, Vec2};
use rustc_hash::FxHashMap;

use super::paint::{Changed, Shown};
use super::tools::Gesture;
use super::tools::lanes::LaneGesture;
use super::tools::lines;
use super::tools::moving::Moving;
use crate::model::FlowDirection;
use crate::scene::{EdgeMeaning, Scene};

/// What a gesture would make of the picture.
#[derive(Default)]
pub struct Preview {
    /// Items that are drawn otherwise.
    pub changed: Changed,
    /// Lines drawn instead of hidden ones.
    pub lines: Vec<(EdgeMeaning, Vec<Pos2>)>,
    /// Boxes drawn instead of hidden ones.
    pub boxes: Vec<Rect>,
}

/// The preview of a gesture.
pub fn preview(gesture: &Gesture, scene: &Scene) -> Preview {
    let mut preview = Preview::default();
    match gesture {
        Gesture::Move(moving) if !moving.duplicates => preview.moving(moving, scene),
        Gesture::Move(moving) => {
            let copies = scene.nodes.iter().filter(|node| moving.moves(node.element));
            preview.boxes.extend(copies.map(|node| node.rect.translate(moving.by)));
        }
        Gesture::Resize(resizing) => preview.boxes.push(resizing.after),
        Gesture::Bend(bending) => {
            let drawn = lines::edge_of(scene, bending.line);
            preview.changed.extend(drawn.map(|edge| (edge.item, Shown::Hidden)));
            preview.lines.push((bending.meaning, bending.after.clone()));
        }
        Gesture::Lead(leading) => {
            let drawn = lines::edge_of(scene, leading.line);
            preview.changed.extend(drawn.map(|edge| (edge.item, Shown::Hidden)));
        }
        Gesture::Label(labelling) => preview.boxes.push(labelling.rect()),
        Gesture::Space(spacing) => {
            if let Some(moving) = &spacing.moving {
                preview.moving(moving, scene);
            }
        }
        Gesture::Lane(LaneGesture::Order { lane, by, .. }) => {
            let held = scene.lanes.iter().find(|shape| shape.index == Some(*lane));
            let by = match scene.direction {
                FlowDirection::LeftToRight => Vec2::new(0.0, *by),
                FlowDirection::TopToBottom => Vec2::new(*by, 0.0),
            };
            preview.boxes.extend(held.map(|shape| shape.rect.translate(by)));
        }
        _ => {}
    }
    preview
}

impl Preview {
    fn moving(&mut self, moving: &Moving, scene: &Scene) {
        if moving.by == Vec2::ZERO {
            return;
        }
        for (index, item) in scene.items.iter().enumerate() {
            if item.element.is_some_and(|element| moving.moves(element)) {
                self.changed.insert(index, Shown::Moved(moving.by));
            }
        }
        let mut routed: FxHashMap<usize, Vec<Pos2>> =
            moving.lines.after_move(|element| moving.moves(element), moving.by).into_iter().collect();
        for (index, edge) in scene.edges.iter().enumerate() {
            let (from, to) = (moving.moves(edge.from), moving.moves(edge.to));
            if let Some(line) = routed.remove(&index) {
                self.changed.insert(edge.item, Shown::Hidden);
                self.lines.push((edge.meaning, line));
                continue;
            }
            match (from, to) {
                (true, true) => drop(self.changed.insert(edge.item, Shown::Moved(moving.by))),
                (false, false) => drop(self.changed.remove(&edge.item)),
                _ => {
                    self.changed.insert(edge.item, Shown::Hidden);
                    self.lines.push((edge.meaning, stretched(&edge.points, moving.by, from)));
                }
            }
        }
    }
}

/// A line of which one end moves; `start` says which.
fn stretched(points: &[Pos2], by: Vec2, start: bool) -> Vec<Pos2> {
    let mut line: Vec<Pos2> = points.to_vec();
    if start {
        line.reverse();
    }
    let (Some(end), Some(before)) = (line.last().copied(), line.iter().rev().nth(1).copied()) else { return line };
    let is_level = (end.y - before.y).abs() <= (end.x - before.x).abs();
    let moved = end + by;
    line.pop();
    if line.len() == 1 {
        // A straight line gets a step in its middle.
        let across = if is_level { by.y } else { by.x };
        if across.abs() > 0.5 {
            let (one, two) = if is_level {
                let middle = f32::midpoint(before.x, moved.x);
                (Pos2::new(middle, before.y), Pos2::new(middle, moved.y))
            } else {
                let middle = f32::midpoint(before.y, moved.y);
                (Pos2::new(before.x, middle), Pos2::new(moved.x, middle))
            };
            line.extend([one, two]);
        }
    } else if let Some(corner) = line.last_mut() {
        if is_level {
            corner.y += by.y;
        } else {
            corner.x += by.x;
        }
    }
    line.push(moved);
    if start {
        line.reverse();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    fn is_square(line: &[Pos2]) -> bool {
        line.windows(2).all(|pair| (pair[0].x - pair[1].x).abs() < 0.01 || (pair[0].y - pair[1].y).abs() < 0.01)
    }

    #[test]
    fn a_stretched_line_stays_at_right_angles_and_keeps_its_other_end() {
        let straight = [pos2(0.0, 0.0), pos2(100.0, 0.0)];
        let elbow = [pos2(0.0, 0.0), pos2(40.0, 0.0), pos2(40.0, 60.0), pos2(100.0, 60.0)];
        for line in [&straight[..], &elbow[..]] {
            for start in [true, false] {
                let next = stretched(line, vec2(13.0, -27.0), start);
                assert!(is_square(&next), "{next:?}");
                let (kept, moved) = if start { (line.len() - 1, 0) } else { (0, line.len() - 1) };
                let (first, last) = (next[0], next[next.len() - 1]);
                let (next_kept, next_moved) = if start { (last, first) } else { (first, last) };
                assert_eq!(next_kept, line[kept]);
                assert_eq!(next_moved, line[moved] + vec2(13.0, -27.0));
            }
        }
    }
}
