//! “Who decides?”: a question about one decision, and the answer in sentences whose names lead to where they are shown.
//!
//! Only what the limits of the decision ask is asked. The panel follows the selection: whatever is about a decision
//! turns the question to it. The answer is worked out beside the window.

mod answer;
mod form;

use egui::{Id, ScrollArea, Ui};

use crate::analysis::decide::Inquiry;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::lookup::{LookupState, reply_to};
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Row, empty_state, icon_button, section_header, text, text_button};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws the panel.
pub fn lookup_ui(ui: &mut Ui, core: &Core, state: &mut LookupState, commands: &mut Vec<Command>) {
    state.follow(core);
    if core.document().decisions().is_empty() {
        nothing_ui(ui, core, commands);
        return;
    }
    header_ui(ui, core, state);
    ScrollArea::vertical().id_salt("who decides").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let mut inquiry = state.inquiry.clone();
        let chosen = form::decision_ui(ui, core, inquiry.as_ref(), state.wants_focus && inquiry.is_none());
        if let Some(decision) = chosen {
            state.ask(Some(Inquiry::about(decision)));
            state.wants_focus = true;
            return;
        }
        let Some(asked) = inquiry.as_mut() else {
            state.wants_focus = false;
            begin_ui(ui, core, state);
            earlier_ui(ui, core, state);
            return;
        };
        let reply = reply_to(core, asked, commands);
        if let Some((reply, _)) = reply {
            let wants_focus = std::mem::take(&mut state.wants_focus);
            let is_taken = form::conditions_ui(ui, core, asked, reply, wants_focus);
            form::circumstances_ui(ui, core, asked, reply, wants_focus && !is_taken);
        }
        if let Some((reply, is_fresh)) = reply {
            ui.add_space(6.0);
            answer::answer_ui(ui, core, asked.decision, reply, is_fresh, commands);
        }
        if state.inquiry.as_ref() != Some(&*asked) {
            // Typing on is the same question, better said.
            state.inquiry = inquiry;
            ui.ctx().request_repaint();
        }
        earlier_ui(ui, core, state);
        ui.add_space(12.0);
    });
}

/// A project without decisions.
fn nothing_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let sentence =
        "There are no decisions yet. Add one, or take some from the library; then this answers who decides it.";
    empty_state(ui, core.theme(), Icon::Decision, sentence, |ui| {
        for (id, label) in [("insert.decision", "Add a decision"), ("insert.library", "Choose from the library")] {
            let Some(action) = crate::app::actions::action(id) else { continue };
            if text_button(ui, core.theme(), ButtonLook::Plain, action.icon, label).clicked() {
                commands.push(Command::Action(action.id));
            }
            ui.add_space(4.0);
        }
    });
}

fn header_ui(ui: &mut Ui, core: &Core, state: &mut LookupState) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.set_min_height(38.0);
        ui.label(text("Who decides?", theme.sizes.text.section).color(colour(theme.neutral.ink)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_filled = state.inquiry.is_some();
            if icon_button(ui, theme, Icon::Refresh, "Ask something else", false, is_filled).clicked() {
                state.ask(None);
                state.wants_focus = true;
            }
        });
    });
}

/// Nothing is asked yet: the decisions that are taken most often.
fn begin_ui(ui: &mut Ui, core: &Core, state: &mut LookupState) {
    const OFFERED: usize = 5;
    let theme = core.theme();
    ui.add_space(4.0);
    let words = "Choose a decision, or select one in a view. So do a step, a gateway and a row of the matrix.";
    ui.add(egui::Label::new(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink_second))).wrap());
    let per_week = |decision: &Decision| decision.frequency.map_or(0.0, Rate::per_week);
    let mut often: Vec<(DecisionId, &Decision)> = core.document().decisions().iter().collect();
    // Sorting keeps the order of equals.
    often.sort_by(|(_, one), (_, other)| per_week(other).total_cmp(&per_week(one)));
    ui.add_space(8.0);
    section_header(ui, theme, "Taken most often", None);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (id, decision) in often.into_iter().take(OFFERED) {
        let detail = decision.frequency.map_or_else(String::new, |rate| rate.to_string());
        if question_row(ui, core, Id::unique(("often", id)), &decision.name, &detail) {
            state.ask(Some(Inquiry::about(id)));
            state.wants_focus = true;
        }
    }
}

/// The questions asked before.
fn earlier_ui(ui: &mut Ui, core: &Core, state: &mut LookupState) {
    if state.earlier.is_empty() {
        return;
    }
    ui.add_space(8.0);
    section_header(ui, core.theme(), "Asked before", None);
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut again = None;
    for (place, inquiry) in state.earlier.iter().enumerate() {
        let name = core.document().name_of(inquiry.decision.into());
        let detail = case_words(core.document(), inquiry);
        if question_row(ui, core, Id::unique(("asked before", place)), name, &detail) {
            again = Some(inquiry.clone());
        }
    }
    if again.is_some() {
        state.ask(again);
    }
}

fn question_row(ui: &mut Ui, core: &Core, id: Id, name: &str, detail: &str) -> bool {
    let label = if detail.is_empty() { format!("Ask: {name}") } else { format!("Ask: {name}, {detail}") };
    let row = Row {
        id,
        icon: Some(Icon::Decision),
        name,
        detail,
        badge: None,
        depth: 0,
        open: None,
        selected: false,
        label: &label,
    };
    row.show(ui, core.theme()).response.clicked()
}

/// What is known of a case, in a few words: `250 EUR, Shop North`.
pub fn case_words(document: &Document, inquiry: &Inquiry) -> String {
    let yes_no = |known: Option<bool>, yes: &str, no: &str| known.map(|known| if known { yes } else { no }.to_owned());
    let unit = inquiry.unit.map(|unit| document.name_of(unit.into()).to_owned());
    let mut parts = vec![inquiry.amount.trim().to_owned()];
    parts.extend(unit);
    parts.push(inquiry.category.trim().to_owned());
    parts.extend(yes_no(inquiry.budgeted, "budgeted", "not budgeted"));
    parts.extend(yes_no(inquiry.new_supplier, "new supplier", "known supplier"));
    parts.extend(inquiry.attributes.iter().map(|(_, value)| value.trim().to_owned()));
    parts.push(inquiry.day.trim().to_owned());
    parts.extend(inquiry.away.iter().map(|actor| format!("without {}", document.name_of((*actor).into()))));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
