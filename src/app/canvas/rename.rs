//! The name of an element, edited where it stands.
//!
//! Enter keeps it (where it cannot be, the field stays and the reason is said), Escape gives up, Shift+Enter begins a new line in a note, Tab keeps it and goes on to the next
//! element, Shift+Tab to a branch beside it. Leaving the field keeps what was typed. A name may say more than a name,
//! see [`outline::name`].

use egui::{
    Align2, EventFilter, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Response, Stroke, TextEdit, Ui, UiBuilder,
};
use emath::{Pos2, Rect, Vec2};

use super::camera::Camera;
use super::completion::Completion;
use super::pick::node_of;
use crate::app::keys::take_press;
use crate::app::style::{colour, family};
use crate::edit::rules::can_rename;
use crate::edit::{EditAction as _, Replace, Verdict};
use crate::import::outline;
use crate::model::*;
use crate::scene::text::TextStyle;
use crate::scene::theme::Theme;
use crate::scene::{NodeForm, Scene, measures};

/// A name being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Renaming {
    /// Whose.
    pub element: ElementRef,
    /// What was typed.
    pub text: String,
    /// Whether the field was shown already.
    pub is_open: bool,
    /// Whether the field has read keys itself: those that would move the keyboard elsewhere are its own then.
    pub has_keyboard: bool,
    /// Whether all of it is selected when the field opens.
    pub selects_all: bool,
    /// Who could be meant behind an `@`.
    pub completion: Completion,
}

/// How an editing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It goes on.
    No,
    /// What was typed is kept.
    Kept,
    /// The same, because something else got the keyboard.
    Left,
    /// What was typed is kept, and the next element is asked for.
    KeptAndNext,
    /// What was typed is kept, and a branch beside it is asked for.
    KeptAndBeside,
    /// It was given up.
    Reverted,
}

impl Renaming {
    /// Begins with the present name, or with what was typed instead of it.
    pub fn start(document: &Document, element: ElementRef, typed: Option<&str>) -> Self {
        let text = typed.map_or_else(|| document.name_of(element).to_owned(), str::to_owned);
        let completion = Completion::default();
        Self { element, text, is_open: false, has_keyboard: false, selects_all: typed.is_none(), completion }
    }

    /// The change that keeps what was typed and what is worth saying about it; none where nothing changed, or the
    /// reason why it cannot be.
    pub fn edit(&self, document: &Document) -> Result<Option<outline::name::Said>, String> {
        if let Some(said) = outline::name::edit(document, self.element, &self.text)? {
            return match said.edit.can_apply(document) {
                Verdict::No(reason) => Err(reason),
                Verdict::Ignore => Ok(None),
                Verdict::Yes => Ok(Some(said)),
            };
        }
        let keeps_lines = matches!(self.element, ElementRef::Note(_));
        let name = if keeps_lines { self.text.trim().to_owned() } else { one_line(&self.text) };
        match can_rename(document, self.element, &name) {
            Verdict::No(reason) => Err(reason),
            Verdict::Ignore => Ok(None),
            Verdict::Yes => Ok(renamed(document, self.element, name)
                .map(|edit| outline::name::Said { edit: edit.into(), remark: String::new() })),
        }
    }

    /// Shows the field; whether the editing ended.
    pub fn show(&mut self, ui: &mut Ui, place: &Place<'_>) -> Ended {
        let Some(rect) = field_rect(place.scene, self.element, place.camera) else { return Ended::Reverted };
        let id = Id::unique("name in place").with(self.element);
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        if has_focus {
            self.completion.keys(ui, &mut self.text);
        }
        let ends = |key: Key, modifiers: Modifiers| match key {
            Key::Escape | Key::Tab => true,
            Key::Enter => !modifiers.shift,
            _ => false,
        };
        let end = if has_focus { take_press(ui, ends) } else { None };
        let response = self.field_ui(ui, place, rect, id);
        self.completion.show(ui, place, self.element, &mut self.text, &response);
        if !self.is_open {
            response.request_focus();
            self.is_open = true;
            ui.ctx().request_repaint();
            return Ended::No;
        }
        if has_focus && !self.has_keyboard {
            self.has_keyboard = true;
            ui.ctx().request_repaint();
        }
        let Some((key, modifiers)) = end else {
            let is_left = response.lost_focus() && !self.completion.is_hovered();
            return if is_left { Ended::Left } else { Ended::No };
        };
        match key {
            Key::Escape => Ended::Reverted,
            Key::Tab if modifiers.shift => Ended::KeptAndBeside,
            Key::Tab => Ended::KeptAndNext,
            _ => Ended::Kept,
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, place: &Place<'_>, rect: Rect, id: Id) -> Response {
        let theme = place.theme;
        let style = style_of(self.element);
        let size = (style.size * place.camera.zoom()).clamp(11.0, 40.0);
        // Letters at other sizes are not exactly as wide: a name that just fits its box must fit here, too.
        let room = text_width(place.scene, self.element).map(|width| width * size / style.size + 2.0);
        let font = egui::FontId::new(size, family(style.weight));
        let width = room.unwrap_or(rect.width() - 16.0);
        let (rect, margin) = match place.over_box(self.element) {
            Some(node) => {
                let ink = colour(theme.neutral.ink);
                let galley = ui.painter().layout(self.text.clone(), font.clone(), ink, width);
                covering(node, Vec2::new(width, galley.size().y))
            }
            None => (rect, Margin::symmetric(6, 4)),
        };
        let frame = Frame::new()
            .fill(colour(theme.neutral.raised))
            .stroke(Stroke::new(2.0, colour(theme.accent.base)))
            .corner_radius(theme.sizes.radius.control)
            .inner_margin(margin);
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("rename"));
        let edit = TextEdit::multiline(&mut self.text)
            .id(id)
            .frame(frame)
            .font(font)
            .desired_rows(1)
            .desired_width(width)
            .align(Align2::CENTER_TOP)
            .event_filter(EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true })
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
        let output = edit.show(&mut child);
        let chosen = match (self.is_open, self.selects_all) {
            (false, true) => Some(egui::text::CCursorRange::select_all(&output.galley)),
            (false, false) => Some(egui::text::CCursorRange::one(output.galley.end())),
            (true, _) if self.completion.takes_caret_to_end() => {
                Some(egui::text::CCursorRange::one(output.galley.end()))
            }
            (true, _) => None,
        };
        if chosen.is_some() {
            let mut state = output.state;
            state.cursor.set_char_range(chosen);
            state.store(child.ctx(), id);
        }
        output.response.response.accessible_name("Name")
    }
}

/// Where a name is edited.
pub struct Place<'a> {
    /// The document.
    pub document: &'a Document,
    /// From the world to the screen.
    pub camera: &'a Camera,
    /// The picture.
    pub scene: &'a Scene,
    /// Colours.
    pub theme: &'a Theme,
}

impl Place<'_> {
    /// The box on the screen in whose middle the name stands; none for forms that bear their name elsewhere.
    fn over_box(&self, element: ElementRef) -> Option<Rect> {
        let node = node_of(self.scene, element)?;
        let is_middle = matches!(element, ElementRef::Step(_)) && !node.form.is_ground();
        is_middle.then(|| self.camera.screen_rect(node.rect))
    }
}

/// A field that covers a box, its text in the middle; where the text is larger it grows on all sides.
fn covering(node: Rect, text: Vec2) -> (Rect, Margin) {
    const LEAST: Vec2 = Vec2::new(6.0, 4.0);
    let spare = ((node.size() - text) / 2.0).max(LEAST).min(Vec2::splat(120.0));
    let margin = Margin::symmetric(spare.x.round() as i8, spare.y.round() as i8);
    (Rect::from_center_size(node.center(), text + margin.sum()), margin)
}

/// The style in which the picture draws the name of an element.
fn style_of(element: ElementRef) -> TextStyle {
    if matches!(element, ElementRef::Note(_)) { measures::BODY } else { measures::NAME }
}

/// The width in which the picture breaks the name of a step or note, so that the field breaks it at the same places.
fn text_width(scene: &Scene, element: ElementRef) -> Option<f32> {
    let node = node_of(scene, element).filter(|node| !node.form.is_ground())?;
    match element {
        ElementRef::Step(_) => Some(node.rect.width() - 2.0 * measures::PADDING),
        ElementRef::Note(_) => Some(node.rect.width() - 2.0 * measures::PADDING - 4.0),
        _ => None,
    }
}

/// A text without line ends and doubled spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the field goes on the screen: over the box, beneath the small forms, over the label of a line.
pub fn field_rect(scene: &Scene, element: ElementRef, camera: &Camera) -> Option<Rect> {
    if let Some(node) = node_of(scene, element) {
        let rect = camera.screen_rect(node.rect);
        return Some(match node.form {
            NodeForm::Circle | NodeForm::Diamond => {
                Rect::from_min_size(rect.center_bottom() + Vec2::new(-70.0, 2.0), Vec2::new(140.0, 30.0))
            }
            NodeForm::Container | NodeForm::Frame => {
                let size = Vec2::new(rect.width().clamp(120.0, 260.0), 30.0);
                Rect::from_min_size(rect.left_top() + Vec2::splat(4.0), size)
            }
            _ => {
                let size = Vec2::new(rect.width().max(120.0), rect.height().max(30.0));
                let height = size.y.min(40.0 * camera.zoom().max(0.8));
                Rect::from_min_size(Pos2::new(rect.center().x - size.x / 2.0, rect.top()), Vec2::new(size.x, height))
            }
        });
    }
    let is_meant = |edge: &&crate::scene::EdgeShape| edge.element == element && edge.meaning.is_element();
    if let Some(edge) = scene.edges.iter().find(is_meant) {
        let middle = match (edge.label, edge.points.get(edge.points.len() / 2)) {
            (Some(label), _) => label.center(),
            (None, Some(point)) => *point,
            (None, None) => return None,
        };
        return Some(Rect::from_center_size(camera.screen_from_world(middle), Vec2::new(130.0, 30.0)));
    }
    let (_, lane) = super::pick::lane_of(scene, element)?;
    let header = camera.screen_rect(lane.header);
    Some(Rect::from_min_size(header.left_center() - Vec2::new(0.0, 15.0), Vec2::new(170.0, 30.0)))
}

macro_rules! renamed_by {
    ($document:ident, $element:ident, $name:ident, [$($Kind:ident.$field:ident),* $(,)?]) => {
        match $element {
            $(ElementRef::$Kind(id) => Replace::with($document, id, |record: &mut $Kind| record.$field = $name),)*
            ElementRef::Right(_) | ElementRef::Placement(_) => None,
        }
    };
}

/// The edit that gives an element this name; for a note its text.
fn renamed(document: &Document, element: ElementRef, name: String) -> Option<Replace> {
    renamed_by!(
        document,
        element,
        name,
        [
            Unit.name,
            Role.name,
            Person.name,
            External.name,
            System.name,
            Body.name,
            Process.name,
            Step.name,
            Gateway.name,
            Event.name,
            Flow.name,
            Link.name,
            Artefact.name,
            Decision.name,
            Framework.name,
            Note.text,
            View.name,
        ]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, Insert};

    #[test]
    fn a_name_is_kept_on_one_line_and_an_empty_one_is_refused() {
        let mut editor = Editor::new(Document::default());
        let made = editor.commit(&Insert::one(Unit::new("Office")).into(), 0.0).unwrap();
        let element = made.created[0];
        let mut renaming = Renaming::start(editor.document(), element, None);
        assert_eq!(renaming.text, "Office");
        assert_eq!(renaming.edit(editor.document()), Ok(None));
        renaming.text = "  Head\n office ".to_owned();
        let said = renaming.edit(editor.document()).unwrap().unwrap();
        editor.commit(&said.edit, 0.0).unwrap();
        assert_eq!(editor.document().name_of(element), "Head office");
        renaming.text = "   ".to_owned();
        assert!(renaming.edit(editor.document()).is_err());
    }
}
