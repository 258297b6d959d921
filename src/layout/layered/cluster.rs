//! A box with what clings to it: attached boxes on its border, satellites above and below.
//!
//! A cluster is arranged as one box with room kept free around it. Attached boxes stand in
//! slots on the bottom, right ones first, then on the top; the lines that leave them drop to
//! levels of their own inside the room of the cluster, the right one highest, so that they do
//! not cross each other. Satellites fill rows above and below by turns, where they need least.

use super::graph::Exit;
use super::structure::{Role, Structure};
use crate::layout::geometry::{Point, Polyline, Rect, Size};
use crate::layout::request::{EdgeKind, FlowRequest, FlowSpacing};

/// Least distance between two attached boxes.
const SLOT_GAP: f64 = 6.0;
/// Least width of the stretch in which a satellite and its host face each other for a straight
/// line.
const FACING: f64 = 4.0;

/// What clings to a box, relative to its top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    /// The box itself.
    pub size: Size,
    /// Room needed beyond the box: above and below it, and on its left and right.
    pub above: f64,
    pub below: f64,
    pub beside: f64,
    /// Attached boxes and satellites.
    pub members: Vec<(usize, Rect)>,
    /// How lines leave the attached boxes.
    pub exits: Vec<(usize, Exit)>,
}

impl Cluster {
    /// The whole area of the cluster when its box lies here.
    pub fn area(&self, one: &Rect) -> Rect {
        let min = one.min.moved(-self.beside, -self.above);
        Rect::new(min, one.max.moved(self.beside, self.below))
    }

    /// How a line leaves an attached box.
    pub fn exit(&self, node: usize) -> Option<Exit> {
        self.exits.iter().find(|(known, _)| *known == node).map(|(_, exit)| *exit)
    }
}

/// Which nodes have lines that matter to the shape of clusters.
pub(super) struct Ends {
    /// Whether a ranked edge leaves the attached box.
    leaving: Vec<bool>,
    /// Whether messages or associations use the middle of the upper and lower side.
    middle: Vec<bool>,
    /// Room for the names of attached boxes.
    names: Vec<Size>,
}

impl Ends {
    pub fn new(request: &FlowRequest, structure: &Structure) -> Self {
        let count = request.nodes.len();
        let names = request.nodes.iter().map(|node| node.name.sane()).collect();
        let mut ends = Self { leaving: vec![false; count], middle: vec![false; count], names };
        for edge in structure.levels.iter().flat_map(|level| &level.edges) {
            if let Some(exit) = edge.exit {
                ends.leaving[exit] = true;
            }
        }
        for edge in structure.later.iter().map(|&edge| &request.edges[edge]) {
            if edge.kind != EdgeKind::Sequence || edge.from == edge.to {
                ends.middle[edge.from] = true;
                ends.middle[edge.to] = true;
            }
        }
        for end in request.lane_edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            if let crate::layout::request::LaneEnd::Node(node) = end
                && let Some(middle) = ends.middle.get_mut(node)
            {
                *middle = true;
            }
        }
        ends
    }
}

/// The cluster of an owner; `sizes` are the sizes of all boxes, containers grown already.
pub(super) fn shape(
    spacing: &FlowSpacing,
    structure: &Structure,
    owner: usize,
    sizes: &[Size],
    ends: &Ends,
) -> Cluster {
    let mut cluster = Cluster { size: sizes[owner], ..Cluster::default() };
    if !structure.attached[owner].is_empty() {
        cluster.attach(spacing, &structure.attached[owner], sizes, ends, ends.middle[owner]);
    }
    if !structure.satellites[owner].is_empty() {
        cluster.surround(spacing, &structure.satellites[owner], sizes, &structure.leaning);
    }
    for (_, one) in &cluster.members {
        let over = (-one.min.x).max(one.max.x - cluster.size.width);
        cluster.beside = cluster.beside.max(over);
    }
    cluster
}

impl Cluster {
    fn attach(&mut self, spacing: &FlowSpacing, attached: &[usize], sizes: &[Size], ends: &Ends, keep_middle: bool) {
        let slots = slots(self.size.width, attached, sizes, keep_middle);
        // What finds no slot on either side crowds the bottom.
        let on_top = attached.len().saturating_sub(slots).min(slots);
        let (bottom, top) = if attached.len() > 2 * slots {
            attached.split_at(attached.len() - on_top)
        } else {
            attached.split_at(attached.len().min(slots))
        };
        let count = slots.max(bottom.len());
        self.below = self.attach_side(spacing, bottom, sizes, ends, (count, 1.0));
        self.above = self.attach_side(spacing, top, sizes, ends, (slots, -1.0));
    }

    /// Fills one side from the right (`way` is 1 for the bottom, -1 for the top); the room needed.
    fn attach_side(
        &mut self,
        spacing: &FlowSpacing,
        nodes: &[usize],
        sizes: &[Size],
        ends: &Ends,
        (slots, way): (usize, f64),
    ) -> f64 {
        let border = if way > 0.0 { self.size.height } else { 0.0 };
        let reach = nodes.iter().map(|&node| sizes[node].height / 2.0).fold(0.0, f64::max);
        let mut lines = 0.0;
        for (at, &node) in nodes.iter().enumerate() {
            let x = self.slot(at, slots, sizes[node].width);
            self.members.push((node, Rect::from_center_size(Point::new(x, border), sizes[node])));
            if ends.leaving[node] {
                lines += spacing.edge_gap;
                let half = self.size.height / 2.0;
                let exit = Exit {
                    key: node,
                    x: x - self.size.width / 2.0,
                    start: way * (half + sizes[node].height / 2.0),
                    level: way * (half + reach + lines),
                };
                self.exits.push((node, exit));
            }
        }
        let named = nodes.iter().map(|&node| ends.names[node].height).fold(0.0, f64::max);
        let below_names = if named > 0.0 { reach + named + 2.0 * SLOT_GAP } else { reach };
        if lines > 0.0 { below_names.max(reach + lines + spacing.edge_gap / 2.0) } else { below_names }
    }

    /// Centre of a slot, counted from the right. The two slots of a narrow box stand apart from
    /// its middle as far as it reaches.
    fn slot(&self, at: usize, slots: usize, width: f64) -> f64 {
        let x = self.size.width * (1.0 - (at as f64 + 0.5) / slots as f64);
        let (middle, away) = (self.size.width / 2.0, width / 2.0 + SLOT_GAP);
        match (slots, at) {
            (2, 0) => x.max(middle + away).min(self.size.width),
            (2, 1) => x.min(middle - away).max(0.0),
            _ => x,
        }
    }

    /// Puts satellites on the side to which they lean, else where they need least.
    fn surround(&mut self, spacing: &FlowSpacing, nodes: &[usize], sizes: &[Size], leaning: &[i64]) {
        let gap = spacing.satellite_gap;
        let mut sides = [Side::new(self.above), Side::new(self.below)];
        for &node in nodes {
            let size = sizes[node];
            let price = |side: &Side| (side.extent_with(size, gap, self.size.width), side.count);
            let (above, below) = (price(&sides[0]), price(&sides[1]));
            let better = match leaning[node] {
                0 => below.0.total_cmp(&above.0).then(below.1.cmp(&above.1)).is_lt(),
                leaning => leaning > 0,
            };
            sides[usize::from(better)].add(node, size, gap, self.size.width);
        }
        for (side, way) in sides.iter().zip([-1.0, 1.0]) {
            let border = if way > 0.0 { self.size.height } else { 0.0 };
            for row in &side.rows {
                self.place_row(row, border, way, gap, sizes);
            }
        }
        [self.above, self.below] = sides.map(|side| side.extent);
    }

    fn place_row(&mut self, row: &Row, border: f64, way: f64, gap: f64, sizes: &[Size]) {
        let middle = self.size.width / 2.0;
        let mut x = middle - row.width / 2.0;
        if let [first, _] = row.nodes[..] {
            // Both halves of the host face one of the two.
            let (end, begin) = (x + sizes[first].width, x + sizes[first].width + gap);
            if end < FACING || begin + FACING > self.size.width {
                x = middle - gap / 2.0 - sizes[first].width;
            }
        }
        for &node in &row.nodes {
            let size = sizes[node];
            let y = border + way * row.near;
            let min = Point::new(x, if way > 0.0 { y } else { y - size.height });
            self.members.push((node, Rect::from_min_size(min, size)));
            x += size.width + gap;
        }
    }
}

/// The straight line across the flow between two boxes that face each other, if none of the
/// others stands between.
pub(super) fn tie<'a>(a: &Rect, b: &Rect, mut others: impl Iterator<Item = &'a Rect>) -> Option<Polyline> {
    let (left, right) = (a.min.x.max(b.min.x), a.max.x.min(b.max.x));
    if right - left < FACING {
        return None;
    }
    let host = if a.width() > b.width() { a } else { b };
    let x = host.center().x;
    let x = if left + 1.0 <= x && x <= right - 1.0 { x } else { f64::midpoint(left, right) };
    let line = if a.max.y <= b.min.y {
        vec![Point::new(x, a.max.y), Point::new(x, b.min.y)]
    } else if b.max.y <= a.min.y {
        vec![Point::new(x, a.min.y), Point::new(x, b.max.y)]
    } else {
        return None;
    };
    let meets = others.any(|one| crate::layout::routing::passes_through(&line, one));
    (!meets).then_some(line)
}

/// How many attached boxes find room side by side on one side of a box.
fn slots(width: f64, attached: &[usize], sizes: &[Size], keep_middle: bool) -> usize {
    let widest = attached.iter().map(|&node| sizes[node].width).fold(0.0, f64::max);
    let slots = ((width / (widest + SLOT_GAP).max(1.0)).floor() as usize).max(1);
    // An even number of slots leaves the middle to other lines.
    if keep_middle && slots % 2 == 1 { (slots - 1).max(2) } else { slots }
}

/// How far the boxes attached to the top and the bottom of a container reach into it, when it is
/// so wide.
pub(super) fn reach_inside(width: f64, attached: &[usize], sizes: &[Size], ends: &Ends, owner: usize) -> (f64, f64) {
    let reach = attached.iter().map(|&node| sizes[node].height / 2.0).fold(0.0, f64::max);
    let on_top = attached.len() > slots(width, attached, sizes, ends.middle[owner]);
    (if on_top { reach } else { 0.0 }, reach)
}

/// Satellites side by side.
struct Row {
    nodes: Vec<usize>,
    width: f64,
    height: f64,
    /// Distance of its near edge from the border of the host.
    near: f64,
}

/// The rows on one side of a host.
struct Side {
    extent: f64,
    count: usize,
    rows: Vec<Row>,
}

impl Side {
    fn new(extent: f64) -> Self {
        Self { extent, count: 0, rows: Vec::new() }
    }

    /// Whether the last row takes one more: two always fit, more as far as the host reaches.
    fn joins(&self, size: Size, gap: f64, width: f64) -> bool {
        let fits = |row: &Row| row.nodes.len() == 1 || row.width + gap + size.width <= width;
        self.rows.last().is_some_and(fits)
    }

    fn extent_with(&self, size: Size, gap: f64, width: f64) -> f64 {
        match self.rows.last() {
            Some(row) if self.joins(size, gap, width) => self.extent.max(row.near + size.height),
            _ => self.extent + gap + size.height,
        }
    }

    fn add(&mut self, node: usize, size: Size, gap: f64, width: f64) {
        let extent = self.extent_with(size, gap, width);
        let joins = self.joins(size, gap, width);
        if let Some(row) = self.rows.last_mut().filter(|_| joins) {
            row.nodes.push(node);
            row.width += gap + size.width;
            row.height = row.height.max(size.height);
        } else {
            let near = self.extent + gap;
            self.rows.push(Row { nodes: vec![node], width: size.width, height: size.height, near });
        }
        self.extent = extent;
        self.count += 1;
    }
}

/// Whether a node is attached to its owner.
pub(super) fn is_attached(structure: &Structure, node: usize) -> bool {
    matches!(structure.role[node], Role::Attached(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: Size = Size::new(36.0, 36.0);

    fn cluster(attached: usize, satellites: usize) -> Cluster {
        let mut sizes = vec![Size::new(120.0, 60.0)];
        sizes.extend(vec![EVENT; attached]);
        sizes.extend(vec![Size::new(50.0, 50.0); satellites]);
        let count = sizes.len();
        let mut made = Cluster { size: sizes[0], ..Cluster::default() };
        let ends = Ends { leaving: vec![true; count], middle: vec![false; count], names: vec![Size::default(); count] };
        let attached: Vec<usize> = (1..=attached).collect();
        made.attach(&FlowSpacing::default(), &attached, &sizes, &ends, true);
        let satellites: Vec<usize> = (attached.len() + 1..count).collect();
        made.surround(&FlowSpacing::default(), &satellites, &sizes, &vec![0; count]);
        made
    }

    #[test]
    fn attached_boxes_fill_the_bottom_then_the_top() {
        let made = cluster(3, 0);
        let centers: Vec<Point> = made.members.iter().map(|(_, one)| one.center()).collect();
        assert_eq!(centers, vec![Point::new(90.0, 60.0), Point::new(30.0, 60.0), Point::new(90.0, 0.0)]);
        assert!(made.exits[0].1.level < made.exits[1].1.level, "the left line passes below the right one");
        assert!(made.exits[2].1.level < 0.0);
    }

    #[test]
    fn satellites_balance_and_face_their_host() {
        let made = cluster(0, 4);
        assert_eq!(made.above, made.below);
        let host = Rect::from_min_size(Point::default(), made.size);
        for (_, one) in &made.members {
            assert_eq!(tie(one, &host, std::iter::empty()).map(|line| line.len()), Some(2));
        }
        for (at, (_, one)) in made.members.iter().enumerate() {
            assert!(made.members[at + 1..].iter().all(|(_, other)| !one.overlaps(other)));
        }
    }

    #[test]
    fn a_full_bottom_sends_satellites_to_the_top() {
        let made = cluster(2, 1);
        assert!(made.members[2].1.max.y < 0.0);
    }
}
