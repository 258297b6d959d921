//! Who agreed to the rights of a decision, what has changed since, and the way to agree again.

use egui::{Label, Ui};

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::start::today;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, icon_text, text, text_button};
use crate::edit::{Agree, Edit, Replace};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws the agreement of a decision.
pub(super) fn agreement_ui(ui: &mut Ui, core: &Core, id: DecisionId, commands: &mut Vec<Command>) {
    let Some(decision) = core.document().get::<Decision>(id) else { return };
    let help = "Who agreed to the rights of the row, and what has changed since.";
    field_row(ui, core.theme(), "Agreement", help, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(6.0);
            stated_ui(ui, core, id, decision.agreement.as_ref(), commands);
        });
    });
}

fn stated_ui(ui: &mut Ui, core: &Core, id: DecisionId, known: Option<&Agreement>, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(agreement) = known else {
        let words = text("Nobody has agreed yet.", theme.sizes.text.body);
        ui.add(Label::new(words.color(colour(theme.neutral.ink_second))).wrap());
        buttons_ui(ui, core, id, None, commands);
        return;
    };
    let by = if agreement.by.is_empty() { String::new() } else { format!(" by {}", agreement.by.join(", ")) };
    let words = text(format!("{}{by}", agreement.on), theme.sizes.text.body);
    ui.add(Label::new(words.color(colour(theme.neutral.ink))).wrap());
    let causes = causes(core.document(), id, agreement);
    for cause in &causes {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let ink = colour(theme.severity.medium.ink);
            ui.label(icon_text(Icon::Caution, 14.0).color(ink));
            ui.add(Label::new(text(cause, theme.sizes.text.body).color(ink)).wrap());
        });
    }
    buttons_ui(ui, core, id, Some((agreement, !causes.is_empty())), commands);
}

/// What has changed since a row was agreed to, and whether a year has gone by.
fn causes(document: &Document, id: DecisionId, agreement: &Agreement) -> Vec<String> {
    let mut causes = document.agreement_changes(id);
    let most = document.project().thresholds.get("X-11.months").copied().unwrap_or(f64::from(AGREEMENT_MONTHS));
    let months = today().map_or(0, |day| agreement.months_until(day));
    if f64::from(months) >= most {
        causes.push(format!("{months} months have gone by."));
    }
    causes
}

fn buttons_ui(
    ui: &mut Ui,
    core: &Core,
    id: DecisionId,
    known: Option<(&Agreement, bool)>,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if let Some((agreement, true)) = known
            && text_button(ui, theme, ButtonLook::Primary, Some(Icon::Check), "Confirm again").clicked()
        {
            match today().filter(|_| !agreement.by.is_empty()) {
                Some(on) => {
                    let edit = Agree { decisions: vec![id], on, by: agreement.by.clone() };
                    commands.push(Command::Edit(Box::new(edit.into())));
                }
                None => commands.push(Command::Dialog(Dialog::agree(core, vec![id]))),
            }
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Agree…").clicked() {
            commands.push(Command::Dialog(Dialog::agree(core, vec![id])));
        }
        if known.is_some() && text_button(ui, theme, ButtonLook::Quiet, None, "Withdraw").clicked() {
            let withdraw = Replace::with(core.document(), id, |decision: &mut Decision| decision.agreement = None);
            commands.extend(withdraw.map(|edit| Edit::from(edit).into()));
        }
    });
}
