//! The measures of the notation: sizes of boxes, distances and type, in world units (points at zoom 1).
//!
//! They are no theme tokens, because stored places depend on them: a theme changes how a picture is coloured, never
//! where its boxes are. Everything is a multiple of the grid of 4 or half of it.

use super::text::{TextStyle, Weight};

/// Radius of the corners of cards and of rounded bends in lines.
pub const CORNER: f32 = 6.0;
/// Radius of the bends of lines.
pub const BEND: f32 = 8.0;
/// Width of the edge of a card, and of a hairline.
pub const HAIRLINE: f32 = 1.0;
/// Width of the line of a flow.
pub const LINE: f32 = 1.25;
/// Distance of text from the edge of its card at the sides.
pub const PADDING: f32 = 10.0;
/// Length of an arrowhead.
pub const ARROW: f32 = 8.0;
/// Side of an icon on a card.
pub const ICON: f32 = 18.0;
/// Side of an icon beside a caption.
pub const SMALL_ICON: f32 = 12.0;

/// Width of the card of a unit: its roles, indented by 24, end where it ends.
pub const UNIT_WIDTH: f32 = 172.0;
/// Width of the card of a role.
pub const ROLE_WIDTH: f32 = 148.0;
/// Least and greatest width of a pill or a card on a board.
pub const PILL_WIDTH: (f32, f32) = (136.0, 200.0);
/// Least and greatest width of a step.
pub const STEP_WIDTH: (f32, f32) = (124.0, 184.0);
/// Least height of a step.
pub const STEP_HEIGHT: f32 = 56.0;
/// Side of the square around a gateway.
pub const GATEWAY: f32 = 40.0;
/// Height of the strip of an open sub-flow in which its name stands.
pub const CONTAINER_TITLE: f32 = 26.0;
/// Distance of what stands in an open sub-flow from its border.
pub const CONTAINER_PADDING: f32 = 16.0;
/// Radius of the corners of an open sub-flow.
pub const CONTAINER_CORNER: f32 = 10.0;
/// Size of the sheet of an artefact in a process view.
pub const ARTEFACT: (f32, f32) = (36.0, 48.0);
/// Size of the drum of a store in a process view.
pub const STORE: (f32, f32) = (52.0, 48.0);
/// How far from its border a frame is hit.
pub const FRAME_REACH: f32 = 5.0;
/// Height of the strip of a frame in which its text stands.
pub const FRAME_TITLE: f32 = 24.0;
/// Diameter of an event.
pub const EVENT: f32 = 32.0;
/// Width of a note.
pub const NOTE_WIDTH: f32 = 172.0;
/// Width of the header of a lane.
pub const LANE_HEADER: f32 = 44.0;
/// Least height of a lane.
pub const LANE_HEIGHT: f32 = 112.0;
/// Height of a lane of which only the header is shown.
pub const COLLAPSED_LANE: f32 = crate::model::LANE_COLLAPSED_EXTENT as f32;
/// Width of the header of a lane in a drawing from elsewhere, which leaves no more room.
pub const DRAWN_HEADER: f32 = 30.0;
/// Distance between the nodes of a lane and its ends.
pub const LANE_PADDING: f32 = 32.0;

/// Captions: figures, labels of lines.
pub const CAPTION: TextStyle = TextStyle::new(11.0, Weight::Regular);
/// Captions that are read first: badges.
pub const BADGE: TextStyle = TextStyle::new(11.0, Weight::Semibold);
/// Running text.
pub const BODY: TextStyle = TextStyle::new(13.0, Weight::Regular);
/// Names of elements.
pub const NAME: TextStyle = TextStyle::new(13.0, Weight::Medium);
/// Names of units and lanes, headings.
pub const LABEL: TextStyle = TextStyle::new(13.0, Weight::Semibold);
/// Titles of pictures.
pub const TITLE: TextStyle = TextStyle::new(20.0, Weight::Semibold);
