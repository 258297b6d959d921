//! The sparse grid on which routes are searched: the orthogonal visibility graph.
//!
//! Beside every box, from the middle of every side, and through every loose end run straight **tracks** as far as they
//! see; where a level and an upright track cross is a **vertex**. A shortest route around boxes with the fewest bends
//! is found among these (M. Wybrow, K. Marriott, P. J. Stuckey, "Orthogonal connector routing", Graph Drawing 2009);
//! here the tracks beside a box stand off by the margin or, between two boxes, in the middle.
//!
//! Invariants: no track meets the inside of an obstacle; tracks of one line do not overlap; vertices of one level track
//! follow one another from left to right and have consecutive numbers.

use super::field::{Field, border};
use super::obstacles::{Columns, NEAR};
use crate::layout::geometry::{Point, Rect};

/// No vertex there.
pub(super) const NONE: u32 = u32::MAX;

/// A straight stretch that routes may use. For a level one `at` is its height, `low` and `high` are x.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track {
    pub(super) at: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether routes may run along it; the line of a loose end is only met.
    pub(super) is_way: bool,
    /// From the first to the last box that it runs beside; `low` above `high` where it runs beside none.
    pub(super) beside: (f64, f64),
}

/// In a corridor bends may be anywhere.
const EVERYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
/// Beside no box.
const NOWHERE: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

impl Track {
    /// Whether a route that enters it at a place has a box to pass in this direction.
    fn leads_past(&self, place: f64, onward: bool) -> bool {
        if onward { self.beside.1 > place + NEAR } else { self.beside.0 < place - NEAR }
    }

    /// Whether a route that runs along it in this direction can have passed a box by now.
    fn has_passed(&self, place: f64, onward: bool) -> bool {
        if onward { self.beside.0 <= place + NEAR } else { self.beside.1 >= place - NEAR }
    }
}

/// Tracks that the ends of one edge lie on: these its route may use without passing a box there.
pub(super) struct Own {
    level: Vec<u32>,
    upright: Vec<u32>,
    round: u32,
}

impl Own {
    pub(super) fn new(grid: &Grid) -> Self {
        Self { level: vec![0; grid.level.len()], upright: vec![0; grid.upright.len()], round: 0 }
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.round += 1;
    }

    /// Adds the track through a vertex in a direction.
    pub(super) fn add(&mut self, grid: &Grid, vertex: u32, step: usize) {
        if step.is_multiple_of(2) {
            self.level[grid.level_of[vertex as usize] as usize] = self.round;
        } else {
            self.upright[grid.upright_of[vertex as usize] as usize] = self.round;
        }
    }
}

/// The graph.
pub(super) struct Grid {
    pub(super) level: Vec<Track>,
    pub(super) upright: Vec<Track>,
    /// First vertex of each level track, and the end of the last one.
    starts: Vec<u32>,
    /// Per vertex its two tracks, and the next vertices above and below.
    level_of: Vec<u32>,
    upright_of: Vec<u32>,
    above: Vec<u32>,
    below: Vec<u32>,
}

impl Grid {
    /// The tracks of all boxes of a field, of loose ends and of corridors, and their crossings.
    pub(super) fn new(field: &Field, points: &[Point], lines: &[(Point, Point)], corridors: &[Point]) -> Self {
        let upright = tracks(field, points, lines, &[], false);
        let level = tracks(field, points, lines, corridors, true);
        Self::crossing(level, upright)
    }

    /// Finds all crossings by a sweep from the top over the level tracks.
    fn crossing(level: Vec<Track>, upright: Vec<Track>) -> Self {
        let mut grid = Self {
            starts: Vec::with_capacity(level.len() + 1),
            level_of: Vec::new(),
            upright_of: Vec::new(),
            above: Vec::new(),
            below: Vec::new(),
            level,
            upright,
        };
        let by = |key: fn(&Track) -> f64| {
            let mut order: Vec<usize> = (0..grid.upright.len()).collect();
            order.sort_by(|&a, &b| key(&grid.upright[a]).total_cmp(&key(&grid.upright[b])).then(a.cmp(&b)));
            order
        };
        let (begins, ends) = (by(|track| track.low), by(|track| track.high));
        let (mut begun, mut ended) = (0, 0);
        let mut active = vec![0_u64; grid.upright.len().div_ceil(64)];
        let mut last = vec![NONE; grid.upright.len()];
        for index in 0..grid.level.len() {
            let track = grid.level[index];
            grid.starts.push(grid.level_of.len() as u32);
            while begun < begins.len() && grid.upright[begins[begun]].low <= track.at + NEAR {
                active[begins[begun] / 64] |= 1 << (begins[begun] % 64);
                begun += 1;
            }
            while ended < ends.len() && grid.upright[ends[ended]].high < track.at - NEAR {
                active[ends[ended] / 64] &= !(1 << (ends[ended] % 64));
                ended += 1;
            }
            let first = grid.upright.partition_point(|one| one.at < track.low - NEAR);
            let end = grid.upright.partition_point(|one| one.at <= track.high + NEAR);
            each_bit(&active, first, end, |crossed| grid.push(index, crossed, &mut last));
        }
        grid.starts.push(grid.level_of.len() as u32);
        grid
    }

    fn push(&mut self, level: usize, upright: usize, last: &mut [u32]) {
        let vertex = self.level_of.len() as u32;
        let before = std::mem::replace(&mut last[upright], vertex);
        self.level_of.push(level as u32);
        self.upright_of.push(upright as u32);
        self.above.push(before);
        self.below.push(NONE);
        if before != NONE {
            self.below[before as usize] = vertex;
        }
    }

    /// Number of vertices.
    pub(super) fn len(&self) -> usize {
        self.level_of.len()
    }

    /// Where a vertex is.
    pub(super) fn point(&self, vertex: u32) -> Point {
        let vertex = vertex as usize;
        Point::new(self.upright[self.upright_of[vertex] as usize].at, self.level[self.level_of[vertex] as usize].at)
    }

    /// The next vertex in a direction (0 right, 1 down, 2 left, 3 up), if a route may run there.
    pub(super) fn next(&self, vertex: u32, step: usize) -> Option<u32> {
        let at = vertex as usize;
        let level = self.level_of[at] as usize;
        let found = match step {
            0 => Some(vertex + 1).filter(|next| *next < self.starts[level + 1]),
            2 => vertex.checked_sub(1).filter(|next| *next >= self.starts[level]),
            1 => Some(self.below[at]).filter(|next| *next != NONE),
            _ => Some(self.above[at]).filter(|next| *next != NONE),
        };
        let track =
            if step.is_multiple_of(2) { &self.level[level] } else { &self.upright[self.upright_of[at] as usize] };
        found.filter(|_| track.is_way)
    }

    /// Whether a route can gain by a bend at a vertex: in a shortest route with the fewest bends every piece runs beside
    /// a box or through an end, else it could be pushed to where it does.
    pub(super) fn may_turn(&self, own: &Own, vertex: u32, from: usize, to: usize) -> bool {
        let (level, upright) = (self.level_of[vertex as usize] as usize, self.upright_of[vertex as usize] as usize);
        let (one, other) = (&self.level[level], &self.upright[upright]);
        let (is_own_level, is_own_upright) = (own.level[level] == own.round, own.upright[upright] == own.round);
        if from.is_multiple_of(2) {
            (is_own_level || one.has_passed(other.at, from == 0))
                && (is_own_upright || other.leads_past(one.at, to == 1))
        } else {
            (is_own_upright || other.has_passed(one.at, from == 1))
                && (is_own_level || one.leads_past(other.at, to == 0))
        }
    }

    /// The first vertex that a route meets when it leaves a point of a track in a direction.
    pub(super) fn first(&self, from: Point, step: usize) -> Option<u32> {
        if step.is_multiple_of(2) {
            let level = find(&self.level, from.y, from.x)?;
            let range = self.starts[level]..self.starts[level + 1];
            let x_of = |vertex: u32| self.upright[self.upright_of[vertex as usize] as usize].at;
            let at = partition(range.clone(), |vertex| x_of(vertex) < from.x - NEAR);
            return if step == 0 {
                Some(at).filter(|vertex| *vertex < range.end)
            } else {
                let at = partition(range.clone(), |vertex| x_of(vertex) <= from.x + NEAR);
                at.checked_sub(1).filter(|vertex| *vertex >= range.start)
            };
        }
        // Upright tracks have no list of their own: the next level track that crosses it is looked for.
        let upright = find(&self.upright, from.x, from.y)? as u32;
        let on_track = |level: usize| {
            let range = self.starts[level]..self.starts[level + 1];
            let at = partition(range.clone(), |vertex| self.upright_of[vertex as usize] < upright);
            (at < range.end && self.upright_of[at as usize] == upright).then_some(at)
        };
        let track = &self.upright[upright as usize];
        if step == 1 {
            let first = self.level.partition_point(|one| one.at < from.y - NEAR);
            let levels = (first..self.level.len()).take_while(|&level| self.level[level].at <= track.high + NEAR);
            levels.filter_map(on_track).next()
        } else {
            let end = self.level.partition_point(|one| one.at <= from.y + NEAR);
            let levels = (0..end).rev().take_while(|&level| self.level[level].at >= track.low - NEAR);
            levels.filter_map(on_track).next()
        }
    }

    /// All vertices of the lines that are only met, between two points of one of them.
    pub(super) fn on_line(&self, from: Point, to: Point) -> Vec<u32> {
        let is_level = (from.y - to.y).abs() < NEAR;
        let (low, high) =
            if is_level { (from.x.min(to.x), from.x.max(to.x)) } else { (from.y.min(to.y), from.y.max(to.y)) };
        let (tracks, at) = if is_level { (&self.level, from.y) } else { (&self.upright, from.x) };
        let first = tracks.partition_point(|one| one.at < at - NEAR);
        let own: Vec<u32> = (first..tracks.len())
            .take_while(|&index| tracks[index].at <= at + NEAR)
            .filter(|&index| {
                !tracks[index].is_way && tracks[index].low >= low - NEAR && tracks[index].high <= high + NEAR
            })
            .map(|index| index as u32)
            .collect();
        let of = if is_level { &self.level_of } else { &self.upright_of };
        let range = if is_level {
            own.first().map_or(0..0, |&first| self.starts[first as usize]..self.starts[own[own.len() - 1] as usize + 1])
        } else {
            0..self.len() as u32
        };
        range.filter(|&vertex| own.contains(&of[vertex as usize])).collect()
    }
}

/// Calls back for every set bit from `first` to before `end`.
fn each_bit(bits: &[u64], first: usize, end: usize, mut found: impl FnMut(usize)) {
    if first >= end {
        return;
    }
    for (word, held) in bits.iter().enumerate().take((end - 1) / 64 + 1).skip(first / 64) {
        let mut rest = *held;
        if word == first / 64 {
            rest &= u64::MAX << (first % 64);
        }
        while rest != 0 {
            let bit = word * 64 + rest.trailing_zeros() as usize;
            if bit >= end {
                return;
            }
            found(bit);
            rest &= rest - 1;
        }
    }
}

fn partition(range: std::ops::Range<u32>, is_before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The way through a point, by binary search.
fn find(tracks: &[Track], at: f64, along: f64) -> Option<usize> {
    let first = tracks.partition_point(|one| one.at < at - NEAR);
    (first..tracks.len())
        .take_while(|&index| tracks[index].at <= at + NEAR)
        .find(|&index| tracks[index].is_way && tracks[index].low <= along + NEAR && along <= tracks[index].high + NEAR)
}

/// All tracks of one direction, merged and sorted. Level ones are made as upright ones of the mirrored boxes.
fn tracks(
    field: &Field,
    points: &[Point],
    lines: &[(Point, Point)],
    corridors: &[Point],
    is_level: bool,
) -> Vec<Track> {
    let turned = |point: Point| if is_level { point.transposed() } else { point };
    let bounds = if is_level { field.bounds.transposed() } else { field.bounds };
    let loose = points.iter().chain(lines.iter().flat_map(|(from, to)| [from, to])).copied().map(turned);
    let bounds = loose.fold(bounds, |all, one| all.union(&Rect::new(one, one).grown(4.0 * field.margin)));
    let mut caster =
        Caster { columns: if is_level { &field.level } else { &field.upright }, bounds, tracks: Vec::new() };
    for &index in &field.indices {
        caster.beside(field, index, is_level);
        caster.ports(field, index, is_level);
    }
    for point in points.iter().copied().map(turned) {
        caster.through(point.x, point.y, NOWHERE);
    }
    for point in corridors.iter().filter(|one| one.x.is_finite() && one.y.is_finite()).copied().map(turned) {
        caster.through(point.x, point.y, EVERYWHERE);
    }
    let mut tracks = merged(caster.tracks);
    for (from, to) in lines {
        let (from, to) = (turned(*from), turned(*to));
        if (from.x - to.x).abs() < NEAR {
            let (low, high) = (from.y.min(to.y), from.y.max(to.y));
            tracks.push(Track { at: from.x, low, high, is_way: false, beside: NOWHERE });
        }
    }
    tracks.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.low.total_cmp(&b.low)).then(a.is_way.cmp(&b.is_way)));
    tracks
}

/// Makes upright tracks by looking up and down from points.
struct Caster<'a> {
    columns: &'a Columns,
    bounds: Rect,
    tracks: Vec<Track>,
}

impl Caster<'_> {
    /// The track through a point, as far as it sees; none where the point lies in a box.
    fn through(&mut self, x: f64, y: f64, beside: (f64, f64)) -> Option<(f64, f64)> {
        if self.columns.is_inside(x, y, usize::MAX) {
            return None;
        }
        let low = self.columns.above(x, y).unwrap_or(self.bounds.min.y).min(y);
        let high = self.columns.below(x, y).unwrap_or(self.bounds.max.y).max(y);
        self.tracks.push(Track { at: x, low, high, is_way: true, beside });
        Some((low, high))
    }

    /// The tracks at the left and right of a box; for a room also inside.
    fn beside(&mut self, field: &Field, index: usize, is_level: bool) {
        let one = if is_level { field.boxes[index].transposed() } else { field.boxes[index] };
        let distances = field.distances[index];
        let [right, bottom, left, top] =
            if is_level { [distances[1], distances[0], distances[3], distances[2]] } else { distances };
        let mut places = Vec::with_capacity(4);
        for (x, distance, inward) in [(one.max.x, right, -1.0), (one.min.x, left, 1.0)] {
            if distance > 0.0 {
                places.push(x - inward * distance);
            }
            if field.is_room(index) {
                places.push(x + inward * field.margin);
            }
        }
        let heights = [one.center().y, one.min.y - top, one.max.y + bottom];
        for x in places {
            let mut seen: Option<(f64, f64)> = None;
            for y in heights {
                // Mostly the first look passes the whole box and the others are spared.
                if seen.is_none_or(|(low, high)| y < low || high < y) {
                    seen = self.through(x, y, (heights[1], heights[2])).or(seen);
                }
            }
        }
    }

    /// The tracks from the places at top and bottom at which edges meet a box.
    fn ports(&mut self, field: &Field, index: usize, is_level: bool) {
        for side in if is_level { [2, 0] } else { [3, 1] } {
            let Some(place) = field.place(index, side) else { continue };
            let (x, y) = if is_level { (place.y, place.x) } else { (place.x, place.y) };
            debug_assert!((border(&field.boxes[index], side) - y).abs() < NEAR);
            let is_up = side >= 2;
            let above = || self.columns.above(x, y).unwrap_or(self.bounds.min.y).min(y);
            let below = || self.columns.below(x, y).unwrap_or(self.bounds.max.y).max(y);
            let is_room = field.is_room(index);
            let low = if is_up || is_room { above() } else { y };
            let high = if !is_up || is_room { below() } else { y };
            self.tracks.push(Track { at: x, low, high, is_way: true, beside: NOWHERE });
        }
    }
}

/// Tracks of one line that touch become one.
fn merged(mut tracks: Vec<Track>) -> Vec<Track> {
    tracks.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.low.total_cmp(&b.low)));
    let mut kept: Vec<Track> = Vec::with_capacity(tracks.len());
    for track in tracks {
        match kept.last_mut() {
            Some(last) if (last.at - track.at).abs() < NEAR && track.low <= last.high + NEAR => {
                last.high = last.high.max(track.high);
                last.beside = (last.beside.0.min(track.beside.0), last.beside.1.max(track.beside.1));
            }
            _ => kept.push(track),
        }
    }
    kept
}
