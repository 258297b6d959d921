//! The tools of the canvas: one file each, one line in [`TOOLS`].
//!
//! A tool is a function from a gesture and an input to the next gesture, with wishes as its by-product. A gesture
//! holds what it began from; each input computes it anew from there, so that dropping it needs no undoing. Nothing
//! here paints: [`super::preview`] and [`super::overlay`] show what a gesture would do.

pub mod bend;
pub mod connect;
pub mod hand;
pub mod lanes;
pub mod lines;
pub mod moving;
pub mod phases;
pub mod place;
pub mod resize;
pub mod select;
pub mod space;

use egui::{CursorIcon, Modifiers};
use emath::{Pos2, Rect, Vec2};

use super::pick::{Corner, Hit, Side, hit, node_of};
use super::{NewElement, Tool};
use crate::app::command::Command;
use crate::edit::{Edit, LineEnd, SpaceAxis};
use crate::model::*;
use crate::scene::{NodeShape, Scene};

/// Distance of the connecting handles from the box, in screen points.
pub const HANDLE_GAP: f32 = 12.0;
/// How close to a handle counts as on it, in screen points.
const HANDLE_REACH: f32 = 12.0;
/// How close to a handle counts as on it where there is something else, too, in screen points.
const HANDLE_SEEN: f32 = 8.0;

/// What happened to the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It moved without a button.
    Hover,
    /// The button went down.
    Press,
    /// It moved far enough with the button down to be a drag.
    Drag,
    /// The button went up.
    Release,
    /// The button went down for the second time in a row.
    DoublePress,
}

/// An input of the pointer, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// What happened.
    pub phase: Phase,
    /// Where.
    pub at: Pos2,
    /// Where the button went down.
    pub press: Pos2,
    /// How far it moved on the screen since the last input.
    pub screen_delta: Vec2,
    /// Keys held.
    pub modifiers: Modifiers,
}

/// What a tool may look at.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The document.
    pub document: &'a Document,
    /// The view.
    pub view: ViewId,
    /// Its kind.
    pub kind: &'a ViewKind,
    /// Its picture.
    pub scene: &'a Scene,
    /// What is selected.
    pub selection: &'a [ElementRef],
    /// The tool.
    pub tool: Tool,
    /// Whether the tool stays after one use.
    pub tool_stays: bool,
    /// Screen points per world unit.
    pub zoom: f32,
    /// The groups that were entered, the outermost first.
    pub inside: &'a [u32],
    /// The box whose handles are shown because the pointer is, or was a moment ago, on it.
    pub hovered: Option<ElementRef>,
    /// Whether what is dragged aligns with its neighbours.
    pub snaps: bool,
}

impl Situation<'_> {
    /// Whether the view is an organisation chart.
    pub fn is_chart(&self) -> bool {
        matches!(self.kind, ViewKind::Organisation { .. })
    }

    /// Whether the boxes of the view have no places of their own.
    pub fn arranges_itself(&self) -> bool {
        self.kind.arranges_itself()
    }

    /// The process of a process view.
    pub fn process(&self) -> Option<ProcessId> {
        match self.kind {
            ViewKind::Process { process, .. } => Some(*process),
            _ => None,
        }
    }

    /// The process that a new node belongs to: that of the view, of the element it follows, of the steps that a board
    /// shows if it is but one, or the only one there is.
    pub fn process_of_new(&self, from: Option<ElementRef>) -> Option<ProcessId> {
        let of = |element: ElementRef| self.document.process_of(FlowNode::try_from(element).ok()?);
        let shown = || only(self.scene.nodes.iter().filter_map(|node| of(node.element)));
        let followed = self.process().or_else(|| from.and_then(of));
        followed.or_else(|| self.single().and_then(of)).or_else(shown).or_else(|| only(self.document.processes().ids()))
    }

    /// The only selected element.
    pub fn single(&self) -> Option<ElementRef> {
        match self.selection {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Whether a box is locked in the view.
    pub fn is_locked(&self, node: &NodeShape) -> bool {
        let placed = node.placement.and_then(|id| self.document.get::<Placement>(id));
        placed.is_some_and(|placement| placement.locked)
    }

    /// What the pointer would take hold of.
    pub fn target(&self, at: Pos2, hovered: Option<ElementRef>) -> Target {
        if let Some(target) = self.line_target(at) {
            return target;
        }
        let handles = self.single().into_iter().chain(hovered);
        for element in handles.filter(|element| can_start(*element)) {
            let Some(node) = node_of(self.scene, element) else { continue };
            if self.single() == Some(element)
                && let Some(corner) = self.corner_at(node.rect, at)
                && can_resize(element)
                && !self.arranges_itself()
                && !self.is_locked(node)
            {
                return Target::Corner(element, corner);
            }
            // A neighbour that lies where the handle would be is meant itself.
            let other = self.scene.node_at(at).and_then(|index| self.scene.nodes.get(index));
            if other.is_none_or(|other| other.element == element)
                && let Some(side) = self.handle_at(node.rect, at)
            {
                return Target::Handle(element, side);
            }
        }
        Target::Hit(hit(self.scene, at, self.zoom))
    }

    /// The ends and the label of the only selected line; they lie above boxes.
    fn line_target(&self, at: Pos2) -> Option<Target> {
        let line = self.single().filter(|_| self.tool == Tool::Select)?;
        let edge = lines::edge_of(self.scene, line)?;
        let ends = lines::ends_of(edge)?;
        let is_near = |end: Pos2| (end - at).length() * self.zoom <= HANDLE_REACH;
        let kinds = [LineEnd::Start, LineEnd::Finish];
        let near = kinds.into_iter().zip(ends).filter(|(_, end)| is_near(*end));
        let closest = near.min_by(|(_, a), (_, b)| (*a - at).length().total_cmp(&(*b - at).length()));
        match closest {
            Some((end, _)) => Some(Target::LineEnd(line, end)),
            None if edge.label.is_some_and(|label| label.contains(at)) => Some(Target::Label(line)),
            None => None,
        }
    }

    fn handle_at(&self, rect: Rect, at: Pos2) -> Option<Side> {
        // On a line a handle is taken only where it is seen.
        let on_line = self.scene.edge_at(at, super::pick::LINE_REACH / self.zoom).is_some();
        let near = |side: &Side| {
            let reach = if on_line { HANDLE_SEEN } else { HANDLE_REACH };
            (handle_of(rect, *side, self.zoom) - at).length() * self.zoom <= reach
        };
        Side::ALL.into_iter().find(near)
    }

    fn corner_at(&self, rect: Rect, at: Pos2) -> Option<Corner> {
        let reach = 6.0 / self.zoom;
        Corner::ALL.into_iter().find(|corner| (corner.of(rect) - at).length() <= reach)
    }
}

/// Where the connecting handle on a side of a box is.
pub fn handle_of(rect: Rect, side: Side, zoom: f32) -> Pos2 {
    side.middle(rect) + side.outward() * HANDLE_GAP / zoom
}

/// Whether connections start from such an element.
pub fn can_start(element: ElementRef) -> bool {
    matches!(
        element,
        ElementRef::Step(_)
            | ElementRef::Gateway(_)
            | ElementRef::Event(_)
            | ElementRef::Role(_)
            | ElementRef::Unit(_)
            | ElementRef::Body(_)
            | ElementRef::Person(_)
            | ElementRef::Decision(_)
            | ElementRef::External(_)
            | ElementRef::Artefact(_)
            | ElementRef::Note(_)
    )
}

/// Whether the box of such an element has a size of its own.
pub fn can_resize(element: ElementRef) -> bool {
    !matches!(element, ElementRef::Gateway(_) | ElementRef::Event(_) | ElementRef::Flow(_))
}

/// What the pointer would take hold of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A connecting handle.
    Handle(ElementRef, Side),
    /// A corner of the selected box.
    Corner(ElementRef, Corner),
    /// An end of the selected line.
    LineEnd(ElementRef, LineEnd),
    /// The label of the selected line.
    Label(ElementRef),
    /// What lies there.
    Hit(Hit),
}

/// What the hand is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// The button is down on something, without a drag yet.
    Pressed {
        /// On what.
        target: Target,
        /// Whether releasing makes it the only selection, because it was part of a larger one.
        narrows: bool,
    },
    /// Elements move.
    Move(moving::Moving),
    /// A frame takes in what lies within it.
    Marquee {
        /// Where it began.
        from: Pos2,
        /// Where it is now.
        to: Pos2,
        /// What was selected before, where that stays.
        before: Vec<ElementRef>,
    },
    /// A box changes its size.
    Resize(resize::Resizing),
    /// A line is bent.
    Bend(bend::Bending),
    /// A lane changes its place or height.
    Lane(lanes::LaneGesture),
    /// A phase changes its length.
    Phase(phases::PhaseGesture),
    /// A connection is drawn.
    Connect(connect::Connecting),
    /// An end of a line goes to another element.
    Lead(lines::Leading),
    /// The label of a line goes to another place.
    Label(lines::Labelling),
    /// Space is made.
    Space(space::Spacing),
    /// The paper moves.
    Pan,
}

impl Gesture {
    /// Whether something is under way that Escape drops.
    pub fn is_busy(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pressed { .. })
    }

    /// Whether the view follows the pointer when it comes close to the border.
    pub fn scrolls_at_the_border(&self) -> bool {
        self.is_busy() && !matches!(self, Self::Pan)
    }
}

/// A menu of new elements, opened where a connection was dropped on empty ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewMenu {
    /// Where the connection started.
    pub from: ElementRef,
    /// Where it was dropped, in the world.
    pub at: Pos2,
}

/// What an input leads to, beside the next gesture.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Wishes.
    pub commands: Vec<Command>,
    /// How far the paper moves, in screen points.
    pub pan: Vec2,
    /// A menu to open.
    pub menu: Option<NewMenu>,
    /// What to say at the foot of the window.
    pub hint: Option<String>,
    /// The groups that are entered from now on, where that changes.
    pub inside: Option<Vec<u32>>,
    /// The phase whose name is to be edited.
    pub phase: Option<usize>,
}

impl Outcome {
    /// Wishes for a selection.
    pub fn select(&mut self, elements: Vec<ElementRef>) {
        self.commands.push(Command::Select(elements));
    }

    /// Wishes for a change.
    pub fn edit(&mut self, edit: impl Into<Edit>) {
        self.commands.push(Command::Edit(Box::new(edit.into())));
    }

    /// Wishes for a new element, selected and with its name open.
    pub fn create(&mut self, edit: impl Into<Edit>) {
        self.commands.push(Command::Create { edit: Box::new(edit.into()), rename: true });
    }

    /// Whether the name of an element opens by one of the wishes.
    pub fn opens_field(&self) -> bool {
        let opens = |command: &Command| matches!(command, Command::Create { rename: true, .. } | Command::Rename(_));
        self.commands.iter().any(opens)
    }

    /// Adds what a later input of the same frame leads to.
    pub fn take_over(&mut self, mut later: Self) {
        self.commands.append(&mut later.commands);
        self.pan += later.pan;
        self.menu = later.menu.or(self.menu);
        self.hint = later.hint.or(self.hint.take());
        self.inside = later.inside.or(self.inside.take());
        self.phase = later.phase.or(self.phase);
    }

    /// Goes back to the select tool after one use.
    pub fn used(&mut self, situation: &Situation<'_>) {
        if !situation.tool_stays {
            self.commands.push(Command::Tool(Tool::Select));
        }
    }
}

/// One tool.
pub struct ToolSpec {
    /// Its action.
    pub action: &'static str,
    /// Whether it serves a tool.
    pub serves: fn(Tool) -> bool,
    /// The next gesture.
    pub on_input: fn(Gesture, &Input, &Situation<'_>, &mut Outcome) -> Gesture,
    /// What it says at the foot of the window while nothing is under way.
    pub hint: fn(Tool) -> String,
    /// The cursor while nothing is under way.
    pub cursor: CursorIcon,
}

/// All tools.
pub const TOOLS: &[&ToolSpec] = &[&connect::TOOL, &hand::TOOL, &place::TOOL, &select::TOOL, &space::TOOL];

/// The tool in use.
pub fn spec(tool: Tool) -> &'static ToolSpec {
    TOOLS.iter().copied().find(|spec| (spec.serves)(tool)).unwrap_or(&select::TOOL)
}

/// The cursor over a target, or during a gesture.
pub fn cursor(gesture: &Gesture, tool: Tool, target: Option<Target>, direction: FlowDirection) -> CursorIcon {
    let (along, across) = match direction {
        FlowDirection::LeftToRight => (CursorIcon::ResizeHorizontal, CursorIcon::ResizeVertical),
        FlowDirection::TopToBottom => (CursorIcon::ResizeVertical, CursorIcon::ResizeHorizontal),
    };
    match gesture {
        Gesture::Pan => return CursorIcon::Grabbing,
        Gesture::Move(moving) if moving.duplicates => return CursorIcon::Copy,
        Gesture::Move(_) | Gesture::Lane(lanes::LaneGesture::Order { .. }) => return CursorIcon::Grabbing,
        Gesture::Lane(lanes::LaneGesture::Height { .. }) => return across,
        Gesture::Phase(_) => return along,
        Gesture::Connect(connecting) if connecting.refusal.is_some() => return CursorIcon::NotAllowed,
        Gesture::Lead(leading) if leading.refusal.is_some() => return CursorIcon::NotAllowed,
        Gesture::Connect(_) | Gesture::Lead(_) => return CursorIcon::Crosshair,
        Gesture::Label(_) => return CursorIcon::Grabbing,
        Gesture::Space(spacing) if spacing.axis == SpaceAxis::Sideways => return CursorIcon::ResizeHorizontal,
        Gesture::Space(_) => return CursorIcon::ResizeVertical,
        _ => {}
    }
    let spec = spec(tool);
    match target.filter(|_| tool == Tool::Select) {
        Some(Target::Handle(..)) => CursorIcon::PointingHand,
        Some(Target::LineEnd(..)) => CursorIcon::Crosshair,
        Some(Target::Label(_)) => CursorIcon::Grab,
        Some(Target::Corner(_, corner)) if corner.right == corner.bottom => CursorIcon::ResizeNwSe,
        Some(Target::Corner(..)) => CursorIcon::ResizeNeSw,
        Some(Target::Hit(Hit::LaneBorder(_))) => across,
        Some(Target::Hit(Hit::PhaseBorder(_))) => along,
        Some(Target::Hit(Hit::LaneHeader(_))) => CursorIcon::Grab,
        Some(Target::Hit(Hit::LaneFold(_))) => CursorIcon::PointingHand,
        _ => spec.cursor,
    }
}

/// The one that all are; none where they differ.
fn only<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// A point of the world as the document keeps it, on whole units.
pub fn kept(point: Pos2) -> Point {
    Point::new(f64::from(point.x.round()), f64::from(point.y.round()))
}

/// The edit that adds a new element at a place, after another one where that has a meaning.
pub fn addition(
    situation: &Situation<'_>,
    new: NewElement,
    at: Option<Pos2>,
    from: Option<ElementRef>,
) -> Option<Edit> {
    use crate::edit::{AddNode, Insert};
    let center = at.map(kept);
    if new.is_node() {
        let process = situation.process_of_new(from)?;
        let record = new.record(Some(process), None)?;
        let after = from.and_then(|from| FlowNode::try_from(from).ok());
        return Some(AddNode { view: Some(situation.view), center, ..AddNode::new(process, record, after) }.into());
    }
    let unit = from.and_then(|from| match from {
        ElementRef::Unit(id) => Some(id),
        ElementRef::Role(id) => situation.document.get::<Role>(id)?.unit,
        _ => None,
    });
    let mut record = new.record(situation.process(), unit)?;
    match (&mut record, from) {
        (crate::edit::Record::Role(role), Some(ElementRef::Role(boss))) => role.reports_to = Some(boss),
        (crate::edit::Record::Note(note), about) => note.about = about,
        _ => {}
    }
    Some(Insert { records: vec![record], show_in: vec![(situation.view, center)] }.into())
}
