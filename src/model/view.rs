//! Pictures of the model: views, placements, lanes, notes. Removing a picture never removes the thing.
//!
//! World units: 1 is a point at zoom 1; x grows to the right, y downward.

use super::ids::{Actor, ElementRef, ProcessId, StepId, UnitId, ViewId};
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

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// The area from its left upper corner.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Its middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether a point lies in it; the right and lower edge do not belong to it.
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.x && point.x < self.x + self.width && point.y >= self.y && point.y < self.y + self.height
    }
}

/// Which way the flow of a process view runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowDirection {
    /// From left to right; lanes lie one below the other.
    #[default]
    LeftToRight,
    /// From top to bottom; lanes stand side by side.
    TopToBottom,
}

impl FlowDirection {
    /// The coordinate of a point across the flow, along which lanes follow one another.
    pub fn across(self, point: Point) -> f64 {
        match self {
            Self::LeftToRight => point.y,
            Self::TopToBottom => point.x,
        }
    }

    /// The coordinate of a point along the flow.
    pub fn along(self, point: Point) -> f64 {
        match self {
            Self::LeftToRight => point.x,
            Self::TopToBottom => point.y,
        }
    }

    /// The point moved along the flow.
    pub fn moved_along(self, point: Point, by: f64) -> Point {
        match self {
            Self::LeftToRight => Point::new(point.x + by, point.y),
            Self::TopToBottom => Point::new(point.x, point.y + by),
        }
    }

    /// The point moved across the flow.
    pub fn moved_across(self, point: Point, by: f64) -> Point {
        match self {
            Self::LeftToRight => Point::new(point.x, point.y + by),
            Self::TopToBottom => Point::new(point.x + by, point.y),
        }
    }
}

/// Width of the header of a lane, left of the lane's content.
pub const LANE_HEADER_WIDTH: f64 = 36.0;
/// Height of a new lane.
pub const LANE_EXTENT: f64 = 120.0;
/// Height of a lane of which only the header is shown.
pub const LANE_COLLAPSED_EXTENT: f64 = 36.0;

/// A band of a process view: the steps of one performer. Lanes are stacked from 0 in their order: downward where the
/// flow runs from left to right, to the right where it runs from top to bottom.
///
/// Lanes nest by their depth: a lane followed by deeper ones encloses them (a pool, or a lane with sub-lanes) and
/// reaches from the first to the last of them; nodes stand in those that enclose none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Whose; none for the band of steps that nobody performs.
    pub actor: Option<Actor>,
    /// How far it reaches across the flow, in world units; of no meaning for a lane that encloses others.
    pub extent: f64,
    /// Whether only its header is shown.
    pub collapsed: bool,
    /// How many lanes enclose it; 0 for a pool and for a lane without one.
    pub depth: u8,
    /// Space before it, such as between two pools.
    pub gap: f64,
    /// Where a drawing from elsewhere has it, header included. Either all lanes of a view have one or none; then
    /// nothing is stacked. Arranging anew takes it away.
    pub frame: Option<Area>,
}

impl Lane {
    /// An open lane of the usual height.
    pub fn new(actor: Option<Actor>) -> Self {
        Self { actor, extent: LANE_EXTENT, collapsed: false, depth: 0, gap: 0.0, frame: None }
    }

    /// The height that it takes in the picture.
    pub fn shown_extent(&self) -> f64 {
        if self.collapsed { LANE_COLLAPSED_EXTENT } else { self.extent }
    }
}

/// Whether a lane encloses others.
pub fn encloses_lanes(lanes: &[Lane], index: usize) -> bool {
    match (lanes.get(index), lanes.get(index + 1)) {
        (Some(lane), Some(next)) => next.depth > lane.depth,
        _ => false,
    }
}

/// Where each lane begins and ends across the flow, in the order of the lanes.
pub fn lane_bands(lanes: &[Lane], direction: FlowDirection) -> Vec<(f64, f64)> {
    let mut end = 0.0;
    let mut bands: Vec<(f64, f64)> = Vec::with_capacity(lanes.len());
    // What a folded lane encloses takes no room.
    let mut folded: Option<u8> = None;
    for (index, lane) in lanes.iter().enumerate() {
        if folded.is_some_and(|depth| lane.depth <= depth) {
            folded = None;
        }
        let hidden = folded.is_some();
        if lane.collapsed && !hidden {
            folded = Some(lane.depth);
        }
        let band = match (lane.frame, direction) {
            (Some(area), FlowDirection::LeftToRight) => (area.y, area.y + area.height),
            (Some(area), FlowDirection::TopToBottom) => (area.x, area.x + area.width),
            (None, _) if hidden => (end, end),
            (None, _) => {
                let start = end + lane.gap;
                let inside = encloses_lanes(lanes, index) && !lane.collapsed;
                (start, if inside { start } else { start + lane.shown_extent() })
            }
        };
        end = band.1;
        bands.push(band);
    }
    // A lane that encloses others ends where the last of them ends.
    for index in (0..lanes.len()).rev() {
        let Some(lane) = lanes.get(index).filter(|lane| lane.frame.is_none() && !lane.collapsed) else { continue };
        let inside = lanes.iter().zip(&bands).skip(index + 1).take_while(|(other, _)| other.depth > lane.depth);
        let last = inside.map(|(_, band)| band.1).fold(f64::NEG_INFINITY, f64::max);
        if let Some(band) = bands.get_mut(index).filter(|_| last.is_finite()) {
            band.1 = last;
        }
    }
    bands
}

/// Index of the innermost lane that covers a point; none outside of all lanes.
pub fn lane_at(lanes: &[Lane], direction: FlowDirection, point: Point) -> Option<usize> {
    let across = direction.across(point);
    let covers = |(lane, (start, end)): (&Lane, &(f64, f64))| match lane.frame {
        Some(area) => area.contains(point),
        None => across >= *start && across < *end,
    };
    let bands = lane_bands(lanes, direction);
    let found = lanes.iter().zip(&bands).enumerate().filter(|(_, pair)| covers(*pair));
    found.max_by_key(|(index, (lane, _))| (lane.depth, std::cmp::Reverse(*index))).map(|(index, _)| index)
}

/// Space between two pools.
pub const POOL_GAP: f64 = 40.0;

/// Length of a new phase along the flow.
pub const PHASE_EXTENT: f64 = 320.0;
/// Least length of a phase.
pub const PHASE_LEAST: f64 = 80.0;

/// A column of a process view: a part of the way through it. Phases follow one another from 0 along the flow, across all
/// lanes. What stands in a phase is a matter of the picture alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Its name; may be empty.
    pub name: String,
    /// How far it reaches along the flow, in world units.
    pub extent: f64,
}

impl Phase {
    /// A phase of the usual length.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), extent: PHASE_EXTENT }
    }
}

/// Where each phase ends along the flow.
pub fn phase_ends(phases: &[Phase]) -> Vec<f64> {
    let mut end = 0.0;
    let next = |phase: &Phase| {
        end += phase.extent;
        end
    };
    phases.iter().map(next).collect()
}

/// Index of the phase in which a place along the flow lies; before the first one that, behind the last one the last.
pub fn phase_at(phases: &[Phase], along: f64) -> Option<usize> {
    let passed = phase_ends(phases).into_iter().take_while(|end| along >= *end).count();
    (!phases.is_empty()).then(|| passed.min(phases.len() - 1))
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

/// How a matrix view is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatrixForm {
    /// Who holds which letter: rows against holders.
    #[default]
    Rights,
    /// The register: decisions with their facts as a table.
    Register,
}

/// A kind of holder of rights, as columns of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolderKind {
    /// Roles, by unit.
    Roles,
    /// Units.
    Units,
    /// Bodies.
    Bodies,
    /// People.
    People,
    /// Externals.
    Externals,
}

impl HolderKind {
    /// Every kind, in the order of columns.
    pub const ALL: [Self; 5] = [Self::Roles, Self::Units, Self::Bodies, Self::People, Self::Externals];

    /// The kind of an actor; none for a system, which holds nothing.
    pub fn of(actor: Actor) -> Option<Self> {
        match actor {
            Actor::Role(_) => Some(Self::Roles),
            Actor::Unit(_) => Some(Self::Units),
            Actor::Body(_) => Some(Self::Bodies),
            Actor::Person(_) => Some(Self::People),
            Actor::External(_) => Some(Self::Externals),
            Actor::System(_) => None,
        }
    }
}

/// What a matrix view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixView {
    /// How it is laid out.
    pub form: MatrixForm,
    /// Which rows.
    pub rows: MatrixRows,
    /// Steps of these processes only; all where it is empty.
    pub processes: Vec<ProcessId>,
    /// The columns in order; those of `kinds` where it is empty.
    pub columns: Vec<Actor>,
    /// Of which kinds everybody is a column; all roles by unit, then those others who hold a right, where it is empty.
    pub kinds: Vec<HolderKind>,
    /// Whether columns are people, each with the rights of all their roles.
    pub by_person: bool,
    /// Whether holders are rows, and decisions and steps columns.
    pub transposed: bool,
    /// Units whose columns are folded into one.
    pub collapsed: Vec<UnitId>,
}

/// How an organisation chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartForm {
    /// Boxes joined by lines, units above what belongs to them. The only form whose boxes have places of their own.
    #[default]
    Tree,
    /// Circles within circles: what belongs to a unit lies in its circle.
    Circles,
    /// Units as columns; as rows those units to which roles of others report in dotted lines.
    Grid,
}

/// What a view shows and how it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewKind {
    /// Organisation chart of a unit and all below it; of all units where it is none.
    Organisation {
        /// The topmost unit.
        root: Option<UnitId>,
        /// How it is drawn.
        form: ChartForm,
        /// Which way a tree grows; from the top down is the usual one.
        direction: FlowDirection,
    },
    /// The flow of a process in lanes.
    Process {
        /// Which process.
        process: ProcessId,
        /// The bands in their order, those that enclose others before them.
        lanes: Vec<Lane>,
        /// Which way the flow runs.
        direction: FlowDirection,
    },
    /// A free board.
    Board,
    /// The decision-rights matrix.
    Matrix(MatrixView),
}

impl ViewKind {
    /// A tree of a unit and all below it, or of all units, from the top down.
    pub fn organisation(root: Option<UnitId>) -> Self {
        Self::Organisation { root, form: ChartForm::Tree, direction: FlowDirection::TopToBottom }
    }

    /// Whether its boxes have no places of their own: they stand where what they show puts them.
    pub fn arranges_itself(&self) -> bool {
        match self {
            Self::Organisation { form, .. } => *form != ChartForm::Tree,
            Self::Matrix(_) => true,
            Self::Process { .. } | Self::Board => false,
        }
    }
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
    /// Whether a board draws the lines that the model has between what it shows; other kinds always do.
    pub connections: bool,
    /// The columns of a process view, along the flow; none where it has none.
    pub phases: Vec<Phase>,
    /// For a process view: the sub-flow whose inside it shows; none for a view of the whole process.
    pub within: Option<StepId>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

impl View {
    /// The lanes of a process view; none for other kinds.
    pub fn lanes(&self) -> &[Lane] {
        match &self.kind {
            ViewKind::Process { lanes, .. } => lanes,
            _ => &[],
        }
    }

    /// Which way the flow of a process view runs; from left to right for other kinds.
    pub fn direction(&self) -> FlowDirection {
        match &self.kind {
            ViewKind::Process { direction, .. } => *direction,
            _ => FlowDirection::default(),
        }
    }

    /// The process of a process view; its picture may show nodes of others, too, each in its pool.
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
    /// What is shown; a flow or link where only its line is recorded.
    pub element: ElementRef,
    /// Centre of the box; none until the view is arranged, and for flows.
    pub center: Option<Point>,
    /// Size of the box; none for the natural size of its text.
    pub size: Option<Size>,
    /// For a flow or link: the points of its line between the boxes, ends included; empty to route it anew.
    pub bends: Vec<Point>,
    /// Where its label stands if somebody placed it there: of a flow, a link, or a node named beside its shape.
    pub label: Option<Area>,
    /// Whether arranging leaves it where it is (for a flow: keeps its bends).
    pub pinned: bool,
    /// Whether what is below or inside it is hidden.
    pub collapsed: bool,
    /// Whether neither the hand nor an arrangement moves it.
    pub locked: bool,
    /// Colour of its box in this view: 0 to 7, a tint of the theme; none for the colour of what it shows.
    pub tint: Option<u8>,
    /// Place in the order of painting: a higher one lies above; equal ones by handle.
    pub layer: i32,
    /// Numbers of the groups that it is in, the outermost first; see [`groups`](super::groups).
    pub groups: Vec<u32>,
}

impl Placement {
    /// A placement without a place yet.
    pub fn unplaced(view: ViewId, element: ElementRef) -> Self {
        Self {
            view,
            element,
            center: None,
            size: None,
            bends: Vec::new(),
            label: None,
            pinned: false,
            collapsed: false,
            locked: false,
            tint: None,
            layer: 0,
            groups: Vec::new(),
        }
    }
}

/// How a note is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteForm {
    /// A sticky note.
    #[default]
    Sticky,
    /// Text behind a bracket (text annotation).
    Annotation,
    /// A dashed frame around what belongs together, with its text at the top (group).
    Frame,
}

/// What a note is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Anything.
    #[default]
    Remark,
    /// Somebody has to be asked.
    Question,
    /// Something could be done otherwise.
    Idea,
    /// Something may go wrong.
    Risk,
    /// Something was, or has to be, decided.
    Decision,
}

impl NoteKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Remark, Self::Question, Self::Idea, Self::Risk, Self::Decision];

    /// The word for it, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Remark => "remark",
            Self::Question => "question",
            Self::Idea => "idea",
            Self::Risk => "risk",
            Self::Decision => "decision",
        }
    }
}

/// A remark, pinned to an element or free.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Stable text key.
    pub key: Key,
    /// What it says.
    pub text: String,
    /// Initials or name of who wrote it.
    pub author: String,
    /// What it is for.
    pub kind: NoteKind,
    /// Whether it is dealt with.
    pub done: bool,
    /// What it is about.
    pub about: Option<ElementRef>,
    /// How it is drawn.
    pub form: NoteForm,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_stacked_from_zero_downward() {
        let closed = Lane { collapsed: true, ..Lane::new(None) };
        let lanes = [Lane::new(None), closed, Lane::new(None)];
        let direction = FlowDirection::LeftToRight;
        assert_eq!(lane_bands(&lanes, direction), [(0.0, 120.0), (120.0, 156.0), (156.0, 276.0)]);
        assert_eq!(
            [-1.0, 0.0, 119.0, 120.0, 275.0, 276.0].map(|y| lane_at(&lanes, direction, Point::new(9.0, y))),
            [None, Some(0), Some(0), Some(1), Some(2), None]
        );
    }

    #[test]
    fn a_pool_reaches_around_its_lanes_and_pools_stand_apart() {
        let inner = Lane { depth: 1, ..Lane::new(None) };
        let second = Lane { gap: 30.0, ..Lane::new(None) };
        let lanes = [Lane::new(None), inner, inner, second];
        let direction = FlowDirection::TopToBottom;
        assert_eq!(lane_bands(&lanes, direction), [(0.0, 240.0), (0.0, 120.0), (120.0, 240.0), (270.0, 390.0)]);
        let at = |x: f64| lane_at(&lanes, direction, Point::new(x, 5.0));
        assert_eq!([10.0, 130.0, 250.0, 280.0].map(at), [Some(1), Some(2), None, Some(3)]);
    }

    #[test]
    fn phases_follow_one_another_and_the_outer_ones_have_no_end() {
        let phases = [Phase { extent: 200.0, ..Phase::new("Ask") }, Phase::new("Answer")];
        assert_eq!(phase_ends(&phases), [200.0, 520.0]);
        assert_eq!([-50.0, 199.0, 200.0, 9000.0].map(|along| phase_at(&phases, along)), [0, 0, 1, 1].map(Some));
        assert_eq!(phase_at(&[], 10.0), None);
    }

    #[test]
    fn a_drawn_lane_lies_where_it_was_drawn() {
        let drawn =
            |x: f64, depth: u8| Lane { frame: Some(Area::new(x, 50.0, 100.0, 400.0)), depth, ..Lane::new(None) };
        let lanes = [drawn(0.0, 0), drawn(0.0, 1), drawn(100.0, 0)];
        let at = |x: f64, y: f64| lane_at(&lanes, FlowDirection::LeftToRight, Point::new(x, y));
        assert_eq!([at(10.0, 60.0), at(110.0, 60.0), at(10.0, 10.0)], [Some(1), Some(2), None]);
    }
}
