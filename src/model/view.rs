//! Pictures of the model: views, placements, lanes, notes. Removing a picture never removes the thing.
//!
//! World units: 1 is a point at zoom 1; x grows to the right, y downward.

use super::ids::{Actor, ElementRef, ProcessId, UnitId, ViewId};
use super::key::Key;

/// A place in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downward.
    pub y: f64,
}

impl Point {
    /// The point (x, y).
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A size in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Size {
    /// The size width × height.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }
}

/// Width of the header of a lane, left of the lane's content.
pub const LANE_HEADER_WIDTH: f64 = 36.0;
/// Height of a new lane.
pub const LANE_EXTENT: f64 = 120.0;
/// Height of a lane of which only the header is shown.
pub const LANE_COLLAPSED_EXTENT: f64 = 36.0;

/// A band of a process view: the steps of one performer. Lanes are stacked from y = 0 downward in their order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Whose; none for the band of steps that nobody performs.
    pub actor: Option<Actor>,
    /// Height in world units.
    pub extent: f64,
    /// Whether only its header is shown.
    pub collapsed: bool,
}

impl Lane {
    /// An open lane of the usual height.
    pub fn new(actor: Option<Actor>) -> Self {
        Self { actor, extent: LANE_EXTENT, collapsed: false }
    }

    /// The height that it takes in the picture.
    pub fn shown_extent(&self) -> f64 {
        if self.collapsed { LANE_COLLAPSED_EXTENT } else { self.extent }
    }
}

/// Top and bottom of each lane, in the order of the lanes.
pub fn lane_bands(lanes: &[Lane]) -> Vec<(f64, f64)> {
    let mut top = 0.0;
    lanes
        .iter()
        .map(|lane| {
            let band = (top, top + lane.shown_extent());
            top = band.1;
            band
        })
        .collect()
}

/// Index of the lane that covers a height; none above the first and below the last lane.
pub fn lane_at(lanes: &[Lane], y: f64) -> Option<usize> {
    lane_bands(lanes).iter().position(|(top, bottom)| y >= *top && y < *bottom)
}

/// Which rows a matrix shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatrixRows {
    /// Decisions.
    #[default]
    Decisions,
    /// Steps.
    Steps,
    /// Decisions, then steps.
    Both,
}

/// What a matrix view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixView {
    /// Which rows.
    pub rows: MatrixRows,
    /// Steps of these processes only; all where it is empty.
    pub processes: Vec<ProcessId>,
    /// The columns in order; all roles by unit, then those others who hold a right, where it is empty.
    pub columns: Vec<Actor>,
    /// Units whose columns are folded into one.
    pub collapsed: Vec<UnitId>,
}

/// What a view shows and how it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewKind {
    /// Organisation chart of a unit and all below it; of all units where it is none.
    Organisation {
        /// The topmost unit.
        root: Option<UnitId>,
    },
    /// The flow of a process in lanes.
    Process {
        /// Which process.
        process: ProcessId,
        /// The bands from top to bottom.
        lanes: Vec<Lane>,
    },
    /// A free board.
    Board,
    /// The decision-rights matrix.
    Matrix(MatrixView),
}

/// One picture of part of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// Place in lists: lower first, equal ones by handle.
    pub order: i32,
    /// What it shows.
    pub kind: ViewKind,
    /// Free text.
    pub description: String,
}

impl View {
    /// The lanes of a process view; none for other kinds.
    pub fn lanes(&self) -> &[Lane] {
        match &self.kind {
            ViewKind::Process { lanes, .. } => lanes,
            _ => &[],
        }
    }

    /// The process of a process view.
    pub fn process(&self) -> Option<ProcessId> {
        match &self.kind {
            ViewKind::Process { process, .. } => Some(*process),
            _ => None,
        }
    }
}

/// One element shown in a view. A document has at most one per view and element.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The view.
    pub view: ViewId,
    /// What is shown; a flow where only its bends are recorded.
    pub element: ElementRef,
    /// Centre of the box; none until the view is arranged, and for flows.
    pub center: Option<Point>,
    /// Size of the box; none for the natural size of its text.
    pub size: Option<Size>,
    /// For a flow: the points of its line between the boxes, ends included; empty to route it anew.
    pub bends: Vec<Point>,
    /// Whether arranging leaves it where it is (for a flow: keeps its bends).
    pub pinned: bool,
    /// Whether what is below it is hidden.
    pub collapsed: bool,
}

impl Placement {
    /// A placement without a place yet.
    pub fn unplaced(view: ViewId, element: ElementRef) -> Self {
        Self { view, element, center: None, size: None, bends: Vec::new(), pinned: false, collapsed: false }
    }
}

/// A remark, pinned to an element or free.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Stable text key.
    pub key: Key,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub about: Option<ElementRef>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_stacked_from_zero_downward() {
        let closed = Lane { collapsed: true, ..Lane::new(None) };
        let lanes = [Lane::new(None), closed, Lane::new(None)];
        assert_eq!(lane_bands(&lanes), [(0.0, 120.0), (120.0, 156.0), (156.0, 276.0)]);
        assert_eq!(
            [-1.0, 0.0, 119.0, 120.0, 275.0, 276.0].map(|y| lane_at(&lanes, y)),
            [None, Some(0), Some(0), Some(1), Some(2), None]
        );
    }
}
