//! A view as a list in reading order, for those who read it line by line: keyboards, screen readers, plain text.
//!
//! A process reads along its flow, branches indented; or lane by lane. A chart reads as its tree, a board from its top
//! left to its bottom right, a matrix by its rows. What the picture hides because it is folded is left out.

mod flow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::contents::{Shown, cast, folded, parents_of};
use super::grid::MatrixGrid;
use super::lanes::lane_of_nodes;
use crate::model::*;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    /// What it is about.
    pub element: ElementRef,
    /// How far it is indented.
    pub depth: usize,
    /// What stands before its name: which branch it begins, whether the flow leads back.
    pub lead: String,
    /// What it does in the list.
    pub part: OutlinePart,
}

/// What a line does in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlinePart {
    /// Stands for an element that the view shows.
    Element,
    /// Stands above what belongs together: a lane.
    Heading,
    /// Says where the flow goes on; the element has a line of its own elsewhere.
    Jump,
}

/// How the outline of a process is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutlineOrder {
    /// Along the flow.
    #[default]
    Flow,
    /// Lane by lane, and along the flow within each.
    Lanes,
}

impl OutlineLine {
    fn element(element: ElementRef, depth: usize) -> Self {
        Self { element, depth, lead: String::new(), part: OutlinePart::Element }
    }
}

/// What a view shows, line by line.
pub fn outline(document: &Document, view: ViewId, order: OutlineOrder) -> Vec<OutlineLine> {
    let Some(record) = document.get::<View>(view) else { return Vec::new() };
    if let ViewKind::Matrix(matrix) = &record.kind {
        let rows = MatrixGrid::new(document, matrix).rows.into_iter();
        return rows.filter_map(|row| row.element()).map(|element| OutlineLine::element(element, 0)).collect();
    }
    let shown = visible(document, view);
    match &record.kind {
        ViewKind::Process { process, .. } => match order {
            OutlineOrder::Flow => along_flows(document, &shown),
            OutlineOrder::Lanes => by_lanes(document, record, *process, &shown),
        },
        ViewKind::Organisation { .. } => as_tree(document, &shown),
        ViewKind::Board | ViewKind::Matrix(_) => by_place(&shown),
    }
}

/// Any elements line by line, each kind in the order that suits it: for plain text.
pub fn outline_of(document: &Document, elements: &[ElementRef]) -> Vec<OutlineLine> {
    let line = |element: &&ElementRef| !matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
    let shown: Vec<Shown> = elements.iter().filter(line).map(|element| unplaced(*element)).collect();
    let (nodes, others): (Vec<Shown>, Vec<Shown>) =
        shown.into_iter().partition(|one| FlowNode::try_from(one.element).is_ok());
    let mut lines = as_tree(document, &others);
    lines.extend(along_flows(document, &nodes));
    lines
}

fn unplaced(element: ElementRef) -> Shown {
    Shown::fresh(element)
}

/// What a view shows and does not hide.
fn visible(document: &Document, view: ViewId) -> Vec<Shown> {
    let shown = cast(document, view).shown;
    let parents = parents_of(document, &shown);
    let (_, hidden) = folded(&shown, &parents);
    shown.into_iter().zip(hidden).filter(|(_, hidden)| !hidden).map(|(one, _)| one).collect()
}

/// Units with what belongs to them, then what belongs to no unit that is shown.
fn as_tree(document: &Document, shown: &[Shown]) -> Vec<OutlineLine> {
    let parents = parents_of(document, shown);
    let mut below: FxHashMap<Option<usize>, Vec<usize>> = FxHashMap::default();
    for (index, parent) in parents.iter().enumerate() {
        below.entry(*parent).or_default().push(index);
    }
    let rank = |index: &usize| {
        let element = shown.get(*index).map(|one| one.element);
        let order = match element {
            Some(ElementRef::Unit(id)) => document.get::<Unit>(id).map(|unit| unit.order),
            Some(ElementRef::Role(id)) => document.get::<Role>(id).map(|role| role.order),
            Some(ElementRef::Decision(id)) => document.get::<Decision>(id).map(|decision| decision.order),
            _ => None,
        };
        // Within a unit its own roles and bodies come before the units below it.
        let kind = element.map(|element| match element {
            ElementRef::Role(_) => 0,
            ElementRef::Body(_) => 1,
            ElementRef::Unit(_) => 2,
            other => 3 + other.kind() as usize,
        });
        (kind, order, element)
    };
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
    for list in below.values_mut() {
        list.sort_by_key(rank);
    }
    let mut roots = below.remove(&None).unwrap_or_default();
    // At the top the tree comes first, then those who belong to nobody.
    roots.sort_by_key(|index| !matches!(shown.get(*index).map(|one| one.element), Some(ElementRef::Unit(_))));
    let mut lines = Vec::with_capacity(shown.len());
    let mut stack: Vec<(usize, usize)> = roots.into_iter().rev().map(|index| (index, 0)).collect();
    while let Some((index, depth)) = stack.pop() {
        if let Some(one) = shown.get(index) {
            lines.push(OutlineLine::element(one.element, depth));
        }
        let children = below.remove(&Some(index)).unwrap_or_default();
        stack.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    lines
}

/// From the top left to the bottom right: what stands about as high is read from left to right.
fn by_place(shown: &[Shown]) -> Vec<OutlineLine> {
    const ABOUT_AS_HIGH: f64 = 40.0;
    let mut placed: Vec<(Point, ElementRef)> =
        shown.iter().filter_map(|one| Some((one.center?, one.element))).collect();
    placed.sort_by(|a, b| a.0.y.total_cmp(&b.0.y).then(a.0.x.total_cmp(&b.0.x)));
    let mut lines = Vec::with_capacity(shown.len());
    let mut row: Vec<(Point, ElementRef)> = Vec::new();
    let flush = |row: &mut Vec<(Point, ElementRef)>, lines: &mut Vec<OutlineLine>| {
        row.sort_by(|a, b| a.0.x.total_cmp(&b.0.x).then(a.0.y.total_cmp(&b.0.y)));
        lines.extend(row.drain(..).map(|(_, element)| OutlineLine::element(element, 0)));
    };
    for one in placed {
        if row.first().is_some_and(|(first, _)| one.0.y - first.y > ABOUT_AS_HIGH) {
            flush(&mut row, &mut lines);
        }
        row.push(one);
    }
    flush(&mut row, &mut lines);
    let unplaced = shown.iter().filter(|one| one.center.is_none());
    lines.extend(unplaced.map(|one| OutlineLine::element(one.element, 0)));
    lines
}

/// Every process that is shown along its flow, then what stands beside the flows.
fn along_flows(document: &Document, shown: &[Shown]) -> Vec<OutlineLine> {
    let nodes: Vec<FlowNode> = shown.iter().filter_map(|one| FlowNode::try_from(one.element).ok()).collect();
    let mut lines = flow::lines(document, &nodes);
    let beside = shown.iter().filter(|one| FlowNode::try_from(one.element).is_err());
    lines.extend(beside.map(|one| OutlineLine::element(one.element, 0)));
    lines
}

/// The lanes in their order, each with its nodes along the flow.
fn by_lanes(document: &Document, view: &View, process: ProcessId, shown: &[Shown]) -> Vec<OutlineLine> {
    let lane_of = lane_of_nodes(document, process);
    let along = along_flows(document, shown);
    let lane = |line: &OutlineLine| {
        let node = FlowNode::try_from(line.element).ok()?;
        Some(lane_of.get(&node).copied().unwrap_or_else(|| document.performer_of(node)))
    };
    let mut lanes: Vec<Option<Actor>> = view.lanes().iter().map(|lane| lane.actor).collect();
    lanes.extend(along.iter().filter_map(&lane));
    let mut seen: FxHashSet<Option<Actor>> = FxHashSet::default();
    lanes.retain(|actor| seen.insert(*actor));
    let mut lines = Vec::with_capacity(along.len() + lanes.len());
    for actor in lanes {
        let of_lane = |line: &&OutlineLine| line.part == OutlinePart::Element && lane(line) == Some(actor);
        let mine: Vec<&OutlineLine> = along.iter().filter(of_lane).collect();
        let depth = usize::from(actor.is_some());
        if let Some(actor) = actor {
            let part = OutlinePart::Heading;
            lines.push(OutlineLine { part, ..OutlineLine::element(actor.into(), 0) });
        }
        lines.extend(mine.into_iter().map(|line| OutlineLine::element(line.element, depth)));
    }
    lines.extend(along.into_iter().filter(|line| lane(line).is_none()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(document: &Document, lines: &[OutlineLine]) -> Vec<String> {
        let name = |line: &OutlineLine| format!("{}{}", "  ".repeat(line.depth), document.name_of(line.element));
        lines.iter().map(name).collect()
    }

    #[test]
    fn a_chart_reads_as_its_tree() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let shop = document.insert(Unit { parent: Some(firm), ..Unit::new("Shop") });
        document.insert(Role { unit: Some(shop), ..Role::new("Manager") });
        document.insert(Role { unit: Some(firm), ..Role::new("Owner") });
        document.insert(External::new("Bank"));
        let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
        let lines = outline(&document, view, OutlineOrder::Flow);
        assert_eq!(names(&document, &lines), ["Firm", "  Owner", "  Shop", "    Manager", "Bank"]);
        let shown: Vec<ElementRef> = lines.iter().map(|line| line.element).collect();
        assert_eq!(names(&document, &outline_of(&document, &shown)), names(&document, &lines));
    }

    #[test]
    fn a_board_reads_from_the_top_left_to_the_bottom_right() {
        let mut document = Document::default();
        let view = document.insert(View::new("Board", ViewKind::Board));
        for (name, x, y) in [("d", 0.0, 200.0), ("b", 200.0, 0.0), ("a", 0.0, 12.0), ("c", 400.0, 20.0)] {
            let note = document.insert(Note::new(name));
            let center = Some(Point::new(x, y));
            document.insert(Placement { center, ..Placement::unplaced(view, note.into()) });
        }
        assert_eq!(names(&document, &outline(&document, view, OutlineOrder::Flow)), ["a", "b", "c", "d"]);
    }

    #[test]
    fn lanes_are_groups() {
        let mut document = Document::default();
        let [clerk, boss] = ["Clerk", "Boss"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let process = document.insert(Process::new("Refund"));
        let mut step =
            |name: &str, performer| document.insert(Step { performer: Some(performer), ..Step::new(process, name) });
        let steps = [step("Check", clerk), step("Allow", boss), step("Pay", clerk)];
        for pair in steps.windows(2) {
            document.insert(Flow::new(process, FlowNode::Step(pair[0]), FlowNode::Step(pair[1])));
        }
        let lanes = vec![Lane::new(Some(boss)), Lane::new(Some(clerk))];
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        for id in steps {
            document.insert(Placement::unplaced(view, id.into()));
        }
        let lines = |order| names(&document, &outline(&document, view, order));
        assert_eq!(lines(OutlineOrder::Flow), ["Check", "Allow", "Pay"]);
        assert_eq!(lines(OutlineOrder::Lanes), ["Boss", "  Allow", "Clerk", "  Check", "  Pay"]);
    }
}
