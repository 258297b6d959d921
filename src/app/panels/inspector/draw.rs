//! Draws the fields of a record from their table.

use egui::{ComboBox, Id, Key, TextEdit, Ui};

use super::field::{Field, FieldKind};
use super::standing::standing_ui;
use super::{InspectorState, Typing, field_id};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, check_box, field_row, icon_button, text, text_button};
use crate::edit::{Edit, Record, Replace};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws all fields of a record.
pub(super) fn record_ui<R>(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    id: R::Id,
    fields: &'static [Field<R>],
    commands: &mut Vec<Command>,
) where
    R: Element + Into<Record>,
{
    let Some(record) = core.document().get::<R>(id) else { return };
    let element: ElementRef = id.into();
    for field in fields {
        let replace = |change: &dyn Fn(&mut R)| -> Command {
            let mut record = record.clone();
            change(&mut record);
            Edit::from(Replace { element, record: record.into() }).into()
        };
        field_row(ui, core.theme(), field.name, field.help, |ui| match &field.kind {
            FieldKind::Line { read, write, hint } => {
                let write = *write;
                let edit = move |document: &Document, typed: &str| {
                    let mut record = document.get::<R>(id).cloned().ok_or("It is no longer there.")?;
                    write(&mut record, typed)?;
                    Ok(Replace { element, record: record.into() }.into())
                };
                ui.vertical(|ui| {
                    let stored = read(record);
                    let is_stated = !stored.is_empty();
                    typed_ui(ui, core, state, (element, field.name), (stored, hint, false), Box::new(edit), commands);
                    standing_ui(ui, core, element, field.name, is_stated);
                });
            }
            FieldKind::Lines { read, write } => {
                let write = *write;
                let edit = move |document: &Document, typed: &str| {
                    let mut record = document.get::<R>(id).cloned().ok_or("It is no longer there.")?;
                    write(&mut record, typed);
                    Ok(Replace { element, record: record.into() }.into())
                };
                typed_ui(ui, core, state, (element, field.name), (read(record), "", true), Box::new(edit), commands);
            }
            FieldKind::Flag { read, write } => {
                let mut on = read(record);
                if check_box(ui, core.theme(), &mut on, "").accessible_name(field.name).changed() {
                    commands.push(replace(&|record| write(record, on)));
                }
            }
            FieldKind::Choice { options, read, write, required } => {
                let id = field_id(element, field.name);
                let current = read(record);
                if let Some(chosen) = choice_ui(ui, core, id, field.name, options, current, *required, None) {
                    commands.push(replace(&|record| write(record, chosen)));
                }
            }
            FieldKind::Reference { candidates, read, write } => {
                let place = (field_id(element, field.name), field.name);
                let current = read(record);
                if let Some(chosen) = reference_ui(ui, core, state, place, *candidates, current, element, None) {
                    commands.push(replace(&|record| write(record, chosen)));
                }
            }
            FieldKind::References { candidates, read, write } => {
                let id = field_id(element, field.name);
                if let Some(chosen) = references_ui(ui, core, state, id, field.name, *candidates, read(record), element)
                {
                    commands.push(replace(&|record| write(record, chosen.clone())));
                }
            }
        });
    }
}

/// Draws fields of a record below a heading that opens and folds them. They are open where one of them is stated, until
/// somebody folds or opens them.
pub(super) fn folded_ui<R>(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    title: &'static str,
    id: R::Id,
    fields: &'static [Field<R>],
    commands: &mut Vec<Command>,
) where
    R: Element + Into<Record>,
{
    let Some(record) = core.document().get::<R>(id) else { return };
    let is_stated = || fields.iter().any(|field| field.is_stated(record));
    let mut is_open = state.unfolded.get(title).copied().unwrap_or_else(is_stated);
    let icon = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    if text_button(ui, core.theme(), ButtonLook::Quiet, Some(icon), title).clicked() {
        is_open = !is_open;
        state.unfolded.insert(title, is_open);
    }
    if is_open {
        record_ui(ui, core, state, id, fields, commands);
    }
}

/// How a text becomes an edit, or why it does not.
pub(super) type EditOf = Box<dyn Fn(&Document, &str) -> Result<Edit, String>>;

/// A text that becomes an edit when its field is left.
pub(super) fn typed_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    (element, field): (ElementRef, &'static str),
    (stored, hint, several_lines): (String, &str, bool),
    edit: EditOf,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let id = field_id(element, field);
    let own = state.typing.as_ref().filter(|typing| (typing.element, typing.field) == (element, field));
    let problem = own.and_then(|typing| typing.problem.clone());
    let mut buffer = own.map_or_else(|| stored.clone(), |typing| typing.text.clone());
    ui.vertical(|ui| {
        // An example must not be taken for a value.
        let hint = match hint {
            "" => String::new(),
            remark if remark.starts_with('—') => remark.to_owned(),
            example => format!("such as {example}"),
        };
        let hint = text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third));
        let field_edit = if several_lines {
            TextEdit::multiline(&mut buffer).desired_rows(2)
        } else {
            TextEdit::singleline(&mut buffer)
        };
        let field_edit = field_edit.text_color(colour(theme.neutral.ink));
        let response = ui
            .add(field_edit.id(id).hint_text(hint).margin(egui::Margin::symmetric(8, 5)).desired_width(f32::INFINITY))
            .accessible_name(field);
        if field == "Name" && std::mem::take(&mut state.focus_name) {
            response.request_focus();
            // A new name takes the place of the old one.
            crate::app::widgets::select_all(ui, id, &buffer);
        }
        let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        if escaped {
            state.typing = None;
        } else if response.changed() {
            state.leave(core, Some((element, field)), commands);
            let problem = (buffer != stored).then(|| edit(core.document(), &buffer).err()).flatten();
            state.typing = Some(Typing { element, field, text: buffer, problem, edit });
        } else if response.lost_focus() {
            let invalid = state.typing.as_ref().is_some_and(|typing| typing.problem.is_some());
            // What cannot be read stays in its field, with the reason beneath it.
            if !invalid {
                state.leave(core, None, commands);
            }
        }
        if let Some(problem) = problem {
            ui.add(
                egui::Label::new(text(problem, theme.sizes.text.caption).color(colour(theme.severity.high.ink))).wrap(),
            );
        }
    });
}

/// One of a few words; returns the new choice. `differ` stands there where several elements are asked for that have
/// different ones.
#[expect(clippy::too_many_arguments, reason = "a field is told its place, its name and its values")]
pub(super) fn choice_ui(
    ui: &mut Ui,
    core: &Core,
    id: Id,
    name: &str,
    options: &[&str],
    current: Option<usize>,
    required: bool,
    differ: Option<&str>,
) -> Option<Option<usize>> {
    let stated = current.and_then(|index| options.get(index)).copied();
    let shown = stated.or(differ).unwrap_or("not stated");
    let mut chosen = None;
    let combo =
        ComboBox::from_id_salt(id).width(ui.available_width()).selected_text(text(shown, core.theme().sizes.text.body));
    let response = combo.show_ui(ui, |ui| {
        if !required && ui.selectable_label(current.is_none() && differ.is_none(), "not stated").clicked() {
            chosen = Some(None);
        }
        for (index, option) in options.iter().enumerate() {
            if ui.selectable_label(current == Some(index), *option).clicked() {
                chosen = Some(Some(index));
            }
        }
    });
    response.response.accessible_name(name);
    chosen.filter(|chosen| differ.is_some() || *chosen != current)
}

/// Another element or none; returns the new choice. `differ` stands there where several elements are asked for that
/// have different ones.
#[expect(clippy::too_many_arguments, reason = "a field is told its place, its name and its values")]
pub(super) fn reference_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    (id, name): (Id, &str),
    candidates: fn(&Document) -> Vec<ElementRef>,
    current: Option<ElementRef>,
    own: ElementRef,
    differ: Option<&str>,
) -> Option<Option<ElementRef>> {
    let shown = current.map_or(differ.unwrap_or("—"), |element| core.document().name_of(element));
    let mut chosen = None;
    let width = ui.available_width();
    let shown = crate::scene::text::Measure::bundled().ellipsize(shown, core.theme().sizes.text.body, width - 30.0);
    let combo = ComboBox::from_id_salt(id)
        .width(width)
        .height(320.0)
        .selected_text(text(shown.text, core.theme().sizes.text.body));
    let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let response = combo.show_ui(ui, |ui| {
        if let Some(picked) = pick_ui(ui, core, state, id, candidates, |element| Some(element) == current, own, true) {
            chosen = Some(picked);
            ui.close();
        }
    });
    response.response.accessible_name(name);
    chosen.filter(|chosen| differ.is_some() || *chosen != current)
}

/// Several other elements; returns the new list.
#[expect(clippy::too_many_arguments, reason = "a field is told its place, its name and its values")]
fn references_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    id: Id,
    name: &str,
    candidates: fn(&Document) -> Vec<ElementRef>,
    current: Vec<ElementRef>,
    own: ElementRef,
) -> Option<Vec<ElementRef>> {
    let mut changed = None;
    ui.vertical(|ui| {
        for (index, element) in current.iter().enumerate() {
            ui.horizontal(|ui| {
                let words = crate::scene::text::Measure::bundled().ellipsize(
                    core.document().name_of(*element),
                    core.theme().sizes.text.body,
                    ui.available_width() - 44.0,
                );
                ui.label(text(words.text, core.theme().sizes.text.body));
                let label = format!("Take {} out of {name}", core.document().name_of(*element));
                if icon_button(ui, core.theme(), Icon::Close, &label, false, true).clicked() {
                    let mut rest = current.clone();
                    rest.remove(index);
                    changed = Some(rest);
                }
            });
        }
        let combo = ComboBox::from_id_salt(id)
            .width(ui.available_width())
            .height(320.0)
            .selected_text(text("Add…", core.theme().sizes.text.body));
        let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        let response = combo.show_ui(ui, |ui| {
            if let Some(Some(picked)) =
                pick_ui(ui, core, state, id, candidates, |element| current.contains(&element), own, false)
            {
                let mut list = current.clone();
                if !list.contains(&picked) {
                    list.push(picked);
                    changed = Some(list);
                }
                ui.close();
            }
        });
        response.response.accessible_name(format!("Add to {name}"));
    });
    changed
}

/// The list of candidates with a search on top; returns what was picked, `Some(None)` for nobody.
#[expect(clippy::too_many_arguments, reason = "a field is told its place, its name and its values")]
fn pick_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    id: Id,
    candidates: fn(&Document) -> Vec<ElementRef>,
    is_chosen: impl Fn(ElementRef) -> bool,
    own: ElementRef,
    with_none: bool,
) -> Option<Option<ElementRef>> {
    const SEARCH_FROM: usize = 12;
    let all = candidates(core.document());
    if all.len() > SEARCH_FROM {
        crate::app::widgets::text_field(ui, core.theme(), id.with("search"), "Search", &mut state.search, "Search");
    } else {
        state.search.clear();
    }
    let query = state.search.to_lowercase();
    let mut picked = None;
    if with_none && ui.selectable_label(false, "—").clicked() {
        picked = Some(None);
    }
    let fits =
        |element: &ElementRef| *element != own && core.document().name_of(*element).to_lowercase().contains(&query);
    for element in all.into_iter().filter(fits).take(200) {
        let name = core.document().name_of(element);
        let detail = match element {
            ElementRef::Role(role) => core
                .document()
                .get::<Role>(role)
                .and_then(|role| role.unit)
                .map_or("", |unit| core.document().name_of(unit.into())),
            other => other.kind().word(),
        };
        let words = if detail.is_empty() { name.to_owned() } else { format!("{name} · {detail}") };
        if ui.selectable_label(is_chosen(element), words).clicked() {
            picked = Some(Some(element));
        }
    }
    picked
}
