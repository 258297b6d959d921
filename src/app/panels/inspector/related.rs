//! Where an element is used: rights, steps, holders, views.

use egui::{Id, Ui};

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::widgets::{Row, section_header};
use crate::model::*;

/// Lists what belongs to the element; a click goes there.
pub(super) fn related_ui(ui: &mut Ui, core: &Core, element: ElementRef, commands: &mut Vec<Command>) {
    match element {
        ElementRef::Unit(id) => {
            list_ui(
                ui,
                core,
                "Roles",
                core.document()
                    .roles_of(Some(id))
                    .into_iter()
                    .map(|role| (role.into(), core.document().holders_label(role))),
                commands,
            );
        }
        ElementRef::Person(id) => {
            let holds = core.document().roles().iter().filter_map(move |(role, record)| {
                let holding = record.holders.iter().find(|holding| holding.person == id)?;
                Some((role.into(), super::values::share_text(holding.share)))
            });
            list_ui(ui, core, "Holds", holds, commands);
        }
        ElementRef::Process(id) => {
            let steps = core.document().steps().iter().filter(move |(_, step)| step.process == id);
            let rows = steps.map(|(step, record)| {
                (
                    step.into(),
                    record.performer.map_or_else(String::new, |actor| core.document().name_of(actor.into()).to_owned()),
                )
            });
            list_ui(ui, core, "Steps", rows, commands);
        }
        ElementRef::Step(id) => rights_ui(ui, core, Subject::Step(id), commands),
        ElementRef::Decision(id) => rights_ui(ui, core, Subject::Decision(id), commands),
        _ => {}
    }
    if let Ok(actor) = Actor::try_from(element) {
        let rights = core.document().rights().iter().filter(move |(_, right)| right.holder == actor);
        let rows = rights.map(|(_, right)| (right.subject.into(), letter_and_limit(right)));
        list_ui(ui, core, "Rights", rows, commands);
        let steps = core.document().steps().iter().filter(move |(_, step)| step.performer == Some(actor));
        list_ui(
            ui,
            core,
            "Performs",
            steps.map(|(id, step)| (id.into(), core.document().name_of(step.process.into()).to_owned())),
            commands,
        );
    }
    appears_ui(ui, core, element, commands);
}

/// The views that show the element; a click flies to it there.
fn appears_ui(ui: &mut Ui, core: &Core, element: ElementRef, commands: &mut Vec<Command>) {
    let front = core.active_view();
    let views = core.document().views_showing(element);
    let rows = views.iter().map(|view| {
        let here = if front == Some(*view) { "in front".to_owned() } else { String::new() };
        (ElementRef::from(*view), here)
    });
    list_of_ui(ui, core, "Appears in", rows, commands, |row| match row {
        ElementRef::View(view) => Command::RevealIn { view, element },
        other => Command::Reveal(other),
    });
}

fn rights_ui(ui: &mut Ui, core: &Core, subject: Subject, commands: &mut Vec<Command>) {
    let rows = core.document().rights_on(subject).map(|(_, right)| (right.holder.into(), letter_and_limit(right)));
    list_ui(ui, core, "Who may", rows, commands);
}

/// `D ≤200`.
fn letter_and_limit(right: &Right) -> String {
    let limits: Vec<String> = right.tiers.iter().map(ToString::to_string).collect();
    if limits.is_empty() { right.letter.clone() } else { format!("{} {}", right.letter, limits.join(", ")) }
}

/// A list whose rows lead to what they name.
fn list_ui(
    ui: &mut Ui,
    core: &Core,
    title: &str,
    rows: impl Iterator<Item = (ElementRef, String)>,
    commands: &mut Vec<Command>,
) {
    list_of_ui(ui, core, title, rows, commands, Command::Reveal);
}

fn list_of_ui(
    ui: &mut Ui,
    core: &Core,
    title: &str,
    rows: impl Iterator<Item = (ElementRef, String)>,
    commands: &mut Vec<Command>,
    go: impl Fn(ElementRef) -> Command,
) {
    const MOST: usize = 40;
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    ui.add_space(8.0);
    section_header(ui, core.theme(), title, None);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (index, (element, detail)) in rows.iter().take(MOST).enumerate() {
        let name = core.document().name_of(*element);
        let row = Row {
            id: Id::unique(("related", title, index, *element)),
            icon: Some(icon_of(core.document(), *element)),
            name: if name.is_empty() { "unnamed" } else { name },
            detail,
            badge: None,
            depth: 0,
            open: None,
            selected: false,
            label: name,
        };
        if row.show(ui, core.theme()).response.clicked() {
            commands.push(go(*element));
        }
    }
    if rows.len() > MOST {
        ui.label(format!("… and {} more", rows.len() - MOST));
    }
}
