//! What is wrong with the ladder, and what would end it: each remedy says beforehand what it would change.

use egui::Ui;

use super::LadderEditor;
use crate::analysis::{LadderIssue, LadderIssueKind, LadderRemedy};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, icon_text, severity_chip, text, text_button};
use crate::scene::icon::Icon;
use crate::scene::theme::{Rgba, Theme};

/// So many issues are listed; the others wait until these are gone.
const MOST: usize = 30;

/// Draws the list.
pub(super) fn checks_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(base) = editor.studies.base().cloned() else { return };
    let study = match editor.tried {
        // While a remedy is tried, its button must stay where it is.
        Some(_) => &base.study,
        None => editor.studies.shown().map_or(&base.study, |shown| &shown.study),
    };
    if study.issues.is_empty() {
        let sentence = "Every case has exactly one decider.";
        crate::app::widgets::empty_state(ui, theme, Icon::CircleCheck, sentence, |_| {});
        editor.tried = None;
        return;
    }
    let may_fix = std::ptr::eq(study, &base.study) && base.revision == core.document().revision();
    let issues = study.issues.clone();
    let mut tried = None;
    for (at, issue) in issues.iter().enumerate().take(MOST) {
        issue_ui(ui, theme, issue);
        for (place, remedy) in issue.remedies.iter().enumerate().filter(|_| may_fix) {
            let response = remedy_ui(ui, theme, remedy);
            if response.clicked() {
                commands.push(remedy.fix.to_edit().into());
            } else if response.hovered() || response.has_focus() {
                tried = Some((at, place));
            }
        }
        ui.add_space(10.0);
    }
    if issues.len() > MOST {
        let rest = format!("… and {} more", issues.len() - MOST);
        ui.label(text(rest, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    }
    editor.tried = tried.filter(|_| commands.is_empty());
}

/// Sign and colour of an issue: each kind has its own sign.
pub(super) fn sign(theme: &Theme, kind: LadderIssueKind) -> (Icon, Rgba) {
    let icon = match kind {
        LadderIssueKind::Units => Icon::Ban,
        LadderIssueKind::Conflict => Icon::Block,
        LadderIssueKind::Gap => Icon::Warning,
        LadderIssueKind::Overlap => Icon::Caution,
        LadderIssueKind::Inversion => Icon::ChevronsUpDown,
        LadderIssueKind::Redundant | LadderIssueKind::Mergeable => Icon::Duplicate,
        LadderIssueKind::InWords => Icon::Info,
    };
    (icon, severity_chip(theme, kind.severity()).ink)
}

fn issue_ui(ui: &mut Ui, theme: &Theme, issue: &LadderIssue) {
    let (icon, ink) = sign(theme, issue.kind);
    ui.horizontal(|ui| {
        ui.label(icon_text(icon, 15.0).color(colour(ink)));
        let mut word = issue.kind.word().to_owned();
        if let Some(first) = word.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        ui.label(text(word, theme.sizes.text.name).color(colour(ink)));
    });
    let words = text(&issue.sentence, theme.sizes.text.body).color(colour(theme.neutral.ink));
    ui.add(egui::Label::new(words).wrap());
}

fn remedy_ui(ui: &mut Ui, theme: &Theme, remedy: &LadderRemedy) -> egui::Response {
    ui.add_space(4.0);
    let width = ui.available_width();
    let label = crate::scene::text::Measure::bundled().ellipsize(&remedy.label, theme.sizes.text.name, width - 24.0);
    let response = text_button(ui, theme, ButtonLook::Plain, None, &label.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &remedy.label));
    let response = response.on_hover_text(text(&remedy.label, theme.sizes.text.body));
    let second = colour(theme.neutral.ink_second);
    for line in remedy.changes.iter().chain([&remedy.outcome]) {
        ui.add(egui::Label::new(text(line, theme.sizes.text.caption).color(second)).wrap());
    }
    response
}
