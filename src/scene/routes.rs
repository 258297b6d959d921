//! The ways of lines: stored bends where they still fit, else routed anew around the boxes.

use std::sync::Arc;

use emath::{Pos2, Rect, pos2};

use super::build::Builder;
use super::captions::Grid;
use super::item::NodeForm;
use super::kept::Routed;
use crate::layout::geometry as plane;
use crate::layout::request::{End, PortShape, RouteEdge, RouteRequest, Side};
use crate::layout::routing;
use crate::model::{Actor, ElementRef, Point};

pub(crate) fn plane_line(line: &[Pos2]) -> plane::Polyline {
    line.iter().map(|point| plane::Point::new(f64::from(point.x), f64::from(point.y))).collect()
}

pub(crate) fn plane_rect(rect: Rect) -> plane::Rect {
    let point = |at: Pos2| plane::Point::new(f64::from(at.x), f64::from(at.y));
    plane::Rect::new(point(rect.min), point(rect.max))
}

/// What a line starts or ends at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Anchor {
    /// A box, by its index in the nodes.
    Box(usize),
    /// A whole lane: its border.
    Lane(Rect),
    /// A place, such as the middle of another line.
    Point(Pos2),
}

impl Default for Anchor {
    /// No box at all.
    fn default() -> Self {
        Self::Box(usize::MAX)
    }
}

impl Builder<'_> {
    /// What a line to an element ends at: its box, or the lane of an actor, once lanes are drawn.
    pub(crate) fn anchor(&self, element: ElementRef) -> Option<Anchor> {
        if let Some(index) = self.index_of.get(&element) {
            return Some(Anchor::Box(*index));
        }
        let actor = Actor::try_from(element).ok()?;
        let lanes = self.scene.lanes.iter();
        lanes.filter(|lane| lane.actor == Some(actor)).map(|lane| Anchor::Lane(lane.rect)).next()
    }

    /// The form and box of an anchor; of a place, a box of no size.
    fn form_at(&self, anchor: Anchor) -> Option<(NodeForm, Rect)> {
        match anchor {
            Anchor::Box(index) => self.nodes.get(index).map(|node| (node.sketch.form, node.rect)),
            Anchor::Lane(rect) => Some((NodeForm::Container, rect)),
            Anchor::Point(at) => Some((NodeForm::Card, Rect::from_min_max(at, at))),
        }
    }
}

/// The bends that are known of a line.
#[derive(Clone, Copy)]
pub(crate) struct Known<'b> {
    /// From anchor to anchor.
    pub(crate) bends: &'b [Point],
    /// Whether they are kept though they cut boxes.
    pub(crate) keeps: bool,
}

/// A line and where it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Way {
    /// From outline to outline; empty where there is no way.
    pub(crate) points: Vec<Pos2>,
    /// The known bends and whether they are kept though they cut boxes, where the line runs by them.
    pub(crate) stored: Option<(Arc<[Point]>, bool)>,
}

/// Lines of elements between anchors: the known bends where they still fit, else routed anew, off the others; each ends
/// on the outlines of its boxes. A line between things that are not there is empty.
pub(crate) fn lines(
    builder: &Builder<'_>,
    elements: &[ElementRef],
    ends: &[(Anchor, Anchor)],
    others: &[Vec<Pos2>],
    known: &[Option<Known<'_>>],
) -> Vec<Way> {
    let again = |((element, ends), known): ((&ElementRef, &(Anchor, Anchor)), &Option<Known<'_>>)| {
        kept_way(builder, *element, *ends, (*known)?)
    };
    let mut ways: Vec<Option<Way>> = elements.iter().zip(ends).zip(known).map(again).collect();
    let solid =
        Solid::new(builder, ways.iter().zip(known).filter(|(way, known)| way.is_none() && known.is_some()).count());
    for ((way, ends), known) in ways.iter_mut().zip(ends).zip(known) {
        if let (None, Some(known)) = (&way, *known) {
            *way = stored(builder, &solid, *ends, known).map(|points| {
                let stored = Some((known.bends.into(), known.keeps));
                Way { points: finished(builder, *ends, points), stored }
            });
        }
    }
    let is_open = |way: &Option<Way>| way.is_none();
    if !ways.iter().any(is_open) {
        return ways.into_iter().flatten().collect();
    }
    let open: Vec<(Anchor, Anchor)> =
        ends.iter().zip(&ways).filter(|(_, way)| is_open(way)).map(|(ends, _)| *ends).collect();
    let bends = known.iter().zip(&ways).filter(|(_, way)| !is_open(way)).filter_map(|(known, _)| *known);
    let raw: Vec<Vec<Pos2>> = bends.map(|known| scene_line(known.bends)).collect();
    let fixed: Vec<&[Pos2]> = others.iter().chain(&raw).map(Vec::as_slice).collect();
    let mut routed = between_anchors(builder, &open, &fixed, 12.0).into_iter();
    let fill = |(way, ends): (Option<Way>, &(Anchor, Anchor))| {
        way.unwrap_or_else(|| {
            let points = finished(builder, *ends, routed.next().unwrap_or_default());
            Way { points, stored: None }
        })
    };
    ways.into_iter().zip(ends).map(fill).collect()
}

fn scene_line(bends: &[Point]) -> Vec<Pos2> {
    bends.iter().map(|point| pos2(point.x as f32, point.y as f32)).collect()
}

/// The boxes that lines keep off.
struct Solid<'a> {
    builder: &'a Builder<'a>,
    /// An index of them, where many lines ask.
    grid: Option<Grid<usize>>,
}

impl<'a> Solid<'a> {
    fn new(builder: &'a Builder<'a>, lines: usize) -> Self {
        const FEW: usize = 40;
        let solid = Self { builder, grid: None };
        let grid = (lines > FEW).then(|| {
            let mut grid: Grid<usize> = Grid::default();
            solid.all().for_each(|(index, rect)| grid.add(index, rect));
            grid
        });
        Self { grid, ..solid }
    }

    fn all(&self) -> impl Iterator<Item = (usize, Rect)> + 'a {
        let nodes = self.builder.nodes.iter().enumerate().filter(|(_, node)| !node.sketch.form.is_ground());
        nodes.map(|(index, node)| (index, node.rect))
    }

    /// Whether one that may meet an area is such.
    fn any_near(&self, area: Rect, is_such: impl Fn(usize, Rect) -> bool) -> bool {
        match &self.grid {
            Some(grid) => {
                grid.near(area).any(|index| self.builder.nodes.get(index).is_some_and(|node| is_such(index, node.rect)))
            }
            None => self.all().filter(|(_, rect)| rect.intersects(area)).any(|(index, rect)| is_such(index, rect)),
        }
    }
}

/// The line of the picture before, where it ran by the same bends and no box at it has changed. What ends elsewhere than
/// at boxes is not compared.
fn kept_way(builder: &Builder<'_>, element: ElementRef, ends: (Anchor, Anchor), known: Known<'_>) -> Option<Way> {
    if !matches!(ends, (Anchor::Box(_), Anchor::Box(_))) {
        return None;
    }
    let before = builder.before?;
    let (_, was) = before.line(element)?;
    let (bends, keeps) = was.stored.as_ref()?;
    let points = before.points_of(was);
    let ends_alike = [ends.0, ends.1].into_iter().zip(before.ends_of(was)?).all(|(now, was)| match now {
        Anchor::Box(index) => builder.nodes.get(index).is_some_and(|node| node.shown.element == was),
        Anchor::Lane(_) | Anchor::Point(_) => false,
    });
    let is_same =
        ends_alike && **bends == *known.bends && *keeps == known.keeps && !builder.box_changes().touch_line(points);
    is_same.then(|| Way { points: points.to_vec(), stored: Some((bends.clone(), *keeps)) })
}

/// A line with its ends led to the outlines of the forms there.
fn finished(builder: &Builder<'_>, (from, to): (Anchor, Anchor), mut points: Vec<Pos2>) -> Vec<Pos2> {
    if let Some((form, rect)) = builder.form_at(to) {
        end_at(&mut points, form, rect);
    }
    points.reverse();
    if let Some((form, rect)) = builder.form_at(from) {
        end_at(&mut points, form, rect);
    }
    points.reverse();
    points
}

/// Orthogonal lines between boxes of the view, around all boxes; one per pair, in order. They keep off the lines that
/// are known already.
pub(crate) fn between(
    builder: &Builder<'_>,
    ends: &[(ElementRef, ElementRef)],
    known: &[Vec<Pos2>],
    margin: f64,
) -> Vec<Vec<Pos2>> {
    let anchor = |element: ElementRef| builder.anchor(element).unwrap_or_default();
    let ends: Vec<(Anchor, Anchor)> = ends.iter().map(|(from, to)| (anchor(*from), anchor(*to))).collect();
    let known: Vec<&[Pos2]> = known.iter().map(Vec::as_slice).collect();
    between_anchors(builder, &ends, &known, margin)
}

fn between_anchors(builder: &Builder<'_>, ends: &[(Anchor, Anchor)], known: &[&[Pos2]], margin: f64) -> Vec<Vec<Pos2>> {
    if ends.is_empty() {
        return Vec::new();
    }
    let boxes = builder
        .nodes
        .iter()
        // Lines run over frames as if they were not there.
        .map(|node| if node.sketch.form == NodeForm::Frame { plane::Rect::default() } else { plane_rect(node.rect) })
        .collect();
    let request = RouteRequest {
        boxes,
        shapes: builder.nodes.iter().map(|node| ports(node.sketch.form)).collect(),
        edges: ends.iter().map(|(from, to)| route_edge(builder, *from, *to)).collect(),
        fixed: known.iter().map(|line| plane_line(line)).collect(),
        margin,
        ..RouteRequest::default()
    };
    let line = |route: &Option<plane::Polyline>| {
        let points = route.as_deref().unwrap_or_default();
        points.iter().map(|point| pos2(point.x.round() as f32, point.y.round() as f32)).collect()
    };
    let kept = builder.before.and_then(|before| before.routed(&request));
    let routed = kept.unwrap_or_else(|| Arc::new(Routed { routes: routing::route_few(&request), request }));
    let lines = routed.routes.iter().map(line).collect();
    builder.routed.borrow_mut().push(routed);
    lines
}

fn route_edge(builder: &Builder<'_>, from: Anchor, to: Anchor) -> RouteEdge {
    let center = |anchor: Anchor| builder.form_at(anchor).map_or(Pos2::ZERO, |(_, rect)| rect.center());
    let point = |at: Pos2| plane::Point::new(f64::from(at.x), f64::from(at.y));
    let end = |own: Anchor, other: Anchor| match own {
        Anchor::Box(index) => (index, None, None),
        Anchor::Lane(rect) => {
            let (first, last, side) = border_facing(rect, center(other));
            (usize::MAX, Some(End::Line(point(first), point(last))), Some(side))
        }
        Anchor::Point(at) => (usize::MAX, Some(End::Point(point(at))), None),
    };
    let ((from, start, exit), (to, finish, entry)) = (end(from, to), end(to, from));
    RouteEdge { from, to, exit, entry, start, finish }
}

/// Where lines may meet a form: gateways at their corners, events at their poles.
pub(crate) fn ports(form: NodeForm) -> PortShape {
    match form {
        NodeForm::Diamond => PortShape::Rhomb,
        NodeForm::Circle => PortShape::Ellipse,
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet | NodeForm::Container | NodeForm::Frame => {
            PortShape::Rectangle
        }
    }
}

/// The side of a box that faces a point, from corner to corner.
fn border_facing(rect: Rect, toward: Pos2) -> (Pos2, Pos2, Side) {
    let (above, below) = (rect.top() - toward.y, toward.y - rect.bottom());
    let (left, right) = (rect.left() - toward.x, toward.x - rect.right());
    let most = above.max(below).max(left).max(right);
    if most == above {
        (rect.left_top(), rect.right_top(), Side::Top)
    } else if most == below {
        (rect.left_bottom(), rect.right_bottom(), Side::Bottom)
    } else if most == left {
        (rect.left_top(), rect.left_bottom(), Side::Left)
    } else {
        (rect.right_top(), rect.right_bottom(), Side::Right)
    }
}

/// Known bends as a line, if it starts and ends at its anchors and cuts no box of `solid`; what keeps them may cut boxes.
fn stored(
    builder: &Builder<'_>,
    solid: &Solid<'_>,
    (from, to): (Anchor, Anchor),
    known: Known<'_>,
) -> Option<Vec<Pos2>> {
    let points = scene_line(known.bends);
    let (first, last) = (points.first()?, points.last()?);
    let ((_, start), (_, end)) = (builder.form_at(from)?, builder.form_at(to)?);
    let is_finite = points.iter().all(|point| point.is_finite());
    let meets = points.len() > 1 && is_finite && reaches(start, *first) && reaches(end, *last);
    if !meets || known.keeps {
        return meets.then_some(points);
    }
    // A line that starts or ends within a form is cut at its outline.
    let starts_in = |index: usize, anchor: Anchor, rect: Rect, end: Pos2| {
        anchor == Anchor::Box(index) && rect.shrink(3.0).contains(end)
    };
    let is_cut = points.iter().zip(points.iter().skip(1)).any(|(start, end)| {
        solid.any_near(Rect::from_two_pos(*start, *end), |index, rect| {
            let is_end = starts_in(index, from, rect, *first) || starts_in(index, to, rect, *last);
            !is_end && cuts(&[*start, *end], rect.shrink(2.0))
        })
    });
    (!is_cut).then_some(points)
}

/// The middle of a line by its length.
pub(crate) fn middle(points: &[Pos2]) -> Option<Pos2> {
    let pieces = || points.iter().zip(points.iter().skip(1));
    let mut rest = pieces().map(|(from, to)| from.distance(*to)).sum::<f32>() / 2.0;
    for (from, to) in pieces() {
        let length = from.distance(*to);
        if rest <= length {
            return Some(*from + (*to - *from).normalized() * rest);
        }
        rest -= length;
    }
    points.last().copied()
}

/// Whether a point lies in a box or on its border.
fn reaches(rect: Rect, point: Pos2) -> bool {
    const NEAR: f32 = 3.0;
    rect.expand(NEAR).contains(point)
}

/// Leads the end of a line to the outline of a form: cut where it enters the form, or led on where it ends at its box.
fn end_at(points: &mut Vec<Pos2>, form: NodeForm, rect: Rect) {
    if points.len() < 2 || rect.width() < 1.0 {
        return;
    }
    let inner = rect.shrink(0.5);
    let is_inside = |point: Pos2| inside_form(form, inner, point);
    while let [.., before, last] = points.as_slice() {
        if !is_inside(*last) {
            break;
        }
        if is_inside(*before) && points.len() > 2 {
            points.pop();
            continue;
        }
        let cut = entry(form, inner, *before, *last);
        if let Some(last) = points.last_mut() {
            *last = cut;
        }
        return;
    }
    if let [.., before, last] = points.as_mut_slice() {
        *last = meet_outline(form, rect, *before, *last);
    }
}

/// Where a piece of a line enters a form, from a point outside to one inside, by halving.
fn entry(form: NodeForm, rect: Rect, outside: Pos2, inside: Pos2) -> Pos2 {
    let (mut out, mut within) = (outside, inside);
    if inside_form(form, rect, out) {
        return inside;
    }
    for _ in 0..16 {
        let middle = out + (within - out) * 0.5;
        if inside_form(form, rect, middle) {
            within = middle;
        } else {
            out = middle;
        }
    }
    out
}

fn inside_form(form: NodeForm, rect: Rect, point: Pos2) -> bool {
    if !rect.contains(point) {
        return false;
    }
    let from_center = point - rect.center();
    let (x, y) = (from_center.x / (rect.width() / 2.0), from_center.y / (rect.height() / 2.0));
    match form {
        NodeForm::Circle => x * x + y * y < 1.0,
        NodeForm::Diamond => x.abs() + y.abs() < 1.0,
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet | NodeForm::Container | NodeForm::Frame => true,
    }
}

/// Whether a line of horizontal and vertical pieces (or any other, roughly) runs through a box.
fn cuts(points: &[Pos2], rect: Rect) -> bool {
    routing::passes_through(&plane_line(points), &plane_rect(rect))
}

/// The end of a line on the outline of a form, when it comes from `before` to `end` on the border of its box.
fn meet_outline(form: NodeForm, rect: Rect, before: Pos2, end: Pos2) -> Pos2 {
    let from_center = end - rect.center();
    let half = rect.size() / 2.0;
    let is_horizontal = (end.y - before.y).abs() < (end.x - before.x).abs();
    let (offset, reach) = if is_horizontal { (from_center.y.abs(), half.y) } else { (from_center.x.abs(), half.x) };
    let inset = match form {
        NodeForm::Card | NodeForm::Pill | NodeForm::Sheet | NodeForm::Container | NodeForm::Frame => 0.0,
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
    fn only_insides_are_cut() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(40.0, 40.0));
        assert!(reaches(rect, pos2(40.0, 20.0)) && !reaches(rect, pos2(60.0, 20.0)));
        assert!(cuts(&[pos2(-10.0, 20.0), pos2(60.0, 20.0)], rect));
        assert!(!cuts(&[pos2(-10.0, 40.0), pos2(60.0, 40.0)], rect));
    }
}
