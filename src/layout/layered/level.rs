//! One level of a flow through the phases: the boxes of one container, or those outside all.
//!
//! Boxes are those of the owners; what clings to them takes room around them ([`Cluster`]).
//! On the outermost level lanes and columns join all boxes into one picture; elsewhere each
//! connected part is arranged by itself and the parts are put on shelves. Artifacts that belong
//! to nothing fill a row of their own, below the flow of their lane or on the last shelf.

use super::cluster::Cluster;
use super::columns;
use super::graph::{Layered, Part, PartNode};
use super::rank::{self, Constraint};
use super::structure::{Level, LevelEdge, Structure};
use super::tries::Variant;
use super::{channels, coordinates, cycles, order};
use crate::layout::geometry::{Extent, Point, Polyline, Rect, Size, bounds_of};
use crate::layout::request::FlowRequest;

/// What the arrangement of a level needs to know.
pub(super) struct Setting<'a> {
    pub request: &'a FlowRequest,
    pub structure: &'a Structure,
    pub level: &'a Level,
    /// By node of the request; only owners count.
    pub clusters: &'a [Cluster],
    /// Top left corners that boxes must keep, by member of the level.
    pub pins: Vec<Option<Point>>,
    /// By node of the request: whether an edge leads from it to itself.
    pub loops: &'a [bool],
    pub variant: Variant,
}

impl Setting<'_> {
    pub fn cluster(&self, member: usize) -> &Cluster {
        &self.clusters[self.level.members[member]]
    }

    fn lanes(&self) -> usize {
        if self.level.container.is_none() { self.request.lanes.len() } else { 0 }
    }

    /// The lane of a member; 0 on a level without lanes.
    pub fn lane(&self, member: usize) -> usize {
        if self.lanes() == 0 { 0 } else { self.structure.lane[self.level.members[member]] }
    }

    fn is_free(&self, member: usize) -> bool {
        self.structure.free[self.level.members[member]]
    }

    fn columns(&self) -> Option<Vec<Option<usize>>> {
        let of = |&member: &usize| self.structure.column[member];
        let outermost = self.level.container.is_none();
        let any = !self.request.columns.is_empty() || self.level.members.iter().any(|member| of(member).is_some());
        (outermost && any).then(|| self.level.members.iter().map(of).collect())
    }
}

/// The drawing of a level while it is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Picture {
    /// By member.
    pub boxes: Vec<Rect>,
    /// Edges of the level with their lines.
    pub routes: Vec<(usize, Polyline)>,
    pub lanes: Vec<Extent>,
    pub columns: Vec<Extent>,
}

impl Picture {
    /// Moves everything.
    pub fn shift(&mut self, x: f64, y: f64) {
        for one in &mut self.boxes {
            *one = one.moved(x, y);
        }
        for point in self.routes.iter_mut().flat_map(|(_, line)| line) {
            *point = point.moved(x, y);
        }
        for lane in &mut self.lanes {
            lane.offset += y;
        }
        for column in &mut self.columns {
            column.offset += x;
        }
    }
}

/// Arranges a level, pins not yet applied.
pub(super) fn arrange(setting: &Setting<'_>) -> Picture {
    let columns = setting.columns();
    let mut picture = Picture { boxes: vec![Rect::default(); setting.level.members.len()], ..Picture::default() };
    if setting.lanes() == 0 && columns.is_none() {
        arrange_parts(setting, &mut picture);
    } else {
        arrange_together(setting, columns.as_deref(), &mut picture);
    }
    picture
}

/// Some members and edges of the level, in indices of their own.
struct Selection {
    members: Vec<usize>,
    edges: Vec<usize>,
    /// Pairs that pull each other, by their place in `members`.
    pulls: Vec<(usize, usize)>,
    part: Part,
}

impl Selection {
    fn new(
        setting: &Setting<'_>,
        members: Vec<usize>,
        edges: &[LevelEdge],
        pulls: &[(usize, usize)],
        local: &[usize],
    ) -> Self {
        let at = |node: usize| local[setting.structure.local[node]];
        let mut part = Part::default();
        for &member in &members {
            part.nodes.push(part_node(setting, member));
        }
        for edge in edges {
            let one = &setting.request.edges[edge.edge];
            part.edges.push((at(edge.from), at(edge.to)));
            part.labels.push(one.label.map(Size::sane));
            part.exits.push(edge.exit.and_then(|exit| setting.clusters[edge.from].exit(exit)));
        }
        let pulls = pulls.iter().map(|&(from, to)| (at(from), at(to))).collect();
        Self { members, edges: edges.iter().map(|edge| edge.edge).collect(), pulls, part }
    }

    /// Runs the phases; coordinates across are given their place by `offsets` per band. Where
    /// columns are wished for, also answers which one every member got.
    fn draw(
        &self,
        setting: &Setting<'_>,
        columns: Option<&[Option<usize>]>,
        bands: usize,
        offsets: impl FnOnce(&[f64]) -> Vec<f64>,
    ) -> (channels::Drawing, Option<Vec<usize>>) {
        let spacing = &setting.request.spacing;
        let mut oriented = cycles::orient(&self.part);
        let columns = columns.map(|wanted| {
            let wanted: Vec<Option<usize>> = self.members.iter().map(|&member| wanted[member]).collect();
            columns::settle(&self.part, &mut oriented, &wanted)
        });
        let rank = self.ranks(setting, &oriented.backward, columns.as_deref());
        let mut layered = Layered::new(&self.part, &oriented, &rank);
        order::arrange(&mut layered, setting.variant.seed);
        let (mut across, extents) = coordinates::assign(&layered, bands, spacing);
        let offsets = offsets(&extents);
        for (place, &band) in across.iter_mut().zip(&layered.band) {
            *place += offsets[band];
        }
        (channels::draw(&self.part, &layered, &across, spacing), columns)
    }

    /// Ranks from 1 on.
    ///
    /// A pull is an unseen node before both of its ends: the network simplex then keeps these as
    /// near each other as it can without asking that one comes first (Gansner et al. 1993, their
    /// edges between nodes of one rank). Sequence edges count double beside pulls.
    fn ranks(&self, setting: &Setting<'_>, backward: &[bool], columns: Option<&[usize]>) -> Vec<usize> {
        let count = self.part.nodes.len();
        let mut constraints = constraints(&self.part, backward);
        let mut unseen = count;
        let is_tight = setting.variant.tight;
        if (!self.pulls.is_empty() && !is_tight) || columns.is_some() {
            constraints.extend(constraints.clone());
        }
        let times = if is_tight { 3 } else { 1 };
        for &(from, to) in std::iter::repeat_n(&self.pulls, times).flatten() {
            constraints.push(Constraint { from: unseen, to: from, length: 0 });
            constraints.push(Constraint { from: unseen, to, length: 0 });
            unseen += 1;
        }
        if let Some(columns) = columns {
            unseen = columns::add_constraints(&self.part, backward, columns, unseen, &mut constraints);
        }
        self.chain_free(setting, columns, &mut constraints);
        let mut rank = rank::assign(unseen, &constraints);
        rank.truncate(count);
        for rank in &mut rank {
            *rank += 1;
        }
        rank
    }

    /// The free artifacts of each lane (and column) follow one another in a row.
    fn chain_free(&self, setting: &Setting<'_>, columns: Option<&[usize]>, constraints: &mut Vec<Constraint>) {
        let mut last: std::collections::BTreeMap<(usize, usize), usize> = std::collections::BTreeMap::new();
        for (node, &member) in self.members.iter().enumerate().filter(|(_, member)| setting.is_free(**member)) {
            let column = columns.map_or(0, |columns| columns[node]);
            if let Some(from) = last.insert((setting.lane(member), column), node) {
                constraints.push(Constraint { from, to: node, length: 1 });
            }
        }
    }

    fn store(&self, drawing: channels::Drawing, x: f64, y: f64, picture: &mut Picture) {
        for (one, &member) in drawing.boxes.iter().zip(&self.members) {
            picture.boxes[member] = one.moved(x, y);
        }
        for (mut line, &edge) in drawing.routes.into_iter().zip(&self.edges) {
            for point in &mut line {
                *point = point.moved(x, y);
            }
            picture.routes.push((edge, line));
        }
    }

    /// Smallest box around the clusters and lines of a drawing.
    fn bounds(&self, setting: &Setting<'_>, drawing: &channels::Drawing) -> Rect {
        let pairs = drawing.boxes.iter().zip(&self.members);
        let areas: Vec<Rect> = pairs.map(|(one, &member)| setting.cluster(member).area(one)).collect();
        bounds_of(areas.iter(), drawing.routes.iter()).unwrap_or_default()
    }
}

fn part_node(setting: &Setting<'_>, member: usize) -> PartNode {
    let node = setting.level.members[member];
    let cluster = &setting.clusters[node];
    let looped = if setting.loops[node] { setting.request.spacing.edge_gap } else { 0.0 };
    PartNode {
        size: cluster.size,
        band: setting.lane(member) * 2 + usize::from(setting.is_free(member)),
        kind: setting.request.nodes[node].kind,
        extra: cluster.above.max(cluster.below) + looped,
        beside: cluster.beside,
        across: setting.structure.across[node],
    }
}

/// One rank between the ends of an edge; two where an edge between them was met before, so that
/// it has a dummy and a line of its own.
fn constraints(part: &Part, backward: &[bool]) -> Vec<Constraint> {
    let mut known = rustc_hash::FxHashSet::default();
    let directed = part.edges.iter().zip(backward);
    directed
        .map(|(&(from, to), &backward)| {
            let (from, to) = if backward { (to, from) } else { (from, to) };
            let length = if backward || known.insert((from, to)) { 1 } else { 2 };
            Constraint { from, to, length }
        })
        .collect()
}

fn arrange_together(setting: &Setting<'_>, columns: Option<&[Option<usize>]>, picture: &mut Picture) {
    let members: Vec<usize> = (0..setting.level.members.len()).collect();
    let level = setting.level;
    let all = Selection::new(setting, members.clone(), &level.edges, &level.pulls, &members);
    let mut lanes = Vec::new();
    let (drawing, columns) = all.draw(setting, columns, 2 * (setting.lanes() + 1), |extents| {
        let (found, offsets) = stack_lanes(setting, extents);
        lanes = found;
        offsets
    });
    all.store(drawing, 0.0, 0.0, picture);
    picture.lanes = lanes;
    if let Some(columns) = columns {
        columns::widen(setting, &columns, picture);
    }
}

/// Lanes one below the other, their content in the middle; the offset of each band's content.
/// A lane has two bands: the flow, and below it the row of free artifacts.
fn stack_lanes(setting: &Setting<'_>, extents: &[f64]) -> (Vec<Extent>, Vec<f64>) {
    let spacing = &setting.request.spacing;
    let lanes_count = setting.lanes();
    let mut inhabited = vec![[false; 2]; lanes_count + 1];
    for member in 0..setting.level.members.len() {
        inhabited[setting.lane(member)][usize::from(setting.is_free(member))] = true;
    }
    let sane = |extent: f64| Size::new(extent, 0.0).sane().width;
    let (mut lanes, mut offsets) = (Vec::new(), Vec::new());
    let mut y = 0.0;
    for (lane, &[flow, free]) in inhabited.iter().enumerate() {
        let between = if flow && free { spacing.node_gap } else { 0.0 };
        let content = extents[2 * lane] + between + extents[2 * lane + 1];
        let mut start = y;
        if let Some(wanted) = setting.request.lanes.get(lane).filter(|_| lane < lanes_count) {
            let minimum = sane(wanted.minimum_extent);
            y += sane(wanted.gap_before);
            let needed = content + 2.0 * spacing.lane_padding;
            let closed = !flow && !free && minimum > 0.0;
            let extent = if closed { minimum } else { minimum.max(needed) };
            lanes.push(Extent { offset: y, extent });
            start = y + (extent - content) / 2.0;
            y += extent;
        } else if lanes_count > 0 {
            start += spacing.component_gap;
        }
        offsets.extend([start, start + extents[2 * lane] + between]);
    }
    (lanes, offsets)
}

/// Arranges each connected part by itself and puts the parts on shelves.
fn arrange_parts(setting: &Setting<'_>, picture: &mut Picture) {
    let mut drawn: Vec<(Selection, channels::Drawing, Rect)> = Vec::new();
    let parts = parts(setting);
    let free_from = parts.iter().position(|part| part.members.iter().any(|&member| setting.is_free(member)));
    for selection in parts {
        let (drawing, _) = selection.draw(setting, None, 2, |_| vec![0.0; 2]);
        let bounds = selection.bounds(setting, &drawing);
        drawn.push((selection, drawing, bounds));
    }
    let gap = setting.request.spacing.component_gap;
    let area: f64 = drawn.iter().map(|(.., bounds)| (bounds.width() + gap) * (bounds.height() + gap)).sum();
    let widest = drawn.iter().map(|(.., bounds)| bounds.width());
    let shelf = widest.fold((area * 1.6).sqrt(), f64::max);
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    for (at, (selection, drawing, bounds)) in drawn.into_iter().enumerate() {
        if x > 0.0 && (x + bounds.width() > shelf || free_from == Some(at)) {
            (x, y, height) = (0.0, y + height + gap, 0.0);
        }
        selection.store(drawing, x - bounds.min.x, y - bounds.min.y, picture);
        x += bounds.width() + gap;
        height = height.max(bounds.height());
    }
}

/// The connected parts, in the order of their first members; free artifacts last.
fn parts(setting: &Setting<'_>) -> Vec<Selection> {
    let level = setting.level;
    let count = level.members.len();
    let at = |node: usize| setting.structure.local[node];
    let mut leader: Vec<usize> = (0..count).collect();
    let ties = level.edges.iter().map(|edge| (edge.from, edge.to)).chain(level.pulls.iter().copied());
    for (from, to) in ties {
        let (a, b) = (find(&mut leader, at(from)), find(&mut leader, at(to)));
        leader[a.max(b)] = a.min(b);
    }
    let mut part_of = vec![0; count];
    let mut local = vec![0; count];
    let mut members: Vec<Vec<usize>> = Vec::new();
    let (free, bound): (Vec<usize>, Vec<usize>) = (0..count).partition(|&member| setting.is_free(member));
    for member in bound.into_iter().chain(free) {
        let first = find(&mut leader, member);
        if first == member {
            part_of[member] = members.len();
            members.push(Vec::new());
        } else {
            part_of[member] = part_of[first];
        }
        local[member] = members[part_of[member]].len();
        members[part_of[member]].push(member);
    }
    let mut edges_of: Vec<Vec<LevelEdge>> = vec![Vec::new(); members.len()];
    for edge in &level.edges {
        edges_of[part_of[at(edge.from)]].push(*edge);
    }
    let mut pulls_of: Vec<Vec<(usize, usize)>> = vec![Vec::new(); members.len()];
    for pull in &level.pulls {
        pulls_of[part_of[at(pull.0)]].push(*pull);
    }
    let parts = members.into_iter().zip(edges_of.iter().zip(&pulls_of));
    parts.map(|(members, (edges, pulls))| Selection::new(setting, members, edges, pulls, &local)).collect()
}

fn find(leader: &mut [usize], mut node: usize) -> usize {
    while leader[node] != node {
        leader[node] = leader[leader[node]];
        node = leader[node];
    }
    node
}
