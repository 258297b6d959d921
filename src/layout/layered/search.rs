//! The free place nearest to a wanted one, among boxes that stand.
//!
//! Only places beside an obstacle, at the wanted place or at the ends of the allowed range can be
//! nearest; so those are tried, the nearest first.

use crate::layout::geometry::{Point, Rect, Size};

/// What free place is looked for.
pub(super) struct Search {
    pub size: Size,
    pub wanted: Point,
    /// Other places as good as the wanted one.
    pub more: Vec<Point>,
    /// Least and greatest left edge.
    pub range: (f64, f64),
    /// Distance to keep along and across the flow.
    pub gap: (f64, f64),
    /// How far away it may be.
    pub reach: Size,
}

impl Search {
    /// The free place with the least way to the wanted one, of the places beside obstacles; ways
    /// across the flow count double.
    pub fn nearest(&self, obstacles: &[Rect], allowed: impl Fn(&Rect) -> bool) -> Option<Point> {
        let (along, across) = self.gap;
        let (mut xs, mut ys) = (vec![self.wanted.x], vec![self.wanted.y]);
        for end in [self.range.0, self.range.1] {
            if end.is_finite() {
                xs.push(end);
            }
        }
        for one in obstacles {
            xs.extend([one.max.x + along, one.min.x - along - self.size.width]);
            ys.extend([one.max.y + across, one.min.y - across - self.size.height]);
        }
        xs.retain(|x| self.range.0 - 1e-6 <= *x && *x <= self.range.1 + 1e-6);
        for list in [&mut xs, &mut ys] {
            list.sort_by(f64::total_cmp);
            list.dedup();
        }
        let way = |point: &Point| {
            let to = |wanted: &Point| (point.x - wanted.x).abs() + 2.0 * (point.y - wanted.y).abs();
            self.more.iter().map(to).fold(to(&self.wanted), f64::min)
        };
        let mut places: Vec<(f64, Point)> = self.more.iter().map(|more| (0.0, *more)).collect();
        for &x in &xs {
            places.extend(ys.iter().map(|&y| Point::new(x, y)).map(|point| (way(&point), point)));
        }
        places.sort_by(|a, b| {
            let (one, other) = (a.1, b.1);
            a.0.total_cmp(&b.0).then(other.y.total_cmp(&one.y)).then(one.x.total_cmp(&other.x))
        });
        let is_free = |point: &Point| {
            let place = Rect::from_min_size(*point, self.size);
            let wide = Rect::new(place.min.moved(-along, -across), place.max.moved(along, across)).grown(-0.01);
            allowed(&place) && obstacles.iter().all(|one| !one.overlaps(&wide))
        };
        places.into_iter().map(|(_, point)| point).find(is_free)
    }
}
