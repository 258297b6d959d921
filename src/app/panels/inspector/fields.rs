//! Draws the fields of the element: its table, and for roles and rights what no table holds.

use egui::Ui;

use super::draw::{folded_ui, record_ui, typed_ui};
use super::kinds::*;
use super::values::{share, share_text};
use super::{InspectorState, agreement, delegations};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{field_row, icon_button, text};
use crate::edit::{Edit, Replace};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws the fields of the element.
pub(super) fn fields_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    element: ElementRef,
    commands: &mut Vec<Command>,
) {
    match element {
        ElementRef::Unit(id) => record_ui(ui, core, state, id, UNIT, commands),
        ElementRef::Role(id) => {
            record_ui(ui, core, state, id, ROLE_FIRST, commands);
            holders_ui(ui, core, state, id, commands);
            delegations::given_ui(ui, core, Actor::Role(id), commands);
            record_ui(ui, core, state, id, ROLE, commands);
        }
        ElementRef::Person(id) => {
            record_ui(ui, core, state, id, PERSON, commands);
            delegations::given_ui(ui, core, Actor::Person(id), commands);
        }
        ElementRef::External(id) => record_ui(ui, core, state, id, EXTERNAL, commands),
        ElementRef::System(id) => record_ui(ui, core, state, id, SYSTEM, commands),
        ElementRef::Body(id) => {
            record_ui(ui, core, state, id, BODY_FIRST, commands);
            super::body::members_ui(ui, core, id, commands);
            record_ui(ui, core, state, id, BODY, commands);
            super::body::power_ui(ui, core, &mut state.sitting, id);
        }
        ElementRef::Process(id) => record_ui(ui, core, state, id, PROCESS, commands),
        ElementRef::Step(id) => {
            record_ui(ui, core, state, id, STEP, commands);
            folded_ui(ui, core, state, "Automation", id, STEP_AUTOMATION, commands);
        }
        ElementRef::Gateway(id) => record_ui(ui, core, state, id, GATEWAY, commands),
        ElementRef::Event(id) => record_ui(ui, core, state, id, EVENT, commands),
        ElementRef::Flow(id) => record_ui(ui, core, state, id, FLOW, commands),
        ElementRef::Link(id) => record_ui(ui, core, state, id, LINK, commands),
        ElementRef::Artefact(id) => record_ui(ui, core, state, id, ARTEFACT, commands),
        ElementRef::Decision(id) => {
            record_ui(ui, core, state, id, DECISION_FIRST, commands);
            agreement::agreement_ui(ui, core, id, commands);
            delegations::of_decision_ui(ui, core, id, commands);
            record_ui(ui, core, state, id, DECISION, commands);
        }
        ElementRef::Right(id) => right_ui(ui, core, state, id, commands),
        ElementRef::Note(id) => record_ui(ui, core, state, id, NOTE, commands),
        ElementRef::View(id) => {
            record_ui(ui, core, state, id, VIEW, commands);
            if core.document().get::<View>(id).is_some_and(|view| matches!(view.kind, ViewKind::Organisation { .. })) {
                record_ui(ui, core, state, id, CHART, commands);
            }
        }
        ElementRef::Framework(_) | ElementRef::Placement(_) => {}
    }
}

/// The holders of a role, each with a share.
fn holders_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, id: RoleId, commands: &mut Vec<Command>) {
    let Some(role) = core.document().get::<Role>(id) else { return };
    let theme = core.theme();
    field_row(ui, theme, "Held by", "Who holds it, each with a share of their time.", |ui| {
        ui.vertical(|ui| {
            for (index, holding) in role.holders.iter().enumerate() {
                let name = core.document().name_of(holding.person.into());
                ui.horizontal(|ui| {
                    let shown = match holding.share {
                        Some(_) => format!("{name} · {}", share_text(holding.share)),
                        None => name.to_owned(),
                    };
                    ui.label(text(shown, theme.sizes.text.body));
                    if icon_button(ui, theme, Icon::Close, &format!("{name} no longer holds it"), false, true).clicked()
                    {
                        let mut role = role.clone();
                        role.holders.remove(index);
                        commands.push(Edit::from(Replace { element: id.into(), record: role.into() }).into());
                    }
                });
            }
            let edit = move |document: &Document, typed: &str| holder_edit(document, id, typed);
            typed_ui(
                ui,
                core,
                state,
                (id.into(), "Held by"),
                (String::new(), "name, or name: 50 %", false),
                Box::new(edit),
                commands,
            );
            if role.vacant {
                ui.label(text("vacant", theme.sizes.text.caption).color(colour(theme.severity.high.ink)));
            }
        });
    });
}

/// Adds a holder by name, or changes the share; a name that nobody has makes a new person.
fn holder_edit(document: &Document, role: RoleId, typed: &str) -> Result<Edit, String> {
    let (name, part) = typed.rsplit_once(':').unwrap_or((typed, ""));
    let (name, part) = (name.trim(), share(part)?);
    if name.is_empty() {
        return Err("Write a name.".to_owned());
    }
    let mut record = document.get::<Role>(role).cloned().ok_or("It is no longer there.")?;
    let known = document.people().iter().find(|(_, person)| person.name.eq_ignore_ascii_case(name));
    let Some((person, _)) = known else {
        return Err(format!("Nobody is called “{name}”. Add the person first, with + beside People."));
    };
    record.vacant = false;
    match record.holders.iter_mut().find(|holding| holding.person == person) {
        Some(holding) => holding.share = part.or(holding.share),
        None => record.holders.push(Holding { person, share: part }),
    }
    Ok(Replace { element: role.into(), record: record.into() }.into())
}

/// A right: its letter and its limits as text.
fn right_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, id: RightId, commands: &mut Vec<Command>) {
    record_ui(ui, core, state, id, RIGHT, commands);
    let Some(right) = core.document().get::<Right>(id) else { return };
    let limits: Vec<String> = right.tiers.iter().map(ToString::to_string).collect();
    let currency = core.document().project().currency;
    field_row(ui, core.theme(), "Limits", "Up to which amount: ≤ 200 EUR per case; > 200 EUR.", |ui| {
        let edit = move |document: &Document, typed: &str| {
            let mut right = document.get::<Right>(id).cloned().ok_or("It is no longer there.")?;
            right.tiers = parse_tiers(typed, currency).map_err(|error| format!("{error}."))?;
            Ok(Replace { element: id.into(), record: right.into() }.into())
        };
        let stored = limits.join("; ");
        typed_ui(ui, core, state, (id.into(), "Limits"), (stored, "no limit", false), Box::new(edit), commands);
    });
}
