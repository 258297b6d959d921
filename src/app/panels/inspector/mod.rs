//! The inspector: every field of the selected element, and where it is used.
//!
//! The fields of each kind are a table (`kinds`); this file draws tables. A text is committed as one step when its
//! field is left, also when it is left by selecting something else.

mod agreement;
mod body;
mod card;
mod delegations;
mod draw;
mod field;
mod fields;
mod forms;
mod inside;
mod kinds;
mod related;
mod several;
mod standing;
mod values;

use egui::{Id, ScrollArea, Ui};

use super::icon_of;
use crate::app::canvas::tints::{self, Common};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::ladder::SmallLadder;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, icon_text, segmented, text, text_button};
use crate::edit::{Edit, SetTint};
use crate::model::*;

/// A text being typed, and how it becomes an edit.
struct Typing {
    element: ElementRef,
    field: &'static str,
    text: String,
    problem: Option<String>,
    edit: draw::EditOf,
}

/// What the inspector remembers.
#[derive(Default)]
pub struct InspectorState {
    typing: Option<Typing>,
    focus_name: bool,
    search: String,
    /// Parts of forms that somebody opened or folded, by their headings.
    unfolded: std::collections::BTreeMap<&'static str, bool>,
    /// Whether roles and others show their card instead of their fields.
    shows_card: bool,
    page: card::Page,
    /// The body that is looked at, with those who are taken to be away.
    sitting: body::Sitting,
    /// The ladder of the selected decision, in little.
    pub ladder: SmallLadder,
}

impl InspectorState {
    /// Puts the keyboard into the name field the next time the panel is drawn.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
        self.shows_card = false;
    }

    /// Turns the text being typed into an edit, if it belongs to another element or field than the one given.
    fn leave(&mut self, core: &Core, staying: Option<(ElementRef, &'static str)>, commands: &mut Vec<Command>) {
        let left = self.typing.take_if(|typing| staying != Some((typing.element, typing.field)));
        let Some(typing) = left else { return };
        if !core.document().contains(typing.element) {
            return;
        }
        match (typing.edit)(core.document(), &typing.text) {
            Ok(edit) => commands.push(edit.into()),
            Err(problem) => commands.push(crate::app::notice::Notice::hint(problem).into()),
        }
    }
}

/// Draws the panel for the selection.
pub fn inspector_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, commands: &mut Vec<Command>) {
    let Some(element) = core.single_selection() else {
        // A text that is typed for all of them stays as long as they are selected.
        let is_for_all = |typing: &Typing| core.selection().contains(&typing.element);
        if !state.typing.as_ref().is_some_and(is_for_all) {
            state.leave(core, None, commands);
        }
        several_ui(ui, core, state, commands);
        return;
    };
    if state.typing.as_ref().is_some_and(|typing| typing.element != element) {
        state.leave(core, None, commands);
    }
    header_ui(ui, core, element);
    if card::has_card(element) {
        let choices =
            [("Fields", "Everything that is known, to be changed"), ("Card", "One page to be read and copied")];
        let chosen = segmented(ui, core.theme(), "inspector page", &choices, usize::from(state.shows_card));
        state.shows_card = chosen.map_or(state.shows_card, |chosen| chosen == 1);
        ui.add_space(4.0);
        if state.shows_card {
            state.leave(core, None, commands);
            state.page.show(ui, core, element, commands);
            return;
        }
    }
    ScrollArea::vertical().id_salt(("inspector", element)).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if let ElementRef::Step(step) = element {
            inside::inside_ui(ui, core, step, commands);
        }
        if let ElementRef::Decision(decision) = element {
            state.ladder.show(ui, core, decision, commands);
        }
        fields::fields_ui(ui, core, state, element, commands);
        // What is of this view alone comes behind what is so everywhere.
        tint_ui(ui, core, commands);
        related::related_ui(ui, core, element, commands);
        ui.add_space(12.0);
    });
}

fn header_ui(ui: &mut Ui, core: &Core, element: ElementRef) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        ui.label(icon_text(icon_of(core.document(), element), 18.0).color(colour(theme.accent.base)));
        let room = ui.available_width() - 80.0;
        let name = core.document().name_of(element);
        let name = if name.is_empty() { "Unnamed" } else { name };
        let name = crate::scene::text::Measure::bundled().ellipsize(name, theme.sizes.text.section, room);
        ui.label(text(name.text, theme.sizes.text.section).color(colour(theme.neutral.ink)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let mut word = element.kind().word().to_owned();
            if let Some(first) = word.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            ui.label(text(word, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        });
    });
}

/// The colour that the selected boxes have in the view in front.
fn tint_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let Some(view) = core.active_view().filter(|_| core.active_kind().is_some_and(has_boxes)) else { return };
    let current = Common::of(core, view);
    if current == Common::NoBox {
        return;
    }
    let help = "The colour of the box in this view alone; without one it is that of its kind or unit.";
    let chosen = field_row(ui, core.theme(), "Colour here", help, |ui| {
        ui.horizontal_wrapped(|ui| tints::row_ui(ui, core.theme(), egui::Role::RadioButton, current)).inner
    });
    if let Some(tint) = chosen.inner {
        commands.push(Edit::from(SetTint { view, elements: core.selection().to_vec(), tint }).into());
    }
}

fn has_boxes(kind: &ViewKind) -> bool {
    !matches!(kind, ViewKind::Matrix(_))
}

/// What can be said of several elements at once.
fn several_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(8.0);
    ui.label(
        text(format!("{} selected", core.selection().len()), theme.sizes.text.section).color(colour(theme.neutral.ink)),
    );
    ui.horizontal_wrapped(|ui| {
        for (id, label) in [("edit.remove-from-view", "Remove from this view"), ("edit.delete", "Delete everywhere")] {
            if text_button(ui, theme, ButtonLook::Plain, None, label).clicked() {
                commands.push(Command::Action(id));
            }
        }
    });
    ScrollArea::vertical().id_salt("inspector of several").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        several::several_fields_ui(ui, core, state, commands);
        ui.add_space(8.0);
        tint_ui(ui, core, commands);
        ui.add_space(12.0);
    });
}

/// Identity of the widget of a field.
fn field_id(element: ElementRef, field: &'static str) -> Id {
    Id::unique(("field", element, field))
}
