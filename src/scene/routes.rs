//! The lines of flows: stored bends where they still fit, else routed anew around the boxes.

use emath::{Pos2, Rect, pos2};

use super::build::Builder;
use super::item::NodeForm;
use crate::layout::geometry as plane;
use crate::layout::request::{RouteEdge, RouteRequest};
use crate::layout::routing;
use crate::model::{ElementRef, Point};

fn plane_rect(rect: Rect) -> plane::Rect {
    let point = |at: Pos2| plane::Point::new(f64::from(at.x), f64::from(at.y));
    plane::Rect::new(point(rect.min), point(rect.max))
}

/// Orthogonal lines between boxes of the view, around all boxes; one per pair, in order.
pub(crate) fn between(builder: &Builder<'_>, ends: &[(ElementRef, ElementRef)], margin: f64) -> Vec<Vec<Pos2>> {
    if ends.is_empty() {
        return Vec::new();
    }
    let index = |element: &ElementRef| builder.index_of.get(element).copied().unwrap_or(usize::MAX);
    let edges = ends.iter().map(|(from, to)| RouteEdge::between(index(from), index(to)));
    let request = RouteRequest {
        boxes: builder.nodes.iter().map(|node| plane_rect(node.rect)).collect(),
        edges: edges.collect(),
        margin,
        ..RouteRequest::default()
    };
    let line = |route: Option<plane::Polyline>| {
        let points = route.unwrap_or_default();
        points.iter().map(|point| pos2(point.x.round() as f32, point.y.round() as f32)).collect()
    };
    routing::route(&request).into_iter().map(line).collect()
}

/// Stored bends as a line, if it starts and ends at its boxes and cuts none.
pub(crate) fn stored(builder: &Builder<'_>, from: ElementRef, to: ElementRef, bends: &[Point]) -> Option<Vec<Pos2>> {
    let points: Vec<Pos2> = bends.iter().map(|point| pos2(point.x as f32, point.y as f32)).collect();
    let (first, last) = (points.first()?, points.last()?);
    let is_finite = points.iter().all(|point| point.is_finite());
    let (start, end) = (builder.rect_of(from)?, builder.rect_of(to)?);
    let meets = points.len() > 1 && is_finite && touches(start, *first) && touches(end, *last);
    let bounds = Rect::from_points(&points);
    let near = || builder.nodes.iter().filter(|node| node.rect.intersects(bounds));
    (meets && !near().any(|node| cuts(&points, node.rect.shrink(2.0)))).then_some(points)
}

/// Whether a point lies on the border of a box.
fn touches(rect: Rect, point: Pos2) -> bool {
    const NEAR: f32 = 2.0;
    rect.expand(NEAR).contains(point) && !rect.shrink(NEAR).contains(point)
}

/// Whether a line of horizontal and vertical pieces (or any other, roughly) runs through a box.
fn cuts(points: &[Pos2], rect: Rect) -> bool {
    let points: Vec<plane::Point> =
        points.iter().map(|point| plane::Point::new(f64::from(point.x), f64::from(point.y))).collect();
    routing::passes_through(&points, &plane_rect(rect))
}

/// The end of a line on the outline of a form, when it comes from `before` to `end` on the border of its box.
pub(crate) fn meet_outline(form: NodeForm, rect: Rect, before: Pos2, end: Pos2) -> Pos2 {
    let from_center = end - rect.center();
    let half = rect.size() / 2.0;
    let is_horizontal = (end.y - before.y).abs() < (end.x - before.x).abs();
    let (offset, reach) = if is_horizontal { (from_center.y.abs(), half.y) } else { (from_center.x.abs(), half.x) };
    let inset = match form {
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet => 0.0,
        NodeForm::Diamond => offset,
        NodeForm::Circle => reach - (reach * reach - offset * offset).max(0.0).sqrt(),
    };
    let way =
        if is_horizontal { pos2((end.x - before.x).signum(), 0.0) } else { pos2(0.0, (end.y - before.y).signum()) };
    end + way.to_vec2() * inset
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::vec2;

    #[test]
    fn ends_lie_on_the_form_and_not_on_its_box() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(40.0, 40.0));
        let end = |form| meet_outline(form, rect, pos2(-50.0, 10.0), pos2(0.0, 10.0));
        assert_eq!(end(NodeForm::Card), pos2(0.0, 10.0));
        assert_eq!(end(NodeForm::Diamond), pos2(10.0, 10.0));
        assert!((end(NodeForm::Circle) - pos2(2.68, 10.0)).length() < 0.01);
    }

    #[test]
    fn only_borders_are_touched_and_only_insides_cut() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(40.0, 40.0));
        assert!(
            touches(rect, pos2(40.0, 20.0)) && !touches(rect, pos2(20.0, 20.0)) && !touches(rect, pos2(60.0, 20.0))
        );
        assert!(cuts(&[pos2(-10.0, 20.0), pos2(60.0, 20.0)], rect));
        assert!(!cuts(&[pos2(-10.0, 40.0), pos2(60.0, 40.0)], rect));
    }
}
