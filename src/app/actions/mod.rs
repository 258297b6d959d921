//! Every command of the program: one line here feeds menus, shortcuts, palette, help sheet and tests.
//!
//! Asking and doing are one function: [`Action::act`] looks at what the window knows and returns either the commands
//! that do it, or the reason why it does not apply now.

mod align;
mod analyse;
mod arrange;
mod edit;
mod file;
mod help;
mod insert;
mod lookup;
mod note;
mod overlay;
mod register;
mod style;
mod sub_flow;
mod view;

pub use overlay::OVERLAYS;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::command::{CameraMove, Command};
use super::core::Core;
use crate::scene::icon::Icon;

/// The menus, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// Files.
    File,
    /// Undo, clipboard, selection.
    Edit,
    /// New elements.
    Insert,
    /// Camera, tools, panels, theme.
    View,
    /// Other places: what is searched, open, above, below, beside.
    Go,
    /// Layout.
    Arrange,
    /// What boxes and lines look like and how they hang together.
    Shape,
    /// Findings.
    Analyse,
    /// Help.
    Help,
}

impl Menu {
    /// Every menu, in order.
    pub const ALL: [Self; 9] = [
        Self::File,
        Self::Edit,
        Self::Insert,
        Self::View,
        Self::Go,
        Self::Arrange,
        Self::Shape,
        Self::Analyse,
        Self::Help,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::View => "View",
            Self::Go => "Go",
            Self::Arrange => "Arrange",
            Self::Shape => "Shape",
            Self::Analyse => "Analyse",
            Self::Help => "Help",
        }
    }
}

/// What running an action now would do, or why it does not apply.
pub type Act = Result<Vec<Command>, &'static str>;

/// One command of the program.
pub struct Action {
    /// Stable name.
    pub id: &'static str,
    /// Label; `…` at its end where it asks for more.
    pub label: &'static str,
    /// One sentence about it.
    pub help: &'static str,
    /// More words by which the palette finds it.
    pub keywords: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// Group within the menu: a line is drawn between groups.
    pub group: u8,
    /// The name of the menu within its menu in which it stands; none stands in the menu itself.
    pub submenu: Option<&'static str>,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its shortcuts, the one shown first.
    pub shortcuts: &'static [KeyboardShortcut],
    /// Asks and does.
    pub act: fn(&Core) -> Act,
    /// For an action that is on or off: whether it is on.
    pub checked: Option<fn(&Core) -> bool>,
    /// Whether two presses within a frame are two of it: for steps that are taken one after another.
    pub repeats: bool,
    /// What it would concern now, to be shown behind its label.
    pub detail: Option<fn(&Core) -> Option<String>>,
}

impl Action {
    /// An action without icon, shortcut and state, for the others to start from.
    const PLAIN: Self = Self {
        id: "",
        label: "",
        help: "",
        keywords: "",
        menu: Menu::Help,
        group: 0,
        submenu: None,
        icon: None,
        shortcuts: &[],
        act: |_| Ok(Vec::new()),
        checked: None,
        repeats: false,
        detail: None,
    };

    /// The label with what it would concern: `Undo: rename “Clerk”`.
    pub fn label_now(&self, core: &Core) -> String {
        match self.detail.and_then(|detail| detail(core)) {
            Some(detail) => format!("{}: {detail}", self.label),
            None => self.label.to_owned(),
        }
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

/// All actions, in the order of menus and groups.
pub const ACTIONS: &[&Action] = &[
    &file::NEW,
    &file::SAMPLE_BAKERY,
    &file::SAMPLE_WEBSHOP,
    &file::OPEN,
    &file::OPEN_PATH,
    &file::IMPORT,
    &file::SAVE,
    &file::SAVE_AS,
    &file::EXPORT,
    &file::POCKET,
    &file::QUIT,
    &edit::UNDO,
    &edit::REDO,
    &edit::HISTORY,
    &edit::CUT,
    &edit::COPY,
    &edit::COPY_PICTURE,
    &edit::COPY_SVG,
    &edit::PASTE,
    &edit::PASTE_SAME,
    &edit::DUPLICATE,
    &edit::RENAME,
    &edit::REMOVE_FROM_VIEW,
    &edit::DELETE,
    &edit::SELECT_ALL,
    &edit::SELECT_NONE,
    &note::DONE,
    &note::TO_STEP,
    &note::TO_DECISION,
    &note::TO_ROLE,
    &note::INITIALS,
    &insert::UNIT,
    &insert::ROLE,
    &insert::PERSON,
    &insert::EXTERNAL,
    &insert::SYSTEM,
    &insert::BODY,
    &insert::PROCESS,
    &insert::STEP,
    &insert::EXCLUSIVE_GATEWAY,
    &insert::PARALLEL_GATEWAY,
    &insert::START_EVENT,
    &insert::INTERMEDIATE_EVENT,
    &insert::END_EVENT,
    &insert::ARTEFACT,
    &insert::LANE,
    &insert::PHASE,
    &insert::DECISION,
    &register::LIBRARY,
    &insert::NOTE,
    &insert::QUICK_ENTRY,
    &insert::ORGANISATION_VIEW,
    &insert::BOARD,
    &insert::MATRIX_VIEW,
    &register::REGISTER,
    &view::ZOOM_IN,
    &view::ZOOM_OUT,
    &view::ACTUAL_SIZE,
    &view::FIT_ALL,
    &view::FIT_SELECTION,
    &view::SELECT_TOOL,
    &view::HAND_TOOL,
    &view::CONNECT_TOOL,
    &align::SPACE_TOOL,
    &view::KEEP_TOOL,
    &view::SNAPPING,
    &view::NAVIGATOR,
    &view::OUTLINE,
    &view::SIDE_PANEL,
    &view::MINIMAP,
    &view::FOCUS,
    &view::FULL_SCREEN,
    &view::SYSTEM,
    &view::LIGHT,
    &view::DARK,
    &view::CONTRAST,
    &view::PROJECTOR,
    &view::REDUCE_MOTION,
    &view::PALETTE,
    &view::FIND,
    &view::GO_BACK,
    &view::GO_FORWARD,
    &sub_flow::OPEN,
    &sub_flow::UP,
    &edit::WALK_RIGHT,
    &edit::WALK_LEFT,
    &edit::WALK_UP,
    &edit::WALK_DOWN,
    &view::NEXT_TAB,
    &view::CLOSE_TAB,
    &view::ACROSS,
    &view::OTHER_SIDE,
    &view::ONE_SIDE,
    &arrange::ARRANGE,
    &arrange::TIDY,
    &arrange::ARRANGE_NEW,
    &arrange::ROUTE,
    &arrange::LEFT_TO_RIGHT,
    &arrange::TOP_TO_BOTTOM,
    &arrange::PIN,
    &arrange::COLLAPSE,
    &sub_flow::EXTRACT,
    &arrange::AS_TREE,
    &arrange::AS_TREE_SIDEWAYS,
    &arrange::AS_CIRCLES,
    &arrange::AS_GRID,
    &arrange::CONNECTIONS,
    &align::ALIGN_LEFT,
    &align::ALIGN_CENTER,
    &align::ALIGN_RIGHT,
    &align::ALIGN_TOP,
    &align::ALIGN_MIDDLE,
    &align::ALIGN_BOTTOM,
    &align::DISTRIBUTE_ACROSS,
    &align::DISTRIBUTE_DOWN,
    &register::TRANSPOSE,
    &register::BY_PERSON,
    &style::CHANGE_TYPE,
    &style::MERGE,
    &style::COPY_STYLE,
    &style::PASTE_STYLE,
    &align::GROUP,
    &align::UNGROUP,
    &align::LOCK,
    &align::FRONT,
    &align::BACK,
    &style::REROUTE,
    &style::RESET_LABEL,
    &style::REMOVE_LANE,
    &lookup::WHO_DECIDES,
    &analyse::NEXT_FINDING,
    &analyse::PREVIOUS_FINDING,
    &analyse::NEXT_REMEDY,
    &analyse::FIELDS,
    &analyse::WAIVE,
    &analyse::PROFILE_SKETCH,
    &analyse::PROFILE_WORKSHOP,
    &analyse::PROFILE_AUDIT,
    &register::LADDER,
    &register::FRAMEWORKS,
    &register::CONVERT,
    &register::CONFIRM,
    &register::AGREE,
    &register::COVERAGE,
    &overlay::LOAD,
    &overlay::WAITING,
    &overlay::COST,
    &overlay::DECISIONS,
    &overlay::COVERAGE,
    &overlay::DUTIES,
    &overlay::FINDINGS,
    &overlay::NONE,
    &overlay::NEXT,
    &overlay::PREVIOUS,
    &help::SHORTCUTS,
    &help::WRITING,
    &help::ABOUT,
];

/// The action with this id.
pub fn action(id: &str) -> Option<&'static Action> {
    ACTIONS.iter().copied().find(|action| action.id == id)
}

/// To whom keys belong that are no shortcuts with Ctrl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// To the actions.
    Actions,
    /// Plain letters and the question mark begin a new name on a canvas.
    Name,
    /// What is typed goes into the cells of a matrix.
    Grid,
}

/// Takes the shortcuts pressed in this frame out of the input and returns the ids of their actions.
///
/// Longer shortcuts go first, so that Ctrl+Shift+S is not taken for Ctrl+S. While a text field has the focus, plain
/// keys and the clipboard belong to it; `owner` says to whom other keys belong.
pub fn pressed(ctx: &egui::Context, owner: KeyOwner) -> Vec<&'static str> {
    let typing = ctx.text_edit_focused();
    let mut candidates: Vec<(&KeyboardShortcut, &Action)> =
        ACTIONS.iter().flat_map(|action| action.shortcuts.iter().map(|shortcut| (shortcut, *action))).collect();
    candidates.sort_by_key(|(shortcut, _)| std::cmp::Reverse(modifier_count(shortcut.modifiers)));
    let mut ids = Vec::new();
    ctx.input_mut(|input| {
        for (shortcut, action) in candidates {
            let is_taken = match owner {
                KeyOwner::Actions => false,
                KeyOwner::Name => is_plain_sign(shortcut),
                KeyOwner::Grid => belongs_to_grid(shortcut),
            };
            // Letters behind a shortcut in the same frame are for the field that it may open.
            let is_behind = !ids.is_empty() && is_plain_sign(shortcut);
            if (typing && belongs_to_text(shortcut)) || is_taken || is_behind {
                continue;
            }
            let presses = take_presses(input, shortcut);
            let times = if action.repeats { presses } else { presses.min(1) };
            ids.extend(std::iter::repeat_n(action.id, times));
            // The letter of the shortcut is no text, whatever the keyboard makes of it with Alt.
            let is_text = shortcut.modifiers.alt || shortcut.modifiers.shift_only();
            if times > 0 && is_text && !is_arrow(shortcut.logical_key) {
                input.events.retain(|event| !matches!(event, egui::Event::Text(_)));
            }
        }
    });
    ids
}

fn modifier_count(modifiers: Modifiers) -> usize {
    [modifiers.command || modifiers.ctrl, modifiers.shift, modifiers.alt].iter().filter(|on| **on).count()
}

/// Whether a shortcut is a letter without Ctrl or Alt, or the question mark that makes a decision.
fn is_plain_sign(shortcut: &KeyboardShortcut) -> bool {
    let name = shortcut.logical_key.name();
    let is_letter = name.len() == 1 && name.chars().all(|c| c.is_ascii_alphabetic());
    let is_sign = is_letter || shortcut.logical_key == Key::Questionmark;
    is_sign && (shortcut.modifiers.is_none() || shortcut.modifiers.shift_only())
}

/// Whether a key means the same wherever the keyboard is: help, the fields, the next finding, the next overlay, the whole
/// screen.
fn is_global_key(key: Key) -> bool {
    matches!(key, Key::F1 | Key::F4 | Key::F8 | Key::F9 | Key::F11)
}

/// Whether a matrix that has the keyboard keeps this shortcut for itself: what is typed, deleted, filled, selected.
fn belongs_to_grid(shortcut: &KeyboardShortcut) -> bool {
    let KeyboardShortcut { modifiers, logical_key } = *shortcut;
    let commanding = modifiers.command || modifiers.ctrl;
    let function_key = is_global_key(logical_key);
    let fits = modifiers.shift && matches!(logical_key, Key::Num1 | Key::Exclamationmark | Key::Num2);
    let fills = matches!(logical_key, Key::A | Key::D | Key::G | Key::R | Key::X);
    match (commanding, modifiers.alt) {
        // The range is extended by them.
        _ if is_arrow(logical_key) => true,
        (_, true) => false,
        (true, false) => fills && !modifiers.shift,
        (false, false) => !function_key && !fits,
    }
}

/// Whether a text field with the focus keeps this shortcut for itself.
fn belongs_to_text(shortcut: &KeyboardShortcut) -> bool {
    let commanding = shortcut.modifiers.command || shortcut.modifiers.ctrl;
    let editing = matches!(shortcut.logical_key, Key::A | Key::C | Key::X | Key::V | Key::Z | Key::Y);
    let function_key = is_global_key(shortcut.logical_key);
    (!commanding && !function_key) || (commanding && (editing || is_arrow(shortcut.logical_key)))
}

/// Takes the presses of a shortcut out of the input and counts them. With more keys held, an arrow means something else:
/// one step of a nudge, not a walk.
fn take_presses(input: &mut egui::InputState, shortcut: &KeyboardShortcut) -> usize {
    let KeyboardShortcut { modifiers, logical_key } = *shortcut;
    if !is_arrow(logical_key) {
        return input.count_and_consume_key(modifiers, logical_key);
    }
    let mut presses = 0;
    input.events.retain(|event| match event {
        egui::Event::Key { key, pressed: true, modifiers: held, .. } => {
            let is_meant = *key == logical_key && held.matches_exact(modifiers);
            presses += usize::from(is_meant);
            !is_meant
        }
        _ => true,
    });
    presses
}

fn is_arrow(key: Key) -> bool {
    matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown)
}
