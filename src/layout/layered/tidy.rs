//! A selection made tidy where it stands: only what was selected moves.
//!
//! The selected boxes of each level are arranged among themselves, with their lanes in order, and
//! put back where the group stood: the same left edge, and in every lane the same top. Where that
//! would cover others the group goes to the nearest free place beside them. Containers and lanes
//! grow where they must.

use super::cluster::Cluster;
use super::insert::Inserting;
use super::level::{self, Picture, Setting};
use super::standing::{Standing, snapped};
use super::structure::{Level, Role, Structure};
use super::{Drawing, mirror};
use crate::layout::geometry::{Polyline, Rect};
use crate::layout::request::{Direction, FlowRequest};
use crate::layout::result::FlowResult;
use crate::layout::routing;

/// Arranges the selected boxes among themselves where they stand; nothing else moves, unless a
/// lane or container must grow for them. Pinned boxes stay. Lines that may stay as they are come
/// back as `None`. Missing entries of `selected` count as not selected.
pub fn tidy(request: &FlowRequest, selected: &[bool], current: &[Rect]) -> FlowResult {
    match request.direction {
        Direction::LeftToRight => tidy_along_x(request, selected, current),
        Direction::TopToBottom => {
            mirror::result(tidy_along_x(&mirror::request(request), selected, &mirror::boxes(current)))
        }
    }
}

fn tidy_along_x(request: &FlowRequest, selected: &[bool], current: &[Rect]) -> FlowResult {
    let structure = Structure::new(request);
    let current: Vec<Option<Rect>> = current.iter().copied().map(Some).collect();
    let standing = Standing::new(request, &structure, &current);
    let drawing = standing.blank();
    let mut tidying = Tidying { inserting: Inserting::new(standing), drawing };
    for index in (0..structure.levels.len()).rev() {
        tidying.tidy_level(index, selected);
    }
    tidying.inserting.standing.finish(tidying.drawing)
}

struct Tidying<'a> {
    /// What stands, and how it makes room.
    inserting: Inserting<'a>,
    drawing: Drawing,
}

impl Tidying<'_> {
    fn tidy_level(&mut self, index: usize, selected: &[bool]) {
        let structure = self.inserting.standing.structure;
        let level = &structure.levels[index];
        for &member in &level.members {
            if self.inserting.grown[member] {
                self.inserting.make_room_for_grown(index, member);
            }
        }
        let standing = &self.inserting.standing;
        let is_chosen = |&member: &usize| {
            selected.get(member).copied().unwrap_or(false) && standing.placed[member] && !standing.holds_pin(member)
        };
        let group: Vec<usize> = level.members.iter().copied().filter(is_chosen).collect();
        if group.len() > 1 {
            self.arrange_group(index, &group);
        }
        if let Some(container) = level.container {
            let grew = self.inserting.standing.grow_container(container);
            self.inserting.grown[container] |= grew;
        }
    }

    fn arrange_group(&mut self, index: usize, group: &[usize]) {
        let (request, structure) = (self.inserting.standing.request, self.inserting.standing.structure);
        for &member in group {
            self.inserting.making.pins[member] = None;
            self.inserting.making.sizes[member] = self.inserting.standing.boxes[member].size();
            self.inserting.making.make_cluster(member);
        }
        let (own, level) = part_of(structure, index, group);
        let making = &self.inserting.making;
        let setting = Setting {
            request,
            structure: &own,
            level: &level,
            clusters: &making.clusters,
            pins: vec![None; group.len()],
            loops: &making.looped,
            variant: making.variant,
        };
        let picture = level::arrange(&setting);
        let clusters: Vec<Cluster> = group.iter().map(|&member| making.clusters[member].clone()).collect();
        let lanes: Vec<usize> = (0..group.len()).map(|member| setting.lane(member)).collect();
        self.put_back(index, &Group { members: group, clusters, lanes, picture });
    }

    /// Puts the arranged group where it stood, or at the nearest free place.
    fn put_back(&mut self, index: usize, group: &Group<'_>) {
        let standing = &self.inserting.standing;
        let laned = index == 0 && !standing.lanes.is_empty();
        let mut down = group.top_offsets(standing);
        if laned {
            self.fit_lanes(group, &mut down);
        }
        let standing = &self.inserting.standing;
        let left = group.members.iter().map(|&member| group_hull(standing, member).min.x).fold(f64::INFINITY, f64::min);
        let begin = group.areas().map(|area| area.min.x).fold(f64::INFINITY, f64::min);
        let right = snapped(left) - begin;
        let places: Vec<Rect> =
            group.areas().zip(&group.lanes).map(|(area, &lane)| area.moved(right, down[lane])).collect();
        let mut chosen = vec![false; standing.boxes.len()];
        for &member in group.members {
            chosen[member] = true;
        }
        // Satellites of the group come along.
        let carried = |unit: usize| chosen[standing.structure.owner[unit]] && !standing.is_pinned(unit);
        let others = standing.units(index).filter(|&unit| !carried(unit)).map(|unit| standing.area(unit));
        let others: Vec<Rect> = others.collect();
        let (x, y) = free_shift(&places, &others, standing.request.spacing.node_gap, !laned);
        let down: Vec<f64> = down.iter().map(|down| down + y).collect();
        self.move_to(group, right + x, &down, &others);
    }

    /// Keeps the part of the group in each lane inside it; a lane that is too low grows.
    fn fit_lanes(&mut self, group: &Group<'_>, down: &mut [f64]) {
        let gap = self.inserting.standing.request.spacing.edge_gap;
        for lane in 0..self.inserting.standing.lanes.len() {
            let areas = group.areas().zip(&group.lanes).filter(|(_, of)| **of == lane).map(|(area, _)| area);
            let Some(hull) = areas.reduce(|all, one| all.union(&one)) else { continue };
            let place = self.inserting.standing.lanes[lane];
            let top = (hull.min.y + down[lane]).min(place.end() - gap - hull.height()).max(place.offset + gap);
            let before = self.inserting.standing.lanes.clone();
            self.inserting.standing.grow_lane(lane, top + hull.height() + gap);
            down[lane] = snapped(top) - hull.min.y;
            // The lanes below have moved, and what stands in them with them.
            for below in lane + 1..before.len() {
                down[below] += self.inserting.standing.lanes[below].offset - before[below].offset;
            }
            if let Some(last) = down.get_mut(before.len()) {
                *last += self.inserting.standing.lanes[lane].end() - before[lane].end();
            }
        }
    }

    fn move_to(&mut self, group: &Group<'_>, x: f64, down: &[f64], others: &[Rect]) {
        let standing = &mut self.inserting.standing;
        for (at, &member) in group.members.iter().enumerate() {
            let (one, y) = (group.picture.boxes[at], down[group.lanes[at]]);
            let before = standing.boxes[member];
            let (to_x, to_y) = (snapped(one.min.x + x), snapped(one.min.y + y));
            let (to_x, to_y) = (settled(before.min.x, to_x), settled(before.min.y, to_y));
            standing.shift(member, to_x - before.min.x, to_y - before.min.y);
            for (node, place) in &group.clusters[at].members {
                if !standing.is_pinned(*node) {
                    let place = place.moved(to_x, to_y);
                    let before = standing.boxes[*node].min;
                    let (x, y) = (settled(before.x, place.min.x), settled(before.y, place.min.y));
                    standing.shift(*node, x - before.x, y - before.y);
                    standing.tied[*node] = standing.structure.role[*node] == Role::Satellite;
                }
            }
        }
        // Lines inside the group hold where the group moved as one and nothing stands in them.
        let together = down.iter().enumerate().filter(|(lane, _)| group.lanes.contains(lane)).map(|(_, down)| *down);
        let together: Vec<f64> = together.collect();
        let Some(&y) = together.first().filter(|first| together.iter().all(|other| other == *first)) else { return };
        let exact = |value: f64| (snapped(value) - value).abs() < 1e-9;
        if !group.picture.boxes.iter().all(|one| exact(one.min.x + x) && exact(one.min.y + y)) {
            return;
        }
        for (edge, line) in &group.picture.routes {
            let line: Polyline = line.iter().map(|point| point.moved(x, y)).collect();
            if !others.iter().any(|one| routing::passes_through(&line, one)) {
                self.drawing.routes[*edge] = Some(line);
            }
        }
    }
}

/// The group as arranged by itself.
struct Group<'g> {
    members: &'g [usize],
    clusters: Vec<Cluster>,
    /// Lane of every member; 0 where there are none.
    lanes: Vec<usize>,
    picture: Picture,
}

impl Group<'_> {
    /// The boxes with what clings to them.
    fn areas(&self) -> impl Iterator<Item = Rect> + '_ {
        self.clusters.iter().zip(&self.picture.boxes).map(|(cluster, one)| {
            let members = cluster.members.iter().map(|(_, place)| place.moved(one.min.x, one.min.y));
            members.fold(*one, |area, place| area.union(&place))
        })
    }

    /// Per lane the way from the arranged top to the top as it stood.
    fn top_offsets(&self, standing: &Standing<'_>) -> Vec<f64> {
        let count = self.lanes.iter().max().map_or(0, |&last| last + 1).max(standing.lanes.len() + 1);
        let mut tops = vec![(f64::INFINITY, f64::INFINITY); count];
        for ((&member, area), &lane) in self.members.iter().zip(self.areas()).zip(&self.lanes) {
            let (now, then) = &mut tops[lane];
            *now = now.min(area.min.y);
            *then = then.min(group_hull(standing, member).min.y);
        }
        let way = |(now, then): (f64, f64)| if now.is_finite() { snapped(then) - now } else { 0.0 };
        tops.into_iter().map(way).collect()
    }
}

/// What already stands at its place, but for less than anyone sees, stays exactly there.
fn settled(before: f64, wanted: f64) -> f64 {
    if (before - wanted).abs() < 0.05 { before } else { wanted }
}

/// The area of a member with all that clings to it, as it stands.
fn group_hull(standing: &Standing<'_>, member: usize) -> Rect {
    let satellites = standing.structure.satellites[member].iter().filter(|&&node| standing.placed[node]);
    satellites.map(|&node| standing.boxes[node]).fold(standing.area(member), |area, one| area.union(&one))
}

/// The structure in which the group is a level by itself.
fn part_of(structure: &Structure, index: usize, group: &[usize]) -> (Structure, Level) {
    let mut own = structure.clone();
    let mut inside = vec![false; own.owner.len()];
    for (at, &member) in group.iter().enumerate() {
        own.local[member] = at;
        inside[member] = true;
    }
    let level = &structure.levels[index];
    let level = Level {
        container: level.container,
        members: group.to_vec(),
        edges: level.edges.iter().copied().filter(|edge| inside[edge.from] && inside[edge.to]).collect(),
        pulls: level.pulls.iter().copied().filter(|&(from, to)| inside[from] && inside[to]).collect(),
    };
    (own, level)
}

/// The least shift after which no place is covered by another box; along both axes, or along
/// the flow only.
fn free_shift(places: &[Rect], others: &[Rect], gap: f64, both: bool) -> (f64, f64) {
    // Places keep their distance but for what the grid takes.
    let near = gap / 2.0 - 0.1;
    let is_free = |&(x, y): &(f64, f64)| {
        let hit = |place: &Rect| {
            let place = place.moved(x, y).grown(near);
            others.iter().any(|other| other.overlaps(&place))
        };
        !places.iter().any(hit)
    };
    let Some(hull) = places.iter().copied().reduce(|all, one| all.union(&one)) else { return (0.0, 0.0) };
    let (mut xs, mut ys) = (vec![0.0], vec![0.0]);
    for other in others {
        xs.extend([other.max.x + gap - hull.min.x, other.min.x - gap - hull.max.x].map(snapped));
        ys.extend([other.max.y + gap - hull.min.y, other.min.y - gap - hull.max.y].map(snapped));
    }
    let least = |list: &mut Vec<f64>| {
        list.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then(b.total_cmp(a)));
        list.dedup();
        list.truncate(24);
    };
    least(&mut xs);
    least(&mut ys);
    let ys = if both { ys } else { vec![0.0] };
    let mut shifts: Vec<(f64, f64)> = xs.iter().flat_map(|&x| ys.iter().map(move |&y| (x, y))).collect();
    shifts.sort_by(|a, b| (a.0.abs() + a.1.abs()).total_cmp(&(b.0.abs() + b.1.abs())));
    let behind = others.iter().map(|other| other.max.x).fold(hull.min.x, f64::max) + gap - hull.min.x;
    shifts.into_iter().find(is_free).unwrap_or((snapped(behind + 1.0), 0.0))
}
