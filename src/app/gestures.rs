//! What keys and pointer do where, beside the commands: the other half of the help sheet.
//!
//! Commands carry their shortcuts themselves. What is here belongs to a place (the canvas, a chart, a name being typed,
//! the matrix) and is read there, by the canvas or the grid; each line has a test in `tests/ui/help.rs` that does it.

/// Where a gesture means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The pointer on a canvas.
    Pointer,
    /// The keyboard on a canvas.
    Canvas,
    /// The keyboard on an organisation chart.
    Chart,
    /// A name being typed on a canvas.
    Name,
    /// The matrix.
    Matrix,
    /// The search and the outline.
    Lists,
}

impl Place {
    /// Every place, in the order of the help sheet.
    pub const ALL: [Self; 6] = [Self::Pointer, Self::Canvas, Self::Chart, Self::Name, Self::Matrix, Self::Lists];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pointer => "Mouse and touchpad",
            Self::Canvas => "Keys on the canvas",
            Self::Chart => "Keys in a chart",
            Self::Name => "While typing a name",
            Self::Matrix => "Keys in the matrix",
            Self::Lists => "Find and outline",
        }
    }
}

/// One gesture.
pub struct Gesture {
    /// Stable name, by which its test is found.
    pub id: &'static str,
    /// Where it means something.
    pub place: Place,
    /// What the hand does.
    pub keys: &'static str,
    /// What comes of it.
    pub does: &'static str,
}

const fn gesture(id: &'static str, place: Place, keys: &'static str, does: &'static str) -> Gesture {
    Gesture { id, place, keys, does }
}

/// Every gesture, by place.
pub const GESTURES: &[Gesture] = &[
    gesture("click", Place::Pointer, "Click", "Selects an element"),
    gesture("shift-click", Place::Pointer, "Shift or Ctrl and click", "Adds to the selection, or takes out of it"),
    gesture("drag", Place::Pointer, "Drag", "Moves the selection; Ctrl suspends alignment"),
    gesture("alt-drag", Place::Pointer, "Alt and drag", "Leaves the original where it is and moves a copy"),
    gesture("marquee", Place::Pointer, "Drag on empty ground", "Selects everything in the frame"),
    gesture("double-click", Place::Pointer, "Double click", "Edits the name"),
    gesture(
        "connect",
        Place::Pointer,
        "Drag from a dot at the border",
        "Connects; on empty ground it offers new elements",
    ),
    gesture("pan", Place::Pointer, "Space or middle button and drag", "Moves the paper"),
    gesture("scroll", Place::Pointer, "Wheel, two fingers", "Scrolls; with Shift sideways"),
    gesture("zoom", Place::Pointer, "Ctrl and wheel, pinch", "Zooms at the pointer"),
    gesture("menu", Place::Pointer, "Right click", "Opens the menu of what is there"),
    gesture("mouse-back", Place::Pointer, "Back and forward buttons", "Walk through the places you were at"),
    gesture("nudge", Place::Canvas, "Arrows", "Move the selection by a step; with Shift by five"),
    gesture("nudge-fine", Place::Canvas, "Alt, Shift and an arrow", "Moves the selection by a single unit"),
    gesture("append", Place::Canvas, "Ctrl and an arrow", "Adds a connected step on that side"),
    gesture("letters", Place::Canvas, "Any letter", "Begins a new name for the selected element"),
    gesture("tab", Place::Canvas, "Tab", "Adds the next step behind the selected one"),
    gesture("enter", Place::Canvas, "Enter", "Edits the name of the selected element"),
    gesture("escape", Place::Canvas, "Escape", "One level back: gesture, tool, finding, selection"),
    gesture("chart-walk", Place::Chart, "Arrows", "Select the nearest box on that side"),
    gesture("chart-tab", Place::Chart, "Tab", "Adds what is below the selected unit"),
    gesture("chart-enter", Place::Chart, "Enter", "Adds another one beside the selected"),
    gesture("chart-up", Place::Chart, "Shift and Tab", "Selects the unit above"),
    gesture("name-keep", Place::Name, "Enter", "Keeps the name"),
    gesture("name-revert", Place::Name, "Escape", "Leaves the name as it was"),
    gesture("name-tab", Place::Name, "Tab", "Keeps the name and adds the next element"),
    gesture("matrix-letter", Place::Matrix, "A letter of the framework", "Sets the right in the cell"),
    gesture("matrix-arrows", Place::Matrix, "Arrows", "Move to another cell; with Shift they select a range"),
    gesture("matrix-clear", Place::Matrix, "Delete", "Clears the selected cells"),
    gesture("matrix-fill", Place::Matrix, "Ctrl+D, Ctrl+R", "Fill the selected cells down or to the right"),
    gesture("find-walk", Place::Lists, "Up and down while searching", "Show each result in its place"),
    gesture("find-back", Place::Lists, "Escape while searching", "Comes back to where the search began"),
    gesture("outline-walk", Place::Lists, "Up and down in the outline", "Select line by line"),
    gesture("outline-enter", Place::Lists, "Enter in the outline", "Goes to the canvas with the line selected"),
];
