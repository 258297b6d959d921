//! What a role or person has passed on for a time, and what of a decision was passed on by whom.

use egui::{Label, Ui};

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::{Dialog, delegation};
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, icon_button, text, text_button};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws what a role or person has passed on, and the way to pass on more.
pub(super) fn given_ui(ui: &mut Ui, core: &Core, giver: Actor, commands: &mut Vec<Command>) {
    let given = delegation::of(core.document(), giver);
    let rows = given.iter().enumerate().map(|(place, one)| {
        let of: Vec<&str> = one.of.iter().map(|id| core.document().name_of((*id).into())).collect();
        let of = if of.is_empty() { "everything".to_owned() } else { of.join(", ") };
        (giver, place, one, format!("To {}: {of}", receiver(core, one)))
    });
    let help = "What is passed on for some days: to whom, of what, up to how much.";
    let add = Some((giver, Vec::new()));
    list_ui(ui, core, help, "Nothing is passed on.", rows.collect(), add, commands);
}

/// Draws who has passed a decision on, and the way to pass it on for the one who decides it.
pub(super) fn of_decision_ui(ui: &mut Ui, core: &Core, id: DecisionId, commands: &mut Vec<Command>) {
    let document = core.document();
    let is_decider = |right: &Right| document.right_has_duty(right, Duty::Decide);
    let deciders = document.rights_on(Subject::Decision(id)).map(|(_, right)| right).filter(|right| is_decider(right));
    let giver = deciders.map(|right| right.holder).find(|holder| matches!(holder, Actor::Role(_) | Actor::Person(_)));
    let is_reserved = document.get::<Decision>(id).is_some_and(|decision| decision.reserved);
    let roles = document.roles().iter().filter(|(_, role)| !role.delegations.is_empty());
    let people = document.people().iter().filter(|(_, person)| !person.delegations.is_empty());
    let givers = roles.map(|(id, _)| Actor::Role(id)).chain(people.map(|(id, _)| Actor::Person(id)));
    let named = |giver: Actor| {
        let all = delegation::of(document, giver).iter().enumerate();
        all.filter(|(_, one)| one.of.contains(&id)).map(move |(place, one)| {
            (giver, place, one, format!("{} to {}", document.name_of(giver.into()), receiver(core, one)))
        })
    };
    let rows = givers.flat_map(named).collect();
    let none = if is_reserved { "It is reserved: nobody passes it on." } else { "Nobody has passed it on." };
    let add = giver.filter(|_| !is_reserved).map(|giver| (giver, vec![id]));
    list_ui(ui, core, "Who has passed it on for some days.", none, rows, add, commands);
}

/// A delegation with its giver, its place in the giver's list, and its heading.
type Given<'a> = (Actor, usize, &'a Delegation, String);

fn list_ui(
    ui: &mut Ui,
    core: &Core,
    help: &str,
    none: &str,
    rows: Vec<Given<'_>>,
    add: Option<(Actor, Vec<DecisionId>)>,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    field_row(ui, theme, "Delegations", help, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if rows.is_empty() {
                ui.add_space(6.0);
                let words = text(none, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
                ui.add(Label::new(words).wrap());
            }
            for row in &rows {
                row_ui(ui, core, row, commands);
            }
            if let Some((giver, of)) = add
                && text_button(ui, theme, ButtonLook::Plain, None, "Delegate…").clicked()
            {
                commands.push(Command::Dialog(Dialog::delegate(giver, of, None, None)));
            }
        });
    });
}

fn receiver<'c>(core: &'c Core, one: &Delegation) -> &'c str {
    core.document().name_of(one.to.into())
}

/// One delegation with its days and bounds, and the ways to change it and to take it away.
fn row_ui(ui: &mut Ui, core: &Core, (giver, place, one, title): &Given<'_>, commands: &mut Vec<Command>) {
    const BUTTONS: f32 = 64.0;
    let theme = core.theme();
    let words = format!("{title}, {} to {}", one.from, one.until);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let room = (ui.available_width() - BUTTONS).max(40.0);
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(6.0);
            ui.add(Label::new(text(title.as_str(), theme.sizes.text.body).color(colour(theme.neutral.ink))).wrap());
        });
        if icon_button(ui, theme, Icon::Pencil, &format!("Change: {words}"), false, true).clicked() {
            commands.extend(Dialog::change_delegation(core.document(), *giver, *place).map(Command::Dialog));
        }
        if icon_button(ui, theme, Icon::Close, &format!("Take back: {words}"), false, true).clicked() {
            let edit = delegation::put(core.document(), *giver, Some(*place), None);
            commands.extend(edit.map(Command::from));
        }
    });
    let mut parts = vec![format!("{} to {}", one.from, one.until)];
    parts.extend(one.limit.map(|limit| limit.tier().to_string()));
    parts.extend(Some(one.reason.clone()).filter(|reason| !reason.is_empty()));
    parts.extend(one.written_on.map(|day| format!("written on {day}")));
    let detail = text(parts.join(" · "), theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
    ui.add(Label::new(detail).wrap());
}
