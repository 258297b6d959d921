//! Pinned boxes: they keep their place, the others make room, and touched edges are drawn anew.
//!
//! The arrangement first ignores pins; then the drawing is moved as a whole so that it fits the
//! pinned boxes best, these are put back exactly, and boxes that would overlap move across the
//! flow to the nearest free place, inside their lane, which grows where it must. A pinned box
//! that lies outside its lane stays outside: a pin is stronger than a lane. All this is done
//! with the whole areas of boxes: what clings to a box moves with it.

use super::level::{Picture, Setting};
use crate::layout::geometry::{Point, Rect};

/// Puts the pinned boxes of a level at their places; which members moved against their lines.
///
/// `corner` is the top left corner of the room in which a pinned container keeps its content.
pub(super) fn apply(setting: &Setting<'_>, picture: &mut Picture, corner: Option<Point>) -> Vec<bool> {
    let pinned: Vec<(usize, Point)> =
        setting.pins.iter().enumerate().filter_map(|(member, pin)| Some((member, (*pin)?))).collect();
    let mut moved = vec![false; picture.boxes.len()];
    if pinned.is_empty() {
        return moved;
    }
    match corner {
        Some(corner) => fit_corner(setting, corner, picture),
        None => fit(&pinned, picture),
    }
    let before = picture.boxes.clone();
    for &(member, pin) in &pinned {
        picture.boxes[member] = Rect::from_min_size(pin, before[member].size());
    }
    let mut areas: Vec<Rect> =
        picture.boxes.iter().enumerate().map(|(member, one)| setting.cluster(member).area(one)).collect();
    let arranged = areas.clone();
    grow_lanes(setting, picture, &mut areas);
    make_room(setting, picture, &mut areas, corner);
    for (one, (now, then)) in picture.boxes.iter_mut().zip(areas.iter().zip(&arranged)) {
        *one = one.moved(now.min.x - then.min.x, now.min.y - then.min.y);
    }
    for (moved, (before, now)) in moved.iter_mut().zip(before.iter().zip(&picture.boxes)) {
        *moved = before != now;
    }
    moved
}

/// Moves the drawing by the median difference between the pins and the arranged places.
fn fit(pinned: &[(usize, Point)], picture: &mut Picture) {
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    let place = |member: usize| picture.boxes[member].min;
    let x = middle(pinned.iter().map(|&(member, pin)| pin.x - place(member).x).collect());
    let y = middle(pinned.iter().map(|&(member, pin)| pin.y - place(member).y).collect());
    picture.shift(x, y);
}

/// Moves the drawing so that it begins at a corner.
fn fit_corner(setting: &Setting<'_>, corner: Point, picture: &mut Picture) {
    let areas = picture.boxes.iter().enumerate().map(|(member, one)| setting.cluster(member).area(one));
    let points = picture.routes.iter().flat_map(|(_, line)| line).map(|point| Rect::new(*point, *point));
    let min = areas.chain(points).reduce(|all, one| all.union(&one)).unwrap_or_default().min;
    picture.shift(corner.x - min.x, corner.y - min.y);
}

/// Lets lanes reach their pinned boxes as far as these lie below the lane's beginning.
fn grow_lanes(setting: &Setting<'_>, picture: &mut Picture, areas: &mut [Rect]) {
    let padding = setting.request.spacing.lane_padding;
    for lane in 0..picture.lanes.len() {
        let members = (0..areas.len()).filter(|&member| setting.lane(member) == lane && setting.pins[member].is_some());
        let lowest = members.map(|member| areas[member].max.y + padding).reduce(f64::max);
        let end = picture.lanes[lane].end();
        let next = picture.lanes.get(lane + 1).map(|next| next.end());
        let within = next.is_none_or(|next| lowest.is_some_and(|lowest| lowest < next));
        if let Some(lowest) = lowest.filter(|&lowest| lowest > end && within) {
            push_down(setting, picture, areas, lane, lowest - end);
        }
    }
}

/// Makes a lane longer and moves everything free below it.
fn push_down(setting: &Setting<'_>, picture: &mut Picture, areas: &mut [Rect], lane: usize, by: f64) {
    picture.lanes[lane].extent += by;
    for below in &mut picture.lanes[lane + 1..] {
        below.offset += by;
    }
    for (member, one) in areas.iter_mut().enumerate() {
        if setting.lane(member) > lane && setting.pins[member].is_none() {
            *one = one.moved(0.0, by);
        }
    }
}

/// Moves free boxes that overlap a pinned or an already placed one.
fn make_room(setting: &Setting<'_>, picture: &mut Picture, areas: &mut [Rect], corner: Option<Point>) {
    let spacing = &setting.request.spacing;
    let gap = spacing.node_gap;
    let is_pinned = |member: usize| setting.pins[member].is_some();
    let mut placed: Vec<Rect> = (0..areas.len()).filter(|&member| is_pinned(member)).map(|one| areas[one]).collect();
    let mut free: Vec<usize> = (0..areas.len()).filter(|&member| !is_pinned(member)).collect();
    free.sort_by(|&a, &b| {
        let across = areas[a].min.y.total_cmp(&areas[b].min.y);
        setting.lane(a).cmp(&setting.lane(b)).then(across).then(a.cmp(&b))
    });
    for member in free {
        let wanted = areas[member];
        let lane = picture.lanes.get(setting.lane(member)).copied();
        let found = nearest_free(&wanted, &placed, gap, |one| {
            lane.is_none_or(|lane| lane.offset <= one.min.y && one.max.y <= lane.end())
                && corner.is_none_or(|corner| corner.y <= one.min.y + 1e-6)
        });
        let found = found.unwrap_or_else(|| below_all(&wanted, &placed, gap));
        areas[member] = found;
        placed.push(found);
        if let Some(lane) = lane {
            let need = found.max.y + spacing.lane_padding - lane.end();
            if found != wanted && need > 0.0 {
                push_down(setting, picture, areas, setting.lane(member), need);
            }
        }
    }
}

/// The place nearest to the wanted one, on the same line along the flow, that is free.
fn nearest_free(wanted: &Rect, placed: &[Rect], gap: f64, allowed: impl Fn(&Rect) -> bool) -> Option<Rect> {
    let column = wanted.grown(gap / 2.0);
    let beside: Vec<&Rect> = placed.iter().filter(|one| one.min.x < column.max.x && column.min.x < one.max.x).collect();
    let mut tries = vec![*wanted];
    for one in &beside {
        tries.push(wanted.moved(0.0, one.max.y + gap - wanted.min.y));
        tries.push(wanted.moved(0.0, one.min.y - gap - wanted.max.y));
    }
    let is_free = |one: &&Rect| {
        let tight = one.grown(gap * 0.45);
        allowed(one) && beside.iter().all(|other| !other.overlaps(&tight))
    };
    let away = |one: &Rect| (one.min.y - wanted.min.y).abs();
    let free = tries.iter().filter(is_free);
    free.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
}

fn below_all(wanted: &Rect, placed: &[Rect], gap: f64) -> Rect {
    let column = wanted.grown(gap / 2.0);
    let beside = placed.iter().filter(|one| one.min.x < column.max.x && column.min.x < one.max.x);
    let lowest = beside.map(|one| one.max.y).fold(wanted.min.y, f64::max);
    wanted.moved(0.0, lowest + gap - wanted.min.y)
}
