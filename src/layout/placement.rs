//! A place for one new box in a view that is already arranged; nothing else moves.

use super::geometry::{Point, Rect, Size};
use super::request::Direction;
use super::result::LaneExtent;

/// Where a new box is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceRequest {
    /// All boxes already in the view.
    pub boxes: Vec<Rect>,
    /// Size of the new box.
    pub size: Size,
    /// The box it follows, if any.
    pub after: Option<Rect>,
    /// The lane it must lie in, if any.
    pub lane: Option<LaneExtent>,
    /// Which way the flow runs.
    pub direction: Direction,
    /// Distance to keep from other boxes, across the flow; along it twice as much.
    pub gap: f64,
}

/// Top left corner of the first free place: right behind the predecessor, else beside that
/// place inside the lane, else further along the flow. Without a predecessor it follows the
/// last box of the lane (or of the view).
pub fn place_new(request: &PlaceRequest) -> Point {
    if request.direction == Direction::TopToBottom {
        let mirrored = PlaceRequest {
            boxes: request.boxes.iter().map(Rect::transposed).collect(),
            size: request.size.transposed(),
            after: request.after.map(|one| one.transposed()),
            direction: Direction::LeftToRight,
            ..request.clone()
        };
        return place_new(&mirrored).transposed();
    }
    let size = request.size.sane();
    let gap = request.gap.max(1.0);
    let start = start_of(request, size, gap);
    let rows = rows_of(request, start.y, size, gap);
    // Behind the last box there is always room, so this ends.
    let end = request.boxes.iter().map(|one| one.max.x);
    let end = end.fold(start.x, f64::max) + 2.0 * gap;
    let mut x = start.x;
    while x < end {
        let mut next = end;
        for &y in &rows {
            let place = Rect::from_min_size(Point::new(x, y), size);
            let wide = place.grown(gap * 0.99);
            let hit = request.boxes.iter().filter(|one| one.overlaps(&wide));
            match hit.map(|one| one.max.x + gap).reduce(f64::min) {
                None => return place.min,
                Some(behind) => next = next.min(behind),
            }
        }
        x = next.max(x + gap);
    }
    Point::new(end, start.y)
}

fn start_of(request: &PlaceRequest, size: Size, gap: f64) -> Point {
    let in_lane = |one: &&Rect| {
        request.lane.is_none_or(|lane| {
            let y = one.center().y;
            lane.offset <= y && y <= lane.end()
        })
    };
    let last = request.boxes.iter().filter(in_lane).max_by(|a, b| a.max.x.total_cmp(&b.max.x));
    let before = request.after.as_ref().or(last);
    let first = request.boxes.iter().map(|one| one.min.x);
    let x = before.map_or_else(|| first.reduce(f64::min).unwrap_or(0.0), |one| one.max.x + 2.0 * gap);
    let y = before.map_or(0.0, |one| one.center().y) - size.height / 2.0;
    let y = match request.lane {
        Some(lane) if !fits(lane, y, size) => lane.offset + (lane.extent - size.height).max(0.0) / 2.0,
        _ => y,
    };
    Point::new(x, y)
}

fn fits(lane: LaneExtent, y: f64, size: Size) -> bool {
    lane.offset <= y && y + size.height <= lane.end()
}

/// Heights to try at each place along the flow, the wanted one first.
fn rows_of(request: &PlaceRequest, wanted: f64, size: Size, gap: f64) -> Vec<f64> {
    let mut rows = vec![wanted];
    for step in 1..=3 {
        let away = f64::from(step) * (size.height + gap);
        rows.extend([wanted + away, wanted - away]);
    }
    if let Some(lane) = request.lane {
        let mut keep_first = true;
        rows.retain(|&y| std::mem::take(&mut keep_first) || fits(lane, y, size));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rect(x: f64, y: f64) -> Rect {
        Rect::from_min_size(Point::new(x, y), Size::new(100.0, 50.0))
    }

    fn request(boxes: Vec<Rect>) -> PlaceRequest {
        PlaceRequest {
            after: boxes.first().copied(),
            boxes,
            size: Size::new(100.0, 50.0),
            gap: 20.0,
            ..PlaceRequest::default()
        }
    }

    #[test]
    fn a_free_place_behind_the_predecessor_is_taken() {
        let place = place_new(&request(vec![rect(0.0, 0.0)]));
        assert_eq!(place, Point::new(140.0, 0.0));
    }

    #[test]
    fn an_occupied_place_moves_the_new_box_aside() {
        let place = place_new(&request(vec![rect(0.0, 0.0), rect(140.0, 0.0)]));
        assert_eq!(place, Point::new(140.0, 70.0));
    }

    #[test]
    fn the_first_box_of_a_lane_stands_in_its_middle() {
        let place = place_new(&PlaceRequest {
            after: Some(rect(0.0, 0.0)),
            lane: Some(LaneExtent { offset: 100.0, extent: 90.0 }),
            ..request(vec![rect(0.0, 0.0)])
        });
        assert_eq!(place, Point::new(140.0, 120.0));
    }

    #[test]
    fn downwards_is_the_mirror() {
        let place = place_new(&PlaceRequest { direction: Direction::TopToBottom, ..request(vec![rect(0.0, 0.0)]) });
        assert_eq!(place, Point::new(0.0, 90.0));
    }

    proptest! {
        #[test]
        fn nothing_is_covered(
            places in prop::collection::vec((0.0..900.0_f64, 0.0..500.0_f64), 0..40),
            laned in any::<bool>(),
        ) {
            let boxes: Vec<Rect> = places.iter().map(|&(x, y)| rect(x, y)).collect();
            let lane = LaneExtent { offset: 200.0, extent: 120.0 };
            let request = PlaceRequest { lane: laned.then_some(lane), ..request(boxes) };
            let place = place_new(&request);
            let new = Rect::from_min_size(place, request.size);
            prop_assert!(request.boxes.iter().all(|one| !one.overlaps(&new)));
            prop_assert!(!laned || fits(lane, place.y, request.size));
        }
    }
}
