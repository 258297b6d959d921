//! Parallel pieces of routes set apart: every piece gets its own line in its channel, in an order without crossings.
//!
//! Upright pieces are moved first, then level ones, twice; each pass sees what the one before has done. A piece moves in
//! the room between the boxes beside it, so no route can come to meet a box. The first and last piece of a route move
//! along the side of their box; at a corner of a rhomb, a pole of a circle and a fixed point they stay. (The nudging
//! step of Wybrow, Marriott, Stuckey 2009, with blocks instead of their solver.)

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::field::Field;
use super::obstacles::NEAR;
use super::order::{On, compare};
use super::separation::{Constraint, Variable, separate};
use crate::layout::geometry::{Point, Polyline, Rect, simplify};

/// A piece in the middle of a wide channel looks this far for its walls.
const CHANNEL: f64 = 360.0;
/// Pieces farther apart than this many gaps do not care for each other.
const REACH: f64 = 8.0;

/// A route on its way to its final place.
#[derive(Clone, Debug)]
pub(super) struct Path {
    /// Its corners.
    pub(super) line: Polyline,
    /// Whether it may be moved.
    pub(super) is_free: bool,
    /// For each end, how far along its side it may move: least and greatest coordinate. Equal ones fix it.
    pub(super) ends: [(f64, f64); 2],
}

impl Path {
    fn transpose(&mut self) {
        for point in &mut self.line {
            *point = point.transposed();
        }
    }
}

/// Sets the routes apart by `gap` where there is room.
pub(super) fn nudge(field: &Field, paths: &mut [Path], gap: f64) {
    for round in 0..2 {
        for mirrored in [false, true] {
            if mirrored {
                paths.iter_mut().for_each(Path::transpose);
            }
            let pass = Pass { field, gap, mirrored, centres: round == 0 };
            pass.run(paths);
            if mirrored {
                paths.iter_mut().for_each(Path::transpose);
            }
        }
    }
    for path in paths.iter_mut().filter(|path| path.is_free) {
        simplify(&mut path.line);
    }
}

/// An upright piece of a route.
#[derive(Clone, Copy, Debug)]
struct Piece {
    path: usize,
    /// It runs from the corner with this index to the next one.
    index: usize,
    at: f64,
    low: f64,
    high: f64,
    least: f64,
    most: f64,
}

impl Piece {
    fn is_fixed(&self) -> bool {
        self.most - self.least < NEAR
    }
}

/// One pass over the upright pieces of all routes.
struct Pass<'a> {
    field: &'a Field,
    gap: f64,
    mirrored: bool,
    /// Whether pieces between two bends the other way seek the middle of their channel.
    centres: bool,
}

impl Pass<'_> {
    fn run(&self, paths: &mut [Path]) {
        let mut pieces = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            self.pieces_of(index, path, &mut pieces);
        }
        pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.path.cmp(&b.path)).then(a.index.cmp(&b.index)));
        let constraints = self.constraints(paths, &pieces);
        for (members, own) in components(pieces.len(), &constraints) {
            self.settle(&mut pieces, &members, &own);
        }
        for piece in &pieces {
            let path = &mut paths[piece.path];
            if path.is_free {
                path.line[piece.index].x = piece.at;
                path.line[piece.index + 1].x = piece.at;
            }
        }
    }

    fn pieces_of(&self, path_index: usize, path: &Path, pieces: &mut Vec<Piece>) {
        for (index, (a, b)) in path.line.iter().zip(path.line.iter().skip(1)).enumerate() {
            if (a.x - b.x).abs() > NEAR || (a.y - b.y).abs() < NEAR {
                continue;
            }
            let (at, low, high) = (a.x, a.y.min(b.y), a.y.max(b.y));
            let mut piece = Piece { path: path_index, index, at, low, high, least: at, most: at };
            if path.is_free {
                self.give_room(path, &mut piece);
            }
            pieces.push(piece);
        }
    }

    /// Limits of a piece, and for a piece between two opposite bends the middle of its channel.
    fn give_room(&self, path: &Path, piece: &mut Piece) {
        let last = path.line.len() - 2;
        let is_end = piece.index == 0 || piece.index == last;
        let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
        if piece.index == 0 {
            (least, most) = path.ends[0];
        }
        if piece.index == last {
            (least, most) = (least.max(path.ends[1].0), most.min(path.ends[1].1));
        }
        if is_end && most - least < NEAR {
            return;
        }
        let reach = if self.centres { CHANNEL } else { CHANNEL / 2.0 };
        let (low, high) = self.walls(piece, least.max(piece.at - reach), most.min(piece.at + reach));
        (piece.least, piece.most) = (low.min(piece.at), high.max(piece.at));
        if self.centres && !is_end {
            let (before, after) = (path.line[piece.index - 1].x, path.line[piece.index + 2].x);
            if (before - piece.at) * (after - piece.at) < 0.0 {
                let (low, high) = (piece.least.max(before.min(after)), piece.most.min(before.max(after)));
                let is_seen = piece.at - low < CHANNEL - 1.0 && high - piece.at < CHANNEL - 1.0;
                if is_seen {
                    piece.at = f64::midpoint(low, high);
                }
            }
        }
    }

    /// How far a piece can move between the boxes beside it.
    fn walls(&self, piece: &Piece, least: f64, most: f64) -> (f64, f64) {
        let columns = if self.mirrored { &self.field.upright } else { &self.field.level };
        let (mut least, mut most) = columns.room(piece.at, piece.low, piece.high, least, most);
        for &room in &self.field.rooms {
            let one = if self.mirrored { self.field.boxes[room].transposed() } else { self.field.boxes[room] };
            if one.min.y < piece.high - NEAR && piece.low + NEAR < one.max.y {
                for (wall, is_left) in [(one.min.x, true), (one.max.x, false)] {
                    let away = (wall - piece.at).abs().min(self.field.margin / 2.0);
                    // What runs on the border itself stays outside.
                    let is_behind = if is_left { wall < piece.at - NEAR } else { wall <= piece.at + NEAR };
                    if is_behind {
                        least = least.max(wall + away);
                    } else {
                        most = most.min(wall - away);
                    }
                }
            }
        }
        (least, most)
    }

    /// Which piece lies left of which.
    fn constraints(&self, paths: &[Path], pieces: &[Piece]) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for (one, first) in pieces.iter().enumerate() {
            for (other, second) in pieces.iter().enumerate().skip(one + 1) {
                if second.at - first.at > self.gap * REACH {
                    break;
                }
                let slack = if first.path == second.path { -NEAR } else { self.gap / 2.0 };
                let overlap = first.low < second.high + slack && second.low < first.high + slack;
                if !overlap || (first.is_fixed() && second.is_fixed()) || share_port(paths, first, second) {
                    continue;
                }
                let is_reversed = self.is_reversed(paths, first, second);
                let (before, after) = if is_reversed { (other, one) } else { (one, other) };
                let apart = second.at - first.at;
                let gap = if first.path == second.path && apart > NEAR { apart.min(self.gap) } else { self.gap };
                let must = clash(paths, first, second).is_some();
                let turns = first.path != second.path;
                constraints.push(Constraint { before, after, gap, must, turns });
            }
        }
        constraints
    }

    /// Whether two pieces, the first one at the smaller or same place, have to change places.
    fn is_reversed(&self, paths: &[Path], first: &Piece, second: &Piece) -> bool {
        let apart = second.at - first.at;
        if first.path == second.path {
            return false;
        }
        if let Some(order) = clash(paths, first, second) {
            return order == Ordering::Greater && second.least < first.most - NEAR;
        }
        let on = |piece: &Piece| On { line: &paths[piece.path].line, index: piece.index };
        let verdict = compare(on(first), on(second));
        if let Some(order) = verdict.agreed() {
            return order == Ordering::Greater && second.least < first.most - NEAR;
        }
        if let Some(order) = verdict.meeting {
            return order == Ordering::Greater && second.least < first.most - NEAR;
        }
        if apart > 0.5 {
            return false;
        }
        // They cross in any case, or run alike from end to end: the same side all along, seen from the first route.
        let leader = if first.path < second.path { first } else { second };
        let line = &paths[leader.path].line;
        let goes_up = line[leader.index + 1].y < line[leader.index].y;
        let chosen = if goes_up { verdict.up } else { verdict.down };
        match chosen {
            Some(order) => order == Ordering::Greater,
            None => (goes_up != self.mirrored) != (leader.path == first.path),
        }
    }

    /// Gives the pieces of one component their places.
    fn settle(&self, pieces: &mut [Piece], members: &[usize], constraints: &[Constraint]) {
        let own = |piece: usize| members.binary_search(&piece).unwrap_or(0);
        let local: Vec<Constraint> = constraints
            .iter()
            .map(|one| Constraint { before: own(one.before), after: own(one.after), ..*one })
            .collect();
        let (order, kept) = sorted(members.len(), &local);
        let variables: Vec<Variable> = members
            .iter()
            .map(|&piece| Variable { wanted: pieces[piece].at, least: pieces[piece].least, most: pieces[piece].most })
            .collect();
        for (&piece, at) in members.iter().zip(separate(&variables, &kept, &order)) {
            pieces[piece].at = at;
        }
    }
}

/// Whether two pieces leave one fixed place together: the only stretch that routes share on purpose.
fn share_port(paths: &[Path], first: &Piece, second: &Piece) -> bool {
    let ports = |piece: &Piece| {
        let path = &paths[piece.path];
        let start = (piece.index == 0).then(|| path.line.first().copied()).flatten();
        let end = (piece.index + 2 == path.line.len()).then(|| path.line.last().copied()).flatten();
        [start, end]
    };
    let near = |a: Point, b: Point| (a.x - b.x).abs() < NEAR && (a.y - b.y).abs() < NEAR;
    let seconds = ports(second);
    first.path != second.path
        && ports(first).into_iter().flatten().any(|one| seconds.iter().flatten().any(|other| near(one, *other)))
        && (first.is_fixed() || second.is_fixed())
}

/// The only order in which two pieces that end at one height keep their level neighbours apart, where these go to
/// opposite sides; in the other order the neighbours would run on one another, which is worse than crossing.
fn clash(paths: &[Path], first: &Piece, second: &Piece) -> Option<Ordering> {
    if first.path == second.path {
        return None;
    }
    let (firsts, seconds) = (corners(paths, first), corners(paths, second));
    let pairs = firsts.iter().flat_map(|one| seconds.iter().map(move |other| (one, other)));
    let mut orders = pairs
        .filter(|(one, other)| (one.y - other.y).abs() < NEAR)
        .filter(|(one, other)| one.way.abs() > NEAR && other.way.abs() > NEAR && one.way * other.way < 0.0)
        // Whose neighbour goes to the left belongs on the left.
        .map(|(one, _)| if one.way < 0.0 { Ordering::Less } else { Ordering::Greater });
    let order = orders.next()?;
    orders.all(|other| other == order).then_some(order)
}

/// An end of an upright piece: its height, and how far the route goes to the right from there.
struct Corner {
    y: f64,
    way: f64,
}

fn corners(paths: &[Path], piece: &Piece) -> [Corner; 2] {
    let line = &paths[piece.path].line;
    let corner = |at: usize, beyond: Option<usize>| {
        let way = beyond.and_then(|beyond| line.get(beyond)).map_or(0.0, |beyond| beyond.x - line[at].x);
        Corner { y: line[at].y, way }
    };
    [corner(piece.index, piece.index.checked_sub(1)), corner(piece.index + 1, Some(piece.index + 2))]
}

/// Pieces that are tied by constraints, with these.
fn components(count: usize, constraints: &[Constraint]) -> Vec<(Vec<usize>, Vec<Constraint>)> {
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for one in constraints {
        let (a, b) = (root(&mut parent, one.before), root(&mut parent, one.after));
        parent[a.max(b)] = a.min(b);
    }
    let mut slot = vec![usize::MAX; count];
    let mut found: Vec<(Vec<usize>, Vec<Constraint>)> = Vec::new();
    for piece in 0..count {
        let root = root(&mut parent, piece);
        if slot[root] == usize::MAX {
            slot[root] = found.len();
            found.push((Vec::new(), Vec::new()));
        }
        found[slot[root]].0.push(piece);
    }
    for one in constraints {
        let root = root(&mut parent, one.before);
        found[slot[root]].1.push(*one);
    }
    found
}

/// The pieces in an order that obeys the constraints, the lowest index first among equals; constraints that close a
/// circle are turned round, so that what they hold apart stays apart, or left out; those that must hold last of all.
fn sorted(count: usize, constraints: &[Constraint]) -> (Vec<usize>, Vec<Constraint>) {
    let mut waiting = vec![0_usize; count];
    let mut compelled = vec![0_usize; count];
    let mut out: Vec<Vec<(usize, bool)>> = vec![Vec::new(); count];
    for one in constraints {
        waiting[one.after] += 1;
        compelled[one.after] += usize::from(one.must);
        out[one.before].push((one.after, one.must));
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..count).filter(|&one| waiting[one] == 0).map(Reverse).collect();
    let mut place = vec![usize::MAX; count];
    let mut order = Vec::with_capacity(count);
    while order.len() < count {
        let piece = match ready.pop() {
            Some(Reverse(piece)) => piece,
            None => {
                let mut unplaced = (0..count).filter(|&one| place[one] == usize::MAX);
                let first = unplaced.next().unwrap_or(0);
                std::iter::once(first).chain(unplaced).find(|&one| compelled[one] == 0).unwrap_or(first)
            }
        };
        if place[piece] != usize::MAX {
            continue;
        }
        place[piece] = order.len();
        order.push(piece);
        for &(after, must) in &out[piece] {
            waiting[after] -= 1;
            compelled[after] -= usize::from(must);
            if waiting[after] == 0 && place[after] == usize::MAX {
                ready.push(Reverse(after));
            }
        }
    }
    let obeyed = |one: &Constraint| match place[one.before] < place[one.after] {
        true => Some(*one),
        false => one.turns.then_some(Constraint { before: one.after, after: one.before, ..*one }),
    };
    (order, constraints.iter().filter_map(obeyed).collect())
}

/// How far an end may move along a side of a box.
pub(super) fn side_range(one: &Rect, side: usize) -> (f64, f64) {
    let (low, high) = if side.is_multiple_of(2) { (one.min.y, one.max.y) } else { (one.min.x, one.max.x) };
    let inset = ((high - low) * 0.2).min(10.0);
    (low + inset, high - inset)
}
