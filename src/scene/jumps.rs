//! Line jumps: the small arcs by which a line passes over one that was painted before it.
//!
//! The arcs are corners of the drawn line, so that the screen and all exports show the same; lines for picking stay
//! without them. A crossing gets an arc only where both lines run straight: near a bend or an end of either there is
//! none. Crossings that lie closer together than two arcs are passed in one.

use emath::{Pos2, Rect, Vec2, vec2};

use super::captions::Grid;
use super::measures::{ARROW, BEND};

/// Radius of an arc in world units.
const RADIUS: f32 = 4.0;
/// Least distance from the middle of an arc to the ends of its segment: room for the bend or the arrowhead there.
const CLEAR: f32 = RADIUS + if BEND > ARROW { BEND } else { ARROW } + 1.0;

/// A stretch on which a line passes over others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// Index of the segment of the line: the one that starts at the corner with this index.
    pub segment: usize,
    /// The first crossing.
    pub first: Pos2,
    /// The last crossing; equal to the first one for a jump over a single line.
    pub last: Pos2,
}

/// For every line, given in the order of painting, where it passes over lines painted before it; in its direction.
pub fn jumps<L: AsRef<[Pos2]>>(lines: &[L]) -> Vec<Vec<Jump>> {
    let mut painted = Painted::default();
    lines
        .iter()
        .map(|line| {
            let points = line.as_ref();
            let pieces = || points.iter().copied().zip(points.iter().copied().skip(1));
            let own = pieces()
                .enumerate()
                .flat_map(|(segment, (from, to))| {
                    passed(segment, from, to, painted.segments.near(Rect::from_two_pos(from, to)))
                })
                .collect();
            pieces().for_each(|(from, to)| painted.add(from, to));
            own
        })
        .collect()
}

/// The same for one of the lines, by its index; for a few this is cheaper than all of them.
pub(crate) fn jumps_of<L: AsRef<[Pos2]>>(lines: &[L], index: usize) -> Vec<Jump> {
    let Some(line) = lines.get(index) else { return Vec::new() };
    fn pieces(points: &[Pos2]) -> impl Iterator<Item = (Pos2, Pos2)> + '_ {
        points.iter().copied().zip(points.iter().copied().skip(1))
    }
    let mut found = Vec::new();
    for (segment, (from, to)) in pieces(line.as_ref()).enumerate() {
        let area = Rect::from_two_pos(from, to);
        let below = lines.iter().take(index).flat_map(|line| pieces(line.as_ref()));
        let below = below.filter(|(start, end)| {
            start.is_finite() && end.is_finite() && Rect::from_two_pos(*start, *end).expand(1.0).intersects(area)
        });
        found.extend(passed(segment, from, to, below));
    }
    found
}

/// The corners of a line with its arcs; upwards over upright lines, to the right over level ones.
pub fn with_jumps(points: &[Pos2], jumps: &[Jump]) -> Vec<Pos2> {
    if jumps.is_empty() {
        return points.to_vec();
    }
    // The corners of half of a regular octagon: with rounded bends they become half a circle.
    let inset = RADIUS * (std::f32::consts::PI / 8.0).tan();
    let mut line = Vec::with_capacity(points.len() + 6 * jumps.len());
    for (segment, (from, to)) in points.iter().zip(points.iter().skip(1)).enumerate() {
        line.push(*from);
        let along = (*to - *from).normalized();
        let away = if along.y.abs() > along.x.abs() { vec2(1.0, 0.0) } else { vec2(0.0, -1.0) };
        for jump in jumps.iter().filter(|jump| jump.segment == segment) {
            let (start, end) = (jump.first - along * RADIUS, jump.last + along * RADIUS);
            line.push(start);
            line.push(start + away * inset);
            line.push(start + along * (RADIUS - inset) + away * RADIUS);
            line.push(end - along * (RADIUS - inset) + away * RADIUS);
            line.push(end + away * inset);
            line.push(end);
        }
    }
    line.extend(points.last());
    line
}

/// Segments painted so far.
#[derive(Default)]
struct Painted {
    segments: Grid<(Pos2, Pos2)>,
}

impl Painted {
    fn add(&mut self, from: Pos2, to: Pos2) {
        if from.is_finite() && to.is_finite() {
            self.segments.add((from, to), Rect::from_two_pos(from, to));
        }
    }
}

/// The jumps of a segment over others.
fn passed(segment: usize, from: Pos2, to: Pos2, others: impl Iterator<Item = (Pos2, Pos2)>) -> Vec<Jump> {
    let length = (to - from).length();
    if !length.is_finite() || length < 2.0 * CLEAR {
        return Vec::new();
    }
    let mut places: Vec<f32> = others.filter_map(|other| crossing(from, to, other.0, other.1)).collect();
    places.sort_by(f32::total_cmp);
    let along = (to - from) / length;
    let mut found: Vec<Jump> = Vec::new();
    for place in places {
        let at = from + along * place;
        match found.last_mut() {
            Some(last) if (at - last.last).length() < 2.0 * RADIUS + 3.0 => last.last = at,
            _ => found.push(Jump { segment, first: at, last: at }),
        }
    }
    found
}

/// How far along the first segment the second one crosses it, if both run straight there.
fn crossing(from: Pos2, to: Pos2, other_from: Pos2, other_to: Pos2) -> Option<f32> {
    let (way, other) = (to - from, other_to - other_from);
    let cross = |a: Vec2, b: Vec2| a.x * b.y - a.y * b.x;
    let area = cross(way, other);
    let (length, other_length) = (way.length(), other.length());
    if area.abs() < 0.2 * length * other_length {
        return None;
    }
    let apart = other_from - from;
    // Rounded, so that a crossing of lines on whole units lies on whole units.
    let place = (cross(apart, other) / area * length * 64.0).round() / 64.0;
    let other_place = cross(apart, way) / area * other_length;
    let is_clear = (CLEAR..=length - CLEAR).contains(&place);
    (is_clear && (RADIUS..=other_length - RADIUS).contains(&other_place)).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::item::{PathItem, Style};
    use crate::scene::path::flattened;
    use emath::pos2;

    fn level(y: f32) -> Vec<Pos2> {
        vec![pos2(0.0, y), pos2(100.0, y)]
    }

    fn upright(x: f32) -> Vec<Pos2> {
        vec![pos2(x, 0.0), pos2(x, 100.0)]
    }

    #[test]
    fn only_the_later_line_jumps_and_close_crossings_share_an_arc() {
        let found = jumps(&[upright(30.0), level(50.0), upright(36.0), upright(70.0), level(20.0)]);
        let counts: Vec<usize> = found.iter().map(Vec::len).collect();
        assert_eq!(counts, [0, 1, 1, 1, 2]);
        assert_eq!(found[1], [Jump { segment: 0, first: pos2(30.0, 50.0), last: pos2(30.0, 50.0) }]);
        assert_eq!((found[4][0].first.x, found[4][0].last.x, found[4][1].first.x), (30.0, 36.0, 70.0));
    }

    #[test]
    fn near_bends_and_ends_there_is_no_arc() {
        assert!(jumps(&[level(3.0), upright(50.0)])[1].is_empty(), "the end of the jumping line is near");
        assert!(jumps(&[upright(98.0), level(50.0)])[1].is_empty());
        assert!(jumps(&[level(50.0), upright(98.0)])[1].is_empty(), "the end of the line below is near");
        assert!(jumps(&[level(50.0), level(50.0)])[1].is_empty(), "lines on one another do not cross");
    }

    #[test]
    fn the_arc_stands_on_its_line_and_is_round() {
        let line = level(50.0);
        let jump = Jump { segment: 0, first: pos2(40.0, 50.0), last: pos2(40.0, 50.0) };
        let points = with_jumps(&line, &[jump]);
        assert_eq!((points.first(), points.last()), (line.first(), line.last()));
        let path = PathItem { points, closed: false, bend: BEND, style: Style::default() };
        let drawn = flattened(&path, 6);
        let top = drawn.iter().map(|point| point.y).fold(f32::INFINITY, f32::min);
        assert!((top - (50.0 - RADIUS)).abs() < 0.01);
        let is_on_line_or_arc = |point: &Pos2| {
            let away = (*point - pos2(40.0, 50.0)).length();
            point.y == 50.0 || (away - RADIUS).abs() < 0.8
        };
        assert!(drawn.iter().all(is_on_line_or_arc), "{drawn:?}");
        assert_eq!(with_jumps(&line, &[]), line);
    }
}
