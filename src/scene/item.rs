//! The display list: what a picture consists of, in world units, without a window and without a colour.
//!
//! One [`Scene`] shows one view. Its `items` are painted from first to last; nearly all are one group per element, so
//! that a painter culls by the bounds of the group and an exporter writes one named group. Beside them stand flat
//! arrays of nodes, edges and lanes for picking, snapping and the accessibility tree.
//!
//! Colours are tokens ([`Colour`]); a theme gives them values. Text is measured and broken already: whoever draws a
//! [`Text`] draws its lines where they are and never wraps again. Hover, selection, handles and previews are not
//! here: they belong to whoever shows the scene.
//!
//! Invariants: `bounds` of an item contains all it draws except the width of its stroke; `NodeShape::item` and
//! `EdgeShape::item` are indices of `items`; equal documents and options give equal scenes.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::icon::Icon;
use super::measures::{FRAME_REACH, FRAME_TITLE};
use super::text::TextStyle;
use crate::model::{Actor, Duty, ElementRef, FlowDirection, PlacementId};

/// One picture, ready to be painted, picked in and exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What is drawn, lowest first: lanes, edges, boxes, labels. Shared with the pictures before and after that draw the
    /// same.
    pub items: Vec<Arc<Item>>,
    /// The boxes, lowest first.
    pub nodes: Vec<NodeShape>,
    /// The lines between them, lowest first.
    pub edges: Vec<EdgeShape>,
    /// The lanes of a process view in their order, those that enclose others before them.
    pub lanes: Vec<LaneShape>,
    /// The phases of a process view in their order.
    pub phases: Vec<PhaseShape>,
    /// Which way the flow of a process view runs.
    pub direction: FlowDirection,
    /// Smallest box around everything; of size zero for an empty picture.
    pub bounds: Rect,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            lanes: Vec::new(),
            phases: Vec::new(),
            direction: FlowDirection::default(),
            bounds: Rect::from_min_size(Pos2::ZERO, Vec2::ZERO),
        }
    }
}

/// The form of a box, which tells kinds apart before icon and colour do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeForm {
    /// A card with corners of radius [`super::measures::CORNER`].
    Card,
    /// A box with half-round ends.
    Pill,
    /// A circle.
    Circle,
    /// A square on its tip.
    Diamond,
    /// A sheet with a folded corner.
    Sheet,
    /// A box around others, such as an open sub-flow: what stands in it and the lines in it are hit before it.
    Container,
    /// A frame around others: only its border and its text at the top are hit.
    Frame,
}

/// A box of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeShape {
    /// What it shows.
    pub element: ElementRef,
    /// Its placement in the view, where it has one.
    pub placement: Option<PlacementId>,
    /// Its box, without badges and captions.
    pub rect: Rect,
    /// Its form.
    pub form: NodeForm,
    /// What it hangs below in an organisation chart, the sub-flow it stands in, or the actor whose lane it stands in.
    pub parent: Option<ElementRef>,
    /// How many elements it hides because it is folded.
    pub hidden: u32,
    /// Index of its group in the items of the scene.
    pub item: usize,
}

impl NodeShape {
    /// Whether a point lies in the form.
    pub fn contains(&self, point: Pos2) -> bool {
        if !self.rect.contains(point) {
            return false;
        }
        let from_center = point - self.rect.center();
        let half = (self.rect.size() / 2.0).max(Vec2::splat(f32::EPSILON));
        let relative = Vec2::new(from_center.x / half.x, from_center.y / half.y);
        match self.form {
            NodeForm::Card | NodeForm::Sheet | NodeForm::Pill | NodeForm::Container => true,
            NodeForm::Frame => {
                !self.rect.shrink(FRAME_REACH).contains(point) || point.y < self.rect.top() + FRAME_TITLE
            }
            NodeForm::Circle => relative.length_sq() <= 1.0,
            NodeForm::Diamond => relative.x.abs() + relative.y.abs() <= 1.0,
        }
    }
}

impl NodeForm {
    /// Whether things stand in it that lie above it, and lines run over it.
    pub fn is_ground(self) -> bool {
        matches!(self, Self::Container | Self::Frame)
    }
}

/// A line between two boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeShape {
    /// The flow or link; for the lines of an organisation chart the lower end.
    pub element: ElementRef,
    /// Where it starts.
    pub from: ElementRef,
    /// Where it ends.
    pub to: ElementRef,
    /// What it says.
    pub meaning: EdgeMeaning,
    /// Its corners from start to end, before their rounding.
    pub points: Vec<Pos2>,
    /// The pill of its label.
    pub label: Option<Rect>,
    /// Index of its group in the items of the scene.
    pub item: usize,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeMeaning {
    /// A flow of a process: an element that can be selected.
    Flow,
    /// A link (message, association, input, output): an element that can be selected.
    Link,
    /// A unit or role belongs to the unit above.
    Membership,
    /// A role reports to a further one in a solid line.
    Solid,
    /// A role reports to another one in a dotted line.
    Dotted,
    /// One holds, performs, decides, reports to the other: on boards.
    Relation,
    /// A note is about an element.
    About,
}

impl EdgeMeaning {
    /// Whether the line is an element of its own.
    pub fn is_element(self) -> bool {
        matches!(self, Self::Flow | Self::Link)
    }
}

/// A column of a process view.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseShape {
    /// Its place among the phases of the view.
    pub index: usize,
    /// The whole column, header included.
    pub rect: Rect,
    /// The header with its name.
    pub header: Rect,
    /// Its name.
    pub label: String,
}

/// A band of a process view.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneShape {
    /// Whose; none for the band of nodes that nobody performs.
    pub actor: Option<Actor>,
    /// Its place among the lanes of the view; none for a lane that the view does not list yet.
    pub index: Option<usize>,
    /// The whole band, header included.
    pub rect: Rect,
    /// The header: at its left where the flow runs from left to right, else at its top; the whole band of a party that
    /// shows nothing of its inside.
    pub header: Rect,
    /// Whether only the header is shown.
    pub collapsed: bool,
    /// How many lanes enclose it.
    pub depth: u8,
    /// Whether its extent can be changed: not of a lane that encloses others or is folded. One that lies where it was
    /// drawn is stacked with the others then.
    pub resizable: bool,
    /// Name and holder for assistive technology.
    pub label: String,
}

/// What may be left out when the picture is small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// Outlines and lines: always drawn.
    #[default]
    Shape,
    /// Names of units and lanes: readable from about a quarter of the natural size, bars below.
    Title,
    /// Names: dropped below about a quarter of the natural size.
    Name,
    /// Figures, icons, badges, labels of lines: dropped below about half of the natural size.
    Secondary,
}

/// One thing that is drawn, or several that belong to one element.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it belongs to; none for frames, headings and legends.
    pub element: Option<ElementRef>,
    /// When it may be left out.
    pub detail: Detail,
    /// Box around it, without the width of strokes.
    pub bounds: Rect,
    /// What is drawn.
    pub kind: ItemKind,
}

/// The kinds of item. Painter and exporters match over them without a wildcard.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// A box with equal corners; with corners of half its height a pill or a circle.
    Rect(RectItem),
    /// A line or an area along straight segments, its corners rounded on request.
    Path(PathItem),
    /// Lines of text in one style.
    Text(Text),
    /// An icon.
    Icon(IconItem),
    /// Items that belong together, lowest first.
    Group(Vec<Item>),
}

/// A box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RectItem {
    /// Where.
    pub rect: Rect,
    /// Radius of its corners in world units, at most half of its smaller side.
    pub corner: f32,
    /// How it is painted.
    pub style: Style,
}

/// A line or an area. [`super::path::segments`] and [`super::path::flattened`] apply the rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// Its corners.
    pub points: Vec<Pos2>,
    /// Whether the last corner is joined to the first.
    pub closed: bool,
    /// Radius of the bends at its corners in world units; 0 for sharp ones. Short segments make it smaller.
    pub bend: f32,
    /// How it is painted.
    pub style: Style,
}

/// Lines of text, broken and placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The lines.
    pub lines: Vec<TextLine>,
    /// Size in world units and weight.
    pub style: TextStyle,
    /// Colour of the letters.
    pub colour: Colour,
    /// Direction of the lines.
    pub turn: Turn,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// What it says, without line ends.
    pub text: String,
    /// Start of its baseline.
    pub origin: Pos2,
    /// Length along the baseline in world units.
    pub width: f32,
}

/// Direction of lines of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// From left to right.
    #[default]
    None,
    /// Upwards: a quarter turn to the left around the origin of each line.
    Left,
}

/// An icon in a square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IconItem {
    /// Which.
    pub icon: Icon,
    /// Its square.
    pub rect: Rect,
    /// Its colour.
    pub colour: Colour,
    /// Direction in which it is drawn.
    pub turn: Turn,
}

/// How a box or path is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Style {
    /// Colour of the area.
    pub fill: Option<Colour>,
    /// Line around it, centred on the outline.
    pub stroke: Option<Stroke>,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in world units.
    pub width: f32,
    /// Its pattern.
    pub dash: Dash,
}

/// Pattern of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Dashes: vacant, planned, without a value.
    Dashed,
    /// Dots: dotted reporting lines, associations.
    Dotted,
    /// Dashes and dots in turn: frames around what belongs together.
    DashDotted,
}

impl Dash {
    /// Lengths drawn and left out in world units, in turn; none for an unbroken line.
    pub fn pattern(self) -> Option<&'static [f32]> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some(&[4.0, 3.0]),
            Self::Dotted => Some(&[1.5, 3.5]),
            Self::DashDotted => Some(&[9.0, 4.0, 1.5, 4.0]),
        }
    }
}

/// How grave a mark on an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Something cannot work.
    Block,
}

/// How a load stands to its thresholds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoadLevel {
    /// Below the first threshold.
    #[default]
    Usual,
    /// Above the first one.
    High,
    /// Above the second one.
    Over,
}

/// Colours by meaning; a theme says what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// The paper.
    Canvas,
    /// Cards on it.
    Raised,
    /// Every other lane, and headers.
    Lane,
    /// Hairlines.
    Line,
    /// Edges of cards.
    LineStrong,
    /// Edges of shapes that say something by their form: events, gateways, pills.
    Border,
    /// Grounds of headings.
    Field,
    /// Lines and arrowheads of flows.
    Connector,
    /// Text.
    Ink,
    /// Secondary text and icons.
    InkSecond,
    /// Faint text that nobody must read.
    InkThird,
    /// The accent.
    Accent,
    /// Ground of badges in the accent.
    AccentSoft,
    /// Text and icons on that ground.
    AccentInk,
    /// Text and icons on a ground in a full colour: an accent or a severity.
    OnFull,
    /// Ground of a card, tint 0 to 7.
    TintFill(u8),
    /// Edge of a card, tint 0 to 7.
    TintEdge(u8),
    /// Load of a role: bars and figures.
    Load(LoadLevel),
    /// What a bar of load leaves free.
    LoadTrack,
    /// Ground of a class of an overlay, 0 (little) to 5 (much).
    Ramp(u8),
    /// Text and icons on that ground.
    RampInk(u8),
    /// Text, icons and full grounds of a severity.
    Severity(Severity),
    /// Ground of texts about a severity.
    SeveritySoft(Severity),
    /// Letters of a duty.
    Duty(Duty),
    /// Chips of a duty.
    DutySoft(Duty),
}
