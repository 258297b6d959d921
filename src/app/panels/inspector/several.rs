//! The fields that several selected elements of a kind have in common: one change for all of them, as one step.

use egui::{Checkbox, Ui};

use super::draw::{choice_ui, reference_ui, typed_ui};
use super::field::{Field, FieldKind};
use super::kinds::*;
use super::{InspectorState, field_id};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{field_row, text, tick};
use crate::edit::{Edit, Record, Replace, Sequence};
use crate::model::*;

/// What stands in a field in which they differ.
const DIFFER: &str = "— they differ —";

/// Draws the table of a kind for the elements of that kind.
macro_rules! draw_fields {
    ($draw:ident, $Record:ident, $TABLE:ident) => {{
        let id_of = |element: &ElementRef| match element {
            ElementRef::$Record(id) => Some(*id),
            _ => None,
        };
        let ids: Vec<_> = $draw.elements.iter().filter_map(id_of).collect();
        $draw.fields::<$Record>(&ids, $TABLE);
    }};
}

/// Draws the fields of each kind that is selected.
pub(super) fn several_fields_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, commands: &mut Vec<Command>) {
    let selection = core.selection();
    let mut kinds: Vec<ElementKind> = selection.iter().map(|element| element.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind: Vec<ElementRef> = selection.iter().copied().filter(|element| element.kind() == kind).collect();
        let word = if of_kind.len() == 1 { kind.word() } else { kind.plural() };
        ui.add_space(6.0);
        let words = text(format!("{} {word}", of_kind.len()), core.theme().sizes.text.name);
        ui.label(words.color(colour(core.theme().neutral.ink_second)));
        let mut draw = Several { ui: &mut *ui, core, state: &mut *state, elements: &of_kind, commands: &mut *commands };
        match kind {
            ElementKind::Unit => draw_fields!(draw, Unit, UNIT),
            ElementKind::Role => {
                draw_fields!(draw, Role, ROLE_FIRST);
                draw_fields!(draw, Role, ROLE);
            }
            ElementKind::Person => draw_fields!(draw, Person, PERSON),
            ElementKind::External => draw_fields!(draw, External, EXTERNAL),
            ElementKind::System => draw_fields!(draw, System, SYSTEM),
            ElementKind::Process => draw_fields!(draw, Process, PROCESS),
            ElementKind::Step => {
                draw_fields!(draw, Step, STEP);
                draw_fields!(draw, Step, STEP_AUTOMATION);
            }
            ElementKind::Gateway => draw_fields!(draw, Gateway, GATEWAY),
            ElementKind::Event => draw_fields!(draw, Event, EVENT),
            ElementKind::Flow => draw_fields!(draw, Flow, FLOW),
            ElementKind::Artefact => draw_fields!(draw, Artefact, ARTEFACT),
            ElementKind::Decision => {
                draw_fields!(draw, Decision, DECISION_FIRST);
                draw_fields!(draw, Decision, DECISION);
            }
            _ => {}
        }
    }
}

struct Several<'a> {
    ui: &'a mut Ui,
    core: &'a Core,
    state: &'a mut InspectorState,
    elements: &'a [ElementRef],
    commands: &'a mut Vec<Command>,
}

impl Several<'_> {
    fn fields<R>(&mut self, ids: &[R::Id], fields: &'static [Field<R>])
    where
        R: Element + Into<Record>,
    {
        let records: Vec<&R> = ids.iter().filter_map(|id| self.core.document().get::<R>(*id)).collect();
        if records.is_empty() {
            return;
        }
        // A name and what is a list belong to each alone.
        let is_shared = |field: &&Field<R>| {
            field.name != "Name" && !matches!(field.kind, FieldKind::Lines { .. } | FieldKind::References { .. })
        };
        for field in fields.iter().filter(is_shared) {
            self.field(field, ids, &records);
        }
    }

    fn field<R>(&mut self, field: &'static Field<R>, ids: &[R::Id], records: &[&R])
    where
        R: Element + Into<Record>,
    {
        let Self { ui, core, state, elements, commands } = self;
        let Some(first) = elements.first().copied() else { return };
        let id = field_id(first, field.name).with("several");
        field_row(ui, core.theme(), field.name, field.help, |ui| match &field.kind {
            FieldKind::Line { read, write, hint } => {
                let common = common(records, read);
                let (write, ids) = (*write, ids.to_vec());
                let (name, count) = (field.name, ids.len());
                let edit = move |document: &Document, typed: &str| {
                    changed(document, &ids, name, count, |record: &mut R| write(record, typed))
                };
                let stored = (common.clone().unwrap_or_default(), if common.is_none() { DIFFER } else { hint }, false);
                typed_ui(ui, core, state, (first, field.name), stored, Box::new(edit), commands);
            }
            FieldKind::Flag { read, write } => {
                let common = common(records, read);
                let mut on = common.unwrap_or(false);
                let checkbox = Checkbox::without_text(&mut on).indeterminate(common.is_none());
                if tick(ui, core.theme(), checkbox).accessible_name(field.name).changed() {
                    push(core, ids, field.name, commands, |record| write(record, on));
                }
            }
            FieldKind::Choice { options, read, write, required } => {
                let common = common(records, read);
                let current = common.flatten();
                let differ = common.is_none().then_some(DIFFER);
                if let Some(chosen) = choice_ui(ui, core, id, field.name, options, current, *required, differ) {
                    push(core, ids, field.name, commands, |record| write(record, chosen));
                }
            }
            FieldKind::Reference { candidates, read, write } => {
                let common = common(records, read);
                let current = common.flatten();
                let differ = common.is_none().then_some(DIFFER);
                let place = (id, field.name);
                if let Some(chosen) = reference_ui(ui, core, state, place, *candidates, current, first, differ) {
                    push(core, ids, field.name, commands, |record| write(record, chosen));
                }
            }
            FieldKind::Lines { .. } | FieldKind::References { .. } => {}
        });
    }
}

/// The value that all have; none where they differ.
fn common<R, T: PartialEq>(records: &[&R], read: impl Fn(&R) -> T) -> Option<T> {
    let (first, rest) = records.split_first()?;
    let value = read(first);
    rest.iter().all(|record| read(record) == value).then_some(value)
}

/// One step that changes all of them.
fn changed<R: Element + Into<Record>>(
    document: &Document,
    ids: &[R::Id],
    name: &str,
    count: usize,
    change: impl Fn(&mut R) -> Result<(), String>,
) -> Result<Edit, String> {
    let mut edits = Vec::with_capacity(ids.len());
    for id in ids {
        let mut record = document.get::<R>(*id).cloned().ok_or("It is no longer there.")?;
        change(&mut record)?;
        edits.push(Replace { element: (*id).into(), record: record.into() }.into());
    }
    let label = format!("Change “{name}” of {count} {}", R::KIND.plural());
    Ok(Sequence { label, edits }.into())
}

fn push<R: Element + Into<Record>>(
    core: &Core,
    ids: &[R::Id],
    name: &str,
    commands: &mut Vec<Command>,
    write: impl Fn(&mut R),
) {
    let write = |record: &mut R| {
        write(record);
        Ok(())
    };
    commands.extend(changed(core.document(), ids, name, ids.len(), write).ok().map(Command::from));
}
