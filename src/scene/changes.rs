//! Where a picture differs from the one before: what stands elsewhere stays as it is, for it would be placed alike.
//!
//! Labels, captions and arcs of lines are placed one after another, each by what lies around it: boxes, lines, and what
//! was placed before. So one that looks alike, belongs to an equal line or box, and saw nothing but what is the same as
//! before, has its place again. What was placed otherwise is a difference itself, for all that come behind it.

use emath::{Pos2, Rect};
use rustc_hash::FxHashMap;

use super::build::Builder;
use super::item::EdgeShape;
use crate::model::ElementRef;

/// With more areas than this, looking them up costs more than placing everything anew.
const MOST: usize = 200;
/// How close to an area something is concerned by it.
const NEAR: f32 = 6.0;

/// Areas that differ.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    areas: Vec<Rect>,
    everywhere: bool,
}

impl Changes {
    /// There is no picture before, or one that cannot be compared.
    pub(crate) fn everywhere() -> Self {
        Self { areas: Vec::new(), everywhere: true }
    }

    /// Where boxes stand otherwise.
    pub(crate) fn of_boxes(builder: &Builder<'_>) -> Self {
        let Some(before) = builder.before else { return Self::everywhere() };
        let mut changes = Self::default();
        for node in &builder.nodes {
            match before.node(node.shown.element) {
                Some((was, _)) if was.rect == node.rect && was.form == node.sketch.form => {}
                Some((was, _)) => {
                    changes.add(was.rect);
                    changes.add(node.rect);
                }
                None => changes.add(node.rect),
            }
        }
        let is_gone = |element: ElementRef| !builder.index_of.contains_key(&element);
        before.scene.nodes.iter().filter(|was| is_gone(was.element)).for_each(|was| changes.add(was.rect));
        changes
    }

    /// Notes an area.
    pub(crate) fn add(&mut self, area: Rect) {
        self.everywhere |= !area.is_finite() || self.areas.len() >= MOST;
        if !self.everywhere {
            self.areas.push(area.expand(NEAR));
        }
    }

    /// Notes a line, piece by piece.
    pub(crate) fn add_line(&mut self, points: &[Pos2]) {
        pieces(points).for_each(|piece| self.add(piece));
    }

    /// Notes where lines and their labels differ.
    pub(crate) fn add_edges(&mut self, before: &[EdgeShape], now: &[EdgeShape]) {
        let key = |edge: &EdgeShape| (edge.element, edge.from, edge.to, edge.meaning);
        let at: FxHashMap<_, usize> = before.iter().enumerate().map(|(index, edge)| (key(edge), index)).collect();
        let mut is_met = vec![false; before.len()];
        let mut last = 0;
        for edge in now {
            let was = at.get(&key(edge)).and_then(|index| Some((*index, before.get(*index)?)));
            if let Some((index, was)) = was {
                if let Some(met) = is_met.get_mut(index) {
                    *met = true;
                }
                // In another order another one would have the first choice.
                self.everywhere |= index < last;
                last = index;
                if (&was.points, was.label) == (&edge.points, edge.label) {
                    continue;
                }
                self.add_edge(was);
            }
            self.add_edge(edge);
        }
        before.iter().zip(is_met).filter(|(_, met)| !met).for_each(|(was, _)| self.add_edge(was));
    }

    fn add_edge(&mut self, edge: &EdgeShape) {
        self.add_line(&edge.points);
        edge.label.into_iter().for_each(|label| self.add(label));
    }

    /// Notes what others noted.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.everywhere |= other.everywhere || self.areas.len() + other.areas.len() > MOST;
        self.areas.extend(other.areas.iter().copied());
    }

    /// Everything has to be placed anew.
    pub(crate) fn add_everything(&mut self) {
        self.everywhere = true;
    }

    /// Whether the comparison says nothing.
    pub(crate) fn is_everywhere(&self) -> bool {
        self.everywhere
    }

    /// Whether something in an area may differ.
    pub(crate) fn touch(&self, area: Rect) -> bool {
        self.everywhere || self.areas.iter().any(|changed| changed.intersects(area))
    }

    /// Whether something at a line may differ.
    pub(crate) fn touch_line(&self, points: &[Pos2]) -> bool {
        self.everywhere || (!self.areas.is_empty() && pieces(points).any(|piece| self.touch(piece)))
    }

    /// An area in which nearly everything lies that has to be looked at.
    pub(crate) fn surroundings(&self, wanted: Rect) -> Rect {
        const FAR: f32 = 400.0;
        self.areas.iter().fold(wanted, |all, area| all.union(*area)).expand(FAR)
    }
}

/// The boxes around the pieces of a line.
pub(crate) fn pieces(points: &[Pos2]) -> impl Iterator<Item = Rect> + '_ {
    points.iter().zip(points.iter().skip(1)).map(|(from, to)| Rect::from_two_pos(*from, *to))
}
