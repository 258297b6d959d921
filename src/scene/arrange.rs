//! From a view of the model to the layout layer and back: where its boxes, lanes and lines go.
//!
//! Nothing is stored here; an edit writes an [`Arrangement`] into placements. Every coordinate is a whole number.
//!
//! Process views: the first lane begins at 0 across the flow, its header along the flow at or before 0. Modes that keep
//! a drawing ([`keep`]) move what they must and nothing else.

mod bands;
mod flow;
mod frames;
mod hosts;
mod keep;
mod nearby;
mod phases;
mod plan;
mod pools;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use self::flow::CAPTION_WIDTH;
use self::flow::Sheet;
use super::contents::{Shown, cast, parents_of};
use super::facts::Facts;
use super::sizes::Sizes;
use crate::layout::geometry as plane;
use crate::layout::request::{Direction, TreeNode, TreeRequest};
use crate::layout::{PlaceRequest, place_new, tree};
use crate::model::{Document, ElementRef, FlowDirection, Lane, Phase, Placement, Point, Size, View, ViewId, ViewKind};

/// Which boxes get a place, and which lines a way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// All but those that are pinned.
    #[default]
    Everything,
    /// Those that have none yet; next to nothing else moves.
    OnlyNew,
    /// These, around where they are now; the others stay.
    Selection(Vec<ElementRef>),
    /// No box moves; lines that nobody has pinned are laid anew.
    RoutesOnly,
}

/// Places for the boxes of a view. What is not named stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Centres of boxes.
    pub centers: Vec<(ElementRef, Point)>,
    /// Sizes of boxes that grow around others: sub-flows and frames; none for the size of its own text.
    pub sizes: Vec<(ElementRef, Option<Size>)>,
    /// All lanes of a process view; none where they stay, and for other views.
    pub lanes: Option<Vec<Lane>>,
    /// All phases of a process view; none where they stay, and for other views.
    pub phases: Option<Vec<Phase>>,
    /// Lines of flows and links, ends included; empty for one that is to be found anew whenever it is drawn.
    pub bends: Vec<(ElementRef, Vec<Point>)>,
    /// Which way the flow runs from now on; none where that stays.
    pub direction: Option<FlowDirection>,
}

impl Arrangement {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        let lists_are_empty = self.centers.is_empty() && self.sizes.is_empty() && self.bends.is_empty();
        lists_are_empty && self.lanes.is_none() && self.phases.is_none() && self.direction.is_none()
    }
}

/// Places for the boxes of a view; nothing for a matrix and for a view that does not exist.
pub fn arrange(document: &Document, view_id: ViewId, mode: &Mode) -> Arrangement {
    let Some(view) = document.get::<View>(view_id) else { return Arrangement::default() };
    let facts = Facts::new(document);
    let shown = cast(document, view_id).shown;
    arrange_shown(&facts, view_id, view, &shown, mode)
}

/// Everything arranged so that the flow of a process view runs this way. Boxes pinned for the other way are placed
/// anew, too. Nothing for other views.
pub fn arrange_toward(document: &Document, view_id: ViewId, direction: FlowDirection) -> Arrangement {
    let Some(view) = document.get::<View>(view_id) else { return Arrangement::default() };
    let mut turned = view.clone();
    let ViewKind::Process { direction: slot, .. } = &mut turned.kind else { return Arrangement::default() };
    let turns = *slot != direction;
    *slot = direction;
    let facts = Facts::new(document);
    let mut shown = cast(document, view_id).shown;
    for one in shown.iter_mut().filter(|_| turns) {
        one.pinned = false;
    }
    let arrangement = arrange_shown(&facts, view_id, &turned, &shown, &Mode::Everything);
    Arrangement { direction: turns.then_some(direction), ..arrangement }
}

/// Fresh arrangements of all views of a document that have something to arrange.
pub fn arrange_all(document: &Document) -> Vec<(ViewId, Arrangement)> {
    let arranged = |view: ViewId| (view, arrange(document, view, &Mode::Everything));
    document.views().ids().map(arranged).filter(|(_, arrangement)| !arrangement.is_empty()).collect()
}

/// Places for elements that are known already.
pub(crate) fn arrange_shown(
    facts: &Facts<'_>,
    view_id: ViewId,
    view: &View,
    shown: &[Shown],
    mode: &Mode,
) -> Arrangement {
    let by_neighbours = if *mode == Mode::OnlyNew { nearby::place(facts, view_id, view, shown) } else { None };
    by_neighbours.unwrap_or_else(|| arrange_part(facts, view_id, view, shown, mode))
}

/// Places for these elements as if the view showed nothing else.
fn arrange_part(facts: &Facts<'_>, view_id: ViewId, view: &View, shown: &[Shown], mode: &Mode) -> Arrangement {
    let measures = Sizes::of_view(facts, &view.kind);
    let sizes: Vec<Size> = shown.iter().map(|one| measures.of(one.element, one.size).unwrap_or_default()).collect();
    let lines: FxHashMap<ElementRef, &Placement> = facts
        .document
        .placements_in(view_id)
        .filter(|(_, placement)| matches!(placement.element, ElementRef::Flow(_) | ElementRef::Link(_)))
        .map(|(_, placement)| (placement.element, placement))
        .collect();
    let direction = match view.kind {
        ViewKind::Organisation { direction, .. } => direction,
        _ => FlowDirection::TopToBottom,
    };
    let stage = Stage { facts, shown, sizes: &sizes, direction, measures: &measures, lines };
    let is_fresh = shown.iter().all(|one| one.center.is_none());
    let mode = if is_fresh && *mode == Mode::OnlyNew { &Mode::Everything } else { mode };
    match (&view.kind, mode) {
        (kind, _) if kind.arranges_itself() => Arrangement::default(),
        (ViewKind::Process { process, lanes, direction }, _) => {
            let stood = facts.document.get::<View>(view_id).map_or(*direction, View::direction);
            let sheet = Sheet { process: *process, lanes, phases: &view.phases, direction: *direction, stood };
            match mode {
                Mode::Everything => stage.flow(sheet),
                Mode::OnlyNew => stage.new_in_flow(sheet),
                Mode::Selection(elements) => stage.tidy_flow(sheet, elements),
                Mode::RoutesOnly => stage.reroute_flow(sheet),
            }
        }
        (_, Mode::Everything) => stage.chart(),
        (_, Mode::OnlyNew) => stage.new_in_chart(),
        (_, Mode::Selection(elements)) => stage.tidy_chart(elements),
        (_, Mode::RoutesOnly) => stage.forget_lines(),
    }
}

/// Distance of the row of outside parties from the chart.
const OUTSIDE_GAP: f64 = 72.0;
/// Distance of neighbours in that row.
const ROW_GAP: f64 = 16.0;
/// Least width of that row before it is broken.
const ROW_WIDTH: f64 = 640.0;

struct Stage<'a> {
    facts: &'a Facts<'a>,
    shown: &'a [Shown],
    sizes: &'a [Size],
    /// Which way a chart grows.
    direction: FlowDirection,
    measures: &'a Sizes<'a>,
    /// Placements of flows and links.
    lines: FxHashMap<ElementRef, &'a Placement>,
}

fn size_of(size: Size) -> plane::Size {
    plane::Size::new(size.width, size.height)
}

fn center_of_rect(rect: &plane::Rect) -> Point {
    let center = rect.center();
    Point::new(center.x.round(), center.y.round())
}

fn rect_at(center: Point, size: Size) -> plane::Rect {
    plane::Rect::from_center_size(plane::Point::new(center.x, center.y), size_of(size))
}

fn rounded(points: &[plane::Point], dx: f64, dy: f64) -> Vec<Point> {
    points.iter().map(|point| Point::new((point.x + dx).round(), (point.y + dy).round())).collect()
}

fn grown(direction: FlowDirection) -> Direction {
    match direction {
        FlowDirection::LeftToRight => Direction::LeftToRight,
        FlowDirection::TopToBottom => Direction::TopToBottom,
    }
}

/// Boxes side by side from the left, in rows no wider than `width`, one for each size.
pub(crate) fn rows_of(sizes: &[Size], top: f64, width: f64) -> Vec<plane::Rect> {
    let (mut x, mut y, mut row_height) = (0.0, top, 0.0_f64);
    let mut placed = Vec::with_capacity(sizes.len());
    for size in sizes {
        if x > 0.0 && x + size.width > width {
            (x, y, row_height) = (0.0, y + row_height + ROW_GAP, 0.0);
        }
        placed.push(plane::Rect::from_min_size(plane::Point::new(x, y), size_of(*size)));
        x += size.width + ROW_GAP;
        row_height = row_height.max(size.height);
    }
    placed
}

/// Most roles that stand beside the line below their unit.
const MOST_HEADS: usize = 2;

/// Roles of units that have units below: where they are few, they lead the unit and stand beside the line that leads
/// from it to the others, not among those.
fn heads(shown: &[Shown], parents: &[Option<usize>]) -> FxHashSet<usize> {
    let mut units_below = vec![0_usize; shown.len()];
    let mut others_below = vec![0_usize; shown.len()];
    for (one, parent) in shown.iter().zip(parents) {
        let Some(up) = *parent else { continue };
        let is_unit = matches!(one.element, ElementRef::Unit(_));
        if let Some(count) = if is_unit { units_below.get_mut(up) } else { others_below.get_mut(up) } {
            *count += 1;
        }
    }
    let leads = |up: usize| units_below.get(up) > Some(&1) && others_below.get(up) <= Some(&MOST_HEADS);
    let is_head = |index: &usize| {
        let is_role = shown.get(*index).is_some_and(|one| matches!(one.element, ElementRef::Role(_)));
        is_role && parents.get(*index).copied().flatten().is_some_and(leads)
    };
    (0..shown.len()).filter(is_head).collect()
}

/// The chart of units and roles as a request: which shown elements are in it, and the tree.
pub(crate) fn tree_request(
    document: &Document,
    shown: &[Shown],
    sizes: &[Size],
    direction: FlowDirection,
) -> (Vec<usize>, TreeRequest) {
    let parents = parents_of(document, shown);
    let in_tree = |one: &Shown| matches!(one.element, ElementRef::Unit(_) | ElementRef::Role(_) | ElementRef::Body(_));
    let members: Vec<usize> = (0..shown.len()).filter(|index| shown.get(*index).is_some_and(in_tree)).collect();
    let position: FxHashMap<usize, usize> = members.iter().enumerate().map(|(at, index)| (*index, at)).collect();
    let heads = heads(shown, &parents);
    let nodes = members
        .iter()
        .map(|index| TreeNode {
            size: sizes.get(*index).copied().map(size_of).unwrap_or_default(),
            parent: parents.get(*index).copied().flatten().and_then(|up| position.get(&up).copied()),
            assistant: heads.contains(index),
            collapsed: shown.get(*index).is_some_and(|one| one.collapsed),
        })
        .collect();
    (members, TreeRequest { nodes, direction: grown(direction), ..TreeRequest::default() })
}

impl Stage<'_> {
    fn at(&self, index: usize) -> Option<(&Shown, Size)> {
        Some((self.shown.get(index)?, *self.sizes.get(index)?))
    }

    /// The size that the text of a box asks for.
    fn natural_size(&self, element: ElementRef) -> Size {
        self.measures.of(element, None).unwrap_or_default()
    }

    /// Whether somebody laid a line and pinned it.
    fn is_pinned_line(&self, element: ElementRef) -> bool {
        self.lines.get(&element).is_some_and(|placement| placement.pinned && !placement.bends.is_empty())
    }

    /// Lines that nobody pinned are found anew whenever they are drawn.
    fn forget_lines(&self) -> Arrangement {
        let laid = self.lines.iter().filter(|(_, placement)| !placement.pinned && !placement.bends.is_empty());
        let mut bends: Vec<(ElementRef, Vec<Point>)> = laid.map(|(element, _)| (*element, Vec::new())).collect();
        bends.sort_unstable_by_key(|(element, _)| *element);
        Arrangement { bends, ..Arrangement::default() }
    }

    /// Some boxes of a chart as the tidy tree has them, the topmost of them where it is.
    fn tidy_chart(&self, elements: &[ElementRef]) -> Arrangement {
        let wanted: FxHashSet<ElementRef> = elements.iter().copied().collect();
        let mut centers = self.chart().centers;
        centers.retain(|(element, _)| wanted.contains(element));
        let now = |element: &ElementRef| self.shown.iter().find(|one| one.element == *element)?.center;
        let placed = centers.iter().filter_map(|(element, tidy)| Some((*tidy, now(element)?)));
        let Some((tidy, held)) = placed.min_by(|(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))) else {
            return Arrangement::default();
        };
        for (_, center) in &mut centers {
            *center = Point::new((center.x + held.x - tidy.x).round(), (center.y + held.y - tidy.y).round());
        }
        Arrangement { centers, ..Arrangement::default() }
    }

    /// A tidy tree of units and roles, everything else in rows below.
    fn chart(&self) -> Arrangement {
        let (members, request) = tree_request(self.facts.document, self.shown, self.sizes, self.direction);
        let result = tree::arrange(&request);
        let mut boxes: Vec<Option<plane::Rect>> = vec![None; self.shown.len()];
        for (index, rect) in members.iter().zip(&result.boxes) {
            if let Some(slot) = boxes.get_mut(*index) {
                *slot = rect.map(|rect| rect.moved(-result.bounds.min.x, -result.bounds.min.y));
            }
        }
        let is_member = |index: usize| members.binary_search(&index).is_ok();
        let width = result.bounds.width().max(ROW_WIDTH);
        let top = if members.is_empty() { 0.0 } else { result.bounds.height() + OUTSIDE_GAP };
        let rest: Vec<usize> = (0..self.shown.len()).filter(|index| !is_member(*index)).collect();
        for (index, rect) in self.rows(&rest, top, width) {
            if let Some(slot) = boxes.get_mut(index) {
                *slot = Some(rect);
            }
        }
        let place = |(one, rect): (&Shown, &Option<plane::Rect>)| {
            let is_free = !(one.pinned && one.center.is_some());
            rect.filter(|_| is_free).map(|rect| (one.element, center_of_rect(&rect)))
        };
        let centers = self.shown.iter().zip(&boxes).filter_map(place).collect();
        Arrangement { centers, ..Arrangement::default() }
    }

    /// Boxes side by side from the left, in rows no wider than `width`.
    fn rows(&self, indices: &[usize], top: f64, width: f64) -> Vec<(usize, plane::Rect)> {
        let sized: Vec<(usize, Size)> =
            indices.iter().filter_map(|index| self.at(*index).map(|(_, size)| (*index, size))).collect();
        let sizes: Vec<Size> = sized.iter().map(|(_, size)| *size).collect();
        sized.into_iter().map(|(index, _)| index).zip(rows_of(&sizes, top, width)).collect()
    }

    /// The boxes that have a place, by index.
    fn placed(&self) -> Vec<Option<plane::Rect>> {
        self.shown.iter().zip(self.sizes).map(|(one, size)| one.center.map(|center| rect_at(center, *size))).collect()
    }

    /// Places for new boxes of a chart: where the tidy tree puts them beside their parent, if that is free.
    fn new_in_chart(&self) -> Arrangement {
        let parents = parents_of(self.facts.document, self.shown);
        let tidy: FxHashMap<ElementRef, Point> = self.chart().centers.into_iter().collect();
        let mut boxes = self.placed();
        let mut centers = Vec::new();
        for (index, (one, size)) in self.shown.iter().zip(self.sizes).enumerate() {
            if one.center.is_some() {
                continue;
            }
            let parent = parents.get(index).copied().flatten();
            let above = parent.and_then(|up| Some((self.shown.get(up)?.element, boxes.get(up).copied()??)));
            let is_unit = |at: usize| self.shown.get(at).is_some_and(|one| matches!(one.element, ElementRef::Unit(_)));
            let is_root = |at: usize| is_unit(at) && parents.get(at).copied().flatten().is_none();
            let beside = is_root(index).then(|| self.beside_roots(*size, &boxes, is_root)).flatten();
            let rect = beside.unwrap_or_else(|| self.place_in_chart(one, *size, above, &tidy, &boxes));
            centers.push((one.element, center_of_rect(&rect)));
            if let Some(slot) = boxes.get_mut(index) {
                *slot = Some(rect);
            }
        }
        Arrangement { centers, ..Arrangement::default() }
    }

    /// The place of a new unit at the top: in the row of the others, behind all that hangs below them. None where it is
    /// the first.
    fn beside_roots(
        &self,
        size: Size,
        boxes: &[Option<plane::Rect>],
        is_root: impl Fn(usize) -> bool,
    ) -> Option<plane::Rect> {
        let placed = || boxes.iter().enumerate().filter_map(|(at, rect)| Some((at, (*rect)?)));
        let is_downward = self.direction == FlowDirection::TopToBottom;
        let across = |rect: &plane::Rect| if is_downward { rect.min.y } else { rect.min.x };
        let roots = placed().filter(|(at, _)| is_root(*at)).map(|(_, rect)| rect);
        let row = roots.min_by(|a, b| across(a).total_cmp(&across(b)))?;
        let end = placed().map(|(_, rect)| rect).reduce(|all, one| all.union(&one))?.max;
        let size = size_of(size);
        let min = match is_downward {
            true => plane::Point::new(end.x + OUTSIDE_GAP, row.min.y),
            false => plane::Point::new(row.min.x, end.y + OUTSIDE_GAP),
        };
        Some(plane::Rect::from_min_size(plane::Point::new(min.x.round(), min.y.round()), size))
    }

    fn place_in_chart(
        &self,
        one: &Shown,
        size: Size,
        above: Option<(ElementRef, plane::Rect)>,
        tidy: &FxHashMap<ElementRef, Point>,
        boxes: &[Option<plane::Rect>],
    ) -> plane::Rect {
        let is_free = |rect: &plane::Rect| !boxes.iter().flatten().any(|other| other.overlaps(&rect.grown(4.0)));
        if let Some((parent, parent_rect)) = above
            && let (Some(tidy_parent), Some(tidy_own)) = (tidy.get(&parent), tidy.get(&one.element))
        {
            let at = parent_rect.center();
            let wanted = Point::new(at.x + tidy_own.x - tidy_parent.x, at.y + tidy_own.y - tidy_parent.y);
            let rect = rect_at(wanted, size);
            if is_free(&rect) {
                return rect;
            }
        }
        let request = PlaceRequest {
            boxes: boxes.iter().flatten().copied().collect(),
            size: size_of(size),
            after: above.map(|(_, rect)| rect),
            lane: None,
            direction: if above.is_some() { grown(self.direction) } else { Direction::LeftToRight },
            gap: ROW_GAP,
        };
        plane::Rect::from_min_size(place_new(&request), size_of(size))
    }
}

#[cfg(test)]
mod chart_tests {
    use super::*;
    use crate::model::{Role, Unit};
    use crate::testkit;

    fn check_places(document: &Document, view: ViewId) -> Arrangement {
        let arrangement = arrange(document, view, &Mode::Everything);
        let is_whole = |point: &Point| point.x.fract() == 0.0 && point.y.fract() == 0.0;
        assert!(arrangement.centers.iter().all(|(_, center)| is_whole(center)));
        assert!(arrangement.bends.iter().flat_map(|(_, bends)| bends).all(is_whole));
        assert_eq!(arrangement, arrange(document, view, &Mode::Everything));
        arrangement
    }

    #[test]
    fn every_box_gets_a_whole_place_and_no_two_overlap() {
        let document = testkit::generate::organisation(600, 3);
        for (view, record) in document.views().iter() {
            let arrangement = check_places(&document, view);
            if matches!(record.kind, ViewKind::Matrix(_)) {
                assert_eq!(arrangement, Arrangement::default());
                continue;
            }
            let free = cast(&document, view).shown.iter().filter(|one| !one.pinned).count();
            assert!(arrangement.centers.len() >= free);
            let facts = Facts::new(&document);
            let sizes = Sizes::new(&facts);
            let stored: FxHashMap<ElementRef, Option<Size>> =
                cast(&document, view).shown.iter().map(|one| (one.element, one.size)).collect();
            let rect = |(element, center): &(ElementRef, Point)| {
                let size = sizes.of(*element, stored.get(element).copied().flatten()).unwrap();
                rect_at(*center, size).grown(-1.0)
            };
            let rects: Vec<plane::Rect> = arrangement.centers.iter().map(rect).collect();
            for (index, one) in rects.iter().enumerate() {
                assert!(
                    !rects.iter().skip(index + 1).any(|other| other.overlaps(one)),
                    "{:?}",
                    arrangement.centers[index]
                );
            }
        }
    }

    #[test]
    fn only_new_boxes_are_placed_and_pinned_ones_stay() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let roles = ["Owner", "Clerk"].map(|name| document.insert(Role { unit: Some(firm), ..Role::new(name) }));
        let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
        let center = Some(Point::new(500.0, 40.0));
        document.insert(Placement { center, ..Placement::unplaced(view, firm.into()) });
        document.insert(Placement {
            center: Some(Point::new(9.0, 900.0)),
            pinned: true,
            ..Placement::unplaced(view, roles[0].into())
        });
        document.insert(Placement::unplaced(view, roles[1].into()));
        let named = |mode| -> Vec<ElementRef> {
            arrange(&document, view, &mode).centers.into_iter().map(|(element, _)| element).collect()
        };
        assert_eq!(named(Mode::OnlyNew), [roles[1].into()]);
        assert_eq!(named(Mode::Everything), [ElementRef::from(firm), roles[1].into()]);
        let (_, place) = arrange(&document, view, &Mode::OnlyNew).centers[0];
        assert!(place.y > 60.0 && (place.x - 500.0).abs() < 200.0, "below its unit: {place:?}");
    }
}
