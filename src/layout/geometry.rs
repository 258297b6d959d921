//! Plain geometry of the layout layer: points, sizes, boxes and polylines.
//!
//! Everything is in **world units**; one world unit is one point on the screen at zoom 1.
//! The x axis runs to the right, the y axis downwards. No egui types, so that the layer stays
//! free of any toolkit and keeps the precision of `f64` in very large drawings.

/// A place on the canvas, in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Distance to the right of the origin.
    pub x: f64,
    /// Distance below the origin.
    pub y: f64,
}

impl Point {
    /// A point from its two coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point mirrored at the diagonal: x and y exchanged.
    pub const fn transposed(self) -> Self {
        Self { x: self.y, y: self.x }
    }

    /// The point moved by a distance along each axis.
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self::new(self.x + x, self.y + y)
    }
}

/// Width and height of a box, in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Extent along x.
    pub width: f64,
    /// Extent along y.
    pub height: f64,
}

impl Size {
    /// A size from width and height.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The size with width and height exchanged.
    pub const fn transposed(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// The size with negative or undefined extents replaced by zero.
    pub(crate) fn sane(self) -> Self {
        let sane = |extent: f64| {
            if extent.is_finite() { extent.max(0.0) } else { 0.0 }
        };
        Self::new(sane(self.width), sane(self.height))
    }
}

/// An axis-parallel box, in world units; `min` is the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Top left corner.
    pub min: Point,
    /// Bottom right corner.
    pub max: Point,
}

impl Rect {
    /// The box between two corners.
    pub const fn new(min: Point, max: Point) -> Self {
        Self { min, max }
    }

    /// The box with a given top left corner and size.
    pub fn from_min_size(min: Point, size: Size) -> Self {
        Self::new(min, min.moved(size.width, size.height))
    }

    /// The box of a given size around a centre.
    pub fn from_center_size(center: Point, size: Size) -> Self {
        Self::from_min_size(center.moved(-size.width / 2.0, -size.height / 2.0), size)
    }

    /// Middle of the box.
    pub fn center(&self) -> Point {
        Point::new(f64::midpoint(self.min.x, self.max.x), f64::midpoint(self.min.y, self.max.y))
    }

    /// Extent along x.
    pub fn width(&self) -> f64 {
        self.max.x - self.min.x
    }

    /// Extent along y.
    pub fn height(&self) -> f64 {
        self.max.y - self.min.y
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        Size::new(self.width(), self.height())
    }

    /// The box grown by `margin` on all four sides (shrunk when negative).
    pub fn grown(&self, margin: f64) -> Self {
        Self::new(self.min.moved(-margin, -margin), self.max.moved(margin, margin))
    }

    /// The box moved by a distance along each axis.
    pub fn moved(&self, x: f64, y: f64) -> Self {
        Self::new(self.min.moved(x, y), self.max.moved(x, y))
    }

    /// The box mirrored at the diagonal.
    pub fn transposed(&self) -> Self {
        Self::new(self.min.transposed(), self.max.transposed())
    }

    /// Smallest box around both.
    pub fn union(&self, other: &Self) -> Self {
        Self::new(
            Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        )
    }

    /// Whether the two boxes share an area; touching borders do not count.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min.x < other.max.x && other.min.x < self.max.x && self.min.y < other.max.y && other.min.y < self.max.y
    }

    /// Of its points the one nearest to another point.
    pub fn nearest(&self, point: Point) -> Point {
        Point::new(point.x.max(self.min.x).min(self.max.x), point.y.max(self.min.y).min(self.max.y))
    }

    /// Whether a point lies inside or on the border.
    pub fn contains(&self, point: Point) -> bool {
        self.min.x <= point.x && point.x <= self.max.x && self.min.y <= point.y && point.y <= self.max.y
    }
}

/// A stretch of one axis: the place of a lane across the flow, or of a column along it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// Where it begins: for a lane y when the flow runs left to right, else x.
    pub offset: f64,
    /// How far it reaches from there.
    pub extent: f64,
}

impl Extent {
    /// Where it ends.
    pub fn end(&self) -> f64 {
        self.offset + self.extent
    }
}

/// The points of a connector, from its first end to its last; at least two where one is drawn.
pub type Polyline = Vec<Point>;

/// Removes repeated points and points in the middle of a straight run, in place.
pub(crate) fn simplify(line: &mut Polyline) {
    const NEAR: f64 = 1e-6;
    let mut kept: usize = 0;
    for index in 0..line.len() {
        let point = line[index];
        if kept > 0 {
            let last = line[kept - 1];
            if (last.x - point.x).abs() < NEAR && (last.y - point.y).abs() < NEAR {
                continue;
            }
        }
        if kept > 1 {
            let (before, last) = (line[kept - 2], line[kept - 1]);
            let same_x = (before.x - last.x).abs() < NEAR && (last.x - point.x).abs() < NEAR;
            let same_y = (before.y - last.y).abs() < NEAR && (last.y - point.y).abs() < NEAR;
            if same_x || same_y {
                kept -= 1;
            }
        }
        line[kept] = point;
        kept += 1;
    }
    line.truncate(kept);
}

/// Smallest box around all given boxes and lines; `None` when there are none.
pub(crate) fn bounds_of<'a>(
    boxes: impl Iterator<Item = &'a Rect>,
    lines: impl Iterator<Item = &'a Polyline>,
) -> Option<Rect> {
    let corners = boxes.copied();
    let points = lines.flatten().map(|point| Rect::new(*point, *point));
    corners.chain(points).reduce(|all, one| all.union(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simplify_keeps_only_corners() {
        let mut line = vec![
            Point::new(0.0, 0.0),
            Point::new(5.0, 0.0),
            Point::new(5.0, 0.0),
            Point::new(9.0, 0.0),
            Point::new(9.0, 4.0),
        ];
        simplify(&mut line);
        assert_eq!(line, vec![Point::new(0.0, 0.0), Point::new(9.0, 0.0), Point::new(9.0, 4.0)]);
    }

    #[test]
    fn touching_boxes_do_not_overlap() {
        let left = Rect::from_min_size(Point::new(0.0, 0.0), Size::new(10.0, 10.0));
        assert!(!left.overlaps(&left.moved(10.0, 0.0)));
        assert!(left.overlaps(&left.moved(9.5, 9.5)));
        assert!(left.grown(-2.0).overlaps(&left));
    }
}
