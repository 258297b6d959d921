//! Boxes that glide from where they were to where an arrangement has put them.
//!
//! Only painting: the document and the picture are the new ones from the start, so picking and the accessibility tree
//! never see a box in between. Large pictures change at once, and so does everything where motion is not wanted.

use std::sync::Arc;

use emath::{Pos2, Vec2};
use rustc_hash::{FxHashMap, FxHashSet};

use super::paint::{Changed, Shown};
use crate::model::ElementRef;
use crate::scene::{EdgeShape, Scene};

/// Duration in seconds.
pub const GLIDE_SECS: f64 = 0.25;
/// Larger pictures do not glide.
const MOST_BOXES: usize = 2_000;
/// Steps shorter than this are not worth it, in world units.
const LEAST: f32 = 0.5;

/// A glide that was asked for or is under way.
pub struct Glide {
    from: Arc<Scene>,
    way: Option<Way>,
}

/// What moves, once the new picture is there.
struct Way {
    start_secs: f64,
    to: Arc<Scene>,
    /// Where each box was, seen from where it is.
    back: FxHashMap<ElementRef, Vec2>,
    /// Items of lines that change, and their corners before and after.
    lines: Vec<(usize, Vec<Pos2>, Vec<Pos2>)>,
    /// The flows and links among them, whose labels wait.
    changed_lines: FxHashSet<ElementRef>,
}

/// What is painted otherwise in a frame.
#[derive(Default)]
pub struct Between {
    /// Items of the picture.
    pub changed: Changed,
    /// Lines in between.
    pub lines: Vec<Vec<Pos2>>,
}

impl Glide {
    /// From this picture to the next one.
    pub fn new(from: Arc<Scene>) -> Self {
        Self { from, way: None }
    }

    /// The box around all of the picture before.
    pub fn bounds_before(&self) -> emath::Rect {
        self.from.bounds
    }

    /// What is painted otherwise now; nothing where the glide is over or there is nothing to see of it.
    pub fn between(&mut self, scene: &Arc<Scene>, now_secs: f64) -> Option<Between> {
        if self.way.is_none() && !Arc::ptr_eq(scene, &self.from) {
            self.way = Way::new(&self.from, scene, now_secs);
        }
        let way = self.way.as_ref().filter(|way| Arc::ptr_eq(&way.to, scene))?;
        let part = ((now_secs - way.start_secs) / GLIDE_SECS).clamp(0.0, 1.0) as f32;
        (part < 1.0).then(|| way.at(1.0 - (1.0 - part).powi(3)))
    }
}

impl Way {
    fn new(from: &Scene, to: &Arc<Scene>, start_secs: f64) -> Option<Self> {
        if from.nodes.len().max(to.nodes.len()) > MOST_BOXES {
            return None;
        }
        let were: FxHashMap<ElementRef, Pos2> =
            from.nodes.iter().map(|node| (node.element, node.rect.center())).collect();
        let back = |element: ElementRef, now: Pos2| Some((element, *were.get(&element)? - now));
        let moved = to.nodes.iter().filter_map(|node| back(node.element, node.rect.center()));
        let back: FxHashMap<ElementRef, Vec2> = moved.filter(|(_, by)| by.length() > LEAST).collect();
        if back.is_empty() {
            return None;
        }
        let key = |edge: &EdgeShape| (edge.element, edge.from, edge.to);
        let laid: FxHashMap<_, &Vec<Pos2>> = from.edges.iter().map(|edge| (key(edge), &edge.points)).collect();
        let line = |edge: &EdgeShape| {
            let before = laid.get(&key(edge)).filter(|before| ***before != edge.points)?;
            Some((edge.item, (*before).clone(), edge.points.clone()))
        };
        let lines: Vec<_> = to.edges.iter().filter_map(line).collect();
        let items: FxHashSet<usize> = lines.iter().map(|(item, ..)| *item).collect();
        let changed = to.edges.iter().filter(|edge| items.contains(&edge.item)).map(|edge| edge.element);
        let is_line = |element: &ElementRef| matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
        let changed_lines = changed.filter(is_line).collect();
        Some(Self { start_secs, to: to.clone(), back, lines, changed_lines })
    }

    /// The picture at a part of the way, 0 at its start.
    fn at(&self, part: f32) -> Between {
        let mut changed = Changed::default();
        for (index, item) in self.to.items.iter().enumerate() {
            let Some(element) = item.element else { continue };
            if self.changed_lines.contains(&element) {
                changed.insert(index, Shown::Hidden);
            } else if let Some(by) = self.back.get(&element) {
                changed.insert(index, Shown::Moved(*by * (1.0 - part)));
            }
        }
        for (item, ..) in &self.lines {
            changed.insert(*item, Shown::Hidden);
        }
        let lines = self.lines.iter().map(|(_, before, after)| blend(before, after, part)).collect();
        Between { changed, lines }
    }
}

/// A line between two others: both are cut at the corners of either, measured along their lengths.
fn blend(before: &[Pos2], after: &[Pos2], part: f32) -> Vec<Pos2> {
    let (first, second) = (fractions(before), fractions(after));
    let mut cuts: Vec<f32> = first.iter().chain(&second).copied().collect();
    cuts.sort_by(f32::total_cmp);
    cuts.dedup_by(|a, b| (*a - *b).abs() < 1e-4);
    let point = |cut: f32| {
        let (from, to) = (along(before, &first, cut), along(after, &second, cut));
        from + (to - from) * part
    };
    cuts.into_iter().map(point).collect()
}

/// Where the corners of a line lie on it, from 0 to 1.
fn fractions(points: &[Pos2]) -> Vec<f32> {
    let mut lengths = vec![0.0];
    let mut sum = 0.0;
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        sum += (*to - *from).length();
        lengths.push(sum);
    }
    lengths.iter().map(|length| if sum > 0.0 { length / sum } else { 0.0 }).collect()
}

/// The point of a line at a fraction of its length.
fn along(points: &[Pos2], fractions: &[f32], at: f32) -> Pos2 {
    let pieces = points.iter().zip(points.iter().skip(1)).zip(fractions.iter().zip(fractions.iter().skip(1)));
    for ((from, to), (start, end)) in pieces {
        if at <= *end {
            let part = if end > start { (at - start) / (end - start) } else { 0.0 };
            return *from + (*to - *from) * part.clamp(0.0, 1.0);
        }
    }
    points.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RoleId, TableId as _};
    use crate::scene::{Item, ItemKind, NodeForm, NodeShape};
    use emath::{Rect, pos2, vec2};

    fn scene(x: f32) -> Arc<Scene> {
        let element = ElementRef::Role(RoleId::from_index(0));
        let rect = Rect::from_center_size(pos2(x, 0.0), vec2(10.0, 10.0));
        let node = NodeShape { element, placement: None, rect, form: NodeForm::Card, parent: None, hidden: 0, item: 0 };
        let kind = ItemKind::Group(Vec::new());
        let item = Item { element: Some(element), detail: Default::default(), bounds: rect, kind };
        Arc::new(Scene { nodes: vec![node], items: vec![Arc::new(item)], ..Scene::default() })
    }

    #[test]
    fn a_box_begins_where_it_was_and_ends_on_time() {
        let (before, after) = (scene(0.0), scene(100.0));
        let mut glide = Glide::new(before.clone());
        assert!(glide.between(&before, 1.0).is_none(), "the new picture is not there yet");
        let shift = |between: Option<Between>| match between.unwrap().changed.get(&0) {
            Some(Shown::Moved(by)) => by.x,
            other => panic!("{other:?}"),
        };
        assert_eq!(shift(glide.between(&after, 2.0)), -100.0);
        let midway = shift(glide.between(&after, 2.1));
        assert!(midway > -50.0 && midway < 0.0, "it slows down: {midway}");
        assert!(glide.between(&after, 2.0 + GLIDE_SECS).is_none());
        assert!(Glide::new(before.clone()).between(&scene(0.2), 0.0).is_none(), "nothing moved");
    }

    #[test]
    fn lines_blend_from_corner_to_corner() {
        let before = [pos2(0.0, 0.0), pos2(10.0, 0.0)];
        let after = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0)];
        assert_eq!(blend(&before, &after, 1.0), after);
        assert_eq!(blend(&before, &after, 0.0).last(), before.last());
        assert_eq!(blend(&before, &after, 0.5)[1], pos2(7.5, 0.0));
    }
}
