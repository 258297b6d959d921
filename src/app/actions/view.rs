//! Camera, tools, panels, themes.

use egui::{Key, Modifiers};

use super::{ALT, Act, Action, CTRL, CTRL_ALT, CTRL_SHIFT, Menu, SHIFT, key};
use crate::app::canvas::Tool;
use crate::app::command::{CameraMove, Command, Preference, ThemeChoice};
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::panels::{LeftList, SidePanel};
use crate::app::panes::Tab;
use crate::model::ViewKind;
use crate::scene::icon::Icon;

fn camera(core: &Core, camera: CameraMove) -> Act {
    match core.panes.front_tab() {
        Some(_) => Ok(vec![Command::Camera(camera)]),
        None => Err("open a view first"),
    }
}

fn open_tab(tab: Tab) -> Command {
    match tab {
        Tab::View(view) => Command::OpenView(view),
        Tab::Exhibit(id) => Command::OpenExhibit(id),
    }
}

fn tool(core: &Core, tool: Tool) -> Act {
    match core.active_kind() {
        Some(ViewKind::Matrix(_)) | None => Err("open a canvas first"),
        Some(_) => Ok(vec![Command::Tool(tool)]),
    }
}

pub(super) const PALETTE: Action = Action {
    id: "view.palette",
    label: "Search or run a command…",
    help: "Finds every command and every element by its name.",
    keywords: "palette command",
    menu: Menu::Go,
    group: 0,
    icon: Some(Icon::Search),
    shortcuts: &[key(CTRL, Key::K), key(CTRL_SHIFT, Key::P)],
    act: |_| Ok(vec![Command::Dialog(Dialog::palette())]),
    ..Action::PLAIN
};

pub(super) const FIND: Action = Action {
    id: "view.find",
    label: "Find…",
    help: "Finds names, notes, limits, people and conditions; arrows show each result, Enter goes there.",
    keywords: "search go jump element text",
    menu: Menu::Go,
    group: 0,
    icon: Some(Icon::Search),
    shortcuts: &[key(CTRL, Key::F)],
    act: |_| Ok(vec![Command::OpenFind]),
    ..Action::PLAIN
};

pub(super) const GO_BACK: Action = Action {
    id: "view.go-back",
    label: "Back",
    help: "Goes to where you were before the last jump; so does the back button of the mouse.",
    keywords: "place previous history return",
    menu: Menu::Go,
    group: 1,
    icon: Some(Icon::ArrowLeft),
    shortcuts: &[key(CTRL_ALT, Key::ArrowLeft)],
    act: |core| {
        if core.places.has_behind() { Ok(vec![Command::GoBack]) } else { Err("nothing was left by a jump yet") }
    },
    ..Action::PLAIN
};

pub(super) const GO_FORWARD: Action = Action {
    id: "view.go-forward",
    label: "Forward",
    help: "Goes to the place that was left by going back; so does the forward button of the mouse.",
    keywords: "place next history",
    menu: Menu::Go,
    group: 1,
    icon: Some(Icon::ArrowRight),
    shortcuts: &[key(CTRL_ALT, Key::ArrowRight)],
    act: |core| if core.places.has_ahead() { Ok(vec![Command::GoForward]) } else { Err("you did not go back") },
    ..Action::PLAIN
};

pub(super) const ZOOM_IN: Action = Action {
    id: "view.zoom-in",
    label: "Zoom in",
    help: "Brings the view closer.",
    keywords: "larger closer magnify",
    menu: Menu::View,
    group: 1,
    icon: Some(Icon::ZoomIn),
    shortcuts: &[key(CTRL, Key::Plus), key(CTRL, Key::Equals)],
    act: |core| camera(core, CameraMove::ZoomIn),
    repeats: true,
    ..Action::PLAIN
};

pub(super) const ZOOM_OUT: Action = Action {
    id: "view.zoom-out",
    label: "Zoom out",
    help: "Takes the view farther away.",
    keywords: "smaller farther",
    menu: Menu::View,
    group: 1,
    icon: Some(Icon::ZoomOut),
    shortcuts: &[key(CTRL, Key::Minus)],
    act: |core| camera(core, CameraMove::ZoomOut),
    repeats: true,
    ..Action::PLAIN
};

pub(super) const ACTUAL_SIZE: Action = Action {
    id: "view.actual-size",
    label: "Zoom to 100 %",
    help: "Shows the view at its natural size.",
    keywords: "reset actual",
    menu: Menu::View,
    group: 1,
    shortcuts: &[key(CTRL, Key::Num0)],
    act: |core| camera(core, CameraMove::ActualSize),
    ..Action::PLAIN
};

pub(super) const FIT_ALL: Action = Action {
    id: "view.fit",
    label: "Fit all",
    help: "Shows the whole view.",
    keywords: "zoom everything overview",
    menu: Menu::View,
    group: 1,
    icon: Some(Icon::Fit),
    // Most keyboards call the 1 with Shift by its sign.
    shortcuts: &[key(SHIFT, Key::Num1), key(SHIFT, Key::Exclamationmark)],
    act: |core| camera(core, CameraMove::FitAll),
    ..Action::PLAIN
};

pub(super) const FIT_SELECTION: Action = Action {
    id: "view.fit-selection",
    label: "Fit the selection",
    help: "Shows the selected elements as large as they fit.",
    keywords: "zoom selected",
    menu: Menu::View,
    group: 1,
    shortcuts: &[key(SHIFT, Key::Num2)],
    act: |core| {
        if core.selection().is_empty() { Err("select something first") } else { camera(core, CameraMove::FitSelection) }
    },
    ..Action::PLAIN
};

pub(super) const SELECT_TOOL: Action = Action {
    id: "tool.select",
    label: "Select",
    help: "Click selects, drag moves; drag on empty ground selects what it frames.",
    keywords: "pointer tool arrow",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::Pointer),
    shortcuts: &[key(Modifiers::NONE, Key::V), key(ALT, Key::V)],
    act: |core| tool(core, Tool::Select),
    checked: Some(|core| core.tool == Tool::Select),
    ..Action::PLAIN
};

pub(super) const HAND_TOOL: Action = Action {
    id: "tool.hand",
    label: "Hand",
    help: "Drag moves the paper.",
    keywords: "pan tool move scroll",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::Hand),
    shortcuts: &[key(Modifiers::NONE, Key::H), key(ALT, Key::H)],
    act: |core| tool(core, Tool::Hand),
    checked: Some(|core| core.tool == Tool::Hand),
    ..Action::PLAIN
};

pub(super) const CONNECT_TOOL: Action = Action {
    id: "tool.connect",
    label: "Connect",
    help: "Drag from one element to another. Between two processes, and to a customer or another party outside, it \
           is a message.",
    keywords: "arrow flow line tool link message send pool",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::Connector),
    shortcuts: &[key(Modifiers::NONE, Key::C), key(ALT, Key::C)],
    act: |core| tool(core, Tool::Connect),
    checked: Some(|core| core.tool == Tool::Connect),
    ..Action::PLAIN
};

pub(super) const KEEP_TOOL: Action = Action {
    id: "tool.keep",
    label: "Keep the tool",
    help: "Lets a tool stay in hand after one use; Escape puts it down.",
    keywords: "lock tool repeat again several",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::Repeat),
    shortcuts: &[key(Modifiers::NONE, Key::Q), key(ALT, Key::Q)],
    act: |core| tool(core, core.tool).map(|_| vec![Command::KeepTool(!core.tool_stays)]),
    checked: Some(|core| core.tool_stays),
    ..Action::PLAIN
};

pub(super) const SNAPPING: Action = Action {
    id: "view.snapping",
    label: "Align while dragging",
    help: "Lets dragged boxes meet the borders, middles and distances of their neighbours; Ctrl suspends it.",
    keywords: "snap guides magnet grid smart",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::Magnet),
    act: |core| Ok(vec![Command::Preference(Preference::Snapping(!core.preferences.snapping))]),
    checked: Some(|core| core.preferences.snapping),
    ..Action::PLAIN
};

pub(super) const NEXT_TAB: Action = Action {
    id: "view.next-tab",
    label: "Next tab",
    help: "Brings the next open view to the front.",
    keywords: "switch",
    menu: Menu::Go,
    group: 3,
    shortcuts: &[key(CTRL, Key::Tab), key(CTRL, Key::PageDown)],
    act: |core| core.panes.next().map(|tab| vec![open_tab(tab)]).ok_or("open a view first"),
    ..Action::PLAIN
};

pub(super) const CLOSE_TAB: Action = Action {
    id: "view.close-tab",
    label: "Close tab",
    help: "Closes the view in front; it stays in the project.",
    keywords: "hide",
    menu: Menu::Go,
    group: 3,
    shortcuts: &[key(CTRL, Key::W)],
    act: |core| core.panes.front_tab().map(|tab| vec![Command::CloseTab(tab)]).ok_or("no view is open"),
    ..Action::PLAIN
};

pub(super) const ACROSS: Action = Action {
    id: "view.across",
    label: "Show on the other side",
    help: "Moves the view in front to the other half of the window, so that two views stand side by side.",
    keywords: "split side by side two panes columns right left",
    menu: Menu::Go,
    group: 3,
    icon: Some(Icon::Columns),
    shortcuts: &[key(SHIFT, Key::F6)],
    act: |core| match core.panes.tabs().nth(1) {
        Some(_) => Ok(vec![Command::MoveTabAcross]),
        None => Err("open a second view first"),
    },
    ..Action::PLAIN
};

pub(super) const OTHER_SIDE: Action = Action {
    id: "view.other-side",
    label: "Go to the other side",
    help: "Gives the keyboard to the view in the other half of the window.",
    keywords: "pane focus switch split",
    menu: Menu::Go,
    group: 3,
    shortcuts: &[key(Modifiers::NONE, Key::F6)],
    act: |core| match core.panes.is_split() {
        true => Ok(vec![Command::FocusPane((core.panes.active() + 1) % core.panes.all().len())]),
        false => Err("one view is shown at a time"),
    },
    ..Action::PLAIN
};

pub(super) const ONE_SIDE: Action = Action {
    id: "view.one-side",
    label: "One view at a time",
    help: "Puts all tabs side by side into one row again.",
    keywords: "join unsplit single pane",
    menu: Menu::Go,
    group: 3,
    act: |core| match core.panes.is_split() {
        true => Ok(vec![Command::JoinPanes]),
        false => Err("one view is shown at a time"),
    },
    ..Action::PLAIN
};

pub(super) const NAVIGATOR: Action = Action {
    id: "view.navigator",
    label: "Navigator",
    help: "Shows or hides the lists on the left.",
    keywords: "panel left tree sidebar",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::PanelLeft),
    shortcuts: &[key(CTRL, Key::B)],
    act: |core| {
        Ok(vec![Command::Preference(Preference::Panel(SidePanel::Navigator, !core.shows(SidePanel::Navigator)))])
    },
    checked: Some(|core| core.shows(SidePanel::Navigator)),
    ..Action::PLAIN
};

pub(super) const OUTLINE: Action = Action {
    id: "view.outline",
    label: "Outline of the view",
    help: "Shows the view in front as a list in reading order, to be walked with the arrows.",
    keywords: "list reading order screen reader tree",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::ListTree),
    shortcuts: &[key(CTRL_SHIFT, Key::O)],
    act: |core| {
        let is_shown = core.left == LeftList::Outline && core.shows(SidePanel::Navigator);
        Ok(vec![Command::ShowList(if is_shown { LeftList::Project } else { LeftList::Outline })])
    },
    checked: Some(|core| core.left == LeftList::Outline && core.shows(SidePanel::Navigator)),
    ..Action::PLAIN
};

pub(super) const SIDE_PANEL: Action = Action {
    id: "view.side-panel",
    label: "Inspector and findings",
    help: "Shows or hides the panels on the right.",
    keywords: "panel right properties sidebar",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::PanelRight),
    shortcuts: &[key(CTRL_SHIFT, Key::B)],
    act: |core| {
        Ok(vec![Command::Preference(Preference::Panel(SidePanel::Inspector, !core.shows(SidePanel::Inspector)))])
    },
    checked: Some(|core| core.shows(SidePanel::Inspector)),
    ..Action::PLAIN
};

pub(super) const MINIMAP: Action = Action {
    id: "view.minimap",
    label: "Minimap",
    help: "Shows a small picture of the whole view in a corner while the view does not fit.",
    keywords: "overview map corner radar",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::Minimap),
    act: |core| Ok(vec![Command::Preference(Preference::Minimap(!core.preferences.is_open("minimap")))]),
    checked: Some(|core| core.preferences.is_open("minimap")),
    ..Action::PLAIN
};

pub(super) const FOCUS: Action = Action {
    id: "view.focus",
    label: "Canvas only",
    help: "Hides everything but the view, or brings it back; so does Escape.",
    keywords: "zen focus mode presentation hide panels",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::Frame),
    shortcuts: &[key(CTRL, Key::Period)],
    act: |core| Ok(vec![Command::FocusMode { on: !core.focus_mode, full_screen: false }]),
    checked: Some(|core| core.focus_mode),
    ..Action::PLAIN
};

pub(super) const FULL_SCREEN: Action = Action {
    id: "view.full-screen",
    label: "Full screen",
    help: "Shows nothing but the view on the whole screen, or brings the window back; so does Escape.",
    keywords: "focus mode presentation maximise",
    menu: Menu::View,
    group: 4,
    icon: Some(Icon::Present),
    shortcuts: &[key(Modifiers::NONE, Key::F11)],
    act: |core| Ok(vec![Command::FocusMode { on: !core.fills_screen, full_screen: true }]),
    checked: Some(|core| core.fills_screen),
    ..Action::PLAIN
};

macro_rules! theme_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $icon:ident, $Theme:ident;)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: "theme colours appearance",
            menu: Menu::View,
            group: 5,
            submenu: Some("Theme"),
            icon: Some(Icon::$icon),
            act: |_| Ok(vec![Command::Preference(Preference::Theme(ThemeChoice::$Theme))]),
            checked: Some(|core| core.theme_choice() == ThemeChoice::$Theme),
            ..Action::PLAIN
        };
    )*};
}

theme_actions! {
    SYSTEM = "view.system", "Theme of the system", "Light or dark, as the system says.", Monitor, System;
    LIGHT = "view.light", "Light theme", "Dark ink on light paper.", Sun, Light;
    DARK = "view.dark", "Dark theme", "Light ink on dark ground.", Moon, Dark;
    CONTRAST = "view.contrast", "High-contrast theme", "Black and white with strong edges.", Contrast, Contrast;
}

/// Scale of everything in front of a room.
const PROJECTOR_SCALE: f32 = 1.5;

pub(super) const PROJECTOR: Action = Action {
    id: "view.projector",
    label: "Projector size",
    help: "Makes everything half as large again, for a room; the layout stays whole.",
    keywords: "large beamer presentation scale zoom text",
    menu: Menu::View,
    group: 5,
    icon: Some(Icon::Present),
    act: |core| {
        let scale = if core.preferences.zoom_factor > 1.2 { 1.0 } else { PROJECTOR_SCALE };
        Ok(vec![Command::Preference(Preference::Scale(scale))])
    },
    checked: Some(|core| core.preferences.zoom_factor > 1.2),
    ..Action::PLAIN
};

pub(super) const REDUCE_MOTION: Action = Action {
    id: "view.reduce-motion",
    label: "Reduce motion",
    help: "Lets camera, boxes and panels jump to their place instead of gliding there.",
    keywords: "animation accessibility still",
    menu: Menu::View,
    group: 5,
    act: |core| Ok(vec![Command::Preference(Preference::ReduceMotion(!core.preferences.reduce_motion))]),
    checked: Some(|core| core.preferences.reduce_motion),
    ..Action::PLAIN
};
