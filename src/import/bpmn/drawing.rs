//! The drawing of a BPMN model (BPMN Diagram Interchange 1.0): diagrams with shapes and edges.
//!
//! Coordinates are those of the file: pixels, x to the right, y downward, bounds by their left upper corner. All
//! numbers are finite and within [`super::limits::FARTHEST`].

use super::tree::Base;

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waypoint {
    /// To the right.
    pub x: f64,
    /// Downward.
    pub y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, not negative.
    pub width: f64,
    /// Height, not negative.
    pub height: f64,
}

/// One picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// The element itself; what its plane has that was not understood is kept here, too.
    pub base: Base,
    /// Id of what the plane shows: a process, a collaboration, a sub-process; empty where it is not stated.
    pub shows: String,
    /// Boxes.
    pub shapes: Vec<Shape>,
    /// Lines.
    pub edges: Vec<Edge>,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The element itself.
    pub base: Base,
    /// Id of what is shown.
    pub element: String,
    /// Where; none where the file states no usable place.
    pub bounds: Option<Bounds>,
    /// Whether the inside of an activity or pool is shown.
    pub is_expanded: Option<bool>,
    /// Whether a pool or lane lies.
    pub is_horizontal: Option<bool>,
    /// Whether an exclusive gateway shows its cross.
    pub is_marker_visible: Option<bool>,
    /// Whether it has a label of its own, and where.
    pub label: Option<Label>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// The element itself.
    pub base: Base,
    /// Id of what is shown.
    pub element: String,
    /// Its points, ends included.
    pub waypoints: Vec<Waypoint>,
    /// Whether it has a label of its own, and where.
    pub label: Option<Label>,
}

/// The label of a box or line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The element itself.
    pub base: Base,
    /// Where; none for the usual place.
    pub bounds: Option<Bounds>,
}
